//! The same records give the same bytes, in whatever order and batches.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use armistice_records::{Record, RecordColumns, batches_of};
use common::{Loaded, gallery};
use proptest::prelude::*;

fn records(loaded: &Loaded) -> Vec<Record> {
    let rows = |batch: &arrow_array::RecordBatch| -> Vec<Record> {
        let columns = RecordColumns::try_new(batch).unwrap();
        (0..columns.len()).map(|row| columns.row(row).unwrap()).collect()
    };
    let all: Vec<Record> = loaded.batches.iter().flat_map(rows).collect();
    // September, whatever surrounds it and everything that is no incident: enough
    // to fill every part of the answer, and quick enough to try many times.
    let wanted = |r: &Record| {
        r.kind != armistice_records::Kind::Incident || r.origin.line.is_multiple_of(7) || {
            let text = format!("{:?}", r.happened);
            text.contains("2016-09-1")
        }
    };
    all.into_iter().filter(wanted).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn order_and_batching_never_matter(seed in any::<u64>(), cuts in proptest::collection::vec(1..400_usize, 1..6)) {
        let loaded = gallery("syria-geneva-2016");
        let mut all = records(&loaded);
        let straight: Vec<_> = batches_of(&all).unwrap();
        let expected = loaded.json(&straight);

        // A shuffle that the seed alone decides.
        let mut state = seed | 1;
        for at in (1..all.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            all.swap(at, (state >> 33) as usize % (at + 1));
        }
        let mut rest = all.as_slice();
        let mut batches = Vec::new();
        for cut in cuts.iter().cycle() {
            let (head, tail) = rest.split_at((*cut).min(rest.len()));
            batches.extend(batches_of(head).unwrap());
            rest = tail;
            if rest.is_empty() {
                break;
            }
        }
        // Repeating records changes nothing either.
        batches.extend(batches_of(&all[..all.len().min(50)]).unwrap());
        prop_assert_eq!(loaded.json(&batches), expected);
    }
}
