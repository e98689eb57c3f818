//! A checked agreement as the lints read it: every statement once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use armistice_syntax::{
    Diagnostic, Document, NodeExt, Operand, Span, Statement, StatementForm, SyntaxKind as K, SyntaxNode,
};

use super::quoted::Quotation;
use super::unexplained_words::like_a_term;
use crate::model::{Agreement, Moment, Provision};

/// The statements of a file and what each of them names.
pub(super) struct Page<'a> {
    pub(super) agreement: &'a Agreement,
    pub(super) entries: Vec<Entry>,
    /// Words that the instrument's own text sets apart in quotation marks.
    pub(super) set_apart: Vec<(String, Span)>,
    /// Comments, and whether each stands behind something on its line, be it
    /// only the indentation of what continues a statement.
    pub(super) comments: Vec<(String, Span, bool)>,
    moments: HashMap<&'a str, &'a Moment>,
    /// What each quotation says, by where it is kept: terms share them.
    quotations: RefCell<HashMap<*const u8, Rc<Quotation>>>,
    declared: HashMap<String, usize>,
    used: HashMap<String, Vec<usize>>,
}

/// One statement.
pub(super) struct Entry {
    pub(super) statement: Statement,
    pub(super) span: Span,
    /// The word it begins with; none for a provision.
    pub(super) lead: Option<&'static str>,
    /// The name it declares, and where.
    pub(super) name: Option<(String, Span)>,
    pub(super) clauses: Vec<Clause>,
    /// Of a provision: whether it forbids, demands or permits.
    pub(super) modal: Modal,
    /// Of a provision: the act, `withdraw`, `lay down`.
    pub(super) verb: String,
    /// Of a provision: the act and what goes with it.
    pub(super) predicate: Option<SyntaxNode>,
    /// What the page quotes above it: the instrument's own words.
    pub(super) quoted: Arc<str>,
    /// Which provision of the agreement it is.
    provision: Option<usize>,
}

/// One clause, with the words it begins with.
pub(super) struct Clause {
    pub(super) words: String,
    pub(super) node: SyntaxNode,
}

impl<'a> Page<'a> {
    pub(super) fn of(agreement: &'a Agreement, root: &SyntaxNode, document: &Document) -> Self {
        // Of a sentence that is a term for each party, the first.
        let starts: HashMap<usize, usize> =
            agreement.provisions.iter().enumerate().rev().map(|(index, p)| (p.citation.span.start, index)).collect();
        let mut page = Self {
            agreement,
            entries: Vec::new(),
            set_apart: Vec::new(),
            comments: Vec::new(),
            moments: agreement.moments.iter().map(|m| (m.name.as_str(), m)).collect(),
            quotations: RefCell::default(),
            declared: HashMap::new(),
            used: HashMap::new(),
        };
        let mut before = K::Newline;
        root.each_token(|kind, text, at| {
            match kind {
                K::QuoteLine => set_apart(text, at, &mut page.set_apart),
                K::Comment => {
                    let behind = !matches!(before, K::Newline | K::Fence);
                    page.comments.push((text.to_owned(), at..at + text.len(), behind));
                }
                _ => {}
            }
            before = kind;
        });
        for block in &document.blocks {
            for statement in &block.statements {
                let entry = Entry::of(statement, &block.quoted, &starts);
                page.note_names(&entry);
                page.entries.push(entry);
            }
        }
        page
    }

    fn note_names(&mut self, entry: &Entry) {
        let index = self.entries.len();
        if let Some((name, _)) = &entry.name {
            self.declared.entry(name.clone()).or_insert(index);
        }
        let declares = entry.name.as_ref().map(|(_, span)| span.start);
        entry.statement.node.each_token(|kind, text, at| {
            if kind != K::Name || declares == Some(at) {
                return;
            }
            match self.used.get_mut(text) {
                Some(users) if users.last() == Some(&index) => {}
                Some(users) => users.push(index),
                None => drop(self.used.insert(text.to_owned(), vec![index])),
            }
        });
    }

    /// The index of the statement a place in the file stands in, or of the next.
    pub(super) fn entry_at(&self, at: usize) -> usize {
        self.entries.partition_point(|entry| entry.span.end <= at)
    }

