//! The real agreements of the gallery on real records: figures that anyone can
//! count again, and the reports as a monitor sees them.

mod common;

use armistice_assess::{Found, GateState, Relation, Span, Standing, Toll, Truth, Verdict, explain};
use armistice_brief::{Report, assessment_json, assessment_text, explanation_text, findings_csv};
use common::{Loaded, gallery};

fn rate(toll: &Toll, days: u32) -> [f64; 3] {
    let k = &toll.killed;
    [k.low, k.best, k.high].map(|n| (n as f64 / f64::from(days) * 100.0).round() / 100.0)
}

fn rates(span: &Span) -> [[f64; 3]; 2] {
    [rate(&span.between, span.days), rate(&span.all, span.days)]
}

#[test]
fn february_scope_decides_the_verdict() {
    let loaded = gallery("syria-cessation-2016");
    let series = loaded.assess().series;
    // Killed per day, low, best and high: between the parties, then all records.
    assert_eq!(rates(series.baseline.as_ref().unwrap()), [[62.46, 62.46, 63.0], [98.54, 98.58, 100.85]]);
    assert_eq!(rates(&series.period), [[20.14, 20.29, 21.29], [92.71, 92.86, 94.57]]);
}

#[test]
fn september_counts() {
    let loaded = gallery("syria-geneva-2016");
    let series = loaded.assess().series;
    assert_eq!(series.begun, 109);
    let pair = |relation, a: &str, b: &str| series.dyads[&(relation, a.to_owned(), b.to_owned())].records;
    assert_eq!(pair(Relation::BetweenParties, "Government of Syria", "Syrian insurgents"), 60);
    assert_eq!(pair(Relation::ExcludedGroup, "Government of Syria", "IS"), 23);
}

fn of(found: &[Found], provision: usize) -> impl Iterator<Item = &Found> {
    found.iter().filter(move |f| f.provision == provision)
}

#[test]
fn september_binds_only_while_renewal_is_on_record() {
    let loaded = gallery("syria-geneva-2016");
    let assessment = loaded.assess();
    let second = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_second();
    let begins = second("2016-09-12T19:00:00+03:00");
    let ends = second("2016-09-16T19:00:00+03:00");
    let breaches: Vec<&Found> = of(&assessment.findings, 0)
        .filter(|f| f.judgements.iter().any(|(_, j)| j.verdict == Verdict::Breach))
        .collect();
    assert_eq!(breaches.len(), 9);
    assert!(breaches.iter().all(|f| f.from >= begins && f.until <= ends));
    // The day the truce began at 19:00, and what came after the last renewal.
    let late = of(&assessment.findings, 0).filter(|f| f.until > ends || f.from < begins).count();
    assert!(late > 30, "{late}");

    // Without the decisions nothing after the first 48 hours is a breach.
    let records = &loaded.batches[..1];
    let without = armistice_assess::assess(&loaded.checked, loaded.evidence(records), loaded.options()).unwrap();
    let first_end = second("2016-09-14T19:00:00+03:00");
    let kept = |f: &&Found| f.judgements.iter().any(|(_, j)| j.verdict == Verdict::Breach);
    assert!(of(&without.findings, 0).filter(kept).all(|f| f.until <= first_end));
}

#[test]
fn an_excluded_group_is_nobodys_breach() {
    for name in ["syria-geneva-2016", "syria-cessation-2016"] {
        let loaded = gallery(name);
        let assessment = loaded.assess();
        let columns: Vec<_> =
            loaded.batches.iter().map(|b| armistice_records::RecordColumns::try_new(b).unwrap()).collect();
        for found in of(&assessment.findings, 0) {
            let view = &columns[found.at.0];
            for side in [view.side_a.get(found.at.1), view.side_b.get(found.at.1)] {
                assert!(side.is_none_or(|s| s.split('|').all(|n| n != "IS")), "{}", found.id);
            }
        }
    }
}

#[test]
fn september_gate_and_standings() {
    let loaded = gallery("syria-geneva-2016");
    let assessment = loaded.assess();
    let first = &assessment.gates[0][0];
    assert_eq!(first.state, GateState::NotOpen);
    assert_eq!(first.last_reset.as_ref().unwrap().date.to_string(), "2016-09-15");
    let other = assessment.gates[0].iter().find(|c| c.state != GateState::NotOpen).unwrap();
    assert_eq!(other.state, GateState::CannotTell);
    // The clash does not say who acted: the whole is breached, no party is.
    let rows = &assessment.standings[0].rows;
    assert_eq!(rows[0].readings[0].standing, Standing::Breached);
    assert!(rows[1..].iter().all(|r| r.readings[0].standing == Standing::NotDeterminable));
    assert_eq!(rows[0].standing, Standing::Disputed);
}

