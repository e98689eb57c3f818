//! The other forms in which a lint finds what it looks for, and what it passes over.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

use std::fmt::Write;

use armistice_syntax::{Diagnostic, Form, render};

const BOOK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/book/preambles");

/// A page: the book's header, a quotation, and terms below it.
fn page(quoted: &str, terms: &str) -> String {
    let head = std::fs::read_to_string(format!("{BOOK}/sides.truce")).unwrap();
    let quoted = if quoted.is_empty() { String::new() } else { format!("> {quoted}\n\n") };
    format!("# A truce\n\n```truce\n{head}```\n\n## 1 The clause\n\n{quoted}```truce\n{terms}```\n")
}

fn found(page: &str, code: &str) -> Vec<Diagnostic> {
    let shapes = || std::fs::read_to_string(format!("{BOOK}/places.geojson")).unwrap();
    let checked = armistice_terms::check(page, Form::Literate, &|_| Ok(shapes()));
    assert!(!checked.has_errors(), "{:#?}\n{page}", checked.diagnostics);
    let from = page.find("## 1").unwrap();
    checked.diagnostics.into_iter().filter(|d| d.code.0 == code && d.span.start > from).collect()
}

/// The lint, what the page quotes, and the terms.
const FOUND: &[(&str, &str, &str)] = &[
    ("L011", "removal of the \"military manifestations\" from the city", "North must disband militias\n"),
    (
        "L013",
        "to be returned before 15 November 2020",
        "South must withdraw Heavy out of Zone\n  by the end of 2020-11-15\n",
    ),
    (
        "L013",
        "by November 15, 2020 at the latest",
        "South must withdraw Heavy out of Zone\n  before the start of 2020-11-15\n",
    ),
    (
        "L013",
        "",
        "South must withdraw Heavy out of Zone\n  by [the end of 2020-11-15: \"one text\" | the start of 2020-11-15: \"the other\"]\n",
    ),
    (
        "L014",
        "вооружения калибром свыше 100 мм",
        "weapons Guns are artillery of calibre at least 100 mm\nNorth must withdraw Guns out of Zone\n  by 2020-01-05 12:00\n",
    ),
    (
        "L014",
        "more than 15 km from the road",
        "North must keep Heavy at least 15 km from Road on its north side\n  from D\n",
    ),
    (
        "L014",
        "calibre of 100 and more",
        "weapons Guns are artillery of calibre over 100 mm\nNorth must withdraw Guns out of Zone\n  by 2020-01-05 12:00\n",
    ),
    (
        "L014",
        "",
        "weapons Long are rocket artillery of range up to 20 km and artillery of range under 20 km\nweapons Guns are artillery of range up to 20 km, mortars of range under 20 km\n",
    ),
    ("L015", "a security zone 30 km wide", "North must keep Heavy at least 30 km from Road\n  from D\n"),
    ("L016", "", "instrument Letter \"a side letter\"\n  signed 2020-02-01\n"),
    (
        "L016",
        "",
        "North must withdraw Heavy at least 10 km from Road on its north side\n  by 2020-01-05 12:00\nNorth must withdraw Heavy at least 15 km from Road on its north side\n  by 2020-01-05 12:00\n",
    ),
    (
        "L016",
        "",
        "clause 7 \"Before\"\nSouth must lay down Heavy\n  by 2020-02-05 12:00\nclause 8 \"After\"\nSouth must lay down Heavy\n  from 2020-01-10 12:00\n  by 2020-03-05 12:00\n  in place of 7\n",
    ),
    ("L016", "", "North must keep Heavy out of Zone\n  from D\nNorth must store Heavy in Zone\n  from D\n"),
    ("L016", "", "North must keep at most 5 tanks\n  from D\nevery party must keep at least 10 tanks\n  from D\n"),
    ("L022", "", "North may not keep tanks\n  from D\n"),
    (
        "L014",
        "",
        "weapons Guns are artillery of calibre over 10 cm\nweapons More are artillery of calibre at least 100 mm\n",
    ),
    ("L031", "", "North must not use artillery\n  with tanks\n  from D\n"),
    (
        "L021",
        "",
        "North must not attack South\n  from D\n  except \"whatever its safety demands\"\nSouth must not attack North\n  from D\n",
    ),
    (
        "L028",
        "",
        "clause 7 \"Own\"\nNorth must not fly\n  from D\ngate Passage \"its own\"\n  opens when 7 is kept for 3 consecutive days\n  certified by North\n",
    ),
    ("L023", "", "guarantor Friend \"a friend\"\n  known as part of \"south\"\n"),
    (
        "L020",
        "",
        "every party must not attack civilians\n  from D\n  except \"civilians\"\nNorth and South must not fly\n  from D\n  only with leave of North\n",
    ),
    (
        "L021",
        "",
        "North may keep at most 5 tanks\n  in Zone\n  from D\nSouth may keep at most 50 tanks\n  in Zone\n  from D\n",
    ),
    ("L005", "", "party West \"a third\"\nWest may fly\n"),
    ("L003", "", "North must prevent South from attacking Mission\n  from D\n"),
    (
        "L017",
        "",
        "line Front \"each side's own\"\n  for North \"places.geojson#road\"\n  for South \"places.geojson#river\"\n",
    ),
    (
        "L018",
        "",
        "area Camp \"the camp\"\n  undefined \"nobody drew it\"\nNorth must keep Heavy out of Camp\n  from D\n  for 30 days\ngate Talks \"the talks\"\n  opens when 1 is kept for 7 consecutive days\n  certified by Mission\n",
    ),
    (
        "L019",
        "",
        "phase One \"the first\"\n  opens when 1 is kept for 2 consecutive days\nNorth must not attack South\n  from D\n",
    ),
    ("L020", "", "North and South must not attack each other\n  from D\n  except against North and South\n"),
    ("L020", "", "North must not move forces\n  from D\n  only with leave of North\n"),
    ("L020", "", "North must not fortify\n  from D\n  except \"Fortify\"\n"),
    ("L021", "", "North must not fortify\n  from D\n"),
    ("L025", "", "body Council \"the council\"\nterm Calm\n  means \"silence\"\n"),
];

