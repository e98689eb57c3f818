//! Inventories: what was counted of what was declared, what was missing, and
//! where anything of it was seen.

use armistice_assess::{ItemAccount, StockCount, Verified, Whereabouts, plural};
use armistice_terms::Holding;

use super::exchanges::between;
use super::{LISTED, labelled, push, section};
use crate::Report;
use crate::words::{local, reading_phrase};

/// Every inventory, under each reading.
pub(super) fn stocks(report: &Report<'_>, out: &mut String) {
    let checked = report.assessment.checked;
    if !checked.agreement().inventories.iter().any(|stock| !stock.items.is_empty()) {
        return;
    }
    section(out, "Inventories");
    for (number, accounts) in report.assessment.stocks.iter().enumerate() {
        for (nth, account) in accounts.iter().enumerate() {
            let reading = checked
                .readings
                .iter()
                .find(|r| account.answers.iter().all(|(question, answer)| r.answers.get(*question) == Some(answer)));
            let Some(stock) = reading.and_then(|r| r.agreement.inventories.get(number)) else {
                continue;
            };
            if nth == 0 {
                push(out, &stock.name);
            }
            if accounts.len() > 1 {
                let phrase = reading_phrase(checked, std::slice::from_ref(&account.answers));
                labelled(out, "  ", 2, &format!("as {phrase} has it:"));
            }
            for (holding, item) in stock.items.iter().zip(&account.items) {
                one(report, holding, item, out);
            }
        }
    }
    let modest = "None of this is a finding. Numbers are never added; what was seen outside storage may never have \
                  been declared, what was counted may be other than what was, and what was missing may be anywhere.";
    labelled(out, "  ", 2, modest);
}

fn one(report: &Report<'_>, holding: &Holding, item: &ItemAccount, out: &mut String) {
    labelled(out, "  ", 2, &format!("{} {} declared", holding.number, holding.what.words));
    match &item.counted {
        Some(count) => {
            let found = format!("{}; {}", counted(report, count), missing(item.verified, count));
            labelled(out, "    counted   ", 14, &found);
            let until = report.assessment.window.1;
            if count.until < until {
                let since = local(report.assessment.checked, count.until);
                labelled(out, "    verified  ", 14, &format!("not since {since}"));
            }
        }
        None => labelled(out, "    verified  ", 14, "not at all: no count of all of it is on record"),
    }
    if !item.refused.is_empty() {
        let which = format!("access was limited or denied to those who would have: {}", listed(&item.refused));
        labelled(out, "    refused   ", 14, &which);
    }
    for (at, seen) in Whereabouts::ALL.iter().zip(&item.seen).filter(|(_, seen)| !seen.by.is_empty()) {
        let records = plural(seen.by.len() as u64, "record", "records");
        let line = format!("{}: at least {} at once, in {records}: {}", at.word(), seen.most, listed(&seen.by));
        labelled(out, "    seen      ", 14, &line);
    }
}

fn counted(report: &Report<'_>, count: &StockCount) -> String {
    let checked = report.assessment.checked;
    let (from, until) = (local(checked, count.from), local(checked, count.until));
    let unsure = if count.by.len() > 1 { ", of which nobody knows the last" } else { "" };
    format!("{} from {from} to {until}, by {}{unsure}", between(count.number), listed(&count.by))
}

fn missing(verified: Verified, count: &StockCount) -> String {
    match verified {
        Verified::AllThere => "none missing".to_owned(),
        Verified::Missing => format!("{} missing", between(count.missing)),
        Verified::CannotTell | Verified::NotVerified => {
            format!("cannot tell whether any were missing: {}", between(count.missing))
        }
    }
}

/// The first of some records, and how many more there are.
fn listed(ids: &[String]) -> String {
    let named: Vec<&str> = ids.iter().take(LISTED).map(String::as_str).collect();
    match ids.len().saturating_sub(LISTED) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
