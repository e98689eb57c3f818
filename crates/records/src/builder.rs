//! From records to a batch of columns.

use std::sync::Arc;

use arrow_array::builder::{
    FixedSizeBinaryBuilder, Float64Builder, StringBuilder, StringDictionaryBuilder, TimestampSecondBuilder,
    UInt8Builder, UInt32Builder,
};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, RecordBatch};

use crate::flat::{Flat, FlatMessage, FlatPlace, Unfit};
use crate::flatten::with_flat;
use crate::model::{Estimate, Record};
use crate::schema::schema;

/// Most rows in one batch: enough to amortise a batch's fixed costs, few enough
/// to stay within a processor's cache hierarchy and any host's message size.
pub const MAX_ROWS: usize = 65_536;

/// Most bytes of free text in one batch. Arrow's `Utf8` ends at 2 GiB; but what
/// is being built is not yet counted against the memory allowed, and must be
/// small beside it.
const MAX_TEXT: usize = 1 << 28;

type Words = StringDictionaryBuilder<Int32Type>;

/// Collects records into a batch.
///
/// Whatever it accepts, [`RecordColumns`](crate::RecordColumns) accepts too.
///
/// ```
/// # fn f(record: &armistice_records::Record) -> Result<(), armistice_records::Unfit> {
/// let mut builder = armistice_records::RecordBuilder::new();
/// builder.push(record)?;
/// let batch = builder.finish();
/// # Ok(()) }
/// ```
pub struct RecordBuilder {
    rows: usize,
    text: usize,
    id: StringBuilder,
    dataset: Words,
    kind: UInt8Builder,
    happened_from: TimestampSecondBuilder,
    happened_until: TimestampSecondBuilder,
    clock: UInt8Builder,
    time_precision: UInt8Builder,
    known_at: TimestampSecondBuilder,
    place: PlaceColumns,
    place_name: Words,
    admin1: Words,
    country: Words,
    side_a: Words,
    side_b: Words,
    direction: UInt8Builder,
    act: UInt8Builder,
    weapons: Words,
    deaths: EstimateColumns,
    civilian_deaths: UInt32Builder,
    quantity: EstimateColumns,
    quantity_of: Words,
    height_from_m: Float64Builder,
    height_to_m: Float64Builder,
    clarity: UInt8Builder,
    sources: UInt32Builder,
    reliability: UInt8Builder,
    credibility: UInt8Builder,
    independence_groups: Words,
    event: StringBuilder,
    effect: UInt8Builder,
    subject: Words,
    effect_until: TimestampSecondBuilder,
    count: EstimateColumns,
    in_favour: Words,
    opposed: Words,
    absent: Words,
    note: StringBuilder,
    file: Words,
    line: UInt32Builder,
    sha256: FixedSizeBinaryBuilder,
    row: StringBuilder,
}

#[derive(Default)]
struct PlaceColumns {
    kind: UInt8Builder,
    latitude: Float64Builder,
    longitude: Float64Builder,
    radius_m: Float64Builder,
    bearing_from: Float64Builder,
    bearing_to: Float64Builder,
    range_from_m: Float64Builder,
    range_to_m: Float64Builder,
    area_level: UInt8Builder,
    area_name: Words,
}

#[derive(Default)]
struct EstimateColumns {
    low: UInt32Builder,
    best: UInt32Builder,
    high: UInt32Builder,
}

impl std::fmt::Debug for RecordBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RecordBuilder").field("rows", &self.rows).finish_non_exhaustive()
    }
}

impl Default for RecordBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl RecordBuilder {
    /// An empty builder.
    #[must_use]
    pub fn new() -> Self {
        let utc = || TimestampSecondBuilder::new().with_timezone("UTC");
        Self {
            rows: 0,
            text: 0,
            id: StringBuilder::new(),
            dataset: Words::new(),
            kind: UInt8Builder::new(),
            happened_from: TimestampSecondBuilder::new(),
            happened_until: TimestampSecondBuilder::new(),
            clock: UInt8Builder::new(),
            time_precision: UInt8Builder::new(),
            known_at: utc(),
            place: PlaceColumns::default(),
            place_name: Words::new(),
            admin1: Words::new(),
            country: Words::new(),
            side_a: Words::new(),
            side_b: Words::new(),
            direction: UInt8Builder::new(),
            act: UInt8Builder::new(),
            weapons: Words::new(),
            deaths: EstimateColumns::default(),
            civilian_deaths: UInt32Builder::new(),
            quantity: EstimateColumns::default(),
            quantity_of: Words::new(),
            height_from_m: Float64Builder::new(),
            height_to_m: Float64Builder::new(),
            clarity: UInt8Builder::new(),
            sources: UInt32Builder::new(),
            reliability: UInt8Builder::new(),
            credibility: UInt8Builder::new(),
            independence_groups: Words::new(),
            event: StringBuilder::new(),
            effect: UInt8Builder::new(),
            subject: Words::new(),
            effect_until: utc(),
            count: EstimateColumns::default(),
            in_favour: Words::new(),
            opposed: Words::new(),
            absent: Words::new(),
            note: StringBuilder::new(),
            file: Words::new(),
            line: UInt32Builder::new(),
            sha256: FixedSizeBinaryBuilder::new(32),
            row: StringBuilder::new(),
        }
    }

