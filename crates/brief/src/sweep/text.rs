//! The chart that a person reads: a line for each party and count, with the text's
//! own values marked on it, and the steps.

use armistice_assess::{Counts, Curve, Level};

use super::{SweepReport, Swept, comes_to, value};
use crate::text::{WIDTH, labelled, pad, push};
use crate::words::{grouped, harmless, local, reading_phrase};

/// How many columns a curve is drawn in, and how many stand before it.
pub(super) const COLUMNS: usize = 60;
const MARGIN: usize = 6;

/// How many steps are listed before the rest is counted.
const LISTED: usize = 24;

/// From nothing to the most.
pub(super) const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
pub(super) const LETTERS: [char; 8] = ['_', '.', ':', '-', '=', '+', '*', '#'];

/// A kind of count: what it is called, and which it is.
type Kind = (&'static str, fn(&Counts) -> u64);

const KINDS: [Kind; 4] = [
    ("recorded breaches", |counts| counts.breaches),
    ("by it or another", |counts| counts.shared),
    ("cannot tell", |counts| counts.cannot_tell),
    ("excepted", |counts| counts.excepted),
];

/// Every curve as a small chart, with the values of the text marked, and its steps.
#[must_use]
pub fn sweep_text(report: &SweepReport<'_>) -> String {
    let mut out = String::new();
    heading(report, &mut out);
    for group in alike(&report.swept.curves) {
        let Some(curve) = group.first() else {
            continue;
        };
        if group.len() < report.swept.curves.len() {
            let each: Vec<_> = group.iter().map(|curve| curve.answers.clone()).collect();
            let phrase = reading_phrase(report.checked, &each);
            out.push('\n');
            labelled(&mut out, "", 0, &format!("as {phrase} has it:"));
        }
        chart(report, curve, &mut out);
        marked(report, curve, &mut out);
        steps(report, curve, &mut out);
    }
    harmless(&out)
}

fn heading(report: &SweepReport<'_>, out: &mut String) {
    let (lever, checked) = (report.lever, report.checked);
    push(out, &format!("{}  (line {})", lever.name, lever.line));
    let provision = lever.moves.provision().and_then(|index| checked.agreement().provisions.get(index));
    if let Some(provision) = provision {
        labelled(out, "", MARGIN - 4, &provision.citation.title);
    }
    labelled(out, "", MARGIN - 4, &format!("written {}", lever.words));
    let clock = &checked.agreement().clock;
    let (from, to) = report.range;
    let ends = format!("swept from {} to {}", value(lever.unit, from, clock), value(lever.unit, to, clock));
    let (begins, ends_at) = report.swept.window;
    let over = format!("records of {} to {}", local(checked, begins), local(checked, ends_at));
    labelled(out, "", MARGIN - 4, &format!("{ends}; {over}, all times {}", clock.zone_name));
}

/// The curves, gathered where they are the same.
fn alike(curves: &[Curve]) -> Vec<Vec<&Curve>> {
    let mut groups: Vec<Vec<&Curve>> = Vec::new();
    for curve in curves {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| first.levels == curve.levels)) {
            Some(group) => group.push(curve),
            None => groups.push(vec![curve]),
        }
    }
    groups
}

/// A line for each party and each count that is not always nothing.
fn chart(report: &SweepReport<'_>, curve: &Curve, out: &mut String) {
    let glyphs = if report.ascii { LETTERS } else { BLOCKS };
    let width = MARGIN + 18;
    for (row, party) in report.rows() {
        out.push('\n');
        push(out, &format!("  {}", report.party(party)));
        let mut silent = true;
        for (name, count) in KINDS {
            let all = curve.levels.iter().filter_map(|level| level.counts.get(row)).map(count);
            let (least, most) = all.fold((u64::MAX, 0), |(least, most), one| (least.min(one), most.max(one)));
            if most == 0 {
                continue;
            }
            silent = false;
            let drawn: String =
                (0..COLUMNS).map(|column| glyph(greatest(report, curve, column, row, count), most, glyphs)).collect();
            let span = if least == most { grouped(most) } else { format!("{} to {}", grouped(least), grouped(most)) };
            push(out, &format!("{}{}  {span}", pad(&format!("    {name}"), width), drawn));
        }
        if silent {
            push(out, "    nothing is on record, at any value");
        } else {
            axis(&report.ground(), width, out);
        }
    }
}

