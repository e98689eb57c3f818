//! Section 7: breaches made good.

use armistice_records::{Act, Effect, Kind, Message, Record};
use armistice_reference::{Cured, Verdict};

use crate::case::{Case, hours, names, report};

/// A breach on the second day, with two days to make it good, and what a monitor
/// found on a day.
fn cured(found: Option<(i8, &str)>, by: &str) -> Option<Cured> {
    let clause = "North must not lay mines\n  from D\n  cure within 2 days";
    let laid =
        Record { act: Act::MineLaying, happened: hours(27, 0, 24), side_a: names(&["the north"]), ..report("r") };
    let mut records = vec![laid];
    if let Some((day, subject)) = found {
        let message = Message {
            effect: Effect::FoundDone,
            subject: names(&[subject]),
            until: None,
            count: None,
            votes: armistice_records::Votes::default(),
        };
        let (kind, act) = (Kind::Inspection, Act::Other);
        let side_a = names(&[by]);
        records.push(Record { kind, act, side_a, happened: hours(day, 0, 24), message: Some(message), ..report("i") });
    }
    let case = Case::new("2020-03-26", 95, &[clause], records);
    let known = case.known();
    let breach = known.judged(0).iter().find(|f| f.record == "r").unwrap().clone();
    assert_eq!(breach.verdict, Verdict::Breach, "it stays a breach");
    known.cured(0, &breach)
}

#[test]
fn in_time_is_before_the_time_given_has_passed() {
    assert_eq!(cured(Some((29, "r")), "Mission"), Some(Cured::InTime));
    assert_eq!(cured(Some((29, "1:r")), "Mission"), Some(Cured::InTime));
    assert_eq!(cured(Some((30, "r")), "Mission"), Some(Cured::Late));
    assert_eq!(cured(None, "Mission"), Some(Cured::NotOnRecord));
}

#[test]
fn only_those_who_watch_can_say_so_and_only_of_this_breach() {
    assert_eq!(cured(Some((29, "r")), "the north"), Some(Cured::NotOnRecord));
    assert_eq!(cured(Some((29, "1")), "Mission"), Some(Cured::NotOnRecord));
    assert_eq!(cured(Some((29, "x")), "Mission"), Some(Cured::NotOnRecord));
}
