//! What makes agreements fail, though nothing in them is wrong.

use armistice_syntax::{Code, Diagnostic, Document, NodeExt, SyntaxKind as K};

use crate::model::{ActorSet, Agreement, Duty, Role, Until};

/// Adds the linter's findings for an agreement that has no errors.
pub(crate) fn lint(agreement: &Agreement, document: &Document, out: &mut Vec<Diagnostic>) {
    day_boundary(agreement, document, out);
    unnumbered(agreement, out);
    unending(agreement, out);
    unverified(agreement, out);
    dutiless(agreement, document, out);
    imprecise(agreement, document, out);
    bare_dates(agreement, document, out);
}

fn statements(document: &Document) -> impl Iterator<Item = &armistice_syntax::Statement> {
    document.blocks.iter().flat_map(|b| &b.statements)
}

/// L001: "seven consecutive days" means nothing until a day has an edge.
fn day_boundary(agreement: &Agreement, document: &Document, out: &mut Vec<Diagnostic>) {
    if agreement.clock.day_start_declared {
        return;
    }
    let Some(head) = statements(document).find(|s| s.lead() == Some("agreement")).and_then(|s| s.head()) else {
        return;
    };
    out.push(
        Diagnostic::warning(
            Code("L001"),
            head.span(),
            "the agreement does not say when a day begins",
            "no `days start at`; midnight is assumed",
        )
        .help("add `days start at 00:00`, or the hour at which the mission's reporting day is cut"),
    );
}

/// L002: a finding cites its clause; without one there is nothing to cite.
fn unnumbered(agreement: &Agreement, out: &mut Vec<Diagnostic>) {
    for provision in agreement.provisions.iter().filter(|p| p.citation.clause.is_none()) {
        out.push(
            Diagnostic::warning(
                Code("L002"),
                provision.citation.span.clone(),
                format!("this provision stands under no numbered heading and is called {}", provision.id),
                "no clause to cite",
            )
            .help("number the heading above it, `## 3.a …`, or write `clause 3.a \"…\"` before it"),
        );
    }
}

/// L003: no end, no length, no deadline.
fn unending(agreement: &Agreement, out: &mut Vec<Diagnostic>) {
    for provision in &agreement.provisions {
        let judged = matches!(provision.duty, Duty::NoAttack { .. } | Duty::StandOff { .. });
        if judged && provision.force.until == Until::Open {
            out.push(
                Diagnostic::warning(
                    Code("L003"),
                    provision.citation.span.clone(),
                    format!("{} never ends", provision.id),
                    "no `for`, `until` or deadline",
                )
                .help("if that is meant, say so in the prose; if not, add `for 48 hours` or `until 2016-09-19`"),
            );
        }
    }
}

/// L004: nobody verifies.
fn unverified(agreement: &Agreement, out: &mut Vec<Diagnostic>) {
    let judged = |p: &&crate::model::Provision| !matches!(p.duty, Duty::NotEvaluable(_));
    let mut bare = agreement.provisions.iter().filter(judged).filter(|p| p.verified_by.is_empty()).peekable();
    let Some(first) = bare.peek().map(|p| p.citation.span.clone()) else {
        return;
    };
    let ids: Vec<&str> = bare.map(|p| p.id.as_str()).collect();
    out.push(
        Diagnostic::warning(
            Code("L004"),
            first,
            format!("nobody is named to verify {}", ids.join(", ")),
            if ids.len() == 1 { "no `verified by`" } else { "the first of them; no `verified by`" },
        )
        .help("add `verified by` and a declared body or monitor; a breach nobody may verify stays an allegation"),
    );
}

/// L005: a party that is bound by nothing.
fn dutiless(agreement: &Agreement, document: &Document, out: &mut Vec<Diagnostic>) {
    let bound = agreement.provisions.iter().fold(ActorSet::NONE, |set, p| set.or(p.bound));
    for (index, actor) in agreement.actors.iter().enumerate() {
        if actor.role != Role::Party || bound.has(index) {
            continue;
        }
        let span = statements(document)
            .filter_map(|s| s.head())
            .find(|h| h.token(K::Name).is_some_and(|t| t.text() == actor.name))
            .map_or(0..0, |h| h.span());
        out.push(
            Diagnostic::warning(
                Code("L005"),
                span,
                format!("{} is a party and is bound by nothing", actor.name),
                "no provision names it",
            )
            .help("give it a duty, or declare it `outsider` or `guarantor`"),
        );
    }
}

/// L006: a line without `good to` pretends to be exact.
fn imprecise(agreement: &Agreement, document: &Document, out: &mut Vec<Diagnostic>) {
    for place in agreement.places.iter().filter(|p| !p.good_to_declared) {
        let span = statements(document)
            .filter_map(|s| s.head())
            .find(|h| h.token(K::Name).is_some_and(|t| t.text() == place.name))
            .map_or(0..0, |h| h.span());
        out.push(
            Diagnostic::warning(
                Code("L006"),
                span,
                format!("nothing says how exactly {} is known", place.name),
                "no `good to`; it is taken as exact",
            )
            .help("add `good to 1 km`: the distance within which its true course lies 95 times in 100"),
        );
    }
}

/// L007: "until 20 September": is the 20th in it?
fn bare_dates(agreement: &Agreement, document: &Document, out: &mut Vec<Diagnostic>) {
    for clause in statements(document).flat_map(armistice_syntax::Statement::clauses) {
        let words = clause.keyword();
        if !matches!(words.as_str(), "until" | "by" | "before") {
            continue;
        }
        for instant in clause.descendants().filter(|n| n.kind() == K::Instant) {
            let dated = instant.token(K::Date).is_some() && instant.token(K::Time).is_none();
            let a_day = |name: &str| agreement.moments.iter().any(|m| m.name == name && m.day.is_some());
            let named = instant.token(K::Name).is_some_and(|t| a_day(t.text()));
            if (dated || named) && instant.keywords().is_empty() && instant.child(K::Duration).is_none() {
                let taken = if words == "before" { "the day is not in it" } else { "the whole day is in it" };
                out.push(
                    Diagnostic::warning(
                        Code("L007"),
                        clause.span(),
                        format!("`{}` leaves open whether that day counts", clause.phrase()),
                        format!("taken to mean that {taken}"),
                    )
                    .help("write an hour, `the end of` or `the start of` before the date"),
                );
            }
        }
    }
}
