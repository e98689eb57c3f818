//! Sections 4 and 8: what is to be done again and again, and what is said.

use armistice_records::{Effect, Kind, Record};
use armistice_reference::{Standing, T};

use crate::case::{Case, hours, names, notice};

/// From 26 March to the end of the window there are fifteen periods of two days.
const EVERY: &str =
    "North must inspect the camp\n  from 2020-03-26\n  until 2020-04-01 00:00\n  every 2 days\n  verified by Mission";

/// What the mission found over hours of a day of March.
fn found(id: &str, kind: Kind, effect: Effect, (day, hour, length): (i8, i8, i64)) -> Record {
    Record { happened: hours(day, hour, length), ..notice(id, kind, &["Mission"], effect, &["1"]) }
}

fn ground(clause: &str, records: Vec<Record>) -> (Standing, u8) {
    let held = Case::new("2020-03-26", 95, &[clause], records).known().standing(0, None);
    (held.standing, held.ground)
}

fn done(id: &str, day: i8, length: i64) -> Record {
    found(id, Kind::Decision, Effect::FoundDone, (day, 6, length))
}

#[test]
fn it_is_kept_if_found_done_in_each_period() {
    let each = || vec![done("a", 26, 2), done("b", 29, 2), done("c", 31, 2)];
    assert_eq!(ground(EVERY, each()), (Standing::Kept, 14));
    assert_eq!(ground(EVERY, each()[..2].to_vec()), (Standing::NotDeterminable, 16));
    assert_eq!(ground(EVERY, vec![]), (Standing::NotDeterminable, 16));
    // Found over the turn of two periods, it was done in one of them.
    let turn = vec![done("a", 27, 48), done("b", 29, 2), done("c", 31, 2)];
    assert_eq!(ground(EVERY, turn), (Standing::NotDeterminable, 16));
}

#[test]
fn only_a_whole_period_is_left_undone() {
    let undone = |kind, when| vec![found("n", kind, Effect::FoundNotDone, when)];
    assert_eq!(ground(EVERY, undone(Kind::Decision, (26, 0, 48))), (Standing::Breached, 15));
    assert_eq!(ground(EVERY, undone(Kind::Decision, (26, 0, 40))), (Standing::NotDeterminable, 16));
    let inspected = |when| {
        let record = Record { independence_groups: names(&["Mission"]), ..undone(Kind::Inspection, when).remove(0) };
        let case = Case::new("2020-03-26", 95, &[EVERY], vec![record]);
        (case.point("n", 1), case.known().standing(0, None).standing)
    };
    assert_eq!(inspected((26, 0, 48)), (T::T, Standing::Breached));
    assert_eq!(inspected((26, 0, 24)), (T::F, Standing::NotDeterminable));
    assert_eq!(inspected((27, 0, 36)), (T::U, Standing::NotDeterminable));
}

#[test]
fn a_period_told_both_ways_cannot_be_told() {
    let both = vec![done("a", 26, 2), found("n", Kind::Decision, Effect::FoundNotDone, (26, 0, 48))];
    assert_eq!(ground(EVERY, both), (Standing::NotDeterminable, 13));
}

#[test]
fn a_report_on_record_is_the_deed_itself() {
    let clause = "Mission must report the state of things\n  from 2020-03-28\n  until 2020-04-01 00:00\n  every 2 days";
    let report = |id: &str, by: &[&str], day| Record {
        happened: hours(day, 6, 2),
        ..notice(id, Kind::Notification, by, Effect::Notified, &["1"])
    };
    let of = |by: &[&str]| ground(clause, vec![report("a", by, 29), report("b", by, 30)]);
    assert_eq!(of(&["Mission"]), (Standing::Kept, 14));
    assert_eq!(of(&["East"]), (Standing::NotDeterminable, 16));
    // What a party alone tells of its own notice is its word.
    let notify = "North must notify Mission of completion\n  by 2020-03-30 00:00";
    let own = |groups: &[&str]| {
        let told = Record { independence_groups: names(groups), ..report("a", &["the north"], 29) };
        ground(notify, vec![told])
    };
    assert_eq!(own(&["the mission's log"]), (Standing::Kept, 14));
    assert_eq!(own(&["North Radio"]), (Standing::NotDeterminable, 16));
}
