//! Who the names in a batch mean, under one reading.

use armistice_records::{RecordColumns, WordColumn};
use armistice_terms::{ActorSet, Agreement, Role};
use arrow_array::Array;

use crate::actors::{Naming, Side, of_role};
use crate::adherence::Adherence;

/// The names of a batch under one reading, looked up once each.
pub(crate) struct Names {
    a: Vec<Naming>,
    b: Vec<Naming>,
    pub(crate) excluded: ActorSet,
    pub(crate) outsiders: ActorSet,
}

impl Names {
    pub(crate) fn of(columns: &RecordColumns<'_>, agreement: &Agreement, adherence: &Adherence) -> Self {
        let all = |column: &WordColumn<'_>| -> Vec<Naming> {
            let each = column.names.iter();
            each.map(|name| Naming::under(name.unwrap_or_default(), agreement, adherence)).collect()
        };
        Self { a: all(&columns.side_a), b: all(&columns.side_b), ..Self::none(agreement) }
    }

    /// No names, only the roles that reasons speak of.
    pub(crate) fn none(agreement: &Agreement) -> Self {
        Self {
            a: Vec::new(),
            b: Vec::new(),
            excluded: of_role(agreement, Role::Excluded),
            outsiders: of_role(agreement, Role::Outsider).or(of_role(agreement, Role::Guarantor)),
        }
    }

    /// Who stood on each side of a row.
    pub(crate) fn sides(&self, columns: &RecordColumns<'_>, row: usize, when: (i64, i64)) -> (Side, Side) {
        let at = |column: &WordColumn<'_>, names: &[Naming]| -> Side {
            let key = (!column.keys.is_null(row)).then(|| column.keys.value(row));
            let naming = key.and_then(|key| names.get(usize::try_from(key).ok()?));
            // A side nobody wrote down could be anyone.
            naming.map_or(Side { unknown: true, ..Side::default() }, |n| n.at(when.0, when.1))
        };
        (at(&columns.side_a, &self.a), at(&columns.side_b, &self.b))
    }
}
