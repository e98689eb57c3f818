//! What is said of a body: its members, its rule, what it determines.

use armistice_syntax::{NodeExt, SyntaxKind as K, SyntaxNode, parse_number};

use super::instruments::ids_in;
use super::{Lower, span_of};
use crate::model::{ActorSet, Body, Referral, Rule};

impl Lower<'_> {
    /// Takes in one clause of a body; whether something evaluates it.
    pub(super) fn body_clause(&mut self, clause: &SyntaxNode, body: &mut Body) -> bool {
        match clause.keyword().as_str() {
            "made of" => {
                if let Some(names) = clause.child(K::Names) {
                    body.members = body.members.or(self.actors(&names));
                }
            }
            "decides by" => {
                let phrase = clause.phrase();
                let how = phrase.strip_prefix("decides by").unwrap_or_default().trim();
                body.rule = Rule::ALL.into_iter().find(|rule| rule.word() == how);
            }
            "quorum" => {
                let number = clause.token(K::Number).and_then(|token| parse_number(token.text()));
                body.quorum = number.filter(|n| n.fract() == 0.0 && (0.0..=64.0).contains(n)).map(|n| n as u32);
                return body.quorum.is_some();
            }
            "determines" => body.determines.extend(ids_in(clause)),
            "refers to" => {
                body.refers = self.referral(clause);
                return body.refers.is_some();
            }
            _ => return false,
        }
        true
    }

    /// `refers to NAMES`, and perhaps `within` a length of time; `None` if it says
    /// anything else.
    fn referral(&mut self, clause: &SyntaxNode) -> Option<Referral> {
        let tokens = clause.children_with_tokens().filter_map(|element| element.into_token());
        let mut to = ActorSet::NONE;
        for token in tokens.filter(|token| !token.kind().is_trivia()) {
            match (token.kind(), token.text()) {
                (K::Name, name) if self.agreement.actors.iter().any(|actor| actor.name == name) => {
                    to = to.or(self.actor(name, span_of(&token)));
                }
                (K::Comma, _) | (_, "and" | "within") => {}
                _ => return None,
            }
        }
        let within = self.period_in(clause);
        let phrase = clause.phrase();
        let words = phrase.strip_prefix("refers to").unwrap_or(&phrase).trim().to_owned();
        (!to.is_empty()).then_some(Referral { to, within, words })
    }
}
