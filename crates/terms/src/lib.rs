//! A checked agreement: what the words of a `.truce` file come to.
//!
//! [`check`] takes a file's text and gives the [`Agreement`] under every
//! reading of its brackets, with every date an instant, every name an index and
//! every distance in metres, and a list of diagnostics: what is wrong, and what
//! the linter finds likely to fail those who rely on it.
//!
//! ```
//! let text = r#"
//! agreement "A truce"
//!   signed 2016-09-09
//!   times in Asia/Damascus
//! moment D is 2016-09-12 19:00
//! party North "the north"
//! party South "the south"
//! North and South must not attack each other
//!   from D
//!   for [48 hours: "the text" | 72 hours: "the press"]
//! "#;
//! let checked = armistice_terms::check(text, armistice_terms::Form::Plain, &|_| Err("no files".into()));
//! assert!(!checked.has_errors());
//! assert_eq!(checked.readings.len(), 2);
//! assert_eq!(checked.agreement().clock.show(checked.agreement().moments[0].at), "2016-09-12 19:00");
//! ```
//!
//! This crate must not know what a record is, nor open a file: shapes come
//! through a function that the caller supplies.

mod geometry;
mod lever;
mod lint;
mod lower;
mod mistakes;
mod model;
mod reading;
mod setup;
mod talks;
mod units;
pub mod weapons;

pub use armistice_syntax::{Diagnostic, Form, Level, Span};
pub use geometry::{Kept, Resource};
pub use lever::{Lever, LeverUnit, LeverValue, Moves};
pub use lint::{Accepted, LINTS, Lint};
pub use mistakes::{mistake, mistakes};
pub use model::*;
pub use reading::{Answers, MOST_READINGS, Question, Written};
pub use setup::{RecordFile, Setup, setup};
pub use talks::{Approval, Attitude, Misgiving, Position, Stance, State, Talks};
pub use units::Units;

use std::collections::HashSet;

use armistice_syntax::{Code, Document, Lines, did_you_mean};
use geometry::Shapes;
use lower::Memory;
use reading::{Chooser, MOST_STATEMENTS, combinations, each_alternative, questions, where_asked};

/// An agreement under every reading, and what is wrong with its file.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The open points of the text.
    pub questions: Vec<Question>,
    /// One agreement for each combination of answers; never empty, and the
    /// first takes the first alternative everywhere.
    pub readings: Vec<Reading>,
    /// Where delegations stand on what is open, and what their principals say.
    pub talks: Talks,
    /// The numbers of the text that can be moved, in its order; none where it was
    /// not checked under all readings, or has errors.
    pub levers: Vec<Lever>,
    /// What is wrong or weak, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
    /// What the linter found and the text accepts, with a reason.
    pub accepted: Vec<Accepted>,
}

/// An agreement under one answer to each question.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The answer to each question.
    pub answers: Answers,
    /// The agreement so read.
    pub agreement: Agreement,
}

impl Checked {
    /// The agreement with the first alternative taken everywhere.
    #[must_use]
    pub fn agreement(&self) -> &Agreement {
        // `check` always makes the first reading.
        #[expect(clippy::indexing_slicing, reason = "`readings` is never empty; see `check`")]
        &self.readings[0].agreement
    }

    /// Whether anything must be mended before the agreement can be assessed.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.level == Level::Error)
    }

    /// Keeps only the readings in which each wanted source is followed.
    ///
    /// # Errors
    /// A sentence naming the source that no bracket has, with the nearest one.
    pub fn narrow(&mut self, wanted: &[String]) -> Result<(), String> {
        for label in wanted {
            let holds = |q: &Question| q.labels.iter().position(|l| l.eq_ignore_ascii_case(label));
            let found: Vec<(usize, usize)> =
                self.questions.iter().enumerate().filter_map(|(i, q)| Some((i, holds(q)?))).collect();
            if found.is_empty() {
                let known: Vec<&str> = self.questions.iter().flat_map(|q| &q.labels).map(String::as_str).collect();
                let mend = did_you_mean(label, known.iter().copied()).unwrap_or_else(|| {
                    if known.is_empty() {
                        "it has no brackets".to_owned()
                    } else {
                        format!("its readings are: {}", known.join("; "))
                    }
                });
                return Err(format!("the agreement has no reading called \"{label}\"; {mend}"));
            }
            let kept = |r: &Reading| found.iter().all(|(q, answer)| r.answers.get(*q) == Some(answer));
            let left: Vec<Reading> = self.readings.iter().filter(|r| kept(r)).cloned().collect();
            if left.is_empty() {
                return Err(format!("no reading follows \"{label}\" and the others together"));
            }
            self.readings = left;
        }
        Ok(())
    }
}

/// Checks a file. Never fails; mistakes become diagnostics.
///
/// `resource` gives the text of a file that the agreement names, by its path as
/// written there, or a sentence that says why it cannot.
#[must_use]
pub fn check(text: &str, form: Form, resource: Resource<'_>) -> Checked {
    check_under(text, form, resource, Breadth::AllReadings)
}

