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

/// What `compare` says of a text and the same text with some words replaced.
fn changed(here: &std::path::Path, text: &str, edits: &[(&str, &str)]) -> String {
    let mut other = text.to_owned();
    for (from, to) in edits {
        assert!(other.contains(from), "{from}");
        other = other.replace(from, to);
    }
    put(here, "old.truce", text);
    put(here, "new.truce", &other);
    let whole = told(here, &["compare", "old.truce", "new.truce"]);
    assert!(whole.contains("Old text:"), "{edits:?}\n{whole}");
    let (answer, _) = whole.split_once("\n--- stderr ---\n").unwrap_or((&whole, ""));
    let answer = answer.split_once("--- stdout ---\n").map_or(answer, |(_, answer)| answer);
    let lines: Vec<&str> = answer.lines().filter(|line| !line.contains(" text: A truce")).collect();
    format!("{edits:?}\n{}\n\n", lines.join("\n").trim())
}

#[test]
fn compare_says_what_each_change_means() {
    let here = draft("draft-compare");
    let moved = PLACES.replace("[31.0, 50.1]", "[31.0, 50.2]");
    put(&here, "moved.geojson", &moved);
    // Without the positions, which are no terms.
    let draft = DRAFT.split("position North").next().unwrap();
    let truce = common::TRUCE;
    let one = |text: &str, from: &str, to: &str| changed(&here, text, &[(from, to)]);
    let bracket = "[3500 m: South | 2500 m: North | 3000 m: \"a bridging proposal\"]";
    let mut all = String::new();
    // Questions.
    all += &one(draft, bracket, "3000 m");
    all += &one(draft, bracket, "2800 m");
    all += &one(draft, bracket, "[2500 m: North | 3000 m: \"a bridging proposal\" | 2 km: Patron]");
    all += &one(draft, "[2016-09-12 19:00: North | 2016-09-13 08:00: South]", "2016-09-13 08:00");
    all += &one(
        draft,
        "  for 7 days\n  verified by Mission\n\nMilitia",
        "  for [7 days: North | 10 days: South]\n  verified by Mission\n\nMilitia",
    );
    all += &one(draft, "[100 m: \"the survey of 1998\"]", "100 m");
    // Time.
    all += &one(truce, "2014-09-20 08:00", "2014-09-22 08:00");
    all += &one(truce, "by D + 3 days", "by D + 2 days");
    all += &one(truce, "by D + 3 days", "before D + 3 days");
    all += &one(truce, "  for [48 hours: \"the text\" | 72 hours: \"the press\"]", "  for 4 days");
    all += &one(truce, "North and South together", "North and South separately");
    all += &one(truce, "days start at 00:00", "days start at 19:30");
    // Who, what, where.
    all += &one(draft, "Militia must not attack civilians", "Militia must not attack anyone");
    all += &one(draft, "Militia must not attack civilians", "Militia and North must not attack civilians");
    all += &one(draft, "North and South must not attack each other", "North and South must not recruit");
    all += &one(
        truce,
        "weapons Heavy are tanks, artillery and \"Uragan\"",
        "weapons Heavy are tanks, mortars and \"Uragan\"",
    );
    all += &one(truce, "15 km from River", "15 km from River on its north side");
    all += &one(truce, "places.geojson#river", "moved.geojson#river");
    all += &one(truce, "good to 100 m", "good to 50 m");
    all += &one(draft, "undefined \"its edge was left to the mayors\"", "within 500 m of River");
    // Exceptions, verifiers, conditions.
    all += &one(truce, "  except in self-defence\n", "");
    all += &one(truce, "  except in self-defence\n", "  except in self-defence \"no more than needed\"\n");
    all += &one(
        truce,
        "  verified by Mission\n\nclause 2",
        "  verified by Mission\n  only after talks\n  severity serious\n\nclause 2",
    );
    all += &one(truce, "by D + 3 days\n  verified by Mission", "by D + 3 days");
    // Names, and who they are.
    all += &one(truce, "known as \"Maidan\"", "known as part of \"Maidan\"");
    all += &one(truce, "South", "East");
    all += &one(truce, "party South \"the south\"", "excluded South \"the south\"");
    // Gates, and clauses as a whole.
    all += &one(truce, "1 and 2 are kept for 7", "1 is kept for 5");
    all += &one(draft, "clause 2 \"Heavy weapons\"", "clause 2.a \"Heavy weapons\"")
        .replace("1 and 2 are", "1 and 2.a are");
    all += &one(
        truce,
        "clause 2 \"Heavy weapons\"\n",
        "clause 1.b \"Quiet for all\"\n\nNorth must not attack civilians\n  from D\n  for 2 days\n\nclause 2 \"Heavy weapons\"\n",
    );
    all += &one(
        draft,
        "text not public \"the annex on prisoners is being written\"",
        "North must release 12 detainees\n  from D",
    );
    // Nothing but words.
    all += &one(truce, "at least 15 km from", "at least 15,000 m from");
    assert_snapshot!(all);
}

