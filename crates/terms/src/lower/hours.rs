//! `each day from 18:00 to 06:00`, and so many hours a day.

use armistice_syntax::{NodeExt, SyntaxKind as K, SyntaxNode, parse_number};

use super::predicate::Demand;
use super::{Lower, Placed};
use crate::model::{Bound, Condition, Dealing, Duty, Holds, Hours, Limit, NotEvaluable, Per, Provision, What};

impl Lower<'_> {
    /// At which hours alone a provision holds. What is due by a time, or counted
    /// over one, has no hours: there they are a condition that nothing judges.
    pub(super) fn hours(&mut self, one: &Placed, provision: &mut Provision) {
        let Some(clause) = one.statement.clause("each day from") else {
            return;
        };
        let holds = match &provision.duty {
            Duty::Forbid(_) | Duty::StandOff { .. } => true,
            Duty::Limit(limit) => limit.bound == Bound::AtMost && limit.per.is_none() && !limit.due,
            _ => false,
        };
        let times = clause.tokens_of(K::Time);
        let [from, until] = times.as_slice() else {
            return;
        };
        let (Some(from), Some(until)) = (self.time_of(from, &clause), self.time_of(until, &clause)) else {
            return;
        };
        if from == until {
            self.error("T240", clause.span(), "these hours end when they begin", "no time at all").help =
                Some("leave the clause out if it holds all day, or check both times".to_owned());
        } else if holds {
            provision.force.hours = Some(Hours { from, until, zone: self.agreement.clock.zone.clone() });
        } else if matches!(provision.duty, Duty::ForPeople(_)) || provision.duty.not_evaluable().is_some() {
            provision.remarks.push(clause.phrase());
        } else {
            provision.conditions.push(Condition { words: clause.phrase(), holds: Holds::NotEvaluated });
        }
    }

    /// `open Crossing at least 10 hours a day`: so many hours in each day, which
    /// only a count tells.
    pub(super) fn hours_a_day(&mut self, predicate: &SyntaxNode, verb: &str) -> Option<Demand> {
        let lasting = ["open", "stop", "allow", "provide", "restore"];
        let length = self.value_in(predicate, K::Duration).filter(|_| lasting.contains(&verb))?;
        let unit = length.token(K::Word).map(|word| word.text().to_owned())?;
        let phrase = self.said(predicate);
        let (before, after) = phrase.split_once(&length.phrase())?;
        let after = after.trim();
        let rest = ["a day", "each day", "per day", "every day"].iter().find_map(|words| after.strip_prefix(words))?;
        if !matches!(unit.as_str(), "hour" | "hours") || before.trim_end().ends_with("at most") {
            return None;
        }
        let number = length.token(K::Number).and_then(|token| parse_number(token.text()))?;
        if number.fract() != 0.0 || !(1.0..=24.0).contains(&number) {
            let why = "a day has no such number of whole hours";
            return Some(Demand::NotEvaluable(NotEvaluable::Undefined(why.to_owned())));
        }
        let limit = Limit {
            dealing: Dealing::Last,
            bound: Bound::AtLeast,
            number: number as u32,
            share: None,
            what: What { words: "hours".to_owned(), weapons: Vec::new(), things: vec!["hours".to_owned()] },
            per: Some(Per::Day),
            posts: None,
            within: None,
            due: false,
            deadline: None,
        };
        Some(Demand::Limit(limit, (!rest.trim().is_empty()).then(|| phrase.clone())))
    }
}
