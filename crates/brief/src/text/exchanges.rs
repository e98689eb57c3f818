//! Exchanges: what each side released, and what it still owes.

use armistice_assess::{Account, Between, ExchangeTold, Settled, Truth};
use armistice_terms::{Agreement, Exchange};

use super::{labelled, push, section};
use crate::Report;
use crate::words::{local, reading_phrase};

/// Every exchange, under each reading.
pub(super) fn exchanges(report: &Report<'_>, out: &mut String) {
    let checked = report.assessment.checked;
    if checked.agreement().exchanges.is_empty() {
        return;
    }
    section(out, "Exchanges");
    for (number, accounts) in report.assessment.exchanges.iter().enumerate() {
        for (nth, account) in accounts.iter().enumerate() {
            let reading = checked
                .readings
                .iter()
                .find(|r| account.answers.iter().all(|(question, answer)| r.answers.get(*question) == Some(answer)));
            let Some((agreement, exchange)) =
                reading.and_then(|r| Some((&r.agreement, r.agreement.exchanges.get(number)?)))
            else {
                continue;
            };
            if nth == 0 {
                push(out, &format!("{} {} (line {})", exchange.name, exchange.words, exchange.citation.line));
            }
            if accounts.len() > 1 {
                let phrase = reading_phrase(checked, std::slice::from_ref(&account.answers));
                labelled(out, "  ", 2, &format!("as {phrase} has it:"));
            }
            match (&account.told, &exchange.not_evaluable) {
                (Some(told), _) => one(report, (agreement, exchange), told, out),
                (None, Some(why)) => labelled(out, "    not evaluable  ", 19, &why.to_string()),
                (None, None) => {}
            }
        }
    }
}

fn one(report: &Report<'_>, (agreement, exchange): (&Agreement, &Exchange), told: &ExchangeTold, out: &mut String) {
    let checked = report.assessment.checked;
    let who = |side: usize| {
        let share = exchange.shares.as_ref().and_then(|shares| shares.get(side));
        share.map(|share| (agreement.names_of(share.by), share.what.words.as_str())).unwrap_or_default()
    };
    if let Some(account) = &told.at_deadline {
        let label = format!("at the deadline, {}:", local(checked, account.from));
        labelled(out, "    ", 4, &label);
        sides(account, &who, out);
        for (side, settled) in told.settled.iter().enumerate() {
            labelled(out, "      ", 6, &format!("{}: {}", who(side).0, became(*settled)));
        }
    }
    let last = &told.last;
    let when = if last.from == last.until {
        format!("by {}, with nothing counted:", local(checked, last.from))
    } else {
        format!("as last counted, {} to {}:", local(checked, last.from), local(checked, last.until))
    };
    labelled(out, "    ", 4, &when);
    sides(last, &who, out);
    if told.at_deadline.is_none() {
        labelled(
            out,
            "      ",
            6,
            if told.settled.contains(&Settled::NotDue) { "not yet due" } else { "no deadline is set" },
        );
    }
    let led = told.led.map_or_else(
        || "the records do not tell who released first".to_owned(),
        |side| format!("on record, {} released first", who(side).0),
    );
    let order = match told.in_order {
        None => "",
        Some(Truth::True) => ", as the text has it",
        Some(Truth::False) => ", and the text has it the other way round",
        Some(Truth::Unknown) => ", and the text names who is first",
    };
    labelled(out, "    order  ", 11, &format!("{led}{order}"));
    if !told.by.is_empty() {
        labelled(out, "    on record  ", 15, &told.by.join(", "));
    }
}

fn sides<'w>(account: &Account, who: &impl Fn(usize) -> (String, &'w str), out: &mut String) {
    let each = account.released.iter().zip(&account.due).zip(&account.owed).enumerate();
    for (side, ((released, due), owed)) in each {
        let (by, what) = who(side);
        let line = format!(
            "{by}: {what} released {}, due {}, still owed {}",
            between(*released),
            between(*due),
            between(*owed)
        );
        labelled(out, "      ", 6, &line);
    }
}

/// `at least 3`, `3`, `3 to 5`.
pub(crate) fn between(number: Between) -> String {
    match number.most {
        None => format!("at least {}", number.least),
        Some(most) if most == number.least => most.to_string(),
        Some(most) if most < number.least => format!("{} by some records, {most} by others", number.least),
        Some(most) => format!("{} to {most}", number.least),
    }
}

const fn became(settled: Settled) -> &'static str {
    match settled {
        Settled::Done => "all that was due had been released",
        Settled::Short => "less had been released than was due",
        Settled::CannotTell => "cannot tell whether all that was due had been released",
        Settled::NotDue | Settled::NoDeadline => "not yet due",
    }
}
