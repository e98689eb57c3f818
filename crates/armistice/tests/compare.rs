//! One agreement in two states of knowledge, on the command line.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod common;

use std::fs;
use std::path::Path;

use common::{armistice, folder, put, root, told};
use insta::assert_snapshot;
use serde_json::Value;

const MINSK: &str = "agreements/minsk-package-2015";
const DATES: [&str; 4] = ["--as-known-on", "2019-12-31", "--as-known-on", "2022-12-31"];

fn compared(here: &Path, agreement: &str, more: &[&str]) -> String {
    let args = [&["compare", agreement][..], more].concat();
    let output = armistice(here, &args).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_two_releases_compare_as_is_written_down() {
    let expected = fs::read_to_string(root().join(MINSK).join("compare.txt")).unwrap();
    assert!(compared(&root(), MINSK, &DATES) == expected, "not as compare.txt has it; see CONTRIBUTING.md");
    // In whichever order the dates stand, and under either name.
    let swapped = ["--as-of", "2022-12-31", "--as-known-on", "2019-12-31"];
    assert!(compared(&root(), MINSK, &swapped) == expected, "the order of dates shows in the answer");
}

#[test]
fn the_order_of_files_does_not_show() {
    let here = folder("compare-order");
    let minsk = root().join(MINSK);
    let page = fs::read_to_string(minsk.join("agreement.truce.md")).unwrap();
    let data = fs::canonicalize(root().join("data")).unwrap();
    let settings = fs::read_to_string(minsk.join("assessment.truce")).unwrap();
    let settings = settings.replace("../../data/", &format!("{}/", data.display()));
    let (head, rest) = settings.split_once("units").unwrap();
    let second = head.rfind("records ").unwrap();
    let swapped = format!("{}{}units{rest}", &head[second..], &head[..second]);
    assert_ne!(settings, swapped);
    let mut answers = Vec::new();
    for (name, settings) in [("straight", &settings), ("swapped", &swapped)] {
        put(&here, &format!("{name}/agreement.truce.md"), &page);
        put(&here, &format!("{name}/assessment.truce"), settings);
        answers.push([
            compared(&here, name, &DATES),
            compared(&here, name, &[&DATES[..], &["--format", "json"]].concat()),
        ]);
    }
    assert!(answers[0] == answers[1], "the order of files shows in the answer");
}

#[test]
fn json_lists_every_one() {
    let text = compared(&root(), MINSK, &[&DATES[..], &["--format", "json"]].concat());
    let json: Value = serde_json::from_str(&text).unwrap();
    let all = &json["records"]["all"];
    let of = |key: &str| all[key].as_u64().unwrap();
    assert_eq!([of("withdrawn"), of("new"), of("in_both")], [86, 2082, 907]);
    assert_eq!([&all["revised_by_field"]["begins"], &all["revised_by_field"]["killed, best"]], [21, 58]);
    let changed = json["records"]["changed"].as_array().unwrap();
    assert_eq!(changed.len() as u64, of("withdrawn") + of("new") + of("revised"));
    let record = |id: &str| changed.iter().find(|r| r["record"] == id).unwrap();
    assert!(record("ged-203404")["withdrawn_by"]["note"].as_str().unwrap().contains("no longer holds it"));
    let best =
        record("ged-203406")["fields"].as_array().unwrap().iter().find(|f| f["field"] == "killed, best").unwrap();
    assert_eq!([&best["was"], &best["is"]], ["13", "21"]);
    assert_eq!(json["findings"].as_array().unwrap().len(), 76);
}

#[test]
fn what_cannot_be_compared_says_why() {
    let mut all = String::new();
    for args in [
        &["compare", MINSK][..],
        &["compare", MINSK, "--as-known-on", "2019-12-31"],
        &["compare", MINSK, "--as-known-on", "2019-12-31", "--as-known-on", "2019-12-31"],
        &["compare", MINSK, "--as-known-on", "2019-12-31", "--as-known-on", "soon"],
        &["compare", MINSK, "--as-known-on", "2014-12-31", "--as-known-on", "2019-12-31"],
    ] {
        all.push_str(&format!("{}\n", told(&root(), args)));
    }
    assert_snapshot!(all);
}

#[test]
fn an_earlier_state_is_that_of_the_earlier_release() {
    let assess = |name: &str, date: &str| {
        let output = armistice(&root(), &["assess", MINSK, name, date]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let early = assess("--as-known-on", "2019-12-31");
    assert!(early.contains("993 records known by then, 34 of them of this period."), "{early}");
    assert!(early.contains("As known on 2019-12-31. Every record loaded says when it became known."), "{early}");
    assert!(early == assess("--as-of", "2019-12-31"), "--as-of is another name for it");
    let before = assess("--as-known-on", "2019-06-14");
    assert!(before.contains("0 records known by then"), "{before}");
}
