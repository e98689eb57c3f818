//! Phases that lapse, stand still and fall back to others.

use armistice_syntax::{NodeExt, SyntaxKind as K, SyntaxNode};
use jiff::Span as Period;

use super::conditions::ids_of;
use super::values::Edge as DayEdge;
use super::{Lower, Placed};
use crate::model::{Edge, Event, Lapse, Phase, Standstill};

impl Lower<'_> {
    /// `lapses unless 3 is completed by D`, where nothing else is said.
    pub(super) fn lapse(&mut self, clause: &SyntaxNode) -> Option<Lapse> {
        let unless = match clause.child(K::Clauses) {
            Some(ids) => Event::Completed(ids_of(&ids)),
            None => Event::Began(self.phase_named(clause)?),
        };
        let by = self.instant_in(clause, DayEdge::End)?;
        // As of a deadline: "by 10:00" has all of 10:00:00 in it.
        let whole_day = self.value_in(clause, K::Instant).is_some_and(|node| self.is_a_day(&node));
        let by = if whole_day { by } else { by.checked_add(Period::new().seconds(1)).ok()? };
        Some(Lapse { unless, by })
    }

    /// `suspended while 3 is not kept`, `suspended while Talks continue`.
    pub(super) fn standstill(&mut self, clause: &SyntaxNode) -> Option<Standstill> {
        match clause.child(K::Clauses) {
            Some(ids) => Some(Standstill::NotKept(ids_of(&ids))),
            None => self.phase_named(clause).map(Standstill::During),
        }
    }

    /// What phases fall back to begins by that alone.
    pub(super) fn fall_back(&mut self, placed: &[Placed]) {
        let falls: Vec<(usize, usize)> = {
            let each = self.agreement.phases.iter().enumerate();
            each.filter_map(|(from, phase)| Some((from, phase.falls_back_to?))).collect()
        };
        for (from, to) in falls {
            let Some(phase) = self.agreement.phases.get_mut(to) else {
                continue;
            };
            let begins = phase.from.is_some() || phase.gate.is_some() || !phase.after.is_empty();
            phase.back_from.push(from);
            phase.declared = phase.gate.is_some();
            if !begins {
                continue;
            }
            let name = phase.name.clone();
            let clauses = Self::of(placed, "phase").flat_map(|one| one.statement.clauses().collect::<Vec<_>>());
            let names_it = |clause: &SyntaxNode| clause.child(K::Names).is_some_and(|n| n.phrase() == name);
            let clause = clauses.filter(|clause| clause.keyword() == "falls back to").find(names_it);
            if let Some(clause) = clause {
                let title = format!("`{name}` has a beginning of its own");
                self.error("T192", clause.span(), title, "what another falls back to begins by that alone").help =
                    Some(format!("declare a phase for what holds then, without `from`, `opens when` or `then {name}`"));
            }
        }
    }
}

/// Whether a clause names one thing alone.
pub(super) fn alone(clause: &SyntaxNode) -> bool {
    let names = clause.child(K::Names);
    names.is_some_and(|names| {
        names.children_with_tokens().filter(|e| e.as_token().is_none_or(|t| !t.kind().is_trivia())).count() == 1
    })
}

/// What waits for what: of each phase its beginning and written end, then its
/// end with its lapse. A phase may lapse unless the next has begun, which waits
/// for the end that was written.
pub(super) fn waits(phases: &[Phase]) -> Vec<Vec<usize>> {
    let (base, over) = (|index: usize| 2 * index, |index: usize| 2 * index + 1);
    let mut on = Vec::new();
    for (index, phase) in phases.iter().enumerate() {
        let edges = [&phase.from, &phase.until].into_iter().flatten();
        let anchored = edges.filter_map(|edge| match edge {
            Edge::After(anchor) => match anchor.event {
                Event::Began(other) => Some(base(other)),
                Event::Ended(other) => Some(over(other)),
                Event::Completed(_) | Event::Opened(_) => None,
            },
            Edge::At(_) | Edge::Unknown => None,
        });
        let still = phase.stands_still.iter().filter_map(|standstill| match standstill {
            Standstill::During(other) => Some(*other),
            Standstill::NotKept(_) => None,
        });
        let whole = phase.during.iter().copied().chain(still).chain(phase.back_from.iter().copied()).map(over);
        on.push(anchored.chain(phase.after.iter().copied().map(base)).chain(whole).collect());
        let lapses = phase.lapses.iter().filter_map(|lapse| match lapse.unless {
            Event::Began(other) | Event::Ended(other) => Some(base(other)),
            Event::Completed(_) | Event::Opened(_) => None,
        });
        on.push(std::iter::once(base(index)).chain(lapses).collect());
    }
    on
}
