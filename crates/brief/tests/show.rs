//! An agreement as understood: everything the model can say is said.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use armistice_brief::{show_json, show_text};
use armistice_terms::{Checked, Form, check};
use insta::assert_snapshot;

const PLACES: &str = r#"{ "type": "FeatureCollection", "features": [
  { "type": "Feature", "id": "post", "properties": {}, "geometry": { "type": "Point", "coordinates": [30.5, 50.25] } },
  { "type": "Feature", "id": "river", "properties": {}, "geometry": { "type": "LineString", "coordinates": [[30.0, 50.0], [31.0, 50.1]] } },
  { "type": "Feature", "id": "zone", "properties": {}, "geometry": { "type": "Polygon", "coordinates": [[[30, 50], [31, 50], [31, 51], [30, 50]]] } }
] }"#;

const EVERYTHING: &str = r#"agreement "Everything an agreement can say"
  times in UTC
  published in the gazette

moment D is 2014-09-20 08:00

party North "the north"
  known as ["Northern forces": "the mission" | part of "Northern forces": "the south"]
  accepted on 2014-09-21
  guaranteed by Guarantor

party South
  known as "Southern forces" from 2014-01-01 until 2014-12-31
  withdrew on 2014-12-01

guarantor Guarantor

guarantor Other

monitor Mission

line River
  from "places.geojson#river"
  good to 100 m

area Zone "the zone"
  from "places.geojson#zone"
  good to 50 m

area Unknown
  undefined "left to further talks"

area Belt
  within 5 km of River

point Post
  from "places.geojson#post"

weapons Heavy are tanks, "Uragan", [mortars: "the mission" | nothing: "the south"]

clause 1 "Quiet"

North and South must not attack each other
  from D
  for [48 hours: "the text" | 72 hours: "the press"]
  renewed by Guarantor and Other separately
  except in self-defence
  except against Guarantor
  except "an exception only people can judge"
  reported to Mission

each party must not attack civilians
  in Zone
  until 2014-10-01 12:00

clause 2 "Weapons"

South must withdraw Heavy to at least 15 km from River
  by D + 3 days
  verified by Mission

North must keep all forces out of Zone
  from D
  at the same time as 1

North must keep personnel out of Belt
  from D

North must keep tanks at least 2 km north of River
  from D

North must keep personnel out of Unknown
  from D

clause 3 "Hidden"

text not public "an annex"

gate Talks "the talks"
  opens when 1 is kept for 1 consecutive days
  certified by Guarantor and Other separately

gate Sealed
  text not public "how it opens was not published"
"#;

fn checked() -> Checked {
    let checked = check(EVERYTHING, Form::Plain, &|_| Ok(PLACES.to_owned()));
    let errors: Vec<_> = checked.diagnostics.iter().filter(|d| d.level == armistice_terms::Level::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    checked
}

#[test]
fn everything_is_told_as_text() {
    assert_snapshot!(show_text(&checked()));
}

#[test]
fn everything_is_told_as_json() {
    assert_snapshot!(format!("{:#}", show_json(&checked())));
}

#[test]
fn a_narrowed_agreement_tells_only_what_is_left() {
    let mut checked = checked();
    checked.narrow(&["the press".to_owned(), "the south".to_owned()]).unwrap();
    let text = show_text(&checked);
    assert!(text.contains("2014-09-23 08:00 UTC, unless"), "{text}");
    assert!(!text.contains("2014-09-22 08:00 UTC"), "{text}");
    assert!(text.contains("1 of them shown"), "{text}");
    let json = show_json(&checked);
    assert_eq!(json["readings"].as_array().unwrap().len(), 1);
    assert!(json["provisions"][0].get("otherwise").is_none());
}

#[test]
fn no_line_is_wider_than_the_page_unless_one_word_is() {
    for line in show_text(&checked()).lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
}

/// Whether each alone may certify, or only all, is no small matter.
#[test]
fn who_certifies_alone_is_told_apart_from_who_does_together() {
    let text = "agreement \"A\"\n  signed 2020-01-01\n  times in UTC\nparty North\nparty South\nmonitor Watch\nmonitor Eye\nclause 1 \"x\"\nNorth and South must not attack each other\n  from signature\ngate G\n  opens when 1 is kept for 2 consecutive days\n  certified by Watch and Eye ";
    let shown = |how: &str| show_text(&check(&format!("{text}{how}\n"), Form::Plain, &|_| Err("no files".into())));
    assert!(shown("together").contains("certified by  Watch and Eye together"), "{}", shown("together"));
    assert!(shown("separately").contains("certified by  Watch or Eye separately"), "{}", shown("separately"));
}

/// What a page of prose may hold and terms may not turns nothing round.
#[test]
fn nothing_turns_the_order_of_letters_round() {
    let text = "# 1 The \u{202e}daor\n\n```truce\nagreement \"A\"\n  signed 2020-01-01\n  times in UTC\nparty North\nparty South\nNorth and South must not attack each other\n  from signature\n```\n";
    let shown = show_text(&check(text, Form::Literate, &|_| Err("no files".into())));
    assert!(shown.contains("The \u{fffd}daor") && !shown.contains('\u{202e}'), "{shown}");
}
