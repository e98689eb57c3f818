//! Typed reading of the tree: headings, blocks, statements, clauses, brackets.

use std::sync::Arc;

use rowan::{GreenNodeData, GreenTokenData};

use crate::diagnostic::Span;
use crate::document::{heading, heading_id};
use crate::kind::{SyntaxElement, SyntaxKind as K, SyntaxNode, SyntaxToken, Truce};
use crate::vocabulary::StatementForm;

/// The most bytes of a heading that are kept, and of what is quoted under one.
/// Both are shown again with every term below them, so that a long one with
/// many terms would fill the memory of whoever reads the page.
const MOST_TITLE: usize = 1 << 10;
const MOST_QUOTED: usize = 16 << 10;

/// A whole file, read in order.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its blocks, each with the heading it stands under.
    pub blocks: Vec<Block>,
    /// Every heading of the page.
    pub headings: Vec<Heading>,
}

/// A Markdown heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The provision's id (`3.a`), if the heading has one.
    pub id: Option<String>,
    /// The rest of its words.
    pub title: String,
    /// 1 for `#`, 2 for `##`, …
    pub depth: usize,
    /// Where it stands.
    pub span: Span,
}

/// One `truce` block.
#[derive(Clone, Debug)]
pub struct Block {
    /// The nearest heading above it that has an id, else the nearest heading.
    pub heading: Option<Heading>,
    /// What the page quotes above it under that heading, or under the nearest
    /// heading that quotes anything: the instrument's own words.
    pub quoted: Arc<str>,
    /// The statements in it.
    pub statements: Vec<Statement>,
}

/// One statement.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Its node.
    pub node: SyntaxNode,
}

/// A bracket with its alternatives.
#[derive(Clone, Debug)]
pub struct Bracket {
    /// Its node.
    pub node: SyntaxNode,
}

/// One alternative of a bracket.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its node.
    pub node: SyntaxNode,
    /// Who says so; empty when the file does not say.
    pub label: String,
}

impl Document {
    /// Reads a parsed tree.
    #[must_use]
    pub fn of(root: &SyntaxNode) -> Self {
        let mut headings: Vec<Heading> = Vec::new();
        let mut blocks = Vec::new();
        // The headings a block stands under, each with what is quoted below it.
        let mut path: Vec<(Heading, Arc<str>)> = Vec::new();
        let mut preamble: Arc<str> = Arc::default();
        // What is being quoted, until something else comes.
        let mut quoting = String::new();
        for element in root.children_with_tokens() {
            match element {
                rowan::NodeOrToken::Token(token) if token.kind() == K::HeadingLine => {
                    keep(&mut quoting, &mut path, &mut preamble);
                    if let Some(found) = read_heading(&token) {
                        path.retain(|(above, _)| above.depth < found.depth);
                        path.push((found.clone(), Arc::default()));
                        headings.push(found);
                    }
                }
                rowan::NodeOrToken::Token(token) if token.kind() == K::QuoteLine => {
                    let line = token.text().trim_start().trim_start_matches('>').trim();
                    if !quoting.is_empty() && !line.is_empty() {
                        quoting.push(' ');
                    }
                    if quoting.len() <= MOST_QUOTED {
                        quoting.push_str(line);
                    }
                }
                rowan::NodeOrToken::Node(node) if node.kind() == K::Block => {
                    keep(&mut quoting, &mut path, &mut preamble);
                    let mut above = path.iter().rev().map(|(heading, _)| heading);
                    let heading = above.clone().find(|h| h.id.is_some()).or(above.next()).cloned();
                    // A clause without words of its own has its article's.
                    let mut quoted = path.iter().rev().map(|(_, quoted)| quoted);
                    let quoted = Arc::clone(quoted.find(|q| !q.is_empty()).unwrap_or(&preamble));
                    let statements = node.nodes(K::Statement).map(|node| Statement { node }).collect();
                    blocks.push(Block { heading, quoted, statements });
                }
                _ => {}
            }
        }
        Self { blocks, headings }
    }
}

/// Puts what has been quoted under the nearest heading.
fn keep(quoting: &mut String, path: &mut [(Heading, Arc<str>)], preamble: &mut Arc<str>) {
    if quoting.is_empty() {
        return;
    }
    let quoted = path.last_mut().map_or(preamble, |(_, quoted)| quoted);
    let words = std::mem::take(quoting);
    let all = if quoted.is_empty() { words } else { format!("{quoted} {words}") };
    *quoted = shortened(&all, MOST_QUOTED).into();
}

