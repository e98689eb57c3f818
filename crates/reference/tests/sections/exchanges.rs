//! Section 8: exchanges.

use armistice_records::{Act, Effect, Estimate, Kind, Quantity, Record};
use armistice_reference::{Came, Exchanged, T};

use crate::case::{Case, hours, names, notice, report};

const EXCHANGE: &str = "exchange 3 detainees for each of 4 hostages\n  owed by North\n  owed to South\n  first by South\n  from D\n  by 2020-03-31 00:00";

/// So many released by one side, on a day of March.
fn released(id: &str, by: &str, number: u32, of: &str, day: i8) -> Record {
    let number = Estimate { low: number, best: number, high: number };
    let quantity = Some(Quantity { number, of: Some(of.to_owned()) });
    let happened = hours(day, 0, 24);
    let (kind, act) = (Kind::Incident, Act::Release);
    Record {
        kind,
        act,
        quantity,
        happened,
        side_a: names(&[by]),
        side_b: Vec::new(),
        weapons: Vec::new(),
        ..report(id)
    }
}

/// A monitor counted all that one side had released.
fn counted(id: &str, of: &str, low: u32, high: u32, day: i8) -> Record {
    let told = notice(id, Kind::Inspection, &["Mission"], Effect::Counted, &["1"]);
    let count = Some(Estimate { low, best: low, high });
    let message = told.message.clone().map(|message| armistice_records::Message { count, ..message });
    Record { kind: Kind::Inspection, message, act: Act::Other, ..released(id, "Mission", 0, of, day) }
}

fn told(records: Vec<Record>) -> Exchanged {
    Case::new("2020-03-26", 95, &[EXCHANGE], records).known().exchanged(0).unwrap()
}

#[test]
fn releases_that_follow_each_other_add_up_and_those_that_overlap_do_not() {
    let one = released("a", "the south", 2, "hostages", 27);
    let later = released("b", "the south", 1, "hostages", 28);
    let same_day = released("c", "the south", 1, "hostages", 27);
    assert_eq!(told(vec![one.clone(), later]).last.released[1], (3, None));
    assert_eq!(told(vec![one, same_day]).last.released[1], (2, None));
}

#[test]
fn silence_never_shows_that_anything_is_owed() {
    let nothing = told(Vec::new());
    assert_eq!(nothing.settled, [Came::CannotTell, Came::CannotTell]);
    assert_eq!(nothing.at_deadline.unwrap().owed, [(0, None), (0, Some(4))]);
}

#[test]
fn what_was_counted_after_the_deadline_tells_what_was_not_released_by_it() {
    let hostages = released("a", "the south", 4, "hostages", 28);
    let some = counted("b", "detainees", 7, 7, 30);
    // On the last day it may still have been released after the count.
    assert_eq!(told(vec![hostages.clone(), some]).settled[0], Came::CannotTell);
    let after = counted("b", "detainees", 7, 7, 31);
    let short = told(vec![hostages.clone(), after]);
    assert_eq!(short.settled, [Came::Short, Came::Done]);
    assert_eq!(short.at_deadline.unwrap().owed, [(5, None), (0, Some(0))]);
    let all = counted("b", "detainees", 12, 12, 31);
    let before = counted("c", "detainees", 12, 12, 29);
    let most = counted("d", "hostages", 4, 4, 31);
    assert_eq!(told(vec![hostages, all, before, most]).settled, [Came::Done, Came::Done]);
}

#[test]
fn who_was_first_is_told_by_what_was_counted_as_nothing() {
    let hostages = released("a", "the south", 1, "hostages", 28);
    let none = counted("b", "detainees", 0, 0, 29);
    let first = told(vec![hostages.clone(), none]);
    assert_eq!((first.led, first.in_order), (Some(1), Some(T::T)));
    assert_eq!(told(vec![hostages]).in_order, Some(T::U));
    let other = vec![released("a", "the north", 1, "detainees", 28), counted("b", "hostages", 0, 0, 29)];
    assert_eq!(told(other).in_order, Some(T::F));
}

#[test]
fn the_word_of_those_who_release_counts_for_nothing() {
    let theirs =
        Record { independence_groups: names(&["North Radio"]), ..released("a", "the north", 12, "detainees", 28) };
    assert_eq!(told(vec![theirs]).last.released[0], (0, None));
    let others = released("a", "the others", 12, "detainees", 28);
    assert_eq!(told(vec![others]).last.released[0], (0, None));
}
