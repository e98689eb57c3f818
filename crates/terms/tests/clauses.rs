//! What clauses come to where a bracket, or an undefined place, stands beside them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

use armistice_terms::{Checked, Form, check};

const HEAD: &str = "agreement \"A\"\n  signed 2020-01-01\n  times in UTC\n  days start at 00:00\nmoment D is 2020-01-02 00:00\nmoment DayOne is 2020-02-01 00:00\nparty North \"n\"\nparty South \"s\"\nmonitor Mission \"m\"\narea Zone \"z\"\n  undefined \"left to talks\"\n";

fn checked(terms: &str) -> Checked {
    let checked = check(&format!("{HEAD}{terms}"), Form::Plain, &|_| Err("no shapes".to_owned()));
    assert!(!checked.has_errors(), "{:#?}", checked.diagnostics);
    checked
}

/// `from DayOne` behind a bracket says when, unless a distance stands in it.
#[test]
fn a_moment_behind_a_bracket_is_no_part_of_the_act() {
    let of = checked(
        "clause 1 \"x\"\nNorth must release [33 hostages: \"a\" | 34 hostages: \"b\"] from DayOne\n  by DayOne + 42 days\n",
    );
    let provision = &of.agreement().provisions[0];
    assert_eq!(provision.act, "must release 33 hostages");
    assert_eq!(provision.force.from, Ok("2020-02-01T00:00:00Z".parse().unwrap()));
    let of = checked(
        "line Road\n  undefined \"x\"\nclause 1 \"x\"\nNorth must keep tanks at least [3 km: \"a\" | 4 km: \"b\"] from Road\n  from D\n",
    );
    assert!(of.agreement().provisions[0].act.ends_with("from Road"));
}

/// People know no better than records where ground lies that was left undefined.
#[test]
fn what_is_for_people_on_undefined_ground_is_not_evaluable() {
    for term in
        ["North must not enter Zone\n  checked by people", "North must not fortify\n  in Zone\n  checked by people"]
    {
        let of = checked(&format!("clause 1 \"x\"\n{term}\n"));
        let why = of.agreement().provisions[0].duty.not_evaluable().unwrap().to_string();
        assert!(why.contains("Zone was never defined"), "{why}");
    }
}

/// One source may have no such clause at all.
#[test]
fn a_clause_may_be_an_alternative_to_none() {
    let of = checked("clause 1 \"x\"\nNorth must open the road\n  by [DayOne: \"one text\" | none: \"the other\"]\n");
    let due: Vec<_> = of.readings.iter().map(|r| r.agreement.provisions[0].duty.deadline()).collect();
    assert_eq!(due.len(), 2);
    assert!(due.contains(&None) && due.iter().any(Option::is_some), "{due:?}");
    let of = checked(
        "clause 1 \"x\"\nNorth and South must not attack each other\n  from D\n  for [60 days: \"the draft\" | none: \"the text\"]\n",
    );
    let ends: Vec<_> = of.readings.iter().map(|r| format!("{:?}", r.agreement.provisions[0].force.until)).collect();
    assert!(ends.iter().any(|end| end == "Open") && ends.iter().any(|end| end.starts_with("At")), "{ends:?}");
}

/// What binds in a phase that a notice begins may well be kept for so many days,
/// whenever that is: nothing says how long it is.
#[test]
fn a_gate_over_a_phase_begun_by_notice_is_not_out_of_reach() {
    let phase = "phase One\n  opens when 1 is kept for 2 consecutive days\n  for 30 days\n";
    let terms = "clause 1 \"x\"\nNorth and South must not attack each other\n  from D\nclause 2 \"y\"\nNorth and South must not recruit\n  during One\n";
    let gate = "gate Next\n  opens when 2 is kept for 7 consecutive days\n  counting from the start of One\n  certified by Mission\n";
    let of = checked(&format!("{phase}{terms}{gate}"));
    assert!(of.diagnostics.iter().all(|d| d.code.0 != "L018"), "{:#?}", of.diagnostics);
    assert!(of.agreement().gates[0].not_evaluable.is_none());
    assert!(of.agreement().gates[0].since.is_some());
}
