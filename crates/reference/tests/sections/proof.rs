//! Section 6: what a provision asks of those who tell of a breach.

use armistice_records::{Kind, Record};
use armistice_reference::T;

use crate::case::{Case, names, report};

/// The source point of `r` among these records.
fn source(proof: &str, records: Vec<Record>) -> T {
    let clause = format!("North must not attack South\n  from D\n  proven only by {proof}");
    Case::new("2020-03-26", 95, &[&clause], records).point("r", 5)
}

fn told(id: &str, groups: &[&str]) -> Record {
    Record { independence_groups: names(groups), event: Some("r".to_owned()), ..report(id) }
}

#[test]
fn so_many_sources_are_wanted_of_the_event() {
    assert_eq!(source("1 source", vec![told("r", &["SOHR"])]), T::T);
    assert_eq!(source("2 independent sources", vec![told("r", &["SOHR"])]), T::U);
    assert_eq!(source("2 independent sources", vec![told("r", &["SOHR", "wire"])]), T::T);
    assert_eq!(source("2 independent sources", vec![told("r", &["SOHR"]), told("s", &["wire"])]), T::T);
    // A reprint is no second source, and a party is none at all.
    assert_eq!(source("2 independent sources", vec![told("r", &["SOHR"]), told("s", &["sohr"])]), T::U);
    assert_eq!(source("2 independent sources", vec![told("r", &["SOHR", "the south"])]), T::U);
    // A monitor is one source.
    assert_eq!(source("2 independent sources", vec![told("r", &["Mission"])]), T::U);
}

#[test]
fn some_proof_is_one_tellers_alone() {
    assert_eq!(source("a monitor", vec![told("r", &["SOHR"])]), T::U);
    assert_eq!(source("a monitor", vec![told("r", &["Mission"])]), T::T);
    assert_eq!(source("Abroad", vec![told("r", &["abroad"])]), T::T);
}

#[test]
fn some_proof_is_in_one_way_alone() {
    let incident = told("r", &["SOHR"]);
    assert_eq!(source("sightings or inspections", vec![incident.clone()]), T::U);
    assert_eq!(source("incidents", vec![incident]), T::T);
    let sighting = Record { kind: Kind::Sighting, ..told("r", &["SOHR"]) };
    assert_eq!(source("sightings or inspections", vec![sighting]), T::T);
}

#[test]
fn a_term_may_set_its_own_standard() {
    // 19 of 24 hours are 79.2 %.
    let clause = |own: &str| format!("North must not attack South\n  from D{own}");
    let time = |own: &str| Case::new("2020-03-30 05:00", 95, &[&clause(own)], vec![report("r")]).point("r", 0);
    assert_eq!(time(""), T::U);
    assert_eq!(time("\n  standard of proof 79 %"), T::T);
}
