//! A swept curve says, at every value, what an assessment of the text says with
//! that value written into it: at random values, and just before and at each step.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "the generator is shared with other tests")]

mod made;

use armistice_assess::{Axis, Evidence, Options, assess, sweep};
use armistice_records::batches_of;
use armistice_terms::{Checked, Form, Lever, LeverUnit};
use jiff::Timestamp;
use made::Case;
use proptest::prelude::*;

fn check(text: &str) -> Checked {
    armistice_terms::check(text, Form::Plain, &|_| Ok(made::SHAPES.to_owned()))
}

/// From where to where a lever is moved.
fn range(lever: &Lever) -> (i64, i64) {
    let value = lever.first().unwrap();
    match lever.unit {
        LeverUnit::Length { .. } => (0, 250_000_000),
        LeverUnit::Count => (0, value * 3 + 20),
        LeverUnit::Seconds => (1, 40 * 86_400),
        LeverUnit::Days => (1, 40),
        LeverUnit::Months => (1, 12),
        LeverUnit::Moment { .. } => (value - 20 * 86_400, value + 20 * 86_400),
    }
}

fn agree(case: &Case, which: usize, shares: &[f64]) -> Result<(), TestCaseError> {
    let checked = check(&case.terms);
    prop_assume!(!checked.has_errors() && !checked.levers.is_empty());
    let lever = &checked.levers[which % checked.levers.len()];
    let (from, to) = range(lever);
    let batches = batches_of(&case.records).unwrap();
    let evidence = Evidence { batches: &batches, datasets: &case.datasets, unread: case.unread, units: made::units() };
    let second = |at: i64| Timestamp::from_second(at).unwrap();
    let as_of = case.as_of.map(|at| second(at).checked_sub(jiff::Span::new().nanoseconds(1)).unwrap());
    let options = Options { period: Some((second(case.window.0), second(case.window.1))), baseline: None, as_of };
    let base = check(&lever.edited(&case.terms, lever.first().unwrap()));
    let axis = Axis { moves: lever.moves, unit: lever.unit, range: (from, to) };
    let (Ok(swept), Some(provision)) = (sweep(&base, evidence, options, axis), lever.moves.provision()) else {
        return Ok(());
    };
    let mut values: Vec<i64> = shares.iter().map(|share| from + ((to - from) as f64 * share) as i64).collect();
    values.extend([from, to]);
    let steps = swept.curves.iter().flat_map(|curve| curve.levels.iter().map(|level| level.from));
    values.extend(steps.flat_map(|at| [at - 1, at, at + 1]).filter(|at| (from..=to).contains(at)));
    values.sort_unstable();
    values.dedup();
    for value in values {
        let text = lever.edited(&case.terms, value);
        let edited = check(&text);
        if edited.has_errors() {
            continue;
        }
        let assessed = assess(&edited, evidence, options).unwrap();
        let standing = &assessed.standings[provision];
        for curve in &swept.curves {
            let level = curve.at(value).unwrap();
            for (row, counts) in swept.rows.iter().zip(&level.counts) {
                let rows = standing.rows.iter().find(|found| found.party == *row);
                let held = rows.and_then(|found| {
                    found.readings.iter().find(|held| assessed.variants[held.variant].answers == curve.answers)
                });
                if let Some(held) = held {
                    let name = &lever.name;
                    prop_assert_eq!(*counts, held.counts, "{} at {} for {:?} (swept, assessed)", name, value, row);
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_global_rejects: u32::MAX, max_local_rejects: u32::MAX, ..ProptestConfig::default() })]

    #[test]
    fn a_curve_says_what_assessments_say(case in made::case(), which in 0..8_usize, shares in proptest::collection::vec(0.0..1.0_f64, 4)) {
        agree(&case, which, &shares)?;
    }
}
