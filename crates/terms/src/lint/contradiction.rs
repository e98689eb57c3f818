//! L016: two instruments, or two terms, that demand different things.

use std::collections::HashMap;

use armistice_syntax::{Code, Diagnostic, NodeExt, Span, SyntaxElement, SyntaxKind as K, SyntaxNode};

use super::page::{Entry, Modal, Page};
use crate::model::{ActorSet, Bound, Force, Forces, Limit, Provision, Until, Zone};

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    precedence(page, out);
    terms(page, out);
    against(page, out);
}

/// Clauses that say how one instrument stands to another.
const PRECEDENCE: &[&str] = &["amends", "supersedes", "suspends", "prevails over"];

/// A second instrument that nothing sets above or below the first.
fn precedence(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    let main = page.led_by("agreement").any(|e| e.has_any(PRECEDENCE));
    for entry in page.led_by("instrument") {
        let Some((name, span)) = &entry.name else {
            continue;
        };
        let ranked =
            |user: &Entry| user.clauses.iter().any(|c| PRECEDENCE.contains(&c.words.as_str()) && names(c, name));
        if main || entry.has_any(PRECEDENCE) || page.users(name).any(ranked) {
            continue;
        }
        out.push(
            Diagnostic::warning(
                Code("L016"),
                span.clone(),
                format!("nothing says whether `{name}` or another instrument prevails where they differ"),
                "no `amends`, `supersedes` or `prevails over`",
            )
            .help("add `amends`, `supersedes` or `prevails over` and the other's name; if the texts are silent, `# accepts L016: …` says so"),
        );
    }
}

fn names(clause: &super::page::Clause, name: &str) -> bool {
    let named = clause.node.child(K::Clauses).or_else(|| clause.node.child(K::Names));
    named.is_some_and(|names| names.tokens_of(K::Name).iter().any(|t| t.text() == name))
}

/// What a term demands of whom, but for how far and by when.
#[derive(PartialEq, Eq, Hash)]
struct Subject {
    bound: ActorSet,
    modal: Modal,
    act: String,
}

struct Demand {
    id: String,
    far: Vec<String>,
    by_when: Vec<String>,
    force: Force,
    at: Span,
}

/// The same act demanded of the same party twice, with another distance or
/// another deadline.
fn terms(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    let mut first: HashMap<Subject, Demand> = HashMap::new();
    for (entry, provision) in page.provisions() {
        let Some((act, far)) = act(entry) else {
            continue;
        };
        let when =
            |c: &&super::page::Clause| matches!(c.words.as_str(), "by" | "before" | "within" | "at the same time as");
        let clauses: Vec<_> = entry.clauses.iter().filter(when).collect();
        let at = clauses.first().map_or_else(|| entry.head_span(), |c| c.node.span());
        let by_when = clauses.iter().map(|c| c.node.phrase()).collect();
        let subject = Subject { bound: provision.bound, modal: entry.modal, act };
        let demand = Demand { id: provision.id.clone(), far, by_when, force: provision.force.clone(), at };
        let Some(earlier) = first.get(&subject) else {
            first.insert(subject, demand);
            continue;
        };
        // Both differ: these are two stages.
        let (far, late) = (earlier.far != demand.far, earlier.by_when != demand.by_when);
        let silent = earlier.by_when.is_empty() || demand.by_when.is_empty();
        if far == late || (late && silent) {
            continue;
        }
        let said = |d: &Demand| if late { d.by_when.join(", ") } else { d.far.join(", ") };
        if apart(&earlier.force, &demand.force) {
            if late && earlier.force.displaced.is_some() {
                out.push(moved(earlier, &demand, &said(earlier), &said(&demand)));
            }
            continue;
        }
        out.push(
            Diagnostic::warning(
                Code("L016"),
                demand.at.clone(),
                format!(
                    "{} and {} demand the same with different words: `{}`, `{}`",
                    earlier.id,
                    demand.id,
                    said(earlier),
                    said(&demand)
                ),
                "and otherwise here",
            )
            .related(earlier.at.clone(), "so here")
            .help(
                "say which holds: end the earlier one with `until`, or write `prevails over` in the later instrument",
            ),
        );
    }
}

/// A deadline that a later text takes away and replaces. Nothing contradicts
/// itself then, but who reads the earlier text alone counts to another day.
fn moved(earlier: &Demand, later: &Demand, was: &str, is: &str) -> Diagnostic {
    Diagnostic::note(
        Code("L016"),
        later.at.clone(),
        format!("{} changes the deadline of {}: `{was}`, now `{is}`", later.id, earlier.id),
        "the deadline now",
    )
    .related(earlier.at.clone(), "the deadline before")
    .help("see to it that all who hold the earlier text know; if that is so, `# accepts L016: …` says it")
}

