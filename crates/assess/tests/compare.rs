//! What changed between two states of knowledge, and why.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use armistice_assess::{Became, Comparison, Evidence, Field, Options, Outcome, Standing, Verdict, compare};
use armistice_records::{Direction, Effect, Estimate, Kind, Record, batches_of};
use armistice_terms::{Checked, Units};
use jiff::civil::date;

use common::*;

const EARLY: &str = "2020-02-01T00:00Z";
const LATE: &str = "2020-03-01T00:00Z";

/// A directed attack of the north on the south, on one day of January 2020.
fn attack(id: &str, day: i8, known: &str) -> Record {
    let mut made = record(id, Kind::Incident, date(2020, 1, day), 1);
    made.direction = Direction::AOnB;
    made.known = Some(known.parse().unwrap());
    made.origin.sha256 = [u8::try_from(day).unwrap(); 32];
    made
}

fn retraction(id: &str, of: &str, known: &str) -> Record {
    let mut made = notice(id, Kind::Retraction, Effect::Withdrawn, &[], date(2020, 1, 20), 1);
    made.known = Some(known.parse().unwrap());
    made.message.as_mut().unwrap().subject = vec![of.to_owned()];
    made.note = Some(format!("{id} says so"));
    made
}

fn between<'a>(checked: &'a Checked, records: &[Record], [one, other]: [&str; 2]) -> Comparison<'a> {
    let batches = batches_of(records).unwrap();
    let (datasets, units) = (everything(), Units::default());
    let evidence = Evidence { batches: &batches, datasets: &datasets, units: &units, unread: 0 };
    let period = Some(("2020-01-01T22:00Z".parse().unwrap(), JAN_9.parse().unwrap()));
    let options = Options { period, ..Options::default() };
    compare(checked, evidence, options, one.parse().unwrap(), other.parse().unwrap()).unwrap()
}

fn verdicts(compared: &Comparison<'_>, id: &str) -> (Outcome, Outcome) {
    let found = compared.findings.iter().find(|f| f.id == id).unwrap();
    (found.readings[0].1, found.readings[0].2)
}

const fn is(answer: Outcome, wanted: Verdict) -> bool {
    matches!(answer, Outcome::Found { verdict, .. } if verdict as u8 == wanted as u8)
}

#[test]
fn what_became_of_each_record_and_of_its_finding() {
    let checked = checked();
    let mut revised = attack("r-revised", 5, "2020-02-10T00:00Z");
    revised.happened = record("", Kind::Incident, date(2019, 12, 4), 1).happened;
    revised.deaths = Some(Estimate { low: 7, best: 8, high: 9 });
    revised.origin.sha256 = [77; 32];
    let mut again = attack("r-again", 6, "2020-02-10T00:00Z");
    again.origin.sha256 = [78; 32];
    again.side_a = again.side_a.iter().map(|name| name.to_uppercase()).collect();
    let records = [
        attack("r-gone", 4, "2020-01-10T00:00Z"),
        retraction("back-b", "r-gone", "2020-02-10T00:00Z"),
        retraction("back-a", "r-gone", "2020-02-10T00:00Z"),
        attack("r-revised", 5, "2020-01-10T00:00Z"),
        revised,
        attack("r-again", 6, "2020-01-10T00:00Z"),
        again,
        attack("r-new", 7, "2020-02-10T00:00Z"),
        attack("r-later", 8, "2020-04-01T00:00Z"),
    ];
    let compared = between(&checked, &records, [EARLY, LATE]);
    let ids: Vec<&str> = compared.records.iter().map(|r| r.id.as_str()).collect();
    assert_eq!(ids, ["r-gone", "r-new", "r-revised"]);
    let Became::Withdrawn(Some(by)) = &compared.records[0].became else {
        panic!("{:?}", compared.records[0]);
    };
    // Of two at one moment, the first by id.
    assert_eq!((by.id.as_str(), by.note.as_deref()), ("back-a", Some("back-a says so")));
    assert_eq!(compared.records[1].became, Became::New);
    let Became::Revised(fields) = &compared.records[2].became else {
        panic!("{:?}", compared.records[2]);
    };
    assert!([Field::Begins, Field::Ends, Field::Best].iter().all(|f| fields.contains(f)), "{fields:?}");
    let all = &compared.all;
    assert_eq!((all.new, all.withdrawn, all.both, all.revised, all.of(Field::Begins)), (1, 1, 2, 1, 1));

    let (was, now) = verdicts(&compared, "1:r-gone");
    assert!(is(was, Verdict::Breach) && now == Outcome::NotKnown);
    let (was, now) = verdicts(&compared, "1:r-new");
    assert!(was == Outcome::NotKnown && is(now, Verdict::Breach));
    let (was, now) = verdicts(&compared, "1:r-revised");
    assert!(is(was, Verdict::Breach) && now == Outcome::OutsidePeriod);
    // What is told anew in the same words changes nothing.
    assert!(compared.findings.iter().all(|f| f.record != "r-again"));
    for finding in &compared.findings {
        assert_eq!(compared.records[finding.causes[0]].id, finding.record);
    }
    let counts = compared.standings[0].readings[0].clone();
    assert_eq!((counts.was.counts.breaches, counts.is.counts.breaches), (3, 2));
}

