//! Mends that the editor can make.

use std::collections::HashMap;

use armistice_syntax::{Diagnostic, Span};
use lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand, TextEdit, WorkspaceEdit};

use crate::page::Page;
use crate::problems::shown;

/// The mends of what is wrong anywhere within some bytes.
pub(crate) fn mends(page: &Page, found: &[Diagnostic], span: &Span, pages: Option<&str>) -> Vec<CodeActionOrCommand> {
    let touches = |one: &&Diagnostic| one.span.start <= span.end && span.start <= one.span.end;
    let mend = |one: &Diagnostic| {
        let fix = one.fix.as_ref()?;
        let before = page.text.as_str().get(fix.span.clone())?;
        let edit = TextEdit::new(page.text.range(&fix.span), fix.text.clone());
        #[expect(clippy::mutable_key_type, reason = "the protocol's own type; an address never changes here")]
        let changes = HashMap::from([(page.uri.clone(), vec![edit])]);
        Some(CodeActionOrCommand::CodeAction(CodeAction {
            title: titled(before.trim(), fix.text.trim()),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![shown(page, one, pages)]),
            edit: Some(WorkspaceEdit::new(changes)),
            is_preferred: Some(true),
            ..CodeAction::default()
        }))
    };
    found.iter().filter(touches).filter_map(mend).collect()
}

fn titled(before: &str, after: &str) -> String {
    match (before.is_empty(), after.is_empty()) {
        (_, true) => format!("Remove `{before}`"),
        (true, false) => format!("Add `{after}`"),
        (false, false) => format!("Write `{after}`"),
    }
}
