//! How high above the ground, and whether that is as high as a term has it.

use armistice_records::RecordColumns;
use armistice_terms::Height;
use arrow_array::Array;

use crate::reason::Reason;
use crate::truth::Truth;

/// Whether a row was at a height meant, and why that is not so or cannot be
/// told. Neither end of a term's heights is among them: at 5000 feet is not
/// below 5000 feet.
pub(crate) fn held(wanted: Height, columns: &RecordColumns<'_>, row: usize) -> (Truth, Reason) {
    let (from, to) = (columns.height_from_m, columns.height_to_m);
    if from.is_null(row) || to.is_null(row) {
        return (Truth::Unknown, Reason::HeightNotStated);
    }
    let (low, high) = (from.value(row), to.value(row));
    let above = wanted.above.map_or(f64::NEG_INFINITY, |metres| metres.get());
    let below = wanted.below.map_or(f64::INFINITY, |metres| metres.get());
    if low > above && high < below {
        (Truth::True, Reason::InsideZone)
    } else if high <= above || low >= below {
        (Truth::False, Reason::OtherHeight)
    } else {
        (Truth::Unknown, Reason::HeightStraddles)
    }
}
