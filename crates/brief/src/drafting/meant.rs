//! What a change of the text would have meant for past records.

use std::fmt::Write as _;

use armistice_assess::{Standing, plural};
use armistice_drafting::{Because, GateDays, Move};
use armistice_terms::Clock;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::difference::Meant;
use crate::show::words::list;

/// How many records a line names.
const SHOWN: usize = 8;

/// The consequences, in words.
pub(super) fn meant_text(meant: Meant<'_>, clock: &Clock) -> String {
    let mut out = String::new();
    let day = |second: i64| Timestamp::from_second(second).map_or_else(|_| second.to_string(), |at| clock.show(at));
    let records = plural(meant.records, "record", "records");
    let (from, until) = (day(meant.window.0), day(meant.window.1));
    let _ = writeln!(out, "\nWhat it would have meant, for {records} from {from} to {until}");
    let consequences = meant.consequences;
    if consequences.provisions.is_empty() && consequences.gates.is_empty() {
        let _ = writeln!(out, "  Nothing: every finding, standing and gate is the same.");
    }
    for provision in &consequences.provisions {
        let _ = writeln!(out, "  {}  ({})", provision.id, because(&provision.because));
        for moved in &provision.moves {
            let _ = writeln!(out, "      {}", movement(moved));
        }
        for standing in &provision.standings {
            let whose = standing.party.as_deref().map_or_else(|| "standing".to_owned(), |p| format!("standing of {p}"));
            let _ = writeln!(out, "      {whose}: {}, was {}", word(standing.is), word(standing.was));
        }
    }
    for gate in &consequences.gates {
        let _ = writeln!(out, "  {}", gate.name);
        let _ = writeln!(out, "      {}", days(gate.is.as_ref()));
        let _ = writeln!(out, "      before: {}", days(gate.was.as_ref()));
    }
    out
}

fn because(because: &Because) -> String {
    match because {
        Because::Itself => "as changed above".to_owned(),
        Because::Things(names) => {
            format!("through {}", list(&names.iter().map(String::as_str).collect::<Vec<_>>(), "and"))
        }
        Because::Head => "through what holds for the whole text".to_owned(),
        Because::Others => "through what changed elsewhere".to_owned(),
    }
}

/// `2 findings become recorded breaches, from out of scope: ged-1 and ged-2`.
fn movement(moved: &Move) -> String {
    let count = u64::try_from(moved.records.len()).unwrap_or(u64::MAX);
    let records = plural(count, "record", "records");
    let mut named: Vec<&str> = moved.records.iter().take(SHOWN).map(String::as_str).collect();
    let more = moved.records.len().checked_sub(SHOWN).filter(|more| *more > 0).map(|more| format!("{more} more"));
    named.extend(more.as_deref());
    format!("{records}, {} before, now {}: {}", moved.was.word(), moved.is.word(), list(&named, "and"))
}

fn word(standing: Option<Standing>) -> &'static str {
    standing.map_or("none", Standing::word)
}

fn days(gate: Option<&GateDays>) -> String {
    let Some(gate) = gate else {
        return "no such gate".to_owned();
    };
    let states: Vec<&str> = gate.states.iter().copied().collect();
    let (least, most) = gate.longest;
    let run = if least == most { format!("{most}") } else { format!("{least} to {most}, by the reading") };
    format!(
        "{}; {} needed, longest run without a recorded breach {run}",
        list(&states, "or"),
        plural(u64::from(gate.needed), "day", "days")
    )
}

/// The same, for programs: every record by its id.
pub(super) fn meant_json(meant: Meant<'_>, clock: &Clock) -> Value {
    let instant = |second: i64| Timestamp::from_second(second).ok().map(|at| crate::show::instant(clock, at));
    let provisions: Vec<Value> = meant
        .consequences
        .provisions
        .iter()
        .map(|provision| {
            let moves = provision
                .moves
                .iter()
                .map(|moved| json!({ "was": moved.was.word(), "is": moved.is.word(), "records": moved.records }));
            let standings = provision.standings.iter().map(|standing| {
                let word = |standing: Option<Standing>| standing.map(Standing::word);
                json!({ "party": standing.party, "was": word(standing.was), "is": word(standing.is) })
            });
            json!({
                "id": provision.id,
                "because": because(&provision.because),
                "moves": moves.collect::<Vec<_>>(),
                "standings": standings.collect::<Vec<_>>(),
            })
        })
        .collect();
    let gate = |days: &GateDays| json!({ "states": days.states, "needed": days.needed, "longest": [days.longest.0, days.longest.1] });
    let gates = meant
        .consequences
        .gates
        .iter()
        .map(|one| json!({ "name": one.name, "was": one.was.as_ref().map(gate), "is": one.is.as_ref().map(gate) }));
    json!({
        "records": meant.records,
        "from": instant(meant.window.0),
        "until": instant(meant.window.1),
        "provisions": provisions,
        "gates": gates.collect::<Vec<_>>(),
    })
}
