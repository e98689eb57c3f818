//! A provision without its indices: what it says, so that two texts can be set
//! side by side whatever each has declared before it.

use std::collections::{BTreeMap, BTreeSet};

use armistice_geodesy::Radius95;
use armistice_terms::weapons::{Limited, Weapon};
use armistice_terms::{
    ActorSet, Agreement, Bound, Conduct, Displaced, Duty, Exception, Forbid, Force, Forces, Height, Limit,
    NotEvaluable, Part, Proof, Provision, Region, Shape, Step, Target, Until, Zone,
};
use jiff::Timestamp;

/// What the other text calls things, by what this one does.
pub(super) type Renamed = BTreeMap<String, String>;

/// What a provision says under one reading.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Image {
    pub(super) bound: BTreeSet<String>,
    pub(super) demand: Demand,
    pub(super) begins: Result<Timestamp, String>,
    pub(super) ends: Ends,
    /// What takes its place, and from when.
    pub(super) displaced: Option<Displaced>,
    pub(super) exceptions: BTreeSet<Excuse>,
    pub(super) verified_by: BTreeSet<String>,
    pub(super) conditions: BTreeSet<String>,
    pub(super) remarks: BTreeSet<String>,
}

/// What a provision demands, part by part.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Demand {
    /// Which kind of demand it is: parts of two kinds are not compared.
    pub(super) kind: &'static str,
    /// In words.
    pub(super) act: String,
    pub(super) target: Option<Sheltered>,
    pub(super) forces: Option<Armed>,
    pub(super) ground: Option<Ground>,
    pub(super) deadline: Option<Timestamp>,
    /// Why no record could decide it.
    pub(super) undecided: Option<NotEvaluable>,
    /// So many, and what is done with them.
    pub(super) number: Option<Number>,
    /// Whether its words say all there is to say: of a demand without parts.
    pub(super) in_words: bool,
}

/// A number to be kept to, and everything else that is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) number: u32,
    pub(super) bound: Bound,
    /// The verb, of what, in which time.
    pub(super) rest: String,
}

/// Whom an attack must not be on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sheltered {
    EachOther,
    Actors(BTreeSet<String>),
    Civilians,
    Anyone,
}

/// What is kept out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Armed {
    pub(super) words: String,
    /// Each item in words; `None` means any force or person.
    pub(super) weapons: Option<BTreeSet<String>>,
    /// Those of a calibre or range, by their words.
    pub(super) limited: BTreeMap<String, Limited>,
}

/// The ground meant.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    pub(super) place: String,
    pub(super) region: Region,
    pub(super) words: String,
    pub(super) shape: Shape,
    pub(super) good_to: Radius95,
    pub(super) height: Option<Height>,
    pub(super) perhaps: Option<Box<Ground>>,
}

impl PartialEq for Ground {
    fn eq(&self, other: &Self) -> bool {
        let Self { place, region, words: _, shape, good_to, height, perhaps } = self;
        *height == other.height
            && *perhaps == other.perhaps
            && *place == other.place
            && *region == other.region
            && *good_to == other.good_to
            && same_shape(shape, &other.shape)
    }
}

/// Whether two shapes are one.
pub(super) fn same_shape(one: &Shape, other: &Shape) -> bool {
    match (one, other) {
        (Shape::Line(a), Shape::Line(b)) => a == b,
        (Shape::Area(a), Shape::Area(b)) => a == b,
        (Shape::Point(a), Shape::Point(b)) => a == b,
        (Shape::Around(a, x), Shape::Around(b, y)) => x == y && same_shape(a, b),
        (Shape::Joined(a), Shape::Joined(b)) => {
            let same = |(a, b): (&Part, &Part)| a.region == b.region && same_shape(&a.shape, &b.shape);
            a.len() == b.len() && a.iter().zip(b.iter()).all(same)
        }
        _ => false,
    }
}

/// When a provision ceases to bind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    Open,
    At(Timestamp),
    Renewable { first: Timestamp, by: BTreeSet<String>, together: bool },
    Unknown(String),
}

