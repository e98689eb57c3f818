//! Brackets, and the readings they give rise to.
//!
//! A bracket holds alternatives, each with who says so. Brackets with the same
//! sources move together: choosing "Al-Akhbar" in one chooses it in all. Each
//! such group is one *question*; a reading answers every question.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use armistice_syntax::{Bracket, Choice, Code, Diagnostic, Lines, NodeExt, Span, SyntaxKind, SyntaxNode};

/// Never more readings than this are assessed side by side.
pub const MOST_READINGS: usize = 256;

/// Never more statements than this are understood, each reading's counted: a
/// long page under many readings would fill the memory. A hundred provisions
/// under all of [`MOST_READINGS`] come to a quarter of it.
pub(crate) const MOST_STATEMENTS: usize = 100_000;

/// An open point of the text: one bracket, or several that move together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The sources of the alternatives, in the order of the first bracket.
    pub labels: Vec<String>,
    /// The alternatives themselves, in the same order: the words of each, joined
    /// over the brackets that move together.
    pub words: Vec<String>,
    /// The brackets that hang on it, in the order of the text.
    pub brackets: Vec<Written>,
}

/// A bracket as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its words, brackets and all, on one line.
    pub words: String,
    /// Its bytes in the file.
    pub span: Span,
    /// The line it begins on, counted from 1.
    pub line: usize,
    /// The name that its statement declares; a provision declares none.
    pub declares: Option<String>,
}

/// One answer to every question: the index of a label for each.
pub type Answers = Vec<usize>;

/// The questions of a file, in the order of its text.
pub(crate) fn questions(root: &SyntaxNode, lines: &Lines<'_>) -> Vec<Question> {
    let mut found: Vec<Question> = Vec::new();
    // Sources to the question they answer: a hostile file holds many brackets.
    let mut known: HashMap<BTreeSet<String>, usize> = HashMap::new();
    for bracket in root.descendants().filter(|n| n.kind() == SyntaxKind::Bracket).filter_map(Bracket::of) {
        let choices = bracket.choices();
        let labels: Vec<String> = choices.iter().map(|c| c.label.clone()).collect();
        let words = |label: &String| {
            let choice = choices.iter().find(|c| c.label == *label)?;
            Some(choice.words())
        };
        let span = span(&bracket.node);
        let line = lines.line(span.start);
        let entry = Written { words: phrase(&bracket.node), line, span, declares: declared_by(&bracket.node) };
        let next = found.len();
        let index = *known.entry(labels.iter().cloned().collect()).or_insert(next);
        match found.get_mut(index) {
            Some(question) => {
                for (label, said) in question.labels.iter().zip(&mut question.words) {
                    if let Some(more) = words(label).filter(|more| more != said) {
                        said.push_str("; ");
                        said.push_str(&more);
                    }
                }
                question.brackets.push(entry);
            }
            None => found.push(Question {
                words: choices.iter().map(Choice::words).collect(),
                labels,
                brackets: vec![entry],
            }),
        }
    }
    found
}

/// The name that the statement around a node declares.
fn declared_by(node: &SyntaxNode) -> Option<String> {
    let statement = node.ancestors().find(|above| above.kind() == SyntaxKind::Statement)?;
    Some(statement.child(SyntaxKind::Head)?.token(SyntaxKind::Name)?.text().to_owned())
}

/// Two alternatives of one bracket with the same source could not be told
/// apart, and the second would never be read.
pub(crate) fn same_source_twice(root: &SyntaxNode) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    for bracket in root.descendants().filter_map(Bracket::of) {
        let mut seen: HashMap<String, Span> = HashMap::new();
        for choice in bracket.choices().into_iter().filter(|c| !c.label.is_empty()) {
            let at = choice.node.child(SyntaxKind::Label).map_or_else(|| choice.node.span(), |label| label.span());
            if let Some(first) = seen.get(&choice.label) {
                out.push(
                    Diagnostic::error(
                        Code("T171"),
                        at,
                        "two alternatives of a bracket rest on the same source",
                        "named again here",
                    )
                    .related(first.clone(), "first named here")
                    .help("add what sets them apart: `\"Al-Akhbar, 12 Sep\"` and `\"Al-Akhbar, 14 Sep\"`"),
                );
            } else {
                seen.insert(choice.label, at);
            }
        }
    }
    out
}

