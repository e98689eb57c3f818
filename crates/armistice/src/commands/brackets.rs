//! `armistice brackets`: what is open in a draft, and who stands where.

use std::io::Write;

use armistice_brief::{brackets_json, brackets_text};

use super::refuse_errors;
use crate::cli::{Brackets, TextOrJson};
use crate::exit::{Failure, Outcome};
use crate::{files, terminal, when};

pub(super) fn run(args: &Brackets) -> Result<Outcome, Failure> {
    let source = files::agreement(&args.agreement)?;
    let checked = source.check();
    refuse_errors(&source, &checked.diagnostics)?;
    let on = args.on.as_ref().map(|words| when::as_of(words, &checked.agreement().clock)).transpose();
    let on = on.map_err(|why| Failure::Usage(format!("--on: {why}")))?;
    let mut out = terminal::answers();
    match args.format {
        TextOrJson::Text => write!(out, "{}", brackets_text(&checked, on))?,
        TextOrJson::Json => writeln!(out, "{:#}", brackets_json(&checked, on))?,
    }
    out.flush()?;
    Ok(Outcome::Answered)
}
