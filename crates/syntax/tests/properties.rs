//! Whatever the text: no panic, nothing lost, one canonical form.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

use armistice_syntax::{Form, Lines, NodeExt, SyntaxKind as K, format, parse, render};
use proptest::prelude::*;

fn gallery() -> Vec<(String, Form)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../agreements");
    let mut texts = Vec::new();
    let mut folders: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    folders.sort();
    for file in
        folders.iter().filter(|p| p.is_dir()).flat_map(|p| [p.join("agreement.truce.md"), p.join("assessment.truce")])
    {
        let Ok(text) = std::fs::read_to_string(&file) else {
            continue;
        };
        // The terms of a page are a plain file, too.
        if file.extension().is_some_and(|e| e == "md") {
            let blocks =
                text.split("\n```truce\n").skip(1).map(|rest| rest.split("\n```").next().unwrap().to_owned() + "\n\n");
            texts.push((blocks.collect(), Form::Plain));
            texts.push((text, Form::Literate));
        } else {
            texts.push((text, Form::Plain));
        }
    }
    assert!(texts.len() >= 3);
    texts
}

/// Every token that means something, in order, without the commas that part
/// clauses: those the formatter drops.
fn meaning(text: &str, form: Form) -> Vec<(K, String)> {
    let tokens =
        parse(text, form).syntax().descendants_with_tokens().filter_map(|e| e.into_token()).collect::<Vec<_>>();
    let of_clause = |t: &armistice_syntax::SyntaxToken| {
        t.kind() == K::Comma && t.parent().is_some_and(|p| p.kind() == K::Statement)
    };
    let page = |kind: K| matches!(kind, K::Prose | K::HeadingLine | K::QuoteLine | K::Fence);
    tokens
        .iter()
        .filter(|t| !t.kind().is_trivia() && !of_clause(t))
        .map(|t| (t.kind(), if page(t.kind()) { t.text().to_owned() } else { t.text().trim().to_owned() }))
        .collect()
}

fn check(text: &str, form: Form) -> Result<(), TestCaseError> {
    let parsed = parse(text, form);
    let root = parsed.syntax();
    prop_assert_eq!(root.text().to_string(), text, "the tree holds every byte");
    let lines = Lines::of(text);
    for diagnostic in &parsed.diagnostics {
        prop_assert!(text.get(diagnostic.span.clone()).is_some(), "{:?} is no span of the text", diagnostic);
        prop_assert!(!render(diagnostic, "x", text, false).is_empty());
        let _ = lines.line_column(diagnostic.span.start);
    }
    let errors = root.descendants().any(|n| n.kind() == K::Error);
    prop_assert!(!errors || !parsed.diagnostics.is_empty(), "what is not understood is reported");
    let _ = armistice_syntax::Document::of(&root);
    let _ = root.span();
    let once = format(text, form);
    prop_assert_eq!(format(&once, form), once.clone(), "formatting twice changes nothing");
    let (before, after) = (meaning(text, form), meaning(&once, form));
    let changed = before.iter().zip(&after).find(|(before, after)| before != after);
    prop_assert!(changed.is_none() && before.len() == after.len(), "formatting keeps every word: {:?}", changed);
    // A stray indentation is mended by formatting, and what it hid then shows.
    let codes = |text: &str| parse(text, form).diagnostics.iter().map(|d| d.code.0).collect::<Vec<_>>();
    if !codes(text).contains(&"T007") {
        prop_assert_eq!(codes(&once), codes(text), "formatting mends and breaks nothing");
    }
    Ok(())
}

/// Words that matter, and characters that hurt.
const SHARDS: &[&str] = &[
    " ",
    "\n",
    "\r\n",
    "\n  ",
    "\t",
    "#",
    "# c\n",
    "\"",
    "“",
    "”",
    "[",
    "]",
    "|",
    ":",
    ",",
    "(",
    ")",
    "%",
    "+",
    "-",
    "−",
    ".",
    "é",
    "\u{200b}",
    "\u{2028}",
    "\0",
    "```",
    "```truce\n",
    "\n```\n",
    "> ",
    "<!-- ",
    "-->\n",
    "```Truce\n",
    "## 3.a x\n",
    "from",
    "until",
    "for",
    "by",
    "before",
    "in",
    "at least",
    "must not",
    "may",
    "keep",
    "attack",
    "and",
    "each other",
    "party",
    "line",
    "moment",
    "is",
    "are",
    "agreement",
    "gate",
    "opens when",
    "except",
    "with",
    "of calibre",
    "over",
    "3 km",
    "48 hours",
    "3,500 m",
    "2016-09-12",
    "19:00",
    "3.a",
    "D",
    "Russia",
    "\"a text\"",
    "[3 m: \"a\" | 4 m: \"b\"]",
    "together",
    "nothing",
    "the end of",
    "completion of",
    "part of",
];

#[derive(Clone, Debug)]
enum Edit {
    Insert(prop::sample::Index, &'static str),
    Delete(prop::sample::Index, usize),
    Swap(prop::sample::Index, prop::sample::Index, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (any::<prop::sample::Index>(), prop::sample::select(SHARDS)).prop_map(|(at, shard)| Edit::Insert(at, shard)),
        (any::<prop::sample::Index>(), 1..12_usize).prop_map(|(at, n)| Edit::Delete(at, n)),
        (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 1..30_usize)
            .prop_map(|(a, b, n)| Edit::Swap(a, b, n)),
    ]
}

fn edited(text: &str, edits: &[Edit]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for edit in edits {
        let length = chars.len().max(1);
        match edit {
            Edit::Insert(at, shard) => {
                let at = at.index(length).min(chars.len());
                chars.splice(at..at, shard.chars());
            }
            Edit::Delete(at, n) => {
                let at = at.index(length).min(chars.len());
                chars.drain(at..(at + n).min(chars.len()));
            }
            Edit::Swap(a, b, n) => {
                let (a, b) = (a.index(length), b.index(length));
                for i in 0..*n {
                    if a + i < chars.len() && b + i < chars.len() {
                        chars.swap(a + i, b + i);
                    }
                }
            }
        }
    }
    chars.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC*|[ -~\n]*|(.|\n){0,200}") {
        check(&text, Form::Plain)?;
        check(&text, Form::Literate)?;
    }

    #[test]
    fn any_shards(shards in prop::collection::vec(prop::sample::select(SHARDS), 0..40), spaced in any::<bool>()) {
        let text = shards.join(if spaced { " " } else { "" });
        check(&text, Form::Plain)?;
        check(&format!("```truce\n{text}"), Form::Literate)?;
    }

    #[test]
    fn any_slip_in_the_gallery(which in any::<prop::sample::Index>(), edits in prop::collection::vec(edit(), 1..6)) {
        let gallery = gallery();
        let (text, form) = which.get(&gallery);
        check(&edited(text, &edits), *form)?;
    }
}

#[test]
fn the_gallery_itself() {
    for (text, form) in gallery() {
        check(&text, form).unwrap();
        assert_eq!(parse(&text, form).diagnostics, []);
    }
}
