//! The two clocks: of each record, the version that counts.
//!
//! A record may be told in several versions, each known from some day on, and
//! it may be taken back. Nothing is erased: a later version supersedes an
//! earlier one, a retraction withdraws, and asked as of an earlier day the
//! earlier version counts again.
//!
//! Whoever told a record may revise it and take it back, and nobody else: what
//! one origin says of another's record is an account of its own.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;

use armistice_records::{Dataset, Effect, Kind, RecordColumns};
use arrow_array::{Array, Int32Array, RecordBatch, StringArray};
use hashbrown::{DefaultHashBuilder, HashTable};
use jiff::Timestamp;

use crate::evidence::{EvidenceError, discounted, origin};

/// A row: the batch it is in, and its place there.
pub(crate) type At = (usize, usize);

/// Which rows count, of all batches seen so far.
#[derive(Debug)]
pub(crate) struct Knowledge {
    as_of: Option<Timestamp>,
    /// The data sets whose compilers answer for every record in them.
    compiled: HashSet<String>,
    /// The ids and origins of each batch.
    told: Vec<Origins>,
    /// Each record once; the first of its versions names it.
    records: Vec<Versions>,
    by_id: HashTable<usize>,
    hasher: DefaultHashBuilder,
    /// Per record taken back: the retractions that count.
    withdrawn: HashMap<String, Vec<Retraction>>,
    /// Per batch and row: whether it is the version that counts.
    current: Vec<Vec<bool>>,
    /// How many versions do not say when they became known; copies are one.
    pub(crate) undated: u64,
    /// Whether a row of an earlier batch has come to count: whose a record is may
    /// turn out late.
    revived: bool,
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

/// A retraction that counts, of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Retraction {
    id: String,
    /// When it became known.
    since: i64,
    /// Whose word it is, in small letters and as it is written.
    groups: Vec<String>,
    by: Vec<String>,
}

/// A revision or a retraction of a record by an origin whose record it is not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotTheirs {
    /// The record.
    pub record: String,
    /// Whose word the attempt is.
    pub by: Vec<String>,
    /// The retraction, if it is one; else it is a version of the record.
    pub retraction: Option<String>,
}

/// Of each row of a batch: the record, and on which origins it rests.
#[derive(Debug)]
struct Origins {
    ids: StringArray,
    groups: Int32Array,
    /// Per distinct text of origins: each of them in small letters, and as written.
    named: Vec<(Vec<String>, Vec<String>)>,
    datasets: Int32Array,
    /// Per distinct data set: its name in small letters, and whether its compiler
    /// answers for every record in it.
    compiled: Vec<(String, bool)>,
}

impl Origins {
    fn of(columns: &RecordColumns<'_>, compiled: &HashSet<String>) -> Self {
        Self {
            ids: columns.record_id.clone(),
            groups: columns.independence_groups.keys.clone(),
            named: columns.independence_groups.names.iter().map(|text| each(text.unwrap_or_default())).collect(),
            datasets: columns.dataset.keys.clone(),
            compiled: columns
                .dataset
                .names
                .iter()
                .map(|name| name.unwrap_or_default())
                .map(|name| (name.to_lowercase(), compiled.contains(name)))
                .collect(),
        }
    }

    /// The origins of a row, in small letters and as they are written.
    fn groups(&self, row: usize) -> (&[String], &[String]) {
        let key = self.groups.is_valid(row).then(|| self.groups.value(row));
        let groups = key.and_then(|key| self.named.get(usize::try_from(key).ok()?));
        groups.map(|(small, written)| (small.as_slice(), written.as_slice())).unwrap_or_default()
    }

    /// The data set of a row, in small letters, and whether its compiler answers
    /// for it.
    fn dataset(&self, row: usize) -> (&str, bool) {
        let key = self.datasets.is_valid(row).then(|| self.datasets.value(row));
        let found = key.and_then(|key| self.compiled.get(usize::try_from(key).ok()?));
        found.map(|(name, compiled)| (name.as_str(), *compiled)).unwrap_or_default()
    }
}

/// Each of the origins of one text, in small letters and as it is written.
fn each(text: &str) -> (Vec<String>, Vec<String>) {
    let groups = text.split('|').map(str::trim).filter(|group| !group.is_empty());
    groups.map(|group| (group.to_lowercase(), group.to_owned())).unzip()
}

/// Whose a record is.
#[derive(Clone, Copy, Debug)]
struct Own<'k> {
    groups: &'k [String],
    dataset: &'k str,
}

