//! What stands at a place of the page, and what it comes to.

use std::fmt::Write as _;

use armistice_brief::{Card, card_of_moment, card_of_name, card_of_provision};
use armistice_syntax::{
    Bracket, CLAUSES, COLLECTIVES, ClauseForm, MODALS, NodeExt, PROVISION, STATEMENTS, Span, Statement, StatementForm,
    SyntaxKind as K, SyntaxNode, SyntaxToken, Unit, VERBS, parse_number,
};
use armistice_terms::Checked;

use crate::book;
use crate::files::Files;
use crate::names::{Declared, Meant, covers, declared, meant, numbered, span_of, token_at};
use crate::page::Page;

/// The note for what stands at a byte, as Markdown, and the words it is about.
pub(crate) fn hover(page: &Page, at: usize, files: &Files<'_>) -> Option<(String, Span)> {
    let root = page.root();
    let token = token_at(&root, at).filter(|token| !token.kind().is_trivia())?;
    let mut note = Note::default();
    let checked = || page.whole(files);
    let names = declared(&root);
    let mut span = span_of(&token);
    match meant(&token, &names) {
        Some(Meant::Name(name)) => match (card_of_name(&checked(), &name), names.get(&name)) {
            (Some(card), _) => note.card(&card),
            (None, Some(declared)) => note.declared(&name, declared),
            (None, None) => {}
        },
        Some(Meant::Clause(id)) => clause(page, &checked(), &id, &mut note),
        None => {}
    }
    let parents = token.parent().into_iter().flat_map(|parent| parent.ancestors());
    for node in parents.take_while(|node| node.kind() != K::Block) {
        let before = note.text.len();
        match node.kind() {
            K::Instant => card_of_moment(&checked(), node.span().start).into_iter().for_each(|card| note.card(&card)),
            K::Distance => note.distance(&node),
            K::Keyword => keyword(&node, &checked, &mut note),
            K::Weapon => note.weapon(&node),
            K::Bracket => note.bracket(&node, &checked()),
            _ => {}
        }
        if before == 0 && !note.text.is_empty() {
            span = node.span();
        }
    }
    (!note.text.is_empty()).then_some((note.text, span))
}

/// The clause with a number, or those under it.
fn clause(page: &Page, checked: &Checked, id: &str, note: &mut Note) {
    let provisions = &checked.agreement().provisions;
    let under: Vec<&str> = provisions.iter().map(|p| p.id.as_str()).filter(|other| covers(id, other)).collect();
    match under.as_slice() {
        [] => {
            let headings = numbered(&page.document());
            for heading in headings.iter().filter(|heading| heading.id == id) {
                note.line(&format!("**{} {}**: no provision stands under it", heading.id, escaped(&heading.title)));
            }
        }
        // Several that are told at length would hide the page.
        ids if ids.len() > 3 => note.line(&format!("**{}** holds {}", escaped(id), ids.join(", "))),
        ids => ids.iter().filter_map(|id| card_of_provision(checked, id)).for_each(|card| note.card(&card)),
    }
}

/// A word of the language: what it means, and what its provision comes to.
fn keyword(node: &SyntaxNode, checked: &impl Fn() -> std::rc::Rc<Checked>, note: &mut Note) {
    let words = node.phrase();
    let parent = node.parent();
    let statement = node.ancestors().find(|node| node.kind() == K::Statement).map(|node| Statement { node });
    let form = statement.as_ref().and_then(Statement::lead).and_then(StatementForm::of);
    let siblings = form.map_or(PROVISION, |form| form.clauses);
    match parent.map(|parent| parent.kind()) {
        Some(K::Clause) if ClauseForm::of(&words).is_some() => {
            book::meaning(&words, siblings).into_iter().for_each(|entry| note.entry(&entry));
        }
        Some(K::Head) if form.is_some_and(|form| form.lead == words) => {
            let leads: Vec<&str> = STATEMENTS.iter().map(|form| form.lead).collect();
            book::meaning(&words, &leads).into_iter().for_each(|entry| note.entry(&entry));
            form.into_iter().for_each(|form| note.example(form.example));
        }
        Some(K::Head | K::Predicate) if [MODALS, COLLECTIVES, VERBS].iter().any(|table| table.contains(&&*words)) => {
            let (checked, at) = (checked(), node.span().start);
            let here = checked.agreement().provisions.iter().find(|p| p.citation.span.contains(&at));
            here.and_then(|p| card_of_provision(&checked, &p.id)).iter().for_each(|card| note.card(card));
        }
        _ => {}
    }
}

