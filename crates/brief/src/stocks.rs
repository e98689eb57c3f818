//! Inventories, as JSON.

use armistice_assess::{Assessment, Between, ItemAccount, StockAccount, Whereabouts};
use armistice_terms::Inventory;
use serde_json::{Value, json};

use crate::json::instant;
use crate::words::reading;

/// Every inventory, under each reading.
pub(crate) fn stocks(assessment: &Assessment<'_>) -> Vec<Value> {
    let checked = assessment.checked;
    let stocks = checked.agreement().inventories.iter().zip(&assessment.stocks).enumerate();
    let each = stocks.map(|(number, (stock, accounts))| {
        let under = |account: &StockAccount| -> Option<&Inventory> {
            let agrees = |(question, answer): &(usize, usize), answers: &[usize]| answers.get(*question) == Some(answer);
            let found = checked.readings.iter().find(|r| account.answers.iter().all(|one| agrees(one, &r.answers)));
            found.and_then(|r| r.agreement.inventories.get(number))
        };
        json!({
            "inventory": stock.name,
            "readings": accounts.iter().map(|account| json!({
                "reading": reading(checked, &account.answers),
                "items": under(account).iter().flat_map(|stock| &stock.items).zip(&account.items).map(|(holding, told)| {
                    json!({
                        "declared": holding.number,
                        "of": holding.what.words,
                        "told": item(assessment, told),
                    })
                }).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
        })
    });
    each.collect()
}

fn item(assessment: &Assessment<'_>, told: &ItemAccount) -> Value {
    let between = |number: Between| json!({ "least": number.least, "most": number.most });
    let seen = Whereabouts::ALL.iter().zip(&told.seen).filter(|(_, seen)| !seen.by.is_empty());
    json!({
        "verified": told.verified.word(),
        "counted": told.counted.as_ref().map(|count| json!({
            "from": instant(assessment, count.from),
            "until": instant(assessment, count.until),
            "number": between(count.number),
            "missing": between(count.missing),
            "by": count.by,
        })),
        "seen": seen.map(|(at, seen)| json!({
            "where": at.word(),
            "at_least_at_once": seen.most,
            "by": seen.by,
        })).collect::<Vec<_>>(),
        "refused": told.refused,
    })
}
