//! The random cases reach every answer there is: a comparison shows nothing of
//! what it never meets.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod made;

use std::collections::{BTreeMap, BTreeSet};

use armistice_records::Place;
use armistice_reference::{Known, Verdict, World};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// How often each answer was met.
type Met = BTreeMap<String, usize>;

#[test]
fn the_generator_reaches_every_answer() {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut met = Met::new();
    for _ in 0..2000 {
        let case = made::case().new_tree(&mut runner).unwrap().current();
        let checked =
            armistice_terms::check(&case.terms, armistice_terms::Form::Plain, &|_| Ok(made::SHAPES.to_owned()));
        if checked.has_errors() {
            *met.entry("(misfit)".to_owned()).or_default() += 1;
            continue;
        }
        let world = World {
            agreement: checked.agreement(),
            records: &case.records,
            datasets: &case.datasets,
            units: made::units(),
            unread: case.unread,
            window: case.window,
            as_of: case.as_of,
        };
        match world.known() {
            Ok(known) => count(&mut met, &world, &known),
            Err(_) => *met.entry("no answer".to_owned()).or_default() += 1,
        }
    }
    let rare: Vec<&str> = WANTED.iter().copied().filter(|answer| met.get(*answer).is_none_or(|n| *n < 10)).collect();
    assert!(rare.is_empty(), "hardly met: {rare:?} of {met:#?}");
}

fn count(met: &mut Met, world: &World<'_>, known: &Known<'_>) {
    let mut one = |answer: String| *met.entry(answer).or_default() += 1;
    let ids: BTreeSet<&str> = world.records.iter().map(|r| r.id.as_str()).collect();
    let withdrawn = ids.len() - known.records().len();
    one(format!("records away {}", withdrawn.min(1)));
    for provision in 0..world.agreement.provisions.len() {
        let held = known.standing(provision, None);
        one(format!("{:?}", held.standing));
        one(format!("ground {}", held.ground));
        for party in world.agreement.provisions[provision].bound.iter() {
            let held = known.standing(provision, Some(party));
            one(format!("ground of a party {}", held.ground));
        }
        let counts = held.counts;
        for (name, n) in
            [("breaches", counts.breaches), ("cannot tell", counts.cannot_tell), ("excepted", counts.excepted)]
        {
            one(format!("{name} {}", n.min(2)));
        }
        for finding in known.judged(provision) {
            one(format!("{:?}", finding.verdict));
            one(format!("rung {:?}", finding.rung));
            let names = ["time", "act", "actor", "place", "weapon", "source", "exception"];
            for (name, point) in names.iter().zip(finding.points) {
                one(format!("{name} {point:?}"));
            }
            let record = known.records().iter().find(|r| r.id == finding.record).unwrap();
            let spread = match record.place {
                Place::Point { .. } => "point",
                Place::Sector { .. } => "sector",
                Place::Area { .. } => "unit",
                Place::Unknown => "nowhere",
            };
            one(format!("{spread} {:?}", finding.points[3]));
            if finding.verdict != Verdict::OutOfScope {
                one(format!("finding {:?}", finding.rung));
                one(format!("event of {}", known.event(&finding.record).len().min(3)));
            }
        }
    }
    let (state, days) = known.gate(0);
    one(format!("{state:?}").split('(').next().unwrap().to_owned());
    for day in days {
        one(format!("day {day:?}"));
    }
}

const WANTED: &[&str] = &[
    "no answer",
    "records away 1",
    "Kept",
    "NoBreachRecorded",
    "Breached",
    "NotDeterminable",
    "NotYetDue",
    "NotInForce",
    "NotEvaluable",
    "ground 1",
    "ground 2",
    "ground 3",
    "ground 4",
    "ground of a party 5",
    "ground 6",
    "ground 7",
    "ground 8",
    "ground 9",
    "ground 10",
    "ground 11",
    "breaches 2",
    "cannot tell 2",
    "excepted 2",
    "Breach",
    "CannotTell",
    "Excepted",
    "rung Discounted",
    "finding Confirmed",
    "finding Contested",
    "finding Corroborated",
    "finding Reported",
    "finding Alleged",
    "event of 2",
    "event of 3",
    "time T",
    "time U",
    "time F",
    "source T",
    "source U",
    "source F",
    "point T",
    "point U",
    "point F",
    "sector T",
    "sector U",
    "sector F",
    "unit T",
    "unit U",
    "unit F",
    "Open",
    "AwaitsCertificate",
    "CannotTell",
    "NotOpen",
    "day Unjudged",
    "day Broken",
    "day Lapsed",
    "day Doubtful",
    "day Kept",
    "day Quiet",
];
