//! Two clocks: when it happened, and when it was known.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use armistice_assess::{Assessment, Evidence, EvidenceError, GateState, Options, Running, Standing, assess, explain};
use armistice_records::{Effect, Kind, Record, batches_of};
use armistice_terms::{Checked, Units};
use jiff::civil::date;

use common::*;

/// A directed attack of the north on the south, on one day of January 2020.
fn attack(id: &str, day: i8, known: &str) -> Record {
    let mut made = record(id, Kind::Incident, date(2020, 1, day), 1);
    made.direction = armistice_records::Direction::AOnB;
    made.known = Some(known.parse().unwrap());
    made.origin.sha256 = [u8::try_from(day).unwrap(); 32];
    made
}

fn retraction(of: &str, known: &str) -> Record {
    let mut made = notice("back", Kind::Retraction, Effect::Withdrawn, &[], date(2020, 1, 20), 1);
    made.known = Some(known.parse().unwrap());
    made.message.as_mut().unwrap().subject = vec![of.to_owned()];
    made
}

fn known_on<'a>(checked: &'a Checked, records: &[Record], at: Option<&str>) -> Assessment<'a> {
    let batches = batches_of(records).unwrap();
    let (datasets, units) = (everything(), Units::default());
    let evidence = Evidence { batches: &batches, datasets: &datasets, units: &units, unread: 0 };
    let period = Some(("2020-01-01T22:00Z".parse().unwrap(), JAN_9.parse().unwrap()));
    assess(checked, evidence, Options { period, baseline: None, as_of: at.map(|t| t.parse().unwrap()) }).unwrap()
}

/// The north's standing on clause 1.
fn north(assessment: &Assessment<'_>) -> Standing {
    standing(assessment, 0, 1)
}

#[test]
fn a_newer_version_supersedes_and_the_older_can_be_asked_for() {
    let checked = checked();
    // First told of the 4th; then of a day long before the truce.
    let mut moved = attack("r-1", 4, "2020-01-20T00:00Z");
    moved.happened = record("", Kind::Incident, date(2019, 12, 4), 1).happened;
    let records = [attack("r-1", 4, "2020-01-10T00:00Z"), moved];
    assert_eq!(north(&known_on(&checked, &records, None)), Standing::NoBreachRecorded);
    assert_eq!(north(&known_on(&checked, &records, Some("2020-01-15T00:00Z"))), Standing::Breached);
    assert_eq!(north(&known_on(&checked, &records, Some("2020-01-09T00:00Z"))), Standing::NoBreachRecorded);
}

#[test]
fn a_retraction_withdraws_from_the_day_it_is_known_and_a_newer_version_stands_again() {
    let checked = checked();
    let first = attack("r-1", 4, "2020-01-10T00:00Z");
    let back = retraction("r-1", "2020-01-20T00:00Z");
    let again = Record { known: Some("2020-01-30T00:00Z".parse().unwrap()), ..first.clone() };
    let records = [again, back, first];
    let on = |at| north(&known_on(&checked, &records, at));
    assert_eq!(on(Some("2020-01-15T00:00Z")), Standing::Breached);
    assert_eq!(on(Some("2020-01-19T23:59:59Z")), Standing::Breached);
    assert_eq!(on(Some("2020-01-20T00:00Z")), Standing::NoBreachRecorded);
    assert_eq!(on(None), Standing::Breached);
    // At one instant the retraction has the last word.
    let records = [attack("r-1", 4, "2020-01-20T00:00Z"), retraction("r-1", "2020-01-20T00:00Z")];
    assert_eq!(north(&known_on(&checked, &records, None)), Standing::NoBreachRecorded);
}

#[test]
fn a_version_without_a_date_is_the_oldest() {
    let checked = checked();
    let undated = Record { known: None, ..attack("r-1", 4, "2020-01-10T00:00Z") };
    let mut later = attack("r-1", 4, "2020-01-10T00:00Z");
    later.side_a = vec!["the others".to_owned()];
    later.origin.sha256 = [9; 32];
    let got = known_on(&checked, &[later, undated], None);
    assert_eq!(north(&got), Standing::NoBreachRecorded);
}

#[test]
fn a_record_loaded_twice_is_undated_once() {
    let checked = checked();
    let undated = Record { known: None, ..attack("r-1", 4, "2020-01-10T00:00Z") };
    let got = known_on(&checked, &[undated.clone(), undated.clone(), undated], None);
    assert_eq!((got.records, got.undated), (1, 1));
}

#[test]
fn of_two_accounts_of_one_moment_neither_is_the_later() {
    let checked = checked();
    let one = attack("r-1", 4, "2020-01-10T00:00Z");
    let mut other = one.clone();
    other.origin.sha256 = [1; 32];
    let (batches, units) = (batches_of(&[one.clone(), other.clone()]).unwrap(), Units::default());
    let evidence = Evidence { batches: &batches, datasets: &[], units: &units, unread: 0 };
    let told = assess(&checked, evidence, Options::default());
    assert!(matches!(told, Err(EvidenceError::TwoVersions { .. })), "{told:?}");
    assert!(told.unwrap_err().to_string().contains("say when each became known"));
    // A copy of the same version is no other.
    let got = known_on(&checked, &[one.clone(), one], None);
    assert_eq!(got.records, 1);
}

