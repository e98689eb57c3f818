//! The random cases reach every answer there is: a comparison shows nothing of
//! what it never meets.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod made;

use std::collections::{BTreeMap, BTreeSet};

use armistice_records::Place;
use armistice_reference::{Claim, Fault, Known, Verdict, World, check};
use armistice_terms::{Conduct, Duty};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// How often each answer was met.
type Met = BTreeMap<String, usize>;

fn runner() -> TestRunner {
    TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

#[test]
fn the_generator_reaches_every_answer() {
    let mut runner = runner();
    let mut met = Met::new();
    for _ in 0..8000 {
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
    let rare: Vec<&str> = WANTED.iter().copied().filter(|answer| met.get(*answer).is_none_or(|n| *n < 5)).collect();
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
        for determined in known.determined(provision) {
            one(format!("determined {:?}", determined.counts));
        }
        for put in known.put(provision) {
            one(format!("put {:?}", put.state));
        }
        for finding in known.judged(provision) {
            one(format!("{:?}", finding.verdict));
            one(format!("rung {:?}", finding.rung));
            let names = ["time", "act", "actor", "place", "weapon", "source", "exception"];
            for (name, point) in names.iter().zip(finding.points) {
                one(format!("{name} {point:?}"));
            }
            let record = known.records().iter().find(|r| r.id == finding.record).unwrap();
            if world.agreement.provisions[provision].force.hours.is_some() {
                one(format!("hours {:?}", finding.verdict));
            }
            if let Some(limit) = world.agreement.provisions[provision].duty.limits() {
                if limit.posts.is_some() {
                    one(format!("posts {:?}", finding.points[1]));
                }
                one(format!("limit {:?}", finding.verdict));
                one(format!("{:?} {:?}", limit.bound, finding.points[1]));
            }
            if let Some(forbid) = world.agreement.provisions[provision].duty.forbids() {
                if forbid.conduct != Conduct::Attack && forbid.by.is_none() {
                    one(format!("deed {:?}", finding.verdict));
                }
                if forbid.by.is_some() {
                    one(format!("prevent {:?}", finding.verdict));
                }
                if forbid.height.is_some() {
                    one(format!("height {:?}", finding.points[3]));
                }
            }
            let spread = match record.place {
                Place::Point { .. } => "point",
                Place::Sector { .. } => "sector",
                Place::Area { .. } => "unit",
                Place::Unknown => "nowhere",
            };
            let demanded = match &world.agreement.provisions[provision].duty {
                Duty::Forbid(forbid) => forbid.within.is_some(),
                _ => true,
            };
            if demanded {
                one(format!("{spread} {:?}", finding.points[3]));
            }
            if finding.verdict != Verdict::OutOfScope {
                one(format!("finding {:?}", finding.rung));
                one(format!("event of {}", known.event(&finding.record).len().min(3)));
            }
        }
    }
    for item in (0..world.agreement.inventories.len()).flat_map(|inventory| known.stocked(inventory)) {
        one(format!("stock {:?}", item.found));
        one(format!("stock refused {}", !item.refused.is_empty()));
        item.seen.iter().for_each(|(at, ..)| one(format!("stock {at:?}")));
        if let Some(counted) = &item.counted {
            one(format!("stock counts {}", counted.by.len().min(2)));
        }
    }
    for exchange in 0..world.agreement.exchanges.len() {
        if let Some(told) = known.exchanged(exchange) {
            for came in told.settled {
                one(format!("exchange {came:?}"));
            }
            one(format!("led {}", told.led.is_some()));
            one(format!("in order {:?}", told.in_order));
        }
    }
    let middle = (world.window.0 + world.window.1) / 2;
    for (index, actor) in world.agreement.actors.iter().enumerate() {
        let throughout = (middle - 172_800, middle + 172_800);
        if actor.must_accept_by().is_some() {
            one(format!("accepted {:?}", known.adheres(index, &actor.name, throughout)));
        }
        if actor.listed_by.is_some() {
            one(format!("listed {:?}", known.adheres(index, "gunmen", throughout)));
        }
    }
    let (state, days) = known.gate(0);
    one(format!("{state:?}").split('(').next().unwrap().to_owned());
    for day in days {
        one(format!("day {day:?}"));
    }
}

/// Left out one by one for as long as the answer stays, what remains are
/// grounds; with any other record more, or with one less, it is no longer.
#[test]
fn what_cannot_be_left_out_are_grounds() {
    let mut runner = runner();
    let mut needed = 0;
    for _ in 0..200 {
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
            units: made::units(),
            unread: case.unread,
            window: case.window,
            as_of: case.as_of,
        };
        let Ok(known) = world.known() else { continue };
        let held = known.standing(0, None);
        let standing = Claim::Standing { provision: 0, party: None, standing: held.standing, ground: held.ground };
        let gate = Claim::Gate { gate: 0, state: known.gate(0).0 };
        for claim in [standing, gate] {
            needed += grounds(&world, &known, &claim);
        }
    }
    assert!(needed >= 20, "only {needed} records were needed for anything");
}

