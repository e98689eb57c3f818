//! What changed in what the findings come to: standings and gates.

use std::collections::BTreeMap;

use armistice_assess::{
    Comparison, Counts, GateChange, GateClock, Held, ReadingChange, Run, Standing, StandingChange, plural,
};

use super::phrase;
use crate::text::{labelled, pad, push, section};
use crate::words::{party, reading_phrase};

/// How many days of a gate are named.
const DAYS: usize = 7;

/// Rows of standings, then and now.
pub(super) fn standings(comparison: &Comparison<'_>, out: &mut String) {
    section(out, "What changed in the standings");
    if comparison.standings.is_empty() {
        push(out, "Nothing.");
        return;
    }
    for (index, provision) in comparison.now.checked.agreement().provisions.iter().enumerate() {
        let mine: Vec<&StandingChange> = comparison.standings.iter().filter(|s| s.provision == index).collect();
        if mine.is_empty() {
            continue;
        }
        labelled(out, &provision.id, 6, &provision.citation.title);
        for row in mine.iter().filter(|row| row.was != row.is) {
            let who = party(&comparison.now, row.party);
            labelled(
                out,
                "      ",
                6,
                &format!("{who}, all readings together: {} → {}", row.was.word(), row.is.word()),
            );
        }
        let mut variants: Vec<usize> = mine.iter().flat_map(|row| row.readings.iter().map(|r| r.is.variant)).collect();
        variants.sort_unstable();
        variants.dedup();
        let told = |variant: usize| mine.iter().map(move |row| held(row, variant).map(|r| [gist(&r.was), gist(&r.is)]));
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for variant in variants {
            match groups.iter_mut().find(|g| g.first().is_some_and(|first| told(*first).eq(told(variant)))) {
                Some(group) => group.push(variant),
                None => groups.push(vec![variant]),
            }
        }
        let all = comparison.now.variants.iter().filter(|v| v.index == index).count();
        for group in &groups {
            if group.len() < all {
                labelled(out, "      ", 6, &format!("as {} has it:", phrase(comparison, group)));
            }
            for row in &mine {
                let Some(change) = group.first().and_then(|variant| held(row, *variant)) else {
                    continue;
                };
                let who = pad(party(&comparison.now, row.party), 14);
                if standing(&change.was) == standing(&change.is) {
                    let text = format!("{}; {}", standing(&change.is), counts(change));
                    labelled(out, &format!("        {who}both  "), 28, &text);
                    continue;
                }
                labelled(out, &format!("        {who}then  "), 28, &standing(&change.was));
                labelled(out, &format!("        {}now   ", pad("", 14)), 28, &standing(&change.is));
            }
        }
    }
}

fn held(row: &StandingChange, variant: usize) -> Option<&ReadingChange> {
    row.readings.iter().find(|reading| reading.is.variant == variant)
}

/// What a standing is told by, whichever reading it is of.
fn gist(held: &Held) -> (Standing, &str, Counts) {
    (held.standing, &held.because, held.counts)
}

/// The counts that differ behind one and the same standing.
fn counts(ReadingChange { was, is }: &ReadingChange) -> String {
    let (a, b) = (was.counts, is.counts);
    let each = [
        ("breaches", a.breaches, b.breaches),
        ("breaches by it or another", a.shared, b.shared),
        ("events that cannot be told", a.cannot_tell, b.cannot_tell),
        ("events excepted", a.excepted, b.excepted),
    ];
    let told = each.iter().filter(|(_, was, is)| was != is).map(|(what, was, is)| format!("{what} {was} → {is}"));
    told.collect::<Vec<_>>().join(", ")
}

fn standing(held: &Held) -> String {
    format!("{}: {}", held.standing.word(), held.because)
}

/// Gates, then and now.
pub(super) fn gates(comparison: &Comparison<'_>, out: &mut String) {
    let agreement = comparison.now.checked.agreement();
    if agreement.gates.is_empty() {
        return;
    }
    section(out, "What changed in the gates");
    if comparison.gates.is_empty() {
        push(out, "Nothing.");
    }
    for (index, gate) in agreement.gates.iter().enumerate() {
        let mine: Vec<&GateChange> = comparison.gates.iter().filter(|g| g.gate == index).collect();
        let mut groups: Vec<Vec<&GateChange>> = Vec::new();
        for change in mine {
            let same =
                |other: &GateChange| told(&other.was) == told(&change.was) && told(&other.is) == told(&change.is);
            match groups.iter_mut().find(|g| g.first().is_some_and(|first| same(first))) {
                Some(group) => group.push(change),
                None => groups.push(vec![change]),
            }
        }
        if !groups.is_empty() {
            push(out, &gate.name);
        }
        let readings = comparison.now.gates.get(index).map_or(0, Vec::len);
        for group in groups {
            let Some(change) = group.first() else {
                continue;
            };
            if group.len() < readings {
                let each: Vec<_> = group.iter().map(|g| g.is.answers.clone()).collect();
                labelled(out, "  ", 2, &format!("as {} has it:", reading_phrase(comparison.now.checked, &each)));
            }
            labelled(out, "    then  ", 10, &told(&change.was));
            labelled(out, "    now   ", 10, &told(&change.is));
            days(change, out);
        }
    }
}

fn told(clock: &GateClock) -> String {
    let run = |run: Option<Run>| match run {
        Some(run) => format!("{}, from {}", plural(u64::from(run.days), "day", "days"), run.since),
        None => "none".to_owned(),
    };
    format!("{}; longest run without a recorded breach: {}", clock.state.word(), run(clock.longest))
}

fn days(change: &GateChange, out: &mut String) {
    let then: BTreeMap<_, _> = change.was.days.iter().map(|day| (day.date, day.state)).collect();
    let mut moved: Vec<String> = Vec::new();
    for day in &change.is.days {
        if let Some(was) = then.get(&day.date).filter(|was| **was != day.state) {
            moved.push(format!("{} {} → {}", day.date, was.word(), day.state.word()));
        }
    }
    let more = moved.len().saturating_sub(DAYS);
    moved.truncate(DAYS);
    if !moved.is_empty() {
        let more = if more == 0 { String::new() } else { format!("; and {more} more") };
        labelled(out, "    days  ", 10, &format!("{}{more}", moved.join("; ")));
    }
}