#[derive(Default)]
struct Note {
    text: String,
}

impl Note {
    fn line(&mut self, words: &str) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.text.push_str(words);
    }

    fn card(&mut self, card: &Card) {
        if !card.title.is_empty() {
            self.line(&format!("**{}**", escaped(&card.title)));
        }
        let mut out = String::new();
        for (label, sentence) in &card.facts {
            let label = if label.is_empty() { "…".to_owned() } else { format!("*{label}*") };
            let _ = write!(out, "\n- {label} {}", escaped(sentence));
        }
        self.line(out.trim_start());
    }

    /// A name that nothing is lowered from: the statement itself.
    fn declared(&mut self, name: &str, declared: &Declared) {
        self.line(&format!("**{}, {}**", escaped(name), declared.lead));
        self.example(&declared.statement.text().to_string());
    }

    fn example(&mut self, text: &str) {
        self.line(&format!("```truce\n{}\n```", text.trim_end()));
    }

    fn entry(&mut self, entry: &book::Entry) {
        self.line(&format!("`{}`", entry.usage));
        self.line(&entry.says);
    }

    /// A distance in the units that others count in.
    fn distance(&mut self, node: &SyntaxNode) {
        let number = node.token(K::Number).and_then(|token| parse_number(token.text()));
        let unit = node.token(K::Word).and_then(|token| Unit::of(token.text()));
        let (Some(number), Some(Unit::Length(each))) = (number, unit) else {
            return;
        };
        let metres = number * each;
        self.line(&format!("{} m = {} km = {} miles", plain(metres), plain(metres / 1e3), plain(metres / 1609.344)));
        for words in node.keywords() {
            book::meaning(&words, CLAUSES.iter().map(|form| form.words).collect::<Vec<_>>().as_slice())
                .into_iter()
                .for_each(|entry| self.line(&entry.says));
        }
    }

    /// A kind of weapon, and what else is of that kind.
    fn weapon(&mut self, node: &SyntaxNode) {
        let tokens = [K::Word, K::Name].into_iter().flat_map(|kind| node.tokens_of(kind));
        let words: Vec<String> = tokens.map(|token: SyntaxToken| token.text().to_owned()).collect();
        if let Some(kind) = armistice_terms::weapons::kind_of(&words.join(" ")) {
            self.line(&format!("a kind of weapon: {kind}"));
        }
    }

    /// The alternatives, each with who says so, and what moves with them.
    fn bracket(&mut self, node: &SyntaxNode, checked: &Checked) {
        let Some(bracket) = Bracket::of(node.clone()) else {
            return;
        };
        let choices = bracket.choices();
        let alternatives = choices.iter().map(|c| format!("\n- {}: “{}”", escaped(&c.words()), escaped(&c.label)));
        self.line(&format!("an open point of the text:{}", alternatives.collect::<String>()));
        let at = node.span().start;
        let question = checked.questions.iter().find(|q| q.brackets.iter().any(|other| other.span.start == at));
        let others = question.into_iter().flat_map(|q| &q.brackets).filter(|other| other.span.start != at);
        let others: Vec<String> = others.map(|other| format!("`{}`", other.words)).collect();
        if !others.is_empty() {
            self.line(&format!("moves together with {}", others.join(", ")));
        }
    }
}

/// At most four decimals, and none that say nothing.
fn plain(number: f64) -> String {
    let text = format!("{number:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Words of the page, so that no editor takes them for Markdown of ours.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
