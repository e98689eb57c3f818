//! So many of what: what one record's number comes to under a limit.
//!
//! Each record is judged by itself and its number is never added to another's,
//! since two may tell of the same things.

use armistice_records::{Act, Effect, RecordColumns};
use armistice_terms::weapons::System;
use armistice_terms::{Bound, Clock, Dealing, Force, Limit, What};
use arrow_array::Array;
use jiff::Timestamp;

use crate::reason::Reason;
use crate::truth::Truth;

/// A record's number beside the number of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counting {
    /// The least that was counted.
    pub low: u32,
    /// The most; none if the record tells no number.
    pub high: Option<u32>,
    /// How many there may be at most, or must be at least, in all the time of
    /// the record.
    pub due: u64,
    /// Which of the two.
    pub bound: Bound,
}

/// The acts by which something is done with what is counted.
pub(crate) const fn acts(dealing: Dealing) -> &'static [Act] {
    match dealing {
        Dealing::Keep => &[Act::Presence, Act::Deployment],
        Dealing::Allow => &[Act::Passage, Act::AidDelivery],
        Dealing::Deliver => &[Act::AidDelivery],
        Dealing::Release => &[Act::Release],
        Dealing::HandOver => &[Act::HandOver],
        Dealing::Withdraw => &[Act::Withdrawal],
        Dealing::Fly => &[Act::Flight],
        Dealing::Recruit => &[Act::Recruitment],
        Dealing::Disband => &[Act::Disbandment],
        Dealing::ClearMines => &[Act::MineClearance],
        Dealing::Meet => &[Act::Meeting],
        Dealing::Report => &[Act::Report],
        Dealing::Last => &[],
    }
}

/// Whether a row states a count about the clauses it names.
pub(crate) fn counted(columns: &RecordColumns<'_>, row: usize) -> bool {
    columns.effect.is_valid(row) && columns.effect.value(row) == Effect::Counted.code()
}

/// Whether a row tells of anything at all: *none seen* is a sighting of nothing.
/// A number of something else than what the row tells of leaves it open.
pub(crate) fn any(columns: &RecordColumns<'_>, row: usize) -> (Truth, Reason) {
    if columns.quantity_low.is_null(row) || columns.quantity_high.is_null(row) || columns.quantity_low.value(row) > 0 {
        return (Truth::True, Reason::ActForbidden);
    }
    let of_it = columns
        .quantity_of
        .get(row)
        .is_none_or(|of| columns.weapons.get(row).is_some_and(|weapons| weapons.to_lowercase() == of.to_lowercase()));
    if columns.quantity_high.value(row) == 0 && of_it {
        (Truth::False, Reason::NothingThere)
    } else {
        (Truth::Unknown, Reason::PerhapsNothing)
    }
}

/// Whether a row's number breaches a limit, if it is of what is counted.
/// `whole` says that it is a count about the clause, and so of all there was;
/// `of` is how many of those bound it may be of, together.
pub(crate) fn breaches(
    limit: &Limit,
    (columns, row, whole, of): (&RecordColumns<'_>, usize, bool, u64),
    when: (i64, i64),
    (clock, force): (&Clock, &Force),
) -> (Truth, Reason, Option<Counting>) {
    let number = |low: &arrow_array::UInt32Array, high: &arrow_array::UInt32Array| {
        // Something was there, or no one would have told of it.
        if low.is_null(row) || high.is_null(row) { (1, None) } else { (low.value(row), Some(high.value(row))) }
    };
    let (low, high) = if whole {
        number(columns.count_low, columns.count_high)
    } else {
        number(columns.quantity_low, columns.quantity_high)
    };
    let stretches = match limit.per {
        None => Some(Stretches { touched: 1, covered: 1 }),
        Some(_) => Stretches::of(limit, when, clock, force),
    };
    let Some(Stretches { touched, covered }) = stretches else {
        return (Truth::Unknown, Reason::CountUnclear, None);
    };
    let each = u64::from(limit.number);
    let (low_, high_) = (u64::from(low), high.map(u64::from));
    let counting = |due: u64| Some(Counting { low, high, due, bound: limit.bound });
    match limit.bound {
        Bound::AtMost => {
            let posts = match &limit.posts {
                Some(posts) => posts.of(columns.place_name.get(row)).map(u64::from),
                None => Some(1),
            };
            // Spread over all the stretches it touches, all whose it is and all posts,
            // there were still too many in one, of one of them. In posts of which
            // nobody knows how many, there may have been any number.
            let most = each.saturating_mul(touched).saturating_mul(of);
            let most = posts.map_or(u64::MAX, |posts| most.saturating_mul(posts));
            let (truth, reason) = if low_ > most {
                (Truth::True, Reason::TooMany)
            } else if high_.is_some_and(|high| high <= each) {
                (Truth::False, Reason::WithinLimit)
            } else if high.is_none() {
                (Truth::Unknown, Reason::CountNotStated)
            } else {
                (Truth::Unknown, Reason::CountUnclear)
            };
            (truth, reason, counting(most))
        }
        // What was seen in part tells nothing of what is missing.
        Bound::AtLeast if !whole => (Truth::False, Reason::PartCounted, counting(each)),
        Bound::AtLeast => {
            let least = each.saturating_mul(covered).saturating_mul(of);
            let (truth, reason) = if high_.is_some_and(|high| high < least) {
                (Truth::True, Reason::TooFew)
            } else if touched == 1 && of == 1 && low_ >= each {
                (Truth::False, Reason::WithinLimit)
            } else {
                (Truth::Unknown, Reason::CountUnclear)
            };
            (truth, reason, counting(least))
        }
    }
}

/// How many stretches an interval touches, and how many lie wholly within it.
struct Stretches {
    touched: u64,
    covered: u64,
}

impl Stretches {
    fn of(limit: &Limit, (from, until): (i64, i64), clock: &Clock, force: &Force) -> Option<Self> {
        let (per, anchor) = (limit.per?, Limit::anchor(clock, force)?);
        let day = |at: i64| Timestamp::from_second(at).ok().map(|at| clock.day_of(at));
        let (first, last) = (per.number(anchor, day(from)?)?, per.number(anchor, day(until - 1)?)?);
        let begins = |n: i32| clock.day_begins(per.begins(anchor, n)?).map(Timestamp::as_second);
        let touched = u64::try_from(i64::from(last) - i64::from(first) + 1).ok()?;
        let cut = u64::from(begins(first)? < from) + u64::from(begins(last.checked_add(1)?)? > until);
        // Of one that is cut at both ends, nothing is left.
        Some(Self { touched, covered: touched.saturating_sub(cut) })
    }
}

/// Whether what a row counts is what a limit speaks of.
pub(crate) fn of_what(what: &What, systems: &[System], columns: &RecordColumns<'_>, row: usize) -> (Truth, Reason) {
    let names: Vec<&str> = match (columns.quantity_of.get(row), columns.weapons.get(row)) {
        (Some(of), _) => vec![of],
        (None, Some(weapons)) => weapons.split('|').collect(),
        (None, None) => return (Truth::Unknown, Reason::CountedNotStated),
    };
    let each: Vec<Option<bool>> = names.iter().map(|name| what.holds(systems, name)).collect();
    if each.iter().all(|held| *held == Some(true)) {
        (Truth::True, Reason::CountedListed)
    } else if each.iter().all(|held| *held == Some(false)) {
        (Truth::False, Reason::CountedOther)
    } else {
        (Truth::Unknown, Reason::CountedUnclear)
    }
}
