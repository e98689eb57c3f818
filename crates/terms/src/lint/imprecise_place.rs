//! L006: a line without `good to` pretends to be exact.

use armistice_syntax::{Code, Diagnostic};

use super::page::Page;

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    for place in page.agreement.places.iter().filter(|p| !p.good_to_declared && p.source.is_some()) {
        let Some(declaration) = page.declaration(&place.name) else {
            continue;
        };
        out.push(
            Diagnostic::warning(
                Code("L006"),
                declaration.head_span(),
                format!("nothing says how exactly {} is known", place.name),
                "no `good to`; it is taken as exact",
            )
            .help("add `good to 1 km`: the distance within which its true course lies 95 times in 100"),
        );
    }
}
