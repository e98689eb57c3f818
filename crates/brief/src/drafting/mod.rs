//! What a drafting team reads: the open points of a draft.

mod brackets;

pub use brackets::{brackets_json, brackets_text};
