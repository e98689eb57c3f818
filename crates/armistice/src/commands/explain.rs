//! `armistice explain`: one finding down to clause, record and arithmetic.

use std::io::Write;

use armistice_assess::{ExplainError, explain};
use armistice_brief::{explanation_json, explanation_text};

use super::assess::{evidence, options};
use super::load::load;
use crate::cli::{Explain, TextOrJson};
use crate::exit::{Failure, Outcome};
use crate::terminal;

pub(super) fn run(args: &Explain) -> Result<Outcome, Failure> {
    let loaded = load(&args.agreement, &args.evidence, &args.known.as_known_on)?;
    let found = explain(&loaded.checked, evidence(&loaded), options(&loaded), &args.finding);
    let explanation = found.map_err(|error| match error {
        ExplainError::Evidence(_) => Failure::Errors(error.to_string()),
        // An id that nothing has is a slip on the command line.
        _ => Failure::Usage(error.to_string()),
    })?;
    let answer = match args.format {
        TextOrJson::Text => explanation_text(&explanation),
        TextOrJson::Json => explanation_json(&explanation),
    };
    let mut out = terminal::answers();
    out.write_all(answer.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Answered)
}
