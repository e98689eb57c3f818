//! Hours of the day at which alone a term holds.

use armistice_terms::Hours;
use jiff::Timestamp;

use crate::reason::Reason;
use crate::truth::Truth;

/// Whether what happened at some time of `[from, until)` happened at these
/// hours. Within them only if all of that time is: the hour of a record that
/// knows its day alone is not guessed.
pub(crate) fn at_hours(hours: &Hours, (from, until): (i64, i64)) -> (Truth, Reason) {
    let day = |at: i64| Timestamp::from_second(at).ok().map(|at| hours.zone.to_datetime(at).date());
    let begins = day(from).and_then(|day| day.yesterday().ok());
    let (Some(mut next), Some(last)) = (begins, day(until)) else {
        return (Truth::Unknown, Reason::HoursUnclear);
    };
    let mut met = false;
    while next <= last {
        let Some((begin, end)) = hours.on(next) else {
            return (Truth::Unknown, Reason::HoursUnclear);
        };
        if begin <= from && until <= end {
            return (Truth::True, Reason::InHours);
        }
        met |= begin < end && from < end && begin < until;
        let Ok(day) = next.tomorrow() else {
            break;
        };
        next = day;
    }
    if met { (Truth::Unknown, Reason::HoursUnclear) } else { (Truth::False, Reason::OutOfHours) }
}
