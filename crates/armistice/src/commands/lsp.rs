//! `armistice lsp`: agreements in an editor.

use crate::exit::{Failure, Outcome};
use crate::files;

pub(super) fn run() -> Result<Outcome, Failure> {
    armistice_lsp::stdio(&|folder, name| files::geometry(folder, name, files::MOST_SHAPES))
        .map_err(|why| Failure::Errors(format!("the editor broke off: {why}")))?;
    Ok(Outcome::Answered)
}
