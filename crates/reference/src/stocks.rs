//! Section 8, inventories: what was counted of what was declared, what was
//! missing, and where anything of it was seen.

use std::collections::BTreeSet;

use armistice_records::{Act, Direction, Effect, Kind, Place, Record};
use armistice_terms::{Duty, Inventory, Provision, Region, What};

use crate::conditions::tellers;
use crate::force::{effect, hearsay, notices, set};
use crate::names::{happened, same, side, widened};
use crate::place::place;
use crate::sources::discounted;
use crate::truth::{T, one_of};
use crate::verdict::Verdict;
use crate::{Interval, Known, weapons};

/// Where something was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the document defines them")]
pub enum Where {
    InStorage,
    NobodyCanTell,
    InBreachOfALine,
    BeyondTheLines,
    NotSurelyBeyond,
    OfNoLine,
}

/// Whether it was all there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the document defines them")]
pub enum Found {
    NotVerified,
    NoneMissing,
    SomeMissing,
    CannotTell,
}

/// The last counts of all of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastCounts {
    /// From the first to the last.
    pub over: Interval,
    /// How many, at least and at most.
    pub number: (u64, u64),
    /// How many missing, at least and at most.
    pub missing: (u64, u64),
    /// Which.
    pub by: BTreeSet<String>,
}

/// All that is told of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stocked {
    /// Whether it was all there.
    pub found: Found,
    /// The last counts.
    pub counted: Option<LastCounts>,
    /// Each sighting: where, how many at least, by which record.
    pub seen: BTreeSet<(Where, u64, String)>,
    /// The reports that it could not be verified.
    pub refused: BTreeSet<String>,
}

pub(crate) fn stocked(known: &Known<'_>, inventory: usize) -> Vec<Stocked> {
    let Some(stock) = known.agreement.inventories.get(inventory) else {
        return Vec::new();
    };
    let tells = |r: &&Record| happened(r) && !discounted(r);
    let records: Vec<(&Record, Interval)> = known
        .records
        .iter()
        .copied()
        .filter(tells)
        .filter_map(|r| Some((r, widened(r, &known.agreement.clock)?)))
        .filter(|(r, within)| hearsay(r, *within, known.agreement).is_none())
        .collect();
    (0..stock.items.len()).map(|item| of_item(known, stock, item, &records)).collect()
}

fn of_item(known: &Known<'_>, stock: &Inventory, item: usize, records: &[(&Record, Interval)]) -> Stocked {
    let (w0, w1) = known.window;
    let counting: Vec<&(&Record, Interval)> =
        records.iter().filter(|(r, within)| counts_all(known, stock, item, r, *within)).collect();
    let last: Vec<(&Record, Interval)> = counting
        .iter()
        .filter(|(_, (_, u))| counting.iter().all(|(_, (f, _))| f < u))
        .map(|(r, within)| (*r, *within))
        .collect();
    let counted = last_counts(&last, stock.items.get(item).map_or(0, |held| u64::from(held.number)));
    let found = match counted.as_ref().map(|last| last.missing) {
        None => Found::NotVerified,
        Some((least, _)) if least > 0 => Found::SomeMissing,
        Some((_, 0)) => Found::NoneMissing,
        Some(_) => Found::CannotTell,
    };
    let mut seen = BTreeSet::new();
    for (record, (f, u)) in records.iter().filter(|(_, (f, u))| *f < w1 && *u > w0) {
        let at = seen_at(known, stock, item, record, (*f, *u)).filter(|(_, number)| *number > 0);
        seen.extend(at.map(|(at, number)| (at, number, record.id.clone())));
    }
    let after = counted.as_ref().map(|last| last.over.1);
    let about = |r: &Record| {
        let subjects = r.message.as_ref().map(|m| m.subject.as_slice()).unwrap_or_default();
        let there = |place: &String| stock.stored_at.iter().any(|site| same(site, place));
        subjects.contains(&stock.name) || r.place_name.as_ref().is_some_and(there)
    };
    let refused = notices(known)
        .into_iter()
        .filter(|(r, _)| r.kind == Kind::Access)
        .filter(|(r, _)| matches!(effect(r), Some(Effect::AccessLimited | Effect::AccessDenied)))
        .filter(|(r, (m, n))| *m < w1 && *n > w0 && after.is_none_or(|u| *n > u) && about(r));
    Stocked { found, counted, seen, refused: refused.map(|(r, _)| r.id.clone()).collect() }
}

fn last_counts(last: &[(&Record, Interval)], declared: u64) -> Option<LastCounts> {
    let numbers = || last.iter().filter_map(|(r, _)| r.message.as_ref()?.count);
    let least = u64::from(numbers().map(|n| n.low).min()?);
    let most = u64::from(numbers().map(|n| n.high).max()?);
    Some(LastCounts {
        over: (last.iter().map(|(_, (f, _))| *f).min()?, last.iter().map(|(_, (_, u))| *u).max()?),
        number: (least, most),
        missing: (declared.saturating_sub(most), declared.saturating_sub(least)),
        by: last.iter().map(|(r, _)| r.id.clone()).collect(),
    })
}

/// What a record is of: each name.
fn names_of(record: &Record) -> Vec<String> {
    match record.quantity.as_ref().and_then(|q| q.of.clone()) {
        Some(of) => vec![of],
        None => record.weapons.clone(),
    }
}

