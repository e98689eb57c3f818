//! What a drafting team asks: what is open, and what changed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod common;

use common::{PLACES, folder, put, root, told};
use insta::assert_snapshot;

/// A draft in which most things a draft can say are said.
const DRAFT: &str = r#"agreement "A truce on the river, third draft"
  signed 2016-09-09
  times in Asia/Damascus
  days start at 00:00

moment D is [2016-09-12 19:00: North | 2016-09-13 08:00: South]

party North "the north"

party South "the south"

party Militia "the militia"

guarantor Patron "the guarantor of both"

monitor Mission "the mission"

line River "the river"
  from "places.geojson#river"
  good to [100 m: "the survey of 1998"]

area Market "the market"
  undefined "its edge was left to the mayors"

weapons Heavy are tanks and artillery

clause 1 "Quiet"

North and South must not attack each other
  from D
  for 7 days
  verified by Mission

Militia must not attack civilians
  from D
  for 7 days
  verified by Mission

clause 2 "Heavy weapons"

North must keep Heavy at least [3500 m: South | 2500 m: North | 3000 m: "a bridging proposal"] from River
  from D
  for 7 days
  verified by Mission

South must keep all forces out of Market
  from D
  for 7 days
  verified by Mission

clause 3 "The joint centre"

gate Centre
  opens when 1 and 2 are kept for 3 consecutive days
  certified by Mission

clause 4 "Annex"

text not public "the annex on prisoners is being written"

position North "further back, and the river is lost to us"
  about 2
  accepts "a bridging proposal"
  rejects South
  ad referendum to "the ministry of defence"

position South
  about 2
  accepts "a bridging proposal"
  ad referendum to "the council"

position Patron
  prefers North

approval North "the ministry of defence"
  about 2
  pending since 2016-09-09 17:00
  misgivings "the river could be crossed overnight" recorded by "the general staff"

approval Patron "its capital"
  pending since 2016-09-09 17:00
  agreed on 2016-09-09 23:30
"#;

fn draft(name: &str) -> std::path::PathBuf {
    let folder = folder(name);
    put(&folder, "draft.truce", DRAFT);
    put(&folder, "places.geojson", PLACES);
    folder
}

#[test]
fn a_draft_is_sound_and_canonical() {
    let here = draft("draft-sound");
    let checked = told(&here, &["check", "draft.truce"]);
    assert!(checked.contains("exit 0"), "{checked}");
    assert_eq!(told(&here, &["fmt", "--check", "draft.truce"]), "$ armistice fmt --check draft.truce\nexit 0\n");
}

#[test]
fn brackets_lists_what_is_open() {
    let here = draft("draft-brackets");
    let mut all = told(&here, &["brackets", "draft.truce"]);
    for on in ["2016-09-09 22:00", "2016-09-11", "2016-09-08"] {
        let whole = told(&here, &["brackets", "draft.truce", "--on", on]);
        let approvals = whole.split("\nApprovals\n").nth(1).unwrap().split("\n\n").next().unwrap();
        all.push_str(&format!("\n$ … --on {on}\n{approvals}\n"));
    }
    all.push_str(&format!("\n{}", told(&here, &["brackets", "draft.truce", "--on", "noon"])));
    assert_snapshot!(all);
}

#[test]
fn brackets_lists_it_for_programs_too() {
    let here = draft("draft-json");
    assert_snapshot!(told(&here, &["brackets", "draft.truce", "--format", "json", "--on", "2016-09-09 22:00"]));
}

#[test]
fn show_tells_who_stands_where() {
    let here = draft("draft-show");
    let whole = told(&here, &["show", "draft.truce"]);
    assert_snapshot!(whole.split("\nPositions\n").nth(1).unwrap());
}

#[test]
fn brackets_of_a_text_that_is_no_draft() {
    assert_snapshot!(told(&root(), &["brackets", "agreements/syria-geneva-2016"]));
}
