//! One finding taken apart: the clause, the record, and each point.

use armistice_assess::{Counting, Dimension, Explanation, Judgement, Truth, Variant, Verdict, plural};
use armistice_records::{Estimate, Place, Record};
use armistice_terms::Bound;
use serde_json::json;

use crate::json::{judgement as judgement_json, pretty};
use crate::words::{arithmetic, harmless, local, percent, reading_phrase, utc, wrap};

const WIDTH: usize = 100;

/// An explanation as text: clause and source text, record and original row,
/// then how each point was judged under each reading.
#[must_use]
pub fn explanation_text(explanation: &Explanation<'_>) -> String {
    let assessment = &explanation.assessment;
    let agreement = assessment.checked.agreement();
    let mut out = format!("{}\n{}\n", explanation.id, "=".repeat(explanation.id.chars().count()));
    if let Some(provision) = agreement.provisions.get(explanation.provision) {
        let citation = &provision.citation;
        out += "\nThe provision\n-------------\n";
        let instrument = provision.instrument.and_then(|index| agreement.instruments.get(index));
        let whose = instrument.map_or(&agreement.title, |instrument| &instrument.title);
        field(&mut out, "clause", &format!("{} {} of {whose}", provision.id, citation.title));
        if let Some(language) = instrument.and_then(|instrument| instrument.authentic.as_ref()) {
            field(&mut out, "authentic in", language);
        }
        let quoted =
            if citation.quoted.is_empty() { "none quoted; see the prose of the agreement" } else { &citation.quoted };
        field(&mut out, "source text", quoted);
        field(&mut out, "term", &format!("{} (line {})", provision.words, citation.line));
        if let Some(why) = provision.duty.not_evaluable() {
            field(&mut out, "judged", &format!("not evaluable, because {why}"));
        }
        if let Some(people) = provision.duty.for_people() {
            let text = format!("for human assessment: whether {} was kept, only people can judge", people.what);
            field(&mut out, "judged", &text);
        }
    }
    if !explanation.counted {
        out += "\nNOT COUNTED: the record was taken back, and enters no standing. What follows is what it would come to.\n";
    }
    out += "\nThe record\n----------\n";
    record(explanation, &mut out);
    for group in alike(explanation) {
        let Some((number, judgement)) = group.first() else {
            continue;
        };
        let answers = |(number, _): &(usize, &Judgement)| {
            assessment.variants.get(*number).map(|v| v.answers.clone()).unwrap_or_default()
        };
        let each: Vec<_> = group.iter().map(answers).collect();
        let phrase = reading_phrase(assessment.checked, &each);
        let title = if phrase.is_empty() || group.len() == explanation.judgements.len() {
            "The judgement".to_owned()
        } else {
            format!("As {phrase} has it")
        };
        let rule = "-".repeat(title.chars().count().min(WIDTH));
        out += &format!("\n{}\n{rule}\n", wrap(&title, WIDTH, ""));
        points(explanation, *number, judgement, &mut out);
    }
    if !explanation.in_period {
        out += &format!(
            "\nThe record lies outside the assessed period, {} to {}, and enters no standing.\n",
            local(assessment.checked, assessment.window.0),
            local(assessment.checked, assessment.window.1)
        );
    }
    harmless(&out)
}

/// The judgements, gathered where readings give the same one.
fn alike<'e>(explanation: &'e Explanation<'_>) -> Vec<Vec<(usize, &'e Judgement)>> {
    let mut groups: Vec<Vec<(usize, &Judgement)>> = Vec::new();
    for (number, judgement) in &explanation.judgements {
        match groups.iter_mut().find(|g| g.first().is_some_and(|(_, other)| *other == judgement)) {
            Some(group) => group.push((*number, judgement)),
            None => groups.push(vec![(*number, judgement)]),
        }
    }
    groups
}

fn field(out: &mut String, name: &str, text: &str) {
    let label = format!("{name:<13}");
    out.push_str(&label);
    out.push_str(&wrap(text, WIDTH - 13, "").replace('\n', "\n             "));
    out.push('\n');
}

