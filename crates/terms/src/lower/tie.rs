//! What hangs on what, once all of it is known.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use super::numbers::{Ids, under};
use super::{Lower, Placed};
use crate::model::{Agreement, Anchor, Clauses, Condition, Edge, Event, Holds, Standstill};

impl Lower<'_> {
    /// Puts provisions for the clauses that terms name, and lets everything
    /// hang on the brackets of what it hangs on.
    pub(super) fn tie(&mut self, placed: &[Placed]) {
        let ids = Rc::clone(&self.ids);
        for provision in &mut self.agreement.provisions {
            if !provision.conditions.iter().any(|condition| names_clauses(&condition.holds)) {
                continue;
            }
            for condition in &mut Arc::make_mut(provision).conditions {
                match &mut condition.holds {
                    Holds::Since(anchor) | Holds::Until(anchor) => tie_anchor(&ids, anchor),
                    Holds::Alongside(of, _) | Holds::InReturn(of) | Holds::AsFar(of) | Holds::WhileKept(of) => {
                        tie_clauses(&ids, of);
                    }
                    Holds::UnlessNotice(_) | Holds::During(_) | Holds::GivesWay(_) | Holds::NotEvaluated => {}
                }
            }
        }
        for phase in &mut self.agreement.phases {
            for edge in [&mut phase.from, &mut phase.until].into_iter().flatten() {
                if let Edge::After(anchor) = edge {
                    tie_anchor(&ids, anchor);
                }
            }
            for lapse in &mut phase.lapses {
                if let Event::Completed(of) = &mut lapse.unless {
                    tie_clauses(&ids, of);
                }
            }
            for standstill in &mut phase.stands_still {
                if let Standstill::NotKept(of) = standstill {
                    tie_clauses(&ids, of);
                }
            }
        }
        for condition in self.agreement.gates.iter_mut().filter_map(|gate| gate.since.as_mut()) {
            if let Holds::Since(anchor) = &mut condition.holds {
                tie_anchor(&ids, anchor);
            }
        }
        self.no_phase_waits_for_itself(placed);
        self.inherit();
    }

    /// What a term hangs on is judged by the word of monitors, guarantors and
    /// parties, under their own brackets.
    fn inherit(&mut self) {
        let voices: BTreeSet<usize> = self.agreement.actors.iter().flat_map(|a| a.depends.iter().copied()).collect();
        let links = Links::of(&self.agreement);
        let agreement = &self.agreement;
        let provisions = agreement.provisions.iter().map(|p| &p.depends);
        let phases = agreement.phases.iter().map(|p| &p.depends);
        let gates = agreement.gates.iter().map(|g| &g.depends);
        let mut depends: Vec<Cow<'_, BTreeSet<usize>>> =
            provisions.chain(phases).chain(gates).map(Cow::Borrowed).collect();
        for (depends, _) in depends.iter_mut().zip(&links.by_voices).filter(|(_, by_voices)| **by_voices) {
            extend(depends, &voices);
        }
        // Each goes round again when it has gained: what nothing hangs on, and
        // what hangs on no bracket, carries nothing.
        let mut carriers: Vec<usize> = (0..depends.len()).collect();
        while let Some(carrier) = carriers.pop() {
            let (carried, to) = match (depends.get(carrier), links.carries.get(carrier)) {
                (Some(carried), Some(to)) if !to.is_empty() && !carried.is_empty() => (carried.clone(), to),
                _ => continue,
            };
            for follower in to {
                if depends.get_mut(*follower).is_some_and(|depends| extend(depends, &carried)) {
                    carriers.push(*follower);
                }
            }
        }
        let gained = depends.into_iter().enumerate().filter_map(|(index, depends)| match depends {
            Cow::Owned(depends) => Some((index, depends)),
            Cow::Borrowed(_) => None,
        });
        let gained: Vec<(usize, BTreeSet<usize>)> = gained.collect();
        let agreement = &mut self.agreement;
        let (provisions, phases) = (agreement.provisions.len(), agreement.phases.len());
        for (index, depends) in gained {
            if let Some(provision) = agreement.provisions.get_mut(index) {
                Arc::make_mut(provision).depends = depends;
            } else if let Some(phase) = agreement.phases.get_mut(index - provisions) {
                phase.depends = depends;
            } else if let Some(gate) = agreement.gates.get_mut(index - provisions - phases) {
                gate.depends = depends;
            }
        }
    }
}

