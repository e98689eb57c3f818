//! Inventories, what is counted of them, and what is seen of them elsewhere.

use armistice_geodesy::{Position, Radius95};
use armistice_records::{Act, Direction, Effect, Estimate, Kind, Message, Place, Quantity, Record, Votes, When};
use jiff::civil::date;
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

use super::records::{access, groups};
use super::{DAYS, places};

/// What is declared, by whom, where it is stored and under whose seal.
pub(crate) fn inventory() -> BoxedStrategy<String> {
    let holds = select(
        &[
            "20 tanks and 10 \"D-30\"\n  holds 3 fuel trucks with serial numbers",
            "20 tanks and 10 \"D-30\"\n  holds 3 fuel trucks with serial numbers",
            "12 tanks",
            "[12: \"a\" | 10: \"b\"] tanks",
            "9 artillery and 4 \"D-30\"",
        ][..],
    );
    let held = select(
        &[
            "  held by North\n",
            "  held by North\n",
            "  held by North\n",
            "  held by North\n",
            "  held by South and Third\n",
            "  held by North and South\n",
            "",
        ][..],
    );
    let stored = select(
        &[
            "",
            "  stored at Zone\n",
            "  stored at Zone\n",
            "  stored at Disc\n",
            "  stored at Disc\n",
            "  stored at Store\n",
            "  stored at Store\n",
            "  stored at Store\n",
            "  stored at Post\n",
            "  stored at Zone and Disc\n",
            "  stored at Disc and Post\n",
            "  stored at Holed\n",
            "  stored at Deep\n",
            "  stored at Sky\n",
        ][..],
    );
    let seal = select(&["", "", "", "  under seal of Mission\n", "  under seal of Abroad and West\n"][..]);
    (holds, held, stored, seal)
        .prop_map(|(holds, held, stored, seal)| {
            format!("area Store\n  within 1 km of Far\ninventory Declared\n{held}  holds {holds}\n{stored}{seal}")
        })
        .boxed()
}

/// A line behind which what was declared is to be, or nothing at all: most terms
/// have too much about them for anything to be surely on either side.
pub(crate) fn line() -> BoxedStrategy<String> {
    let ground = select(&["at least 2 km from Road", "out of Zone", "out of Zone", "at least 500 m from Post"][..]);
    let what = select(&["tanks", "tanks", "all forces", "artillery"][..]);
    let line = (what, ground, select(&["keep", "keep", "withdraw"][..])).prop_map(|(what, ground, verb)| {
        let by = if verb == "withdraw" { "by" } else { "from" };
        format!("clause 8 \"x\"\nNorth must {verb} {what} {ground}\n  {by} D\n")
    });
    weighted(0.3, line).prop_map(Option::unwrap_or_default).boxed()
}

/// Counts of what was declared, and what was seen of it anywhere; or that nobody
/// was let in.
pub(crate) fn told() -> BoxedStrategy<Vec<Record>> {
    let one = prop_oneof![4 => counted(), 6 => seen(), 3 => plain(), 1 => refused()];
    prop_oneof![3 => vec(one, 1..7), 1 => recounted()].boxed()
}

fn number() -> impl Strategy<Value = Estimate> {
    let low = select(&[0_u32, 1, 3, 7, 9, 10, 12, 12, 15, 20][..]);
    (low, select(&[0_u32, 0, 0, 0, 3, 8][..])).prop_map(|(low, more)| Estimate { low, best: low, high: low + more })
}

fn of() -> impl Strategy<Value = Option<&'static str>> {
    const NAMES: &[&str] = &[
        "tanks",
        "tanks",
        "Tank",
        "tanks",
        "D-30",
        "\"D-30\"",
        "artillery",
        "fuel truck",
        "trucks",
        "heavy weapons",
        "?",
    ];
    weighted(0.85, select(NAMES))
}

/// Over some days from one on.
fn days() -> impl Strategy<Value = When> {
    (-1..DAYS, 0..24_i64, select(&[1_i64, 24, 24, 48][..])).prop_map(|(day, hour, length)| {
        let hour = if length == 1 { hour } else { 0 };
        let from = date(2020, 3, 24).at(0, 0, 0, 0) + jiff::Span::new().days(day).hours(hour);
        When::Local { from, until: from + jiff::Span::new().hours(length) }
    })
}

/// Somewhere, and what it is called.
fn somewhere() -> impl Strategy<Value = (Place, Option<String>)> {
    let on_the_post = Place::Point { at: Position::new(48.0, 37.0).unwrap(), radius: Radius95::EXACT };
    let far_off = Place::Point { at: Position::new(48.4, 37.0).unwrap(), radius: Radius95::EXACT };
    let place = prop_oneof![
        2 => Just(Place::Unknown),
        2 => Just(on_the_post),
        2 => Just(far_off),
        3 => places::place(),
    ];
    let called = select(&["Disc", "disc ", "zone", "Post", "a village", " "][..]).prop_map(str::to_owned);
    (place, weighted(0.3, called))
}

