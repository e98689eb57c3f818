//! L027: self-defence that says nothing of how far it goes.

use armistice_syntax::{Code, Diagnostic, NodeExt};

use super::page::Page;

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    for (entry, provision) in page.provisions() {
        let Some(clause) = entry.clause("except in self-defence").filter(|c| c.node.text_value().is_none()) else {
            continue;
        };
        out.push(
            Diagnostic::note(
                Code("L027"),
                clause.node.span(),
                format!("{} excepts self-defence, and sets no limit to it", provision.id),
                "how much, and against what?",
            )
            .help("give the text's own limit: `except in self-defence \"no greater than required by an immediate threat\"`"),
        );
    }
}
