//! Section 4: act, actor, exception.

use std::collections::BTreeSet;

use armistice_records::{Act, Direction, Effect, Kind, Record};
use armistice_terms::{Conduct, Duty, Exception, Forbid, Provision, Target};

use crate::adherence::side;
use crate::conduct::is;
use crate::counts;
use crate::force::{concerns, effect, made_by, names, notices, set};
use crate::leave::steps;
use crate::names::Side;
use crate::periods::left_out;
use crate::truth::{T, one_of};
use crate::{Interval, Known};

/// The points of act, actor and exception, and who may have acted.
pub(crate) struct Points {
    pub(crate) act: T,
    pub(crate) actor: T,
    pub(crate) exception: T,
    pub(crate) candidates: BTreeSet<usize>,
}

pub(crate) fn points(known: &Known<'_>, provision: &Provision, record: &Record, within: Interval) -> Points {
    let (actor, candidates, on) = actor(known, provision, record, within);
    let exception = exception(known, provision, (record, within), &candidates, &on);
    Points { act: act(known, provision, record, within), actor, exception, candidates }
}

/// The bound actors who may have acted.
pub(crate) fn candidates(
    known: &Known<'_>,
    provision: &Provision,
    record: &Record,
    within: Interval,
) -> BTreeSet<usize> {
    actor(known, provision, record, within).1
}

/// What an inspection says of a provision: `Some(done)`.
fn inspected(provision: &Provision, record: &Record) -> Option<bool> {
    let message = record.message.as_ref()?;
    let done = match message.effect {
        Effect::FoundDone => true,
        Effect::FoundNotDone => false,
        _ => return None,
    };
    let stand_off = matches!(provision.duty, Duty::StandOff { .. } | Duty::WithdrawBy { .. });
    let about =
        if message.subject.is_empty() { stand_off } else { message.subject.iter().any(|s| names(s, &provision.id)) };
    about.then_some(done)
}

fn act(known: &Known<'_>, provision: &Provision, record: &Record, within: Interval) -> T {
    match inspected(provision, record) {
        Some(true) => return T::F,
        Some(false) if provision.duty.deed().is_some_and(|deed| deed.recurs().is_some()) => {
            return left_out(known, provision, within);
        }
        Some(false) if provision.duty.deed().is_some() => return T::T,
        Some(false) => return T::U,
        None => {}
    }
    if record.kind == Kind::Access {
        let hindering = matches!(&provision.duty, Duty::Forbid(f) if f.conduct == Conduct::HinderMonitors);
        return match effect(record) {
            Some(Effect::AccessDenied) if hindering => T::T,
            Some(Effect::AccessLimited) if hindering => T::U,
            _ => T::F,
        };
    }
    if matches!(provision.duty, Duty::Limit(_)) {
        return done(known, provision, record, within);
    }
    done(known, provision, record, within).min(any(record))
}

/// Whether a record tells of anything at all.
fn any(record: &Record) -> T {
    let Some(quantity) = record.quantity.as_ref().filter(|quantity| quantity.number.low == 0) else {
        return T::T;
    };
    let of_it = match (&quantity.of, record.weapons.as_slice()) {
        (None, _) => true,
        (Some(of), [weapon]) => of.to_lowercase() == weapon.to_lowercase(),
        (Some(_), _) => false,
    };
    if of_it && quantity.number.high == 0 { T::F } else { T::U }
}

/// Whether it is the act, whatever its number.
fn done(known: &Known<'_>, provision: &Provision, record: &Record, within: Interval) -> T {
    let attack = matches!(record.act, Act::Attack | Act::AttackCivilians);
    match &provision.duty {
        Duty::Forbid(Forbid { conduct: Conduct::Attack, on: Target::Civilians, .. }) => match record.act {
            Act::AttackCivilians => T::T,
            Act::Attack if on_civilians(known, record, within) != T::F => on_civilians(known, record, within),
            Act::Attack if record.civilian_deaths.is_some_and(|n| n > 0) => T::U,
            _ => T::F,
        },
        Duty::Forbid(forbid) => is(forbid.conduct, record.act),
        Duty::Limit(limit) => {
            let of = actor(known, provision, record, within).1.len() as u64;
            counts::act(known, provision, limit, (record, of.max(1)), within)
        }
        Duty::StandOff { .. } | Duty::WithdrawBy { .. } => match record.act {
            Act::Presence => T::T,
            Act::Movement => T::U,
            _ if attack => T::U,
            _ => T::F,
        },
        Duty::Deed(_) | Duty::ForPeople(_) | Duty::NotEvaluable(_) => T::F,
    }
}

/// Whether an attack was on civilians.
fn on_civilians(known: &Known<'_>, record: &Record, within: Interval) -> T {
    let a = side(&record.side_a, known, within);
    let b = side(&record.side_b, known, within);
    let directed = record.direction == Direction::AOnB;
    if directed && b == (Side { civilian: true, ..Side::default() }) {
        T::T
    } else if b.civilian || (a.civilian && !directed) {
        T::U
    } else {
        T::F
    }
}

