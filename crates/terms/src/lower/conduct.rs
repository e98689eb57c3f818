//! Acts that are forbidden, or to be prevented, from the words after the verb.

use armistice_syntax::{NodeExt, SyntaxKind as K, SyntaxNode};

use super::Lower;
use super::ground::{measurable, zone};
use super::predicate::{Demand, Item, Pieces};
use crate::model::{ActorSet, Conduct, Duty, ForPeople, Forbid, Forces, Height, NotEvaluable, Region, Target, Zone};
use crate::weapons;

/// Words for whatever force there is, which add nothing.
const FILLERS: &[&str] = &[
    "any",
    "its own forces",
    "their own forces",
    "its forces",
    "their forces",
    "any forces",
    "their positions",
    "positions",
];

/// What stands after a verb is understood, wrong (and reported), or hangs on a
/// place that has no shape.
type Read<T> = Result<Option<T>, NotEvaluable>;

impl Lower<'_> {
    /// `must not VERB WHOM WHAT`.
    pub(super) fn forbidden(&mut self, conduct: Conduct, pieces: &mut Pieces) -> Option<Demand> {
        match self.act(conduct, None, pieces) {
            Ok(found) => found.map(|(forbid, rest)| Demand::Forbid(forbid, rest)),
            Err(why) => Some(Demand::NotEvaluable(why)),
        }
    }

    /// `must prevent WHO from VERBING WHOM WHAT`.
    pub(super) fn prevented(&mut self, pieces: &mut Pieces) -> Option<Demand> {
        let mut by = ActorSet::NONE;
        while let Some((name, span)) = pieces.name() {
            by = by.or(self.actor(&name, span));
            if !pieces.link() {
                break;
            }
        }
        let act = Conduct::ALL.iter().filter(|_| !by.is_empty()).find(|(.., gerund)| {
            let words = format!("from {gerund}");
            pieces.word(&words)
        });
        let Some((conduct, ..)) = act else {
            let what = format!("a duty to {}", pieces.phrase);
            return Some(Demand::ForPeople(Duty::ForPeople(ForPeople { what, concerning: by })));
        };
        match self.act(*conduct, Some(by), pieces) {
            Ok(found) => found.map(|(forbid, rest)| Demand::Forbid(forbid, rest)),
            Err(why) => Some(Demand::NotEvaluable(why)),
        }
    }

    /// On whom, with what and where, and the words that say more than that: they
    /// are a condition, since no record tells of it.
    fn act(&mut self, conduct: Conduct, by: Option<ActorSet>, pieces: &mut Pieces) -> Read<(Forbid, Option<String>)> {
        let mut forbid = Forbid { conduct, by, on: Target::Anyone, within: None, with: None, height: None };
        if matches!(conduct, Conduct::Attack | Conduct::ActAgainst) {
            let Some(on) = self.target(pieces) else {
                return Ok(None);
            };
            forbid.on = on;
            return Ok(Some((forbid, None)));
        }
        // "Acquiring territory from South": the verb has its `from` already, or not.
        let _ = pieces.word("from");
        let mut said = false;
        while !pieces.items.is_empty() {
            let _ = FILLERS.iter().any(|words| pieces.word(words));
            if let Some(on) = self.victims(pieces) {
                // On a second sort of victims records are not asked: the whole is
                // a condition, since taking one would drop the other.
                if std::mem::replace(&mut said, true) {
                    return Ok(Some((forbid, Some(pieces.phrase.clone()))));
                }
                forbid.on = on;
            } else if conduct.takes_weapons() && forbid.with.is_none() && self.weapons_ahead(pieces) {
                let Some(with) = self.forces(pieces) else {
                    return Ok(None);
                };
                // Any force at all is none in particular.
                forbid.with = with.weapons.is_some().then_some(with);
            } else if forbid.within.is_none() && self.place_ahead(pieces) {
                // A movement that is seen in a place may lead out of it.
                if pieces.word("into") && conduct == Conduct::MoveForces {
                    forbid.conduct = Conduct::MoveForcesInto;
                }
                let Some(zone) = self.ground_of(pieces)? else {
                    return Ok(None);
                };
                forbid.within = Some(zone);
            } else if !pieces.items.is_empty() {
                return Ok(Some((forbid, Some(pieces.phrase.clone()))));
            }
        }
        Ok(Some((forbid, None)))
    }

    /// On whom, where it is said.
    fn victims(&mut self, pieces: &mut Pieces) -> Option<Target> {
        for (words, target) in
            [("each other", Target::EachOther), ("civilians", Target::Civilians), ("anyone", Target::Anyone)]
        {
            if pieces.word(words) {
                return Some(target);
            }
        }
        let mut set = ActorSet::NONE;
        while let Some((Item::Name(name), _)) = pieces.items.front() {
            let Some(index) = self.agreement.actors.iter().position(|a| a.name == *name) else {
                break;
            };
            set = set.or(ActorSet::one(index));
            pieces.items.pop_front();
            if !pieces.link() {
                break;
            }
        }
        (!set.is_empty()).then_some(Target::Actors(set))
    }

    /// Whether weapons stand next: a kind, a make or a declared class.
    fn weapons_ahead(&self, pieces: &Pieces) -> bool {
        let mut phrase = String::new();
        for (item, _) in &pieces.items {
            match item {
                Item::Word(word) if !matches!(word.as_str(), "and" | "or" | "in" | "into" | "at" | "to" | "from") => {
                    if !phrase.is_empty() {
                        phrase.push(' ');
                    }
                    phrase.push_str(word);
                }
                Item::Text(_) if phrase.is_empty() => return true,
                Item::Name(name) if phrase.is_empty() => {
                    return self.agreement.weapons.iter().any(|w| w.name == *name)
                        || self.agreement.inventories.iter().any(|i| i.name == *name);
                }
                _ => break,
            }
        }
        weapons::kind_of(&phrase).is_some()
            || matches!(phrase.as_str(), "forces" | "all forces" | "personnel" | "all personnel")
    }

    fn place_ahead(&self, pieces: &Pieces) -> bool {
        let name = match (pieces.items.front(), pieces.items.get(1)) {
            (Some((Item::Word(word), _)), Some((Item::Name(name), _))) if word == "into" => name,
            (Some((Item::Name(name), _)), _) => name,
            _ => return false,
        };
        self.agreement.places.iter().any(|place| place.name == *name)
    }

    fn ground_of(&mut self, pieces: &mut Pieces) -> Read<Zone> {
        let Some((name, span)) = pieces.name() else {
            return Ok(None);
        };
        let Some(place) = self.place_called(&name, span.clone()) else {
            return Ok(None);
        };
        let words = format!("in {name}");
        if self.inside(&place, span)?.is_none() {
            return Ok(None);
        }
        zone(place, Region::Inside, words).map(Some)
    }

    /// `with combat aircraft`: the weapons of a clause, if it names any and
    /// nothing else.
    pub(super) fn armed_with(&mut self, clause: &SyntaxNode) -> Option<Forces> {
        let mut pieces = self.pieces(clause);
        if !self.weapons_ahead(&pieces) {
            return None;
        }
        let forces = self.forces(&mut pieces)?;
        pieces.items.is_empty().then_some(forces)
    }

    /// `within 5 km of Line`, as ground.
    pub(super) fn ground_within(&mut self, clause: &SyntaxNode) -> Read<Zone> {
        let distance = self.value_in(clause, K::Distance).and_then(|node| self.metres(&node));
        let place = clause.child(K::Names).and_then(|names| self.place_named(&names));
        let (Some(distance), Some(place)) = (distance, place) else {
            return Ok(None);
        };
        let words = format!("within {distance} of {}", place.name);
        measurable(&place)?;
        zone(place, Region::Within(distance), words).map(Some)
    }
}

impl Forbid {
    /// What is forbidden, with what its clauses say of ground, height and weapons.
    pub(super) fn with_clauses(
        mut self,
        within: Option<&Result<Zone, NotEvaluable>>,
        height: Option<Height>,
        with: Option<&Forces>,
    ) -> Duty {
        match (within, self.within.is_some()) {
            (Some(Err(why)), _) => return Duty::NotEvaluable(why.clone()),
            (Some(Ok(_)), true) => {
                let why = "ground said in the act and again in a clause".to_owned();
                return Duty::NotEvaluable(NotEvaluable::NotYet(why));
            }
            (Some(Ok(zone)), false) => self.within = Some(zone.clone()),
            (None, _) => {}
        }
        self.height = height;
        self.with = self.with.or_else(|| with.cloned());
        Duty::Forbid(self)
    }
}
