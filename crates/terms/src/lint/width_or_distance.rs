//! L015: fifty kilometres wide are twenty-five on each side, if that is meant.

use armistice_syntax::{Code, Diagnostic, NodeExt, SyntaxKind as K};

use super::measured::Measured;
use super::page::Page;

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
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
        // A distance that one party keeps for itself is for its own side.
        if provision.bound.len() < 2 && !page.quotation(entry).of_width {
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
