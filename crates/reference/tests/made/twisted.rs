//! Cases in which records are corrected, copied and taken back, and an answer as
//! one text.

use armistice_assess::{Assessment, Options};
use armistice_records::{Effect, Kind, Message, Record, Votes};
use jiff::Timestamp;
use proptest::prelude::*;
use proptest::sample::Index;

use super::Case;

pub(crate) fn options(case: &Case) -> Options {
    let second = |at: i64| Timestamp::from_second(at).unwrap();
    let as_of = case.as_of.map(|at| second(at).checked_sub(jiff::Span::new().nanoseconds(1)).unwrap());
    Options { period: Some((second(case.window.0), second(case.window.1))), baseline: None, as_of }
}

/// An assessment as one text, without where in the batches its records lie.
pub(crate) fn told(assessment: &Assessment<'_>) -> String {
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
        for_people,
        reported,
        ..
    } = assessment;
    let window = assessment.window;
    let counts = [records, in_period, undated, taken_back, superseded];
    format!(
        "{found:#?}{standings:#?}{gates:#?}{phases:#?}{exchanges:#?}{stocks:#?}{series:#?}{notices:#?}{counts:?} {window:?} {for_people:#?} {reported:#?}"
    )
}

/// The case with some records told again otherwise, copied, and taken back.
pub(crate) fn twisted() -> impl Strategy<Value = Case> {
    let twist = (any::<Index>(), 0..5_u8, 0..400_i64);
    (super::case(), prop::collection::vec(twist, 0..6)).prop_map(|(mut case, twists)| {
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
