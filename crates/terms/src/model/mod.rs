//! The agreement as understood under one reading: no brackets, no text to
//! look up, every date an instant, every name an index.

mod actor;
mod body;
mod clock;
mod condition;
mod conduct;
mod deed;
mod duty;
mod exchange;
mod force;
mod forces;
mod gate;
mod height;
mod hours;
mod instrument;
mod inventory;
mod limit;
mod people;
mod persistent;
mod phase;
mod place;
mod posts;
mod proof;
mod provision;
mod recurring;
mod step;
mod term;

pub use actor::{Actor, ActorSet, Certainty, KnownName, Listers, Role, same_name};
pub use body::{Body, Referral, Rule};
pub use clock::Clock;
pub use condition::{Anchor, Clauses, Condition, Event, GivesWay, Holds, Tacit};
pub use conduct::Conduct;
pub use deed::{Deed, Due};
pub use duty::{Duty, Forbid, NotEvaluable, Target};
pub use exchange::{Exchange, Share};
pub use force::{Force, Until};
pub use forces::{Forces, WeaponClass};
pub use gate::{Breaches, Gate};
pub use height::Height;
pub use hours::Hours;
pub use instrument::{Displaced, How, Instrument, Relation};
pub use inventory::{Holding, Inventory};
pub use limit::{Bound, Dealing, Limit, Per, What};
pub use people::ForPeople;
pub use persistent::Persistent;
pub use phase::{Edge, Lapse, Phase, Standstill};
pub use place::{Deeper, Part, Place, Region, Shape, Zone};
pub use posts::Posts;
pub use proof::{Proof, Way};
pub use provision::{Citation, Exception, Provision};
pub use recurring::Recurring;
pub use step::Step;
pub use term::Term;

use std::collections::BTreeSet;
use std::sync::Arc;

use armistice_syntax::Span;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::weapons::System;

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
    /// Which of its languages decides, as it is written.
    pub authentic: Option<String>,
    /// Where it was published, as it is written.
    pub published: Option<String>,
    /// How it stands to other instruments.
    pub relations: Vec<Relation>,
    /// Further documents of it.
    pub instruments: Vec<Instrument>,
    /// The words it uses as terms.
    pub terms: Vec<Term>,
    /// Declared moments.
    pub moments: Vec<Moment>,
    /// Declared moments that hang on what happens.
    pub awaited: Vec<Awaited>,
    /// Parties, guarantors, excluded groups and all others with a name.
    pub actors: Vec<Actor>,
    /// Declared lines, areas and points.
    pub places: Vec<Place>,
    /// Weapon systems it describes by name.
    pub systems: Vec<System>,
    /// Declared weapon classes.
    pub weapons: Vec<WeaponClass>,
    /// Declared holdings.
    pub inventories: Vec<Inventory>,
    /// So many of one thing for so many of another.
    pub exchanges: Vec<Exchange>,
    /// Everything a party must, must not or may do; what readings have in common
    /// they share.
    pub provisions: Vec<Arc<Provision>>,
    /// Gates to later phases.
    pub gates: Vec<Gate>,
    /// Phases, and other things that go on.
    pub phases: Vec<Phase>,
    /// What is written and checked but judged by nothing yet.
    pub unevaluated: Vec<Unevaluated>,
    /// Where on the page a moment is written, and when it is.
    pub resolved: Vec<(Span, Timestamp)>,
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

    /// How sure a judgement under a provision must be.
    #[must_use]
    pub fn standard_for(&self, provision: &Provision) -> f64 {
        provision.standard_of_proof.unwrap_or(self.standard_of_proof)
    }

    /// The provision with an id.
    #[must_use]
    pub fn provision(&self, id: &str) -> Option<(usize, &Provision)> {
        self.provisions.iter().map(|p| &**p).enumerate().find(|(_, p)| p.id == id)
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
    /// The brackets it hangs on.
    pub depends: BTreeSet<usize>,
}

/// A declared moment that hangs on what happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// `Launch`.
    pub name: String,
    /// As it is written.
    pub words: String,
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
