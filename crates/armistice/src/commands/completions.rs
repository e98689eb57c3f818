//! `armistice completions`: a script for a shell.

use std::io::Write;

use clap::CommandFactory;

use crate::cli::{Cli, Completions};
use crate::exit::{Failure, Outcome};
use crate::terminal;

pub(super) fn run(args: &Completions) -> Result<Outcome, Failure> {
    // Written to memory first: the generator would panic on a closed pipe.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "armistice", &mut script);
    let mut out = terminal::answers();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Outcome::Answered)
}
