//! Phases, and other things that go on for a time.

use std::collections::BTreeSet;

use armistice_syntax::{NodeExt, SyntaxKind as K, SyntaxNode};

use super::lapses::{alone, waits};
use super::values::Edge as DayEdge;
use super::{Lower, Placed, span_of};
use crate::model::{ActorSet, Edge, Phase};

impl Lower<'_> {
    pub(super) fn phases(&mut self, placed: &[Placed]) {
        let mut follows: Vec<(usize, usize)> = Vec::new();
        let mut seen = 0;
        for one in Self::of(placed, "phase") {
            let head = one.statement.head();
            let name = head.as_ref().and_then(|h| h.token(K::Name)).map(|t| t.text().to_owned());
            if name.as_ref() != self.phase_names.get(seen) {
                continue;
            }
            seen += 1;
            let chooser = self.chooser;
            let title = head.and_then(|h| h.text_value());
            let (phase, depends) =
                chooser.watch(|| self.phase_of(one, name.unwrap_or_default(), title, seen - 1, &mut follows));
            self.agreement.phases.push(Phase { depends, ..phase });
        }
        for (earlier, later) in follows {
            if let Some(phase) = self.agreement.phases.get_mut(later) {
                phase.after.push(earlier);
                // A phase with nothing else to wait for begins with the end of
                // the one before.
                phase.declared = phase.gate.is_some();
            }
        }
        self.fall_back(placed);
    }

    fn phase_of(
        &mut self,
        one: &Placed,
        name: String,
        title: Option<String>,
        index: usize,
        follows: &mut Vec<(usize, usize)>,
    ) -> Phase {
        let mut phase = Phase {
            name,
            title,
            citation: self.citation(one),
            from: None,
            declared: true,
            gate: None,
            after: Vec::new(),
            until: None,
            lasts: None,
            during: Vec::new(),
            lapses: Vec::new(),
            lapses_by_decision: false,
            stands_still: Vec::new(),
            falls_back_to: None,
            back_from: Vec::new(),
            decided_by: ActorSet::NONE,
            together: false,
            open: Vec::new(),
            depends: BTreeSet::new(),
        };
        for clause in one.statement.clauses() {
            match clause.keyword().as_str() {
                "from" => phase.from = Some(self.edge(&clause, DayEdge::Start)),
                "until" => phase.until = Some(self.edge(&clause, DayEdge::End)),
                "for" => phase.lasts = self.period_in(&clause),
                "opens when" => {
                    let gate = self.gate(one, phase.name.clone(), phase.title.clone());
                    self.chooser.touch(&self.behind(&gate));
                    self.agreement.gates.push(gate);
                    phase.gate = Some(self.agreement.gates.len() - 1);
                }
                "certified by" => {
                    if let Some(names) = clause.child(K::Names) {
                        phase.together = names.keywords().iter().all(|k| k != "separately");
                        phase.decided_by = self.actors(&names);
                    }
                }
                "then" => match self.phase_alone(&clause) {
                    Some(later) => follows.push((index, later)),
                    None => phase.open.push(clause.phrase()),
                },
                "while" => match self.process(&clause) {
                    Some(other) => phase.during.push(other),
                    None => phase.open.push(clause.phrase()),
                },
                // By whose decision: what their notices say is how it is known.
                word @ ("lapses" | "suspended") if self.by_decision(&clause, &mut phase) => {
                    phase.lapses_by_decision |= word == "lapses";
                }
                "lapses unless" => match self.lapse(&clause) {
                    Some(lapse) => phase.lapses.push(lapse),
                    None => phase.open.push(clause.phrase()),
                },
                "suspended while" => match self.standstill(&clause) {
                    Some(standstill) => phase.stands_still.push(standstill),
                    None => phase.open.push(clause.phrase()),
                },
                "falls back to" => match self.phase_named(&clause).filter(|_| alone(&clause)) {
                    Some(other) => phase.falls_back_to = Some(other),
                    None => phase.open.push(clause.phrase()),
                },
                _ => phase.open.push(clause.phrase()),
            }
        }
        phase.declared = phase.gate.is_some() || phase.from.is_none();
        phase
    }

    fn edge(&mut self, clause: &SyntaxNode, side: DayEdge) -> Edge {
        match (self.instant_in(clause, side), self.hanging_in(clause)) {
            (Some(at), _) => Edge::At(at),
            (None, Some(anchor)) => Edge::After(anchor),
            (None, None) => Edge::Unknown,
        }
    }

    /// `lapses by decision of NAMES`: those decide, if nobody else is named.
    fn by_decision(&mut self, clause: &SyntaxNode, phase: &mut Phase) -> bool {
        let tokens: Vec<_> = clause.children_with_tokens().filter_map(|e| e.into_token()).collect();
        let tokens: Vec<_> = tokens.into_iter().filter(|t| !t.kind().is_trivia()).collect();
        let words: Vec<&str> = tokens.iter().take(3).map(|t| t.text()).collect();
        if words != ["by", "decision", "of"] {
            return false;
        }
        let mut who = ActorSet::NONE;
        let mut together = true;
        for token in tokens.iter().skip(3) {
            match (token.kind(), token.text()) {
                (K::Name, name) => who = who.or(self.actor(name, span_of(token))),
                (_, "separately") => together = false,
                (K::Comma, _) | (_, "and" | "together") => {}
                _ => return false,
            }
        }
        let same = phase.decided_by.is_empty() || phase.decided_by == who;
        if same && !who.is_empty() {
            phase.decided_by = who;
            phase.together = together;
        }
        same && !who.is_empty()
    }

    /// The one phase that `then` names.
    fn phase_alone(&self, clause: &SyntaxNode) -> Option<usize> {
        let tokens = clause.children_with_tokens().filter_map(|e| e.into_token());
        let tokens: Vec<_> = tokens.filter(|t| !t.kind().is_trivia()).collect();
        match tokens.as_slice() {
            [only] if only.kind() == K::Name => self.phase(only.text()),
            _ => None,
        }
    }

    /// A phase that begins or ends with itself would never do either.
    pub(super) fn no_phase_waits_for_itself(&mut self, placed: &[Placed]) {
        let on = waits(&self.agreement.phases);
        let phases = Self::of(placed, "phase").collect::<Vec<_>>();
        for (index, one) in phases.into_iter().enumerate().take(self.phase_names.len()) {
            let (base, over) = (2 * index, 2 * index + 1);
            if [base, over].into_iter().any(|node| reaches(&on, node)) {
                let name = self.phase_names.get(index).cloned().unwrap_or_default();
                let span = one.statement.head().map_or_else(|| one.statement.node.span(), |h| h.span());
                self.error("T191", span, format!("the phase `{name}` waits for itself"), "it would never begin").help =
                    Some("let one of the phases begin at a moment, or by what is on record".to_owned());
            }
        }
    }
}

/// Whether something waits for itself.
fn reaches(on: &[Vec<usize>], node: usize) -> bool {
    let mut reached: BTreeSet<usize> = BTreeSet::new();
    let mut next: Vec<usize> = on.get(node).cloned().unwrap_or_default();
    while let Some(other) = next.pop() {
        if reached.insert(other) {
            next.extend(on.get(other).into_iter().flatten());
        }
    }
    reached.contains(&node)
}
