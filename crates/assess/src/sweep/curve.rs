//! Records that come to something else as a lever is moved, and what a standing
//! counts of them at every value.

use std::collections::BTreeMap;

use super::Level;
use super::crossing::{Steps, at};
use crate::finding::{Dimension, Finding, verdict};
use crate::knowledge::At;
use crate::standing::{Counts, Tally};
use crate::truth::Truth;

/// A record under one provision, of which some points hang on levers.
pub(crate) struct Moving {
    /// What it comes to, but for those points.
    pub(crate) finding: Finding,
    /// What each of them is, in the order of the levers.
    pub(crate) moved: Vec<Moved>,
}

/// A point that hangs on a lever.
pub(crate) struct Moved {
    /// Which.
    pub(crate) dimension: Dimension,
    /// What it is at each value.
    pub(crate) steps: Steps,
    /// It is no more than this at any.
    pub(crate) most: Truth,
}

impl Moving {
    /// What it comes to at a value of each lever.
    pub(crate) fn at(&self, values: &[i64]) -> Finding {
        let mut finding = self.finding;
        for (moved, value) in self.moved.iter().zip(values) {
            if let Some(point) = finding.judgement.points.get_mut(moved.dimension as usize) {
                point.truth = at(&moved.steps, *value).min(moved.most);
            }
        }
        finding.judgement.verdict = verdict(&finding.judgement.points);
        finding
    }
}

/// The records of each event; of what one record alone tells, that one.
pub(crate) fn events(moving: Vec<Moving>) -> Vec<Vec<Moving>> {
    let mut together: BTreeMap<At, Vec<Moving>> = BTreeMap::new();
    let mut all: Vec<Vec<Moving>> = Vec::new();
    for one in moving {
        match one.finding.event {
            Some(event) => together.entry(event).or_default().push(one),
            None => all.push(vec![one]),
        }
    }
    all.extend(together.into_values());
    all
}

/// The values of a lever at which an event may come to something else.
pub(crate) fn changes(told: &[Moving], lever: usize) -> Vec<i64> {
    let each = told.iter().filter_map(|one| one.moved.get(lever));
    let mut values: Vec<i64> = each.flat_map(|moved| moved.steps.iter().map(|(value, _)| *value)).collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// What an event comes to for each row, at a value of each lever: it counts once,
/// as in a standing.
pub(crate) fn once(rows: &[Option<usize>], told: &[Moving], window: (i64, i64), values: &[i64]) -> Vec<[i64; 4]> {
    let findings: Vec<Finding> = told.iter().map(|one| one.at(values)).collect();
    let each = rows.iter().map(|party| {
        let mut event = Tally::default();
        for finding in &findings {
            if party.is_none_or(|party| finding.judgement.candidates.has(party)) {
                event.add(finding, *party, window);
            }
        }
        let mut once = Tally::default();
        once.add_event(&event);
        let Counts { breaches, shared, cannot_tell, excepted } = once.counts;
        [breaches, shared, cannot_tell, excepted].map(|count| i64::try_from(count).unwrap_or(i64::MAX))
    });
    each.collect()
}

/// How the counts of a row change at a value: the row, and each count.
type Change = (i64, usize, [i64; 4]);

/// The counts of each row at every value from `from` on: those of all bound, then
/// of each party.
pub(crate) fn levels(rows: &[Option<usize>], moving: Vec<Moving>, window: (i64, i64), from: i64) -> Vec<Level> {
    let mut changes: Vec<Change> = Vec::new();
    for told in events(moving) {
        add(&mut changes, rows, &told, window);
    }
    changes.sort_unstable();
    let mut counts = vec![[0_i64; 4]; rows.len()];
    let mut levels: Vec<Level> = vec![Level { from, counts: read(&counts) }];
    for (value, row, change) in changes {
        if let Some(row) = counts.get_mut(row) {
            row.iter_mut().zip(change).for_each(|(count, change)| *count += change);
        }
        match levels.last_mut() {
            Some(last) if last.from == value => last.counts = read(&counts),
            _ => levels.push(Level { from: value, counts: read(&counts) }),
        }
    }
    levels.dedup_by(|next, before| next.counts == before.counts);
    levels
}

pub(crate) fn read(counts: &[[i64; 4]]) -> Vec<Counts> {
    // What is taken away was added before.
    let whole = |count: i64| u64::try_from(count).unwrap_or(0);
    let each = counts.iter().map(|&[breaches, shared, cannot_tell, excepted]| Counts {
        breaches: whole(breaches),
        shared: whole(shared),
        cannot_tell: whole(cannot_tell),
        excepted: whole(excepted),
    });
    each.collect()
}

/// Adds what one event comes to, told by some records.
fn add(changes: &mut Vec<Change>, rows: &[Option<usize>], told: &[Moving], window: (i64, i64)) {
    let mut before = vec![[0_i64; 4]; rows.len()];
    for value in self::changes(told, 0) {
        let now = once(rows, told, window, &[value]);
        for (number, (now, before)) in now.iter().zip(&before).enumerate() {
            let mut change = *now;
            change.iter_mut().zip(before).for_each(|(now, before)| *now -= before);
            if change != [0; 4] {
                changes.push((value, number, change));
            }
        }
        before = now;
    }
}
