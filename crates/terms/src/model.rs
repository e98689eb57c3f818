//! The agreement as understood under one reading: no brackets, no text to
//! look up, every date an instant, every name an index.

use std::collections::BTreeSet;
use std::sync::Arc;

use armistice_geodesy::{Area, Line, Metres, Position, Radius95, Side};
use armistice_syntax::Span;
use jiff::civil::{self, Date};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Span as Period, Timestamp};

use crate::weapons::Weapon;

/// An agreement under one reading of its brackets.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// Its title.
    pub title: String,
    /// The day of signature.
    pub signed: Option<Date>,
    /// In which clock its days and hours run.
    pub clock: Clock,
    /// How sure a judgement of place must be, as a probability above one half.
    pub standard_of_proof: f64,
    /// Declared moments.
    pub moments: Vec<Moment>,
    /// Parties, guarantors, excluded groups and all others with a name.
    pub actors: Vec<Actor>,
    /// Declared lines, areas and points.
    pub places: Vec<Place>,
    /// Declared weapon classes.
    pub weapons: Vec<WeaponClass>,
    /// Everything a party must, must not or may do.
    pub provisions: Vec<Provision>,
    /// Gates to later phases.
    pub gates: Vec<Gate>,
    /// What is written and checked but judged by nothing yet.
    pub unevaluated: Vec<Unevaluated>,
}

impl Agreement {
    /// The actors in a set, in the order of declaration.
    pub fn actors_in(&self, set: ActorSet) -> impl Iterator<Item = &Actor> {
        self.actors.iter().enumerate().filter(move |(i, _)| set.has(*i)).map(|(_, actor)| actor)
    }

    /// `Government, Opposition`.
    #[must_use]
    pub fn names_of(&self, set: ActorSet) -> String {
        self.actors_in(set).map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// The provision with an id.
    #[must_use]
    pub fn provision(&self, id: &str) -> Option<(usize, &Provision)> {
        self.provisions.iter().enumerate().find(|(_, p)| p.id == id)
    }
}

/// Time zone and day boundary of an agreement.
#[derive(Clone, Debug)]
pub struct Clock {
    /// The zone.
    pub zone: TimeZone,
    /// Its name.
    pub zone_name: String,
    /// When a day of the agreement begins.
    pub day_start: civil::Time,
    /// Whether the agreement says so itself.
    pub day_start_declared: bool,
}

impl Clock {
    /// The instant of a wall-clock time; in a gap or fold of the clocks, the
    /// reading `jiff` calls compatible (later in a gap, earlier in a fold).
    #[must_use]
    pub fn instant(&self, local: civil::DateTime) -> Option<Timestamp> {
        self.zone.to_ambiguous_timestamp(local).compatible().ok()
    }

    /// The last instant of a wall-clock time: the later one in a fold.
    #[must_use]
    pub fn last_instant(&self, local: civil::DateTime) -> Option<Timestamp> {
        let found = self.zone.to_ambiguous_timestamp(local);
        match found.offset() {
            AmbiguousOffset::Fold { .. } => found.later().ok(),
            _ => found.compatible().ok(),
        }
    }

    /// When the agreement's day of this date begins.
    #[must_use]
    pub fn day_begins(&self, date: Date) -> Option<Timestamp> {
        self.instant(date.to_datetime(self.day_start))
    }

    /// The agreement's day an instant falls in.
    #[must_use]
    pub fn day_of(&self, at: Timestamp) -> Date {
        let local = self.zone.to_datetime(at);
        if local.time() < self.day_start { local.date().yesterday().unwrap_or(local.date()) } else { local.date() }
    }

    /// Adds calendar time on the wall clock of the zone.
    #[must_use]
    pub fn add(&self, at: Timestamp, period: Period) -> Option<Timestamp> {
        at.to_zoned_datetime(self.zone.clone()).checked_add(period).ok().map(|z| z.timestamp())
    }

    /// `2016-09-12 19:00`, in the zone.
    #[must_use]
    pub fn show(&self, at: Timestamp) -> String {
        self.zone.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string()
    }
}

/// A declared moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// `D`.
    pub name: String,
    /// When it is; of a day, its first instant.
    pub at: Timestamp,
    /// The day, where no hour is written.
    pub day: Option<Date>,
    /// As it is written.
    pub words: String,
}

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
    /// When its acceptance began to bind it, where the agreement says.
    pub bound_from: Option<Timestamp>,
    /// When it withdrew.
    pub bound_until: Option<Timestamp>,
    /// The brackets its names hang on.
    pub depends: BTreeSet<usize>,
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

