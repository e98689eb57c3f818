//! Section 5: weapons, their calibre and range.

use armistice_records::{Act, Record};
use armistice_reference::T;

use crate::case::{Case, names, point, report};

const WEAPON: usize = 4;

/// The weapon point of a record of these words, under a class of these.
fn weapon(class: &str, more: &str, words: &str) -> T {
    let clause = format!("weapons Meant are {class}\n{more}North must keep Meant out of Zone\n  from D");
    let record = Record { act: Act::Presence, weapons: names(&[words]), ..report("r") };
    Case::new("2020-03-26", 95, &[&clause], vec![record]).point("r", WEAPON)
}

#[test]
fn a_gun_of_just_the_calibre_is_at_least_and_not_over_it() {
    assert_eq!(weapon("artillery of calibre over 100 mm", "", "100 mm guns"), T::F);
    assert_eq!(weapon("artillery of calibre at least 100 mm", "", "100 mm guns"), T::T);
    assert_eq!(weapon("artillery of calibre at least 100 mm", "", "guns"), T::U);
    assert_eq!(weapon("artillery of calibre at least 100 mm", "", "82 mm something"), T::F);
    assert_eq!(weapon("artillery of calibre at least 10 cm", "", "something of 122 mm"), T::U);
}

#[test]
fn a_system_is_what_the_agreement_says_it_is() {
    let grad = "system \"BM-21\" is rocket artillery\n  also called \"Grad\"\n  of calibre 122 mm\n  of range 20 km\n";
    assert_eq!(weapon("rocket artillery", grad, "grad"), T::T);
    assert_eq!(weapon("rocket artillery", "", "grad"), T::U);
    assert_eq!(weapon("rocket artillery of range over 20 km", grad, "BM-21"), T::F);
    assert_eq!(weapon("rocket artillery of range at least 20 km", grad, "BM-21"), T::T);
    // What a report says of the calibre stands against what the text says.
    assert_eq!(weapon("rocket artillery of calibre over 100 mm", grad, "107 mm BM-21"), T::U);
    assert_eq!(weapon("\"Grad\"", grad, "rockets"), T::U);
    assert_eq!(weapon("\"Grad\"", grad, "220 mm rockets"), T::F);
}

#[test]
fn a_distance_may_be_the_weapons_own_range() {
    let systems =
        "system \"BM-21\" is rocket artillery\n  of range 20 km\nsystem \"D-30\" is artillery\n  of range 15 km\n";
    let clause = format!(
        "{systems}North must keep artillery and rocket artillery at least its maximum range from Meridian\n  from D"
    );
    let at = |km: f64, weapons: &[&str]| {
        let place = point(48.0, 37.0 + km / 74.625, 0.0);
        let record = Record { act: Act::Presence, weapons: names(weapons), place, ..report("r") };
        Case::new("2020-03-26", 95, &[&clause], vec![record]).point("r", 3)
    };
    assert_eq!([14.0, 16.0, 19.0, 21.0].map(|km| at(km, &["D-30"])), [T::T, T::F, T::F, T::F]);
    assert_eq!([14.0, 16.0, 19.0, 21.0].map(|km| at(km, &["BM-21"])), [T::T, T::T, T::T, T::F]);
    // Together they are as near as the one that reaches farther.
    assert_eq!([16.0, 21.0].map(|km| at(km, &["D-30", "BM-21"])), [T::T, T::F]);
    assert_eq!([14.0, 21.0].map(|km| at(km, &["D-30", "howitzer"])), [T::T, T::U]);
    assert_eq!(at(14.0, &["howitzer"]), T::U);
    // What is not meant does not make it farther.
    assert_eq!(at(16.0, &["D-30", "rifles"]), T::F);
}

#[test]
fn all_but_some_is_every_other_weapon() {
    assert_eq!(weapon("all weapons but small arms", "", "tanks"), T::T);
    assert_eq!(weapon("all weapons but small arms", "", "rifles"), T::F);
    assert_eq!(weapon("all weapons but small arms", "", "helicopters"), T::U);
    assert_eq!(weapon("all weapons but mortars of calibre up to 82 mm", "", "mortars"), T::U);
}
