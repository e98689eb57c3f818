//! L010: a line or an area without a shape.

use armistice_syntax::{Code, Diagnostic, NodeExt};

use super::page::{Page, hangs};

/// Clauses that give a place a shape, or the means to find it.
const SHAPES: &[&str] = &["from", "within", "for", "along", "between", "on the"];

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    for entry in &page.entries {
        let Some(what) = entry.lead.filter(|lead| ["line", "area", "point", "corridor"].contains(lead)) else {
            continue;
        };
        let Some((name, span)) = &entry.name else {
            continue;
        };
        let undefined = entry.clause("undefined").map(|clause| clause.node.span());
        if undefined.is_none() && entry.has_any(SHAPES) {
            continue;
        }
        let title = format!("the {what} `{name}` is left without a shape{}", hangs(page, name));
        let finding = Diagnostic::warning(Code("L010"), undefined.unwrap_or_else(|| span.clone()), title, "no shape")
            .help("agree on its course, draw it, and write `from \"places.geojson#…\"`; until then nobody can say what lies in it");
        out.push(page.point_at_users(name, finding));
    }
}
