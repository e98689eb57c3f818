//! L005: a party that is bound by nothing.

use armistice_syntax::{Code, Diagnostic};

use super::page::Page;
use crate::model::{ActorSet, Duty, NotEvaluable, Provision, Role};

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    // A permission binds nobody.
    let demands = |p: &&std::sync::Arc<Provision>| !matches!(p.duty, Duty::NotEvaluable(NotEvaluable::Permits(_)));
    let bound = page.agreement.provisions.iter().filter(demands).fold(ActorSet::NONE, |set, p| set.or(p.bound));
    // What is released in exchange is owed as well.
    let owed = page.agreement.exchanges.iter().filter_map(|exchange| exchange.shares.as_ref()).flatten();
    let bound = owed.fold(bound, |set, share| set.or(share.by));
    for (index, actor) in page.agreement.actors.iter().enumerate() {
        if actor.role != Role::Party || bound.has(index) {
            continue;
        }
        let Some(declaration) = page.declaration(&actor.name) else {
            continue;
        };
        out.push(
            Diagnostic::warning(
                Code("L005"),
                declaration.head_span(),
                format!("{} is a party and is bound by nothing", actor.name),
                "no provision binds it",
            )
            .help("give it a duty, or declare it `outsider` or `guarantor`"),
        );
    }
}