/// Every combination of answers, the first alternatives first; `None` if there
/// are more than [`MOST_READINGS`].
pub(crate) fn combinations(questions: &[Question]) -> Option<Vec<Answers>> {
    let mut all: Vec<Answers> = vec![Vec::new()];
    for question in questions {
        let next: Vec<Answers> = all
            .iter()
            .flat_map(|answers| (0..question.labels.len()).map(move |i| [answers.as_slice(), &[i]].concat()))
            .collect();
        if next.len() > MOST_READINGS {
            return None;
        }
        all = next;
    }
    Some(all)
}

/// So few answers that every alternative is among them, the first ones first.
pub(crate) fn each_alternative(questions: &[Question]) -> Vec<Answers> {
    let most = questions.iter().map(|q| q.labels.len()).max().unwrap_or(1).clamp(1, MOST_READINGS);
    let nth = |n: usize| questions.iter().map(|q| n.min(q.labels.len().saturating_sub(1))).collect();
    (0..most).map(nth).collect()
}

/// Where each bracket begins, to the question that hangs on it.
pub(crate) fn where_asked(questions: &[Question]) -> HashMap<usize, usize> {
    let starts = |(i, q): (usize, &Question)| q.brackets.iter().map(move |b| (b.span.start, i)).collect::<Vec<_>>();
    questions.iter().enumerate().flat_map(starts).collect()
}

/// Picks alternatives under one reading, and remembers which questions mattered.
pub(crate) struct Chooser<'a> {
    questions: &'a [Question],
    answers: &'a [usize],
    /// Where a bracket begins to the question that hangs on it.
    at: &'a HashMap<usize, usize>,
    touched: RefCell<BTreeSet<usize>>,
}

impl<'a> Chooser<'a> {
    pub(crate) fn new(questions: &'a [Question], answers: &'a [usize], at: &'a HashMap<usize, usize>) -> Self {
        Self { questions, answers, at, touched: RefCell::default() }
    }

    /// The alternative of a bracket that this reading takes.
    pub(crate) fn choose(&self, bracket: &Bracket) -> Option<SyntaxNode> {
        let index = *self.at.get(&span(&bracket.node).start)?;
        let question = self.questions.get(index)?;
        self.touched.borrow_mut().insert(index);
        let label = self.answers.get(index).and_then(|i| question.labels.get(*i))?;
        let choices = bracket.choices();
        choices.iter().find(|c| c.label == *label).or(choices.first()).map(|c| c.node.clone())
    }

    /// The answer of this reading to a question.
    pub(crate) fn answer(&self, question: usize) -> Option<usize> {
        self.answers.get(question).copied()
    }

    /// Notes that what is being read hangs on these questions too.
    pub(crate) fn touch(&self, depends: &BTreeSet<usize>) {
        self.touched.borrow_mut().extend(depends);
    }

    /// Runs `read`, and returns which questions its result hangs on.
    pub(crate) fn watch<T>(&self, read: impl FnOnce() -> T) -> (T, BTreeSet<usize>) {
        let before = std::mem::take(&mut *self.touched.borrow_mut());
        let value = read();
        let mine = std::mem::replace(&mut *self.touched.borrow_mut(), before);
        self.touched.borrow_mut().extend(&mine);
        (value, mine)
    }
}

fn phrase(node: &SyntaxNode) -> String {
    armistice_syntax::NodeExt::phrase(node)
}

fn span(node: &SyntaxNode) -> Span {
    armistice_syntax::NodeExt::span(node)
}
