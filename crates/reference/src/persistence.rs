//! Section 8: whether breaches are persistent.

use std::collections::BTreeSet;

use crate::truth::T;
use crate::verdict::{Finding, Verdict};
use crate::{Interval, Known};

/// Whether the breaches of a provision by a party, or by any, are persistent; `None`
/// if the provision does not say when they are.
pub(crate) fn persistent(known: &Known<'_>, provision: usize, party: Option<usize>) -> Option<T> {
    let rule = known.agreement.provisions.get(provision)?.persistent?;
    let found = known.findings(provision);
    let counted = |f: &&Finding| {
        matches!(f.verdict, Verdict::Breach | Verdict::CannotTell) && party.is_none_or(|q| f.candidates.contains(&q))
    };
    let found: Vec<&Finding> = found.iter().filter(counted).collect();
    let (w0, w1) = known.window;
    let certain = |f: &&&Finding| {
        let alone = party.is_none_or(|q| f.candidates.iter().eq([&q]));
        f.verdict == Verdict::Breach && alone && f.within.0 >= w0 && f.within.1 <= w1
    };
    let events: BTreeSet<BTreeSet<String>> = found.iter().map(|f| known.event(&f.record)).collect();
    let of =
        |event: &BTreeSet<String>| -> Vec<&&Finding> { found.iter().filter(|f| event.contains(&f.record)).collect() };
    let hull = |all: Vec<Interval>| -> Option<Interval> {
        Some((all.iter().map(|i| i.0).min()?, all.iter().map(|i| i.1).max()?))
    };
    let breaches: Vec<Interval> =
        events.iter().filter_map(|e| hull(of(e).into_iter().filter(certain).map(|f| f.within).collect())).collect();
    let perhaps: Vec<Interval> =
        events.iter().filter_map(|e| hull(of(e).into_iter().map(|f| f.within).collect())).collect();
    let enough = |number: usize| number >= rule.breaches as usize;
    // Of all beginnings, only those just before one of them ends, and at one's beginning, can hold the most.
    let all = || breaches.iter().chain(&perhaps);
    let begins: BTreeSet<i64> = all().flat_map(|(a, b)| [*a, *b - 1]).collect();
    let within = |x: i64| breaches.iter().filter(|(a, b)| x <= *a && *b <= x + rule.within).count();
    let meeting = |x: i64| perhaps.iter().filter(|(a, b)| *a < x + rule.within && *b > x).count();
    Some(if begins.iter().any(|x| enough(within(*x))) {
        T::T
    } else if begins.iter().any(|x| enough(meeting(*x))) {
        T::U
    } else {
        T::F
    })
}
