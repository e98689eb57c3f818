//! The page at a glance: its headings, and what stands under each.

use armistice_syntax::{Document, Heading, NodeExt, Span, Statement, SyntaxKind as K};
use lsp_types::{DocumentSymbol, FoldingRange, FoldingRangeKind, SymbolKind};

use crate::page::Page;

/// Headings hold the headings under them, and the statements of their blocks.
pub(crate) fn symbols(page: &Page) -> Vec<DocumentSymbol> {
    let document = page.document();
    let mut things: Vec<Thing> = document.headings.iter().map(|heading| Thing::Heading(heading.clone())).collect();
    things.extend(document.blocks.iter().flat_map(|b| &b.statements).cloned().map(Thing::Statement));
    things.sort_by_key(Thing::start);
    let end = page.text.as_str().trim_end().len();
    let mut things = things.into_iter().peekable();
    under(page, 0, end, &mut things)
}

enum Thing {
    Heading(Heading),
    Statement(Statement),
}

impl Thing {
    fn start(&self) -> usize {
        match self {
            Self::Heading(heading) => heading.span.start,
            Self::Statement(statement) => statement.node.span().start,
        }
    }
}

/// What stands under a heading of this depth, up to the next one no deeper.
/// A page has six depths, so this goes no deeper than that.
fn under(
    page: &Page,
    depth: usize,
    end: usize,
    things: &mut std::iter::Peekable<std::vec::IntoIter<Thing>>,
) -> Vec<DocumentSymbol> {
    let mut found = Vec::new();
    while let Some(thing) = things.next_if(|thing| !matches!(thing, Thing::Heading(h) if h.depth <= depth)) {
        match thing {
            Thing::Statement(statement) => found.extend(of_statement(page, &statement)),
            Thing::Heading(heading) => {
                let below = under(page, heading.depth, end, things);
                let last = things.peek().map_or(end, |next| next.start().saturating_sub(1));
                let name = match &heading.id {
                    Some(id) => format!("{id} {}", heading.title),
                    None => heading.title.clone(),
                };
                let whole = heading.span.start..last.max(heading.span.end);
                found.push(symbol(page, name.trim(), None, SymbolKind::NAMESPACE, &whole, &heading.span, below));
            }
        }
    }
    found
}

fn of_statement(page: &Page, statement: &Statement) -> Option<DocumentSymbol> {
    let head = statement.head()?;
    let span = statement.node.span();
    match statement.lead() {
        Some(lead) => {
            let name = head.token(K::Name).map(|token| token.text().to_owned());
            let words = head.text_value();
            let title = name.clone().or_else(|| words.clone()).unwrap_or_else(|| head.phrase());
            let detail = match (name, words) {
                (Some(_), Some(words)) => format!("{lead}: {words}"),
                _ => lead.to_owned(),
            };
            let kind = if lead == "agreement" { SymbolKind::FILE } else { SymbolKind::OBJECT };
            Some(symbol(page, &title, Some(detail), kind, &span, &head.span(), Vec::new()))
        }
        None => {
            let act = statement.node.child(K::Predicate).map(|act| act.phrase());
            let words = format!("{} {}", head.phrase(), act.unwrap_or_default());
            Some(symbol(page, words.trim(), None, SymbolKind::FUNCTION, &span, &head.span(), Vec::new()))
        }
    }
}

fn symbol(
    page: &Page,
    name: &str,
    detail: Option<String>,
    kind: SymbolKind,
    whole: &Span,
    head: &Span,
    below: Vec<DocumentSymbol>,
) -> DocumentSymbol {
    #[expect(deprecated, reason = "the field stands in the protocol's type, and `tags` took its place")]
    DocumentSymbol {
        // An editor refuses a symbol without a name.
        name: if name.is_empty() { "…".to_owned() } else { name.to_owned() },
        detail,
        kind,
        tags: None,
        deprecated: None,
        range: page.text.range(whole),
        selection_range: page.text.range(head),
        children: (!below.is_empty()).then_some(below),
    }
}

/// Statements of several lines, and what stands under each heading.
pub(crate) fn folds(page: &Page) -> Vec<FoldingRange> {
    let document = page.document();
    let end = page.text.as_str().trim_end().len();
    let mut spans: Vec<Span> = statements(&document).map(|statement| statement.node.span()).collect();
    for (index, heading) in document.headings.iter().enumerate() {
        let next = document.headings.iter().skip(index + 1).find(|next| next.depth <= heading.depth);
        spans.push(heading.span.start..next.map_or(end, |next| next.span.start.saturating_sub(1)));
    }
    let fold = |span: &Span| {
        let range = page.text.range(span);
        FoldingRange {
            start_line: range.start.line,
            end_line: range.end.line,
            kind: Some(FoldingRangeKind::Region),
            ..FoldingRange::default()
        }
    };
    let mut folds: Vec<FoldingRange> = spans.iter().map(fold).filter(|fold| fold.end_line > fold.start_line).collect();
    folds.sort_by_key(|fold| (fold.start_line, fold.end_line));
    folds
}

fn statements(document: &Document) -> impl Iterator<Item = &Statement> {
    document.blocks.iter().flat_map(|block| &block.statements)
}
