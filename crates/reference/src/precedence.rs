//! Section 3: whether a term gives way to a text that prevails.

use jiff::Timestamp;

use crate::conditions::Line;
use crate::truth::T;

const EVER: (i64, i64) = (i64::MIN, i64::MAX);

/// `T` before `z`, `F` up to the end of what certainly takes its place, else `U`;
/// `U` at all times, if `z` cannot be placed.
pub(crate) fn counts(z: Option<Timestamp>, end: Option<Timestamp>) -> Line {
    let Some(z) = z.map(Timestamp::as_second) else {
        return Line::painted(vec![(EVER, T::U)]);
    };
    let doubt = end.map_or(z, Timestamp::as_second);
    Line::painted(vec![(EVER, T::T), ((z, i64::MAX), T::U), ((z, doubt), T::F)])
}
