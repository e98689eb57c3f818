//! A provision before anything is read of it: its id, and where it stands.

use std::collections::BTreeSet;

use armistice_syntax::NodeExt;

use super::{Lower, Placed};
use crate::model::{ActorSet, Citation, Duty, Force, NotEvaluable, Provision, Until};

impl Lower<'_> {
    /// The next free id of a clause: `3.a`, then `3.a-2`; `p1` outside any.
    /// Of an instrument, its name comes first: `Nairobi.2.1`.
    fn next_id(&mut self, clause: Option<&str>, instrument: Option<&str>) -> String {
        let whose = instrument.map(|name| format!("{name}.")).unwrap_or_default();
        let under = self.under_clause.entry(clause.map(|clause| format!("{whose}{clause}"))).or_default();
        let id = loop {
            *under += 1;
            let id = match (clause, *under) {
                (Some(clause), 1) => format!("{whose}{clause}"),
                (Some(clause), n) => format!("{whose}{clause}-{n}"),
                (None, n) => format!("{whose}p{n}"),
            };
            // A heading may be numbered `3-2` itself.
            if !self.provision_ids.contains(&id) {
                break id;
            }
        };
        self.provision_ids.insert(id.clone());
        id
    }

    /// The id of the next provision that a statement gives.
    pub(super) fn id_of(&mut self, one: &Placed, citation: &Citation) -> String {
        let instrument = self.belongs_to(one).and_then(|index| self.agreement.instruments.get(index));
        let instrument = instrument.map(|instrument| instrument.name.clone());
        self.next_id(citation.clause.as_deref(), instrument.as_deref())
    }

    pub(super) fn not_public(&mut self, one: &Placed) -> Provision {
        let why = one.statement.head().and_then(|h| h.text_value()).unwrap_or_default();
        self.blank(one, Duty::NotEvaluable(NotEvaluable::TextNotPublic(why)))
    }

    pub(super) fn blank(&mut self, one: &Placed, duty: Duty) -> Provision {
        let citation = self.citation(one);
        Provision {
            id: self.id_of(one, &citation),
            instrument: None,
            citation,
            words: one.statement.node.phrase(),
            act: String::new(),
            bound: ActorSet::NONE,
            duty,
            force: Force { from: Err("it does not say from when".to_owned()), until: Until::Open, displaced: None },
            exceptions: Vec::new(),
            verified_by: ActorSet::NONE,
            certified_by: ActorSet::NONE,
            certified_together: false,
            conditions: Vec::new(),
            proof: Vec::new(),
            standard_of_proof: None,
            remarks: Vec::new(),
            cure: None,
            consequences: Vec::new(),
            depends: BTreeSet::new(),
        }
    }
}
