//! One by one, in any order, late, corrected and taken back: after each record
//! the engine stands where it would, had it been given all of them at once.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "the generator is shared with other tests")]

mod made;

use armistice_assess::{Assessment, Evidence, Options, Running, assess};
use armistice_records::{Effect, Kind, Message, Record, Votes, batches_of};
use armistice_terms::Checked;
use jiff::Timestamp;
use made::Case;
use proptest::prelude::*;
use proptest::sample::Index;

fn options(case: &Case) -> Options {
    let second = |at: i64| Timestamp::from_second(at).unwrap();
    let as_of = case.as_of.map(|at| second(at).checked_sub(jiff::Span::new().nanoseconds(1)).unwrap());
    Options { period: Some((second(case.window.0), second(case.window.1))), baseline: None, as_of }
}

/// An assessment as one text, without where in the batches its records lie.
fn told(assessment: &Assessment<'_>) -> String {
    let found: Vec<_> = assessment.findings.iter().map(|f| (&f.id, f.from, f.until, &f.judgements)).collect();
    let Assessment {
        standings,
        gates,
        phases,
        exchanges,
        stocks,
        series,
        notices,
        records,
        in_period,
        undated,
        taken_back,
        superseded,
        ..
    } = assessment;
    let window = assessment.window;
    let counts = [records, in_period, undated, taken_back, superseded];
    format!(
        "{found:#?}{standings:#?}{gates:#?}{phases:#?}{exchanges:#?}{stocks:#?}{series:#?}{notices:#?}{counts:?} {window:?}"
    )
}

fn at_once(checked: &Checked, case: &Case, records: &[Record], options: Options) -> Option<String> {
    let batches = batches_of(records).unwrap();
    let units = made::units();
    let evidence = Evidence { batches: &batches, datasets: &case.datasets, units, unread: case.unread };
    assess(checked, evidence, options).ok().map(|assessment| told(&assessment))
}

fn one_by_one(case: &Case, order: &[Index], options: Options) -> Result<(), TestCaseError> {
    let checked = armistice_terms::check(&case.terms, armistice_terms::Form::Plain, &|_| Ok(made::SHAPES.to_owned()));
    prop_assume!(!checked.has_errors());
    let mut running = Running::new(&checked, &case.datasets, made::units(), options);
    running.left_out(case.unread);
    let mut left = case.records.clone();
    let mut given: Vec<Record> = Vec::new();
    for index in order {
        if left.is_empty() {
            break;
        }
        let next = left.remove(index.index(left.len()));
        let batch = batches_of([&next]).unwrap().remove(0);
        let before = running.assessment().ok().map(|a| told(&a));
        if running.accept(&batch).is_ok() {
            given.push(next);
            let after = running.assessment().ok().map(|a| told(&a));
            prop_assert_eq!(after, at_once(&checked, case, &given, options));
        } else {
            // What cannot be taken in changes nothing.
            prop_assert_eq!(running.assessment().ok().map(|a| told(&a)), before);
        }
    }
    Ok(())
}

/// The case with some records told again otherwise, copied, and taken back.
fn twisted() -> impl Strategy<Value = Case> {
    let twist = (any::<Index>(), 0..5_u8, 0..400_i64);
    (made::case(), prop::collection::vec(twist, 0..6)).prop_map(|(mut case, twists)| {
        let begin = case.window.0;
        for (number, (index, how, hours)) in twists.into_iter().enumerate() {
            if case.records.is_empty() {
                break;
            }
            let mut next = case.records[index.index(case.records.len())].clone();
            let known = Some(Timestamp::from_second(begin + hours * 3600).unwrap());
            match how {
                0 | 1 => {
                    next.known = known;
                    next.origin.sha256 = [u8::try_from(number).unwrap() + 1; 32];
                    std::mem::swap(&mut next.side_a, &mut next.side_b);
                }
                2 if next.kind != Kind::Retraction => {
                    next = Record {
                        id: format!("back-{number}"),
                        kind: Kind::Retraction,
                        known,
                        message: Some(Message {
                            effect: Effect::Withdrawn,
                            subject: vec![next.id.clone()],
                            until: None,
                            count: None,
                            votes: Votes::default(),
                        }),
                        ..next
                    };
                }
                3 => {
                    next.event = Some(next.id.clone());
                    next.id = format!("again-{number}");
                }
                _ => {
                    next.independence_groups = vec!["an agency".to_owned()];
                    next.known = known;
                }
            }
            case.records.push(next);
        }
        case
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_global_rejects: u32::MAX, max_local_rejects: u32::MAX, ..ProptestConfig::default() })]

    #[test]
    fn one_by_one_is_all_at_once(case in twisted(), order in prop::collection::vec(any::<Index>(), 24)) {
        one_by_one(&case, &order, options(&case))?;
    }

    /// Without a period it is drawn from the records, and moves as they come.
    #[test]
    fn the_period_may_move_as_records_come(case in twisted(), order in prop::collection::vec(any::<Index>(), 24)) {
        one_by_one(&case, &order, Options { period: None, ..options(&case) })?;
    }
}
