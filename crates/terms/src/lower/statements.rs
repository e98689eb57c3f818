//! The provisions of each statement, numbered, with all that they hang on.

use std::rc::Rc;
use std::sync::Arc;

use armistice_syntax::{NodeExt, SyntaxKind as K};

use super::instruments::ids_in;
use super::precedence::Matter;
use super::{Lower, Part, Placed};
use crate::model::{ActorSet, Duty, Exception, Forbid, NotEvaluable, Provision, Role, Target, Until};

/// What one statement comes to.
#[derive(Clone)]
struct Found {
    provisions: Rc<[Arc<Provision>]>,
    /// What each is about, where a text prevails over another.
    matters: Rc<[Option<Matter>]>,
    /// What it takes the place of.
    in_place_of: Rc<[String]>,
}

impl Lower<'_> {
    pub(super) fn provisions(&mut self, placed: &[Placed]) {
        let mut replaced: Vec<(usize, Rc<[String]>)> = Vec::new();
        let mut counts: Vec<usize> = Vec::new();
        let mut matters: Vec<Option<Matter>> = Vec::new();
        let prevails = |one: &Placed| {
            matches!(one.lead, Some("agreement" | "instrument")) && one.statement.clause("prevails over").is_some()
        };
        let weighed = placed.iter().any(prevails);
        for one in placed {
            if one.lead.is_some_and(|lead| lead != "text") {
                continue;
            }
            let alike = self.memory.actors_alike.get();
            let (found, _) =
                self.once_if(alike, Part::Provision, &one.statement.node, |lower| lower.provisions_in(one, weighed));
            counts.push(found.provisions.len());
            matters.extend_from_slice(&found.matters);
            for provision in found.provisions.iter() {
                if !found.in_place_of.is_empty() {
                    replaced.push((self.agreement.provisions.len(), Rc::clone(&found.in_place_of)));
                }
                self.agreement.provisions.push(Arc::clone(provision));
            }
        }
        self.number(counts);
        self.displace(&replaced);
        if weighed {
            self.give_way(&matters);
        }
    }

    /// The provisions of one statement: one for each line of a party's own that it
    /// is measured from, and for each number that its act sets.
    fn provisions_in(&mut self, one: &Placed, weighed: bool) -> Found {
        let mut found: Vec<Arc<Provision>> = Vec::new();
        let mut matters: Vec<Option<Matter>> = Vec::new();
        for whose in self.each_with_its_own(one) {
            self.whose = whose;
            // What a bracket leaves open must not change how many terms there are.
            let act = one.statement.node.child(K::Predicate);
            self.divided = act.is_some_and(|act| act.descendants().all(|node| node.kind() != K::Bracket));
            (self.cap, self.caps) = (0, 1);
            while self.cap < self.caps {
                if let Some(mut provision) = self.one_provision(one, one.lead == Some("text")) {
                    provision.id = self.likely_id(&provision, found.len());
                    if weighed {
                        matters.push(self.matter(one, &provision));
                    }
                    found.push(Arc::new(provision));
                }
                self.cap += 1;
            }
        }
        (self.whose, self.cap) = (None, 0);
        let clause = one.statement.clause("in place of");
        let in_place_of = clause.map(|clause| ids_in(&clause)).unwrap_or_default();
        Found { provisions: found.into(), matters: matters.into(), in_place_of: in_place_of.into() }
    }

    fn one_provision(&mut self, one: &Placed, not_public: bool) -> Option<Provision> {
        let chooser = self.chooser;
        let instrument = self.belongs_to(one);
        let own = instrument.and_then(|index| self.agreement.instruments.get(index)).cloned();
        let before = own.as_ref().map(|own| self.under(own));
        let (provision, mut depends) =
            chooser.watch(|| if not_public { Some(self.not_public(one)) } else { self.provision(one) });
        if let Some(before) = before {
            self.restore(before);
        }
        let mut provision = provision?;
        let renews = match provision.force.until {
            Until::Renewable { by, .. } => by,
            _ => ActorSet::NONE,
        };
        let concerned = provision.bound.or(targets(&provision)).or(renews).or(self.watchers(&provision));
        depends.extend(self.hangs_on_systems(&provision.duty));
        chooser.touch(&depends);
        // Of the actors nothing else is taken: see `hang_alike`.
        for actor in self.agreement.actors_in(concerned) {
            depends.extend(&actor.depends);
        }
        provision.depends = depends;
        provision.instrument = instrument;
        if let Some(why) = own.and_then(|own| own.not_public) {
            provision.duty = Duty::NotEvaluable(NotEvaluable::TextNotPublic(why));
        }
        Some(provision)
    }

    /// Those whose word on access counts: every monitor, and who verifies.
    fn watchers(&self, provision: &Provision) -> ActorSet {
        let monitors = self.agreement.actors.iter().enumerate().filter(|(_, a)| a.role == Role::Monitor);
        monitors.fold(provision.verified_by, |set, (i, _)| set.or(ActorSet::one(i)))
    }
}

/// Every actor whose naming in records a provision's judgement hangs on.
fn targets(provision: &Provision) -> ActorSet {
    let on = match provision.duty.forbids() {
        Some(Forbid { on: Target::Actors(set), by, .. }) => set.or(by.unwrap_or_default()),
        Some(Forbid { by, .. }) => by.unwrap_or_default(),
        None => ActorSet::NONE,
    };
    provision.exceptions.iter().fold(on, |set, exception| match exception {
        Exception::Against(actors) => set.or(*actors),
        _ => set,
    })
}
