//! Runs of a gate's days, and whether one of them opened it.

use armistice_records::Effect;
use armistice_terms::{ActorSet, Agreement, Gate};

use crate::evidence::Notice;
use crate::gate::{Day, DayState, GateClock, GateState, Run};

/// Whether a run of kept days is long enough, and certified once it was. The
/// first run that was certified opens the gate; a later one does not close it.
pub(crate) fn open_by(gate: &Gate, agreement: &Agreement, notices: &[Notice], clock: &mut GateClock) -> GateState {
    let wanted = usize::try_from(gate.days).unwrap_or(usize::MAX);
    let begins = |index: usize| {
        let day = clock.days.get(index).map(|day| day.date);
        day.and_then(|date| agreement.clock.day_begins(date)).map_or(i64::MAX, jiff::Timestamp::as_second)
    };
    let mut first = None;
    let complete = |state| matches!(state, DayState::Kept | DayState::ForPeople);
    for run in runs(&clock.days, complete).into_iter().filter(|run| run.len() >= wanted) {
        let last = run.get(wanted.saturating_sub(1)).and_then(|at| clock.days.get(*at));
        let Some(last) = last else {
            continue;
        };
        let on = last.date;
        let complete = on.tomorrow().ok().and_then(|next| agreement.clock.day_begins(next));
        let complete = complete.map_or(i64::MAX, jiff::Timestamp::as_second);
        // A run that was broken can no longer be certified.
        let after = run.last().copied().unwrap_or_default() + 1;
        let after =
            (after..clock.days.len()).find(|at| clock.days.get(*at).is_some_and(|day| day.state != DayState::Paused));
        let broken = after.map_or(i64::MAX, begins);
        let noticed = noticed(gate, agreement, notices, (complete, broken));
        if let Some((since, told)) = noticed.clone() {
            let (certified, certificates) = certified(gate, agreement, notices, (since, broken));
            if certified {
                clock.certificates = certificates;
                clock.notices = told;
                return GateState::Opened { on };
            }
        }
        // What people must judge, the certificate alone can say.
        if last.state == DayState::Kept && first.is_none() {
            first = Some((on, noticed));
        }
    }
    match first {
        Some((on, Some((_, told)))) => {
            clock.notices = told;
            GateState::AwaitsCertificate { on }
        }
        Some((on, None)) => GateState::AwaitsNotice { on },
        None if runs(&clock.days, unbroken).iter().any(|run| run.len() >= wanted) => GateState::CannotTell,
        None => GateState::NotOpen,
    }
}

/// Whether a run of days may go on over a day.
pub(crate) const fn unbroken(state: DayState) -> bool {
    !matches!(state, DayState::Broken | DayState::Lapsed | DayState::Unjudged | DayState::Paused)
}

/// The earliest of the longest runs.
pub(crate) fn longest(days: &[Day], counts: impl Fn(DayState) -> bool) -> Option<Run> {
    let run = runs(days, counts).into_iter().rev().max_by_key(Vec::len)?;
    told(days, &run)
}

/// Every run of days that count, in order: indices of days. What pauses the
/// count neither counts nor ends a run.
fn runs(days: &[Day], counts: impl Fn(DayState) -> bool) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = vec![Vec::new()];
    for (index, day) in days.iter().enumerate() {
        if day.state == DayState::Paused {
            continue;
        }
        if !counts(day.state) {
            runs.push(Vec::new());
        } else if let Some(run) = runs.last_mut() {
            run.push(index);
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// The run of days without a recorded breach that reaches the end.
pub(crate) fn running(days: &[Day]) -> Option<Run> {
    let last = days.iter().rposition(|day| day.state != DayState::Paused)?;
    let run = runs(days, unbroken).pop().filter(|run| run.last() == Some(&last))?;
    told(days, &run)
}

fn told(days: &[Day], run: &[usize]) -> Option<Run> {
    let since = run.first().and_then(|at| days.get(*at))?.date;
    Some(Run { days: u32::try_from(run.len()).unwrap_or(u32::MAX), since })
}

/// From when all who must have given notice that the days are complete, and the
/// records that say so; `None` if they have not.
fn noticed(
    gate: &Gate,
    agreement: &Agreement,
    notices: &[Notice],
    (complete, broken): (i64, i64),
) -> Option<(i64, Vec<String>)> {
    let (wanted, together) = gate.noticed_by;
    if wanted.is_empty() {
        return Some((complete, Vec::new()));
    }
    let ours = on_gate(gate, notices, Effect::Notified).filter(|n| n.from >= complete && n.from < broken);
    let (since, ids) = gathered(wanted, together, agreement, ours);
    since.map(|since| (since, ids))
}

/// From when notices make up the number of those wanted, if they do, and which
/// they are.
pub(crate) fn gathered<'n>(
    wanted: ActorSet,
    together: bool,
    agreement: &Agreement,
    notices: impl Iterator<Item = &'n Notice>,
) -> (Option<i64>, Vec<String>) {
    let mut by = ActorSet::NONE;
    let mut ids = Vec::new();
    for notice in notices {
        let made_by = notice.made_by(agreement).and(wanted);
        if made_by.is_empty() {
            continue;
        }
        by = by.or(made_by);
        ids.push(notice.id.clone());
        if !together || wanted.without(by).is_empty() {
            return (Some(notice.to), ids);
        }
    }
    (None, ids)
}

fn on_gate<'n>(gate: &'n Gate, notices: &'n [Notice], effect: Effect) -> impl Iterator<Item = &'n Notice> {
    notices.iter().filter(move |n| n.effect == effect && n.subject.contains(&gate.name))
}

/// The decisions that let the count begin anew: when, and by which record.
pub(crate) fn declared(gate: &Gate, agreement: &Agreement, notices: &[Notice]) -> Vec<(i64, i64, String)> {
    let Some((who, together)) = gate.declared_by else {
        return Vec::new();
    };
    let enough = |by: ActorSet| if together { who.without(by).is_empty() } else { !by.and(who).is_empty() };
    let made = on_gate(gate, notices, Effect::FoundNotDone).filter(|n| enough(n.made_by(agreement)));
    made.map(|n| (n.from, n.to, n.id.clone())).collect()
}

/// Whether those who must certify have, between two instants, and the records
/// that say so.
fn certified(
    gate: &Gate,
    agreement: &Agreement,
    notices: &[Notice],
    (complete, broken): (i64, i64),
) -> (bool, Vec<String>) {
    let ours = on_gate(gate, notices, Effect::Certified).filter(|n| n.from >= complete && n.from < broken);
    let mut by = ActorSet::NONE;
    let mut ids = Vec::new();
    for notice in ours {
        let made_by = notice.made_by(agreement).and(gate.certified_by);
        if !made_by.is_empty() {
            by = by.or(made_by);
            ids.push(notice.id.clone());
        }
    }
    let enough = if gate.together { gate.certified_by.without(by).is_empty() } else { !by.is_empty() };
    (gate.certified_by.is_empty() || enough, ids)
}
