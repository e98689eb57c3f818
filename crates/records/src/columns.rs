//! A checked, zero-copy view of a batch's columns, for those who compute.

use arrow_array::types::{ArrowPrimitiveType, Int32Type, TimestampSecondType};
use arrow_array::{
    Array, DictionaryArray, FixedSizeBinaryArray, Float64Array, Int32Array, PrimitiveArray, RecordBatch, StringArray,
    TimestampSecondArray, UInt8Array, UInt32Array,
};

use crate::schema::schema;
use crate::schema_error::SchemaError;

/// The columns of a batch, known to be of the right type and to hold only
/// values that mean something.
///
/// Plain slices where a column is never null, Arrow arrays where it may be.
/// [`try_new`](Self::try_new) is the border at which foreign data is judged:
/// behind it no code, coordinate or interval needs checking again.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each field is the schema's column of that name")]
pub struct RecordColumns<'a> {
    pub record_id: &'a StringArray,
    pub dataset: WordColumn<'a>,
    pub kind: &'a [u8],
    pub happened_from: &'a [i64],
    pub happened_until: &'a [i64],
    pub clock: &'a [u8],
    pub time_precision: &'a [u8],
    pub known_at: &'a TimestampSecondArray,
    pub place_kind: &'a [u8],
    pub latitude: &'a Float64Array,
    pub longitude: &'a Float64Array,
    pub radius_m: &'a Float64Array,
    pub bearing_from: &'a Float64Array,
    pub bearing_to: &'a Float64Array,
    pub range_from_m: &'a Float64Array,
    pub range_to_m: &'a Float64Array,
    pub area_level: &'a UInt8Array,
    pub area_name: WordColumn<'a>,
    pub place_name: WordColumn<'a>,
    pub admin1: WordColumn<'a>,
    pub country: WordColumn<'a>,
    pub side_a: WordColumn<'a>,
    pub side_b: WordColumn<'a>,
    pub direction: &'a [u8],
    pub act: &'a [u8],
    pub weapons: WordColumn<'a>,
    pub deaths_low: &'a UInt32Array,
    pub deaths_best: &'a UInt32Array,
    pub deaths_high: &'a UInt32Array,
    pub civilian_deaths: &'a UInt32Array,
    pub quantity_low: &'a UInt32Array,
    pub quantity_best: &'a UInt32Array,
    pub quantity_high: &'a UInt32Array,
    pub quantity_of: WordColumn<'a>,
    pub height_from_m: &'a Float64Array,
    pub height_to_m: &'a Float64Array,
    pub clarity: &'a [u8],
    pub sources: &'a UInt32Array,
    pub reliability: &'a UInt8Array,
    pub credibility: &'a UInt8Array,
    pub independence_groups: WordColumn<'a>,
    pub event: &'a StringArray,
    pub effect: &'a UInt8Array,
    pub subject: WordColumn<'a>,
    pub effect_until: &'a TimestampSecondArray,
    pub count_low: &'a UInt32Array,
    pub count_best: &'a UInt32Array,
    pub count_high: &'a UInt32Array,
    pub in_favour: WordColumn<'a>,
    pub opposed: WordColumn<'a>,
    pub absent: WordColumn<'a>,
    pub note: &'a StringArray,
    pub origin_file: WordColumn<'a>,
    pub origin_line: &'a [u32],
    pub origin_sha256: &'a FixedSizeBinaryArray,
    pub origin_row: &'a StringArray,
}

/// A column of text with few distinct values: decide once per name, then look
/// up per row.
#[derive(Clone, Copy, Debug)]
pub struct WordColumn<'a> {
    /// Per row, the index into [`names`](Self::names), or null.
    pub keys: &'a Int32Array,
    /// The distinct values. None is null, though some may be unused.
    pub names: &'a StringArray,
}

impl<'a> WordColumn<'a> {
    /// The text of a row; `None` where it is null or there is no such row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&'a str> {
        if row >= self.keys.len() || self.keys.is_null(row) {
            return None;
        }
        let key = usize::try_from(self.keys.value(row)).ok()?;
        (key < self.names.len()).then(|| self.names.value(key))
    }
}

