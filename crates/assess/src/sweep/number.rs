//! What a record's number comes to, for every number of the text at once.

use std::rc::Rc;

use armistice_records::RecordColumns;
use armistice_terms::Limit;

use super::crossing::{Steps, monotone};
use crate::bench::Bench;
use crate::counting::breaches;
use crate::truth::Truth;
use crate::variant::Variant;

/// Whether a row's number is a breach, at each number of the text. The more there
/// may be the fewer records breach it, and the more there must be the more of
/// them; so it only rises or only falls.
pub(crate) fn numbers(
    (variant, limit): (&Variant<'_>, &mut Limit),
    bench: &Bench<'_>,
    (columns, row, when): (&RecordColumns<'_>, usize, (i64, i64)),
    candidates: u32,
    (from, to): (i64, i64),
) -> Steps {
    let whole = bench.counts(row);
    let of = u64::from(candidates).max(1);
    let (clock, force) = (&variant.agreement.clock, &variant.provision.force);
    let limit = std::cell::RefCell::new(limit);
    let so = |number: i64| -> Truth {
        let mut limit = limit.borrow_mut();
        // No text has a greater number.
        limit.number = u32::try_from(number).unwrap_or(u32::MAX);
        breaches(&limit, (columns, row, whole, of), when, (clock, force)).0
    };
    Rc::from(monotone((from, to), so))
}
