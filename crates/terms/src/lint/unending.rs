//! L003: what must be kept or not done, with no end and no length.

use armistice_syntax::{Code, Diagnostic};

use super::page::{Modal, Page};
use crate::model::{Holds, Provision, Until};

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    for (entry, provision) in page.provisions() {
        let judged = provision.duty.is_judged();
        let lasting = entry.modal == Modal::Forbids || entry.verb == "keep" || provision.duty.forbids().is_some();
        if judged && lasting && provision.force.until == Until::Open && !ends(provision) {
            out.push(
                Diagnostic::note(
                    Code("L003"),
                    entry.head_span(),
                    format!("{} never ends", provision.id),
                    "no `for`, no `until`",
                )
                .help("add `for 48 hours` or an `until`; if it is meant for good, `# accepts L003: …` says so"),
            );
        }
    }
}

/// Whether something that happens, or a phase, ends it.
fn ends(provision: &Provision) -> bool {
    provision.conditions.iter().any(|c| matches!(c.holds, Holds::Until(_) | Holds::UnlessNotice(_) | Holds::During(_)))
}
