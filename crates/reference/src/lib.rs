//! The reference interpreter: `docs/semantics.md`, computed slowly.
//!
//! It exists to be compared with. It takes records one by one as they are
//! (no columns), sets as sets, time as what was painted over what, and looks
//! nearly everything up again each time it is asked; each file is one section
//! of the document, and says which. It shares with the engine the checked
//! terms, the record model and the measures of `geodesy`, and no judgement: it
//! must not know `armistice-assess`, and no binary may depend on it.

mod adherence;
mod bodies;
mod conditions;
mod conduct;
mod counts;
mod cure;
mod evidence;
mod exchanges;
mod force;
mod gates;
mod grounds;
mod hours;
mod joined;
mod leave;
mod names;
mod people;
mod periods;
mod persistence;
mod phases;
mod place;
mod points;
mod precedence;
mod sources;
mod standings;
mod stocks;
mod truth;
mod verdict;
mod weapons;

use std::cell::OnceCell;
use std::collections::BTreeSet;

use armistice_records::{Dataset, Record};
use armistice_terms::{Agreement, Units};

pub use bodies::{Before, Determined, Put};
pub use cure::Cured;
pub use evidence::NoAnswer;
pub use exchanges::{Account, Came, Exchanged};
pub use gates::{DayState, GateState};
pub use grounds::{Claim, Fault, check};
pub use phases::PhaseState;
pub use place::{POINT_PLACES, SECTOR_PLACES};
pub use sources::Rung;
pub use standings::{Counts, Held, Standing};
pub use stocks::{Found, LastCounts, Stocked, Where};
pub use truth::T;
pub use verdict::{Finding, Verdict};

/// Everything an answer rests on, under one reading.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    /// The agreement under the reading.
    pub agreement: &'a Agreement,
    /// Every version of every record, and every retraction, in any order.
    pub records: &'a [Record],
    /// Their data sets.
    pub datasets: &'a [Dataset],
    /// The boundaries of administrative units.
    pub units: &'a Units,
    /// Rows that could not be read.
    pub unread: u64,
    /// The window: the first second, and the first one after it.
    pub window: (i64, i64),
    /// As known on which day, if asked: the first second that no longer counts.
    pub as_of: Option<i64>,
}

/// One half-open interval of seconds.
pub(crate) type Interval = (i64, i64);

impl<'a> World<'a> {
    /// The evidence: the current versions of all records that are not
    /// withdrawn, by id.
    ///
    /// # Errors
    /// [`NoAnswer`] when two versions of one record are dated alike and differ.
    pub fn evidence(&self) -> Result<Vec<&'a Record>, NoAnswer> {
        evidence::evidence(self)
    }

    /// What is known, to be asked about.
    ///
    /// # Errors
    /// As [`World::evidence`].
    pub fn known(&self) -> Result<Known<'a>, NoAnswer> {
        let (from, until) = self.window;
        let until = self.as_of.map_or(until, |as_of| until.min(as_of)).max(from);
        Ok(Known {
            agreement: self.agreement,
            records: self.evidence()?,
            datasets: self.datasets,
            units: self.units,
            unread: self.unread,
            window: (from, until),
            judged: self.agreement.provisions.iter().map(|_| OnceCell::new()).collect(),
        })
    }
}

/// A state of knowledge: the evidence, and what it is asked with.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    pub(crate) agreement: &'a Agreement,
    /// Each record once, by id.
    pub(crate) records: Vec<&'a Record>,
    pub(crate) datasets: &'a [Dataset],
    pub(crate) units: &'a Units,
    pub(crate) unread: u64,
    pub(crate) window: Interval,
    /// The records judged under each provision, kept once worked out: a place
    /// may be a thousand distances.
    judged: Vec<OnceCell<Vec<Finding>>>,
}

impl<'a> Known<'a> {
    /// The records of the evidence, by id.
    #[must_use]
    pub fn records(&self) -> &[&'a Record] {
        &self.records
    }

    /// The same of these records alone.
    #[must_use]
    pub fn only(&self, ids: &BTreeSet<String>) -> Self {
        Self {
            records: self.records.iter().copied().filter(|r| ids.contains(&r.id)).collect(),
            judged: self.judged.iter().map(|_| OnceCell::new()).collect(),
            ..self.clone()
        }
    }

    /// Every record judged under a provision, by id, whatever it comes to.
    #[must_use]
    pub fn judged(&self, provision: usize) -> &[Finding] {
        let kept = self.judged.get(provision);
        kept.map(|cell| cell.get_or_init(|| verdict::judged(self, provision)).as_slice()).unwrap_or_default()
    }

    /// Every finding on a provision that is not out of scope, by record id.
    #[must_use]
    pub fn findings(&self, provision: usize) -> Vec<Finding> {
        self.judged(provision).iter().filter(|f| f.verdict != Verdict::OutOfScope).cloned().collect()
    }

    /// What is on record of the cure of a finding's breach, if the provision gives
    /// time for one.
    #[must_use]
    pub fn cured(&self, provision: usize, finding: &Finding) -> Option<Cured> {
        cure::cured(self, provision, finding)
    }

    /// The ids of the records that tell of the same event as this one.
    #[must_use]
    pub fn event(&self, record: &str) -> BTreeSet<String> {
        sources::event(self, record).into_iter().map(|r| r.id.clone()).collect()
    }

    /// The standing of a bound party on a provision, or of the whole.
    #[must_use]
    pub fn standing(&self, provision: usize, party: Option<usize>) -> Held {
        standings::standing(self, provision, party)
    }

    /// Whether the breaches of a provision are persistent, if it says when.
    #[must_use]
    pub fn persistent(&self, provision: usize, party: Option<usize>) -> Option<T> {
        persistence::persistent(self, provision, party)
    }

    /// The records that bear on a provision that is for people, in order, and the
    /// notices about it.
    #[must_use]
    pub fn bearing(&self, provision: usize) -> Option<(Vec<String>, Vec<String>)> {
        people::bearing(self, provision)
    }

    /// What bodies determined of a provision, in order.
    #[must_use]
    pub fn determined(&self, provision: usize) -> Vec<Determined> {
        bodies::determined(self, provision)
    }

    /// What was put to bodies about a provision, and what became of it.
    #[must_use]
    pub fn put(&self, provision: usize) -> Vec<Put> {
        bodies::put(self, provision)
    }

    /// What a phase is over the window, from each change to the next.
    #[must_use]
    pub fn phase(&self, phase: usize) -> Vec<((i64, i64), PhaseState)> {
        phases::phase(self, phase)
    }

    /// What is told of each item of an inventory.
    #[must_use]
    pub fn stocked(&self, inventory: usize) -> Vec<Stocked> {
        stocks::stocked(self, inventory)
    }

    /// What each side of an exchange released and owes, if it can be evaluated.
    #[must_use]
    pub fn exchanged(&self, exchange: usize) -> Option<Exchanged> {
        exchanges::exchanged(self, exchange)
    }

    /// Whether a name of an actor counted throughout a stretch of time, given what is
    /// on record of acceptances and lists.
    #[must_use]
    pub fn adheres(&self, actor: usize, name: &str, throughout: (i64, i64)) -> T {
        adherence::adheres(self, actor, name, throughout)
    }

    /// Where a gate stands, and what each of its days was.
    #[must_use]
    pub fn gate(&self, gate: usize) -> (GateState, Vec<DayState>) {
        gates::gate(self, gate)
    }
}
