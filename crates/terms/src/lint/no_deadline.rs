//! L012: something must be brought about, and nothing says by when.

use armistice_syntax::{Code, Diagnostic};

use super::page::{Modal, Page};

/// Acts that are done once and then are done. The others last.
const DONE_ONCE: &[&str] = &[
    "withdraw",
    "withdraw from",
    "leave",
    "release",
    "hand over",
    "lay down",
    "disband",
    "clear mines",
    "redeploy",
    "deploy",
    "set up",
    "begin",
    "complete",
    "restore",
    "open",
    "meet",
    "agree",
    "provide",
    "deliver",
];

/// Clauses that say when it must be done, or what it waits for.
const WHEN: &[&str] = &["by", "before", "within", "every", "at the same time as", "in exchange for", "only after"];

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    for (entry, provision) in page.provisions() {
        // What is to be done all the while, or so often, wants no deadline.
        let without = provision.duty.is_judged();
        if entry.modal != Modal::Demands || without || !DONE_ONCE.contains(&entry.verb.as_str()) || entry.has_any(WHEN)
        {
            continue;
        }
        out.push(
            Diagnostic::warning(
                Code("L012"),
                entry.head_span(),
                format!("{} says what must be done, and not by when", provision.id),
                "no `by`, `before` or `within`",
            )
            .help("add `by 2018-10-10 12:00` or `within 14 days of D`: what has no deadline is never late"),
        );
    }
}
