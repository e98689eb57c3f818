//! The kernel: a batch of records × the terms → findings.
//!
//! A pure function of its arguments. Names, weapons and time zones are decided
//! once per distinct value, and time, act, actor and weapon once for all rows that
//! are [`alike`](crate::alike) in them; so for nearly every row the loop looks up
//! one combination and asks, of the few provisions that it leaves open, whether the
//! row was anywhere near.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use armistice_records::RecordColumns;
use armistice_terms::{Agreement, Units};

use crate::alike::{Alike, Combination, Known, Numbered};
use crate::bench::Bench;
use crate::events::judged;
use crate::fields::{Far, Fields, Sight};
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
    pub(crate) out_of_scope: BTreeMap<(usize, Reason), u64>,
}

impl Judged {
    /// Adds what was judged beside it.
    pub(crate) fn take_in(&mut self, other: Self) {
        self.too_many |= other.too_many;
        self.findings.extend(other.findings);
        for (key, rows) in other.out_of_scope {
            *self.out_of_scope.entry(key).or_default() += rows;
        }
    }
}

/// What is kept from batch to batch, so that nothing is worked out twice. It
/// changes no answer.
#[derive(Debug, Default)]
pub(crate) struct Worked {
    alike: Option<Alike>,
    /// Bounds on distances, where they were worked out beforehand.
    fields: Arc<Fields>,
    pub(crate) placings: Placings,
}

impl Worked {
    /// Nothing worked out, but bounds on distances.
    pub(crate) fn knowing(fields: &Arc<Fields>) -> Self {
        Self { fields: Arc::clone(fields), ..Self::default() }
    }

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
    let mut screen = Screen::new(columns, variants, (units, worked));
    for (row, ((&when, wanted), kind)) in when.iter().zip(wanted).zip(columns.kind).enumerate() {
        if !*wanted || !judged(*kind) {
            continue;
        }
        if out.findings.len() > most {
            out.too_many = true;
            break;
        }
        screen.judge((batch, row), when, out);
    }
    screen.counted(&mut out.out_of_scope);
}

/// A batch before the variants, set up to be judged row by row.
pub(crate) struct Screen<'s> {
    columns: &'s RecordColumns<'s>,
    benches: Vec<(usize, Bench<'s>)>,
    alike: &'s mut Alike,
    numbered: Numbered,
    placings: &'s mut Placings,
    sight: Sight<'s>,
    /// Per bench: when a row is far from its ground, and how many were.
    far: Vec<(Option<(usize, Far)>, u64)>,
}

impl<'s> Screen<'s> {
    pub(crate) fn new(
        columns: &'s RecordColumns<'s>,
        variants: &[(usize, &'s Variant<'s>)],
        (units, Worked { alike, fields, placings }): (&'s Units, &'s mut Worked),
    ) -> Self {
        let variants: Vec<(usize, &Variant<'_>)> = variants.iter().filter(|(_, v)| v.judges()).copied().collect();
        let names = each_reading(columns, &variants);
        let of = |variant: &Variant<'_>| names.iter().find(|(known, _)| std::ptr::eq(*known, variant.agreement));
        let set_up = |(number, variant): &(usize, &'s Variant<'s>)| {
            let names = Rc::clone(&of(variant)?.1);
            Some((*number, Bench::new(variant, columns, names, (units, &mut *placings))))
        };
        let benches: Vec<(usize, Bench<'_>)> = variants.iter().filter_map(set_up).collect();
        let alike = alike.get_or_insert_with(|| Alike::under(variants.iter().map(|(_, variant)| *variant)));
        let numbered = alike.number(columns);
        let far = benches.iter().map(|(_, bench)| (bench.far(fields), 0)).collect();
        Self { columns, sight: Sight::new(fields), far, benches, alike, numbered, placings }
    }

    /// Judges a row under every variant.
    fn judge(&mut self, (batch, row): (usize, usize), when: (i64, i64), out: &mut Judged) {
        let slack = slack(self.columns, row, when);
        let within = (when.0 - slack, when.1 + slack);
        let combination = self.combination(row, within);
        let all = 0..self.benches.len();
        let open = combination.map(|combination| {
            self.alike.count(combination);
            self.alike.open(combination).to_vec()
        });
        let screened = open.is_some();
        self.sight.turn_to(self.columns, row);
        for at in open.unwrap_or_else(|| all.collect()) {
            let Some((number, bench)) = self.benches.get(at) else {
                continue;
            };
            if let Some((Some(far), rows)) = self.far.get_mut(at).filter(|_| screened)
                && self.sight.is_far(*far)
            {
                *rows += 1;
                continue;
            }
            let judgement = bench.judge(row, within, false, self.placings);
            if judgement.verdict == Verdict::OutOfScope {
                let reason = judgement.against().map_or(Reason::NotReached, |(_, reason)| reason);
                *out.out_of_scope.entry((*number, reason)).or_default() += 1;
            } else {
                let (variant, (from, until)) = (*number, when);
                out.findings.push(Finding { variant, batch, row, from, until, slack, event: None, judgement });
            }
        }
    }

    /// Counts a row if it is certainly out of every variant's scope; whether it is.
    pub(crate) fn set_aside(&mut self, row: usize, within: (i64, i64)) -> bool {
        let Some(combination) = self.combination(row, within) else {
            return false;
        };
        let open = self.alike.open(combination);
        if !open.is_empty() {
            self.sight.turn_to(self.columns, row);
            let sight = &mut self.sight;
            let far = |at: &usize| self.far.get(*at).and_then(|(far, _)| *far).is_some_and(|far| sight.is_far(far));
            if !open.iter().all(far) {
                return false;
            }
        }
        for at in open {
            if let Some((_, rows)) = self.far.get_mut(*at) {
                *rows += 1;
            }
        }
        self.alike.count(combination);
        true
    }

    /// What the row's like come to; of the first of them, worked out.
    fn combination(&mut self, row: usize, within: (i64, i64)) -> Option<Combination> {
        match self.alike.find(&self.numbered, self.columns, row, within) {
            Known::Judged(combination) => Some(combination),
            Known::New(key) => {
                Some(self.alike.learn(key, self.benches.iter().map(|(_, bench)| bench.against(row, within))))
            }
            Known::Alone => None,
        }
    }

    /// Adds up what was counted: rows by variant and by what was against them.
    pub(crate) fn counted(self, out_of_scope: &mut BTreeMap<(usize, Reason), u64>) {
        for ((number, _), (_, rows)) in self.benches.iter().zip(self.far).filter(|(_, (_, rows))| *rows > 0) {
            *out_of_scope.entry((*number, Reason::OutsideZone)).or_default() += rows;
        }
        self.alike.pass_on(|variant, reason, rows| {
            if let Some((number, _)) = self.benches.get(variant) {
                *out_of_scope.entry((*number, reason)).or_default() += rows;
            }
        });
    }
}

/// The names of a batch under each reading that some variant is of.
fn each_reading<'v>(
    columns: &RecordColumns<'_>,
    variants: &[(usize, &'v Variant<'v>)],
) -> Vec<(*const Agreement, Rc<Names<'v>>)> {
    let mut names: Vec<(*const Agreement, Rc<Names<'v>>)> = Vec::new();
    for (_, variant) in variants {
        let reading: *const Agreement = variant.agreement;
        if !names.iter().any(|(known, _)| std::ptr::eq(*known, reading)) {
            names.push((reading, Rc::new(Names::of(columns, variant.agreement, &variant.adherence))));
        }
    }
    names
}
