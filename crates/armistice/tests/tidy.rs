//! What holds for the whole repository, and no single crate can see.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{armistice, root};
use flate2::read::MultiGzDecoder;
use serde_json::Value;

/// Every file that is part of the repository, by its path from the root.
fn files() -> BTreeMap<String, PathBuf> {
    fn walk(folder: &Path, prefix: &str, found: &mut BTreeMap<String, PathBuf>) {
        const SKIPPED: [&str; 5] = [".git", "target", "bench/out", "editors/vscode/out", "node_modules"];
        for entry in fs::read_dir(folder).unwrap().map(|e| e.unwrap()) {
            let name = entry.file_name().into_string().unwrap();
            let path = format!("{prefix}{name}");
            if SKIPPED.contains(&path.as_str()) || SKIPPED.contains(&name.as_str()) {
                continue;
            }
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                walk(&entry.path(), &format!("{path}/"), found);
            } else if kind.is_file() && !path.ends_with(".snap.new") && !path.ends_with(".pending-snap") {
                found.insert(path, entry.path());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(&root(), "", &mut found);
    assert!(found.contains_key("Cargo.toml"));
    found
}

/// The files that are text, with their text.
fn texts() -> BTreeMap<String, String> {
    files()
        .into_iter()
        .filter_map(|(name, path)| Some((name, String::from_utf8(fs::read(path).unwrap()).ok()?)))
        .collect()
}

/// This file names what it forbids.
fn but_this(name: &str) -> bool {
    name != "crates/armistice/tests/tidy.rs"
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty())
}

#[test]
fn crates_depend_only_downwards() {
    /// Each crate of ours, lowest first, and what it may stand on.
    const HOUSE: &[(&str, &[&str])] = &[
        ("geodesy", &[]),
        ("syntax", &[]),
        ("records", &["geodesy"]),
        ("terms", &["geodesy", "syntax"]),
        ("assess", &["geodesy", "records", "terms"]),
        // What the engine is held to: it shares no judgement with it.
        ("reference", &["geodesy", "records", "terms"]),
        ("drafting", &["geodesy", "terms", "assess"]),
        ("brief", &["geodesy", "records", "terms", "assess", "drafting"]),
        ("lsp", &["syntax", "terms", "brief"]),
        ("armistice", &["syntax", "records", "terms", "assess", "drafting", "brief", "lsp"]),
    ];
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let short = |name: &str| name.strip_prefix("armistice-").unwrap_or(name).to_owned();
    let mut seen = BTreeSet::new();
    for package in metadata["packages"].as_array().unwrap() {
        let name = short(package["name"].as_str().unwrap());
        // The benchmark stands beside the house and may use all of it.
        if name == "bench" {
            continue;
        }
        let Some((_, allowed)) = HOUSE.iter().find(|(known, _)| *known == name) else {
            panic!("the crate {name} is new: say in tidy.rs what it may stand on");
        };
        for dependency in package["dependencies"].as_array().unwrap() {
            // A dependency on a folder is one of ours; a test may look sideways.
            if dependency["path"].is_null() || dependency["kind"] == "dev" {
                continue;
            }
            let on = short(dependency["name"].as_str().unwrap());
            assert!(allowed.contains(&on.as_str()), "{name} must not depend on {on}");
        }
        seen.insert(name);
    }
    assert_eq!(seen.len(), HOUSE.len(), "a crate is gone: {seen:?}");
}

#[test]
fn no_text_names_a_machine() {
    let places = ["/ho|me/", "/ro|ot/", "/Us|ers/", "/wo|rk/", "C:\\Us|ers", "/t|mp/", "local|host:", "127.0|.0.1"];
    let places: Vec<String> = places.iter().map(|p| p.replace('|', "")).collect();
    for (name, text) in texts().into_iter().filter(|(name, _)| but_this(name)) {
        for (number, line) in (1..).zip(text.lines()) {
            for place in &places {
                assert!(!line.contains(place), "{name}:{number} names a machine: {line}");
            }
        }
    }
}

#[test]
fn no_text_names_a_registry() {
    for (name, text) in texts().into_iter().filter(|(name, _)| but_this(name)) {
        for (number, line) in (1..).zip(text.lines()) {
            let lock = name.ends_with("Cargo.lock") && line.starts_with("source = ");
            if lock {
                let public = concat!("source = \"registry+https://github.com/rust-lang/crates", ".io-index\"");
                assert_eq!(line, public, "{name}:{number} names another registry");
            }
            for word in ["replace-with", "sparse+http", concat!("index.crates", ".io"), concat!("static.crates", ".io")]
            {
                assert!(!line.contains(word), "{name}:{number} names a registry: {line}");
            }
        }
    }
}

#[test]
fn no_source_file_is_longer_than_600_lines() {
    for (name, text) in texts().into_iter().filter(|(name, _)| name.ends_with(".rs")) {
        let lines = text.lines().count();
        assert!(lines <= 600, "{name} has {lines} lines; split it where its ideas divide");
    }
}

#[test]
fn every_path_that_a_guide_names_is_there() {
    let texts = texts();
    let named = |guide: &str| -> Vec<String> {
        let ticked = texts[guide].split('`').skip(1).step_by(2);
        let path = |text: &&str| ["crates/", "docs/", "agreements/"].iter().any(|root| text.starts_with(root));
        let whole = |text: &&str| !text.contains(['*', ' ', 'N']);
        ticked.filter(path).filter(whole).map(str::to_owned).collect()
    };
    for guide in ["CONTRIBUTING.md", "ARCHITECTURE.md"] {
        let paths = named(guide);
        assert!(paths.len() > 3, "{guide} names hardly anything: {paths:?}");
        for path in paths {
            let there = files()
                .keys()
                .any(|file| *file == path || file.starts_with(&format!("{}/", path.trim_end_matches('/'))));
            assert!(there, "{guide} names {path}, which is not there");
        }
    }
}

#[test]
fn nothing_is_left_for_later() {
    for (name, text) in texts().into_iter().filter(|(name, _)| but_this(name)) {
        for (number, line) in (1..).zip(text.lines()) {
            for word in words(line) {
                assert!(!["TODO", "FIXME", "XXX"].contains(&word), "{name}:{number}: {line}");
            }
        }
    }
}

#[test]
fn no_rows_of_acled_are_committed() {
    // The terms of that data set forbid passing its rows on. Every export of
    // it has this column; a page that documents it is not data.
    const COLUMN: &[u8] = b"event_id_cnty";
    const DATA: [&str; 9] = [".csv", ".tsv", ".txt", ".json", ".jsonl", ".geojson", ".xml", ".arrow", ".parquet"];
    for (name, path) in files() {
        let plain = name.strip_suffix(".gz").unwrap_or(&name);
        if !DATA.iter().any(|end| plain.ends_with(end)) {
            continue;
        }
        let mut bytes = Vec::new();
        let mut file = fs::File::open(&path).unwrap();
        if name.ends_with(".gz") {
            MultiGzDecoder::new(file).read_to_end(&mut bytes).unwrap();
        } else {
            file.read_to_end(&mut bytes).unwrap();
        }
        let found = bytes.windows(COLUMN.len()).any(|w| w.eq_ignore_ascii_case(COLUMN));
        assert!(!found, "{name} holds rows of ACLED");
    }
}

/// Words for what Armistice refuses to do: to predict, to follow, to aim.
const REFUSED: &[&str] = &[
    "predict",
    "predicts",
    "prediction",
    "forecast",
    "track",
    "tracker",
    "tracking",
    "targeting",
    "strike",
    "strikes",
    "engage",
    "aim",
    "fires",
    "kill",
    "lethality",
    "geolocate",
    "surveil",
    "surveillance",
    "live",
    "realtime",
];

/// The same, as neighbours in a name.
const REFUSED_TOGETHER: &[(&str, &str)] = &[
    ("nearest", "unit"),
    ("nearest", "units"),
    ("nearest", "force"),
    ("nearest", "forces"),
    ("nearest", "party"),
    ("nearest", "actor"),
    ("fire", "control"),
    ("fire", "mission"),
    ("target", "list"),
    ("targets", "near"),
    ("unit", "position"),
    ("unit", "positions"),
    ("next", "move"),
    ("next", "attack"),
    ("select", "target"),
    ("select", "targets"),
    ("current", "position"),
    ("current", "positions"),
];

fn refused(name: &str) -> Option<String> {
    let parts: Vec<String> = name.split(['_', '-']).map(str::to_lowercase).collect();
    let single = parts.iter().find(|part| REFUSED.contains(&part.as_str())).cloned();
    let pair = parts.windows(2).find_map(|pair| match pair {
        [a, b] if REFUSED_TOGETHER.contains(&(a.as_str(), b.as_str())) => Some(format!("{a} {b}")),
        _ => None,
    });
    single.or(pair)
}

#[test]
fn no_function_does_what_is_refused() {
    let sources = texts().into_iter().filter(|(name, _)| name.ends_with(".rs") && name.contains("/src/"));
    let mut functions = 0;
    for (name, text) in sources {
        for line in text.lines() {
            let Some((_, after)) = line.split_once("fn ") else {
                continue;
            };
            let Some(function) = words(after).next() else {
                continue;
            };
            functions += 1;
            assert_eq!(refused(function), None, "{name}: `{function}` is named for something Armistice refuses to do");
        }
    }
    assert!(functions > 100, "the sources were found");
}

#[test]
fn no_command_does_what_is_refused() {
    let output = armistice(&root(), &["completions", "bash"]).output().unwrap();
    let script = String::from_utf8(output.stdout).unwrap();
    // The script names every command and every flag.
    assert!(script.contains("--skip-bad-rows") && script.contains("assess"));
    let named = script.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty());
    for word in named {
        assert_eq!(refused(word), None, "`{word}` is named for something Armistice refuses to do");
        assert!(!["target", "targets", "nearest"].contains(&word.trim_start_matches('-')), "`{word}`");
    }
}

#[test]
fn what_is_refused_is_recognised() {
    for name in ["nearest_unit", "predict_movement", "track", "--nearest-forces", "target_list", "export_fire_control"]
    {
        assert!(refused(name).is_some(), "{name}");
    }
    for name in ["nearest", "target", "unfired", "distance_to", "recorded_attacks"] {
        assert_eq!(refused(name), None, "{name}");
    }
}
