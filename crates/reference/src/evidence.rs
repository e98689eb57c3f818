//! Section 1: the evidence as known on a day, out of every version there is.

use std::collections::BTreeSet;

use armistice_records::{Kind, Record};

use crate::names::{interval, written};
use crate::sources::discounted;
use crate::{Interval, World};

/// Two versions of one record are dated alike and differ: nobody can say which
/// of them is the later one, and there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoAnswer {
    /// The record's id.
    pub record: String,
}

/// `κ`, in whole seconds; none is before every date.
fn kappa(version: &Record) -> Option<i64> {
    version.known.map(jiff::Timestamp::as_second)
}

/// Whether a version counts on the day asked about.
fn counts(world: &World<'_>, version: &Record) -> bool {
    let Some(as_of) = world.as_of else {
        return true;
    };
    match kappa(version) {
        Some(known) => known < as_of,
        None => when(world, version).is_some_and(|(_, ends)| ends <= as_of),
    }
}

fn when(world: &World<'_>, version: &Record) -> Option<Interval> {
    interval(version, &world.agreement.clock)
}

/// Whether two versions of one record are copies, if they are dated alike.
fn copies(world: &World<'_>, one: &Record, other: &Record) -> bool {
    one.origin.sha256 == other.origin.sha256 && when(world, one) == when(world, other)
}

/// The current versions of all records that are not withdrawn, by id.
pub(crate) fn evidence<'a>(world: &World<'a>) -> Result<Vec<&'a Record>, NoAnswer> {
    let versions = || world.records.iter().filter(|r| r.kind != Kind::Retraction);
    for one in versions() {
        let rivals = versions().filter(|r| r.id == one.id && kappa(r) == kappa(one));
        if rivals.into_iter().any(|other| !copies(world, one, other)) {
            return Err(NoAnswer { record: one.id.clone() });
        }
    }
    let told = || versions().filter(|r| counts(world, r) && !anothers(world, r));
    let retractions = world.records.iter().filter(|r| r.kind == Kind::Retraction && counts(world, r) && !discounted(r));
    let retractions: Vec<&Record> = retractions.collect();
    let ids: BTreeSet<&str> = told().map(|r| r.id.as_str()).collect();
    let current = ids.into_iter().filter_map(|id| told().filter(|r| r.id == id).max_by_key(|r| kappa(r)));
    let withdrawn = |version: &Record| {
        retractions.iter().any(|retraction| {
            let names = retraction.message.as_ref().is_some_and(|m| m.subject.contains(&version.id));
            let theirs = groups(retraction).is_empty()
                || first(world, &version.id).is_some_and(|first| share(&groups(retraction), &own(first)));
            names && theirs && kappa(retraction) >= kappa(version)
        })
    };
    Ok(current.filter(|version| !withdrawn(version)).collect())
}

/// The groups that a record writes.
fn groups(record: &Record) -> BTreeSet<String> {
    written(&record.independence_groups).into_iter().map(|group| group.to_lowercase()).collect()
}

fn share(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    !one.is_disjoint(other)
}

/// The version of a record that was known first.
fn first<'a>(world: &World<'a>, id: &str) -> Option<&'a Record> {
    let versions = world.records.iter().filter(|r| r.kind != Kind::Retraction && r.id == id);
    versions.min_by_key(|r| kappa(r))
}

/// Whose a record is: of its groups, and of its data set.
fn own(record: &Record) -> BTreeSet<String> {
    groups(record).into_iter().chain([record.origin.dataset.to_lowercase()]).collect()
}

/// Whether a version is no later account of its record, but another's.
fn anothers(world: &World<'_>, version: &Record) -> bool {
    let compiled = world.datasets.iter().any(|d| d.name == version.origin.dataset && d.reach.counts_events);
    let Some(first) = first(world, &version.id) else { return false };
    let both_write = !groups(first).is_empty() && !groups(version).is_empty();
    !compiled && both_write && !share(&own(first), &groups(version))
}
