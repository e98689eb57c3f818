//! The first look: which rows are told more than once, or named by others.

use std::collections::{BTreeSet, HashMap, HashSet};

use armistice_records::{Dataset, Kind, RecordColumns};
use armistice_terms::Clock;
use arrow_array::{Array, RecordBatch};

use super::ids::Ids;
use super::{Part, SiftError, each};
use crate::assessment::Options;
use crate::evidence::EvidenceError;
use crate::knowledge::known_by;
use crate::when::instants;

/// What the first look found.
pub(super) struct Looked {
    /// Per part, the rows to be kept, ascending.
    kept: Vec<Vec<usize>>,
}

impl Looked {
    pub(super) fn kept(&self, part: usize) -> &[usize] {
        self.kept.get(part).map(Vec::as_slice).unwrap_or_default()
    }
}

/// What one part holds.
#[derive(Default)]
struct Held {
    kept: Vec<usize>,
    /// Hashes of ids that were there before, or that somebody names.
    hashes: Vec<u64>,
    /// When those happened that may be reprints.
    loose: BTreeSet<(i64, i64)>,
}

/// The columns of the first look, and those of time.
const COLUMNS: [&str; 7] = ["record_id", "dataset", "kind", "independence_groups", "event", "effect", "subject"];
const TIMED: [&str; 5] = ["happened_from", "happened_until", "clock", "time_precision", "known_at"];

pub(super) fn look(
    parts: &[Part<'_>],
    threads: usize,
    (datasets, clock, options): (&[Dataset], &Clock, Options),
) -> Result<Looked, SiftError> {
    let rows = parts.iter().map(|part| part.file.rows(part.number)).sum();
    let ids = Ids::room_for(rows);
    let counted: HashSet<&str> = datasets.iter().filter(|d| d.reach.counts_events).map(|d| d.name.as_str()).collect();
    let look = Look { ids: &ids, counted: &counted, clock, options };
    let first = each(parts, threads, || (), |(), _, part| look.first(part))?;
    let wanted: HashSet<u64> = first.iter().flat_map(|held| &held.hashes).copied().collect();
    let loose: HashSet<(i64, i64)> = first.iter().flat_map(|held| &held.loose).copied().collect();
    let mut kept: Vec<Vec<usize>> = first.into_iter().map(|held| held.kept).collect();
    if !wanted.is_empty() || !loose.is_empty() {
        let again = each(parts, threads, || (), |(), _, part| look.again(part, &wanted, &loose))?;
        for (rows, more) in kept.iter_mut().zip(again) {
            rows.extend(more);
            rows.sort_unstable();
            rows.dedup();
        }
    }
    let mut looked = Looked { kept };
    // The period runs to the last record: that one is kept, so that it can be named.
    if options.period.is_none() {
        let last = each(parts, threads, || (), |(), at, part| look.last(part, looked.kept(at)))?;
        let last = last.into_iter().enumerate().filter_map(|(part, last)| Some((last?, part)));
        if let Some(((_, _, row), part)) = last.max()
            && let Some(rows) = looked.kept.get_mut(part)
        {
            rows.push(row);
            rows.sort_unstable();
        }
    }
    Ok(looked)
}

struct Look<'l> {
    ids: &'l Ids,
    counted: &'l HashSet<&'l str>,
    clock: &'l Clock,
    options: Options,
}

