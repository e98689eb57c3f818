//! The Arrow schema of a batch of records, column by column.
//!
//! This table is the one place where a column's name, type and meaning are
//! stated; the builder, the checked view, the Arrow file and the page
//! `docs/records.md` (held to it by a test) all follow it.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};

use crate::model::{Act, AreaLevel, Clarity, Credibility, Direction, Effect, Kind, Reliability, TimePrecision};

/// Joins the names in one cell of a column that holds several of them
/// (`side_a`, `side_b`, `weapons`, `subject`), in the source's order.
///
/// A name that itself holds this character cannot be stored: builder and
/// readers refuse it rather than turn one actor into two.
pub const NAME_SEPARATOR: char = '|';

/// The metadata key under which each field carries its description.
pub const DESCRIPTION: &str = "description";

/// The schema of every batch of records. Built once, shared by all batches.
#[must_use]
pub fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        let fields: Vec<Field> = columns()
            .into_iter()
            .map(|c| {
                Field::new(c.name, c.data_type, c.nullable)
                    .with_metadata(HashMap::from([(DESCRIPTION.to_owned(), c.description)]))
            })
            .collect();
        Arc::new(Schema::new(fields))
    });
    Arc::clone(&SCHEMA)
}

/// Numbers in the `place_kind` column.
pub mod place_kind {
    /// The source does not say where.
    pub const UNKNOWN: u8 = 0;
    /// A point and the radius around it.
    pub const POINT: u8 = 1;
    /// A bearing and a distance from an observer.
    pub const SECTOR: u8 = 2;
    /// Somewhere within a named unit.
    pub const AREA: u8 = 3;
}

/// Numbers in the `clock` column.
pub mod clock {
    /// The times are instants.
    pub const UTC: u8 = 1;
    /// The times are read off a wall clock in a zone the record does not name.
    pub const LOCAL: u8 = 2;
}

struct Column {
    name: &'static str,
    data_type: DataType,
    nullable: bool,
    description: String,
}

fn required(name: &'static str, data_type: DataType, description: impl Into<String>) -> Column {
    Column { name, data_type, nullable: false, description: description.into() }
}

fn nullable(name: &'static str, data_type: DataType, description: impl Into<String>) -> Column {
    Column { name, data_type, nullable: true, description: description.into() }
}

fn seconds() -> DataType {
    DataType::Timestamp(TimeUnit::Second, None)
}

fn seconds_utc() -> DataType {
    DataType::Timestamp(TimeUnit::Second, Some("UTC".into()))
}

/// Text with few distinct values.
fn words() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

/// `what: 1 incident, 2 sighting, …`, written from the codes themselves.
macro_rules! coded {
    ($what:literal, $code:ty) => {{
        let codes: Vec<String> = <$code>::ALL.iter().map(|c| format!("{} {c}", c.code())).collect();
        format!("{}: {}", $what, codes.join(", "))
    }};
}

