//! Section 3: when a provision binds.

use std::collections::BTreeSet;

use armistice_records::{Effect, Kind, Record};
use armistice_terms::{ActorSet, Agreement, Condition, Holds, Provision, Role, Until};

use crate::bodies::rule;
use crate::conditions::{Line, met};
use crate::names::{happened, interval, meaning, of_role, side, written};
use crate::sources::discounted;
use crate::truth::T;
use crate::{Interval, Known};

/// What was painted, the latest last. `None` shows what lies beneath.
pub(crate) struct Canvas {
    start: i64,
    end: Option<i64>,
    base: Vec<(Interval, T)>,
    over: Vec<(Interval, Option<T>)>,
    /// What it hangs on: it binds no more than each of these is met.
    hangs: Vec<Line>,
}

const FOREVER: i64 = i64::MAX;

impl Canvas {
    /// Whether it binds at an instant.
    pub(crate) fn at(&self, t: i64) -> T {
        if t < self.start || self.end.is_some_and(|end| t >= end) {
            return T::F;
        }
        let hangs = self.hangs.iter().map(|line| line.at(t)).min().unwrap_or(T::T);
        self.painted_at(t).min(hangs)
    }

    fn painted_at(&self, t: i64) -> T {
        let covers = |(from, until): &Interval| *from <= t && t < *until;
        match self.over.iter().rev().find(|(i, _)| covers(i)) {
            Some((_, Some(value))) => *value,
            _ => self.base.iter().rev().find(|(i, _)| covers(i)).map_or(T::F, |(_, value)| *value),
        }
    }

    /// The instants within an interval at which anything may change, and its
    /// beginning: what holds at all of them holds throughout.
    pub(crate) fn moments(&self, (from, until): Interval) -> BTreeSet<i64> {
        let painted = self.base.iter().map(|(i, _)| *i).chain(self.over.iter().map(|(i, _)| *i));
        let hangs = self.hangs.iter().flat_map(Line::edges);
        let edges = painted.flat_map(|(a, b)| [a, b]).chain([self.start]).chain(self.end).chain(hangs);
        edges.chain([from]).filter(|t| from <= *t && *t < until).collect()
    }

    /// Whether it binds throughout an interval.
    pub(crate) fn throughout(&self, interval: Interval) -> bool {
        self.stretches(interval).iter().all(|(_, value)| *value == T::T)
    }

    /// The time point of an interval.
    pub(crate) fn point(&self, interval: Interval, proof: f64) -> T {
        let length = interval.1 - interval.0;
        let stretches = self.stretches(interval);
        let seconds = |v: T| stretches.iter().filter(|(_, value)| *value == v).map(|((a, b), _)| b - a).sum::<i64>();
        // Both are far below 2⁵³: the quotient is the double nearest to the share.
        let share = |v: T| seconds(v) as f64 / length as f64;
        if share(T::T) >= proof {
            T::T
        } else if seconds(T::F) == length || (share(T::F) >= proof && length <= 25 * 3600) {
            T::F
        } else {
            T::U
        }
    }

    /// The stretches of an interval in which it has one value.
    pub(crate) fn stretches(&self, interval: Interval) -> Vec<(Interval, T)> {
        let moments: Vec<i64> = self.moments(interval).into_iter().collect();
        let ends = moments.iter().skip(1).copied().chain([interval.1]);
        moments.iter().zip(ends).map(|(from, to)| ((*from, to), self.at(*from))).collect()
    }

    /// `s`, the beginning.
    pub(crate) fn start(&self) -> i64 {
        self.start
    }
}

/// The notices of the evidence, in order.
pub(crate) fn notices<'w>(known: &Known<'w>) -> Vec<(&'w Record, Interval)> {
    let clock = &known.agreement.clock;
    let all = known.records.iter().filter(|r| !happened(r) && r.message.is_some() && !discounted(r));
    let mut all: Vec<_> = all.filter_map(|r| Some((*r, interval(r, clock)?))).collect();
    all.sort_by(|a, b| (a.1.0, &a.0.id).cmp(&(b.1.0, &b.0.id)));
    all
}

/// What a notice does, and what it is about.
pub(crate) fn effect(record: &Record) -> Option<Effect> {
    record.message.as_ref().map(|m| m.effect)
}

/// Whether a subject is a provision or a clause it stands under.
pub(crate) fn names(subject: &str, provision: &str) -> bool {
    provision == subject
        || provision.starts_with(&format!("{subject}."))
        || provision.starts_with(&format!("{subject}-"))
}

/// Whether a notice concerns a provision.
pub(crate) fn concerns(record: &Record, provision: &Provision) -> bool {
    let subjects = record.message.as_ref().map(|m| m.subject.as_slice()).unwrap_or_default();
    subjects.is_empty() || subjects.iter().any(|s| names(s, &provision.id))
}

/// Who certainly made a notice: those said to have, and no body whose members'
/// votes say that it did not.
pub(crate) fn made_by(record: &Record, when: Interval, agreement: &Agreement) -> BTreeSet<usize> {
    let mut made = said_by(record, when, agreement);
    made.retain(|actor| {
        let body = agreement.actors.get(*actor).and_then(|a| a.body.as_ref());
        record.kind != Kind::Decision || body.is_none_or(|body| rule(agreement, body, record, when) != T::F)
    });
    made
}

