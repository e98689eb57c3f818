//! `armistice sweep` as a person meets it, on the command line and in the gallery.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod common;

use common::{put, root, told, truce};
use insta::assert_snapshot;

/// Sightings of tanks by the river of the test agreement, at 14, 15.5 and 40 km,
/// one of them told twice, and one known badly.
const SEEN: &str = r#"{"id":"a","kind":"sighting","act":"presence","by":"Maidan","weapons":["tank"],"happened":"2014-09-25","source":"s","place":{"at":[50.17595,30.5],"within_m":0}}
{"id":"b","kind":"sighting","act":"presence","by":"Maidan","weapons":["tank"],"happened":"2014-09-26","source":"s","place":{"at":[50.18944,30.5],"within_m":0}}
{"id":"b2","kind":"sighting","act":"presence","by":"Maidan","weapons":["tank"],"happened":"2014-09-26","source":"t","event":"b","place":{"at":[50.18944,30.5],"within_m":2000}}
{"id":"c","kind":"sighting","act":"presence","by":"Maidan","weapons":["tank"],"happened":"2014-09-27","source":"s","place":{"at":[50.4,30.5],"within_m":500}}
{"id":"d","kind":"incident","act":"attack","by":"Maidan","against":"Government of Ukraine","happened":"2014-09-21","source":"s"}
"#;

#[test]
fn a_distance_is_swept_in_text_csv_and_json() {
    let here = truce("sweep");
    put(&here, "seen.records.jsonl", SEEN);
    let args =
        ["sweep", ".", "--lever", "2.distance", "--from", "0", "--to", "50km", "--records", "seen.records.jsonl"];
    let text = told(&here, &args);
    assert_snapshot!(text);
    let plain = told(&here, &[&args[..], &["--ascii"]].concat());
    assert!(plain.is_ascii() && plain.contains("____::"), "{plain}");
    let other = |format: &str| told(&here, &[&args[..], &["--format", format]].concat());
    assert_snapshot!(other("csv"));
    assert_snapshot!(other("json"));
}

#[test]
fn lengths_deadlines_and_days_are_swept() {
    let here = truce("sweep-others");
    put(&here, "seen.records.jsonl", SEEN);
    let records = ["--records", "seen.records.jsonl"];
    let mut all = String::new();
    for args in [
        &["sweep", ".", "--lever", "1.duration", "--to", "96 hours"][..],
        &["sweep", ".", "--lever", "2.deadline", "--from", "2014-09-24", "--to", "2014-09-28"],
        &["sweep", ".", "--lever", "2.deadline", "--from", "2014-09-24", "--to", "2014-09-28", "--format", "csv"],
        &["sweep", ".", "--lever", "Talks.days"],
        &["sweep", ".", "--lever", "Talks.days", "--format", "csv"],
        &["sweep", ".", "--lever", "Talks.days", "--format", "json"],
    ] {
        all.push_str(&format!("{}\n", told(&here, &[args, &records[..]].concat())));
    }
    assert_snapshot!(all);
}

#[test]
fn two_levers_give_a_grid() {
    let here = truce("sweep-grid");
    put(&here, "seen.records.jsonl", SEEN);
    let args = [
        "sweep",
        ".",
        "--lever",
        "2.distance",
        "--from",
        "10km",
        "--to",
        "20km",
        "--lever",
        "2.deadline",
        "--from",
        "2014-09-23",
        "--to",
        "2014-09-28",
        "--steps",
        "4",
        "--records",
        "seen.records.jsonl",
    ];
    let mut all = told(&here, &args);
    all.push_str(&told(&here, &[&args[..], &["--steps", "2", "--format", "csv"]].concat()));
    let json = told(&here, &[&args[..], &["--steps", "2", "--format", "json"]].concat());
    all.extend(json.lines().take(60).map(|line| format!("{line}\n")));
    let of_two = ["sweep", ".", "--lever", "2.distance", "--lever", "1.duration", "--records", "seen.records.jsonl"];
    all.push_str(&told(&here, &of_two));
    assert_snapshot!(all);
}

#[test]
fn what_cannot_be_swept_says_why() {
    let here = truce("sweep-errors");
    put(&here, "seen.records.jsonl", SEEN);
    put(&here, "plain.truce", "agreement \"A\"\n  signed 2020-01-01\n  times in UTC\nparty North\n");
    let records = ["--records", "seen.records.jsonl"];
    let mut all = String::new();
    for args in [
        &["sweep", "."][..],
        &["sweep", ".", "--lever", "2.distnace"],
        &["sweep", ".", "--lever", "9.distance"],
        &["sweep", "plain.truce", "--lever", "1.distance"],
        &["sweep", ".", "--lever", "2.distance", "--from", "5", "--to", "10km"],
        &["sweep", ".", "--lever", "2.distance", "--to", "10 parsecs"],
        &["sweep", ".", "--lever", "2.distance", "--to", "far"],
        &["sweep", ".", "--lever", "2.distance", "--to", "0.00001 m"],
        &["sweep", ".", "--lever", "2.distance", "--from", "20 km", "--to", "10 km"],
        &["sweep", ".", "--lever", "1.duration", "--from", "0", "--to", "96 hours"],
        &["sweep", ".", "--lever", "1.duration", "--to", "9 days"],
        &["sweep", ".", "--lever", "2.deadline", "--to", "soon"],
        &["sweep", ".", "--lever", "Talks.days", "--to", "1.5"],
        &["sweep", ".", "--lever", "Talks.days", "--lever", "2.distance"],
        &["sweep", ".", "--lever", "2.distance", "--lever", "2.distance"],
        &["sweep", ".", "--lever", "2.distance", "--lever", "2.deadline", "--lever", "1.duration"],
        &["sweep", ".", "--lever", "2.distance", "--to", "5 km", "--to", "6 km"],
    ] {
        all.push_str(&format!("{}\n", told(&here, &[args, &records[..]].concat())));
    }
    assert_snapshot!(all);
}

#[test]
fn the_question_of_geneva_is_answered() {
    let args = ["sweep", "agreements/syria-geneva-2016", "--lever", "3.a.distance", "--from", "0", "--to", "10km"];
    assert_snapshot!(told(&root(), &args));
}
