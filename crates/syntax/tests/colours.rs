//! The colours of the editor's extension are those of the vocabulary.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

use std::fs;
use std::path::{Path, PathBuf};

use armistice_syntax::{
    ANCHORS, CLAUSES, COLLECTIVES, Form, MODALS, Operand, PLACE_CLAUSES, STATEMENTS, SyntaxKind, UNITS, VERBS, parse,
};
use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

const GRAMMAR: &str = "editors/vscode/syntaxes/truce.tmLanguage.json";

/// Any of the words, whole, the longest first; any white space between two.
fn any<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let mut words: Vec<&str> = words.into_iter().collect();
    words.sort_by_key(|word| (std::cmp::Reverse(word.len()), *word));
    words.dedup();
    format!("(?<![\\p{{L}}\\p{{N}}_-])({})(?![\\p{{L}}\\p{{N}}_-])", words.join("|").replace(' ', "[ \\t]+"))
}

/// A grammar for colours, which knows the words and no more.
fn grammar() -> Value {
    let leads = STATEMENTS.iter().map(|form| form.lead);
    let clauses = || CLAUSES.iter().chain(PLACE_CLAUSES);
    let operands = clauses().flat_map(|form| form.operands).chain(STATEMENTS.iter().flat_map(|form| form.head));
    let choices = operands.flat_map(|operand| match operand {
        Operand::OneOf(words) => *words,
        _ => &[],
    });
    let acts = format!("{}[ \\t]+{}", any(MODALS.iter().copied()), any(VERBS.iter().copied()));
    let number = "[0-9]+(?:,[0-9]{3})*(?:\\.[0-9]+)?";
    json!({
        "information_for_contributors": "Written by crates/syntax/tests/colours.rs from the vocabulary.",
        "name": "Armistice terms",
        "scopeName": "source.truce",
        "fileTypes": ["truce"],
        "patterns": [
            { "name": "comment.line.number-sign.truce", "match": "#.*$" },
            { "name": "string.quoted.double.truce", "match": "[\"“”][^\"“”]*(?:[\"“”]|$)" },
            { "name": "constant.numeric.date.truce", "match": "\\b[0-9]{4}-[0-9]{2}-[0-9]{2}\\b|\\b[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\\b" },
            {
                "match": format!("({number})[ \\t]*(?:(%)|{})", any(UNITS.iter().map(|(word, _)| *word))),
                "captures": {
                    "1": { "name": "constant.numeric.truce" },
                    "2": { "name": "keyword.other.unit.truce" },
                    "3": { "name": "keyword.other.unit.truce" },
                },
            },
            { "name": "constant.numeric.clause.truce", "match": "\\b[0-9]+(?:\\.[0-9A-Za-z]+)*\\b" },
            { "name": "keyword.control.statement.truce", "match": format!("^{}", any(leads)) },
            {
                "match": acts,
                "captures": { "1": { "name": "keyword.operator.modal.truce" }, "2": { "name": "support.function.act.truce" } },
            },
            { "name": "keyword.operator.modal.truce", "match": any(MODALS.iter().copied()) },
            { "name": "keyword.other.clause.truce", "match": any(clauses().map(|form| form.words)) },
            { "name": "support.constant.truce", "match": any(choices.copied().chain(ANCHORS.iter().copied()).chain(COLLECTIVES.iter().copied())) },
            { "name": "punctuation.bracket.truce", "match": "[\\[\\]|:,]" },
            { "name": "entity.name.type.truce", "match": "(?<![\\p{L}\\p{N}_])(?!\\p{Ll})\\p{L}[\\p{L}\\p{N}_]*(?:[-'’/.][\\p{L}\\p{N}_]+)*" },
        ],
    })
}

#[test]
fn the_grammar_has_the_words_of_the_vocabulary() {
    let (now, file) = (format!("{:#}\n", grammar()), root().join(GRAMMAR));
    // Renewed together with the snapshots.
    if std::env::var_os("INSTA_UPDATE").is_some_and(|how| how == "always") {
        fs::write(&file, &now).unwrap();
    }
    let kept = fs::read_to_string(file).is_ok_and(|kept| kept == now);
    assert!(kept, "{GRAMMAR} is of another vocabulary: run INSTA_UPDATE=always cargo test -p armistice-syntax");
}

/// The pattern for names takes what the lexer takes for one.
#[test]
fn names_begin_as_the_lexer_has_it() {
    for (word, kind) in [
        ("Road", SyntaxKind::Name),
        ("Дорога", SyntaxKind::Name),
        ("قلعة", SyntaxKind::Name),
        ("дорога", SyntaxKind::Word),
    ] {
        let token = parse(word, Form::Plain).syntax().first_token().unwrap();
        assert_eq!((token.kind(), token.text()), (kind, word));
    }
}

#[test]
fn the_extension_says_what_it_holds() {
    let folder = root().join("editors/vscode");
    let package: Value = serde_json::from_str(&fs::read_to_string(folder.join("package.json")).unwrap()).unwrap();
    for grammar in package["contributes"]["grammars"].as_array().unwrap() {
        let path = folder.join(grammar["path"].as_str().unwrap());
        let read: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        assert_eq!(read["scopeName"], grammar["scopeName"]);
    }
    let lock = fs::read_to_string(folder.join("package-lock.json")).unwrap();
    assert!(!lock.contains("\"resolved\""), "the lock file names where packages came from");
}
