//! What changed in the findings, and why.

use std::collections::BTreeMap;

use armistice_assess::{Comparison, FindingChange, Outcome};

use super::records::became;
use super::text::{more, rank};
use super::{phrase, transition};
use crate::Report;
use crate::text::{labelled, push, section};
use crate::words::grouped;

/// How many findings of a provision are listed before the rest is counted.
const LISTED: usize = 12;

/// Findings by provision: how many went from what to what, then one by one.
pub(super) fn findings(comparison: &Comparison<'_>, report: &Report<'_>, out: &mut String) {
    section(out, "What changed in the findings, and why");
    if comparison.findings.is_empty() {
        push(out, "Nothing.");
        return;
    }
    let provisions = comparison.now.checked.agreement().provisions.iter().enumerate();
    for (index, provision) in provisions {
        let mine: Vec<&FindingChange> = comparison.findings.iter().filter(|f| f.provision == index).collect();
        if mine.is_empty() {
            continue;
        }
        labelled(out, &provision.id, 6, &provision.citation.title);
        let groups = alike(comparison, index, &mine);
        for (number, variants) in groups.iter().enumerate() {
            if groups.len() > 1 {
                let phrase = phrase(comparison, variants);
                labelled(out, &format!("      ({})", number + 1), 10, &format!("as {phrase} has it:"));
            }
            counts(comparison, &mine, variants, out);
        }
        let mut ordered = mine.clone();
        let weight = |f: &FindingChange| f.causes.first().and_then(|c| comparison.records.get(*c)).map_or(2, rank);
        // What was new is most of it, and says least: it comes last.
        ordered.sort_by_key(|finding| weight(finding));
        for finding in ordered.iter().take(LISTED) {
            one(comparison, report, finding, &groups, out);
        }
        more(out, mine.len(), LISTED, "      ");
    }
}

/// Variants under which the same findings changed in the same way.
fn alike(comparison: &Comparison<'_>, provision: usize, mine: &[&FindingChange]) -> Vec<Vec<usize>> {
    let variants = comparison.now.variants.iter().enumerate().filter(|(_, v)| v.index == provision);
    let changes = |variant: usize| mine.iter().map(move |finding| answers(finding, variant));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (variant, _) in variants {
        let same = |group: &Vec<usize>| group.first().is_some_and(|first| changes(*first).eq(changes(variant)));
        match groups.iter_mut().find(|group| same(group)) {
            Some(group) => group.push(variant),
            None => groups.push(vec![variant]),
        }
    }
    groups
}

fn answers(finding: &FindingChange, variant: usize) -> Option<(Outcome, Outcome)> {
    finding.readings.iter().find(|(number, ..)| *number == variant).map(|(_, was, is)| (*was, *is))
}

/// How many findings went from what to what, the most first.
fn counts(comparison: &Comparison<'_>, mine: &[&FindingChange], variants: &[usize], out: &mut String) {
    let Some(variant) = variants.first() else {
        return;
    };
    let mut counts: BTreeMap<(String, String), u64> = BTreeMap::new();
    for (was, is) in mine.iter().filter_map(|finding| answers(finding, *variant)) {
        *counts.entry(transition(comparison, was, is)).or_default() += 1;
    }
    if counts.is_empty() {
        push(out, "             no finding changed");
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|(a, x), (b, y)| y.cmp(x).then(a.cmp(b)));
    for ((was, is), count) in counts {
        push(out, &format!("      {:>7}  {was} → {is}", grouped(count)));
    }
}

fn one(
    comparison: &Comparison<'_>,
    report: &Report<'_>,
    finding: &FindingChange,
    groups: &[Vec<usize>],
    out: &mut String,
) {
    let each = groups.iter().enumerate().filter_map(|(number, variants)| {
        let (was, is) = answers(finding, *variants.first()?)?;
        let (was, is) = transition(comparison, was, is);
        let label = if groups.len() > 1 { format!("({}) ", number + 1) } else { String::new() };
        Some(format!("{label}{was} → {is}"))
    });
    let changed = each.collect::<Vec<_>>().join("; ");
    let width = finding.id.chars().count() + 8;
    labelled(out, &format!("      {}", finding.id), width, &changed);
    let causes: Vec<_> = finding.causes.iter().filter_map(|at| comparison.records.get(*at)).collect();
    for cause in causes {
        let own = cause.id == finding.record;
        let whose = if own { String::new() } else { format!("{} ", cause.id) };
        labelled(out, "", 10, &format!("{whose}{}", became(report, cause)));
    }
}
