//! L023: a name in the records that means one actor for certain, and perhaps
//! another in the same days.

use std::collections::HashMap;

use armistice_syntax::{Code, Diagnostic, NodeExt, Span, SyntaxKind as K};

use super::page::Page;
use crate::model::{Actor, Certainty, KnownName};

/// Nobody bears one name in more ways; a longer list would be read again and
/// again.
const MOST_CLAIMS: usize = 64;

fn declared(actor: &Actor) -> KnownName {
    KnownName { text: actor.name.clone(), certainty: Certainty::Certain, from: None, until: None }
}

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    let mut claims: HashMap<String, Vec<(&Actor, &KnownName, Span)>> = HashMap::new();
    // The name an actor is declared by is one of its names in the records.
    let own: Vec<KnownName> = page.agreement.actors.iter().map(declared).collect();
    for (actor, name) in page.agreement.actors.iter().zip(&own) {
        if let Some(entry) = page.declaration(&actor.name) {
            claims.entry(name.text.to_lowercase()).or_default().push((actor, name, entry.head_span()));
        }
    }
    for actor in &page.agreement.actors {
        let Some(entry) = page.declaration(&actor.name) else {
            continue;
        };
        let clauses =
            entry.clauses.iter().filter(|c| matches!(c.words.as_str(), "known as" | "includes" | "may include"));
        for (name, clause) in actor.names.iter().zip(clauses) {
            let token = clause.node.descendants().find_map(|n| n.token(K::Text));
            let at = token.map_or_else(
                || clause.node.span(),
                |token| {
                    let range = token.text_range();
                    usize::from(range.start())..usize::from(range.end())
                },
            );
            let all = claims.entry(name.text.to_lowercase()).or_default();
            if all.len() >= MOST_CLAIMS {
                continue;
            }
            let apart = |until: Option<jiff::Timestamp>, from: Option<jiff::Timestamp>| {
                until.zip(from).is_some_and(|(until, from)| until <= from)
            };
            let rival = all.iter().find(|(other, theirs, _)| {
                let overlap = !apart(theirs.until, name.from) && !apart(name.until, theirs.from);
                // Two that may be meant are told apart by nobody; two that are
                // meant for certain are an error.
                let certain = theirs.certainty == Certainty::Certain || name.certainty == Certainty::Certain;
                other.name != actor.name && overlap && certain
            });
            if let Some((other, theirs, there)) = rival {
                let theirs_for_certain = theirs.certainty == Certainty::Certain;
                let (sure, perhaps) = if theirs_for_certain { (*other, actor) } else { (actor, *other) };
                out.push(
                    Diagnostic::warning(
                        Code("L023"),
                        at.clone(),
                        format!(
                            "\"{}\" means {}, and in the same days may mean {}",
                            name.text, sure.name, perhaps.name
                        ),
                        format!("of {}", actor.name),
                    )
                    .related(there.clone(), format!("of {}", other.name))
                    .help("say from when to when it meant each, or write `part of` wherever it is not certain"),
                );
            }
            all.push((actor, name, at));
        }
    }
}
