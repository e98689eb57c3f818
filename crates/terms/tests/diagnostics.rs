//! What the checker and the linter say of each kind of mistake.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fmt::Write;

use armistice_syntax::{Form, render};

const HEAD: &str = "agreement \"A truce\"\n  signed 2020-01-01\n  times in Europe/Kyiv\n  days start at 00:00\nmoment D is 2020-01-02 00:00\nparty North \"the north\"\nparty South \"the south\"\n";
const SHAPES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"road","properties":{},"geometry":{"type":"LineString","coordinates":[[37.0,48.0],[37.2,48.0]]}}]}"#;

/// Each mistake: the code it must give, and the lines after the head.
const MISTAKES: &[(&str, &str)] = &[
    ("T101", "party North \"again\"\n"),
    ("T103", "agreement \"Another\"\n"),
    ("T107", "weapons Heavy are tankz\n"),
    ("T114", "clause 1 \"x\"\nNorth and South must not attack each other\n  from E\n"),
    ("T115", "moment E is 2020-02-30\n"),
    ("T116", "moment E is 2020-02-20 24:00\n"),
    ("T117", "clause 1 \"x\"\nNorth and South must not attack each other\n  from D\n  for 1.5 months\n"),
    (
        "T118",
        "clause 1 \"x\"\nNorth must keep tanks at least 90000 km from Road\n  from D\nline Road\n  from \"p.geojson#road\"\n  good to 1 km\n",
    ),
    ("T120", "clause 1 \"x\"\nNorht must not attack South\n  from D\n"),
    ("T130", "line Road\n  from \"p.geojson#raod\"\n"),
    ("T131", "area Road\n  from \"p.geojson#road\"\n"),
    (
        "T132",
        "clause 1 \"x\"\nNorth must keep tanks at least 1 km from Raod\n  from D\nline Road\n  from \"p.geojson#road\"\n  good to 1 km\n",
    ),
    ("T140", "clause 1 \"x\"\nNorth must not attack vigorously\n  from D\n"),
    (
        "T142",
        "clause 1 \"x\"\nNorth must keep at least 1 km from Road\n  from D\nline Road\n  from \"p.geojson#road\"\n  good to 1 km\n",
    ),
    (
        "T143",
        "clause 1 \"x\"\nNorth must keep Heavi at least 1 km from Road\n  from D\nweapons Heavy are tanks\nline Road\n  from \"p.geojson#road\"\n  good to 1 km\n",
    ),
    ("T145", "clause 1 \"x\"\nNorth must keep tanks\n  for 2 days\n"),
    (
        "T146",
        "clause 1 \"x\"\nNorth must keep tanks at least 1 km east of Road\n  from D\nline Road\n  from \"p.geojson#road\"\n  good to 1 km\n",
    ),
    (
        "T147",
        "clause 1 \"x\"\nNorth must keep tanks out of Road\n  from D\nline Road\n  from \"p.geojson#road\"\n  good to 1 km\n",
    ),
    ("T151", "clause 1 \"x\"\nNorth and South must not attack each other\n  from D\n  renewed by North\n"),
    (
        "T153",
        "clause 1 \"x\"\nNorth and South must not attack each other\n  from D\ngate Next\n  opens when 2 is kept for 7 consecutive days\n",
    ),
    ("L002", "North and South must not attack each other\n  from D\n  for 2 days\n"),
    ("L003", "clause 1 \"x\"\nNorth and South must not attack each other\n  from D\n"),
    ("L004", "clause 1 \"x\"\nNorth and South must not attack each other\n  from D\n  for 2 days\n"),
    (
        "L005",
        "party West \"idle\"\nclause 1 \"x\"\nNorth and South must not attack each other\n  from D\n  for 2 days\n",
    ),
    ("L006", "line Road\n  from \"p.geojson#road\"\n"),
    ("L007", "clause 1 \"x\"\nNorth and South must not attack each other\n  from D\n  until 2020-01-05\n"),
];

#[test]
fn each_mistake_is_told() {
    let mut out = String::new();
    let mut told = BTreeSet::new();
    let headless = [
        ("T102", "party North\n".to_owned()),
        ("T104", "agreement \"A\"\n  times in Europe/Kiyv\n".to_owned()),
        ("T105", "agreement \"A\"\n".to_owned()),
        ("T106", "agreement \"A\"\n  times in UTC\n  standard of proof 40 %\n".to_owned()),
        ("T112", "agreement \"A\"\n  times in UTC\nmoment D is signature + 3 days\n".to_owned()),
        ("T113", "agreement \"A\"\n  times in UTC\nmoment D is entry into force + 3 days\n".to_owned()),
        ("L001", "agreement \"A\"\n  times in UTC\n".to_owned()),
    ];
    let all = MISTAKES.iter().map(|(code, rest)| (*code, format!("{HEAD}{rest}"))).chain(headless);
    for (code, text) in all {
        let checked = armistice_terms::check(&text, Form::Plain, &|_| Ok(SHAPES.to_owned()));
        let found = checked.diagnostics.iter().find(|d| d.code.0 == code);
        let Some(found) = found else {
            panic!("no {code} in {:?} for\n{text}", checked.diagnostics);
        };
        told.insert(code);
        writeln!(out, "{}\n", render(found, "draft.truce", &text, false)).unwrap();
    }
    assert_eq!(told.len(), MISTAKES.len() + 7);
    insta::assert_snapshot!(out);
}
