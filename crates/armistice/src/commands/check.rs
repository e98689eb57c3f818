//! `armistice check`: what is wrong, where, and how to mend it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use armistice_syntax::{Diagnostic, Level, Lines, render};
use armistice_terms::{Accepted, Lint};
use serde_json::{Value, json};

use super::Tally;
use crate::cli::{Check, TextOrJson};
use crate::exit::{Failure, Outcome};
use crate::files::{self, Source};
use crate::terminal;

/// One file and what is to be said of it.
struct Told {
    source: Source,
    diagnostics: Vec<Diagnostic>,
    /// What its text accepts, where that is asked for.
    accepted: Vec<Accepted>,
}

pub(super) fn run(args: &Check) -> Result<Outcome, Failure> {
    let mut told: Vec<Told> = Vec::new();
    for argument in &args.agreements {
        let source = files::agreement(argument)?;
        let checked = source.check();
        let assessment = source.assessment()?;
        let clock = &checked.agreement().clock;
        let settings = assessment.map(|file| {
            let (_, diagnostics) = armistice_terms::setup(&file.text, clock);
            Told { source: file, diagnostics, accepted: Vec::new() }
        });
        let accepted = if args.all { checked.accepted } else { Vec::new() };
        told.push(Told { source, diagnostics: checked.diagnostics, accepted });
        told.extend(settings);
    }
    let mut tally = Tally::default();
    for Told { diagnostics, .. } in &told {
        tally.add(Tally::of(diagnostics));
    }
    let mut out = terminal::answers();
    match args.format {
        TextOrJson::Text => text(&mut out, &told)?,
        TextOrJson::Json => {
            let each = told.iter().flat_map(|Told { source, diagnostics, accepted }| {
                let lines = Lines::of(&source.text);
                let found = diagnostics.iter().map(|diagnostic| object(diagnostic, None, source, &lines));
                let set_aside = accepted.iter().map(|one| object(&one.diagnostic, Some(&one.reason), source, &lines));
                found.chain(set_aside).collect::<Vec<Value>>()
            });
            let all: Vec<Value> = each.collect();
            writeln!(out, "{:#}", Value::Array(all))?;
        }
    }
    out.flush()?;
    let first = told.first().map(|told| told.source.shown()).unwrap_or_default();
    let place = match args.agreements.len() {
        1 => first,
        many => format!("{many} agreements"),
    };
    terminal::plain(&format!("{tally} in {place}"));
    let weak = |d: &&Diagnostic| Lint::of(d.code.0).is_some();
    if let Some(first) = told.iter().flat_map(|told| &told.diagnostics).find(weak) {
        terminal::plain(&format!("`armistice explain {}` tells why it matters, and so of every code", first.code.0));
    }
    let fails = tally.errors > 0 || (args.deny_warnings && tally.warnings > 0);
    Ok(if fails { Outcome::Errors } else { Outcome::Answered })
}

/// How many are drawn of one file: nobody mends more at a sitting.
const SHOWN: usize = 100;

fn text(out: &mut impl Write, told: &[Told]) -> Result<(), Failure> {
    for Told { source, diagnostics, accepted } in told {
        let lines = Lines::of(&source.text);
        let mut drawn: BTreeSet<&str> = BTreeSet::new();
        let mut more: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
        let (mut shown, mut left_out) = (0, 0);
        for diagnostic in diagnostics {
            // What a lint finds again is told in a line: its mend is the same.
            if Lint::of(diagnostic.code.0).is_some() && !drawn.insert(diagnostic.code.0) {
                more.entry(diagnostic.code.0).or_default().push(diagnostic);
                continue;
            }
            if shown < SHOWN {
                shown += 1;
                let drawn = render(diagnostic, &source.shown(), &source.text, terminal::colour_answers());
                writeln!(out, "{drawn}\n")?;
            } else {
                left_out += 1;
            }
        }
        for (code, again) in more {
            writeln!(out, "{code} again:")?;
            for diagnostic in again.iter().take(SHOWN) {
                let (line, column) = lines.line_column(diagnostic.span.start);
                writeln!(out, "  {}:{line}:{column}: {}", source.shown(), diagnostic.title)?;
            }
            left_out += again.len().saturating_sub(SHOWN);
            writeln!(out)?;
        }
        if left_out > 0 {
            writeln!(out, "… and {left_out} more in {}; `--format json` lists every one\n", source.shown())?;
        }
        if !accepted.is_empty() {
            writeln!(out, "accepted in {}:", source.shown())?;
            for Accepted { diagnostic, reason } in accepted {
                let (line, column) = lines.line_column(diagnostic.span.start);
                let code = diagnostic.code.0;
                writeln!(out, "  {line}:{column}: {code} {}, because: {reason}", diagnostic.title)?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}

fn object(diagnostic: &Diagnostic, accepted: Option<&str>, source: &Source, lines: &Lines<'_>) -> Value {
    let (line, column) = lines.line_column(diagnostic.span.start);
    let related: Vec<Value> = diagnostic
        .related
        .iter()
        .map(|(span, label)| json!({ "start": span.start, "end": span.end, "label": label }))
        .collect();
    let fix = diagnostic.fix.as_ref();
    let fix = fix.map(|fix| json!({ "start": fix.span.start, "end": fix.span.end, "text": fix.text }));
    json!({
        "path": source.shown(),
        "code": diagnostic.code.0,
        "accepted": accepted,
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
        "fix": fix,
    })
}
