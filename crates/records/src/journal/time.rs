//! Times as people write them in a journal.

use jiff::civil::{Date, DateTime};
use jiff::{Span, Timestamp};

use super::json::Value;
use crate::model::{TimePrecision, When};
use crate::reading::RowError;

const FORMS: &str = "write a date (2016-09-14), a local time (2016-09-12 19:00) or an instant (2016-09-12T19:00+03:00)";
const INSTANT: &str = "add the offset from UTC, like 2016-09-16T19:00+03:00, or Z for UTC itself";

/// A time as written.
#[derive(Clone, Copy)]
enum Written {
    Day(Date),
    /// The finest unit written is a minute or a second.
    Local(DateTime, Span),
    Instant(Timestamp, Span),
}

/// `happened`: a day, a moment, or an interval; and how well it is known.
pub(super) fn happened(value: &Value<'_>) -> Result<(When, TimePrecision), RowError> {
    if value.is_object() {
        return interval(value);
    }
    let written = written(value)?;
    let (from, until) = (begin(written), end(written));
    let precision = if matches!(written, Written::Day(_)) { TimePrecision::Day } else { TimePrecision::Moment };
    Ok((when(value, from, until)?, precision))
}

/// An instant; nothing less will do for ends of terms and for what was known.
pub(super) fn instant(value: &Value<'_>) -> Result<Timestamp, RowError> {
    match written(value)? {
        Written::Instant(time, _) => Ok(time),
        _ => Err(value.error("does not say in which time zone", INSTANT)),
    }
}

/// `{"from": …, "until": …}` without the end, or `{"from": …, "through": …}`
/// with it.
fn interval(value: &Value<'_>) -> Result<(When, TimePrecision), RowError> {
    let object = value.object(&["from", "until", "through"])?;
    let from = written(object.need("from", FORMS)?)?;
    let (last, until) = match (object.get("until"), object.get("through")) {
        (Some(until), None) => (written(until)?, begin(written(until)?)),
        (None, Some(through)) => (written(through)?, end(written(through)?)),
        _ => {
            let mend =
                "give either \"until\" (the first moment after) or \"through\" (the last day or minute, included)";
            return Err(value.error("has no one end", mend));
        }
    };
    let days_only = matches!((from, last), (Written::Day(_), _) | (_, Written::Day(_)));
    let precision = if days_only { TimePrecision::Day } else { TimePrecision::Moment };
    Ok((when(value, begin(from), until)?, precision))
}

/// Either end of an interval.
#[derive(Clone, Copy)]
enum Edge {
    Local(DateTime),
    Instant(Timestamp),
}

fn begin(written: Written) -> Option<Edge> {
    Some(match written {
        Written::Day(date) => Edge::Local(date.at(0, 0, 0, 0)),
        Written::Local(time, _) => Edge::Local(time),
        Written::Instant(time, _) => Edge::Instant(time),
    })
}

/// The first moment after; `None` at the end of the calendar.
fn end(written: Written) -> Option<Edge> {
    Some(match written {
        Written::Day(date) => Edge::Local(date.tomorrow().ok()?.at(0, 0, 0, 0)),
        Written::Local(time, unit) => Edge::Local(time.checked_add(unit).ok()?),
        Written::Instant(time, unit) => Edge::Instant(time.checked_add(unit).ok()?),
    })
}

fn when(value: &Value<'_>, from: Option<Edge>, until: Option<Edge>) -> Result<When, RowError> {
    let (ordered, when) = match (from, until) {
        (Some(Edge::Local(from)), Some(Edge::Local(until))) => (from < until, When::Local { from, until }),
        (Some(Edge::Instant(from)), Some(Edge::Instant(until))) => (from < until, When::Utc { from, until }),
        (Some(_), Some(_)) => {
            let mend = "give both ends with an offset from UTC, or neither";
            return Err(value.error("mixes local time and instants", mend));
        }
        _ => return Err(value.error("is at the end of the calendar", "give a year before 9999")),
    };
    if ordered {
        Ok(when)
    } else {
        Err(value.error(
            "ends before it begins",
            "\"until\" is the first moment after; for a last day that counts in full write \"through\"",
        ))
    }
}

fn written(value: &Value<'_>) -> Result<Written, RowError> {
    let text = value.string()?;
    parse(&text).ok_or_else(|| value.error("is not a time", FORMS))
}

fn parse(text: &str) -> Option<Written> {
    let (date, time) = text.split_at_checked(10)?;
    if time.is_empty() {
        return Some(Written::Day(date.parse().ok()?));
    }
    let time = time.strip_prefix([' ', 'T'])?;
    let clock = time.split(['+', '-', 'Z']).next()?;
    // jiff reads more forms than a person checking a journal could be asked to.
    let unit = match clock.len() {
        5 => Span::new().minutes(1),
        8 => Span::new().seconds(1),
        _ => return None,
    };
    if clock.len() == time.len() {
        return Some(Written::Local(format!("{date}T{clock}").parse().ok()?, unit));
    }
    Some(Written::Instant(format!("{date}T{time}").parse().ok()?, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_documented_forms_are_read() {
        assert!(matches!(parse("2016-09-14"), Some(Written::Day(_))));
        assert!(matches!(parse("2016-09-12 19:00"), Some(Written::Local(..))));
        assert!(matches!(parse("2016-09-12T19:00:30"), Some(Written::Local(..))));
        for same in ["2016-09-12T19:00+03:00", "2016-09-12 16:00Z", "2016-09-12T11:00:00-05:00"] {
            let Some(Written::Instant(time, _)) = parse(same) else { panic!("{same}") };
            assert_eq!(time.to_string(), "2016-09-12T16:00:00Z", "{same}");
        }
        for no in [
            "",
            "2016-09",
            "14.09.2016",
            "2016-09-31",
            "2016-09-12 7pm",
            "2016-09-12T19",
            "2016-09-12 25:00",
            "2016-09-12T19:00[Asia/Damascus]",
            "２０１６-09",
        ] {
            assert!(parse(no).is_none(), "{no}");
        }
    }
}
