//! `armistice compare`: two texts, or one agreement in two states of knowledge.

use std::io::Write;

use armistice_assess::compare;
use armistice_brief::{Report, comparison_json, comparison_text};

use super::assess::{evidence, options, remarks};
use super::load::load;
use crate::cli::{Compare, TextOrJson};
use crate::exit::{Failure, Outcome};
use crate::records::Large;
use crate::terminal;

pub(super) fn run(args: &Compare) -> Result<Outcome, Failure> {
    match &args.other {
        Some(other) => super::difference::run(args, other),
        None => knowledge(args),
    }
}

fn knowledge(args: &Compare) -> Result<Outcome, Failure> {
    // Told before anything is read.
    if args.as_known_on.len() != 2 {
        let why = "two things are compared; give a second agreement, or two dates for this one, as in `--as-known-on 2019-12-31 --as-known-on 2022-12-31`";
        return Err(Failure::Usage(why.to_owned()));
    }
    let loaded = load(&args.agreement, &args.evidence, &args.as_known_on, Large::Whole)?;
    let (one, other) = match loaded.as_known_on.as_slice() {
        [one, other] if one != other => (*one, *other),
        _ => return Err(Failure::Usage("--as-known-on: both dates mean the same moment; give two".to_owned())),
    };
    let comparison = compare(&loaded.checked, evidence(&loaded), options(&loaded), one, other)
        .map_err(|error| Failure::Errors(error.to_string()))?;
    let remarks = remarks(&loaded);
    let report = Report::new(&comparison.now, &loaded.batches, &loaded.datasets, &remarks);
    let answer = match args.format {
        TextOrJson::Text => comparison_text(&comparison, &report),
        TextOrJson::Json => comparison_json(&comparison, &report),
    };
    let mut out = terminal::answers();
    out.write_all(answer.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Answered)
}
