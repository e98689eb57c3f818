//! Gates to later phases.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{ActorSet, Citation, Condition, NotEvaluable, Zone};

/// Whose breaches count for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breaches {
    /// Nobody's.
    Nobodys,
    /// Anybody's.
    Anybodys,
    /// Those of these.
    Of(ActorSet),
}

impl Gate {
    /// Whether a day without a reset may still be one with a recorded breach: some
    /// are borne, only pause the count, or are elsewhere or nobody's that resets it.
    #[must_use]
    pub fn bears_breaches(&self) -> bool {
        self.tolerance > 0
            || self.scope.is_some()
            || self.declared_by.is_some()
            || self.resets != Breaches::Anybodys
            || self.pauses != Breaches::Nobodys
    }
}

impl Breaches {
    /// Whether something that these may have done may count.
    #[must_use]
    pub fn may(self, candidates: ActorSet) -> bool {
        match self {
            Self::Nobodys => false,
            Self::Anybodys => true,
            Self::Of(whose) => !candidates.and(whose).is_empty(),
        }
    }

    /// Whether something that one of these did counts, whichever it was.
    #[must_use]
    pub fn must(self, candidates: ActorSet) -> bool {
        match self {
            Self::Nobodys => false,
            Self::Anybodys => true,
            Self::Of(whose) => !candidates.is_empty() && candidates.without(whose).is_empty(),
        }
    }
}

/// A gate to a later phase.
#[derive(Clone, Debug)]
pub struct Gate {
    /// `JIC`.
    pub name: String,
    /// In words.
    pub title: Option<String>,
    /// Where it stands.
    pub citation: Citation,
    /// The clauses named, as written.
    pub clauses: Vec<String>,
    /// The provisions those clauses hold.
    pub provisions: Vec<usize>,
    /// How many consecutive days they must be kept.
    pub days: u32,
    /// From when days count; where that hangs on an event, from when the
    /// agreement binds, and the event is a condition of each day.
    pub from: Option<Timestamp>,
    /// The event from which days count, if they do from one.
    pub since: Option<Condition>,
    /// The ground of which alone breaches count; everywhere if not said.
    pub scope: Option<Zone>,
    /// How many breaches a day are borne without consequence.
    pub tolerance: u32,
    /// Whose breaches let the count begin anew.
    pub resets: Breaches,
    /// Whose breaches only leave their day out of the count.
    pub pauses: Breaches,
    /// By whose decision, instead of any breach, the count begins anew, and
    /// whether it must be that of all of them.
    pub declared_by: Option<(ActorSet, bool)>,
    /// Who must give notice when the days are complete, and whether all of them.
    pub noticed_by: (ActorSet, bool),
    /// All that is said of how days count, as it is written.
    pub rules: Vec<String>,
    /// Whose full access must be on record for a day to count as kept; any
    /// monitor's, body's or verifier's if nobody is named.
    pub verified_by: ActorSet,
    /// Who certifies; nobody if not said.
    pub certified_by: ActorSet,
    /// Whether all of them must.
    pub together: bool,
    /// Why it cannot be evaluated, if it cannot.
    pub not_evaluable: Option<NotEvaluable>,
    /// The brackets it hangs on.
    pub depends: BTreeSet<usize>,
}
