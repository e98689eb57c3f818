//! A lever moved through all of its values: as a chart, CSV, JSON.

mod days;
mod grid;
mod text;

pub use days::{GateReport, gate_sweep_csv, gate_sweep_json, gate_sweep_text};
pub use grid::{GridReport, grid_csv, grid_json, grid_text};
pub use text::sweep_text;

use armistice_assess::{Counts, Curve, Level, Sweep};
use armistice_terms::{Checked, Clock, Lever, LeverUnit, LeverValue};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::csv::quoted;
use crate::show::instant;
use crate::words::{grouped, reading};

/// A sweep, and of what it is.
#[derive(Clone, Copy, Debug)]
pub struct SweepReport<'a> {
    /// The agreement that was swept, with a number in the lever's place.
    pub checked: &'a Checked,
    /// The lever.
    pub lever: &'a Lever,
    /// The first value and the last, in the lever's units.
    pub range: (i64, i64),
    /// What came of it.
    pub swept: &'a Sweep,
    /// Whether the chart is to be drawn in plain letters.
    pub ascii: bool,
}

/// What a chart's ground line is drawn for.
#[derive(Clone, Copy, Debug)]
struct Swept<'a> {
    checked: &'a Checked,
    lever: &'a Lever,
    range: (i64, i64),
}

impl SweepReport<'_> {
    const fn ground(&self) -> Swept<'_> {
        Swept { checked: self.checked, lever: self.lever, range: self.range }
    }

    /// The name of a row's party, or of all bound together.
    fn party(&self, row: Option<usize>) -> &str {
        party(self.checked, row)
    }

    /// The rows that are shown: of one bound party, all bound together are the same.
    fn rows(&self) -> Vec<(usize, Option<usize>)> {
        rows(&self.swept.rows)
    }

    /// Where a step of a curve ends: the first value at which it is so no more, or
    /// the last of all.
    fn until(&self, curve: &Curve, index: usize) -> i64 {
        curve.levels.get(index + 1).map_or(self.range.1, |next| next.from)
    }
}

pub(super) fn party(checked: &Checked, row: Option<usize>) -> &str {
    let actors = &checked.agreement().actors;
    row.map_or("as a whole", |party| actors.get(party).map_or("?", |actor| actor.name.as_str()))
}

pub(super) fn rows(rows: &[Option<usize>]) -> Vec<(usize, Option<usize>)> {
    let lone = rows.len() == 2;
    rows.iter().copied().enumerate().filter(|(_, row)| !(lone && row.is_none())).collect()
}

/// A value of a lever as a person reads it: `3,218.688 m`, `48 hours`.
pub(crate) fn value(unit: LeverUnit, at: i64, clock: &Clock) -> String {
    let so_many =
        |number: i64, one: &str| if number == 1 { format!("1 {one}") } else { format!("{} {one}s", whole(number)) };
    match unit {
        LeverUnit::Length { .. } => {
            let metres = LeverUnit::metres(at).to_string();
            let (before, after) = metres.split_once('.').map_or((metres.as_str(), None), |(a, b)| (a, Some(b)));
            let before = before.parse().map_or_else(|_| before.to_owned(), grouped);
            after.map_or_else(|| format!("{before} m"), |after| format!("{before}.{after} m"))
        }
        LeverUnit::Count => whole(at),
        LeverUnit::Seconds => {
            let parts = [(at / 3600, "hour"), (at / 60 % 60, "minute"), (at % 60, "second")];
            let said = parts.into_iter().filter(|(number, _)| *number > 0);
            let said: Vec<String> = said.map(|(number, unit)| so_many(number, unit)).collect();
            if said.is_empty() { "0 seconds".to_owned() } else { said.join(" ") }
        }
        LeverUnit::Days => so_many(at, "day"),
        LeverUnit::Months => so_many(at, "month"),
        LeverUnit::Moment { .. } => moment(at).map_or_else(
            || at.to_string(),
            |at| {
                let local = clock.zone.to_datetime(at);
                let shape = if local.second() == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" };
                local.strftime(shape).to_string()
            },
        ),
    }
}

/// What a value of the text comes to, where its words do not say as much.
pub(crate) fn comes_to(unit: LeverUnit, said: &LeverValue, clock: &Clock) -> Option<String> {
    let in_units = value(unit, said.at?, clock);
    let bare = |words: &str| words.replace(',', "");
    (!bare(&said.words).starts_with(&bare(&in_units))).then_some(in_units)
}

fn whole(at: i64) -> String {
    u64::try_from(at).map_or_else(|_| at.to_string(), grouped)
}

fn moment(second: i64) -> Option<Timestamp> {
    Timestamp::from_second(second).ok()
}

