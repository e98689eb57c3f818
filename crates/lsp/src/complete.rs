//! What may be written next.
//!
//! The words before the cursor say which place it is; the tables say what may
//! stand there.

use armistice_syntax::{
    ANCHORS, CLAUSES, COLLECTIVES, ClauseForm, Form, MODALS, NodeExt, Operand, PLACE_CLAUSES, PROVISION, STATEMENTS,
    Statement, StatementForm, SyntaxElement, SyntaxKind as K, SyntaxNode, SyntaxToken, UNITS, Unit, VERBS, parse,
};
use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, MarkupContent, MarkupKind, TextEdit,
};

use crate::book;
use crate::files::Files;
use crate::names::{declared, numbered};
use crate::page::Page;
use crate::trial::fitting;

/// What may be written at a byte.
pub(crate) fn complete(page: &Page, at: usize, files: &Files<'_>) -> Vec<CompletionItem> {
    let Some(place) = Place::at(page, at) else {
        return Vec::new();
    };
    let mut list = List { page, place: &place, files, items: Vec::new() };
    if place.words.is_empty() {
        list.statements();
    } else if place.starts_line {
        list.clauses();
    } else {
        list.operands();
    }
    list.items
}

/// Where the cursor is.
struct Place {
    /// Where the word being written begins, and where the cursor is.
    from: usize,
    at: usize,
    /// The meaningful words of the statement before it.
    words: Vec<(K, String)>,
    /// Whether only white space stands before it on its line.
    starts_line: bool,
    form: Option<&'static StatementForm>,
    /// The clause being written, and how many of its words stand there.
    clause: Option<(&'static ClauseForm, usize)>,
}

impl Place {
    /// `None` outside the blocks of a page, in a comment and in a text.
    fn at(page: &Page, at: usize) -> Option<Self> {
        let text = page.text.as_str();
        let written = text.get(..at)?;
        let partial: usize =
            written.chars().rev().take_while(|c| c.is_alphanumeric() || "_-./".contains(*c)).map(char::len_utf8).sum();
        let from = at - partial;
        // A name stands for whatever is being written: so the parser takes the
        // statement to go on, and not to end before it.
        let tried = [text.get(..from)?, "X", text.get(at..)?].concat();
        let root = parse(&tried, page.form).syntax();
        let here = root.token_at_offset(u32::try_from(from).ok()?.into()).right_biased()?;
        if !matches!(here.kind(), K::Name | K::Word) || usize::from(here.text_range().start()) != from {
            return None;
        }
        let indent = page.text.line_before(from);
        let starts_line = indent.trim().is_empty();
        if starts_line && indent.is_empty() {
            return Some(Self { from, at, words: Vec::new(), starts_line, form: None, clause: None });
        }
        let statement = here.parent_ancestors().find(|node| node.kind() == K::Statement)?;
        let tokens = statement.descendants_with_tokens().filter_map(SyntaxElement::into_token);
        let before = |token: &SyntaxToken| usize::from(token.text_range().end()) <= from;
        let words: Vec<(K, String)> = tokens
            .take_while(before)
            .filter(|token| !token.kind().is_trivia())
            .map(|token| (token.kind(), token.text().to_owned()))
            .collect();
        let clause = clause_at(&statement, &here);
        let form = Statement { node: statement }.lead().and_then(StatementForm::of);
        Some(Self { from, at, words, starts_line, form, clause })
    }

    /// The clauses that may stand in the statement.
    fn allowed(&self) -> &'static [&'static str] {
        self.form.map_or(PROVISION, |form| form.clauses)
    }

    /// Whether the words before the cursor end with these.
    fn ends_with(&self, words: &str) -> bool {
        let mut typed = self.words.iter().rev();
        words.rsplit(' ').all(|word| typed.next().is_some_and(|(kind, text)| *kind == K::Word && text == word))
    }
}

