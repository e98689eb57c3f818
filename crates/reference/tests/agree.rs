//! The engine says what the semantics say, on agreements and records that
//! nobody thought of.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod made;

use std::collections::BTreeSet;

use armistice_assess::{self as engine, Assessment, Evidence, Options, assess};
use armistice_records::batches_of;
use armistice_reference::{DayState, GateState, Verdict, World};
use armistice_terms::Reading;
use jiff::Timestamp;
use made::Case;
use proptest::prelude::*;

fn agree(case: &Case) -> Result<(), TestCaseError> {
    let checked = armistice_terms::check(&case.terms, armistice_terms::Form::Plain, &|_| Ok(made::SHAPES.to_owned()));
    prop_assume!(!checked.has_errors());
    let batches = batches_of(&case.records).unwrap();
    let evidence = Evidence {
        batches: &batches,
        datasets: &case.datasets,
        unread: case.unread,
        units: &armistice_terms::Units::default(),
    };
    let second = |at: i64| Timestamp::from_second(at).unwrap();
    let as_of = case.as_of.map(|at| second(at).checked_sub(jiff::Span::new().nanoseconds(1)).unwrap());
    let period = Some((second(case.window.0), second(case.window.1)));
    let assessment = assess(&checked, evidence, Options { period, baseline: None, as_of }).unwrap();
    let until = case.as_of.map_or(case.window.1, |at| at.min(case.window.1)).max(case.window.0);
    for reading in &checked.readings {
        let world = World {
            agreement: &reading.agreement,
            records: &case.records,
            datasets: &case.datasets,
            units: &armistice_terms::Units::default(),
            unread: case.unread,
            window: (case.window.0, until),
            as_of: case.as_of,
        };
        for provision in 0..reading.agreement.provisions.len() {
            findings(&world, &assessment, reading, provision)?;
            standings(&world, &assessment, reading, provision)?;
        }
        for gate in 0..reading.agreement.gates.len() {
            gates(&world, &assessment, reading, gate)?;
        }
    }
    Ok(())
}

/// The engine's variant of a provision under a reading.
fn variant(assessment: &Assessment<'_>, reading: &Reading, provision: usize) -> usize {
    let agrees = |answers: &[(usize, usize)]| answers.iter().all(|(q, a)| reading.answers.get(*q) == Some(a));
    let mut found = assessment.variants.iter().enumerate().filter(|(_, v)| v.index == provision && agrees(&v.answers));
    let (number, _) = found.next().unwrap();
    assert!(found.next().is_none(), "one variant for each reading");
    number
}

fn findings(
    world: &World<'_>,
    assessment: &Assessment<'_>,
    reading: &Reading,
    provision: usize,
) -> Result<(), TestCaseError> {
    let number = variant(assessment, reading, provision);
    let mut fast: Vec<(String, &str, BTreeSet<usize>)> = assessment
        .findings
        .iter()
        .filter(|f| f.provision == provision)
        .flat_map(|f| f.judgements.iter().filter(|(v, _)| *v == number).map(|(_, j)| (f.record.clone(), j)))
        .map(|(record, j)| (record, j.verdict.word(), j.candidates.iter().collect()))
        .collect();
    fast.sort();
    let word = |verdict: Verdict| match verdict {
        Verdict::Breach => engine::Verdict::Breach.word(),
        Verdict::CannotTell => engine::Verdict::CannotTell.word(),
        Verdict::Excepted => engine::Verdict::Excepted.word(),
        Verdict::OutOfScope => engine::Verdict::OutOfScope.word(),
    };
    let slow: Vec<_> =
        world.findings(provision).into_iter().map(|f| (f.record, word(f.verdict), f.candidates)).collect();
    prop_assert_eq!(fast, slow, "findings on provision {} (engine, reference)", provision);
    Ok(())
}

