//! L029: a prohibition that nothing could break.

use armistice_syntax::{Code, Diagnostic};

use super::page::Page;
use crate::model::{Duty, Region, Target};

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    for (entry, provision) in page.provisions() {
        let why = match &provision.duty {
            // Of a party and nobody else, against itself and nobody else.
            Duty::Forbid(forbid) if forbid.by.is_none() => match forbid.on {
                Target::Actors(on) if on == provision.bound && on.len() == 1 => {
                    "who is bound is the only one it protects"
                }
                _ => continue,
            },
            duty => match duty.zone().map(|zone| zone.region) {
                Some(Region::Within(distance) | Region::WithinOnSide(distance, _)) if distance.get() <= 0.0 => {
                    "nothing can stand nearer than that"
                }
                _ => continue,
            },
        };
        out.push(
            Diagnostic::warning(Code("L029"), entry.head_span(), format!("nothing could break {}", provision.id), why)
                .help("say whom it protects, or how far away"),
        );
    }
}