#[test]
fn near_the_castello_road_it_cannot_be_told() {
    let loaded = gallery("syria-geneva-2016");
    let evidence = loaded.evidence(&loaded.batches);
    let explained = |id: &str| explain(&loaded.checked, evidence, loaded.options(), id).unwrap();
    // Hreitan, north-west of the road's end.
    let near = explained("3.a:ged-227937");
    assert!(near.judgements.iter().all(|(_, j)| j.placing.truth == Truth::Unknown));
    assert!(near.judgements.iter().all(|(_, j)| j.verdict == Verdict::CannotTell));
    // The middle of Aleppo, across the road.
    let far = explained("3.a:ged-227958");
    assert!(far.judgements.iter().all(|(_, j)| j.placing.truth == Truth::False));
}

fn report_text(loaded: &Loaded) -> String {
    let assessment = loaded.assess();
    assessment_text(&Report::new(&assessment, &loaded.batches, &loaded.datasets, &[]))
}

#[test]
fn reports_as_a_monitor_sees_them() {
    insta::assert_snapshot!("september", report_text(&gallery("syria-geneva-2016")));
    insta::assert_snapshot!("february", report_text(&gallery("syria-cessation-2016")));
}

#[test]
fn a_day_of_23_hours_is_a_day_like_the_others() {
    // On 29 March 2015 clocks in Kyiv went forward: its records are dated no
    // better than those of 15 February, and do not come before them.
    let text = report_text(&gallery("minsk-package-2015"));
    let listed: Vec<&str> = text.lines().filter(|l| l.contains("recorded breach: ")).collect();
    assert_eq!(listed.len(), 8);
    let first = listed.first().unwrap();
    assert!(first.contains("recorded breach: 2015-02-15"), "{first}");
    assert!(!text.contains("recorded breach: 2015-03-29"), "{text}");
}

#[test]
fn explanations_as_a_monitor_sees_them() {
    let loaded = gallery("syria-geneva-2016");
    let evidence = loaded.evidence(&loaded.batches);
    for (name, id) in [
        ("a_breach", "1.a:ged-227759"),
        ("cannot_tell", "3.a:ged-227937"),
        ("an_excluded_group", "1.a:ged-227891"),
        ("not_evaluable", "5.a:ged-227759"),
    ] {
        let explained = explain(&loaded.checked, evidence, loaded.options(), id).unwrap();
        insta::assert_snapshot!(name, explanation_text(&explained));
    }
}

#[test]
fn deaths_never_stand_without_low_and_high() {
    for name in ["syria-geneva-2016", "syria-cessation-2016", "minsk-package-2015"] {
        for line in report_text(&gallery(name)).lines() {
            for (at, _) in line.match_indices("killed ") {
                let rest = &line[at + 7..];
                let digits = rest.chars().take_while(char::is_ascii_digit).count();
                assert!(digits == 0 || rest[digits..].starts_with(" ["), "{line}");
            }
        }
    }
}

#[test]
fn json_and_csv_are_whole() {
    let loaded = gallery("syria-geneva-2016");
    let assessment = loaded.assess();
    let report = Report::new(&assessment, &loaded.batches, &loaded.datasets, &[]);
    let json: serde_json::Value = serde_json::from_str(&assessment_json(&report)).unwrap();
    let ids: Vec<&str> = json["findings"].as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap()).collect();
    let days = json["gates"][0]["readings"][0]["days"].as_array().unwrap();
    assert_eq!(days.len(), 7);
    for day in days {
        for id in day["findings"].as_array().unwrap() {
            assert!(ids.contains(&id.as_str().unwrap()));
        }
    }
    let csv = findings_csv(&report);
    let columns = csv.lines().next().unwrap().split(',').count();
    assert_eq!(columns, 24);
    // Every row is as wide as the header: commas outside quotes, and one more.
    for row in csv.split("\r\n").filter(|row| !row.is_empty()) {
        let (mut quoted, mut cells) = (false, 1);
        for c in row.chars() {
            quoted ^= c == '"';
            cells += usize::from(c == ',' && !quoted);
        }
        assert_eq!(cells, columns, "{row}");
    }
    assert!(csv.lines().count() > ids.len());
    assert!(csv.split("\r\n").skip(1).all(|line| !line.starts_with(['=', '+', '@'])));
}
