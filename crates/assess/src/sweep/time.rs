//! When a term binds, for every length of it and every deadline at once.
//!
//! Up to its end, and from its deadline on, a term binds as it would if the one came
//! last of all things and the other first: so its life is worked out once, and cut
//! short. Only where decisions move it, it is worked out for each value in
//! question, and where those stand is one more place at which something may change.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use armistice_records::Effect;
use armistice_terms::{Due, Duty, LeverUnit, Moves, Provision, Until};
use jiff::Timestamp;

use super::Axis;
use super::crossing::{Steps, monotone};
use crate::evidence::Notice;
use crate::force::Timeline;
use crate::truth::Truth;
use crate::variant::Variant;

/// The lives of a term under every value in a range.
pub(crate) struct Lives<'v> {
    variant: &'v Variant<'v>,
    told: &'v [&'v Notice],
    axis: Axis,
    standard: f64,
    /// The life of which all others are cut, unless decisions move it.
    whole: Option<Timeline>,
    worked_out: RefCell<HashMap<i64, Option<Rc<Timeline>>>>,
    /// The seconds at which something else begins or ends.
    edges: BTreeSet<i64>,
    known: HashMap<(i64, i64), Steps>,
}

impl<'v> Lives<'v> {
    pub(crate) fn new(variant: &'v Variant<'v>, told: &'v [&'v Notice], axis: Axis, standard: f64) -> Self {
        let decisions: Vec<&Notice> = told.iter().copied().filter(|n| decides(n, variant.provision)).collect();
        let uncut = uncut(variant.provision, axis);
        let line = Timeline::of(&uncut, variant.agreement, told);
        let mut edges: BTreeSet<i64> = line.iter().flat_map(Timeline::stretches).map(|(from, ..)| from).collect();
        for notice in &decisions {
            edges.extend([notice.from, notice.to]);
            edges.extend(notice.until.map(Timestamp::as_second));
        }
        let whole = line.filter(|_| decisions.is_empty());
        let (worked_out, known) = (RefCell::default(), HashMap::new());
        Self { variant, told, axis, standard, whole, worked_out, edges, known }
    }

    /// Whether it bound when something happened, at each value.
    pub(crate) fn during(&mut self, when: (i64, i64)) -> Steps {
        if let Some(known) = self.known.get(&when) {
            return Rc::clone(known);
        }
        let found = self.found(when);
        self.known.insert(when, Rc::clone(&found));
        found
    }

    fn found(&self, (from, until): (i64, i64)) -> Steps {
        let (first, last) = self.axis.range;
        // Between one of these and the next, the later the end the more of the time
        // it bound, and the later the deadline the less.
        let mut ends: BTreeSet<i64> = BTreeSet::from([first]);
        for second in self.edges.iter().copied().chain([from, until]) {
            for at in [self.reaching(second), self.reaching(second.saturating_add(1))].into_iter().flatten() {
                ends.extend((at > first && at <= last).then_some(at));
            }
        }
        let mut steps: Vec<(i64, Truth)> = Vec::new();
        let nexts = ends.iter().skip(1).map(|next| next - 1).chain([last]);
        for (begins, ends) in ends.iter().zip(nexts) {
            for (at, truth) in monotone((*begins, ends), |value| self.truth(value, (from, until))) {
                if steps.last().is_none_or(|(_, before)| *before != truth) {
                    steps.push((at, truth));
                }
            }
        }
        Rc::from(steps)
    }

    /// The second at which it ends, or is due, at a value.
    fn second(&self, value: i64) -> Option<i64> {
        moved(self.variant, self.axis, value).map(Timestamp::as_second)
    }

    /// The first value in the range at which it ends, or is due, no earlier than at a
    /// second.
    fn reaching(&self, second: i64) -> Option<i64> {
        let (first, last) = self.axis.range;
        // What is beyond the calendar is later than anything.
        let reaches = |value: i64| self.second(value).is_none_or(|at| at >= second);
        if reaches(first) {
            return Some(first);
        }
        super::crossing::flip((first, last), reaches)
    }

    fn truth(&self, value: i64, (from, until): (i64, i64)) -> Truth {
        let probably = |line: &Timeline| line.probably(from, until, self.standard).0;
        match (&self.whole, self.second(value)) {
            (Some(whole), Some(at)) => probably(&match self.axis.moves {
                Moves::Deadline(_) => whole.begun(at),
                // Without a renewal, nobody knows.
                _ if matches!(self.variant.provision.force.until, Until::Renewable { .. }) => {
                    whole.ended_no_later(at, Truth::Unknown)
                }
                _ => whole.ended_no_later(at, Truth::False),
            }),
            _ => {
                let mut known = self.worked_out.borrow_mut();
                let line = known.entry(value).or_insert_with(|| {
                    let provision = self.second(value).map(|at| with(self.variant.provision, self.axis, at));
                    let provision = provision.unwrap_or_else(|| self.variant.provision.clone());
                    Timeline::of(&provision, self.variant.agreement, self.told).map(Rc::new)
                });
                line.as_deref().map_or(Truth::Unknown, probably)
            }
        }
    }
}

/// When it ends, or is due, at a value.
fn moved(variant: &Variant<'_>, axis: Axis, value: i64) -> Option<Timestamp> {
    match axis.unit {
        LeverUnit::Moment { .. } => axis.unit.deadline(value),
        unit => {
            let from = variant.provision.force.from.as_ref().ok()?;
            variant.agreement.clock.add(*from, unit.period(value)?)
        }
    }
}

/// The provision with another end or deadline.
fn with(provision: &Provision, axis: Axis, second: i64) -> Provision {
    let mut provision = provision.clone();
    let Ok(at) = Timestamp::from_second(second) else {
        return provision;
    };
    match axis.moves {
        Moves::Deadline(_) => match &mut provision.duty {
            Duty::WithdrawBy { deadline, .. } => *deadline = Some(at),
            Duty::Deed(deed) => deed.due = Due::By(at),
            Duty::Limit(limit) => limit.deadline = Some(at),
            _ => {}
        },
        _ => match &mut provision.force.until {
            Until::At(end) | Until::Renewable { first: end, .. } => *end = at,
            Until::Open | Until::Unknown(_) => {}
        },
    }
    provision
}

/// The provision without its end, or due before all else.
fn uncut(provision: &Provision, axis: Axis) -> Provision {
    let mut open = provision.clone();
    match axis.moves {
        Moves::Deadline(_) => {
            let first = axis.unit.deadline(axis.range.0).map_or(i64::MIN, Timestamp::as_second);
            open = with(provision, axis, first);
        }
        _ => open.force.until = Until::Open,
    }
    open
}

/// Whether a notice may move the life of a provision.
fn decides(notice: &Notice, provision: &Provision) -> bool {
    let decides = matches!(
        notice.effect,
        Effect::Renewed | Effect::Proposed | Effect::Ended | Effect::Suspended | Effect::Resumed
    );
    decides && notice.concerns(&provision.id)
}
