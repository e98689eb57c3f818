//! What would settle what cannot be told: the other half of "cannot tell".

use std::collections::{BTreeMap, BTreeSet};

use crate::assessment::Assessment;
use crate::finding::{Dimension, Verdict};
use crate::gate::GateState;
use crate::question::{Answer, Question};
use crate::reason::Reason;
use crate::showing::Showing;
use crate::standing::Ground;
use crate::truth::Truth;

/// Something that would help to settle what cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wanting {
    /// The point it is about, if it is about one of records.
    pub point: Option<Dimension>,
    /// What would settle it, to be read after "to settle it: ".
    pub what: String,
    /// Of how many records it is wanting; nought if it is about none.
    pub records: u64,
    /// One of them.
    pub such_as: Option<String>,
}

/// What would settle what cannot be told.
pub(crate) fn wanting(
    assessment: &Assessment<'_>,
    question: &Question,
    answer: &Answer,
    cited: &[String],
) -> Vec<Wanting> {
    let mut wanting: BTreeSet<Wanting> = BTreeSet::new();
    let general = |what: String| Wanting { point: None, what, records: 0, such_as: None };
    match (question, answer) {
        (Question::Standing { provision, party, variant }, Answer::Standing(ground)) => {
            let Some(judged) = assessment.variants.get(*variant) else {
                return Vec::new();
            };
            let agreement = judged.agreement;
            match ground {
                Ground::Untold => {
                    // All of them together would: the one cited is an example.
                    let mut open: BTreeMap<(Dimension, Reason), (u64, &str)> = BTreeMap::new();
                    for found in assessment.findings.iter().filter(|f| f.provision == *provision) {
                        let each = found.judgements.iter().filter(|(v, j)| {
                            v == variant
                                && j.verdict == Verdict::CannotTell
                                && party.is_none_or(|p| j.candidates.has(p))
                        });
                        for point in each.flat_map(|(_, j)| j.untold().collect::<Vec<_>>()) {
                            let entry = open.entry(point).or_insert((0, &found.record));
                            entry.0 += 1;
                            if cited.contains(&found.record) {
                                entry.1 = &found.record;
                            }
                        }
                    }
                    wanting.extend(open.into_iter().map(|((point, reason), (records, such_as))| Wanting {
                        point: Some(point),
                        what: reason.settled_by().unwrap_or_else(|| reason.text()).to_owned(),
                        records,
                        such_as: Some(such_as.to_owned()),
                    }));
                    let (begins, ends) = assessment.window;
                    let outside = assessment.findings.iter().filter(|f| {
                        let breach = |(v, j): &(usize, crate::finding::Judgement)| {
                            v == variant && j.verdict == Verdict::Breach && party.is_none_or(|p| j.candidates.has(p))
                        };
                        f.provision == *provision
                            && (f.from < begins || f.until > ends)
                            && f.judgements.iter().any(breach)
                    });
                    let outside: Vec<&str> = outside.map(|f| f.record.as_str()).collect();
                    if let Some(first) = outside.first() {
                        wanting.insert(Wanting {
                            point: Some(Dimension::Time),
                            what: "whether it happened within the period".to_owned(),
                            records: outside.len() as u64,
                            such_as: Some((*first).to_owned()),
                        });
                    }
                    if wanting.is_empty() {
                        wanting.insert(general("whether it happened within the period".to_owned()));
                    }
                }
                Ground::BySeveral => {
                    let names = agreement.names_of(judged.provision.bound);
                    let whose = party.map_or("", |_| ": of one such record, who it was, is enough for a breach by it, and of all of them for none");
                    wanting.insert(general(format!("which of {names} acted{whose}")));
                }
                Ground::NoData => {
                    let what = Showing::of(&judged.provision.duty).words();
                    let what = if what.starts_with("records") { what } else { format!("records of {what}") };
                    wanting.insert(general(what));
                }
                Ground::ForceUnknown => {
                    let (begins, ends) = assessment.window;
                    let line = judged.timeline.as_ref();
                    for (_, _, truth, reason) in line.map(|l| l.between(begins, ends)).unwrap_or_default() {
                        if truth == Truth::Unknown {
                            let what = reason.settled_by().unwrap_or_else(|| reason.text());
                            wanting.insert(general(what.to_owned()));
                        }
                    }
                }
                Ground::NotSaid => {
                    let what = "a finding of those who verify it, that it was done, and when";
                    wanting.insert(general(what.to_owned()));
                }
                Ground::BothWays => {
                    let what = "a determination which of the findings stands";
                    wanting.insert(general(what.to_owned()));
                }
                Ground::NothingRecorded => {
                    wanting.insert(general(
                        "full access of a declared monitor on record for all the time it bound, and data that would show a breach".to_owned(),
                    ));
                }
                _ => {}
            }
        }
        (Question::Gate { gate, answers }, Answer::Gate(GateState::CannotTell)) => {
            let clock = assessment.gates.get(*gate).and_then(|g| g.iter().find(|c| c.answers == *answers));
            for (id, why) in clock.into_iter().flat_map(|c| &c.unprovable) {
                wanting.insert(general(format!("that {id} can be shown kept: {why}")));
            }
            wanting.insert(general(
                "full access of a declared monitor on record for as many days in a row, without a record that cannot be told".to_owned(),
            ));
        }
        _ => {}
    }
    wanting.into_iter().collect()
}
