//! Sections 8 and 11: numbers, grounds, and what is cited for them.

use std::collections::BTreeSet;

use armistice_records::{Effect, Kind, Record, TimePrecision};
use armistice_reference::{Claim, Counts, Fault, Standing, check};

use crate::case::{Case, NO_ATTACK, hours, names, notice, report};

fn case(clause: &str, records: Vec<Record>) -> Case {
    Case::new("2020-03-26", 95, &[clause], records)
}

fn ground(clause: &str, records: Vec<Record>) -> u8 {
    case(clause, records).known().standing(0, Some(0)).ground
}

/// Full access all the while.
fn access() -> Record {
    let happened = hours(24, 0, 40 * 24);
    Record { happened, ..notice("seen", Kind::Access, &["Mission"], Effect::AccessFull, &[]) }
}

#[test]
fn each_rule_has_its_number() {
    assert_eq!(ground("North may hold positions\n  from D", vec![]), 1);
    assert_eq!(ground("North must not attack South\n  from 2021-01-01", vec![]), 2);
    assert_eq!(ground("North must not attack South\n  from 2020-01-01\n  until 2020-01-05", vec![]), 3);
    assert_eq!(ground(NO_ATTACK, vec![report("r")]), 4);
    let several = Record { side_a: names(&["the north", "the south"]), ..report("r") };
    assert_eq!(ground("North and South must not attack anyone\n  from D", vec![several]), 5);
    let alleged = Record { independence_groups: names(&["the south"]), ..report("r") };
    assert_eq!(ground(NO_ATTACK, vec![alleged]), 6);
    let mut blind = case(NO_ATTACK, vec![]);
    blind.datasets.clear();
    assert_eq!(blind.known().standing(0, None).ground, 7);
    assert_eq!(ground("North must not attack South\n  from D\n  for 3 days\n  renewed by East", vec![]), 8);
    assert_eq!(ground(NO_ATTACK, vec![access()]), 10);
    assert_eq!(ground(NO_ATTACK, vec![]), 11);
}

#[test]
fn an_event_counts_once_as_the_worst_that_is_told_of_it() {
    let told = |id: &str, groups: &[&str], event: &str| Record {
        independence_groups: names(groups),
        event: Some(event.to_owned()),
        ..report(id)
    };
    // Of the one event a breach and two allegations, of the other one allegation.
    let records = vec![
        told("a", &["SOHR"], "one"),
        told("b", &["the south"], "one"),
        told("c", &["East"], "one"),
        Record { happened: hours(31, 0, 24), ..told("d", &["the south"], "two") },
    ];
    let counts = case(NO_ATTACK, records).known().standing(0, None).counts;
    assert_eq!(counts, Counts { breaches: 1, shared: 0, cannot_tell: 1, excepted: 0 });
}

#[test]
fn grounds_carry_the_answer_and_nothing_else() {
    let alone = |groups: &[&str], id: &str| Record { independence_groups: names(groups), ..report(id) };
    let unlike = Record { happened: hours(31, 0, 24), ..alone(&["the south"], "alleged") };
    let case = case(NO_ATTACK, vec![alone(&["SOHR"], "r"), unlike, access()]);
    let claim = |ground| Claim::Standing { provision: 0, party: None, standing: Standing::Breached, ground };
    let cite = |ids: &[&str]| check(&case.world(), &claim(4), &ids.iter().map(|id| (*id).to_owned()).collect());
    assert_eq!(cite(&["r"]), Ok(()));
    assert_eq!(cite(&["r", "alleged"]), Err(Fault::Idle("alleged".to_owned())));
    assert_eq!(cite(&["r", "nobody"]), Err(Fault::NotEvidence("nobody".to_owned())));
    let untold = Claim::Standing { provision: 0, party: None, standing: Standing::NotDeterminable, ground: 6 };
    assert_eq!(cite(&["alleged"]), Err(Fault::NotEnough(untold)));
    assert_eq!(check(&case.world(), &claim(6), &BTreeSet::new()), Err(Fault::Differs(claim(4))));
}

#[test]
fn grounds_may_need_two_records() {
    // Of two that tell of the event that is denied, either will do.
    let south = Record { independence_groups: names(&["the south", "wire"]), event: Some("r".into()), ..report("s") };
    let denial = notice("no", Kind::Claim, &["Abroad"], Effect::Denied, &["r"]);
    let case = case(NO_ATTACK, vec![report("r"), south, denial]);
    let claim = Claim::Standing { provision: 0, party: None, standing: Standing::NotDeterminable, ground: 6 };
    let cite = |ids: &[&str]| check(&case.world(), &claim, &ids.iter().map(|id| (*id).to_owned()).collect());
    assert_eq!(cite(&["r", "no"]), Ok(()));
    assert!(matches!(cite(&["r"]), Err(Fault::NotEnough(_))));
    assert!(matches!(cite(&["no"]), Err(Fault::NotEnough(_))));
    assert_eq!(cite(&["no", "r", "s"]), Err(Fault::Idle("r".to_owned())));
    assert_eq!(cite(&["no", "s"]), Ok(()));
}

#[test]
fn full_access_is_told_by_another_and_for_all_of_its_time() {
    let ground = |verified: &str, by: &str, precision: TimePrecision, length: i64| {
        let clause = format!("North must not attack South\n  from D\n{verified}");
        let happened = hours(24, 0, length);
        let told = notice("seen", Kind::Access, &[by], Effect::AccessFull, &[]);
        let told = Record { happened, time_precision: precision, independence_groups: names(&["Team"]), ..told };
        case(&clause, vec![told]).known().standing(0, None).ground
    };
    let days = 40 * 24;
    assert_eq!(ground("  verified by North", "the north", TimePrecision::Moment, days), 11);
    assert_eq!(ground("  verified by South", "the south", TimePrecision::Moment, days), 10);
    assert_eq!(ground("", "Mission", TimePrecision::Month, days), 10);
    // Good to some time within a year: that is no access on every day.
    assert_eq!(ground("", "Mission", TimePrecision::Longer, 31 * 24), 11);
    assert_eq!(ground("", "Mission", TimePrecision::Longer, days), 10);
}
