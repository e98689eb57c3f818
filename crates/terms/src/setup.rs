//! `assessment.truce`: which records an agreement is assessed on, and when.
//!
//! Kept apart from the agreement, because evidence is not terms.

use armistice_syntax::{Code, Diagnostic, Document, Form, NodeExt, Span};
use jiff::Timestamp;

use crate::lower::window;
use crate::model::Clock;

/// What an agreement folder says about its own assessment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setup {
    /// Record files, relative to the folder.
    pub records: Vec<String>,
    /// The period to assess: its first instant, and the first one after it.
    pub period: Option<(Timestamp, Timestamp)>,
    /// An earlier period to set beside it.
    pub baseline: Option<(Timestamp, Timestamp)>,
}

/// Reads the settings from a text in which only settings stand. Dates are days
/// of the agreement, first and last both included.
#[must_use]
pub fn setup(text: &str, clock: &Clock) -> (Setup, Vec<Diagnostic>) {
    let parse = armistice_syntax::parse(text, Form::Plain);
    let mut diagnostics = parse.diagnostics.clone();
    let mut setup = Setup::default();
    let mut said: Vec<(String, Span)> = Vec::new();
    let document = Document::of(&parse.syntax());
    for statement in document.blocks.iter().flat_map(|b| &b.statements) {
        match (statement.lead().as_deref(), statement.head()) {
            (Some("records"), Some(head)) => setup.records.extend(head.text_value()),
            (Some(lead @ ("period" | "baseline")), Some(head)) => {
                if let Some((_, first)) = said.iter().find(|(earlier, _)| earlier == lead) {
                    diagnostics.push(
                        Diagnostic::error(
                            Code("T163"),
                            head.span(),
                            format!("an assessment has one {lead}"),
                            "a second one is given here",
                        )
                        .related(first.clone(), "first given here")
                        .help("keep one of the two; to assess another, use a file of its own"),
                    );
                    continue;
                }
                said.push((lead.to_owned(), head.span()));
                let window = window(&head, clock, &mut diagnostics);
                *(if lead == "period" { &mut setup.period } else { &mut setup.baseline }) = window;
            }
            _ if !statement.is_whole() => {}
            _ => diagnostics.push(
                Diagnostic::error(
                    Code("T160"),
                    statement.node.span(),
                    "only `records`, `period` and `baseline` belong here",
                    "this is a term",
                )
                .help("terms belong in the agreement"),
            ),
        }
    }
    (setup, diagnostics)
}
