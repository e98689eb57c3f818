//! Every answer of the engine can be explained: the records it cites give the
//! answer by themselves and none of them is idle. Checked against the semantics
//! by the reference, which runs no part of the engine.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "the generator is shared with other tests")]

mod made;

use std::collections::BTreeSet;

use armistice_assess::{self as engine, Answer, Evidence, Examiner, Options, Question};
use armistice_records::batches_of;
use armistice_reference::{Claim, GateState, World, check};
use armistice_terms::Reading;
use jiff::Timestamp;
use made::Case;
use proptest::prelude::*;

fn explained(case: &Case) -> Result<usize, TestCaseError> {
    let checked = armistice_terms::check(&case.terms, armistice_terms::Form::Plain, &|_| Ok(made::SHAPES.to_owned()));
    prop_assume!(!checked.has_errors());
    let batches = batches_of(&case.records).unwrap();
    let evidence = Evidence { batches: &batches, datasets: &case.datasets, unread: case.unread, units: made::units() };
    let second = |at: i64| Timestamp::from_second(at).unwrap();
    let as_of = case.as_of.map(|at| second(at).checked_sub(jiff::Span::new().nanoseconds(1)).unwrap());
    let period = Some((second(case.window.0), second(case.window.1)));
    let Ok(examiner) = Examiner::new(&checked, evidence, Options { period, baseline: None, as_of }) else {
        return Ok(0);
    };
    let assessment = examiner.assessment();
    let mut cited = 0;
    for id in Question::ids(assessment) {
        for question in Question::named(assessment, &id) {
            let answers = match &question {
                Question::Standing { variant, .. } => &assessment.variants[*variant].answers,
                Question::Gate { answers, .. } => answers,
            };
            let agrees = |reading: &&Reading| answers.iter().all(|(q, a)| reading.answers.get(*q) == Some(a));
            let reading = checked.readings.iter().find(agrees).unwrap();
            let world = World {
                agreement: &reading.agreement,
                records: &case.records,
                datasets: &case.datasets,
                units: made::units(),
                unread: case.unread,
                window: case.window,
                as_of: case.as_of,
            };
            let grounds = examiner.grounds(&question).unwrap();
            cited += grounds.cited.len();
            let claim = match (&question, &grounds.answer) {
                (Question::Standing { provision, party, .. }, Answer::Standing(ground)) => Claim::Standing {
                    provision: *provision,
                    party: *party,
                    standing: world.known().unwrap().standing(*provision, *party).standing,
                    ground: *ground as u8,
                },
                (Question::Gate { gate, .. }, Answer::Gate(state)) => Claim::Gate {
                    gate: *gate,
                    state: match state {
                        engine::GateState::Opened { on } => GateState::Open(*on),
                        engine::GateState::AwaitsCertificate { on } => GateState::AwaitsCertificate(*on),
                        engine::GateState::AwaitsNotice { on } => GateState::AwaitsNotice(*on),
                        engine::GateState::NotOpen => GateState::NotOpen,
                        engine::GateState::CannotTell => GateState::CannotTell,
                        engine::GateState::NotEvaluable(_) => GateState::NotEvaluable,
                    },
                },
                other => panic!("an answer to another question: {other:?}"),
            };
            let told: BTreeSet<String> = grounds.cited.iter().cloned().collect();
            prop_assert_eq!(check(&world, &claim, &told), Ok(()), "{:?} cites {:?}", question, grounds.cited);
            // What cannot be told says what would settle it.
            if let Answer::Standing(
                engine::Ground::BySeveral
                | engine::Ground::Untold
                | engine::Ground::NoData
                | engine::Ground::ForceUnknown,
            ) = grounds.answer
            {
                prop_assert!(!grounds.wanting.is_empty(), "{:?} names nothing that would settle it", question);
            }
        }
    }
    Ok(cited)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 4, failure_persistence: None, max_global_rejects: u32::MAX, max_local_rejects: u32::MAX, ..ProptestConfig::default() })]

    #[test]
    fn every_answer_rests_on_what_it_cites_and_on_nothing_else(case in made::case()) {
        explained(&case)?;
    }
}

/// A test of explanations shows nothing if nothing is ever cited.
#[test]
fn answers_do_cite() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut cited = 0;
    for _ in 0..120 {
        let case = made::case().new_tree(&mut runner).unwrap().current();
        cited += explained(&case).unwrap_or_default();
    }
    assert!(cited > 40, "only {cited} records were cited in 120 cases");
}
