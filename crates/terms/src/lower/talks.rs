//! Positions and approvals: where delegations stand on what is open.
//!
//! They are the same under every reading, so no bracket may stand in them. On
//! which alternatives they come down is settled once all readings are known;
//! see [`crate::talks`].

use armistice_syntax::{NodeExt, SyntaxKind as K, SyntaxNode};
use jiff::Timestamp;

use super::values::Edge;
use super::{Lower, Part, Placed};
use crate::model::ActorSet;
use crate::talks::{Approval, Attitude, Misgiving, Position, Stance, Talks};

const ATTITUDES: &[(&str, Attitude)] =
    &[("prefers", Attitude::Prefers), ("accepts", Attitude::Accepts), ("rejects", Attitude::Rejects)];

impl Lower<'_> {
    pub(super) fn talks(&mut self, placed: &[Placed]) -> Talks {
        let positions = Self::of(placed, "position")
            .filter_map(|one| self.once(Part::Position, &one.statement.node, |lower| lower.position(one)).0)
            .collect();
        let approvals = Self::of(placed, "approval")
            .filter_map(|one| self.once(Part::Approval, &one.statement.node, |lower| lower.approval(one)).0)
            .collect();
        Talks { positions, approvals }
    }

    /// Who says it, and the words after the name.
    fn delegation(&mut self, one: &Placed) -> Option<(ActorSet, Option<String>)> {
        if let Some(bracket) = one.statement.node.descendants().find(|node| node.kind() == K::Bracket) {
            let title = "what a delegation says is not itself open";
            self.error("T184", bracket.span(), title, "a bracket").help =
                Some("write one statement for each delegation, and brackets in the terms alone".to_owned());
            return None;
        }
        let head = one.statement.head()?;
        let who = self.actors(&head.child(K::Names)?);
        Some((who, head.text_value()))
    }

    fn position(&mut self, one: &Placed) -> Option<Position> {
        let (who, words) = self.delegation(one)?;
        let span = one.statement.node.span();
        let line = self.lines.line(span.start);
        let mut position =
            Position { who, words, on: Vec::new(), stances: Vec::new(), referred_to: Vec::new(), line, span };
        for clause in one.statement.clauses() {
            let words = clause.keyword();
            match words.as_str() {
                "about" => position.on = ids(&clause),
                "ad referendum to" => position.referred_to.extend(source(&clause)),
                word => {
                    let attitude = ATTITUDES.iter().find(|(known, _)| *known == word).map(|(_, attitude)| *attitude);
                    let stance = attitude.zip(source(&clause));
                    position.stances.extend(stance.map(|(attitude, source)| Stance {
                        attitude,
                        source,
                        span: clause.span(),
                        points: Vec::new(),
                    }));
                }
            }
        }
        if position.words.is_none() && position.stances.is_empty() && position.referred_to.is_empty() {
            self.says_nothing(one, "position", "say it in words, or with `prefers`, `accepts` or `rejects`");
        }
        Some(position)
    }

    fn approval(&mut self, one: &Placed) -> Option<Approval> {
        let (who, principal) = self.delegation(one)?;
        let line = self.lines.line(one.statement.node.span().start);
        let mut approval = Approval {
            who,
            principal,
            on: Vec::new(),
            pending_since: None,
            agreed_on: None,
            refused_on: None,
            misgivings: Vec::new(),
            line,
        };
        if let Some(clause) = one.statement.clause("pending since") {
            approval.pending_since = self.fixed_instant_in(&clause, Edge::Start);
        }
        for clause in one.statement.clauses() {
            match clause.keyword().as_str() {
                "pending since" => {}
                "about" => approval.on = ids(&clause),
                "agreed on" => approval.agreed_on = self.answered(&clause, approval.pending_since),
                "refused on" => approval.refused_on = self.answered(&clause, approval.pending_since),
                _ => approval.misgivings.extend(source(&clause).map(|by| Misgiving { words: clause.text_value(), by })),
            }
        }
        let clauses = ["pending since", "agreed on", "refused on", "misgivings"];
        if !clauses.iter().any(|words| one.statement.clause(words).is_some()) {
            let mend = "add `pending since`, `agreed on` or `refused on` with its day and hour, or `misgivings`";
            self.says_nothing(one, "approval", mend);
        }
        if approval.agreed_on.is_some() && approval.agreed_on == approval.refused_on {
            let span = one.statement.node.span();
            self.error("T183", span, "agreed and refused at the same moment", "which of the two?").help =
                Some("keep one, or say when the one took the place of the other".to_owned());
        }
        Some(approval)
    }

    /// When a principal answered: not before it was asked.
    fn answered(&mut self, clause: &SyntaxNode, asked: Option<Timestamp>) -> Option<Timestamp> {
        let node = self.value_in(clause, K::Instant)?;
        // A day has its hours before it: what was asked at noon may be answered
        // that day.
        let edge = if self.is_a_day(&node) { Edge::End } else { Edge::Start };
        let latest = self.fixed_instant(&node, edge)?;
        if asked.is_some_and(|asked| latest < asked) {
            self.error("T181", clause.span(), "this was answered before it was asked", "too early").help =
                Some("check both moments, and which of them comes first".to_owned());
        }
        self.fixed_instant(&node, Edge::Start)
    }

    fn says_nothing(&mut self, one: &Placed, what: &str, mend: &str) {
        let span = one.statement.node.span();
        self.error("T182", span, format!("this {what} says nothing"), "nothing follows").help = Some(mend.to_owned());
    }
}

/// The clause numbers and names after `about`.
fn ids(clause: &SyntaxNode) -> Vec<String> {
    let node = clause.child(K::Clauses);
    let tokens = node.into_iter().flat_map(|ids| ids.children_with_tokens()).filter_map(|e| e.into_token());
    let ids = tokens.filter(|t| matches!(t.kind(), K::Number | K::ClauseId | K::Name));
    ids.map(|t| t.text().to_owned()).collect()
}

fn source(clause: &SyntaxNode) -> Option<String> {
    clause.child(K::Label).map(|label| label.source()).filter(|source| !source.is_empty())
}
