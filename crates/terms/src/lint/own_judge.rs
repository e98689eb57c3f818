//! L028: a party that is to verify what it owes itself.

use armistice_syntax::{Code, Diagnostic, NodeExt};

use super::page::Page;
use crate::model::ActorSet;

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    for (entry, provision) in page.provisions() {
        // Who certifies may be told beside who verifies, and either of them may be
        // another.
        let looking = provision.verified_by.or(provision.certified_by);
        let alone = |party: &usize| looking.without(ActorSet::one(*party)).is_empty();
        let Some(party) = provision.bound.iter().filter(|_| !looking.is_empty()).find(alone) else {
            continue;
        };
        let name = page.agreement.actors.get(party).map(|actor| actor.name.as_str()).unwrap_or_default();
        let clause = entry.clause("verified by").or_else(|| entry.clause("certified by"));
        out.push(
            Diagnostic::warning(
                Code("L028"),
                clause.map_or_else(|| entry.head_span(), |clause| clause.node.span()),
                format!("nobody but {name} is to verify what {name} owes under {}", provision.id),
                "a party's word of itself shows nothing kept",
            )
            .help("name somebody who is not bound by it, or each of the parties for the other"),
        );
    }
}