    /// The statements that begin with a word.
    pub(super) fn led_by(&self, lead: &str) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |e| e.lead == Some(lead))
    }

    /// The statements that are provisions, with what each comes to.
    pub(super) fn provisions(&self) -> impl Iterator<Item = (&Entry, &Provision)> {
        self.entries.iter().filter_map(|e| Some((e, &**self.agreement.provisions.get(e.provision?)?)))
    }

    /// The statement that declares a name.
    pub(super) fn declaration(&self, name: &str) -> Option<&Entry> {
        self.entries.get(*self.declared.get(name)?)
    }

    /// The declared moment with a name.
    pub(super) fn moment(&self, name: &str) -> Option<&Moment> {
        self.moments.get(name).copied()
    }

    /// What the instrument's own words above a statement say.
    pub(super) fn quotation(&self, entry: &Entry) -> Rc<Quotation> {
        let mut known = self.quotations.borrow_mut();
        Rc::clone(known.entry(entry.quoted.as_ptr()).or_insert_with(|| Rc::new(Quotation::of(&entry.quoted))))
    }

    /// The statements that name something, in the order of the file.
    pub(super) fn users(&self, name: &str) -> impl Iterator<Item = &Entry> {
        self.used.get(name).into_iter().flatten().filter_map(|index| self.entries.get(*index))
    }

    /// A finding that points also at the first statements that name something.
    pub(super) fn point_at_users(&self, name: &str, finding: Diagnostic) -> Diagnostic {
        let users = self.users(name).take(MOST_POINTED_AT);
        users.fold(finding, |finding, user| finding.related(user.head_span(), "hangs on it"))
    }

    /// What to call a statement: a provision's id, or the name it declares.
    pub(super) fn called(&self, entry: &Entry) -> String {
        let provision = entry.provision.and_then(|index| self.agreement.provisions.get(index));
        let id = provision.map(|p| p.id.clone());
        id.or_else(|| entry.name.as_ref().map(|(name, _)| name.clone())).unwrap_or_default()
    }
}

impl Entry {
    fn of(statement: &Statement, quoted: &Arc<str>, starts: &HashMap<usize, usize>) -> Self {
        let span = statement.node.span();
        let lead = statement.lead();
        let declares =
            lead.and_then(StatementForm::of).is_some_and(|form| form.head.first() == Some(&Operand::NewName));
        let name = statement.head().filter(|_| declares).and_then(|head| head.token(K::Name)).map(|token| {
            let range = token.text_range();
            (token.text().to_owned(), usize::from(range.start())..usize::from(range.end()))
        });
        let clauses = statement.clauses().map(|node| Clause { words: node.keyword(), node }).collect();
        let provision = starts.get(&span.start).copied();
        let predicate = statement.node.child(K::Predicate).filter(|_| provision.is_some());
        let verb = predicate.as_ref().map(NodeExt::keyword).unwrap_or_default();
        let modal = Modal::of(statement);
        let (statement, quoted) = (statement.clone(), Arc::clone(quoted));
        Self { statement, span, lead, name, clauses, modal, verb, predicate, quoted, provision }
    }

    /// Its first clause that begins with these words.
    pub(super) fn clause(&self, words: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.words == words)
    }

    /// Whether it has a clause that begins with any of these words.
    pub(super) fn has_any(&self, words: &[&str]) -> bool {
        self.clauses.iter().any(|clause| words.contains(&clause.words.as_str()))
    }

    /// Where its name or its head stands.
    pub(super) fn head_span(&self) -> Span {
        let head = || self.statement.head().map_or_else(|| self.span.clone(), |head| head.span());
        self.name.as_ref().map_or_else(head, |(_, span)| span.clone())
    }
}

/// What a quoted line sets apart in quotation marks and may be a term. A pair
/// that runs over lines is passed over.
fn set_apart(line: &str, start: usize, found: &mut Vec<(String, Span)>) {
    const MARKS: [char; 3] = ['"', '“', '”'];
    let marks: Vec<(usize, &str)> = line.match_indices(MARKS).collect();
    for pair in marks.chunks_exact(2) {
        let [(open, mark), (close, _)] = pair else {
            continue;
        };
        let from = open + mark.len();
        let words = line.get(from..*close).unwrap_or_default();
        if like_a_term(words) {
            found.push((words.to_owned(), start + from..start + close));
        }
    }
}

/// What a provision does to those it binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Modal {
    Forbids,
    Demands,
    Permits,
}

/// How many places a finding points at beside its own.
const MOST_POINTED_AT: usize = 3;

/// `, and 1.b and 5 hang on it`, of those who name something; nothing if nobody
/// does.
pub(super) fn hangs(page: &Page<'_>, name: &str) -> String {
    let mut users: Vec<String> = page.users(name).map(|user| page.called(user)).filter(|c| !c.is_empty()).collect();
    let more = users.len().saturating_sub(2 * MOST_POINTED_AT);
    users.truncate(2 * MOST_POINTED_AT);
    if more > 0 {
        users.push(format!("{more} more"));
    }
    match users.len() {
        0 => String::new(),
        1 => format!(", and {} hangs on it", listed(&users)),
        _ => format!(", and {} hang on it", listed(&users)),
    }
}

impl Modal {
    fn of(statement: &Statement) -> Self {
        let words = statement.head().map(|head| head.keywords()).unwrap_or_default();
        let said = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
        match () {
            () if said(&["must not", "may not", "no party", "neither party"]) => Self::Forbids,
            () if said(&["may"]) => Self::Permits,
            () => Self::Demands,
        }
    }
}

/// `1`, `1 and 2`, `1, 2 and 3`.
pub(super) fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
