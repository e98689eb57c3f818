//! Section 7: what is on record of the cure of a breach.

use armistice_records::{Effect, Record};
use jiff::Timestamp;

use crate::Known;
use crate::conditions::{told, watched};
use crate::force::effect;
use crate::names::interval;
use crate::verdict::{Finding, Verdict};

/// What the record of a cure comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cured {
    /// In time.
    InTime,
    /// In time or not.
    Unclear,
    /// Afterwards.
    Late,
    /// There is time still.
    Running,
    /// Nothing is on record.
    NotOnRecord,
}

/// The cure of a finding's breach, if the provision gives time for one.
pub(crate) fn cured(known: &Known<'_>, provision: usize, finding: &Finding) -> Option<Cured> {
    let of = known.agreement.provisions.get(provision)?;
    let length = of.cure.filter(|_| finding.verdict == Verdict::Breach)?;
    let record: &Record = known.records.iter().copied().find(|r| r.id == finding.record)?;
    let (_, end) = interval(record, &known.agreement.clock)?;
    let last = Timestamp::from_second(end).ok().and_then(|at| known.agreement.clock.add(at, length));
    let last = last.map_or(i64::MAX, Timestamp::as_second);
    let id = format!("{}:{}", of.id, finding.record);
    let times: Vec<(i64, i64)> = told(known)
        .into_iter()
        .filter(|(notice, when)| {
            let names = notice.message.as_ref().is_some_and(|m| m.subject.iter().any(|s| *s == id || *s == record.id));
            names && effect(notice) == Some(Effect::FoundDone) && watched(known, notice, *when, of)
        })
        .map(|(_, when)| when)
        .collect();
    Some(match times.as_slice() {
        [] if known.window.1 < last => Cured::Running,
        [] => Cured::NotOnRecord,
        found if found.iter().any(|(_, to)| *to <= last) => Cured::InTime,
        found if found.iter().all(|(from, _)| *from >= last) => Cured::Late,
        _ => Cured::Unclear,
    })
}
