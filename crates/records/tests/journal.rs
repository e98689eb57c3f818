//! Journals, right and wrong.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails loudly"
)]

mod common;

use armistice_records::{Direction, Effect, Kind, Place, Reading, Record, TimePrecision, When, read_journal};
use common::{errors, records};
use jiff::civil::date;

fn journal(text: &str) -> Reading {
    read_journal(text.as_bytes(), "syria.records.jsonl").unwrap()
}

fn one(line: &str) -> Record {
    let reading = journal(line);
    assert_eq!(errors(&reading), "", "{line}");
    records(&reading).remove(0)
}

/// The examples that the documentation shows are read without an error.
#[test]
fn documented_examples_are_right() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/records.md");
    let page = std::fs::read_to_string(path).unwrap();
    let examples: Vec<&str> = page.split("```jsonl\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(!examples.is_empty(), "docs/records.md shows no journal");
    let reading = journal(&examples.concat());
    assert_eq!(errors(&reading), "");
    // One example, at least, of every kind there is.
    assert_eq!(reading.datasets[0].reach.kinds, Kind::ALL);
}

#[test]
fn a_decision() {
    let record = one(
        r#"{"id":"decision-1","kind":"decision","effect":"renewed","by":["Russia"],"subject":["1"],"happened":"2016-09-14","until":"2016-09-16T19:00+03:00","source":"Reuters, 14 Sep 2016","note":"announced in Moscow"}"#,
    );
    assert_eq!(record.kind, Kind::Decision);
    assert_eq!(record.side_a, ["Russia"]);
    let message = record.message.unwrap();
    assert_eq!(message.effect, Effect::Renewed);
    assert_eq!(message.subject, ["1"]);
    assert_eq!(message.until.unwrap().to_string(), "2016-09-16T16:00:00Z");
    let day = When::Local { from: date(2016, 9, 14).at(0, 0, 0, 0), until: date(2016, 9, 15).at(0, 0, 0, 0) };
    assert_eq!(record.happened, day);
    assert_eq!(record.time_precision, TimePrecision::Day);
    assert_eq!(record.independence_groups, ["Reuters, 14 Sep 2016"]);
}

#[test]
fn times_and_places() {
    let sighting = |happened: &str, place: &str| {
        one(&format!(r#"{{"id":"s","kind":"sighting","happened":{happened},"place":{place},"source":"us"}}"#))
    };
    let minute = sighting(r#""2016-09-12 19:00""#, r#"{"at":[36.2,37.1],"within_m":1500}"#);
    let from = date(2016, 9, 12).at(19, 0, 0, 0);
    assert_eq!(minute.happened, When::Local { from, until: date(2016, 9, 12).at(19, 1, 0, 0) });
    assert_eq!(minute.time_precision, TimePrecision::Moment);
    assert_eq!(minute.direction, Direction::Undirected);
    assert!(matches!(minute.place, Place::Point { .. }));

    let half_open = sighting(r#"{"from":"2016-09-12","until":"2016-09-14"}"#, r#"{"area":"Aleppo Governorate"}"#);
    let closed = sighting(
        r#"{"from":"2016-09-12","through":"2016-09-13"}"#,
        r#"{"observer":[36.2,37.1],"bearing":[40,60],"range_m":[2000,5000]}"#,
    );
    assert_eq!(half_open.happened, closed.happened);
    assert!(matches!(closed.place, Place::Sector { bearing: (40.0, 60.0), .. }));
}

/// A count says how many once, and of what beside it.
#[test]
fn a_count_is_of_something() {
    let line = r#"{"id":"c","kind":"inspection","effect":"counted","count":10,"of":"tanks","by":"Mission","happened":"2020-01-05","place":{"area":"Depot"},"subject":"Declared","source":"s"}"#;
    let record = one(line);
    let quantity = record.quantity.unwrap();
    assert_eq!((quantity.of.as_deref(), quantity.number.best), (Some("tanks"), 10));
    assert_eq!(record.message.unwrap().count.unwrap().best, 10);
    // Where nothing is counted, how many is still to be said.
    let seen = line.replace("\"effect\":\"counted\",\"count\":10,", "").replace("\"subject\":\"Declared\",", "");
    assert!(errors(&journal(&seen)).contains("not how many"));
}

#[test]
fn comments_and_line_endings() {
    let line = r#"{"id":"x","kind":"claim","happened":"2016-09-13","count":23,"source":"s"}"#;
    let reading = journal(&format!("\u{feff}// our own\r\n\r\n  {line}\r\n\n// end"));
    assert_eq!((reading.rows_read, reading.errors.total), (1, 0));
    let record = records(&reading).remove(0);
    assert_eq!(record.origin.line, 3);
    assert_eq!(record.message.unwrap().count.unwrap().best, 23);
}

#[test]
fn mistakes_are_pointed_at() {
    let lines = [
        r#"{"id":"a","kind":"claim","happened":"2016-09-13","count":23,"source":"s"}"#,
        r#"{"id":"a","kind":"claim","happened":"2016-09-13","count":23,"source":"s"}"#,
        r#"{"id":"b","kind":"claim","happened":"2016-09-13","cuont":23,"source":"s"}"#,
        r#"{"id":"b","kind":"desicion","happened":"2016-09-13","source":"s"}"#,
        r#"{"id":"b","kind":"decision","happened":"2016-09-13","by":"Russia","source":"s"}"#,
        r#"{"id":"b","kind":"decision","effect":"renewed","happened":"2016-09-13","source":"s"}"#,
        r#"{"id":"b","kind":"decision","effect":"renewed","by":"R","happened":"2016-09-13","until":"2016-09-16 19:00","source":"s"}"#,
        r#"{"id":"b","kind":"claim","happened":"13.9.2016","count":23,"source":"s"}"#,
        r#"{"id":"b","kind":"claim","happened":{"from":"2016-09-13","until":"2016-09-13"},"count":23,"source":"s"}"#,
        r#"{"id":"b","kind":"claim","happened":"2016-09-13","count":{"low":5,"best":4,"high":6},"source":"s"}"#,
        r#"{"id":"b","kind":"claim","happened":"2016-09-13","count":-1,"source":"s"}"#,
        r#"{"id":"b","kind":"claim","happened":"2016-09-13","count":2}"#,
        r#"{"id":"b","kind":"incident","happened":"2016-09-13","source":"s"}"#,
        r#"{"id":"b","kind":"incident","act":"atack","happened":"2016-09-13","source":"s"}"#,
        r#"{"id":"b","kind":"incident","act":"attack","effect":"ended","happened":"2016-09-13","source":"s"}"#,
        r#"{"id":"b","kind":"incident","act":"attack","by":["A|B"],"happened":"2016-09-13","source":"s"}"#,
        r#"{"id":"ü","kind":"sighting","happened":"2016-09-13","place":{"at":[37.1,236.2],"within_m":5},"source":"s"}"#,
        r#"{"id":"b","kind":"sighting","happened":"2016-09-13","place":{"at":[36.2,37.1]},"source":"s"}"#,
        r#"{"id":"b","kind":"sighting","happened":"2016-09-13","place":{"at":[36.2,37.1],"within_m":5,"area":"x"},"source":"s"}"#,
        r#"{"id":"b","id":"c"}"#,
        r#"{"id":"b" "kind":"claim"}"#,
        r#"["id"]"#,
    ];
    // In two halves: only the first twenty errors are kept in full.
    let (first, second) = lines.split_at(12);
    let told = errors(&journal(&first.join("\n"))) + &errors(&journal(&second.join("\n")));
    insta::assert_snapshot!(told);
}
