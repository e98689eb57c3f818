//! The answer as JSON, for machines: keys sorted, numbers plain, every
//! finding with every point under every reading.

use armistice_assess::{
    Assessment, Bearing, Cure, Dimension, GateClock, GateState, Held, Judgement, Killed, Reported, Run, Share, Toll,
    first_after,
};
use armistice_records::Votes;
use armistice_terms::ActorSet;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::Report;
use crate::adherents;
use crate::exchanges;
use crate::stocks;
use crate::words::{local, party, reading, row_killed, utc};

/// More judgements than this are not written as JSON: each takes some 20 kB
/// while the answer is put together. As CSV they can be.
pub const MOST_IN_JSON: usize = 100_000;

/// The whole assessment as JSON, two spaces to a level, ending in a newline.
#[must_use]
pub fn assessment_json(report: &Report<'_>) -> String {
    let assessment = report.assessment;
    let agreement = assessment.checked.agreement();
    let value = json!({
        "agreement": {
            "title": agreement.title,
            "time_zone": agreement.clock.zone_name,
            "day_start": agreement.clock.day_start.to_string(),
            "standard_of_proof": agreement.standard_of_proof,
        },
        "period": window(assessment, assessment.window),
        "baseline": assessment.baseline.map(|b| window(assessment, b)),
        "records": {
            "loaded": assessment.records,
            "in_period": assessment.in_period,
            "taken_back": assessment.taken_back,
            "versions_superseded": assessment.superseded,
            "not_by_their_own_origin": assessment.not_theirs.iter().map(|one| json!({
                "record": one.record, "by": one.by, "retraction": one.retraction,
            })).collect::<Vec<_>>(),
            "notices_not_believed": assessment.disbelieved,
        },
        "questions": assessment.checked.questions.iter().map(|q| json!({
            "alternatives": q.labels,
            "brackets": q.brackets.iter().map(|bracket| &bracket.words).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "standings": standings(assessment),
        "determinations": determinations(assessment),
        "referrals": referrals(assessment),
        "adherents": adherents::adherents(assessment),
        "phases": phases(assessment),
        "inventories": stocks::stocks(assessment),
        "exchanges": exchanges::exchanges(assessment),
        "gates": gates(assessment),
        "findings": assessment.findings.iter().map(|f| finding(report, f)).collect::<Vec<_>>(),
        "series": series(report),
        "reported": assessment.reported.iter().map(|r| reported(assessment, r)).collect::<Vec<_>>(),
        "as_known_by": assessment.as_of.map(|at| instant(assessment, first_after(at))),
        "records_without_date_of_knowledge": assessment.undated,
        "notices": notices(assessment),
        "datasets": report.datasets.iter().map(|d| json!({
            "name": d.name,
            "attribution": d.attribution,
            "caveats": d.caveats,
            "lethal_only": d.reach.lethal_only,
            "tells_who_acted": d.reach.tells_who_acted,
            "tells_weapons": d.reach.tells_weapons,
            "counts_events": d.reach.counts_events,
        })).collect::<Vec<_>>(),
        "remarks": report.remarks.iter().map(|(text, rows)| json!({ "text": text, "rows": rows })).collect::<Vec<_>>(),
    });
    pretty(&value)
}

pub(crate) fn pretty(value: &Value) -> String {
    // A `Value` has string keys only, so writing it cannot fail.
    let mut out = serde_json::to_string_pretty(value).unwrap_or_default();
    out.push('\n');
    out
}

pub(crate) fn instant(assessment: &Assessment<'_>, second: i64) -> Value {
    json!({ "local": local(assessment.checked, second), "utc": utc(second) })
}

pub(crate) fn window(assessment: &Assessment<'_>, (from, until): (i64, i64)) -> Value {
    json!({ "from": instant(assessment, from), "until": instant(assessment, until) })
}

fn standings(assessment: &Assessment<'_>) -> Vec<Value> {
    let agreement = assessment.checked.agreement();
    let each = assessment.standings.iter().filter_map(|s| Some((s, agreement.provisions.get(s.provision)?)));
    each.map(|(standing, provision)| {
        json!({
            "provision": provision.id,
            "title": provision.citation.title,
            "term": provision.words,
            "source_text": &*provision.citation.quoted,
            "line": provision.citation.line,
            "rows": standing.rows.iter().map(|row| json!({
                "party": row.party.map(|_| party(assessment, row.party)),
                "standing": row.standing.word(),
                "readings": row.readings.iter().map(|h| held(assessment, h)).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "out_of_scope": standing.out_of_scope.iter()
                .map(|(reason, count)| json!({ "reason": reason.slug(), "records": count })).collect::<Vec<_>>(),
        })
    })
    .collect()
}

pub(crate) fn held(assessment: &Assessment<'_>, held: &Held) -> Value {
    json!({
        "reading": variant_reading(assessment, held.variant),
        "standing": held.standing.word(),
        "rule": held.ground as u8,
        "because": held.because,
        "breaches": held.counts.breaches,
        "breaches_by_it_or_another": held.counts.shared,
        "cannot_tell": held.counts.cannot_tell,
        "excepted": held.counts.excepted,
        "persistence": held.persistence.map(|told| told.word()),
        "for_people": for_people(assessment, held),
    })
}

/// What bears on it, where only people can judge.
fn for_people(assessment: &Assessment<'_>, held: &Held) -> Value {
    let on = assessment.for_people.iter().find(|f| f.variant == held.variant);
    on.map_or(Value::Null, |on| json!({ "records": on.records, "first": on.first, "notices": on.notices }))
}

/// What is on record of a breach's cure.
fn cure(assessment: &Assessment<'_>, variant: usize, cure: &Cure) -> Value {
    json!({
        "reading": variant_reading(assessment, variant),
        "state": cure.state.word(),
        "until": Timestamp::from_second(cure.until).ok().map(|at| at.to_string()),
        "by": cure.by,
    })
}

fn reported(assessment: &Assessment<'_>, reported: &Reported) -> Value {
    let variant = assessment.variants.get(reported.variant);
    json!({
        "provision": variant.map(|v| v.provision.id.as_str()),
        "reading": variant_reading(assessment, reported.variant),
        "recorded_breaches": share(assessment, &reported.breaches),
        "cannot_be_told": share(assessment, &reported.untold),
    })
}

fn share(assessment: &Assessment<'_>, share: &Share) -> Value {
    let agreement = assessment.checked.agreement();
    let names = |set| agreement.actors_in(set).map(|a| a.name.as_str()).collect::<Vec<_>>();
    let rungs: serde_json::Map<String, Value> =
        share.rungs.iter().map(|(rung, count)| (rung.word().to_owned(), json!(count))).collect();
    json!({
        "events": share.events,
        "support": rungs,
        "told_by": share.tellers.iter().map(|teller| json!({
            "origin": teller.origin,
            "speaks_for": names(teller.speaks_for),
            "may_speak_for": names(teller.may_speak_for),
            "by_at_least_one_of": names(teller.concerning),
            "events": teller.events,
        })).collect::<Vec<_>>(),
    })
}

pub(crate) fn variant_reading(assessment: &Assessment<'_>, variant: usize) -> Vec<String> {
    assessment.variants.get(variant).map(|v| reading(assessment.checked, &v.answers)).unwrap_or_default()
}

/// A judgement's points, with its arithmetic rounded to what it is worth: a
/// tenth of a metre, a ten-thousandth of probability.
pub(crate) fn judgement(assessment: &Assessment<'_>, variant: usize, judgement: &Judgement) -> Value {
    let tenth = |metres: armistice_geodesy::Metres| (metres.get() * 10.0).round() / 10.0;
    let agreement = assessment.checked.agreement();
    let points: serde_json::Map<String, Value> = Dimension::ALL
        .into_iter()
        .map(|d| {
            let point = judgement.point(d);
            let told =
                json!({ "is": point.truth.word(), "reason": point.reason.slug(), "because": point.reason.text() });
            (d.word().to_owned(), told)
        })
        .collect();
    json!({
        "reading": variant_reading(assessment, variant),
        "verdict": judgement.verdict.word(),
        "by_at_least_one_of": agreement.actors_in(judgement.candidates).map(|a| a.name.as_str()).collect::<Vec<_>>(),
        "points": points,
        "support": judgement.rung.word(),
        "share_of_time_in_force": (judgement.in_force * 10_000.0).round() / 10_000.0,
        "distance_m": judgement.placing.distance.map(tenth),
        "radius95_m": judgement.placing.radius.map(tenth),
        "probability_in_zone": judgement.placing.probability.map(|p| (p * 10_000.0).round() / 10_000.0),
    })
}

fn finding(report: &Report<'_>, found: &armistice_assess::Found) -> Value {
    let assessment = report.assessment;
    let provision = assessment.checked.agreement().provisions.get(found.provision);
    let row = report.row(found.at);
    json!({
        "id": found.id,
        "provision": provision.map(|p| p.id.as_str()),
        "record": found.record,
        "event": found.event,
        "happened": window(assessment, (found.from, found.until)),
        "killed": row.and_then(|(c, r)| row_killed(c, r)).map(killed),
        "readings": found.judgements.iter().map(|(v, j)| judgement(assessment, *v, j)).collect::<Vec<_>>(),
        "cures": found.cures.iter().map(|(v, c)| cure(assessment, *v, c)).collect::<Vec<_>>(),
    })
}

pub(crate) fn killed(killed: Killed) -> Value {
    json!({ "low": killed.low, "best": killed.best, "high": killed.high })
}

fn toll(toll: &Toll) -> Value {
    json!({ "records": toll.records, "records_stating_deaths": toll.stated, "killed": killed(toll.killed) })
}

fn run(run: Option<Run>) -> Value {
    run.map_or(Value::Null, |r| json!({ "days": r.days, "since": r.since.to_string() }))
}

fn phases(assessment: &Assessment<'_>) -> Vec<Value> {
    let phases = assessment.checked.agreement().phases.iter().zip(&assessment.phases);
    let each = phases.map(|(phase, clocks)| {
        json!({
            "phase": phase.name,
            "title": phase.title,
            "line": phase.citation.line,
            "readings": clocks.iter().map(|clock| json!({
                "reading": reading(assessment.checked, &clock.answers),
                "stretches": clock.stretches.iter().map(|(from, until, state)| json!({
                    "from": instant(assessment, *from),
                    "until": instant(assessment, *until),
                    "state": state.word(),
                })).collect::<Vec<_>>(),
                "on_record": clock.by,
            })).collect::<Vec<_>>(),
        })
    });
    each.collect()
}

fn gates(assessment: &Assessment<'_>) -> Vec<Value> {
    let gates = assessment.checked.agreement().gates.iter().zip(&assessment.gates);
    gates
        .map(|(gate, clocks)| {
            json!({
                "gate": gate.name,
                "clauses": gate.clauses,
                "consecutive_days": gate.days,
                "readings": clocks.iter().map(|c| clock(assessment, c)).collect::<Vec<_>>(),
            })
        })
        .collect()
}

fn clock(assessment: &Assessment<'_>, clock: &GateClock) -> Value {
    let ids = |day: &armistice_assess::Day| -> Vec<&str> {
        day.findings.iter().filter_map(|i| assessment.findings.get(*i)).map(|f| f.id.as_str()).collect()
    };
    let on = match &clock.state {
        GateState::Opened { on } | GateState::AwaitsCertificate { on } | GateState::AwaitsNotice { on } => {
            Some(on.to_string())
        }
        _ => None,
    };
    json!({
        "reading": reading(assessment.checked, &clock.answers),
        "state": clock.state.word(),
        "complete_on": on,
        "running": run(clock.running),
        "longest": run(clock.longest),
        "longest_kept": run(clock.longest_kept),
        "last_reset": clock.last_reset.as_ref().map(|d| json!({ "day": d.date.to_string(), "findings": ids(d) })),
        "days": clock.days.iter().map(|d| json!({
            "day": d.date.to_string(),
            "state": d.state.word(),
            "findings": ids(d),
        })).collect::<Vec<_>>(),
        "cannot_be_shown_kept": clock.unprovable.iter()
            .map(|(id, why)| json!({ "provision": id, "because": why })).collect::<Vec<_>>(),
        "certificates": clock.certificates,
        "notices": clock.notices,
        "declared_resets": clock.resets,
    })
}

fn series(report: &Report<'_>) -> Value {
    let series = &report.assessment.series;
    let span = |s: &armistice_assess::Span| json!({ "days": s.days, "between_the_parties": toll(&s.between), "all_records": toll(&s.all) });
    json!({
        "begun_in_period": series.begun,
        "not_good_to_the_day": series.not_day_precise,
        "period": span(&series.period),
        "baseline": series.baseline.as_ref().map(span),
        "daily": series.daily.iter().map(|(date, (ours, all))| json!({
            "day": date.to_string(), "between_the_parties": toll(ours), "all_records": toll(all),
        })).collect::<Vec<_>>(),
        "pairs": series.dyads.iter().map(|((relation, a, b), t)| json!({
            "relation": relation.word(), "side_a": a, "side_b": b, "toll": toll(t),
        })).collect::<Vec<_>>(),
    })
}

fn notices(assessment: &Assessment<'_>) -> Vec<Value> {
    let each = assessment.notices.iter();
    each.map(|n| {
        json!({
            "record": n.id,
            "kind": n.kind.word(),
            "effect": n.effect.word(),
            "by": n.record.side_a,
            "subject": n.subject,
            "happened": window(assessment, (n.from, n.to)),
            "until": n.until.map(|u| instant(assessment, u.as_second())),
            "count": n.record.message.as_ref().and_then(|m| m.count)
                .map(|c| json!({ "low": c.low, "best": c.best, "high": c.high })),
            "votes": n.record.message.as_ref().filter(|m| m.votes != Votes::default())
                .map(|m| json!({ "in_favour": m.votes.in_favour, "opposed": m.votes.opposed, "absent": m.votes.absent })),
            "note": n.record.note,
            "bearing": match assessment.bearing(n) {
                Bearing::Counted => json!("taken into account"),
                Bearing::Ignored(why) => json!(format!("changes nothing: {why}")),
                Bearing::Nothing => json!("bears on nothing judged here"),
            },
        })
    })
    .collect()
}

/// What bodies determined, beside what is found here.
fn determinations(assessment: &Assessment<'_>) -> Vec<Value> {
    let agreement = assessment.checked.agreement();
    let names = |set: ActorSet| agreement.actors_in(set).map(|a| a.name.clone()).collect::<Vec<_>>();
    let each = assessment.determined.iter().filter_map(|d| Some((d, assessment.variants.get(d.variant)?)));
    each.map(|(d, variant)| {
        json!({
            "provision": variant.provision.id,
            "reading": variant_reading(assessment, d.variant),
            "record": d.notice,
            "body": agreement.actors.get(d.body).map(|a| &a.name),
            "happened": window(assessment, d.when),
            "found": if d.done { "done" } else { "not done" },
            "about": d.about,
            "counts": d.counts.word(),
            "because": d.because,
            "in_favour": names(d.votes.in_favour),
            "dissent": names(d.votes.opposed),
            "absent": names(d.votes.absent),
            "note": d.note,
        })
    })
    .collect()
}

/// What was put to bodies, and what is on record of it.
fn referrals(assessment: &Assessment<'_>) -> Vec<Value> {
    let agreement = assessment.checked.agreement();
    let each = assessment.referred.iter().filter_map(|r| Some((r, assessment.variants.get(r.variant)?)));
    each.map(|(r, variant)| {
        json!({
            "provision": variant.provision.id,
            "reading": variant_reading(assessment, r.variant),
            "record": r.notice,
            "body": agreement.actors.get(r.body).map(|a| &a.name),
            "state": r.state.word(),
            "until": r.until.map(|at| instant(assessment, at)),
            "handed_on_to": agreement.actors_in(r.next).map(|a| a.name.clone()).collect::<Vec<_>>(),
        })
    })
    .collect()
}