/// As much of a text as `most` bytes hold, with a mark where it was cut.
fn shortened(text: &str, most: usize) -> String {
    let mut end = most;
    while !text.is_char_boundary(end) && end > 0 {
        end -= 1;
    }
    match text.get(..end) {
        Some(start) if end < text.len() => format!("{start} …"),
        _ => text.to_owned(),
    }
}

fn read_heading(token: &SyntaxToken) -> Option<Heading> {
    let (depth, words) = heading(token.text())?;
    let (id, title) = heading_id(words);
    let range = token.text_range();
    let start = usize::from(range.start());
    let span = start..start + token.text().trim_end().len();
    Some(Heading::new(id, title, depth, span))
}

impl Heading {
    /// A heading; what no heading needs of its words is left out.
    #[must_use]
    pub fn new(id: Option<&str>, title: &str, depth: usize, span: Span) -> Self {
        let id = id.filter(|id| id.len() <= MOST_TITLE).map(str::to_owned);
        Self { id, title: shortened(title, MOST_TITLE), depth, span }
    }
}

impl Statement {
    /// The word it begins with, or `None` for a provision.
    #[must_use]
    pub fn lead(&self) -> Option<&'static str> {
        let head = self.head()?;
        let green = head.green();
        let keyword = green.children().next()?.into_node().filter(|first| kind_of(first.kind()) == K::Keyword)?;
        let form = StatementForm::of(keyword.children().next()?.into_token()?.text())?;
        says(keyword, form.lead).then_some(form.lead)
    }

    /// Everything before its clauses.
    #[must_use]
    pub fn head(&self) -> Option<SyntaxNode> {
        self.node.child(K::Head)
    }

    /// Its clauses, in order.
    pub fn clauses(&self) -> impl Iterator<Item = SyntaxNode> + use<> {
        self.node.nodes(K::Clause)
    }

    /// The first clause that begins with `words`.
    #[must_use]
    pub fn clause(&self, words: &str) -> Option<SyntaxNode> {
        self.clauses().find(|clause| {
            let green = clause.green();
            let keyword =
                green.children().find_map(|child| child.into_node().filter(|n| kind_of(n.kind()) == K::Keyword));
            keyword.is_some_and(|keyword| says(keyword, words))
        })
    }

    /// Whether it is indented with nothing above it to continue.
    pub(crate) fn is_adrift(&self) -> bool {
        let first = self.node.first_token();
        let before = first.and_then(|token| token.prev_token());
        before.is_some_and(|token| !matches!(token.kind(), K::Newline | K::Fence))
    }

    /// Whether the parser understood all of it.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        fn whole(node: &GreenNodeData) -> bool {
            kind_of(node.kind()) != K::Error && node.children().filter_map(GreenChild::into_node).all(whole)
        }
        whole(&self.node.green())
    }
}

impl Bracket {
    /// The bracket a node is.
    #[must_use]
    pub fn of(node: SyntaxNode) -> Option<Self> {
        (node.kind() == K::Bracket).then_some(Self { node })
    }

    /// Its alternatives.
    #[must_use]
    pub fn choices(&self) -> Vec<Choice> {
        let read = |node: SyntaxNode| {
            let label = node.child(K::Label).map(|label| label.source()).unwrap_or_default();
            Choice { node, label }
        };
        self.node.nodes(K::Choice).map(read).collect()
    }
}

impl Choice {
    /// The alternative as written, without its source.
    #[must_use]
    pub fn words(&self) -> String {
        let mut out = String::new();
        for child in self.node.green().children() {
            match child {
                GreenChild::Node(node) if kind_of(node.kind()) == K::Label => {}
                GreenChild::Node(node) => join(node, &mut out),
                GreenChild::Token(token) => add(kind_of(token.kind()), token.text(), &mut out),
            }
        }
        out
    }
}

/// Reading a node by what it holds.
pub trait NodeExt {
    /// Child nodes of one kind.
    fn nodes(&self, kind: K) -> impl Iterator<Item = SyntaxNode> + use<Self>;
    /// The first child node of a kind.
    fn child(&self, kind: K) -> Option<SyntaxNode>;
    /// The first token of a kind directly in it.
    fn token(&self, kind: K) -> Option<SyntaxToken>;
    /// Every token of a kind directly in it.
    fn tokens_of(&self, kind: K) -> Vec<SyntaxToken>;
    /// The words of the keyword it begins with.
    fn keyword(&self) -> String;
    /// The words of its keyword nodes.
    fn keywords(&self) -> Vec<String>;
    /// Its meaningful tokens, one space between, as written.
    fn phrase(&self) -> String;
    /// The first quoted text directly in it, without the quotation marks.
    fn text_value(&self) -> Option<String>;
    /// Of a label: who says so, as a text or as declared names.
    fn source(&self) -> String;
    /// Its bytes in the file, without surrounding trivia.
    fn span(&self) -> Span;
    /// Shows every token in it, trivia included, and where each begins.
    fn each_token(&self, see: impl FnMut(K, &str, usize));
}

