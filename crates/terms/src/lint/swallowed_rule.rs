//! L020: an exception as wide as the rule.

use armistice_syntax::{Code, Diagnostic, NodeExt, SyntaxKind as K};

use super::page::Page;
use crate::model::{ActorSet, Conduct, Exception, Provision, Role, Target};

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    for (entry, provision) in page.provisions() {
        let span_of = |words: &str| entry.clause(words).map_or_else(|| entry.head_span(), |c| c.node.span());
        let mut told = |span, title: String, label: &str, help: &str| {
            out.push(Diagnostic::warning(Code("L020"), span, title, label).help(help));
        };
        let protected = protected(page, provision);
        let against = provision.exceptions.iter().fold(ActorSet::NONE, |set, exception| match exception {
            Exception::Against(actors) => set.or(*actors),
            _ => set,
        });
        if !protected.is_empty() && protected.without(against).is_empty() {
            told(
                span_of("except against"),
                format!(
                    "{} protects {}, and excepts acts against the same",
                    provision.id,
                    page.agreement.names_of(protected)
                ),
                "nobody is left whom it protects",
                "except only those who stand outside, such as an `excluded` group",
            );
        }
        // Whom it binds gives itself leave. Where several must give it together,
        // each needs another's.
        let leave = entry.clause("only with leave of").and_then(|clause| clause.node.child(K::Names));
        let givers = leave.as_ref().map(|names| names.tokens_of(K::Name)).unwrap_or_default();
        let any = leave.is_some_and(|names| names.keywords().iter().any(|word| word == "separately"));
        let own: Vec<&str> = page
            .agreement
            .actors_in(provision.bound)
            .map(|actor| actor.name.as_str())
            .filter(|name| givers.iter().any(|giver| giver.text() == *name) && (any || givers.len() == 1))
            .collect();
        if !own.is_empty() {
            let (needs, whose) =
                if own.len() == 1 { ("is bound, and needs", "its") } else { ("are bound, and need", "their") };
            told(
                span_of("only with leave of"),
                format!("{} {needs} nobody's leave but {whose} own", own.join(" and ")),
                "leave of one's own",
                "name somebody else: a monitor, a body, the other party",
            );
        }
        // The act itself is excepted.
        let act = entry.predicate.as_ref().map(|node| node.phrase().to_lowercase()).unwrap_or_default();
        let same = |exception: &Exception| matches!(exception, Exception::ForPeople(what) if whole(&act, &what.to_lowercase()));
        if provision.exceptions.iter().any(same) {
            told(
                span_of("except"),
                format!("{} excepts what it speaks of", provision.id),
                "the act itself",
                "say which part of it is excepted, and within what limits",
            );
        }
    }
}

/// Whom a prohibition of attacks protects, as far as they have names.
fn protected(page: &Page<'_>, provision: &Provision) -> ActorSet {
    let attack = provision.duty.forbids().filter(|forbid| forbid.conduct == Conduct::Attack);
    match attack.map(|forbid| forbid.on) {
        Some(Target::EachOther) => provision.bound,
        Some(Target::Actors(actors)) => actors,
        Some(Target::Anyone) => {
            let parties = page.agreement.actors.iter().enumerate().filter(|(_, a)| a.role == Role::Party);
            parties.fold(ActorSet::NONE, |set, (index, _)| set.or(ActorSet::one(index)))
        }
        _ => ActorSet::NONE,
    }
}

/// Whether an exception is all of an act, or all that it is done to.
fn whole(act: &str, excepted: &str) -> bool {
    let object = act.strip_suffix(excepted).is_some_and(|verb| verb.ends_with(' '));
    act == excepted || (object && !excepted.is_empty())
}
