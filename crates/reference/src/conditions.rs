//! Section 3: what a provision hangs on besides dates.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::phases::{entered, over, running};
use armistice_records::{Effect, Kind, Record};
use armistice_terms::{ActorSet, Anchor, Clauses, Condition, Edge, Event, Gate, Holds, Provision, Role, Tacit};
use jiff::{Span as Period, Timestamp};

use crate::force::{concerns, effect, hearsay, made_by, names, notices, set};
use crate::gates::gathered;
use crate::names::{meaning, of_role, side, widened, written};
use crate::sources::discounted;
use crate::truth::T;
use crate::{Interval, Known};

pub(crate) const EVER: Interval = (i64::MIN, i64::MAX);

/// A function of time with three values, and where it may change.
#[derive(Clone)]
pub(crate) struct Line {
    value: Rc<dyn Fn(i64) -> T>,
    edges: BTreeSet<i64>,
}

impl Line {
    /// What was painted, the latest last.
    pub(crate) fn painted(over: Vec<(Interval, T)>) -> Self {
        let edges = over.iter().flat_map(|((a, b), _)| [*a, *b]).collect();
        let covers = |(a, b): Interval, t: i64| a <= t && t < b;
        let value = move |t: i64| over.iter().rev().find(|(i, _)| covers(*i, t)).map_or(T::F, |(_, value)| *value);
        Self { value: Rc::new(value), edges }
    }

    pub(crate) fn always(value: T) -> Self {
        Self::painted(vec![(EVER, value)])
    }

    pub(crate) fn all(lines: Vec<Self>) -> Self {
        let edges = lines.iter().flat_map(|line| line.edges.iter().copied()).collect();
        Self { value: Rc::new(move |t| lines.iter().map(|line| line.at(t)).min().unwrap_or(T::T)), edges }
    }

    pub(crate) fn any(lines: Vec<Self>) -> Self {
        let edges = lines.iter().flat_map(|line| line.edges.iter().copied()).collect();
        Self { value: Rc::new(move |t| lines.iter().map(|line| line.at(t)).max().unwrap_or(T::F)), edges }
    }

    pub(crate) fn not(self) -> Self {
        let edges = self.edges.clone();
        let value = move |t: i64| match self.at(t) {
            T::T => T::F,
            T::U => T::U,
            T::F => T::T,
        };
        Self { value: Rc::new(value), edges }
    }

    /// The same, with each change so much later, and none before an earlier one.
    pub(crate) fn later(self, known: &Known<'_>, plus: &[Period]) -> Self {
        let clock = &known.agreement.clock;
        let before = self.at(i64::MIN);
        let mut changes: Vec<(i64, T)> = Vec::new();
        for edge in self.edges.iter().filter(|edge| **edge > i64::MIN) {
            let value = self.at(*edge);
            if value == changes.last().map_or(before, |(_, last)| *last) {
                continue;
            }
            let start = Timestamp::from_second(*edge).ok();
            let moved = plus.iter().fold(start, |at, period| at.and_then(|at| clock.add(at, *period)));
            let moved = moved.map_or(i64::MAX, Timestamp::as_second);
            let floor = changes.last().map_or(i64::MIN, |(at, _)| *at);
            changes.push((moved.max(floor), value));
        }
        let edges = changes.iter().map(|(at, _)| *at).collect();
        let value = move |t: i64| changes.iter().rev().find(|(at, _)| *at <= t).map_or(before, |(_, value)| *value);
        Self { value: Rc::new(value), edges }
    }

    /// The greatest it has been.
    pub(crate) fn ever(self) -> Self {
        let edges = self.edges.clone();
        let value = move |t: i64| {
            let until: Vec<i64> = self.edges.iter().copied().filter(|edge| *edge <= t).collect();
            std::iter::once(i64::MIN).chain(until).map(|at| self.at(at)).max().unwrap_or(T::F)
        };
        Self { value: Rc::new(value), edges }
    }

    pub(crate) fn at(&self, t: i64) -> T {
        (self.value)(t)
    }

