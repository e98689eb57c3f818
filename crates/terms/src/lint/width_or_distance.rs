//! L015: fifty kilometres wide are twenty-five on each side, if that is meant.

use armistice_syntax::{Code, Diagnostic, NodeExt, SyntaxKind as K};

use super::measured::Measured;
use super::page::Page;

/// Words of an instrument that speak of the width of a zone.
const WIDTHS: &[&str] = &["wide", "width", "широк", "ширин"];

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    // Terms under one heading share a quotation: it is read once.
    let mut read: (usize, bool) = (0, false);
    for (entry, provision) in page.provisions() {
        let Some(measured) = Measured::of(entry) else {
            continue;
        };
        let (Some(distance), Some((name, _))) = (&measured.distance, &measured.place) else {
            continue;
        };
        let line = page.declaration(name).is_some_and(|place| place.lead == Some("line"));
        if !line || measured.sided || measured.says_which_width() {
            continue;
        }
        let place = entry.quoted.as_ptr() as usize;
        if read.0 != place {
            let text = entry.quoted.to_lowercase();
            read = (place, WIDTHS.iter().any(|word| text.contains(word)));
        }
        // A distance that one party keeps for itself is for its own side.
        if provision.bound.len() < 2 && !read.1 {
            continue;
        }
        let finding = Diagnostic::warning(
            Code("L015"),
            distance.span(),
            format!("{} does not say whether the distance is meant for each side or in all", provision.id),
            "taken to be for each side",
        )
        .help("write `on each side` or `in all` after it: `50 km in all` leaves 25 km on each side");
        // What the language takes it for, written out.
        let end = distance.span().end;
        out.push(if distance.kind() == K::Distance { finding.fix(end..end, " on each side") } else { finding });
    }
}
