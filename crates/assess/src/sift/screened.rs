//! The second look: which rows may be findings; all others are counted.

use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;

use armistice_records::{Act, RecordColumns, SchemaError};
use armistice_terms::Dealing;
use arrow_array::{Array, RecordBatch, UInt32Array};
use arrow_schema::ArrowError;
use arrow_select::concat::concat_batches;
use arrow_select::take::take_record_batch;

use super::{Part, SetAside, SiftError};
use crate::evidence::EvidenceError;
use crate::judge::{Screen, Worked};
use crate::knowledge::known_by;
use crate::people::{Concerned, NAMED};
use crate::running::Running;
use crate::series::Counter;
use crate::variant::Variant;
use crate::when::{instants, widened};

/// What one part comes to.
pub(super) struct Screened {
    /// The rows to be kept beside those, ascending.
    kept: Vec<usize>,
    /// The columns of these that were looked at.
    seen: Vec<RecordBatch>,
    pub(super) aside: SetAside,
}

/// Columns of which no assessment tells, of records that are told once: where they
/// stand is asked of copies alone.
const UNTOLD: [&str; 5] = ["origin_file", "origin_line", "origin_sha256", "origin_row", "note"];

impl Screened {
    /// The rows to be kept, with the columns that are still to be read.
    pub(super) fn whole(&self, part: &Part<'_>) -> Result<Option<RecordBatch>, SiftError> {
        let without: Vec<&str> = COLUMNS.iter().chain(&UNTOLD).copied().collect();
        let rest = part.file.take(part.number, &self.kept, &without)?;
        let (Some(first), Some(seen)) = (rest.first(), self.seen.first()) else {
            return Ok(None);
        };
        let rest = concat_batches(first.schema_ref(), &rest).map_err(unjoined)?;
        let seen = concat_batches(seen.schema_ref(), &self.seen).map_err(unjoined)?;
        let both = rest.schema_ref().fields().iter().zip(rest.columns());
        let both = both.map(|(field, column)| seen.column_by_name(field.name()).unwrap_or(column)).map(Arc::clone);
        let batch = RecordBatch::try_new(rest.schema(), both.collect()).map_err(unjoined)?;
        RecordColumns::try_new(&batch).map_err(EvidenceError::Schema)?;
        Ok(Some(batch))
    }
}

/// Columns that do not fit together were not read of the same rows.
fn unjoined(error: ArrowError) -> SiftError {
    let reason = SchemaError { column: "record_id".to_owned(), row: None, reason: error.to_string() };
    EvidenceError::Schema(reason).into()
}

/// All that judging looks at, what is counted of records whatever they are, and what
/// a row that has one of these must have besides.
const COLUMNS: [&str; 34] = [
    "kind",
    "happened_from",
    "happened_until",
    "clock",
    "time_precision",
    "known_at",
    "place_kind",
    "latitude",
    "longitude",
    "radius_m",
    "bearing_from",
    "bearing_to",
    "range_from_m",
    "range_to_m",
    "side_a",
    "side_b",
    "direction",
    "act",
    "weapons",
    "deaths_low",
    "deaths_best",
    "deaths_high",
    "civilian_deaths",
    "quantity_low",
    "quantity_best",
    "quantity_high",
    "quantity_of",
    "effect",
    "area_level",
    "area_name",
    "subject",
    "count_low",
    "count_best",
    "count_high",
];