fn of(known: &Known<'_>, record: &Record, what: &What) -> Option<T> {
    let names = names_of(record);
    let each: Vec<T> = names.iter().map(|n| weapons::of_what(what, &known.agreement.systems, n)).collect();
    (!each.is_empty()).then(|| one_of(&each))
}

/// Whether a record was in storage.
fn stored(known: &Known<'_>, stock: &Inventory, record: &Record) -> T {
    let mut there = if stock.stored_at.is_empty() { T::U } else { T::F };
    for site in &stock.stored_at {
        let ground = known.agreement.places.iter().find(|p| p.name == *site).and_then(|p| p.inside());
        let proof = known.agreement.standard_of_proof;
        let on = ground.map(|g| place(record, Some(&g), proof, known.units, None, &known.agreement.systems));
        let called = record.place_name.as_ref().is_some_and(|name| same(name, site));
        there = there.max(match on {
            Some(T::F) if called => T::U,
            _ if called => T::T,
            on => on.unwrap_or(T::U),
        });
    }
    there
}

/// Whether a record counts the inventory.
fn counts(known: &Known<'_>, stock: &Inventory, record: &Record, within: Interval) -> bool {
    let Some(message) = record.message.as_ref().filter(|m| m.effect == Effect::Counted && m.count.is_some()) else {
        return false;
    };
    let (holders, seals) = (set(stock.held_by), set(stock.sealed_by));
    let b = side(&record.side_b, known.agreement, within);
    let nobody = b.anyone().is_empty() && !b.others && !b.civilian;
    let theirs = holders.is_empty() || nobody || b.only(&holders);
    let by = looked(known, record, within);
    let own_word = !by.is_empty() && by.is_subset(&holders);
    let under_seal = seals.is_empty() || !by.is_disjoint(&seals);
    message.subject.contains(&stock.name) && within.1 <= known.window.1 && theirs && !own_word && under_seal
}

/// The tellers of what happened, as of an inspection.
fn looked(known: &Known<'_>, record: &Record, within: Interval) -> BTreeSet<usize> {
    tellers(known, &Record { kind: Kind::Inspection, ..record.clone() }, within)
}

/// Whether it counts all of an item.
fn counts_all(known: &Known<'_>, stock: &Inventory, item: usize, record: &Record, within: Interval) -> bool {
    if !counts(known, stock, record, within) {
        return false;
    }
    let nowhere = record.place == Place::Unknown && record.place_name.as_ref().is_none_or(|n| n.trim().is_empty());
    let of_all_sites = nowhere || (stock.stored_at.len() == 1 && stored(known, stock, record) == T::T);
    let names = names_of(record);
    let of_it = match (names.first(), names.len()) {
        (None, _) => stock.items.len() == 1,
        (Some(name), 1) => stock.items.iter().enumerate().all(|(at, held)| {
            if at == item {
                held.what.is_called(name)
            } else {
                weapons::of_what(&held.what, &known.agreement.systems, name) == T::F
            }
        }),
        _ => false,
    };
    of_all_sites && of_it
}

/// Where a record tells that some of an item was, and how many at least.
fn seen_at(
    known: &Known<'_>,
    stock: &Inventory,
    item: usize,
    record: &Record,
    within: Interval,
) -> Option<(Where, u64)> {
    let held = stock.items.get(item)?;
    if of(known, record, &held.what) != Some(T::T) {
        return None;
    }
    let there = stored(known, stock, record);
    if effect(record) == Some(Effect::Counted) {
        let counts = counts(known, stock, record, within) && !counts_all(known, stock, item, record, within);
        let number = u64::from(record.message.as_ref()?.count?.low);
        return (counts && there == T::T).then_some((Where::InStorage, number));
    }
    let a = side(&record.side_a, known.agreement, within);
    let b = side(&record.side_b, known.agreement, within);
    let whose = if record.direction == Direction::AOnB { a } else { a.and(&b) };
    if !matches!(record.act, Act::Presence | Act::Deployment) || !whose.only(&set(stock.held_by)) {
        return None;
    }
    let at = match there {
        T::T => Where::InStorage,
        T::U => Where::NobodyCanTell,
        T::F => beside_lines(known, stock, record),
    };
    Some((at, record.quantity.as_ref().map_or(1, |q| u64::from(q.number.low))))
}

/// Whether a term draws a line for a holder.
fn draws(provision: &Provision, stock: &Inventory) -> bool {
    let from_ground = match &provision.duty {
        Duty::StandOff { zone, .. } | Duty::WithdrawBy { zone, .. } => zone.region != Region::Outside,
        _ => false,
    };
    from_ground && !set(provision.bound).is_disjoint(&set(stock.held_by))
}

fn beside_lines(known: &Known<'_>, stock: &Inventory, record: &Record) -> Where {
    let provisions = known.agreement.provisions.iter().enumerate().filter(|(_, p)| draws(p, stock));
    // Of each line that may be of it: whether it was this side of it.
    let mut lines: Vec<T> = Vec::new();
    for (index, _) in provisions {
        match known.judged(index).iter().find(|f| f.record == record.id) {
            Some(finding) if finding.verdict == Verdict::Breach => return Where::InBreachOfALine,
            Some(finding) if finding.points[4] == T::F => {}
            Some(finding) => lines.push(finding.points[3]),
            None => lines.push(T::U),
        }
    }
    match lines.iter().max() {
        None => Where::OfNoLine,
        Some(T::F) => Where::BeyondTheLines,
        Some(_) => Where::NotSurelyBeyond,
    }
}