/// A declared line, area or point.
#[derive(Clone, Debug)]
pub struct Place {
    /// `CastelloRoad`.
    pub name: String,
    /// In words.
    pub description: Option<String>,
    /// Its shape, or why it has none.
    pub shape: Result<Shape, NotEvaluable>,
    /// How well the shape itself is known: a 95 % radius.
    pub good_to: Radius95,
    /// Whether the agreement states `good to`.
    pub good_to_declared: bool,
    /// Where the shape was read from.
    pub source: Option<String>,
    /// The brackets it hangs on.
    pub depends: BTreeSet<usize>,
}

/// The shape of a place.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A line.
    Line(Arc<Line>),
    /// An area.
    Area(Arc<Area>),
    /// A point.
    Point(Position),
    /// All within a distance of another declared place.
    Around(Box<Shape>, Metres),
}

/// A declared class of weapons.
#[derive(Clone, Debug)]
pub struct WeaponClass {
    /// `Heavy`.
    pub name: String,
    /// What is in it.
    pub weapons: Vec<Weapon>,
    /// As it is written, under this reading.
    pub words: String,
    /// The brackets it hangs on.
    pub depends: BTreeSet<usize>,
}

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
    /// The term as written, brackets and all, on one line.
    pub words: String,
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
    /// Conditions that are written and understood but judged by nothing yet;
    /// while there are any, no record can be found in breach.
    pub conditions: Vec<String>,
    /// Clauses that inform and change no judgement.
    pub remarks: Vec<String>,
    /// The brackets it hangs on, through everything it names.
    pub depends: BTreeSet<usize>,
}

/// What a provision demands.
#[derive(Clone, Debug)]
pub enum Duty {
    /// No attack.
    NoAttack {
        /// On whom.
        on: Target,
        /// Where; anywhere if not said.
        within: Option<Zone>,
    },
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
        /// The last instant to be done.
        deadline: Timestamp,
    },
    /// Nothing a record can decide, and why.
    NotEvaluable(NotEvaluable),
}

/// Whom an attack must not be on.
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

/// What is kept out of a zone.
#[derive(Clone, Debug)]
pub struct Forces {
    /// As it is written.
    pub words: String,
    /// Which weapons; `None` means any force or person.
    pub weapons: Option<Vec<Weapon>>,
}

/// The ground something is forbidden on.
#[derive(Clone, Debug)]
pub struct Zone {
    /// The declared place it is measured from.
    pub place: String,
    /// That place's shape.
    pub shape: Shape,
    /// That place's own uncertainty.
    pub good_to: Radius95,
    /// Which ground, measured from the shape.
    pub region: Region,
    /// In words: `within 3500 m of CastelloRoad on its north side`.
    pub words: String,
}

/// Ground, measured from a line, area or point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Region {
    /// Nearer than this, on either side.
    Within(Metres),
    /// Nearer than this, on one side of a line.
    WithinOnSide(Metres, Side),
    /// Everything except what is at least this far on one side of a line.
    NotBeyond(Metres, Side),
    /// Inside an area.
    Inside,
    /// Outside an area.
    Outside,
}

/// When a provision binds.
#[derive(Clone, Debug)]
pub struct Force {
    /// From when; `Err` says why that cannot be known.
    pub from: Result<Timestamp, String>,
    /// Until when.
    pub until: Until,
}

/// When a provision ceases to bind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Until {
    /// No end is written.
    Open,
    /// At this instant.
    At(Timestamp),
    /// At this instant unless renewed by decision.
    Renewable {
        /// The end without renewal.
        first: Timestamp,
        /// Who may renew.
        by: ActorSet,
        /// Whether all of them must.
        together: bool,
    },
    /// The words leave it open when.
    Unknown(String),
}

/// An exception to a provision. It never deletes a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exception {
    /// Self-defence, with the limit the text sets.
    SelfDefence(Option<String>),
    /// Acts against these actors.
    Against(ActorSet),
    /// Something only people can judge.
    ForPeople(String),
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
    /// From when days count.
    pub from: Option<Timestamp>,
    /// Who certifies; nobody if not said.
    pub certified_by: ActorSet,
    /// Whether all of them must.
    pub together: bool,
    /// Why it cannot be evaluated, if it cannot.
    pub not_evaluable: Option<NotEvaluable>,
    /// The brackets it hangs on.
    pub depends: BTreeSet<usize>,
}

/// Why no record could ever decide a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotEvaluable {
    /// The text exists and is not public.
    TextNotPublic(String),
    /// The text leaves the thing undefined.
    Undefined(String),
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
            Self::ForPeople(what) => write!(f, "only people can judge it: {what}"),
            Self::NotYet(what) => write!(f, "{what} is not evaluated yet"),
        }
    }
}

/// Something written and checked that no judgement rests on yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unevaluated {
    /// As it is written, on one line.
    pub words: String,
    /// Why.
    pub why: NotEvaluable,
    /// The line it begins on.
    pub line: usize,
}
