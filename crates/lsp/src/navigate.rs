//! From a name to where it is declared, to wherever it is named, and to another
//! name.

use std::collections::HashMap;

use armistice_syntax::{Form, Span, SyntaxKind as K, parse};
use lsp_types::{Location, Range, TextEdit, WorkspaceEdit};

use crate::names::{self, Meant, covers, declared, meant, mentions, numbered, span_of, token_at};
use crate::page::Page;

/// Where what stands at a byte is declared, or the clauses it numbers.
pub(crate) fn definition(page: &Page, at: usize) -> Vec<Location> {
    let root = page.root();
    let names = declared(&root);
    match token_at(&root, at).and_then(|token| meant(&token, &names)) {
        Some(Meant::Name(name)) => names.get(&name).map(|found| location(page, &found.at)).into_iter().collect(),
        Some(Meant::Clause(id)) => {
            let all = numbered(&page.document());
            let exact: Vec<_> = all.iter().filter(|one| one.id == id).collect();
            let found = if exact.is_empty() { all.iter().filter(|one| covers(&id, &one.id)).collect() } else { exact };
            found.into_iter().map(|one| location(page, &one.at)).collect()
        }
        None => Vec::new(),
    }
}

/// Wherever what stands at a byte is named. A clause is named by the number of
/// one above it, too.
pub(crate) fn references(page: &Page, at: usize, with_declaration: bool) -> Vec<Location> {
    let root = page.root();
    let names = declared(&root);
    let Some(wanted) = token_at(&root, at).and_then(|token| meant(&token, &names)) else {
        return Vec::new();
    };
    let headings = numbered(&page.document());
    let is_declaration = |span: &Span| match &wanted {
        Meant::Name(name) => names.get(name).is_some_and(|found| found.at == *span),
        Meant::Clause(_) => headings.iter().any(|one| one.at.start <= span.start && span.end <= one.at.end),
    };
    let same = |found: &Meant, span: &Span| match (&wanted, found) {
        (Meant::Clause(id), Meant::Clause(number)) if is_declaration(span) => number == id,
        (Meant::Clause(id), Meant::Clause(number)) => covers(number, id),
        (wanted, found) => wanted == found,
    };
    let all = mentions(&root, &names).map(|(found, token)| (found, span_of(&token)));
    let wanted_ones = all.filter(|(found, span)| same(found, span) && (with_declaration || !is_declaration(span)));
    wanted_ones.map(|(_, span)| location(page, &span)).collect()
}

/// The name at a byte that can be changed.
///
/// # Errors
/// A sentence that says why nothing here can.
pub(crate) fn renamable(page: &Page, at: usize) -> Result<(Range, String), String> {
    let root = page.root();
    let names = declared(&root);
    let token = token_at(&root, at);
    match token.as_ref().and_then(|token| meant(token, &names)) {
        Some(Meant::Name(name)) => {
            let span = token.map_or(at..at, |token| span_of(&token));
            Ok((page.text.range(&span), name))
        }
        Some(Meant::Clause(id)) => {
            Err(format!("{id} is the instrument's own number; findings cite it, so it is changed by hand alone"))
        }
        None => Err("no declared name stands here".to_owned()),
    }
}

/// Every change that gives the name at a byte another.
///
/// # Errors
/// A sentence that says why it cannot be given.
pub(crate) fn renamed(page: &Page, at: usize, new: &str) -> Result<WorkspaceEdit, String> {
    let (_, name) = renamable(page, at)?;
    let root = page.root();
    let names = declared(&root);
    if !is_a_name(new) {
        return Err(format!(
            "`{new}` is not a name: one word that begins with a capital letter, such as `CastelloRoad`"
        ));
    }
    if new != name && (names.contains_key(new) || names::taken(&root, new, &name)) {
        return Err(format!("`{new}` stands on this page already"));
    }
    let wanted = Meant::Name(name);
    let spans = mentions(&root, &names).filter(|(found, _)| *found == wanted).map(|(_, token)| span_of(&token));
    let edits = spans.map(|span| TextEdit::new(page.text.range(&span), new.to_owned())).collect();
    #[expect(clippy::mutable_key_type, reason = "the protocol's own type; an address never changes here")]
    let changes = HashMap::from([(page.uri.clone(), edits)]);
    Ok(WorkspaceEdit::new(changes))
}

/// Whether the lexer takes all of a text for one name.
fn is_a_name(text: &str) -> bool {
    let root = parse(text, Form::Plain).syntax();
    let first = root.first_token();
    first.is_some_and(|token| token.kind() == K::Name && token.text() == text)
}

fn location(page: &Page, span: &Span) -> Location {
    Location::new(page.uri.clone(), page.text.range(span))
}
