//! L008: the clocks were changed in that hour. Found while the hour is placed in
//! time, under every reading.

use armistice_syntax::{Code, Diagnostic, Span};

use super::page::Page;

/// The finding: the hour never came, or came twice.
pub(crate) fn diagnostic(at: Span, never: bool) -> Diagnostic {
    let (what, taken) = if never {
        ("there was no such hour: the clocks had gone forward", "taken as the hour after the gap")
    } else {
        ("this hour came twice: the clocks went back", "taken as the first of the two")
    };
    Diagnostic::warning(Code("L008"), at, what, taken).help("write the time in UTC, such as `2016-10-28 21:30 UTC`")
}

/// Nothing is left to be found.
pub(super) const fn find(_: &Page<'_>, _: &mut Vec<Diagnostic>) {}
