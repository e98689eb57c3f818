//! One GED row to one flat record: what UCDP's codes mean to us.

use std::borrow::Cow;

use jiff::civil::Date;
use jiff::tz::Offset;
use sha2::{Digest, Sha256};

use super::cells::Cells;
use super::header::Field;
use super::{EXACT_PLACE_RADIUS, NEAR_PLACE_RADIUS};
use crate::flat::{Flat, FlatPlace, Span, Unfit};
use crate::model::{Act, AreaLevel, Clarity, Direction, Estimate, Kind, TimePrecision};
use crate::reading::RowError;
use crate::schema::{clock, place_kind};

/// Strings reused from row to row.
#[derive(Default)]
pub(super) struct Scratch {
    id: String,
    side_a: String,
    side_b: String,
    groups: String,
}

/// What every record of a file has in common.
pub(super) struct Source<'a> {
    pub(super) dataset: &'a str,
    pub(super) file: &'a str,
}

/// What was noticed about a row that became a record.
pub(super) struct Noticed {
    pub(super) id: u64,
    pub(super) widened: bool,
}

/// Reads the row and hands the record to `push`.
pub(super) fn read(
    cells: &Cells<'_>,
    source: &Source<'_>,
    scratch: &mut Scratch,
    push: impl FnOnce(&Flat<'_>) -> Result<(), Unfit>,
) -> Result<Noticed, RowError> {
    let Scratch { id, side_a, side_b, groups } = scratch;
    let number = cells.id()?;
    id.clear();
    id.push_str("ged-");
    id.push_str(number_text(number, &mut [0; 20]));

    let (act, direction) = act(cells)?;
    let side_a = required_names(cells, Field::SideA, side_a)?;
    let side_b = match cells.names(Field::SideB, side_b)? {
        None if act == Act::AttackCivilians => Some("Civilians"),
        None => return Err(no_name(cells, Field::SideB)),
        some => some,
    };
    let (deaths, widened) = deaths(cells)?;
    let civilian_deaths =
        if cells.raw(Field::Civilians).is_empty() { None } else { Some(cells.people(Field::Civilians)?) };
    let text = Texts::of(cells);
    let flat = Flat {
        id,
        dataset: source.dataset,
        kind: Kind::Incident,
        happened: happened(cells)?,
        time_precision: time_precision(cells)?,
        known_at: None,
        place: place(cells, &text)?,
        place_name: some(&text.place_name),
        admin1: some(&text.admin1),
        country: some(&text.country),
        side_a: Some(side_a),
        side_b,
        direction,
        act,
        weapons: None,
        deaths: Some(deaths),
        civilian_deaths,
        quantity: None,
        quantity_of: None,
        height_m: None,
        clarity: clarity(cells)?,
        sources: sources(cells)?,
        reliability: None,
        credibility: None,
        independence_groups: text.origins(groups),
        event: None,
        message: None,
        note: some(&text.headline).or(some(&text.article)),
        file: source.file,
        line: cells.row.line,
        sha256: Sha256::digest(cells.row.bytes).into(),
        row: Some(cells.text),
    };
    push(&flat).map_err(|unfit| unstorable(cells, &unfit))?;
    Ok(Noticed { id: number, widened })
}

/// The free texts of a row.
struct Texts<'a> {
    place_name: Cow<'a, str>,
    admin1: Cow<'a, str>,
    admin2: Cow<'a, str>,
    country: Cow<'a, str>,
    headline: Cow<'a, str>,
    article: Cow<'a, str>,
    office: Cow<'a, str>,
    original: Cow<'a, str>,
}

impl<'a> Texts<'a> {
    fn of(cells: &Cells<'a>) -> Self {
        let text = |field| cells.row.cell(cells.text, cells.header.index(field));
        Self {
            place_name: text(Field::PlaceName),
            admin1: text(Field::Admin1),
            admin2: text(Field::Admin2),
            country: text(Field::Country),
            headline: text(Field::Headline),
            article: text(Field::Article),
            office: text(Field::Office),
            original: text(Field::Original),
        }
    }

    /// The origins of a row's sources, joined into `joined`: the bodies that the
    /// articles quote, else the offices that reported. Two agencies quoting the
    /// same observatory are one origin.
    fn origins<'j>(&self, joined: &'j mut String) -> Option<&'j str> {
        let quoted = some(&self.original);
        let named: &str = quoted.unwrap_or(&self.office);
        joined.clear();
        for name in parts(named).map(|name| uncounted(name.trim())) {
            let known = |other: &str| other.eq_ignore_ascii_case(name);
            if !name.is_empty() && !name.contains('|') && !joined.split('|').any(known) {
                if !joined.is_empty() {
                    joined.push('|');
                }
                joined.push_str(name);
            }
        }
        (!joined.is_empty()).then_some(joined.as_str())
    }
}

