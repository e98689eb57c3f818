//! What becomes of random records: newer versions, copies, reprints under new
//! ids, and retractions.

use armistice_records::{Effect, Estimate, Kind, Message, Record, TimePrecision, Votes, When};
use jiff::{SignedDuration, Timestamp};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::Index;

use super::records::{groups, record};
use super::{DAYS, begin};

/// One thing that becomes of a record there is.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    /// A version of it that says something else and was known at another time;
    /// in a clash, at the same.
    Revised { of: Index, known: Option<i64>, other: Box<Record>, what: u8, clash: bool },
    /// The same row again.
    Again { of: Index },
    /// The same told under another id, perhaps by another, perhaps in a data
    /// set that counts, perhaps with a slip in one thing.
    Reprinted { of: Index, by: Option<Vec<String>>, counted: bool, louder: bool, slip: Option<u8> },
    /// Some are taken back.
    Retracted { of: Vec<Index>, known: i64, named: bool, at_once: bool, by: Option<Vec<String>> },
}

pub(crate) fn changes() -> BoxedStrategy<Vec<Change>> {
    let known = || weighted(0.9, 0..DAYS * 24);
    let revised = (any::<Index>(), known(), record(), any::<u8>(), weighted(0.05, Just(()))).prop_map(
        |(of, known, other, what, clash)| Change::Revised {
            of,
            known,
            other: Box::new(other),
            what,
            clash: clash.is_some(),
        },
    );
    let again = any::<Index>().prop_map(|of| Change::Again { of });
    let reprinted = (any::<Index>(), weighted(0.3, groups()), any::<bool>(), any::<bool>(), weighted(0.3, 0..12_u8))
        .prop_map(|(of, by, counted, louder, slip)| Change::Reprinted { of, by, counted, louder, slip });
    let retracted = (vec(any::<Index>(), 1..3), 0..DAYS * 24, any::<bool>(), any::<bool>(), weighted(0.5, groups()))
        .prop_map(|(of, known, named, at_once, by)| Change::Retracted { of, known, named, at_once, by });
    vec(prop_oneof![3 => revised, 1 => again, 4 => reprinted, 1 => retracted], 0..5).boxed()
}

fn instant(hours: i64) -> Timestamp {
    Timestamp::from_second(begin() + hours * 3600).unwrap()
}

/// The records with all that became of them, each row told apart by its hash.
pub(crate) fn apply(mut records: Vec<Record>, changes: &[Change]) -> Vec<Record> {
    for (row, record) in (1_u8..).zip(&mut records) {
        record.origin.sha256 = [row; 32];
    }
    for (n, change) in (0_u8..).zip(changes) {
        if records.is_empty() {
            break;
        }
        let pick = |of: &Index| records[of.index(records.len())].clone();
        let mut made = match change {
            Change::Revised { of, known, other, what, clash } => {
                let mut version = pick(of);
                let rivals: Vec<_> = records.iter().filter(|r| r.id == version.id).map(|r| r.known).collect();
                // A retraction has a date and takes records back, whatever else.
                let retracts = version.kind == Kind::Retraction;
                let mut known = known.map(instant).or(retracts.then(|| instant(0)));
                while rivals.contains(&known) {
                    known = Some(known.unwrap_or(instant(0)) + SignedDuration::from_hours(7));
                }
                // Dated alike, neither is the later one.
                let known = if *clash { version.known } else { known };
                version.known = known;
                revise(&mut version, other, if retracts { what & 0x0f } else { *what });
                version
            }
            Change::Again { of } => {
                let again = pick(of);
                records.push(again);
                continue;
            }
            Change::Reprinted { of, by, counted, louder, slip } => {
                let mut reprint = pick(of);
                reprint.id = format!("c-{n}");
                if let Some(by) = by {
                    reprint.independence_groups.clone_from(by);
                }
                if *louder {
                    reprint.independence_groups.iter_mut().for_each(|g| *g = g.to_uppercase());
                }
                if *counted {
                    "tally".clone_into(&mut reprint.origin.dataset);
                }
                if let Some(slip) = slip {
                    slipped(&mut reprint, *slip);
                }
                reprint
            }
            Change::Retracted { of, known, named, at_once, by } => {
                let subject: Vec<String> = of.iter().map(|of| pick(of).id).collect();
                // Now and then under the id of a record, of which it is no version.
                let id = if *named { format!("t-{n}") } else { pick(&of[0]).id };
                // In the second in which the record became known, or in another.
                let known = pick(&of[0]).known.filter(|_| *at_once).unwrap_or(instant(*known));
                let mut made = retraction(id, subject, known);
                // By nobody in particular, by whoever told of it, or by another.
                made.independence_groups = match by {
                    None => Vec::new(),
                    Some(by) if by.is_empty() => pick(&of[0]).independence_groups,
                    Some(by) => by.clone(),
                };
                made
            }
        };
        made.origin.sha256 = [100 + n; 32];
        records.push(made);
    }
    records
}

/// What another record says, in some things.
fn revise(version: &mut Record, other: &Record, what: u8) {
    let has = |bit: u8| what & (1 << bit) != 0;
    if has(0) {
        version.place.clone_from(&other.place);
    }
    if has(1) {
        version.side_a.clone_from(&other.side_a);
    }
    if has(2) {
        version.independence_groups.clone_from(&other.independence_groups);
    }
    if has(3) {
        version.credibility = other.credibility;
    }
    if has(4) && has(5) {
        (version.happened, version.time_precision) = (other.happened, other.time_precision);
    }
    if has(6) {
        version.event.clone_from(&other.event);
    }
    if has(5) && has(7) {
        (version.kind, version.message) = (other.kind, other.message.clone());
    }
}

/// One thing otherwise than in what it was copied from.
fn slipped(copy: &mut Record, slip: u8) {
    let somewhere = Some("somewhere".to_owned());
    match slip {
        0 => copy.place_name = somewhere,
        1 => copy.admin1 = somewhere,
        2 => copy.country = somewhere,
        3 => copy.side_a = copy.side_a.iter().map(|name| name.to_uppercase()).collect(),
        4 => copy.side_b.reverse(),
        5 => copy.weapons.reverse(),
        6 => copy.weapons.push("tanks".to_owned()),
        7 => copy.deaths = Some(Estimate { low: 0, best: 1, high: 1 }),
        8 => copy.civilian_deaths = None,
        9 => copy.time_precision = TimePrecision::Moment,
        // Neither makes it another record.
        10 => copy.note = somewhere,
        _ => copy.independence_groups.reverse(),
    }
}

fn retraction(id: String, subject: Vec<String>, from: Timestamp) -> Record {
    Record {
        id,
        kind: Kind::Retraction,
        happened: When::Utc { from, until: from + SignedDuration::from_secs(1) },
        known: Some(from),
        side_a: Vec::new(),
        message: Some(Message {
            effect: Effect::Withdrawn,
            subject,
            until: None,
            count: None,
            votes: Votes::default(),
        }),
        ..super::records::access()
    }
}
