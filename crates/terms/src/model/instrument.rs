//! The documents that an agreement is made of, and how one stands to another.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A further document of an agreement: annex, addendum, order, side letter.
#[derive(Clone, Debug)]
pub struct Instrument {
    /// `Nairobi`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// In which clock its hours run, if not in the agreement's.
    pub zone: Option<TimeZone>,
    /// The moment of signature; of a day, its beginning.
    pub signed: Option<Timestamp>,
    /// From when it is in force: as it says, else from its signature.
    pub in_force: Option<Timestamp>,
    /// Why its text is not public, if it is not.
    pub not_public: Option<String>,
    /// Which of its languages decides, as it is written.
    pub authentic: Option<String>,
    /// Where it was published, as it is written.
    pub published: Option<String>,
    /// How it stands to others.
    pub relations: Vec<Relation>,
    /// The brackets it hangs on.
    pub depends: BTreeSet<usize>,
}

/// How an instrument stands to another, or to a clause of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// How.
    pub how: How,
    /// The instruments and clauses named, as written.
    pub what: Vec<String>,
}

/// How an instrument stands to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It changes them; what ceases, its provisions say themselves.
    Amends,
    /// They cease when it enters into force.
    Supersedes,
    /// They do not bind from its entry into force on.
    Suspends,
    /// Where both speak of the same, it is what counts.
    PrevailsOver,
}

impl How {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Amends, Self::Supersedes, Self::Suspends, Self::PrevailsOver];

    /// The clause's words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Amends => "amends",
            Self::Supersedes => "supersedes",
            Self::Suspends => "suspends",
            Self::PrevailsOver => "prevails over",
        }
    }
}

/// What takes a provision's place, or takes it away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Displaced {
    /// From when it binds no longer.
    pub at: Timestamp,
    /// By what, in words: `superseded by Nairobi`.
    pub by: String,
}
