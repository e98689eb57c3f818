//! Who had accepted to be bound, and who was on a list.

use armistice_assess::{Adherents, Truth};
use armistice_terms::Actor;

use super::{labelled, push, section};
use crate::Report;
use crate::words::{local, reading_phrase};

/// Every actor whose names hang on notices, under each reading.
pub(super) fn adherents(report: &Report<'_>, out: &mut String) {
    let assessment = report.assessment;
    let checked = assessment.checked;
    if assessment.adherents.is_empty() {
        return;
    }
    section(out, "Acceptances and lists");
    for alike in assessment.adherents.chunk_by(|a, b| a.actor == b.actor) {
        for (nth, one) in alike.iter().enumerate() {
            let reading = checked
                .readings
                .iter()
                .find(|r| one.answers.iter().all(|(question, answer)| r.answers.get(*question) == Some(answer)));
            let Some(actor) = reading.and_then(|r| r.agreement.actors.get(one.actor)) else {
                continue;
            };
            if nth == 0 {
                push(out, &heading(report, actor));
            }
            if alike.len() > 1 {
                let phrase = reading_phrase(checked, std::slice::from_ref(&one.answers));
                labelled(out, "  ", 2, &format!("as {phrase} has it:"));
            }
            names(report, actor, one, out);
        }
    }
}

fn heading(report: &Report<'_>, actor: &Actor) -> String {
    let checked = report.assessment.checked;
    match (actor.must_accept_by(), &actor.listed_by) {
        (Some(by), _) => format!("{}: those who accept by {}", actor.name, local(checked, by.as_second())),
        (None, Some(listers)) => {
            format!("{}: as listed by {}", actor.name, checked.agreement().names_of(listers.by))
        }
        (None, None) => actor.name.clone(),
    }
}

fn names(report: &Report<'_>, actor: &Actor, one: &Adherents, out: &mut String) {
    let checked = report.assessment.checked;
    let opts_in = actor.must_accept_by().is_some();
    let word = |truth: Truth| match (truth, opts_in) {
        (Truth::True, true) => "bound",
        (Truth::True, false) => "listed",
        (Truth::False, true) => "not bound",
        (Truth::False, false) => "not listed",
        (Truth::Unknown, _) => "cannot tell",
    };
    for name in one.names.iter().filter(|name| !name.by.is_empty()) {
        labelled(out, "    ", 4, &format!("{}, by {}:", name.name, name.by.join(", ")));
        for (from, until, truth) in &name.stretches {
            let when = format!("{} to {}", local(checked, *from), local(checked, *until));
            labelled(out, "      ", 6, &format!("{when}  {}", word(*truth)));
        }
    }
    let unheard: Vec<&str> = one.names.iter().filter(|n| n.by.is_empty()).map(|n| n.name.as_str()).collect();
    if unheard.is_empty() {
        return;
    }
    let unheard = unheard.join(", ");
    let text = if opts_in {
        format!("no acceptance on record: {unheard}; whether these were bound cannot be told")
    } else {
        format!("listed by the text itself: {unheard}")
    };
    labelled(out, "    ", 4, &text);
}
