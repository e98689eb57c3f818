//! What a drafting team reads: the open points of a draft, and what changed
//! between two.

mod brackets;
mod difference;
mod json;
mod meant;
mod words;

pub use brackets::{brackets_json, brackets_text};
pub use difference::{Meant, TwoTexts, difference_text};
pub use json::difference_json;
