//! The names in a record → the actors of an agreement.

use armistice_terms::{Actor, ActorSet, Agreement, Certainty, KnownName, Role, same_name};
use jiff::Timestamp;

use crate::adherence::Adherence;
use crate::steps::Steps;
use crate::truth::Truth;

/// Who a record's side is, as the agreement names actors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Side {
    /// Actors it certainly includes.
    pub(crate) certain: ActorSet,
    /// Actors it may include.
    pub(crate) possible: ActorSet,
    /// Whether it includes, or may include, somebody who is none of the
    /// agreement's actors.
    pub(crate) others: bool,
    /// Whether it may include anybody at all: nobody is written down, or a name
    /// that the agreement does not know.
    pub(crate) unknown: bool,
    /// Whether it is civilians.
    pub(crate) civilians: bool,
    /// Whether a name on it hangs on an acceptance or a list, and nothing on record
    /// says that it counts then.
    pub(crate) unaccepted: bool,
}

impl Side {
    /// Whoever it includes or may include.
    #[must_use]
    pub(crate) fn anyone(self) -> ActorSet {
        self.certain.or(self.possible)
    }

    /// Whether it names nobody that anyone knows of.
    #[must_use]
    pub(crate) fn is_nobody(self) -> bool {
        self.anyone().is_empty() && !self.others && !self.civilians
    }

    /// Whether everybody on it is certainly one of `actors`.
    #[must_use]
    pub(crate) fn only(self, actors: ActorSet) -> bool {
        !self.certain.is_empty()
            && self.anyone().without(actors).is_empty()
            && !(self.others || self.unknown || self.civilians)
    }
}

/// One distinct text of a side column, with what its names can mean.
#[derive(Clone, Debug, Default)]
pub(crate) struct Naming {
    settled: Side,
    /// Names that mean an actor only for a time.
    timed: Vec<Timed>,
    /// Names that notices alone let mean an actor.
    added: Vec<Added>,
}

/// A name that the text does not give to an actor, and notices do.
#[derive(Clone, Debug)]
struct Added {
    /// Whether the text gives it to nobody else.
    alone: bool,
    /// Whom it means, and when.
    means: Vec<(usize, Steps)>,
}

/// For how long a name means an actor.
#[derive(Clone, Debug)]
struct Timed {
    actor: usize,
    certainty: Certainty,
    from: i64,
    until: i64,
    /// Whether those of the name had accepted, or were on the list, where it hangs
    /// on that.
    adhered: Option<Steps>,
}

const CIVILIANS: &str = "civilians";

impl Naming {
    /// Looks a side's names up, once per distinct text.
    pub(crate) fn of(text: &str, agreement: &Agreement) -> Self {
        Self::under(text, agreement, Adherence::NONE)
    }

    /// The same, where who the actors are hangs on notices.
    pub(crate) fn under(text: &str, agreement: &Agreement, adherence: &Adherence) -> Self {
        let mut naming = Self::default();
        naming.settled.unknown = text.trim_matches(['|', ' ']).is_empty();
        for name in text.split('|').map(str::trim).filter(|n| !n.is_empty()) {
            if name.eq_ignore_ascii_case(CIVILIANS) {
                naming.settled.civilians = true;
                continue;
            }
            let mut joined = Vec::new();
            for (index, actor) in agreement.actors.iter().enumerate() {
                match adherence.of_name(index, name) {
                    Some((line, false)) => joined.push((index, line.clone())),
                    hangs => naming.add(name, index, actor, hangs.map(|(line, _)| line)),
                }
            }
            let known = agreement.actors.iter().any(|a| names(a, name));
            if joined.is_empty() {
                naming.settled.unknown |= !known;
            } else {
                naming.added.push(Added { alone: !known, means: joined });
            }
        }
        naming
    }

    /// Looks an origin's name up: what actors are called, and through whom they
    /// speak.
    pub(crate) fn of_origin(name: &str, agreement: &Agreement) -> Self {
        let mut naming = Self::of(name, agreement);
        for (index, actor) in agreement.actors.iter().enumerate() {
            naming.add_known(&actor.voices, name.trim(), index, actor, None);
            let speaks = actor.voices.iter().any(|v| same_name(&v.text, name.trim()));
            naming.settled.unknown &= !speaks;
        }
        naming
    }

