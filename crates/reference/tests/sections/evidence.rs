//! Section 1: versions, and what takes them back.

use armistice_records::{Credibility, Effect, Kind, Origin, Record};
use armistice_reference::{NoAnswer, T};
use jiff::Timestamp;

use crate::case::{Case, NO_ATTACK, at, hours, notice, report};

/// A version of `r` known on a day of April, told apart by its row.
fn version(known: Option<u32>, row: u8) -> Record {
    let known = known.map(|day| format!("2020-04-{day:02}T12:00:00Z").parse::<Timestamp>().unwrap());
    let mut made = Record { known, ..report("r") };
    made.origin.sha256 = [row; 32];
    made
}

fn retraction(day: u32) -> Record {
    let known = version(Some(day), 99).known;
    Record { known, ..notice("gone", Kind::Retraction, &[], Effect::Withdrawn, &["r"]) }
}

/// The row of `r` in the evidence as known at the end of a day of April.
fn row(records: &[Record], day: Option<u32>) -> Option<u8> {
    let mut case = Case::new("2020-03-26", 95, &[NO_ATTACK], records.to_vec());
    case.as_of = day.map(|day| at(&format!("2020-04-{:02}T00:00:00Z", day + 1)));
    let evidence = case.world().evidence().unwrap();
    assert!(evidence.iter().all(|r| r.kind != Kind::Retraction) && evidence.len() <= 1);
    evidence.first().map(|r| r.origin.sha256[0])
}

#[test]
fn the_latest_version_that_counts_is_current() {
    let records = [version(Some(5), 2), version(None, 0), version(Some(3), 1)];
    assert_eq!(row(&records, None), Some(2));
    assert_eq!(row(&records, Some(6)), Some(2));
    assert_eq!(row(&records, Some(4)), Some(1));
    assert_eq!(row(&records, Some(2)), Some(0));
}

#[test]
fn without_a_date_it_counts_from_the_end_of_what_it_tells() {
    // It happened on 30 March; this one on 2 April.
    let late = Record { happened: hours(31, 0, 72), ..version(None, 0) };
    assert_eq!(row(std::slice::from_ref(&late), Some(1)), None);
    assert_eq!(row(&[late], Some(2)), Some(0));
    // A day later, with the first second that no longer counts within it.
    let mut case = Case::new("2020-03-26", 95, &[NO_ATTACK], vec![version(None, 0)]);
    case.as_of = Some(at("2020-03-31T00:00:00Z") - 1);
    assert!(case.world().evidence().unwrap().is_empty());
}

#[test]
fn a_retraction_takes_back_what_is_not_newer() {
    let records = [version(Some(3), 1), retraction(4), version(Some(6), 2)];
    assert_eq!(row(&records, Some(3)), Some(1));
    assert_eq!(row(&records, Some(5)), None);
    assert_eq!(row(&records, Some(6)), Some(2));
    // On the same second it takes back; older it does not.
    assert_eq!(row(&[version(Some(3), 1), retraction(3)], None), None);
    assert_eq!(row(&[version(Some(3), 1), retraction(2)], None), Some(1));
    assert_eq!(row(&[version(None, 1), retraction(2)], None), None);
}

#[test]
fn two_versions_dated_alike_leave_no_answer_unless_they_are_copies() {
    let no_answer = |records: Vec<Record>| Case::new("2020-03-26", 95, &[NO_ATTACK], records).world().evidence().err();
    let fault = Some(NoAnswer { record: "r".to_owned() });
    assert_eq!(no_answer(vec![version(Some(3), 1), version(Some(3), 1)]), None);
    assert_eq!(no_answer(vec![version(Some(3), 1), version(Some(3), 2)]), fault);
    assert_eq!(no_answer(vec![version(None, 1), version(None, 2)]), fault);
    let longer = Record { happened: hours(30, 0, 48), ..version(None, 1) };
    assert_eq!(no_answer(vec![version(None, 1), longer]), fault);
}

#[test]
fn retractions_stand_apart() {
    // Under the id of the record, and dated as it is: no version of it.
    let same = Record { id: "r".to_owned(), ..retraction(2) };
    assert_eq!(row(&[same, version(Some(2), 1)], None), None);
    // One that is taken back takes back all the same.
    let vain = Record { id: "vain".to_owned(), ..notice("", Kind::Retraction, &[], Effect::Withdrawn, &["gone"]) };
    let vain = Record { known: retraction(9).known, ..vain };
    assert_eq!(row(&[version(Some(2), 1), retraction(3), vain], None), None);
}

/// The same as told by some origins.
fn by(record: Record, groups: &[&str]) -> Record {
    Record { independence_groups: groups.iter().map(|g| (*g).to_owned()).collect(), ..record }
}

#[test]
fn nobody_revises_what_another_told() {
    let first = || by(version(Some(2), 1), &["Mission", "Radio"]);
    let elsewhere = |later: Record, set: &str| {
        let origin = Origin { dataset: set.to_owned(), ..later.origin.clone() };
        row(&[first(), Record { origin, ..later }], None)
    };
    let row = |later: Record| elsewhere(later, "another");
    assert_eq!(row(by(version(Some(3), 2), &["the north"])), Some(1));
    assert_eq!(row(by(version(Some(3), 2), &["radio", "the north"])), Some(2));
    // Whoever names no origin keeps the records.
    assert_eq!(row(by(version(Some(3), 2), &[])), Some(2));
    let theirs = || by(version(Some(3), 2), &["the north"]);
    assert_eq!(elsewhere(theirs(), "made"), Some(1));
    // A data set that counts its events answers for all of them.
    assert_eq!(elsewhere(theirs(), "tally"), Some(2));
}

#[test]
fn nobody_takes_back_what_another_told() {
    let told = || by(version(Some(2), 1), &["Mission"]);
    assert_eq!(row(&[told(), by(retraction(3), &["the north"])], None), Some(1));
    assert_eq!(row(&[told(), by(retraction(3), &["mission"])], None), None);
    assert_eq!(row(&[told(), retraction(3)], None), None);
    // The data set is its own.
    assert_eq!(row(&[told(), by(retraction(3), &["MADE"])], None), None);
    // Of what names no origin, only whoever keeps the records.
    assert_eq!(row(&[by(version(Some(2), 1), &[]), by(retraction(3), &["the north"])], None), Some(1));
    // It was the first to tell of it whose it is, though another counts.
    let later = by(version(Some(3), 2), &["Mission", "the north"]);
    assert_eq!(row(&[told(), later, by(retraction(4), &["the north"])], None), Some(2));
}

#[test]
fn a_retraction_that_is_not_believed_takes_nothing_back() {
    let vain = Record { credibility: Some(Credibility::VeryUnlikely), ..retraction(3) };
    assert_eq!(row(&[version(Some(2), 1), vain], None), Some(1));
}

#[test]
fn what_is_not_believed_tells_nothing() {
    let graded = |credibility| Record {
        credibility: Some(credibility),
        happened: hours(27, 12, 1),
        ..notice("ended", Kind::Decision, &["the north", "the south"], Effect::Ended, &[])
    };
    let clause =
        "North and South must not attack each other\n  from D\n  for 2 days\n  renewed by North and South together";
    let on = |credibility| Case::new("2020-03-26", 95, &[clause], vec![graded(credibility), report("r")]).point("r", 0);
    assert_eq!(on(Credibility::Likely), T::F);
    assert_eq!(on(Credibility::VeryUnlikely), T::U);
}
