//! `armistice compare A B`: what changed in meaning from one text to another.

use std::io::Write;
use std::path::Path;

use armistice_brief::{TwoTexts, difference_json, difference_text};

use super::sound;
use crate::cli::{Compare, TextOrJson};
use crate::exit::{Failure, Outcome};
use crate::{files, terminal};

pub(super) fn run(args: &Compare, other: &Path) -> Result<Outcome, Failure> {
    if !args.as_known_on.is_empty() {
        let why =
            "--as-known-on compares two states of knowledge of one agreement; leave it out, or the second agreement";
        return Err(Failure::Usage(why.to_owned()));
    }
    let old = sound(&files::agreement(&args.agreement)?, &args.evidence.readings)?;
    let new = sound(&files::agreement(other)?, &args.evidence.readings)?;
    let difference = armistice_drafting::compare(&old, &new);
    let texts = TwoTexts { old: &old, new: &new, difference: &difference };
    let mut out = terminal::answers();
    match args.format {
        TextOrJson::Text => write!(out, "{}", difference_text(texts))?,
        TextOrJson::Json => writeln!(out, "{:#}", difference_json(texts))?,
    }
    out.flush()?;
    Ok(Outcome::Answered)
}
