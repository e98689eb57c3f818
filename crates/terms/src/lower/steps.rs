//! Permissions with preconditions: what is allowed only after a step, with leave
//! or with notice is forbidden but for that.

use armistice_syntax::{NodeExt, SyntaxKind as K, SyntaxNode};
use jiff::SignedDuration;

use super::{Lower, Placed};
use crate::model::{ActorSet, Conduct, Exception, Step};

/// The clauses that say what must come first.
const STEPS: &[&str] = &["only after", "only with leave of", "only with notice to"];

impl Lower<'_> {
    /// Whether a permission says what must come before the act.
    pub(super) fn has_steps(&self, one: &Placed, predicate: &SyntaxNode) -> bool {
        let verb = predicate.child(K::Keyword).map(|node| node.phrase()).unwrap_or_default();
        let forbidden = Conduct::of_verb(&verb).is_some();
        forbidden && one.statement.clauses().any(|clause| STEPS.contains(&clause.keyword().as_str()))
    }

    /// The steps of a prohibition, in the order of the text; none if it has none.
    /// An act that hangs on other clauses waits for these, and is no step.
    pub(super) fn steps(&mut self, one: &Placed) -> Option<Exception> {
        let mut steps = Vec::new();
        for clause in one.statement.clauses() {
            steps.extend(self.step(&clause));
        }
        (!steps.is_empty()).then_some(Exception::Steps(steps))
    }

    fn step(&mut self, clause: &SyntaxNode) -> Option<Step> {
        let phrase = clause.phrase();
        let after = |words: &str| phrase.strip_prefix(words).unwrap_or(&phrase).trim().to_owned();
        match clause.keyword().as_str() {
            "only with leave of" => {
                let names = clause.child(K::Names)?;
                let together = names.keywords().iter().all(|word| word != "separately");
                Some(Step::Leave { of: self.actors(&names), together })
            }
            "only with notice to" => {
                let actors = &self.agreement.actors;
                let named = clause.tokens_of(K::Name).into_iter();
                let told = named.filter_map(|token| actors.iter().position(|actor| actor.name == token.text()));
                let told: Vec<usize> = told.collect();
                for index in &told {
                    if let Some(actor) = actors.get(*index) {
                        self.chooser.touch(&actor.depends);
                    }
                }
                let to = told.into_iter().fold(ActorSet::NONE, |set, index| set.or(ActorSet::one(index)));
                let ahead = self.period_in(clause).and_then(|period| {
                    let day = jiff::civil::date(2000, 1, 1);
                    period.to_duration(day).ok()
                });
                Some(Step::Notice {
                    to,
                    ahead: ahead.unwrap_or(SignedDuration::ZERO),
                    words: after("only with notice to"),
                })
            }
            "only after" if !self.condition(clause).evaluated() => Some(Step::After(after("only after"))),
            _ => None,
        }
    }
}
