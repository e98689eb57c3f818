//! What hangs on what, once all of it is known.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{Lower, Placed};
use crate::model::{Agreement, Anchor, Clauses, Condition, Edge, Event, Holds};

impl Lower<'_> {
    /// Puts provisions for the clauses that terms name, and lets everything
    /// hang on the brackets of what it hangs on.
    pub(super) fn tie(&mut self, placed: &[Placed]) {
        let ids = Rc::clone(&self.ids);
        for provision in &mut self.agreement.provisions {
            for condition in &mut provision.conditions {
                match &mut condition.holds {
                    Holds::Since(anchor) | Holds::Until(anchor) => tie_anchor(&ids, anchor),
                    Holds::Alongside(of, _) | Holds::InReturn(of) | Holds::AsFar(of) | Holds::WhileKept(of) => {
                        tie_clauses(&ids, of);
                    }
                    Holds::UnlessNotice(_) | Holds::During(_) | Holds::NotEvaluated => {}
                }
            }
        }
        for phase in &mut self.agreement.phases {
            for edge in [&mut phase.from, &mut phase.until].into_iter().flatten() {
                if let Edge::After(anchor) = edge {
                    tie_anchor(&ids, anchor);
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
        let agreement = &mut self.agreement;
        let provisions = agreement.provisions.iter_mut().map(|p| &mut p.depends);
        let phases = agreement.phases.iter_mut().map(|p| &mut p.depends);
        let gates = agreement.gates.iter_mut().map(|g| &mut g.depends);
        let mut depends: Vec<&mut BTreeSet<usize>> = provisions.chain(phases).chain(gates).collect();
        for (depends, _) in depends.iter_mut().zip(&links.by_voices).filter(|(_, by_voices)| **by_voices) {
            depends.extend(&voices);
        }
        // Each goes round again when it has gained: what nothing hangs on, and
        // what hangs on no bracket, carries nothing.
        let mut carriers: Vec<usize> = (0..depends.len()).collect();
        while let Some(carrier) = carriers.pop() {
            let carried = match (depends.get(carrier), links.carries.get(carrier)) {
                (Some(carried), Some(to)) if !to.is_empty() && !carried.is_empty() => (**carried).clone(),
                _ => continue,
            };
            for follower in links.carries.get(carrier).into_iter().flatten() {
                if let Some(depends) = depends.get_mut(*follower) {
                    let known = depends.len();
                    depends.extend(&carried);
                    if depends.len() > known {
                        carriers.push(*follower);
                    }
                }
            }
        }
    }
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
        let of_anchor = |anchor: &Anchor| match &anchor.event {
            Event::Completed(of) => of.provisions.clone(),
            Event::Opened(gate) => vec![provisions + phases + gate],
            Event::Began(phase) | Event::Ended(phase) => vec![of_phase(*phase)],
        };
        for (index, provision) in agreement.provisions.iter().enumerate() {
            for condition in provision.conditions.iter().filter(|c| !matches!(c.holds, Holds::NotEvaluated)) {
                let on = match &condition.holds {
                    Holds::Since(anchor) | Holds::Until(anchor) => of_anchor(anchor),
                    Holds::Alongside(of, _) | Holds::InReturn(of) | Holds::AsFar(of) | Holds::WhileKept(of) => {
                        of.provisions.clone()
                    }
                    Holds::During(phase) => vec![of_phase(*phase)],
                    Holds::UnlessNotice(_) | Holds::NotEvaluated => Vec::new(),
                };
                links.hangs(index, on, true);
            }
        }
        for (index, phase) in agreement.phases.iter().enumerate() {
            let mut on: Vec<usize> = phase.after.iter().chain(&phase.during).copied().map(of_phase).collect();
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

/// The ids of provisions, in their order as text: those under one clause stand
/// together.
pub(crate) type Ids = BTreeMap<String, usize>;

/// The provisions of a clause and of the clauses under it, `3`, `3-2` and `3.a`,
/// in the order of the agreement.
pub(super) fn under(ids: &Ids, clause: &str) -> Vec<usize> {
    // Of all that may follow, `-` and `.` are neighbours, and `/` is the next.
    let below = ids.range(format!("{clause}-")..format!("{clause}/")).map(|(_, index)| *index);
    let mut found: Vec<usize> = ids.get(clause).copied().into_iter().chain(below).collect();
    found.sort_unstable();
    found
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
