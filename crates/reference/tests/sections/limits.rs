//! Section 4: caps, quotas and shares.

use armistice_records::{Act, Effect, Estimate, Kind, Message, Quantity, Record, Votes};
use armistice_reference::{T, Verdict};

use crate::case::{Case, hours, names, report};

const ACT: usize = 1;
const WEAPON: usize = 4;

fn between(low: u32, high: u32) -> Estimate {
    Estimate { low, best: low, high }
}

/// Some of it was seen.
fn seen(act: Act, low: u32, high: u32, of: Option<&str>) -> Record {
    let quantity = Some(Quantity { number: between(low, high), of: of.map(str::to_owned) });
    Record { kind: Kind::Sighting, act, quantity, ..report("r") }
}

/// A monitor counted all there was of clause 1.
fn counted(low: u32, high: u32) -> Record {
    let message = Message {
        effect: Effect::Counted,
        subject: names(&["1"]),
        until: None,
        count: Some(between(low, high)),
        votes: Votes::default(),
    };
    let (side_a, side_b) = (Vec::new(), Vec::new());
    Record { kind: Kind::Inspection, act: Act::Other, message: Some(message), side_a, side_b, ..report("r") }
}

fn act(clause: &str, record: Record) -> T {
    Case::new("2020-03-26", 95, &[clause], vec![record]).point("r", ACT)
}

#[test]
fn a_cap_is_passed_by_what_was_seen_at_once() {
    let cap = "North may keep at most 9 tanks\n  from D";
    assert_eq!(act(cap, seen(Act::Presence, 10, 12, None)), T::T);
    assert_eq!(act(cap, seen(Act::Presence, 9, 9, None)), T::F);
    assert_eq!(act(cap, seen(Act::Presence, 8, 12, None)), T::U);
    assert_eq!(act(cap, Record { quantity: None, ..seen(Act::Presence, 1, 1, None) }), T::U);
    assert_eq!(act(cap, seen(Act::Attack, 10, 10, None)), T::F);
}

#[test]
fn each_of_several_numbers_is_a_cap_of_its_own() {
    let cap = "North may keep at most 90 personnel and 9 tanks\n  from D";
    let point = |point: usize, of: &str| {
        let case = Case::new("2020-03-26", 95, &[cap], vec![seen(Act::Presence, 10, 12, Some(of))]);
        let known = case.known();
        [0, 1].map(|provision| known.judged(provision)[0].points[point])
    };
    assert_eq!(point(ACT, "tanks"), [T::F, T::T]);
    assert_eq!(point(WEAPON, "tanks"), [T::F, T::T]);
    // A word that is no kind of weapon may be a make of one.
    assert_eq!(point(WEAPON, "personnel"), [T::T, T::U]);
    // One or the other is not both: what follows is a condition.
    let either = "North may keep at most 9 tanks or 90 personnel\n  from D";
    let time = |cap| Case::new("2020-03-26", 95, &[cap], vec![seen(Act::Presence, 10, 12, None)]).point("r", 0);
    assert_eq!((time(cap), time(either)), (T::T, T::U));
}

#[test]
fn too_many_for_all_the_days_were_too_many_on_one() {
    let cap = "North may fly at most 2 flights a day\n  from D";
    let over = |hour: i8, length: i64, low: u32, high: u32| {
        act(cap, Record { happened: hours(30, hour, length), ..seen(Act::Flight, low, high, Some("flights")) })
    };
    assert_eq!(over(0, 24, 3, 3), T::T);
    // Two days touched: four may have been two on each.
    assert_eq!(over(12, 24, 4, 4), T::U);
    assert_eq!(over(12, 24, 5, 5), T::T);
    assert_eq!(over(12, 24, 2, 2), T::F);
    assert_eq!(over(0, 24, 2, 3), T::U);
}

#[test]
fn only_a_count_of_all_shows_that_some_were_missing() {
    let quota = "North must allow at least 600 trucks a day\n  from D";
    let of =
        |days: i64, hour: i8, record: Record| act(quota, Record { happened: hours(30, hour, days * 24), ..record });
    assert_eq!(of(1, 0, seen(Act::Passage, 12, 12, Some("trucks"))), T::F);
    assert_eq!(of(1, 0, counted(540, 560)), T::T);
    assert_eq!(of(1, 0, counted(600, 600)), T::F);
    assert_eq!(of(1, 0, counted(590, 610)), T::U);
    // A week of too few for its days; of enough for some of them.
    assert_eq!(of(7, 0, counted(4199, 4199)), T::T);
    assert_eq!(of(7, 0, counted(4200, 4200)), T::U);
    // From noon to noon no day lies within.
    assert_eq!(of(1, 12, counted(0, 0)), T::U);
}

