//! Section 4, limits: so many of what.

use armistice_records::{Act, Effect, Record};
use armistice_terms::weapons::System;
use armistice_terms::{Bound, Dealing, Limit, Per, Provision, What};
use jiff::civil::Date;

use crate::force::names;
use crate::names::same;
use crate::truth::{T, one_of};
use crate::{Interval, Known, weapons};

/// Whether a record states a count.
fn counted(record: &Record) -> bool {
    record.message.as_ref().is_some_and(|m| m.effect == Effect::Counted)
}

/// Whether it states one about a provision.
pub(crate) fn about(provision: &Provision, record: &Record) -> bool {
    let subjects = record.message.as_ref().map(|m| m.subject.as_slice()).unwrap_or_default();
    counted(record) && subjects.iter().any(|s| names(s, &provision.id))
}

/// The acts of a dealing.
pub(crate) fn acts(dealing: Dealing) -> Vec<Act> {
    match dealing {
        Dealing::Keep => vec![Act::Presence, Act::Deployment],
        Dealing::Allow => vec![Act::Passage, Act::AidDelivery],
        Dealing::Deliver => vec![Act::AidDelivery],
        Dealing::Release => vec![Act::Release],
        Dealing::HandOver => vec![Act::HandOver],
        Dealing::Withdraw => vec![Act::Withdrawal],
        Dealing::Fly => vec![Act::Flight],
        Dealing::Recruit => vec![Act::Recruitment],
        Dealing::Disband => vec![Act::Disbandment],
        Dealing::ClearMines => vec![Act::MineClearance],
        Dealing::Meet => vec![Act::Meeting],
        Dealing::Report => vec![Act::Report],
        Dealing::Last => vec![],
    }
}

/// The act point of a record under a limit.
pub(crate) fn act(
    known: &Known<'_>,
    provision: &Provision,
    limit: &Limit,
    (record, of): (&Record, u64),
    within: Interval,
) -> T {
    let whole = about(provision, record);
    if !whole && (counted(record) || !acts(limit.dealing).contains(&record.act)) {
        return T::F;
    }
    let told =
        if whole { record.message.as_ref().and_then(|m| m.count) } else { record.quantity.as_ref().map(|q| q.number) };
    let low = told.map_or(1, |n| u64::from(n.low));
    let high = told.map(|n| u64::from(n.high));
    let (touched, covered) = match limit.per {
        None => (1, 1),
        Some(per) => match stretches(known, provision, per, within) {
            Some(found) => found,
            None => return T::U,
        },
    };
    let n = u64::from(limit.number);
    // Of how many posts: of one, if its place is called as one; else of as many as there are.
    let posts = limit.posts.as_ref().map_or(Some(1), |posts| {
        let called = |name: &String| record.place_name.as_ref().is_some_and(|place| same(place, name));
        if posts.named.iter().any(called) { Some(1) } else { posts.number }
    });
    match limit.bound {
        Bound::AtMost => {
            if posts.is_some_and(|posts| low > n * touched * of * u64::from(posts)) {
                T::T
            } else if high.is_some_and(|high| high <= n) {
                T::F
            } else {
                T::U
            }
        }
        Bound::AtLeast => {
            if !whole {
                T::F
            } else if high.is_some_and(|high| high < n * covered * of) {
                T::T
            } else if touched == 1 && of == 1 && low >= n {
                T::F
            } else {
                T::U
            }
        }
    }
}

/// How many stretches of the agreement an interval touches, and how many lie
/// wholly within it: one after the other, from the first that may.
fn stretches(known: &Known<'_>, provision: &Provision, per: Per, (a, b): Interval) -> Option<(u64, u64)> {
    let clock = &known.agreement.clock;
    let anchor: Date = clock.day_of(provision.force.from.clone().ok()?);
    let begins = |n: i32| Some(clock.day_begins(per.begins(anchor, n)?)?.as_second());
    let mut n = 0;
    while begins(n)? > a {
        n -= 1;
    }
    let (mut touched, mut covered) = (0, 0);
    while begins(n)? < b {
        let (from, to) = (begins(n)?, begins(n + 1)?);
        touched += u64::from(to > a);
        covered += u64::from(from >= a && to <= b);
        n += 1;
    }
    Some((touched, covered))
}

/// The weapon point of a record under a limit: whether it counts what is meant.
pub(crate) fn of_what(what: &What, systems: &[System], record: &Record) -> T {
    let of = record.quantity.as_ref().and_then(|q| q.of.clone());
    let names: Vec<String> = of.map_or_else(|| record.weapons.clone(), |of| vec![of]);
    let held: Vec<T> = names.iter().map(|name| weapons::of_what(what, systems, name)).collect();
    if held.is_empty() { T::U } else { one_of(&held) }
}
