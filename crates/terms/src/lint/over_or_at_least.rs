//! L014: over 100 mm leaves out what is exactly 100 mm; at least 100 mm does not.

use std::collections::{HashMap, HashSet};

use armistice_syntax::{Code, Diagnostic, NodeExt, Span, SyntaxKind as K, parse_number};

use super::page::{Entry, Page};
use super::quoted::{Bound, Compared};

const HELP: &str = "decide whether the number itself is meant, and write the same word in both places";

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    let limits: Vec<Limit> = page.entries.iter().flat_map(limits).collect();
    between_terms(&limits, out);
    beside_the_text(page, &limits, out);
}

/// A bound that the terms set.
struct Limit {
    /// `calibre`, `range` or `distance`.
    of: String,
    compared: Compared,
    words: String,
    at: Span,
    /// The class of weapons it limits.
    class: Option<String>,
}

/// The bounds that a statement sets: of weapons, and of distances.
fn limits(entry: &Entry) -> Vec<Limit> {
    let weapons = matches!(entry.lead, None | Some("weapons"));
    if !weapons {
        return Vec::new();
    }
    let mut limited = false;
    entry.statement.node.each_token(|_, text, _| limited |= matches!(text, "calibre" | "range"));
    if !limited {
        return Vec::new();
    }
    let class = entry.name.as_ref().map(|(name, _)| name.clone());
    let mut found = Vec::new();
    for weapon in entry.statement.node.descendants().filter(|n| n.kind() == K::Weapon) {
        let mut of = None;
        let mut bound = None;
        for part in weapon.children() {
            match part.kind() {
                K::Keyword => {
                    let words = part.phrase();
                    match words.strip_prefix("of ") {
                        Some(what) => of = Some(what.to_owned()),
                        None => bound = Bound::of(&words).map(|b| (b, part.span().start)),
                    }
                }
                K::Amount | K::Distance => {
                    if let (Some(of), Some((bound, start)), Some(number)) = (&of, bound, amount(&part)) {
                        let compared = Compared { bound, number, unit: unit(&part) };
                        let words = format!("{} {}", bound.word(), part.phrase());
                        let at = start..part.span().end;
                        found.push(Limit { of: of.clone(), compared, words, at, class: class.clone() });
                    }
                }
                _ => {}
            }
        }
    }
    found
}

fn amount(node: &armistice_syntax::SyntaxNode) -> Option<f64> {
    parse_number(node.token(K::Number)?.text())
}

fn unit(node: &armistice_syntax::SyntaxNode) -> Option<&'static str> {
    let word = node.token(K::Word)?;
    ["mm", "cm", "km", "m"].into_iter().find(|unit| *unit == word.text())
}

/// `over 100 mm` in one class and `at least 100 mm` in another.
fn between_terms(limits: &[Limit], out: &mut Vec<Diagnostic>) {
    let key = |limit: &Limit, bound: Bound| {
        let (number, unit) = limit.compared.measured();
        (limit.of.clone(), number, unit, bound)
    };
    let mut first: HashMap<_, &Limit> = HashMap::new();
    let mut told = HashSet::new();
    for limit in limits {
        first.entry(key(limit, limit.compared.bound)).or_insert(limit);
        let Some(other) = first.get(&key(limit, limit.compared.bound.neighbour())) else {
            continue;
        };
        let (of, number, unit, _) = key(limit, limit.compared.bound);
        if !told.insert((of, number, unit)) {
            continue;
        }
        out.push(
            Diagnostic::warning(
                Code("L014"),
                limit.at.clone(),
                format!("a {} `{}` here, and `{}` elsewhere", limit.of, limit.words, other.words),
                format!("`{}`", limit.compared.bound.word()),
            )
            .related(other.at.clone(), format!("`{}`", other.compared.bound.word()))
            .help(HELP),
        );
    }
}

/// The text says "more than" and the term says `at least`, or the like.
fn beside_the_text(page: &Page<'_>, limits: &[Limit], out: &mut Vec<Diagnostic>) {
    let mut classes: HashMap<&str, Vec<&Limit>> = HashMap::new();
    for limit in limits {
        if let Some(class) = &limit.class {
            classes.entry(class).or_default().push(limit);
        }
    }
    let mut told = HashSet::new();
    for entry in page.entries.iter().filter(|e| !e.quoted.is_empty()) {
        // What the term compares, where, and whether it is a distance.
        let mut beside: Vec<(Compared, Span, bool)> = Vec::new();
        let own = entry.name.as_ref().filter(|_| entry.lead == Some("weapons")).map(|(name, _)| name.as_str());
        let mut named: Vec<String> = own.map(str::to_owned).into_iter().collect();
        if let Some(predicate) = entry.predicate.as_ref() {
            named.extend(predicate.tokens_of(K::Name).into_iter().map(|token| token.text().to_owned()));
            beside.extend(distance(predicate).map(|(compared, at)| (compared, at, true)));
        }
        for name in named {
            let limits = classes.get(name.as_str()).into_iter().flatten().take(MOST_LIMITS);
            beside.extend(limits.map(|limit| (limit.compared.clone(), limit.at.clone(), false)));
        }
        if beside.is_empty() {
            continue;
        }
        let quotation = page.quotation(entry);
        for (term, at, distance) in beside {
            let same = |said: &&Compared| {
                let alike = said.number.to_bits() == term.number.to_bits();
                said.measured() == term.measured() || (said.unit.is_none() && alike)
            };
            let said: Vec<Bound> = quotation.compared.iter().filter(same).map(|said| said.bound).collect();
            let (own, other) = (term.bound, term.bound.neighbour());
            if !said.contains(&other) || said.contains(&own) || !told.insert(at.start) {
                continue;
            }
            let said = other.in_prose();
            let help = match (distance, other) {
                (true, _) => {
                    "a distance is `at least` its number: settle whether the number itself is far enough".to_owned()
                }
                (_, Bound::Over | Bound::Under) => {
                    format!("write `{}`, since the number itself is not meant", other.word())
                }
                _ => format!("write `{}`, since the number itself is meant", other.word()),
            };
            out.push(
                Diagnostic::warning(
                    Code("L014"),
                    at,
                    format!("the term says `{}`, and the text quoted above it means \"{said}\"", own.word()),
                    format!("\"{said}\" in the text"),
                )
                .help(help),
            );
        }
    }
}

/// Nobody limits one class in more ways; a longer list would be read again and
/// again.
const MOST_LIMITS: usize = 16;

/// `at least 3500 m`: the distance of a stand-off, and where it stands.
fn distance(predicate: &armistice_syntax::SyntaxNode) -> Option<(Compared, Span)> {
    let node = predicate.child(K::Distance)?;
    let compared = Compared { bound: Bound::AtLeast, number: amount(&node)?, unit: unit(&node) };
    predicate.phrase().contains("at least").then(|| (compared, node.span()))
}