    /// How many records it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Whether it must be [finished](Self::finish) before the next record.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.rows >= MAX_ROWS || self.text >= MAX_TEXT
    }

    /// Adds one record. Fractions of a second are rounded outwards.
    ///
    /// # Errors
    /// [`Unfit`] when the record cannot be stored: an empty id, a name holding
    /// `|`, an interval that ends before it begins, an estimate out of order,
    /// a bearing or radius that is none; or when the batch is full.
    pub fn push(&mut self, record: &Record) -> Result<(), Unfit> {
        with_flat(record, |flat| self.push_flat(flat))
    }

    /// The batch of all records added since the last call.
    #[must_use]
    pub fn finish(&mut self) -> RecordBatch {
        let columns = self.finish_columns();
        self.rows = 0;
        self.text = 0;
        // Column types and lengths are fixed by the two functions around this
        // line and do not depend on data; every test of this crate runs it.
        #[expect(clippy::expect_used, reason = "cannot depend on data, see above")]
        RecordBatch::try_new(schema(), columns).expect("the builder's columns are the schema's")
    }

    /// Adds one record in flat form.
    pub(crate) fn push_flat(&mut self, r: &Flat<'_>) -> Result<(), Unfit> {
        if self.is_full() {
            return Err(Unfit::new("record_id", "the batch is full; finish it first"));
        }
        r.check()?;
        self.rows += 1;
        self.text += r.id.len() + r.note.map_or(0, str::len) + r.row.map_or(0, str::len);
        self.id.append_value(r.id);
        self.dataset.append_value(r.dataset);
        self.kind.append_value(r.kind.code());
        self.happened_from.append_value(r.happened.from);
        self.happened_until.append_value(r.happened.until);
        self.clock.append_value(r.happened.clock);
        self.time_precision.append_value(r.time_precision.code());
        self.known_at.append_option(r.known_at);
        self.place.push(&r.place);
        self.place_name.append_option(r.place_name);
        self.admin1.append_option(r.admin1);
        self.country.append_option(r.country);
        self.side_a.append_option(r.side_a);
        self.side_b.append_option(r.side_b);
        self.direction.append_value(r.direction.code());
        self.act.append_value(r.act.code());
        self.weapons.append_option(r.weapons);
        self.deaths.push(r.deaths);
        self.civilian_deaths.append_option(r.civilian_deaths);
        self.quantity.push(r.quantity);
        self.quantity_of.append_option(r.quantity_of);
        self.height_from_m.append_option(r.height_m.map(|(from, _)| from));
        self.height_to_m.append_option(r.height_m.map(|(_, to)| to));
        self.clarity.append_value(r.clarity.code());
        self.sources.append_option(r.sources);
        self.reliability.append_option(r.reliability.map(|c| c.code()));
        self.credibility.append_option(r.credibility.map(|c| c.code()));
        self.independence_groups.append_option(r.independence_groups);
        self.event.append_option(r.event);
        self.push_message(r.message.as_ref());
        self.note.append_option(r.note);
        self.file.append_value(r.file);
        self.line.append_value(r.line);
        // Fails only on a width other than the 32 it was made with.
        if self.sha256.append_value(r.sha256).is_err() {
            self.sha256.append_null();
        }
        self.row.append_option(r.row);
        Ok(())
    }

    fn push_message(&mut self, message: Option<&FlatMessage<'_>>) {
        self.effect.append_option(message.map(|m| m.effect.code()));
        self.subject.append_option(message.and_then(|m| m.subject));
        self.effect_until.append_option(message.and_then(|m| m.until));
        self.count.push(message.and_then(|m| m.count));
        let [in_favour, opposed, absent] = message.map(|m| m.votes).unwrap_or_default();
        self.in_favour.append_option(in_favour);
        self.opposed.append_option(opposed);
        self.absent.append_option(absent);
    }

    /// The columns in the schema's order.
    fn finish_columns(&mut self) -> Vec<ArrayRef> {
        let mut all: Vec<ArrayRef> = vec![
            Arc::new(self.id.finish()),
            Arc::new(self.dataset.finish()),
            Arc::new(self.kind.finish()),
            Arc::new(self.happened_from.finish()),
            Arc::new(self.happened_until.finish()),
            Arc::new(self.clock.finish()),
            Arc::new(self.time_precision.finish()),
            Arc::new(self.known_at.finish()),
        ];
        self.place.finish(&mut all);
        all.extend::<[ArrayRef; 8]>([
            Arc::new(self.place_name.finish()),
            Arc::new(self.admin1.finish()),
            Arc::new(self.country.finish()),
            Arc::new(self.side_a.finish()),
            Arc::new(self.side_b.finish()),
            Arc::new(self.direction.finish()),
            Arc::new(self.act.finish()),
            Arc::new(self.weapons.finish()),
        ]);
        self.deaths.finish(&mut all);
        all.push(Arc::new(self.civilian_deaths.finish()));
        self.quantity.finish(&mut all);
        all.extend::<[ArrayRef; 12]>([
            Arc::new(self.quantity_of.finish()),
            Arc::new(self.height_from_m.finish()),
            Arc::new(self.height_to_m.finish()),
            Arc::new(self.clarity.finish()),
            Arc::new(self.sources.finish()),
            Arc::new(self.reliability.finish()),
            Arc::new(self.credibility.finish()),
            Arc::new(self.independence_groups.finish()),
            Arc::new(self.event.finish()),
            Arc::new(self.effect.finish()),
            Arc::new(self.subject.finish()),
            Arc::new(self.effect_until.finish()),
        ]);
        self.count.finish(&mut all);
        all.extend::<[ArrayRef; 8]>([
            Arc::new(self.in_favour.finish()),
            Arc::new(self.opposed.finish()),
            Arc::new(self.absent.finish()),
            Arc::new(self.note.finish()),
            Arc::new(self.file.finish()),
            Arc::new(self.line.finish()),
            Arc::new(self.sha256.finish()),
            Arc::new(self.row.finish()),
        ]);
        all
    }
}

