//! What became of records, in words.

use armistice_assess::{Became, Changed, Field};
use armistice_records::{Message, Place, Quantity, Record, Votes};

use super::{Version, versions};
use crate::Report;
use crate::words::{days, local};

/// `withdrawn: …`, `revised: begins … → …`, `new: …`.
pub(super) fn became(report: &Report<'_>, changed: &Changed) -> String {
    let (was, is) = versions(report, changed);
    match &changed.became {
        Became::New => format!("new: {}", is.map_or_else(String::new, |v| gist(report, &v))),
        Became::Withdrawn(by) => {
            let why = by.as_ref().map_or_else(String::new, |by| match &by.note {
                Some(note) => format!("; {note}"),
                None => format!("; taken back by {}, {}", by.id, by.origin),
            });
            format!("withdrawn: {}{why}", was.map_or_else(String::new, |v| gist(report, &v)))
        }
        Became::Revised(fields) => {
            let Some((was, is)) = was.zip(is) else {
                return "revised".to_owned();
            };
            // The source's sentence is long, and seldom what matters.
            let told = fields.iter().map(|field| match field {
                Field::Note => "note reads otherwise".to_owned(),
                field => {
                    let (then, now) = (value(report, *field, &was), value(report, *field, &is));
                    format!("{} {then} → {now}", field.word())
                }
            });
            format!("revised: {}", told.collect::<Vec<_>>().join("; "))
        }
    }
}

/// `2015-02-16, Debaltseve town, Government of Ukraine – DPR, killed 5 [5–5]`.
fn gist(report: &Report<'_>, Version { record, when }: &Version) -> String {
    let when = days(report.assessment.checked, when.0, when.1);
    let place = record.place_name.as_ref().or(record.admin1.as_ref()).map(|p| format!(", {p}")).unwrap_or_default();
    let sides = match (record.side_a.as_slice(), record.side_b.as_slice()) {
        ([], []) => String::new(),
        (a, []) => format!(", {}", a.join(", ")),
        (a, b) => format!(", {} – {}", a.join(", "), b.join(", ")),
    };
    let killed = record.deaths.map(|d| format!(", killed {} [{}–{}]", d.best, d.low, d.high)).unwrap_or_default();
    let says = record.message.as_ref().map(|m| format!(", {}", m.effect)).unwrap_or_default();
    format!("{when}{place}{sides}{says}{killed}")
}

/// What a version says under a heading.
pub(super) fn value(report: &Report<'_>, field: Field, Version { record, when }: &Version) -> String {
    let nothing = || "not said".to_owned();
    let text = |text: &Option<String>| text.clone().unwrap_or_else(nothing);
    let names = |names: &[String]| if names.is_empty() { nothing() } else { names.join(", ") };
    let number = |number: Option<u32>| number.map_or_else(nothing, |n| n.to_string());
    match field {
        Field::Begins => edge(report, when.0, when.0),
        Field::Ends => edge(report, when.1, when.1 - 1),
        Field::GoodTo => record.time_precision.to_string(),
        Field::Place => place(&record.place),
        Field::PlaceName => text(&record.place_name),
        Field::Unit => text(&record.admin1),
        Field::Country => text(&record.country),
        Field::SideA => names(&record.side_a),
        Field::SideB => names(&record.side_b),
        Field::Direction => record.direction.to_string(),
        Field::Act => record.act.to_string(),
        Field::Weapons => names(&record.weapons),
        Field::Low => number(record.deaths.map(|d| d.low)),
        Field::Best => number(record.deaths.map(|d| d.best)),
        Field::High => number(record.deaths.map(|d| d.high)),
        Field::Civilians => number(record.civilian_deaths),
        Field::Quantity => record.quantity.as_ref().map_or_else(nothing, quantity),
        Field::Height => record.height.map_or_else(nothing, |(from, to)| format!("{from} to {to}")),
        Field::Clarity => record.clarity.to_string(),
        Field::Sources => number(record.sources),
        Field::Reliability => record.reliability.map_or_else(nothing, |r| r.to_string()),
        Field::Credibility => record.credibility.map_or_else(nothing, |c| c.to_string()),
        Field::Origins => names(&record.independence_groups),
        Field::Event => text(&record.event),
        Field::Kind => record.kind.to_string(),
        Field::Message => record.message.as_ref().map_or_else(nothing, |m| message(m, record)),
        Field::Note => text(&record.note),
    }
}

/// A day, where an interval begins or ends with one; else the hour. `within` is
/// the second of it that is still part of what happened.
fn edge(report: &Report<'_>, at: i64, within: i64) -> String {
    let checked = report.assessment.checked;
    let shown = local(checked, at);
    if shown.ends_with(" 00:00") { days(checked, within, within + 1) } else { shown }
}

fn place(place: &Place) -> String {
    match place {
        Place::Point { at, radius } => format!("{at} within {}", radius.radius()),
        Place::Sector { observer, bearing, range } => {
            format!("from {observer}, {:.0}° to {:.0}°, {} to {}", bearing.0, bearing.1, range.0, range.1)
        }
        Place::Area { name, level, .. } => format!("somewhere in {name} ({level})"),
        Place::Unknown => "not said".to_owned(),
    }
}

fn quantity(quantity: &Quantity) -> String {
    let Quantity { number: n, of } = quantity;
    format!("{} [{}–{}] {}", n.best, n.low, n.high, of.as_deref().unwrap_or_default()).trim_end().to_owned()
}

fn message(message: &Message, record: &Record) -> String {
    let by = if record.side_a.is_empty() { String::new() } else { format!(" by {}", record.side_a.join(", ")) };
    let about = if message.subject.is_empty() { String::new() } else { format!(" of {}", message.subject.join(", ")) };
    let until = message.until.map(|u| format!(" until {u}")).unwrap_or_default();
    let count = message.count.map(|c| format!(" {} [{}–{}]", c.best, c.low, c.high)).unwrap_or_default();
    let Votes { in_favour, opposed, absent } = &message.votes;
    let votes = [("in favour", in_favour), ("opposed", opposed), ("absent", absent)];
    let voted = votes.into_iter().filter(|(_, names)| !names.is_empty());
    let voted: String = voted.map(|(how, names)| format!("; {how}: {}", names.join(", "))).collect();
    format!("{}{by}{about}{until}{count}{voted}", message.effect)
}
