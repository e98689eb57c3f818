//! The reference interpreter: `docs/semantics.md`, computed slowly.
//!
//! It exists to be compared with. It takes records one by one as they are
//! (no columns), sets as sets, time as what was painted over what, and looks
//! everything up again each time it is asked; each file is one section of the
//! document, and says which. It shares with the engine the checked terms, the
//! record model and the measures of `geodesy`, and no judgement: it must not
//! know `armistice-assess`, and no binary may depend on it.

mod force;
mod gates;
mod names;
mod place;
mod points;
mod standings;
mod truth;

use armistice_records::{Dataset, Record};
use armistice_terms::{Agreement, Units};

pub use gates::{DayState, GateState};
pub use points::{Finding, Verdict};
pub use standings::Standing;
pub use truth::T;

/// Everything an answer rests on, under one reading.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    /// The agreement under the reading.
    pub agreement: &'a Agreement,
    /// The records, each once.
    pub records: &'a [Record],
    /// Their data sets.
    pub datasets: &'a [Dataset],
    /// The boundaries of administrative units.
    pub units: &'a Units,
    /// Rows that could not be read.
    pub unread: u64,
    /// The window: the first second, and the first one after it.
    pub window: (i64, i64),
    /// As of when, if asked: the first second that no longer counts.
    pub as_of: Option<i64>,
}

/// One half-open interval of seconds.
pub(crate) type Interval = (i64, i64);

impl World<'_> {
    /// Every finding on a provision that is not out of scope, by record id.
    #[must_use]
    pub fn findings(&self, provision: usize) -> Vec<Finding> {
        points::findings(self, provision)
    }

    /// The standing of a bound party on a provision, or of the whole.
    #[must_use]
    pub fn standing(&self, provision: usize, party: Option<usize>) -> Standing {
        standings::standing(self, provision, party)
    }

    /// Where a gate stands, and what each of its days was.
    #[must_use]
    pub fn gate(&self, gate: usize) -> (GateState, Vec<DayState>) {
        gates::gate(self, gate)
    }
}
