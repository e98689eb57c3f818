//! Section 9: gates.

use std::collections::BTreeSet;

use armistice_records::Effect;
use armistice_terms::{ActorSet, Breaches, Condition, Gate, Holds, Provision};
use jiff::civil::Date;

use crate::conditions::reached;
use crate::force::{effect, force, made_by, notices, set};
use crate::place::place;
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
    Paused,
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
    AwaitsNotice(Date),
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
        gate.provisions.iter().filter_map(|i| Some((*i, &**known.agreement.provisions.get(*i)?))).collect();
    let found: Vec<_> = provisions.iter().flat_map(|(i, _)| known.findings(*i)).collect();
    let within = |(a, b): Interval| a >= day.0 && b <= day.1;
    let meets = |(a, b): Interval| a < day.1 && b > day.0;
    let touching: Vec<(&crate::Finding, T, BTreeSet<String>)> = found
        .iter()
        .filter(|f| meets(f.within) && matches!(f.verdict, Verdict::Breach | Verdict::CannotTell))
        .map(|f| (f, on_ground(known, gate, &f.record), known.event(&f.record)))
        .filter(|(_, ground, _)| *ground != T::F)
        .collect();
    let least = |whose: Breaches| {
        let certain = touching.iter().filter(|(f, ground, _)| {
            f.verdict == Verdict::Breach && within(f.within) && *ground == T::T && all_of(whose, &f.candidates)
        });
        certain.map(|(_, _, event)| event).collect::<BTreeSet<_>>().len()
    };
    let most = |whose: Breaches| {
        let possible = touching.iter().filter(|(f, ..)| some_of(whose, &f.candidates));
        possible.map(|(_, _, event)| event).collect::<BTreeSet<_>>().len()
    };
    let more = |count: usize| count > usize::try_from(gate.tolerance).unwrap_or(usize::MAX);
    let declared: Vec<Interval> = gate.declared_by.map_or_else(Vec::new, |(who, together)| {
        let enough = |by: &BTreeSet<usize>| if together { set(who).is_subset(by) } else { !set(who).is_disjoint(by) };
        let told = on_gate(known, gate, Effect::FoundNotDone).into_iter();
        told.filter(|(_, by)| enough(by)).map(|(when, _)| when).collect()
    });
    if more(least(gate.resets)) || declared.iter().any(|when| within(*when)) {
        return DayState::Broken;
    }
    // Each provision's values on the day, from its own beginning on.
    let mut values: BTreeSet<T> = provisions
        .iter()
        .filter_map(|(_, p)| force(known, p))
        .filter(|canvas| canvas.start() < day.1)
        .flat_map(|canvas| canvas.stretches((day.0.max(canvas.start()), day.1)))
        .map(|(_, value)| value)
        .collect();
    if let Some(Condition { holds: Holds::Since(anchor), .. }) = &gate.since {
        let line = reached(known, anchor);
        let edges: Vec<i64> = line.edges().filter(|at| *at > day.0 && *at < day.1).collect();
        values.extend(std::iter::once(day.0).chain(edges).map(|at| line.at(at)));
    }
    if values.contains(&T::F) {
        return DayState::Lapsed;
    }
    if more(least(gate.pauses)) && !more(most(gate.resets)) {
        return DayState::Paused;
    }
    let undeclared = gate.declared_by.is_some() && more(most(Breaches::Anybodys));
    let doubt = more(most(gate.resets)) || more(most(gate.pauses)) || declared.iter().any(|when| meets(*when));
    if doubt || values.contains(&T::U) || (undeclared && gate.certified_by.is_empty()) {
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
    } else if undeclared || provisions.iter().any(|(_, p)| left(p)) {
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
        let last = run.last().copied().unwrap_or(usize::MAX);
        let after = days.iter().zip(states).skip(last + 1).find(|(_, state)| **state != DayState::Paused);
        let broken = after.map_or(i64::MAX, |((_, (begins, _)), _)| *begins);
        let noticed = gathered(known, gate, Effect::Notified, gate.noticed_by, (*complete, broken));
        let certifiers = (gate.certified_by, gate.together);
        if noticed.is_some_and(|since| gathered(known, gate, Effect::Certified, certifiers, (since, broken)).is_some())
        {
            return GateState::Open(*on);
        }
        if *state == DayState::Kept && first.is_none() {
            first =
                Some(if noticed.is_some() { GateState::AwaitsCertificate(*on) } else { GateState::AwaitsNotice(*on) });
        }
    }
    if let Some(waits) = first {
        return waits;
    }
    let may = |s: DayState| !matches!(s, DayState::Broken | DayState::Lapsed | DayState::Unjudged | DayState::Paused);
    let enough = runs(states, may).iter().any(|run| run.len() >= wanted);
    if enough { GateState::CannotTell } else { GateState::NotOpen }
}

/// The longest stretches of days that count, as indices; paused days are left out.
fn runs(states: &[DayState], counts: impl Fn(DayState) -> bool) -> Vec<Vec<usize>> {
    let mut runs = vec![Vec::new()];
    for (index, state) in states.iter().enumerate().filter(|(_, state)| **state != DayState::Paused) {
        if !counts(*state) {
            runs.push(Vec::new());
        } else if let Some(run) = runs.last_mut() {
            run.push(index);
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// The notices of one effect on a gate, in order, and who made them.
pub(crate) fn on_gate(known: &Known<'_>, gate: &Gate, wanted: Effect) -> Vec<(Interval, BTreeSet<usize>)> {
    let ours = notices(known).into_iter().filter(|(n, _)| {
        let named = n.message.as_ref().is_some_and(|message| message.subject.contains(&gate.name));
        named && effect(n) == Some(wanted)
    });
    ours.map(|(n, when)| (when, made_by(n, when, known.agreement))).collect()
}

/// The end of the notice by which those wanted have spoken, by notices that begin
/// within a stretch; its beginning, if nobody need speak.
pub(crate) fn gathered(
    known: &Known<'_>,
    gate: &Gate,
    effect: Effect,
    (wanted, together): (ActorSet, bool),
    (from, until): Interval,
) -> Option<i64> {
    let wanted = set(wanted);
    if wanted.is_empty() {
        return Some(from);
    }
    let mut spoken: BTreeSet<usize> = BTreeSet::new();
    for ((begins, ends), by) in on_gate(known, gate, effect) {
        if begins >= from && begins < until {
            spoken.extend(by.intersection(&wanted));
            if wanted.is_subset(&spoken) || (!together && !spoken.is_empty()) {
                return Some(ends);
            }
        }
    }
    None
}

/// Whether a record was on the ground of which alone breaches count.
fn on_ground(known: &Known<'_>, gate: &Gate, record: &str) -> T {
    let found = known.records.iter().find(|r| r.id == record);
    let (units, proof, systems) = (known.units, known.agreement.standard_of_proof, &known.agreement.systems);
    found.map_or(T::U, |r| place(r, gate.scope.as_ref(), proof, units, None, systems))
}

fn all_of(whose: Breaches, candidates: &BTreeSet<usize>) -> bool {
    match whose {
        Breaches::Nobodys => false,
        Breaches::Anybodys => true,
        Breaches::Of(actors) => !candidates.is_empty() && candidates.is_subset(&set(actors)),
    }
}

fn some_of(whose: Breaches, candidates: &BTreeSet<usize>) -> bool {
    match whose {
        Breaches::Nobodys => false,
        Breaches::Anybodys => true,
        Breaches::Of(actors) => !candidates.is_disjoint(&set(actors)),
    }
}
