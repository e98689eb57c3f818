//! The random agreements are agreements: nearly all of them pass the checker.
//! What does not is never compared, and would hide what it was made to show.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "not every test uses all that makes cases")]

mod made;

use std::collections::BTreeMap;

use armistice_terms::{Form, Level};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

const CASES: usize = 1000;
const MOST_MISFITS: usize = 30;

#[test]
fn nearly_every_random_agreement_is_sound() {
    let mut runner = TestRunner::deterministic();
    let mut wrong: BTreeMap<String, usize> = BTreeMap::new();
    let mut misfits = 0;
    for _ in 0..CASES {
        let case = made::case().new_tree(&mut runner).unwrap().current();
        let checked = armistice_terms::check(&case.terms, Form::Plain, &|_| Ok(made::SHAPES.to_owned()));
        misfits += usize::from(checked.has_errors());
        for mistake in checked.diagnostics.iter().filter(|d| d.level == Level::Error) {
            let words = case.terms.get(mistake.span.clone()).unwrap_or_default();

            *wrong.entry(format!("{} {} `{words}`", mistake.code.0, mistake.title)).or_default() += 1;
        }
    }
    let mut wrong: Vec<_> = wrong.into_iter().collect();
    wrong.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    wrong.truncate(20);
    assert!(misfits <= MOST_MISFITS, "{misfits} of {CASES} cannot be compared: {wrong:#?}");
}
