//! Section 3: the time point.

use armistice_records::{Record, When};
use armistice_reference::T;

use crate::case::{Case, NO_ATTACK, hours, report};

fn time(d: &str, proof: u32, happened: When) -> T {
    Case::new(d, proof, &[NO_ATTACK], vec![Record { happened, ..report("r") }]).point("r", 0)
}

#[test]
fn five_hours_of_a_day_cannot_be_told() {
    assert_eq!(time("2020-03-26 19:00", 95, hours(26, 0, 24)), T::U);
    // At 80 % neither: 19 of 24 hours are 79.2 %.
    assert_eq!(time("2020-03-26 19:00", 80, hours(26, 0, 24)), T::U);
    // At 79 % it is rather before.
    assert_eq!(time("2020-03-26 19:00", 79, hours(26, 0, 24)), T::F);
}

#[test]
fn all_but_an_hour_of_a_day_is_enough_at_95_per_cent() {
    // 23 of 24 hours are 95.8 %.
    assert_eq!(time("2020-03-26 01:00", 95, hours(26, 0, 24)), T::T);
    assert_eq!(time("2020-03-26 01:00", 96, hours(26, 0, 24)), T::U);
    assert_eq!(time("2020-03-26 23:00", 95, hours(26, 0, 24)), T::F);
    assert_eq!(time("2020-03-26 23:00", 96, hours(26, 0, 24)), T::U);
}

#[test]
fn exactly_the_standard_of_proof_is_enough() {
    assert_eq!(time("2020-03-26 02:00", 80, hours(26, 0, 10)), T::T);
    assert_eq!(time("2020-03-26 08:00", 80, hours(26, 0, 10)), T::F);
    assert_eq!(time("2020-03-26 02:00", 81, hours(26, 0, 10)), T::U);
}

#[test]
fn what_is_longer_than_25_hours_may_be_a_sum() {
    // 24 of 25 hours before are 96 %; 25 of 26 are 96.2 %, and too long.
    assert_eq!(time("2020-03-27 00:00", 95, hours(26, 0, 25)), T::F);
    assert_eq!(time("2020-03-27 01:00", 95, hours(26, 0, 26)), T::U);
    // Wholly before is before, however long; mostly after is after.
    assert_eq!(time("2020-03-30 00:00", 95, hours(26, 0, 48)), T::F);
    assert_eq!(time("2020-03-26 01:00", 95, hours(26, 0, 26)), T::T);
}
