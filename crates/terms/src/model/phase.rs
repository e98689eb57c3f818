//! Phases: stretches of an agreement that begin and end with what happens.

use std::collections::BTreeSet;

use jiff::{Span as Period, Timestamp};

use super::{ActorSet, Anchor, Citation, Clauses, Event};

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
    /// When it lapses, for want of what.
    pub lapses: Vec<Lapse>,
    /// Whether the notices that it ended are by whose decision it lapses.
    pub lapses_by_decision: bool,
    /// While what it stands still.
    pub stands_still: Vec<Standstill>,
    /// The phase that runs once it has lapsed, or while it stands still.
    pub falls_back_to: Option<usize>,
    /// The phases that fall back to it; it begins by that alone.
    pub back_from: Vec<usize>,
    /// What it hangs on and nothing evaluates: it is never certain to run.
    pub open: Vec<String>,
    /// The brackets it hangs on.
    pub depends: BTreeSet<usize>,
}

/// A phase lapses at a moment unless something has come before.
#[derive(Clone, Debug)]
pub struct Lapse {
    /// What has to have come.
    pub unless: Event,
    /// By when.
    pub by: Timestamp,
}

/// What lets a phase stand still.
#[derive(Clone, Debug)]
pub enum Standstill {
    /// While one of some clauses is not kept.
    NotKept(Clauses),
    /// While a phase runs.
    During(usize),
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
