//! What is told of a phase: how it begins, ends and stands still.

use armistice_terms::{Agreement, Edge, Phase};

use super::facts::Fact;
use super::{conditions, words};

pub(super) fn of_phase(agreement: &Agreement, phase: &Phase) -> Vec<Fact> {
    let named = |others: &[usize]| {
        let names = others.iter().filter_map(|p| agreement.phases.get(*p)).map(|p| p.name.as_str());
        words::list(&names.collect::<Vec<_>>(), "and")
    };
    let mut begins: Vec<String> = phase.from.iter().map(|edge| at(agreement, edge)).collect();
    if !phase.after.is_empty() {
        begins.push(format!("when {} has ended", named(&phase.after)));
    }
    if phase.declared {
        let gate = if phase.gate.is_some() { "its gate is open (below) and " } else { "" };
        begins.push(format!("when {gate}a notice on record says that it has begun, or certifies it"));
    }
    let mut ends: Vec<String> = phase.until.iter().map(|edge| at(agreement, edge)).collect();
    if let Some(lasts) = phase.lasts {
        ends.push(format!("{} after its beginning", words::length(lasts)));
    }
    ends.push("by a notice that it has ended".to_owned());
    let by = words::by_whom(agreement, phase.decided_by, phase.together);
    let anybody = || "all parties, all guarantors, or any monitor or body".to_owned();
    let mut facts: Vec<Fact> =
        vec![("begins", begins.join(", and ")), ("ends", ends.join(", or ")), ("told by", by.unwrap_or_else(anybody))];
    if !phase.during.is_empty() {
        facts.push(("while", format!("{} runs", named(&phase.during))));
    }
    let open = phase.open.iter();
    facts.extend(
        open.map(|o| ("condition", format!("`{o}` is not evaluated yet; until it is, nobody can tell that it runs"))),
    );
    facts
}

fn at(agreement: &Agreement, edge: &Edge) -> String {
    match edge {
        Edge::At(at) => words::moment(&agreement.clock, *at),
        Edge::After(anchor) => conditions::when(agreement, anchor),
        Edge::Unknown => "at a moment that cannot be placed".to_owned(),
    }
}
