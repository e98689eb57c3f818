//! Section 3: hours of the day.

use armistice_terms::Hours;
use jiff::Timestamp;

use crate::Interval;
use crate::truth::T;

/// `h(I)`: whether an interval lies within the hours of some day.
pub(crate) fn point(hours: &Hours, (a, b): Interval) -> T {
    let date = |at: i64| Timestamp::from_second(at).ok().map(|at| hours.zone.to_datetime(at).date());
    let (Some(first), Some(last)) = (date(a), date(b)) else {
        return T::U;
    };
    // More days than can matter: the hours of one reach into the next.
    let two = jiff::Span::new().days(2);
    let (Ok(mut day), Ok(last)) = (first.checked_sub(two), last.checked_add(two)) else {
        return T::U;
    };
    let mut stretches = Vec::new();
    while day <= last {
        stretches.extend(hours.on(day).filter(|(begin, end)| begin < end));
        match day.tomorrow() {
            Ok(next) => day = next,
            Err(_) => return T::U,
        }
    }
    if stretches.iter().any(|(begin, end)| *begin <= a && b <= *end) {
        T::T
    } else if stretches.iter().all(|(begin, end)| b <= *begin || *end <= a) {
        T::F
    } else {
        T::U
    }
}
