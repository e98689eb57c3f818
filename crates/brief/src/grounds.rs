//! On what a standing or a gate rests, told so that it can be checked at a
//! table: the fewest records, and what would settle the rest.

use armistice_assess::{Answer, Dimension, Examiner, ForAssessment, Grounds, Question, Wanting, plural};
use armistice_records::{Place, Record, When};
use serde_json::{Value, json};

use crate::json::pretty;
use crate::text::bears;
use crate::words::{harmless, party, reading, reading_phrase, utc, wrap};

const WIDTH: usize = 100;

/// An answer under some readings that agree on it, and its grounds.
struct Told {
    who: String,
    word: &'static str,
    because: String,
    readings: Vec<Vec<(usize, usize)>>,
    grounds: Grounds,
    /// What those should have before them who judge what only people can.
    bears: Option<ForAssessment>,
}

/// Every answer that an id stands for, alike readings together; `None` if the
/// id stands for nothing.
fn told(examiner: &Examiner<'_, '_>, id: &str) -> Option<Vec<Told>> {
    let assessment = examiner.assessment();
    let questions = Question::named(assessment, id);
    let mut all: Vec<Told> = Vec::new();
    for question in &questions {
        let Some(grounds) = examiner.grounds(question) else {
            continue;
        };
        let mut bears = None;
        let (who, word, because, answers) = match question {
            Question::Standing { provision, party: whose, variant } => {
                let rows = assessment.standings.get(*provision).map(|s| s.rows.as_slice()).unwrap_or_default();
                // One bound party: the whole and the party are the same thing.
                if whose.is_none() && rows.len() == 2 {
                    continue;
                }
                let row = rows.iter().find(|row| row.party == *whose);
                let held = row.and_then(|row| row.readings.iter().find(|held| held.variant == *variant));
                let (Some(held), Some(judged)) = (held, assessment.variants.get(*variant)) else {
                    continue;
                };
                bears = assessment.for_people.iter().find(|f| f.variant == *variant).cloned();
                let who = party(assessment, *whose).to_owned();
                (who, held.standing.word(), held.because.clone(), judged.answers.clone())
            }
            Question::Gate { gate, answers } => {
                let clock = assessment.gates.get(*gate).and_then(|g| g.iter().find(|c| c.answers == *answers));
                let Some(clock) = clock else {
                    continue;
                };
                ("the gate".to_owned(), clock.state.word(), String::new(), answers.clone())
            }
        };
        match all.iter_mut().find(|t| t.who == who && t.because == because && t.grounds == grounds && t.bears == bears)
        {
            Some(same) => same.readings.push(answers),
            None => all.push(Told { who, word, because, readings: vec![answers], grounds, bears }),
        }
    }
    (!questions.is_empty()).then_some(all)
}

/// On what an answer rests, as text; `None` if the id stands for nothing.
#[must_use]
pub fn grounds_text(examiner: &Examiner<'_, '_>, id: &str) -> Option<String> {
    let told = told(examiner, id)?;
    let checked = examiner.assessment().checked;
    let mut out = format!("{id}\n{}\n", "=".repeat(id.chars().count()));
    let agreement = checked.agreement();
    let clause = id.split('/').next().unwrap_or(id);
    if let Some((_, provision)) = agreement.provision(clause) {
        out += &format!("{}\n", wrap(&format!("{} (line {})", provision.words, provision.citation.line), WIDTH, ""));
    }
    for answer in &told {
        // Where every reading has it so, none needs naming.
        let alone = told.iter().filter(|other| other.who == answer.who).count() == 1;
        let phrase = if alone { String::new() } else { reading_phrase(checked, &answer.readings) };
        let as_read = if phrase.is_empty() { String::new() } else { format!(", as {phrase} has it") };
        let because = if answer.because.is_empty() { String::new() } else { format!(": {}", answer.because) };
        out += &format!("\n{}\n", wrap(&format!("{}{as_read}", answer.who), WIDTH, ""));
        line(&mut out, "  ", &format!("{}{because}", answer.word));
        let Grounds { cited, wanting, taken_back, .. } = &answer.grounds;
        if let Some(on) = &answer.bears {
            line(&mut out, "  ", &format!("bear on it: {}", bears(on)));
        } else if cited.is_empty() {
            line(&mut out, "  ", "rests on no record: without any, the answer is the same");
        } else {
            let these = match cited.len() {
                1 => "rests on this record, which gives the answer by itself:",
                _ => "rests on these records, which give the answer by themselves; none of them can be spared:",
            };
            line(&mut out, "  ", these);
            for id in cited {
                let text = examiner.record(id).map(described).unwrap_or_default();
                line(&mut out, "    ", &format!("{id}: {text}"));
            }
        }
        for back in taken_back {
            let text =
                format!("{} would bear on it, and was taken back on {} ({})", back.record, utc(back.known), back.by);
            line(&mut out, "  ", &text);
        }
        if !wanting.is_empty() {
            line(&mut out, "  ", "to settle it:");
            for wanting in wanting {
                line(&mut out, "    ", &format!("- {}", wanted(wanting)));
            }
        }
    }
    Some(harmless(&out))
}

