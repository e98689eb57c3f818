//! Gates, which point at provisions.

use std::collections::BTreeSet;

use armistice_syntax::{NodeExt, SyntaxKind as K, SyntaxNode, parse_number};

use super::numbers::under;
use super::values::Edge;
use super::{Lower, Part, Placed};
use crate::model::{ActorSet, Breaches, Condition, Gate, Holds, NotEvaluable};

impl Lower<'_> {
    pub(super) fn gates(&mut self, placed: &[Placed]) {
        for one in Self::of(placed, "gate") {
            let head = one.statement.head();
            let Some(name) = self.declare(head.as_ref(), "gate") else {
                continue;
            };
            let title = head.and_then(|h| h.text_value());
            let (gate, mut depends) =
                self.once_pointing(Part::Gate, &one.statement.node, |lower| lower.gate(one, name, title));
            depends.extend(self.behind(&gate));
            self.agreement.gates.push(Gate { depends, ..gate });
        }
    }

    pub(super) fn gate(&mut self, one: &Placed, name: String, title: Option<String>) -> Gate {
        let mut gate = Gate {
            name,
            title,
            citation: self.citation(one),
            clauses: Vec::new(),
            provisions: Vec::new(),
            days: 0,
            from: None,
            since: None,
            scope: None,
            tolerance: 0,
            resets: Breaches::Anybodys,
            pauses: Breaches::Nobodys,
            declared_by: None,
            noticed_by: (ActorSet::NONE, true),
            rules: Vec::new(),
            verified_by: ActorSet::NONE,
            certified_by: ActorSet::NONE,
            together: false,
            not_evaluable: None,
            depends: BTreeSet::new(),
        };
        match one.statement.clause("opens when") {
            Some(clause) => self.opens_when(&clause, &mut gate),
            None => {
                gate.not_evaluable = Some(NotEvaluable::Undefined("the text does not say what opens it".to_owned()));
            }
        }
        if let Some(names) = one.statement.clause("certified by").and_then(|c| c.child(K::Names)) {
            gate.together = names.keywords().iter().all(|k| k != "separately");
            gate.certified_by = self.actors(&names);
        }
        let verified = one.statement.clauses().filter(|clause| clause.keyword() == "verified by");
        for names in verified.filter_map(|clause| clause.child(K::Names)) {
            gate.verified_by = gate.verified_by.or(self.actors(&names));
        }
        if let Some(clause) = one.statement.clause("counting from") {
            gate.from = self.instant_in(&clause, Edge::Start);
            if gate.from.is_none() {
                match self.hanging_in(&clause) {
                    Some(anchor) => {
                        gate.since = Some(Condition { words: clause.phrase(), holds: Holds::Since(anchor) });
                        self.chooser.touch(&self.header_depends);
                        gate.from = self.in_force;
                    }
                    None => gate.not_evaluable = Some(NotEvaluable::NotYet(format!("`{}`", clause.phrase()))),
                }
            }
        } else if let Some(at) = self.in_force {
            self.chooser.touch(&self.header_depends);
            gate.from = Some(at);
        }
        self.count(one, &mut gate);
        if let Some(clause) = one.statement.clause("text not public") {
            gate.not_evaluable = Some(NotEvaluable::TextNotPublic(clause.text_value().unwrap_or_default()));
        }
        if gate.from.is_none() {
            // Days count from when the earliest of its provisions binds.
            let held = || gate.provisions.iter().filter_map(|i| self.agreement.provisions.get(*i));
            held().for_each(|provision| self.chooser.touch(&provision.depends));
            let starts = held();
            gate.from = starts.filter_map(|p| p.force.from.clone().ok()).min();
        }
        gate
    }

    /// What a gate hangs on through those who speak of it and the provisions that
    /// it waits for; nothing else of it does.
    pub(super) fn behind(&self, gate: &Gate) -> BTreeSet<usize> {
        let told_by = gate.noticed_by.0.or(gate.declared_by.map_or(ActorSet::NONE, |(who, _)| who));
        let actors = self.agreement.actors_in(gate.certified_by.or(gate.verified_by).or(told_by)).map(|a| &a.depends);
        let held = gate.provisions.iter().filter_map(|index| self.agreement.provisions.get(*index)).map(|p| &p.depends);
        actors.chain(held).flatten().copied().collect()
    }

    fn opens_when(&mut self, clause: &SyntaxNode, gate: &mut Gate) {
        gate.days = clause
            .token(K::Number)
            .and_then(|t| parse_number(t.text()))
            .filter(|n| n.fract() == 0.0 && (1.0..=100_000.0).contains(n))
            .map_or(0, |n| n as u32);
        if gate.days == 0 {
            self.error(
                "T152",
                clause.span(),
                "a gate needs a whole number of days, at least one",
                "not a count of days",
            )
            .help = Some("write it as `1 and 3 are kept for 7 consecutive days`".to_owned());
        }
        let Some(ids) = clause.child(K::Clauses) else {
            return;
        };
        let tokens = ids.children_with_tokens().filter_map(|e| e.into_token());
        for token in tokens.filter(|t| matches!(t.kind(), K::Number | K::ClauseId | K::Name)) {
            let id = token.text().to_owned();
            let held = under(&self.ids, &id);
            if held.is_empty() {
                let range = token.text_range();
                let span = usize::from(range.start())..usize::from(range.end());
                let known: Vec<String> = self.agreement.provisions.iter().map(|p| p.id.clone()).collect();
                let error = self.error("T153", span.clone(), format!("there is no provision {id}"), "no such clause");
                error.help = Some(format!("the provisions are: {}", known.join(", ")));
                error.suggest(span, &id, known.iter().map(String::as_str));
            }
            gate.provisions.extend(held);
            gate.clauses.push(id);
        }
        gate.provisions.sort_unstable();
        gate.provisions.dedup();
    }
}
