//! Which text governs where two speak of the same act: `prevails over`.
//!
//! Nothing gives way but to a term about the same: the same act in the same
//! words, but for numbers and distances, of all the parties it binds. What is
//! less plain than that leaves it open whether the term still counts.

use std::collections::BTreeSet;
use std::sync::Arc;

use armistice_syntax::{NodeExt, SyntaxElement, SyntaxKind as K, SyntaxNode};
use jiff::Timestamp;

use super::instruments::stands_under;
use super::{Lower, Placed};
use crate::model::{ActorSet, Condition, Displaced, GivesWay, Holds, How, Provision, Relation, Until};

/// Clauses that make an act another act.
const NARROWER: &[&str] = &["in", "through", "below", "above", "with"];

/// What a term is about, whatever it says of it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Matter {
    /// `attack`.
    verb: String,
    /// The whole act, without its numbers and distances.
    act: String,
    /// Whether it is forbidden.
    forbidden: bool,
}

/// A term of a text that prevails.
struct Prevailing {
    id: String,
    bound: ActorSet,
    matter: Matter,
    /// From when its text counts; none where that cannot be placed.
    from: Option<Timestamp>,
    /// Until when it does; none without an end.
    until: Option<Timestamp>,
    /// Whether it hangs on nothing but these dates.
    plain: bool,
}

/// What becomes of a term that another may take the place of.
#[derive(Default)]
struct Outcome {
    ceases: Option<(Timestamp, String)>,
    gives_way: Vec<(String, GivesWay)>,
}

impl Lower<'_> {
    /// What the term just read is about.
    pub(super) fn matter(&self, one: &Placed, provision: &Provision) -> Option<Matter> {
        let predicate = one.statement.node.child(K::Predicate)?;
        let mut words: Vec<String> = Vec::new();
        for element in predicate.children_with_tokens() {
            match element {
                SyntaxElement::Token(token) if token.kind().is_trivia() => {}
                SyntaxElement::Token(token) => words.push(token.text().to_owned()),
                SyntaxElement::Node(node) => {
                    let node = self.chosen(&node).unwrap_or(node);
                    // A calibre says which weapons are meant: another one means others.
                    let which = words.iter().rev().take(3).any(|w| w == "calibre" || w == "range");
                    words.push(if which { node.phrase() } else { unnumbered(&node) });
                }
            }
        }
        let verb = words.first()?.clone();
        let narrower = one.statement.clauses().filter(|clause| NARROWER.contains(&clause.keyword().as_str()));
        words.extend(narrower.map(|clause| clause.phrase()));
        let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let forbidden = provision.act.starts_with("must not");
        Some(Matter { verb, act: words.join(" "), forbidden })
    }

    /// What one text takes from another where both speak of the same.
    pub(super) fn give_way(&mut self, matters: &[Option<Matter>]) {
        let signed = self.signed_at.or_else(|| self.agreement.clock.day_begins(self.agreement.signed?));
        let since = self.in_force.or(signed);
        let own = (None, self.agreement.relations.clone(), since, self.header_depends.clone());
        let others = self.agreement.instruments.iter().enumerate();
        let others = others.map(|(i, one)| (Some(i), one.relations.clone(), one.in_force, one.depends.clone()));
        let texts: Vec<_> = others.chain([own]).collect();
        if !texts.iter().any(|(_, relations, ..)| !over(relations).is_empty()) {
            return;
        }
        let names: BTreeSet<String> = self.agreement.instruments.iter().map(|one| one.name.clone()).collect();
        let prevails = |by: Option<usize>, id: &str| {
            let text = texts.iter().find(|(text, ..)| *text == by);
            text.is_some_and(|(_, relations, ..)| over(relations).iter().any(|named| stands_under(id, named)))
        };
        let mut outcomes: Vec<(Outcome, BTreeSet<usize>)> = Vec::new();
        let terms = || self.agreement.provisions.iter().zip(matters);
        for (provision, matter) in terms() {
            let mut outcome = Outcome::default();
            let mut depends = BTreeSet::new();
            for (text, relations, in_force, hangs) in &texts {
                let named: Vec<&str> =
                    over(relations).into_iter().filter(|named| stands_under(&provision.id, named)).collect();
                if *text == provision.instrument || named.is_empty() {
                    continue;
                }
                // Whether the one corresponds may hang on a bracket of the other.
                depends.extend(hangs.iter().copied());
                depends.extend(terms().filter(|(q, _)| q.instrument == *text).flat_map(|(q, _)| q.depends.clone()));
                let clause = named.iter().any(|named| !names.contains(*named));
                let prevailing = terms().filter(|(q, _)| q.instrument == *text);
                for one in prevailing.filter_map(|(q, matter)| Prevailing::of(q, matter.as_ref()?, *in_force)) {
                    if let Some(matter) = matter {
                        let mutual = prevails(provision.instrument, &one.id);
                        outcome.meet(provision.bound, matter, &one, clause, mutual);
                    }
                }
            }
            outcomes.push((outcome, depends));
        }
        for (provision, (outcome, depends)) in self.agreement.provisions.iter_mut().zip(outcomes) {
            if depends.is_empty() && outcome.is_none() {
                continue;
            }
            let provision = Arc::make_mut(provision);
            provision.depends.extend(depends);
            outcome.apply(provision);
        }
    }
}

