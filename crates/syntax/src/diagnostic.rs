//! What is wrong, where, and how to mend it.

use annotate_snippets::{AnnotationKind, Group, Level as Severity, Renderer, Snippet};

use crate::suggest::closest;

/// Bytes of a file, half open.
pub type Span = std::ops::Range<usize>;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The agreement cannot be assessed until this is mended.
    Error,
    /// It can be assessed, but will fail those who rely on it.
    Warning,
    /// Worth knowing.
    Note,
}

/// A stable code, so that a finding can be looked up and talked about.
///
/// `T0xx` are the grammar's, `T1xx` the meaning's, `L0xx` the linter's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code(pub &'static str);

/// A mend that needs no judgement: one text in the place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The words that go; empty where something is put in.
    pub span: Span,
    /// What comes in their place.
    pub text: String,
}

impl Fix {
    /// The text with the mend made; as it was, if the mend is not of this text.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        match (text.get(..self.span.start), text.get(self.span.end..)) {
            (Some(before), Some(after)) => [before, &self.text, after].concat(),
            _ => text.to_owned(),
        }
    }
}

/// One mistake or weakness in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code.
    pub code: Code,
    /// How much it matters.
    pub level: Level,
    /// What is wrong, in the user's terms, in one line.
    pub title: String,
    /// The words at fault.
    pub span: Span,
    /// What to say beneath them.
    pub label: String,
    /// Other words that bear on it.
    pub related: Vec<(Span, String)>,
    /// How to mend it.
    pub help: Option<String>,
    /// The same as a change of the text, where a machine can make it.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// An error at `span`.
    #[must_use]
    pub fn error(code: Code, span: Span, title: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Level::Error, code, span, title, label)
    }

    /// A warning at `span`.
    #[must_use]
    pub fn warning(code: Code, span: Span, title: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Level::Warning, code, span, title, label)
    }

    /// A note at `span`.
    #[must_use]
    pub fn note(code: Code, span: Span, title: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Level::Note, code, span, title, label)
    }

    fn new(level: Level, code: Code, span: Span, title: impl Into<String>, label: impl Into<String>) -> Self {
        let (title, label) = (title.into(), label.into());
        Self { code, level, title, span, label, related: Vec::new(), help: None, fix: None }
    }

    /// The same, with the mend.
    #[must_use]
    pub fn help(mut self, mend: impl Into<String>) -> Self {
        self.help = Some(mend.into());
        self
    }

    /// The same, with the change of the text that mends it.
    #[must_use]
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, text: text.into() });
        self
    }

    /// The same, suggesting what may be meant; see [`Self::suggest`].
    #[must_use]
    pub fn nearest<'a>(mut self, at: Span, word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        self.suggest(at, word, candidates);
        self
    }

    /// Suggests the candidate nearest to the `word` that stands at `at`, if one
    /// is near enough to be meant; if none is, the mend stays as it was.
    pub fn suggest<'a>(&mut self, at: Span, word: &str, candidates: impl IntoIterator<Item = &'a str>) {
        if let Some(found) = closest(word, candidates) {
            self.help = Some(format!("did you mean `{found}`?"));
            self.fix = Some(Fix { span: at, text: found.to_owned() });
        }
    }

    /// The same, pointing also at `span`.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }
}

/// Draws a diagnostic under the words it is about, as `path:line:column`.
///
/// `colour` decides whether terminal styles are used.
#[must_use]
pub fn render(diagnostic: &Diagnostic, path: &str, source: &str, colour: bool) -> String {
    let severity = match diagnostic.level {
        Level::Error => Severity::ERROR,
        Level::Warning => Severity::WARNING,
        Level::Note => Severity::NOTE,
    };
    let clamp = |span: &Span| {
        let end = span.end.min(source.len());
        span.start.min(end)..end
    };
    let mut snippet = Snippet::source(source)
        .path(path)
        .annotation(AnnotationKind::Primary.span(clamp(&diagnostic.span)).label(diagnostic.label.as_str()));
    for (span, label) in &diagnostic.related {
        snippet = snippet.annotation(AnnotationKind::Context.span(clamp(span)).label(label.as_str()));
    }
    let mut group: Group<'_> = severity.primary_title(diagnostic.title.as_str()).id(diagnostic.code.0).element(snippet);
    if let Some(help) = &diagnostic.help {
        group = group.element(Severity::HELP.message(help.as_str()));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group]).to_string()
}
