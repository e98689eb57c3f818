//! Sifted, and counted where only the number matters, records give the answer
//! that all of them give.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "the generator is shared with other tests")]

mod made;

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use armistice_assess::{Evidence, Options, assess, assess_sifted, sift};
use armistice_records::{DATASETS, InMemory, ParquetFile, Parts, batches_of, schema};
use made::Case;
use made::twisted::{options, told, twisted};
use parquet::arrow::ArrowWriter;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use proptest::prelude::*;
use proptest::strategy::ValueTree;

static SET_ASIDE: AtomicUsize = AtomicUsize::new(0);
static KEPT: AtomicUsize = AtomicUsize::new(0);

/// The records as a Parquet file, in groups of so many.
fn packed(case: &Case, size: usize) -> ParquetFile {
    let json = serde_json::to_string(&case.datasets).unwrap();
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(size))
        .set_key_value_metadata(Some(vec![KeyValue::new(DATASETS.to_owned(), json)]))
        .build();
    let mut writer = ArrowWriter::try_new(Vec::new(), schema(), Some(properties)).unwrap();
    batches_of(&case.records).unwrap().iter().for_each(|batch| writer.write(batch).unwrap());
    ParquetFile::of_bytes(writer.into_inner().unwrap(), "made").unwrap()
}

/// Sifted in memory, and from a file of which only some columns are read.
fn same(case: &Case, size: usize, options: Options) -> Result<(), TestCaseError> {
    let checked = armistice_terms::check(&case.terms, armistice_terms::Form::Plain, &|_| Ok(made::SHAPES.to_owned()));
    prop_assume!(!checked.has_errors());
    let (units, unread) = (made::units(), case.unread);
    let all = batches_of(&case.records).unwrap();
    let parts: Vec<_> = case.records.chunks(size).flat_map(|some| batches_of(some).unwrap()).collect();
    let memory = InMemory { batches: &parts, datasets: &case.datasets };
    let file = packed(case, size);
    for parts in [&memory as &dyn Parts, &file] {
        // A file says something of every data set that its records name.
        let datasets = parts.datasets();
        let whole = assess(&checked, Evidence { batches: &all, datasets, units, unread }, options);
        let whole = whole.map(|answer| told(&answer)).map_err(|why| why.to_string());
        let sifted = match (sift(&checked, &[parts], (units, 2), options), &whole) {
            (Ok(sifted), _) => sifted,
            (Err(_), Err(_)) => continue,
            (Err(why), Ok(_)) => return Err(TestCaseError::fail(why.to_string())),
        };
        let kept = sifted.batches.iter().map(|batch| batch.num_rows()).sum::<usize>();
        KEPT.fetch_add(kept, Relaxed);
        SET_ASIDE.fetch_add(case.records.len() - kept, Relaxed);
        let evidence = Evidence { batches: &sifted.batches, datasets, units, unread };
        let answer = assess_sifted(&checked, evidence, (&sifted.aside, 2), options);
        prop_assert_eq!(&answer.map(|a| told(&a)).map_err(|why| why.to_string()), &whole);
    }
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
