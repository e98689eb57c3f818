//! Gates to later phases.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{ActorSet, Citation, NotEvaluable};

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
    /// From when days count.
    pub from: Option<Timestamp>,
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
