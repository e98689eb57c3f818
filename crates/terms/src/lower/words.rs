//! Defined terms, and what becomes of a provision that hangs on one.

use armistice_syntax::{Choice, NodeExt, SyntaxElement, SyntaxKind as K, SyntaxNode};

use super::predicate::Demand;
use super::{Lower, Placed};
use crate::model::{ActorSet, Duty, ForPeople, NotEvaluable, Term};

impl Lower<'_> {
    pub(super) fn terms(&mut self, placed: &[Placed]) {
        for one in Self::of(placed, "term") {
            let Some(name) = one.statement.head().and_then(|head| head.token(K::Name)) else {
                continue;
            };
            let means = one.statement.clause("means").and_then(|clause| clause.text_value());
            let why = one.statement.clause("undefined").and_then(|clause| clause.text_value());
            let means = means.ok_or_else(|| why.unwrap_or_default());
            self.agreement.terms.push(Term { name: name.text().to_owned(), means });
        }
    }

    /// What a provision comes to whose act hangs on a declared term: a term that
    /// was never defined makes it not evaluable, and whether something falls
    /// under a definition in words, only people can say.
    pub(super) fn hangs_on_a_term(&self, predicate: &SyntaxNode, modal: &str, bound: ActorSet) -> Option<Demand> {
        let used = predicate.descendants().flat_map(|node| node.tokens_of(K::Name));
        let terms = used.filter_map(|token| self.agreement.terms.iter().find(|term| term.name == token.text()));
        let terms: Vec<&Term> = terms.collect();
        let undefined = terms.iter().find_map(|term| Some((&term.name, term.means.as_ref().err()?)));
        if let Some((name, why)) = undefined {
            let why = if why.is_empty() { String::new() } else { format!(": {why}") };
            return Some(Demand::NotEvaluable(NotEvaluable::Undefined(format!("{name} was never defined{why}"))));
        }
        let (term, means) = terms.iter().find_map(|term| Some((&term.name, term.means.as_ref().ok()?)))?;
        let kind = match modal {
            "must" => "duty",
            "must not" => "prohibition",
            _ => "permission",
        };
        let what = format!("a {kind} to {}, where {term} means \"{means}\"", predicate.phrase());
        Some(Demand::ForPeople(Duty::ForPeople(ForPeople { what, concerning: bound })))
    }

    /// The words of an act under this reading: the chosen alternative stands
    /// where its bracket stood.
    pub(super) fn said(&self, predicate: &SyntaxNode) -> String {
        let mut out = String::new();
        for element in predicate.children_with_tokens() {
            let words = match element {
                SyntaxElement::Token(token) if token.kind().is_trivia() => continue,
                SyntaxElement::Token(token) => token.text().to_owned(),
                SyntaxElement::Node(node) => match self.chosen(&node) {
                    Some(node) => Choice { node, label: String::new() }.words(),
                    None => node.phrase(),
                },
            };
            if !out.is_empty() && words != "," {
                out.push(' ');
            }
            out.push_str(&words);
        }
        out
    }
}
