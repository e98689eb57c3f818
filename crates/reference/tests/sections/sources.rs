//! Section 6: sources.

use armistice_records::{Credibility, Direction, Effect, Kind, Record, Reliability};
use armistice_reference::{Rung, T};

use crate::case::{Case, NO_ATTACK, names, notice, report};

/// The rung and the source point of `r`, on the first provision.
fn source(records: Vec<Record>) -> (Rung, T) {
    let case = Case::new("2020-03-26", 95, &[NO_ATTACK], records);
    (case.finding("r").rung, case.point("r", 5))
}

fn by(id: &str, groups: &[&str]) -> Record {
    Record { independence_groups: names(groups), event: Some("blast".to_owned()), ..report(id) }
}

fn denied(by: &[&str], subject: &str) -> Record {
    notice("no", Kind::Claim, by, Effect::Denied, &[subject])
}

#[test]
fn one_origin_reports_and_two_corroborate() {
    assert_eq!(source(vec![by("r", &["SOHR"])]), (Rung::Reported, T::T));
    assert_eq!(source(vec![by("r", &[])]), (Rung::Reported, T::T));
    assert_eq!(source(vec![by("r", &["SOHR", "sohr"])]), (Rung::Reported, T::T));
    assert_eq!(source(vec![by("r", &["SOHR", "wire"])]), (Rung::Corroborated, T::T));
    assert_eq!(source(vec![by("r", &["SOHR"]), by("s", &["wire"])]), (Rung::Corroborated, T::T));
    // Of another event it says nothing.
    let other = Record { event: None, ..by("s", &["wire"]) };
    assert_eq!(source(vec![by("r", &["SOHR"]), other]), (Rung::Reported, T::T));
    // Nor does what is not to be believed.
    let wild = Record { credibility: Some(Credibility::VeryUnlikely), ..by("s", &["wire"]) };
    assert_eq!(source(vec![by("r", &["SOHR"]), wild]), (Rung::Reported, T::T));
}

#[test]
fn grades_discount() {
    let graded = |reliability, credibility| source(vec![Record { reliability, credibility, ..by("r", &["Mission"]) }]);
    assert_eq!(graded(None, Some(Credibility::VeryUnlikely)), (Rung::Discounted, T::F));
    assert_eq!(graded(Some(Reliability::A), Some(Credibility::VeryUnlikely)), (Rung::Discounted, T::F));
    assert_eq!(graded(Some(Reliability::E), None), (Rung::Discounted, T::F));
    assert_eq!(graded(Some(Reliability::E), Some(Credibility::Possible)), (Rung::Discounted, T::F));
    assert_eq!(graded(Some(Reliability::E), Some(Credibility::Likely)), (Rung::Confirmed, T::T));
    assert_eq!(graded(Some(Reliability::F), Some(Credibility::NoBasis)), (Rung::Confirmed, T::T));
}

#[test]
fn a_partys_word_never_counts_for_itself() {
    // Of the attack of the north, the south's word alone is an allegation.
    assert_eq!(source(vec![by("r", &["the south"])]), (Rung::Alleged, T::U));
    assert_eq!(source(vec![by("r", &["East"])]), (Rung::Alleged, T::U));
    // Reported by another too, what the south tells still is the south's word.
    assert_eq!(source(vec![by("r", &["the south"]), by("s", &["SOHR"])]), (Rung::Reported, T::U));
    assert_eq!(source(vec![by("r", &["the south", "SOHR"])]), (Rung::Reported, T::T));
}

#[test]
fn what_a_party_says_of_itself_is_an_admission() {
    assert_eq!(source(vec![by("r", &["the north"])]), (Rung::Confirmed, T::T));
    assert_eq!(source(vec![by("r", &["NORTH RADIO"])]), (Rung::Confirmed, T::T));
    // The one admits; the other tells the same, and is a party's word still.
    assert_eq!(source(vec![by("r", &["the south"]), by("s", &["the north"])]), (Rung::Confirmed, T::U));
    // Undirected, either may have acted.
    let clash = Record { direction: Direction::Undirected, ..by("r", &["the north"]) };
    assert_eq!(source(vec![clash]), (Rung::Alleged, T::U));
}

