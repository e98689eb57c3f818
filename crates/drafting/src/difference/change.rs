//! One change of meaning, and what it does to whom.

use std::collections::BTreeSet;

use armistice_geodesy::Metres;
use jiff::Timestamp;

/// Something that is otherwise in one text than in the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What of a thing changed.
    pub aspect: Aspect,
    /// How.
    pub how: How,
    /// Whether it binds more or less, where that is certain whatever else
    /// changed beside it.
    pub effect: Option<Effect>,
    /// Those it binds more or less.
    pub whom: Vec<String>,
    /// The declared thing through which it came about, if the term's own words
    /// did not change: a class of weapons, a place, a moment.
    pub through: Option<String>,
    /// Under which readings, if not under all.
    pub under: Vec<Under>,
}

/// What of a thing can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// The day of signature.
    Signed,
    /// The time zone of its hours.
    Zone,
    /// When its days begin.
    DayStart,
    /// How sure a judgement of place must be.
    Standard,
    /// What somebody is to the agreement.
    Role,
    /// A name in the records.
    Name,
    /// Who speaks for somebody.
    Voice,
    /// Who answers for somebody.
    Guarantor,
    /// By when those must accept who would be bound.
    AcceptBy,
    /// Who keeps the list of who somebody is.
    Lister,
    /// From when somebody is bound.
    Accepted,
    /// When somebody ceased to be bound.
    Withdrew,
    /// Who sits in a body.
    Member,
    /// How a body decides.
    DecidesBy,
    /// How many of a body must take part.
    Quorum,
    /// What a body determines.
    Determines,
    /// To whom a body hands on.
    RefersTo,
    /// When a moment is.
    Moment,
    /// The shape of a place.
    Shape,
    /// How well a place is known.
    GoodTo,
    /// The items of a class of weapons.
    Weapons,
    /// What is said of a weapon system.
    System,
    /// Who is bound.
    Bound,
    /// What is demanded, as a whole.
    Act,
    /// Whom an attack must not be on.
    Target,
    /// What must be kept out.
    Forces,
    /// How far it must be kept away.
    Distance,
    /// The ground meant.
    Ground,
    /// The last instant to be done.
    Deadline,
    /// When a term begins to bind.
    Begins,
    /// When it ceases to bind.
    Ends,
    /// What is not forbidden after all.
    Exception,
    /// Who verifies.
    Verifier,
    /// A condition that nothing judges.
    Condition,
    /// What informs and changes no judgement.
    Remark,
    /// Whether records can decide it.
    Decidable,
    /// How the days of a gate count.
    Rules,
    /// The clauses that a gate waits for.
    Clauses,
    /// For how many days in a row.
    Days,
    /// Who certifies.
    Certifier,
    /// What is written and evaluated by nothing.
    Written,
    /// What a word means.
    Meaning,
    /// On what a moment hangs.
    HangsOn,
    /// Who holds a declared stock.
    Holder,
    /// What a declared stock holds.
    Holding,
    /// Where it is stored.
    Stored,
    /// Under whose seal it is stored.
    Sealed,
    /// So many of what for so many of what.
    Ratio,
    /// By whom an exchange is owed.
    OwedBy,
    /// To whom it is owed.
    OwedTo,
    /// Who is first to release.
    First,
    /// How a phase begins.
    PhaseBegins,
    /// How a phase ends.
    PhaseEnds,
    /// Who says that a phase began, rests or ended.
    PhaseToldBy,
    /// What must run meanwhile.
    PhaseWhile,
    /// What lets a phase stand still.
    PhaseRests,
    /// What a phase falls back to.
    PhaseFallsBack,
    /// From when a document is in force.
    InForce,
    /// Why a document is not public.
    NotPublic,
    /// Which language decides.
    Authentic,
    /// Where it was published.
    Published,
    /// How a document stands to others.
    Relation,
    /// How many.
    Number,
    /// What takes a provision's place.
    Displaced,
}

/// How something changed.
#[derive(Clone, Debug, PartialEq)]
pub enum How {
    /// It was not there.
    Added(String),
    /// It is gone.
    Dropped(String),
    /// From these words to those: whatever has no finer way to be told.
    Words {
        /// The old.
        old: String,
        /// The new.
        new: String,
    },
    /// A length of ground.
    Length {
        /// The old.
        old: Metres,
        /// The new.
        new: Metres,
    },
    /// An instant.
    Time {
        /// The old.
        old: Timestamp,
        /// The new.
        new: Timestamp,
    },
    /// A number of days.
    Count {
        /// The old.
        old: u32,
        /// The new.
        new: u32,
    },
    /// The course or outline of a place moved; by as much as this at its
    /// farthest, where both are lines or points.
    Moved(Option<Metres>),
}

/// Whether a change binds more or less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// More is demanded or forbidden.
    Stricter,
    /// Less is.
    Looser,
}

/// A reading of both texts: the sources followed in questions that both leave
/// open, and in those that only one of them does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Under {
    /// In both.
    pub both: Vec<String>,
    /// In the old text.
    pub old: Vec<String>,
    /// In the new text.
    pub new: Vec<String>,
}

impl Change {
    pub(super) fn new(aspect: Aspect, how: How) -> Self {
        Self { aspect, how, effect: None, whom: Vec::new(), through: None, under: Vec::new() }
    }

    pub(super) fn words(aspect: Aspect, old: impl Into<String>, new: impl Into<String>) -> Self {
        Self::new(aspect, How::Words { old: old.into(), new: new.into() })
    }

    /// The same with an effect, if it is known.
    pub(super) fn with(mut self, effect: Option<Effect>) -> Self {
        self.effect = effect;
        self
    }

    /// The change from the new text back to the old.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        let how = match self.how.clone() {
            How::Added(what) => How::Dropped(what),
            How::Dropped(what) => How::Added(what),
            How::Words { old, new } => How::Words { old: new, new: old },
            How::Length { old, new } => How::Length { old: new, new: old },
            How::Time { old, new } => How::Time { old: new, new: old },
            How::Count { old, new } => How::Count { old: new, new: old },
            How::Moved(by) => How::Moved(by),
        };
        let under = self.under.iter().map(|u| Under { both: u.both.clone(), old: u.new.clone(), new: u.old.clone() });
        let effect = self.effect.map(Effect::opposite);
        Self { how, effect, under: under.collect(), ..self.clone() }
    }
}

impl Effect {
    /// The other one.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Stricter => Self::Looser,
            Self::Looser => Self::Stricter,
        }
    }

    /// Stricter if so, looser if not.
    pub(super) const fn stricter_if(so: bool) -> Self {
        if so { Self::Stricter } else { Self::Looser }
    }
}

/// What was added to a set and what was dropped from it, in order; additions
/// have the given effect and omissions the opposite one.
pub(super) fn set(
    aspect: Aspect,
    old: &BTreeSet<String>,
    new: &BTreeSet<String>,
    added: Option<Effect>,
) -> Vec<Change> {
    let gained = new.difference(old).map(|x| Change::new(aspect, How::Added(x.clone())).with(added));
    let lost = old.difference(new).map(|x| Change::new(aspect, How::Dropped(x.clone())));
    gained.chain(lost.map(|change| change.with(added.map(Effect::opposite)))).collect()
}
