//! The kernel: a batch of records × the terms → findings.
//!
//! A pure function of its arguments. Names, weapons and time zones are decided
//! once per distinct value, and time, act, actor and weapon once for all rows that
//! are [`alike`](crate::alike) in them; so for nearly every row the loop looks up
//! one combination and asks, of the few provisions that it leaves open, whether the
//! row was anywhere near.

use armistice_records::RecordColumns;
use armistice_terms::{Agreement, Units};

use crate::alike::{Alike, Known, Numbered};
use crate::bench::Bench;
use crate::events::judged;
use crate::finding::{Finding, Verdict};
use crate::names::Names;
use crate::place::Placings;
use crate::reason::Reason;
use crate::variant::Variant;
use crate::when::slack;

/// More findings than this are not gathered: 2 million.
///
/// Each takes about a kilobyte until the answer is written, and a record gives
/// one for every provision it touches under every reading: records that fit
/// into memory need not have an answer that does. The largest war's events of a
/// year come to some tens of thousands.
pub const MOST_FINDINGS: usize = 2_000_000;

/// How many records each reason put out of a provision's scope, and the
/// findings that remain.
#[derive(Clone, Debug, Default)]
pub(crate) struct Judged {
    /// Findings were left out, because there are too many. It stays so until
    /// everything is judged anew: what is left out does not come back.
    pub(crate) too_many: bool,
    /// Recorded breaches, what cannot be told, and what is excepted.
    pub(crate) findings: Vec<Finding>,
    /// Records out of scope, by variant and reason, in the order of both.
    pub(crate) out_of_scope: std::collections::BTreeMap<(usize, Reason), u64>,
}

/// What is kept from batch to batch, so that nothing is worked out twice. It
/// changes no answer.
#[derive(Debug, Default)]
pub(crate) struct Worked {
    alike: Option<Alike>,
    pub(crate) placings: Placings,
}

impl Worked {
    /// To be called before other variants are judged than the times before.
    pub(crate) fn forget_variants(&mut self) {
        self.alike = None;
    }
}

/// Judges every wanted row of one batch under every variant named. Rows that
/// are not of something that happened (decisions, claims …) are passed over.
///
/// `when` gives each row's interval; `wanted` says which rows count.
pub(crate) fn judge(
    (batch, columns): (usize, &RecordColumns<'_>),
    variants: &[(usize, &Variant<'_>)],
    (when, wanted): (&[(i64, i64)], &[bool]),
    (units, worked): (&Units, &mut Worked),
    (out, most): (&mut Judged, usize),
) {
    let variants: Vec<(usize, &Variant<'_>)> = variants.iter().filter(|(_, v)| v.judges()).copied().collect();
    let names = each_reading(columns, &variants);
    let of = |variant: &Variant<'_>| names.iter().find(|(known, _)| std::ptr::eq(*known, variant.agreement));
    let Worked { alike, placings } = worked;
    let benches: Vec<(usize, Bench<'_>)> = variants
        .iter()
        .filter_map(|(number, variant)| {
            Some((*number, Bench::new(variant, columns, &of(variant)?.1, (units, &mut *placings))))
        })
        .collect();
    let alike = alike.get_or_insert_with(|| Alike::under(variants.iter().map(|(_, variant)| *variant)));
    let numbered = alike.number(columns);
    let mut bench = Judging { batch, columns, benches: &benches, far: vec![0; benches.len()], placings, out };
    let all: Vec<usize> = (0..benches.len()).collect();
    for (row, ((&when, wanted), kind)) in when.iter().zip(wanted).zip(columns.kind).enumerate() {
        if !*wanted || !judged(*kind) {
            continue;
        }
        if bench.out.findings.len() > most {
            bench.out.too_many = true;
            break;
        }
        let slack = slack(columns, row, when);
        match bench.combination(alike, &numbered, (row, when, slack)) {
            Some(combination) => {
                alike.count(combination);
                bench.open((row, when, slack), alike.open(combination));
            }
            None => bench.row((row, when, slack), &all),
        }
    }
    let far = bench.far;
    for ((number, _), rows) in benches.iter().zip(far).filter(|(_, rows)| *rows > 0) {
        *out.out_of_scope.entry((*number, Reason::OutsideZone)).or_default() += rows;
    }
    alike.pass_on(|variant, reason, rows| {
        if let Some((number, _)) = benches.get(variant) {
            *out.out_of_scope.entry((*number, reason)).or_default() += rows;
        }
    });
}

/// The names of a batch under each reading that some variant is of.
fn each_reading(columns: &RecordColumns<'_>, variants: &[(usize, &Variant<'_>)]) -> Vec<(*const Agreement, Names)> {
    let mut names: Vec<(*const Agreement, Names)> = Vec::new();
    for (_, variant) in variants {
        let reading: *const Agreement = variant.agreement;
        if !names.iter().any(|(known, _)| std::ptr::eq(*known, reading)) {
            names.push((reading, Names::of(columns, variant.agreement, &variant.adherence)));
        }
    }
    names
}

/// A batch while it is judged.
struct Judging<'j, 'b> {
    batch: usize,
    columns: &'j RecordColumns<'j>,
    benches: &'j [(usize, Bench<'b>)],
    /// Per bench, how many rows were far from its ground.
    far: Vec<u64>,
    placings: &'j mut Placings,
    out: &'j mut Judged,
}

/// A row, when it happened, and by how much that may be off.
type Row = (usize, (i64, i64), i64);

impl Judging<'_, '_> {
    /// What the row's like come to; of the first of them, worked out.
    fn combination(
        &self,
        alike: &mut Alike,
        numbered: &Numbered,
        (row, when, slack): Row,
    ) -> Option<crate::alike::Combination> {
        let within = (when.0 - slack, when.1 + slack);
        match alike.find(numbered, self.columns, row, within) {
            Known::Judged(combination) => Some(combination),
            Known::New(key) => {
                Some(alike.learn(key, self.benches.iter().map(|(_, bench)| bench.against(row, within))))
            }
            Known::Alone => None,
        }
    }

    /// Judges a row under those benches under which it hangs on its place.
    fn open(&mut self, row: Row, under: &[usize]) {
        for at in under {
            let Some((_, bench)) = self.benches.get(*at) else {
                continue;
            };
            if bench.is_far(row.0) {
                if let Some(far) = self.far.get_mut(*at) {
                    *far += 1;
                }
            } else {
                self.row(row, &[*at]);
            }
        }
    }

    /// Judges a row under some of the benches.
    fn row(&mut self, (row, (from, until), slack): Row, under: &[usize]) {
        for (number, bench) in under.iter().filter_map(|at| self.benches.get(*at)) {
            let judgement = bench.judge(row, (from - slack, until + slack), false, self.placings);
            if judgement.verdict == Verdict::OutOfScope {
                let reason = judgement.against().map_or(Reason::NotReached, |(_, reason)| reason);
                *self.out.out_of_scope.entry((*number, reason)).or_default() += 1;
            } else {
                let batch = self.batch;
                self.out.findings.push(Finding { variant: *number, batch, row, from, until, slack, event: None, judgement });
            }
        }
    }
}
