//! Every lint finds what its page says it finds, and nothing else.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fmt::Write;

use armistice_syntax::{Diagnostic, Form, Level, render};
use armistice_terms::{Checked, LINTS, Lint};

const BOOK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/book");

fn check(text: &str) -> Checked {
    let shapes = || std::fs::read_to_string(format!("{BOOK}/preambles/places.geojson")).unwrap();
    armistice_terms::check(text, Form::Plain, &|_| Ok(shapes()))
}

/// One fenced example of a page, with what is put before it.
struct Example {
    preamble: String,
    text: String,
}

/// The examples of a page that are marked `bad` or `good`.
fn examples(page: &str, mark: &str) -> Vec<Example> {
    let fence = format!("```truce {mark}\n");
    let mut found = Vec::new();
    let mut rest = page;
    while let Some((before, after)) = rest.split_once(&fence) {
        let (text, left) = after.split_once("```").unwrap();
        let with = before.lines().last().and_then(|l| l.strip_prefix("<!-- with: ")?.strip_suffix(" -->"));
        let preamble = with.map(|name| std::fs::read_to_string(format!("{BOOK}/preambles/{name}.truce")).unwrap());
        found.push(Example { preamble: preamble.unwrap_or_default(), text: text.to_owned() });
        rest = left;
    }
    found
}

impl Example {
    /// The whole text, and what is found in the example itself.
    fn found(&self) -> (String, Vec<Diagnostic>) {
        let text = format!("{}{}", self.preamble, self.text);
        let from = self.preamble.len();
        let found = check(&text).diagnostics.into_iter().filter(|d| d.span.start >= from).collect();
        (text, found)
    }
}

#[test]
fn each_lint_finds_its_bad_example_and_not_its_good_one() {
    let mut out = String::new();
    for Lint { code, name, page, .. } in LINTS {
        let (bad, good) = (examples(page, "bad"), examples(page, "good"));
        assert!(!bad.is_empty() && !good.is_empty(), "{code} shows a bad and a good example");
        for example in bad {
            let (text, found) = example.found();
            let codes: BTreeSet<&str> = found.iter().map(|d| d.code.0).collect();
            assert_eq!(codes, BTreeSet::from([*code]), "{text}\n{found:#?}");
            for diagnostic in found {
                assert!(diagnostic.help.is_some(), "{code} says how to mend it");
                writeln!(out, "{}\n", render(&diagnostic, "draft.truce", &text, false)).unwrap();
            }
        }
        for example in good {
            let (text, found) = example.found();
            assert!(found.is_empty(), "{name} of {code}: {found:#?}\n{text}");
        }
    }
    insta::assert_snapshot!(out);
}

#[test]
fn each_page_tells_what_the_table_says() {
    for Lint { code, name, page, .. } in LINTS {
        assert!(page.starts_with(&format!("# {code} {name}\n")), "{code}");
        let (_, found) = examples(page, "bad").first().unwrap().found();
        let word = match found.first().unwrap().level {
            Level::Error => "Error",
            Level::Warning => "Warning",
            Level::Note => "Note",
        };
        assert!(page.contains(&format!("\n*{word}.* ")), "{code} is a {word}");
        for heading in ["## Why agreements fail on it", "## Example", "## How to mend it"] {
            assert!(page.contains(heading), "{code} has no `{heading}`");
        }
    }
    let codes: Vec<&str> = LINTS.iter().map(|lint| lint.code).collect();
    assert!(codes.is_sorted(), "in the order of their codes");
    let pages = std::fs::read_dir(format!("{BOOK}/src/lints")).unwrap();
    let pages = pages.filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().starts_with('L')).count();
    assert_eq!(pages, LINTS.len(), "a page for each, and no more");
}

/// Where the mend is a change of the text, the changed text is free of the finding.
#[test]
fn a_fix_mends_what_was_found() {
    let mut fixed = BTreeSet::new();
    for Lint { code, page, .. } in LINTS {
        for example in examples(page, "bad") {
            let (text, found) = example.found();
            let Some(fix) = found.iter().find_map(|d| d.fix.clone()) else {
                continue;
            };
            let after = check(&fix.apply(&text));
            assert!(!after.has_errors(), "{code}: {:#?}", after.diagnostics);
            let left = after.diagnostics.iter().filter(|d| d.code.0 == *code).count();
            assert_eq!(left + 1, found.len(), "{code}");
            fixed.insert(*code);
        }
    }
    assert!(!fixed.is_empty());
}

/// Each acceptance, and how many findings of how many are left with it.
#[test]
fn acceptances_speak_for_one_statement() {
    let preamble = std::fs::read_to_string(format!("{BOOK}/preambles/sides.truce")).unwrap();
    let found = |text: &str| {
        let checked = check(&format!("{preamble}clause 1 \"x\"\n{text}"));
        assert!(!checked.has_errors(), "{:#?}", checked.diagnostics);
        let left = checked.diagnostics.into_iter().filter(|d| d.span.start >= preamble.len());
        let left: Vec<(&str, String)> = left.map(|d| (d.code.0, d.title)).collect();
        (left, checked.accepted.into_iter().map(|a| (a.diagnostic.code.0, a.reason)).collect::<Vec<_>>())
    };
    let term = "North and South must not attack each other";
    let mut out = String::new();
    for text in [
        format!("# accepts L003 and L004: so it was agreed\n{term}\n  from D\n"),
        format!("# accepts L003: for good\n\n# a remark\n# accepts L004: nobody watches\n{term}\n  from D\n"),
        format!("{term} # accepts L003: for good\n  from D\n  # accepts L004: nobody watches\n"),
        format!("{term}\n  from D # accepts L003, L004: so it was agreed\n# accepts L003: not of the one above\n"),
        format!("{term}\n  from D\n# accepts L004: of the next alone\n{term}\n  from D\n"),
        format!(
            "# accepts L012: there is a deadline\n# accepts L999: no such lint\n# accepts L003\n{term}\n  from D\n"
        ),
        format!("# accepts nothing less\n{term}\n  from D\n"),
    ] {
        let (left, accepted) = found(&text);
        writeln!(out, "{text}left: {left:#?}\naccepted: {accepted:#?}\n").unwrap();
    }
    insta::assert_snapshot!(out);
}