/// What is demanded, without its distances; and these. Nothing where an amount
/// is demanded, since amounts are fulfilled in stages.
fn act(entry: &Entry) -> Option<(String, Vec<String>)> {
    let (mut act, mut far) = (String::new(), Vec::new());
    for element in entry.predicate.as_ref()?.children_with_tokens() {
        match element {
            SyntaxElement::Node(node) if counts(&node) => return None,
            SyntaxElement::Node(node) if matches!(node.kind(), K::Distance | K::Bracket) => far.push(node.phrase()),
            SyntaxElement::Node(node) => {
                act.push_str(&node.phrase());
                act.push(' ');
            }
            SyntaxElement::Token(token) if !token.kind().is_trivia() => {
                act.push_str(token.text());
                act.push(' ');
            }
            SyntaxElement::Token(_) => {}
        }
    }
    // Side letters differ in where, too.
    for clause in entry.clauses.iter().filter(|c| matches!(c.words.as_str(), "in" | "through" | "below" | "above")) {
        act.push_str(&clause.node.phrase());
        act.push(' ');
    }
    Some((act, far))
}

/// Whether a part of the act is a number of things, be it one in a bracket.
fn counts(node: &SyntaxNode) -> bool {
    let bracket = node.kind() == K::Bracket;
    node.kind() == K::Amount || (bracket && node.descendants().any(|within| within.kind() == K::Amount))
}

/// How many earlier terms one is set against; nobody bounds one thing in more
/// ways, and a long page would be read again and again.
const MOST_RIVALS: usize = 64;

/// What can be kept only by breaking another: out of a place and in it, so many
/// at most and more at least.
fn against(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    let mut earlier: HashMap<(String, String), Vec<(&Entry, &Provision)>> = HashMap::new();
    for (entry, provision) in page.provisions() {
        let Some(of) = of_what(provision) else {
            continue;
        };
        let rivals = earlier.entry(of).or_default();
        let met = rivals.iter().find(|(_, other)| {
            !other.bound.and(provision.bound).is_empty()
                && !over_before(other, provision)
                && !over_before(provision, other)
                && cannot_both(other, provision)
        });
        if let Some((there, other)) = met {
            let said = |entry: &Entry| entry.predicate.as_ref().map(|node| node.phrase()).unwrap_or_default();
            let at = |entry: &Entry| entry.predicate.as_ref().map_or_else(|| entry.head_span(), |node| node.span());
            let title =
                format!("{} and {} cannot both be kept: `{}`, `{}`", other.id, provision.id, said(there), said(entry));
            out.push(
                Diagnostic::warning(Code("L016"), at(entry), title, "and against it here")
                    .related(at(there), "so here")
                    .help("say which holds, and when: end one with `until`, begin the other with `from`, or strike one out"),
            );
        }
        if rivals.len() < MOST_RIVALS {
            rivals.push((entry, provision));
        }
    }
}

/// What a term counts, or keeps from or on which ground.
fn of_what(provision: &Provision) -> Option<(String, String)> {
    if let Some(limit) = provision.duty.limits() {
        let ground = limit.within.as_ref().map(|zone| zone.words.clone()).unwrap_or_default();
        return Some((
            limit.what.words.clone(),
            format!("{:?} {:?} {:?} {ground}", limit.dealing, limit.per, limit.share),
        ));
    }
    let (what, zone, _) = ground(provision)?;
    Some((what.words.clone(), zone.place.clone()))
}

/// What must be where, of a duty that keeps something in a place or out of it,
/// and whether the ground it must leave is the place itself.
fn ground(provision: &Provision) -> Option<(&Forces, &Zone, bool)> {
    let (what, zone) = (provision.duty.forces()?, provision.duty.zone()?);
    let inside = zone.words == format!("inside {}", zone.place);
    let outside = zone.words == format!("outside {}", zone.place);
    (inside || outside).then_some((what, zone, inside))
}

/// Whether nobody can keep both. What permits demands nothing.
fn cannot_both(one: &Provision, other: &Provision) -> bool {
    match (one.duty.limits(), other.duty.limits()) {
        (Some(one), Some(other)) => {
            let over = |most: &Limit, least: &Limit| {
                most.bound == Bound::AtMost && least.bound == Bound::AtLeast && most.number < least.number
            };
            over(one, other) || over(other, one)
        }
        (None, None) => {
            let inside = |provision| ground(provision).map(|(_, _, inside)| inside);
            matches!((inside(one), inside(other)), (Some(one), Some(other)) if one != other)
        }
        _ => false,
    }
}

/// Whether one has ended when the other begins to ask for something.
fn over_before(one: &Provision, other: &Provision) -> bool {
    let asks = other.duty.deadline().or_else(|| other.force.from.clone().ok());
    let hangs = one.conditions.iter().chain(&other.conditions).next().is_some();
    hangs || apart(&one.force, &other.force) || ends(&one.force).zip(asks).is_some_and(|(end, asks)| end <= asks)
}

/// When a term ceases to bind, where that is written.
fn ends(force: &Force) -> Option<jiff::Timestamp> {
    match (&force.displaced, &force.until) {
        (Some(displaced), _) => Some(displaced.at),
        (None, Until::At(end)) => Some(*end),
        _ => None,
    }
}

/// Whether one ends before the other begins.
fn apart(one: &Force, other: &Force) -> bool {
    let before = |a: &Force, b: &Force| ends(a).zip(b.from.as_ref().ok()).is_some_and(|(end, from)| end <= *from);
    before(one, other) || before(other, one)
}
