//! The command line: files in, answers on stdout, everything else on stderr.
//!
//! What an answer looks like is for `armistice-brief`; what it is, for
//! `armistice-assess`. Here are arguments, files, the terminal and exit codes.

mod cli;
mod commands;
mod exit;
mod files;
mod records;
mod terminal;
mod when;

use std::process::ExitCode;

use clap::Parser;

/// Trees, terms and findings are many small things: a tenth to a quarter of the
/// time of checking a page goes with it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match cli::Cli::try_parse() {
        Ok(cli) => exit::code(commands::run(cli.command)),
        Err(told) => {
            // A reader that is gone does not want the help either.
            let _ = told.print();
            if told.use_stderr() { exit::USAGE.into() } else { ExitCode::SUCCESS }
        }
    }
}
