//! Two states of knowledge side by side: what changed, and why.

mod findings;
mod folded;
mod json;
mod records;
mod text;

pub use json::comparison_json;
pub use text::comparison_text;

use armistice_assess::{Changed, Comparison, Outcome};
use armistice_records::Record;

use crate::Report;
use crate::words::reading_phrase;

/// A version of a changed record, and when it happened by its word.
struct Version {
    record: Record,
    when: (i64, i64),
}

/// What counted of a record then, and what counts now.
fn versions(report: &Report<'_>, changed: &Changed) -> (Option<Version>, Option<Version>) {
    let version = |at: Option<(usize, usize)>| {
        let (columns, row) = report.row(at?)?;
        let record = columns.row(row)?;
        let when = armistice_assess::interval(&record.happened, &report.assessment.checked.agreement().clock)?;
        Some(Version { record, when })
    };
    (version(changed.was), version(changed.is))
}

/// The readings that some variants stand for.
fn phrase(comparison: &Comparison<'_>, variants: &[usize]) -> String {
    let each = variants.iter().filter_map(|v| comparison.now.variants.get(*v)).map(|v| v.answers.clone());
    reading_phrase(comparison.now.checked, &each.collect::<Vec<_>>())
}

/// A changed answer as a phrase: what differs of it, then and now.
fn transition(comparison: &Comparison<'_>, was: Outcome, is: Outcome) -> (String, String) {
    let agreement = comparison.now.checked.agreement();
    let (Outcome::Found { verdict, candidates, rung }, Outcome::Found { verdict: after, candidates: whom, rung: on }) =
        (was, is)
    else {
        let now = if is == Outcome::NotKnown { "no longer known" } else { is.word() };
        return (was.word().to_owned(), now.to_owned());
    };
    if verdict != after {
        return (verdict.word().to_owned(), after.word().to_owned());
    }
    // The same verdict, by others or supported otherwise.
    let mut told = (Vec::new(), Vec::new());
    if candidates != whom {
        told.0.push(format!("by one of {}", agreement.names_of(candidates)));
        told.1.push(format!("by one of {}", agreement.names_of(whom)));
    }
    if rung != on {
        told.0.push(rung.word().to_owned());
        told.1.push(on.word().to_owned());
    }
    (format!("{}, {}", verdict.word(), told.0.join(", ")), told.1.join(", "))
}
