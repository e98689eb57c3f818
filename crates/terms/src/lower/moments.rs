//! Declared moments, in an order in which each can be placed in time.

use std::collections::{HashMap, VecDeque};

use armistice_syntax::{Diagnostic, Lines, NodeExt, SyntaxKind as K, SyntaxNode};
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Lower, Memory, Part, Placed, values};
use crate::geometry::{Kept, Shapes};
use crate::model::{Anchor, Awaited, Clock, Moment, NotEvaluable, Unevaluated};
use crate::reading::Chooser;

impl Lower<'_> {
    pub(super) fn moments(&mut self, placed: &[Placed]) {
        // The entry into force is one of them, without a name.
        let mut waiting: Vec<(Option<String>, SyntaxNode)> = Vec::new();
        for one in Self::of(placed, "moment") {
            let head = one.statement.head();
            if let (Some(name), Some(head)) = (self.declare(head.as_ref(), "moment"), head) {
                waiting.push((Some(name), head));
            }
        }
        let entry = Self::of(placed, "agreement").next().and_then(|p| p.statement.clause("in force from"));
        waiting.extend(entry.map(|clause| (None, clause)));
        for (name, node) in in_order(waiting) {
            self.moment(name, &node);
        }
    }

    fn moment(&mut self, name: Option<String>, node: &SyntaxNode) {
        let before = self.diagnostics.len();
        let ((at, day, anchor), depends) = self.once(Part::Moment, node, |lower| lower.when(node));
        match (at, name) {
            (Some(at), Some(name)) => {
                self.moment_index.insert(name.clone(), self.agreement.moments.len());
                self.agreement.moments.push(Moment { name, at, day, words: node.phrase(), depends });
            }
            (Some(at), None) => {
                self.in_force = Some(at);
                self.behind_all.extend(&depends);
                self.header_depends.extend(depends);
            }
            (None, name) => {
                // Without a mistake to report, it hangs on what only records
                // can tell. Whoever names it is not said to hang on its brackets.
                self.behind_all.extend(&depends);
                if let (Some(_), Some(name)) = (&anchor, &name) {
                    self.agreement.awaited.push(Awaited { name: name.clone(), words: node.phrase() });
                }
                if self.diagnostics.len() == before && (name.is_none() || anchor.is_none()) {
                    let words = if name.is_some() { format!("moment {}", node.phrase()) } else { node.phrase() };
                    let why = NotEvaluable::NotYet("a moment that hangs on another act".to_owned());
                    let line = self.lines.line(node.span().start);
                    self.agreement.unevaluated.push(Unevaluated { words, why, line });
                }
                self.unplaced.extend(name.map(|name| (name, anchor)));
            }
        }
    }

    /// When a moment is, and the day where it is one; else what it hangs on.
    fn when(&mut self, node: &SyntaxNode) -> (Option<Timestamp>, Option<Date>, Option<Anchor>) {
        let Some(at) = self.instant_in(node, values::Edge::Start) else {
            return (None, None, self.hanging_in(node));
        };
        let day = self.value_in(node, K::Instant).filter(|n| n.keywords().is_empty());
        (Some(at), day.and_then(|instant| self.day_meant(&instant)), None)
    }
}

/// Moments in an order in which each comes after those it hangs on, wherever
/// they are declared; those that hang on themselves come last.
fn in_order(waiting: Vec<(Option<String>, SyntaxNode)>) -> Vec<(Option<String>, SyntaxNode)> {
    let index: HashMap<Option<String>, usize> =
        waiting.iter().enumerate().map(|(i, (name, _))| (name.clone(), i)).collect();
    let mut hangs_on = vec![0_usize; waiting.len()];
    let mut carries: Vec<Vec<usize>> = vec![Vec::new(); waiting.len()];
    for ((_, node), (i, hangs)) in waiting.iter().zip(hangs_on.iter_mut().enumerate()) {
        for instant in node.descendants().filter(|n| n.kind() == K::Instant) {
            let on = instant.token(K::Name).map(|t| t.text().to_owned());
            let entry = instant.keywords().first().is_some_and(|k| k == "entry into force");
            let carrier = index.get(&on).filter(|_| on.is_some() || entry);
            if let Some(list) = carrier.and_then(|carrier| carries.get_mut(*carrier)) {
                list.push(i);
                *hangs += 1;
            }
        }
    }
    let mut ready: VecDeque<usize> = hangs_on.iter().enumerate().filter(|(_, n)| **n == 0).map(|(i, _)| i).collect();
    let mut waiting: Vec<Option<(Option<String>, SyntaxNode)>> = waiting.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(waiting.len());
    while let Some(next) = ready.pop_front() {
        ordered.extend(waiting.get_mut(next).and_then(Option::take));
        for follower in carries.get(next).into_iter().flatten() {
            if let Some(left) = hangs_on.get_mut(*follower) {
                *left -= 1;
                if *left == 0 {
                    ready.push_back(*follower);
                }
            }
        }
    }
    ordered.extend(waiting.into_iter().flatten());
    ordered
}

/// The two moments of a `period` or `baseline`, in the order of time.
pub(crate) fn window(
    head: &SyntaxNode,
    clock: &Clock,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Timestamp, Timestamp)> {
    let (nowhere, memory) = (HashMap::new(), Memory::new(false));
    let chooser = Chooser::new(&[], &[], &nowhere);
    let kept = Kept::default();
    let (lines, shapes) = (Lines::of(""), Shapes::new(&|_| Err("settings name no shapes".to_owned()), &kept));
    let mut lower = Lower::new(&lines, &chooser, &shapes, &memory);
    lower.agreement.clock = clock.clone();
    if let Some(bracket) = head.child(K::Bracket) {
        lower.error("T164", bracket.span(), "a period is settled, not left open", "a bracket").help =
            Some("write one period here, and assess another with a file of its own".to_owned());
        diagnostics.append(&mut lower.diagnostics);
        return None;
    }
    let mut moments = head.nodes(K::Instant);
    let from = moments.next().and_then(|node| lower.fixed_instant(&node, values::Edge::Start));
    let until = moments.next().and_then(|node| lower.fixed_instant(&node, values::Edge::End));
    if from.zip(until).is_some_and(|(from, until)| from >= until) {
        lower.error("T161", head.span(), "this period ends before it begins", "turned round").help =
            Some("write the earlier day first".to_owned());
    }
    diagnostics.append(&mut lower.diagnostics);
    from.zip(until).filter(|(from, until)| from < until)
}

/// The first instant of a setting's moment: of a day, its beginning.
pub(crate) fn instant(clause: &SyntaxNode, clock: &Clock, diagnostics: &mut Vec<Diagnostic>) -> Option<Timestamp> {
    let (nowhere, memory) = (HashMap::new(), Memory::new(false));
    let chooser = Chooser::new(&[], &[], &nowhere);
    let kept = Kept::default();
    let (lines, shapes) = (Lines::of(""), Shapes::new(&|_| Err("settings name no shapes".to_owned()), &kept));
    let mut lower = Lower::new(&lines, &chooser, &shapes, &memory);
    lower.agreement.clock = clock.clone();
    let found = lower.fixed_instant_in(clause, values::Edge::Start);
    diagnostics.append(&mut lower.diagnostics);
    found
}
