//! Section 3: what gives way to a text that prevails.

use armistice_records::Record;
use armistice_reference::{Standing, T};

use crate::case::{Case, hours, report};

const FIRST: &str = "North must not attack South\n  from D";

/// `Later` is signed on 28 March; the second clause is its own.
fn case(relation: &str, first: &str, own: &str, day: i8) -> Case {
    let first = format!("instrument Later \"L\"\n  signed 2020-03-28\n  {relation}\n{first}");
    let own = format!("{own}\n  under Later");
    let record = Record { happened: hours(day, 0, 24), ..report("r") };
    Case::new("2020-03-26", 95, &[&first, &own], vec![record])
}

#[test]
fn what_speaks_of_the_same_sets_aside_what_it_prevails_over() {
    let own = "North must not attack South\n  except in self-defence";
    assert_eq!(case("prevails over 1", FIRST, own, 27).point("r", 0), T::T);
    assert_eq!(case("prevails over 1", FIRST, own, 28).point("r", 0), T::F);
    // From when the term itself counts, too.
    let later = "North must not attack South\n  from 2020-03-30";
    assert_eq!(case("prevails over 1", FIRST, later, 29).point("r", 0), T::T);
    assert_eq!(case("prevails over 1", FIRST, later, 30).point("r", 0), T::F);
    // It may allow what was forbidden.
    assert_eq!(case("prevails over 1", FIRST, "North may attack South", 28).point("r", 0), T::F);
    let known = case("prevails over 1", "North must not attack South\n  from 2020-03-28", own, 28);
    let held = known.known().standing(0, None);
    assert_eq!((held.standing, held.ground), (Standing::NotInForce, 3));
}

#[test]
fn another_number_is_of_the_same_and_another_place_is_not() {
    let first = "North must keep tanks at least 2 km from Post\n  from D";
    let point = |own: &str| case("prevails over 1", first, own, 28).point("r", 0);
    assert_eq!(point("North must keep tanks at least 900 m from Post"), T::F);
    // The clause is named, and the act is of the same kind: nobody can say.
    assert_eq!(point("North must keep tanks at least 900 m from Meridian"), T::U);
    assert_eq!(point("North must keep mortars at least 900 m from Post"), T::U);
    // Nothing corresponds.
    assert_eq!(point("North must not recruit"), T::T);
    assert_eq!(point("South must keep tanks at least 900 m from Post"), T::T);
}

#[test]
fn what_is_not_certain_leaves_it_open() {
    // It binds more than the other does.
    let both = "North and South must not attack Others\n  from D";
    let acts = |own: &str, day| {
        let mut case = case("prevails over 1", both, own, day);
        case.records[0].side_b = vec!["the others".to_owned()];
        case.point("r", 0)
    };
    assert_eq!(acts("North must not attack Others", 27), T::T);
    assert_eq!(acts("North must not attack Others", 28), T::U);
    assert_eq!(acts("North and South must not attack Others", 28), T::F);
    // The other ends: it counted until then.
    let ends = "North must not attack South\n  until 2020-04-02 00:00";
    assert_eq!(case("prevails over 1", FIRST, ends, 31).point("r", 0), T::F);
    let mut after = case("prevails over 1", FIRST, ends, 28);
    let seconds = |text: &str| text.parse().unwrap();
    let (from, until) = (seconds("2020-04-02T00:00:00Z"), seconds("2020-04-03T00:00:00Z"));
    after.records[0].happened = armistice_records::When::Utc { from, until };
    assert_eq!(after.point("r", 0), T::U);
    // It hangs on something.
    let hangs = "North must not attack South\n  only after 1";
    assert_eq!(case("prevails over 1", FIRST, hangs, 28).point("r", 0), T::U);
}

#[test]
fn of_a_whole_text_only_what_corresponds_gives_way() {
    // Here the agreement prevails over the instrument's own.
    let texts = |first: &str| {
        let own = "instrument Later \"L\"\n  signed 2020-03-26\ninstrument Last \"L\"\n  signed 2020-03-28\n  \
                   prevails over Later\nNorth must not attack South\n  under Later";
        let last = format!("{first}\n  under Last");
        let record = Record { happened: hours(28, 0, 24), ..report("r") };
        Case::new("2020-03-26", 95, &[own, &last], vec![record]).point("r", 0)
    };
    assert_eq!(texts("North must not attack South"), T::F);
    // Of another target: both texts count.
    assert_eq!(texts("North must not attack Others"), T::T);
    // In other words it allows what the first forbids.
    assert_eq!(texts("North may attack Others"), T::U);
    assert_eq!(texts("North must not recruit"), T::T);
}