impl NodeExt for SyntaxNode {
    fn nodes(&self, kind: K) -> impl Iterator<Item = SyntaxNode> + use<> {
        self.children().by_kind(move |found| found == kind)
    }

    fn child(&self, kind: K) -> Option<SyntaxNode> {
        self.first_child_by_kind(&|found| found == kind)
    }

    fn token(&self, kind: K) -> Option<SyntaxToken> {
        self.first_child_or_token_by_kind(&|found| found == kind)?.into_token()
    }

    fn tokens_of(&self, kind: K) -> Vec<SyntaxToken> {
        self.children_with_tokens().by_kind(|found| found == kind).filter_map(SyntaxElement::into_token).collect()
    }

    fn keyword(&self) -> String {
        self.child(K::Keyword).map(|node| node.phrase()).unwrap_or_default()
    }

    fn keywords(&self) -> Vec<String> {
        self.nodes(K::Keyword).map(|node| node.phrase()).collect()
    }

    fn phrase(&self) -> String {
        let mut out = String::new();
        join(&self.green(), &mut out);
        out
    }

    fn text_value(&self) -> Option<String> {
        self.token(K::Text).map(|token| unquote(token.text()))
    }

    fn source(&self) -> String {
        let names = || self.child(K::Names).map(|names| names.phrase());
        self.text_value().or_else(names).unwrap_or_default()
    }

    fn span(&self) -> Span {
        let start = usize::from(self.text_range().start());
        let (mut at, mut first, mut end) = (start, None, start);
        each_token(&self.green(), &mut |kind, text| {
            let after = at + text.len();
            if !kind.is_trivia() {
                first.get_or_insert(at);
                end = after;
            }
            at = after;
        });
        first.unwrap_or(start)..end
    }

    fn each_token(&self, mut see: impl FnMut(K, &str, usize)) {
        let mut at = usize::from(self.text_range().start());
        each_token(&self.green(), &mut |kind, text| {
            see(kind, text, at);
            at += text.len();
        });
    }
}

// What is only read is read from the shared tree below the nodes: a node with
// its parent and its place would have to be made for every token passed.

type GreenChild<'g> = rowan::NodeOrToken<&'g GreenNodeData, &'g GreenTokenData>;

fn kind_of(raw: rowan::SyntaxKind) -> K {
    <Truce as rowan::Language>::kind_from_raw(raw)
}

fn each_token<'g>(node: &'g GreenNodeData, see: &mut impl FnMut(K, &'g str)) {
    for child in node.children() {
        match child {
            GreenChild::Node(node) => each_token(node, see),
            GreenChild::Token(token) => see(kind_of(token.kind()), token.text()),
        }
    }
}

/// Whether a keyword node holds just these words.
fn says(keyword: &GreenNodeData, words: &str) -> bool {
    let mut words = words.split(' ');
    let mut alike = true;
    each_token(keyword, &mut |kind, text| alike &= kind.is_trivia() || words.next() == Some(text));
    alike && words.next().is_none()
}

/// The meaningful tokens of a node, on one line.
fn join(node: &GreenNodeData, out: &mut String) {
    each_token(node, &mut |kind, text| add(kind, text, out));
}

/// One more token, one space before it, none before a comma or inside a
/// bracket's edges.
fn add(kind: K, text: &str, out: &mut String) {
    if kind.is_trivia() {
        return;
    }
    let tight =
        matches!(kind, K::Comma | K::CloseBracket | K::CloseParen | K::Percent | K::Colon) || out.ends_with(['[', '(']);
    if !out.is_empty() && !tight {
        out.push(' ');
    }
    out.push_str(text);
}

fn unquote(text: &str) -> String {
    const MARKS: [char; 3] = ['"', '“', '”'];
    let inner = text.strip_prefix(MARKS).unwrap_or(text);
    inner.strip_suffix(MARKS).unwrap_or(inner).to_owned()
}
