//! The commands, one file each, and what they share.

mod assess;
mod brackets;
mod check;
mod compare;
mod completions;
mod difference;
mod explain;
mod fmt;
mod load;
mod lsp;
mod show;
mod sweep;

use armistice_syntax::{Diagnostic, Level, render};
use armistice_terms::Checked;

use crate::cli::{Command, Readings};
use crate::exit::{Failure, Outcome};
use crate::files::Source;
use crate::terminal;

/// Runs a command to its end.
pub(crate) fn run(command: Command) -> Result<Outcome, Failure> {
    match command {
        Command::Check(args) => check::run(&args),
        Command::Fmt(args) => fmt::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Brackets(args) => brackets::run(&args),
        Command::Assess(args) => assess::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Sweep(args) => sweep::run(&args),
        Command::Lsp => lsp::run(),
        Command::Completions(args) => completions::run(&args),
    }
}

/// Errors and warnings, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    errors: usize,
    warnings: usize,
}

impl Tally {
    fn of(diagnostics: &[Diagnostic]) -> Self {
        let count = |level| diagnostics.iter().filter(|d| d.level == level).count();
        Self { errors: count(Level::Error), warnings: count(Level::Warning) }
    }

    fn add(&mut self, other: Self) {
        self.errors += other.errors;
        self.warnings += other.warnings;
    }
}

/// `2 errors, 1 warning`.
impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let errors = counted(self.errors, "error", "errors");
        let warnings = counted(self.warnings, "warning", "warnings");
        write!(f, "{errors}, {warnings}")
    }
}

/// `no rows`, `1 row`, `2 rows`.
fn counted(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    }
}

/// The agreement under the readings asked for, if nothing in it must be mended
/// first; otherwise its errors go to stderr.
fn sound(source: &Source, readings: &Readings) -> Result<Checked, Failure> {
    let mut checked = source.check();
    refuse_errors(source, &checked.diagnostics)?;
    checked.narrow(&readings.reading).map_err(Failure::Usage)?;
    let weak = Tally::of(&checked.diagnostics).warnings;
    if weak > 0 {
        let what = counted(weak, "warning", "warnings");
        terminal::note(&format!("{what} about {0}; see `armistice check {0}`", source.shown()));
    }
    Ok(checked)
}

/// How many errors are drawn where something else was asked for.
const SHOWN: usize = 20;

/// Says the errors on stderr, if there are any.
fn refuse_errors(source: &Source, diagnostics: &[Diagnostic]) -> Result<(), Failure> {
    let errors: Vec<&Diagnostic> = diagnostics.iter().filter(|d| d.level == Level::Error).collect();
    if errors.is_empty() {
        return Ok(());
    }
    let path = source.shown();
    for error in errors.iter().take(SHOWN) {
        terminal::plain(&render(error, &path, &source.text, terminal::colour_messages()));
        terminal::plain("");
    }
    if let Some(more) = errors.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        terminal::plain(&format!("… and {more} more; `armistice check {path}` shows them"));
    }
    terminal::error(&format!("{} in {path} must be mended first", counted(errors.len(), "mistake", "mistakes")));
    Err(Failure::Told)
}
