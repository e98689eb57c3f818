//! Sifted, and counted where only the number matters, records give the answer
//! that all of them give.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "the generator is shared with other tests")]

mod made;

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use armistice_assess::{Evidence, Options, assess, assess_sifted, sift};
use armistice_records::{InMemory, Parts, batches_of};
use made::Case;
use made::twisted::{options, told, twisted};
use proptest::prelude::*;
use proptest::strategy::ValueTree;

static SET_ASIDE: AtomicUsize = AtomicUsize::new(0);
static KEPT: AtomicUsize = AtomicUsize::new(0);

fn same(case: &Case, size: usize, options: Options) -> Result<(), TestCaseError> {
    let checked = armistice_terms::check(&case.terms, armistice_terms::Form::Plain, &|_| Ok(made::SHAPES.to_owned()));
    prop_assume!(!checked.has_errors());
    let (units, datasets, unread) = (made::units(), &case.datasets, case.unread);
    let all = batches_of(&case.records).unwrap();
    let whole = assess(&checked, Evidence { batches: &all, datasets, units, unread }, options);
    let parts: Vec<_> = case.records.chunks(size).flat_map(|some| batches_of(some).unwrap()).collect();
    let memory = InMemory { batches: &parts, datasets };
    let files: [&dyn Parts; 1] = [&memory];
    let Ok(sifted) = sift(&checked, &files, (units, 2), options, &[]) else {
        prop_assert!(whole.is_err());
        return Ok(());
    };
    let kept = sifted.batches.iter().map(|batch| batch.num_rows()).sum::<usize>();
    KEPT.fetch_add(kept, Relaxed);
    SET_ASIDE.fetch_add(case.records.len() - kept, Relaxed);
    let evidence = Evidence { batches: &sifted.batches, datasets, units, unread };
    let answer = assess_sifted(&checked, evidence, (&sifted.aside, 2), options);
    prop_assert_eq!(answer.ok().map(|a| told(&a)), whole.ok().map(|a| told(&a)));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_global_rejects: u32::MAX, max_local_rejects: u32::MAX, ..ProptestConfig::default() })]

    /// Of data sets that count events, as the large ones do.
    #[test]
    fn sifted_events_give_the_answer_of_all(case in twisted(), size in 1..9_usize) {
        let case = counted(case);
        let options = options(&case);
        same(&case, size, options)?;
    }

    #[test]
    fn sifted_records_give_the_answer_of_all(case in twisted(), size in 1..9_usize, given in any::<bool>()) {
        let options = options(&case);
        same(&case, size, Options { period: options.period.filter(|_| given), ..options })?;
    }
}

/// The case with no report that may be of another's event.
fn counted(mut case: Case) -> Case {
    case.datasets.iter_mut().for_each(|data| data.reach.counts_events = true);
    case.records.iter_mut().for_each(|record| record.event = None);
    case
}

/// A test that keeps everything tests nothing.
#[test]
fn some_are_set_aside() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..400 {
        let case = counted(twisted().new_tree(&mut runner).unwrap().current());
        let _ = same(&case, 4, options(&case));
    }
    let (kept, aside) = (KEPT.load(Relaxed), SET_ASIDE.load(Relaxed));
    assert!(aside * 30 > kept, "{aside} set aside, {kept} kept");
}