impl Own<'_> {
    /// Whether it is a record of one of these.
    fn is_of(&self, origins: &[String]) -> bool {
        origins.iter().any(|origin| self.groups.contains(origin) || origin == self.dataset)
    }
}

impl Versions {
    fn all(&self) -> impl Iterator<Item = &Version> {
        std::iter::once(&self.first).chain(&self.more)
    }
}

impl Knowledge {
    pub(crate) fn new(as_of: Option<Timestamp>, datasets: &[Dataset]) -> Self {
        let compiled = datasets.iter().filter(|data| data.reach.counts_events);
        Self {
            as_of,
            compiled: compiled.map(|data| data.name.clone()).collect(),
            told: Vec::new(),
            records: Vec::new(),
            by_id: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            withdrawn: HashMap::new(),
            current: Vec::new(),
            undated: 0,
            revived: false,
        }
    }

    /// Which rows of a batch count.
    pub(crate) fn current(&self, batch: usize) -> &[bool] {
        self.current.get(batch).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whose a record is: of the origins of the version that was known first, and
    /// of the data set it is in.
    fn own(&self, versions: &Versions) -> Own<'_> {
        let first = versions.all().min_by_key(|v| v.known).unwrap_or(&versions.first).at;
        Own { groups: self.groups(first), dataset: self.dataset(first).0 }
    }

    fn groups(&self, (batch, row): At) -> &[String] {
        self.told.get(batch).map(|told| told.groups(row).0).unwrap_or_default()
    }

    fn written(&self, (batch, row): At) -> Vec<String> {
        self.told.get(batch).map(|told| told.groups(row).1.to_vec()).unwrap_or_default()
    }

    fn dataset(&self, (batch, row): At) -> (&str, bool) {
        self.told.get(batch).map(|told| told.dataset(row)).unwrap_or_default()
    }

    /// Whether a version is no later account of its record, but another's.
    fn anothers(&self, version: &Version, own: Own<'_>) -> bool {
        let groups = self.groups(version.at);
        // Whoever compiles a data set answers for all of it.
        let (_, compiled) = self.dataset(version.at);
        !compiled && !own.groups.is_empty() && !groups.is_empty() && !own.is_of(groups)
    }

    /// The latest version of those that count, if nothing took it back since.
    fn latest(&self, versions: &Versions) -> Option<At> {
        let taken_back = if self.withdrawn.is_empty() { None } else { self.withdrawn.get(self.id(versions)) };
        // Nearly every record is told once, and not taken back.
        if versions.more.is_empty() && taken_back.is_none() {
            return versions.first.counts.then_some(versions.first.at);
        }
        let own = self.own(versions);
        let latest = versions.all().filter(|v| v.counts && !self.anothers(v, own)).max_by_key(|v| v.known)?;
        let taken_back = taken_back
            .into_iter()
            .flatten()
            .any(|retraction| retraction.takes_back(own) && latest.known.is_none_or(|known| retraction.since >= known));
        (!taken_back).then_some(latest.at)
    }

    fn id(&self, versions: &Versions) -> &str {
        id_of(&self.told, versions)
    }

    /// How many records were taken back, and how many versions of others a newer
    /// one supersedes, of those known by the day asked about.
    pub(crate) fn no_longer(&self) -> (u64, u64) {
        let (mut taken_back, mut superseded) = (0, 0);
        for versions in &self.records {
            let own = self.own(versions);
            let counting = versions.all().filter(|v| v.counts && !self.anothers(v, own)).count() as u64;
            if self.latest(versions).is_some() {
                superseded += counting.saturating_sub(1);
            } else {
                taken_back += u64::from(counting > 0);
            }
        }
        (taken_back, superseded)
    }

    /// Whether a row, which is a version of a record or takes it back, is the word
    /// of those whose record it is.
    pub(crate) fn is_theirs(&self, id: &str, at: At, retracts: bool) -> bool {
        let hash = self.hasher.hash_one(id);
        let found = self.by_id.find(hash, |&record| id_at(&self.told, &self.records, record) == id);
        let Some(versions) = found.and_then(|record| self.records.get(*record)) else {
            return true;
        };
        let own = self.own(versions);
        if retracts {
            let groups = self.groups(at);
            return groups.is_empty() || own.is_of(groups);
        }
        versions.all().find(|v| v.at == at).is_none_or(|version| !self.anothers(version, own))
    }

