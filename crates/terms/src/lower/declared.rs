//! All that is declared, kept for the readings that declare it alike.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use armistice_syntax::Span;
use jiff::Timestamp;

use super::{Lower, Part, Placed};
use crate::model::{Agreement, Anchor};

/// What is known before any term is read.
struct Declared {
    agreement: Agreement,
    in_force: Option<Timestamp>,
    signed_at: Option<Timestamp>,
    header_depends: BTreeSet<usize>,
    behind_all: BTreeSet<usize>,
    unplaced: BTreeMap<String, Option<Anchor>>,
    gate_names: Rc<[String]>,
    phase_names: Rc<[String]>,
    clause_ids: Rc<BTreeSet<String>>,
    declared: BTreeMap<String, (&'static str, Span)>,
    moment_index: HashMap<String, usize>,
}

impl Lower<'_> {
    /// Reads what is declared, or takes it from a reading that answers alike all
    /// that mattered to it.
    pub(super) fn declarations(&mut self, placed: &[Placed]) {
        let mut fresh = false;
        let (known, _) = self.once_at(Part::Declared, 0, |lower| {
            fresh = true;
            lower.declared(placed);
            lower.memory.keeps.then(|| Rc::new(lower.as_declared()))
        });
        if let (false, Some(known)) = (fresh, known) {
            self.agreement = known.agreement.clone();
            (self.in_force, self.signed_at) = (known.in_force, known.signed_at);
            self.header_depends.clone_from(&known.header_depends);
            self.behind_all.clone_from(&known.behind_all);
            self.unplaced.clone_from(&known.unplaced);
            self.gate_names = Rc::clone(&known.gate_names);
            self.phase_names = Rc::clone(&known.phase_names);
            self.clause_ids = Rc::clone(&known.clause_ids);
            self.declared.clone_from(&known.declared);
            self.moment_index.clone_from(&known.moment_index);
        }
    }

    fn as_declared(&self) -> Declared {
        Declared {
            agreement: self.agreement.clone(),
            in_force: self.in_force,
            signed_at: self.signed_at,
            header_depends: self.header_depends.clone(),
            behind_all: self.behind_all.clone(),
            unplaced: self.unplaced.clone(),
            gate_names: Rc::clone(&self.gate_names),
            phase_names: Rc::clone(&self.phase_names),
            clause_ids: Rc::clone(&self.clause_ids),
            declared: self.declared.clone(),
            moment_index: self.moment_index.clone(),
        }
    }
}
