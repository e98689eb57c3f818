//! What a provision hangs on, and by what that is known.

use armistice_terms::{Agreement, Anchor, Clock, Condition, Event, GivesWay, Holds, Provision};

use super::words;

/// By what it is known whether a condition is met; `None` if by nothing.
pub(super) fn decided(agreement: &Agreement, provision: &Provision, condition: &Condition) -> Option<String> {
    let due = if provision.duty.has_deadline() { "due" } else { "in force" };
    Some(match &condition.holds {
        Holds::NotEvaluated => return None,
        Holds::Since(anchor) => format!("{due} from {}", when(agreement, anchor)),
        Holds::Until(anchor) => format!("in force until {}", when(agreement, anchor)),
        Holds::Alongside(of, within) => {
            let follows = within.map_or_else(String::new, |t| format!(", and {} have passed", words::length(t)));
            format!("binds from when {} is found begun or done{follows}; until then it cannot be told", of.words())
        }
        Holds::InReturn(of) => {
            format!("binds from when {} is found done; until then it cannot be told", of.words())
        }
        Holds::AsFar(of) => {
            format!(
                "goes as far as {}: where the text gives both the same distance, it binds; else from when that is found done",
                of.words()
            )
        }
        Holds::WhileKept(of) => format!("binds while {} is found kept, and not while it is found not kept", of.words()),
        Holds::UnlessNotice(tacit) => {
            let by: Vec<&str> = agreement.actors_in(tacit.by).map(|a| a.name.as_str()).collect();
            format!(
                "runs on for {} at a time, unless {} gives notice of the end at least {} before",
                words::length(tacit.each),
                words::list(&by, "or"),
                words::length(tacit.notice),
            )
        }
        Holds::GivesWay(to) => precedence(&agreement.clock, to),
        Holds::During(phase) => format!("binds while {} runs", phase_name(agreement, *phase)),
    })
}

/// How a term stands to one that prevails over it.
fn precedence(clock: &Clock, to: &GivesWay) -> String {
    let from = to.from.map(|at| words::moment(clock, at));
    match (from, to.certain_until) {
        (Some(from), Some(until)) => format!(
            "does not bind from {from} until {}, since that text prevails; afterwards it cannot be told",
            words::moment(clock, until)
        ),
        (Some(from), None) => {
            format!(
                "from {from} on that text prevails where both speak of the same, and whether they do cannot be told"
            )
        }
        (None, _) => "that text prevails, from when on cannot be placed in time; it cannot be told".to_owned(),
    }
}

/// `when 2 is found done, by Mission`, `3 days after 2 is found done, …`, `35 days before …`.
pub(super) fn when(agreement: &Agreement, anchor: &Anchor) -> String {
    let event = event(agreement, &anchor.event);
    if anchor.plus.is_empty() {
        return format!("when {event}");
    }
    let before = anchor.plus.iter().all(|length| length.is_negative());
    let lengths: Vec<String> =
        anchor.plus.iter().map(|length| words::length(if before { length.abs() } else { *length })).collect();
    format!("{} {} {event}", lengths.join(" and "), if before { "before" } else { "after" })
}

pub(super) fn event(agreement: &Agreement, event: &Event) -> String {
    match event {
        Event::Completed(of) => {
            let held = of.provisions.iter().filter_map(|p| agreement.provisions.get(*p));
            let by = held.fold(armistice_terms::ActorSet::NONE, |set, p| {
                set.or(if p.certified_by.is_empty() { p.verified_by } else { p.certified_by })
            });
            let by = words::who(agreement, by, false).unwrap_or_else(|| "a monitor".to_owned());
            format!("{} is found done, by {by}", of.words())
        }
        Event::Opened(gate) => {
            let name = agreement.gates.get(*gate).map(|g| g.name.as_str()).unwrap_or_default();
            format!("the opening of {name} is certified")
        }
        Event::Began(phase) => format!("{} begins", phase_name(agreement, *phase)),
        Event::Ended(phase) => format!("{} ends", phase_name(agreement, *phase)),
    }
}

/// That an event has come.
pub(super) fn come(agreement: &Agreement, of: &Event) -> String {
    match of {
        Event::Began(phase) => format!("{} has begun", phase_name(agreement, *phase)),
        Event::Ended(phase) => format!("{} has ended", phase_name(agreement, *phase)),
        Event::Completed(_) | Event::Opened(_) => event(agreement, of),
    }
}

fn phase_name(agreement: &Agreement, phase: usize) -> &str {
    agreement.phases.get(phase).map(|p| p.name.as_str()).unwrap_or_default()
}
