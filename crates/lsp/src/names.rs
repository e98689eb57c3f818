//! What is declared on a page, and where it is named.

use std::collections::BTreeMap;

use armistice_syntax::{
    ClauseForm, Document, NodeExt, Operand, Span, Statement, StatementForm, SyntaxElement, SyntaxKind as K, SyntaxNode,
    SyntaxToken,
};
use armistice_terms::same_name;

/// A declared name.
#[derive(Clone, Debug)]
pub(crate) struct Declared {
    /// The word its statement begins with.
    pub(crate) lead: &'static str,
    /// Where the name stands.
    pub(crate) at: Span,
    /// The statement.
    pub(crate) statement: SyntaxNode,
}

/// A clause's number, and where it is given to what follows.
#[derive(Clone, Debug)]
pub(crate) struct Numbered {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) at: Span,
}

/// What a token stands for, where it stands for anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meant {
    Name(String),
    Clause(String),
}

/// Every declared name; of one declared twice, the first.
pub(crate) fn declared(root: &SyntaxNode) -> BTreeMap<String, Declared> {
    let mut found = BTreeMap::new();
    for node in root.descendants().filter(|node| node.kind() == K::Statement) {
        let statement = Statement { node };
        let form = statement.lead().and_then(StatementForm::of);
        let Some(form) = form.filter(|form| form.head.first() == Some(&Operand::NewName)) else {
            continue;
        };
        if let Some(token) = statement.head().and_then(|head| head.token(K::Name)) {
            let declared = Declared { lead: form.lead, at: span_of(&token), statement: statement.node };
            found.entry(token.text().to_owned()).or_insert(declared);
        }
    }
    found
}

/// Every numbered heading, of the page or within a block.
pub(crate) fn numbered(document: &Document) -> Vec<Numbered> {
    let headings = document.headings.iter().filter_map(|heading| {
        Some(Numbered { id: heading.id.clone()?, title: heading.title.clone(), at: heading.span.clone() })
    });
    let statements = document.blocks.iter().flat_map(|block| &block.statements).filter_map(|statement| {
        let head = statement.head().filter(|_| heads(statement))?;
        let ids = head.child(K::Clauses)?;
        Some(Numbered { id: ids.phrase(), title: head.text_value().unwrap_or_default(), at: head.span() })
    });
    let mut all: Vec<Numbered> = headings.chain(statements).collect();
    all.sort_by_key(|one| one.at.start);
    all
}

/// Whether a statement is a heading for those after it.
fn heads(statement: &Statement) -> bool {
    let form = statement.lead().and_then(StatementForm::of);
    form.is_some_and(|form| form.head.first() == Some(&Operand::ClauseTitle))
}

/// Whether a clause's number names another: `3` names `3.a` and `3.a-2` too.
pub(crate) fn covers(number: &str, other: &str) -> bool {
    other.strip_prefix(number).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
}

/// What a token stands for.
pub(crate) fn meant(token: &SyntaxToken, names: &BTreeMap<String, Declared>) -> Option<Meant> {
    let text = token.text();
    let among_ids = token.parent().is_some_and(|parent| parent.kind() == K::Clauses);
    match token.kind() {
        K::Name if names.contains_key(text) => (!is_a_zone(token)).then(|| Meant::Name(text.to_owned())),
        // The source of an alternative is the same in quotation marks and without.
        K::Text if is_a_source(token) => {
            let name = text.trim_matches('"');
            names.contains_key(name).then(|| Meant::Name(name.to_owned()))
        }
        K::Name | K::Number | K::ClauseId => among_ids.then(|| Meant::Clause(text.to_owned())),
        K::HeadingLine => {
            let (id, _) = armistice_syntax::heading_id(text.trim_start_matches('#').trim());
            id.map(|id| Meant::Clause(id.to_owned()))
        }
        _ => None,
    }
}

/// Whether a name is that of a time zone: the language does not declare those.
fn is_a_zone(token: &SyntaxToken) -> bool {
    let after_time = || {
        let mut before = token.prev_token();
        while let Some(trivia) = before.clone().filter(|t| t.kind().is_trivia()) {
            before = trivia.prev_token();
        }
        before.is_some_and(|before| before.kind() == K::Time)
    };
    token.parent().is_some_and(|parent| match parent.kind() {
        K::Clause => ClauseForm::of(&parent.keyword()).is_some_and(|form| form.operands.contains(&Operand::Zone)),
        K::Instant => after_time(),
        _ => false,
    })
}

fn is_a_source(token: &SyntaxToken) -> bool {
    token.parent().is_some_and(|parent| parent.kind() == K::Label)
}

/// Every token of the blocks that stands for something.
pub(crate) fn mentions<'a>(
    root: &SyntaxNode,
    names: &'a BTreeMap<String, Declared>,
) -> impl Iterator<Item = (Meant, SyntaxToken)> + use<'a> {
    let tokens = root.descendants_with_tokens().filter_map(SyntaxElement::into_token);
    tokens.filter_map(|token| Some((meant(&token, names)?, token)))
}

/// The bytes of a token, without a line end; of a source, without its quotation
/// marks.
pub(crate) fn span_of(token: &SyntaxToken) -> Span {
    let start = usize::from(token.text_range().start());
    let text = token.text().trim_end();
    if token.kind() == K::Text && is_a_source(token) {
        let inner = text.trim_start_matches('"');
        let start = start + text.len() - inner.len();
        return start..start + inner.trim_end_matches('"').len();
    }
    start..start + text.len()
}

/// The token at a byte: of two that meet there, the one that means more.
pub(crate) fn token_at(root: &SyntaxNode, at: usize) -> Option<SyntaxToken> {
    let at = u32::try_from(at).ok().map(Into::into).filter(|at| *at <= root.text_range().end())?;
    let weight = |token: &SyntaxToken| match token.kind() {
        K::Name | K::ClauseId | K::Number | K::Date | K::Time | K::Word => 3,
        K::Text | K::HeadingLine => 2,
        kind if kind.is_trivia() => 0,
        _ => 1,
    };
    root.token_at_offset(at).max_by_key(weight)
}

/// Whether a word stands in the blocks already: as a name, declared or not, as
/// the source of an alternative, or as what records call somebody other than the
/// one called `whose`.
pub(crate) fn taken(root: &SyntaxNode, word: &str, whose: &str) -> bool {
    let another = |token: &SyntaxToken| {
        let head = token.parent_ancestors().find(|node| node.kind() == K::Statement);
        let head = head.and_then(|node| Statement { node }.head());
        head.and_then(|head| head.token(K::Name)).is_none_or(|name| name.text() != whose)
    };
    let calls = |token: &SyntaxToken| token.parent().is_some_and(|parent| parent.kind() == K::KnownName);
    let mut tokens = root.descendants_with_tokens().filter_map(SyntaxElement::into_token);
    tokens.any(|token| match token.kind() {
        K::Name => token.text() == word,
        K::Text if is_a_source(&token) => token.text().trim_matches('"') == word,
        K::Text if calls(&token) => same_name(token.text().trim_matches('"'), word) && another(&token),
        _ => false,
    })
}