/// The same, where nothing is to be found.
const PASSED_OVER: &[(&str, &str, &str)] = &[
    (
        "L025",
        "",
        "body Council \"the council\"\n  made of North and South\n  determines 1\nNorth must not fly\n  from D\n",
    ),
    (
        "L005",
        "",
        "party West \"a third\"\nexchange 3 detainees for each hostage\n  owed by North\n  owed to West\n  by D + 4 days\n",
    ),
    (
        "L011",
        "the \"Tornado-S\" and the Law \"On interim self-government\", \"in full accordance with all that was said before\"",
        "North must disband militias\n",
    ),
    ("L011", "removal of the \"military manifestations\"", "term MilitaryManifestations\n  means \"checkpoints\"\n"),
    ("L013", "by 15 November 2020", "South must withdraw Heavy out of Zone\n  by the end of 2020-11-15\n"),
    ("L013", "before 20 November 2020", "South must withdraw Heavy out of Zone\n  by the end of 2020-11-15\n"),
    (
        "L013",
        "",
        "South must withdraw Heavy out of Zone\n  by [the end of 2020-11-15: \"one text\" | the end of 2020-11-20: \"the other\"]\n",
    ),
    (
        "L014",
        "calibre over 100 mm",
        "weapons Guns are artillery of calibre over 100 mm, mortars of calibre up to 100 mm\nNorth must withdraw Guns out of Zone\n  by 2020-01-05 12:00\n",
    ),
    ("L015", "a security zone 30 km wide", "North must keep Heavy at least 30 km in all from Road\n  from D\n"),
    ("L015", "", "North must keep Heavy at least 30 km from Road\n  from D\n"),
    ("L016", "", "instrument Letter \"a side letter\"\n  amends Other\ninstrument Other \"another\"\n"),
    // Two stages, two windows, two amounts.
    (
        "L016",
        "",
        "North must withdraw Heavy at least 10 km from Road on its north side\n  by 2020-01-05 12:00\nNorth must withdraw Heavy at least 15 km from Road on its north side\n  by 2020-01-15 12:00\n",
    ),
    (
        "L016",
        "",
        "North must keep Heavy at least 10 km from Road on its north side\n  from D\n  until 2020-01-05 12:00\nNorth must keep Heavy at least 15 km from Road on its north side\n  from 2020-01-05 12:00\n",
    ),
    (
        "L016",
        "",
        "North must release [33: \"one text\" | 34: \"the other\"] detainees\n  by 2020-01-05 12:00\nNorth must release [20: \"one text\" | 21: \"the other\"] detainees\n  by 2020-01-05 12:00\n",
    ),
    (
        "L016",
        "",
        "South must lay down 30 % of its weapons\n  by D + 90 days\nSouth must lay down 30 % of its weapons\n  by D + 120 days\n",
    ),
    (
        "L017",
        "",
        "line River \"the river\"\n  from \"places.geojson#river\"\n  good to 1 km\nNorth must keep Heavy at least 10 km from Road\n  from D\nNorth must keep Heavy at least 10 km from River\n  from D\n",
    ),
    (
        "L020",
        "",
        "excluded Band \"a band\"\nNorth and South must not attack each other\n  from D\n  except against Band\n  except in self-defence \"an immediate threat\"\n",
    ),
    ("L021", "", "North must not fortify\n  from D\nSouth must not fortify\n  from D\n"),
    ("L012", "", "North must open the road\n  from D\nNorth must deliver 600 trucks a day\n  from D\n"),
    ("L004", "", "North must release all detainees\n  by D + 5 days\n  certified by Mission\n"),
    ("L004", "", "North must notify Mission\n  by D + 5 days\n"),
    ("L004", "", "every party must not fly\n  from D\n  verified by North and South\n"),
    ("L020", "", "every party must not fly\n  from D\n  only with leave of North and South together\n"),
    // One after the other, of something else, or allowed and not demanded.
    (
        "L016",
        "",
        "North must keep Heavy out of Zone\n  from D + 5 days\nNorth must store Heavy in Zone\n  from D\n  until D + 5 days\n",
    ),
    ("L016", "", "North must keep Heavy out of Zone\n  from D\nSouth must store Heavy in Zone\n  from D\n"),
    ("L016", "", "North must keep at most 5 tanks\n  from D\nNorth must keep at least 10 mortars\n  from D\n"),
    (
        "L016",
        "",
        "North must allow at most 5 trucks a day\n  from D\nNorth must allow at least 10 trucks a week\n  from D\n",
    ),
    ("L022", "", "North may keep tanks\n  from D\n"),
];

#[test]
fn each_form_is_found() {
    let mut out = String::new();
    for (code, quoted, terms) in FOUND {
        let page = page(quoted, terms);
        let found = found(&page, code);
        assert!(!found.is_empty(), "no {code} in\n{page}");
        for diagnostic in found {
            writeln!(out, "{}\n", render(&diagnostic, "draft.truce.md", &page, false)).unwrap();
        }
    }
    insta::assert_snapshot!(out);
}

#[test]
fn what_is_no_defect_is_passed_over() {
    for (code, quoted, terms) in PASSED_OVER {
        let page = page(quoted, terms);
        let found = found(&page, code);
        assert!(found.is_empty(), "{found:#?} in\n{page}");
    }
}
