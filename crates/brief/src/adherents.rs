//! Who had accepted, and who was on a list, as JSON.

use armistice_assess::Assessment;
use serde_json::{Value, json};

use crate::json::instant;
use crate::words::reading;

/// Every actor whose names hang on notices, under each reading.
pub(crate) fn adherents(assessment: &Assessment<'_>) -> Vec<Value> {
    let actors = &assessment.checked.agreement().actors;
    let each = assessment.adherents.iter().map(|one| {
        json!({
            "actor": actors.get(one.actor).map(|actor| actor.name.as_str()),
            "reading": reading(assessment.checked, &one.answers),
            "names": one.names.iter().map(|name| json!({
                "name": name.name,
                "of_the_text": name.of_the_text,
                "on_record": name.by,
                "stretches": name.stretches.iter().map(|(from, until, counts)| json!({
                    "from": instant(assessment, *from),
                    "until": instant(assessment, *until),
                    "counts": counts.word(),
                })).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
        })
    });
    each.collect()
}
