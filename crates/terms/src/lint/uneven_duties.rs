//! L021: one party is bound to what another is not. That may be meant; it should
//! be seen.

use std::collections::HashMap;

use armistice_syntax::{Code, Diagnostic, NodeExt};

use super::measured::Measured;
use super::page::{Entry, Modal, Page};
use crate::model::{ActorSet, Provision, Role};

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    distances(page, out);
    one_sided(page, out);
}

/// The same forces from the same place, and farther for one than for the other.
fn distances(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    let mut first: HashMap<(String, String), (&Provision, String, armistice_syntax::Span)> = HashMap::new();
    for (entry, provision) in page.provisions() {
        let Some(measured) = Measured::of(entry) else {
            continue;
        };
        let (Some(distance), Some((place, _))) = (&measured.distance, &measured.place) else {
            continue;
        };
        let (far, at) = (distance.phrase(), distance.span());
        let (other, theirs, there) =
            first.entry((measured.act.clone(), place.clone())).or_insert_with(|| (provision, far.clone(), at.clone()));
        if *theirs == far || !other.bound.and(provision.bound).is_empty() {
            continue;
        }
        let names = |set: ActorSet| page.agreement.names_of(set);
        let (mine, them) = (names(provision.bound), names(other.bound));
        out.push(
            Diagnostic::note(
                Code("L021"),
                at,
                format!("{mine} must stay {far} from `{place}`, and {them} {theirs}"),
                format!("for {mine}"),
            )
            .related(there.clone(), format!("for {them}"))
            .help("if that is meant, `# accepts L021: …` says why; if not, write the same for both"),
        );
    }
}

/// What is forbidden to some of the parties and not to the others.
fn one_sided(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    let parties = page.agreement.actors.iter().enumerate().filter(|(_, a)| a.role == Role::Party);
    let parties = parties.fold(ActorSet::NONE, |set, (index, _)| set.or(ActorSet::one(index)));
    let mut forbidden: Vec<(String, ActorSet, &Entry, &Provision)> = Vec::new();
    let mut index: HashMap<String, usize> = HashMap::new();
    for (entry, provision) in page.provisions().filter(|(entry, _)| entry.modal == Modal::Forbids) {
        let verb = entry.verb.clone();
        let next = forbidden.len();
        match forbidden.get_mut(*index.entry(verb.clone()).or_insert(next)) {
            Some((_, bound, ..)) => *bound = bound.or(provision.bound),
            None => forbidden.push((verb, provision.bound, entry, provision)),
        }
    }
    for (verb, bound, entry, provision) in forbidden {
        let free = parties.without(bound);
        if bound.and(parties).is_empty() || free.is_empty() {
            continue;
        }
        let names = |set: ActorSet| page.agreement.names_of(set);
        out.push(
            Diagnostic::note(
                Code("L021"),
                entry.head_span(),
                format!("{} must not {verb}, and nothing says that of {}", names(bound.and(parties)), names(free)),
                format!("only of {}", names(provision.bound)),
            )
            .help("if that is meant, `# accepts L021: …` says why; if not, write it for every party"),
        );
    }
}
