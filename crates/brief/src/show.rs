//! An agreement as Armistice understands it, before any record is read.
//!
//! This is what a person checks first: are these the parties, the lines, the
//! hours that were agreed? Nothing is left out because it cannot be judged;
//! what cannot is shown with the reason.

mod card;
mod conditions;
mod exchanges;
mod facts;
mod json;
mod phases;
pub(crate) mod talks;
mod text;
mod versions;
pub(crate) mod words;

pub use card::{Card, card_of_moment, card_of_name, card_of_provision};
pub(crate) use json::instant;
pub use json::show_json;
pub use text::show_text;