fn standings(
    world: &World<'_>,
    assessment: &Assessment<'_>,
    reading: &Reading,
    provision: usize,
) -> Result<(), TestCaseError> {
    let number = variant(assessment, reading, provision);
    for row in &assessment.standings[provision].rows {
        let held = row.readings.iter().find(|h| h.variant == number).unwrap();
        let (fast, slow) = (held.standing.word(), world.standing(provision, row.party).word());
        prop_assert_eq!(fast, slow, "standing on {} of {:?}: {}", provision, row.party, held.because);
    }
    Ok(())
}

fn gates(world: &World<'_>, assessment: &Assessment<'_>, reading: &Reading, gate: usize) -> Result<(), TestCaseError> {
    let agrees = |answers: &[(usize, usize)]| answers.iter().all(|(q, a)| reading.answers.get(*q) == Some(a));
    let clock = assessment.gates[gate].iter().find(|clock| agrees(&clock.answers)).unwrap();
    let (state, days) = world.gate(gate);
    let state_of = |state: &engine::GateState| match state {
        engine::GateState::Opened { on } => GateState::Open(*on),
        engine::GateState::AwaitsCertificate { on } => GateState::AwaitsCertificate(*on),
        engine::GateState::NotOpen => GateState::NotOpen,
        engine::GateState::CannotTell => GateState::CannotTell,
        engine::GateState::NotEvaluable(_) => GateState::NotEvaluable,
    };
    let day_of = |state: engine::DayState| match state {
        engine::DayState::Broken => DayState::Broken,
        engine::DayState::Doubtful => DayState::Doubtful,
        engine::DayState::Quiet => DayState::Quiet,
        engine::DayState::Kept => DayState::Kept,
        engine::DayState::Lapsed => DayState::Lapsed,
        engine::DayState::Unjudged => DayState::Unjudged,
    };
    let fast: Vec<_> = clock.days.iter().map(|d| day_of(d.state)).collect();
    prop_assert_eq!(fast, days, "days of gate {} (engine, reference)", gate);
    prop_assert_eq!(state_of(&clock.state), state, "gate {} (engine, reference)", gate);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_global_rejects: u32::MAX, max_local_rejects: u32::MAX, ..ProptestConfig::default() })]

    #[test]
    fn engine_and_reference_agree(case in made::case()) {
        agree(&case)?;
    }
}

/// A comparison shows nothing of what it never meets.
#[test]
fn the_generator_reaches_every_answer() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut met: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for _ in 0..4000 {
        let case = made::case().new_tree(&mut runner).unwrap().current();
        let checked =
            armistice_terms::check(&case.terms, armistice_terms::Form::Plain, &|_| Ok(made::SHAPES.to_owned()));
        if checked.has_errors() {
            continue;
        }
        let world = World {
            agreement: checked.agreement(),
            records: &case.records,
            datasets: &case.datasets,
            units: &armistice_terms::Units::default(),
            unread: case.unread,
            window: case.window,
            as_of: None,
        };
        for provision in 0..world.agreement.provisions.len() {
            *met.entry(format!("{:?}", world.standing(provision, None))).or_default() += 1;
            for finding in world.findings(provision) {
                *met.entry(format!("{:?}", finding.verdict)).or_default() += 1;
            }
        }
        let (state, days) = world.gate(0);
        *met.entry(format!("{state:?}").split('(').next().unwrap().to_owned()).or_default() += 1;
        for day in days {
            *met.entry(format!("day {day:?}")).or_default() += 1;
        }
    }
    for answer in [
        "Kept",
        "NoBreachRecorded",
        "Breached",
        "NotDeterminable",
        "NotYetDue",
        "NotInForce",
        "NotEvaluable",
        "Breach",
        "CannotTell",
        "Excepted",
        "Open",
        "AwaitsCertificate",
        "NotOpen",
        "day Unjudged",
        "day Broken",
        "day Lapsed",
        "day Doubtful",
        "day Kept",
        "day Quiet",
    ] {
        assert!(met.get(answer).is_some_and(|n| *n >= 20), "{answer} is hardly met: {met:?}");
    }
}
