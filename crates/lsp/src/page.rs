//! An open page: its text as it is being written, and what it comes to.

use std::cell::{OnceCell, RefCell};
use std::path::{Path, PathBuf};

use armistice_syntax::{Diagnostic, Document, Form, Level, Parse, SyntaxKind, SyntaxNode};
use armistice_terms::{Breadth, Checked, Clock, Kept, check_again, setup};
use lsp_types::Uri;

use crate::files::{Files, path_of};
use crate::text::Text;

/// The file that says how an agreement beside it is assessed.
const SETTINGS: &str = "assessment.truce";

/// A page that an editor has open.
pub(crate) struct Page {
    pub(crate) uri: Uri,
    pub(crate) version: i32,
    pub(crate) text: Text,
    pub(crate) form: Form,
    /// Whether it holds settings and no terms.
    pub(crate) settings: bool,
    pub(crate) folder: Option<PathBuf>,
    made: RefCell<Made>,
    /// The shapes beside it, from one keystroke to the next.
    shapes: Kept,
}

/// What has been made of the text as it is now.
#[derive(Default)]
struct Made {
    parse: OnceCell<Parse>,
    /// Under as few readings as read every alternative.
    soon: OnceCell<std::rc::Rc<Checked>>,
    /// Under all readings.
    whole: OnceCell<std::rc::Rc<Checked>>,
}

impl Page {
    pub(crate) fn new(uri: Uri, version: i32, text: String) -> Self {
        let path = path_of(&uri);
        let name = uri.as_str().rsplit('/').next().unwrap_or_default().to_owned();
        Self {
            form: Form::of_file_name(&name),
            settings: name == SETTINGS,
            folder: path.as_deref().and_then(Path::parent).map(Path::to_owned),
            text: Text::new(text),
            version,
            uri,
            made: RefCell::default(),
            shapes: Kept::default(),
        }
    }

    /// Forgets what was made of a text that is no more.
    pub(crate) fn changed(&mut self) {
        self.made = RefCell::default();
    }

    pub(crate) fn parse(&self) -> Parse {
        let made = self.made.borrow();
        made.parse.get_or_init(|| armistice_syntax::parse(self.text.as_str(), self.form)).clone()
    }

    pub(crate) fn root(&self) -> SyntaxNode {
        self.parse().syntax()
    }

    pub(crate) fn document(&self) -> Document {
        Document::of(&self.root())
    }

    /// The agreement under few readings: soon enough for every keystroke.
    pub(crate) fn soon(&self, files: &Files<'_>) -> std::rc::Rc<Checked> {
        let made = self.made.borrow();
        if let Some(whole) = made.whole.get() {
            return std::rc::Rc::clone(whole);
        }
        std::rc::Rc::clone(made.soon.get_or_init(|| self.check(self.text.as_str(), files, Breadth::EachAlternative)))
    }

    /// The agreement under every reading.
    pub(crate) fn whole(&self, files: &Files<'_>) -> std::rc::Rc<Checked> {
        let made = self.made.borrow();
        std::rc::Rc::clone(made.whole.get_or_init(|| self.check(self.text.as_str(), files, Breadth::AllReadings)))
    }

    /// Whether there are readings that [`Self::soon`] has passed over.
    pub(crate) fn has_more_readings(&self, files: &Files<'_>) -> bool {
        if self.settings {
            return false;
        }
        let soon = self.soon(files);
        let all = soon.questions.iter().fold(1_usize, |all, q| all.saturating_mul(q.labels.len().max(1)));
        all > soon.readings.len()
    }

    /// Checks another text as if it stood on this page.
    pub(crate) fn check(&self, text: &str, files: &Files<'_>, breadth: Breadth) -> std::rc::Rc<Checked> {
        let read = |name: &str| files.read(self.folder.as_deref(), name);
        std::rc::Rc::new(check_again(text, self.form, &read, breadth, &self.shapes))
    }

    /// What is wrong, as far as is known soon or, if `whole`, at all.
    pub(crate) fn diagnostics(&self, files: &Files<'_>, clock: &Clock, whole: bool) -> Vec<Diagnostic> {
        if self.settings {
            return setup(self.text.as_str(), clock).1;
        }
        // An editor may send any page of Markdown; most are no agreements.
        if self.form == Form::Literate && !self.root().children().any(|node| node.kind() == SyntaxKind::Block) {
            return self.parse().diagnostics;
        }
        let checked = if whole { self.whole(files) } else { self.soon(files) };
        checked.diagnostics.clone()
    }
}

/// Whether a person must act on it before anything can be assessed.
pub(crate) fn is_error(diagnostic: &Diagnostic) -> bool {
    diagnostic.level == Level::Error
}
