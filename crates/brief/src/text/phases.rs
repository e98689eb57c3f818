//! Phases, and what they were over the period.

use armistice_assess::PhaseClock;

use super::{labelled, push, section};
use crate::Report;
use crate::words::{local, reading_phrase};

/// Every phase, under each reading.
pub(super) fn phases(report: &Report<'_>, out: &mut String) {
    let agreement = report.assessment.checked.agreement();
    if agreement.phases.is_empty() {
        return;
    }
    section(out, "Phases");
    for (phase, clocks) in agreement.phases.iter().zip(&report.assessment.phases) {
        let title = phase.title.as_deref().map(|t| format!(", {t}")).unwrap_or_default();
        push(out, &format!("{}{title} (line {})", phase.name, phase.citation.line));
        for clock in clocks {
            if clocks.len() > 1 {
                let phrase = reading_phrase(report.assessment.checked, std::slice::from_ref(&clock.answers));
                labelled(out, "  ", 2, &format!("as {phrase} has it:"));
            }
            one(report, clock, out);
        }
        for words in &phase.open {
            labelled(out, "    lacks   ", 12, &format!("nobody can tell that it runs: `{words}` is not evaluated"));
        }
    }
}

fn one(report: &Report<'_>, clock: &PhaseClock, out: &mut String) {
    let checked = report.assessment.checked;
    for (from, until, state) in &clock.stretches {
        let when = format!("{} to {}", local(checked, *from), local(checked, *until));
        labelled(out, "    ", 4, &format!("{when}  {}", state.word()));
    }
    if !clock.by.is_empty() {
        labelled(out, "    on record  ", 15, &clock.by.join(", "));
    }
}
