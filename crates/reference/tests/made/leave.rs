//! Permissions that ask for something first, and notices of it.

use armistice_records::{Effect, Kind, Message, Record, Votes, When};
use jiff::civil::date;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::DAYS;
use super::records::{access, groups};

/// What may be done only after something else.
pub(crate) fn allowed() -> BoxedStrategy<String> {
    let act = select(&["North may attack South", "North may return fire", "North and South may attack each other"][..]);
    let step = select(
        &[
            "  only after talks were tried",
            "  only with leave of East",
            "  only with leave of East and West",
            "  only with leave of East and West separately",
            "  only with notice to Mission",
            "  only with notice to Mission 48 hours before",
            "  only with notice to the others concerned",
        ][..],
    );
    (act, vec(step, 1..3)).prop_map(|(act, steps)| format!("{act}\n{}", steps.join("\n"))).boxed()
}

/// Leave, notice, or something tried, at some hour or on some day.
pub(crate) fn taken() -> BoxedStrategy<Record> {
    const LEAVE: &[&[&str]] = &[&["East", "West"], &["East"], &["East"], &["West"]];
    let leave = select(LEAVE).prop_map(|by| (Effect::Authorised, by.to_vec(), "", None));
    let notice =
        (select(&["the north", "the north", "the south"][..]), select(&["Mission", "Mission", "East", ""][..]))
            .prop_map(|(by, to)| (Effect::Notified, vec![by], to, None));
    let tried = Just((Effect::Begun, vec!["Mission"], "", Some("talks were tried")));
    let subject = select(&["", "", "1", "2", "r-0", "r-1", "1:r-1"][..]);
    let told = prop_oneof![3 => Just(Vec::new()), 1 => groups()];
    (prop_oneof![3 => leave, 3 => notice, 2 => tried], 0..DAYS, 0..24_i64, any::<bool>(), subject, told)
        .prop_map(|((effect, by, to, about), day, hour, whole, subject, independence_groups)| {
            let from = date(2020, 3, 22).at(0, 0, 0, 0).checked_add(jiff::Span::new().days(day)).unwrap();
            let from = if whole { from } else { from.checked_add(jiff::Span::new().hours(hour)).unwrap() };
            let length = jiff::Span::new().hours(if whole { 24 } else { 1 });
            let subject = about.into_iter().chain(Some(subject).filter(|s| !s.is_empty()));
            let subject = subject.map(str::to_owned).collect();
            let names = |names: &[&str]| names.iter().filter(|n| !n.is_empty()).map(|n| (*n).to_owned()).collect();
            Record {
                kind: if effect == Effect::Notified { Kind::Notification } else { Kind::Decision },
                happened: When::Local { from, until: from.checked_add(length).unwrap() },
                side_a: names(&by),
                side_b: names(&[to]),
                independence_groups,
                message: Some(Message { effect, subject, until: None, count: None, votes: Votes::default() }),
                ..access()
            }
        })
        .boxed()
}
