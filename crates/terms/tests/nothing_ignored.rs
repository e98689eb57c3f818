//! Whatever can be written changes what is understood, or is refused.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

mod net;

use armistice_syntax::{CLAUSES, ClauseForm, Operand, PLACE_CLAUSES, STATEMENTS, StatementForm};
use armistice_terms::Checked;

use net::{HEAD, check, understood};

/// Two ways to fill an operand, each unlike the other.
fn samples(operand: Operand) -> [&'static str; 2] {
    match operand {
        Operand::Text | Operand::OptionalText => ["\"one\"", "\"another\""],
        Operand::Names => ["North", "South"],
        Operand::Clauses => ["1", "1-2"],
        Operand::Instant => ["2020-01-03 10:00", "2020-01-04 11:00"],
        Operand::Duration => ["2 days", "3 days"],
        Operand::Distance => ["2 km", "4 km"],
        Operand::Hours => ["06:00 to 18:00", "07:00 to 18:00"],
        Operand::TimeOfDay => ["01:00", "02:00"],
        Operand::Zone => ["Asia/Damascus", "UTC"],
        Operand::KnownName => ["\"one\"", "part of \"one\""],
        Operand::Number => ["2", "3"],
        Operand::Calibre => ["100 mm", "12 cm"],
        Operand::Percent => ["80 %", "90 %"],
        Operand::OneOf(words) => [words[0], words[1]],
        Operand::DurationOf => ["2 days of D", "3 days of D"],
        Operand::DistanceOf => ["500 m of Road", "900 m of Road"],
        Operand::NamesText => ["North \"p.geojson#road\"", "South \"p.geojson#road\""],
        Operand::ClausesWithin => ["1 within 2 hours", "1 within 3 hours"],
        Operand::ClausesKept => ["1 is kept", "1-2 is kept"],
        Operand::Coordinates => ["32.5 N 15.1 E", "32.5 S 15.1 W"],
        Operand::DoneBy => ["1 is completed by D", "1 is completed by D + 1 days"],
        Operand::NotKept => ["1 is not kept", "1-2 is not kept"],
        Operand::KeptFor => ["1 is kept for 2 consecutive days", "1 is kept for 3 consecutive days"],
        Operand::Tolerated => ["1 breach a day", "2 breaches a day"],
        Operand::BreachesIn => ["2 breaches in any 7 days", "3 breaches in any 7 days"],
        Operand::Breaches | Operand::BreachesOrDecision => ["breaches of North", "any breach"],
        Operand::Source => ["\"one\"", "\"another\""],
        Operand::RecordedBy => ["\"words\" recorded by North", "\"words\" recorded by South"],
        Operand::Anything => ["North", "South"],
        other => panic!("no clause has {other:?}"),
    }
}

/// Statements to hang clauses on: the smallest of each kind.
fn hosts() -> Vec<(&'static str, String)> {
    let bare = |lead: &'static str| {
        let text = match lead {
            "agreement" => return None,
            "instrument" => "instrument Other \"o\"",
            "party" | "guarantor" | "excluded" | "outsider" | "monitor" | "body" => {
                return Some((lead, format!("{lead} New")));
            }
            "line" | "area" | "point" | "corridor" | "gate" | "phase" | "inventory" | "term" => {
                return Some((lead, format!("{lead} New")));
            }
            "system" => "system \"D-30\" is artillery",
            "exchange" => "exchange 30 detainees for each hostage",
            _ => return None,
        };
        Some((lead, text.to_owned()))
    };
    let mut hosts: Vec<_> = STATEMENTS.iter().filter_map(|form| bare(form.lead)).collect();
    hosts.push((
        "position",
        "moment E is [2020-02-01: \"one\" | 2020-03-01: \"another\"]\nposition North \"so\"".to_owned(),
    ));
    hosts.push(("approval", "approval North\n  pending since 2020-01-01".to_owned()));
    hosts.push(("attack", "North and South must not attack each other".to_owned()));
    hosts.push(("withdraw", "North must withdraw tanks out of Zone".to_owned()));
    hosts.push(("keep", "South must keep tanks at least 5 km from Road".to_owned()));
    hosts.push(("unevaluated", "North must allow aid".to_owned()));
    hosts
}

