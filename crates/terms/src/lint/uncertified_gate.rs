//! L019: a gate that nobody may say is open stays as shut as the quarrel about it.

use armistice_syntax::{Code, Diagnostic};

use super::page::Page;

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    let gates = page.led_by("gate").chain(page.led_by("phase").filter(|e| e.clause("opens when").is_some()));
    for entry in gates.filter(|e| !e.has_any(&["certified by", "text not public"])) {
        let Some((name, span)) = &entry.name else {
            continue;
        };
        out.push(
            Diagnostic::warning(
                Code("L019"),
                span.clone(),
                format!("nobody is named to certify that `{name}` has opened"),
                "no `certified by`",
            )
            .help("add `certified by` and who: a monitor, a body, or the guarantors `together`"),
        );
    }
}
