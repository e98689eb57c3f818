//! Phases, and other things that go on for a time.

use std::collections::BTreeSet;

use armistice_syntax::{NodeExt, SyntaxKind as K, SyntaxNode};

use super::values::Edge as DayEdge;
use super::{Lower, Placed, span_of};
use crate::model::{ActorSet, Edge, Event, Phase};

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
                "lapses" | "suspended" if self.by_decision(&clause, &mut phase) => {}
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
        let on: Vec<Vec<usize>> = self
            .agreement
            .phases
            .iter()
            .map(|phase| {
                let edges = [&phase.from, &phase.until].into_iter().flatten();
                let anchored = edges.filter_map(|edge| match edge {
                    Edge::After(anchor) => match anchor.event {
                        Event::Began(other) | Event::Ended(other) => Some(other),
                        _ => None,
                    },
                    _ => None,
                });
                anchored.chain(phase.after.iter().copied()).chain(phase.during.iter().copied()).collect()
            })
            .collect();
        for (index, one) in Self::of(placed, "phase").enumerate() {
            let mut reached: BTreeSet<usize> = BTreeSet::new();
            let mut next: Vec<usize> = on.get(index).cloned().unwrap_or_default();
            while let Some(phase) = next.pop() {
                if reached.insert(phase) {
                    next.extend(on.get(phase).into_iter().flatten());
                }
            }
            if reached.contains(&index) {
                let name = self.phase_names.get(index).cloned().unwrap_or_default();
                let span = one.statement.head().map_or_else(|| one.statement.node.span(), |h| h.span());
                self.error("T191", span, format!("the phase `{name}` waits for itself"), "it would never begin").help =
                    Some("let one of the phases begin at a moment, or by what is on record".to_owned());
            }
        }
    }
}