/// A text with the things that are not parties, places or classes.
const STAGED: &str = r#"agreement "A truce in stages"
  signed 2016-09-09
  times in Asia/Damascus
  days start at 00:00
  authentic in English

instrument Annex "Annex on weapons"
  signed 2016-09-10
  supersedes 2

term Manifestations
  means "armed men in the streets"

moment D is 2016-09-12 19:00

moment Handover is completion of 1

party North "the north"

party South "the south"

monitor Mission "the mission"

area Market "the market"
  within 500 m of River

line River "the river"
  from "places.geojson#river"

weapons Heavy are artillery of calibre at least 100 mm, and tanks

inventory Depot "the depot of the north"
  held by North
  holds 40 tanks and 12 howitzers

phase First "the first phase"
  from D
  for 42 days
  then Second

phase Second "the second phase"
  for 42 days
  certified by Mission

clause 1 "Prisoners"

North must release 12 detainees
  by D + 3 days
  verified by Mission

clause 2 "Numbers"

North must not keep Manifestations in Market
  from Handover
  verified by Mission

North must keep at most 10 tanks in Market
  from D
  verified by Mission

North must allow 600 trucks a day
  from D
  verified by Mission

clause 3 "Weapons"

South must keep Heavy at least 3 km from River
  from D
  verified by Mission
"#;

#[test]
fn compare_tells_of_phases_terms_holdings_and_numbers() {
    let here = folder("draft-staged");
    put(&here, "places.geojson", PLACES);
    let one = |from: &str, to: &str| changed(&here, STAGED, &[(from, to)]);
    let mut all = String::new();
    all += &one("  authentic in English", "  authentic in Arabic");
    all += &one("signed 2016-09-10", "signed 2016-09-11");
    all += &one("supersedes 2", "amends 2");
    all += &one("means \"armed men in the streets\"", "means \"armed men and vehicles\"");
    all += &one("means \"armed men in the streets\"", "undefined \"nobody says\"");
    all += &one("Handover is completion of 1", "Handover is completion of 1 + 2 days");
    all += &one("held by North", "held by South");
    all += &one("40 tanks and 12", "30 tanks and 12");
    let sealed = "and 12 howitzers\n  stored at Market\n  under seal of Mission";
    all += &one("and 12 howitzers", sealed);
    all += &one("  from D\n  for 42 days\n  then Second", "  from D + 1 day\n  for 40 days\n  then Second");
    all += &one("certified by Mission", "certified by North and South together");
    all += &one("at most 10", "at most 12");
    all += &one("allow 600 trucks", "allow 650 trucks");
    all += &one("release 12", "release 14");
    all += &one("at least 100 mm", "over 100 mm");
    all += &one("at least 100 mm", "at least 85 mm");
    all += &one("at least 100 mm", "up to 120 mm");
    all += &one("times in Asia/Damascus", "times in UTC");
    all += &one("by D + 3 days", "before D + 3 days");
    // A clause is known by another number, and everything that names it says so.
    let renumbered = [("clause 1 ", "clause 4 "), ("completion of 1", "completion of 4")];
    all += &changed(&here, STAGED, &renumbered);
    assert_snapshot!(all);
}