#[test]
fn what_cannot_be_taken_in_leaves_what_was_there() {
    let checked = checked();
    let (datasets, units) = (everything(), Units::default());
    let mut running = Running::new(&checked, &datasets, &units, Options::default());
    let batch = |records: &[Record]| batches_of(records).unwrap().remove(0);
    let one = attack("r-1", 4, "2020-01-10T00:00Z");
    let mut other = one.clone();
    other.origin.sha256 = [1; 32];
    running.accept(&batch(&[one])).unwrap();
    let before = format!("{:?}", running.assessment().unwrap().standings);
    assert!(running.accept(&batch(&[attack("r-2", 5, "2020-01-10T00:00Z"), other])).is_err());
    assert_eq!(format!("{:?}", running.assessment().unwrap().standings), before);
    running.accept(&batch(&[attack("r-2", 5, "2020-01-10T00:00Z")])).unwrap();
    assert_eq!(running.assessment().unwrap().records, 2);
}

#[test]
fn a_retraction_can_close_and_reopen_a_gate() {
    let checked = checked();
    let access = Record {
        known: Some("2020-01-01T00:00Z".parse().unwrap()),
        ..notice("a-1", Kind::Access, Effect::AccessFull, &["mission"], date(2020, 1, 1), 30)
    };
    let mut certificate = notice("c-1", Kind::Decision, Effect::Certified, &["East", "West"], date(2020, 1, 5), 1);
    certificate.message.as_mut().unwrap().subject = vec!["Next".to_owned()];
    let broke = attack("r-1", 3, "2020-01-05T00:00Z");
    let back = retraction("r-1", "2020-01-07T00:00Z");
    let (datasets, units) = (everything(), Units::default());
    let period = Some(("2020-01-01T22:00Z".parse().unwrap(), "2020-01-05T22:00Z".parse().unwrap()));
    let mut running = Running::new(&checked, &datasets, &units, Options { period, ..Options::default() });
    let mut accept = |record: &Record| {
        running.accept(&batches_of([record]).unwrap()[0]).unwrap();
        running.assessment().unwrap().gates[0][0].clone()
    };
    accept(&access);
    assert_eq!(accept(&certificate).state, GateState::Opened { on: date(2020, 1, 4) });
    let closed = accept(&broke);
    assert_eq!(closed.state, GateState::NotOpen);
    assert_eq!(closed.last_reset.unwrap().date, date(2020, 1, 3));
    let again = accept(&back);
    assert_eq!(again.state, GateState::Opened { on: date(2020, 1, 4) });
    assert_eq!(again.last_reset, None);
}

#[test]
fn an_explanation_tells_what_became_of_a_record() {
    let checked = checked();
    let records = [attack("r-1", 4, "2020-01-10T00:00Z"), retraction("r-1", "2020-01-20T00:00Z")];
    let (batches, units) = (batches_of(&records).unwrap(), Units::default());
    let evidence = Evidence { batches: &batches, datasets: &[], units: &units, unread: 0 };
    let told = explain(&checked, evidence, Options::default(), "1:r-1").unwrap();
    assert!(!told.counted);
    let history: Vec<_> = told.history.iter().map(|h| (h.known.is_some(), h.withdraws)).collect();
    assert_eq!(history, [(true, false), (true, true)]);
}

#[test]
fn what_another_says_of_a_record_is_told_and_counts_for_nothing() {
    let checked = checked();
    let by = |record: Record, group: &str| Record { independence_groups: vec![group.to_owned()], ..record };
    let told = by(attack("r-1", 4, "2020-01-10T00:00Z"), "Mission");
    let mut revised = by(attack("r-1", 5, "2020-01-12T00:00Z"), "Ministry");
    revised.origin.dataset = "Letters".to_owned();
    let back = by(retraction("r-1", "2020-01-20T00:00Z"), "Ministry");
    let own = by(Record { id: "mine".to_owned(), ..retraction("r-1", "2020-01-25T00:00Z") }, "mission");
    let records = [told, revised, back, own];
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]] {
        let records = order.map(|at| records[at].clone());
        let before = known_on(&checked, &records, Some("2020-01-24T00:00Z"));
        assert_eq!(north(&before), Standing::Breached);
        let vain: Vec<_> =
            before.not_theirs.iter().map(|one| (one.record.as_str(), one.retraction.as_deref())).collect();
        assert_eq!(vain, [("r-1", None), ("r-1", Some("back"))]);
        assert_eq!((before.taken_back, before.superseded), (0, 0));
        let after = known_on(&checked, &records, None);
        assert_eq!(north(&after), Standing::NoBreachRecorded);
        assert_eq!((after.taken_back, after.superseded), (1, 0));
    }
}

/// Leave on record is told to count where an act is judged by it, and of what no
/// record can show nothing is said that ends without a word.
#[test]
fn leave_that_opens_an_act_is_taken_into_account() {
    let text = TERMS
        .replace("gate Next", "clause 3 \"Moves\"\nNorth may move forces\n  only with leave of Mission\ngate Next");
    let checked = armistice_terms::check(&text, armistice_terms::Form::Plain, &|_| Ok(SHAPES.to_owned()));
    let mut leave = notice("leave", Kind::Decision, Effect::Authorised, &["mission"], date(2020, 1, 3), 1);
    leave.message.as_mut().unwrap().subject = vec!["3".to_owned()];
    let moved = Record { act: armistice_records::Act::Movement, ..attack("r-1", 5, "2020-01-05T00:00Z") };
    let assessment = known_on(&checked, &[leave, moved], None);
    assert_eq!(assessment.bearing(&assessment.notices[0]), armistice_assess::Bearing::Counted);
}