impl Image {
    /// Whether somebody has a part in it, by name.
    pub(super) fn concerns(&self, name: &str) -> bool {
        let sheltered = matches!(&self.demand.target, Some(Sheltered::Actors(names)) if names.contains(name));
        let renews = matches!(&self.ends, Ends::Renewable { by, .. } if by.contains(name));
        let excused = self.exceptions.iter().any(|e| matches!(e, Excuse::Against(other) if other == name));
        sheltered || renews || excused || self.bound.contains(name) || self.verified_by.contains(name)
    }
}

/// What is not forbidden after all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Excuse {
    SelfDefence(Option<String>),
    Against(String),
    Steps(Vec<String>),
    ForPeople(String),
}

/// Reads the provisions of one text as the other would name what they name.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) agreement: &'a Agreement,
    pub(super) renamed: &'a Renamed,
}

impl Reader<'_> {
    pub(super) fn called(&self, name: &str) -> String {
        self.renamed.get(name).map_or_else(|| name.to_owned(), Clone::clone)
    }

    pub(super) fn names(&self, set: ActorSet) -> BTreeSet<String> {
        self.agreement.actors_in(set).map(|actor| self.called(&actor.name)).collect()
    }

    /// A provision, whole: whatever it comes to hold must find its place here.
    pub(super) fn provision(&self, provision: &Provision) -> Image {
        let Provision {
            // Where it stands and in which words is not what it says.
            id: _,
            citation: _,
            // Each is a remark, too.
            cure: _,
            persistent: _,
            consequences: _,
            instrument: _,
            words: _,
            depends: _,
            // Who certifies is a remark as well, and compared as one.
            certified_by: _,
            certified_together: _,
            act,
            bound,
            duty,
            force,
            exceptions,
            verified_by,
            proof,
            standard_of_proof,
            conditions,
            remarks,
        } = provision;
        // What is asked of those who tell is no part of any demand.
        let proof = proof.iter().map(|p| self.proof(p));
        let standard = standard_of_proof.map(|share| format!("a standard of proof of {:.4} %", share * 100.0));
        let Force { from, until, displaced, hours } = force;
        Image {
            bound: self.names(*bound),
            demand: self.demand(act, duty),
            begins: from.clone(),
            ends: match until {
                Until::Open => Ends::Open,
                Until::At(at) => Ends::At(*at),
                Until::Renewable { first, by, together } => {
                    let by = self.names(*by);
                    let together = *together && by.len() > 1;
                    Ends::Renewable { first: *first, by, together }
                }
                Until::Unknown(why) => Ends::Unknown(why.clone()),
            },
            displaced: displaced.clone(),
            exceptions: exceptions.iter().flat_map(|e| self.excuses(e)).collect(),
            verified_by: self.names(*verified_by),
            // How high it holds is a part of no other demand.
            conditions: conditions
                .iter()
                .map(|condition| condition.words.clone())
                .chain(hours.iter().map(|hours| format!("each day {}", hours.words())))
                .chain(duty.forbids().and_then(|f| Some(f.height?.words())))
                .collect(),
            remarks: remarks.iter().cloned().chain(proof).chain(standard).collect(),
        }
    }

    fn excuses(&self, exception: &Exception) -> Vec<Excuse> {
        match exception {
            Exception::SelfDefence(limit) => vec![Excuse::SelfDefence(limit.clone())],
            Exception::Against(set) => self.names(*set).into_iter().map(Excuse::Against).collect(),
            Exception::Steps(steps) => vec![Excuse::Steps(steps.iter().map(|s| self.step(s)).collect())],
            Exception::ForPeople(words) => vec![Excuse::ForPeople(words.clone())],
        }
    }

    fn proof(&self, proof: &Proof) -> String {
        match proof {
            Proof::Sources(number) => format!("proven only by {number} independent sources"),
            Proof::By(set) => format!("proven only by {}", self.names(*set).into_iter().collect::<Vec<_>>().join(", ")),
            Proof::Ways(ways) => {
                format!("proven only by {}", ways.iter().map(|way| way.word()).collect::<Vec<_>>().join(", "))
            }
        }
    }

    fn step(&self, step: &Step) -> String {
        let names = |set: ActorSet| self.names(set).into_iter().collect::<Vec<_>>().join(", ");
        match step {
            Step::Leave { of, together } if *together || of.len() == 1 => format!("with leave of {}", names(*of)),
            Step::Leave { of, .. } => format!("with leave of one of {}", names(*of)),
            Step::Notice { words, .. } => format!("with notice to {words}"),
            Step::After(words) => format!("after {words}"),
        }
    }

    /// The parts of a demand. A new kind of duty has an arm of its own here; what
    /// it has no part for is compared by its words.
    fn demand(&self, act: &str, duty: &Duty) -> Demand {
        let demand = |kind, in_words| Demand {
            kind,
            act: act.to_owned(),
            target: None,
            forces: duty.forces().map(armed),
            ground: duty.zone().map(|zone| self.ground(zone)),
            deadline: duty.deadline(),
            undecided: duty.not_evaluable().cloned(),
            number: None,
            in_words,
        };
        match duty {
            Duty::Forbid(Forbid { conduct, by, on, within: _, with: _, height: _ }) => {
                let target = match on {
                    Target::EachOther => Sheltered::EachOther,
                    Target::Actors(set) => Sheltered::Actors(self.names(*set)),
                    Target::Civilians => Sheltered::Civilians,
                    Target::Anyone => Sheltered::Anyone,
                };
                // Only of attacks do the parts say all there is to say.
                let kind = if by.is_some() { conduct.gerund() } else { conduct.verb() };
                let in_words = by.is_some() || *conduct != Conduct::Attack;
                Demand { target: Some(target), ..demand(kind, in_words) }
            }
            // A share is of holdings that may change under it.
            Duty::Limit(limit) => {
                let act = limit.share.as_ref().map(|_| format!("{act}, which is {}", limit.number));
                let of = demand("limit", true);
                Demand { act: act.unwrap_or_else(|| of.act.clone()), number: Some(number(limit)), ..of }
            }
            Duty::StandOff { what: _, zone: _ } => demand("stand-off", false),
            Duty::WithdrawBy { what: _, zone: _, deadline: _ } => demand("withdrawal", false),
            // What is found done or not is what the words say.
            Duty::Deed(_) => demand("deed", true),
            // What people judge, they judge by its words.
            Duty::ForPeople(_) => demand("for people", true),
            Duty::NotEvaluable(_) => demand("not evaluable", true),
        }
    }

    fn ground(&self, zone: &Zone) -> Ground {
        // For which reason it may reach farther, its words say.
        let Zone { place, shape, good_to, region, words, height, perhaps, counted: _ } = zone;
        Ground {
            place: self.called(place),
            region: *region,
            words: words.clone(),
            shape: shape.clone(),
            good_to: *good_to,
            height: *height,
            perhaps: perhaps.as_ref().map(|zone| Box::new(self.ground(zone))),
        }
    }
}

