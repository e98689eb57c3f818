//! Sections 4 and 8: what is to be done again and again.

use armistice_terms::Provision;

use crate::conditions::{said, told};
use crate::truth::T;
use crate::{Interval, Known};

/// The periods of a provision that begin before an instant, counted one by one.
pub(crate) fn periods(known: &Known<'_>, provision: &Provision, until: i64) -> Vec<Interval> {
    let (Some(often), Ok(start)) =
        (provision.duty.deed().and_then(armistice_terms::Deed::recurs), &provision.force.from)
    else {
        return Vec::new();
    };
    let edge = |n: i32| often.begins(*start, n, &known.agreement.clock).map(jiff::Timestamp::as_second);
    let each = (0..).map_while(|n| Some((edge(n)?, edge(n + 1)?)));
    each.take_while(|(begins, _)| *begins < until).filter(|(begins, ends)| begins < ends).collect()
}

/// Those of them that meet a stretch.
pub(crate) fn meeting(known: &Known<'_>, provision: &Provision, (x, y): Interval) -> Vec<Interval> {
    periods(known, provision, y).into_iter().filter(|(_, ends)| *ends > x).collect()
}

/// Whether something found not done over an interval says so of a whole period.
pub(crate) fn left_out(known: &Known<'_>, provision: &Provision, (m, to): Interval) -> T {
    let met = meeting(known, provision, (m, to));
    match met.iter().any(|(a, b)| m <= *a && *b <= to) {
        true => T::T,
        false if met.len() > 1 => T::U,
        false => T::F,
    }
}

/// Whether it is told done within a period, and told not done over all of it.
pub(crate) fn of_period(known: &Known<'_>, provision: &Provision, (a, b): Interval) -> (bool, bool) {
    let each = told(known).into_iter().filter_map(|(r, when)| Some((said(known, r, when, provision)?, when)));
    let each: Vec<(bool, Interval)> = each.collect();
    let done = each.iter().any(|(done, (m, to))| *done && a <= *m && *to <= b);
    let missed = each.iter().any(|(done, (m, to))| !*done && *m <= a && b <= *to);
    (done, missed)
}

/// What a period is.
pub(crate) fn kept(known: &Known<'_>, provision: &Provision, period: Interval) -> T {
    match of_period(known, provision, period) {
        (true, false) => T::T,
        (false, true) => T::F,
        _ => T::U,
    }
}
