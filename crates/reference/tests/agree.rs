//! The engine says what the semantics say, on agreements and records that
//! nobody thought of.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod made;

use std::collections::BTreeSet;

use armistice_assess::{self as engine, Assessment, Evidence, Options, assess};
use armistice_records::batches_of;
use armistice_reference::{
    Account, Before, Came, Cured, DayState, Determined, Exchanged, Found, GateState, Known, LastCounts, PhaseState,
    Put, Rung, T, Verdict, Where, World,
};
use armistice_terms::{Checked, Reading};
use jiff::Timestamp;
use made::Case;
use proptest::prelude::*;

fn agree(case: &Case) -> Result<(), TestCaseError> {
    let checked = armistice_terms::check(&case.terms, armistice_terms::Form::Plain, &|_| Ok(made::SHAPES.to_owned()));
    prop_assume!(!checked.has_errors());
    let batches = batches_of(&case.records).unwrap();
    let evidence = Evidence { batches: &batches, datasets: &case.datasets, unread: case.unread, units: made::units() };
    let second = |at: i64| Timestamp::from_second(at).unwrap();
    let as_of = case.as_of.map(|at| second(at).checked_sub(jiff::Span::new().nanoseconds(1)).unwrap());
    let period = Some((second(case.window.0), second(case.window.1)));
    let options = Options { period, baseline: None, as_of };
    let assessed = assess(&checked, evidence, options);
    for reading in &checked.readings {
        let world = World {
            agreement: &reading.agreement,
            records: &case.records,
            datasets: &case.datasets,
            units: made::units(),
            unread: case.unread,
            window: case.window,
            as_of: case.as_of,
        };
        let (known, assessment) = match (world.known(), &assessed) {
            (Ok(known), Ok(assessment)) => (known, assessment),
            (Err(_), Err(_)) => return Ok(()),
            (slow, fast) => {
                let fast = fast.as_ref().map(|_| ());
                return Err(TestCaseError::fail(format!("an answer at all: {fast:?} (engine), {:?}", slow.err())));
            }
        };
        for provision in 0..reading.agreement.provisions.len() {
            findings(&known, assessment, reading, provision)?;
            out_of_scope(&known, &checked, (evidence, options), reading, provision)?;
            standings(&known, assessment, reading, provision)?;
            bearing(&known, assessment, reading, provision)?;
            bodies(&known, assessment, reading, provision)?;
        }
        for gate in 0..reading.agreement.gates.len() {
            gates(&known, assessment, reading, gate)?;
        }
        adherents(&known, assessment, reading)?;
        for phase in 0..reading.agreement.phases.len() {
            phases(&known, assessment, reading, phase)?;
        }
        for inventory in 0..reading.agreement.inventories.len() {
            stocks(&known, assessment, reading, inventory)?;
        }
        for exchange in 0..reading.agreement.exchanges.len() {
            exchanges(&known, assessment, reading, exchange)?;
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

/// What both say of one record.
type Said = (String, &'static str, BTreeSet<usize>, Rung, [T; 7]);

fn findings(
    known: &Known<'_>,
    assessment: &Assessment<'_>,
    reading: &Reading,
    provision: usize,
) -> Result<(), TestCaseError> {
    let number = variant(assessment, reading, provision);
    let mut fast: Vec<Said> = assessment
        .findings
        .iter()
        .filter(|f| f.provision == provision)
        .flat_map(|f| f.judgements.iter().filter(|(v, _)| *v == number).map(|(_, j)| said(&f.record, j)))
        .collect();
    fast.sort();
    let word = |verdict: Verdict| match verdict {
        Verdict::Breach => engine::Verdict::Breach.word(),
        Verdict::CannotTell => engine::Verdict::CannotTell.word(),
        Verdict::Excepted => engine::Verdict::Excepted.word(),
        Verdict::OutOfScope => engine::Verdict::OutOfScope.word(),
    };
    let slow: Vec<Said> = known
        .findings(provision)
        .into_iter()
        .map(|f| (f.record, word(f.verdict), f.candidates, f.rung, f.points))
        .collect();
    prop_assert_eq!(fast, slow, "findings on provision {} (engine, reference)", provision);
    for finding in known.findings(provision) {
        let found = assessment.findings.iter().find(|f| f.provision == provision && f.record == finding.record);
        let cure = found.and_then(|f| f.cures.iter().find(|(v, _)| *v == number)).map(|(_, cure)| cure.state);
        let cure = cure.map(|state| match state {
            engine::CureState::InTime => Cured::InTime,
            engine::CureState::Unclear => Cured::Unclear,
            engine::CureState::Late => Cured::Late,
            engine::CureState::Running => Cured::Running,
            engine::CureState::NotOnRecord => Cured::NotOnRecord,
        });
        prop_assert_eq!(cure, known.cured(provision, &finding), "cure of {} (engine, reference)", finding.record);
    }
    Ok(())
}

/// What is out of scope is no finding, but it can be explained: the points of
/// one such record, whichever stands first.
fn out_of_scope(
    known: &Known<'_>,
    checked: &Checked,
    (evidence, options): (Evidence<'_>, Options),
    reading: &Reading,
    provision: usize,
) -> Result<(), TestCaseError> {
    let Some(slow) = known.judged(provision).iter().find(|f| f.verdict == Verdict::OutOfScope) else {
        return Ok(());
    };
    let id = format!("{}:{}", reading.agreement.provisions[provision].id, slow.record);
    let explained = engine::explain(checked, evidence, options, &id).unwrap();
    let number = variant(&explained.assessment, reading, provision);
    let (_, judgement) = explained.judgements.iter().find(|(v, _)| *v == number).unwrap();
    let (_, _, candidates, rung, points) = said(&slow.record, judgement);
    let slow_said = (slow.candidates.clone(), slow.rung, slow.points);
    prop_assert_eq!((candidates, rung, points), slow_said, "points of {} (engine, reference)", id);
    Ok(())
}

fn said(record: &str, judgement: &engine::Judgement) -> Said {
    let rung = match judgement.rung {
        engine::Rung::Discounted => Rung::Discounted,
        engine::Rung::Confirmed => Rung::Confirmed,
        engine::Rung::Contested => Rung::Contested,
        engine::Rung::Corroborated => Rung::Corroborated,
        engine::Rung::Reported => Rung::Reported,
        engine::Rung::Alleged => Rung::Alleged,
    };
    let truth = |truth: engine::Truth| match truth {
        engine::Truth::False => T::F,
        engine::Truth::Unknown => T::U,
        engine::Truth::True => T::T,
    };
    let points = judgement.points.each_ref().map(|point| truth(point.truth));
    (record.to_owned(), judgement.verdict.word(), judgement.candidates.iter().collect(), rung, points)
}

fn standings(
    known: &Known<'_>,
    assessment: &Assessment<'_>,
    reading: &Reading,
    provision: usize,
) -> Result<(), TestCaseError> {
    let number = variant(assessment, reading, provision);
    for row in &assessment.standings[provision].rows {
        let fast = row.readings.iter().find(|h| h.variant == number).unwrap();
        let slow = known.standing(provision, row.party);
        let why = format!("on {provision} of {:?}: {}", row.party, fast.because);
        prop_assert_eq!(fast.standing.word(), slow.standing.word(), "standing {}", why);
        prop_assert_eq!(fast.ground as u8, slow.ground, "ground {}", why);
        let engine::Counts { breaches, shared, cannot_tell, excepted } = fast.counts;
        let slow = slow.counts;
        let slow = (slow.breaches, slow.shared, slow.cannot_tell, slow.excepted);
        prop_assert_eq!((breaches, shared, cannot_tell, excepted), slow, "numbers {}", why);
        let persistent = fast.persistence.map(|told| match told {
            engine::Persistence::OnRecord => T::T,
            engine::Persistence::CannotTell => T::U,
            engine::Persistence::NotOnRecord => T::F,
        });
        prop_assert_eq!(persistent, known.persistent(provision, row.party), "persistence {}", why);
    }
    Ok(())
}

/// What bears on a term that is for people.
fn bearing(
    known: &Known<'_>,
    assessment: &Assessment<'_>,
    reading: &Reading,
    provision: usize,
) -> Result<(), TestCaseError> {
    let number = variant(assessment, reading, provision);
    let fast = assessment.for_people.iter().find(|f| f.variant == number);
    let fast = fast.map(|f| (f.records, f.first.clone(), f.notices.clone()));
    let slow = known.bearing(provision).map(|(records, notices)| {
        let first = records.iter().take(engine::NAMED).cloned().collect();
        (records.len() as u64, first, notices)
    });
    prop_assert_eq!(fast, slow, "what bears on provision {} (engine, reference)", provision);
    Ok(())
}

/// What bodies determined, and what was put to them.
fn bodies(
    known: &Known<'_>,
    assessment: &Assessment<'_>,
    reading: &Reading,
    provision: usize,
) -> Result<(), TestCaseError> {
    let number = variant(assessment, reading, provision);
    let truth = |truth: engine::Truth| match truth {
        engine::Truth::False => T::F,
        engine::Truth::Unknown => T::U,
        engine::Truth::True => T::T,
    };
    let fast = assessment.determined.iter().filter(|d| d.variant == number);
    let mut fast: Vec<Determined> = fast
        .map(|d| Determined { notice: d.notice.clone(), body: d.body, done: d.done, counts: truth(d.counts) })
        .collect();
    let mut slow = known.determined(provision);
    fast.sort();
    slow.sort();
    prop_assert_eq!(fast, slow, "determinations of provision {} (engine, reference)", provision);
    let state = |state: engine::Before| match state {
        engine::Before::Determined => Before::Determined,
        engine::Before::CannotTell => Before::CannotTell,
        engine::Before::Pending => Before::Pending,
        engine::Before::RanOut => Before::RanOut,
        engine::Before::NoTime => Before::NoTime,
    };
    let fast = assessment.referred.iter().filter(|r| r.variant == number);
    let mut fast: Vec<Put> =
        fast.map(|r| Put { notice: r.notice.clone(), body: r.body, state: state(r.state), until: r.until }).collect();
    let mut slow = known.put(provision);
    fast.sort();
    slow.sort();
    prop_assert_eq!(fast, slow, "referrals of provision {} (engine, reference)", provision);
    Ok(())
}

fn gates(known: &Known<'_>, assessment: &Assessment<'_>, reading: &Reading, gate: usize) -> Result<(), TestCaseError> {
    let agrees = |answers: &[(usize, usize)]| answers.iter().all(|(q, a)| reading.answers.get(*q) == Some(a));
    let clock = assessment.gates[gate].iter().find(|clock| agrees(&clock.answers)).unwrap();
    let (state, days) = known.gate(gate);
    let state_of = |state: &engine::GateState| match state {
        engine::GateState::Opened { on } => GateState::Open(*on),
        engine::GateState::AwaitsCertificate { on } => GateState::AwaitsCertificate(*on),
        engine::GateState::AwaitsNotice { on } => GateState::AwaitsNotice(*on),
        engine::GateState::NotOpen => GateState::NotOpen,
        engine::GateState::CannotTell => GateState::CannotTell,
        engine::GateState::NotEvaluable(_) => GateState::NotEvaluable,
    };
    let day_of = |state: engine::DayState| match state {
        engine::DayState::Broken => DayState::Broken,
        engine::DayState::Paused => DayState::Paused,
        engine::DayState::Doubtful => DayState::Doubtful,
        engine::DayState::Quiet => DayState::Quiet,
        engine::DayState::Kept => DayState::Kept,
        engine::DayState::ForPeople => DayState::ForPeople,
        engine::DayState::Lapsed => DayState::Lapsed,
        engine::DayState::Unjudged => DayState::Unjudged,
    };
    let fast: Vec<_> = clock.days.iter().map(|d| day_of(d.state)).collect();
    prop_assert_eq!(fast, days, "days of gate {} (engine, reference)", gate);
    prop_assert_eq!(state_of(&clock.state), state, "gate {} (engine, reference)", gate);
    Ok(())
}

/// Compares who was bound, or listed, and when.
fn adherents(known: &Known<'_>, assessment: &Assessment<'_>, reading: &Reading) -> Result<(), TestCaseError> {
    let agrees = |answers: &[(usize, usize)]| answers.iter().all(|(q, a)| reading.answers.get(*q) == Some(a));
    let truth = |value| match value {
        engine::Truth::True => T::T,
        engine::Truth::Unknown => T::U,
        engine::Truth::False => T::F,
    };
    for one in assessment.adherents.iter().filter(|one| agrees(&one.answers)) {
        for name in &one.names {
            let slow: Vec<_> =
                name.stretches.iter().map(|(a, b, _)| known.adheres(one.actor, &name.name, (*a, *b))).collect();
            let fast: Vec<_> = name.stretches.iter().map(|(_, _, value)| truth(*value)).collect();
            prop_assert_eq!(fast, slow, "{} (engine, reference)", name.name);
        }
    }
    Ok(())
}

fn phases(
    known: &Known<'_>,
    assessment: &Assessment<'_>,
    reading: &Reading,
    phase: usize,
) -> Result<(), TestCaseError> {
    let agrees = |answers: &[(usize, usize)]| answers.iter().all(|(q, a)| reading.answers.get(*q) == Some(a));
    let clock = assessment.phases[phase].iter().find(|clock| agrees(&clock.answers)).unwrap();
    let word = |state: PhaseState| match state {
        PhaseState::NotBegun => engine::PhaseState::NotBegun,
        PhaseState::Running => engine::PhaseState::Running,
        PhaseState::Suspended => engine::PhaseState::Suspended,
        PhaseState::Ended => engine::PhaseState::Ended,
        PhaseState::CannotTell => engine::PhaseState::CannotTell,
    };
    let slow: Vec<_> = known.phase(phase).into_iter().map(|((a, b), state)| (a, b, word(state))).collect();
    prop_assert_eq!(&clock.stretches, &slow, "phase {} (engine, reference)", phase);
    Ok(())
}

/// What was counted, what was missing and what was seen of each item declared.
fn stocks(
    known: &Known<'_>,
    assessment: &Assessment<'_>,
    reading: &Reading,
    inventory: usize,
) -> Result<(), TestCaseError> {
    let agrees = |answers: &[(usize, usize)]| answers.iter().all(|(q, a)| reading.answers.get(*q) == Some(a));
    let found = assessment.stocks[inventory].iter().find(|account| agrees(&account.answers)).unwrap();
    let slow = known.stocked(inventory);
    prop_assert_eq!(found.items.len(), slow.len(), "items of {} (engine, reference)", inventory);
    let set = |ids: &[String]| ids.iter().cloned().collect::<BTreeSet<String>>();
    for (number, (fast, slow)) in found.items.iter().zip(slow).enumerate() {
        let verified = match fast.verified {
            engine::Verified::NotVerified => Found::NotVerified,
            engine::Verified::AllThere => Found::NoneMissing,
            engine::Verified::Missing => Found::SomeMissing,
            engine::Verified::CannotTell => Found::CannotTell,
        };
        let range = |between: engine::Between| (between.least, between.most.unwrap());
        let counted = fast.counted.as_ref().map(|count| LastCounts {
            over: (count.from, count.until),
            number: range(count.number),
            missing: range(count.missing),
            by: set(&count.by),
        });
        let told = (verified, counted, set(&fast.refused));
        let slowly = (slow.found, slow.counted.clone(), slow.refused.clone());
        prop_assert_eq!(told, slowly, "item {} of {} (engine, reference)", number, inventory);
        for (at, seen) in engine::Whereabouts::ALL.into_iter().zip(&fast.seen) {
            let place = match at {
                engine::Whereabouts::Stored => Where::InStorage,
                engine::Whereabouts::Unclear => Where::NobodyCanTell,
                engine::Whereabouts::InBreach => Where::InBreachOfALine,
                engine::Whereabouts::Beyond => Where::BeyondTheLines,
                engine::Whereabouts::NotBeyond => Where::NotSurelyBeyond,
                engine::Whereabouts::NoLine => Where::OfNoLine,
            };
            let mine: Vec<_> = slow.seen.iter().filter(|(found, ..)| *found == place).collect();
            let most = mine.iter().map(|(_, number, _)| *number).max().unwrap_or(0);
            let by: BTreeSet<String> = mine.iter().map(|(.., id)| id.clone()).collect();
            let told = (seen.most, set(&seen.by));
            prop_assert_eq!(told, (most, by), "item {} of {}, {} (engine, reference)", number, inventory, at.word());
        }
    }
    Ok(())
}

/// What each side of an exchange released, what was due and what was owed.
fn exchanges(
    known: &Known<'_>,
    assessment: &Assessment<'_>,
    reading: &Reading,
    exchange: usize,
) -> Result<(), TestCaseError> {
    let agrees = |answers: &[(usize, usize)]| answers.iter().all(|(q, a)| reading.answers.get(*q) == Some(a));
    let found = assessment.exchanges[exchange].iter().find(|account| agrees(&account.answers)).unwrap();
    let pair = |pair: [engine::Between; 2]| pair.map(|between| (between.least, between.most));
    let account = |account: engine::Account| Account {
        over: (account.from, account.until),
        released: pair(account.released),
        due: pair(account.due),
        owed: pair(account.owed),
    };
    let came = |settled: engine::Settled| match settled {
        engine::Settled::NoDeadline => Came::NoDeadline,
        engine::Settled::NotDue => Came::NotDue,
        engine::Settled::Done => Came::Done,
        engine::Settled::Short => Came::Short,
        engine::Settled::CannotTell => Came::CannotTell,
    };
    let truth = |truth: engine::Truth| match truth {
        engine::Truth::False => T::F,
        engine::Truth::Unknown => T::U,
        engine::Truth::True => T::T,
    };
    let fast = found.told.as_ref().map(|told| Exchanged {
        at_deadline: told.at_deadline.map(account),
        last: account(told.last),
        settled: told.settled.map(came),
        led: told.led,
        in_order: told.in_order.map(truth),
        items: told.by.iter().cloned().collect(),
    });
    prop_assert_eq!(fast, known.exchanged(exchange), "exchange {} (engine, reference)", exchange);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_global_rejects: u32::MAX, max_local_rejects: u32::MAX, ..ProptestConfig::default() })]

    #[test]
    fn engine_and_reference_agree(case in made::case()) {
        agree(&case)?;
    }
}
