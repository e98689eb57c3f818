//! What an agreement and an assessment look like: text, JSON, CSV.
//!
//! Everything here is a pure function to a `String`. Figures of people killed
//! always come as low, best and high; a standing is never printed without what
//! it rests on; nothing is rounded up to certainty.
//!
//! This crate must not know where its output goes, nor judge anything: it
//! prints what `assess` found.

mod adherents;
mod compare;
mod csv;
mod drafting;
mod exchanges;
mod explain;
mod grounds;
mod json;
mod show;
mod stocks;
mod sweep;
mod text;
mod words;

pub use compare::{comparison_json, comparison_text};
pub use csv::findings_csv;
pub use drafting::{Meant, TwoTexts, brackets_json, brackets_text, difference_json, difference_text};
pub use explain::{explanation_json, explanation_text};
pub use grounds::{grounds_json, grounds_text};
pub use json::{MOST_IN_JSON, assessment_json};
pub use show::{Card, card_of_moment, card_of_name, card_of_provision, show_json, show_text};
pub use sweep::{
    GateReport, GridReport, SweepReport, gate_sweep_csv, gate_sweep_json, gate_sweep_text, grid_csv, grid_json,
    grid_text, sweep_csv, sweep_json, sweep_text,
};
pub use text::assessment_text;

use armistice_assess::Assessment;
use armistice_records::{Dataset, RecordColumns};
use arrow_array::RecordBatch;

/// An assessment with the records it rests on.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// The assessment.
    pub assessment: &'a Assessment<'a>,
    /// The data sets, with their limits.
    pub datasets: &'a [Dataset],
    /// What was odd about rows that were read all the same, and in how many.
    pub remarks: &'a [(String, u64)],
    /// The records, batch by batch.
    columns: Vec<RecordColumns<'a>>,
}

impl<'a> Report<'a> {
    /// A report on an assessment of these batches.
    #[must_use]
    pub fn new(
        assessment: &'a Assessment<'a>,
        batches: &'a [RecordBatch],
        datasets: &'a [Dataset],
        remarks: &'a [(String, u64)],
    ) -> Self {
        // Batches that are not of the schema never gave an assessment.
        let columns = batches.iter().filter_map(|batch| RecordColumns::view(batch).ok()).collect();
        Self { assessment, datasets, remarks, columns }
    }

    fn row(&self, at: (usize, usize)) -> Option<(&RecordColumns<'a>, usize)> {
        self.columns.get(at.0).map(|columns| (columns, at.1))
    }
}
