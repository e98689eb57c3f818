//! The two clocks: of each record, the version that counts.
//!
//! A record may be told in several versions, each known from some day on, and
//! it may be taken back. Nothing is erased: a later version supersedes an
//! earlier one, a retraction withdraws, and asked as of an earlier day the
//! earlier version counts again.

use std::collections::HashMap;
use std::hash::BuildHasher;

use armistice_records::{Effect, Kind, RecordColumns};
use arrow_array::{Array, RecordBatch, StringArray};
use hashbrown::{DefaultHashBuilder, HashTable};
use jiff::Timestamp;

use crate::evidence::{EvidenceError, origin};

/// A row: the batch it is in, and its place there.
pub(crate) type At = (usize, usize);

/// Which rows count, of all batches seen so far.
#[derive(Debug)]
pub(crate) struct Knowledge {
    as_of: Option<Timestamp>,
    /// The ids of each batch.
    ids: Vec<StringArray>,
    /// Each record once; the first of its versions names it.
    records: Vec<Versions>,
    by_id: HashTable<usize>,
    hasher: DefaultHashBuilder,
    /// Per record taken back: the latest day on which a retraction that counts
    /// became known.
    withdrawn: HashMap<String, i64>,
    /// Per batch and row: whether it is the version that counts.
    current: Vec<Vec<bool>>,
    /// How many versions do not say when they became known; copies are one.
    pub(crate) undated: u64,
}

/// The versions of one record. Nearly every record has one.
#[derive(Debug)]
struct Versions {
    first: Version,
    more: Vec<Version>,
}

#[derive(Clone, Copy, Debug)]
struct Version {
    at: At,
    /// When it became known; before all, if nobody says.
    known: Option<i64>,
    /// Whether it was known by the day asked about.
    counts: bool,
}

impl Versions {
    fn all(&self) -> impl Iterator<Item = &Version> {
        std::iter::once(&self.first).chain(&self.more)
    }

    /// The latest of those that count, if nothing took it back since.
    fn current(&self, withdrawn: Option<i64>) -> Option<At> {
        let latest = self.all().filter(|v| v.counts).max_by_key(|v| v.known)?;
        let taken_back = withdrawn.is_some_and(|since| latest.known.is_none_or(|known| since >= known));
        (!taken_back).then_some(latest.at)
    }
}

impl Knowledge {
    pub(crate) fn new(as_of: Option<Timestamp>) -> Self {
        Self {
            as_of,
            ids: Vec::new(),
            records: Vec::new(),
            by_id: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            withdrawn: HashMap::new(),
            current: Vec::new(),
            undated: 0,
        }
    }

    /// Which rows of a batch count.
    pub(crate) fn current(&self, batch: usize) -> &[bool] {
        self.current.get(batch).map(Vec::as_slice).unwrap_or_default()
    }

    /// How many records were taken back, and how many versions of others a newer
    /// one supersedes, of those known by the day asked about.
    pub(crate) fn no_longer(&self) -> (u64, u64) {
        let (mut taken_back, mut superseded) = (0, 0);
        for versions in &self.records {
            let counting = versions.all().filter(|v| v.counts).count() as u64;
            let id = self.ids.get(versions.first.at.0).map_or("", |ids| ids.value(versions.first.at.1));
            let withdrawn = if self.withdrawn.is_empty() { None } else { self.withdrawn.get(id).copied() };
            if versions.current(withdrawn).is_some() {
                superseded += counting.saturating_sub(1);
            } else {
                taken_back += u64::from(counting > 0);
            }
        }
        (taken_back, superseded)
    }

    /// Takes in the rows of the last batch of all there are; `when` says when
    /// they happened. Returns the rows of earlier batches, or of this,
    /// that counted and do so no longer.
    ///
    /// # Errors
    /// [`EvidenceError::TwoVersions`] when two versions of one record became
    /// known at the same time. What was taken in is then to be thrown away.
    pub(crate) fn add(&mut self, batches: &[RecordBatch], when: &[(i64, i64)]) -> Result<Vec<At>, EvidenceError> {
        let batch = batches.len().saturating_sub(1);
        let Some(columns) = view(batches, batch) else {
            return Ok(Vec::new());
        };
        self.ids.push(columns.record_id.clone());
        self.current.push(vec![false; columns.len()]);
        let room = columns.len();
        self.by_id.reserve(room, |&record| self.hasher.hash_one(id_of(&self.ids, &self.records, record)));
        let mut dropped = Vec::new();
        for (row, when) in when.iter().enumerate() {
            let known = columns.known_at.is_valid(row).then(|| columns.known_at.value(row));
            let counts = known_by(known, *when, self.as_of);
            if columns.kind.get(row).copied() == Some(Kind::Retraction.code()) {
                if let Some(since) = known.filter(|_| counts && effect(&columns, row) == Some(Effect::Withdrawn)) {
                    for id in columns.subject.get(row).into_iter().flat_map(|s| s.split('|')) {
                        dropped.extend(self.withdraw(id, since));
                    }
                }
                continue;
            }
            dropped.extend(self.version(batches, &columns, Version { at: (batch, row), known, counts })?);
        }
        Ok(dropped)
    }

