//! The answer as a monitor reads it.

mod adherents;
mod determined;
mod exchanges;
mod gates;
mod people;
mod phases;
mod reported;
mod scope;
mod sources;
mod standings;
mod stocks;

use armistice_assess::plural;

pub(crate) use people::bears;

use crate::Report;
use crate::words::{as_known, harmless, local, wrap};

/// Width of a line of text.
pub(crate) const WIDTH: usize = 100;

/// The whole assessment as plain text that can be pasted into a report.
#[must_use]
pub fn assessment_text(report: &Report<'_>) -> String {
    let mut out = String::new();
    heading(report, &mut out);
    standings::summary(report, &mut out);
    standings::details(report, &mut out);
    determined::determined(report, &mut out);
    adherents::adherents(report, &mut out);
    phases::phases(report, &mut out);
    stocks::stocks(report, &mut out);
    exchanges::exchanges(report, &mut out);
    gates::gates(report, &mut out);
    scope::daily(report, &mut out);
    scope::comparison(report, &mut out);
    scope::dyads(report, &mut out);
    reported::reported(report, &mut out);
    standings::out_of_scope(report, &mut out);
    standings::untold(report, &mut out);
    sources::decisions(report, &mut out);
    sources::claims(report, &mut out);
    sources::open_points(report, &mut out);
    sources::limits(report, &mut out);
    harmless(&out)
}

fn heading(report: &Report<'_>, out: &mut String) {
    let assessment = report.assessment;
    let checked = assessment.checked;
    let agreement = checked.agreement();
    push(out, &agreement.title);
    push(out, &"=".repeat(agreement.title.chars().count().min(WIDTH)));
    let (from, until) = assessment.window;
    push(
        out,
        &format!(
            "{} to {}, all times {}; days begin at {}",
            local(checked, from),
            local(checked, until),
            agreement.clock.zone_name,
            agreement.clock.day_start.strftime("%H:%M"),
        ),
    );
    let percent = |share: f64| format!("{:.1}", share * 100.0).trim_end_matches(".0").to_owned();
    let standard = agreement.standard_of_proof;
    push(
        out,
        &wrap(
            &format!(
                "{} records {}, {} of them of this period. Place and time count as so from {} % upward, the standard of proof, and as not so from {} % downward, its complement; between them it cannot be told. Records are what sources reported; a standing says what is on record, never who is guilty.",
                assessment.records,
                if assessment.as_of.is_some() { "known by then" } else { "loaded" },
                assessment.in_period,
                percent(standard),
                percent(1.0 - standard),
            ),
            WIDTH,
            "",
        ),
    );
    if assessment.taken_back + assessment.superseded > 0 {
        let text = format!(
            "{} taken back and {} of others superseded, and count no longer; `explain` says of each by whom, `compare` what it changed.",
            plural(assessment.taken_back, "record was", "records were"),
            plural(assessment.superseded, "version", "versions"),
        );
        push(out, &wrap(&text, WIDTH, ""));
    }
    unheard(assessment, out);
    if let Some(as_of) = assessment.as_of {
        let undated = match assessment.undated {
            0 => "Every record loaded says when it became known.".to_owned(),
            undated => format!(
                "{undated} of all records loaded do not say when they became known: each is taken as known from the end of the time it speaks of, though its data set may have been published long after."
            ),
        };
        push(out, &wrap(&format!("As known {}. {undated}", as_known(checked, as_of)), WIDTH, ""));
    }
}

/// What is on record and counts for nothing: attempts to change another's record,
/// and notices that are not believed.
fn unheard(assessment: &armistice_assess::Assessment<'_>, out: &mut String) {
    for one in &assessment.not_theirs {
        let by = if one.by.is_empty() { String::new() } else { format!(" of {}", one.by.join(", ")) };
        let text = match &one.retraction {
            Some(retraction) => format!("{retraction}{by} would take back {}", one.record),
            None => format!("a version{by} would supersede {}", one.record),
        };
        push(out, &wrap(&format!("{text}, which another origin told: it counts for nothing."), WIDTH, ""));
    }
    if !assessment.disbelieved.is_empty() {
        let ids = &assessment.disbelieved;
        let named = ids.iter().take(LISTED).cloned().collect::<Vec<_>>().join(", ");
        let more = ids.len().saturating_sub(LISTED);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let text = format!("Graded as not to be believed, and left out: {named}{more}.");
        push(out, &wrap(&text, WIDTH, ""));
    }
}

/// How many ids are named before the rest is counted.
const LISTED: usize = 5;

/// A section's title.
pub(crate) fn section(out: &mut String, title: &str) {
    out.push('\n');
    push(out, title);
    push(out, &"-".repeat(title.chars().count()));
}

pub(crate) fn push(out: &mut String, line: &str) {
    out.push_str(line.trim_end());
    out.push('\n');
}

/// Pads to a width in characters.
pub(crate) fn pad(text: &str, width: usize) -> String {
    let length = text.chars().count();
    format!("{text}{}", " ".repeat(width.saturating_sub(length)))
}

/// Folds under a label of fixed width.
pub(crate) fn labelled(out: &mut String, label: &str, width: usize, text: &str) {
    let indent = " ".repeat(width);
    let body = wrap(text, WIDTH.saturating_sub(width), "");
    for (number, line) in body.lines().enumerate() {
        let left = if number == 0 { pad(label, width) } else { indent.clone() };
        push(out, &format!("{left}{line}"));
    }
}