fn record(explanation: &Explanation<'_>, out: &mut String) {
    let Record { side_a, side_b, deaths, origin, .. } = &explanation.record;
    let record = &explanation.record;
    let checked = explanation.assessment.checked;
    let (from, until) = explanation.when;
    field(out, "record", &format!("{} ({})", record.id, record.kind));
    let zone = &checked.agreement().clock.zone_name;
    field(
        out,
        "when",
        &format!(
            "from {} until before {} {zone}; {} to {}; good to: {}",
            local(checked, from),
            local(checked, until),
            utc(from),
            utc(until),
            record.time_precision
        ),
    );
    if explanation.within != explanation.when {
        let (from, until) = explanation.within;
        let within = format!("from {} until before {} {zone}", local(checked, from), local(checked, until));
        field(out, "judged as", &format!("{within}, since its dates are closer than they are good to"));
    }
    field(out, "where", &place(record));
    field(out, "who", &format!("{} – {} ({})", side_a.join(", "), side_b.join(", "), record.direction));
    field(out, "act", record.act.word());
    let weapons = if record.weapons.is_empty() { "none recorded".to_owned() } else { record.weapons.join(", ") };
    field(out, "weapons", &weapons);
    if let Some(quantity) = &record.quantity {
        let of = quantity.of.as_deref().unwrap_or("of the weapons named, all together");
        field(out, "how many", &format!("{} {of}", estimate(&quantity.number)));
    }
    if let Some((from, to)) = record.height {
        field(out, "how high", &format!("{from} to {to} above the ground"));
    }
    if let Some(deaths) = deaths {
        field(out, "killed", &format!("{} best [{}–{}]", deaths.best, deaths.low, deaths.high));
    }
    field(out, "graded", &graded(record));
    if let Some(note) = &record.note {
        field(out, "note", note);
    }
    let hash: String = origin.sha256.iter().map(|b| format!("{b:02x}")).collect();
    field(out, "read from", &format!("{}, {} line {}", origin.dataset, origin.file, origin.line));
    field(out, "sha-256", &hash);
    history(explanation, out);
    match &origin.row {
        // The row stands as it was; folding it would change it.
        Some(row) => out.push_str(&format!("original row {}\n", row)),
        None => field(out, "original row", "not kept in the file it was read from"),
    }
}

/// What became of the record, version by version.
fn history(explanation: &Explanation<'_>, out: &mut String) {
    let history = &explanation.history;
    if history.len() < 2 {
        return;
    }
    for (number, told) in history.iter().enumerate() {
        let known = told.known.map_or_else(|| "not said when".to_owned(), utc);
        let what = match (told.withdraws, number) {
            (true, _) => "taken back",
            (false, 0) => "first told",
            (false, _) => "told anew",
        };
        let label = if number == 0 { "history" } else { "" };
        let by = told.by.as_ref().map(|by| format!(" by {}", by.replace('|', ", "))).unwrap_or_default();
        let vain = if told.theirs { "" } else { "; another's record, so that it counts for nothing" };
        field(out, label, &format!("{known}: {what}{by}, {}{vain}", told.origin));
    }
}

/// `550 best [540–560]`.
fn estimate(of: &Estimate) -> String {
    format!("{} best [{}–{}]", of.best, of.low, of.high)
}

/// `Counted 540–560, at least 600 were due`.
fn counting(of: Counting) -> String {
    let counted = match of.high {
        Some(high) if high == of.low => format!("Counted {high}"),
        Some(high) => format!("Counted {}–{high}", of.low),
        None => format!("Told of {} or more", of.low),
    };
    match of.bound {
        Bound::AtLeast => format!("{counted}; at least {} were due", of.due),
        Bound::AtMost => format!("{counted}; at most {} were allowed", of.due),
    }
}

