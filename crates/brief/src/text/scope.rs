//! Day by day, and what scope does to the count.

use armistice_assess::{Span, Toll};

use super::{pad, push, section};
use crate::Report;
use crate::words::{killed_in, per_day};

const BAR: usize = 40;
const DYADS: usize = 14;

/// A small chart: people killed each day between the parties.
pub(super) fn daily(report: &Report<'_>, out: &mut String) {
    let series = &report.assessment.series;
    section(out, "Day by day, between the parties");
    push(out, "Records good to the day, by the day they began; people killed: best [low–high].");
    let most = series.daily.values().map(|(ours, _)| ours.killed.high).max().unwrap_or(0).max(1);
    let mut days = series.daily.iter().peekable();
    while let Some((date, (ours, all))) = days.next() {
        // A long quiet would otherwise fill pages with nothing.
        let mut quiet = (1_u32, *date, all.records);
        while ours.records == 0
            && let Some((next, (_, all))) = days.next_if(|(_, (ours, _))| ours.records == 0)
        {
            quiet = (quiet.0 + 1, *next, quiet.2 + all.records);
        }
        let scale = |n: u64| usize::try_from(n.saturating_mul(BAR as u64).div_ceil(most)).unwrap_or(BAR);
        let solid = scale(ours.killed.low);
        let spread = scale(ours.killed.high).saturating_sub(solid);
        let bar = format!("{}{}", "█".repeat(solid), "░".repeat(spread));
        let (bar, figures, all) = match quiet {
            (1, ..) => (bar, format!("{:>3} records, {}", ours.records, killed_in(ours)), all.records),
            (many, last, all) => (format!("to {last}, {many} days"), "  0 records".to_owned(), all),
        };
        push(out, &format!("{date}  {}{}  (all records: {all})", pad(&bar, BAR + 2), pad(&figures, 34)));
    }
    if series.not_day_precise > 0 {
        push(
            out,
            &format!(
                "{} of the {} records that began in the period are not good to the day and not shown.",
                series.not_day_precise, series.begun
            ),
        );
    }
}

/// Between the parties against all records, before and after.
pub(super) fn comparison(report: &Report<'_>, out: &mut String) {
    let series = &report.assessment.series;
    let Some(baseline) = &series.baseline else {
        return;
    };
    section(out, "Scope decides the verdict");
    push(out, "People killed per day, best [low–high], records good to the day.");
    let (b, p) = (baseline.days, series.period.days);
    push(
        out,
        &format!(
            "{}{}{}change of best",
            pad("", 22),
            pad(&format!("before ({b} days)"), 24),
            pad(&format!("period ({p} days)"), 24)
        ),
    );
    let mut line = |label: &str, pick: fn(&Span) -> &Toll| {
        let (before, after) = (pick(baseline), pick(&series.period));
        push(
            out,
            &format!(
                "{}{}{}{}",
                pad(label, 22),
                pad(&per_day(before, b), 24),
                pad(&per_day(after, p), 24),
                change(before, b, after, p)
            ),
        );
    };
    line("between the parties", |span| &span.between);
    line("all records", |span| &span.all);
    push(out, "A change in what is recorded is not yet a change in what happened: coverage may have changed too.");
}

fn change(before: &Toll, b: u32, after: &Toll, p: u32) -> String {
    let rate = |toll: &Toll, days: u32| toll.killed.best as f64 / f64::from(days.max(1));
    if before.killed.best == 0 || b == 0 || p == 0 {
        return "no rate".to_owned();
    }
    format!("{:+.0} %", (rate(after, p) / rate(before, b) - 1.0) * 100.0)
}

/// Who stood against whom, the most frequent first.
pub(super) fn dyads(report: &Report<'_>, out: &mut String) {
    let series = &report.assessment.series;
    section(out, "Who fought whom");
    push(
        out,
        &format!("{} records began in the period. A pair is not directional: it does not say who acted.", series.begun),
    );
    let mut all: Vec<_> = series.dyads.iter().collect();
    all.sort_by(|a, b| b.1.records.cmp(&a.1.records).then(a.0.cmp(b.0)));
    for ((relation, a, b), toll) in all.iter().take(DYADS) {
        let pair = format!("{a} – {b}").replace('\n', " ");
        let short: String =
            if pair.chars().count() > 46 { pair.chars().take(45).chain(['…']).collect() } else { pair };
        push(out, &format!("{:>5}  {}{}{}", toll.records, pad(&short, 48), pad(relation.word(), 30), killed_in(toll)));
    }
    if all.len() > DYADS {
        let rest: u64 = all.iter().skip(DYADS).map(|(_, toll)| toll.records).sum();
        push(out, &format!("{rest:>5}  in {} further pairs", all.len() - DYADS));
    }
}