/// How many readings of the brackets are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breadth {
    /// Every combination of answers: what an assessment rests on.
    AllReadings,
    /// Only so many that every alternative is read once. Nearly all mistakes
    /// show, in a fraction of the time; what is wrong only where two
    /// alternatives meet does not.
    EachAlternative,
}

/// Checks a file as [`check`] does, under as many readings as are wanted.
#[must_use]
pub fn check_under(text: &str, form: Form, resource: Resource<'_>, breadth: Breadth) -> Checked {
    check_again(text, form, resource, breadth, &Kept::default())
}

/// Checks a page as [`check_under`] does, with the shapes that were read when it
/// was last checked, where their files have not changed.
#[must_use]
pub fn check_again(text: &str, form: Form, resource: Resource<'_>, breadth: Breadth, kept: &Kept) -> Checked {
    checked(text, form, resource, breadth, kept, true)
}

/// Checks a page as [`check`] does, each reading by itself: slower, and only to
/// see that nothing else comes of it.
#[doc(hidden)]
#[must_use]
pub fn check_apart(text: &str, form: Form, resource: Resource<'_>) -> Checked {
    checked(text, form, resource, Breadth::AllReadings, &Kept::default(), false)
}

fn checked(text: &str, form: Form, resource: Resource<'_>, breadth: Breadth, kept: &Kept, sharing: bool) -> Checked {
    let parse = armistice_syntax::parse(text, form);
    let root = parse.syntax();
    let document = Document::of(&root);
    let lines = Lines::of(text);
    let questions = questions(&root, &lines);
    let mut diagnostics = parse.diagnostics;
    diagnostics.extend(reading::same_source_twice(&root));
    let all = match breadth {
        Breadth::AllReadings => combinations(&questions),
        Breadth::EachAlternative => Some(each_alternative(&questions)),
    };
    // Of one question, each alternative is every reading.
    let settled = all.is_some() && (breadth == Breadth::AllReadings || questions.len() < 2);
    let all = all.unwrap_or_else(|| {
        let at = questions.last().and_then(|q| q.brackets.last()).map_or(0..0, |bracket| bracket.span.clone());
        diagnostics.push(
            Diagnostic::error(
                Code("T170"),
                at,
                format!("these brackets give more than {MOST_READINGS} readings"),
                "the last of them",
            )
            .help("settle some, or give brackets that belong together the same sources"),
        );
        vec![vec![0; questions.len()]]
    });
    let statements: usize = document.blocks.iter().map(|block| block.statements.len()).sum();
    let all = if all.len() > 1 && statements.saturating_mul(all.len()) > MOST_STATEMENTS {
        let at = questions.last().and_then(|q| q.brackets.last()).map_or(0..0, |bracket| bracket.span.clone());
        let title = format!("{statements} statements under {} readings are too many to weigh", all.len());
        let help = "settle some brackets, or divide the agreement";
        diagnostics.push(Diagnostic::error(Code("T172"), at, title, "the last of the brackets").help(help));
        vec![vec![0; questions.len()]]
    } else {
        all
    };
    let mut readings = Vec::with_capacity(all.len());
    let shapes = Shapes::new(resource, kept);
    let mut talks = None;
    let mut known: HashSet<(Span, String)> = diagnostics.iter().map(|d| (d.span.clone(), d.title.clone())).collect();
    let (placed, asked, memory) =
        (lower::placed(&document.blocks), where_asked(&questions), Memory::new(sharing && all.len() > 1));
    for answers in all {
        let chooser = Chooser::new(&questions, &answers, &asked);
        let lowered = lower::lower(&lines, &document, &placed, &chooser, &shapes, &memory);
        // The same slip shows in every reading; it is told once.
        for found in lowered.diagnostics {
            if known.insert((found.span.clone(), found.title.clone())) {
                diagnostics.push(found);
            }
        }
        // Where delegations stand is the same under every reading.
        talks.get_or_insert(lowered.talks);
        readings.push(Reading { answers, agreement: lowered.agreement });
    }
    shapes.keep();
    let mut talks = talks.unwrap_or_default();
    // With too many readings, or only some, which there are is not known.
    if settled {
        talks.place(&readings, &questions, &mut diagnostics);
    }
    let sound = diagnostics.iter().all(|d| d.level != Level::Error);
    let levers = if sound && breadth == Breadth::AllReadings {
        lever::levers(&document, &readings, &questions, &lines)
    } else {
        Vec::new()
    };
    let accepted = match readings.first() {
        Some(first) if sound => lint::lint(&first.agreement, &root, &document, &mut diagnostics),
        _ => Vec::new(),
    };
    diagnostics.sort_by(|a, b| (a.span.start, a.code, &a.title).cmp(&(b.span.start, b.code, &b.title)));
    Checked { questions, readings, talks, levers, diagnostics, accepted }
}
