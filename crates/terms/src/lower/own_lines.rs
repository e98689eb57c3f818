//! A line of each party's own: whose shape a term is measured from.

use std::collections::{BTreeMap, BTreeSet};

use armistice_syntax::{NodeExt, SyntaxKind as K, SyntaxNode};

use super::{Lower, Placed};
use crate::model::ActorSet;

impl Lower<'_> {
    /// A term that is measured from a line of each party's own is a term for each
    /// of them: those with one line together.
    pub(super) fn each_with_its_own(&mut self, one: &Placed) -> Vec<Option<ActorSet>> {
        if self.agreement.places.iter().all(|place| place.own.is_empty()) {
            return vec![None];
        }
        let node = &one.statement.node;
        let tokens = node.descendants_with_tokens().filter_map(|e| e.into_token());
        let names: BTreeSet<String> = tokens.filter(|t| t.kind() == K::Name).map(|t| t.text().to_owned()).collect();
        let mut places = self.agreement.places.iter().filter(|p| !p.own.is_empty() && names.contains(&p.name));
        let (Some(place), false) = (places.next().cloned(), node.phrase().contains("each other")) else {
            return vec![None];
        };
        let Some(bound) = one.statement.head().and_then(|head| self.who(&head)) else {
            return vec![None];
        };
        let of = |actor: usize| place.own.iter().position(|(whose, _)| whose.has(actor));
        let mut groups: BTreeMap<Option<usize>, ActorSet> = BTreeMap::new();
        for actor in bound.iter() {
            let group = groups.entry(of(actor)).or_insert(ActorSet::NONE);
            *group = group.or(ActorSet::one(actor));
        }
        groups.into_values().map(Some).collect()
    }

    /// Whom a statement binds.
    pub(super) fn who(&mut self, head: &SyntaxNode) -> Option<ActorSet> {
        let collective = head.keywords().iter().any(|k| k.ends_with(" party"));
        match (collective, head.child(K::Names)) {
            (true, _) => Some(self.all_parties()),
            (false, Some(names)) => Some(self.actors(&names)),
            (false, None) => None,
        }
    }
}
