//! Decisions, claims, open points, and the limits of the data.

use armistice_assess::Bearing;
use armistice_records::{Dataset, Kind, Record};

use super::{labelled, push, section};
use crate::Report;
use crate::words::{days, local};

/// Decisions on record, and what each changed.
pub(super) fn decisions(report: &Report<'_>, out: &mut String) {
    let assessment = report.assessment;
    let mut decisions = assessment.notices.iter().filter(|n| !matches!(n.kind, Kind::Claim)).peekable();
    if decisions.peek().is_none() {
        return;
    }
    section(out, "Decisions and notices on record");
    for notice in decisions {
        let by = notice.record.side_a.join(", ");
        let until =
            notice.until.map(|u| format!(" until {}", local(assessment.checked, u.as_second()))).unwrap_or_default();
        let effect = match assessment.bearing(notice) {
            Bearing::Counted => "; taken into account".to_owned(),
            Bearing::Ignored(why) => format!("; changes nothing: {why}"),
            Bearing::Nothing => "; bears on nothing judged here".to_owned(),
        };
        let when = days(assessment.checked, notice.from, notice.to);
        let note = notice.record.note.as_deref().map(|n| format!(" ({n})")).unwrap_or_default();
        labelled(out, "  - ", 4, &format!("{when}, {by}: {}{until}{effect}{note} [{}]", notice.effect, notice.id));
    }
}

/// Totals that sources state, never folded into a finding.
pub(super) fn claims(report: &Report<'_>, out: &mut String) {
    let assessment = report.assessment;
    let mut claims = assessment.notices.iter().filter(|n| n.kind == Kind::Claim).peekable();
    if claims.peek().is_none() {
        return;
    }
    section(out, "What others counted");
    push(out, "Totals as their sources state them. They are shown beside the findings and folded into none.");
    for notice in claims {
        let count = notice.record.message.as_ref().and_then(|m| m.count).map_or_else(
            || "no figure".to_owned(),
            |c| {
                if c.low == c.high { c.best.to_string() } else { format!("{} [{}–{}]", c.best, c.low, c.high) }
            },
        );
        let Record { side_a, independence_groups, .. } = &notice.record;
        let by = match (side_a.as_slice(), independence_groups.as_slice()) {
            ([], []) => "a source not named".to_owned(),
            ([], groups) => groups.join(", "),
            (sides, _) => sides.join(", "),
        };
        let when = days(assessment.checked, notice.from, notice.to);
        let note = notice.record.note.as_deref().map(|n| format!(" ({n})")).unwrap_or_default();
        labelled(out, "  - ", 4, &format!("{when}: {count} violations, says {by}{note} [{}]", notice.id));
    }
}

/// The brackets of the text.
pub(super) fn open_points(report: &Report<'_>, out: &mut String) {
    let checked = report.assessment.checked;
    if checked.questions.is_empty() {
        return;
    }
    section(out, "Open points of the text, each assessed both ways");
    for question in &checked.questions {
        let words: Vec<&str> = question.brackets.iter().map(|bracket| bracket.words.as_str()).collect();
        labelled(out, "  - ", 4, &words.join("; and with it "));
    }
}

/// What the data could never show.
pub(super) fn limits(report: &Report<'_>, out: &mut String) {
    section(out, "What these records could never show");
    // Releases of one data set have the same limits, which need saying once.
    let mut groups: Vec<Vec<&Dataset>> = Vec::new();
    for dataset in report.datasets {
        let alike = |other: &&Dataset| other.caveats == dataset.caveats && other.attribution == dataset.attribution;
        match groups.iter_mut().find(|group| group.first().is_some_and(alike)) {
            Some(group) => group.push(dataset),
            None => groups.push(vec![dataset]),
        }
    }
    for group in groups {
        for dataset in &group {
            push(out, &dataset.name);
        }
        for caveat in group.iter().take(1).flat_map(|dataset| &dataset.caveats) {
            labelled(out, "  - ", 4, caveat);
        }
        for dataset in group.iter().take(1).filter(|dataset| !dataset.attribution.is_empty()) {
            labelled(out, "  cite  ", 8, &dataset.attribution);
        }
    }
    for (remark, rows) in report.remarks {
        labelled(out, "  - ", 4, &format!("{rows} rows: {remark}"));
    }
}
