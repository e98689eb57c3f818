//! Sections 4 and 8: what is to be done, and found done or not.

use armistice_records::{Effect, Kind, Record};
use armistice_reference::{Standing, T, Verdict};

use crate::case::{Case, hours, names, notice};

const RELEASE: &str = "North must release all detainees\n  by 2020-03-30 00:00\n  verified by Mission";
const BOTH: &str = "North and South must release all detainees\n  by 2020-03-30 00:00";
const ALLOW: &str = "North must allow aid\n  from 2020-04-20";

fn found(id: &str, kind: Kind, effect: Effect, day: i8, length: i64) -> Record {
    let groups = if kind == Kind::Inspection { names(&["Mission"]) } else { Vec::new() };
    Record {
        happened: hours(day, 0, length),
        independence_groups: groups,
        ..notice(id, kind, &["Mission"], effect, &["1"])
    }
}

fn ground(clause: &str, party: Option<usize>, records: Vec<Record>) -> (Standing, u8) {
    let held = Case::new("2020-03-26", 95, &[clause], records).known().standing(0, party);
    (held.standing, held.ground)
}

#[test]
fn silence_says_nothing_of_a_deed() {
    assert_eq!(ground(RELEASE, None, vec![]), (Standing::NotDeterminable, 16));
    assert_eq!(ground("North must open the road\n  by 2021-01-01", None, vec![]), (Standing::NotYetDue, 2));
}

#[test]
fn found_done_in_time_is_kept() {
    let done = |day, length| vec![found("f", Kind::Inspection, Effect::FoundDone, day, length)];
    assert_eq!(ground(RELEASE, None, done(28, 24)), (Standing::Kept, 14));
    // By 00:00 has all of that second in it.
    assert_eq!(ground(RELEASE, None, done(29, 24)), (Standing::Kept, 14));
    // Of an inspection that ends after the deadline it cannot be told whether it was in time.
    assert_eq!(ground(RELEASE, None, done(29, 26)), (Standing::NotDeterminable, 16));
    assert_eq!(ground(RELEASE, None, done(31, 24)), (Standing::NotDeterminable, 16));
    // North says it of itself.
    let own = notice("f", Kind::Decision, &["the north"], Effect::FoundDone, &["1"]);
    let own = Record { happened: hours(28, 0, 24), ..own };
    assert_eq!(ground(RELEASE, None, vec![own]), (Standing::NotDeterminable, 16));
}

#[test]
fn found_not_done_is_a_breach_only_once_it_is_due() {
    let undone = |kind, day| vec![found("f", kind, Effect::FoundNotDone, day, 24)];
    assert_eq!(ground(RELEASE, None, undone(Kind::Inspection, 31)), (Standing::Breached, 4));
    assert_eq!(ground(RELEASE, None, undone(Kind::Decision, 31)), (Standing::Breached, 15));
    assert_eq!(ground(RELEASE, None, undone(Kind::Inspection, 28)), (Standing::NotDeterminable, 16));
    assert_eq!(ground(RELEASE, None, undone(Kind::Decision, 28)), (Standing::NotDeterminable, 16));
    // Of two that are bound, nobody says which.
    assert_eq!(ground(BOTH, None, undone(Kind::Inspection, 31)), (Standing::Breached, 4));
    assert_eq!(ground(BOTH, Some(0), undone(Kind::Inspection, 31)), (Standing::NotDeterminable, 5));
    assert_eq!(ground(BOTH, Some(0), undone(Kind::Decision, 31)), (Standing::NotDeterminable, 5));
}

#[test]
fn it_is_those_bound_who_have_not_done_it() {
    let told = |of: &[&str]| {
        let record = found("f", Kind::Inspection, Effect::FoundNotDone, 31, 24);
        let case = Case::new("2020-03-26", 95, &[BOTH], vec![Record { side_b: names(of), ..record }]);
        let finding = case.finding("f");
        (finding.verdict, finding.points[2], finding.candidates.len())
    };
    assert_eq!(told(&[]), (Verdict::Breach, T::T, 2));
    assert_eq!(told(&["the north"]), (Verdict::Breach, T::T, 1));
    assert_eq!(told(&["gunmen"]), (Verdict::Breach, T::T, 2));
}

#[test]
fn told_both_ways_it_cannot_be_told() {
    let both = |kind| {
        let done = found("d", Kind::Inspection, Effect::FoundDone, 28, 24);
        vec![done, found("n", kind, Effect::FoundNotDone, 31, 24)]
    };
    assert_eq!(ground(RELEASE, None, both(Kind::Inspection)), (Standing::NotDeterminable, 13));
    assert_eq!(ground(RELEASE, None, both(Kind::Decision)), (Standing::NotDeterminable, 13));
}

#[test]
fn what_lasts_must_be_found_kept_throughout() {
    // It binds from 20 April; the window ends with the 24th.
    let kept = |day: i8, days: i64| vec![found("f", Kind::Decision, Effect::FoundDone, day, days * 24)];
    assert_eq!(ground(ALLOW, None, vec![]), (Standing::NotDeterminable, 16));
    assert_eq!(ground(ALLOW, None, kept(31, 30)), (Standing::Kept, 14));
    assert_eq!(ground(ALLOW, None, kept(31, 22)), (Standing::NotDeterminable, 16));
}

#[test]
fn to_begin_is_done_by_beginning() {
    let begin = "North must begin the withdrawal\n  by 2020-03-30 00:00";
    let told = || vec![found("f", Kind::Decision, Effect::Begun, 28, 24)];
    assert_eq!(ground(begin, None, told()), (Standing::Kept, 14));
    assert_eq!(ground(RELEASE, None, told()), (Standing::NotDeterminable, 16));
}

#[test]
fn nobody_vouches_for_himself() {
    let found = |by: &[&str]| {
        let told = found("f", Kind::Inspection, Effect::FoundDone, 28, 24);
        vec![Record { side_a: names(by), independence_groups: names(&["Team"]), ..told }]
    };
    let own = "North must release all detainees\n  by 2020-03-30 00:00\n  verified by North";
    assert_eq!(ground(own, None, found(&["the north"])), (Standing::NotDeterminable, 16));
    let each = "North and South must release all detainees\n  by 2020-03-30 00:00\n  verified by North and South";
    assert_eq!(ground(each, None, found(&["the north"])), (Standing::NotDeterminable, 16));
    assert_eq!(ground(each, None, found(&["the north", "the south"])), (Standing::Kept, 14));
    // What another is to look at may be told by whoever is named.
    let other = "North must release all detainees\n  by 2020-03-30 00:00\n  verified by South";
    assert_eq!(ground(other, None, found(&["the south"])), (Standing::Kept, 14));
}

#[test]
fn a_party_does_not_find_the_other_at_fault() {
    let found = |by: &[&str]| {
        let told = found("f", Kind::Notification, Effect::FoundNotDone, 31, 24);
        vec![Record { side_a: names(by), ..told }]
    };
    let each = "North and South must release all detainees\n  by 2020-03-30 00:00\n  verified by North and South";
    assert_eq!(ground(each, None, found(&["the north"])), (Standing::NotDeterminable, 16));
    // Both say it, of themselves too.
    assert_eq!(ground(each, None, found(&["the north", "the south"])).1, 15);
}
