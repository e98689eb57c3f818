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
    excepted(page, out);
    numbers(page, out);
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

/// So many for one side, and another number for the other.
fn numbers(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    let mut first: HashMap<(String, String), (&Entry, &Provision)> = HashMap::new();
    for (entry, provision) in page.provisions() {
        let Some(limit) = provision.duty.limits() else {
            continue;
        };
        let ground = limit.within.as_ref().map(|zone| zone.words.as_str()).unwrap_or_default();
        let of = format!("{:?} {:?} {:?} {ground}", limit.dealing, limit.bound, limit.per);
        let (there, other) = *first.entry((limit.what.words.clone(), of)).or_insert((entry, provision));
        let theirs = other.duty.limits().map(|theirs| theirs.number);
        if theirs == Some(limit.number) || !other.bound.and(provision.bound).is_empty() {
            continue;
        }
        let names = |set: ActorSet| page.agreement.names_of(set);
        let (mine, them) = (names(provision.bound), names(other.bound));
        out.push(
            Diagnostic::note(
                Code("L021"),
                entry.head_span(),
                format!(
                    "of {mine} it is {} {} {}, of {them} {}",
                    limit.bound.words(),
                    limit.number,
                    limit.what.words,
                    theirs.unwrap_or_default()
                ),
                format!("of {mine}"),
            )
            .related(there.head_span(), format!("of {them}"))
            .help("if that is meant, `# accepts L021: …` says why; if not, write the same for both"),
        );
    }
}

/// The same is forbidden to two sides, and one of them has an exception that the
/// other has not.
fn excepted(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    let exceptions = |entry: &Entry| -> Vec<String> {
        let clauses = entry.clauses.iter().filter(|c| matches!(c.words.as_str(), "except" | "except in self-defence"));
        clauses.map(|clause| clause.node.phrase()).collect()
    };
    let where_to = |entry: &Entry| -> Vec<String> {
        let clauses = entry.clauses.iter().filter(|c| matches!(c.words.as_str(), "in" | "through" | "within"));
        clauses.map(|clause| clause.node.phrase()).collect()
    };
    let mut first: HashMap<(String, Vec<String>), (&Entry, &Provision)> = HashMap::new();
    for (entry, provision) in page.provisions().filter(|(entry, _)| entry.modal == Modal::Forbids) {
        let key = (entry.verb.clone(), where_to(entry));
        let (there, other) = *first.entry(key).or_insert((entry, provision));
        if !other.bound.and(provision.bound).is_empty() || exceptions(there) == exceptions(entry) {
            continue;
        }
        let (mine, theirs) = (exceptions(entry), exceptions(there));
        let alone = |of: &[String], beside: &[String]| of.iter().find(|words| !beside.contains(words)).cloned();
        let names = |set: ActorSet| page.agreement.names_of(set);
        let (who, whom, words, at, with) = match (alone(&mine, &theirs), alone(&theirs, &mine)) {
            (Some(words), None) => (provision.bound, other.bound, words, entry.head_span(), there.head_span()),
            (None, Some(words)) => (other.bound, provision.bound, words, there.head_span(), entry.head_span()),
            // Each has one of its own: these are different terms.
            _ => continue,
        };
        out.push(
            Diagnostic::note(
                Code("L021"),
                at,
                format!("{} has the exception `{words}`, and {} has not", names(who), names(whom)),
                format!("of {}", names(who)),
            )
            .related(with, format!("of {}", names(whom)))
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
