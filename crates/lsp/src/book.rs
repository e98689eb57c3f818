//! What a word of the language means, as the book has it.

use std::sync::LazyLock;

/// The page of the language; a test holds it to the vocabulary.
const PAGE: &str = include_str!("../../../docs/language.md");

/// A row of a table of the book: the words as code, and what they say.
struct Row {
    heading: &'static str,
    code: Vec<&'static str>,
    says: &'static str,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let mut heading = "";
    let mut rows = Vec::new();
    for line in PAGE.lines() {
        if line.starts_with('#') {
            heading = line.trim_start_matches('#').trim();
        }
        let cells = line.strip_prefix("| ").and_then(|row| row.strip_suffix(" |")?.split_once(" | "));
        if let Some((words, says)) = cells {
            rows.push(Row { heading, code: code(words), says });
        }
    }
    rows
});

/// What stands between backticks.
fn code(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// A word's use and its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// As it is written: `guaranteed by NAMES`.
    pub(crate) usage: String,
    /// What it says.
    pub(crate) says: String,
}

/// What `words` mean where any of `siblings` may stand too: `from` is one thing
/// among the clauses of a place, and another among those of a provision.
pub(crate) fn entry(words: &str, siblings: &[&str]) -> Option<Entry> {
    let found = ROWS.iter().filter_map(|row| Some((row, used(row, words)?)));
    let (row, usage) = found.max_by_key(|(row, _)| {
        let kin =
            siblings.iter().filter(|word| ROWS.iter().any(|r| r.heading == row.heading && used(r, word).is_some()));
        // Of equals the first, which is the plainest.
        (kin.count(), std::cmp::Reverse(std::ptr::from_ref(*row) as usize))
    })?;
    Some(Entry { usage: usage.to_owned(), says: row.says.to_owned() })
}

/// What `words` mean, from a table or else from the paragraph that has them, or
/// at least an example of them.
pub(crate) fn meaning(words: &str, siblings: &[&str]) -> Option<Entry> {
    let said = |usage: &str, says: &str| Entry { usage: usage.to_owned(), says: says.to_owned() };
    let lines = || PAGE.lines().filter(|line| !line.starts_with('|'));
    entry(words, siblings)
        .or_else(|| {
            let found = |line| Some((code(line).into_iter().find(|code| begins(code, words))?, line));
            lines().find_map(found).map(|(usage, line)| said(usage, line))
        })
        .or_else(|| lines().map(str::trim).find(|line| begins(line, words)).map(|line| said(words, line)))
}

fn used(row: &Row, words: &str) -> Option<&'static str> {
    row.code.iter().copied().find(|code| begins(code, words))
}

fn begins(code: &str, words: &str) -> bool {
    code.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use armistice_syntax::{CLAUSES, PROVISION, STATEMENTS};

    use super::*;

    #[test]
    fn every_statement_and_clause_has_a_meaning() {
        for form in STATEMENTS {
            assert!(meaning(form.lead, &["agreement", "party", "gate"]).is_some(), "{}", form.lead);
        }
        for form in CLAUSES {
            assert!(meaning(form.words, PROVISION).is_some(), "{}", form.words);
        }
    }

    #[test]
    fn words_mean_what_they_mean_in_their_place() {
        let places = STATEMENTS.iter().find(|form| form.lead == "line").map(|form| form.clauses).unwrap_or_default();
        let usage = |siblings| entry("from", siblings).map(|entry| entry.usage);
        assert_eq!(usage(places).as_deref(), Some("from \"FILE#FEATURE\""));
        assert_eq!(usage(PROVISION).as_deref(), Some("from MOMENT"));
    }
}
