//! Where a gate stands at every number of days: as a chart, CSV, JSON.

use armistice_assess::{GateCurve, GateState};
use armistice_terms::{Checked, Lever};
use serde_json::{Value, json};

use super::text::{LETTERS, axis, begins};
use super::{Swept, lever_json};
use crate::csv::quoted;
use crate::text::{labelled, pad, push};
use crate::words::{harmless, local, reading, reading_phrase};

/// A gate's days swept, and of what it is.
#[derive(Clone, Copy, Debug)]
pub struct GateReport<'a> {
    /// The agreement that was swept.
    pub checked: &'a Checked,
    /// The lever.
    pub lever: &'a Lever,
    /// The first number of days and the last.
    pub range: (i64, i64),
    /// Where the gate stands, under each reading.
    pub curves: &'a [GateCurve],
    /// The period, in seconds: first, and first after.
    pub window: (i64, i64),
    /// Whether the chart is to be drawn in plain letters.
    pub ascii: bool,
}

impl GateReport<'_> {
    const fn swept(&self) -> Swept<'_> {
        Swept { checked: self.checked, lever: self.lever, range: self.range }
    }

    fn until(&self, curve: &GateCurve, index: usize) -> i64 {
        curve.steps.get(index + 1).map_or(self.range.1, |(next, _)| *next)
    }
}

/// How far open a state is, of what can be drawn.
const fn height(state: &GateState) -> usize {
    match state {
        GateState::NotEvaluable(_) | GateState::NotOpen => 0,
        GateState::CannotTell => 3,
        GateState::AwaitsNotice { .. } | GateState::AwaitsCertificate { .. } => 5,
        GateState::Opened { .. } => 7,
    }
}

/// Where a gate stands at every number of days, as a chart and a list.
#[must_use]
pub fn gate_sweep_text(report: &GateReport<'_>) -> String {
    let mut out = String::new();
    let (lever, checked) = (report.lever, report.checked);
    push(&mut out, &format!("{}  (line {})", lever.name, lever.line));
    labelled(&mut out, "", 2, &format!("written {}", lever.words));
    let (from, until) = report.window;
    let over = format!(
        "swept from {} to {} days; records of {} to {}, all times {}",
        report.range.0,
        report.range.1,
        local(checked, from),
        local(checked, until),
        checked.agreement().clock.zone_name
    );
    labelled(&mut out, "", 2, &over);
    let mut groups: Vec<Vec<&GateCurve>> = Vec::new();
    for curve in report.curves {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| first.steps == curve.steps)) {
            Some(group) => group.push(curve),
            None => groups.push(vec![curve]),
        }
    }
    for group in &groups {
        let Some(curve) = group.first() else {
            continue;
        };
        out.push('\n');
        if group.len() < report.curves.len() {
            let each: Vec<_> = group.iter().map(|curve| curve.answers.clone()).collect();
            labelled(&mut out, "", 0, &format!("as {} has it:", reading_phrase(checked, &each)));
        }
        let swept = report.swept();
        let drawn = (0..super::text::COLUMNS).map(|column| {
            let at = begins(&swept, column).min(report.range.1);
            let passed = curve.steps.partition_point(|(from, _)| *from <= at);
            let state = passed.checked_sub(1).and_then(|last| curve.steps.get(last));
            let glyphs = if report.ascii { LETTERS } else { super::text::BLOCKS };
            state.and_then(|(_, state)| glyphs.get(height(state))).copied().unwrap_or(' ')
        });
        push(&mut out, &format!("{}{}", pad("    how far open", 24), drawn.collect::<String>()));
        axis(&swept, 24, &mut out);
        out.push('\n');
        push(&mut out, "  Every step, and nothing between");
        for (from, state) in &curve.steps {
            labelled(&mut out, &format!("    from {from}"), 16, state.word());
        }
    }
    harmless(&out)
}

/// Every step, as RFC 4180 CSV with a header line.
#[must_use]
pub fn gate_sweep_csv(report: &GateReport<'_>) -> String {
    let mut out = "lever,unit,reading,from,until,state\r\n".to_owned();
    for curve in report.curves {
        let labels = reading(report.checked, &curve.answers).join("; ");
        for (index, (from, state)) in curve.steps.iter().enumerate() {
            let until = report.until(curve, index).to_string();
            let cells = [&report.lever.name, "days", &labels, &from.to_string(), &until, state.word()];
            out += &cells.map(quoted).join(",");
            out += "\r\n";
        }
    }
    out
}

/// The same, as one JSON object.
#[must_use]
pub fn gate_sweep_json(report: &GateReport<'_>) -> Value {
    let curves = report.curves.iter().map(|curve| {
        let steps = curve.steps.iter().enumerate().map(|(index, (from, state))| {
            json!({ "from": from, "until": report.until(curve, index), "state": state.word() })
        });
        json!({ "reading": reading(report.checked, &curve.answers), "steps": steps.collect::<Vec<_>>() })
    });
    json!({
        "format": "armistice.sweep/1",
        "lever": lever_json(report.lever),
        "from": report.range.0,
        "to": report.range.1,
        "period": super::period(report.checked, report.window),
        "curves": curves.collect::<Vec<_>>(),
    })
}