    pub(crate) fn edges(&self) -> impl Iterator<Item = i64> {
        self.edges.iter().copied()
    }
}

/// When a condition is met; `None` if nothing decides it.
pub(crate) fn met(known: &Known<'_>, condition: &Condition, provision: &Provision) -> Option<Line> {
    Some(match &condition.holds {
        Holds::NotEvaluated => return None,
        Holds::Since(anchor) => reached(known, anchor),
        Holds::Until(anchor) => reached(known, anchor).not(),
        Holds::Alongside(of, tolerance) => {
            let lines = provisions(known, of).into_iter().map(|p| begun(known, p)).collect();
            Line::all(lines).later(known, tolerance.as_slice())
        }
        Holds::InReturn(of) => {
            Line::all(provisions(known, of).into_iter().map(|p| from_the_first(done_by(known, p))).collect())
        }
        Holds::AsFar(of) => Line::all(provisions(known, of).into_iter().map(|p| as_far(known, provision, p)).collect()),
        Holds::WhileKept(of) => Line::all(provisions(known, of).into_iter().map(|p| found_kept(known, p)).collect()),
        Holds::UnlessNotice(tacit) => runs_on(known, tacit, provision),
        Holds::During(phase) => running(known, *phase),
        Holds::GivesWay(to) => crate::precedence::counts(to.from, to.certain_until),
    })
}

/// Two distances in the text are the same or not; else the other has to be done.
fn as_far(known: &Known<'_>, mine: &Provision, other: &Provision) -> Line {
    let said = [mine, other].map(|p| p.duty.distance().map(|far| far.get()));
    match said {
        [Some(a), Some(b)] if a == b => Line::always(T::T),
        [Some(_), Some(_)] => Line::always(T::U),
        _ => from_the_first(done_by(known, other)),
    }
}

/// Notice ends a term at its first end that is late enough after it; if that may
/// be one of two, nobody knows from the earlier on.
fn runs_on(known: &Known<'_>, tacit: &Tacit, provision: &Provision) -> Line {
    let clock = &known.agreement.clock;
    let end = |given: i64| {
        let in_time = |n: i64| -> Option<(i64, bool)> {
            let end = clock.add(tacit.begins, tacit.each.checked_mul(n).ok()?)?;
            Some((end.as_second(), clock.add(end, -tacit.notice)?.as_second() >= given))
        };
        let ends = (1..=10_000).map_while(in_time);
        ends.into_iter().find(|(_, in_time)| *in_time).map(|(end, _)| end)
    };
    let by = set(tacit.by);
    let given: Vec<Interval> = notices(known)
        .into_iter()
        .filter(|(n, when)| {
            effect(n) == Some(Effect::Ended)
                && concerns(n, provision)
                && !made_by(n, *when, known.agreement).is_disjoint(&by)
        })
        .map(|(_, when)| when)
        .collect();
    let mut paint = vec![(EVER, T::T)];
    paint.extend(given.iter().filter_map(|(m, _)| Some(((end(*m)?, i64::MAX), T::U))));
    paint.extend(given.iter().filter_map(|(_, to)| Some(((end(*to)?, i64::MAX), T::F))));
    Line::painted(paint)
}

pub(crate) fn reached(known: &Known<'_>, anchor: &Anchor) -> Line {
    let event = match &anchor.event {
        Event::Completed(of) => Line::all(provisions(known, of).into_iter().map(|p| done(known, p)).collect()),
        Event::Opened(gate) => known.agreement.gates.get(*gate).map_or(Line::always(T::U), |g| opened(known, g)),
        Event::Began(phase) => entered(known, *phase),
        Event::Ended(phase) => over(known, *phase),
    };
    event.later(known, &anchor.plus)
}

pub(crate) fn provisions<'a>(known: &Known<'a>, of: &Clauses) -> Vec<&'a Provision> {
    let agreement = known.agreement;
    let held = |p: &&Provision| of.ids.iter().any(|id| names(id, &p.id));
    agreement.provisions.iter().map(|p| &**p).filter(held).collect()
}