/// What each clause of each host is tried with: two ways to fill it.
fn fillings(form: &ClauseForm, lead: &str, place: bool) -> Option<[&'static str; 2]> {
    let ClauseForm { words, operands } = form;
    // Prepositions of places go on with an act that nothing evaluates.
    if lead == "unevaluated" && ["along", "between", "without", "on the", "deeper by", "as held on"].contains(words) {
        return None;
    }
    Some(match (*words, place) {
        ("from", true) => ["\"p.geojson#road\"", "\"p.geojson#zone\""],
        ("within", true) => samples(Operand::DistanceOf),
        ("for", true) => samples(Operand::NamesText),
        ("between", true) => ["1 km and 2 km of Road", "1 km and 3 km of Road"],
        ("on the", true) => ["north side of Road", "south side of Road"],
        ("deeper by", true) => ["1 km at 2 points", "1 km at 3 points"],
        // In part or not, it is possible and no more.
        ("may include", _) => ["\"one\"", "\"another\""],
        ("in" | "through" | "along" | "without", _) => ["Zone", "Road"],
        _ => operands.first().copied().map_or(["", ""], samples),
    })
}

#[test]
fn every_clause_counts_and_so_does_what_it_says() {
    let mut counted = 0;
    let mut passed_over: Vec<String> = Vec::new();
    for (lead, host) in hosts() {
        let place = matches!(lead, "line" | "area" | "point" | "corridor");
        for form in PLACE_CLAUSES.iter().filter(|form| place && form.words == "at").chain(CLAUSES) {
            let words = form.words;
            let Some(fillings) = fillings(form, lead, place) else {
                continue;
            };
            let before = match words {
                "renewed by" => "  for 2 days\n",
                "owed by" => "  owed to Watch\n",
                "owed to" => "  owed by Watch\n",
                "first by" => "  owed by North\n  owed to South\n",
                _ => "",
            };
            let of = |clauses: &str| check(&format!("{HEAD}{host}\n{before}{clauses}"));
            let written = fillings.map(|filling| format!("  {words} {filling}\n"));
            let read = written.each_ref().map(|text| of(text));
            // What is refused is not passed over.
            if read.iter().any(Checked::has_errors) {
                continue;
            }
            counted += 1;
            let without = of("");
            let [one, other] = read.map(|checked| understood(&checked));
            if understood(&without) == one {
                passed_over.push(format!("`{words}` of {lead}"));
            } else if !form.operands.is_empty() && one == other {
                passed_over.push(format!("what `{words}` of {lead} says"));
            }
            // What is said a second time, and what goes on after what is read.
            let twice = of(&written.concat());
            if !twice.has_errors() && [&one, &other].contains(&&understood(&twice)) && one != other {
                passed_over.push(format!("`{words}` of {lead} said twice"));
            }
            for more in [" and South", " of sorts", " 3 km"] {
                let further = of(&format!("  {words} {}{more}\n", fillings[0]));
                if !further.has_errors() && understood(&further) == one {
                    passed_over.push(format!("`{words} {}{more}` of {lead}", fillings[0]));
                }
            }
        }
    }
    assert_eq!(passed_over, Vec::<String>::new(), "passed over without a word");
    assert!(counted > 150, "{counted} clauses tried");
}

#[test]
fn every_two_clauses_of_a_declaration_count_together() {
    let mut counted = 0;
    let mut passed_over: Vec<String> = Vec::new();
    for (lead, host) in hosts() {
        let place = matches!(lead, "line" | "area" | "point" | "corridor");
        let Some(statement) = StatementForm::of(lead) else {
            continue;
        };
        let of = |clauses: &str| {
            let read = check(&format!("{HEAD}{host}\n{clauses}"));
            (!read.has_errors()).then(|| understood(&read))
        };
        let written = statement.clauses.iter().filter_map(|words| {
            let [filling, _] = fillings(ClauseForm::of(words)?, lead, place)?;
            Some(format!("  {words} {filling}\n"))
        });
        let alone: Vec<(String, Option<String>)> = written.map(|clause| (clause.clone(), of(&clause))).collect();
        for (index, (one, first)) in alone.iter().enumerate() {
            for (other, second) in alone.iter().skip(index + 1) {
                let both = of(&format!("{one}{other}"));
                if both.is_none() {
                    continue;
                }
                counted += 1;
                if both == *first || both == *second {
                    passed_over.push(format!("{lead}: `{}`, `{}`", one.trim(), other.trim()));
                }
            }
        }
    }
    assert_eq!(passed_over, Vec::<String>::new(), "passed over without a word");
    assert!(counted > 100, "{counted} pairs tried");
}