fn columns() -> Vec<Column> {
    use DataType::{FixedSizeBinary, Float64, UInt8, UInt32, Utf8};
    let mut all = Vec::with_capacity(56);
    all.extend([
        required("record_id", Utf8, "Stable name of the record: source, hyphen, the source's own id"),
        required("dataset", words(), "The data set with its release"),
        required("kind", UInt8, coded!("What sort of record it is", Kind)),
    ]);
    all.extend([
        required("happened_from", seconds(), "First second of the reported interval, on the clock that `clock` names"),
        required("happened_until", seconds(), "First second after the reported interval, on the same clock"),
        required("clock", UInt8, "How to read happened_from and happened_until: 1 utc (instants), 2 local (wall-clock times in the agreement's time zone)"),
        required("time_precision", UInt8, coded!("How well the source knew when", TimePrecision)),
        nullable("known_at", seconds_utc(), "When this version of the record became known; null when the source does not say"),
    ]);
    all.extend([
        required("place_kind", UInt8, "How the place is given: 0 unknown, 1 point, 2 sector, 3 area"),
        nullable(
            "latitude",
            Float64,
            "Degrees north, WGS 84, of the point, of a sector's observer or of an area's label",
        ),
        nullable("longitude", Float64, "Degrees east, WGS 84, of the same"),
        nullable(
            "radius_m",
            Float64,
            "For a point: metres around it within which the true place lies with 95 % probability",
        ),
        nullable("bearing_from", Float64, "For a sector: degrees clockwise from true north where it begins"),
        nullable("bearing_to", Float64, "For a sector: degrees clockwise from true north where it ends"),
        nullable("range_from_m", Float64, "For a sector: nearest distance from the observer in metres"),
        nullable("range_to_m", Float64, "For a sector: farthest distance from the observer in metres"),
        nullable("area_level", UInt8, coded!("For an area: how large a unit it is", AreaLevel)),
        nullable("area_name", words(), "For an area: its name, as the source writes it"),
        nullable("place_name", words(), "The source's own words for the place"),
        nullable("admin1", words(), "First-order administrative unit, as the source names it"),
        nullable("country", words(), "Country, as the source names it"),
    ]);
    all.extend([
        nullable(
            "side_a",
            words(),
            "Actors on the one side, as the source names them; several are joined by | in the source's order",
        ),
        nullable(
            "side_b",
            words(),
            "Actors on the other side, or those acted upon; several are joined by | in the source's order",
        ),
        required("direction", UInt8, coded!("Whether the source says who acted on whom", Direction)),
        required("act", UInt8, coded!("What was done", Act)),
        nullable(
            "weapons",
            words(),
            "Weapons the source names, joined by |; null when it names none, which is not the same as none used",
        ),
        nullable("deaths_low", UInt32, "People killed, the source's lowest figure; the three are null together"),
        nullable("deaths_best", UInt32, "People killed, the source's best figure"),
        nullable("deaths_high", UInt32, "People killed, the source's highest figure"),
        nullable("civilian_deaths", UInt32, "Civilians among the killed, the source's best figure"),
    ]);
    all.extend(quantities());
    all.extend([
        required("clarity", UInt8, coded!("Whether the source is clear about the event itself", Clarity)),
        nullable("sources", UInt32, "How many sources the record rests on"),
        nullable("reliability", UInt8, coded!("Reliability of the source, judged apart from the content", Reliability)),
        nullable("credibility", UInt8, coded!("Credibility of the content, judged apart from the source", Credibility)),
        nullable(
            "independence_groups",
            words(),
            "The origins that the record rests on, joined by |; sources that share an origin share a group: reprints corroborate nothing",
        ),
        nullable(
            "event",
            Utf8,
            "A name for what happened, where several records tell of one event: a name of its own or another record's id",
        ),
    ]);
    all.extend([
        nullable("effect", UInt8, coded!("What a decision, notification, access report or claim does", Effect)),
        nullable(
            "subject",
            words(),
            "Clause ids, gate names or record ids the message is about, joined by |; null means the whole agreement",
        ),
        nullable("effect_until", seconds_utc(), "Until when the effect lasts, for a renewal"),
        nullable("count_low", UInt32, "A stated total, lowest figure; the three are null together"),
        nullable("count_best", UInt32, "A stated total, best figure"),
        nullable("count_high", UInt32, "A stated total, highest figure"),
    ]);
    all.extend(votes());
    all.extend([nullable("note", Utf8, "A sentence for people: a headline, an observer's remark")]);
    all.extend([
        required("origin_file", words(), "The file the record was read from, without folders"),
        required("origin_line", UInt32, "The line its row begins on, counted from 1"),
        required("origin_sha256", FixedSizeBinary(32), "SHA-256 of the row's bytes without its line ending"),
        nullable("origin_row", Utf8, "The row itself; null where a file was written without it"),
    ]);
    all
}

/// How much, and how high.
fn quantities() -> [Column; 6] {
    use DataType::{Float64, UInt32};
    [
        nullable(
            "quantity_low",
            UInt32,
            "How many people or things were seen, delivered, released or counted, lowest figure; the three are null together",
        ),
        nullable("quantity_best", UInt32, "How many, best figure"),
        nullable("quantity_high", UInt32, "How many, highest figure"),
        nullable(
            "quantity_of",
            words(),
            "Of what the quantity is, as the source names it; null: of the weapons named, all together",
        ),
        nullable("height_from_m", Float64, "Metres above the ground, the least; the two are null together"),
        nullable("height_to_m", Float64, "Metres above the ground, the most"),
    ]
}

/// How a decision was taken.
fn votes() -> [Column; 3] {
    [
        nullable("in_favour", words(), "The members of a deciding body that agreed, joined by |"),
        nullable("opposed", words(), "The members that dissented, joined by |"),
        nullable(
            "absent",
            words(),
            "The members that were not there, joined by |; who is in none of the three is not recorded",
        ),
    ]
}

/// Whether a file may lack a column: the first files of records did not have it.
/// A file without it is read as one that leaves it empty.
pub(crate) fn may_be_missing(column: &str) -> bool {
    quantities().iter().chain(&votes()).any(|c| c.name == column)
}