/// The notices and the inspections of the evidence, in order.
pub(crate) fn told<'w>(known: &Known<'w>) -> Vec<(&'w Record, Interval)> {
    let mut all = notices(known);
    let looked = known.records.iter().filter(|r| r.kind == Kind::Inspection && r.message.is_some() && !discounted(r));
    all.extend(looked.filter_map(|r| Some((*r, widened(r, &known.agreement.clock)?))));
    all.sort_by(|a, b| (a.1.0, &a.0.id).cmp(&(b.1.0, &b.0.id)));
    all
}

/// Those who say what a notice or inspection says.
pub(crate) fn tellers(known: &Known<'_>, record: &Record, when: Interval) -> BTreeSet<usize> {
    if record.kind != Kind::Inspection {
        return made_by(record, when, known.agreement);
    }
    let groups = written(&record.independence_groups).into_iter();
    let by_groups = groups.flat_map(|g| meaning(g, known.agreement, when, true).certain);
    side(&record.side_a, known.agreement, when).certain.into_iter().chain(by_groups).collect()
}

fn watchers(known: &Known<'_>, provision: &Provision) -> BTreeSet<usize> {
    let named = set(provision.verified_by);
    if named.is_empty() { of_role(known.agreement, Role::Monitor) } else { named }
}

pub(crate) fn enough(by: &BTreeSet<usize>, wanted: ActorSet, together: bool) -> bool {
    let wanted = set(wanted);
    if together { wanted.is_subset(by) } else { !wanted.is_disjoint(by) }
}

fn about(record: &Record, provision: &Provision) -> bool {
    let subjects = record.message.as_ref().map(|m| m.subject.as_slice()).unwrap_or_default();
    subjects.iter().any(|s| names(s, &provision.id))
}

/// Whether of each who is bound somebody else tells it.
pub(crate) fn of_each_another(tellers: &BTreeSet<usize>, bound: ActorSet) -> bool {
    !tellers.is_empty() && set(bound).into_iter().all(|x| tellers.iter().any(|teller| *teller != x))
}

fn vouched(known: &Known<'_>, record: &Record, when: Interval, provision: &Provision) -> bool {
    let by = tellers(known, record, when);
    let certifiers = set(provision.certified_by);
    let may: BTreeSet<usize> = watchers(known, provision).union(&certifiers).copied().collect();
    let may = if certifiers.is_empty() { watchers(known, provision) } else { may };
    about(record, provision)
        && (certifiers.is_empty() || enough(&by, provision.certified_by, provision.certified_together))
        && of_each_another(&by.intersection(&may).copied().collect(), provision.bound)
}

/// Whether those who watch over a provision tell it, and nobody of himself alone.
pub(crate) fn watched(known: &Known<'_>, record: &Record, when: Interval, provision: &Provision) -> bool {
    let watchers = watchers(known, provision);
    of_each_another(&tellers(known, record, when).intersection(&watchers).copied().collect(), provision.bound)
}

/// Whether a record counts as saying that a provision is done, or is not.
pub(crate) fn said(known: &Known<'_>, record: &Record, when: Interval, provision: &Provision) -> Option<bool> {
    let by = tellers(known, record, when);
    let certifiers = set(provision.certified_by);
    match effect(record)? {
        Effect::FoundDone => vouched(known, record, when, provision).then_some(true),
        Effect::Certified if !certifiers.is_empty() => vouched(known, record, when, provision).then_some(true),
        Effect::Begun => {
            let begin = provision.duty.deed().is_some_and(|deed| deed.verb == "begin");
            (begin && vouched(known, record, when, provision)).then_some(true)
        }
        Effect::FoundNotDone => {
            let may: BTreeSet<usize> = watchers(known, provision).union(&certifiers).copied().collect();
            let told: BTreeSet<usize> = by.intersection(&may).copied().collect();
            let bound = set(provision.bound);
            // Somebody who is not bound, or all who are, of themselves.
            let heard = !told.is_empty() && (!told.is_subset(&bound) || bound.is_subset(&told));
            (heard && about(record, provision)).then_some(false)
        }
        saying => itself(known, record, when, provision, saying).then_some(true),
    }
}

