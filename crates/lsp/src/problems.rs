//! What is wrong, as an editor shows it.

use armistice_syntax::{Diagnostic, Level};
use armistice_terms::LINTS;
use lsp_types::{
    CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString,
    PublishDiagnosticsParams, Uri,
};

use crate::page::Page;

/// All that is wrong with a page.
pub(crate) fn published(page: &Page, found: &[Diagnostic], pages: Option<&str>) -> PublishDiagnosticsParams {
    let diagnostics = found.iter().map(|one| shown(page, one, pages)).collect();
    PublishDiagnosticsParams { uri: page.uri.clone(), diagnostics, version: Some(page.version) }
}

/// One mistake or weakness. `pages` is where the pages of the linter's codes
/// stand, if the editor has said.
pub(crate) fn shown(page: &Page, found: &Diagnostic, pages: Option<&str>) -> lsp_types::Diagnostic {
    let mut message = found.title.clone();
    if !found.label.is_empty() {
        message += &format!(" ({})", found.label);
    }
    if let Some(help) = &found.help {
        message += &format!("\n{help}");
    }
    let related = found.related.iter().map(|(span, label)| DiagnosticRelatedInformation {
        location: Location::new(page.uri.clone(), page.text.range(span)),
        message: label.clone(),
    });
    let related: Vec<_> = related.collect();
    lsp_types::Diagnostic {
        range: page.text.range(&found.span),
        severity: Some(match found.level {
            Level::Error => DiagnosticSeverity::ERROR,
            Level::Warning => DiagnosticSeverity::WARNING,
            Level::Note => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(found.code.0.to_owned())),
        code_description: pages.and_then(|pages| described(pages, found.code.0)),
        source: Some("armistice".to_owned()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        ..lsp_types::Diagnostic::default()
    }
}

/// The linter's codes have pages of their own; the messages of the others say
/// all there is to say.
fn described(pages: &str, code: &str) -> Option<CodeDescription> {
    LINTS.iter().find(|lint| lint.code == code)?;
    let href: Uri = format!("{}/{code}.md", pages.trim_end_matches('/')).parse().ok()?;
    Some(CodeDescription { href })
}
