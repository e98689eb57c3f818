//! Positions and approvals: a label and a sentence each.

use armistice_terms::{ActorSet, Agreement, Approval, Attitude, Checked, Clock, Misgiving, Position, State};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::facts::Fact;
use super::words::{self, moment};

/// What an attitude is called of a delegation: `prefers`.
pub(crate) const fn attitude(attitude: Attitude) -> &'static str {
    match attitude {
        Attitude::Prefers => "prefers",
        Attitude::Accepts => "accepts",
        Attitude::Rejects => "rejects",
    }
}

/// What a statement is about: `3.a and Heavy`, `the whole text`.
pub(crate) fn about(named: &[String]) -> String {
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    if named.is_empty() { "the whole text".to_owned() } else { words::list(&named, "and") }
}

/// Whose approval it is: `the ministry of defence, for Government`.
pub(crate) fn principal(agreement: &Agreement, approval: &Approval) -> String {
    let who = words::names(agreement, approval.who);
    match &approval.principal {
        Some(principal) => format!("{principal}, for {who}"),
        None => format!("the principals of {who}"),
    }
}

/// How an approval stands; of one that is pending, for how long at a time.
pub(crate) fn state(clock: &Clock, approval: &Approval, at: Option<Timestamp>) -> String {
    match approval.state(at) {
        State::Agreed(since) => format!("agreed on {}", moment(clock, since)),
        State::Refused(since) => format!("refused on {}", moment(clock, since)),
        State::Pending(since) => {
            let waited = at.map(|at| format!(", for {}", lasting(since, at))).unwrap_or_default();
            format!("pending since {}{waited}", moment(clock, since))
        }
        State::NotAsked if at.is_some() => "not asked by then".to_owned(),
        State::NotAsked => "no word on record".to_owned(),
    }
}

/// `2 days 3 hours`, of elapsed time, to the nearest minute.
pub(crate) fn lasting(from: Timestamp, until: Timestamp) -> String {
    let minutes = (until.as_second() - from.as_second()).max(0).saturating_add(30) / 60;
    let parts =
        [(minutes / 1440, "day", "days"), (minutes / 60 % 24, "hour", "hours"), (minutes % 60, "minute", "minutes")];
    let told: Vec<String> = parts
        .iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(number, one, many)| words::count(usize::try_from(*number).unwrap_or(usize::MAX), one, many))
        .collect();
    if told.is_empty() {
        let seconds = usize::try_from(until.as_second() - from.as_second()).unwrap_or_default();
        return words::count(seconds, "second", "seconds");
    }
    told.join(" ")
}

/// A misgiving, with who recorded it.
pub(crate) fn misgiving(of: &Misgiving) -> String {
    match &of.words {
        Some(words) => format!("\"{words}\", recorded by {}", of.by),
        None => format!("recorded by {}", of.by),
    }
}

pub(super) fn of_position(position: &Position) -> Vec<Fact> {
    let mut facts = vec![("about", about(&position.on))];
    facts.extend(position.words.iter().map(|words| ("says", format!("\"{words}\""))));
    facts.extend(position.stances.iter().map(|s| (attitude(s.attitude), format!("\"{}\"", s.source))));
    facts.extend(position.referred_to.iter().map(|to| ("ad referendum", format!("to {to}"))));
    facts
}

pub(super) fn of_approval(clock: &Clock, approval: &Approval) -> Vec<Fact> {
    let mut facts = vec![("about", about(&approval.on)), ("stands", state(clock, approval, None))];
    facts.extend(approval.misgivings.iter().map(|m| ("misgivings", misgiving(m))));
    facts
}

/// Every position, in the order of the text.
pub(crate) fn positions(checked: &Checked) -> Vec<Value> {
    let agreement = checked.agreement();
    let each = checked.talks.positions.iter().map(|position| {
        let stances: Vec<Value> = position
            .stances
            .iter()
            .map(|s| {
                let points: Vec<usize> = s.points.iter().map(|(question, _)| question + 1).collect();
                json!({ "attitude": attitude(s.attitude), "source": s.source, "points": points })
            })
            .collect();
        json!({
            "who": actors(agreement, position.who),
            "about": position.on,
            "words": position.words,
            "stances": stances,
            "ad_referendum_to": position.referred_to,
            "line": position.line,
        })
    });
    each.collect()
}

/// Every approval, in the order of the text, as it stands at a time.
pub(crate) fn approvals(checked: &Checked, at: Option<Timestamp>) -> Vec<Value> {
    let agreement = checked.agreement();
    let clock = &agreement.clock;
    let each = checked.talks.approvals.iter().map(|approval| {
        let (state, since) = match approval.state(at) {
            State::Agreed(since) => ("agreed", Some(since)),
            State::Refused(since) => ("refused", Some(since)),
            State::Pending(since) => ("pending", Some(since)),
            State::NotAsked => ("not asked", None),
        };
        let waited = at.zip(since).filter(|_| state == "pending").map(|(at, since)| at.as_second() - since.as_second());
        json!({
            "who": actors(agreement, approval.who),
            "principal": approval.principal,
            "about": approval.on,
            "state": state,
            "since": since.map(|at| super::json::instant(clock, at)),
            "pending_for_s": waited,
            "misgivings": approval.misgivings.iter().map(|m| json!({ "words": m.words, "by": m.by })).collect::<Vec<_>>(),
            "line": approval.line,
        })
    });
    each.collect()
}

fn actors(agreement: &Agreement, set: ActorSet) -> Vec<&str> {
    agreement.actors_in(set).map(|actor| actor.name.as_str()).collect()
}
