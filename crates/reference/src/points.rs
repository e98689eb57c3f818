//! Sections 4 and 6: act, actor, exception, verdict.

use std::collections::BTreeSet;

use armistice_records::{Act, Direction, Effect, Kind, Record};
use armistice_terms::{Duty, Exception, Provision, Target};

use crate::force::{concerns, effect, force, made_by, names, notices, set};
use crate::names::{Side, happened, known, side, widened};
use crate::place::{place, weapon};
use crate::truth::{T, one_of};
use crate::{Interval, World};

/// What a record comes to under a provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A recorded breach.
    Breach,
    /// It cannot be told.
    CannotTell,
    /// It would be a breach but for an exception.
    Excepted,
    /// Some point speaks against it.
    OutOfScope,
}

/// A record that is not out of a provision's scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The record's id.
    pub record: String,
    /// What it comes to.
    pub verdict: Verdict,
    /// The bound actors who may have acted.
    pub candidates: BTreeSet<usize>,
    /// Within what it happened.
    pub(crate) within: Interval,
}

/// Whether records are judged under a provision at all.
pub(crate) fn judged(world: &World<'_>, provision: &Provision) -> bool {
    !matches!(provision.duty, Duty::NotEvaluable(_)) && force(world, provision).is_some()
}

pub(crate) fn findings(world: &World<'_>, provision: usize) -> Vec<Finding> {
    let Some(provision) = world.agreement.provisions.get(provision).filter(|p| judged(world, p)) else {
        return Vec::new();
    };
    let mut found: Vec<Finding> = Vec::new();
    for record in world.records.iter().filter(|r| happened(r) && known(world, r)) {
        let Some(within) = widened(record, &world.agreement.clock) else {
            continue;
        };
        if within.0 < world.window.1 && within.1 > world.window.0 {
            let (verdict, candidates) = verdict(world, provision, record, within);
            if verdict != Verdict::OutOfScope {
                found.push(Finding { record: record.id.clone(), verdict, candidates, within });
            }
        }
    }
    found.sort_by(|a, b| a.record.cmp(&b.record));
    found
}

fn verdict(world: &World<'_>, provision: &Provision, record: &Record, within: Interval) -> (Verdict, BTreeSet<usize>) {
    let (zone, forces) = match &provision.duty {
        Duty::NoAttack { within, .. } => (within.as_ref(), None),
        Duty::StandOff { what, zone } | Duty::WithdrawBy { what, zone, .. } => (Some(zone), Some(what)),
        Duty::NotEvaluable(_) => (None, None),
    };
    let time = force(world, provision).map_or(T::U, |canvas| canvas.throughout(within));
    let (actor, candidates, on) = actor(world, provision, record, within);
    let met = [
        time,
        act(provision, record),
        actor,
        place(record, zone, world.agreement.standard_of_proof),
        weapon(record, forces),
    ];
    let met = met.into_iter().min().unwrap_or(T::T);
    let exception = exception(world, provision, record, &candidates, &on);
    let verdict = match (met, exception) {
        (T::F, _) => Verdict::OutOfScope,
        (_, T::T) => Verdict::Excepted,
        (T::T, T::F) => Verdict::Breach,
        _ => Verdict::CannotTell,
    };
    (verdict, candidates)
}

/// What an inspection says of a provision: `Some(done)`.
fn inspected(provision: &Provision, record: &Record) -> Option<bool> {
    let message = record.message.as_ref()?;
    let done = match message.effect {
        Effect::FoundDone => true,
        Effect::FoundNotDone => false,
        _ => return None,
    };
    let stand_off = !matches!(provision.duty, Duty::NoAttack { .. });
    let about =
        if message.subject.is_empty() { stand_off } else { message.subject.iter().any(|s| names(s, &provision.id)) };
    about.then_some(done)
}

fn act(provision: &Provision, record: &Record) -> T {
    match inspected(provision, record) {
        Some(true) => return T::F,
        Some(false) => return T::U,
        None => {}
    }
    let attack = matches!(record.act, Act::Attack | Act::AttackCivilians);
    match &provision.duty {
        Duty::NoAttack { on: Target::Civilians, .. } => match record.act {
            Act::AttackCivilians => T::T,
            Act::Attack if record.civilian_deaths.is_some_and(|n| n > 0) => T::U,
            _ => T::F,
        },
        Duty::NoAttack { .. } => {
            if attack {
                T::T
            } else {
                T::F
            }
        }
        Duty::StandOff { .. } | Duty::WithdrawBy { .. } => match record.act {
            Act::Presence => T::T,
            Act::Movement => T::U,
            _ if attack => T::U,
            _ => T::F,
        },
        Duty::NotEvaluable(_) => T::F,
    }
}

/// The actor point, the candidates, and on whom it was.
fn actor(world: &World<'_>, provision: &Provision, record: &Record, within: Interval) -> (T, BTreeSet<usize>, Side) {
    let a = side(&record.side_a, world.agreement, within);
    let b = side(&record.side_b, world.agreement, within);
    let directed = record.direction == Direction::AOnB;
    let bound = set(provision.bound);
    let (truth, candidates, on) = match provision.duty {
        Duty::NoAttack { on: target, .. } => {
            let there = one_way(target, &bound, &a, &b);
            if directed {
                (there.0, there.1, b)
            } else {
                let back = one_way(target, &bound, &b, &a);
                let on = match (there.0, back.0) {
                    (T::F, T::F) => a.and(&b),
                    (T::F, _) => a.clone(),
                    (_, T::F) => b.clone(),
                    _ => a.and(&b),
                };
                (one_of(&[there.0, back.0]), there.1.union(&back.1).copied().collect(), on)
            }
        }
        _ => {
            let there = if directed { a.clone() } else { a.and(&b) };
            let may: BTreeSet<usize> =
                if there.unknown { bound.clone() } else { there.anyone().intersection(&bound).copied().collect() };
            let truth = if !there.certain.is_disjoint(&bound) {
                T::T
            } else if may.is_empty() {
                T::F
            } else {
                T::U
            };
            (truth, may, Side::default())
        }
    };
    if truth == T::F && inspected(provision, record) == Some(false) {
        return (T::U, bound, on);
    }
    (truth, candidates, on)
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

fn exception(world: &World<'_>, provision: &Provision, record: &Record, candidates: &BTreeSet<usize>, on: &Side) -> T {
    let bound = set(provision.bound);
    let claimed = || {
        notices(world).into_iter().filter(|(n, _)| effect(n) == Some(Effect::ExceptionClaimed)).any(|(notice, when)| {
            let by = made_by(notice, when, world.agreement);
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

/// The kinds of record that could show a breach.
pub(crate) fn kinds(provision: &Provision) -> &'static [Kind] {
    match provision.duty {
        Duty::NoAttack { .. } => &[Kind::Incident],
        _ => &[Kind::Sighting, Kind::Inspection],
    }
}