/// A value as a number for programs: metres, things, seconds, days, months, or an
/// instant in UTC.
fn plain(unit: LeverUnit, at: i64) -> String {
    match unit {
        LeverUnit::Length { .. } => LeverUnit::metres(at).to_string(),
        LeverUnit::Moment { .. } => moment(at).map_or_else(|| at.to_string(), |at| at.to_string()),
        _ => at.to_string(),
    }
}

/// What a plain value is counted in.
const fn counted_in(unit: LeverUnit) -> &'static str {
    match unit {
        LeverUnit::Length { .. } => "metres",
        LeverUnit::Count => "number",
        LeverUnit::Seconds => "seconds",
        LeverUnit::Days => "days",
        LeverUnit::Months => "months",
        LeverUnit::Moment { .. } => "instant",
    }
}

const COLUMNS: [&str; 10] = [
    "lever",
    "unit",
    "reading",
    "party",
    "from",
    "until",
    "recorded_breaches",
    "by_it_or_another",
    "cannot_tell",
    "excepted",
];

/// Every step of every curve, as RFC 4180 CSV with a header line: one line for each
/// step, reading and party; `from` is the first value at which it is so, `until`
/// the first at which it is so no more, or the last of the range.
#[must_use]
pub fn sweep_csv(report: &SweepReport<'_>) -> String {
    let mut out = COLUMNS.join(",") + "\r\n";
    let unit = report.lever.unit;
    for curve in &report.swept.curves {
        let labels = reading(report.checked, &curve.answers).join("; ");
        for (row, name) in report.rows() {
            for (index, level) in curve.levels.iter().enumerate() {
                let Some(counts) = level.counts.get(row) else {
                    continue;
                };
                let mut cells = vec![
                    report.lever.name.clone(),
                    counted_in(unit).to_owned(),
                    labels.clone(),
                    report.party(name).to_owned(),
                    plain(unit, level.from),
                    plain(unit, report.until(curve, index)),
                ];
                cells.extend(figures(counts));
                out += &cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",");
                out += "\r\n";
            }
        }
    }
    out
}

pub(super) fn figures(counts: &Counts) -> [String; 4] {
    [counts.breaches, counts.shared, counts.cannot_tell, counts.excepted].map(|count| count.to_string())
}

/// The same, as one JSON object.
#[must_use]
pub fn sweep_json(report: &SweepReport<'_>) -> Value {
    let counts = |level: &Level| -> Vec<Value> {
        let each = report.rows().into_iter().filter_map(|(row, name)| {
            let counts = level.counts.get(row)?;
            Some(told(report.party(name), counts))
        });
        each.collect()
    };
    let curves = report.swept.curves.iter().map(|curve| {
        let steps = curve.levels.iter().enumerate().map(|(index, level)| {
            json!({
                "from": number(report.lever.unit, level.from),
                "until": number(report.lever.unit, report.until(curve, index)),
                "rows": counts(level),
            })
        });
        json!({ "reading": reading(report.checked, &curve.answers), "steps": steps.collect::<Vec<_>>() })
    });
    json!({
        "format": "armistice.sweep/1",
        "lever": lever_json(report.lever),
        "from": number(report.lever.unit, report.range.0),
        "to": number(report.lever.unit, report.range.1),
        "period": period(report.checked, report.swept.window),
        "curves": curves.collect::<Vec<_>>(),
    })
}

fn period(checked: &Checked, (from, until): (i64, i64)) -> [Value; 2] {
    let clock = &checked.agreement().clock;
    [from, until].map(|second| Timestamp::from_second(second).map_or(Value::Null, |at| instant(clock, at)))
}

pub(super) fn told(party: &str, counts: &Counts) -> Value {
    json!({
        "party": party,
        "breaches": counts.breaches,
        "breaches_by_it_or_another": counts.shared,
        "cannot_tell": counts.cannot_tell,
        "excepted": counts.excepted,
    })
}

/// A value as JSON holds it.
pub(crate) fn number(unit: LeverUnit, at: i64) -> Value {
    match unit {
        LeverUnit::Length { .. } => json!(LeverUnit::metres(at)),
        LeverUnit::Moment { .. } => json!(plain(unit, at)),
        _ => json!(at),
    }
}

/// A lever, with what the text says of it.
pub(crate) fn lever_json(lever: &Lever) -> Value {
    let values = lever.values.iter().map(|value| {
        json!({
            "words": value.words,
            "source": value.source,
            "at": value.at.map(|at| number(lever.unit, at)),
        })
    });
    json!({
        "name": lever.name,
        "moves": lever.moves.word(),
        "unit": counted_in(lever.unit),
        "words": lever.words,
        "line": lever.line,
        "values": values.collect::<Vec<_>>(),
    })
}