    /// Takes in one version of a record.
    fn version(
        &mut self,
        batches: &[RecordBatch],
        columns: &RecordColumns<'_>,
        version: Version,
    ) -> Result<Option<At>, EvidenceError> {
        let id = columns.record_id.value(version.at.1);
        let Self { ids, records, by_id, hasher, .. } = self;
        let hash = hasher.hash_one(id);
        let found = by_id.find(hash, |&record| id_of(ids, records, record) == id).copied();
        let Some(record) = found else {
            by_id.insert_unique(hash, records.len(), |&record| hasher.hash_one(id_of(ids, records, record)));
            records.push(Versions { first: version, more: Vec::new() });
            self.undated += u64::from(version.known.is_none());
            return Ok(self.settle(records_last(&self.records), None));
        };
        let Some(versions) = records.get_mut(record) else {
            return Ok(None);
        };
        let before = versions.current(self.withdrawn.get(id).copied());
        let same = std::iter::once(&mut versions.first).chain(&mut versions.more).find(|v| v.known == version.known);
        if let Some(known) = same {
            // The same again, or two accounts of one moment, of which neither is the later.
            let other = view(batches, known.at.0);
            let Some(other) = other else {
                return Ok(None);
            };
            let (one, another) = (origin(&other, known.at.1), origin(columns, version.at.1));
            if content(&other, known.at.1) != content(columns, version.at.1) {
                let mut places = [one, another];
                places.sort();
                let [one, other] = places;
                return Err(EvidenceError::TwoVersions { record: id.to_owned(), one, other });
            }
            // Of copies, the one that stands first in the files, whatever came first.
            if stands_at(columns, version.at.1) < stands_at(&other, known.at.1) {
                known.at = version.at;
            }
        } else {
            versions.more.push(version);
            self.undated += u64::from(version.known.is_none());
        }
        Ok(self.settle(record, before))
    }

    fn withdraw(&mut self, id: &str, since: i64) -> Option<At> {
        let Self { ids, records, by_id, hasher, .. } = self;
        let record = by_id.find(hasher.hash_one(id), |&record| id_of(ids, records, record) == id).copied();
        let earlier = self.withdrawn.get(id).copied();
        let before = record.and_then(|r| self.records.get(r)).and_then(|v| v.current(earlier));
        self.withdrawn.insert(id.to_owned(), earlier.map_or(since, |e| e.max(since)));
        self.settle(record?, before)
    }

    /// Marks which version of a record counts now; the one that did and does so
    /// no longer, if there is one.
    fn settle(&mut self, record: usize, before: Option<At>) -> Option<At> {
        let versions = self.records.get(record)?;
        let id = self.ids.get(versions.first.at.0)?.value(versions.first.at.1);
        let withdrawn = if self.withdrawn.is_empty() { None } else { self.withdrawn.get(id).copied() };
        let now = versions.current(withdrawn);
        let mut mark = |at: Option<At>, counts: bool| {
            let slot = at.and_then(|(batch, row)| self.current.get_mut(batch)?.get_mut(row));
            if let Some(slot) = slot {
                *slot = counts;
            }
        };
        if before != now {
            mark(before, false);
        }
        mark(now, true);
        before.filter(|_| before != now)
    }
}

fn view(batches: &[RecordBatch], number: usize) -> Option<RecordColumns<'_>> {
    RecordColumns::view(batches.get(number)?).ok()
}

const fn records_last(records: &[Versions]) -> usize {
    records.len().saturating_sub(1)
}

fn id_of<'i>(ids: &'i [StringArray], records: &[Versions], record: usize) -> &'i str {
    let at = records.get(record).map(|versions| versions.first.at);
    at.and_then(|(batch, row)| Some(ids.get(batch)?.value(row))).unwrap_or_default()
}

fn effect(columns: &RecordColumns<'_>, row: usize) -> Option<Effect> {
    columns.effect.is_valid(row).then(|| columns.effect.value(row)).and_then(Effect::from_code)
}

/// Whether something was known by then. What does not say when it became known
/// was not before the end of the time it speaks of.
pub(crate) fn known_by(known: Option<i64>, when: (i64, i64), as_of: Option<Timestamp>) -> bool {
    let Some(as_of) = as_of else {
        return true;
    };
    match known {
        Some(known) => known <= as_of.as_second(),
        None => when.1 <= first_after(as_of),
    }
}

/// The first whole second that is not before an instant: after the last instant
/// of a day, the next day's first.
#[must_use]
pub fn first_after(at: Timestamp) -> i64 {
    at.as_second() + i64::from(at.subsec_nanosecond() > 0)
}

/// What must be the same in two copies of one version.
fn content<'c>(columns: &'c RecordColumns<'_>, row: usize) -> (&'c [u8], Option<&'c i64>, Option<&'c i64>) {
    (columns.origin_sha256.value(row), columns.happened_from.get(row), columns.happened_until.get(row))
}

/// Where a row was read, for an order that no order of files shows in.
pub(crate) fn stands_at<'c>(columns: &RecordColumns<'c>, row: usize) -> (&'c str, u32, &'c str) {
    let line = columns.origin_line.get(row).copied().unwrap_or_default();
    (columns.origin_file.get(row).unwrap_or_default(), line, columns.dataset.get(row).unwrap_or_default())
}
