//! What is wrong, where, and how to mend it.

use annotate_snippets::{AnnotationKind, Group, Level as Severity, Renderer, Snippet};

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

    fn new(level: Level, code: Code, span: Span, title: impl Into<String>, label: impl Into<String>) -> Self {
        let (title, label) = (title.into(), label.into());
        Self { code, level, title, span, label, related: Vec::new(), help: None }
    }

    /// The same, with the mend.
    #[must_use]
    pub fn help(mut self, mend: impl Into<String>) -> Self {
        self.help = Some(mend.into());
        self
    }

    /// The same, with the mend if there is one.
    #[must_use]
    pub fn maybe_help(mut self, mend: Option<String>) -> Self {
        self.help = mend.or(self.help);
        self
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