/// Who is said to have made a notice: those named; and if only parties and
/// guarantors tell of it, those of them alone whose word it certainly is.
pub(crate) fn said_by(record: &Record, when: Interval, agreement: &Agreement) -> BTreeSet<usize> {
    let named = side(&record.side_a, agreement, when).certain;
    match hearsay(record, when, agreement) {
        Some(theirs) => named.intersection(&theirs).copied().collect(),
        None => named,
    }
}

/// Whose word a notice certainly is, if only parties and guarantors tell of it.
pub(crate) fn hearsay(record: &Record, when: Interval, agreement: &Agreement) -> Option<BTreeSet<usize>> {
    let groups = written(&record.independence_groups);
    let meant: Vec<_> = groups.iter().map(|g| meaning(g, agreement, when, true)).collect();
    let sides: BTreeSet<usize> =
        of_role(agreement, Role::Party).union(&of_role(agreement, Role::Guarantor)).copied().collect();
    let all = !meant.is_empty() && meant.iter().all(|m| !m.anyone().is_disjoint(&sides));
    all.then(|| meant.into_iter().flat_map(|m| m.certain).collect())
}

pub(crate) fn set(actors: ActorSet) -> BTreeSet<usize> {
    actors.iter().collect()
}

/// When a provision binds; `None` if its beginning cannot be placed.
pub(crate) fn force(known: &Known<'_>, provision: &Provision) -> Option<Canvas> {
    let agreement = known.agreement;
    let start = match (provision.duty.deadline(), &provision.force.from) {
        (Some(deadline), _) => deadline.as_second(),
        (None, Ok(from)) => from.as_second(),
        (None, Err(_)) => return None,
    };
    let unplaced = matches!(provision.force.until, Until::Unknown(_));
    let open = if provision.conditions.iter().all(Condition::evaluated) && !unplaced { T::T } else { T::U };
    let mut canvas =
        Canvas { start, end: None, base: vec![((start, FOREVER), open)], over: Vec::new(), hangs: Vec::new() };
    canvas.hangs = provision.conditions.iter().filter_map(|c| met(known, c, provision)).collect();
    let notices: Vec<_> = notices(known).into_iter().filter(|(n, _)| concerns(n, provision)).collect();
    match &provision.force.until {
        Until::Renewable { first, by, together } => {
            let by = set(*by);
            let decided = |n: &Record, when| {
                let made = made_by(n, when, agreement);
                if *together { by.is_subset(&made) } else { !by.is_disjoint(&made) }
            };
            let mut end = first.as_second();
            canvas.base.push(((end, FOREVER), T::U));
            let mut suspended = false;
            for (notice, when) in notices {
                let (m, done) = when;
                if !decided(notice, when) {
                    continue;
                }
                match effect(notice) {
                    Some(Effect::Renewed) => {
                        let until = notice.message.as_ref().and_then(|m| m.until).map(|at| at.as_second());
                        let Some(until) = until.filter(|u| *u > end && *u > m) else {
                            continue;
                        };
                        let from = if m < end { end } else { done };
                        canvas.base.push(((from, until), open));
                        canvas.base.push(((until, FOREVER), T::U));
                        end = until;
                    }
                    Some(Effect::Ended) => {
                        canvas.over.push(((m, done), Some(T::U)));
                        canvas.over.push(((done, FOREVER), Some(T::F)));
                        break;
                    }
                    Some(Effect::Suspended) => {
                        suspended = true;
                        canvas.over.push(((m, done), Some(T::U)));
                        canvas.over.push(((done, FOREVER), Some(T::F)));
                    }
                    Some(Effect::Resumed) if suspended => {
                        suspended = false;
                        canvas.over.push(((m, done), Some(T::U)));
                        canvas.over.push(((done, FOREVER), None));
                    }
                    _ => {}
                }
            }
        }
        until => {
            if let Until::At(end) = until {
                canvas.end = Some(end.as_second());
            }
            let bound = set(provision.bound);
            let guarantors = of_role(agreement, Role::Guarantor);
            let mut in_doubt = false;
            for (notice, when) in notices {
                let by = made_by(notice, when, agreement);
                let tacit = provision.conditions.iter().any(|c| matches!(c.holds, Holds::UnlessNotice(_)));
                if tacit && effect(notice) == Some(Effect::Ended) {
                    continue;
                }
                let weighty = [&bound, &guarantors].into_iter().any(|all| !all.is_empty() && all.is_subset(&by));
                match effect(notice) {
                    Some(Effect::Ended | Effect::Suspended) if weighty => {
                        in_doubt = true;
                        canvas.over.push(((when.0, FOREVER), Some(T::U)));
                    }
                    Some(Effect::Resumed) if weighty && in_doubt => {
                        in_doubt = false;
                        canvas.over.push(((when.1, FOREVER), None));
                    }
                    _ => {}
                }
            }
        }
    }
    if let Some(displaced) = &provision.force.displaced {
        let at = displaced.at.as_second();
        canvas.end = Some(canvas.end.map_or(at, |end| end.min(at)));
    }
    Some(canvas)
}
