//! Section 8: inventories.

use armistice_records::{Act, Direction, Effect, Estimate, Kind, Message, Place, Quantity, Record};
use armistice_reference::{Found, Stocked, Where};

use crate::case::{Case, hours, names, notice, point, report};

const STOCK: &str = "inventory Declared\n  held by North\n  holds 12 tanks\n  stored at Zone\n  under seal of Mission";

/// So many things of the north, seen somewhere on 30 March.
fn seen(id: &str, number: u32, of: &str, place: Place) -> Record {
    let number = Estimate { low: number, best: number, high: number };
    let quantity = Some(Quantity { number, of: Some(of.to_owned()) });
    let weapons = names(&[of]);
    let groups = names(&["Mission"]);
    let side_b = Vec::new();
    Record {
        kind: Kind::Sighting,
        act: Act::Presence,
        quantity,
        place,
        weapons,
        side_b,
        independence_groups: groups,
        ..report(id)
    }
}

/// All that there was of it was counted, on a day of March.
fn counted(id: &str, of: &[&str], (low, high): (u32, u32), day: i8) -> Record {
    let told = notice(id, Kind::Inspection, &["Mission"], Effect::Counted, &["Declared"]);
    let count = Some(Estimate { low, best: low, high });
    let message = told.message.clone().map(|message| Message { count, ..message });
    Record { act: Act::Other, message, weapons: names(of), happened: hours(day, 0, 24), ..told }
}

fn told_of(stock: &str, line: &str, records: Vec<Record>) -> Stocked {
    let clauses: Vec<&str> = [stock, line].into_iter().filter(|clause| !clause.is_empty()).collect();
    Case::new("2020-03-26", 95, &clauses, records).known().stocked(0).remove(0)
}

fn told(records: Vec<Record>) -> Stocked {
    told_of(STOCK, "", records)
}

fn places(told: &Stocked) -> Vec<(Where, u64, &str)> {
    told.seen.iter().map(|(at, number, id)| (*at, *number, id.as_str())).collect()
}

/// In the zone, on its edge, and a degree away from it.
fn inside() -> Place {
    point(48.5, 37.5, 0.0)
}

fn edge() -> Place {
    point(48.5, 37.0, 2000.0)
}

fn away() -> Place {
    point(48.5, 36.0, 0.0)
}

#[test]
fn silence_makes_nothing_missing_and_nothing_verified() {
    let nothing = told(Vec::new());
    assert_eq!((nothing.found, nothing.counted), (Found::NotVerified, None));
    assert!(nothing.seen.is_empty() && nothing.refused.is_empty());
    // Nor does what was seen: two of them in storage leave the others anywhere.
    assert_eq!(told(vec![seen("a", 2, "tanks", inside())]).found, Found::NotVerified);
}

#[test]
fn what_is_missing_is_missing_from_the_last_count() {
    let missing = |records: Vec<Record>| {
        let told = told(records);
        (told.found, told.counted.map(|last| last.missing))
    };
    let (early, late) = (counted("a", &["tanks"], (12, 12), 28), counted("b", &["Tank"], (9, 10), 30));
    assert_eq!(missing(vec![early.clone()]), (Found::NoneMissing, Some((0, 0))));
    assert_eq!(missing(vec![late.clone(), early.clone()]), (Found::SomeMissing, Some((2, 3))));
    assert_eq!(missing(vec![counted("c", &["tanks"], (11, 14), 31), early]), (Found::CannotTell, Some((0, 1))));
    // Of two on one day nobody knows which was the last.
    assert_eq!(missing(vec![late, counted("d", &["tanks"], (12, 12), 30)]), (Found::CannotTell, Some((0, 3))));
    assert_eq!(missing(vec![counted("e", &["tanks"], (13, 13), 30)]), (Found::NoneMissing, Some((0, 0))));
}

