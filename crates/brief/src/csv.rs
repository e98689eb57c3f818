//! Findings as CSV: one line for each record, provision and reading.

use std::fmt::{self, Write};

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
    // What is the same for all findings of a reading is written once.
    let labels: Vec<String> =
        assessment.variants.iter().map(|v| reading(assessment.checked, &v.answers).join("; ")).collect();
    let mut row = Row { out: COLUMNS.join(",") + "\r\n", begun: false };
    for found in &assessment.findings {
        let Some((columns, at)) = report.row(found.at) else {
            continue;
        };
        let provision = agreement.provisions.get(found.provision).map_or("", |p| p.id.as_str());
        let killed = row_killed(columns, at);
        let times = [found.from, found.until].map(|second| local(assessment.checked, second));
        for (variant, judgement) in &found.judgements {
            row.text(&found.id);
            row.text(provision);
            row.text(&found.record);
            row.text(labels.get(*variant).map_or("", String::as_str));
            row.text(judgement.verdict.word());
            row.text(&agreement.names_of(judgement.candidates));
            times.iter().for_each(|time| row.text(time));
            row.text(columns.place_name.get(at).unwrap_or_default());
            row.text(columns.side_a.get(at).unwrap_or_default());
            row.text(columns.side_b.get(at).unwrap_or_default());
            let figures = killed.as_ref().map(|killed| [killed.low, killed.best, killed.high]);
            for number in 0..3 {
                match figures.as_ref().and_then(|figures| figures.get(number)) {
                    Some(figure) => row.number(format_args!("{figure}")),
                    None => row.text(""),
                }
            }
            for dimension in Dimension::ALL {
                let point = judgement.point(dimension);
                row.number(format_args!("{}: {}", point.truth.word(), point.reason.slug()));
            }
            let placing = &judgement.placing;
            for metres in [placing.distance, placing.radius] {
                match metres {
                    Some(metres) => row.number(format_args!("{:.1}", metres.get())),
                    None => row.text(""),
                }
            }
            match placing.probability {
                Some(probability) => row.number(format_args!("{probability:.4}")),
                None => row.text(""),
            }
            row.end();
        }
    }
    row.out
}

/// A row while it is written.
struct Row {
    out: String,
    begun: bool,
}

impl Row {
    fn cell(&mut self) -> &mut String {
        if self.begun {
            self.out.push(',');
        }
        self.begun = true;
        &mut self.out
    }

    /// Text from anywhere, quoted where it must be.
    fn text(&mut self, text: &str) {
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" .:;-_/()".contains(&byte));
        if plain && !text.starts_with('-') {
            self.cell().push_str(text);
        } else {
            let quoted = quoted(text);
            self.cell().push_str(&quoted);
        }
    }

    /// A number, or words of our own that need no quotes.
    fn number(&mut self, number: fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.cell().write_fmt(number);
    }

    fn end(&mut self) {
        self.out.push_str("\r\n");
        self.begun = false;
    }
}

/// Quotes a cell where it must be, and disarms what a spreadsheet would run as
/// a formula.
pub(crate) fn quoted(cell: &str) -> String {
    let cell = &harmless(cell);
    let number = cell.parse::<f64>().is_ok();
    let formula = !number && cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}
