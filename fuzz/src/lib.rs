//! What must hold of any bytes at all, one function for each parser and reader.
//!
//! Each takes what a hostile file may hold and panics when something is wrong.
//! The binaries in `targets/` give them to libFuzzer; `tests/smoke.rs` gives
//! them the seeds, and the seeds with simple damage done to them.

mod agreements;
mod evidence;

pub use agreements::{checker, formatter, parser, settings, shapes};
pub use evidence::{arrow, assessment, ged, journal, records};

/// A target: what it is called, and what must hold of any bytes.
pub type Target = (&'static str, fn(&[u8]));

/// Every target, by name.
pub const TARGETS: [Target; 10] = [
    ("parser", parser),
    ("formatter", formatter),
    ("checker", checker),
    ("shapes", shapes),
    ("settings", settings),
    ("ged", ged),
    ("journal", journal),
    ("arrow", arrow),
    ("records", records),
    ("assessment", assessment),
];
