//! What is told of a phase: how it begins, ends and stands still.

use armistice_terms::{Agreement, Edge, Phase, Standstill};

use super::facts::Fact;
use super::{conditions, words};

pub(super) fn of_phase(agreement: &Agreement, phase: &Phase) -> Vec<Fact> {
    let named = |others: &[usize]| words::list(&names_of(agreement, others), "and");
    let mut begins: Vec<String> = phase.from.iter().map(|edge| at(agreement, edge)).collect();
    if !phase.after.is_empty() {
        begins.push(format!("when {} has ended", named(&phase.after)));
    }
    if phase.declared {
        let gate = if phase.gate.is_some() { "its gate is open (below) and " } else { "" };
        begins.push(format!("when {gate}a notice on record says that it has begun, or certifies it"));
    }
    if !phase.back_from.is_empty() {
        begins.push(format!(
            "when {} has lapsed or stands still",
            words::list(&names_of(agreement, &phase.back_from), "or")
        ));
    }
    let mut ends: Vec<String> = phase.until.iter().map(|edge| at(agreement, edge)).collect();
    if let Some(lasts) = phase.lasts {
        ends.push(format!("{} after its beginning", words::length(lasts)));
    }
    ends.push("by a notice that it has ended".to_owned());
    for lapse in &phase.lapses {
        ends.push(format!(
            "by lapsing at {}, unless {} by then",
            words::moment(&agreement.clock, lapse.by),
            conditions::come(agreement, &lapse.unless)
        ));
    }
    let by = words::by_whom(agreement, phase.decided_by, phase.together);
    let anybody = || "all parties, all guarantors, or any monitor or body".to_owned();
    let mut facts: Vec<Fact> =
        vec![("begins", begins.join(", and ")), ("ends", ends.join(", or ")), ("told by", by.unwrap_or_else(anybody))];
    if !phase.during.is_empty() {
        facts.push(("while", format!("{} runs", named(&phase.during))));
    }
    for standstill in &phase.stands_still {
        let how = match standstill {
            Standstill::NotKept(of) => format!("while {} is found not kept", of.words()),
            Standstill::During(other) => format!("while {} runs", names_of(agreement, &[*other]).concat()),
        };
        facts.push(("stands still", how));
    }
    if let Some(other) = phase.falls_back_to {
        let other = names_of(agreement, &[other]).concat();
        facts.push(("falls back", format!("{other} runs once it has lapsed, and while it stands still")));
    }
    let open = phase.open.iter();
    facts.extend(
        open.map(|o| ("condition", format!("`{o}` is not evaluated yet; until it is, nobody can tell that it runs"))),
    );
    facts
}

fn names_of<'a>(agreement: &'a Agreement, phases: &[usize]) -> Vec<&'a str> {
    phases.iter().filter_map(|p| agreement.phases.get(*p)).map(|p| p.name.as_str()).collect()
}

fn at(agreement: &Agreement, edge: &Edge) -> String {
    match edge {
        Edge::At(at) => words::moment(&agreement.clock, *at),
        Edge::After(anchor) => conditions::when(agreement, anchor),
        Edge::Unknown => "at a moment that cannot be placed".to_owned(),
    }
}
