//! Standings: the table, then each provision with what it rests on.

use std::collections::{BTreeMap, BTreeSet};

use armistice_assess::{Held, ProvisionStanding, Reason, Standing, Verdict, plural};

use super::{bears, labelled, pad, push, section};
use crate::Report;
use crate::words::{bound, days, killed, party, reading_phrase, row_killed, sides, variant, word_of_one};

/// How many findings of a provision are listed before the rest is counted.
const LISTED: usize = 8;

/// Provision × party, one line each.
pub(super) fn summary(report: &Report<'_>, out: &mut String) {
    section(out, "Standings");
    let assessment = report.assessment;
    let agreement = assessment.checked.agreement();
    let width = agreement.provisions.iter().map(|p| title(&p.id, &p.citation.title).chars().count()).max();
    let width = width.unwrap_or(0).clamp(10, 52) + 2;
    let words = assessment.standings.iter().filter_map(|s| s.rows.first()).map(|row| row.standing.word().len());
    let column = words.max().unwrap_or(0).max(18) + 2;
    for standing in &assessment.standings {
        let Some(provision) = agreement.provisions.get(standing.provision) else {
            continue;
        };
        let label: String = title(&provision.id, &provision.citation.title).chars().take(width - 2).collect();
        let whole = standing.rows.first().map_or("", |row| row.standing.word());
        let parties: Vec<String> = standing
            .rows
            .iter()
            .filter(|row| row.party.is_some())
            .map(|row| format!("{}: {}", party(assessment, row.party), row.standing.word()))
            .collect();
        let parties = if standing.rows.len() == 2 { String::new() } else { parties.join("; ") };
        let who = bound(assessment, standing.provision);
        let tail = if parties.is_empty() { who } else { parties };
        push(out, &format!("{}{}{tail}", pad(&label, width), pad(whole, column)));
    }
    legend(report, out);
}

/// What the standings' words say: those that occur, each once.
fn legend(report: &Report<'_>, out: &mut String) {
    let rows = report.assessment.standings.iter().flat_map(|standing| &standing.rows);
    let met: BTreeSet<Standing> = rows.map(|row| row.standing).collect();
    if !met.is_empty() {
        out.push('\n');
    }
    for standing in met {
        labelled(out, &format!("  {}", pad(standing.word(), 20)), 22, standing.meaning());
    }
}

fn title(id: &str, title: &str) -> String {
    format!("{}{title}", pad(id, 6))
}

/// Each provision: the term, its standing under each reading, and why.
pub(super) fn details(report: &Report<'_>, out: &mut String) {
    section(out, "On what each standing rests");
    let assessment = report.assessment;
    for standing in &assessment.standings {
        let Some(provision) = assessment.checked.agreement().provisions.get(standing.provision) else {
            continue;
        };
        out.push('\n');
        labelled(out, &provision.id, 6, &format!("{} (line {})", provision.words, provision.citation.line));
        if let Some(word) = word_of_one(assessment.checked, &provision.depends) {
            labelled(out, "      ", 6, &format!("rests on {word}"));
        }
        for readings in alike(standing) {
            let indent = if readings.len() == standing.variants.len() { "      " } else { "        " };
            if readings.len() < standing.variants.len() {
                let answers = |index: &usize| {
                    let number = standing.variants.get(*index).copied().unwrap_or_default();
                    variant(assessment, number).map(|v| v.answers.clone()).unwrap_or_default()
                };
                let each: Vec<_> = readings.iter().map(answers).collect();
                let phrase = reading_phrase(assessment.checked, &each);
                labelled(out, "      ", 6, &format!("as {phrase} has it:"));
            }
            if let Some(first) = readings.first() {
                held(report, standing, *first, indent, out);
            }
        }
        findings(report, standing, out);
    }
}

/// The readings, by index, gathered where they give the same standings for the
/// same reasons.
fn alike(standing: &ProvisionStanding) -> Vec<Vec<usize>> {
    let told = |index: usize| -> Vec<_> {
        let each = standing.rows.iter().filter_map(|row| row.readings.get(index));
        each.map(|held| (held.standing, &held.because)).collect()
    };
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for index in 0..standing.variants.len() {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| told(*first) == told(index))) {
            Some(group) => group.push(index),
            None => groups.push(vec![index]),
        }
    }
    groups
}

fn held(report: &Report<'_>, standing: &ProvisionStanding, index: usize, indent: &str, out: &mut String) {
    let lone = standing.rows.len() == 2;
    for row in &standing.rows {
        // One bound party: the whole and the party are the same thing.
        if lone && row.party.is_none() {
            continue;
        }
        let Some(held) = row.readings.get(index) else {
            continue;
        };
        let who = party(report.assessment, row.party);
        let label = format!("{indent}{}", pad(who, 14));
        labelled(out, &label, indent.len() + 14, &format!("{}: {}", held.standing.word(), held.because));
        if let Some(told) = persistence(report, held) {
            labelled(out, &format!("{indent}{}", pad("persistent", 14)), indent.len() + 14, &told);
        }
        let people = report.assessment.for_people.iter().find(|f| f.variant == held.variant);
        if let Some(on) = people {
            labelled(out, &format!("{indent}{}", pad("bears on it", 14)), indent.len() + 14, &bears(on));
        }
    }
}

