//! Section 4: acts other than fire, and duties to prevent. Section 5: heights.

use armistice_geodesy::Metres;
use armistice_records::{Act, Effect, Estimate, Kind, Message, Quantity, Record};
use armistice_reference::{T, Verdict};

use crate::case::{Case, names, point, report};

const ACT: usize = 1;
const ACTOR: usize = 2;
const PLACE: usize = 3;

fn case(clause: &str, record: Record) -> Case {
    Case::new("2020-03-26", 95, &[clause], vec![record])
}

fn of(act: Act) -> Record {
    Record { act, ..report("r") }
}

#[test]
fn an_act_is_may_be_or_is_not_the_one_forbidden() {
    let act = |clause: &str, act: Act| case(&format!("North must not {clause}\n  from D"), of(act)).point("r", ACT);
    assert_eq!(act("reinforce", Act::Reinforcement), T::T);
    assert_eq!(act("reinforce", Act::Movement), T::U);
    assert_eq!(act("reinforce", Act::Attack), T::F);
    assert_eq!(act("return fire", Act::Attack), T::U);
    assert_eq!(act("enter Zone", Act::Presence), T::T);
    assert_eq!(act("fly", Act::Attack), T::F);
    // A movement that is seen in a place may lead out of it.
    assert_eq!(act("move forces", Act::Movement), T::T);
    assert_eq!(act("move forces into Zone", Act::Movement), T::U);
    assert_eq!(act("move forces into Zone", Act::Deployment), T::T);
}

#[test]
fn on_whom_counts_where_it_is_said() {
    let actor = |clause: &str, on: &str| {
        let record = Record { side_b: names(&[on]), ..of(Act::TerritoryGain) };
        case(&format!("North must not {clause}\n  from D"), record).point("r", ACTOR)
    };
    assert_eq!(actor("acquire territory", "the others"), T::T);
    assert_eq!(actor("acquire territory from South", "the south"), T::T);
    assert_eq!(actor("acquire territory from South", "the others"), T::F);
    assert_eq!(actor("acquire territory from South", "somebody"), T::U);
}

#[test]
fn who_is_there_with_others_is_there() {
    let together = || Record { side_a: names(&["the north", "the others"]), ..of(Act::Presence) };
    assert_eq!(case("North must not enter Zone\n  from D", together()).point("r", ACTOR), T::T);
    // Of those who are told of together, which one did it is not said.
    let deed = Record { act: Act::MineLaying, ..together() };
    assert_eq!(case("North must not lay mines\n  from D", deed).point("r", ACTOR), T::U);
}

#[test]
fn what_no_record_tells_is_a_condition() {
    let clause = "North must not recruit children\n  from D";
    let found = case(clause, of(Act::Recruitment)).finding("r");
    assert_eq!((found.points[ACT], found.verdict), (T::T, Verdict::CannotTell));
}

#[test]
fn what_others_did_is_no_breach_of_who_was_to_prevent_it() {
    let clause = "South must prevent North from attacking South\n  from D";
    let found = case(clause, report("r")).finding("r");
    assert_eq!((found.points[ACTOR], found.verdict), (T::U, Verdict::CannotTell));
    assert!(found.candidates.iter().eq([&1]), "the one who was to prevent it");
    // Of another it was not to be prevented.
    let others = Record { side_a: names(&["the others"]), ..report("r") };
    let found = case(clause, others).finding("r");
    assert_eq!((found.points[ACTOR], found.verdict), (T::F, Verdict::OutOfScope));
    assert!(found.candidates.is_empty());
}

#[test]
fn a_height_is_neither_above_nor_below_itself() {
    let at = |clauses: &str, height: Option<(f64, f64)>| {
        let height = height.map(|(from, to)| (Metres::new(from), Metres::new(to)));
        let record = Record { act: Act::Flight, height, ..report("r") };
        case(&format!("North must not fly\n  from D\n{clauses}"), record).point("r", PLACE)
    };
    let below = "  below 500 m";
    assert_eq!(at(below, Some((100.0, 499.0))), T::T);
    assert_eq!(at(below, Some((500.0, 600.0))), T::F);
    assert_eq!(at(below, Some((400.0, 500.0))), T::U);
    assert_eq!(at(below, None), T::U);
    let band = "  above 100 m\n  below 500 m";
    assert_eq!(at(band, Some((100.0, 300.0))), T::U);
    assert_eq!(at(band, Some((50.0, 100.0))), T::F);
    assert_eq!(at("", None), T::T);
}

#[test]
fn ground_and_height_must_both_hold() {
    // In the zone of a degree, and away from it.
    let at = |latitude: f64, height: f64| {
        let height = Some((Metres::new(height), Metres::new(height)));
        let place = point(latitude, 37.5, 0.0);
        let record = Record { act: Act::Flight, kind: Kind::Sighting, height, place, ..report("r") };
        case("North must not fly\n  from D\n  in Zone\n  below 500 m", record).point("r", PLACE)
    };
    assert_eq!(at(48.5, 300.0), T::T);
    assert_eq!(at(48.5, 900.0), T::F);
    assert_eq!(at(50.0, 300.0), T::F);
}

#[test]
fn access_that_was_refused_hinders_monitors() {
    let clause = "North and South must not hinder monitors\n  from D";
    let reported = |effect: Effect, by: &str| {
        let message = Message {
            effect,
            subject: Vec::new(),
            until: None,
            count: None,
            votes: armistice_records::Votes::default(),
        };
        let (side_a, side_b) = (names(&["Mission"]), names(&[by]));
        let record =
            Record { kind: Kind::Access, act: Act::Other, side_a, side_b, message: Some(message), ..report("r") };
        let found = Case::new("2020-03-26", 95, &[clause], vec![record]).finding("r");
        (found.points[1], found.points[2], found.candidates.into_iter().collect::<Vec<_>>())
    };
    assert_eq!(reported(Effect::AccessDenied, "the north"), (T::T, T::T, vec![0]));
    assert_eq!(reported(Effect::AccessLimited, "the south"), (T::U, T::T, vec![1]));
    assert_eq!(reported(Effect::AccessFull, "the north").0, T::F);
    assert_eq!(reported(Effect::AccessDenied, "the others").1, T::F);
}

#[test]
fn a_sighting_of_nothing_is_no_act() {
    let seen = |low: u32, high: u32, of: Option<&str>, weapons: &[&str]| {
        let number = Estimate { low, best: high, high };
        let quantity = Some(Quantity { number, of: of.map(str::to_owned) });
        let record = Record { quantity, weapons: names(weapons), ..of_presence() };
        case("North must not enter Zone\n  from D", record).point("r", ACT)
    };
    assert_eq!(seen(0, 0, None, &[]), T::F);
    assert_eq!(seen(0, 0, None, &["tanks", "mortars"]), T::F);
    assert_eq!(seen(0, 0, Some("Tanks"), &["tanks"]), T::F);
    // Perhaps one, perhaps none.
    assert_eq!(seen(0, 2, None, &[]), T::U);
    assert_eq!(seen(1, 2, None, &[]), T::T);
    // No trucks: that says nothing of the tanks.
    assert_eq!(seen(0, 0, Some("trucks"), &["tanks"]), T::U);
    assert_eq!(seen(0, 0, Some("tanks"), &["tanks", "mortars"]), T::U);
}

fn of_presence() -> Record {
    of(Act::Presence)
}
