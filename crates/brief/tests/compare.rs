//! Two releases of one data set: figures that anyone can count again.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod common;

use armistice_assess::{Became, Comparison, Field, compare};
use armistice_brief::{Report, comparison_json, comparison_text};
use arrow_array::RecordBatch;
use common::{Loaded, gallery};

fn compared<'l>(loaded: &'l Loaded, batches: &[RecordBatch]) -> Comparison<'l> {
    let (t, u) = ("2019-12-31T21:59:59Z".parse().unwrap(), "2022-12-31T21:59:59Z".parse().unwrap());
    compare(&loaded.checked, loaded.evidence(batches), loaded.options(), t, u).unwrap()
}

#[test]
fn the_figures_of_the_two_releases() {
    let loaded = gallery("minsk-package-2015");
    let compared = compared(&loaded, &loaded.batches);
    let all = &compared.all;
    assert_eq!((all.withdrawn, all.new, all.both), (86, 2082, 907));
    assert_eq!((all.of(Field::Begins), all.of(Field::Best)), (21, 58));
    let period = &compared.in_period;
    assert_eq!((period.withdrawn, period.new, period.both), (4, 60, 30));
    assert_eq!((period.of(Field::Begins), period.of(Field::Best)), (3, 5));
    let ids = |wanted: &dyn Fn(&Became) -> bool| -> Vec<&str> {
        let mine = compared.records.iter().filter(|r| r.in_period && wanted(&r.became));
        mine.map(|r| r.id.as_str()).collect()
    };
    let with = |field: Field| move |became: &Became| matches!(became, Became::Revised(f) if f.contains(&field));
    assert_eq!(
        ids(&|became| matches!(became, Became::Withdrawn(Some(_)))),
        ["ged-203404", "ged-203405", "ged-203408", "ged-203410"]
    );
    assert_eq!(ids(&with(Field::Begins)), ["ged-203418", "ged-203424", "ged-203425"]);
    assert_eq!(ids(&with(Field::Best)), ["ged-203406", "ged-203419", "ged-203509", "ged-203529", "ged-203611"]);
    // Every changed finding has a cause, and every withdrawal its retraction.
    assert!(compared.findings.iter().all(|f| !f.causes.is_empty()));
}

#[test]
fn order_and_batching_never_matter() {
    let loaded = gallery("minsk-package-2015");
    let told = |batches: &[RecordBatch]| {
        let compared = compared(&loaded, batches);
        let report = Report::new(&compared.now, batches, &loaded.datasets, &[]);
        (comparison_text(&compared, &report), comparison_json(&compared, &report))
    };
    let expected = told(&loaded.batches);
    let mut cut: Vec<RecordBatch> = Vec::new();
    for batch in &loaded.batches {
        for from in (0..batch.num_rows()).step_by(311) {
            cut.insert(cut.len() / 2, batch.slice(from, (batch.num_rows() - from).min(311)));
        }
    }
    cut.reverse();
    // A copy changes nothing either.
    cut.push(loaded.batches[0].slice(0, 40));
    assert!(told(&cut) == expected, "the order of records shows in the answer");
}

#[test]
fn who_reported_what_counts_the_events_of_the_standings() {
    for name in ["minsk-package-2015", "syria-geneva-2016", "syria-cessation-2016"] {
        let loaded = gallery(name);
        let assessment = loaded.assess();
        assert!(!assessment.reported.is_empty());
        for told in &assessment.reported {
            let provision = assessment.variants[told.variant].index;
            let whole = &assessment.standings[provision].rows[0];
            let held = whole.readings.iter().find(|held| held.variant == told.variant).unwrap();
            assert_eq!((told.breaches.events, told.untold.events), (held.counts.breaches, held.counts.cannot_tell));
            for share in [&told.breaches, &told.untold] {
                assert_eq!(share.rungs.values().sum::<u64>(), share.events);
                assert!(share.tellers.iter().all(|t| t.events > 0 && t.events <= share.events));
                assert!(share.tellers.is_sorted_by_key(|t| std::cmp::Reverse(t.events)));
            }
        }
    }
}
