//! Exchanges: so many of one thing for so many of another.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{ActorSet, Citation, NotEvaluable, What};

/// One side's share of an exchange.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// How many at a time.
    pub number: u32,
    /// Of what.
    pub what: What,
    /// By whom they are released.
    pub by: ActorSet,
}

/// An exchange: `30 detainees for each of 33 hostages`.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The clause it stands in, by which records name it.
    pub name: String,
    /// As it is written.
    pub words: String,
    /// Where it stands.
    pub citation: Citation,
    /// What is given, and what for it: the one is owed by those whom the text
    /// names so, the other by those to whom it is owed.
    pub shares: Option<[Share; 2]>,
    /// How many of the second there are to be in all.
    pub total: Option<u32>,
    /// From when what is released counts.
    pub from: Option<Timestamp>,
    /// By when all is due.
    pub by: Option<Timestamp>,
    /// Which of the two comes first, if the text says.
    pub first: Option<usize>,
    /// Why it cannot be evaluated, if it cannot.
    pub not_evaluable: Option<NotEvaluable>,
    /// The brackets it hangs on.
    pub depends: BTreeSet<usize>,
}
