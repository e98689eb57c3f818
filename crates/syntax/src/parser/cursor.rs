//! The parser's place in the tokens, and the tree it builds.

use rowan::{GreenNodeBuilder, Language};

use super::Parse;
use crate::diagnostic::{Diagnostic, Span};
use crate::kind::{SyntaxKind as K, Truce};
use crate::lexer::Token;

/// A place in the tokens, and the tree so far.
///
/// "Raw" methods see every token; the others see only tokens that mean
/// something, and only within the statement being parsed.
pub(super) struct Parser<'t> {
    text: &'t str,
    tokens: Vec<(Token, usize)>,
    at: usize,
    limit: usize,
    /// The clauses the statement being parsed may have, and whether it declares
    /// a place, where some clauses mean something else.
    pub(super) allowed: &'static [&'static str],
    pub(super) place: bool,
    /// Whether `in` and a name say where the act has things kept.
    pub(super) kept_in_place: bool,
    /// Whether the parser is within a bracket.
    pub(super) bracketed: bool,
    builder: GreenNodeBuilder<'static>,
    diagnostics: Vec<Diagnostic>,
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str, tokens: Vec<Token>) -> Self {
        let mut offset = 0;
        let place = |token: Token| {
            let at = offset;
            offset += token.len;
            (token, at)
        };
        let tokens: Vec<_> = tokens.into_iter().map(place).collect();
        let limit = tokens.len();
        Self {
            text,
            tokens,
            at: 0,
            limit,
            allowed: &[],
            place: false,
            kept_in_place: false,
            bracketed: false,
            builder: GreenNodeBuilder::new(),
            diagnostics: Vec::new(),
        }
    }

    pub(super) fn finish(mut self) -> Parse {
        self.diagnostics.sort_by_key(|d| d.span.start);
        Parse { green: self.builder.finish(), diagnostics: self.diagnostics }
    }

    pub(super) fn diagnose(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn open(&mut self, kind: K) {
        // Trivia before a node stays outside it, so that a node's span is its
        // words; only a block keeps what surrounds its statements.
        if !matches!(kind, K::Document | K::Block) && self.kind().is_some() {
            self.trivia();
        }
        self.builder.start_node(Truce::kind_to_raw(kind));
    }

    pub(super) fn close(&mut self) {
        self.builder.finish_node();
    }

    // Raw tokens.

    fn raw(&self, at: usize) -> Option<(Token, usize)> {
        self.tokens.get(at).copied()
    }

    pub(super) fn raw_kind(&self) -> Option<K> {
        self.raw(self.at).map(|(token, _)| token.kind)
    }

    /// The span of the token here, without white space at its end.
    pub(super) fn raw_span(&self) -> Span {
        let span = self.span_at(self.at);
        let length = self.text.get(span.clone()).map_or(0, |text| text.trim_end().len());
        span.start..span.start + length
    }

    fn span_at(&self, at: usize) -> Span {
        self.raw(at).map_or(self.text.len()..self.text.len(), |(token, start)| start..start + token.len)
    }

    pub(super) fn bump_raw(&mut self) {
        if let Some((token, start)) = self.raw(self.at) {
            let piece = self.text.get(start..start + token.len).unwrap_or_default();
            self.builder.token(Truce::kind_to_raw(token.kind), piece);
            self.at += 1;
        }
    }

    pub(super) fn trivia(&mut self) {
        while self.raw_kind().is_some_and(K::is_trivia) {
            self.bump_raw();
        }
    }

    // Meaningful tokens within the statement.

    /// Where the `n`th meaningful token from here stands.
    fn index(&self, n: usize) -> Option<usize> {
        let significant = |at: &usize| self.raw(*at).is_some_and(|(token, _)| !token.kind.is_trivia());
        (self.at..self.limit).filter(significant).nth(n)
    }

    pub(super) fn nth(&self, n: usize) -> Option<K> {
        self.raw(self.index(n)?).map(|(token, _)| token.kind)
    }

    pub(super) fn kind(&self) -> Option<K> {
        self.nth(0)
    }

    pub(super) fn nth_text(&self, n: usize) -> &'t str {
        self.index(n).and_then(|at| self.text.get(self.span_at(at))).unwrap_or_default()
    }

    pub(super) fn text(&self) -> &'t str {
        self.nth_text(0)
    }

    /// The span of the token here, or of the end of what came before.
    pub(super) fn span(&self) -> Span {
        self.index(0).map_or_else(|| self.end_of_last(), |at| self.span_at(at))
    }

    /// A one-character span at the end of the last meaningful token: where
    /// something is missing.
    pub(super) fn end_of_last(&self) -> Span {
        let last = (0..self.at).rev().find(|at| self.raw(*at).is_some_and(|(t, _)| !t.kind.is_trivia()));
        let end = last.map_or(0, |at| self.span_at(at).end);
        let start = self.text.get(..end).and_then(|s| s.char_indices().next_back()).map_or(0, |(i, _)| i);
        start..end
    }

    pub(super) fn bump(&mut self) {
        if self.kind().is_some() {
            self.trivia();
            self.bump_raw();
        }
    }

    /// Takes one token that was reported as wrong.
    pub(super) fn bump_as_error(&mut self) {
        self.open(K::Error);
        self.bump();
        self.close();
    }

    pub(super) fn at_words(&self, words: &str) -> bool {
        self.nth_words(0, words)
    }

    /// Whether the words begin with the `n`th token from here.
    pub(super) fn nth_words(&self, n: usize, words: &str) -> bool {
        (n..).zip(words.split(' ')).all(|(n, word)| self.nth(n) == Some(K::Word) && self.nth_text(n) == word)
    }

    pub(super) fn at_any(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|words| self.at_words(words))
    }

    pub(super) fn span_of_words(&self, words: &str) -> Span {
        self.span_of_tokens(words.split(' ').count())
    }

    /// From the token here to the `count`th.
    pub(super) fn span_of_tokens(&self, count: usize) -> Span {
        let last = self.index(count.saturating_sub(1));
        self.span().start..last.map_or_else(|| self.span().end, |at| self.span_at(at).end)
    }

    /// Takes the words if they are here.
    pub(super) fn eat_words(&mut self, words: &str) -> bool {
        let here = self.at_words(words);
        if here {
            self.keyword(words.split(' ').count());
        }
        here
    }

    /// Takes `count` tokens as one keyword node.
    pub(super) fn keyword(&mut self, count: usize) {
        self.open(K::Keyword);
        for _ in 0..count {
            self.bump();
        }
        self.close();
    }

    /// The texts of the tokens ahead on this line, a handful at most.
    pub(super) fn words_ahead(&self) -> Vec<String> {
        (0..5)
            .take_while(|n| self.nth(*n).is_some() && (*n == 0 || !self.starts_line_at(*n)))
            .map(|n| self.nth_text(n).to_owned())
            .collect()
    }

    // Layout.

    /// Whether the token here is the first on its line.
    pub(super) fn starts_line(&self) -> bool {
        self.starts_line_at(0)
    }

    pub(super) fn starts_line_at(&self, n: usize) -> bool {
        self.index(n).is_some_and(|at| self.first_on_line(at))
    }

    fn first_on_line(&self, at: usize) -> bool {
        let before = (0..at).rev().map_while(|i| self.raw(i)).find(|(t, _)| t.kind != K::Space);
        before.is_none_or(|(token, _)| matches!(token.kind, K::Newline | K::Fence))
    }

    /// Whether the token here starts at the margin.
    pub(super) fn at_margin(&self) -> bool {
        self.index(0).is_some_and(|at| self.on_margin(at))
    }

    fn on_margin(&self, at: usize) -> bool {
        at == 0 || self.raw(at - 1).is_none_or(|(t, _)| matches!(t.kind, K::Newline | K::Fence))
    }

    /// Confines the meaningful tokens to the statement that begins here.
    pub(super) fn limit_to_statement(&mut self) {
        let ends = |at: &usize| {
            self.raw(*at).is_none_or(|(token, _)| match token.kind {
                K::Fence | K::Prose | K::HeadingLine | K::QuoteLine => true,
                kind => !kind.is_trivia() && self.on_margin(*at),
            })
        };
        let first = self.index(0).unwrap_or(self.at);
        self.limit = (first + 1..self.tokens.len()).find(ends).unwrap_or(self.tokens.len());
    }

    pub(super) fn unlimit(&mut self) {
        self.limit = self.tokens.len();
        self.allowed = &[];
        self.place = false;
    }

    /// After a mistake: on to the next line of the statement.
    pub(super) fn skip_to_next_line(&mut self) {
        if self.kind().is_none() || self.starts_line() {
            return;
        }
        self.open(K::Error);
        while self.kind().is_some() && !self.starts_line() {
            self.bump();
        }
        self.close();
    }
}
