//! Findings as CSV: one line for each record, provision and reading.

use armistice_assess::Dimension;

use crate::Report;
use crate::words::{harmless, local, reading, row_killed};

const COLUMNS: [&str; 24] = [
    "finding",
    "provision",
    "record",
    "reading",
    "verdict",
    "by_at_least_one_of",
    "from_local",
    "until_local",
    "place",
    "side_a",
    "side_b",
    "killed_low",
    "killed_best",
    "killed_high",
    "time",
    "act",
    "actor",
    "place_judged",
    "weapon",
    "source",
    "exception",
    "distance_m",
    "radius95_m",
    "probability_in_zone",
];

/// Every finding under every reading, as RFC 4180 CSV with a header line.
/// Each judged point reads `true`, `false` or `unknown`, a colon, and its
/// reason's short name.
#[must_use]
pub fn findings_csv(report: &Report<'_>) -> String {
    let assessment = report.assessment;
    let agreement = assessment.checked.agreement();
    let mut out = COLUMNS.join(",") + "\r\n";
    for found in &assessment.findings {
        let Some((columns, row)) = report.row(found.at) else {
            continue;
        };
        let provision = agreement.provisions.get(found.provision).map_or("", |p| p.id.as_str());
        let killed = row_killed(columns, row);
        let figure = |pick: fn(&armistice_assess::Killed) -> u64| {
            killed.as_ref().map(pick).map_or(String::new(), |n| n.to_string())
        };
        for (variant, judgement) in &found.judgements {
            let labels = assessment.variants.get(*variant).map(|v| reading(assessment.checked, &v.answers));
            let mut cells = vec![
                found.id.clone(),
                provision.to_owned(),
                found.record.clone(),
                labels.unwrap_or_default().join("; "),
                judgement.verdict.word().to_owned(),
                agreement.names_of(judgement.candidates),
                local(assessment.checked, found.from),
                local(assessment.checked, found.until),
                columns.place_name.get(row).unwrap_or_default().to_owned(),
                columns.side_a.get(row).unwrap_or_default().to_owned(),
                columns.side_b.get(row).unwrap_or_default().to_owned(),
                figure(|k| k.low),
                figure(|k| k.best),
                figure(|k| k.high),
            ];
            cells.extend(Dimension::ALL.into_iter().map(|d| {
                let point = judgement.point(d);
                format!("{}: {}", point.truth.word(), point.reason.slug())
            }));
            let placing = &judgement.placing;
            let metres = |m: Option<armistice_geodesy::Metres>| m.map_or(String::new(), |m| format!("{:.1}", m.get()));
            cells.push(metres(placing.distance));
            cells.push(metres(placing.radius));
            cells.push(placing.probability.map_or(String::new(), |p| format!("{p:.4}")));
            out += &cells.iter().map(|c| quoted(c)).collect::<Vec<_>>().join(",");
            out += "\r\n";
        }
    }
    out
}

/// Quotes a cell where it must be, and disarms what a spreadsheet would run as
/// a formula.
fn quoted(cell: &str) -> String {
    let cell = &harmless(cell);
    let number = cell.parse::<f64>().is_ok();
    let formula = !number && cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}