/// Whether a notice is itself what was to be said.
fn itself(known: &Known<'_>, record: &Record, when: Interval, provision: &Provision, saying: Effect) -> bool {
    let wanted = match provision.duty.deed().map(|deed| deed.verb.as_str()) {
        Some("report" | "notify") => Effect::Notified,
        Some("certify") => Effect::Certified,
        _ => return false,
    };
    let bound = set(provision.bound);
    saying == wanted
        && record.kind != Kind::Inspection
        && about(record, provision)
        && bound.is_subset(&made_by(record, when, known.agreement))
        && hearsay(record, when, known.agreement).is_none_or(|theirs| !theirs.is_subset(&bound))
}

/// The intervals of what counts as saying that a provision is done, or is not.
fn found(known: &Known<'_>, provision: &Provision, done: bool) -> Vec<Interval> {
    let counts = |(r, when): &(&Record, Interval)| said(known, r, *when, provision) == Some(done);
    told(known).into_iter().filter(counts).map(|(_, when)| when).collect()
}

fn done_by(known: &Known<'_>, provision: &Provision) -> Vec<Interval> {
    found(known, provision, true)
}

pub(crate) fn done(known: &Known<'_>, provision: &Provision) -> Line {
    // In the order in which things were told, done and not done together.
    let found: Vec<_> =
        told(known).into_iter().filter_map(|(r, when)| Some((said(known, r, when, provision)?, when))).collect();
    let mut paint = vec![(EVER, T::U)];
    let mut ever = false;
    for (is_done, (m, to)) in found {
        if is_done {
            ever = true;
            paint.push(((m, to), T::U));
            paint.push(((to, i64::MAX), T::T));
        } else {
            if !ever {
                paint.push(((i64::MIN, m), T::F));
            }
            paint.push(((m, i64::MAX), T::U));
        }
    }
    Line::painted(paint)
}

pub(crate) fn from_the_first(intervals: Vec<Interval>) -> Line {
    let mut paint = vec![(EVER, T::U)];
    paint.extend(intervals.into_iter().map(|(_, to)| ((to, i64::MAX), T::T)));
    Line::painted(paint)
}

fn begun(known: &Known<'_>, provision: &Provision) -> Line {
    let begun =
        |(r, when): &(&Record, Interval)| effect(r) == Some(Effect::Begun) && vouched(known, r, *when, provision);
    let begun = told(known).into_iter().filter(begun).map(|(_, when)| when);
    from_the_first(begun.chain(done_by(known, provision)).collect())
}

pub(crate) fn found_kept(known: &Known<'_>, provision: &Provision) -> Line {
    let mut paint = vec![(EVER, T::U)];
    paint.extend(done_by(known, provision).into_iter().map(|when| (when, T::T)));
    paint.extend(found(known, provision, false).into_iter().map(|when| (when, T::F)));
    Line::painted(paint)
}

fn opened(known: &Known<'_>, gate: &Gate) -> Line {
    let days = jiff::Span::new().days(i64::from(gate.days));
    let earliest = gate.from.and_then(|from| known.agreement.clock.add(from, days)).map(Timestamp::as_second);
    let noticed = earliest.and_then(|at| gathered(known, gate, Effect::Notified, gate.noticed_by, (at, i64::MAX)));
    let certifiers = (gate.certified_by, gate.together);
    let open = noticed.and_then(|at| gathered(known, gate, Effect::Certified, certifiers, (at, i64::MAX)));
    let mut paint = vec![(EVER, T::U)];
    let nobody = gate.certified_by.is_empty() && gate.noticed_by.0.is_empty();
    paint.extend(open.filter(|_| !nobody).map(|at| ((at, i64::MAX), T::T)));
    Line::painted(paint)
}

pub(crate) fn at_edge(known: &Known<'_>, edge: &Edge) -> Line {
    match edge {
        Edge::At(at) => Line::painted(vec![((at.as_second(), i64::MAX), T::T)]),
        Edge::After(anchor) => reached(known, anchor),
        Edge::Unknown => Line::always(T::U),
    }
}