/// The actor point, the candidates, and on whom it was.
fn actor(known: &Known<'_>, provision: &Provision, record: &Record, within: Interval) -> (T, BTreeSet<usize>, Side) {
    let a = side(&record.side_a, known, within);
    let b = side(&record.side_b, known, within);
    let access = record.kind == Kind::Access;
    let directed = access || record.direction == Direction::AOnB;
    // Side A tells of it; side B gave or refused it.
    let (a, b) = if access { (b, a) } else { (a, b) };
    let bound = set(provision.bound);
    if provision.duty.deed().is_some() && inspected(provision, record) == Some(false) {
        let named = a.and(&b);
        let theirs: BTreeSet<usize> = named.anyone().intersection(&bound).copied().collect();
        let truth = if theirs.is_empty() || !named.certain.is_disjoint(&bound) { T::T } else { T::U };
        return (truth, if theirs.is_empty() { bound } else { theirs }, Side::default());
    }
    let (truth, candidates, on) = match &provision.duty {
        Duty::Forbid(forbid) => {
            let by = forbid.by.map_or_else(|| bound.clone(), set);
            let found = if forbid.conduct.is_presence() {
                present(&by, a, b, directed)
            } else {
                acted(forbid.on, &by, a, b, directed)
            };
            match (forbid.by, found.0) {
                (None, _) => found,
                // To be prevented: who was to prevent it, and never for certain.
                (Some(_), T::F) => (T::F, BTreeSet::new(), found.2),
                (Some(_), _) => (T::U, bound.clone(), found.2),
            }
        }
        Duty::Limit(_) if counts::about(provision, record) && bound.len() == 1 => {
            (T::T, bound.clone(), Side::default())
        }
        Duty::Limit(_) => {
            let there = if directed { a.clone() } else { a.and(&b) };
            let (truth, may, on) = present(&bound, a, b, directed);
            (if there.only(&bound) { truth } else { truth.min(T::U) }, may, on)
        }
        _ => present(&bound, a, b, directed),
    };
    if truth == T::F && inspected(provision, record) == Some(false) {
        return (T::U, bound, on);
    }
    (truth, candidates, on)
}

/// Whether those bound did it to those meant, who may have, and on whom it was.
fn acted(target: Target, bound: &BTreeSet<usize>, a: Side, b: Side, directed: bool) -> (T, BTreeSet<usize>, Side) {
    let there = one_way(target, bound, &a, &b);
    if directed {
        return (there.0, there.1, b);
    }
    let back = one_way(target, bound, &b, &a);
    let on = match (there.0, back.0) {
        (T::F, T::F) => a.and(&b),
        (T::F, _) => a.clone(),
        (_, T::F) => b.clone(),
        _ => a.and(&b),
    };
    (one_of(&[there.0, back.0]), there.1.union(&back.1).copied().collect(), on)
}

/// Whether one of those bound was there.
fn present(bound: &BTreeSet<usize>, a: Side, b: Side, directed: bool) -> (T, BTreeSet<usize>, Side) {
    let there = if directed { a } else { a.and(&b) };
    let may: BTreeSet<usize> =
        if there.unknown { bound.clone() } else { there.anyone().intersection(bound).copied().collect() };
    let truth = if !there.certain.is_disjoint(bound) {
        T::T
    } else if may.is_empty() {
        T::F
    } else {
        T::U
    };
    (truth, may, Side::default())
}

fn one_way(target: Target, bound: &BTreeSet<usize>, by: &Side, on: &Side) -> (T, BTreeSet<usize>) {
    let may_act: BTreeSet<usize> =
        if by.unknown { bound.clone() } else { by.anyone().intersection(bound).copied().collect() };
    let hits: Vec<(usize, T)> = may_act.iter().map(|x| (*x, hit(target, bound, *x, on))).collect();
    let candidates: BTreeSet<usize> = hits.iter().filter(|(_, hit)| *hit != T::F).map(|(x, _)| *x).collect();
    let truth = if candidates.is_empty() {
        T::F
    } else if by.only(bound) && hits.iter().all(|(_, hit)| *hit == T::T) {
        T::T
    } else {
        T::U
    };
    (truth, candidates)
}

fn hit(target: Target, bound: &BTreeSet<usize>, x: usize, on: &Side) -> T {
    let protected: BTreeSet<usize> = match target {
        Target::Anyone => return T::T,
        Target::Civilians => return if on.civilian { T::T } else { T::U },
        Target::EachOther => bound.iter().filter(|y| **y != x).copied().collect(),
        Target::Actors(actors) => set(actors),
    };
    if on.only(&protected) {
        T::T
    } else if on.unknown || !on.anyone().is_disjoint(&protected) {
        T::U
    } else {
        T::F
    }
}

fn exception(
    known: &Known<'_>,
    provision: &Provision,
    (record, within): (&Record, Interval),
    candidates: &BTreeSet<usize>,
    on: &Side,
) -> T {
    let bound = set(provision.bound);
    let claimed = || {
        notices(known).into_iter().filter(|(n, _)| effect(n) == Some(Effect::ExceptionClaimed)).any(|(notice, when)| {
            let by = made_by(notice, when, known.agreement);
            let theirs = by.iter().any(|x| bound.contains(x) && candidates.contains(x));
            let subjects = notice.message.as_ref().map(|m| m.subject.clone()).unwrap_or_default();
            let finding = format!("{}:{}", provision.id, record.id);
            let named = subjects.iter().any(|s| *s == record.id || *s == finding);
            theirs && (concerns(notice, provision) || named)
        })
    };
    let each = provision.exceptions.iter().map(|exception| match exception {
        Exception::Against(actors) => {
            let actors = set(*actors);
            if on.only(&actors) {
                T::T
            } else if !on.unknown && on.anyone().is_disjoint(&actors) {
                T::F
            } else {
                T::U
            }
        }
        Exception::Steps(all) => steps(known, provision, all, (record, within), candidates),
        Exception::SelfDefence(_) | Exception::ForPeople(_) => {
            if claimed() {
                T::U
            } else {
                T::F
            }
        }
    });
    each.max().unwrap_or(T::F)
}
