//! What is told of an exchange.

use armistice_terms::{Agreement, Exchange};

use super::facts::Fact;
use super::words;

pub(super) fn of_exchange(agreement: &Agreement, exchange: &Exchange) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    if let Some(why) = &exchange.not_evaluable {
        facts.push(("not evaluable", why.to_string()));
    }
    if let Some([given, got]) = &exchange.shares {
        let clock = &agreement.clock;
        let each = |number: u32, what: &str| format!("{number} {what}");
        let to = words::names(agreement, got.by);
        let of = exchange.total.map(|total| format!(", {total} of these in all")).unwrap_or_default();
        let (gives, gets) = (each(given.number, &given.what.words), each(got.number, &got.what.words));
        facts.push(("owed", format!("{gives} for {gets}{of}")));
        facts.push(("by", format!("{}, to {to}", words::names(agreement, given.by))));
        facts.extend(
            exchange.from.map(|at| ("counts", format!("what is released from {} on", words::moment(clock, at)))),
        );
        facts.push((
            "due",
            exchange.by.map_or_else(
                || "as the other side releases; the text sets no deadline".to_owned(),
                |at| format!("by {}", words::moment(clock, at)),
            ),
        ));
        let first = exchange.first.map(|side| words::names(agreement, if side == 0 { given.by } else { got.by }));
        facts.push((
            "first",
            first.unwrap_or_else(|| "the text does not say who; each may wait for the other".to_owned()),
        ));
        facts.push((
            "judged",
            format!(
                "by counts about {} and records of releases; what is owed is told, and no breach is found",
                exchange.name
            ),
        ));
    }
    facts
}