#[test]
fn a_monitor_confirms() {
    assert_eq!(source(vec![by("r", &["mission"])]), (Rung::Confirmed, T::T));
    assert_eq!(source(vec![by("r", &["SOHR"]), by("s", &["Mission"])]), (Rung::Confirmed, T::T));
    // Who verifies the provision does, and only that one.
    let verified = format!("{NO_ATTACK}\n  verified by Abroad");
    let case = Case::new("2020-03-26", 95, &[&verified, NO_ATTACK], vec![by("r", &["Abroad"])]);
    let rung = |provision: usize| case.known().judged(provision)[0].rung;
    assert_eq!((rung(0), rung(1)), (Rung::Confirmed, Rung::Reported));
}

#[test]
fn a_denial_counts_if_its_maker_is_named_and_no_party() {
    let after = |by_whom: &[&str], subject: &str| source(vec![by("r", &["SOHR", "wire"]), denied(by_whom, subject)]);
    for subject in ["r", "1:r", "blast"] {
        assert_eq!(after(&["Mission"], subject), (Rung::Contested, T::U));
    }
    assert_eq!(after(&["somebody else"], "r"), (Rung::Contested, T::U));
    for (by_whom, subject) in [
        (&["the north"][..], "r"),
        (&["North Radio"][..], "r"),
        (&["Mission", "the south"][..], "r"),
        (&[][..], "r"),
        (&["Mission"][..], "s"),
        (&["Mission"][..], "2:r"),
        (&["Mission"][..], "1"),
    ] {
        assert_eq!(after(by_whom, subject), (Rung::Corroborated, T::T), "{by_whom:?} of {subject}");
    }
    // What is confirmed stays so.
    assert_eq!(source(vec![by("r", &["Mission"]), denied(&["Abroad"], "r")]), (Rung::Confirmed, T::T));
    // A denial of one record of the event is one of the event.
    let other = Record { event: Some("r".to_owned()), ..report("s") };
    assert_eq!(source(vec![report("r"), other, denied(&["Abroad"], "s")]), (Rung::Contested, T::U));
}

#[test]
fn ten_copies_change_nothing() {
    let mut records = vec![report("r")];
    records.extend((0..10).map(|n| report(&format!("copy-{n}"))));
    let case = Case::new("2020-03-26", 95, &[NO_ATTACK], records.clone());
    assert_eq!(case.finding("r").rung, Rung::Reported);
    assert_eq!(case.known().standing(0, None).counts.breaches, 1);
    assert_eq!(case.known().event("r").len(), 11);
    // Where nothing is written of origins, nobody can say that they are copies.
    records.iter_mut().for_each(|r| r.independence_groups.clear());
    assert_eq!(Case::new("2020-03-26", 95, &[NO_ATTACK], records).known().standing(0, None).counts.breaches, 11);
}

#[test]
fn a_data_set_that_counts_keeps_its_events_apart() {
    let set = |id: &str, name: &str| {
        let mut record = report(id);
        name.clone_into(&mut record.origin.dataset);
        record
    };
    let events = |records: Vec<Record>| {
        let case = Case::new("2020-03-26", 95, &[NO_ATTACK], records);
        (case.known().standing(0, None).counts.breaches, case.known().event("r").len())
    };
    assert_eq!(events(vec![set("r", "tally"), set("s", "tally")]), (2, 1));
    // What reads like both is a copy of the first.
    assert_eq!(events(vec![set("r", "tally"), set("s", "tally"), set("a", "made")]), (2, 2));
    assert_eq!(events(vec![set("r", "tally"), set("q", "tally"), set("a", "unheard of")]), (2, 1));
    // In any one thing otherwise, it is another.
    let later = Record { happened: crate::case::hours(30, 1, 24), ..report("s") };
    assert_eq!(events(vec![report("r"), later]), (2, 1));
    let elsewhere = Record { place_name: Some("a village".to_owned()), ..report("s") };
    assert_eq!(events(vec![report("r"), elsewhere]), (2, 1));
}
