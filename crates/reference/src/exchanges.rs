//! Section 8, exchanges: what each side released, and what it owes.

use std::collections::BTreeSet;

use armistice_records::{Act, Direction, Effect, Record};
use armistice_terms::{Exchange, Share, What};

use crate::force::{hearsay, names, set};
use crate::names::{happened, side, widened};
use crate::sources::{discounted, event};
use crate::truth::{T, one_of};
use crate::{Interval, Known, weapons};

/// At least and, if anything tells, at most.
type Range = (u64, Option<u64>);

/// What both sides released, what was due, and what was owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// Of when.
    pub over: Interval,
    /// What each released.
    pub released: [Range; 2],
    /// What was due from each.
    pub due: [Range; 2],
    /// What each owed.
    pub owed: [Range; 2],
}

/// What came of a side's share by the deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the document defines them")]
pub enum Came {
    NoDeadline,
    NotDue,
    Done,
    Short,
    CannotTell,
}

/// All that is told of an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchanged {
    /// At the deadline, if it has come.
    pub at_deadline: Option<Account>,
    /// As last counted.
    pub last: Account,
    /// Each side by the deadline.
    pub settled: [Came; 2],
    /// Who led.
    pub led: Option<usize>,
    /// Whether that is as the text has it.
    pub in_order: Option<T>,
    /// The items, by id.
    pub items: BTreeSet<String>,
}

/// That of a side.
const fn of<X>(pair: &[X; 2], side: usize) -> &X {
    let [first, second] = pair;
    if side == 0 { first } else { second }
}

struct Item {
    id: String,
    side: usize,
    within: Interval,
    number: Range,
    counts: bool,
}

pub(crate) fn exchanged(known: &Known<'_>, number: usize) -> Option<Exchanged> {
    let exchange = known.agreement.exchanges.get(number)?;
    let shares = exchange.shares.as_ref().filter(|_| exchange.not_evaluable.is_none())?;
    let (begin, end) = (exchange.from?.as_second(), known.window.1);
    let mut items = Vec::new();
    for record in &known.records {
        let Some(within) = widened(record, &known.agreement.clock) else {
            continue;
        };
        if within.0 >= begin && within.1 <= end {
            items.extend(item(known, exchange, shares, record, within));
        }
    }
    let account = |(v, w): Interval| account(exchange, shares, &items, (v, w));
    let deadline = exchange.by.map(|by| by.as_second());
    let at_deadline = deadline.filter(|e| *e <= end).map(|e| account((e, e)));
    let last_count = items.iter().filter(|i| i.counts).map(|i| i.within).max();
    let settled = [0, 1].map(|s| match (deadline, &at_deadline) {
        (None, _) => Came::NoDeadline,
        (Some(_), None) => Came::NotDue,
        (Some(_), Some(at)) if at.released.iter().any(|(least, most)| most.is_some_and(|m| *least > m)) => {
            Came::CannotTell
        }
        (Some(_), Some(at)) if of(&at.owed, s).0 > 0 => Came::Short,
        (Some(_), Some(at)) if of(&at.due, s).1.is_some_and(|due| of(&at.released, s).0 >= due) => Came::Done,
        _ => Came::CannotTell,
    });
    let ahead = |s: usize| {
        let released = items.iter().filter(|i| i.side == s && i.number.0 > 0);
        let none: Vec<&Item> = items.iter().filter(|i| i.side != s && i.counts && i.number.1 == Some(0)).collect();
        released.into_iter().any(|r| none.iter().any(|n| r.within.1 <= n.within.0))
    };
    let led = match (ahead(0), ahead(1)) {
        (true, false) => Some(0),
        (false, true) => Some(1),
        _ => None,
    };
    let in_order = exchange.first.map(|first| match led {
        None => T::U,
        Some(led) if led == first => T::T,
        Some(_) => T::F,
    });
    let last = account(last_count.unwrap_or((end, end)));
    Some(Exchanged { at_deadline, last, settled, led, in_order, items: items.into_iter().map(|i| i.id).collect() })
}

