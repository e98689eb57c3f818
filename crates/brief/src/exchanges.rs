//! Exchanges, as JSON.

use armistice_assess::{Account, Assessment, Between, ExchangeTold};
use serde_json::{Value, json};

use crate::json::instant;
use crate::words::reading;

/// Every exchange, under each reading.
pub(crate) fn exchanges(assessment: &Assessment<'_>) -> Vec<Value> {
    let exchanges = assessment.checked.agreement().exchanges.iter().zip(&assessment.exchanges);
    let each = exchanges.map(|(exchange, accounts)| {
        json!({
            "exchange": exchange.name,
            "line": exchange.citation.line,
            "readings": accounts.iter().map(|account| json!({
                "reading": reading(assessment.checked, &account.answers),
                "told": account.told.as_ref().map(|told| told_of(assessment, told)),
            })).collect::<Vec<_>>(),
        })
    });
    each.collect()
}

fn told_of(assessment: &Assessment<'_>, told: &ExchangeTold) -> Value {
    json!({
        "at_deadline": told.at_deadline.as_ref().map(|of| account(assessment, of)),
        "last": account(assessment, &told.last),
        "settled": told.settled.map(|settled| settled.word()),
        "led": told.led,
        "in_order": told.in_order.map(|truth| truth.word()),
        "on_record": told.by,
    })
}

fn account(assessment: &Assessment<'_>, account: &Account) -> Value {
    let pair = |pair: [Between; 2]| pair.map(|number| json!({ "least": number.least, "most": number.most }));
    json!({
        "from": instant(assessment, account.from),
        "until": instant(assessment, account.until),
        "released": pair(account.released),
        "due": pair(account.due),
        "owed": pair(account.owed),
    })
}
