//! Which names fit a place: tried, not listed.
//!
//! No table says that `guaranteed by` wants a party and `along` a line: the
//! checker does. So one name of each sort is put in the place and checked.

use std::collections::BTreeMap;

use armistice_syntax::{Diagnostic, Span};
use armistice_terms::Breadth;

use crate::files::Files;
use crate::names::Declared;
use crate::page::{Page, is_error};

/// A page longer than this would keep a person waiting: there every name is
/// offered.
const MOST: usize = 200_000;

/// The declared names that the checker accepts in the place of some bytes, with
/// `rest` after them; where it accepts none, something else is wrong, and all
/// are offered.
pub(crate) fn fitting<'n>(
    page: &Page,
    place: Span,
    rest: &str,
    names: &'n BTreeMap<String, Declared>,
    files: &Files<'_>,
) -> Vec<(&'n String, &'n Declared)> {
    let mut fits: BTreeMap<&str, bool> = BTreeMap::new();
    let mut accepted = |name: &str, declared: &Declared| {
        *fits.entry(declared.lead).or_insert_with(|| {
            let text = page.text.as_str();
            let (Some(before), Some(after)) = (text.get(..place.start), text.get(place.end..)) else {
                return true;
            };
            if text.len() > MOST {
                return true;
            }
            let tried = [before, name, rest, after].concat();
            let checked = page.check(&tried, files, Breadth::EachAlternative);
            // What is wrong with a whole moment is wrong with the name in it.
            let end = place.start + name.len();
            let refused = |d: &Diagnostic| d.span.start == place.start && d.span.end >= end;
            !checked.diagnostics.iter().any(|d| is_error(d) && d.code.0.starts_with("T1") && refused(d))
        })
    };
    let fit: Vec<_> = names.iter().filter(|(name, declared)| accepted(name, declared)).collect();
    if fit.is_empty() { names.iter().collect() } else { fit }
}