fn number(limit: &Limit) -> Number {
    let Limit { dealing, bound, number, share, what, per, posts, within: _, due, deadline: _ } = limit;
    let share = share.as_deref().unwrap_or_default();
    let posts = posts.as_ref().map(armistice_terms::Posts::words).unwrap_or_default();
    let rest = format!("{} {} {share} {what:?} {per:?} {posts} {due}", dealing.verb(), bound.words());
    Number { number: *number, bound: *bound, rest }
}

fn armed(forces: &Forces) -> Armed {
    let Forces { words, weapons } = forces;
    let limited = weapons.iter().flatten().filter_map(|item| match item {
        Weapon::Limited(limited) => Some((weapon(item), limited.clone())),
        Weapon::Kind(_) | Weapon::Named(_) | Weapon::AllBut(_) => None,
    });
    Armed {
        words: words.clone(),
        weapons: weapons.as_ref().map(|all| all.iter().map(weapon).collect()),
        limited: limited.collect(),
    }
}

/// One item of a class, in words.
pub(super) fn weapon(item: &Weapon) -> String {
    match item {
        Weapon::Kind(kind) => (*kind).to_owned(),
        Weapon::Named(make) => format!("\"{make}\""),
        Weapon::Limited(limited) => limited.words.clone(),
        Weapon::AllBut(others) => {
            format!("all weapons but {}", others.iter().map(self::weapon).collect::<Vec<_>>().join(", "))
        }
    }
}
