//! The ids of provisions.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::Lower;
use crate::model::Provision;

/// The ids of provisions, in their order as text: those under one clause stand
/// together.
pub(crate) type Ids = BTreeMap<String, usize>;

/// The ids under the first reading: nearly always, those under all.
pub(super) struct Numbers {
    /// How many provisions each statement comes to.
    counts: Vec<usize>,
    /// Their ids, in their order.
    ids: Vec<String>,
    by_id: Rc<Ids>,
}

/// The provisions of a clause and of the clauses under it, `3`, `3-2` and `3.a`,
/// in the order of the agreement.
pub(super) fn under(ids: &Ids, clause: &str) -> Vec<usize> {
    // Of all that may follow, `-` and `.` are neighbours, and `/` is the next.
    let below = ids.range(format!("{clause}-")..format!("{clause}/")).map(|(_, index)| *index);
    let mut found: Vec<usize> = ids.get(clause).copied().into_iter().chain(below).collect();
    found.sort_unstable();
    found
}

impl Lower<'_> {
    /// The id of a provision that is the next but so many. Under the first reading
    /// it is sure; under others it is the one that has its place there, until
    /// `number` has seen them all.
    pub(super) fn likely_id(&mut self, provision: &Provision, ahead: usize) -> String {
        let memory = self.memory;
        match &*memory.numbers.borrow() {
            None => self.next_id(provision),
            Some(first) => first.ids.get(self.agreement.provisions.len() + ahead).cloned().unwrap_or_default(),
        }
    }

    /// The next free id of a clause: `3.a`, then `3.a-2`; `p1` outside any.
    /// Of an instrument, its name comes first: `Nairobi.2.1`.
    fn next_id(&mut self, provision: &Provision) -> String {
        let clause = provision.citation.clause.as_deref();
        let instrument = provision.instrument.and_then(|index| self.agreement.instruments.get(index));
        let whose = instrument.map(|own| format!("{}.", own.name)).unwrap_or_default();
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

    /// Sees to it that every provision has its id: those of the first reading, if
    /// each statement comes to as many. After a mistake some may not.
    pub(super) fn number(&mut self, counts: Vec<usize>) {
        let memory = self.memory;
        let mut first = memory.numbers.borrow_mut();
        let alike = first.as_ref().is_none_or(|first| first.counts == counts);
        memory.alike.set(alike);
        match &*first {
            Some(first) if alike => {
                for (provision, id) in self.agreement.provisions.iter_mut().zip(&first.ids) {
                    rename(provision, id);
                }
                self.ids = Rc::clone(&first.by_id);
                return;
            }
            Some(_) => {
                let mut provisions = std::mem::take(&mut self.agreement.provisions);
                for provision in &mut provisions {
                    let id = self.next_id(provision);
                    rename(provision, &id);
                }
                self.agreement.provisions = provisions;
            }
            None => {}
        }
        let ids: Vec<String> = self.agreement.provisions.iter().map(|p| p.id.clone()).collect();
        self.ids = Rc::new(ids.iter().cloned().zip(0..).collect());
        if memory.keeps && first.is_none() {
            *first = Some(Numbers { counts, ids, by_id: Rc::clone(&self.ids) });
        }
    }
}

fn rename(provision: &mut Arc<Provision>, id: &str) {
    if provision.id != id {
        Arc::make_mut(provision).id = id.to_owned();
    }
}
