//! L004: a breach that nobody may verify stays an allegation.

use armistice_syntax::{Code, Diagnostic, NodeExt, Span};

use super::page::{Modal, Page};
use crate::model::{ActorSet, NotEvaluable, Provision, Role};

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    for (entry, provision) in page.provisions() {
        let duty = &provision.duty;
        let secret = matches!(duty.not_evaluable(), Some(NotEvaluable::TextNotPublic(_)));
        let beyond_it = secret || duty.for_people().is_some();
        // Who watches is not asked who watches it.
        let sides = page.agreement.actors_in(provision.bound).any(|a| a.role != Role::Monitor);
        // Of what is found done, who certifies it sees it.
        // A notice is its own proof.
        let certified = duty.deed().is_some_and(|deed| deed.is_said() || entry.clause("certified by").is_some());
        if let (false, Some(clause)) = (beyond_it, entry.clause("verified by")) {
            out.extend(verifies_itself(page, provision, clause.node.span()));
        }
        if beyond_it || certified || !sides || entry.modal == Modal::Permits || entry.clause("verified by").is_some() {
            continue;
        }
        out.push(
            Diagnostic::warning(
                Code("L004"),
                entry.head_span(),
                format!("nobody is named to verify {}", provision.id),
                "no `verified by`",
            )
            .help("add `verified by` and a declared body or monitor"),
        );
    }
}

/// Nobody but the party itself verifies what it owes. Where each verifies the
/// other, somebody does.
fn verifies_itself(page: &Page<'_>, provision: &Provision, at: Span) -> Option<Diagnostic> {
    let parties = page.agreement.actors.iter().enumerate().filter(|(_, actor)| actor.role == Role::Party);
    let alone = |index: usize| {
        let one = ActorSet::one(index);
        provision.bound.has(index) && !provision.verified_by.is_empty() && provision.verified_by.without(one).is_empty()
    };
    let (_, actor) = parties.into_iter().find(|(index, _)| alone(*index))?;
    let title = format!("{} alone verifies what {} itself owes under {}", actor.name, actor.name, provision.id);
    Some(
        Diagnostic::warning(Code("L004"), at, title, "nobody else")
            .help("name a declared body or monitor, or the other party: nobody's word counts for what it owes itself"),
    )
}
