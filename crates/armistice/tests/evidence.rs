//! Records on the command line: which, until when, and what of bad rows.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod common;

use std::fs;
use std::path::Path;

use common::{armistice, put, root, told, truce};
use insta::assert_snapshot;

/// Rows of a real data set, with `spoil` done to some of them.
fn events(spoil: impl Fn(usize, &str) -> String) -> String {
    let path = root().join("crates/records/tests/fixtures/ucdp-ged-ukraine-v19.1-first40.csv");
    let text = fs::read_to_string(path).unwrap();
    text.lines().enumerate().map(|(n, row)| format!("{}\n", spoil(n, row))).collect()
}

fn stderr(folder: &Path, args: &[&str]) -> String {
    String::from_utf8(armistice(folder, args).output().unwrap().stderr).unwrap()
}

#[test]
fn bad_rows_stop_an_assessment_unless_they_may_be_skipped() {
    let here = truce("bad-rows");
    let spoilt = events(|n, row| match n {
        2 => row.split(',').take(7).collect::<Vec<_>>().join(","),
        3 => row.replace("2014-0", "2014-9"),
        _ => row.to_owned(),
    });
    put(&here, "events.csv", &spoilt);
    assert_snapshot!(told(&here, &["assess", ".", "--records", "events.csv"]));
    let skipped = stderr(&here, &["assess", ".", "--records", "events.csv", "--skip-bad-rows"]);
    assert!(skipped.contains("warning: skipped 2 of "), "{skipped}");
    assert!(!skipped.contains("events.csv:"), "{skipped}");
}

#[test]
fn the_first_twenty_bad_rows_are_told_and_the_rest_counted() {
    let here = truce("many-bad-rows");
    let spoilt = |name: &str| {
        let text = events(|n, row| if n > 0 && n <= 13 { row.replace("2014-0", "2014-9") } else { row.to_owned() });
        put(&here, name, &text);
    };
    spoilt("a.csv");
    spoilt("b.csv");
    let said = stderr(&here, &["assess", ".", "--records", "a.csv", "b.csv"]);
    let told = said.lines().filter(|l| l.starts_with("error: a.csv:") || l.starts_with("error: b.csv:")).count();
    assert_eq!(told, 20, "{said}");
    assert!(said.contains("… and 6 more"), "{said}");
    assert!(said.contains("26 of "), "{said}");
}

#[test]
fn what_cannot_be_assessed_says_why() {
    let here = truce("no-evidence");
    put(&here, "events.csv", &events(|_, row| row.to_owned()));
    put(&here, "picture.csv", "a,b\n1,2\n");
    let mut all = String::new();
    for args in [
        &["assess", "."][..],
        &["assess", ".", "--records", "evnts.csv"],
        &["assess", ".", "--records", "picture.csv"],
        &["assess", ".", "--records", "events.csv", "--as-of", "yesterday"],
        &["assess", ".", "--records", "events.csv", "--as-of", "2016-02-30"],
        &["assess", ".", "--records", "events.csv", "--reading", "the tex"],
        &["explain", "missing.truce", "1"],
    ] {
        all.push_str(&format!("{}\n", told(&here, args)));
    }
    put(&here, "assessment.truce", "records \"evnts.csv\"\n");
    all.push_str(&format!("{}\n", told(&here, &["assess", "."])));
    put(&here, "assessment.truce", "records \"events.csv\"\nperoid 2014-09-20 to 2014-09-30\n");
    all.push_str(&told(&here, &["assess", "."]));
    assert_snapshot!(all);
}

#[test]
fn rows_that_were_skipped_stand_in_the_answer() {
    let here = truce("skipped-rows");
    put(&here, "events.csv", &events(|n, row| if n == 3 { row.replace("2014-0", "2014-9") } else { row.to_owned() }));
    let told = told(&here, &["assess", ".", "--records", "events.csv", "--skip-bad-rows"]);
    let (_, answer) = told.split_once("--- stdout ---").unwrap();
    let (answer, _) = answer.split_once("--- stderr ---").unwrap();
    assert!(answer.contains("they could not be read and were left out"), "{answer}");
}

#[test]
fn a_finding_that_is_listed_is_explained_and_another_is_not() {
    let path = "agreements/syria-geneva-2016";
    let csv = armistice(&root(), &["assess", path, "--format", "csv"]).output().unwrap();
    assert_eq!(csv.status.code(), Some(0), "{}", String::from_utf8_lossy(&csv.stderr));
    let csv = String::from_utf8(csv.stdout).unwrap();
    let id = csv.lines().nth(1).unwrap().split(',').next().unwrap();
    let explained = told(&root(), &["explain", path, id]);
    assert!(explained.contains("exit 0") && explained.contains(id), "{explained}");
    let unknown = told(&root(), &["explain", path, "nothing:nothing"]);
    assert!(unknown.contains("exit 2") && unknown.contains("nothing:nothing"), "{unknown}");
}

#[test]
fn an_assessment_is_the_same_in_whatever_order_its_files_come() {
    let path = "agreements/syria-geneva-2016";
    let files = ["data/ucdp-ged-syria-2016.csv.gz", "agreements/syria-geneva-2016/decisions.records.jsonl"];
    let answer = |files: [&str; 2]| {
        let output = armistice(&root(), &["assess", path, "--records", files[0], files[1]]).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(answer(files) == answer([files[1], files[0]]), "the order of files shows in the answer");
}

#[test]
#[cfg(unix)]
fn what_is_no_file_of_records_is_refused() {
    use std::os::unix::fs::symlink;
    let here = truce("no-files");
    symlink("b.csv", here.join("a.csv")).unwrap();
    symlink("a.csv", here.join("b.csv")).unwrap();
    put(&here, "folder/x.csv", "");
    let mut all = String::new();
    for file in ["/dev/zero", "a.csv", "folder", "folder/x.csv"] {
        all.push_str(&format!("{}\n", told(&here, &["assess", ".", "--records", file])));
    }
    all.push_str(&format!("{}\n", told(&here, &["check", "/dev/zero"])));
    put(&here, "places.geojson", &" ".repeat((16 << 20) + 1));
    all.push_str(&told(&here, &["check", "."]));
    assert_snapshot!(all);
}

#[test]
fn a_period_of_millennia_is_refused() {
    let here = truce("millennia");
    put(&here, "events.csv", &events(|_, row| row.to_owned()));
    put(&here, "assessment.truce", "records \"events.csv\"\nperiod 0001-01-02 to 9999-12-29\n");
    assert_snapshot!(stderr(&here, &["assess", "."]));
}

/// The decoder panics on this file; whoever assesses does not see it.
#[test]
fn a_file_that_its_decoder_cannot_bear_is_told_plainly() {
    let here = truce("decoder");
    fs::copy(root().join("fuzz/seeds/arrow/decoder-panics.arrow"), here.join("a.arrow")).unwrap();
    assert_snapshot!(stderr(&here, &["assess", ".", "--records", "a.arrow"]));
}
