//! A provision before anything is read of it: where it stands.

use std::collections::BTreeSet;

use armistice_syntax::NodeExt;

use super::{Lower, Placed};
use crate::model::{ActorSet, Duty, Force, NotEvaluable, Provision, Until};

impl Lower<'_> {
    pub(super) fn not_public(&mut self, one: &Placed) -> Provision {
        let why = one.statement.head().and_then(|h| h.text_value()).unwrap_or_default();
        self.blank(one, Duty::NotEvaluable(NotEvaluable::TextNotPublic(why)))
    }

    pub(super) fn blank(&mut self, one: &Placed, duty: Duty) -> Provision {
        Provision {
            id: String::new(),
            instrument: None,
            citation: self.citation(one),
            words: one.statement.node.phrase(),
            act: String::new(),
            bound: ActorSet::NONE,
            duty,
            force: Force {
                from: Err("it does not say from when".to_owned()),
                until: Until::Open,
                displaced: None,
                hours: None,
            },
            exceptions: Vec::new(),
            verified_by: ActorSet::NONE,
            certified_by: ActorSet::NONE,
            certified_together: false,
            conditions: Vec::new(),
            proof: Vec::new(),
            standard_of_proof: None,
            remarks: Vec::new(),
            cure: None,
            persistent: self.persistent(one),
            consequences: Vec::new(),
            depends: BTreeSet::new(),
        }
    }
}
