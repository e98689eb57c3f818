//! Section 6: on whose word a record stands.

use std::collections::BTreeSet;

use armistice_records::{Credibility, Effect, Kind, Record, Reliability};
use armistice_terms::{Proof, Provision, Role, Way};

use crate::force::{effect, hearsay, notices, set};
use crate::names::{Side, interval, is_judged, meaning, of_role, widened, written};
use crate::points::candidates;
use crate::truth::T;
use crate::{Interval, Known};

/// How well what a record tells is supported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the document defines them")]
pub enum Rung {
    Discounted,
    Confirmed,
    Contested,
    Corroborated,
    Reported,
    Alleged,
}

/// Whose an origin is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Party,
    Monitor,
    Independent,
}

/// The groups a record rests on; `None` is *unstated*.
fn groups(record: &Record) -> BTreeSet<Option<String>> {
    let named: BTreeSet<_> =
        written(&record.independence_groups).into_iter().map(|name| Some(name.to_lowercase())).collect();
    if named.is_empty() { BTreeSet::from([None]) } else { named }
}

/// Whom a group means.
fn means(known: &Known<'_>, group: Option<&String>, when: Interval) -> Side {
    match group {
        Some(name) => meaning(name, known.agreement, when, true),
        None => Side { unknown: true, ..Side::default() },
    }
}

fn whose(known: &Known<'_>, provision: &Provision, group: Option<&String>, when: Interval) -> Whose {
    let meant = means(known, group, when);
    let of = |role| of_role(known.agreement, role);
    let parties: BTreeSet<usize> = of(Role::Party).union(&of(Role::Guarantor)).copied().collect();
    let watchers: BTreeSet<usize> = of(Role::Monitor).union(&set(provision.verified_by)).copied().collect();
    if !meant.anyone().is_disjoint(&parties) {
        Whose::Party
    } else if !meant.certain.is_disjoint(&watchers) {
        Whose::Monitor
    } else {
        Whose::Independent
    }
}

/// Whether two records are alike.
fn alike(known: &Known<'_>, one: &Record, other: &Record) -> bool {
    let when = |r: &Record| interval(r, &known.agreement.clock);
    let place = |r: &Record| (r.place.clone(), r.place_name.clone(), r.admin1.clone(), r.country.clone());
    groups(one) == groups(other)
        && !groups(one).contains(&None)
        && one.kind == other.kind
        && one.act == other.act
        && one.direction == other.direction
        && one.side_a == other.side_a
        && one.side_b == other.side_b
        && one.weapons == other.weapons
        && when(one) == when(other)
        && one.time_precision == other.time_precision
        && place(one) == place(other)
        && one.deaths == other.deaths
        && one.civilian_deaths == other.civilian_deaths
        && one.quantity == other.quantity
        && one.height == other.height
        && one.message == other.message
}

/// The record that a record is a copy of, if it is one: it may be itself.
fn copied<'w>(known: &Known<'w>, record: &Record) -> Option<&'w Record> {
    let counted = |r: &Record| known.datasets.iter().any(|d| d.name == r.origin.dataset && d.reach.counts_events);
    if counted(record) {
        return None;
    }
    let all: Vec<&Record> = told(known).into_iter().filter(|r| alike(known, r, record)).collect();
    let least = |among: Vec<&'w Record>| among.into_iter().min_by_key(|r| r.id.as_str());
    least(all.iter().copied().filter(|r| counted(r)).collect()).or_else(|| least(all))
}

/// The records that are judged.
fn told<'w>(known: &Known<'w>) -> Vec<&'w Record> {
    known.records.iter().copied().filter(|r| is_judged(r)).collect()
}

/// Whether it is said of two records that they tell of one event.
fn linked(known: &Known<'_>, one: &Record, other: &Record) -> bool {
    let names = |r: &Record, of: &Record| r.event.as_ref() == Some(&of.id);
    let copy = |r: &Record, of: &Record| copied(known, r).is_some_and(|least| least.id == of.id);
    let named = one.event.is_some() && one.event == other.event;
    named || names(one, other) || names(other, one) || copy(one, other) || copy(other, one)
}

/// The records of the event that a record tells of, itself among them.
pub(crate) fn event<'w>(known: &Known<'w>, record: &str) -> Vec<&'w Record> {
    let all = told(known);
    let mut of: Vec<&Record> = all.iter().copied().filter(|r| r.id == record).collect();
    loop {
        let joins = |r: &&&Record| !of.contains(*r) && of.iter().any(|member| linked(known, member, r));
        match all.iter().find(joins) {
            Some(more) => of.push(more),
            None => break,
        }
    }
    of.sort_by(|a, b| a.id.cmp(&b.id));
    of
}

/// Whether a record is graded as not to be believed.
pub(crate) fn discounted(record: &Record) -> bool {
    let backed = matches!(record.credibility, Some(Credibility::Confirmed | Credibility::Likely));
    record.credibility == Some(Credibility::VeryUnlikely) || (record.reliability == Some(Reliability::E) && !backed)
}

