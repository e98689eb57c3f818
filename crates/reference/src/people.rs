//! Section 8: what bears on a term that only people can judge.

use crate::Known;
use crate::adherence::side;
use crate::force::{effect, force, names, notices, set};
use crate::names::{happened, interval, widened};
use crate::truth::T;
use armistice_records::Direction;

/// The records that bear on a provision, by when they began and by id, and the
/// notices about it; `None` if it is not for people.
pub(crate) fn bearing(known: &Known<'_>, provision: usize) -> Option<(Vec<String>, Vec<String>)> {
    let provision = known.agreement.provisions.get(provision)?;
    let theirs = set(provision.duty.for_people()?.concerning);
    let clock = &known.agreement.clock;
    let meets = |(a, b): (i64, i64)| a < known.window.1 && b > known.window.0;
    let mut records: Vec<(i64, String)> = Vec::new();
    for record in known.records.iter().filter(|r| happened(r)) {
        let (Some(when), Some(within)) = (interval(record, clock), widened(record, clock)) else {
            continue;
        };
        let bound = force(known, provision)
            .is_none_or(|canvas| canvas.stretches(within).iter().any(|(_, value)| *value != T::F));
        let mut acted = side(&record.side_a, known, within).anyone();
        if record.direction != Direction::AOnB {
            acted.extend(side(&record.side_b, known, within).anyone());
        }
        if meets(within) && bound && !acted.is_disjoint(&theirs) {
            records.push((when.0, record.id.clone()));
        }
    }
    records.sort();
    let about = notices(known).into_iter().filter(|(n, when)| {
        let subjects = n.message.as_ref().map(|m| m.subject.as_slice()).unwrap_or_default();
        effect(n).is_some() && meets(*when) && subjects.iter().any(|s| names(s, &provision.id))
    });
    Some((records.into_iter().map(|(_, id)| id).collect(), about.map(|(n, _)| n.id.clone()).collect()))
}