impl Look<'_> {
    /// Finds the rows that must be kept whatever they tell, and the ids of others.
    fn first(&self, part: &Part<'_>) -> Result<Held, SiftError> {
        let mut held = Held::default();
        self.read(part, &COLUMNS, |from, columns| {
            let counts = self.counting(columns);
            let hashes: Vec<u64> = (0..columns.len()).map(|row| self.ids.hash(columns.record_id.value(row))).collect();
            for (row, &hash) in hashes.iter().enumerate() {
                if row % Ids::AHEAD == 0 {
                    self.ids.come_near(hashes.get(row..).unwrap_or_default());
                }
                let kind = columns.kind.get(row).copied().unwrap_or_default();
                let retracts = kind == Kind::Retraction.code();
                if !retracts && self.ids.note(hash) {
                    held.hashes.push(hash);
                }
                let plain =
                    (kind == Kind::Incident.code() || kind == Kind::Sighting.code()) && columns.effect.is_null(row);
                let named = columns.event.is_valid(row);
                let loose = columns.independence_groups.keys.is_valid(row) && !counts(row);
                if !plain || named || loose {
                    held.kept.push(from + row);
                }
                if named {
                    held.hashes.push(self.ids.hash(columns.event.value(row)));
                }
                if retracts {
                    let subjects = columns.subject.get(row).into_iter().flat_map(|s| s.split('|'));
                    held.hashes.extend(subjects.map(|id| self.ids.hash(id)));
                }
            }
        })?;
        held.loose = self.times_of(part, &held.kept)?;
        Ok(held)
    }

    /// When the reports among some rows happened that may be reprints of others.
    fn times_of(&self, part: &Part<'_>, rows: &[usize]) -> Result<BTreeSet<(i64, i64)>, SiftError> {
        let mut times = BTreeSet::new();
        for batch in part.file.take(part.number, rows, &[])? {
            let columns = RecordColumns::view(&batch).map_err(EvidenceError::Schema)?;
            let counts = self.counting(&columns);
            let when = instants(&columns, self.clock);
            let loose = |row: &usize| columns.independence_groups.keys.is_valid(*row) && !counts(*row);
            times.extend((0..columns.len()).filter(loose).filter_map(|row| when.get(row)));
        }
        Ok(times)
    }

    /// The rows whose ids are wanted, and those that others may have reprinted.
    fn again(
        &self,
        part: &Part<'_>,
        wanted: &HashSet<u64>,
        loose: &HashSet<(i64, i64)>,
    ) -> Result<Vec<usize>, SiftError> {
        let mut kept = Vec::new();
        let timed = [COLUMNS.as_slice(), &TIMED].concat();
        let columns = if loose.is_empty() { COLUMNS.as_slice() } else { &timed };
        self.read(part, columns, |from, columns| {
            let when = if loose.is_empty() { Vec::new() } else { instants(columns, self.clock) };
            for row in 0..columns.len() {
                let reprinted = columns.independence_groups.keys.is_valid(row)
                    && when.get(row).is_some_and(|when| loose.contains(when));
                if reprinted || wanted.contains(&self.ids.hash(columns.record_id.value(row))) {
                    kept.push(from + row);
                }
            }
        })?;
        Ok(kept)
    }

    /// Of all rows but those kept, the last to end and of these the last by id, if it
    /// was known by then: when, which, and where.
    fn last(&self, part: &Part<'_>, mut kept: &[usize]) -> Result<Option<(i64, String, usize)>, SiftError> {
        let mut last: Option<(i64, String, usize)> = None;
        let timed = [&["record_id"], TIMED.as_slice()].concat();
        self.read(part, &timed, |from, columns| {
            for (row, when) in instants(columns, self.clock).into_iter().enumerate() {
                if kept.first() == Some(&(from + row)) {
                    kept = kept.get(1..).unwrap_or_default();
                    continue;
                }
                let known = columns.known_at.is_valid(row).then(|| columns.known_at.value(row));
                let id = columns.record_id.value(row);
                let later = last.as_ref().is_none_or(|(until, name, _)| (*until, name.as_str()) < (when.1, id));
                if later && known_by(known, when, self.options.as_of) {
                    last = Some((when.1, id.to_owned(), from + row));
                }
            }
        })?;
        Ok(last)
    }

    /// Whether a row's data set counts events, asked once per distinct name.
    fn counting<'c>(&self, columns: &RecordColumns<'c>) -> impl Fn(usize) -> bool + use<'c> {
        let keys = columns.dataset.keys;
        let known: HashMap<i32, bool> = (0..)
            .zip(columns.dataset.names.iter())
            .map(|(key, name)| (key, self.counted.contains(name.unwrap_or_default())))
            .collect();
        let all = known.values().all(|counts| *counts);
        move |row| all || known.get(&keys.value(row)).copied().unwrap_or_default()
    }

    fn read(
        &self,
        part: &Part<'_>,
        columns: &[&str],
        mut each: impl FnMut(usize, &RecordColumns<'_>),
    ) -> Result<(), SiftError> {
        let mut wrong = None;
        part.file.read(part.number, columns, &mut |from, batch: &RecordBatch| {
            match RecordColumns::view(batch) {
                Ok(columns) => each(from, &columns),
                Err(error) => wrong = wrong.take().or(Some(error)),
            }
            Ok(())
        })?;
        wrong.map_or(Ok(()), |error| Err(EvidenceError::Schema(error).into()))
    }
}
