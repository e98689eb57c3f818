//! Every lever of agreements of the gallery, on real records: a swept curve says at
//! its ends, at the text's own values and beside its steps what an assessment of the
//! edited agreement says.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod common;

use std::fs;
use std::path::PathBuf;

use armistice_assess::{Axis, assess, sweep, sweep_days};
use armistice_terms::{Checked, Form, Lever, LeverUnit, Moves};
use common::{Loaded, gallery};

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../agreements").join(name)
}

fn check(name: &str, text: &str) -> Checked {
    let resource = |file: &str| fs::read_to_string(folder(name).join(file)).map_err(|e| e.to_string());
    let checked = armistice_terms::check(text, Form::Literate, &resource);
    assert!(!checked.has_errors(), "{:?}", checked.diagnostics);
    checked
}

fn range(lever: &Lever) -> (i64, i64) {
    let value = lever.first().unwrap();
    match lever.unit {
        LeverUnit::Length { .. } => (0, value * 4),
        LeverUnit::Moment { .. } => (value - 30 * 86_400, value + 30 * 86_400),
        _ => (1, value * 3),
    }
}

/// Five values, of which those beside a step come first.
fn values(lever: &Lever, (from, to): (i64, i64), steps: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut beside: Vec<i64> = steps.filter(|at| *at > from).flat_map(|at| [at - 1, at]).collect();
    beside.sort_unstable();
    beside.dedup();
    let mut values: Vec<i64> = beside.iter().take(2).chain(beside.iter().rev().take(1)).copied().collect();
    values.extend([lever.first().unwrap(), to, from, from + (to - from) / 3]);
    values.dedup();
    values.truncate(5);
    values
}

/// Asks of one lever what it is at five values; how many steps it had.
fn holds(name: &str, loaded: &Loaded, text: &str, lever: &Lever) -> usize {
    let evidence = loaded.evidence(&loaded.batches);
    let base = check(name, &lever.edited(text, lever.first().unwrap()));
    let range = range(lever);
    if let Moves::Days(gate) = lever.moves {
        let (curves, _) = sweep_days(&base, evidence, loaded.options(), (gate, range)).unwrap();
        let steps = curves.iter().flat_map(|curve| curve.steps.iter().map(|(at, _)| *at));
        for value in values(lever, range, steps) {
            let edited = check(name, &lever.edited(text, value));
            let assessed = assess(&edited, evidence, loaded.options()).unwrap();
            for curve in &curves {
                let clock = assessed.gates[gate].iter().find(|clock| clock.answers == curve.answers).unwrap();
                let (_, state) = curve.steps.iter().rev().find(|(at, _)| *at <= value).unwrap();
                assert_eq!(state.word(), clock.state.word(), "{name}: {} at {value}", lever.name);
            }
        }
        return curves.iter().map(|curve| curve.steps.len()).sum();
    }
    let provision = lever.moves.provision().unwrap();
    let axis = Axis { moves: lever.moves, unit: lever.unit, range };
    let swept = sweep(&base, evidence, loaded.options(), axis).unwrap();
    let steps = swept.curves.iter().flat_map(|curve| curve.levels.iter().map(|level| level.from));
    for value in values(lever, range, steps) {
        let edited = check(name, &lever.edited(text, value));
        let assessed = assess(&edited, evidence, loaded.options()).unwrap();
        for curve in &swept.curves {
            let level = curve.at(value).unwrap();
            for (row, counts) in swept.rows.iter().zip(&level.counts) {
                let Some(found) = assessed.standings[provision].rows.iter().find(|found| found.party == *row) else {
                    continue;
                };
                let same = |held: &&armistice_assess::Held| assessed.variants[held.variant].answers == curve.answers;
                let held = found.readings.iter().find(same).unwrap();
                assert_eq!(*counts, held.counts, "{name}: {} at {value} for {row:?}", lever.name);
            }
        }
    }
    swept.curves.iter().map(|curve| curve.levels.len()).sum()
}

#[test]
fn every_lever_of_the_gallery_says_what_assessments_say() {
    let mut told = String::new();
    for name in ["syria-geneva-2016", "minsk-package-2015", "minsk-framework-2016"] {
        let loaded = gallery(name);
        let text = fs::read_to_string(folder(name).join("agreement.truce.md")).unwrap();
        assert!(!loaded.checked.levers.is_empty(), "{name}");
        for lever in &loaded.checked.levers {
            let steps = holds(name, &loaded, &text, lever);
            told.push_str(&format!("{name} {}: {steps}\n", lever.name));
        }
    }
    // Something moves, or nothing was shown.
    assert!(told.lines().filter(|line| !line.ends_with(": 1")).count() > 8, "{told}");
}
