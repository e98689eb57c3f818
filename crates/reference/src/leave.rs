//! Section 4: what must come before an act that is allowed only then.

use std::collections::BTreeSet;

use armistice_records::{Effect, Record};
use armistice_terms::{Provision, Step};

use crate::force::{concerns, effect, hearsay, made_by, notices, set};
use crate::names::{same, side};
use crate::truth::T;
use crate::{Interval, Known};

/// A notice that is a step: when, and whether for certain.
type Taken = (Interval, bool);

pub(crate) fn steps(
    known: &Known<'_>,
    provision: &Provision,
    steps: &[Step],
    (record, within): (&Record, Interval),
    candidates: &BTreeSet<usize>,
) -> T {
    let each: Vec<(i64, Vec<Taken>)> = steps
        .iter()
        .map(|step| {
            let ahead = match step {
                Step::Notice { ahead, .. } => ahead.as_secs(),
                _ => 0,
            };
            let all = notices(known).into_iter();
            let told = all.filter_map(|(notice, when)| {
                Some((when, taken(known, provision, step, (notice, when), record, candidates)?))
            });
            (ahead, told.collect())
        })
        .collect();
    if certainly(&each, i64::MIN, within) {
        T::T
    } else if possibly(&each, i64::MIN, within) {
        T::U
    } else {
        T::F
    }
}

/// Whether some choice of certain notices has each end before the next begins,
/// and so long before the act.
fn certainly(steps: &[(i64, Vec<Taken>)], after: i64, within: Interval) -> bool {
    let Some(((ahead, told), rest)) = steps.split_first() else {
        return true;
    };
    told.iter().any(|((m, done), certain)| {
        *certain && *m >= after && done + ahead <= within.0 && certainly(rest, *done, within)
    })
}

/// Whether there are instants, one in each notice of some choice and one in the
/// act's interval, that come in order.
fn possibly(steps: &[(i64, Vec<Taken>)], after: i64, within: Interval) -> bool {
    let Some(((ahead, told), rest)) = steps.split_first() else {
        return true;
    };
    told.iter().any(|((m, done), _)| {
        let at = after.max(*m);
        at < *done && at + ahead < within.1 && possibly(rest, at, within)
    })
}

/// Whether a notice is a step towards what a record tells of; `Some(certain)`.
fn taken(
    known: &Known<'_>,
    provision: &Provision,
    step: &Step,
    (notice, when): (&Record, Interval),
    record: &Record,
    candidates: &BTreeSet<usize>,
) -> Option<bool> {
    let agreement = known.agreement;
    let bound = set(provision.bound);
    let subjects = notice.message.as_ref().map(|m| m.subject.clone()).unwrap_or_default();
    let finding = format!("{}:{}", provision.id, record.id);
    let about = concerns(notice, provision) || subjects.iter().any(|s| *s == record.id || *s == finding);
    let others_tell = hearsay(notice, when, agreement).is_none_or(|theirs| !theirs.is_subset(&bound));
    let by = made_by(notice, when, agreement);
    match step {
        Step::Leave { of, together } => {
            let of = set(*of);
            let enough = if *together { of.is_subset(&by) } else { !of.is_disjoint(&by) };
            (about && effect(notice) == Some(Effect::Authorised) && enough).then_some(others_tell)
        }
        Step::Notice { to, .. } => {
            let to = set(*to);
            let heard = side(&notice.side_b, agreement, when);
            let all = !to.is_empty() && to.is_subset(&heard.certain);
            let some = to.is_empty() || heard.unknown || !heard.anyone().is_disjoint(&to);
            let theirs: BTreeSet<usize> = by.intersection(&bound).copied().collect();
            let alone = !candidates.is_empty() && candidates.is_subset(&theirs);
            let told = about && effect(notice) == Some(Effect::Notified) && some && !theirs.is_disjoint(candidates);
            told.then_some(others_tell && all && alone)
        }
        Step::After(words) => {
            let done = matches!(effect(notice), Some(Effect::Notified | Effect::Begun | Effect::FoundDone));
            (done && subjects.iter().any(|s| same(s, words))).then_some(others_tell)
        }
    }
}