/// The names in a cell of sources. An "and" parts nothing, since it stands within
/// names as often as between them ("National Security and Defense Council"), and
/// to take one body for two would corroborate it with itself. For the same reason
/// an office after a comma is no further name: it is that of the person before it.
fn parts(cell: &str) -> impl Iterator<Item = &str> {
    // A web address is one name, slashes and all.
    let whole = cell.contains("://");
    let between = move |c: char| !whole && matches!(c, ',' | ';' | '/' | '\n' | '|');
    let mut after_a_comma = false;
    cell.split_inclusive(between).filter_map(move |part| {
        let of_the_last = std::mem::replace(&mut after_a_comma, part.ends_with(','));
        let name = part.trim_end_matches(between);
        (!(of_the_last && begins_with_an_office(name))).then_some(name)
    })
}

/// Whether words name somebody's office: "a spokesman for …".
fn begins_with_an_office(words: &str) -> bool {
    const OFFICES: &[&str] = &[
        "chief",
        "commander",
        "deputy",
        "governor",
        "head",
        "leader",
        "mayor",
        "minister",
        "president",
        "press secretary",
        "prime minister",
        "secretary",
        "spokesman",
        "spokesperson",
        "spokeswoman",
    ];
    let words = words.trim_start();
    let words = ["a ", "an ", "the "].iter().find_map(|article| words.strip_prefix(article)).unwrap_or(words);
    OFFICES.iter().any(|office| words.strip_prefix(office).is_some_and(|rest| rest.starts_with(' ')))
}

/// `Memorybook` for `Memorybook x2`: how often a body is quoted makes it no other.
fn uncounted(name: &str) -> &str {
    let bare = name.trim_end_matches(')');
    let digits = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let cut = digits.strip_suffix('x').map(|n| n.trim_end_matches('('));
    match cut {
        Some(short) if digits.len() < bare.len() && short.ends_with(' ') => short.trim_end(),
        _ => name,
    }
}

fn some(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.is_empty()).then_some(text)
}

fn act(cells: &Cells<'_>) -> Result<(Act, Direction), RowError> {
    let code = cells.code(
        Field::TypeOfViolence,
        3,
        "is not a type of violence",
        "UCDP uses 1 (state-based), 2 (non-state) and 3 (one-sided)",
    )?;
    Ok(match code {
        // In one-sided violence side A is by definition the one that killed.
        3 => (Act::AttackCivilians, Direction::AOnB),
        _ => (Act::Attack, Direction::Undirected),
    })
}

fn required_names<'j>(cells: &Cells<'_>, field: Field, joined: &'j mut String) -> Result<&'j str, RowError> {
    cells.names(field, joined)?.ok_or_else(|| no_name(cells, field))
}

fn no_name(cells: &Cells<'_>, field: Field) -> RowError {
    cells.error(field, "nobody is named", "give the actor's name")
}

/// The days from the first to the last, on the wall clocks of the place.
fn happened(cells: &Cells<'_>) -> Result<Span, RowError> {
    let start = cells.date(Field::DateStart)?;
    let end = cells.date(Field::DateEnd)?;
    if end < start {
        let reason = format!("is before the event's start, {start}");
        return Err(cells.error(Field::DateEnd, reason, "the first day cannot be after the last"));
    }
    let beyond = || cells.error(Field::DateEnd, "is at the end of the calendar", "give a year before 9999");
    let after = end.tomorrow().map_err(|_| beyond())?;
    Ok(Span {
        clock: clock::LOCAL,
        from: midnight(start).ok_or_else(beyond)?,
        until: midnight(after).ok_or_else(beyond)?,
    })
}

fn midnight(date: Date) -> Option<i64> {
    Offset::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok().map(|t| t.as_second())
}

fn time_precision(cells: &Cells<'_>) -> Result<TimePrecision, RowError> {
    let code = cells.code(
        Field::DatePrec,
        5,
        "is not a date precision code",
        "UCDP uses 1 (the exact day) to 5 (more than a month)",
    )?;
    Ok(match code {
        1 => TimePrecision::Day,
        2 => TimePrecision::Days,
        3 => TimePrecision::Week,
        4 => TimePrecision::Month,
        _ => TimePrecision::Longer,
    })
}

