//! Whatever an act says beside its verb, and whatever clauses stand together,
//! changes what is understood, or is refused: every verb, and every two clauses.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

mod net;

use armistice_syntax::{PROVISION, VERBS};
use armistice_terms::{Checked, Duty};

use net::{HEAD, check, understood};

const MORE: &str = "weapons Heavy are tanks and artillery\narea Other\n  within 5 km of Road\nbody Board\n  made of North and South\nphase One\n  from D for 10 days\ninstrument Second \"s\"\n  signed 2020-01-01\nclause 2 \"y\"\n";

/// What may stand after a verb, of every kind that the language reads there.
const OPERANDS: &[&str] = &[
    "tanks",
    "Heavy",
    "\"D-30\"",
    "personnel",
    "South",
    "civilians",
    "each other",
    "Zone",
    "into Zone",
    "aid",
    "children",
    "12 detainees",
    "at most 5 tanks",
    "at least 7 trucks a day",
    "out of Zone",
    "in Zone",
    "at least 5 km from Road",
    "to Zone",
    "30 % of Heavy",
];

fn of(act: &str, clauses: &str) -> Checked {
    check(&format!("{HEAD}{MORE}North must not fly\n  from D\nNorth {act}\n{clauses}"))
}

/// Where nothing is judged, what is not judged is shown as written.
fn judged(checked: &Checked) -> bool {
    let last = checked.agreement().provisions.last().unwrap();
    !matches!(last.duty, Duty::NotEvaluable(_))
}

#[test]
fn every_operand_of_every_verb_counts() {
    let mut passed_over: Vec<String> = Vec::new();
    let mut counted = 0;
    for (tried, verb) in VERBS.iter().enumerate() {
        for modal in ["must", "must not"] {
            let read = |operands: &str| {
                let read = of(&format!("{modal} {verb} {operands}"), "");
                (!read.has_errors() && judged(&read)).then(|| understood(&read))
            };
            let bare = read("");
            let alone: Vec<(&str, Option<String>)> =
                OPERANDS.iter().map(|operand| (*operand, read(operand))).filter(|(_, value)| value.is_some()).collect();
            for (one, first) in &alone {
                counted += 1;
                if *first == bare && !of_itself(one) {
                    passed_over.push(format!("`{modal} {verb} {one}`"));
                }
                for (index, second) in OPERANDS.iter().enumerate().filter(|(_, second)| second != &one) {
                    // By turns, since all would take minutes.
                    let link = match (index + tried) % 16 {
                        0 => " ",
                        1 => " and ",
                        2 => " with ",
                        _ => continue,
                    };
                    let both = read(&format!("{one}{link}{second}"));
                    if both.is_none() {
                        continue;
                    }
                    counted += 1;
                    let theirs = alone.iter().find(|(operand, _)| operand == second).map(|(_, value)| value);
                    let lost = (both == *first && !of_itself(second)) || (theirs == Some(&both) && !of_itself(one));
                    if lost {
                        passed_over.push(format!("`{modal} {verb} {one}{link}{second}`"));
                    }
                }
            }
        }
    }
    assert_eq!(passed_over, Vec::<String>::new(), "passed over without a word");
    assert!(counted > 1000, "{counted} acts tried");
}

/// What no act is without, so that to say it adds nothing.
fn of_itself(operand: &str) -> bool {
    operand == "personnel"
}

/// A clause of a provision, filled in two ways.
fn filled(words: &str) -> [String; 2] {
    let [one, other] = match words {
        "from" => ["D", "D + 1 days"],
        "until" => ["D + 30 days", "D + 31 days"],
        "for" => ["20 days", "21 days"],
        "by" => ["D + 9 days", "D + 8 days"],
        "before" => ["D + 7 days", "D + 6 days"],
        "within" => ["5 days of D", "500 m of Road"],
        "renewed by" => ["North", "South"],
        "renewed tacitly unless" => ["notice is given 2 days before", "notice is given 3 days before"],
        "while" => ["One continues", "the truce holds"],
        "during" => ["One", "One"],
        "except in self-defence" => ["\"only there\"", ""],
        "except against" => ["South", "North"],
        "except" => ["\"one\"", "\"another\""],
        "at the same time as" => ["1 within 2 hours", "1 within 3 hours"],
        "if" => ["1 is kept", "2 is kept"],
        "as far as" | "in place of" => ["1", "2"],
        "in exchange for" => ["1", "12 detainees"],
        "only after" => ["1", "the mechanism was tried"],
        "only with leave of" => ["Board", "Watch"],
        "only with notice to" => ["Watch 2 hours before", "South 3 hours before"],
        "verified by" | "certified by" | "reported to" => ["Watch", "South"],
        "under" => ["Second", "Second"],
        "every" => ["2 days", "3 days"],
        "in" | "through" => ["Zone", "Other"],
        "below" => ["500 m", "600 m"],
        "above" => ["100 m", "90 m"],
        "then" => ["the rest", "no more"],
        "cure within" => ["2 days", "3 days"],
        "severity" => ["isolated", "serious"],
        "consequence" => ["\"one\"", "\"another\""],
        "checked by" => ["events", "people"],
        "proven only by" => ["2 independent sources", "a monitor"],
        "standard of proof" => ["80 %", "90 %"],
        "with" => ["tanks", "artillery"],
        "persistent from" => ["2 breaches in any 3 days", "3 breaches in any 3 days"],
        "each day from" => ["09:00 to 13:00", "09:00 to 14:00"],
        other => panic!("no filling for `{other}`"),
    };
    [format!("  {words} {one}\n"), format!("  {words} {other}\n")]
}

#[test]
fn every_two_clauses_count_together() {
    let acts = [
        "must not use artillery",
        "must not move forces",
        "must keep tanks at least 5 km from Road",
        "must deliver 12 trucks",
        "must release all detainees",
    ];
    let mut passed_over: Vec<String> = Vec::new();
    let mut counted = 0;
    for act in acts {
        let read = |clauses: &str| {
            let read = of(act, clauses);
            (!read.has_errors() && judged(&read)).then(|| understood(&read))
        };
        let singles: Vec<(String, Option<String>)> =
            PROVISION.iter().map(|words| filled(words)).map(|[clause, _]| (clause.clone(), read(&clause))).collect();
        for (index, (one, first)) in singles.iter().enumerate() {
            for (other, second) in singles.iter().skip(index + 1) {
                let both = read(&format!("{one}{other}"));
                if both.is_none() {
                    continue;
                }
                counted += 1;
                if both == *first || both == *second {
                    passed_over.push(format!("{act}: `{}`, `{}`", one.trim(), other.trim()));
                }
            }
        }
    }
    assert_eq!(passed_over, Vec::<String>::new(), "passed over without a word");
    assert!(counted > 1000, "{counted} pairs tried");
}
