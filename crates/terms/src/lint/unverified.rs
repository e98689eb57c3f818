//! L004: a breach that nobody may verify stays an allegation.

use armistice_syntax::{Code, Diagnostic};

use super::page::{Modal, Page};
use crate::model::{NotEvaluable, Role};

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