#[test]
fn only_a_count_of_all_of_it_tells_what_is_missing() {
    let found = |record: Record| told(vec![record]).found;
    // Some make of tank is not all tanks, and one village is not all there is.
    assert_eq!(found(counted("a", &["T-72"], (3, 3), 30)), Found::NotVerified);
    let count = counted("a", &["tanks"], (3, 3), 30);
    assert_eq!(found(Record { place: away(), ..count.clone() }), Found::NotVerified);
    assert_eq!(found(Record { place_name: names(&["a village"]).pop(), ..count.clone() }), Found::NotVerified);
    assert_eq!(found(Record { place: inside(), ..count.clone() }), Found::SomeMissing);
    assert_eq!(found(Record { place_name: names(&["zone"]).pop(), ..count.clone() }), Found::SomeMissing);
    // Of what nothing is said, and there is but one thing.
    assert_eq!(found(Record { weapons: Vec::new(), ..count.clone() }), Found::SomeMissing);
    // Of others', about something else, and by nobody under whose seal it is.
    assert_eq!(found(Record { side_b: names(&["the south"]), ..count.clone() }), Found::NotVerified);
    let message = count.message.clone().map(|message| Message { subject: names(&["1"]), ..message });
    assert_eq!(found(Record { message, ..count.clone() }), Found::NotVerified);
    assert_eq!(found(Record { side_a: names(&["Abroad"]), ..count.clone() }), Found::NotVerified);
    assert_eq!(found(Record { independence_groups: names(&["North Radio"]), ..count }), Found::NotVerified);
}

#[test]
fn nobody_vouches_for_what_he_holds_himself() {
    let unsealed = STOCK.replace("\n  under seal of Mission", "");
    let found = |by: &[&str], group: &str| {
        let groups = if group.is_empty() { Vec::new() } else { names(&[group]) };
        let count = counted("a", &["tanks"], (12, 12), 30);
        let count = Record { side_a: names(by), independence_groups: groups, ..count };
        told_of(&unsealed, "", vec![count]).found
    };
    assert_eq!(found(&["the north"], ""), Found::NotVerified);
    assert_eq!(found(&["the north"], "SOHR"), Found::NotVerified);
    assert_eq!(found(&["the north"], "Mission"), Found::NoneMissing);
    assert_eq!(found(&["the north", "the south"], ""), Found::NoneMissing);
    assert_eq!(found(&["passers-by"], ""), Found::NoneMissing);
}

#[test]
fn things_that_may_be_of_two_items_are_all_of_neither() {
    let two = "inventory Declared\n  held by North\n  holds 12 tanks and 20 heavy weapons";
    let count = |of: &[&str]| told_of(two, "", vec![counted("a", of, (3, 3), 30)]).found;
    assert_eq!((count(&["tanks"]), count(&[])), (Found::NotVerified, Found::NotVerified));
    let apart = STOCK.replace("12 tanks", "12 tanks and 3 fuel trucks");
    assert_eq!(told_of(&apart, "", vec![counted("a", &["tanks"], (3, 3), 30)]).found, Found::SomeMissing);
}

#[test]
fn at_one_of_several_sites_some_are_seen_and_none_are_missing() {
    let several = STOCK.replace("Zone", "Zone and Disc");
    let count = Record { place: inside(), ..counted("a", &["tanks"], (3, 3), 30) };
    let told = told_of(&several, "", vec![count]);
    assert_eq!(told.found, Found::NotVerified);
    assert_eq!(places(&told), [(Where::InStorage, 3, "a")]);
    assert_eq!(told_of(&several, "", vec![counted("a", &["tanks"], (3, 3), 30)]).found, Found::SomeMissing);
}