fn grounds(world: &World<'_>, known: &Known<'_>, claim: &Claim) -> usize {
    let all: BTreeSet<String> = known.records().iter().map(|r| r.id.clone()).collect();
    let mut cited = all.clone();
    let fault = loop {
        match check(world, claim, &cited) {
            Err(Fault::Idle(id)) => cited.remove(&id),
            other => break other,
        };
    };
    assert_eq!(fault, Ok(()));
    for id in &cited {
        let fewer = cited.iter().filter(|other| *other != id).cloned().collect();
        assert!(matches!(check(world, claim, &fewer), Err(Fault::NotEnough(_))), "{id} is needed");
    }
    if let Some(id) = all.iter().find(|id| !cited.contains(*id)) {
        let mut more = cited.clone();
        more.insert(id.clone());
        assert!(matches!(check(world, claim, &more), Err(Fault::Idle(_) | Fault::NotEnough(_))), "{id} is idle");
    }
    cited.len()
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
    "ForAssessment",
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
    "ground 12",
    "determined T",
    "determined U",
    "determined F",
    "put Determined",
    "put CannotTell",
    "put Pending",
    "put RanOut",
    "put NoTime",
    "breaches 2",
    "cannot tell 2",
    "excepted 1",
    "Breach",
    "CannotTell",
    "Excepted",
    "limit Breach",
    "limit CannotTell",
    "AtMost T",
    "AtMost U",
    "AtMost F",
    "AtLeast T",
    "AtLeast U",
    "AtLeast F",
    "hours Breach",
    "hours CannotTell",
    "hours OutOfScope",
    "posts T",
    "posts U",
    "posts F",
    "deed Breach",
    "deed CannotTell",
    "prevent CannotTell",
    "prevent OutOfScope",
    "height T",
    "height U",
    "height F",
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
    "accepted T",
    "accepted U",
    "accepted F",
    "listed T",
    "listed U",
    "listed F",
    "stock NotVerified",
    "stock NoneMissing",
    "stock SomeMissing",
    "stock CannotTell",
    "stock InStorage",
    "stock NobodyCanTell",
    "stock InBreachOfALine",
    "stock BeyondTheLines",
    "stock NotSurelyBeyond",
    "stock OfNoLine",
    "stock refused true",
    "stock counts 1",
    "stock counts 2",
    "exchange NoDeadline",
    "exchange NotDue",
    "exchange Done",
    "exchange Short",
    "exchange CannotTell",
    "led true",
    "in order Some(T)",
    "in order Some(U)",
    "in order Some(F)",
    "Open",
    "AwaitsCertificate",
    "CannotTell",
    "NotOpen",
    "day Unjudged",
    "day Broken",
    "day Lapsed",
    "day Doubtful",
    "day Kept",
    "day ForPeople",
    "day Quiet",
];