/// The ends of the range under a chart, and marks where the text's values are.
pub(super) fn axis(report: &Swept<'_>, width: usize, out: &mut String) {
    let clock = &report.checked.agreement().clock;
    let mut marks = vec![' '; COLUMNS];
    for at in report.lever.values.iter().filter_map(|value| value.at) {
        if let Some(slot) = column(report, at).and_then(|column| marks.get_mut(column)) {
            *slot = '^';
        }
    }
    if marks.contains(&'^') {
        push(out, &format!("{}{}", " ".repeat(width), marks.iter().collect::<String>()));
    }
    let (from, to) = report.range;
    let (from, to) = (value(report.lever.unit, from, clock), value(report.lever.unit, to, clock));
    let gap = COLUMNS.saturating_sub(from.chars().count() + to.chars().count()).max(1);
    push(out, &format!("{}{from}{}{to}", " ".repeat(width), " ".repeat(gap)));
}

/// The column a value is drawn in; none if it is not in the range.
fn column(report: &Swept<'_>, at: i64) -> Option<usize> {
    let (from, to) = report.range;
    if !(from..=to).contains(&at) {
        return None;
    }
    let wide = i128::from(to) - i128::from(from) + 1;
    usize::try_from((i128::from(at) - i128::from(from)) * COLUMNS as i128 / wide).ok()
}

/// The first value that is drawn in a column.
pub(super) fn begins(report: &Swept<'_>, column: usize) -> i64 {
    let (from, to) = report.range;
    let wide = i128::from(to) - i128::from(from) + 1;
    let columns = COLUMNS as i128;
    let into = (column as i128 * wide + columns - 1).div_euclid(columns);
    i64::try_from(i128::from(from) + into).unwrap_or(to)
}

/// The greatest count among the values that are drawn in a column.
fn greatest(report: &SweepReport<'_>, curve: &Curve, column: usize, row: usize, count: fn(&Counts) -> u64) -> u64 {
    let ground = report.ground();
    let (first, after) = (begins(&ground, column), begins(&ground, column + 1));
    let inside = curve.levels.iter().filter(|level| level.from > first && level.from < after);
    let levels: Vec<&Level> = curve.at(first.min(report.range.1)).into_iter().chain(inside).collect();
    levels.into_iter().filter_map(|level| level.counts.get(row)).map(count).max().unwrap_or(0)
}

/// Nothing is drawn as nothing, and whatever is more as more.
fn glyph(count: u64, most: u64, glyphs: [char; 8]) -> char {
    let [nothing, .., all] = glyphs;
    if count == 0 {
        return nothing;
    }
    let part = u128::from(count) * 7 / u128::from(most.max(1));
    usize::try_from(part.max(1)).ok().and_then(|part| glyphs.get(part)).copied().unwrap_or(all)
}

/// What the values that the text gives come to.
fn marked(report: &SweepReport<'_>, curve: &Curve, out: &mut String) {
    let clock = &report.checked.agreement().clock;
    out.push('\n');
    push(out, "  As the text has it");
    for said in &report.lever.values {
        let source = said.source.as_ref().map(|source| format!(" (\"{source}\")")).unwrap_or_default();
        let Some(at) = said.at else {
            labelled(out, "", MARGIN - 2, &format!("{}{source}: it is no whole number of these units", said.words));
            continue;
        };
        let inside = (report.range.0..=report.range.1).contains(&at);
        let level = curve.at(at).filter(|_| inside);
        let what = level.map_or_else(|| "outside of what was swept".to_owned(), |level| counts(report, level));
        let is = comes_to(report.lever.unit, said, clock).map(|units| format!(" = {units}")).unwrap_or_default();
        labelled(out, "    ^", MARGIN, &format!("{}{is}{source}: {what}", said.words));
    }
}

/// `Government 0 / 0 / 11`.
fn counts(report: &SweepReport<'_>, level: &Level) -> String {
    let each = report.rows().into_iter().filter_map(|(row, party)| {
        let counts = level.counts.get(row)?;
        let told = KINDS.iter().filter(|(_, count)| count(counts) > 0);
        let told: Vec<String> = told.map(|(name, count)| format!("{name} {}", grouped(count(counts)))).collect();
        let told = if told.is_empty() { "nothing".to_owned() } else { told.join(", ") };
        Some(format!("{}: {told}", report.party(party)))
    });
    each.collect::<Vec<_>>().join("; ")
}

/// The steps, each at the first value at which it is so.
fn steps(report: &SweepReport<'_>, curve: &Curve, out: &mut String) {
    let clock = &report.checked.agreement().clock;
    let values: Vec<String> = curve.levels.iter().map(|level| value(report.lever.unit, level.from, clock)).collect();
    let width = values.iter().take(LISTED).map(|value| value.chars().count()).max().unwrap_or(0) + MARGIN + 5;
    out.push('\n');
    push(out, "  Every step, and nothing between");
    for (level, value) in curve.levels.iter().zip(&values).take(LISTED) {
        labelled(out, &format!("    from {value}"), width.min(WIDTH / 2), &counts(report, level));
    }
    if let Some(more) = curve.levels.len().checked_sub(LISTED).filter(|more| *more > 0) {
        push(out, &format!("    and {more} more; `--format csv` lists every step"));
    }
}
