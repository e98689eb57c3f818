//! Long agreements, made from the gallery's.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use armistice_syntax::{
    Document, Form, NodeExt, Operand, Statement, StatementForm, SyntaxElement, SyntaxKind, SyntaxToken, heading_id,
    parse,
};

/// The folder of the repository.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A page of the gallery: its folder, and its text.
///
/// # Errors
/// Where there is no such agreement.
pub fn gallery(name: &str) -> std::io::Result<(PathBuf, String)> {
    let folder = root().join("agreements").join(name);
    let text = fs::read_to_string(folder.join("agreement.truce.md"))?;
    Ok((folder, text))
}

/// The names of the gallery's agreements.
///
/// # Errors
/// Where there is no gallery.
pub fn names() -> std::io::Result<Vec<String>> {
    let folders = fs::read_dir(root().join("agreements"))?;
    let folders = folders.filter_map(Result::ok).filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> = folders.filter_map(|folder| folder.file_name().into_string().ok()).collect();
    names.sort();
    Ok(names)
}

/// A page again and again until it has so many lines. The header, the
/// instruments, all who act and systems of weapons are said once; every copy declares places,
/// weapons, moments and gates of its own, under clauses of its own. Brackets
/// keep their sources, so that the page has no more readings than before.
#[must_use]
pub fn repeated(page: &str, lines: usize) -> String {
    let (mut out, mut copy) = (page.to_owned(), 0);
    while out.lines().count() < lines && copy < lines {
        copy += 1;
        out += &renamed(page, copy);
    }
    out
}

/// A copy of a page with names and clauses of its own.
fn renamed(page: &str, copy: usize) -> String {
    let root = parse(page, Form::Literate).syntax();
    let document = Document::of(&root);
    let statements = || document.blocks.iter().flat_map(|block| &block.statements);
    let own: HashSet<String> = statements().filter(|s| !once(s)).filter_map(declared).collect();
    let mut out = String::with_capacity(page.len());
    for element in root.children_with_tokens() {
        match element {
            SyntaxElement::Token(token) if token.kind() == SyntaxKind::HeadingLine => out += &heading(&token, copy),
            SyntaxElement::Token(token) => out += token.text(),
            SyntaxElement::Node(block) => {
                for element in block.children_with_tokens() {
                    match element {
                        SyntaxElement::Token(token) => out += token.text(),
                        SyntaxElement::Node(node) => {
                            let statement = Statement { node };
                            if !once(&statement) {
                                term(&statement, &own, copy, &mut out);
                            }
                        }
                    }
                }
            }
        }
    }
    out
}

/// Whether a statement is said once, however often the page is repeated.
fn once(statement: &Statement) -> bool {
    let form = statement.lead().and_then(StatementForm::of);
    form.is_some_and(|form| {
        form.clauses.contains(&"known as") || form.clauses.contains(&"signed") || matches!(form.lead, "body" | "system")
    })
}

fn declared(statement: &Statement) -> Option<String> {
    let form = StatementForm::of(statement.lead()?)?;
    if form.head.first() != Some(&Operand::NewName) {
        return None;
    }
    Some(statement.head()?.token(SyntaxKind::Name)?.text().to_owned())
}

fn heading(token: &SyntaxToken, copy: usize) -> String {
    let line = token.text();
    match heading_id(line.trim_start_matches('#').trim()).0 {
        Some(id) => line.replacen(id, &format!("{copy}.{id}"), 1),
        None => line.to_owned(),
    }
}

fn term(statement: &Statement, own: &HashSet<String>, copy: usize, out: &mut String) {
    for token in statement.node.descendants_with_tokens().filter_map(SyntaxElement::into_token) {
        let among_ids = token.parent().is_some_and(|parent| parent.kind() == SyntaxKind::Clauses);
        match token.kind() {
            SyntaxKind::Name if own.contains(token.text()) => *out += &format!("{}Copy{copy}", token.text()),
            SyntaxKind::Number | SyntaxKind::ClauseId if among_ids => *out += &format!("{copy}.{}", token.text()),
            _ => *out += token.text(),
        }
    }
}
