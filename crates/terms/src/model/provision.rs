//! One provision, and where it stands in the instrument.

use std::collections::BTreeSet;
use std::sync::Arc;

use armistice_syntax::Span;

use super::{ActorSet, Condition, Duty, Force, Persistent, Proof, Step};

/// Where a provision stands in the instrument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The clause's number, if its heading has one.
    pub clause: Option<String>,
    /// The clause's heading.
    pub title: String,
    /// The instrument's own words, or what is known of them.
    pub quoted: Arc<str>,
    /// The term's bytes in the agreement file.
    pub span: Span,
    /// The line the term begins on, counted from 1.
    pub line: usize,
}

/// One duty, prohibition or permission.
#[derive(Clone, Debug)]
pub struct Provision {
    /// `3.a`; a second provision of the clause is `3.a-2`.
    pub id: String,
    /// Where it stands.
    pub citation: Citation,
    /// The instrument it belongs to, by index; none if to the agreement itself.
    pub instrument: Option<usize>,
    /// The term as written, brackets and all, on one line.
    pub words: String,
    /// What is demanded, in words, under this reading: `must allow aid`. Empty
    /// where the text is not public.
    pub act: String,
    /// Who is bound.
    pub bound: ActorSet,
    /// What is demanded.
    pub duty: Duty,
    /// When it binds.
    pub force: Force,
    /// What it does not forbid.
    pub exceptions: Vec<Exception>,
    /// Who is to verify it.
    pub verified_by: ActorSet,
    /// Who certifies that it is done; nobody if not said.
    pub certified_by: ActorSet,
    /// Whether all of them must.
    pub certified_together: bool,
    /// What it hangs on besides dates.
    pub conditions: Vec<Condition>,
    /// What it asks of those who tell of a breach; all of it.
    pub proof: Vec<Proof>,
    /// Its own standard of proof, if it sets one.
    pub standard_of_proof: Option<f64>,
    /// Clauses that inform and change no judgement.
    pub remarks: Vec<String>,
    /// For how long a breach can be made good, if that is said.
    pub cure: Option<jiff::Span>,
    /// When its breaches are persistent, if that is said.
    pub persistent: Option<Persistent>,
    /// What the text says a breach brings with it; whether it follows is for
    /// people.
    pub consequences: Vec<String>,
    /// The brackets it hangs on, through everything it names.
    pub depends: BTreeSet<usize>,
}

/// An exception to a provision. It never deletes a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exception {
    /// Self-defence, with the limit the text sets.
    SelfDefence(Option<String>),
    /// Acts against these actors.
    Against(ActorSet),
    /// What must have come before, in order.
    Steps(Vec<Step>),
    /// Something only people can judge.
    ForPeople(String),
}
