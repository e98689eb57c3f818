//! Sections 3 and 8: how bodies decide, what they determined, what lies before
//! them.

use armistice_records::{Effect, Kind, Message, Record, Votes};
use armistice_reference::{Before, T};

use crate::case::{Case, NO_ATTACK, at, hours, names, notice};

/// A joint body by consensus, and who comes after it.
const BODIES: &str = "body Joint\n  made of North and South\n  decides by consensus\n  determines 1\n  refers to Board within 2 days\n\
     body Board\n  made of North, South and East\n  decides by majority\nbody Other\n";

fn case(more: &str, records: Vec<Record>) -> Case {
    Case::new("2020-03-26", 95, &[&format!("{NO_ATTACK}\n{BODIES}{more}")], records)
}

fn decision(id: &str, by: &str, in_favour: &[&str], opposed: &[&str]) -> Record {
    let votes = Votes { in_favour: names(in_favour), opposed: names(opposed), absent: Vec::new() };
    let message = Message { effect: Effect::FoundNotDone, subject: names(&["1"]), until: None, count: None, votes };
    Record { message: Some(message), ..notice(id, Kind::Decision, &[by], Effect::FoundNotDone, &["1"]) }
}

fn counts(by: &str, in_favour: &[&str], opposed: &[&str]) -> T {
    let case = case("", vec![decision("d", by, in_favour, opposed)]);
    let known = case.known();
    let determined = known.determined(0);
    assert_eq!(determined.len(), 1);
    assert!(!determined[0].done);
    determined[0].counts
}

#[test]
fn a_determination_counts_if_the_body_may_and_its_rule_is_met() {
    assert_eq!(counts("Joint", &["the north", "the south"], &[]), T::T);
    assert_eq!(counts("Joint", &["the north"], &[]), T::U, "how South voted is not recorded");
    assert_eq!(counts("Joint", &["the north"], &["the south"]), T::F, "a dissent ends consensus");
    assert_eq!(counts("Joint", &["the north", "the south"], &["the south"]), T::U, "named in two lists");
    // A majority does, but that the matter had passed to it is not on record.
    assert_eq!(counts("Board", &["the north", "East"], &["the south"]), T::U);
    assert_eq!(counts("Board", &["the north"], &["the south", "East"]), T::F);
    assert_eq!(counts("Other", &[], &[]), T::F, "the text gives it to another");
}

#[test]
fn what_a_bodys_own_votes_say_was_not_decided_is_not_its_decision() {
    let deed = |opposed: &[&str]| {
        let decided = Record { happened: hours(28, 0, 24), ..decision("d", "Joint", &["the north"], opposed) };
        let message = Message { effect: Effect::FoundDone, subject: names(&["2"]), ..decided.message.unwrap() };
        let record = Record { message: Some(message), ..decided };
        case("clause 2 \"x\"\nNorth must open the road\n  by D + 5 days\n", vec![record])
            .known()
            .standing(1, None)
            .ground
    };
    // What is not recorded of votes leaves a decision what it says it is.
    assert_eq!(deed(&[]), 14);
    assert_eq!(deed(&["the south"]), 16);
}

#[test]
fn what_is_not_determined_in_time_is_handed_on() {
    let put = Record {
        side_b: names(&["Joint"]),
        ..notice("p", Kind::Notification, &["the north"], Effect::Notified, &["1"])
    };
    let put = Record { happened: hours(27, 0, 24), ..put };
    let state = |records: Vec<Record>| {
        let case = case("", records);
        case.known().put(0).into_iter().map(|p| (p.body, p.state, p.until)).collect::<Vec<_>>()
    };
    let handed_on = state(vec![put.clone()]);
    assert_eq!(handed_on.len(), 2, "first Joint, then the Board");
    assert_eq!((handed_on[0].1, handed_on[0].2), (Before::RanOut, Some(at("2020-03-30T00:00:00Z"))));
    assert_eq!((handed_on[1].1, handed_on[1].2), (Before::NoTime, None));
    let decided =
        |day: i8| Record { happened: hours(day, 0, 24), ..decision("d", "Joint", &["the north", "the south"], &[]) };
    assert_eq!(state(vec![put.clone(), decided(28)])[0].1, Before::Determined);
    assert_eq!(state(vec![put.clone(), decided(29)])[0].1, Before::CannotTell, "its hour may be past the time");
    assert_eq!(state(vec![put, decided(31)])[0].1, Before::RanOut);
}
