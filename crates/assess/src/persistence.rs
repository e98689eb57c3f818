//! Whether breaches came so often, and so close together, that the text calls them
//! persistent.
//!
//! It is told beside the breaches and changes none of them, and it is no judgement
//! of anybody (`docs/semantics.md`, section 8, *Persistent*).

use std::collections::BTreeMap;

use armistice_terms::{ActorSet, Persistent};

use crate::finding::{Finding, Verdict};
use crate::knowledge::At;

/// What the record comes to of persistence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Persistence {
    /// So many breaches within the time are on record.
    OnRecord,
    /// There may have been so many: of some it cannot be told whose they were, when
    /// they happened, or whether they were breaches.
    CannotTell,
    /// Not so many are on record.
    NotOnRecord,
}

impl Persistence {
    /// In words.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::OnRecord => "on record",
            Self::CannotTell => "cannot be told",
            Self::NotOnRecord => "not on record",
        }
    }
}

/// The times at which an event may have happened: as a breach for certain, and at all.
#[derive(Default)]
struct Times {
    breach: Option<(i64, i64)>,
    perhaps: Option<(i64, i64)>,
}

/// What a term's findings come to for a party, or for the whole.
pub(crate) fn persistence(
    rule: Persistent,
    party: Option<usize>,
    findings: &[&Finding],
    (first, after): (i64, i64),
) -> Persistence {
    let mut events: BTreeMap<At, Times> = BTreeMap::new();
    let mut lone: Vec<Times> = Vec::new();
    for finding in findings.iter().filter(|f| party.is_none_or(|p| f.judgement.candidates.has(p))) {
        let (from, until) = finding.within();
        let alone = party.is_none_or(|p| finding.judgement.candidates == ActorSet::one(p));
        let breach = finding.judgement.verdict == Verdict::Breach && alone && from >= first && until <= after;
        if !matches!(finding.judgement.verdict, Verdict::Breach | Verdict::CannotTell) {
            continue;
        }
        let mut own = Times::default();
        let times = finding.event.map_or(&mut own, |event| events.entry(event).or_default());
        times.perhaps = Some(hull(times.perhaps, (from, until)));
        if breach {
            times.breach = Some(hull(times.breach, (from, until)));
        }
        if finding.event.is_none() {
            lone.push(own);
        }
    }
    let all: Vec<Times> = events.into_values().chain(lone).collect();
    let within = rule.within;
    // The beginnings of a stretch that holds it wholly, and of one that may hold it.
    let whole = |(from, until): (i64, i64)| (until.saturating_sub(within), from);
    let meets = |(from, until): (i64, i64)| (from.saturating_sub(within) + 1, until - 1);
    if most_at_once(all.iter().filter_map(|t| t.breach.map(whole))) >= rule.breaches {
        Persistence::OnRecord
    } else if most_at_once(all.iter().filter_map(|t| t.perhaps.map(meets))) >= rule.breaches {
        Persistence::CannotTell
    } else {
        Persistence::NotOnRecord
    }
}

fn hull(so_far: Option<(i64, i64)>, (from, until): (i64, i64)) -> (i64, i64) {
    so_far.map_or((from, until), |(a, b)| (a.min(from), b.max(until)))
}

/// The most of some stretches, first and last second included, that share a second.
fn most_at_once(stretches: impl Iterator<Item = (i64, i64)>) -> u32 {
    let (mut begins, mut ends): (Vec<i64>, Vec<i64>) = stretches.filter(|(from, until)| from <= until).unzip();
    begins.sort_unstable();
    ends.sort_unstable();
    let mut ended = ends.iter().peekable();
    let (mut open, mut most) = (0_u32, 0_u32);
    for begin in begins {
        while ended.next_if(|end| **end < begin).is_some() {
            open = open.saturating_sub(1);
        }
        open = open.saturating_add(1);
        most = most.max(open);
    }
    most
}
