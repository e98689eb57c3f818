//! One finding, in full: every point judged, even where one settled it.

use std::cmp::Reverse;
use std::rc::Rc;

use armistice_records::{Kind, Record};
use armistice_terms::Checked;
use arrow_array::Array;

use crate::assessment::{Assessment, Options};
use crate::bench::Bench;
use crate::evidence::{Evidence, EvidenceError, origin};
use crate::finding::Judgement;
use crate::knowledge::{At, known_by, stands_at};
use crate::names::Names;
use crate::place::Placings;
use crate::running::Running;
use crate::when::widened;

/// Why a finding cannot be explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExplainError {
    /// The evidence itself is unsound.
    Evidence(EvidenceError),
    /// The id is not of the form `3.a:ged-227759`.
    Malformed(String),
    /// The agreement has no such provision.
    NoProvision {
        /// As asked for.
        id: String,
        /// The provisions there are.
        known: Vec<String>,
    },
    /// No record of that id is loaded.
    NoRecord(String),
    /// It is loaded, and was not known on the day asked about.
    NotYetKnown(String),
}

impl std::fmt::Display for ExplainError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Evidence(error) => write!(f, "{error}"),
            Self::Malformed(id) => {
                write!(f, "`{id}` is not a finding's id; write the clause and the record, as in `1.a:ged-227759`")
            }
            Self::NoProvision { id, known } => {
                write!(f, "the agreement has no provision {id}; it has: {}", known.join(", "))
            }
            Self::NotYetKnown(id) => write!(f, "the record {id} was not known on the day asked about"),
            Self::NoRecord(id) => write!(f, "no record {id} is loaded"),
        }
    }
}

impl std::error::Error for ExplainError {}

impl From<EvidenceError> for ExplainError {
    fn from(error: EvidenceError) -> Self {
        Self::Evidence(error)
    }
}

/// One record under one provision, every point judged under every reading.
#[derive(Clone, Debug)]
pub struct Explanation<'a> {
    /// The assessment it belongs to.
    pub assessment: Assessment<'a>,
    /// `1.a:ged-227759`.
    pub id: String,
    /// The provision's index.
    pub provision: usize,
    /// The record, as read.
    pub record: Record,
    /// When it happened, in seconds: first, and first after.
    pub when: (i64, i64),
    /// Within what it may have happened, where its dates are good for no more.
    pub within: (i64, i64),
    /// Under each variant of the provision.
    pub judgements: Vec<(usize, Judgement)>,
    /// Whether it touches the assessed period at all.
    pub in_period: bool,
    /// Whether this version counts: known by the day asked about, and neither
    /// superseded nor taken back by then.
    pub counted: bool,
    /// What became of the record, in the order of knowledge.
    pub history: Vec<Told>,
}

/// A version of a record, or a retraction of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// When it became known, if anybody says.
    pub known: Option<i64>,
    /// Whether it takes the record back.
    pub withdraws: bool,
    /// On which origins it rests, joined by `|`.
    pub by: Option<String>,
    /// Whether it is the word of those whose record it is; else it counts for
    /// nothing.
    pub theirs: bool,
    /// The data set, file and line it was read from.
    pub origin: String,
}

/// Every version of a record and every retraction of it.
fn history(running: &Running<'_, '_>, wanted: &str) -> Vec<Told> {
    let mut told = Vec::new();
    for (number, columns) in (0..running.batches.len()).filter_map(|n| Some((n, running.view(n)?))) {
        for row in 0..columns.len() {
            let retracts = columns.kind.get(row).copied() == Some(Kind::Retraction.code());
            let about = match columns.subject.get(row) {
                Some(subjects) if retracts => subjects.split('|').any(|s| s == wanted),
                _ => !retracts && columns.record_id.value(row) == wanted,
            };
            let when = running.whens.get(number).and_then(|w| w.get(row)).copied().unwrap_or_default();
            let since = columns.known_at.is_valid(row).then(|| columns.known_at.value(row));
            if about && known_by(since, when, running.options.as_of) {
                let known = columns.known_at.is_valid(row).then(|| columns.known_at.value(row));
                let by = columns.independence_groups.get(row).filter(|by| !by.is_empty()).map(str::to_owned);
                let theirs = running.knowledge.is_theirs(wanted, (number, row), retracts);
                told.push(Told { known, withdraws: retracts, by, theirs, origin: origin(&columns, row) });
            }
        }
    }
    told.sort_by(|a, b| (a.known, a.withdraws, &a.origin).cmp(&(b.known, b.withdraws, &b.origin)));
    told.dedup();
    told
}

