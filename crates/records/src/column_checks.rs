//! What every row of a batch must satisfy before anyone computes with it.

use arrow_array::{Array, Float64Array, RecordBatch, UInt8Array, UInt32Array};
use jiff::Timestamp;

use crate::columns::{RecordColumns, WordColumn};
use crate::flat::{
    FlatPlace, Span, Unfit, check_counted, check_effect, check_estimate, check_height, check_names, check_quantity,
    check_second, check_span, check_votes,
};
use crate::model::{
    Act, AreaLevel, Clarity, Credibility, Direction, Effect, Estimate, Kind, Reliability, TimePrecision,
};
use crate::schema::{clock, place_kind};
use crate::schema_error::SchemaError;

impl<'a> RecordColumns<'a> {
    /// Looks up every column by name and checks every row. Columns may stand
    /// in any order and others may stand among them.
    ///
    /// # Errors
    /// [`SchemaError`] naming the column, the row and what is wrong with it.
    pub fn try_new(batch: &'a RecordBatch) -> Result<Self, SchemaError> {
        let columns = Self::view(batch)?;
        check_rows(&columns)?;
        Ok(columns)
    }
}

/// Checks values column by column, then the promises between columns.
fn check_rows(c: &RecordColumns<'_>) -> Result<(), SchemaError> {
    codes("kind", c.kind, |code| Kind::from_code(code).is_some())?;
    codes("time_precision", c.time_precision, |code| TimePrecision::from_code(code).is_some())?;
    codes("direction", c.direction, |code| Direction::from_code(code).is_some())?;
    codes("act", c.act, |code| Act::from_code(code).is_some())?;
    codes("clarity", c.clarity, |code| Clarity::from_code(code).is_some())?;
    nullable_codes("area_level", c.area_level, |code| AreaLevel::from_code(code).is_some())?;
    nullable_codes("reliability", c.reliability, |code| Reliability::from_code(code).is_some())?;
    nullable_codes("credibility", c.credibility, |code| Credibility::from_code(code).is_some())?;
    nullable_codes("effect", c.effect, |code| Effect::from_code(code).is_some())?;
    // A list is checked once per distinct value, not once per row.
    for (name, column) in [
        ("side_a", c.side_a),
        ("side_b", c.side_b),
        ("weapons", c.weapons),
        ("independence_groups", c.independence_groups),
        ("subject", c.subject),
        ("in_favour", c.in_favour),
        ("opposed", c.opposed),
        ("absent", c.absent),
    ] {
        check_dictionary(name, &column)?;
    }
    if are_plain(c) {
        return Ok(());
    }
    for row in 0..c.len() {
        check_row(c, row).map_err(|unfit| SchemaError::of_row(unfit.column, row, unfit.reason))?;
    }
    Ok(())
}

/// Whether every row is certainly in order, told from whole columns: events at
/// points or nowhere, with what most data sets say of them and no more. Whoever is
/// not told so is looked at row by row.
fn are_plain(c: &RecordColumns<'_>) -> bool {
    let rows = c.len();
    let empty = [
        c.bearing_from.null_count(),
        c.bearing_to.null_count(),
        c.range_from_m.null_count(),
        c.range_to_m.null_count(),
        c.area_level.null_count(),
        c.area_name.keys.null_count(),
        c.quantity_low.null_count(),
        c.quantity_best.null_count(),
        c.quantity_high.null_count(),
        c.quantity_of.keys.null_count(),
        c.height_from_m.null_count(),
        c.height_to_m.null_count(),
        c.effect.null_count(),
        c.subject.keys.null_count(),
        c.effect_until.null_count(),
        c.count_low.null_count(),
        c.count_best.null_count(),
        c.count_high.null_count(),
        c.in_favour.keys.null_count(),
        c.opposed.keys.null_count(),
        c.absent.keys.null_count(),
        c.event.null_count(),
        c.known_at.null_count(),
    ];
    let named = c.record_id.value_offsets().windows(2).all(|pair| matches!(pair, [from, to] if from < to));
    empty.into_iter().all(|nulls| nulls == rows)
        && named
        && c.kind.iter().all(|kind| (Kind::Incident.code()..=Kind::Inspection.code()).contains(kind))
        && are_spans(c)
        && are_points(c)
        && are_tolls([c.deaths_low, c.deaths_best, c.deaths_high])
}

fn are_spans(c: &RecordColumns<'_>) -> bool {
    let calendar = Timestamp::MIN.as_second()..=Timestamp::MAX.as_second();
    let spans = c.happened_from.iter().zip(c.happened_until);
    c.clock.iter().all(|code| (clock::UTC..=clock::LOCAL).contains(code))
        && spans.fold(true, |all, (from, until)| all & (from < until))
        && c.happened_from.iter().fold(true, |all, from| all & (from >= calendar.start()))
        && c.happened_until.iter().fold(true, |all, until| all & (until <= calendar.end()))
}

fn are_points(c: &RecordColumns<'_>) -> bool {
    let rows = c.len();
    if c.place_kind.iter().all(|kind| *kind == place_kind::UNKNOWN) {
        return [c.latitude, c.longitude, c.radius_m].into_iter().all(|column| column.null_count() == rows);
    }
    let within = |column: &Float64Array, (least, most): (f64, f64)| {
        column.null_count() == 0
            && column.values().iter().fold(true, |all, value| all & (*value >= least) & (*value <= most))
    };
    c.place_kind.iter().all(|kind| *kind == place_kind::POINT)
        && within(c.latitude, (-90.0, 90.0))
        && within(c.longitude, (-180.0, 180.0))
        && within(c.radius_m, (0.0, f64::MAX))
}

