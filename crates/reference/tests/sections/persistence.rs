//! Section 8: breaches that come again.

use armistice_records::{Act, Record};
use armistice_reference::{Standing, T};

use crate::case::{Case, hours, names, report};

/// Mines laid by these on these days; three in four days are persistent.
fn laid(by: &[(&str, i8)], party: Option<usize>) -> (Option<T>, Standing) {
    let clause = "North and South must not lay mines\n  from D\n  persistent from 3 breaches in any 4 days";
    let laying = |(number, (side, day)): (usize, &(&str, i8))| Record {
        act: Act::MineLaying,
        happened: hours(*day, 0, 24),
        side_a: names(&[side]),
        ..report(&format!("r{number}"))
    };
    let case = Case::new("2020-03-26", 95, &[clause], by.iter().enumerate().map(laying).collect());
    let known = case.known();
    (known.persistent(0, party), known.standing(0, party).standing)
}

#[test]
fn so_many_within_the_time_are_persistent() {
    let north = "the north";
    assert_eq!(laid(&[(north, 27), (north, 28), (north, 30)], Some(0)).0, Some(T::T));
    // The last may have been too late: nobody knows the hour of the first.
    assert_eq!(laid(&[(north, 27), (north, 28), (north, 31)], Some(0)).0, Some(T::U));
    assert_eq!(laid(&[(north, 26), (north, 27)], Some(0)), (Some(T::F), Standing::Breached));
    assert_eq!(laid(&[], Some(0)).0, Some(T::F));
}

#[test]
fn each_party_answers_for_its_own_and_the_whole_for_all() {
    let all = [("the north", 27), ("the south", 28), ("the north", 29)];
    assert_eq!(laid(&all, None).0, Some(T::T));
    assert_eq!(laid(&all, Some(0)), (Some(T::F), Standing::Breached));
    // Of one it is not said whose it was.
    let mut unclear = all;
    unclear[1].0 = "somebody";
    assert_eq!(laid(&unclear, Some(0)), (Some(T::U), Standing::Breached));
    assert_eq!(laid(&unclear, None).0, Some(T::U));
}

#[test]
fn what_says_nothing_of_it_is_not_told() {
    let case = Case::new("2020-03-26", 95, &["North must not lay mines\n  from D"], vec![]);
    assert_eq!(case.known().persistent(0, None), None);
}