/// Explains what a record comes to under a provision. Any loaded record can be
/// asked about, also one that is out of scope.
///
/// # Errors
/// [`ExplainError`] when the id, the provision or the record is not there.
pub fn explain<'a>(
    checked: &'a Checked,
    evidence: Evidence<'_>,
    options: Options,
    id: &str,
) -> Result<Explanation<'a>, ExplainError> {
    let (clause, wanted) = id.split_once(':').ok_or_else(|| ExplainError::Malformed(id.to_owned()))?;
    let provisions = &checked.agreement().provisions;
    let (provision, _) = checked.agreement().provision(clause).ok_or_else(|| ExplainError::NoProvision {
        id: clause.to_owned(),
        known: provisions.iter().map(|p| p.id.clone()).collect(),
    })?;
    let running = Running::of(checked, evidence, options)?;
    let assessment = running.assessment()?;
    let all = (0..running.batches.len()).filter_map(|number| Some((number, running.view(number)?)));
    let mut versions: Vec<At> = Vec::new();
    for (number, columns) in all {
        let mine = (0..columns.len()).filter(|row| columns.record_id.value(*row) == wanted);
        versions.extend(mine.map(|row| (number, row)));
    }
    let counts = |at: &At| running.knowledge.current(at.0).get(at.1).copied().unwrap_or_default();
    // The version that counts; of one of which none does, the latest known.
    let latest = |at: &At| running.view(at.0).and_then(|c| c.known_at.is_valid(at.1).then(|| c.known_at.value(at.1)));
    // Nobody knew of a version that became known only later.
    let there = !versions.is_empty();
    let known = |at: &At| {
        let when = running.whens.get(at.0).and_then(|w| w.get(at.1)).copied().unwrap_or_default();
        known_by(latest(at), when, options.as_of)
    };
    versions.retain(known);
    if there && versions.is_empty() {
        return Err(ExplainError::NotYetKnown(wanted.to_owned()));
    }
    let stands = |at: &At| {
        running.view(at.0).map(|c| {
            let (file, line, dataset) = stands_at(&c, at.1);
            (file.to_owned(), line, dataset.to_owned())
        })
    };
    let shown = versions.iter().max_by_key(|at| (counts(at), latest(at), Reverse(stands(at)))).copied();
    let explained = shown.and_then(|(number, row)| {
        let columns = running.view(number)?;
        let when = *running.whens.get(number)?.get(row)?;
        let within = widened(&columns, row, when);
        let judgements = running.climb(&assessment.notices, |_, _, ladder| {
            let mine = running.variants.iter().enumerate().filter(|(_, v)| v.index == provision && v.judges());
            mine.map(|(number_of, variant)| {
                let names = Names::of(&columns, variant.agreement, &variant.adherence);
                let mut placings = Placings::default();
                let bench = Bench::new(variant, &columns, Rc::new(names), (running.units, &mut placings));
                let mut judgement = bench.judge(row, within, true, &mut placings);
                judgement.support(ladder.judge((number, row), variant, judgement.candidates));
                (number_of, judgement)
            })
            .collect()
        });
        let in_period = within.0 < assessment.window.1 && within.1 > assessment.window.0;
        let counted = counts(&(number, row));
        Some((columns.row(row)?, when, within, judgements, in_period, counted))
    });
    if let Some((record, when, within, judgements, in_period, counted)) = explained {
        let id = id.to_owned();
        let history = history(&running, wanted);
        return Ok(Explanation {
            id,
            provision,
            record,
            when,
            within,
            judgements,
            in_period,
            counted,
            history,
            assessment,
        });
    }
    Err(ExplainError::NoRecord(wanted.to_owned()))
}
