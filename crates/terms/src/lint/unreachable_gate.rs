//! L018: a later phase that the terms themselves keep shut.

use std::collections::HashMap;

use armistice_syntax::{Code, Diagnostic, NodeExt};

use super::page::{Entry, Page};
use crate::model::{ForPeople, Gate, Provision, Until};

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    let gates: HashMap<&str, &Gate> = page.agreement.gates.iter().map(|g| (g.name.as_str(), g)).collect();
    for entry in page.led_by("gate") {
        let Some(gate) = entry.name.as_ref().and_then(|(name, _)| gates.get(name.as_str())) else {
            continue;
        };
        if gate.not_evaluable.is_none() {
            never_told(page, entry, gate, out);
            too_short(page, entry, gate, out);
        }
    }
}

fn clause_span(entry: &Entry) -> armistice_syntax::Span {
    entry.clause("opens when").map_or_else(|| entry.head_span(), |clause| clause.node.span())
}

fn held<'p>(page: &'p Page<'_>, gate: &'p Gate) -> impl Iterator<Item = &'p Provision> {
    gate.provisions.iter().filter_map(|index| page.agreement.provisions.get(*index).map(|held| &**held))
}

/// It hangs on a clause that no record can show to be kept.
fn never_told(page: &Page<'_>, entry: &Entry, gate: &Gate, out: &mut Vec<Diagnostic>) {
    // A certificate answers for what only people can judge, if there is one.
    let uncertified = |p: &Provision| p.duty.for_people().filter(|_| gate.certified_by.is_empty()).map(beyond_records);
    let why = |p: &Provision| p.duty.not_evaluable().map(ToString::to_string).or_else(|| uncertified(p));
    let mut open = held(page, gate).filter_map(|p| Some((p, why(p)?)));
    let Some((provision, why)) = open.next() else {
        return;
    };
    let more = open.count();
    let more = if more > 0 { format!(", nor {more} more of its clauses") } else { String::new() };
    out.push(
        Diagnostic::warning(
            Code("L018"),
            clause_span(entry),
            format!("records can never show {} kept{more}, and so never `{}` open", provision.id, gate.name),
            format!("{}: {why}", provision.id),
        )
        .related(provision.citation.span.clone(), "not for records to show")
        .help("define what is open, or name only clauses that can be observed"),
    );
}

fn beyond_records(people: &ForPeople) -> String {
    format!("only people can judge {}, and nobody is named to certify the gate", people.what)
}

/// It wants more days in a row than a clause binds.
fn too_short(page: &Page<'_>, entry: &Entry, gate: &Gate, out: &mut Vec<Diagnostic>) {
    for provision in held(page, gate) {
        let Ok(from) = &provision.force.from else {
            continue;
        };
        let (end, renewed) = match provision.force.until {
            Until::At(end) => (end, false),
            Until::Renewable { first, .. } => (first, true),
            _ => continue,
        };
        let start = gate.from.map_or(*from, |counting| counting.max(*from));
        let hours = end.duration_since(start).as_hours().max(0);
        if hours >= i64::from(gate.days).saturating_mul(24) {
            continue;
        }
        let length =
            // Where clocks change, one of the days has an hour more or less.
            if hours >= 48 && (hours + 1) % 24 <= 2 { format!("{} days", (hours + 1) / 24) } else { format!("{hours} hours") };
        let title =
            format!("`{}` wants {} days in a row, and {} binds for {length}", gate.name, gate.days, provision.id);
        let (label, help) = if renewed {
            (
                "only renewals make it last",
                "say what happens to the count when it is not renewed, or let it bind for longer",
            )
        } else {
            ("it ends before the days are over", "let it bind for longer, or ask for fewer days")
        };
        let new = if renewed { Diagnostic::note } else { Diagnostic::warning };
        out.push(
            new(Code("L018"), clause_span(entry), title, label)
                .related(provision.citation.span.clone(), "binds for less")
                .help(help),
        );
        return;
    }
}
