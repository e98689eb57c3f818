//! What the findings tell of each day of a gate.

use std::collections::BTreeSet;

use armistice_terms::Gate;
use jiff::civil::Date;

use crate::finding::Verdict;
use crate::gate::Evidence;
use crate::truth::Truth;

/// What is told of one day.
#[derive(Clone, Default)]
pub(crate) struct Told {
    /// Breaches that lie wholly within it, and let the count begin anew or pause
    /// it: indices of findings.
    pub(crate) broke: Vec<usize>,
    /// All that was, or may have been, a breach on it.
    pub(crate) findings: Vec<usize>,
    /// How many events at least, and at most, let the count begin anew.
    pub(crate) resets: (usize, usize),
    /// How many pause it.
    pub(crate) pauses: (usize, usize),
    /// How many breaches there may have been, whoever's.
    pub(crate) all: usize,
    /// Whether it was declared on this day, or may have been, that the count
    /// begins anew.
    pub(crate) declared: Option<bool>,
}

/// An event, by the record that stands for it.
type Event = (usize, usize);

/// The events of one day that count for something, for certain and possibly.
#[derive(Clone, Default)]
struct Events {
    certain: BTreeSet<Event>,
    possible: BTreeSet<Event>,
}

impl Events {
    fn count(&self) -> (usize, usize) {
        (self.certain.len(), self.possible.len())
    }
}

/// What is told of each day; each finding visits only its own days.
pub(crate) fn told(
    gate: &Gate,
    days: &[(Date, i64, i64)],
    evidence: &Evidence<'_>,
    declared: &[(i64, i64, String)],
) -> Vec<Told> {
    let mut each = vec![(Told::default(), Events::default(), Events::default(), BTreeSet::<Event>::new()); days.len()];
    for (index, finding) in evidence.findings.iter().enumerate() {
        let on_ground = evidence.on_ground.get(index).copied().unwrap_or(Truth::True);
        let breach = match finding.judgement.verdict {
            Verdict::Breach => true,
            Verdict::CannotTell => false,
            Verdict::Excepted | Verdict::OutOfScope => continue,
        };
        if on_ground == Truth::False {
            continue;
        }
        let (from, until) = finding.within();
        let candidates = finding.judgement.candidates;
        let event = finding.event.unwrap_or((finding.batch, finding.row));
        for ((_, begins, ends), (told, resets, pauses, all)) in touched(days, (from, until)).zip_with(&mut each) {
            let certain = breach && on_ground == Truth::True && from >= *begins && until <= *ends;
            let mut counts = false;
            for (whose, events) in [(gate.resets, resets), (gate.pauses, pauses)] {
                if whose.may(candidates) {
                    counts = true;
                    events.possible.insert(event);
                }
                if certain && whose.must(candidates) {
                    events.certain.insert(event);
                    told.broke.push(index);
                }
            }
            all.insert(event);
            if counts || gate.declared_by.is_some() {
                told.findings.push(index);
            }
        }
    }
    for (from, until, _) in declared {
        for ((_, begins, ends), (told, ..)) in touched(days, (*from, *until)).zip_with(&mut each) {
            let within = *from >= *begins && *until <= *ends;
            told.declared = told.declared.max(Some(within));
        }
    }
    let settled = each.into_iter().map(|(told, resets, pauses, all)| Told {
        resets: resets.count(),
        pauses: pauses.count(),
        all: all.len(),
        ..told
    });
    settled.collect()
}

/// The days that a stretch of time meets.
struct Touched<'d> {
    days: &'d [(Date, i64, i64)],
    first: usize,
}

fn touched(days: &[(Date, i64, i64)], (from, until): (i64, i64)) -> Touched<'_> {
    let first = days.partition_point(|(_, _, ends)| *ends <= from);
    let after = days.partition_point(|(_, begins, _)| *begins < until);
    Touched { days: days.get(first..after.max(first)).unwrap_or_default(), first }
}

impl<'d> Touched<'d> {
    /// Each of them, with what is kept of it.
    fn zip_with<'e, T>(self, each: &'e mut [T]) -> impl Iterator<Item = (&'d (Date, i64, i64), &'e mut T)> {
        self.days.iter().zip(each.iter_mut().skip(self.first))
    }
}
