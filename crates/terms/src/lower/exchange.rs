//! Exchanges: how many, of what, by whom, by when, and who is first.

use std::collections::BTreeSet;

use armistice_syntax::{NodeExt, SyntaxKind as K};

use super::predicate::{Item, Pieces};
use super::values::Edge;
use super::{Lower, Placed};
use crate::model::{ActorSet, Exchange, NotEvaluable, Share, What};
use crate::weapons::{Weapon, kind_of};

impl Lower<'_> {
    pub(super) fn exchanges(&mut self, placed: &[Placed]) {
        for one in Self::of(placed, "exchange").filter(|one| one.statement.is_whole()) {
            let chooser = self.chooser;
            let (exchange, depends) = chooser.watch(|| self.exchange(one));
            self.agreement.exchanges.push(Exchange { depends, ..exchange });
        }
    }

    fn exchange(&mut self, one: &Placed) -> Exchange {
        let citation = self.citation(one);
        let clause = citation.clause.clone().unwrap_or_else(|| "exchange".to_owned());
        let before = self.agreement.exchanges.iter().filter(|e| e.citation.clause == citation.clause).count();
        let mut exchange = Exchange {
            name: if before == 0 { clause } else { format!("{clause}-{}", before + 1) },
            words: one.statement.head().map(|head| head.phrase()).unwrap_or_default(),
            citation,
            shares: None,
            total: None,
            from: None,
            by: None,
            first: None,
            not_evaluable: None,
            depends: BTreeSet::new(),
        };
        let names = |lower: &mut Self, words: &str| {
            let names = one.statement.clause(words).and_then(|c| c.child(K::Names));
            names.map(|names| lower.actors(&names)).filter(|who| !who.is_empty())
        };
        let (owed_by, owed_to) = (names(self, "owed by"), names(self, "owed to"));
        let first = names(self, "first by");
        let ratio = one.statement.head().and_then(|head| {
            let mut pieces = self.pieces(&head);
            ratio(&mut pieces)
        });
        let undefined = |why: &str| NotEvaluable::Undefined(why.to_owned());
        exchange.not_evaluable = match (ratio, owed_by, owed_to) {
            (None, _, _) => Some(NotEvaluable::NotYet(format!("`{}`, as it is written,", exchange.words))),
            (_, None, _) => Some(undefined("it does not say by whom they are owed")),
            (_, _, None) => Some(undefined("it does not say to whom they are owed")),
            (_, Some(by), Some(to)) if !by.and(to).is_empty() => Some(undefined("the same party would owe to itself")),
            (Some((one, other, total)), Some(by), Some(to)) => {
                exchange.shares = Some([share(one, by), share(other, to)]);
                exchange.total = total;
                None
            }
        };
        exchange.first = match (first, owed_by, owed_to) {
            (Some(who), Some(by), _) if who == by => Some(0),
            (Some(who), _, Some(to)) if who == to => Some(1),
            (Some(_), _, _) => {
                exchange.not_evaluable = Some(undefined("who is first is neither of the two sides"));
                None
            }
            (None, _, _) => None,
        };
        self.exchange_times(one, &mut exchange);
        for who in exchange.shares.iter().flatten().map(|share| share.by) {
            for actor in self.agreement.actors_in(who) {
                self.chooser.touch(&actor.depends);
            }
        }
        exchange
    }

    fn exchange_times(&mut self, one: &Placed, exchange: &mut Exchange) {
        let hanging = |words: String| Some(NotEvaluable::NotYet(format!("`{words}` of an exchange")));
        match one.statement.clause("from") {
            Some(clause) => {
                exchange.from = self.instant_in(&clause, Edge::Start);
                if exchange.from.is_none() {
                    exchange.not_evaluable = hanging(clause.phrase());
                }
            }
            None => {
                self.chooser.touch(&self.header_depends);
                let signed = self.agreement.signed.and_then(|day| self.day_edge(day, Edge::Start));
                exchange.from = self.in_force.or(self.signed_at).or(signed);
            }
        }
        let ends: Vec<_> = ["by", "until"].iter().filter_map(|words| one.statement.clause(words)).collect();
        for clause in &ends {
            exchange.by = self.instant_in(clause, Edge::End);
            if exchange.by.is_none() || ends.len() > 1 {
                exchange.not_evaluable = hanging(clause.phrase());
            }
        }
        if exchange.from.is_none() && exchange.not_evaluable.is_none() {
            let why = "it does not say from when what is released counts";
            exchange.not_evaluable = Some(NotEvaluable::Undefined(why.to_owned()));
        }
    }
}

fn share((number, what): (u32, What), by: ActorSet) -> Share {
    Share { number, what, by }
}

/// So many of one thing for so many of another, and how many of these in all.
type Ratio = ((u32, What), (u32, What), Option<u32>);

/// `30 detainees for each hostage`, `30 detainees for each of 33 hostages`, `110
/// prisoners for 9 hostages`.
fn ratio(pieces: &mut Pieces) -> Option<Ratio> {
    let given = number(pieces)?;
    let what = thing(pieces)?;
    if !pieces.word("for") {
        return None;
    }
    let (each, total) = if pieces.word("each of") {
        (1, Some(number(pieces)?))
    } else if pieces.word("each") {
        (1, None)
    } else {
        (number(pieces)?, None)
    };
    let other = thing(pieces)?;
    pieces.items.is_empty().then_some(((given, what), (each, other), total))
}

fn number(pieces: &mut Pieces) -> Option<u32> {
    match pieces.items.pop_front()? {
        (Item::Amount { number: Some(number), percent: false }, _)
            if number.fract() == 0.0 && (1.0..=1e9).contains(&number) =>
        {
            Some(number as u32)
        }
        _ => None,
    }
}

/// What is exchanged, by name; a kind of weapon is one.
fn thing(pieces: &mut Pieces) -> Option<What> {
    let mut words: Vec<String> = Vec::new();
    while let Some((Item::Word(word), _)) = pieces.items.front() {
        if matches!(word.as_str(), "for" | "and" | "or") {
            break;
        }
        words.push(word.clone());
        pieces.items.pop_front();
    }
    let words = words.join(" ");
    let (weapons, things) = match kind_of(&words) {
        Some(kind) => (vec![Weapon::Kind(kind)], Vec::new()),
        None => (Vec::new(), vec![words.clone()]),
    };
    (!words.is_empty()).then_some(What { words, weapons, things })
}
