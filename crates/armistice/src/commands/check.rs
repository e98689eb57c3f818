//! `armistice check`: what is wrong, where, and how to mend it.

use std::io::Write;

use armistice_syntax::{Diagnostic, Level, Lines, render};
use serde_json::{Value, json};

use super::Tally;
use crate::cli::{Check, TextOrJson};
use crate::exit::{Failure, Outcome};
use crate::files::{self, Source};
use crate::terminal;

pub(super) fn run(args: &Check) -> Result<Outcome, Failure> {
    let mut told: Vec<(Source, Vec<Diagnostic>)> = Vec::new();
    for argument in &args.agreements {
        let source = files::agreement(argument)?;
        let checked = source.check();
        let assessment = source.assessment()?;
        let clock = &checked.agreement().clock;
        let settings = assessment.map(|file| {
            let (_, diagnostics) = armistice_terms::setup(&file.text, clock);
            (file, diagnostics)
        });
        told.push((source, checked.diagnostics));
        told.extend(settings);
    }
    let mut tally = Tally::default();
    for (_, diagnostics) in &told {
        tally.add(Tally::of(diagnostics));
    }
    let mut out = terminal::answers();
    match args.format {
        TextOrJson::Text => text(&mut out, &told)?,
        TextOrJson::Json => {
            let each = told.iter().flat_map(|(source, diagnostics)| {
                let lines = Lines::of(&source.text);
                diagnostics.iter().map(move |diagnostic| object(diagnostic, source, &lines))
            });
            let all: Vec<Value> = each.collect();
            writeln!(out, "{:#}", Value::Array(all))?;
        }
    }
    out.flush()?;
    let first = told.first().map(|(source, _)| source.shown()).unwrap_or_default();
    let place = match args.agreements.len() {
        1 => first,
        many => format!("{many} agreements"),
    };
    terminal::plain(&format!("{tally} in {place}"));
    let fails = tally.errors > 0 || (args.deny_warnings && tally.warnings > 0);
    Ok(if fails { Outcome::Errors } else { Outcome::Answered })
}

/// How many are drawn of one file: nobody mends more at a sitting.
const SHOWN: usize = 100;

fn text(out: &mut impl Write, told: &[(Source, Vec<Diagnostic>)]) -> Result<(), Failure> {
    for (source, diagnostics) in told {
        for diagnostic in diagnostics.iter().take(SHOWN) {
            let drawn = render(diagnostic, &source.shown(), &source.text, terminal::colour_answers());
            writeln!(out, "{drawn}\n")?;
        }
        if let Some(more) = diagnostics.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            writeln!(out, "… and {more} more in {}; `--format json` lists every one\n", source.shown())?;
        }
    }
    Ok(())
}

fn object(diagnostic: &Diagnostic, source: &Source, lines: &Lines<'_>) -> Value {
    let (line, column) = lines.line_column(diagnostic.span.start);
    let related: Vec<Value> = diagnostic
        .related
        .iter()
        .map(|(span, label)| json!({ "start": span.start, "end": span.end, "label": label }))
        .collect();
    json!({
        "path": source.shown(),
        "code": diagnostic.code.0,
        "level": match diagnostic.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        },
        "title": diagnostic.title,
        "label": diagnostic.label,
        "line": line,
        "column": column,
        "start": diagnostic.span.start,
        "end": diagnostic.span.end,
        "related": related,
        "help": diagnostic.help,
        "fix": diagnostic.fix.as_ref().map(|fix| json!({ "start": fix.span.start, "end": fix.span.end, "text": fix.text })),
    })
}
