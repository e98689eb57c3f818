//! The provisions of each statement, numbered, with all that they hang on.

use armistice_syntax::{NodeExt, SyntaxKind as K};

use super::instruments::ids_in;
use super::{Lower, Part, Placed};
use crate::model::{ActorSet, Duty, Exception, Forbid, NotEvaluable, Provision, Role, Target, Until};

impl Lower<'_> {
    pub(super) fn provisions(&mut self, placed: &[Placed]) {
        let mut replaced: Vec<(usize, Vec<String>)> = Vec::new();
        for one in placed {
            if one.lead.is_some_and(|lead| lead != "text") {
                continue;
            }
            let mut fresh = false;
            let (found, _) = self.once(Part::Provision, &one.statement.node, |lower| {
                fresh = true;
                lower.provisions_in(one)
            });
            let own = if found.is_empty() { None } else { one.statement.clause("in place of") };
            for mut provision in found {
                // Its number is the next that is free, whatever was read before.
                if !fresh {
                    provision.id = self.id_of(one, &provision.citation);
                }
                if let Some(clause) = &own {
                    replaced.push((self.agreement.provisions.len(), ids_in(clause)));
                }
                self.agreement.provisions.push(provision);
            }
        }
        self.displace(&replaced);
    }

    /// The provisions of one statement: one for each line of a party's own that it
    /// is measured from, and for each number that its act sets.
    fn provisions_in(&mut self, one: &Placed) -> Vec<Provision> {
        let mut found = Vec::new();
        for whose in self.each_with_its_own(one) {
            self.whose = whose;
            // What a bracket leaves open must not change how many terms there are.
            let act = one.statement.node.child(K::Predicate);
            self.divided = act.is_some_and(|act| act.descendants().all(|node| node.kind() != K::Bracket));
            (self.cap, self.caps) = (0, 1);
            while self.cap < self.caps {
                found.extend(self.one_provision(one, one.lead == Some("text")));
                self.cap += 1;
            }
        }
        (self.whose, self.cap) = (None, 0);
        found
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
        for actor in self.agreement.actors_in(concerned) {
            depends.extend(&actor.depends);
        }
        depends.extend(self.hangs_on_systems(&provision.duty));
        chooser.touch(&depends);
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
