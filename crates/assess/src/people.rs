//! What only people can judge, and the records that bear on it.
//!
//! The engine decides nothing here. It lists what those who judge should have
//! before them, and leaves out nothing by its own choice: what was done, while
//! the term bound, by those whose acts bear on it, and every notice about the
//! clause (`docs/semantics.md`, section 8).

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
    let concerned = running.variants.iter().enumerate();
    let mut concerned: Vec<(usize, &Variant<'_>, &ForPeople)> =
        concerned.filter_map(|(number, v)| Some((number, v, v.provision.duty.for_people()?))).collect();
    // The names of a batch are looked up once for each reading.
    concerned.sort_by_key(|(_, variant, _)| ptr::from_ref::<Agreement>(variant.agreement));
    let mut told: Vec<ForAssessment> = Vec::new();
    let (begins, ends) = running.window();
    for alike in concerned.chunk_by(|(_, a, _), (_, b, _)| ptr::eq(a.agreement, b.agreement)) {
        let mut found: Vec<Vec<(i64, &str)>> = vec![Vec::new(); alike.len()];
        for (number, columns) in views.iter().enumerate() {
            let Some((_, first, _)) = alike.first() else {
                continue;
            };
            let names = Names::of(columns, first.agreement, &first.adherence);
            let (wanted, whens) = (running.wanted(number, columns), running.whens.get(number));
            for (row, _) in wanted.iter().enumerate().filter(|(_, wanted)| **wanted) {
                let when = whens.and_then(|whens| whens.get(row)).copied().unwrap_or_default();
                if !columns.kind.get(row).copied().is_some_and(happened) {
                    continue;
                }
                let within = widened(columns, row, when);
                let (a, b) = names.sides(columns, row, within);
                let directed = columns.direction.get(row).copied() == Some(Direction::AOnB.code());
                let acted = if directed { a.anyone() } else { a.anyone().or(b.anyone()) };
                for ((_, variant, people), list) in alike.iter().zip(&mut found) {
                    let line = variant.timeline.as_ref();
                    let bound = line.is_none_or(|line| line.during(within.0, within.1).0 != Truth::False);
                    if bound && !acted.and(people.concerning).is_empty() {
                        list.push((when.0, columns.record_id.value(row)));
                    }
                }
            }
        }
        for ((number, variant, _), mut list) in alike.iter().zip(found) {
            list.sort_unstable();
            let about = |n: &&Notice| n.subject.iter().any(|subject| stands_under(&variant.provision.id, subject));
            let then = |n: &&Notice| n.from < ends && n.to > begins;
            told.push(ForAssessment {
                variant: *number,
                records: list.len() as u64,
                first: list.iter().take(NAMED).map(|(_, id)| (*id).to_owned()).collect(),
                notices: notices.iter().filter(about).filter(then).map(|n| n.id.clone()).collect(),
            });
        }
    }
    told.sort_by_key(|one| one.variant);
    told
}
