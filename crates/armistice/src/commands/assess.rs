//! `armistice assess`: records against terms.

use std::io::Write;

use armistice_assess::{Evidence, Options, assess};
use armistice_brief::{MOST_IN_JSON, Report, assessment_json, assessment_text, findings_csv};

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
        AssessFormat::Json => {
            let judgements = assessment.findings.iter().map(|found| found.judgements.len()).sum();
            fits_json(judgements)?;
            assessment_json(&report)
        }
        AssessFormat::Csv => findings_csv(&report),
    };
    let mut out = terminal::answers();
    out.write_all(answer.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Answered)
}

/// Refuses what would fill the memory before it is written.
fn fits_json(judgements: usize) -> Result<(), Failure> {
    if judgements <= MOST_IN_JSON {
        return Ok(());
    }
    Err(Failure::Errors(format!(
        "{judgements} judgements are too many for JSON, which holds {MOST_IN_JSON}; write them with `--format csv`, or assess a shorter time"
    )))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_holds_only_so_much() {
        assert!(fits_json(MOST_IN_JSON).is_ok());
        assert!(matches!(fits_json(MOST_IN_JSON + 1), Err(Failure::Errors(why)) if why.contains("--format csv")));
    }
}