/// The same as JSON; `None` if the id stands for nothing.
#[must_use]
pub fn grounds_json(examiner: &Examiner<'_, '_>, id: &str) -> Option<String> {
    let checked = examiner.assessment().checked;
    let each = told(examiner, id)?.into_iter().map(|answer| {
        let rule = match &answer.grounds.answer {
            Answer::Standing(ground) => Value::from(*ground as u8),
            Answer::Gate(_) => Value::Null,
        };
        json!({
            "of": answer.who,
            "readings": answer.readings.iter().map(|answers| reading(checked, answers)).collect::<Vec<_>>(),
            "answer": answer.word,
            "rule": rule,
            "because": answer.because,
            "cited": answer.grounds.cited.iter().map(|id| json!({
                "record": id,
                "says": examiner.record(id).map(described),
                "sha256": examiner.record(id).map(|r| r.origin.sha256.iter().map(|b| format!("{b:02x}")).collect::<String>()),
            })).collect::<Vec<_>>(),
            "bears_on_it": answer.bears.as_ref().map(|on| json!({
                "records": on.records, "first": on.first, "notices": on.notices,
            })),
            "taken_back": answer.grounds.taken_back.iter().map(|back| json!({
                "record": back.record, "by": back.by, "known": utc(back.known),
            })).collect::<Vec<_>>(),
            "would_settle": answer.grounds.wanting.iter().map(|w| json!({
                "point": w.point.map(Dimension::word), "what": w.what, "records": w.records, "such_as": w.such_as,
            })).collect::<Vec<_>>(),
        })
    });
    Some(pretty(&json!({ "id": id, "answers": each.collect::<Vec<_>>() })))
}

fn line(out: &mut String, indent: &str, text: &str) {
    let body = wrap(text, WIDTH - indent.len(), "");
    let hanging = if text.starts_with("- ") { "  " } else { "" };
    for (number, line) in body.lines().enumerate() {
        let hang = if number == 0 { "" } else { hanging };
        out.push_str(&format!("{indent}{hang}{line}\n"));
    }
}

fn wanted(wanting: &Wanting) -> String {
    let Wanting { what, records, .. } = wanting;
    match (wanting.point, &wanting.such_as) {
        (Some(point), Some(record)) => {
            format!("{what} ({}, of {}; such as {record})", point.word(), plural(*records, "record", "records"))
        }
        _ => what.clone(),
    }
}

/// A record in a phrase: what, when, where, who.
fn described(record: &Record) -> String {
    let when = match record.happened {
        When::Utc { from, .. } => utc(from.as_second()),
        When::Local { from, until } if from.time() == until.time() => from.date().to_string(),
        When::Local { from, .. } => from.strftime("%Y-%m-%d %H:%M").to_string(),
    };
    let by = record.side_a.join(", ");
    let what = match &record.message {
        Some(message) => {
            let until = message.until.map(|at| format!(" until {}", utc(at.as_second()))).unwrap_or_default();
            let subject =
                if message.subject.is_empty() { String::new() } else { format!(" ({})", message.subject.join(", ")) };
            format!("{}: {}{until}{subject}", record.kind, message.effect)
        }
        None => format!("{}: {}", record.kind, record.act),
    };
    let sides = match (by.is_empty(), record.side_b.is_empty()) {
        (true, _) => String::new(),
        (false, true) => format!(", by {by}"),
        (false, false) => format!(", {by} – {}", record.side_b.join(", ")),
    };
    let named = record.place_name.clone().or_else(|| match &record.place {
        Place::Area { name, .. } => Some(name.clone()),
        _ => None,
    });
    let place = named.map(|name| format!(", {name}")).unwrap_or_default();
    let Record { origin, .. } = record;
    format!("{what}, {when}{place}{sides} [{} line {}]", origin.file, origin.line)
}
