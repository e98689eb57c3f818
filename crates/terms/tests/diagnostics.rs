//! What the checker says of each kind of mistake.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fmt::Write;

use armistice_syntax::{Diagnostic, Form, render};

const HEAD: &str = "agreement \"A truce\"\n  signed 2020-01-01\n  times in Europe/Kyiv\n  days start at 00:00\nmoment D is 2020-01-02 00:00\nparty North \"the north\"\nparty South \"the south\"\n";
const SHAPES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"road","properties":{},"geometry":{"type":"LineString","coordinates":[[37.0,48.0],[37.2,48.0]]}}]}"#;

/// Each mistake: the code it must give, and the lines after the head.
const MISTAKES: &[(&str, &str)] = &[
    (
        "T211",
        "clause 1 \"x\"\nNorth and South must not attack each other\n  from D\n  persistent from 1 breaches in any 30 days\n",
    ),
    (
        "T211",
        "clause 1 \"x\"\nNorth and South must not attack each other\n  from D\n  persistent from 2 breaches in any 0 days\n",
    ),
    ("T135", "clause 1 \"x\"\nNorth must not fly\n  from D\n  below 100 m\n  above 200 m\n"),
    (
        "T212",
        "clause 1 \"x\"\nNorth and South must not attack each other\n  from D\n  persistent from 3 breaches in any 2 months\n",
    ),
    ("T240", "clause 1 \"x\"\nNorth and South must not attack each other\n  from D\n  each day from 09:00 to 09:00\n"),
    ("T241", "area Gap\n  between Road and\nline Road\n  from \"p.geojson#road\"\n  good to 1 km\n"),
    (
        "T242",
        "area Gap\n  between Road and Street\nline Road\n  from \"p.geojson#road\"\n  good to 1 km\nline Street\n  from \"p.geojson#road\"\n  good to 1 km\n",
    ),
    ("T101", "party North \"again\"\n"),
    ("T103", "agreement \"Another\"\n"),
    ("T107", "weapons Heavy are tankz\n"),
    ("T109", "weapons Heavy are artillery of calibre over 100 m\n"),
    ("T110", "system \"D-30\" is artillery\nsystem \"2A18\" is artillery\n  also called \"d-30\"\n"),
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
    ("T135", "area Band\n  between 20 km and 10 km of Road\nline Road\n  from \"p.geojson#road\"\n  good to 1 km\n"),
    ("T138", "point There\n  at 95 N 15.1 E\n  good to 1 km\n"),
    ("T139", "point There\n  at 32.5 N 15.1 E\n  from \"p.geojson#there\"\n  good to 1 km\n"),
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
    ("T122", "party West\n  known as \"north\"\n"),
    ("T122", "party NORTH\n"),
    ("T123", "party Civilians \"those who live there\"\n"),
    ("T123", "party West\n  known as \"\"\n"),
    ("T123", "party West\n  known as \"Rebels|Army\"\n"),
    ("T123", "party West\n  known as part of \"Rebels|Army\"\n"),
    ("T123", "party West\n  speaks through \"Civilians\"\n"),
    ("T123", "party West\n  known as \" West\"\n"),
    ("T135", "area Band\n  width 2 km\n  within 1 km of Road\nline Road\n  from \"p.geojson#road\"\n  good to 1 km\n"),
    (
        "T135",
        "area Band\n  between 1 km and 2 km of Road and South\nline Road\n  from \"p.geojson#road\"\n  good to 1 km\n",
    ),
    ("T140", "clause 1 \"x\"\nNorth and South must not attack each othr\n  from D\n"),
    ("T140", "clause 1 \"x\"\nNorth must not attack civilans\n  from D\n"),
    ("T145", "clause 1 \"x\"\nNorth must keep tanks outt of Band\n  from D\narea Band\n  undefined\n"),
    (
        "T145",
        "clause 1 \"x\"\nNorth must keep tanks at leest 3 km from Road\n  from D\nline Road\n  from \"p.geojson#road\"\n  good to 1 km\n",
    ),
    ("T111", "moment E is 9999-12-31 23:00 + 3 days\n"),
    ("T119", "party West \"they\"\n  accepted on completion of 1\n"),
    (
        "T141",
        "clause 1 \"x\"\nNorth must keep tanks at least 1 km from Road by night\n  from D\nline Road\n  from \"p.geojson#road\"\n  good to 1 km\n",
    ),
    (
        "T144",
        "clause 1 \"x\"\nNorth must keep tanks at least from Road\n  from D\nline Road\n  from \"p.geojson#road\"\n  good to 1 km\n",
    ),
    (
        "T152",
        "clause 1 \"x\"\nNorth and South must not attack each other\n  from D\ngate Next\n  opens when 1 is kept for 0 consecutive days\n",
    ),
    ("T154", "clause 1 \"x\"\nNorth and South must not attack each other\n  from D\n  for 2 days\n  for 3 days\n"),
    ("T190", "clause 1 \"x\"\nNorth and South must not attack each other\n  during North\n"),
    (
        "T192",
        "phase One\n  from D\n  suspended while Talks continue\n  falls back to Two\nphase Two\n  from D\nphase Talks\n",
    ),
    ("T191", "phase One\n  then Two\nphase Two\n  then One\n"),
    ("T155", "clause 1 \"x\"\nNorth and South must not attack each other\n  from D\n  until 2020-01-01 12:00\n"),
    ("T108", "weapons Heavy are \"D-30\" of calibre over 200 mm\n"),
    ("T122", "party West\n  known as \"the north\"\nparty East\n  known as \"The North\"\n"),
    ("T133", "area Here\n  within 1 km of There\narea There\n  within 2 km of Here\n"),
    (
        "T134",
        "clause 1 \"x\"\nNorth and South must not attack each other\n  from D\n  in Here and There\narea Here\n  undefined\narea There\n  undefined\n",
    ),
    ("T136", "moment E is the end of 2020-01-05 19:00\n"),
    ("T137", "clause 1 \"x\"\nNorth and South together must not attack each other\n  from D\n"),
    ("T148", "clause 1 \"x\"\nNorth must not attack each other\n  from D\n"),
    ("T149", "clause 1 \"x\"\nNorth may keep at most 7.5 tanks\n  from D\ninventory Declared\n  holds tanks\n"),
    ("T162", "records \"events.csv\"\n"),
    (
        "T171",
        "clause 1 \"x\"\nNorth and South must not attack each other\n  from D\n  for [2 days: \"a paper\" | 3 days: \"a paper\"]\n",
    ),
    (
        "T180",
        "clause 1 \"x\"\nNorth and South must not attack each other\n  from D\n  for [2 days: North | 3 days: \"South, in writing\"]\nposition South\n  about 1\n  prefers \"South, in wriitng\"\n",
    ),
    ("T181", "approval North\n  pending since 2020-01-01 17:00\n  agreed on 2020-01-01 16:00\n"),
    ("T182", "approval North \"its capital\"\n  about D\n"),
    ("T183", "approval North\n  agreed on 2020-01-01 16:00\n  refused on 2020-01-01 16:00\n"),
    ("T184", "approval North\n  pending since [2020-01-01: \"one\" | 2020-01-02: \"another\"]\n"),
    (
        "T185",
        "clause 1 \"x\"\nNorth and South must not attack each other\n  from D\n  for [2 days: North | 3 days: \"South, in writing\"]\nposition South\n  prefers North\nposition South\n  rejects \"north\"\n",
    ),
];