#[test]
fn a_finding_may_change_for_a_notice_or_another_report() {
    let checked = checked();
    let mut denial = notice("denial", Kind::Notification, Effect::Denied, &["somebody else"], date(2020, 1, 30), 1);
    denial.message.as_mut().unwrap().subject = vec!["r-1".to_owned()];
    denial.known = Some("2020-02-10T00:00Z".parse().unwrap());
    let mut first = attack("r-2", 5, "2020-01-10T00:00Z");
    first.independence_groups = vec!["an agency".to_owned()];
    let mut second = attack("r-3", 5, "2020-02-10T00:00Z");
    second.independence_groups = vec!["a hospital".to_owned()];
    second.event = Some("r-2".to_owned());
    let records = [attack("r-1", 4, "2020-01-10T00:00Z"), denial, first, second];
    let compared = between(&checked, &records, [LATE, EARLY]);
    let causes = |id: &str| -> Vec<&str> {
        let found = compared.findings.iter().find(|f| f.id == id).unwrap();
        found.causes.iter().map(|at| compared.records[*at].id.as_str()).collect()
    };
    let (was, now) = verdicts(&compared, "1:r-1");
    assert!(is(was, Verdict::Breach) && is(now, Verdict::CannotTell), "{was:?} {now:?}");
    assert_eq!(causes("1:r-1"), ["denial"]);
    // Reported by one, then by two: the verdict stands, on firmer ground.
    let (was, now) = verdicts(&compared, "1:r-2");
    assert!(is(was, Verdict::Breach) && is(now, Verdict::Breach) && was != now);
    assert_eq!(causes("1:r-2"), ["r-3"]);
    // Two reports of one event are one event.
    assert!(compared.now.findings.iter().filter(|f| f.event.as_deref() == Some("r-2")).count() >= 2);
}

#[test]
fn both_are_assessed_over_one_period_which_the_earlier_date_ends() {
    let checked = checked();
    let records = [attack("r-1", 4, "2020-01-04T12:00Z"), attack("r-2", 7, "2020-01-07T12:00Z")];
    let compared = between(&checked, &records, ["2020-01-05T22:00Z", LATE]);
    assert_eq!(compared.then.window, compared.now.window);
    assert_eq!(compared.now.window.1, "2020-01-05T22:00Z".parse::<jiff::Timestamp>().unwrap().as_second());
    // It became known since, and tells of a time that the comparison is not of.
    assert_eq!((compared.all.new, compared.in_period.new), (1, 0));
    assert!(compared.findings.is_empty() && compared.standings.is_empty());
    assert_eq!(standing(&compared.then, 0, 1), Standing::Breached);
}

#[test]
fn nothing_changed_is_said_by_nothing() {
    let checked = checked();
    let records = [attack("r-1", 4, "2020-01-10T00:00Z"), retraction("back", "r-0", "2020-02-10T00:00Z")];
    let compared = between(&checked, &records, [EARLY, LATE]);
    assert!(compared.records.is_empty() && compared.findings.is_empty());
    assert!(compared.standings.is_empty() && compared.gates.is_empty());
    assert_eq!((compared.all.both, compared.all.revised), (1, 0));
}
