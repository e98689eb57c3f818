//! What a term says must be said once, and what it points at must be there.

use armistice_syntax::{Fix, Heading, NodeExt, Span, SyntaxKind as K, SyntaxNode};

use super::numbers::{Ids, under};
use super::{Lower, Placed, span_of};

/// Clauses of which a statement can have only one.
const ONCE: &[&str] = &[
    "signed",
    "times in",
    "days start at",
    "in force from",
    "authentic in",
    "published",
    "text not public",
    "held by",
    "under seal of",
    "falls back to",
    "at",
    "of calibre",
    "of range",
    "standard of proof",
    "opens when",
    "counting from",
    "tolerating",
    "reset by",
    "paused by",
    "after notice by",
    "from",
    "until",
    "for",
    "renewed by",
    "renewed tacitly unless",
    "every",
    "below",
    "above",
    "in",
    "good to",
    "within",
    "by",
    "before",
    "undefined",
    "width",
    "decides by",
    "quorum",
    "refers to",
    "certified by",
    "means",
    "binds those who accept by",
    "listed by",
    "accepted on",
    "withdrew on",
    "about",
    "pending since",
    "agreed on",
    "refused on",
    "severity",
    "persistent from",
    "each day from",
    "owed by",
    "owed to",
    "first by",
    "checked by",
    "cure within",
    "under",
    "in place of",
];

/// Clauses that say the same thing in different words: one of each row.
const RIVALS: &[&[&str]] = &[&["until", "for"], &["by", "before", "within"], &["from", "undefined"]];

/// Clauses whose capitals are words of the world, not names of the agreement.
const FREE: &[&str] = &["times in", "authentic in", "published"];

/// Clauses in which it matters whether several act as one.
const TOGETHER: &[&str] =
    &["renewed by", "certified by", "only with leave of", "after notice by", "reset by", "paused by", "listed by"];

impl Lower<'_> {
    /// A clause said twice would silently lose one of the two.
    pub(super) fn said_twice(&mut self, placed: &[Placed]) {
        for one in placed {
            let lead = one.lead;
            let place = matches!(lead, Some("line" | "area" | "point" | "corridor"));
            let mut seen: Vec<(String, Span)> = Vec::new();
            for clause in one.statement.clauses() {
                let words = clause.keyword();
                if !ONCE.contains(&words.as_str()) || (place && words == "for") {
                    continue;
                }
                let rival = |earlier: &str| {
                    RIVALS.iter().any(|row| {
                        let placed = row.contains(&"undefined") == place;
                        placed && row.contains(&earlier) && row.contains(&words.as_str())
                    })
                };
                let earlier = seen.iter().find(|(w, _)| *w == words || rival(w)).cloned();
                if let Some((first, at)) = earlier {
                    let title = if first == words {
                        format!("`{words}` is said twice")
                    } else {
                        format!("`{words}` and `{first}` cannot both hold")
                    };
                    let error = self.error("T154", clause.span(), title, "said again here");
                    error.related.push((at, "first said here".to_owned()));
                    error.help = Some(
                        "keep one, or write both as a bracket: `[48 hours: \"one source\" | 72 hours: \"another\"]`"
                            .to_owned(),
                    );
                } else {
                    seen.push((words, clause.span()));
                }
            }
        }
    }

    /// Every name and every clause number that a term points at is there. What
    /// was lowered has been checked; this is for what nothing evaluates yet.
    pub(super) fn references(&mut self, placed: &[Placed], headings: &[Heading]) {
        let headings: &Ids = &headings.iter().filter_map(|heading| heading.id.clone()).zip(0..).collect();
        for one in placed {
            for node in one.statement.node.descendants() {
                if node.kind() == K::Names {
                    self.together_means_something(&node);
                }
                match node.kind() {
                    K::Names | K::Predicate | K::Choice => self.names_are_declared(&node, headings),
                    K::Clause if !FREE.contains(&node.keyword().as_str()) => self.names_are_declared(&node, headings),
                    K::Head if one.lead == Some("exchange") => {
                        self.names_are_declared(&node, headings);
                    }
                    K::Clauses if one.lead != Some("gate") => self.clauses_are_there(&node, headings),
                    _ => {}
                }
            }
        }
    }

    /// `together` where nothing hangs on it would be lost without a word.
    fn together_means_something(&mut self, names: &SyntaxNode) {
        let whose = names.parent().map(|parent| parent.keyword()).unwrap_or_default();
        if TOGETHER.contains(&whose.as_str()) {
            return;
        }
        if let Some(word) = names.child(K::Keyword) {
            let title = format!("`{}` says nothing here", word.phrase());
            let error = self.error("T137", word.span(), title, "no meaning");
            error.help = Some(
                "it says who must decide as one, after `renewed by`, `certified by` and `only with leave of`"
                    .to_owned(),
            );
            let end = names.tokens_of(K::Name).last().map_or(word.span().start, |name| span_of(name).end);
            error.fix = Some(Fix { span: end..word.span().end, text: String::new() });
        }
    }

    fn names_are_declared(&mut self, node: &SyntaxNode, headings: &Ids) {
        for token in node.tokens_of(K::Name) {
            let name = token.text();
            let range = token.text_range();
            let span = usize::from(range.start())..usize::from(range.end());
            if self.declared.contains_key(name) || self.told.contains(&(span.start, span.end)) {
                continue;
            }
            if headings.contains_key(name) {
                continue;
            }
            let known: Vec<String> = self.declared.keys().cloned().collect();
            let title = format!("nothing called `{name}` is declared");
            let error = self.error("T120", span.clone(), title, "not declared");
            error.help = Some(format!("declare it, such as: `party {name} \"who they are\"`"));
            error.suggest(span, name, known.iter().map(String::as_str));
        }
    }

    fn clauses_are_there(&mut self, node: &SyntaxNode, headings: &Ids) {
        let tokens = node.children_with_tokens().filter_map(|e| e.into_token());
        for token in tokens.filter(|t| matches!(t.kind(), K::Number | K::ClauseId | K::Name)) {
            let id = token.text();
            let there =
                !under(&self.ids, id).is_empty() || !under(headings, id).is_empty() || self.declared.contains_key(id);
            if there {
                continue;
            }
            let range = token.text_range();
            let span = usize::from(range.start())..usize::from(range.end());
            let known: Vec<String> = self.agreement.provisions.iter().map(|p| p.id.clone()).collect();
            let error = self.error("T153", span.clone(), format!("there is no provision {id}"), "no such clause");
            error.help = Some(format!("the provisions are: {}", known.join(", ")));
            error.suggest(span, id, known.iter().map(String::as_str));
        }
    }
}
