//! Sections 3 and 8: how bodies decide, what they determined, and what was put to
//! them.

use std::collections::{BTreeSet, VecDeque};

use armistice_records::{Effect, Kind, Record};
use armistice_terms::{Agreement, Body, Provision, Rule};
use jiff::Timestamp;

use crate::force::{effect, names, notices, said_by, set};
use crate::names::{meaning, side, written};
use crate::truth::T;
use crate::{Interval, Known};

/// A decision of a body about a provision.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Determined {
    /// The decision.
    pub notice: String,
    /// The body.
    pub body: usize,
    /// Whether it found the provision done.
    pub done: bool,
    /// Whether it counts.
    pub counts: T,
}

/// What became of a matter before a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the document defines them")]
pub enum Before {
    Determined,
    CannotTell,
    Pending,
    RanOut,
    NoTime,
}

/// A matter that was put to a body.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Put {
    /// The notification.
    pub notice: String,
    /// The body.
    pub body: usize,
    /// What became of it.
    pub state: Before,
    /// By when its time has run out.
    pub until: Option<i64>,
}

fn body(agreement: &Agreement, actor: usize) -> Option<&Body> {
    agreement.actors.get(actor).and_then(|a| a.body.as_ref())
}

/// Whether a decision was taken as a body decides.
pub(crate) fn rule(agreement: &Agreement, body: &Body, record: &Record, when: Interval) -> T {
    let members = set(body.members);
    if members.is_empty() {
        return T::U;
    }
    let lists: Vec<BTreeSet<usize>> = record
        .message
        .iter()
        .flat_map(|m| [&m.votes.in_favour, &m.votes.opposed, &m.votes.absent])
        .map(|list| {
            let meant = written(list).into_iter().map(|name| meaning(name, agreement, when, false));
            meant.flat_map(|side| side.certain).collect()
        })
        .collect();
    // In which one list a member stands: 0, 1 or 2.
    let place = |member: &usize| {
        let mut of = (0..lists.len()).filter(|n| lists.get(*n).is_some_and(|list| list.contains(member)));
        match (of.next(), of.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    };
    let count = |wanted: Option<usize>| members.iter().filter(|m| place(m) == wanted).count();
    let (m, f, o, r) = (members.len(), count(Some(0)), count(Some(1)), count(None));
    let all_agree = f > 0 && o == 0 && r == 0;
    let decided = match body.rule {
        Some(Rule::Consensus) => {
            if o > 0 {
                T::F
            } else if all_agree {
                T::T
            } else {
                T::U
            }
        }
        Some(Rule::Majority) => {
            if 2 * f > m {
                T::T
            } else if 2 * (f + r) <= m {
                T::F
            } else {
                T::U
            }
        }
        Some(Rule::Chair) => T::U,
        None => {
            if all_agree {
                T::T
            } else {
                T::U
            }
        }
    };
    let quorum = body.quorum.map_or(T::T, |n| {
        let n = n as usize;
        if n > m {
            T::U
        } else if f + o + r < n {
            T::F
        } else if f + o < n {
            T::U
        } else {
            T::T
        }
    });
    decided.min(quorum)
}

/// Those to whom a matter may pass from a body, in any number of steps.
fn reached(agreement: &Agreement, from: usize, seen: &mut BTreeSet<usize>) {
    if seen.insert(from)
        && let Some(refers) = body(agreement, from).and_then(|b| b.refers.as_ref())
    {
        for next in set(refers.to) {
            reached(agreement, next, seen);
        }
    }
}

fn may(agreement: &Agreement, actor: usize, provision: &Provision) -> T {
    let determines =
        |actor: usize| body(agreement, actor).is_some_and(|b| b.determines.iter().any(|id| names(id, &provision.id)));
    let all: Vec<usize> = (0..agreement.actors.len()).filter(|a| determines(*a)).collect();
    if determines(actor) {
        T::T
    } else if all.is_empty() {
        T::U
    } else {
        let mut seen = BTreeSet::new();
        all.into_iter().for_each(|a| reached(agreement, a, &mut seen));
        if seen.contains(&actor) { T::U } else { T::F }
    }
}

/// The notices that meet the window and are about a provision or a finding on it.
fn about<'w>(known: &Known<'w>, provision: &Provision) -> Vec<(&'w Record, Interval)> {
    let (w0, w1) = known.window;
    let of = |record: &Record| {
        let subjects = record.message.as_ref().map(|m| m.subject.as_slice()).unwrap_or_default();
        subjects.iter().any(|s| names(s, &provision.id) || s.starts_with(&format!("{}:", provision.id)))
    };
    notices(known).into_iter().filter(|(record, (a, b))| *a < w1 && *b > w0 && of(record)).collect()
}