impl<'a> RecordColumns<'a> {
    /// Looks up every column by name, in a batch whose rows have been checked
    /// before. Columns may stand in any order and others may stand among them.
    ///
    /// # Errors
    /// [`SchemaError`] naming a column that is missing or of another type.
    pub fn view(batch: &'a RecordBatch) -> Result<Self, SchemaError> {
        let b = Lookup { batch };
        Ok(Self {
            record_id: b.text("record_id")?,
            dataset: b.words("dataset")?,
            kind: b.bytes("kind")?.values(),
            happened_from: b.number::<TimestampSecondType>("happened_from")?.values(),
            happened_until: b.number::<TimestampSecondType>("happened_until")?.values(),
            clock: b.bytes("clock")?.values(),
            time_precision: b.bytes("time_precision")?.values(),
            known_at: b.number("known_at")?,
            place_kind: b.bytes("place_kind")?.values(),
            latitude: b.number("latitude")?,
            longitude: b.number("longitude")?,
            radius_m: b.number("radius_m")?,
            bearing_from: b.number("bearing_from")?,
            bearing_to: b.number("bearing_to")?,
            range_from_m: b.number("range_from_m")?,
            range_to_m: b.number("range_to_m")?,
            area_level: b.bytes("area_level")?,
            area_name: b.words("area_name")?,
            place_name: b.words("place_name")?,
            admin1: b.words("admin1")?,
            country: b.words("country")?,
            side_a: b.words("side_a")?,
            side_b: b.words("side_b")?,
            direction: b.bytes("direction")?.values(),
            act: b.bytes("act")?.values(),
            weapons: b.words("weapons")?,
            deaths_low: b.number("deaths_low")?,
            deaths_best: b.number("deaths_best")?,
            deaths_high: b.number("deaths_high")?,
            civilian_deaths: b.number("civilian_deaths")?,
            quantity_low: b.number("quantity_low")?,
            quantity_best: b.number("quantity_best")?,
            quantity_high: b.number("quantity_high")?,
            quantity_of: b.words("quantity_of")?,
            height_from_m: b.number("height_from_m")?,
            height_to_m: b.number("height_to_m")?,
            clarity: b.bytes("clarity")?.values(),
            sources: b.number("sources")?,
            reliability: b.bytes("reliability")?,
            credibility: b.bytes("credibility")?,
            independence_groups: b.words("independence_groups")?,
            event: b.text("event")?,
            effect: b.bytes("effect")?,
            subject: b.words("subject")?,
            effect_until: b.number("effect_until")?,
            count_low: b.number("count_low")?,
            count_best: b.number("count_best")?,
            count_high: b.number("count_high")?,
            in_favour: b.words("in_favour")?,
            opposed: b.words("opposed")?,
            absent: b.words("absent")?,
            note: b.text("note")?,
            origin_file: b.words("origin_file")?,
            origin_line: b.number::<arrow_array::types::UInt32Type>("origin_line")?.values(),
            origin_sha256: b.column("origin_sha256")?,
            origin_row: b.text("origin_row")?,
        })
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.kind.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kind.is_empty()
    }
}

/// Finds columns by name and holds them to the schema.
struct Lookup<'a> {
    batch: &'a RecordBatch,
}

impl<'a> Lookup<'a> {
    /// A column of the schema's type, without nulls where the schema has none.
    fn column<T: Array + 'static>(&self, name: &'static str) -> Result<&'a T, SchemaError> {
        let array =
            self.batch.column_by_name(name).ok_or_else(|| SchemaError::of_column(name, "there is no such column"))?;
        let schema = schema();
        let field = schema
            .field_with_name(name)
            .map_err(|_| SchemaError::of_column(name, "this column is not part of the schema"))?;
        if array.data_type() != field.data_type() {
            let reason = format!("its type is {}, not {}", array.data_type(), field.data_type());
            return Err(SchemaError::of_column(name, reason));
        }
        if !field.is_nullable()
            && let Some(row) = array.nulls().and_then(|nulls| (0..nulls.len()).find(|&row| nulls.is_null(row)))
        {
            return Err(SchemaError::of_row(name, row, "it is empty, and this column must be filled in"));
        }
        array
            .as_any()
            .downcast_ref()
            .ok_or_else(|| SchemaError::of_column(name, "its contents are not of its declared type"))
    }

    fn number<T: ArrowPrimitiveType>(&self, name: &'static str) -> Result<&'a PrimitiveArray<T>, SchemaError> {
        self.column(name)
    }

    fn bytes(&self, name: &'static str) -> Result<&'a UInt8Array, SchemaError> {
        self.column(name)
    }

    fn text(&self, name: &'static str) -> Result<&'a StringArray, SchemaError> {
        self.column(name)
    }

    fn words(&self, name: &'static str) -> Result<WordColumn<'a>, SchemaError> {
        let array: &DictionaryArray<Int32Type> = self.column(name)?;
        let names = array
            .values()
            .as_any()
            .downcast_ref::<StringArray>()
            .ok_or_else(|| SchemaError::of_column(name, "its dictionary does not hold text"))?;
        if names.null_count() > 0 {
            return Err(SchemaError::of_column(name, "its dictionary holds a null"));
        }
        Ok(WordColumn { keys: array.keys(), names })
    }
}
