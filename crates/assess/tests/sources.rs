//! The ladder of evidence, rung by rung, and what it leaves unchanged.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use armistice_assess::{Dimension, Reason, Rung, Truth, Verdict};
use armistice_records::{Credibility, Direction, Effect, Kind, Record, Reliability};
use jiff::civil::date;

use common::*;

/// The north attacks the south, says `group`.
fn told(id: &str, group: &[&str]) -> Record {
    let mut made = record(id, Kind::Incident, date(2020, 1, 4), 1);
    made.direction = Direction::AOnB;
    made.independence_groups = group.iter().map(|g| (*g).to_owned()).collect();
    made.origin.sha256 = [u8::try_from(id.len()).unwrap(); 32];
    made
}

fn same_event(mut record: Record, event: &str) -> Record {
    record.event = Some(event.to_owned());
    record
}

fn denial(by: &[&str], of: &str) -> Record {
    let mut made = notice("no", Kind::Claim, Effect::Denied, by, date(2020, 1, 5), 1);
    made.message.as_mut().unwrap().subject = vec![of.to_owned()];
    made
}

/// The rung, the source point and the verdict of `r` on clause 1.
fn on(records: &[Record]) -> (Rung, Truth, Reason, Verdict) {
    let checked = checked();
    let got = answer(&checked, records, JAN_9);
    let found = got.findings.iter().find(|f| f.provision == 0 && f.record == "r");
    let judged = found.unwrap().judgements[0].1;
    let point = judged.point(Dimension::Source);
    (judged.rung, point.truth, point.reason, judged.verdict)
}

#[test]
fn one_origin_reports_and_two_corroborate() {
    let one = told("r", &["a hospital"]);
    assert_eq!(on(std::slice::from_ref(&one)), (Rung::Reported, Truth::True, Reason::Reported, Verdict::Breach));
    let both = told("r", &["a hospital", "an agency"]);
    assert_eq!(on(&[both]).0, Rung::Corroborated);
    // Or in two records of one event.
    let other = same_event(told("r2", &["an agency"]), "r");
    assert_eq!(on(&[one.clone(), other]).0, Rung::Corroborated);
    // The same origin twice, however it is written, is one.
    let again = same_event(told("r2", &["A HOSPITAL"]), "r");
    assert_eq!(on(&[one.clone(), again]).0, Rung::Reported);
    // A party is no witness to its own cause.
    let theirs = same_event(told("r2", &["the south"]), "r");
    assert_eq!(on(&[one, theirs]).0, Rung::Reported);
}

#[test]
fn nobody_named_is_one_origin() {
    assert_eq!(on(&[told("r", &[])]).0, Rung::Reported);
    assert_eq!(on(&[told("r", &[]), same_event(told("r2", &[]), "r")]).0, Rung::Reported);
}

#[test]
fn a_partys_word_never_counts_for_itself() {
    let claimed = told("r", &["the south"]);
    let (rung, truth, reason, verdict) = on(std::slice::from_ref(&claimed));
    assert_eq!((rung, truth, reason), (Rung::Alleged, Truth::Unknown, Reason::PartysWord));
    assert_eq!(verdict, Verdict::CannotTell);
    // A guarantor is no stranger either.
    assert_eq!(on(&[told("r", &["East"])]).0, Rung::Alleged);
    // What others say of the event does not make its account theirs.
    let seen = same_event(told("r2", &["a hospital"]), "r");
    assert_eq!(on(&[claimed, seen]), (Rung::Reported, Truth::Unknown, Reason::PartysWord, Verdict::CannotTell));
}

#[test]
fn against_its_own_interest_a_party_is_believed() {
    let admitted = told("r", &["the north"]);
    assert_eq!(on(std::slice::from_ref(&admitted)), (Rung::Confirmed, Truth::True, Reason::Admitted, Verdict::Breach));
    // Of a clash with others it admits nothing.
    let clash = Record { direction: Direction::Undirected, ..admitted };
    assert_eq!(on(&[clash]).0, Rung::Alleged);
}

#[test]
fn a_monitor_confirms() {
    assert_eq!(on(&[told("r", &["mission"])]), (Rung::Confirmed, Truth::True, Reason::Observed, Verdict::Breach));
}

#[test]
fn only_one_who_is_no_party_contests() {
    let one = told("r", &["a hospital"]);
    let with = |by: &[&str], of: &str| on(&[one.clone(), denial(by, of)]);
    assert_eq!(
        with(&["an observatory"], "r"),
        (Rung::Contested, Truth::Unknown, Reason::Contested, Verdict::CannotTell)
    );
    assert_eq!(with(&["an observatory"], "1:r").0, Rung::Contested);
    assert_eq!(with(&["the north"], "r").0, Rung::Reported);
    assert_eq!(with(&["an observatory", "the north"], "r").0, Rung::Reported);
    assert_eq!(with(&[], "r").0, Rung::Reported);
    // A monitor's own eyes outweigh it.
    let seen = told("r", &["mission"]);
    assert_eq!(on(&[seen, denial(&["an observatory"], "r")]).0, Rung::Confirmed);
}

#[test]
fn what_is_graded_as_not_to_be_believed_is_set_apart() {
    let checked = checked();
    let graded = |reliability, credibility| {
        let made = Record { reliability, credibility, ..told("r", &["a hospital"]) };
        let got = answer(&checked, &[made], JAN_9);
        let scoped = got.standings[0].out_of_scope.get(&Reason::Discounted).copied();
        (got.findings.iter().filter(|f| f.provision == 0).count(), scoped)
    };
    assert_eq!(graded(None, Some(Credibility::VeryUnlikely)), (0, Some(1)));
    assert_eq!(graded(Some(Reliability::E), None), (0, Some(1)));
    assert_eq!(graded(Some(Reliability::E), Some(Credibility::Likely)), (1, None));
    assert_eq!(graded(Some(Reliability::D), Some(Credibility::Unlikely)), (1, None));
}

#[test]
fn ten_copies_of_one_report_change_nothing() {
    let checked = checked();
    let records = [told("r", &["a hospital"]), told("other", &["an agency"])];
    let mut many = records.to_vec();
    for n in 0..10 {
        many.push(Record { id: format!("copy-{n}"), ..records[0].clone() });
    }
    let (few, many) = (answer(&checked, &records, JAN_9), answer(&checked, &many, JAN_9));
    assert_eq!(few.standings, many.standings);
    assert_eq!(few.series, many.series);
    let states = |a: &armistice_assess::Assessment<'_>| a.gates[0][0].days.iter().map(|d| d.state).collect::<Vec<_>>();
    assert_eq!(states(&few), states(&many));
    assert_eq!(many.standings[0].rows[0].readings[0].counts.breaches, 2);
}

#[test]
fn data_that_counts_events_keeps_apart_what_reads_alike() {
    let checked = checked();
    let records = [told("r", &["a hospital"]), told("s", &["a hospital"])];
    let mut datasets = everything();
    datasets[0].reach.counts_events = true;
    let batches = armistice_records::batches_of(&records).unwrap();
    let units = armistice_terms::Units::default();
    let evidence = armistice_assess::Evidence { batches: &batches, datasets: &datasets, units: &units, unread: 0 };
    let got = armistice_assess::assess(&checked, evidence, armistice_assess::Options::default()).unwrap();
    assert_eq!(got.standings[0].rows[0].readings[0].counts.breaches, 2);
}
