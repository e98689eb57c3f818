//! L002: a finding cites its clause; without one there is nothing to cite.

use armistice_syntax::{Code, Diagnostic};

use super::page::Page;

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    for (entry, provision) in page.provisions().filter(|(_, p)| p.citation.clause.is_none()) {
        out.push(
            Diagnostic::warning(
                Code("L002"),
                entry.span.clone(),
                format!("this provision stands under no numbered heading and is called {}", provision.id),
                "no clause to cite",
            )
            .help("number the heading above it, `## 3.a …`, or write `clause 3.a \"…\"` before it"),
        );
    }
}
