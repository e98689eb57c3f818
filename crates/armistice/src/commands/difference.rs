//! `armistice compare A B`: what changed in meaning from one text to another,
//! and what that would have meant for past records.

use std::io::Write;
use std::path::Path;

use armistice_assess::{Assessment, EvidenceError, Options, assess};
use armistice_brief::{Meant, TwoTexts, difference_json, difference_text};
use armistice_drafting::{consequences, pairs};

use super::assess::{evidence, options};
use super::load::load;
use super::sound;
use crate::cli::{Compare, TextOrJson};
use crate::exit::{Failure, Outcome};
use crate::records::Large;
use crate::{files, terminal};

pub(super) fn run(args: &Compare, other: &Path) -> Result<Outcome, Failure> {
    if !args.as_known_on.is_empty() {
        let why =
            "--as-known-on compares two states of knowledge of one agreement; leave it out, or the second agreement";
        return Err(Failure::Usage(why.to_owned()));
    }
    let (source, newer) = (files::agreement(&args.agreement)?, files::agreement(other)?);
    let readings = &args.evidence.readings;
    if !args.assessed && args.evidence.records.is_empty() {
        let (old, new) = (sound(&source, readings)?, sound(&newer, readings)?);
        let difference = armistice_drafting::compare(&old, &new);
        return write(TwoTexts { old: &old, new: &new, difference: &difference, meant: None }, args.format);
    }
    // The settings are the old text's, or the new one's where the old has none.
    let of_old = source.assessment()?.is_some();
    let loaded = load(if of_old { &args.agreement } else { other }, &args.evidence, [], Large::Whole)?;
    let without = sound(if of_old { &newer } else { &source }, readings)?;
    let (old, new) = if of_old { (&loaded.checked, &without) } else { (&without, &loaded.checked) };
    let difference = armistice_drafting::compare(old, new);
    let refused = |error: EvidenceError| Failure::Errors(error.to_string());
    let was = assess(old, evidence(&loaded), options(&loaded)).map_err(refused)?;
    // Over the same period, also where none is set.
    let is = assess(new, evidence(&loaded), Options { period: period(&was), ..options(&loaded) }).map_err(refused)?;
    let consequences = consequences(&difference, &pairs(old, new), &was, &is);
    let meant = Meant { consequences: &consequences, records: was.in_period, window: was.window };
    write(TwoTexts { old, new, difference: &difference, meant: Some(meant) }, args.format)
}

fn period(assessment: &Assessment<'_>) -> Option<(jiff::Timestamp, jiff::Timestamp)> {
    let at = |second: i64| jiff::Timestamp::from_second(second).ok();
    at(assessment.window.0).zip(at(assessment.window.1))
}

fn write(texts: TwoTexts<'_>, format: TextOrJson) -> Result<Outcome, Failure> {
    let mut out = terminal::answers();
    match format {
        TextOrJson::Text => write!(out, "{}", difference_text(texts))?,
        TextOrJson::Json => writeln!(out, "{:#}", difference_json(texts))?,
    }
    out.flush()?;
    Ok(Outcome::Answered)
}
