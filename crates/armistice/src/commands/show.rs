//! `armistice show`: the agreement as it is understood.

use std::io::Write;

use armistice_brief::{show_json, show_text};

use super::sound;
use crate::cli::{Show, TextOrJson};
use crate::exit::{Failure, Outcome};
use crate::{files, terminal};

pub(super) fn run(args: &Show) -> Result<Outcome, Failure> {
    let source = files::agreement(&args.agreement)?;
    let checked = sound(&source, &args.readings)?;
    let mut out = terminal::answers();
    match args.format {
        TextOrJson::Text => write!(out, "{}", show_text(&checked))?,
        TextOrJson::Json => writeln!(out, "{:#}", show_json(&checked))?,
    }
    out.flush()?;
    Ok(Outcome::Answered)
}