/// Whether there were so many breaches that the text calls them persistent, where
/// there was any.
fn persistence(report: &Report<'_>, held: &Held) -> Option<String> {
    let told = held.persistence.filter(|_| held.counts.breaches + held.counts.shared > 0)?;
    let rule = report.assessment.variants.get(held.variant)?.provision.persistent?;
    Some(format!("{}, which the text counts from {} on", told.word(), rule.words()))
}

/// The records that a provision's standing rests on, the first few.
fn findings(report: &Report<'_>, standing: &ProvisionStanding, out: &mut String) {
    let assessment = report.assessment;
    let mine: Vec<_> = assessment.findings.iter().filter(|f| f.provision == standing.provision).collect();
    let weight = |found: &armistice_assess::Found| {
        found.judgements.iter().map(|(_, j)| j.verdict).min().unwrap_or(Verdict::OutOfScope)
    };
    let mut ordered = mine.clone();
    // The gravest first, and among those the best dated: a record of a whole
    // year tells a reader least.
    // To the nearest day: where clocks change, one has 23 hours or 25.
    let whole_days = |found: &armistice_assess::Found| (found.until - found.from + 43_200) / 86_400;
    ordered.sort_by_key(|found| (weight(found), whole_days(found), found.from, found.record.clone()));
    for found in ordered.iter().take(LISTED) {
        let Some((columns, row)) = report.row(found.at) else {
            continue;
        };
        let toll = row_killed(columns, row).map(|k| format!(", killed {}", killed(&k))).unwrap_or_default();
        let place = columns.place_name.get(row).or(columns.area_name.get(row)).or(columns.admin1.get(row));
        let place = place.unwrap_or("no name of a place");
        // The least favourable of the readings is the one to be asked about.
        let cure = found.cures.iter().max_by_key(|(_, cure)| cure.state).map(|(_, cure)| {
            let by = if cure.by.is_empty() { String::new() } else { format!(" ({})", cure.by.join(", ")) };
            format!("; {}{by}", cure.state.word())
        });
        let cure = cure.unwrap_or_default();
        let line = format!(
            "{}: {}, {place}, {}{toll}{cure}",
            weight(found).word(),
            days(assessment.checked, found.from, found.until),
            sides(columns, row),
        );
        labelled(out, &format!("      {}  ", found.id), 8 + found.id.chars().count(), &line);
    }
    let breached = mine.iter().any(|found| weight(found) == Verdict::Breach);
    let provision = assessment.checked.agreement().provisions.get(standing.provision).filter(|_| breached);
    for consequence in provision.into_iter().flat_map(|provision| &provision.consequences) {
        let text = format!("for a breach the text names \"{consequence}\"; whether it follows is for people");
        labelled(out, "      ", 6, &text);
    }
    if mine.len() > LISTED {
        push(out, &format!("      and {} more; `--format csv` lists every finding", mine.len() - LISTED));
    }
}

/// What lay outside each provision, and why.
pub(super) fn out_of_scope(report: &Report<'_>, out: &mut String) {
    section(out, "Out of scope, and why");
    let assessment = report.assessment;
    // Provisions that put the same records out for the same reasons say so once.
    let mut groups: Vec<(Vec<&str>, &BTreeMap<Reason, u64>)> = Vec::new();
    for standing in &assessment.standings {
        let Some(provision) = assessment.checked.agreement().provisions.get(standing.provision) else {
            continue;
        };
        if standing.out_of_scope.is_empty() {
            continue;
        }
        match groups.iter_mut().find(|(_, scoped)| **scoped == standing.out_of_scope) {
            Some((ids, _)) => ids.push(&provision.id),
            None => groups.push((vec![&provision.id], &standing.out_of_scope)),
        }
    }
    for (ids, scoped) in &groups {
        push(out, &ids.join(", "));
        let mut reasons: Vec<(&Reason, &u64)> = scoped.iter().collect();
        reasons.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        for (reason, count) in reasons {
            labelled(out, &format!("  {count:>6}  "), 10, reason.text());
        }
    }
    if groups.is_empty() {
        let none = report.assessment.in_period == 0;
        push(
            out,
            if none {
                "Nothing: no record of the period tells of anything that happened."
            } else {
                "Nothing: every record of the period bears on every provision that is judged."
            },
        );
    }
}

/// What could not be judged, counted by reason, each with an example.
pub(super) fn untold(report: &Report<'_>, out: &mut String) {
    section(out, "What could not be told, and why");
    let mut reasons: BTreeMap<(Reason, &str), (u64, &str)> = BTreeMap::new();
    for found in &report.assessment.findings {
        let mut seen = std::collections::BTreeSet::new();
        for (_, judgement) in found.judgements.iter().filter(|(_, j)| j.verdict == Verdict::CannotTell) {
            for (dimension, reason) in judgement.untold() {
                if seen.insert(reason) {
                    let entry = reasons.entry((reason, dimension.word())).or_insert((0, found.id.as_str()));
                    entry.0 += 1;
                }
            }
        }
    }
    if reasons.is_empty() {
        push(out, "Nothing.");
        return;
    }
    let mut ordered: Vec<_> = reasons.into_iter().collect();
    ordered.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(a.0.cmp(&b.0)));
    for ((reason, dimension), (count, example)) in ordered {
        let text =
            format!("{} ({dimension}): {}; such as {example}", plural(count, "finding", "findings"), reason.text());
        labelled(out, "  - ", 4, &text);
    }
}
