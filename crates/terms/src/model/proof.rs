//! What a provision asks of those who tell of a breach.

use super::ActorSet;

/// What it takes for a record to prove a breach, besides being believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// So many origins, none of them a party's.
    Sources(u32),
    /// One of these tells of it.
    By(ActorSet),
    /// It is told in one of these ways.
    Ways(Vec<Way>),
}

/// A way of telling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Reports of something that happened.
    Incidents,
    /// Somebody saw a force or a weapon.
    Sightings,
    /// A site or a stock was looked at on purpose.
    Inspections,
}

impl Way {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Incidents => "incidents",
            Self::Sightings => "sightings",
            Self::Inspections => "inspections",
        }
    }

    /// All of them.
    pub const ALL: [Self; 3] = [Self::Incidents, Self::Sightings, Self::Inspections];
}
