//! What is open in a draft, and what changed between two.
//!
//! [`open_points`] lists the questions that the brackets of a checked agreement
//! leave, with what hangs on each and who stands where. [`compare`] sets two
//! agreements side by side and tells what changed in meaning.
//!
//! ```
//! let text = r#"
//! agreement "A truce"
//!   signed 2016-09-09
//!   times in Asia/Damascus
//! moment D is 2016-09-12 19:00
//! party North "the north"
//! party South "the south"
//! clause 1 "Quiet"
//! North and South must not attack each other
//!   from D
//!   for [48 hours: North | 72 hours: South]
//! position South
//!   accepts North
//! "#;
//! let checked = armistice_terms::check(text, armistice_terms::Form::Plain, &|_| Err("no files".into()));
//! let points = armistice_drafting::open_points(&checked);
//! assert_eq!(points[0].name, "1");
//! assert_eq!(points[0].hangs.provisions, ["1"]);
//! // North asks for its own alternative; South could live with it.
//! assert_eq!(points[0].alternatives[0].stances.len(), 2);
//! assert!(points[0].could_settle_on().next().is_some());
//! ```
//!
//! [`consequences`] says what the change would have meant for past records, from
//! an assessment of each text on them.
//!
//! This crate must not know how a record is judged, nor how an answer is written.

mod consequences;
mod difference;
mod points;
mod unsaid;

pub use consequences::{
    Answer, Because, Consequence, Consequences, GateConsequence, GateDays, Move, StandingMove, consequences,
};
pub use difference::{
    Aspect, Became, Change, Choice, Cited, Difference, Effect, How, Paired, PointChange, ProvisionChange, Taken, Thing,
    Under, compare, pairs,
};
pub use points::{Alternative, Hangs, Point, StanceOf, open_points};
pub use unsaid::{Unsaid, unsaid};
