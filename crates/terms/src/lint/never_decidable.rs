//! L022: a provision that no kind of record could ever decide, and that does not
//! say so.

use armistice_syntax::{Code, Diagnostic, NodeExt};

use super::page::Page;

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    for (entry, provision) in page.provisions() {
        let Some(people) = provision.duty.for_people() else {
            continue;
        };
        if entry.clause("checked by").is_some() {
            continue;
        }
        out.push(
            Diagnostic::warning(
                Code("L022"),
                entry.predicate.as_ref().map_or_else(|| entry.head_span(), |node| node.span()),
                format!("no record could ever decide {}", provision.id),
                format!("only people can judge it: {}", people.what),
            )
            .fix(entry.span.end..entry.span.end, "\n  checked by people")
            .help("write `checked by people`, or ask for something that can be seen or counted"),
        );
    }
}
