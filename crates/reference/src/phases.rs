//! Section 3: phases.

use std::collections::BTreeSet;

use armistice_records::Effect;
use armistice_terms::{Event, Lapse, Phase, Role, Standstill};

use crate::conditions::{EVER, Line, at_edge, done, enough, found_kept, from_the_first, provisions};
use crate::force::{effect, made_by, notices};
use crate::names::of_role;
use crate::truth::T;
use crate::{Interval, Known};

/// The notices of some effects on a phase, by those who decide on it.
fn on_phase(known: &Known<'_>, phase: &Phase, effects: &[Effect]) -> Vec<(Effect, Interval)> {
    let agreement = known.agreement;
    let decides = |by: &BTreeSet<usize>| {
        if !phase.decided_by.is_empty() {
            return enough(by, phase.decided_by, phase.together);
        }
        let all = |role| !of_role(agreement, role).is_empty() && of_role(agreement, role).is_subset(by);
        all(Role::Party) || all(Role::Guarantor) || !by.is_disjoint(&of_role(agreement, Role::Monitor))
    };
    let ours = notices(known).into_iter().filter(|(r, when)| {
        r.message.as_ref().is_some_and(|m| m.subject.contains(&phase.name)) && decides(&made_by(r, *when, agreement))
    });
    ours.filter_map(|(r, when)| Some((effect(r).filter(|e| effects.contains(e))?, when))).collect()
}

pub(crate) fn running(known: &Known<'_>, index: usize) -> Line {
    let Some(phase) = known.agreement.phases.get(index) else {
        return Line::always(T::U);
    };
    let mut lines = vec![entered(known, index), over(known, index).not(), suspended(known, index).not()];
    lines.extend(phase.during.iter().map(|other| running(known, *other)));
    if !phase.back_from.is_empty() {
        lines.push(Line::any(phase.back_from.iter().map(|p| fell(known, *p)).collect()));
    }
    if !phase.open.is_empty() {
        lines.push(Line::always(T::U));
    }
    Line::all(lines)
}

pub(crate) fn entered(known: &Known<'_>, index: usize) -> Line {
    let Some(phase) = known.agreement.phases.get(index) else {
        return Line::always(T::U);
    };
    let mut lines: Vec<Line> = phase.from.iter().map(|edge| at_edge(known, edge)).collect();
    if phase.declared {
        let begun = on_phase(known, phase, &[Effect::Begun, Effect::Certified]);
        lines.push(from_the_first(begun.into_iter().map(|(_, when)| when).collect()));
    }
    lines.extend(phase.after.iter().map(|earlier| ended(known, *earlier)));
    if !phase.back_from.is_empty() {
        lines.push(Line::any(phase.back_from.iter().map(|p| fell(known, *p).ever()).collect()));
    }
    Line::all(lines)
}

pub(crate) fn over(known: &Known<'_>, index: usize) -> Line {
    let Some(phase) = known.agreement.phases.get(index) else {
        return Line::always(T::U);
    };
    let mut lines = vec![ended(known, index)];
    lines.extend(
        phase.lapses.iter().map(|lapse| from(lapse.by.as_second(), not(come(known, lapse, lapse.by.as_second())))),
    );
    if by_decision(phase) {
        lines.push(decided(known, phase));
    }
    Line::any(lines)
}

/// Whether the notices that a phase ended let it lapse.
fn by_decision(phase: &Phase) -> bool {
    phase.falls_back_to.is_some() && phase.lapses_by_decision
}

/// Its end, if it does not lapse.
fn ended(known: &Known<'_>, index: usize) -> Line {
    let Some(phase) = known.agreement.phases.get(index) else {
        return Line::always(T::U);
    };
    let mut lines: Vec<Line> = phase.until.iter().map(|edge| at_edge(known, edge)).collect();
    if let Some(lasts) = phase.lasts {
        lines.push(entered(known, index).later(known, &[lasts]));
    }
    if !by_decision(phase) {
        lines.push(decided(known, phase));
    }
    Line::any(lines)
}

fn decided(known: &Known<'_>, phase: &Phase) -> Line {
    let ended: Vec<Interval> = on_phase(known, phase, &[Effect::Ended]).into_iter().map(|(_, when)| when).collect();
    let mut paint = vec![(EVER, T::F)];
    paint.extend(ended.iter().map(|(m, _)| ((*m, i64::MAX), T::U)));
    paint.extend(ended.iter().map(|(_, to)| ((*to, i64::MAX), T::T)));
    Line::painted(paint)
}