/// The clause that a token is written in, and how many words of it stand before.
fn clause_at(statement: &SyntaxNode, here: &SyntaxToken) -> Option<(&'static ClauseForm, usize)> {
    let from = here.text_range().start();
    let before_clauses = |node: SyntaxNode| matches!(node.kind(), K::Head | K::Predicate);
    if here.parent_ancestors().take_while(|node| node != statement).any(before_clauses) {
        return None;
    }
    let clause = statement.nodes(K::Clause).take_while(|clause| clause.text_range().start() < from).last()?;
    let words = clause.keyword();
    let place =
        Statement { node: statement.clone() }.lead().and_then(StatementForm::of).is_some_and(|form| form.is_a_place());
    let special: &'static [ClauseForm] = if place { PLACE_CLAUSES } else { &[] };
    let form = special.iter().chain(CLAUSES).find(|form| form.words == words)?;
    let tokens = statement.descendants_with_tokens().filter_map(SyntaxElement::into_token);
    let since = tokens.filter(|token| token.text_range().start() >= clause.text_range().start());
    let written = since.take_while(|token| token != here).filter(|token| !token.kind().is_trivia()).count();
    Some((form, written.saturating_sub(form.words.split(' ').count())))
}

struct List<'a, 'f> {
    page: &'a Page,
    place: &'a Place,
    files: &'a Files<'f>,
    items: Vec<CompletionItem>,
}

