//! Exchanges, what is released under them, and what is counted.

use armistice_records::{Act, Direction, Effect, Estimate, Kind, Message, Quantity, Record, Votes, When};
use jiff::civil::{DateTime, date};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

use super::DAYS;
use super::records::{access, groups};

/// So many for so many, or nothing at all.
pub(crate) fn exchange() -> BoxedStrategy<String> {
    let ratio = select(
        &[
            "3 detainees for each hostage",
            "2 detainees for each hostage",
            "2 detainees for each of 3 hostages",
            "3 detainees for each of 4 hostages",
            "5 prisoners for 2 hostages",
            "1 prisoner for each prisoner",
            "[2: \"a\" | 3: \"b\"] detainees for each hostage",
            "2 tanks for each hostage",
            "3 detainees and 2 others for each hostage",
        ][..],
    );
    let to = select(&["South", "South", "South", "Third", "South and Third", "North"][..]);
    let by = weighted(0.7, (1..8_i64).prop_map(|n| format!("  by D + {n} days\n")));
    let from = weighted(0.3, (0..5_i64).prop_map(|n| format!("  from D + {n} days\n")));
    let first = weighted(0.4, select(&["North", "South", "Third"][..]));
    (ratio, to, by, from, first)
        .prop_map(|(ratio, to, by, from, first)| {
            let (by, from) = (by.unwrap_or_default(), from.unwrap_or_default());
            let first = first.map(|who| format!("  first by {who}\n")).unwrap_or_default();
            format!("clause 9 \"x\"\nexchange {ratio}\n  owed by North\n  owed to {to}\n{first}{from}{by}")
        })
        .boxed()
}

/// Releases by either side, and counts of all that was released.
pub(crate) fn released() -> BoxedStrategy<Vec<Record>> {
    prop_oneof![vec(one(), 1..7), story()].boxed()
}

/// One side releases some, none of the other's are counted, and later some are.
fn story() -> impl Strategy<Value = Vec<Record>> {
    (0..DAYS - 8, 1..4_i64, any::<bool>(), 1..6_u32, 0..10_u32).prop_map(|(day, later, south, some, others)| {
        let ours = if south { ("the south", "hostages") } else { ("the north", "detainees") };
        let theirs = ("", if south { "detainees" } else { "hostages" });
        let told = |counts: bool, day: i64, (by, of): (&str, &str), number: u32| {
            let side = if counts { Vec::new() } else { vec![by.to_owned()] };
            let number = Estimate { low: number, best: number, high: number };
            let from = date(2020, 3, 26).at(0, 0, 0, 0) + jiff::Span::new().days(day);
            record(counts, number, (side, Some(of)), (from, 24), vec!["Mission".to_owned()], (None, "9"))
        };
        vec![
            told(false, day, ours, some),
            told(true, day + 1, theirs, 0),
            told(true, day + 1 + later, theirs, others),
            told(true, day + 2 + later, ("", ours.1), some),
        ]
    })
}

/// A release by a side, or a count of what one side released.
fn record(
    counts: bool,
    number: Estimate,
    (side, of): (Vec<String>, Option<&str>),
    (from, hours): (DateTime, i64),
    told: Vec<String>,
    (event, subject): (Option<&str>, &str),
) -> Record {
    let subject = vec![subject.to_owned()];
    let message =
        Message { effect: Effect::Counted, subject, until: None, count: Some(number), votes: Votes::default() };
    Record {
        kind: if counts { Kind::Inspection } else { Kind::Incident },
        happened: When::Local { from, until: from + jiff::Span::new().hours(hours) },
        known: None,
        act: if counts { Act::Other } else { Act::Release },
        side_a: if counts { vec!["Mission".to_owned()] } else { side.clone() },
        side_b: if counts { side } else { Vec::new() },
        direction: Direction::AOnB,
        quantity: of.map(|of| Quantity { number, of: Some(of.to_owned()) }),
        independence_groups: told,
        event: event.map(str::to_owned),
        message: counts.then_some(message),
        ..access()
    }
}

fn one() -> impl Strategy<Value = Record> {
    let number = (select(&[0_u32, 1, 2, 3, 4, 6, 9][..]), select(&[0_u32, 0, 0, 2][..]))
        .prop_map(|(low, more)| Estimate { low, best: low, high: low + more });
    let who = select(&["the north", "the south", "the south", "third", "the others", ""][..]);
    let of = weighted(0.85, select(&["detainees", "hostages", "hostage", "prisoners", "tanks"][..]));
    let told = prop_oneof![3 => Just(vec!["Mission".to_owned()]), 1 => groups()];
    let event = weighted(0.15, select(&["e-1", "e-2"][..]));
    (any::<bool>(), number, who, of, (0..DAYS, 1..3_i64, 0..20_i64), told, event, select(&["9", "9", "9", "1"][..]))
        .prop_map(|(counts, number, who, of, (day, days, hour), told, event, subject)| {
            let begin = date(2020, 3, 25).at(0, 0, 0, 0) + jiff::Span::new().days(day);
            let when = if hour < 8 { (begin, days * 24) } else { (begin + jiff::Span::new().hours(hour), 1) };
            let side = if who.is_empty() { Vec::new() } else { vec![who.to_owned()] };
            record(counts, number, (side, of), when, told, (event, subject))
        })
}
