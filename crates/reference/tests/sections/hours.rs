//! Section 3: hours of the day, and section 4: at each post.

use armistice_records::{Act, Effect, Estimate, Kind, Message, Quantity, Record, TimePrecision, Votes, When};
use armistice_reference::T;

use crate::case::{Case, hours, names, report};

const TIME: usize = 0;
const ACT: usize = 1;

fn time(clause: &str, happened: When) -> T {
    let clause = format!("North and South must not attack each other\n  from D\n  {clause}");
    let record = Record { happened, time_precision: TimePrecision::Moment, ..report("r") };
    Case::new("2020-03-26", 95, &[&clause], vec![record]).point("r", TIME)
}

#[test]
fn what_happens_at_other_hours_is_not_meant() {
    let pause = "each day from 09:00 to 13:00";
    assert_eq!(time(pause, hours(28, 9, 1)), T::T);
    assert_eq!(time(pause, hours(28, 12, 1)), T::T);
    assert_eq!(time(pause, hours(28, 13, 1)), T::F);
    assert_eq!(time(pause, hours(28, 12, 2)), T::U);
}

#[test]
fn the_hour_of_a_day_is_not_guessed() {
    // All but one hour, and just one: a day alone tells neither.
    assert_eq!(time("each day from 01:00 to 00:00", hours(28, 0, 24)), T::U);
    assert_eq!(time("each day from 01:00 to 02:00", hours(28, 0, 24)), T::U);
}

#[test]
fn hours_that_end_before_they_begin_end_on_the_next_day() {
    let night = "each day from 18:00 to 06:00";
    assert_eq!(time(night, hours(28, 23, 2)), T::T);
    assert_eq!(time(night, hours(28, 5, 1)), T::T);
    assert_eq!(time(night, hours(28, 6, 12)), T::F);
    // Before the term binds, no hour is meant.
    assert_eq!(time(night, hours(25, 20, 1)), T::F);
}

fn seen(low: u32, high: u32, place: Option<&str>) -> Record {
    let quantity = Some(Quantity { number: Estimate { low, best: low, high }, of: Some("personnel".to_owned()) });
    let place_name = place.map(str::to_owned);
    Record { kind: Kind::Sighting, act: Act::Presence, quantity, place_name, ..report("r") }
}

#[test]
fn at_each_post_so_many_may_be_and_in_all_so_many_times_more() {
    let act = |clause: &str, record| Case::new("2020-03-26", 95, &[clause], vec![record]).point("r", ACT);
    let counted = "North may keep at most 10 personnel at each of 3 posts\n  from D";
    assert_eq!(act(counted, seen(31, 31, None)), T::T);
    assert_eq!(act(counted, seen(30, 30, None)), T::U);
    assert_eq!(act(counted, seen(10, 10, None)), T::F);
    assert_eq!(act(counted, seen(11, 11, Some("post"))), T::T);
    let each = "North may keep at most 10 personnel at each post\n  from D";
    assert_eq!(act(each, seen(500, 500, None)), T::U);
    assert_eq!(act(each, seen(500, 500, Some("Meridian"))), T::U);
    assert_eq!(act(each, seen(11, 11, Some("Post"))), T::T);
    // An area may hold many posts, and so may the ground that the cap is for.
    assert_eq!(act(each, seen(11, 11, Some("Zone"))), T::U);
    assert_eq!(act(counted, seen(30, 30, Some("Zone"))), T::U);
    assert_eq!(act(counted, seen(31, 31, Some("Zone"))), T::T);
}

#[test]
fn hours_a_day_are_told_by_those_who_count_them() {
    let count = |hours: u32| {
        let number = Some(Estimate { low: hours, best: hours, high: hours });
        let message = Message {
            effect: Effect::Counted,
            subject: names(&["1"]),
            until: None,
            count: number,
            votes: Votes::default(),
        };
        let (side_a, side_b) = (Vec::new(), Vec::new());
        let record =
            Record { kind: Kind::Inspection, act: Act::Other, message: Some(message), side_a, side_b, ..report("r") };
        let clause = "North must open the crossing at least 10 hours a day\n  from D";
        Case::new("2020-03-26", 95, &[clause], vec![record]).point("r", ACT)
    };
    assert_eq!(count(9), T::T);
    assert_eq!(count(10), T::F);
}