impl List<'_, '_> {
    fn add(&mut self, words: &str, kind: CompletionItemKind, detail: Option<String>, note: Option<String>) {
        let edit = TextEdit::new(self.page.text.range(&(self.place.from..self.place.at)), words.to_owned());
        self.items.push(CompletionItem {
            label: words.to_owned(),
            kind: Some(kind),
            detail,
            documentation: note
                .map(|value| Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value })),
            // The order here is the order of likelihood.
            sort_text: Some(format!("{:04}", self.items.len())),
            text_edit: Some(CompletionTextEdit::Edit(edit)),
            ..CompletionItem::default()
        });
    }

    /// At the margin: whoever may be bound, then every statement of the file.
    fn statements(&mut self) {
        if !self.page.settings {
            // Whoever can be bound to an act, whatever act.
            let act = VERBS.first().map(|verb| format!(" must {verb}\n")).unwrap_or_default();
            self.names_that_fit(&act);
            COLLECTIVES.iter().for_each(|words| self.add(words, CompletionItemKind::KEYWORD, None, None));
        }
        let leads: Vec<&str> = STATEMENTS.iter().map(|form| form.lead).collect();
        for form in STATEMENTS.iter().filter(|form| is_setting(form) == self.page.settings) {
            let detail = book::meaning(form.lead, &leads).map(|entry| entry.says);
            let note = format!("```truce\n{}\n```", form.example);
            self.add(form.lead, CompletionItemKind::KEYWORD, detail, Some(note));
        }
    }

    fn clauses(&mut self) {
        let allowed = self.place.allowed();
        for words in allowed {
            let entry = book::meaning(words, allowed);
            let (usage, says) = entry.map_or((None, None), |entry| (Some(entry.usage), Some(entry.says)));
            self.add(words, CompletionItemKind::KEYWORD, usage, says);
        }
    }

    fn operands(&mut self) {
        let Some((last, text)) = self.place.words.last() else {
            return;
        };
        if *last == K::Number {
            return self.units();
        }
        if self.place.form.is_none() && MODALS.iter().any(|words| self.place.ends_with(words)) {
            VERBS.iter().for_each(|verb| self.add(verb, CompletionItemKind::FUNCTION, None, None));
            return;
        }
        let joins = *last == K::Comma || text == "and";
        match self.place.clause {
            Some((form, written)) if written == 0 || joins => {
                form.operands.first().into_iter().for_each(|operand| self.operand(*operand));
            }
            Some((form, _)) => {
                self.names_that_fit("");
                if form.operands.first() == Some(&Operand::KeptFor) {
                    self.ids();
                }
                self.clauses();
            }
            None if self.place.form.is_none() && !self.has_modal() => {
                self.names_that_fit("");
                MODALS.iter().for_each(|words| self.add(words, CompletionItemKind::KEYWORD, None, None));
            }
            None => {
                self.head();
                self.names_that_fit("");
                self.clauses();
            }
        }
    }

    fn has_modal(&self) -> bool {
        self.place.words.iter().any(|(kind, text)| *kind == K::Word && MODALS.contains(&text.as_str()))
    }

    /// What may follow the word that a statement begins with.
    fn head(&mut self) {
        for operand in self.place.form.into_iter().flat_map(|form| form.head) {
            match operand {
                Operand::AreWeapons | Operand::IsWeapon => self.operand(*operand),
                Operand::OneOf(words) => {
                    words.iter().for_each(|words| self.add(words, CompletionItemKind::KEYWORD, None, None));
                }
                _ => {}
            }
        }
    }

    fn operand(&mut self, operand: Operand) {
        let keyword = CompletionItemKind::KEYWORD;
        match operand {
            Operand::Names | Operand::NamesText | Operand::Anything => self.names_that_fit(""),
            Operand::Instant | Operand::IsInstant | Operand::Window => {
                self.names_that_fit("");
                ANCHORS.iter().for_each(|words| self.add(words, keyword, None, None));
            }
            Operand::Clauses | Operand::KeptFor => self.ids(),
            Operand::DoneBy | Operand::NotKept => {
                self.ids();
                self.names_that_fit("");
            }
            Operand::Coordinates => self.add("0.0 N 0.0 E", keyword, None, None),
            Operand::OneOf(words) => words.iter().for_each(|words| self.add(words, keyword, None, None)),
            Operand::Breaches => {
                ["any breach", "breaches of"].iter().for_each(|words| self.add(words, keyword, None, None));
            }
            Operand::BreachesOrDecision => {
                let words = ["any breach", "breaches of", "decision of"];
                words.iter().for_each(|words| self.add(words, keyword, None, None));
            }
            Operand::Zone => {
                for zone in jiff::tz::db().available() {
                    self.add(zone.as_str(), CompletionItemKind::CONSTANT, None, None);
                }
            }
            Operand::AreWeapons | Operand::IsWeapon => {
                for words in armistice_terms::weapons::words() {
                    self.add(words, CompletionItemKind::ENUM_MEMBER, None, None);
                }
            }
            Operand::KnownName => self.add("part of", keyword, None, None),
            _ => {}
        }
    }

    /// The names that the checker takes here, before `rest`.
    fn names_that_fit(&mut self, rest: &str) {
        let names = declared(&self.page.root());
        for (name, declared) in fitting(self.page, self.place.from..self.place.at, rest, &names, self.files) {
            self.add(name, CompletionItemKind::VARIABLE, Some(declared.lead.to_owned()), None);
        }
    }

    fn ids(&mut self) {
        for one in numbered(&self.page.document()) {
            self.add(&one.id, CompletionItemKind::REFERENCE, Some(one.title), None);
        }
    }

    /// The units that the clause has a use for, or all of them.
    fn units(&mut self) {
        let operand = self.place.clause.and_then(|(form, _)| form.operands.first());
        let fits = |unit: &Unit| match operand {
            Some(Operand::Distance | Operand::DistanceOf) => unit.is_length(),
            Some(Operand::Duration | Operand::DurationOf | Operand::Instant) => unit.is_time(),
            _ => true,
        };
        for (words, _) in UNITS.iter().filter(|(_, unit)| fits(unit)) {
            self.add(words, CompletionItemKind::UNIT, None, None);
        }
    }
}

/// Whether a statement belongs beside an agreement, and not in it.
fn is_setting(form: &StatementForm) -> bool {
    let clock = armistice_terms::check("", Form::Plain, &|_| Err(String::new())).agreement().clock.clone();
    let refused = armistice_terms::setup(form.example, &clock).1;
    !refused.iter().any(|found| found.code.0 == "T160")
}
