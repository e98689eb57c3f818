//! Section 9: gates.

use std::collections::BTreeSet;

use armistice_records::Effect;
use armistice_terms::{Gate, Provision};
use jiff::civil::Date;

use crate::force::{effect, force, made_by, notices, set};
use crate::standings::would_show;
use crate::truth::T;
use crate::{Interval, Known, Verdict};

/// What a day was, for a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the document defines them")]
pub enum DayState {
    Unjudged,
    Broken,
    Lapsed,
    Doubtful,
    Kept,
    ForPeople,
    Quiet,
}

/// Where a gate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the document defines them")]
pub enum GateState {
    Open(Date),
    AwaitsCertificate(Date),
    CannotTell,
    NotOpen,
    NotEvaluable,
}

pub(crate) fn gate(known: &Known<'_>, gate: usize) -> (GateState, Vec<DayState>) {
    let agreement = known.agreement;
    let Some(gate) = agreement.gates.get(gate).filter(|g| g.not_evaluable.is_none()) else {
        return (GateState::NotEvaluable, Vec::new());
    };
    let Some(from) = gate.from else {
        return (GateState::NotEvaluable, Vec::new());
    };
    let mut days: Vec<(Date, Interval)> = Vec::new();
    let mut date = agreement.clock.day_of(from);
    while let (Ok(next), Some(begins)) = (date.tomorrow(), agreement.clock.day_begins(date)) {
        let Some(ends) = agreement.clock.day_begins(next) else {
            break;
        };
        if ends.as_second() > known.window.1 {
            break;
        }
        if begins >= from {
            days.push((date, (begins.as_second(), ends.as_second())));
        }
        date = next;
    }
    let states: Vec<DayState> = days.iter().map(|(_, day)| state(known, gate, *day)).collect();
    (stands(known, gate, &days, &states), states)
}

fn state(known: &Known<'_>, gate: &Gate, day: Interval) -> DayState {
    if day.0 < known.window.0 {
        return DayState::Unjudged;
    }
    let provisions: Vec<(usize, &Provision)> =
        gate.provisions.iter().filter_map(|i| Some((*i, known.agreement.provisions.get(*i)?))).collect();
    let found: Vec<_> = provisions.iter().flat_map(|(i, _)| known.findings(*i)).collect();
    let touching: Vec<_> = found.iter().filter(|f| f.within.0 < day.1 && f.within.1 > day.0).collect();
    let within = |(a, b): Interval| a >= day.0 && b <= day.1;
    if touching.iter().any(|f| f.verdict == Verdict::Breach && within(f.within)) {
        return DayState::Broken;
    }
    // Each provision's values on the day, from its own beginning on.
    let values: BTreeSet<T> = provisions
        .iter()
        .filter_map(|(_, p)| force(known, p))
        .filter(|canvas| canvas.start() < day.1)
        .flat_map(|canvas| canvas.stretches((day.0.max(canvas.start()), day.1)))
        .map(|(_, value)| value)
        .collect();
    if values.contains(&T::F) {
        return DayState::Lapsed;
    }
    let doubt = touching.iter().any(|f| matches!(f.verdict, Verdict::Breach | Verdict::CannotTell));
    if doubt || values.contains(&T::U) {
        return DayState::Doubtful;
    }
    let left = |p: &Provision| p.duty.for_people().is_some() && !gate.certified_by.is_empty();
    let kept = |p: &Provision| {
        (p.duty.is_judged() || left(p))
            && p.conditions.iter().all(armistice_terms::Condition::evaluated)
            && force(known, p).is_some_and(|canvas| canvas.throughout(day))
            && (left(p) || would_show(known, p, &gate.verified_by, day))
    };
    if !provisions.iter().all(|(_, p)| kept(p)) {
        DayState::Quiet
    } else if provisions.iter().any(|(_, p)| left(p)) {
        DayState::ForPeople
    } else {
        DayState::Kept
    }
}

fn stands(known: &Known<'_>, gate: &Gate, days: &[(Date, Interval)], states: &[DayState]) -> GateState {
    let wanted = usize::try_from(gate.days).unwrap_or(usize::MAX);
    let mut first = None;
    let complete = |s: DayState| matches!(s, DayState::Kept | DayState::ForPeople);
    for run in runs(states, complete).into_iter().filter(|run| run.len() >= wanted) {
        let at = run.get(wanted.saturating_sub(1)).copied().unwrap_or(usize::MAX);
        let (Some((on, (_, complete))), Some(state)) = (days.get(at), states.get(at)) else {
            continue;
        };
        let after = run.last().and_then(|last| days.get(last + 1));
        let broken = after.map_or(i64::MAX, |(_, (begins, _))| *begins);
        if certified(known, gate, (*complete, broken)) {
            return GateState::Open(*on);
        }
        first = first.or((*state == DayState::Kept).then_some(*on));
    }
    if let Some(on) = first {
        return GateState::AwaitsCertificate(on);
    }
    let may = |s: DayState| !matches!(s, DayState::Broken | DayState::Lapsed | DayState::Unjudged);
    let enough = runs(states, may).iter().any(|run| run.len() >= wanted);
    if enough { GateState::CannotTell } else { GateState::NotOpen }
}

/// The longest stretches of days that count, as indices.
fn runs(states: &[DayState], counts: impl Fn(DayState) -> bool) -> Vec<Vec<usize>> {
    let mut runs = vec![Vec::new()];
    for (index, state) in states.iter().enumerate() {
        if !counts(*state) {
            runs.push(Vec::new());
        } else if let Some(run) = runs.last_mut() {
            run.push(index);
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

fn certified(known: &Known<'_>, gate: &Gate, (complete, broken): Interval) -> bool {
    let wanted = set(gate.certified_by);
    let by: BTreeSet<usize> = notices(known)
        .into_iter()
        .filter(|(n, (m, _))| {
            let ours = n.message.as_ref().is_some_and(|message| message.subject.contains(&gate.name));
            effect(n) == Some(Effect::Certified) && ours && *m >= complete && *m < broken
        })
        .flat_map(|(n, when)| made_by(n, when, known.agreement))
        .filter(|who| wanted.contains(who))
        .collect();
    wanted.is_empty() || if gate.together { wanted.is_subset(&by) } else { !by.is_empty() }
}