fn message(effect: Effect, subject: &str, count: Option<Estimate>) -> Option<Message> {
    Some(Message { effect, subject: vec![subject.to_owned()], until: None, count, votes: Votes::default() })
}

fn by() -> impl Strategy<Value = Vec<String>> {
    prop_oneof![3 => Just(vec!["Mission".to_owned()]), 1 => groups()]
}

/// Somebody counted all there was.
fn counted() -> BoxedStrategy<Record> {
    let whose = select(&["", "", "the north", "the south", "the others", "gunmen"][..]);
    let about = select(&["Declared", "Declared", "Declared", "Declared", "1"][..]);
    let place = prop_oneof![1 => Just((Place::Unknown, None)), 1 => somewhere()];
    let looked = select(&["Mission", "Mission", "abroad", "the north"][..]);
    let what = (about, number(), of(), any::<bool>());
    (what, days(), place, by(), whose, looked)
        .prop_map(|((about, count, of, weapons), happened, (place, place_name), told, whose, looked)| {
            let quantity = of.filter(|_| !weapons).map(|of| Quantity { number: count, of: Some(of.to_owned()) });
            Record {
                kind: Kind::Inspection,
                act: Act::Other,
                happened,
                known: None,
                place,
                place_name,
                side_a: vec![looked.to_owned()],
                side_b: if whose.is_empty() { Vec::new() } else { vec![whose.to_owned()] },
                weapons: of.filter(|_| weapons).map(str::to_owned).into_iter().collect(),
                quantity,
                independence_groups: told,
                message: message(Effect::Counted, about, Some(count)),
                ..access()
            }
        })
        .boxed()
}

/// Somebody saw some of it.
fn seen() -> BoxedStrategy<Record> {
    let whose = select(&["the north", "the north", "the north", "the south", "third", "the others"][..]);
    let act = select(&[Act::Presence, Act::Presence, Act::Presence, Act::Deployment, Act::Movement][..]);
    let what = (weighted(0.7, number()), of(), act, any::<bool>());
    (what, days(), somewhere(), by(), whose, weighted(0.2, select(&["the south", "North"][..])))
        .prop_map(|((number, of, act, weapons), happened, (place, place_name), told, whose, other)| {
            let quantity = number.map(|number| Quantity { number, of: of.filter(|_| !weapons).map(str::to_owned) });
            Record {
                kind: Kind::Sighting,
                act,
                happened,
                known: None,
                place,
                place_name,
                side_a: vec![whose.to_owned()],
                side_b: other.map(str::to_owned).into_iter().collect(),
                direction: if other.is_some() { Direction::Undirected } else { Direction::AOnB },
                weapons: of.map(str::to_owned).into_iter().collect(),
                quantity,
                independence_groups: told,
                message: None,
                ..access()
            }
        })
        .boxed()
}

/// A monitor saw some of it on a whole day, on the post or far behind it.
fn plain() -> BoxedStrategy<Record> {
    let latitude = select(&[48.0, 48.0, 48.0, 48.03, 48.18, 48.4][..]);
    (seen(), 0..DAYS, latitude)
        .prop_map(|(seen, day, latitude)| {
            let from = date(2020, 3, 24).at(0, 0, 0, 0) + jiff::Span::new().days(day);
            Record {
                act: Act::Presence,
                happened: When::Local { from, until: from + jiff::Span::new().hours(24) },
                place: Place::Point { at: Position::new(latitude, 37.0).unwrap(), radius: Radius95::EXACT },
                place_name: None,
                side_a: vec!["the north".to_owned()],
                side_b: Vec::new(),
                direction: Direction::AOnB,
                weapons: vec!["tanks".to_owned()],
                quantity: None,
                independence_groups: vec!["Mission".to_owned()],
                ..seen
            }
        })
        .boxed()
}

/// Somebody was not let in, or not everywhere.
fn refused() -> BoxedStrategy<Record> {
    let effect = select(&[Effect::AccessDenied, Effect::AccessLimited, Effect::AccessFull][..]);
    let about = select(&["Declared", "Declared", "1"][..]);
    (effect, about, days(), somewhere())
        .prop_map(|(effect, about, happened, (place, place_name))| Record {
            happened,
            known: None,
            place,
            place_name,
            message: message(effect, about, None),
            ..access()
        })
        .boxed()
}

/// A count, and another on the same day or a later one.
fn recounted() -> BoxedStrategy<Vec<Record>> {
    (1..DAYS - 4, 0..3_i64, number(), number())
        .prop_map(|(day, later, first, second)| {
            let count = |day: i64, number: Estimate| {
                let from = date(2020, 3, 24).at(0, 0, 0, 0) + jiff::Span::new().days(day);
                Record {
                    kind: Kind::Inspection,
                    act: Act::Other,
                    happened: When::Local { from, until: from + jiff::Span::new().hours(24) },
                    known: None,
                    quantity: Some(Quantity { number, of: Some("tanks".to_owned()) }),
                    independence_groups: vec!["Mission".to_owned()],
                    message: message(Effect::Counted, "Declared", Some(number)),
                    ..access()
                }
            };
            vec![count(day, first), count(day + later, second)]
        })
        .boxed()
}
