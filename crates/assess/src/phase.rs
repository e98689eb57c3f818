//! Where the phases of an agreement stand, over the period.

use std::collections::BTreeSet;

use armistice_terms::Checked;

use crate::conditions::Docket;
use crate::evidence::Notice;
use crate::running::{naming, projected};
use crate::steps::stretches;
use crate::truth::Truth;

/// What a phase is at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PhaseState {
    /// It has not begun.
    NotBegun,
    /// It runs.
    Running,
    /// Those who decide have suspended it.
    Suspended,
    /// It has ended.
    Ended,
    /// Nothing on record says.
    CannotTell,
}

impl PhaseState {
    /// The word for reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotBegun => "not begun",
            Self::Running => "running",
            Self::Suspended => "suspended",
            Self::Ended => "ended",
            Self::CannotTell => "cannot tell",
        }
    }
}

/// A phase under one reading, over the period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhaseClock {
    /// Which alternative the reading takes of each question it hangs on.
    pub answers: Vec<(usize, usize)>,
    /// What it is from each second to the next, in order: from, until, state.
    pub stretches: Vec<(i64, i64, PhaseState)>,
    /// The notices and findings it rests on, by id.
    pub by: Vec<String>,
}

/// Every phase, under each reading.
pub(crate) fn phases(checked: &Checked, told: &[&Notice], window: (i64, i64)) -> Vec<Vec<PhaseClock>> {
    let each = checked.agreement().phases.iter().enumerate();
    let naming = naming(checked);
    each.map(|(number, phase)| {
        let depends = phase.depends.union(&naming).copied().collect();
        let mut seen = BTreeSet::new();
        let mut clocks: Vec<PhaseClock> = Vec::new();
        for reading in &checked.readings {
            let answers = projected(reading, &depends);
            if seen.insert(answers.clone()) {
                let docket = Docket { agreement: &reading.agreement, told };
                clocks.push(clock(docket, number, answers, window));
            }
        }
        // Where readings differ in nothing, there is one clock.
        if clocks
            .iter()
            .all(|c| clocks.first().is_some_and(|first| (&first.stretches, &first.by) == (&c.stretches, &c.by)))
        {
            clocks.truncate(1);
            clocks.iter_mut().for_each(|one| one.answers.clear());
        }
        clocks
    })
    .collect()
}

fn clock(docket: Docket<'_>, number: usize, answers: Vec<(usize, usize)>, window: (i64, i64)) -> PhaseClock {
    let (running, entered) = (docket.running(number, 0), docket.entered(number, 0));
    let (over, suspended) = (docket.over(number, 0), docket.suspended_at(number, 0));
    let lines = [&running, &entered, &over, &suspended];
    let state = |t: i64| {
        if running.at(t) == Truth::True {
            PhaseState::Running
        } else if over.at(t) == Truth::True {
            PhaseState::Ended
        } else if entered.at(t) == Truth::False {
            PhaseState::NotBegun
        } else if entered.at(t) == Truth::True && over.at(t) == Truth::False && suspended.at(t) == Truth::True {
            PhaseState::Suspended
        } else {
            PhaseState::CannotTell
        }
    };
    let stretches = stretches(window, lines.iter().flat_map(|line| line.edges()), state);
    PhaseClock { answers, stretches, by: running.by.into_iter().collect() }
}
