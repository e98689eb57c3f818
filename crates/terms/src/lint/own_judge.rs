//! L028: a party that is to verify what it owes itself, or to open the gate that waits for it.

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
    gates(page, out);
}

/// A gate that one certifies alone, who must keep what it waits for.
fn gates(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    for entry in page.led_by("gate") {
        let gate = entry.name.as_ref().and_then(|(name, _)| page.agreement.gates.iter().find(|g| g.name == *name));
        let Some(gate) = gate.filter(|gate| gate.certified_by.len() == 1) else {
            continue;
        };
        let waited_for = gate.provisions.iter().filter_map(|index| page.agreement.provisions.get(*index));
        let bound = waited_for.fold(ActorSet::NONE, |bound, provision| bound.or(provision.bound));
        if gate.certified_by.without(bound).is_empty() {
            let name = page.agreement.names_of(gate.certified_by);
            let clause = entry.clause("certified by");
            out.push(
                Diagnostic::warning(
                    Code("L028"),
                    clause.map_or_else(|| entry.head_span(), |clause| clause.node.span()),
                    format!("nobody but {name} certifies {}, which waits for what {name} owes itself", gate.name),
                    "it would open its own gate",
                )
                .help("name somebody who is not bound by what it waits for, or the other parties beside it"),
            );
        }
    }
}
