//! How the days of a gate count: where, what is borne, what lets the count begin
//! anew, and who must give notice at its end.

use armistice_syntax::{NodeExt, SyntaxKind as K, SyntaxNode, parse_number};

use super::{Lower, Placed};
use crate::model::{ActorSet, Breaches, Gate};

/// The clauses of a gate that say how its days count.
const RULES: &[&str] = &["in", "tolerating", "reset by", "paused by", "after notice by"];

impl Lower<'_> {
    /// Reads what a gate says of its count.
    pub(super) fn count(&mut self, one: &Placed, gate: &mut Gate) {
        let mut reset = false;
        for clause in one.statement.clauses() {
            let words = clause.keyword();
            if RULES.contains(&words.as_str()) {
                gate.rules.push(clause.phrase());
            }
            match words.as_str() {
                "in" => match self.within(&clause) {
                    Some(Ok(zone)) => gate.scope = Some(zone),
                    Some(Err(why)) => gate.not_evaluable = Some(why),
                    None => {}
                },
                "tolerating" => {
                    let number = clause.token(K::Number).and_then(|t| parse_number(t.text()));
                    match number.filter(|n| n.fract() == 0.0 && (0.0..=100_000.0).contains(n)) {
                        Some(number) => gate.tolerance = number as u32,
                        None => {
                            self.error(
                                "T152",
                                clause.span(),
                                "breaches are counted in whole numbers",
                                "no such number",
                            )
                            .help = Some("write how many a day are borne: `tolerating 2 breaches a day`".to_owned());
                        }
                    }
                }
                "reset by" => {
                    reset = true;
                    let (who, together) = self.whose(&clause);
                    match clause.keywords().iter().any(|k| k == "decision of") {
                        true => {
                            gate.resets = Breaches::Nobodys;
                            gate.declared_by = Some((who, together));
                        }
                        false => gate.resets = of(who),
                    }
                }
                "paused by" => gate.pauses = of(self.whose(&clause).0),
                "after notice by" => gate.noticed_by = self.whose(&clause),
                _ => {}
            }
        }
        // What only pauses the count does not reset it.
        if gate.pauses != Breaches::Nobodys && !reset {
            gate.resets = Breaches::Nobodys;
        }
    }

    fn whose(&mut self, clause: &SyntaxNode) -> (ActorSet, bool) {
        clause.child(K::Names).map_or((ActorSet::NONE, true), |names| {
            (self.actors(&names), names.keywords().iter().all(|word| word != "separately"))
        })
    }
}

/// Of nobody in particular means of anybody.
fn of(who: ActorSet) -> Breaches {
    if who.is_empty() { Breaches::Anybodys } else { Breaches::Of(who) }
}