/// Screens the rows of a part, of which some are kept already.
pub(super) fn screen(
    (running, worked): (&Running<'_, '_>, &mut Worked),
    part: &Part<'_>,
    already: &[usize],
) -> Result<Screened, SiftError> {
    let numbered: Vec<(usize, &Variant<'_>)> = running.variants.iter().enumerate().collect();
    let own = running.adherence.first().cloned().unwrap_or_default();
    let baseline = running.options.baseline.map(|(a, b)| (a.as_second(), b.as_second()));
    let counter = Counter::new(running.checked.agreement(), own, running.window(), baseline);
    let aside = SetAside::default();
    let accounts = accounts(running);
    let (kept, first) = (Vec::new(), First::default());
    let seen = Vec::new();
    let mut pass = Pass { running, numbered, accounts, worked, counter, already, first, kept, seen, aside };
    let (mut wrong, mut torn) = (None, None);
    part.file.read(part.number, &COLUMNS, &mut |from, batch: &RecordBatch| {
        match RecordColumns::try_new(batch) {
            Ok(columns) => {
                let before = pass.kept.len();
                pass.batch(from, &columns);
                pass.keep(from, before, batch).map_err(|error| torn = torn.take().or(Some(error))).ok();
            }
            Err(error) => wrong = wrong.take().or(Some(error)),
        }
        Ok(())
    })?;
    if let Some(error) = wrong {
        return Err(EvidenceError::Schema(error).into());
    }
    if let Some(error) = torn {
        return Err(unjoined(error));
    }
    let Pass { kept, seen, mut aside, counter, .. } = pass;
    aside.series = counter.series();
    Ok(Screened { kept, seen, aside })
}

/// A part while it is screened.
struct Pass<'s, 'a> {
    running: &'s Running<'a, 's>,
    numbered: Vec<(usize, &'s Variant<'a>)>,
    worked: &'s mut Worked,
    counter: Counter<'a>,
    /// The acts of which more is told than how many there were.
    accounts: Vec<u8>,
    first: First,
    /// Rows kept already, of those that have not been passed yet.
    already: &'s [usize],
    kept: Vec<usize>,
    seen: Vec<RecordBatch>,
    aside: SetAside,
}

impl Pass<'_, '_> {
    /// Keeps what was looked at of those rows of a batch that are kept since so many were.
    fn keep(&mut self, from: usize, before: usize, batch: &RecordBatch) -> Result<(), ArrowError> {
        let rows = self.kept.get(before..).unwrap_or_default();
        if !rows.is_empty() {
            let schema = batch.schema_ref();
            let seen: Vec<usize> = COLUMNS.iter().filter_map(|name| schema.index_of(name).ok()).collect();
            let rows = UInt32Array::from_iter_values(rows.iter().filter_map(|row| u32::try_from(row - from).ok()));
            self.seen.push(take_record_batch(&batch.project(&seen)?, &rows)?);
        }
        Ok(())
    }

    fn batch(&mut self, from: usize, columns: &RecordColumns<'_>) {
        let when = instants(columns, self.running.clock());
        let (begins, ends) = self.running.window();
        let mut screen = Screen::new(columns, &self.numbered, (self.running.units, self.worked));
        let people = Concerned::of(&self.running.variants, columns);
        let mut fresh = vec![false; columns.len()];
        for (row, (when, fresh)) in when.iter().zip(&mut fresh).enumerate() {
            if self.already.first() == Some(&(from + row)) {
                self.already = self.already.get(1..).unwrap_or_default();
                continue;
            }
            let known = columns.known_at.is_valid(row).then(|| columns.known_at.value(row));
            let counts = known_by(known, *when, self.running.options.as_of);
            let within = widened(columns, row, *when);
            let touches = within.0 < ends && within.1 > begins;
            let accounted = columns.act.get(row).is_some_and(|act| self.accounts.contains(act));
            if counts && (accounted || (touches && self.first.may_be(&people, row, *when))) {
                self.kept.push(from + row);
                continue;
            }
            if counts && touches && !screen.set_aside(row, within) {
                self.kept.push(from + row);
                continue;
            }
            if counts && touches {
                let list = &mut self.aside.for_people;
                people.each(row, *when, |variant| *list.entry(variant).or_default() += 1);
            }
            *fresh = counts;
            self.aside.undated += u64::from(known.is_none());
            self.aside.records += u64::from(counts);
            self.aside.in_period += u64::from(counts && touches);
        }
        screen.counted(&mut self.aside.out_of_scope);
        self.counter.add(columns, &when, &fresh);
    }
}

/// The acts that inventories and exchanges are accounted by.
fn accounts(running: &Running<'_, '_>) -> Vec<u8> {
    let mut acts = Vec::new();
    for agreement in running.checked.readings.iter().map(|reading| &reading.agreement) {
        if !agreement.inventories.is_empty() {
            acts.extend(crate::counting::acts(Dealing::Keep).iter().map(|act| act.code()));
        }
        if !agreement.exchanges.is_empty() {
            acts.extend([Act::Release, Act::HandOver].map(Act::code));
        }
    }
    acts
}

/// Of the records that bear on what only people can judge, when the first began:
/// those that are named, by variant.
#[derive(Default)]
struct First(BTreeMap<usize, BinaryHeap<i64>>);

impl First {
    /// Whether a row may be among the first, of those seen so far.
    fn may_be(&mut self, people: &Concerned<'_>, row: usize, when: (i64, i64)) -> bool {
        let mut may_be = false;
        people.each(row, when, |variant| {
            let first = self.0.entry(variant).or_default();
            if first.len() < NAMED || first.peek().is_some_and(|last| when.0 <= *last) {
                may_be = true;
                first.push(when.0);
            }
            if first.len() > NAMED {
                first.pop();
            }
        });
        may_be
    }
}