fn are_tolls([low, best, high]: [&UInt32Array; 3]) -> bool {
    let nulls = |column: &UInt32Array| column.null_count();
    if nulls(low) == low.len() {
        return nulls(best) == best.len() && nulls(high) == high.len();
    }
    let each = low.values().iter().zip(best.values()).zip(high.values());
    nulls(low) + nulls(best) + nulls(high) == 0
        && each.fold(true, |all, ((low, best), high)| all & (low <= best) & (best <= high))
}

fn codes(name: &str, column: &[u8], known: impl Fn(u8) -> bool) -> Result<(), SchemaError> {
    match column.iter().position(|&code| !known(code)) {
        Some(row) => {
            let code = column.get(row).copied().unwrap_or_default();
            Err(SchemaError::of_row(name, row, format!("{code} is not a known code")))
        }
        None => Ok(()),
    }
}

fn nullable_codes(name: &str, column: &UInt8Array, known: impl Fn(u8) -> bool) -> Result<(), SchemaError> {
    for (row, code) in column.iter().enumerate() {
        if let Some(code) = code
            && !known(code)
        {
            return Err(SchemaError::of_row(name, row, format!("{code} is not a known code")));
        }
    }
    Ok(())
}

fn check_dictionary(name: &'static str, column: &WordColumn<'_>) -> Result<(), SchemaError> {
    for value in column.names.iter() {
        check_names(name, value).map_err(|u| SchemaError::of_column(u.column, u.reason))?;
    }
    Ok(())
}

#[expect(clippy::indexing_slicing, reason = "every column of a batch has the batch's length")]
fn check_row(c: &RecordColumns<'_>, row: usize) -> Result<(), Unfit> {
    if c.record_id.value(row).is_empty() {
        return Err(Unfit::new("record_id", "a record needs an id"));
    }
    check_span(Span { clock: c.clock[row], from: c.happened_from[row], until: c.happened_until[row] })?;
    if c.known_at.is_valid(row) {
        check_second("known_at", Some(c.known_at.value(row)))?;
    }
    place_of(c, row)?.check()?;
    let deaths = estimate("deaths_best", [c.deaths_low, c.deaths_best, c.deaths_high], row)?;
    check_estimate("deaths_best", deaths)?;
    let quantity = estimate("quantity_best", [c.quantity_low, c.quantity_best, c.quantity_high], row)?;
    check_quantity(quantity, c.quantity_of.get(row))?;
    check_height(pair("height_from_m", c.height_from_m, c.height_to_m, row)?)?;
    let count = estimate("count_best", [c.count_low, c.count_best, c.count_high], row)?;
    check_estimate("count_best", count)?;
    if c.effect_until.is_valid(row) {
        check_second("effect_until", Some(c.effect_until.value(row)))?;
    }
    if c.effect.is_null(row) && (c.subject.keys.is_valid(row) || c.effect_until.is_valid(row) || count.is_some()) {
        return Err(Unfit::new("effect", "subject, effect_until or count stands without an effect"));
    }
    let voted = [c.in_favour, c.opposed, c.absent].iter().any(|votes| votes.keys.is_valid(row));
    if c.event.is_valid(row) && c.event.value(row).is_empty() {
        return Err(Unfit::new("event", "an event's name is empty"));
    }
    let effect = c.effect.is_valid(row).then(|| c.effect.value(row)).and_then(Effect::from_code);
    check_counted(effect, count)?;
    match Kind::from_code(c.kind[row]) {
        Some(kind) => check_votes(kind, voted)
            .and_then(|()| check_effect(kind, effect, c.subject.keys.is_valid(row), c.known_at.is_valid(row))),
        None => Ok(()),
    }
}

/// The place columns of a row. The caller has checked `area_level`'s codes.
#[expect(clippy::indexing_slicing, reason = "every column of a batch has the batch's length")]
pub(crate) fn place_of<'a>(c: &RecordColumns<'a>, row: usize) -> Result<FlatPlace<'a>, Unfit> {
    let area_level = c.area_level.is_valid(row).then(|| c.area_level.value(row));
    let area = match (area_level.and_then(AreaLevel::from_code), c.area_name.get(row)) {
        (Some(level), Some(name)) => Some((level, name)),
        (None, None) => None,
        _ => {
            return Err(Unfit::new("area_name", "area_level and area_name go together"));
        }
    };
    Ok(FlatPlace {
        kind: c.place_kind[row],
        at: pair("latitude", c.latitude, c.longitude, row)?,
        radius_m: c.radius_m.is_valid(row).then(|| c.radius_m.value(row)),
        bearing: pair("bearing_from", c.bearing_from, c.bearing_to, row)?,
        range_m: pair("range_from_m", c.range_from_m, c.range_to_m, row)?,
        area,
    })
}

fn pair(name: &'static str, a: &Float64Array, b: &Float64Array, row: usize) -> Result<Option<(f64, f64)>, Unfit> {
    match (a.is_valid(row), b.is_valid(row)) {
        (true, true) => Ok(Some((a.value(row), b.value(row)))),
        (false, false) => Ok(None),
        _ => Err(Unfit::new(name, "one of a pair of columns is filled in and the other is not")),
    }
}

/// Low, best and high of a row; all three or none.
pub(crate) fn estimate(name: &'static str, columns: [&UInt32Array; 3], row: usize) -> Result<Option<Estimate>, Unfit> {
    let [low, best, high] = columns.map(|c| c.is_valid(row).then(|| c.value(row)));
    match (low, best, high) {
        (Some(low), Some(best), Some(high)) => Ok(Some(Estimate { low, best, high })),
        (None, None, None) => Ok(None),
        _ => Err(Unfit::new(name, "low, best and high are filled in together or not at all")),
    }
}
