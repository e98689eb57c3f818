//! L030: two sources whose names differ in capitals or spaces alone.

use std::collections::HashMap;

use armistice_syntax::{Bracket, Code, Diagnostic, NodeExt, Span, SyntaxKind as K};

use super::page::Page;

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    // As it is first written, by its letters alone.
    let mut first: HashMap<String, (String, Span)> = HashMap::new();
    let brackets = page.entries.iter().flat_map(|entry| entry.statement.node.descendants().filter_map(Bracket::of));
    for choice in brackets.flat_map(|bracket| bracket.choices()).filter(|choice| !choice.label.is_empty()) {
        let Some(label) = choice.node.child(K::Label) else {
            continue;
        };
        let bare = choice.label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let Some((as_first, there)) = first.get(&bare) else {
            first.insert(bare, (choice.label, label.span()));
            continue;
        };
        if *as_first == choice.label {
            continue;
        }
        let title = format!("\"{}\" and \"{as_first}\" are two sources, and two questions", choice.label);
        let diagnostic = Diagnostic::warning(Code("L030"), label.span(), title, "only capitals or spaces differ")
            .related(there.clone(), "first written so")
            .help("write both the same way if they are one source; then what they say is read together");
        let text = label.token(K::Text).map(|token| {
            let range = token.text_range();
            usize::from(range.start())..usize::from(range.end())
        });
        out.push(match text {
            Some(at) => diagnostic.fix(at, format!("\"{as_first}\"")),
            None => diagnostic,
        });
    }
}