fn determinations(known: &Known<'_>, provision: &Provision) -> Vec<(Determined, Interval)> {
    let agreement = known.agreement;
    let mut all = Vec::new();
    for (record, when) in about(known, provision) {
        let done = match effect(record) {
            Some(Effect::FoundDone) => true,
            Some(Effect::FoundNotDone) => false,
            _ => continue,
        };
        if record.kind != Kind::Decision {
            continue;
        }
        for actor in said_by(record, when, agreement) {
            if let Some(its) = body(agreement, actor) {
                let counts = rule(agreement, its, record, when).min(may(agreement, actor, provision));
                all.push((Determined { notice: record.id.clone(), body: actor, done, counts }, when));
            }
        }
    }
    all
}

/// What bodies determined of a provision.
pub(crate) fn determined(known: &Known<'_>, provision: usize) -> Vec<Determined> {
    let provision = known.agreement.provisions.get(provision);
    let all = provision.map(|p| determinations(known, p)).unwrap_or_default();
    all.into_iter().map(|(one, _)| one).collect()
}

/// What was put to bodies about a provision, and what became of it.
pub(crate) fn put(known: &Known<'_>, provision: usize) -> Vec<Put> {
    let Some(provision) = known.agreement.provisions.get(provision) else {
        return Vec::new();
    };
    let (agreement, ends) = (known.agreement, known.window.1);
    let all = determinations(known, provision);
    let mut found = Vec::new();
    for (record, when) in about(known, provision) {
        if record.kind != Kind::Notification || effect(record) != Some(Effect::Notified) {
            continue;
        }
        let to = side(&record.side_b, agreement, when).certain;
        let mut waiting: VecDeque<(usize, Interval)> = to.into_iter().map(|actor| (actor, when)).collect();
        let mut been = BTreeSet::new();
        while let Some((actor, (m, m_after))) = waiting.pop_front() {
            let Some(its) = body(agreement, actor) else {
                continue;
            };
            if !been.insert(actor) {
                continue;
            }
            let time = its.refers.as_ref().and_then(|r| r.within);
            let later = |at: i64| {
                let at = Timestamp::from_second(at).ok()?;
                Some(agreement.clock.add(at, time?)?.as_second())
            };
            let (first, last) = (later(m), later(m_after));
            let until = first.and(last);
            let (first, last) = (first.unwrap_or(i64::MAX), last.unwrap_or(i64::MAX));
            let ours: Vec<_> = all.iter().filter(|(d, _)| d.body == actor).collect();
            let state = if ours.iter().any(|(d, (a, b))| d.counts == T::T && *a >= m_after && *b <= first) {
                Before::Determined
            } else if ours.iter().any(|(d, (a, b))| d.counts >= T::U && *b > m && *a < last) {
                Before::CannotTell
            } else if until.is_none() {
                Before::NoTime
            } else if ends < last {
                Before::Pending
            } else {
                Before::RanOut
            };
            found.push(Put { notice: record.id.clone(), body: actor, state, until });
            if until.is_some()
                && matches!(state, Before::RanOut | Before::CannotTell)
                && let Some(refers) = &its.refers
            {
                waiting.extend(set(refers.to).into_iter().map(|next| (next, (first, last))));
            }
        }
    }
    found
}
