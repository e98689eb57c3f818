//! One by one, in any order, late, corrected and taken back: after each record
//! the engine stands where it would, had it been given all of them at once.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "the generator is shared with other tests")]

mod made;

use armistice_assess::{Evidence, Options, Running, assess};
use armistice_records::{Record, batches_of};
use armistice_terms::Checked;
use made::Case;
use made::twisted::{options, told, twisted};
use proptest::prelude::*;
use proptest::sample::Index;

fn at_once(checked: &Checked, case: &Case, records: &[Record], options: Options) -> Option<String> {
    let batches = batches_of(records).unwrap();
    let units = made::units();
    let evidence = Evidence { batches: &batches, datasets: &case.datasets, units, unread: case.unread };
    assess(checked, evidence, options).ok().map(|assessment| told(&assessment))
}

fn one_by_one(case: &Case, order: &[Index], options: Options) -> Result<(), TestCaseError> {
    let checked = armistice_terms::check(&case.terms, armistice_terms::Form::Plain, &|_| Ok(made::SHAPES.to_owned()));
    prop_assume!(!checked.has_errors());
    let mut running = Running::new(&checked, &case.datasets, made::units(), options);
    running.left_out(case.unread);
    let mut left = case.records.clone();
    let mut given: Vec<Record> = Vec::new();
    for index in order {
        if left.is_empty() {
            break;
        }
        let next = left.remove(index.index(left.len()));
        let batch = batches_of([&next]).unwrap().remove(0);
        let before = running.assessment().ok().map(|a| told(&a));
        if running.accept(&batch).is_ok() {
            given.push(next);
            let after = running.assessment().ok().map(|a| told(&a));
            prop_assert_eq!(after, at_once(&checked, case, &given, options));
        } else {
            // What cannot be taken in changes nothing.
            prop_assert_eq!(running.assessment().ok().map(|a| told(&a)), before);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_global_rejects: u32::MAX, max_local_rejects: u32::MAX, ..ProptestConfig::default() })]

    #[test]
    fn one_by_one_is_all_at_once(case in twisted(), order in prop::collection::vec(any::<Index>(), 24)) {
        one_by_one(&case, &order, options(&case))?;
    }

    /// Without a period it is drawn from the records, and moves as they come.
    #[test]
    fn the_period_may_move_as_records_come(case in twisted(), order in prop::collection::vec(any::<Index>(), 24)) {
        one_by_one(&case, &order, Options { period: None, ..options(&case) })?;
    }
}
