//! L022: a provision that no kind of record could ever decide, and that does not
//! say so.

use armistice_syntax::{Code, Diagnostic, NodeExt, SyntaxKind as K};

use super::page::{Entry, Modal, Page};
use crate::model::{NotEvaluable, Provision};

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    for (entry, provision) in page.provisions() {
        if let Some(NotEvaluable::NotYet(what)) = provision.duty.not_evaluable() {
            unread(entry, provision, what, out);
            continue;
        }
        let Some(people) = provision.duty.for_people() else {
            continue;
        };
        // A definition in words leaves it to people openly.
        let defined = |name: &str| page.agreement.terms.iter().any(|term| term.name == name);
        let words = entry.predicate.iter().flat_map(|node| node.tokens_of(K::Name));
        if entry.clause("checked by").is_some() || words.into_iter().any(|token| defined(token.text())) {
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

/// What is understood and compared with nothing on record.
fn unread(entry: &Entry, provision: &Provision, what: &str, out: &mut Vec<Diagnostic>) {
    if entry.clause("checked by").is_some() {
        return;
    }
    let help = if entry.verb == "keep" && entry.modal == Modal::Forbids {
        "say where it must not be, `must keep tanks out of Zone`, or how many at most, `must not keep more than 5 tanks`"
    } else {
        "say it in other words that records can be compared with, or write `checked by people`"
    };
    out.push(
        Diagnostic::warning(
            Code("L022"),
            entry.predicate.as_ref().map_or_else(|| entry.head_span(), |node| node.span()),
            format!("no record could ever decide {}", provision.id),
            format!("{what} is compared with no record"),
        )
        .help(help),
    );
}
