//! L031: a condition that nothing on record decides, and that so keeps every
//! record from being found in breach.

use armistice_syntax::{Code, Diagnostic, NodeExt};

use super::page::Page;

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    for (entry, provision) in page.provisions() {
        // Where people judge, they judge its conditions, too.
        if !provision.duty.is_judged() {
            continue;
        }
        let Some(open) = provision.conditions.iter().find(|condition| !condition.evaluated()) else {
            continue;
        };
        let clause = entry.clauses.iter().find(|clause| clause.node.phrase() == open.words);
        let act = || entry.predicate.as_ref().map_or_else(|| entry.head_span(), |node| node.span());
        out.push(
            Diagnostic::warning(
                Code("L031"),
                clause.map_or_else(act, |clause| clause.node.span()),
                format!("nothing on record decides a part of {}, and so nothing can be found in breach of it", provision.id),
                "this is a condition that no record tells of",
            )
            .help("say it in words that records can be compared with, or make a term of its own of it: `armistice show` tells what is understood"),
        );
    }
}
