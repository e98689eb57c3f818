//! Which text governs where two speak of the same act: `prevails over`.
//!
//! Nothing gives way but to a term about the same: the same act in the same
//! words, but for numbers and distances, of all the parties it binds. What is
//! less plain than that leaves it open whether the term still counts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use armistice_syntax::{NodeExt, SyntaxElement, SyntaxKind as K, SyntaxNode};
use jiff::Timestamp;

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
        let texts = self.texts();
        let index = ByName::of(&texts);
        if index.0.is_empty() {
            return;
        }
        let names: BTreeSet<&str> = self.agreement.instruments.iter().map(|one| one.name.as_str()).collect();
        let prevailing = prevailing(&self.agreement.provisions, matters, &texts, &index);
        let mut outcomes: Vec<(Outcome, BTreeSet<usize>)> = Vec::new();
        for (provision, matter) in self.agreement.provisions.iter().zip(matters) {
            let mut outcome = Outcome::default();
            let mut depends = BTreeSet::new();
            for (text, named) in index.over(&provision.id) {
                let Some(text) = texts.get(text).filter(|text| text.of != provision.instrument) else {
                    continue;
                };
                // Whether the one corresponds may hang on a bracket of the other.
                depends.extend(&text.depends);
                let clause = named.iter().any(|named| !names.contains(named));
                for one in prevailing.get(&text.of).into_iter().flatten() {
                    depends.extend(one.depends);
                    if let (Some(matter), Some(one)) = (matter, &one.term) {
                        let mutual = || {
                            let by = |(text, _): &(usize, Vec<&str>)| texts.get(*text).map(|text| text.of);
                            index.over(&one.id).iter().any(|text| by(text) == Some(provision.instrument))
                        };
                        outcome.meet(provision.bound, matter, one, clause, mutual);
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

    /// Every text there is: the instruments, and the agreement itself.
    fn texts(&self) -> Vec<Text> {
        let signed = self.signed_at.or_else(|| self.agreement.clock.day_begins(self.agreement.signed?));
        let own = Text {
            of: None,
            over: over(&self.agreement.relations),
            since: self.in_force.or(signed),
            depends: self.header_depends.clone(),
        };
        let others = self.agreement.instruments.iter().enumerate().map(|(index, one)| Text {
            of: Some(index),
            over: over(&one.relations),
            since: one.in_force,
            depends: one.depends.clone(),
        });
        others.chain([own]).collect()
    }
}

/// A document, and what it prevails over.
struct Text {
    /// The instrument's index; none of the agreement itself.
    of: Option<usize>,
    /// What it prevails over, as written.
    over: Vec<String>,
    /// From when it counts.
    since: Option<Timestamp>,
    /// The questions that hangs on.
    depends: BTreeSet<usize>,
}

/// The texts that prevail over something, by what they name.
struct ByName<'t>(BTreeMap<&'t str, Vec<usize>>);

impl<'t> ByName<'t> {
    fn of(texts: &'t [Text]) -> Self {
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, text) in texts.iter().enumerate() {
            for named in &text.over {
                by_name.entry(named).or_default().push(index);
            }
        }
        Self(by_name)
    }

    /// The texts that prevail over a provision, in order, with the names it is
    /// named by: its own id, or a clause or an instrument it stands under.
    fn over(&self, id: &str) -> Vec<(usize, Vec<&'t str>)> {
        let ends = id.match_indices(['.', '-']).map(|(end, _)| end).chain([id.len()]);
        let mut found: BTreeMap<usize, Vec<&'t str>> = BTreeMap::new();
        for name in ends.filter_map(|end| id.get(..end)) {
            if let Some((named, texts)) = self.0.get_key_value(name) {
                texts.iter().for_each(|text| found.entry(*text).or_default().push(named));
            }
        }
        found.into_iter().collect()
    }
}

/// A provision of a text that prevails: what it takes, if anything, and the
/// questions it hangs on.
struct Own<'p> {
    term: Option<Prevailing>,
    depends: &'p BTreeSet<usize>,
}

/// The provisions of each text that prevails over something.
fn prevailing<'p>(
    provisions: &'p [Arc<Provision>],
    matters: &[Option<Matter>],
    texts: &[Text],
    index: &ByName<'_>,
) -> BTreeMap<Option<usize>, Vec<Own<'p>>> {
    let prevail: BTreeSet<usize> = index.0.values().flatten().copied().collect();
    let since: BTreeMap<Option<usize>, Option<Timestamp>> =
        prevail.iter().filter_map(|text| texts.get(*text)).map(|text| (text.of, text.since)).collect();
    let mut by_text: BTreeMap<Option<usize>, Vec<Own<'p>>> = BTreeMap::new();
    for (provision, matter) in provisions.iter().zip(matters) {
        if let Some(since) = since.get(&provision.instrument) {
            let term = matter.as_ref().and_then(|matter| Prevailing::of(provision, matter, *since));
            by_text.entry(provision.instrument).or_default().push(Own { term, depends: &provision.depends });
        }
    }
    by_text
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
    fn meet(&mut self, bound: ActorSet, matter: &Matter, to: &Prevailing, clause: bool, mutual: impl FnOnce() -> bool) {
        let same = matter.act == to.matter.act;
        let crossed = matter.forbidden && !to.matter.forbidden;
        let akin = matter.verb == to.matter.verb && (clause || crossed);
        if bound.and(to.bound).is_empty() || !(same || akin) {
            return;
        }
        let whole = same && bound.without(to.bound).is_empty() && to.plain && !mutual();
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
fn over(relations: &[Relation]) -> Vec<String> {
    let all = relations.iter().filter(|relation| relation.how == How::PrevailsOver);
    all.flat_map(|relation| relation.what.iter().cloned()).collect()
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