fn place<'t>(cells: &Cells<'_>, text: &'t Texts<'_>) -> Result<FlatPlace<'t>, RowError> {
    let code = cells.code(
        Field::WherePrec,
        7,
        "is not a precision code",
        "UCDP uses 1 (exact) to 7 (international waters or airspace)",
    )?;
    let [place_name, admin1, admin2, country] =
        [&text.place_name, &text.admin1, &text.admin2, &text.country].map(|t| some(t));
    let (level, name) = match code {
        1 => return around(cells, EXACT_PLACE_RADIUS.get()),
        2 => return around(cells, NEAR_PLACE_RADIUS.get()),
        3 => (AreaLevel::Admin2, admin2.or(place_name)),
        4 => (AreaLevel::Admin1, admin1.or(place_name)),
        5 => (AreaLevel::Fuzzy, place_name.or(admin1)),
        6 => (AreaLevel::Country, country.or(place_name)),
        _ => (AreaLevel::International, place_name.or(country)),
    };
    // Only an area's label: a row that names its area can do without.
    let no_label = cells.raw(Field::Latitude).is_empty() && cells.raw(Field::Longitude).is_empty();
    let at = if no_label { None } else { Some(position(cells)?) };
    Ok(match name {
        Some(name) => FlatPlace { kind: place_kind::AREA, at, area: Some((level, name)), ..FlatPlace::default() },
        // An area without a name is nowhere we could look for it.
        None => FlatPlace::default(),
    })
}

fn around<'t>(cells: &Cells<'_>, radius_m: f64) -> Result<FlatPlace<'t>, RowError> {
    Ok(FlatPlace {
        kind: place_kind::POINT,
        at: Some(position(cells)?),
        radius_m: Some(radius_m),
        ..FlatPlace::default()
    })
}

fn position(cells: &Cells<'_>) -> Result<(f64, f64), RowError> {
    Ok((cells.degrees(Field::Latitude, 90.0)?, cells.degrees(Field::Longitude, 180.0)?))
}

/// The three figures, and whether the spread had to be widened to hold them.
///
/// About one GED row in a hundred states a best figure outside its own low and
/// high. Refusing it would drop real events, and choosing a figure would invent
/// one: best stays as stated, and low and high become the least and greatest.
fn deaths(cells: &Cells<'_>) -> Result<(Estimate, bool), RowError> {
    let best = cells.people(Field::Best)?;
    let high = cells.people(Field::High)?;
    let low = cells.people(Field::Low)?;
    let ordered = Estimate { low: low.min(best).min(high), best, high: high.max(best).max(low) };
    Ok((ordered, ordered != Estimate { low, best, high }))
}

fn clarity(cells: &Cells<'_>) -> Result<Clarity, RowError> {
    let stated = match cells.raw(Field::Clarity) {
        "" => Clarity::Unstated,
        "1" => Clarity::Clear,
        "2" => Clarity::Unclear,
        word if word.eq_ignore_ascii_case("clear") => Clarity::Clear,
        word if word.eq_ignore_ascii_case("unclear") => Clarity::Unclear,
        _ => {
            let mend = "UCDP uses 1 (clear) and 2 (unclear)";
            return Err(cells.error(Field::Clarity, "is not a clarity code", mend));
        }
    };
    // Any other status ("Check type of violence") is UCDP's own open question.
    let status = cells.raw(Field::CodeStatus);
    let settled = status.is_empty() || status.eq_ignore_ascii_case("clear");
    Ok(if settled { stated } else { Clarity::Unclear })
}

/// UCDP writes -1 for rows coded before it counted sources.
fn sources(cells: &Cells<'_>) -> Result<Option<u32>, RowError> {
    match cells.raw(Field::Sources) {
        "" | "-1" | "-1.0" => Ok(None),
        _ => cells.people(Field::Sources).map(Some).map_err(|e| RowError {
            reason: "is not a number of sources".into(),
            mend: "give a whole number, or -1 where it is not known".into(),
            ..e
        }),
    }
}

/// What the checks above let through and a batch refuses.
fn unstorable(cells: &Cells<'_>, unfit: &Unfit) -> RowError {
    let field = match unfit.column {
        "happened_from" => Field::DateStart,
        "happened_until" => Field::DateEnd,
        _ => Field::Id,
    };
    cells.error(field, format!("does not make a record: {unfit}"), "correct the row")
}

/// Decimal digits without an allocation.
fn number_text(mut number: u64, digits: &mut [u8; 20]) -> &str {
    let mut at = digits.len();
    for (index, digit) in digits.iter_mut().enumerate().rev() {
        *digit = b'0' + u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
        at = index;
        if number == 0 {
            break;
        }
    }
    digits.get(at..).and_then(|d| std::str::from_utf8(d).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::parts;

    fn of(cell: &str) -> Vec<&str> {
        parts(cell).map(str::trim).collect()
    }

    #[test]
    fn one_body_is_not_taken_for_two() {
        assert_eq!(of("SOHR; local sources/OSCE"), ["SOHR", "local sources", "OSCE"]);
        assert_eq!(of("National Security and Defense Council"), ["National Security and Defense Council"]);
        assert_eq!(
            of("Andrei Lysenko, a spokesman for the National Security and Defense Council, OSCE"),
            ["Andrei Lysenko", "OSCE"]
        );
        assert_eq!(of("https://example.org/a/b, c"), ["https://example.org/a/b, c"]);
    }
}
