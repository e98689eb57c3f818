//! Duties that only people can judge: the acts that are so by nature, and
//! whatever the text says is `checked by people`.

use armistice_syntax::{NodeExt, SyntaxKind as K, SyntaxNode};

use super::{Lower, Placed};
use crate::model::{ActorSet, Duty, ForPeople, NotEvaluable, Zone};

/// Acts of good faith: no record says whether enough was done.
pub(super) const BY_NATURE: &[&str] = &["use influence with", "honour", "agree", "undertake", "ensure that"];

/// Acts that no record tells of, where they are forbidden.
const UNRECORDED: &[&str] = &["train"];

impl Lower<'_> {
    /// What people are to judge, if it is theirs: whose acts bear on it are those
    /// named after `use influence with`, else those bound.
    pub(super) fn for_people(
        &self,
        one: &Placed,
        predicate: &SyntaxNode,
        modal: &str,
        bound: ActorSet,
    ) -> Option<Duty> {
        let verb = predicate.child(K::Keyword).map(|node| node.phrase()).unwrap_or_default();
        let by_nature = match modal {
            "must" => BY_NATURE,
            "must not" => UNRECORDED,
            _ => &[],
        };
        let by_nature = by_nature.contains(&verb.as_str());
        let declared = one.statement.clauses().any(|c| c.keyword() == "checked by" && c.phrase().ends_with(" people"));
        if modal == "may" || !(by_nature || declared) {
            return None;
        }
        let influenced = predicate.tokens_of(K::Name).into_iter().filter_map(|token| {
            let found = self.agreement.actors.iter().enumerate().find(|(_, actor)| actor.name == token.text());
            found.map(|(index, actor)| {
                self.chooser.touch(&actor.depends);
                ActorSet::one(index)
            })
        });
        let influenced = match verb.as_str() {
            "use influence with" => influenced.fold(ActorSet::NONE, ActorSet::or),
            _ => ActorSet::NONE,
        };
        let kind = if modal == "must" { "duty" } else { "prohibition" };
        let what = format!("a {kind} to {}", predicate.phrase());
        Some(Duty::ForPeople(ForPeople { what, concerning: if influenced.is_empty() { bound } else { influenced } }))
    }

    /// Why nobody can judge what is for people, if the ground that it speaks of
    /// was never defined: people know no better than records where it lies.
    pub(super) fn on_undefined_ground(
        &self,
        duty: &Duty,
        predicate: &SyntaxNode,
        within: Option<&Result<Zone, NotEvaluable>>,
    ) -> Option<NotEvaluable> {
        duty.for_people()?;
        let named = predicate.tokens_of(K::Name).into_iter().filter_map(|token| {
            let place = self.agreement.places.iter().find(|place| place.name == token.text())?;
            self.chooser.touch(&place.depends);
            place.shape.as_ref().err()
        });
        let mut grounds = named.chain(within.and_then(|ground| ground.as_ref().err()));
        grounds.find(|why| matches!(why, NotEvaluable::Undefined(_))).cloned()
    }
}