/// What the source says of its own worth.
fn graded(record: &Record) -> String {
    let reliability = record.reliability.map(|r| format!("reliability {r}"));
    let credibility = record.credibility.map(|c| format!("credibility {c}"));
    let sources = record.sources.map(|n| plural(u64::from(n), "source", "sources"));
    let groups = &record.independence_groups;
    let group = (!groups.is_empty()).then(|| format!("reported by {}", groups.join(" and ")));
    let graded = [Some(format!("clarity {}", record.clarity)), reliability, credibility, sources, group];
    graded.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn place(record: &Record) -> String {
    let named = record.place_name.as_deref().unwrap_or("no name given");
    let within = match &record.place {
        Place::Point { at, radius } => format!("{at}, within {} (95 %)", radius.radius()),
        Place::Sector { observer, bearing, range } => format!(
            "seen from {observer}, bearing {:.0}° to {:.0}°, {} to {} away",
            bearing.0, bearing.1, range.0, range.1
        ),
        Place::Area { name, level, .. } => format!("somewhere in {name} ({level})"),
        Place::Unknown => "not stated".to_owned(),
    };
    format!("{named}; {within}")
}

fn points(explanation: &Explanation<'_>, number: usize, judgement: &Judgement, out: &mut String) {
    let assessment = &explanation.assessment;
    let agreement = assessment.checked.agreement();
    let variant = assessment.variants.get(number);
    field(out, "verdict", judgement.verdict.word());
    if !judgement.candidates.is_empty() {
        let names = agreement.names_of(judgement.candidates);
        let by = if judgement.candidates.len() == 1 { names } else { format!("at least one of {names}") };
        let label = if judgement.verdict == Verdict::Breach { "by" } else { "concerns" };
        field(out, label, &by);
    }
    for dimension in Dimension::ALL {
        let point = judgement.point(dimension);
        let mut text = format!("{}: {}", point.truth.word(), point.reason.text());
        match dimension {
            Dimension::Source => text = format!("{}; {text}", judgement.rung.word()),
            Dimension::Act => {
                if let Some(counted) = judgement.counting {
                    text += &format!(". {}", counting(counted));
                }
            }
            Dimension::Actor => {
                for words in variant.into_iter().flat_map(|variant| adhered(explanation, variant)) {
                    text += &format!("; {words}");
                }
            }
            Dimension::Time => {
                if judgement.in_force > 0.0 && judgement.in_force < 1.0 {
                    text += &format!(". It bound for {} of the time reported", percent(judgement.in_force));
                }
                if let Some(line) = variant.and_then(|v| v.timeline.as_ref()) {
                    text += &format!(". It binds: {}", windows(explanation, line));
                }
            }
            Dimension::Place => {
                let zone = variant.and_then(|v| v.provision.duty.zone());
                if let Some(zone) = zone {
                    text += &format!(". Zone: {}, {} itself good to {}", zone.words, zone.place, zone.good_to.radius());
                }
                if let Some(numbers) = arithmetic(&judgement.placing, zone.is_some_and(|zone| zone.shape.is_joined())) {
                    text += &format!("; {numbers}");
                }
            }
            _ => {}
        }
        field(out, dimension.word(), &text);
    }
}

/// What is on record of who those named are, where that hangs on an acceptance or
/// a list.
fn adhered(explanation: &Explanation<'_>, variant: &Variant<'_>) -> Vec<String> {
    let Record { side_a, side_b, .. } = &explanation.record;
    let mut all = Vec::new();
    for name in side_a.iter().chain(side_b) {
        for told in variant.adherence.told(name, explanation.within) {
            let Some(actor) = variant.agreement.actors.get(told.actor) else {
                continue;
            };
            let by = told.by.join(", ");
            let whose = &actor.name;
            all.push(match told.counts {
                _ if by.is_empty() && actor.must_accept_by().is_some() => {
                    format!("no acceptance by “{name}” as {whose} is on record")
                }
                _ if by.is_empty() => continue,
                Truth::True => format!("“{name}” is of {whose} then, by {by}"),
                Truth::Unknown => format!("whether “{name}” is of {whose} then cannot be told, by {by}"),
                Truth::False => format!("“{name}” is not of {whose} then, by {by}"),
            });
        }
    }
    all
}

/// `yes from … until …; unknown from …`, in local time and UTC.
fn windows(explanation: &Explanation<'_>, line: &armistice_assess::Timeline) -> String {
    let checked = explanation.assessment.checked;
    let shown = |second: i64| format!("{} ({})", local(checked, second), utc(second));
    let each = line.stretches().into_iter().filter(|(from, until, ..)| until.is_none_or(|u| u > *from));
    let parts: Vec<String> = each
        .map(|(from, until, binds, _)| {
            let word = match binds {
                Truth::True => "yes",
                Truth::Unknown => "unknown",
                Truth::False => "no",
            };
            let end = until.map_or_else(|| " on".to_owned(), |u| format!(" until {}", shown(u)));
            format!("{word} from {}{end}", shown(from))
        })
        .collect();
    let decided = if line.decisions.is_empty() { String::new() } else { format!("; by {}", line.decisions.join(", ")) };
    parts.join("; ") + &decided
}

/// The same as JSON.
#[must_use]
pub fn explanation_json(explanation: &Explanation<'_>) -> String {
    let assessment = &explanation.assessment;
    let provision = assessment.checked.agreement().provisions.get(explanation.provision);
    let record = &explanation.record;
    let (from, until) = explanation.when;
    let hash: String = record.origin.sha256.iter().map(|b| format!("{b:02x}")).collect();
    pretty(&json!({
        "id": explanation.id,
        "provision": provision.map(|p| json!({
            "id": p.id,
            "title": p.citation.title,
            "source_text": &*p.citation.quoted,
            "term": p.words,
            "line": p.citation.line,
        })),
        "record": {
            "id": record.id,
            "kind": record.kind.word(),
            "happened": { "from": utc(from), "until": utc(until), "good_to": record.time_precision.word() },
            "place": place(record),
            "side_a": record.side_a,
            "side_b": record.side_b,
            "killed": record.deaths.map(|d| json!({ "low": d.low, "best": d.best, "high": d.high })),
            "note": record.note,
            "dataset": record.origin.dataset,
            "file": record.origin.file,
            "line": record.origin.line,
            "sha256": hash,
            "original_row": record.origin.row,
        },
        "in_period": explanation.in_period,
        "counted": explanation.counted,
        "history": explanation.history.iter().map(|told| json!({
            "known": told.known.map(utc),
            "withdraws": told.withdraws,
            "by": told.by.as_ref().map(|by| by.split('|').collect::<Vec<_>>()),
            "counts_as_their_own": told.theirs,
            "origin": told.origin,
        })).collect::<Vec<_>>(),
        "readings": explanation.judgements.iter()
            .map(|(number, j)| judgement_json(assessment, *number, j)).collect::<Vec<_>>(),
    }))
}
