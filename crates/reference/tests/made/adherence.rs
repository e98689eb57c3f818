//! Random acceptances and lists, and notices of both.

use armistice_records::{Effect, Kind, Message, Record, Votes, When};
use jiff::Span;
use jiff::civil::date;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

use super::DAYS;
use super::records::{access, groups};

const BY: &[&str] = &["2020-03-26", "2020-03-29 12:00", "2020-04-01"];

const MAKERS: &[&[&str]] = &[&["East", "West"], &["East", "West"], &["West"], &["East"], &["the north"]];

/// What two parties and one excluded say of who they are: clauses.
pub(crate) fn clauses() -> BoxedStrategy<[String; 3]> {
    let accept = |often| {
        let by = weighted(often, select(BY));
        by.prop_map(|by| by.map(|by| format!("  binds those who accept by {by}\n")).unwrap_or_default())
    };
    let list = weighted(0.3, select(&["East and West together", "East and West separately", "West"][..]));
    let list = list.prop_map(|by| by.map(|by| format!("  listed by {by}\n")).unwrap_or_default());
    (accept(0.15), accept(0.4), list).prop_map(|(north, third, others)| [north, third, others]).boxed()
}

/// Somebody accepts or leaves, or is put on a list or taken off it.
pub(crate) fn turned() -> BoxedStrategy<Record> {
    let names = select(&["the north", "the north", "NORTH", "rebels", "third", "Third", "ополченці", "gunmen"][..]);
    let effect = select(&[Effect::Accepted, Effect::Accepted, Effect::Accepted, Effect::Left][..]);
    let about = select(&["", "", "North", "Third", "third", "1"][..]);
    let own = (effect, names, about).prop_map(|(effect, name, about)| (effect, vec![name], Vec::new(), about));
    let makers = select(MAKERS);
    let listed = select(&["gunmen", "gunmen", "rebels", "the others", "Abroad", "Others"][..]);
    let effect = select(&[Effect::Listed, Effect::Listed, Effect::Delisted][..]);
    let about = select(&["Others", "Others", "others", "", "North"][..]);
    let list =
        (effect, makers, listed, about).prop_map(|(effect, by, name, about)| (effect, by.to_vec(), vec![name], about));
    let told = prop_oneof![4 => Just(Vec::new()), 1 => groups()];
    (prop_oneof![own, list], 0..DAYS, 0..24_i64, any::<bool>(), told)
        .prop_map(|((effect, by, on, subject), day, hour, whole, independence_groups)| {
            let from = date(2020, 3, 20).at(0, 0, 0, 0).checked_add(Span::new().days(day)).unwrap();
            let from = if whole { from } else { from.checked_add(Span::new().hours(hour)).unwrap() };
            let length = Span::new().hours(if whole { 24 } else { 1 });
            let subject: Vec<String> = Some(subject).filter(|s| !s.is_empty()).map(str::to_owned).into_iter().collect();
            let own = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
            Record {
                kind: if on.is_empty() { Kind::Notification } else { Kind::Decision },
                happened: When::Local { from, until: from.checked_add(length).unwrap() },
                side_a: own(by),
                side_b: own(on),
                independence_groups,
                message: Some(Message { effect, subject, until: None, count: None, votes: Votes::default() }),
                ..access()
            }
        })
        .boxed()
}
