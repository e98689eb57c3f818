//! L001: "seven consecutive days" means nothing until a day has an edge.

use armistice_syntax::{Code, Diagnostic};

use super::page::Page;

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    if page.agreement.clock.day_start_declared {
        return;
    }
    let Some(agreement) = page.led_by("agreement").next() else {
        return;
    };
    out.push(
        Diagnostic::warning(
            Code("L001"),
            agreement.head_span(),
            "the agreement does not say when a day begins",
            "no `days start at`; midnight is assumed",
        )
        .fix(agreement.span.end..agreement.span.end, "\n  days start at 00:00")
        .help("add `days start at 00:00`, or the hour at which the mission's reporting day is cut"),
    );
}
