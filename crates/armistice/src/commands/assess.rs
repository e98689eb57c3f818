//! `armistice assess`: records against terms.

use std::io::Write;

use armistice_assess::{Evidence, Options, assess};
use armistice_brief::{Report, assessment_json, assessment_text, findings_csv};

use super::load::{Loaded, load};
use crate::cli::{Assess, AssessFormat};
use crate::exit::{Failure, Outcome};
use crate::terminal;

pub(super) fn run(args: &Assess) -> Result<Outcome, Failure> {
    let loaded = load(&args.agreement, &args.evidence, &args.known.as_known_on)?;
    let assessment = assess(&loaded.checked, evidence(&loaded), options(&loaded))
        .map_err(|error| Failure::Errors(error.to_string()))?;
    let remarks = remarks(&loaded);
    let report = Report::new(&assessment, &loaded.batches, &loaded.datasets, &remarks);
    let answer = match args.format {
        AssessFormat::Text => assessment_text(&report),
        AssessFormat::Json => assessment_json(&report),
        AssessFormat::Csv => findings_csv(&report),
    };
    let mut out = terminal::answers();
    out.write_all(answer.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Answered)
}

/// The records that were loaded.
pub(super) fn evidence(loaded: &Loaded) -> Evidence<'_> {
    Evidence { batches: &loaded.batches, datasets: &loaded.datasets, units: &loaded.units, unread: loaded.unread }
}

/// What was odd about rows, and in how many.
pub(super) fn remarks(loaded: &Loaded) -> Vec<(String, u64)> {
    loaded.remarks.iter().map(|(_, remark)| (remark.text.clone(), remark.rows)).collect()
}

/// What `assessment.truce` and the command line ask for.
pub(super) fn options(loaded: &Loaded) -> Options {
    Options { period: loaded.setup.period, baseline: loaded.setup.baseline, as_of: loaded.as_known_on.first().copied() }
}