#[test]
fn what_is_seen_is_in_storage_or_elsewhere_or_nobody_can_tell() {
    let stored = told(vec![
        seen("a", 4, "tanks", inside()),
        seen("b", 3, "tanks", edge()),
        seen("c", 2, "tanks", away()),
        Record { place_name: names(&["ZONE"]).pop(), ..seen("d", 1, "tanks", Place::Unknown) },
        // Its name says one thing, and its place another.
        Record { place_name: names(&["Zone"]).pop(), ..seen("e", 1, "tanks", away()) },
        seen("none", 0, "tanks", away()),
        seen("other", 5, "mortars", away()),
        Record { side_a: names(&["the south"]), ..seen("theirs", 5, "tanks", away()) },
        Record { act: Act::Movement, ..seen("moving", 5, "tanks", away()) },
        Record { independence_groups: names(&["North Radio"]), ..seen("claimed", 5, "tanks", inside()) },
    ]);
    assert_eq!(
        places(&stored),
        [
            (Where::InStorage, 1, "d"),
            (Where::InStorage, 4, "a"),
            (Where::NobodyCanTell, 1, "e"),
            (Where::NobodyCanTell, 3, "b"),
            (Where::OfNoLine, 2, "c"),
        ]
    );
}

#[test]
fn a_point_has_no_inside_and_without_a_site_nothing_is_outside() {
    for site in ["  stored at Post\n", ""] {
        let stock = STOCK.replace("  stored at Zone\n", site);
        let told = told_of(&stock, "", vec![seen("a", 2, "tanks", away())]);
        assert_eq!(places(&told), [(Where::NobodyCanTell, 2, "a")]);
    }
}

#[test]
fn what_is_outside_is_in_breach_of_a_line_or_beyond_it_or_neither() {
    let at = |line: &str, record: Record| {
        let told = told_of(STOCK, line, vec![record]);
        told.seen.into_iter().map(|(at, ..)| at).collect::<Vec<_>>()
    };
    let line = "North must keep tanks at least 20 km from Meridian\n  from D";
    let near = point(48.5, 36.9, 0.0);
    assert_eq!(at(line, seen("a", 2, "tanks", near.clone())), [Where::InBreachOfALine]);
    assert_eq!(at(line, seen("a", 2, "tanks", away())), [Where::BeyondTheLines]);
    assert_eq!(at(line, seen("a", 2, "tanks", point(48.5, 36.73, 3000.0))), [Where::NotSurelyBeyond]);
    // Where the line does not bind yet, it was this side of it, and no breach.
    assert_eq!(at(&line.replace('D', "2020-04-20"), seen("a", 2, "tanks", near.clone())), [Where::NotSurelyBeyond]);
    // A line of others, one for something else, and where it must be are no lines of it.
    assert_eq!(at(&line.replace("North", "South"), seen("a", 2, "tanks", near.clone())), [Where::OfNoLine]);
    assert_eq!(at(&line.replace("tanks", "mortars"), seen("a", 2, "tanks", near.clone())), [Where::OfNoLine]);
    assert_eq!(at("North must keep tanks in Zone\n  from D", seen("a", 2, "tanks", near)), [Where::OfNoLine]);
}

#[test]
fn of_two_sides_together_nothing_is_surely_the_holders() {
    let both = Record { direction: Direction::Undirected, ..seen("a", 2, "tanks", inside()) };
    assert!(places(&told(vec![Record { side_b: names(&["the south"]), ..both.clone() }])).is_empty());
    assert_eq!(places(&told(vec![Record { side_b: names(&["North"]), ..both }])), [(Where::InStorage, 2, "a")]);
}

#[test]
fn who_was_refused_after_the_last_count_could_not_verify_it() {
    let refused = |day: i8, effect: Effect, subject: &str| Record {
        happened: hours(day, 0, 24),
        ..notice("refused", Kind::Access, &["Mission"], effect, &[subject])
    };
    let count = || counted("a", &["tanks"], (12, 12), 29);
    let named = |record: Record| told(vec![count(), record]).refused.len();
    assert_eq!(named(refused(30, Effect::AccessDenied, "Declared")), 1);
    assert_eq!(named(refused(28, Effect::AccessDenied, "Declared")), 0);
    assert_eq!(named(refused(30, Effect::AccessFull, "Declared")), 0);
    assert_eq!(named(refused(30, Effect::AccessLimited, "1")), 0);
    let there = Record { place_name: names(&["zone"]).pop(), ..refused(30, Effect::AccessLimited, "1") };
    assert_eq!(named(there), 1);
    assert_eq!(told(vec![refused(28, Effect::AccessDenied, "Declared")]).refused.len(), 1);
}
