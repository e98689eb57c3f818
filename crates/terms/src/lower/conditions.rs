//! What a provision hangs on besides dates, and moments that hang on events.

use armistice_syntax::{NodeExt, SyntaxKind as K, SyntaxNode};

use super::{Lower, span_of};
use crate::model::{ActorSet, Anchor, Clauses, Condition, Event, Holds};

impl Lower<'_> {
    /// The event that the moment in a clause hangs on, if it hangs on one.
    pub(super) fn hanging_in(&mut self, parent: &SyntaxNode) -> Option<Anchor> {
        let node = self.value_in(parent, K::Instant)?;
        self.hanging(&node)
    }

    pub(super) fn hanging(&mut self, node: &SyntaxNode) -> Option<Anchor> {
        let keywords = node.keywords();
        let name = node.token(K::Name).map(|t| t.text().to_owned());
        let mut anchor = match (keywords.first().map(String::as_str), name) {
            (Some("completion of"), _) => {
                let of = ids_of(&node.child(K::Clauses)?);
                Anchor { event: Event::Completed(of), plus: Vec::new() }
            }
            (Some("the opening of"), Some(name)) => {
                let gate = self.gate_names.iter().position(|g| *g == name)?;
                Anchor { event: Event::Opened(gate), plus: Vec::new() }
            }
            (Some("the start of"), Some(name)) => Anchor { event: Event::Began(self.phase(&name)?), plus: Vec::new() },
            (Some("the end of"), Some(name)) => Anchor { event: Event::Ended(self.phase(&name)?), plus: Vec::new() },
            (None, Some(name)) => self.unplaced.get(&name)?.clone()?,
            _ => return None,
        };
        anchor.plus.extend(self.offsets(node)?);
        Some(anchor)
    }

    pub(super) fn phase(&self, name: &str) -> Option<usize> {
        self.phase_names.iter().position(|phase| phase == name)
    }

    /// A clause that says on what a provision hangs.
    pub(super) fn condition(&mut self, clause: &SyntaxNode) -> Condition {
        let holds = match clause.keyword().as_str() {
            "at the same time as" => {
                let tolerance = self.period_in(clause);
                clause.child(K::Clauses).map(|ids| Holds::Alongside(ids_of(&ids), tolerance))
            }
            "in exchange for" => self.ids_alone(clause).map(Holds::InReturn),
            "only after" => {
                self.ids_alone(clause).map(|of| Holds::Since(Anchor { event: Event::Completed(of), plus: Vec::new() }))
            }
            "as far as" => clause.child(K::Clauses).map(|ids| Holds::AsFar(ids_of(&ids))),
            "if" => clause.child(K::Clauses).map(|ids| Holds::WhileKept(ids_of(&ids))),
            "while" => self.process(clause).map(Holds::During),
            "during" => self.phase_named(clause).map(Holds::During),
            _ => None,
        };
        Condition { words: clause.phrase(), holds: holds.unwrap_or(Holds::NotEvaluated) }
    }

    /// The phase that a clause names, and nothing else.
    pub(super) fn phase_named(&mut self, clause: &SyntaxNode) -> Option<usize> {
        let token = clause.child(K::Names)?.token(K::Name)?;
        let found = self.phase(token.text());
        if found.is_none() && self.declared.contains_key(token.text()) {
            let title = format!("`{}` is no phase", token.text());
            self.error("T190", span_of(&token), title, "it neither begins nor ends").help =
                Some(format!("declare what goes on: `phase {} \"what it is\"`", token.text()));
        }
        found
    }

    /// `while Talks continue`: the phase, where nothing else is said.
    pub(super) fn process(&self, clause: &SyntaxNode) -> Option<usize> {
        let words: Vec<String> = words_of(clause);
        match words.as_slice() {
            [name] => self.phase(name),
            [name, verb] if matches!(verb.as_str(), "continue" | "continues" | "lasts" | "last" | "runs" | "run") => {
                self.phase(name)
            }
            _ => None,
        }
    }

    /// The clauses of `only after 2 and 3.a`, where nothing else is said.
    fn ids_alone(&self, clause: &SyntaxNode) -> Option<Clauses> {
        let ids: Vec<String> = words_of(clause).into_iter().filter(|w| w != "and" && w != ",").collect();
        let known = |id: &String| id.starts_with(|c: char| c.is_ascii_digit()) && self.clause_ids.contains(id);
        (!ids.is_empty() && ids.iter().all(known)).then_some(Clauses { ids, provisions: Vec::new() })
    }

    /// How long before an end notice is to be given, and by whom, where it says.
    pub(super) fn notice_of(&mut self, clause: &SyntaxNode) -> (jiff::Span, ActorSet) {
        let length = clause.descendants().find(|node| node.kind() == K::Duration);
        let notice = length.and_then(|node| self.period(&node)).unwrap_or_default();
        let names: Vec<_> = clause
            .descendants_with_tokens()
            .filter_map(|e| e.into_token())
            .filter(|token| token.kind() == K::Name)
            .collect();
        let by = names.iter().fold(ActorSet::NONE, |set, name| set.or(self.actor(name.text(), span_of(name))));
        (notice, by)
    }
}

/// The clauses a node names; the provisions are put in when all are known.
pub(super) fn ids_of(ids: &SyntaxNode) -> Clauses {
    let tokens = ids.children_with_tokens().filter_map(|e| e.into_token());
    let named = tokens.filter(|t| matches!(t.kind(), K::Number | K::ClauseId | K::Name));
    Clauses { ids: named.map(|t| t.text().to_owned()).collect(), provisions: Vec::new() }
}

/// What stands in a clause after its own words, word by word.
fn words_of(clause: &SyntaxNode) -> Vec<String> {
    let tokens = clause.children_with_tokens().flat_map(|element| match element {
        armistice_syntax::SyntaxElement::Token(token) => vec![token],
        armistice_syntax::SyntaxElement::Node(node) if node.kind() == K::Keyword => Vec::new(),
        armistice_syntax::SyntaxElement::Node(node) => {
            node.descendants_with_tokens().filter_map(|e| e.into_token()).collect()
        }
    });
    tokens.filter(|t| !t.kind().is_trivia()).map(|t| t.text().to_owned()).collect()
}
