//! What a provision demands.

use armistice_geodesy::Metres;
use jiff::Timestamp;

use crate::weapons::Weapon;

use super::{ActorSet, Conduct, Deed, Due, ForPeople, Forces, Height, Limit, Region, Zone};

/// What a provision demands.
#[derive(Clone, Debug)]
pub enum Duty {
    /// Not to do something, or to prevent others from doing it.
    Forbid(Forbid),
    /// So many of what, and no more or no fewer.
    Limit(Limit),
    /// Forces or weapons must not be in a zone while it binds.
    StandOff {
        /// What must not be there.
        what: Forces,
        /// Where.
        zone: Zone,
    },
    /// Forces or weapons must be out of a zone by a time, and stay out.
    WithdrawBy {
        /// What must leave.
        what: Forces,
        /// Where from.
        zone: Zone,
        /// The last instant to be done; none where it hangs on what happens,
        /// which is then a condition.
        deadline: Option<Timestamp>,
    },
    /// Something to be done, that is found done or not.
    Deed(Deed),
    /// Something that only people can judge.
    ForPeople(ForPeople),
    /// Nothing a record can decide, and why.
    NotEvaluable(NotEvaluable),
}

/// Something not to be done.
#[derive(Clone, Debug)]
pub struct Forbid {
    /// What.
    pub conduct: Conduct,
    /// Who must be prevented from it; those bound themselves if not said.
    pub by: Option<ActorSet>,
    /// On whom.
    pub on: Target,
    /// Where; anywhere if not said.
    pub within: Option<Zone>,
    /// With what; anything if not said.
    pub with: Option<Forces>,
    /// How high; at any height if not said.
    pub height: Option<Height>,
}

/// Whom an act must not be on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The bound parties, each on the others.
    EachOther,
    /// These actors.
    Actors(ActorSet),
    /// Civilians.
    Civilians,
    /// Anyone at all.
    Anyone,
}

/// Why no record could ever decide a term.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NotEvaluable {
    /// The text exists and is not public.
    TextNotPublic(String),
    /// The text leaves the thing undefined.
    Undefined(String),
    /// It demands nothing, and so nobody can breach it.
    Permits(String),
    /// Only people can judge it.
    ForPeople(String),
    /// The language says it; nothing evaluates it yet.
    NotYet(String),
}

impl std::fmt::Display for NotEvaluable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TextNotPublic(why) if why.is_empty() => write!(f, "its text is not public"),
            Self::TextNotPublic(why) => write!(f, "its text is not public: {why}"),
            Self::Undefined(what) => write!(f, "{what}"),
            Self::Permits(what) => write!(f, "{what} demands nothing: nobody can breach it"),
            Self::ForPeople(what) => write!(f, "only people can judge it: {what}"),
            Self::NotYet(what) => write!(f, "{what} is not evaluated yet"),
        }
    }
}

impl Duty {
    /// The ground it speaks of; none if it holds anywhere.
    #[must_use]
    pub const fn zone(&self) -> Option<&Zone> {
        match self {
            Self::Forbid(forbid) => forbid.within.as_ref(),
            Self::Limit(limit) => limit.within.as_ref(),
            Self::StandOff { zone, .. } | Self::WithdrawBy { zone, .. } => Some(zone),
            Self::Deed(_) | Self::ForPeople(_) | Self::NotEvaluable(_) => None,
        }
    }

    /// How far back it is, where that is said as one distance.
    #[must_use]
    pub fn distance(&self) -> Option<Metres> {
        let zone = match self {
            Self::StandOff { zone, .. } | Self::WithdrawBy { zone, .. } if zone.perhaps.is_none() => zone,
            _ => return None,
        };
        match zone.region {
            Region::Within(far) | Region::WithinOnSide(far, _) | Region::NotBeyond(far, _) => {
                (far > Metres::ZERO).then_some(far)
            }
            Region::WithinRange | Region::Inside | Region::Outside => None,
        }
    }

    /// The forces or weapons it speaks of; none if any will do.
    #[must_use]
    pub const fn forces(&self) -> Option<&Forces> {
        match self {
            Self::StandOff { what, .. } | Self::WithdrawBy { what, .. } => Some(what),
            Self::Forbid(forbid) => forbid.with.as_ref(),
            Self::Limit(_) | Self::Deed(_) | Self::ForPeople(_) | Self::NotEvaluable(_) => None,
        }
    }

    /// The weapons it speaks of or counts; none if any will do, or it counts
    /// other things.
    #[must_use]
    pub fn class(&self) -> &[Weapon] {
        match self {
            Self::Limit(limit) => &limit.what.weapons,
            other => other.forces().and_then(|forces| forces.weapons.as_deref()).unwrap_or_default(),
        }
    }

    /// What it forbids, if it forbids to do something.
    #[must_use]
    pub const fn forbids(&self) -> Option<&Forbid> {
        match self {
            Self::Forbid(forbid) => Some(forbid),
            _ => None,
        }
    }

    /// The number it sets, if it sets one.
    #[must_use]
    pub const fn limits(&self) -> Option<&Limit> {
        match self {
            Self::Limit(limit) => Some(limit),
            _ => None,
        }
    }

    /// Why no record could ever decide it, if none could.
    #[must_use]
    pub const fn not_evaluable(&self) -> Option<&NotEvaluable> {
        match self {
            Self::NotEvaluable(why) => Some(why),
            _ => None,
        }
    }

    /// What is to be done, if that is what it demands.
    #[must_use]
    pub const fn deed(&self) -> Option<&Deed> {
        match self {
            Self::Deed(deed) => Some(deed),
            _ => None,
        }
    }

    /// What only people can judge of it, if it is theirs to judge.
    #[must_use]
    pub const fn for_people(&self) -> Option<&ForPeople> {
        match self {
            Self::ForPeople(what) => Some(what),
            _ => None,
        }
    }

    /// Whether records can decide it.
    #[must_use]
    pub const fn is_judged(&self) -> bool {
        !matches!(self, Self::ForPeople(_) | Self::NotEvaluable(_))
    }

    /// The last instant to be done with it, of a duty that has one: no record of
    /// an earlier time can breach it.
    #[must_use]
    pub const fn deadline(&self) -> Option<Timestamp> {
        match self {
            Self::WithdrawBy { deadline, .. } => *deadline,
            Self::Deed(Deed { due: Due::By(deadline), .. }) => Some(*deadline),
            Self::Limit(limit) => limit.deadline,
            _ => None,
        }
    }

    /// Whether it is to be done by a time, and is not due before.
    #[must_use]
    pub const fn has_deadline(&self) -> bool {
        match self {
            Self::WithdrawBy { .. } | Self::Deed(Deed { due: Due::By(_) | Due::Awaited, .. }) => true,
            Self::Limit(limit) => limit.due,
            _ => false,
        }
    }
}
