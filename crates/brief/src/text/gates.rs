//! Gates and their clocks.

use armistice_assess::{Day, DayState, GateClock, plural};
use armistice_terms::Gate;

use super::{labelled, push, section};
use crate::Report;
use crate::show::words::by_whom;
use crate::words::reading_phrase;

/// The alternative a reading takes of each question.
type Answers = Vec<(usize, usize)>;

/// How many days stand in a row.
const STRIP: usize = 56;

/// How many findings of a day are named.
const NAMED: usize = 3;

/// Every gate, under each reading.
pub(super) fn gates(report: &Report<'_>, out: &mut String) {
    let agreement = report.assessment.checked.agreement();
    if agreement.gates.is_empty() {
        return;
    }
    section(out, "Gates");
    for (gate, clocks) in agreement.gates.iter().zip(&report.assessment.gates) {
        let title = gate.title.as_deref().map(|t| format!(", {t}")).unwrap_or_default();
        push(out, &format!("{}{title}", gate.name));
        labelled(out, "", 2, &condition(gate, report));
        let mut told: Vec<(&GateClock, Vec<Answers>)> = Vec::new();
        for clock in clocks {
            match told.iter_mut().find(|(other, _)| alike(other, clock)) {
                Some((_, readings)) => readings.push(clock.answers.clone()),
                None => told.push((clock, vec![clock.answers.clone()])),
            }
        }
        for (clock, readings) in &told {
            if told.len() > 1 {
                let phrase = reading_phrase(report.assessment.checked, readings);
                labelled(out, "  ", 2, &format!("as {phrase} has it:"));
            }
            one(report, gate, clock, out);
        }
    }
}

/// Who certifies a gate; of several, that any one alone does is said.
fn certifiers(gate: &Gate, report: &Report<'_>) -> Option<String> {
    let agreement = report.assessment.checked.agreement();
    let all = (!gate.certified_by.is_empty()).then(|| agreement.names_of(gate.certified_by))?;
    if gate.together { Some(all) } else { by_whom(agreement, gate.certified_by, false) }
}

fn condition(gate: &Gate, report: &Report<'_>) -> String {
    let agreement = report.assessment.checked.agreement();
    let certifier = certifiers(gate, report).map(|names| format!(", certified by {names}")).unwrap_or_default();
    let verifier = if gate.verified_by.is_empty() {
        String::new()
    } else {
        format!(", verified by {}", agreement.names_of(gate.verified_by))
    };
    let rules: String = gate.rules.iter().map(|rule| format!(", {rule}")).collect();
    let since = gate.since.as_ref().map(|since| format!(", {since}")).unwrap_or_default();
    format!(
        "opens when {} kept for {}{rules}{since}{verifier}{certifier} (line {})",
        match gate.clauses.as_slice() {
            [one] => format!("{one} is"),
            many => format!("{} are", many.join(" and ")),
        },
        plural(u64::from(gate.days), "day", "consecutive days"),
        gate.citation.line,
    )
}

/// Whether two readings give the same clock for the same reasons.
fn alike(a: &GateClock, b: &GateClock) -> bool {
    a.state == b.state && a.days == b.days && a.unprovable == b.unprovable
}

