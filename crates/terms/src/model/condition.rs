//! What a provision hangs on besides dates: what others do, and what is found.

use jiff::{Span as Period, Timestamp};

use super::{ActorSet, Clock};

/// Something a provision hangs on. Before it is met, or where nobody can say
/// whether it is, no record is found in breach.
#[derive(Clone, Debug)]
pub struct Condition {
    /// As it is written.
    pub words: String,
    /// How it is decided.
    pub holds: Holds,
}

/// How a condition is decided, from what is on record.
#[derive(Clone, Debug)]
pub enum Holds {
    /// Nothing decides it yet.
    NotEvaluated,
    /// From when something has happened on.
    Since(Anchor),
    /// Until something has happened.
    Until(Anchor),
    /// From when other clauses are begun, with so much time to follow.
    Alongside(Clauses, Option<Period>),
    /// From when other clauses are done, which are done in return.
    InReturn(Clauses),
    /// As far as other clauses go: it is to be the same distance.
    AsFar(Clauses),
    /// While other clauses are found kept.
    WhileKept(Clauses),
    /// For one length of time after another, unless notice is given.
    UnlessNotice(Tacit),
    /// While a phase runs: an index into [`Agreement::phases`](super::Agreement::phases).
    During(usize),
    /// Until a text that prevails speaks of the same.
    GivesWay(GivesWay),
}

/// How a term gives way to one of a text that prevails, but not for good: where
/// nothing is certain of it, nobody knows from when the other's text counts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivesWay {
    /// From when the other's text counts; none where that cannot be placed, and
    /// nothing is known at all.
    pub from: Option<Timestamp>,
    /// Until when it certainly takes the place of this one, if it does.
    pub certain_until: Option<Timestamp>,
}

/// A term that runs on by itself.
#[derive(Clone, Debug)]
pub struct Tacit {
    /// From when its lengths are counted.
    pub begins: Timestamp,
    /// How long each lasts.
    pub each: Period,
    /// How long before the end of one notice must be given.
    pub notice: Period,
    /// Those of whom one may give it.
    pub by: ActorSet,
}

/// A moment that hangs on what happens: an event, and lengths of time from it.
#[derive(Clone, Debug)]
pub struct Anchor {
    /// What has to happen.
    pub event: Event,
    /// What is added to it, in order.
    pub plus: Vec<Period>,
}

/// Something that happens once, and is known only from records.
#[derive(Clone, Debug)]
pub enum Event {
    /// All of some clauses are done.
    Completed(Clauses),
    /// A gate opens: an index into [`Agreement::gates`](super::Agreement::gates).
    Opened(usize),
    /// A phase begins: an index into [`Agreement::phases`](super::Agreement::phases).
    Began(usize),
    /// A phase ends.
    Ended(usize),
}

/// Clauses that another term names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clauses {
    /// As written.
    pub ids: Vec<String>,
    /// The provisions they hold.
    pub provisions: Vec<usize>,
}

impl Tacit {
    /// More ends than this no term has.
    const MOST: i64 = 10_000;

    /// The end of the first length for which notice is in time if it is given by
    /// an instant; `None` where the calendar has no such end.
    #[must_use]
    pub fn end_after(&self, given: Timestamp, clock: &Clock) -> Option<Timestamp> {
        for count in 1..=Self::MOST {
            let end = clock.add(self.begins, self.each.checked_mul(count).ok()?)?;
            if clock.add(end, -self.notice)? >= given {
                return Some(end);
            }
        }
        None
    }
}

impl Clauses {
    /// `2 and 3.a`.
    #[must_use]
    pub fn words(&self) -> String {
        self.ids.join(" and ")
    }
}

impl Condition {
    /// Whether anything on record can decide it.
    #[must_use]
    pub const fn evaluated(&self) -> bool {
        !matches!(self.holds, Holds::NotEvaluated)
    }
}

impl std::fmt::Display for Condition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.words)
    }
}
