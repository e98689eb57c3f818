//! L011: words that the instrument, or a term, sets apart in quotation marks, and
//! that nothing explains.

use std::collections::HashSet;

use armistice_syntax::{Code, Diagnostic, NodeExt, Span, SyntaxKind as K};

use super::page::Page;

/// A name or a title has more words, a word in its common sense fewer letters.
const MOST_WORDS: usize = 4;

const MARKS: [char; 3] = ['"', '“', '”'];

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    let explained = explained(page);
    let mut told = HashSet::new();
    for (words, at) in page.set_apart.iter().cloned().chain(in_terms(page)) {
        let words = words.to_lowercase();
        if explained.contains(&words) || !told.insert(words.clone()) {
            continue;
        }
        out.push(
            Diagnostic::note(
                Code("L011"),
                at,
                format!("nothing says what \"{words}\" means"),
                "set apart, and not explained",
            )
            .help("declare it: `term MilitaryManifestations` with `means \"…\"`, or with `undefined \"…\"` if the text is silent"),
        );
    }
}

/// Whether words look like a term of the instrument rather than a name, a title
/// or a whole sentence.
pub(super) fn like_a_term(words: &str) -> bool {
    let small = words.chars().next().is_some_and(char::is_lowercase);
    let plain = words.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\''));
    small && plain && words.split_whitespace().count() <= MOST_WORDS
}

/// What declarations explain: the names of terms as words, and every text that
/// stands in a declaration.
fn explained(page: &Page<'_>) -> HashSet<String> {
    let mut explained = HashSet::new();
    for entry in page.entries.iter().filter(|e| e.lead.is_some()) {
        if let Some((name, _)) = &entry.name {
            explained.insert(spelt_out(name));
        }
        entry.statement.node.each_token(|kind, text, _| {
            if kind == K::Text {
                explained.insert(text.trim_matches(MARKS).to_lowercase());
            }
        });
    }
    explained
}

/// `MilitaryManifestations` is `military manifestations`.
fn spelt_out(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.extend(c.to_lowercase());
    }
    out
}

/// What the acts of provisions set apart.
fn in_terms<'p>(page: &'p Page<'_>) -> impl Iterator<Item = (String, Span)> + 'p {
    let predicates = page.provisions().filter_map(|(entry, _)| entry.predicate.as_ref());
    predicates.flat_map(|node| node.tokens_of(K::Text)).filter_map(|token| {
        let words = token.text().trim_matches(MARKS).to_owned();
        let range = token.text_range();
        like_a_term(&words).then(|| (words, usize::from(range.start())..usize::from(range.end())))
    })
}
