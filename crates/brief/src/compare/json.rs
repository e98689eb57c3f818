//! The comparison as JSON: every record, finding, standing and gate that
//! changed.

use armistice_assess::{
    Became, Changed, Comparison, FindingChange, GateClock, Outcome, Run, StandingChange, Totals, first_after,
};
use serde_json::{Value, json};

use super::records::value;
use super::versions;
use crate::Report;
use crate::json::{held, instant, pretty, variant_reading, window};
use crate::words::{party, reading};

/// A comparison as JSON. The report is of the later state.
#[must_use]
pub fn comparison_json(comparison: &Comparison<'_>, report: &Report<'_>) -> String {
    let now = &comparison.now;
    let agreement = now.checked.agreement();
    let by = |at: Option<jiff::Timestamp>| at.map(|at| instant(now, first_after(at)));
    pretty(&json!({
        "agreement": { "title": agreement.title, "time_zone": agreement.clock.zone_name },
        "as_known_by": [by(comparison.then.as_of), by(now.as_of)],
        "period": window(now, now.window),
        "records_without_date_of_knowledge": now.undated,
        "records": {
            "all": totals(&comparison.all),
            "of_period": totals(&comparison.in_period),
            "changed": comparison.records.iter().map(|c| record(report, c)).collect::<Vec<_>>(),
        },
        "findings": comparison.findings.iter().map(|f| finding(comparison, f)).collect::<Vec<_>>(),
        "standings": comparison.standings.iter().map(|s| standing(comparison, s)).collect::<Vec<_>>(),
        "gates": comparison.gates.iter().map(|g| json!({
            "gate": agreement.gates.get(g.gate).map(|gate| gate.name.as_str()),
            "reading": reading(now.checked, &g.is.answers),
            "then": clock(&g.was),
            "now": clock(&g.is),
        })).collect::<Vec<_>>(),
    }))
}

fn totals(totals: &Totals) -> Value {
    let fields: serde_json::Map<String, Value> =
        totals.fields.iter().map(|(field, count)| (field.word().to_owned(), json!(count))).collect();
    json!({
        "new": totals.new,
        "withdrawn": totals.withdrawn,
        "in_both": totals.both,
        "revised": totals.revised,
        "revised_by_field": fields,
    })
}

fn record(report: &Report<'_>, changed: &Changed) -> Value {
    let (was, is) = versions(report, changed);
    let origin = |version: &super::Version| {
        let origin = &version.record.origin;
        json!({ "dataset": origin.dataset, "file": origin.file, "line": origin.line,
                "known": version.record.known.map(|at| crate::words::utc(at.as_second())) })
    };
    let mut told = json!({
        "record": changed.id,
        "in_period": changed.in_period,
        "then": was.as_ref().map(origin),
        "now": is.as_ref().map(origin),
    });
    let (became, rest) = match &changed.became {
        Became::New => ("new", Value::Null),
        Became::Withdrawn(by) => {
            let by = by.as_ref().map(|by| json!({ "record": by.id, "note": by.note, "origin": by.origin }));
            ("withdrawn", json!(by))
        }
        Became::Revised(fields) => {
            let pair = was.as_ref().zip(is.as_ref());
            let each = fields.iter().filter_map(|field| {
                let (was, is) = pair?;
                Some(json!({ "field": field.word(), "was": value(report, *field, was), "is": value(report, *field, is) }))
            });
            ("revised", json!(each.collect::<Vec<_>>()))
        }
    };
    if let Some(map) = told.as_object_mut() {
        map.insert("became".to_owned(), json!(became));
        match became {
            "withdrawn" => map.insert("withdrawn_by".to_owned(), rest),
            "revised" => map.insert("fields".to_owned(), rest),
            _ => None,
        };
    }
    told
}

fn finding(comparison: &Comparison<'_>, change: &FindingChange) -> Value {
    let now = &comparison.now;
    let provision = now.checked.agreement().provisions.get(change.provision);
    json!({
        "id": change.id,
        "provision": provision.map(|p| p.id.as_str()),
        "record": change.record,
        "readings": change.readings.iter().map(|(variant, was, is)| json!({
            "reading": variant_reading(now, *variant),
            "then": answer(comparison, *was),
            "now": answer(comparison, *is),
        })).collect::<Vec<_>>(),
        "because_of": change.causes.iter().filter_map(|at| comparison.records.get(*at))
            .map(|c| c.id.as_str()).collect::<Vec<_>>(),
    })
}

fn answer(comparison: &Comparison<'_>, answer: Outcome) -> Value {
    let agreement = comparison.now.checked.agreement();
    match answer {
        Outcome::Found { verdict, candidates, rung } => json!({
            "verdict": verdict.word(),
            "by_at_least_one_of": agreement.actors_in(candidates).map(|a| a.name.as_str()).collect::<Vec<_>>(),
            "support": rung.word(),
        }),
        other => json!({ "verdict": other.word() }),
    }
}

fn standing(comparison: &Comparison<'_>, change: &StandingChange) -> Value {
    let now = &comparison.now;
    let provision = now.checked.agreement().provisions.get(change.provision);
    json!({
        "provision": provision.map(|p| p.id.as_str()),
        "party": change.party.map(|_| party(now, change.party)),
        "then": change.was.word(),
        "now": change.is.word(),
        "readings": change.readings.iter()
            .map(|r| json!({ "then": held(now, &r.was), "now": held(now, &r.is) })).collect::<Vec<_>>(),
    })
}

fn clock(clock: &GateClock) -> Value {
    let run = |run: Option<Run>| run.map(|r| json!({ "days": r.days, "since": r.since.to_string() }));
    json!({
        "state": clock.state.word(),
        "running": run(clock.running),
        "longest": run(clock.longest),
        "longest_kept": run(clock.longest_kept),
        "last_reset": clock.last_reset.as_ref().map(|d| d.date.to_string()),
        "days": clock.days.iter()
            .map(|d| json!({ "day": d.date.to_string(), "state": d.state.word() })).collect::<Vec<_>>(),
    })
}