/// `F` before a moment, and a value from it on.
fn from(at: i64, value: T) -> Line {
    Line::painted(vec![(EVER, T::F), ((at, i64::MAX), value)])
}

const fn not(value: T) -> T {
    match value {
        T::T => T::F,
        T::U => T::U,
        T::F => T::T,
    }
}

/// Whether what a lapse asks for has come at a moment.
fn come(known: &Known<'_>, lapse: &Lapse, at: i64) -> T {
    match &lapse.unless {
        Event::Completed(of) => Line::all(provisions(known, of).into_iter().map(|p| done(known, p)).collect()).at(at),
        Event::Began(phase) => entered(known, *phase).at(at),
        Event::Ended(_) | Event::Opened(_) => T::U,
    }
}

/// Whether it fell to what it falls back to.
fn fell(known: &Known<'_>, index: usize) -> Line {
    let Some(phase) = known.agreement.phases.get(index) else {
        return Line::always(T::U);
    };
    let live = Line::all(vec![entered(known, index), ended(known, index).not()]);
    let mut lines = vec![Line::all(vec![live.clone(), suspended(known, index)])];
    for lapse in &phase.lapses {
        let s = lapse.by.as_second();
        lines.push(from(s, not(come(known, lapse, s)).min(live.at(s))));
    }
    if by_decision(phase) {
        let notices = on_phase(known, phase, &[Effect::Ended]);
        let m = notices.iter().map(|(_, (m, _))| *m).min();
        let to = notices.iter().map(|(_, (_, to))| *to).min();
        if let (Some(m), Some(to)) = (m, to) {
            let (before, after) = (live.at(m), live.at(to));
            let between = if before == T::F && after == T::F { T::F } else { T::U };
            let since = if before == after { after } else { T::U };
            lines.push(Line::painted(vec![(EVER, T::F), ((m, to), between), ((to, i64::MAX), since)]));
        }
    }
    if !phase.open.is_empty() {
        lines.push(Line::all(vec![live.ever(), Line::always(T::U)]));
    }
    Line::any(lines)
}

fn suspended(known: &Known<'_>, index: usize) -> Line {
    let Some(phase) = known.agreement.phases.get(index) else {
        return Line::always(T::F);
    };
    let mut paint = vec![(EVER, T::F)];
    let mut now = false;
    for (what, (m, to)) in on_phase(known, phase, &[Effect::Suspended, Effect::Resumed]) {
        let stops = what == Effect::Suspended;
        if stops != now {
            now = stops;
            paint.push(((m, to), T::U));
            paint.push(((to, i64::MAX), if stops { T::T } else { T::F }));
        }
    }
    let mut lines = vec![Line::painted(paint)];
    lines.extend(phase.stands_still.iter().map(|still| match still {
        Standstill::NotKept(of) => {
            Line::any(provisions(known, of).into_iter().map(|p| found_kept(known, p).not()).collect())
        }
        Standstill::During(other) => running(known, *other),
    }));
    Line::any(lines)
}

/// What a phase is at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the document defines them")]
pub enum PhaseState {
    NotBegun,
    Running,
    Suspended,
    Ended,
    CannotTell,
}

/// What a phase is over the window, from each change to the next.
pub(crate) fn phase(known: &Known<'_>, index: usize) -> Vec<(Interval, PhaseState)> {
    if index >= known.agreement.phases.len() {
        return Vec::new();
    }
    let (w0, w1) = known.window;
    let lines = [running(known, index), entered(known, index), over(known, index), suspended(known, index)];
    let state = |t: i64| match lines.each_ref().map(|line| line.at(t)) {
        [T::T, ..] => PhaseState::Running,
        [_, _, T::T, _] => PhaseState::Ended,
        [_, T::F, ..] => PhaseState::NotBegun,
        [_, T::T, T::F, T::T] => PhaseState::Suspended,
        _ => PhaseState::CannotTell,
    };
    let edges: BTreeSet<i64> =
        lines.iter().flat_map(Line::edges).filter(|t| *t > w0 && *t < w1).chain((w0 < w1).then_some(w0)).collect();
    let changes: Vec<i64> = edges.iter().copied().filter(|t| *t == w0 || state(*t) != state(*t - 1)).collect();
    let ends = changes.iter().skip(1).copied().chain([w1]);
    changes.iter().zip(ends).map(|(from, to)| ((*from, to), state(*from))).collect()
}
