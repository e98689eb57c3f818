//! L013: "by" holds the last day, "before" does not.

use std::collections::HashMap;

use armistice_syntax::{Bracket, Code, Diagnostic, NodeExt, Span, SyntaxKind as K, SyntaxNode};

use super::page::{Entry, Page};

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    both_in_the_terms(page, out);
    otherwise_in_the_text(page, out);
    both_in_a_bracket(page, out);
}

const HELP: &str = "settle whether the day counts, and write an hour or `by the end of …`, or `before the start of …`";

/// The same day with `by` here and with `before` there.
fn both_in_the_terms(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    let mut first: HashMap<String, (String, Span)> = HashMap::new();
    for clause in page.entries.iter().flat_map(|e| &e.clauses) {
        if !matches!(clause.words.as_str(), "by" | "before") {
            continue;
        }
        let span = clause.node.span();
        let Some(instant) = clause.node.child(K::Instant).filter(|i| i.token(K::Time).is_none()) else {
            continue;
        };
        let (words, at) = first.entry(instant.phrase()).or_insert_with(|| (clause.words.clone(), span.clone()));
        if *words == clause.words {
            continue;
        }
        out.push(
            Diagnostic::warning(
                Code("L013"),
                span,
                format!("`{}` here, and `{words}` the same day elsewhere", clause.node.phrase()),
                format!("`{}`", clause.words),
            )
            .related(at.clone(), format!("`{words}`"))
            .help(HELP),
        );
    }
}

/// The instrument's words say `before` and the term says `by`, or the other way.
fn otherwise_in_the_text(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    for entry in page.entries.iter().filter(|e| !e.quoted.is_empty()) {
        for clause in entry.clauses.iter().filter(|c| matches!(c.words.as_str(), "by" | "before")) {
            let Some((month, day)) = clause.node.child(K::Instant).and_then(|node| day_of(page, &node)) else {
                continue;
            };
            let before = clause.words == "before";
            let same_day = |(_, m, d): &&(bool, i8, i8)| (*m, *d) == (month, day);
            let said: Vec<bool> = page.quotation(entry).deadlines.iter().filter(same_day).map(|(b, ..)| *b).collect();
            if said.is_empty() || said.contains(&before) {
                continue;
            }
            let text = if before { "by" } else { "before" };
            out.push(
                Diagnostic::warning(
                    Code("L013"),
                    clause.node.span(),
                    format!("the term says `{}` and the text quoted above it says \"{text}\"", clause.words),
                    format!("\"{text}\" in the text"),
                )
                .help(format!("write `{text}`, or both as a bracket, each with its source")),
            );
        }
    }
}

/// Two sources give the same day, one to its end and one to its beginning.
fn both_in_a_bracket(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    let named = page.led_by("moment").map(|e: &Entry| e.statement.node.clone());
    let clauses = page.entries.iter().flat_map(|e| &e.clauses);
    let timed = clauses.filter(|c| matches!(c.words.as_str(), "by" | "before" | "until")).map(|c| c.node.clone());
    for node in named.chain(timed) {
        for bracket in node.descendants().filter_map(Bracket::of) {
            let choices = bracket.choices();
            let days: Vec<(String, String)> =
                choices.iter().filter_map(|c| c.node.child(K::Instant)).filter_map(|i| whole_day(&i)).collect();
            let Some((day, edge)) = days.first() else {
                continue;
            };
            if days.iter().skip(1).any(|(other, theirs)| other == day && theirs != edge) {
                out.push(
                    Diagnostic::warning(
                        Code("L013"),
                        bracket.node.span(),
                        format!("the sources agree on {day}, and not on whether that day counts"),
                        "to its end, or only to its beginning",
                    )
                    .help(
                        "it stays a bracket until the parties settle it; `armistice brackets` lists what hangs on it",
                    ),
                );
            }
        }
    }
}

/// A date and which of its edges is meant.
fn whole_day(instant: &SyntaxNode) -> Option<(String, String)> {
    let date = instant.token(K::Date).filter(|_| instant.token(K::Time).is_none())?;
    Some((date.text().to_owned(), instant.keyword()))
}

/// The month and the day that a moment falls on, if it says no hour.
fn day_of(page: &Page<'_>, instant: &SyntaxNode) -> Option<(i8, i8)> {
    if instant.child(K::Duration).is_some() {
        return None;
    }
    let written = instant.token(K::Date).and_then(|token| token.text().parse::<jiff::civil::Date>().ok());
    let named = || {
        let name = instant.token(K::Name)?;
        page.moment(name.text())?.day
    };
    written.or_else(named).map(|date| (date.month(), date.day()))
}