fn one(report: &Report<'_>, gate: &Gate, clock: &GateClock, out: &mut String) {
    labelled(out, "    ", 4, &format!("{}: {}", clock.state.word(), because(gate, clock)));
    for week in clock.days.chunks(STRIP) {
        let strip: String = week.iter().map(|d| mark(d.state)).collect();
        if let (Some(first), Some(last)) = (week.first(), week.last()) {
            push(out, &format!("    {} {strip} {}", first.date, last.date));
        }
    }
    if !clock.days.is_empty() {
        let any = |state: DayState| clock.days.iter().any(|d| d.state == state);
        let lapsed = match any(DayState::Lapsed) {
            true if gate.since.is_some() => ", - not in force, or not counting yet",
            true => ", - no longer in force",
            false => "",
        };
        let paused = if any(DayState::Paused) { ", = left out of the count" } else { "" };
        let unjudged = if any(DayState::Unjudged) { ", . before the period" } else { "" };
        let people = if any(DayState::ForPeople) { ", P kept as far as records tell" } else { "" };
        let marks = format!("K kept{people}{paused}{lapsed}{unjudged}");
        let recorded = if gate.bears_breaches() { "reset" } else { "breach" };
        push(out, &format!("    (x {recorded} recorded, ? cannot tell, o no {recorded} recorded, {marks})"));
    }
    let run = match clock.running {
        Some(run) => {
            let days = plural(u64::from(run.days), "day", "days");
            let since = |day: &&Day| day.date >= run.since && day.state == DayState::Doubtful;
            let untold = match clock.days.iter().filter(since).count() {
                0 => String::new(),
                untold => format!(", of which {untold} cannot be told"),
            };
            format!("{days} without {}, since {}{untold}", unbroken(gate), run.since)
        }
        None if clock.days.is_empty() => "no full day has passed".to_owned(),
        None => "stands at nought".to_owned(),
    };
    let longest = clock.longest.map_or_else(String::new, |run| {
        format!("; longest run {}, from {}", plural(u64::from(run.days), "day", "days"), run.since)
    });
    labelled(out, "    clock   ", 12, &format!("{run}{longest}"));
    if let Some(day) = &clock.last_reset {
        let by = if day.findings.is_empty() { clock.resets.join(", ") } else { cited(report, day) };
        labelled(out, "    reset   ", 12, &format!("last on {} by {by}", day.date));
    }
    for (id, why) in &clock.unprovable {
        labelled(out, "    lacks   ", 12, &format!("{id} cannot be shown kept: {why}"));
    }
    if !gate.noticed_by.0.is_empty() {
        let names = report.assessment.checked.agreement().names_of(gate.noticed_by.0);
        let on = if clock.notices.is_empty() {
            format!("none of {names} is on record when the days were complete")
        } else {
            format!("on record: {}", clock.notices.join(", "))
        };
        labelled(out, "    notice  ", 12, &on);
    }
    if let Some(names) = certifiers(gate, report) {
        let on = if clock.certificates.is_empty() {
            format!("no certificate of {names} is on record")
        } else {
            format!("on record: {}", clock.certificates.join(", "))
        };
        labelled(out, "    certificate  ", 17, &on);
    }
}

fn because(gate: &Gate, clock: &GateClock) -> String {
    match &clock.state {
        armistice_assess::GateState::NotEvaluable(why) => why.clone(),
        armistice_assess::GateState::NotOpen => {
            let (have, kept) = (clock.longest, clock.longest_kept.map_or(0, |run| run.days));
            let have = have.map_or(0, |run| run.days);
            format!(
                "the longest run of days without {} is {have}, and {} are needed; longest run shown to have been kept: {kept}",
                unbroken(gate),
                gate.days
            )
        }
        armistice_assess::GateState::CannotTell if clock.days.iter().any(|d| d.state == DayState::ForPeople) => {
            "part of it only people can judge, and no certificate on record says that it was kept".to_owned()
        }
        armistice_assess::GateState::CannotTell => {
            let kept = clock.longest_kept.map_or(0, |run| run.days);
            format!(
                "there may have been {} days without a {}, but only {kept} in a row are shown to have been kept",
                gate.days,
                if gate.bears_breaches() { "reset" } else { "breach" },
            )
        }
        armistice_assess::GateState::AwaitsCertificate { on }
        | armistice_assess::GateState::AwaitsNotice { on }
        | armistice_assess::GateState::Opened { on } => {
            format!("the days were complete on {on}")
        }
    }
}

/// What a run of days is without: where some breaches are borne, not of breaches.
fn unbroken(gate: &Gate) -> &'static str {
    if gate.bears_breaches() { "a recorded reset" } else { "a recorded breach" }
}

const fn mark(state: DayState) -> char {
    match state {
        DayState::Broken => 'x',
        DayState::Doubtful => '?',
        DayState::Quiet => 'o',
        DayState::Kept => 'K',
        DayState::ForPeople => 'P',
        DayState::Lapsed => '-',
        DayState::Paused => '=',
        DayState::Unjudged => '.',
    }
}

fn cited(report: &Report<'_>, day: &Day) -> String {
    let ids: Vec<&str> =
        day.findings.iter().filter_map(|i| report.assessment.findings.get(*i)).map(|f| f.id.as_str()).collect();
    let named = ids.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    match ids.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}