#[test]
fn two_drafts_of_the_syrian_terms() {
    let here = folder("draft-syria");
    let page = std::fs::read_to_string(root().join("agreements/syria-geneva-2016/agreement.truce.md")).unwrap();
    let places = std::fs::read_to_string(root().join("agreements/syria-geneva-2016/places.geojson")).unwrap();
    let settled = |edits: [(&str, &str); 3]| {
        edits.iter().fold(page.clone(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replace(from, to)
        })
    };
    let heavy = "[nothing: \"Al-Akhbar\" | armoured personnel carriers: \"Al-Alam\"]";
    let lesser = "[armoured personnel carriers: \"Al-Akhbar\" | nothing: \"Al-Alam\"]";
    let far = "[3500 m: \"Al-Akhbar\" | 2 miles: \"Asharq al-Awsat, a US official\"]";
    put(&here, "akhbar/places.geojson", &places);
    put(&here, "alam/places.geojson", &places);
    let carriers = "armoured personnel carriers";
    let akhbar = settled([(&format!(", {heavy}"), ""), (lesser, carriers), (far, "3500 m")]);
    let alam = settled([(heavy, carriers), (&format!(", {lesser}"), ""), (far, "2 miles")]);
    put(&here, "akhbar/agreement.truce.md", &akhbar);
    put(&here, "alam/agreement.truce.md", &alam);
    put(&here, "page/agreement.truce.md", &page);
    put(&here, "page/places.geojson", &places);
    let mut all = String::new();
    for args in [
        &["compare", "akhbar", "alam"][..],
        &["compare", "page", "akhbar"],
        &["compare", "alam", "alam"],
        &["compare", "akhbar", "alam", "--as-known-on", "2016-09-15"],
        &["compare", "akhbar", "nowhere"],
        &["compare", "akhbar", "alam", "--format", "json"],
    ] {
        let whole = told(&here, args);
        let quiet = whole.lines().filter(|line| !line.starts_with("note: ")).collect::<Vec<_>>().join("\n");
        all.push_str(&format!("{quiet}\n\n"));
    }
    assert_snapshot!(all);
}

#[test]
fn what_a_change_would_have_meant_for_past_records() {
    let here = folder("draft-records");
    let syria = root().join("agreements/syria-geneva-2016");
    let data = std::fs::canonicalize(root().join("data")).unwrap();
    let page = std::fs::read_to_string(syria.join("agreement.truce.md")).unwrap();
    let settings = std::fs::read_to_string(syria.join("assessment.truce")).unwrap();
    let later = "moment D is 2016-09-14 19:00";
    let aside = "except against Daesh and Nusra\n  except against Opposition";
    for (name, from, to) in [
        ("old", "", ""),
        ("later", "moment D is 2016-09-12 19:00", later),
        ("unknown", "  may include \"Jaysh al-Islam\"\n", ""),
        ("gone", "  except against Daesh and Nusra", &format!("  {aside}")),
    ] {
        assert!(page.contains(from), "{from}");
        put(&here, &format!("{name}/agreement.truce.md"), &page.replacen(from, to, 1));
        put(
            &here,
            &format!("{name}/assessment.truce"),
            &settings.replace("../../data/", &format!("{}/", data.display())),
        );
        for file in ["places.geojson", "claims.records.jsonl", "decisions.records.jsonl"] {
            put(&here, &format!("{name}/{file}"), &std::fs::read_to_string(syria.join(file)).unwrap());
        }
    }
    let claims = "old/claims.records.jsonl";
    let mut all = String::new();
    for args in [
        &["compare", "old", "later", "--assessed"][..],
        &["compare", "old", "unknown", "--assessed"],
        &["compare", "old", "gone", "--assessed"],
        &["compare", "old", "old", "--assessed"],
        &["compare", "old", "later", "--records", claims],
        &["compare", "old/agreement.truce.md", "gone", "--assessed", "--format", "json"],
    ] {
        let whole = told(&here, args);
        let quiet = whole.lines().filter(|line| !line.starts_with("note: ")).collect::<Vec<_>>().join("\n");
        all.push_str(&format!("{quiet}\n\n"));
    }
    assert_snapshot!(all);
}
