//! Phases: stretches of an agreement that begin and end with what happens.

use std::collections::BTreeSet;

use jiff::{Span as Period, Timestamp};

use super::{ActorSet, Anchor, Citation};

/// A stretch of the agreement with a beginning and an end, or something that
/// goes on outside it, such as talks.
#[derive(Clone, Debug)]
pub struct Phase {
    /// `One`.
    pub name: String,
    /// In words.
    pub title: Option<String>,
    /// Where it stands.
    pub citation: Citation,
    /// When it may begin at the earliest.
    pub from: Option<Edge>,
    /// Whether it begins only when those who decide say so: its entry has a
    /// condition, or it has no date at all.
    pub declared: bool,
    /// The gate by which it opens, of the same name, where it opens by one.
    pub gate: Option<usize>,
    /// The phases after whose end it begins.
    pub after: Vec<usize>,
    /// When it ends.
    pub until: Option<Edge>,
    /// How long it lasts.
    pub lasts: Option<Period>,
    /// The phases that must run meanwhile.
    pub during: Vec<usize>,
    /// Who says that it began, is suspended, resumed or ended; nobody if not
    /// said, and then all parties, all guarantors or any monitor.
    pub decided_by: ActorSet,
    /// Whether all of them must.
    pub together: bool,
    /// What it hangs on and nothing evaluates: it is never certain to run.
    pub open: Vec<String>,
    /// The brackets it hangs on.
    pub depends: BTreeSet<usize>,
}

/// A beginning or an end: a date, or what hangs on other things.
#[derive(Clone, Debug)]
pub enum Edge {
    /// At an instant.
    At(Timestamp),
    /// When something has happened.
    After(Anchor),
    /// The words leave it open when.
    Unknown,
}