#[test]
fn each_mistake_is_told() {
    let mut out = String::new();
    let mut told = BTreeSet::new();
    let headless = [
        (
            "T155",
            HEAD.to_owned()
                + "clause 1 \"x\"\nNorth must release all detainees\n  by 2020-02-01\n  from 2020-01-05\n  for 3 days\n",
        ),
        ("T211", HEAD.to_owned() + "clause 1 \"x\"\nNorth must not attack South\n  from D\n  cure within 0 days\n"),
        ("T155", HEAD.to_owned() + "party West\n  known as \"w\" from 2020-02-01 until 2020-01-01\n"),
        ("T102", "party North\n".to_owned()),
        ("T104", "agreement \"A\"\n  times in Europe/Kiyv\n".to_owned()),
        ("T104", HEAD.to_owned() + "moment E is 2020-01-05 10:00 Europe/Kyvi\n"),
        ("T104", HEAD.to_owned() + "instrument Other \"o\"\n  times in Asia/Damscus\n"),
        ("T105", "agreement \"A\"\n".to_owned()),
        ("T106", "agreement \"A\"\n  times in UTC\n  standard of proof 40 %\n".to_owned()),
        ("T112", "agreement \"A\"\n  times in UTC\nmoment D is signature + 3 days\n".to_owned()),
        ("T113", "agreement \"A\"\n  times in UTC\nmoment D is entry into force + 3 days\n".to_owned()),
        ("T121", HEAD.to_owned() + &(1..64).map(|n| format!("party P{n}\n")).collect::<String>()),
        ("T170", HEAD.to_owned() + &(1..10).map(bracketed).collect::<String>()),
        (
            "T172",
            HEAD.to_owned() + &(1..9).map(bracketed).collect::<String>() + &"North must not attack South\n".repeat(400),
        ),
    ];
    let all = MISTAKES.iter().map(|(code, rest)| (*code, format!("{HEAD}{rest}"))).chain(headless);
    for (code, text) in all {
        let checked = armistice_terms::check(&text, Form::Plain, &|_| Ok(SHAPES.to_owned()));
        tell(code, &text, &checked.diagnostics, &mut out);
        told.insert(code);
    }
    let settings = [
        ("T160", "party North\n"),
        ("T161", "period 2020-02-01 to 2020-01-01\n"),
        ("T164", "period [2020-01-01: \"a\" | 2020-01-02: \"b\"] to 2020-02-01\n"),
        ("T165", "records \"b.csv\"\n  known on 2022-06-15\n  replaces \"a.csv\"\n"),
        (
            "T165",
            "records \"a.csv\"\n  known on 2022-06-15\nrecords \"b.csv\"\n  known on 2019-06-15\n  replaces \"a.csv\"\n",
        ),
        ("T165", "records \"a.csv\"\nrecords \"b.csv\"\n  replaces \"a.csv\"\n"),
        ("T163", "period 2020-01-01 to 2020-02-01\nperiod 2020-03-01 to 2020-04-01\n"),
    ];
    let clock = armistice_terms::Clock {
        zone: jiff::tz::TimeZone::UTC,
        zone_name: "UTC".to_owned(),
        day_start: jiff::civil::Time::midnight(),
        day_start_declared: true,
    };
    for (code, text) in settings {
        let (_, diagnostics) = armistice_terms::setup(text, &clock);
        tell(code, text, &diagnostics, &mut out);
        told.insert(code);
    }
    insta::assert_snapshot!(out);
    assert_eq!(codes(), told.into_iter().map(str::to_owned).collect(), "every mistake is shown here");
}

