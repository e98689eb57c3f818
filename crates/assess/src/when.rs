//! When a record happened, in the agreement's clock.

use armistice_records::{RecordColumns, TimePrecision, clock as record_clock};
use armistice_terms::Clock;

/// When each row of a batch is reported to have happened, in seconds, in the
/// agreement's clock. An hour that came twice holds both.
#[must_use]
pub fn instants(columns: &RecordColumns<'_>, clock: &Clock) -> Vec<(i64, i64)> {
    let mut last: [(i64, i64); 3] = [(i64::MIN, 0); 3];
    let mut resolve = |which: usize, wall: i64, kind: u8| -> i64 {
        if kind == record_clock::UTC {
            return wall;
        }
        // Records of one day stand together; the last answer is mostly the next.
        if let Some((_, utc)) = last.get(which).filter(|(seen, _)| *seen == wall) {
            return *utc;
        }
        let local = jiff::Timestamp::from_second(wall).ok().map(|t| jiff::tz::TimeZone::UTC.to_datetime(t));
        let utc = local.and_then(|l| if which == 2 { clock.last_instant(l) } else { clock.instant(l) });
        let utc = utc.map_or(wall, jiff::Timestamp::as_second);
        if let Some(slot) = last.get_mut(which) {
            *slot = (wall, utc);
        }
        utc
    };
    let walls = columns.happened_from.iter().zip(columns.happened_until).zip(columns.clock);
    let precise = columns.time_precision.iter().map(|p| *p == TimePrecision::Moment.code());
    walls
        .zip(precise)
        .map(|(((from, until), kind), precise)| {
            let from = resolve(0, *from, *kind);
            // Where the clocks went forward, the end can come out before the
            // beginning; what happened took some time.
            (from, resolve(if precise { 2 } else { 1 }, *until, *kind).max(from + 1))
        })
        .collect()
}

/// By how many seconds, either way, a row may have happened outside its
/// reported interval: where the source's dates are closer together than it says
/// they are good for.
pub(crate) fn slack(columns: &RecordColumns<'_>, row: usize, (from, until): (i64, i64)) -> i64 {
    const DAY: i64 = 86_400;
    let precision = columns.time_precision.get(row).copied().and_then(TimePrecision::from_code);
    // The least and the most days that each precision stands for.
    let (least, most) = match precision {
        Some(TimePrecision::Moment | TimePrecision::Day) | None => return 0,
        Some(TimePrecision::Days) => (2, 6),
        Some(TimePrecision::Week) => (2, 7),
        Some(TimePrecision::Month) => (8, 31),
        Some(TimePrecision::Longer) => (32, 366),
    };
    let span = until - from;
    // An hour less is a day on which the clocks go forward.
    if span < least * DAY - 3600 { most * DAY - span } else { 0 }
}

/// The interval in which a row may have happened.
pub(crate) fn widened(columns: &RecordColumns<'_>, row: usize, when: (i64, i64)) -> (i64, i64) {
    let slack = slack(columns, row, when);
    (when.0 - slack, when.1 + slack)
}
