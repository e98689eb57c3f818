//! What a provision hangs on besides dates, and moments that hang on events.

use std::collections::BTreeSet;

use armistice_syntax::{NodeExt, SyntaxKind as K, SyntaxNode};

use super::{Lower, Placed, span_of};
use crate::model::{ActorSet, Anchor, Clauses, Condition, Edge, Event, Holds};

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

    /// Puts provisions for the clauses that terms name, and lets everything
    /// hang on the brackets of what it hangs on.
    pub(super) fn tie(&mut self, placed: &[Placed]) {
        for index in 0..self.agreement.provisions.len() {
            let Some(mut conditions) = self.agreement.provisions.get(index).map(|p| p.conditions.clone()) else {
                continue;
            };
            for condition in &mut conditions {
                match &mut condition.holds {
                    Holds::Since(anchor) | Holds::Until(anchor) => self.tie_anchor(anchor),
                    Holds::Alongside(of, _) | Holds::InReturn(of) | Holds::AsFar(of) | Holds::WhileKept(of) => {
                        self.tie_clauses(of)
                    }
                    Holds::UnlessNotice(_) | Holds::During(_) | Holds::NotEvaluated => {}
                }
            }
            if let Some(slot) = self.agreement.provisions.get_mut(index) {
                slot.conditions = conditions;
            }
        }
        let mut phases = self.agreement.phases.clone();
        for phase in &mut phases {
            for edge in [&mut phase.from, &mut phase.until].into_iter().flatten() {
                if let Edge::After(anchor) = edge {
                    self.tie_anchor(anchor);
                }
            }
        }
        self.agreement.phases = phases;
        let mut gates = std::mem::take(&mut self.agreement.gates);
        for condition in gates.iter_mut().filter_map(|gate| gate.since.as_mut()) {
            if let Holds::Since(anchor) = &mut condition.holds {
                self.tie_anchor(anchor);
            }
        }
        self.agreement.gates = gates;
        self.no_phase_waits_for_itself(placed);
        self.inherit();
    }

    fn tie_anchor(&self, anchor: &mut Anchor) {
        if let Event::Completed(of) = &mut anchor.event {
            self.tie_clauses(of);
        }
    }

    fn tie_clauses(&self, of: &mut Clauses) {
        let mut held: BTreeSet<usize> = BTreeSet::new();
        for id in &of.ids {
            held.extend(self.provisions_of(id));
        }
        of.provisions = held.into_iter().collect();
    }

    /// What a term hangs on is judged by the word of monitors, guarantors and
    /// parties, under their own brackets.
    fn inherit(&mut self) {
        let voices: BTreeSet<usize> = self.agreement.actors.iter().flat_map(|a| a.depends.iter().copied()).collect();
        // Each round carries brackets one link further; there are no more links
        // than things to hang on.
        for _ in 0..=self.agreement.provisions.len() + self.agreement.phases.len() + self.agreement.gates.len() {
            let before = self.agreement.clone();
            let of_clauses = |of: &Clauses| -> BTreeSet<usize> {
                let held = of.provisions.iter().filter_map(|p| before.provisions.get(*p));
                held.flat_map(|p| p.depends.iter().copied()).collect()
            };
            let of_phase = |phase: usize| before.phases.get(phase).map(|p| p.depends.clone()).unwrap_or_default();
            let of_anchor = |anchor: &Anchor| match &anchor.event {
                Event::Completed(of) => of_clauses(of),
                Event::Opened(gate) => before.gates.get(*gate).map(|g| g.depends.clone()).unwrap_or_default(),
                Event::Began(phase) | Event::Ended(phase) => of_phase(*phase),
            };
            let mut grew = false;
            for provision in &mut self.agreement.provisions {
                let known = provision.depends.len();
                for condition in &provision.conditions {
                    provision.depends.extend(match &condition.holds {
                        Holds::Since(anchor) | Holds::Until(anchor) => of_anchor(anchor),
                        Holds::Alongside(of, _) | Holds::InReturn(of) | Holds::AsFar(of) | Holds::WhileKept(of) => {
                            of_clauses(of)
                        }
                        Holds::During(phase) => of_phase(*phase),
                        Holds::UnlessNotice(_) => BTreeSet::new(),
                        Holds::NotEvaluated => continue,
                    });
                    provision.depends.extend(&voices);
                }
                grew |= provision.depends.len() > known;
            }
            for phase in &mut self.agreement.phases {
                let known = phase.depends.len();
                phase.depends.extend(&voices);
                for edge in [&phase.from, &phase.until].into_iter().flatten() {
                    if let Edge::After(anchor) = edge {
                        phase.depends.extend(of_anchor(anchor));
                    }
                }
                for other in phase.after.iter().chain(&phase.during) {
                    phase.depends.extend(of_phase(*other));
                }
                grew |= phase.depends.len() > known;
            }
            for gate in &mut self.agreement.gates {
                let known = gate.depends.len();
                for provision in gate.provisions.iter().filter_map(|p| before.provisions.get(*p)) {
                    gate.depends.extend(&provision.depends);
                }
                if let Some(Condition { holds: Holds::Since(anchor), .. }) = &gate.since {
                    gate.depends.extend(of_anchor(anchor));
                    gate.depends.extend(&voices);
                }
                grew |= gate.depends.len() > known;
            }
            if !grew {
                break;
            }
        }
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