/// The book has a paragraph for every code, of grammar and of meaning.
#[test]
fn each_mistake_is_in_the_book() {
    let syntax = concat!(env!("CARGO_MANIFEST_DIR"), "/../syntax/src");
    let given: BTreeSet<String> = codes().into_iter().chain(codes_in(syntax)).collect();
    let told: Vec<String> = armistice_terms::mistakes().map(str::to_owned).collect();
    assert!(told.is_sorted(), "in the order of their codes");
    assert_eq!(told.into_iter().collect::<BTreeSet<_>>(), given, "docs/book/src/mistakes.md has each, and no other");
}

/// One term whose two alternatives hang on sources of their own.
fn bracketed(n: usize) -> String {
    format!(
        "clause {n} \"x\"\nNorth and South must not attack each other\n  from D\n  for [2 days: \"{n}\" | 3 days: \"or {n}\"]\n"
    )
}

fn tell(code: &str, text: &str, diagnostics: &[Diagnostic], out: &mut String) {
    let Some(found) = diagnostics.iter().find(|d| d.code.0 == code) else {
        panic!("no {code} in {diagnostics:?} for\n{text}");
    };
    assert!(found.help.is_some(), "{code} says how to mend it");
    writeln!(out, "{}", render(found, "draft.truce", text, false)).unwrap();
    if let Some(fix) = &found.fix {
        let words = text.get(fix.span.clone()).unwrap();
        writeln!(out, "mend: `{words}` → `{}`", fix.text).unwrap();
    }
    writeln!(out).unwrap();
}

/// Every code of the checker that this crate's sources give; the linter's have
/// a test of their own.
fn codes() -> BTreeSet<String> {
    codes_in(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))
}

fn codes_in(folder: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![std::path::PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(path).unwrap();
            let code = |word: &&str| {
                let digits = word.strip_prefix('T').unwrap_or_default();
                digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit())
            };
            found.extend(text.split('"').filter(code).map(str::to_owned));
        }
    }
    found
}

/// A slip in a term that nothing evaluates yet is a slip all the same.
#[test]
fn names_are_checked_where_nothing_is_evaluated() {
    for (term, name) in [
        ("clause 1 \"x\"\nNorth must hand over Hostages to Suoth\n  from D\n", "Suoth"),
        ("exchange 30 detainees of Suoth for each hostage\n", "Suoth"),
        ("clause 1 \"x\"\nNorth must allow aid\n  from D\n  only with notice to Suoth\n", "Suoth"),
        ("body B\n  made of North and Suoth\n", "Suoth"),
        ("party East\n  commands Suoth\n", "Suoth"),
    ] {
        let text = format!("{HEAD}term Hostages\n  means \"those named\"\n{term}");
        let checked = armistice_terms::check(&text, Form::Plain, &|_| Ok(SHAPES.to_owned()));
        let told: Vec<&str> = checked.diagnostics.iter().filter_map(|d| text.get(d.span.clone())).collect();
        assert!(told.contains(&name), "{told:?} of {term}");
    }
}
