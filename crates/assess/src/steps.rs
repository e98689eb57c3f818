//! Functions of time with three values, constant from step to step.

use std::collections::BTreeSet;

use armistice_terms::Clock;
use jiff::{Span as Period, Timestamp};

use crate::truth::Truth;

/// A function of time with three values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Steps {
    /// The value before the first step.
    before: Truth,
    /// From each second on, the value; ascending.
    steps: Vec<(i64, Truth)>,
    /// The records it rests on, by id.
    pub(crate) by: BTreeSet<String>,
}

impl Steps {
    pub(crate) const fn constant(value: Truth) -> Self {
        Self { before: value, steps: Vec::new(), by: BTreeSet::new() }
    }

    /// Not so before an instant, and so from it on.
    pub(crate) fn since(at: i64) -> Self {
        Self { steps: vec![(at, Truth::True)], ..Self::constant(Truth::False) }
    }

    /// Lets it have a value from an instant on.
    pub(crate) fn from(&mut self, at: i64, value: Truth) {
        self.steps.retain(|(step, _)| *step < at);
        self.steps.push((at, value));
    }

    /// Lets it have a value before an instant.
    pub(crate) fn until(&mut self, at: i64, value: Truth) {
        let then = self.at(at);
        self.steps.retain(|(step, _)| *step > at);
        self.steps.insert(0, (at, then));
        self.before = value;
    }

    pub(crate) fn at(&self, t: i64) -> Truth {
        let passed = self.steps.partition_point(|(step, _)| *step <= t);
        passed.checked_sub(1).and_then(|last| self.steps.get(last)).map_or(self.before, |(_, value)| *value)
    }

    /// What it is throughout a stretch of time; unknown if that changes.
    pub(crate) fn throughout(&self, from: i64, until: i64) -> Truth {
        let first = self.at(from);
        let within = self.steps.iter().filter(|(at, _)| *at > from && *at < until);
        if within.map(|(_, value)| *value).all(|value| value == first) { first } else { Truth::Unknown }
    }

    /// The seconds at which it may change.
    pub(crate) fn edges(&self) -> impl Iterator<Item = i64> {
        self.steps.iter().map(|(at, _)| *at)
    }

    /// So if both are so.
    pub(crate) fn and(self, other: Self) -> Self {
        self.with(other, Truth::and)
    }

    /// So if either is so.
    pub(crate) fn or(self, other: Self) -> Self {
        self.with(other, Truth::or)
    }

    fn with(self, other: Self, join: impl Fn(Truth, Truth) -> Truth) -> Self {
        let edges: BTreeSet<i64> = self.edges().chain(other.edges()).collect();
        let steps = edges.into_iter().map(|at| (at, join(self.at(at), other.at(at)))).collect();
        let before = join(self.before, other.before);
        Self { before, steps, by: self.by.into_iter().chain(other.by).collect() }
    }

    /// So where it is not, not so where it is.
    pub(crate) fn not(mut self) -> Self {
        self.before = !self.before;
        self.steps.iter_mut().for_each(|(_, value)| *value = !*value);
        self
    }

    /// So from when it first was on; and if it may have been, it may be.
    pub(crate) fn ever(mut self) -> Self {
        let mut most = self.before;
        for (_, value) in &mut self.steps {
            most = most.or(*value);
            *value = most;
        }
        self
    }

    /// The same, so much later on the calendar.
    pub(crate) fn later(mut self, clock: &Clock, by: &[Period]) -> Self {
        let mut value = self.before;
        self.steps.retain(|(_, then)| std::mem::replace(&mut value, *then) != *then);
        let mut reached = i64::MIN;
        for (at, _) in &mut self.steps {
            let moved =
                by.iter().try_fold(Timestamp::from_second(*at).ok(), |at, period| at.map(|at| clock.add(at, *period)));
            // What is beyond the calendar never comes.
            let moved = moved.flatten().map_or(i64::MAX, Timestamp::as_second);
            // Where clocks change, the calendar may turn two moments round.
            reached = reached.max(moved);
            *at = reached;
        }
        self
    }
}

/// What something is between two instants, from each change of it to the next;
/// `edges` are the seconds at which it may change.
pub(crate) fn stretches<S: PartialEq>(
    (from, until): (i64, i64),
    edges: impl Iterator<Item = i64>,
    state: impl Fn(i64) -> S,
) -> Vec<(i64, i64, S)> {
    let edges: BTreeSet<i64> = edges.filter(|at| *at > from && *at < until).collect();
    let mut stretches: Vec<(i64, i64, S)> = Vec::new();
    for at in std::iter::once(from).filter(|at| *at < until).chain(edges) {
        let now = state(at);
        match stretches.last_mut() {
            Some((_, _, before)) if *before == now => continue,
            Some((_, end, _)) => *end = at,
            None => {}
        }
        stretches.push((at, until, now));
    }
    stretches
}
