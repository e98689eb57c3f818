//! `assessment.truce`: which records an agreement is assessed on, and when.
//!
//! Kept apart from the agreement, because evidence is not terms.

use armistice_syntax::{Code, Diagnostic, Document, Form, NodeExt, Span};
use jiff::Timestamp;

use crate::lower::{instant, window};
use crate::model::Clock;

/// What an agreement folder says about its own assessment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setup {
    /// Record files, in the order of the text.
    pub records: Vec<RecordFile>,
    /// Files with the boundaries of administrative units, relative to the folder.
    pub units: Vec<String>,
    /// The period to assess: its first instant, and the first one after it.
    pub period: Option<(Timestamp, Timestamp)>,
    /// An earlier period to set beside it.
    pub baseline: Option<(Timestamp, Timestamp)>,
}

/// One file of records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordFile {
    /// Its path, relative to the folder.
    pub path: String,
    /// When its records became known, those that do not say it themselves.
    pub known: Option<Timestamp>,
    /// The file, also named here, of which this is a newer release: what it no
    /// longer holds is withdrawn.
    pub replaces: Option<String>,
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
        match (statement.lead(), statement.head()) {
            (Some("records"), Some(head)) => {
                setup.records.extend(head.text_value().map(|path| {
                    let named = statement.clauses().find(|c| c.keyword() == "replaces");
                    let known = statement.clauses().find(|c| c.keyword() == "known on");
                    let known = known.and_then(|clause| instant(&clause, clock, &mut diagnostics));
                    RecordFile { path, known, replaces: named.and_then(|clause| clause.text_value()) }
                }));
            }
            (Some("units"), Some(head)) => setup.units.extend(head.text_value()),
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
                    "only `records`, `units`, `period` and `baseline` belong here",
                    "this is a term",
                )
                .help("terms belong in the agreement"),
            ),
        }
    }
    releases(&setup, &document, &mut diagnostics);
    (setup, diagnostics)
}

/// A release can replace only what is loaded too, and only from some day on.
fn releases(setup: &Setup, document: &Document, diagnostics: &mut Vec<Diagnostic>) {
    let statements = document.blocks.iter().flat_map(|b| &b.statements);
    let replacing = statements.flat_map(|s| s.clauses()).filter(|c| c.keyword() == "replaces");
    let files = setup.records.iter().filter_map(|file| Some((file, file.replaces.as_ref()?)));
    for (clause, (file, earlier)) in replacing.zip(files) {
        let known = setup.records.iter().any(|other| other.path == *earlier && other.path != file.path);
        if !known {
            let title = format!("`{earlier}` is not among the records");
            diagnostics.push(
                Diagnostic::error(Code("T165"), clause.span(), title, "replaces nothing")
                    .help("name the earlier release with a `records` of its own, by the same path"),
            );
        } else if file.known.is_some() && setup.records.iter().any(|o| o.path == *earlier && o.known >= file.known) {
            let title = "a release cannot be older than the one it replaces".to_owned();
            diagnostics.push(
                Diagnostic::error(Code("T165"), clause.span(), title, "known no later")
                    .help("check both days, and which of the two files is the newer"),
            );
        } else if file.known.is_none() {
            let title = "a release that replaces another says when it became known".to_owned();
            diagnostics.push(
                Diagnostic::error(Code("T165"), clause.span(), title, "since when?")
                    .help("write when it was published: `known on 2022-06-15`"),
            );
        }
    }
}