impl PlaceColumns {
    fn push(&mut self, p: &FlatPlace<'_>) {
        self.kind.append_value(p.kind);
        self.latitude.append_option(p.at.map(|(latitude, _)| latitude));
        self.longitude.append_option(p.at.map(|(_, longitude)| longitude));
        self.radius_m.append_option(p.radius_m);
        self.bearing_from.append_option(p.bearing.map(|(from, _)| from));
        self.bearing_to.append_option(p.bearing.map(|(_, to)| to));
        self.range_from_m.append_option(p.range_m.map(|(from, _)| from));
        self.range_to_m.append_option(p.range_m.map(|(_, to)| to));
        self.area_level.append_option(p.area.map(|(level, _)| level.code()));
        self.area_name.append_option(p.area.map(|(_, name)| name));
    }

    fn finish(&mut self, all: &mut Vec<ArrayRef>) {
        all.extend::<[ArrayRef; 10]>([
            Arc::new(self.kind.finish()),
            Arc::new(self.latitude.finish()),
            Arc::new(self.longitude.finish()),
            Arc::new(self.radius_m.finish()),
            Arc::new(self.bearing_from.finish()),
            Arc::new(self.bearing_to.finish()),
            Arc::new(self.range_from_m.finish()),
            Arc::new(self.range_to_m.finish()),
            Arc::new(self.area_level.finish()),
            Arc::new(self.area_name.finish()),
        ]);
    }
}

impl EstimateColumns {
    fn push(&mut self, e: Option<Estimate>) {
        self.low.append_option(e.map(|e| e.low));
        self.best.append_option(e.map(|e| e.best));
        self.high.append_option(e.map(|e| e.high));
    }

    fn finish(&mut self, all: &mut Vec<ArrayRef>) {
        all.extend::<[ArrayRef; 3]>([
            Arc::new(self.low.finish()),
            Arc::new(self.best.finish()),
            Arc::new(self.high.finish()),
        ]);
    }
}

/// All of `records`, in as many batches as they need.
///
/// # Errors
/// [`Unfit`] for the first record that cannot be stored.
pub fn batches_of<'a>(records: impl IntoIterator<Item = &'a Record>) -> Result<Vec<RecordBatch>, Unfit> {
    let mut builder = RecordBuilder::new();
    let mut batches = Vec::new();
    for record in records {
        if builder.is_full() {
            batches.push(builder.finish());
        }
        builder.push(record)?;
    }
    if !builder.is_empty() {
        batches.push(builder.finish());
    }
    Ok(batches)
}