/// Whether a report says of the one party that can have acted what that party
/// says of itself.
fn admission(known: &Known<'_>, provision: &Provision, report: &Record) -> bool {
    let Some(within) = widened(report, &known.agreement.clock).filter(|_| !discounted(report)) else {
        return false;
    };
    let candidates = candidates(known, provision, report, within);
    candidates.len() == 1 && groups(report).iter().any(|g| means(known, g.as_ref(), within).only(&candidates))
}

/// Whether somebody who is named and no party denies an event.
fn denied(known: &Known<'_>, provision: &Provision, event: &[&Record]) -> bool {
    notices(known).into_iter().filter(|(n, _)| effect(n) == Some(Effect::Denied)).any(|(notice, when)| {
        let subjects = notice.message.as_ref().map(|m| m.subject.clone()).unwrap_or_default();
        let about = event.iter().any(|r| {
            let finding = format!("{}:{}", provision.id, r.id);
            subjects.iter().any(|s| *s == r.id || *s == finding || r.event.as_ref() == Some(s))
        });
        let by = written(&notice.side_a);
        let outside = |name: &&str| whose(known, provision, Some(&(*name).to_owned()), when) != Whose::Party;
        let ours = hearsay(notice, when, known.agreement).is_none();
        about && ours && !by.is_empty() && by.iter().all(outside)
    })
}

/// Whether a record of the same event tells of the same doing: of somebody who
/// may have done it according to both, at a time that both allow.
fn supports(known: &Known<'_>, provision: &Provision, report: &Record, record: &Record) -> bool {
    let clock = &known.agreement.clock;
    let (Some(one), Some(other)) = (widened(report, clock), widened(record, clock)) else {
        return false;
    };
    let shared = !candidates(known, provision, report, one).is_disjoint(&candidates(known, provision, record, other));
    report.id == record.id || (shared && one.0 < other.1 && other.0 < one.1)
}

/// The rung of a record under a provision.
pub(crate) fn rung(known: &Known<'_>, provision: &Provision, record: &Record) -> Rung {
    if discounted(record) {
        return Rung::Discounted;
    }
    let event = event(known, &record.id);
    let reports: Vec<&Record> =
        event.iter().copied().filter(|r| !discounted(r) && supports(known, provision, r, record)).collect();
    let mut monitors = false;
    let mut independent: BTreeSet<Option<String>> = BTreeSet::new();
    for report in &reports {
        let Some(within) = widened(report, &known.agreement.clock) else {
            continue;
        };
        for group in groups(report) {
            match whose(known, provision, group.as_ref(), within) {
                Whose::Monitor => monitors = true,
                Whose::Independent => {
                    independent.insert(group);
                }
                Whose::Party => {}
            }
        }
    }
    if monitors || reports.iter().any(|r| admission(known, provision, r)) {
        Rung::Confirmed
    } else if denied(known, provision, &event) {
        Rung::Contested
    } else if independent.len() >= 2 {
        Rung::Corroborated
    } else if independent.len() == 1 {
        Rung::Reported
    } else {
        Rung::Alleged
    }
}

/// Whether what the reports of a record's doing come to is the proof that the
/// provision asks for.
fn proven(known: &Known<'_>, provision: &Provision, record: &Record) -> bool {
    let admissible = |r: &Record| {
        provision.proof.iter().all(|proof| match proof {
            Proof::Ways(ways) => ways.iter().any(|way| match way {
                Way::Incidents => r.kind == Kind::Incident,
                Way::Sightings => r.kind == Kind::Sighting,
                Way::Inspections => r.kind == Kind::Inspection,
            }),
            _ => true,
        })
    };
    let event = event(known, &record.id);
    let reports = event.iter().filter(|r| !discounted(r) && supports(known, provision, r, record) && admissible(r));
    let mut by: BTreeSet<usize> = BTreeSet::new();
    let mut origins: BTreeSet<Option<String>> = BTreeSet::new();
    for report in reports {
        let Some(within) = widened(report, &known.agreement.clock) else {
            continue;
        };
        for group in groups(report) {
            by.extend(means(known, group.as_ref(), within).certain);
            if whose(known, provision, group.as_ref(), within) != Whose::Party {
                origins.insert(group);
            }
        }
    }
    admissible(record)
        && provision.proof.iter().all(|proof| match proof {
            Proof::Sources(count) => origins.len() as u64 >= u64::from(*count),
            Proof::By(actors) => !by.is_disjoint(&set(*actors)),
            Proof::Ways(_) => true,
        })
}

/// The source point of a record, and its rung.
pub(crate) fn source(known: &Known<'_>, provision: &Provision, record: &Record, within: Interval) -> (T, Rung) {
    let rung = rung(known, provision, record);
    let theirs = groups(record).iter().all(|g| whose(known, provision, g.as_ref(), within) == Whose::Party);
    let point = if rung == Rung::Discounted {
        T::F
    } else if (theirs && !admission(known, provision, record))
        || matches!(rung, Rung::Contested | Rung::Alleged)
        || !proven(known, provision, record)
    {
        T::U
    } else {
        T::T
    };
    (point, rung)
}
