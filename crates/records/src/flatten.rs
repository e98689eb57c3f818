//! From a [`Record`] to its flat form.

use std::borrow::Cow;

use jiff::{Timestamp, civil, tz::Offset};

use crate::flat::{Flat, FlatMessage, FlatPlace, Span, Unfit, VOTES};
use crate::model::{Place, Record, Votes, When};
use crate::schema::{NAME_SEPARATOR, clock, place_kind};

/// Lays `record` flat and hands it on.
pub(crate) fn with_flat<T>(record: &Record, then: impl FnOnce(&Flat<'_>) -> Result<T, Unfit>) -> Result<T, Unfit> {
    let side_a = join("side_a", &record.side_a)?;
    let side_b = join("side_b", &record.side_b)?;
    let weapons = join("weapons", &record.weapons)?;
    let groups = join("independence_groups", &record.independence_groups)?;
    let subject = match &record.message {
        Some(message) => join("subject", &message.subject)?,
        None => None,
    };
    let voted = |column: &'static str, of: fn(&Votes) -> &Vec<String>| match &record.message {
        Some(message) => join(column, of(&message.votes)),
        None => Ok(None),
    };
    let [for_it, against, away] = VOTES;
    let in_favour = voted(for_it, |votes| &votes.in_favour)?;
    let opposed = voted(against, |votes| &votes.opposed)?;
    let absent = voted(away, |votes| &votes.absent)?;
    let flat = Flat {
        id: &record.id,
        dataset: &record.origin.dataset,
        kind: record.kind,
        happened: span(record.happened)?,
        time_precision: record.time_precision,
        known_at: record.known.map(floor),
        place: place(&record.place),
        place_name: record.place_name.as_deref(),
        admin1: record.admin1.as_deref(),
        country: record.country.as_deref(),
        side_a: side_a.as_deref(),
        side_b: side_b.as_deref(),
        direction: record.direction,
        act: record.act,
        weapons: weapons.as_deref(),
        deaths: record.deaths,
        civilian_deaths: record.civilian_deaths,
        quantity: record.quantity.as_ref().map(|q| q.number),
        quantity_of: record.quantity.as_ref().and_then(|q| q.of.as_deref()),
        height_m: record.height.map(|(from, to)| (from.get(), to.get())),
        clarity: record.clarity,
        sources: record.sources,
        reliability: record.reliability,
        credibility: record.credibility,
        independence_groups: groups.as_deref(),
        event: record.event.as_deref(),
        message: record.message.as_ref().map(|m| FlatMessage {
            effect: m.effect,
            subject: subject.as_deref(),
            until: m.until.map(floor),
            count: m.count,
            votes: [in_favour.as_deref(), opposed.as_deref(), absent.as_deref()],
        }),
        note: record.note.as_deref(),
        file: &record.origin.file,
        line: record.origin.line,
        sha256: record.origin.sha256,
        row: record.origin.row.as_deref(),
    };
    then(&flat)
}

/// The names of a list in one cell.
fn join<'a>(column: &'static str, names: &'a [String]) -> Result<Option<Cow<'a, str>>, Unfit> {
    if let Some(name) = names.iter().find(|n| n.contains(NAME_SEPARATOR)) {
        return Err(Unfit::new(column, format!("\"{name}\" holds \"|\", which separates names")));
    }
    Ok(match names {
        [] => None,
        [one] => Some(Cow::Borrowed(one)),
        several => Some(Cow::Owned(several.join("|"))),
    })
}

/// The interval in whole seconds, rounded outwards: a record is never made to
/// look better timed than its source had it.
pub(crate) fn span(when: When) -> Result<Span, Unfit> {
    match when {
        When::Utc { from, until } => Ok(Span { clock: clock::UTC, from: floor(from), until: ceiling(until) }),
        When::Local { from, until } => Ok(Span {
            clock: clock::LOCAL,
            from: floor(wall("happened_from", from)?),
            until: ceiling(wall("happened_until", until)?),
        }),
    }
}

/// Wall-clock time as though the wall stood at Greenwich: the number stored.
fn wall(column: &'static str, time: civil::DateTime) -> Result<Timestamp, Unfit> {
    Offset::UTC
        .to_timestamp(time)
        .map_err(|_| Unfit::new(column, format!("{time} is at the very edge of the calendar")))
}

pub(crate) fn floor(time: Timestamp) -> i64 {
    // `as_second` truncates towards 1970.
    time.as_second() - i64::from(time.subsec_nanosecond() < 0)
}

fn ceiling(time: Timestamp) -> i64 {
    time.as_second() + i64::from(time.subsec_nanosecond() > 0)
}

fn place(place: &Place) -> FlatPlace<'_> {
    match place {
        Place::Unknown => FlatPlace::default(),
        Place::Point { at, radius } => FlatPlace {
            kind: place_kind::POINT,
            at: Some((at.latitude(), at.longitude())),
            radius_m: Some(radius.radius().get()),
            ..FlatPlace::default()
        },
        Place::Sector { observer, bearing, range } => FlatPlace {
            kind: place_kind::SECTOR,
            at: Some((observer.latitude(), observer.longitude())),
            bearing: Some(*bearing),
            range_m: Some((range.0.get(), range.1.get())),
            ..FlatPlace::default()
        },
        Place::Area { name, label, level } => FlatPlace {
            kind: place_kind::AREA,
            at: label.map(|l| (l.latitude(), l.longitude())),
            area: Some((*level, name)),
            ..FlatPlace::default()
        },
    }
}