    /// What was said of records by those whose they are not, in order, as far as
    /// known by the day asked about.
    pub(crate) fn not_theirs(&self) -> Vec<NotTheirs> {
        let mut found = Vec::new();
        for versions in &self.records {
            let taken_back = if self.withdrawn.is_empty() { None } else { self.withdrawn.get(self.id(versions)) };
            if versions.more.is_empty() && taken_back.is_none() {
                continue;
            }
            let own = self.own(versions);
            let record = || self.id(versions).to_owned();
            let revised = versions.all().filter(|v| v.counts && self.anothers(v, own));
            found.extend(revised.map(|version| NotTheirs {
                record: record(),
                by: self.written(version.at),
                retraction: None,
            }));
            let counted = versions.all().any(|v| v.counts);
            let foreign = taken_back.into_iter().flatten().filter(|r| counted && !r.takes_back(own));
            found.extend(foreign.map(|retraction| NotTheirs {
                record: record(),
                by: retraction.by.clone(),
                retraction: Some(retraction.id.clone()),
            }));
        }
        found.sort();
        found.dedup();
        found
    }

    /// Whether a row of an earlier batch has come to count since this was asked.
    pub(crate) fn revived(&mut self) -> bool {
        std::mem::take(&mut self.revived)
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
        self.told.push(Origins::of(&columns, &self.compiled));
        self.current.push(vec![false; columns.len()]);
        let room = columns.len();
        self.by_id.reserve(room, |&record| self.hasher.hash_one(id_at(&self.told, &self.records, record)));
        let mut dropped = Vec::new();
        for (row, when) in when.iter().enumerate() {
            let known = columns.known_at.is_valid(row).then(|| columns.known_at.value(row));
            let counts = known_by(known, *when, self.as_of);
            if columns.kind.get(row).copied() == Some(Kind::Retraction.code()) {
                if let Some(since) = known.filter(|_| {
                    counts && effect(&columns, row) == Some(Effect::Withdrawn) && !discounted(&columns, row)
                }) {
                    let groups = self.groups((batch, row)).to_vec();
                    let id = columns.record_id.value(row).to_owned();
                    let retraction = Retraction { id, since, groups, by: self.written((batch, row)) };
                    for id in columns.subject.get(row).into_iter().flat_map(|s| s.split('|')) {
                        dropped.extend(self.withdraw(id, retraction.clone()));
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
        let Self { told, records, by_id, hasher, .. } = self;
        let hash = hasher.hash_one(id);
        let found = by_id.find(hash, |&record| id_at(told, records, record) == id).copied();
        let Some(record) = found else {
            by_id.insert_unique(hash, records.len(), |&record| hasher.hash_one(id_at(told, records, record)));
            records.push(Versions { first: version, more: Vec::new() });
            self.undated += u64::from(version.known.is_none());
            return Ok(self.settle(records_last(&self.records), None));
        };
        let before = self.records.get(record).and_then(|versions| self.latest(versions));
        let Some(versions) = self.records.get_mut(record) else {
            return Ok(None);
        };
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

    fn withdraw(&mut self, id: &str, retraction: Retraction) -> Option<At> {
        let Self { told, records, by_id, hasher, .. } = self;
        let record = by_id.find(hasher.hash_one(id), |&record| id_at(told, records, record) == id).copied();
        let before = record.and_then(|r| self.records.get(r)).and_then(|versions| self.latest(versions));
        let all = self.withdrawn.entry(id.to_owned()).or_default();
        if !all.contains(&retraction) {
            all.push(retraction);
        }
        self.settle(record?, before)
    }

    /// Marks which version of a record counts now; the one that did and does so
    /// no longer, if there is one.
    fn settle(&mut self, record: usize, before: Option<At>) -> Option<At> {
        let now = self.latest(self.records.get(record)?);
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
        let last = self.current.len().saturating_sub(1);
        self.revived |= before != now && now.is_some_and(|(batch, _)| batch < last);
        before.filter(|_| before != now)
    }
}

fn view(batches: &[RecordBatch], number: usize) -> Option<RecordColumns<'_>> {
    RecordColumns::view(batches.get(number)?).ok()
}

const fn records_last(records: &[Versions]) -> usize {
    records.len().saturating_sub(1)
}

fn id_at<'i>(told: &'i [Origins], records: &[Versions], record: usize) -> &'i str {
    records.get(record).map(|versions| id_of(told, versions)).unwrap_or_default()
}

fn id_of<'i>(told: &'i [Origins], versions: &Versions) -> &'i str {
    let (batch, row) = versions.first.at;
    told.get(batch).map(|told| told.ids.value(row)).unwrap_or_default()
}

impl Retraction {
    /// Whether it takes back a record of these origins: one that names no origin
    /// is of whoever keeps the records.
    fn takes_back(&self, own: Own<'_>) -> bool {
        self.groups.is_empty() || own.is_of(&self.groups)
    }
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
