//! What is to be done again and again: period by period.

use armistice_terms::{Clock, Recurring};
use jiff::Timestamp;

use crate::truth::Truth;

/// The periods of a deed, from its beginning on.
#[derive(Clone, Debug)]
pub(crate) struct Periods {
    often: Recurring,
    begins: Timestamp,
    clock: Clock,
}

impl Periods {
    pub(crate) fn new(often: Recurring, begins: Timestamp, clock: &Clock) -> Self {
        Self { often, begins, clock: clock.clone() }
    }

    /// The periods that meet a stretch of time, in order.
    pub(crate) fn meeting(&self, (from, until): (i64, i64)) -> Vec<(i64, i64)> {
        let first = Timestamp::from_second(from).ok().and_then(|at| self.often.number(self.begins, at, &self.clock));
        let mut met = Vec::new();
        for n in first.unwrap_or(0).. {
            let edge = |n: i32| self.often.begins(self.begins, n, &self.clock).map(Timestamp::as_second);
            match (edge(n), n.checked_add(1).and_then(edge)) {
                (Some(begins), Some(ends)) if begins < until => met.push((begins, ends)),
                _ => break,
            }
        }
        met.retain(|(begins, ends)| *ends > from && begins < ends);
        met
    }

    /// Whether something that was found not done over a stretch of time says so of
    /// a whole period: not of one that still ran, and of one of two, nobody knows
    /// of which.
    pub(crate) fn left_out(&self, (from, until): (i64, i64)) -> Truth {
        let met = self.meeting((from, until));
        if met.iter().any(|(begins, ends)| *begins >= from && *ends <= until) {
            Truth::True
        } else if met.len() > 1 {
            Truth::Unknown
        } else {
            Truth::False
        }
    }
}
