//! L025: what is declared and never used is a slip, or a term that was forgotten.

use armistice_syntax::{Code, Diagnostic, with_article};

use super::page::Page;

/// Statements whose names are there to be used.
const FOR_USE: &[&str] =
    &["moment", "line", "area", "point", "corridor", "weapons", "term", "body", "monitor", "guarantor"];

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    for entry in &page.entries {
        let (Some(lead), Some((name, span))) = (entry.lead, &entry.name) else {
            continue;
        };
        // What is left undefined is told by itself, and a body that is the one to say
        // what happened is of use without being named.
        let open = entry.clause("undefined").is_some() || entry.clause("determines").is_some();
        if open || !FOR_USE.contains(&lead) || page.users(name).next().is_some() {
            continue;
        }
        out.push(
            Diagnostic::warning(
                Code("L025"),
                span.clone(),
                format!("`{name}` is declared and never used"),
                format!("{} that no term names", with_article(lead)),
            )
            .help("use it, or take it out; a duty that should have named it may be missing"),
        );
    }
}