fn item(
    known: &Known<'_>,
    exchange: &Exchange,
    shares: &[Share; 2],
    record: &Record,
    within: Interval,
) -> Option<Item> {
    if !happened(record) || discounted(record) || hearsay(record, within, known.agreement).is_some() {
        return None;
    }
    let message = record.message.as_ref();
    let counts = message.is_some_and(|m| m.effect == Effect::Counted);
    let made_of = |what: &What| {
        let of = record.quantity.as_ref().and_then(|q| q.of.clone());
        let names: Vec<String> = of.map_or_else(|| record.weapons.clone(), |of| vec![of]);
        let each: Vec<T> = names.iter().map(|n| weapons::of_what(what, &known.agreement.systems, n)).collect();
        (!each.is_empty()).then(|| one_of(&each))
    };
    let on = |names: &[String]| side(names, known.agreement, within);
    if counts {
        if !message.is_some_and(|m| m.subject.iter().any(|s| names(s, &exchange.name))) {
            return None;
        }
        let told = message.and_then(|m| m.count)?;
        let b = on(&record.side_b);
        let nobody = b.anyone().is_empty() && !b.others && !b.civilian;
        let s = (0..2).find(|s| {
            let mine = made_of(&of(shares, *s).what);
            let theirs = made_of(&of(shares, 1 - *s).what);
            (b.only(&set(of(shares, *s).by)) && (mine.is_none() || mine == Some(T::T)))
                || (nobody && mine == Some(T::T) && theirs == Some(T::F))
        })?;
        let number = (u64::from(told.low), Some(u64::from(told.high)));
        return Some(Item { id: record.id.clone(), side: s, within, number, counts });
    }
    if !matches!(record.act, Act::Release | Act::HandOver) || record.direction != Direction::AOnB {
        return None;
    }
    let number = |r: &Record| r.quantity.as_ref().map_or(1, |q| q.number.low);
    let members = event(known, &record.id);
    let least = members.into_iter().map(|r| (number(r), &r.id)).min();
    if least.is_some_and(|(_, id)| *id != record.id) {
        return None;
    }
    let a = on(&record.side_a);
    let s = (0..2).find(|s| made_of(&of(shares, *s).what) == Some(T::T) && a.only(&set(of(shares, *s).by)))?;
    Some(Item { id: record.id.clone(), side: s, within, number: (u64::from(number(record)), None), counts })
}

/// The greatest sum of releases one after the other, after a count or without.
fn least(items: &[Item], s: usize, t: i64) -> u64 {
    let mine = items.iter().filter(|i| i.side == s && i.within.1 <= t);
    let ending_with = mine.map(|i| if i.counts { i.number.0 } else { i.number.0 + least(items, s, i.within.0) });
    ending_with.max().unwrap_or(0)
}

fn account(exchange: &Exchange, shares: &[Share; 2], items: &[Item], over: Interval) -> Account {
    let released: [Range; 2] = [0, 1].map(|s| {
        let later = items.iter().filter(|i| i.side == s && i.counts && i.within.0 >= over.0);
        (least(items, s, over.1), later.filter_map(|i| i.number.1).min())
    });
    let (a, b) = (u64::from(of(shares, 0).number), u64::from(of(shares, 1).number));
    let share = |n: u64, times: u64, each: u64| n * times / each;
    let for_second = (share(released[1].0, a, b), released[1].1.map(|n| share(n, a, b)));
    let for_first = (share(released[0].0, b, a), released[0].1.map(|n| share(n, b, a)));
    let all = exchange.total.map(|n| (u64::from(n), Some(u64::from(n))));
    let due = [for_second, all.unwrap_or(for_first)];
    let owed = [0, 1].map(|s: usize| {
        let ((least_due, most_due), (least, most)): (Range, Range) = (*of(&due, s), *of(&released, s));
        (most.map_or(0, |m| least_due.saturating_sub(m)), most_due.map(|m| m.saturating_sub(least)))
    });
    Account { over, released, due, owed }
}
