//! A line of each party's own: one sentence, and a term for each of them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use armistice_terms::{Form, Shape, Zone};

const SHAPES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"a","properties":{},"geometry":{"type":"LineString","coordinates":[[37.0,48.0],[37.2,48.0]]}},
{"type":"Feature","id":"b","properties":{},"geometry":{"type":"LineString","coordinates":[[37.0,47.9],[37.2,47.9]]}}]}"#;

const HEAD: &str = "agreement \"A truce\"\n  signed 2020-01-01\n  times in UTC\n  in force from 2020-01-02 00:00\nparty North\nparty South\nparty West\nline Own\n  for North and West \"p#a\"\n  for South \"p#b\"\n  good to 0 m\nclause 1 \"x\"\n";

/// The id of each term, whom it binds, and how far north its line lies.
fn terms(clause: &str) -> Vec<(String, String, Option<f64>)> {
    let text = format!("{HEAD}{clause}");
    let checked = armistice_terms::check(&text, Form::Plain, &|_| Ok(SHAPES.to_owned()));
    assert!(!checked.has_errors(), "{:#?}", checked.diagnostics);
    let agreement = checked.agreement();
    let latitude = |zone: &Zone| match &zone.shape {
        Shape::Line(line) => line.vertices().first().unwrap().latitude(),
        _ => f64::NAN,
    };
    let told =
        |p: &armistice_terms::Provision| (p.id.clone(), agreement.names_of(p.bound), p.duty.zone().map(latitude));
    agreement.provisions.iter().map(|p| told(p)).collect()
}

#[test]
fn those_with_one_line_share_a_term() {
    let told = terms("every party must keep tanks at least 3 km from Own\n");
    let term = |id: &str, who: &str, latitude| (id.to_owned(), who.to_owned(), Some(latitude));
    assert_eq!(told, [term("1", "North, West", 48.0), term("1-2", "South", 47.9)]);
}

#[test]
fn one_party_has_one_term() {
    let told = terms("South must keep tanks at least 3 km from Own\n");
    assert_eq!(told, [("1".to_owned(), "South".to_owned(), Some(47.9))]);
}

#[test]
fn whose_line_is_meant_of_what_binds_each_on_the_other_nobody_says() {
    let told = terms("North and South must not attack each other\n  within 3 km of Own\n");
    assert_eq!(told, [("1".to_owned(), "North, South".to_owned(), None)]);
}
