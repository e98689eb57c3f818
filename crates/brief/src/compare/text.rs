//! The comparison as a monitor reads it: counts first, then what bears on
//! findings, then what became of the rest.

use std::collections::BTreeSet;

use armistice_assess::{Became, Changed, Comparison, Field, Totals};

use super::findings::findings;
use super::folded::{gates, standings};
use super::records::became;
use crate::Report;
use crate::text::{WIDTH, labelled, pad, push, section};
use crate::words::{as_known, grouped, harmless, local, wrap};

/// How many records are listed before the rest is counted.
const LISTED: usize = 10;

/// A comparison as plain text. The report is of the later state.
#[must_use]
pub fn comparison_text(comparison: &Comparison<'_>, report: &Report<'_>) -> String {
    let mut out = String::new();
    heading(comparison, &mut out);
    records(comparison, &mut out);
    findings(comparison, report, &mut out);
    standings(comparison, &mut out);
    gates(comparison, &mut out);
    rest(comparison, report, &mut out);
    harmless(&out)
}

fn heading(comparison: &Comparison<'_>, out: &mut String) {
    let checked = comparison.now.checked;
    let agreement = checked.agreement();
    push(out, &agreement.title);
    push(out, &"=".repeat(agreement.title.chars().count().min(WIDTH)));
    let known = |at: Option<jiff::Timestamp>| at.map_or_else(String::new, |at| as_known(checked, at));
    let (from, until) = comparison.now.window;
    let text = format!(
        "As known {}, and as known {}. The period is the same for both: {} to {}, all times {}.",
        known(comparison.then.as_of),
        known(comparison.now.as_of),
        local(checked, from),
        local(checked, until),
        agreement.clock.zone_name
    );
    push(out, &wrap(&text, WIDTH, ""));
    let plain = "A new record is no new event: it became known between the two, and what it tells of may be older by years. One that was withdrawn may have been merged with another. What changed is what is on record, not what happened.";
    push(out, &wrap(plain, WIDTH, ""));
    if comparison.now.undated > 0 {
        let undated = format!(
            "{} of all records loaded do not say when they became known: each is taken as known from the end of the time it speaks of.",
            grouped(comparison.now.undated)
        );
        push(out, &wrap(&undated, WIDTH, ""));
    }
}

fn records(comparison: &Comparison<'_>, out: &mut String) {
    section(out, "Records");
    let all = format!("All, whatever time they tell of: {}.", sum(&comparison.all));
    push(out, &wrap(&all, WIDTH, "  "));
    let of = "Of the period, which either version touches";
    push(out, &wrap(&format!("{of}: {}.", sum(&comparison.in_period)), WIDTH, "  "));
    if comparison.all.fields.is_empty() {
        return;
    }
    push(out, "What reads otherwise in records known both times:");
    push(out, &format!("  {}{:>8}{:>12}", pad("", 18), "all", "of period"));
    for (field, all) in &comparison.all.fields {
        let mine = grouped(comparison.in_period.of(*field));
        push(out, &format!("  {}{:>8}{mine:>12}", pad(field.word(), 18), grouped(*all)));
    }
}

/// `86 withdrawn, 2,082 new, 907 in both, of which …`.
fn sum(totals: &Totals) -> String {
    let Totals { new, withdrawn, both, revised, .. } = totals;
    let revised = match revised {
        0 => ", none of them revised".to_owned(),
        revised => format!(
            ", of which {} are revised, among these {} start dates and {} death counts (best)",
            grouped(*revised),
            grouped(totals.of(Field::Begins)),
            grouped(totals.of(Field::Best))
        ),
    };
    format!("{} records withdrawn, {} new, {} in both{revised}", grouped(*withdrawn), grouped(*new), grouped(*both))
}

/// The changed records that bear on no finding that changed.
fn rest(comparison: &Comparison<'_>, report: &Report<'_>, out: &mut String) {
    let told: BTreeSet<usize> = comparison.findings.iter().flat_map(|f| f.causes.iter().copied()).collect();
    let left = comparison.records.iter().enumerate().filter(|(at, _)| !told.contains(at));
    let mut left: Vec<&Changed> = left.map(|(_, changed)| changed).collect();
    if left.is_empty() {
        return;
    }
    section(out, "Changed records that change no finding");
    push(out, "Those of the period first; of each, what was withdrawn, then what was revised, then what is new.");
    left.sort_by_key(|changed| (!changed.in_period, rank(changed)));
    for changed in left.iter().take(LISTED) {
        let width = changed.id.chars().count() + 4;
        labelled(out, &format!("  {}", changed.id), width, &became(report, changed));
    }
    more(out, left.len(), LISTED, "  ");
}

/// What was taken away first, what was added last.
pub(super) const fn rank(changed: &Changed) -> u8 {
    match changed.became {
        Became::Withdrawn(_) => 0,
        Became::Revised(_) => 1,
        Became::New => 2,
    }
}

/// `and 74 more; `--format json` lists every one`.
pub(super) fn more(out: &mut String, all: usize, listed: usize, indent: &str) {
    if all > listed {
        let left = grouped((all - listed) as u64);
        push(out, &format!("{indent}and {left} more; `--format json` lists every one"));
    }
}
