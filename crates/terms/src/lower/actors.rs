//! Parties, guarantors, excluded groups, and how the records name them.

use armistice_syntax::{NodeExt, SyntaxKind as K, SyntaxNode};

use super::values::Edge;
use super::{Lower, Part, Placed};
use crate::model::{Actor, ActorSet, Body, Certainty, KnownName, Listers, NotEvaluable, Role, Unevaluated};

pub(super) const ROLES: &[(&str, Role)] = &[
    ("party", Role::Party),
    ("guarantor", Role::Guarantor),
    ("excluded", Role::Excluded),
    ("outsider", Role::Outsider),
    ("monitor", Role::Monitor),
    ("body", Role::Monitor),
];

impl Lower<'_> {
    pub(super) fn declare_actors(&mut self, placed: &[Placed]) {
        for one in placed {
            let lead = one.lead;
            let Some((word, role)) = ROLES.iter().find(|(word, _)| Some(*word) == lead) else {
                continue;
            };
            let head = one.statement.head();
            let Some(name) = self.declare(head.as_ref(), word) else {
                continue;
            };
            if self.agreement.actors.len() >= ActorSet::MOST {
                let span = one.statement.node.span();
                self.error(
                    "T121",
                    span,
                    format!("an agreement can name at most {} actors", ActorSet::MOST),
                    "one too many",
                )
                .help = Some(
                    "declare a faction that no clause treats apart as a name of its whole: `includes \"…\"`".to_owned(),
                );
                return;
            }
            self.agreement.actors.push(Actor {
                name,
                description: head.and_then(|h| h.text_value()),
                role: *role,
                guaranteed_by: ActorSet::NONE,
                names: Vec::new(),
                voices: Vec::new(),
                opts_in: None,
                listed_by: None,
                bound_from: None,
                bound_until: None,
                body: (*word == "body").then_some(Body::UNSAID),
                depends: std::collections::BTreeSet::new(),
            });
        }
        let mut phases: Vec<String> = Vec::new();
        // Statements that declare a name nothing is lowered from yet still own it.
        for lead in ["term", "instrument", "inventory", "phase"] {
            for one in Self::of(placed, lead) {
                let what = match lead {
                    "term" => "term",
                    "instrument" => "instrument",
                    "inventory" => "inventory",
                    _ => "phase",
                };
                let name = self.declare(one.statement.head().as_ref(), what);
                if lead == "phase" {
                    phases.extend(name);
                }
            }
        }
        self.phase_names = phases.into();
    }

    pub(super) fn describe_actors(&mut self, placed: &[Placed]) {
        for one in placed {
            let lead = one.lead;
            if !ROLES.iter().any(|(word, _)| Some(*word) == lead) {
                continue;
            }
            let name = one.statement.head().and_then(|h| h.token(K::Name)).map(|t| t.text().to_owned());
            let Some(index) = self.agreement.actors.iter().position(|a| Some(&a.name) == name.as_ref()) else {
                continue;
            };
            let (actor, depends) = self.once(Part::Actor, &one.statement.node, |lower| lower.describe(one, index));
            if let (Some(slot), Some(mut actor)) = (self.agreement.actors.get_mut(index), actor) {
                actor.depends = depends;
                *slot = actor;
            }
        }
    }

    fn describe(&mut self, one: &Placed, index: usize) -> Option<Actor> {
        let mut actor = self.agreement.actors.get(index)?.clone();
        for clause in one.statement.clauses() {
            let words = clause.keyword();
            match words.as_str() {
                "known as" | "includes" | "may include" => {
                    if let Some(mut known) = self.known_name(&clause) {
                        if words == "may include" {
                            known.certainty = Certainty::Possible;
                        }
                        actor.names.push(known);
                    }
                }
                "speaks through" => actor.voices.extend(self.known_name(&clause)),
                "guaranteed by" => {
                    if let Some(names) = clause.child(K::Names) {
                        actor.guaranteed_by = actor.guaranteed_by.or(self.actors(&names));
                    }
                }
                "binds those who accept by" => actor.opts_in = self.fixed_instant_in(&clause, Edge::End),
                "listed by" => {
                    if let Some(names) = clause.child(K::Names) {
                        actor.listed_by = Some(Listers {
                            by: self.actors(&names),
                            together: names.keywords().iter().all(|k| k != "separately"),
                        });
                    }
                }
                "accepted on" => actor.bound_from = self.fixed_instant_in(&clause, Edge::Start),
                "withdrew on" => actor.bound_until = self.fixed_instant_in(&clause, Edge::Start),
                _ if actor.body.as_mut().is_some_and(|body| self.body_clause(&clause, body)) => {}
                _ => {
                    let line = self.lines.line(clause.span().start);
                    let words = format!("{} {}: {}", actor.role.word(), actor.name, clause.phrase());
                    // Checked all the same, so that a slip in it is not hidden.
                    let _ = self.instant_in(&clause, Edge::Start);
                    if let Some(names) = clause.child(K::Names) {
                        let _ = self.actors(&names);
                    }
                    let why = NotEvaluable::NotYet(format!("`{}`", clause.keyword()));
                    self.agreement.unevaluated.push(Unevaluated { words, why, line });
                }
            }
        }
        Some(actor)
    }

    pub(super) fn known_name(&mut self, clause: &SyntaxNode) -> Option<KnownName> {
        let node = self.value_in(clause, K::KnownName)?;
        let text = node.text_value()?;
        let part = node.keywords().iter().any(|k| k == "part of");
        let mut known = KnownName {
            text,
            certainty: if part { Certainty::Possible } else { Certainty::Certain },
            from: None,
            until: None,
        };
        let mut bounds = node.nodes(K::Instant);
        for keyword in node.keywords() {
            match keyword.as_str() {
                "from" => known.from = bounds.next().and_then(|n| self.fixed_instant(&n, Edge::Start)),
                "until" => known.until = bounds.next().and_then(|n| self.fixed_instant(&n, Edge::End)),
                _ => {}
            }
        }
        if known.from.zip(known.until).is_some_and(|(from, until)| until <= from) {
            self.error("T155", node.span(), "this name ends before it begins to count", "it would mean nobody").help =
                Some("check both moments, and which of them comes first".to_owned());
        }
        Some(known)
    }
}
