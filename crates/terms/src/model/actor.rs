//! Who an agreement names, and how records name them.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::Body;

/// A set of actors, by index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorSet(pub u64);

impl ActorSet {
    /// How many actors an agreement may declare.
    pub const MOST: usize = 64;

    /// Nobody.
    pub const NONE: Self = Self(0);

    /// Just this actor; nobody if the index is past [`Self::MOST`].
    #[must_use]
    pub const fn one(index: usize) -> Self {
        if index < Self::MOST { Self(1 << index) } else { Self(0) }
    }

    /// Whether an actor is in it.
    #[must_use]
    pub const fn has(self, index: usize) -> bool {
        self.0 & Self::one(index).0 != 0
    }

    /// Those in either.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Those in this one and not the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether nobody is in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many are in it.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// The indices in it, ascending.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..Self::MOST).filter(move |i| self.has(*i))
    }
}

/// Somebody with a name in the agreement.
#[derive(Clone, Debug)]
pub struct Actor {
    /// `Government`.
    pub name: String,
    /// In words.
    pub description: Option<String>,
    /// What it is to the agreement.
    pub role: Role,
    /// Who answers for it.
    pub guaranteed_by: ActorSet,
    /// How records name it, and who belongs to it.
    pub names: Vec<KnownName>,
    /// Through whom it speaks: what these say is its own word.
    pub voices: Vec<KnownName>,
    /// By when those had to accept who would be bound, where only those are.
    pub opts_in: Option<Timestamp>,
    /// Who says by decision who belongs to it.
    pub listed_by: Option<Listers>,
    /// When its acceptance began to bind it, where the agreement says.
    pub bound_from: Option<Timestamp>,
    /// When it withdrew.
    pub bound_until: Option<Timestamp>,
    /// What is said of it as a body, if it is declared as one.
    pub body: Option<Body>,
    /// The brackets its names hang on.
    pub depends: BTreeSet<usize>,
}

/// Those who keep the list of who an actor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listers {
    /// Who they are.
    pub by: ActorSet,
    /// Whether all of them must decide it.
    pub together: bool,
}

impl Actor {
    /// By when those had to accept who are bound as this actor, where its text says
    /// no more than that: not where it says that they accepted.
    #[must_use]
    pub fn must_accept_by(&self) -> Option<Timestamp> {
        self.opts_in.filter(|_| self.bound_from.is_none())
    }
}

/// What an actor is to an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Bound by it.
    Party,
    /// Answers for a party.
    Guarantor,
    /// Named as outside its protection.
    Excluded,
    /// Named, and neither bound nor excluded.
    Outsider,
    /// Watches.
    Monitor,
}

impl Role {
    /// The statement's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Guarantor => "guarantor",
            Self::Excluded => "excluded",
            Self::Outsider => "outsider",
            Self::Monitor => "monitor",
        }
    }
}

/// A name in the records, and what it tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownName {
    /// As the records write it.
    pub text: String,
    /// Whether the name means the actor, or only may.
    pub certainty: Certainty,
    /// From when the name counts.
    pub from: Option<Timestamp>,
    /// Until when.
    pub until: Option<Timestamp>,
}

/// Whether two names are one, without regard to case, in any script.
#[must_use]
pub fn same_name(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() {
        one.eq_ignore_ascii_case(other)
    } else {
        one.to_lowercase() == other.to_lowercase()
    }
}

/// Whether a name in a record means an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// The name covers others too, or membership is not established.
    Possible,
    /// The name means the actor or a member of it.
    Certain,
}