/// Adds to what a thing hangs on; whether that was more than it hung on.
fn extend(depends: &mut Cow<'_, BTreeSet<usize>>, more: &BTreeSet<usize>) -> bool {
    let gains = !more.is_subset(depends);
    if gains {
        depends.to_mut().extend(more);
    }
    gains
}

/// Provisions, then phases, then gates, numbered in one row: what hangs on each,
/// and whether it hangs on what actors say.
struct Links {
    carries: Vec<Vec<usize>>,
    by_voices: Vec<bool>,
}

impl Links {
    fn of(agreement: &Agreement) -> Self {
        let (provisions, phases) = (agreement.provisions.len(), agreement.phases.len());
        let all = provisions + phases + agreement.gates.len();
        let mut links = Self { carries: vec![Vec::new(); all], by_voices: vec![false; all] };
        let of_phase = |phase: usize| provisions + phase;
        let of_event = |event: &Event| match event {
            Event::Completed(of) => of.provisions.clone(),
            Event::Opened(gate) => vec![provisions + phases + gate],
            Event::Began(phase) | Event::Ended(phase) => vec![of_phase(*phase)],
        };
        let of_anchor = |anchor: &Anchor| of_event(&anchor.event);
        for (index, provision) in agreement.provisions.iter().enumerate() {
            for condition in provision.conditions.iter().filter(|c| !matches!(c.holds, Holds::NotEvaluated)) {
                let on = match &condition.holds {
                    Holds::Since(anchor) | Holds::Until(anchor) => of_anchor(anchor),
                    Holds::Alongside(of, _) | Holds::InReturn(of) | Holds::AsFar(of) | Holds::WhileKept(of) => {
                        of.provisions.clone()
                    }
                    Holds::During(phase) => vec![of_phase(*phase)],
                    Holds::UnlessNotice(_) | Holds::GivesWay(_) | Holds::NotEvaluated => Vec::new(),
                };
                links.hangs(index, on, true);
            }
        }
        for (index, phase) in agreement.phases.iter().enumerate() {
            let mut on: Vec<usize> = {
                let others = phase.after.iter().chain(&phase.during).chain(&phase.back_from);
                others.copied().map(of_phase).collect()
            };
            on.extend(phase.lapses.iter().flat_map(|lapse| of_event(&lapse.unless)));
            on.extend(phase.stands_still.iter().flat_map(|standstill| match standstill {
                Standstill::NotKept(of) => of.provisions.clone(),
                Standstill::During(other) => vec![of_phase(*other)],
            }));
            for edge in [&phase.from, &phase.until].into_iter().flatten() {
                if let Edge::After(anchor) = edge {
                    on.extend(of_anchor(anchor));
                }
            }
            links.hangs(of_phase(index), on, true);
        }
        for (index, gate) in agreement.gates.iter().enumerate() {
            let index = provisions + phases + index;
            links.hangs(index, gate.provisions.clone(), false);
            if let Some(Condition { holds: Holds::Since(anchor), .. }) = &gate.since {
                links.hangs(index, of_anchor(anchor), true);
            }
        }
        links
    }

    fn hangs(&mut self, index: usize, on: Vec<usize>, by_voices: bool) {
        for carrier in on {
            if let Some(carries) = self.carries.get_mut(carrier) {
                carries.push(index);
            }
        }
        if let Some(slot) = self.by_voices.get_mut(index) {
            *slot |= by_voices;
        }
    }
}

/// Whether a condition names clauses, to which provisions are put.
fn names_clauses(holds: &Holds) -> bool {
    match holds {
        Holds::Since(anchor) | Holds::Until(anchor) => matches!(anchor.event, Event::Completed(_)),
        Holds::Alongside(..) | Holds::InReturn(_) | Holds::AsFar(_) | Holds::WhileKept(_) => true,
        Holds::UnlessNotice(_) | Holds::During(_) | Holds::GivesWay(_) | Holds::NotEvaluated => false,
    }
}

fn tie_anchor(ids: &Ids, anchor: &mut Anchor) {
    if let Event::Completed(of) = &mut anchor.event {
        tie_clauses(ids, of);
    }
}

fn tie_clauses(ids: &Ids, of: &mut Clauses) {
    let held: BTreeSet<usize> = of.ids.iter().flat_map(|id| under(ids, id)).collect();
    of.provisions = held.into_iter().collect();
}
