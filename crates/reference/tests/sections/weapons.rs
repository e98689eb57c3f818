//! Section 5: weapons, their calibre and range.

use armistice_records::{Act, Record};
use armistice_reference::T;

use crate::case::{Case, names, report};

const WEAPON: usize = 4;

/// The weapon point of a record of these words, under a class of these.
fn point(class: &str, more: &str, words: &str) -> T {
    let clause = format!("weapons Meant are {class}\n{more}North must keep Meant out of Zone\n  from D");
    let record = Record { act: Act::Presence, weapons: names(&[words]), ..report("r") };
    Case::new("2020-03-26", 95, &[&clause], vec![record]).point("r", WEAPON)
}

#[test]
fn a_gun_of_just_the_calibre_is_at_least_and_not_over_it() {
    assert_eq!(point("artillery of calibre over 100 mm", "", "100 mm guns"), T::F);
    assert_eq!(point("artillery of calibre at least 100 mm", "", "100 mm guns"), T::T);
    assert_eq!(point("artillery of calibre at least 100 mm", "", "guns"), T::U);
    assert_eq!(point("artillery of calibre at least 100 mm", "", "82 mm something"), T::F);
    assert_eq!(point("artillery of calibre at least 10 cm", "", "something of 122 mm"), T::U);
}

#[test]
fn a_system_is_what_the_agreement_says_it_is() {
    let grad = "system \"BM-21\" is rocket artillery\n  also called \"Grad\"\n  of calibre 122 mm\n  of range 20 km\n";
    assert_eq!(point("rocket artillery", grad, "grad"), T::T);
    assert_eq!(point("rocket artillery", "", "grad"), T::U);
    assert_eq!(point("rocket artillery of range over 20 km", grad, "BM-21"), T::F);
    assert_eq!(point("rocket artillery of range at least 20 km", grad, "BM-21"), T::T);
    // What a report says of the calibre stands against what the text says.
    assert_eq!(point("rocket artillery of calibre over 100 mm", grad, "107 mm BM-21"), T::U);
    assert_eq!(point("\"Grad\"", grad, "rockets"), T::U);
    assert_eq!(point("\"Grad\"", grad, "220 mm rockets"), T::F);
}

#[test]
fn all_but_some_is_every_other_weapon() {
    assert_eq!(point("all weapons but small arms", "", "tanks"), T::T);
    assert_eq!(point("all weapons but small arms", "", "rifles"), T::F);
    assert_eq!(point("all weapons but small arms", "", "helicopters"), T::U);
    assert_eq!(point("all weapons but mortars of calibre up to 82 mm", "", "mortars"), T::U);
}