#[test]
fn weeks_run_from_the_day_on_which_the_term_begins() {
    // D is a Thursday: the week from 26 March to 2 April lies within eight days from the 25th.
    let quota = "North must allow at least 10 trucks a week\n  from D";
    let eight = |day: i8, n: u32| act(quota, Record { happened: hours(day, 0, 8 * 24), ..counted(n, n) });
    assert_eq!(eight(25, 9), T::T);
    assert_eq!(act(quota, Record { happened: hours(27, 0, 6 * 24), ..counted(9, 9) }), T::U);
    assert_eq!(act(quota, Record { happened: hours(27, 0, 6 * 24), ..counted(10, 10) }), T::F);
}

#[test]
fn what_is_counted_has_a_name() {
    let quota = "North may allow at most 9 trucks a day\n  from D";
    let of = |name: Option<&str>| {
        let record = Record { weapons: Vec::new(), ..seen(Act::Passage, 20, 20, name) };
        Case::new("2020-03-26", 95, &[quota], vec![record]).point("r", WEAPON)
    };
    assert_eq!(of(Some("Truck")), T::T);
    assert_eq!(of(Some("fuel trucks")), T::U);
    assert_eq!(of(Some("lorries")), T::F);
    assert_eq!(of(None), T::U);
}

#[test]
fn a_share_is_of_an_inventory_and_due_from_its_deadline() {
    let clause = "inventory Arms\n  holds 20 tanks and 13 \"D-30\"\n\
                  North must hand over 30 % of Arms\n  by 2020-03-28 00:00";
    // Thirty per cent of 33 are 9.9: ten are due.
    let judged = |day: i8, low: u32, high: u32| {
        let record = Record { happened: hours(day, 0, 24), ..counted(low, high) };
        Case::new("2020-03-26", 95, &[clause], vec![record]).finding("r")
    };
    assert_eq!(judged(30, 9, 9).verdict, Verdict::Breach);
    assert!(judged(30, 9, 9).candidates.iter().eq([&0]), "of the one who owes it, though nobody is named");
    assert_eq!(judged(30, 10, 12).verdict, Verdict::OutOfScope);
    assert_eq!(judged(30, 9, 12).verdict, Verdict::CannotTell);
    assert_eq!(judged(27, 0, 0).points[0], T::F);
}

#[test]
fn what_is_counted_of_several_is_not_all_of_ones() {
    let seen = |who: &[&str], low: u32| Record { side_a: names(who), ..seen(Act::Presence, low, low, Some("tanks")) };
    let finding = |clause: &str, record: Record| Case::new("2020-03-26", 95, &[clause], vec![record]).finding("r");
    let one = "North must keep at most 9 tanks\n  from D";
    assert_eq!(finding(one, seen(&["the north"], 12)).verdict, Verdict::Breach);
    // Six of each, or all of the south.
    assert_eq!(finding(one, seen(&["the north", "the south"], 12)).verdict, Verdict::CannotTell);
    assert_eq!(finding(one, seen(&["the north", "somebody"], 12)).verdict, Verdict::CannotTell);
    let each = "North and South must keep at most 9 tanks\n  from D";
    assert_eq!(finding(each, seen(&["the north", "the south"], 12)).verdict, Verdict::CannotTell);
    // More than nine of each: one of them has too many, and it is not said which.
    let both = finding(each, seen(&["the north", "the south"], 19));
    assert_eq!((both.verdict, both.candidates.len()), (Verdict::Breach, 2));
    let all = "North and South must release at least 9 detainees\n  from D\n  by 2020-03-28";
    let count = |low: u32| Record { side_a: names(&["the north", "the south"]), ..counted(low, low) };
    assert_eq!(finding(all, count(17)).verdict, Verdict::Breach);
    assert_eq!(finding(all, count(30)).verdict, Verdict::CannotTell);
}
