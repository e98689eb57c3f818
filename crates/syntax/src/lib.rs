//! The `.truce` language: from text to a lossless tree, and back.
//!
//! An agreement is a Markdown page whose fenced `truce` blocks hold the terms
//! (or a plain `.truce` file, one block and no prose). [`parse`] never fails:
//! it gives a tree that holds every byte of the file, comments and spacing
//! included, and a list of [`Diagnostic`]s, one for each mistake. [`format()`]
//! writes the one canonical form of a file.
//!
//! ```
//! let text = "party Government \"the government\"\n  knwon as \"Government of Syria\"\n";
//! let parse = armistice_syntax::parse(text, armistice_syntax::Form::Plain);
//! assert_eq!(parse.syntax().text().to_string(), text); // nothing is lost
//! assert_eq!(parse.diagnostics.len(), 1);
//! assert!(parse.diagnostics[0].help.as_deref().unwrap().contains("known as"));
//! ```
//!
//! This crate knows words and spans. It must not know what a provision means,
//! what a record is, or that files exist: that is for the crates above it.

mod diagnostic;
mod document;
mod format;
mod kind;
mod lexer;
mod lines;
mod parser;
mod quantity;
mod suggest;
mod tree;
mod vocabulary;

pub use diagnostic::{Code, Diagnostic, Fix, Level, Span, render};
pub use document::{Form, heading_id};
pub use format::format;
pub use kind::{SyntaxElement, SyntaxKind, SyntaxNode, SyntaxToken};
pub use lines::Lines;
pub use parser::{Parse, parse};
pub use quantity::{UNITS, Unit, parse_number};
pub use suggest::{closest, did_you_mean, with_article};
pub use tree::{Block, Bracket, Choice, Document, Heading, NodeExt, Statement};
pub use vocabulary::{
    ANCHORS, CLAUSES, COLLECTIVES, ClauseForm, MODALS, Operand, PLACE_CLAUSES, PROVISION, STATEMENTS, StatementForm,
    VERBS,
};
