//! `armistice assess`: records against terms.

use std::io::Write;

use armistice_assess::{Evidence, Options, SetAside, Sifted, assess_sifted, sift};
use armistice_brief::{MOST_IN_JSON, Report, assessment_json, assessment_text, findings_csv};
use armistice_records::{InMemory, Parts};

use super::load::{Loaded, load};
use crate::cli::{Assess, AssessFormat};
use crate::exit::{Failure, Outcome};
use crate::records::Large;
use crate::terminal;

pub(super) fn run(args: &Assess) -> Result<Outcome, Failure> {
    let mut loaded = load(&args.agreement, &args.evidence, &args.known.as_known_on, Large::InParts)?;
    let aside = sifted(&mut loaded)?;
    let assessment = assess_sifted(&loaded.checked, evidence(&loaded), (&aside, threads()), options(&loaded))
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

/// Takes in of the files that are read in parts what matters to this answer; the
/// rest of them, and of what was read already, is counted.
fn sifted(loaded: &mut Loaded) -> Result<SetAside, Failure> {
    if loaded.in_parts.is_empty() {
        return Ok(SetAside::default());
    }
    let memory = InMemory { batches: &loaded.batches, datasets: &loaded.datasets };
    let large = loaded.in_parts.iter().map(|file| -> &dyn Parts { file });
    let files: Vec<&dyn Parts> = std::iter::once::<&dyn Parts>(&memory).chain(large).collect();
    let sifted = sift(&loaded.checked, &files, (&loaded.units, threads()), options(loaded));
    let Sifted { batches, aside } = sifted.map_err(|error| Failure::Errors(error.to_string()))?;
    loaded.batches = batches;
    Ok(aside)
}

/// As many as the machine has processors for.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
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
