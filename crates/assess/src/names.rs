//! Who the names in a batch mean, under one reading.

use std::cell::OnceCell;
use std::sync::Arc;

use armistice_records::{RecordColumns, WordColumn};
use armistice_terms::{ActorSet, Agreement, Role};
use arrow_array::Array;

use crate::actors::{Naming, Side, of_role};
use crate::adherence::Adherence;

/// The names of a batch under one reading, looked up once each, when first asked
/// for.
pub(crate) struct Names<'a> {
    agreement: &'a Agreement,
    adherence: Arc<Adherence>,
    a: Vec<OnceCell<Naming>>,
    b: Vec<OnceCell<Naming>>,
    pub(crate) excluded: ActorSet,
    pub(crate) outsiders: ActorSet,
}

impl<'a> Names<'a> {
    pub(crate) fn of(columns: &RecordColumns<'_>, agreement: &'a Agreement, adherence: &Arc<Adherence>) -> Self {
        let all = |column: &WordColumn<'_>| vec![OnceCell::new(); column.names.len()];
        Self { a: all(&columns.side_a), b: all(&columns.side_b), ..Self::none(agreement, adherence) }
    }

    /// No names, only the roles that reasons speak of.
    pub(crate) fn none(agreement: &'a Agreement, adherence: &Arc<Adherence>) -> Self {
        Self {
            agreement,
            adherence: Arc::clone(adherence),
            a: Vec::new(),
            b: Vec::new(),
            excluded: of_role(agreement, Role::Excluded),
            outsiders: of_role(agreement, Role::Outsider).or(of_role(agreement, Role::Guarantor)),
        }
    }

    /// Who stood on each side of a row.
    pub(crate) fn sides(&self, columns: &RecordColumns<'_>, row: usize, when: (i64, i64)) -> (Side, Side) {
        let at = |column: &WordColumn<'_>, names: &[OnceCell<Naming>]| -> Side {
            let key = (!column.keys.is_null(row)).then(|| column.keys.value(row));
            let slot = key.and_then(|key| names.get(usize::try_from(key).ok()?));
            let look_up = || Naming::under(column.get(row).unwrap_or_default(), self.agreement, &self.adherence);
            let naming = slot.map(|slot| slot.get_or_init(look_up));
            // A side nobody wrote down could be anyone.
            naming.map_or(Side { unknown: true, ..Side::default() }, |n| n.at(when.0, when.1))
        };
        (at(&columns.side_a, &self.a), at(&columns.side_b, &self.b))
    }
}
