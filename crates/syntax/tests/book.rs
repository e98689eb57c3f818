//! `docs/language.md` is true: its examples parse, and no word is missing.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

use armistice_syntax::{CLAUSES, Form, STATEMENTS, VERBS, format, parse, render};

fn book() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/language.md")).unwrap()
}

/// Every fenced block of the page that says it is `truce`.
fn examples(page: &str) -> Vec<String> {
    page.split("\n```truce\n").skip(1).map(|rest| rest.split("\n```").next().unwrap().to_owned() + "\n").collect()
}

#[track_caller]
fn assert_sound(text: &str) {
    let parse = parse(text, Form::Plain);
    let shown: String = parse.diagnostics.iter().map(|d| render(d, "example", text, false) + "\n").collect();
    assert!(parse.diagnostics.is_empty(), "{text}\n{shown}");
}

#[test]
fn the_examples_parse() {
    let examples = examples(&book());
    assert!(examples.len() >= 15, "{} examples", examples.len());
    for text in examples {
        assert_sound(&text);
        assert_sound(&format(&text, Form::Plain));
    }
}

#[test]
fn the_examples_of_the_vocabulary_parse() {
    for form in STATEMENTS {
        assert_sound(form.example);
        assert!(form.example.starts_with(form.lead), "{}", form.lead);
    }
}

/// The third cell of each of the thirty-one rows is a statement, or a clause
/// after an ellipsis.
#[test]
fn the_constructs_parse() {
    let page = book();
    let section = page.split("## Thirty-one constructs").nth(1).unwrap();
    let rows = section.lines().filter(|line| line.starts_with('|'));
    let mut seen = 0;
    for row in rows.skip(2) {
        let example = row.split('`').nth(1).unwrap().replace("\\|", "|");
        let text = match example.strip_prefix("… ") {
            Some(clause) => format!("Government must allow aid\n  {clause}\n"),
            None => example.clone(),
        };
        assert_sound(&text);
        seen += 1;
        assert!(row.starts_with(&format!("| {seen} |")), "{row}");
    }
    assert_eq!(seen, 31);
}

/// A word stands on the page if it stands there as code.
#[test]
fn no_word_is_missing() {
    let page = book();
    let inline = page.lines().flat_map(|line| line.split('`').skip(1).step_by(2));
    let code: String = inline.map(|code| format!("{code}\n")).collect::<String>() + &examples(&page).concat();
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '-');
    let said = |words: &str| {
        code.match_indices(words)
            .any(|(at, _)| edge(code[..at].chars().next_back()) && edge(code[at + words.len()..].chars().next()))
    };
    let leads = STATEMENTS.iter().map(|form| form.lead);
    let clauses = CLAUSES.iter().map(|form| form.words);
    let missing: Vec<&str> = leads.chain(clauses).chain(VERBS.iter().copied()).filter(|words| !said(words)).collect();
    assert_eq!(missing, Vec::<&str>::new(), "not in docs/language.md");
}