impl Prevailing {
    fn of(provision: &Provision, matter: &Matter, in_force: Option<Timestamp>) -> Option<Self> {
        let begins = provision.force.from.as_ref().ok();
        let from = in_force.zip(begins).map(|(text, term)| text.max(*term));
        let written = match &provision.force.until {
            Until::Open | Until::Unknown(_) => None,
            Until::At(end) | Until::Renewable { first: end, .. } => Some(*end),
        };
        let displaced = provision.force.displaced.as_ref().map(|displaced| displaced.at);
        let until = [written, displaced].into_iter().flatten().min();
        // What is over before it begins takes nobody's place.
        if from.zip(until).is_some_and(|(from, until)| until <= from) {
            return None;
        }
        Some(Self {
            id: provision.id.clone(),
            bound: provision.bound,
            matter: matter.clone(),
            from,
            until,
            plain: provision.conditions.is_empty() && !matches!(provision.force.until, Until::Unknown(_)),
        })
    }
}

impl Outcome {
    const fn is_none(&self) -> bool {
        self.ceases.is_none() && self.gives_way.is_empty()
    }

    /// Whether a term gives way to another that prevails: plainly where it speaks
    /// of the same act of all it binds; perhaps where it does of some, or where the
    /// clause was named and the act is of the same kind, or where it allows or
    /// demands what is forbidden here.
    fn meet(&mut self, bound: ActorSet, matter: &Matter, to: &Prevailing, clause: bool, mutual: bool) {
        let same = matter.act == to.matter.act;
        let crossed = matter.forbidden && !to.matter.forbidden;
        let akin = matter.verb == to.matter.verb && (clause || crossed);
        if bound.and(to.bound).is_empty() || !(same || akin) {
            return;
        }
        let whole = same && bound.without(to.bound).is_empty() && to.plain && !mutual;
        match (to.from, to.until) {
            (Some(from), None) if whole => {
                if self.ceases.as_ref().is_none_or(|(at, _)| from < *at) {
                    self.ceases = Some((from, to.id.clone()));
                }
            }
            (from, until) => {
                let certain_until = if whole { from.and(until) } else { None };
                self.gives_way.push((to.id.clone(), GivesWay { from, certain_until }));
            }
        }
    }

    fn apply(self, provision: &mut Provision) {
        let before = provision.force.displaced.as_ref().map(|displaced| displaced.at);
        if let Some((at, id)) = self.ceases
            && before.is_none_or(|before| at < before)
        {
            provision.force.displaced = Some(Displaced { at, by: format!("set aside by {id}, which prevails") });
        }
        for (id, gives_way) in self.gives_way {
            let words = format!("gives way to {id}");
            provision.conditions.push(Condition { words, holds: Holds::GivesWay(gives_way) });
        }
    }
}

/// What a text prevails over, as written.
fn over(relations: &[Relation]) -> Vec<&str> {
    let all = relations.iter().filter(|relation| relation.how == How::PrevailsOver);
    all.flat_map(|relation| relation.what.iter().map(String::as_str)).collect()
}

/// A part of an act without its numbers, its distances, and who says so.
fn unnumbered(node: &SyntaxNode) -> String {
    if matches!(node.kind(), K::Distance | K::Label) {
        return String::new();
    }
    let mut words: Vec<String> = Vec::new();
    for element in node.children_with_tokens() {
        words.push(match element {
            SyntaxElement::Node(node) => unnumbered(&node),
            SyntaxElement::Token(token) if token.kind().is_trivia() => continue,
            SyntaxElement::Token(token) if token.kind() == K::Number => "#".to_owned(),
            SyntaxElement::Token(token) => token.text().to_owned(),
        });
    }
    words.retain(|word| !word.is_empty() && word != ":");
    words.join(" ")
}
