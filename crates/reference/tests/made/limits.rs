//! Random limits, the records that count, and the counts about clauses.

use armistice_records::{Act, Estimate, Quantity};
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

/// What is done with so many of what.
const COUNTED: &[&str] = &[
    "keep at most 9 tanks",
    "keep at most 9 tanks in Zone",
    "keep at most 10 Guns",
    "keep at most 9 tanks and 20 personnel in Zone",
    "keep at least 9 Declared",
    "keep at most 20 personnel in Disc",
    "allow at least 10 trucks a day",
    "allow 10 trucks a week",
    "allow 10 fuel trucks each month",
    "deliver at least 10 \"aid parcels\" a day",
    "release 10 detainees\n  by D + 4 days",
    "hand over 30 % of Declared\n  by D + 2 days",
    "lay down 60 % of Declared\n  before D + 5 days",
    "withdraw 10 tanks\n  by D + 3 days",
    "disband 10 militias in goodwill\n  by D + 3 days",
    "meet at least 2 times a month",
    "open the road at least 10 hours a day",
];
const CAPPED: &[&str] = &[
    "may keep at most 9 tanks",
    "may keep at most 9 tanks, 10 Guns and 20 personnel",
    "may keep at most 9 personnel at each post",
    "may keep at most 3 tanks at each of 3 posts",
    "may fly at most 2 flights a day",
    "may fly up to 2 drones a week",
    "must not keep more than 9 tanks",
    "may allow at most 10 trucks a day",
    "may recruit at most 9 fighters a month",
];

pub(crate) fn limited() -> BoxedStrategy<String> {
    let bound = || select(&["North", "North", "South", "North and South", "every party"][..]);
    let duty = (bound(), select(COUNTED)).prop_map(|(who, what)| format!("{who} must {what}"));
    let cap = (bound(), select(CAPPED)).prop_map(|(who, what)| format!("{who} {what}"));
    prop_oneof![2 => duty, 1 => cap].boxed()
}

pub(crate) fn estimate() -> BoxedStrategy<Estimate> {
    let low = select(&[0_u32, 1, 2, 3, 8, 9, 10, 11, 20, 21, 60, 100][..]);
    let more = select(&[0_u32, 0, 0, 1, 5][..]);
    (low, more).prop_map(|(low, more)| Estimate { low, best: low + more / 2, high: low + more }).boxed()
}

pub(crate) fn quantity() -> BoxedStrategy<Option<Quantity>> {
    let of = select(&["tanks", "trucks", "Truck", "fuel trucks", "troops", "aid parcels", "flights", "lorries"][..]);
    let of = weighted(0.5, of.prop_map(str::to_owned));
    weighted(0.5, (estimate(), of).prop_map(|(number, of)| Quantity { number, of })).boxed()
}

/// The acts by which things are counted.
pub(crate) const DEEDS: &[Act] =
    &[Act::Presence, Act::Passage, Act::AidDelivery, Act::Release, Act::HandOver, Act::Withdrawal, Act::Flight];