    fn add(&mut self, name: &str, index: usize, actor: &Actor, adhered: Option<&Steps>) {
        if same_name(&actor.name, name) {
            self.mean(index, actor, (Certainty::Certain, None, None), adhered);
        }
        self.add_known(&actor.names, name, index, actor, adhered);
    }

    fn add_known(&mut self, known: &[KnownName], name: &str, index: usize, actor: &Actor, adhered: Option<&Steps>) {
        for k in known.iter().filter(|k| same_name(&k.text, name)) {
            self.mean(index, actor, (k.certainty, k.from, k.until), adhered);
        }
    }

    fn mean(
        &mut self,
        index: usize,
        actor: &Actor,
        (certainty, from, until): (Certainty, Option<Timestamp>, Option<Timestamp>),
        adhered: Option<&Steps>,
    ) {
        // A name "in part" covers people the agreement does not name.
        self.settled.others |= certainty == Certainty::Possible;
        let from = later(from, actor.bound_from);
        let until = earlier(until, actor.bound_until);
        if from.is_none() && until.is_none() && adhered.is_none() {
            let one = ActorSet::one(index);
            match certainty {
                Certainty::Certain => self.settled.certain = self.settled.certain.or(one),
                Certainty::Possible => self.settled.possible = self.settled.possible.or(one),
            }
        } else {
            let from = from.map_or(i64::MIN, Timestamp::as_second);
            let until = until.map_or(i64::MAX, Timestamp::as_second);
            self.timed.push(Timed { actor: index, certainty, from, until, adhered: adhered.cloned() });
        }
    }

    /// Who the side is for something that happened within `[from, until)`.
    pub(crate) fn at(&self, from: i64, until: i64) -> Side {
        let mut side = self.settled;
        for timed in &self.timed {
            let one = ActorSet::one(timed.actor);
            let adhered = timed.adhered.as_ref().map_or(Truth::True, |line| line.throughout(from, until));
            if from >= timed.until || until <= timed.from || adhered == Truth::False {
                // The name did not mean the actor then; it still meant somebody.
                side.others = true;
            } else if timed.certainty == Certainty::Certain
                && from >= timed.from
                && until <= timed.until
                && adhered == Truth::True
            {
                side.certain = side.certain.or(one);
            } else {
                side.possible = side.possible.or(one);
                // Not all of the time, or perhaps not at all: then it meant somebody else.
                side.others = true;
                side.unaccepted |= adhered == Truth::Unknown;
            }
        }
        for added in &self.added {
            let mut settled = false;
            for (index, line) in &added.means {
                let one = ActorSet::one(*index);
                match line.throughout(from, until) {
                    Truth::True => {
                        side.certain = side.certain.or(one);
                        settled = true;
                    }
                    Truth::Unknown => {
                        side.possible = side.possible.or(one);
                        side.others = true;
                        side.unaccepted = true;
                    }
                    Truth::False => {}
                }
            }
            side.unknown |= added.alone && !settled;
        }
        side.possible = side.possible.without(side.certain);
        side
    }
}

fn names(actor: &Actor, name: &str) -> bool {
    same_name(&actor.name, name) || actor.names.iter().any(|k| same_name(&k.text, name))
}

fn later(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    a.max(b)
}

fn earlier(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The actors of a role.
pub(crate) fn of_role(agreement: &Agreement, role: Role) -> ActorSet {
    let found = agreement.actors.iter().enumerate().filter(|(_, a)| a.role == role);
    found.fold(ActorSet::NONE, |set, (i, _)| set.or(ActorSet::one(i)))
}

/// Whether those who tell something of what `bound` owe are to be believed where
/// it is to their good: of each of them, somebody else tells it. Two who are bound
/// may so vouch for each other; nobody does for himself.
pub(crate) fn vouch(tellers: ActorSet, bound: ActorSet) -> bool {
    !tellers.is_empty() && bound.iter().all(|one| !tellers.without(ActorSet::one(one)).is_empty())
}

/// Whether they are to be believed where it is against those bound: somebody else
/// tells it, or all of them say it of themselves.
pub(crate) fn reproach(tellers: ActorSet, bound: ActorSet) -> bool {
    !tellers.is_empty() && (!tellers.without(bound).is_empty() || bound.without(tellers).is_empty())
}
