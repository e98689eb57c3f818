//! One finding, in full: every point judged, even where one settled it.

use armistice_records::{Record, RecordColumns};
use armistice_terms::Checked;

use crate::assessment::{Assessment, Options, assess};
use crate::evidence::{Evidence, EvidenceError, known};
use crate::finding::Judgement;
use crate::judge::{Bench, Names};
use crate::when::{instants, slack};

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
    /// Whether it was known by the day asked about.
    pub known: bool,
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
    let assessment = assess(checked, evidence, options)?;
    for batch in evidence.batches {
        let columns = RecordColumns::view(batch).map_err(EvidenceError::from)?;
        let Some(row) = (0..columns.len()).find(|row| columns.record_id.value(*row) == wanted) else {
            continue;
        };
        let whens = instants(&columns, &checked.agreement().clock);
        let (Some(record), Some(when)) = (columns.row(row), whens.get(row).copied()) else {
            continue;
        };
        let slack = slack(&columns, row, when);
        let within = (when.0 - slack, when.1 + slack);
        let judgements = assessment
            .variants
            .iter()
            .enumerate()
            .filter(|(_, v)| v.index == provision && v.judges())
            .map(|(number, variant)| {
                let names = Names::of(&columns, variant.agreement);
                (number, Bench::new(variant, &columns, &names).judge(row, within, true))
            })
            .collect();
        let in_period = within.0 < assessment.window.1 && within.1 > assessment.window.0;
        let known = known(&columns, row, when, options.as_of);
        let id = id.to_owned();
        return Ok(Explanation { id, provision, record, when, within, judgements, in_period, known, assessment });
    }
    Err(ExplainError::NoRecord(wanted.to_owned()))
}
