//! What only people can judge, and the records that bear on it.
//!
//! The engine decides nothing here. It lists what those who judge should have
//! before them, and leaves out nothing by its own choice: what was done, while
//! the term bound, by those whose acts bear on it, and every notice about the
//! clause (`docs/semantics.md`, section 8).

use std::collections::BTreeMap;
use std::ptr;

use armistice_records::{Direction, RecordColumns};
use armistice_terms::{Agreement, ForPeople};

use crate::events::happened;
use crate::evidence::{Notice, stands_under};
use crate::names::Names;
use crate::running::Running;
use crate::truth::Truth;
use crate::variant::Variant;
use crate::when::widened;

/// How many records are named; the rest are counted.
pub const NAMED: usize = 20;

/// What bears on a term that is for people, under one reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForAssessment {
    /// The variant: an index into [`Assessment::variants`](crate::Assessment::variants).
    pub variant: usize,
    /// How many records bear on it.
    pub records: u64,
    /// The first of them, by when they began and by id.
    pub first: Vec<String>,
    /// The notices about the clause.
    pub notices: Vec<String>,
}

/// What bears on each variant that is for people.
pub(crate) fn bearing(
    running: &Running<'_, '_>,
    views: &[RecordColumns<'_>],
    notices: &[Notice],
) -> Vec<ForAssessment> {
    let mut found: BTreeMap<usize, Vec<(i64, &str)>> = BTreeMap::new();
    for (number, columns) in views.iter().enumerate() {
        let concerned = Concerned::of(&running.variants, columns);
        let (wanted, whens) = (running.wanted(number, columns), running.whens.get(number));
        for (row, _) in wanted.iter().enumerate().filter(|(_, wanted)| **wanted) {
            let when = whens.and_then(|whens| whens.get(row)).copied().unwrap_or_default();
            let list = |variant| found.entry(variant).or_default().push((when.0, columns.record_id.value(row)));
            concerned.each(row, when, list);
        }
    }
    let people = running.variants.iter().enumerate().filter(|(_, v)| v.provision.duty.for_people().is_some());
    let (begins, ends) = running.window();
    people
        .map(|(number, variant)| {
            let mut list = found.remove(&number).unwrap_or_default();
            list.sort_unstable();
            let about = |n: &&Notice| n.subject.iter().any(|subject| stands_under(&variant.provision.id, subject));
            let then = |n: &&Notice| n.from < ends && n.to > begins;
            let aside = running.aside.and_then(|aside| aside.for_people.get(&number)).copied().unwrap_or_default();
            ForAssessment {
                variant: number,
                records: list.len() as u64 + aside,
                first: list.iter().take(NAMED).map(|(_, id)| (*id).to_owned()).collect(),
                notices: notices.iter().filter(about).filter(then).map(|n| n.id.clone()).collect(),
            }
        })
        .collect()
}

/// The terms of a batch's variants that are for people.
pub(crate) struct Concerned<'c> {
    columns: &'c RecordColumns<'c>,
    /// Per reading: the names of the batch, and its variants.
    readings: Vec<(Names<'c>, Vec<Term<'c>>)>,
}

/// A variant that is for people, and what is.
type Term<'c> = (usize, &'c Variant<'c>, &'c ForPeople);

impl<'c> Concerned<'c> {
    pub(crate) fn of(variants: &'c [Variant<'c>], columns: &'c RecordColumns<'c>) -> Self {
        let all = variants.iter().enumerate();
        let mut all: Vec<_> = all.filter_map(|(number, v)| Some((number, v, v.provision.duty.for_people()?))).collect();
        // The names of a batch are looked up once for each reading.
        all.sort_by_key(|(number, variant, _)| (ptr::from_ref::<Agreement>(variant.agreement), *number));
        let alike = all.chunk_by(|(_, a, _), (_, b, _)| ptr::eq(a.agreement, b.agreement));
        let readings = alike.filter_map(|alike| {
            let (_, first, _) = alike.first()?;
            Some((Names::of(columns, first.agreement, &first.adherence), alike.to_vec()))
        });
        Self { columns, readings: readings.collect() }
    }

    /// The variants on which a row bears that happened then.
    pub(crate) fn each(&self, row: usize, when: (i64, i64), mut bears_on: impl FnMut(usize)) {
        if !self.columns.kind.get(row).copied().is_some_and(happened) {
            return;
        }
        let within = widened(self.columns, row, when);
        for (names, variants) in &self.readings {
            let (a, b) = names.sides(self.columns, row, within);
            let directed = self.columns.direction.get(row).copied() == Some(Direction::AOnB.code());
            let acted = if directed { a.anyone() } else { a.anyone().or(b.anyone()) };
            for (number, variant, people) in variants {
                let line = variant.timeline.as_ref();
                let bound = line.is_none_or(|line| line.during(within.0, within.1).0 != Truth::False);
                if bound && !acted.and(people.concerning).is_empty() {
                    bears_on(*number);
                }
            }
        }
    }
}
