//! L009: a word the agreement uses and gives no meaning.

use armistice_syntax::{Code, Diagnostic, NodeExt};

use super::page::{Page, hangs};

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    for entry in page.led_by("term") {
        if entry.clause("means").is_some() {
            continue;
        }
        let Some((name, span)) = &entry.name else {
            continue;
        };
        let at = entry.clause("undefined").map_or_else(|| span.clone(), |clause| clause.node.span());
        let title = format!("`{name}` is left without a meaning{}", hangs(page, name));
        let finding = Diagnostic::warning(Code("L009"), at, title, "no `means`").help(
            "agree on a meaning and write `means \"…\"`; until then nobody can say whether what hangs on it is kept",
        );
        out.push(page.point_at_users(name, finding));
    }
}
