//! Section 7: verdict.

use std::collections::BTreeSet;

use armistice_records::Record;
use armistice_terms::Provision;

use crate::counts;
use crate::force::force;
use crate::names::{is_judged, widened};
use crate::place::{at_height, place, weapon};
use crate::points::points;
use crate::sources::{Rung, source};
use crate::truth::T;
use crate::{Interval, Known, hours};

/// What a record comes to under a provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A recorded breach.
    Breach,
    /// It cannot be told.
    CannotTell,
    /// It would be a breach but for an exception.
    Excepted,
    /// Some point speaks against it.
    OutOfScope,
}

/// A record as judged under a provision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The record's id.
    pub record: String,
    /// What it comes to.
    pub verdict: Verdict,
    /// The bound actors who may have acted.
    pub candidates: BTreeSet<usize>,
    /// How well what it tells is supported.
    pub rung: Rung,
    /// Time, act, actor, place, weapon, source, exception.
    pub points: [T; 7],
    /// Within what it happened.
    pub(crate) within: Interval,
}

/// Every record that is judged under a provision, by id.
pub(crate) fn judged(known: &Known<'_>, provision: usize) -> Vec<Finding> {
    let evaluable = |p: &&Provision| p.duty.is_judged() && force(known, p).is_some();
    let Some(provision) = known.agreement.provisions.get(provision).map(|p| &**p).filter(evaluable) else {
        return Vec::new();
    };
    let mut found: Vec<Finding> = Vec::new();
    for record in known.records.iter().filter(|r| is_judged(r)) {
        let Some(within) = widened(record, &known.agreement.clock) else {
            continue;
        };
        if within.0 < known.window.1 && within.1 > known.window.0 {
            found.push(finding(known, provision, record, within));
        }
    }
    found.sort_by(|a, b| a.record.cmp(&b.record));
    found
}

fn finding(known: &Known<'_>, provision: &Provision, record: &Record, within: Interval) -> Finding {
    let (zone, forces) = (provision.duty.zone(), provision.duty.forces());
    let proof = known.agreement.standard_for(provision);
    let time = force(known, provision).map_or(T::U, |canvas| canvas.point(within, proof));
    let hours = provision.force.hours.as_ref().map_or(T::T, |hours| hours::point(hours, within));
    let time = time.min(hours);
    let of = points(known, provision, record, within);
    let height = provision.duty.forbids().and_then(|forbid| forbid.height);
    let place =
        place(record, zone, proof, known.units, forces, &known.agreement.systems).min(at_height(record, height));
    let counts_it = provision.duty.limits().is_some() && counts::about(provision, record);
    let place = if counts_it { T::T } else { place };
    let armed = match provision.duty.limits() {
        Some(_) if counts_it => T::T,
        Some(limit) => counts::of_what(&limit.what, &known.agreement.systems, record),
        None => weapon(record, forces, &known.agreement.systems),
    };
    let (source, rung) = source(known, provision, record, within);
    let met = [time, of.act, of.actor, place, armed, source];
    let verdict = match (met.into_iter().min().unwrap_or(T::T), of.exception) {
        (T::F, _) => Verdict::OutOfScope,
        (_, T::T) => Verdict::Excepted,
        (T::T, T::F) => Verdict::Breach,
        _ => Verdict::CannotTell,
    };
    let [time, act, actor, place, weapon, source] = met;
    let points = [time, act, actor, place, weapon, source, of.exception];
    Finding { record: record.id.clone(), verdict, candidates: of.candidates, rung, points, within }
}
