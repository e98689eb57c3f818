//! L007: "until 20 September": is the 20th in it?

use armistice_syntax::{Code, Diagnostic, NodeExt, SyntaxKind as K};

use super::page::Page;

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    let days: std::collections::HashSet<&str> =
        page.agreement.moments.iter().filter(|m| m.day.is_some()).map(|m| m.name.as_str()).collect();
    for clause in page.entries.iter().flat_map(|e| &e.clauses) {
        if !matches!(clause.words.as_str(), "until" | "by" | "before") {
            continue;
        }
        for instant in clause.node.descendants().filter(|n| n.kind() == K::Instant) {
            let dated = instant.token(K::Date).is_some() && instant.token(K::Time).is_none();
            let named = instant.token(K::Name).is_some_and(|t| days.contains(t.text()));
            if !(dated || named) || !instant.keywords().is_empty() || instant.child(K::Duration).is_some() {
                continue;
            }
            // What the language takes it for, written out.
            let (at, edge) =
                (instant.span().start, if clause.words == "before" { "the start of " } else { "the end of " });
            let taken = if clause.words == "before" { "the day is not in it" } else { "the whole day is in it" };
            out.push(
                Diagnostic::warning(
                    Code("L007"),
                    clause.node.span(),
                    format!("`{}` leaves open whether that day counts", clause.node.phrase()),
                    format!("taken to mean that {taken}"),
                )
                .help("write an hour, `the end of` or `the start of` before the date")
                .fix(at..at, edge),
            );
        }
    }
}
