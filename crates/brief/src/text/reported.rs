//! Who reported what: tellers and how well what they tell is supported.

use armistice_assess::{Reported, Rung, Share, Teller, plural};
use armistice_terms::ActorSet;

use super::{labelled, pad, push, section};
use crate::Report;
use crate::words::{grouped, reading_phrase};

/// How many tellers are listed before the rest is counted.
const LISTED: usize = 8;

/// Of each provision that something was found on: events by rung, and by who
/// tells of them.
pub(super) fn reported(report: &Report<'_>, out: &mut String) {
    let assessment = report.assessment;
    if assessment.reported.is_empty() {
        return;
    }
    section(out, "Who reported what");
    let plain = "Counts say who told, not who did. An event that several origins tell counts under each. One rule for every party: its word, and that of those who speak for it, is enough for no finding, unless it is of itself.";
    push(out, &super::wrap(plain, super::WIDTH, ""));
    for (ids, told) in gathered(report) {
        out.push('\n');
        labelled(out, "", 0, &ids);
        let (breaches, untold) = (&told.breaches, &told.untold);
        share(report, breaches, &plural(breaches.events, "recorded breach", "recorded breaches"), out);
        share(report, untold, &plural(untold.events, "event that cannot be told", "events that cannot be told"), out);
    }
}

/// Provisions and readings of which the same is told, under one heading.
fn gathered<'r>(report: &'r Report<'_>) -> Vec<(String, &'r Reported)> {
    let assessment = report.assessment;
    let mut groups: Vec<(Vec<String>, &Reported)> = Vec::new();
    let same = |a: &Reported, b: &Reported| a.breaches == b.breaches && a.untold == b.untold;
    for (index, provision) in assessment.checked.agreement().provisions.iter().enumerate() {
        let all = assessment.variants.iter().filter(|v| v.index == index).count();
        let of = |told: &Reported| assessment.variants.get(told.variant).filter(|v| v.index == index);
        let mut mine: Vec<Vec<&Reported>> = Vec::new();
        for told in assessment.reported.iter().filter(|told| of(told).is_some()) {
            match mine.iter_mut().find(|group| group.first().is_some_and(|first| same(first, told))) {
                Some(group) => group.push(told),
                None => mine.push(vec![told]),
            }
        }
        for group in mine {
            let Some(first) = group.first().copied() else {
                continue;
            };
            let each: Vec<_> = group.iter().filter_map(|told| of(told)).map(|v| v.answers.clone()).collect();
            let phrase = if group.len() < all { reading_phrase(assessment.checked, &each) } else { String::new() };
            let label =
                if phrase.is_empty() { provision.id.clone() } else { format!("{}, as {phrase} has it", provision.id) };
            match groups.iter_mut().find(|(_, other)| phrase.is_empty() && same(other, first)) {
                Some((labels, _)) => labels.push(label),
                None => groups.push((vec![label], first)),
            }
        }
    }
    groups.into_iter().map(|(labels, told)| (labels.join("; "), told)).collect()
}

fn share(report: &Report<'_>, share: &Share, what: &str, out: &mut String) {
    if share.events == 0 {
        return;
    }
    let rungs = Rung::ALL.iter().filter_map(|rung| Some((rung, share.rungs.get(rung)?)));
    let rungs: Vec<String> = rungs.map(|(rung, count)| format!("{} {}", grouped(*count), rung.word())).collect();
    push(out, &format!("  {what}: {}", rungs.join(", ")));
    push(out, &format!("    {:>6}  {}{}by at least one of", "events", pad("told by", 34), pad("whose word", 24)));
    for teller in share.tellers.iter().take(LISTED) {
        push(out, &line(report, teller));
    }
    let more = share.tellers.iter().skip(LISTED);
    if let Some(most) = more.clone().map(|teller| teller.events).max() {
        let (rows, most) = (more.count(), plural(most, "event", "events"));
        push(out, &format!("            and {rows} more, none of more than {most}; `--format json` lists every one"));
    }
}

fn line(report: &Report<'_>, teller: &Teller) -> String {
    let agreement = report.assessment.checked.agreement();
    let origin = teller.origin.as_deref().unwrap_or("(no origin stated)").replace('\n', " ");
    let name: String =
        if origin.chars().count() > 32 { origin.chars().take(31).chain(['…']).collect() } else { origin };
    let names = |set: ActorSet| agreement.names_of(set);
    let whose = match (teller.speaks_for.is_empty(), teller.may_speak_for.is_empty()) {
        (false, _) => names(teller.speaks_for),
        (true, false) => format!("may be {}", names(teller.may_speak_for)),
        (true, true) => "not declared".to_owned(),
    };
    let concerning = if teller.concerning.is_empty() { "nobody bound".to_owned() } else { names(teller.concerning) };
    format!("    {:>6}  {}{}{concerning}", grouped(teller.events), pad(&name, 34), pad(&whose, 24))
}
