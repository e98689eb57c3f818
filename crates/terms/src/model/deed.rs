//! What a party must do, where records do not count or measure it.

use jiff::Timestamp;

use super::Recurring;

/// Something to be done, by a time or all the while: to release the detainees,
/// to begin the withdrawal, to keep a road open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// The verb.
    pub verb: String,
    /// As it is written, verb and all.
    pub words: String,
    /// When it is due.
    pub due: Due,
}

/// When a deed is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Once, by this instant.
    By(Timestamp),
    /// Once, by a moment that hangs on what happens: a condition says which.
    Awaited,
    /// All the while.
    Always,
    /// Once in every period.
    Every(Recurring),
}

impl Deed {
    /// The verbs of deeds. What is counted, and what people judge, is no deed.
    const VERBS: &[&str] = &[
        "allow",
        "begin",
        "certify",
        "clear mines",
        "complete",
        "deliver",
        "deploy",
        "disband",
        "extend",
        "hand over",
        "inspect",
        "lay down",
        "leave",
        "meet",
        "notify",
        "open",
        "provide",
        "redeploy",
        "release",
        "report",
        "restore",
        "set up",
        "share",
        "stop",
        "store",
        "train",
        "withdraw from",
    ];

    /// Those of them that can be done all the while. The others are done once,
    /// and without a time to do them by nobody can say that they are overdue.
    const LASTING: &[&str] =
        &["allow", "certify", "deliver", "inspect", "notify", "open", "provide", "report", "share", "stop"];

    /// Whether what a verb says can be done all the while.
    #[must_use]
    pub fn lasts(verb: &str) -> bool {
        Self::LASTING.contains(&verb)
    }

    /// Whether it is to say something: then the notice on record is the deed
    /// itself.
    #[must_use]
    pub fn is_said(&self) -> bool {
        matches!(self.verb.as_str(), "notify" | "report" | "certify")
    }

    /// The length of time in every one of which it is to be done, if it is.
    #[must_use]
    pub const fn recurs(&self) -> Option<Recurring> {
        match self.due {
            Due::Every(often) => Some(often),
            _ => None,
        }
    }

    /// Whether a verb is that of a deed.
    #[must_use]
    pub fn has_verb(verb: &str) -> bool {
        Self::VERBS.contains(&verb)
    }
}
