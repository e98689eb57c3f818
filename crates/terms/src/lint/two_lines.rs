//! L017: one line for one party and another for the other leave ground between.

use std::collections::{HashMap, HashSet};

use armistice_syntax::{Code, Diagnostic, NodeExt, Span, SyntaxKind as K};

use super::measured::Measured;
use super::page::Page;
use crate::model::ActorSet;

const HELP: &str =
    "agree on one line, or say what holds on the ground between the two: a term for that area, or `prevails over`";

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    let mut first: HashMap<(String, String), (ActorSet, String, Span)> = HashMap::new();
    let mut told: HashSet<(String, String)> = HashSet::new();
    for (entry, provision) in page.provisions() {
        let Some(measured) = Measured::of(entry) else {
            continue;
        };
        let Some((name, at)) = &measured.place else {
            continue;
        };
        let line = page.declaration(name).is_some_and(|place| place.lead == Some("line"));
        if !line || measured.distance.is_none() {
            continue;
        }
        let key = (measured.act.clone(), measured.far());
        let mine = || (provision.bound, name.clone(), at.clone());
        let (bound, other, there) = first.entry(key).or_insert_with(mine);
        let apart = bound.and(provision.bound).is_empty();
        if other == name || !apart || !told.insert((other.clone(), name.clone())) {
            continue;
        }
        let names = |set: ActorSet| page.agreement.names_of(set);
        out.push(
            Diagnostic::warning(
                Code("L017"),
                at.clone(),
                format!("{} is measured from `{name}`, and {} from `{other}`", names(provision.bound), names(*bound)),
                "another line",
            )
            .related(there.clone(), format!("the line for {}", names(*bound)))
            .help(HELP),
        );
    }
    for entry in page.led_by("line") {
        let for_whom: Vec<_> = entry.clauses.iter().filter(|c| c.words == "for").collect();
        let (Some(one), Some(two), Some((name, _))) = (for_whom.first(), for_whom.get(1), &entry.name) else {
            continue;
        };
        let who = |clause: &super::page::Clause| clause.node.child(K::Names).map(|n| n.phrase()).unwrap_or_default();
        out.push(
            Diagnostic::warning(
                Code("L017"),
                two.node.span(),
                format!("`{name}` has one course for {} and another for {}", who(one), who(two)),
                "another course",
            )
            .related(one.node.span(), "one course")
            .help(HELP),
        );
    }
}
