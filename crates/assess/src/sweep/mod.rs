//! What every value of a number would have meant: the whole curve, with all of its
//! steps, for little more than one assessment.
//!
//! All of a record that does not hang on the number is judged once. Of the point
//! that does, it is found where its truth changes as the number is moved, by the
//! functions that judge it at any one value; nothing is judged again per value.
//! Between two steps nothing changes, and on each side of a step an assessment of
//! the text with that value written into it gives the same counts.

mod crossing;
mod curve;
mod days;
mod grid;
mod ground;
mod number;
mod time;

use std::rc::Rc;

use armistice_geodesy::{Metres, Position, Radius95};
use armistice_records::RecordColumns;
use armistice_terms::{Checked, Duty, LeverUnit, Limit, Moves, Provision, Region, Shape, Units, Zone};

use crate::assessment::Options;
use crate::bench::Bench;
use crate::events::judged;
use crate::evidence::{Evidence, EvidenceError, Notice};
use crate::finding::{Dimension, Finding, Judgement, Verdict, verdict};
use crate::hours::at_hours;
use crate::names::Names;
use crate::place::Placings;
use crate::running::Running;
use crate::standing::Counts;
use crate::truth::Truth;
use crate::variant::Variant;
use crate::when::slack;
use curve::{Moved, Moving, levels};
pub use days::{GateCurve, sweep_days};
pub use grid::{Grid, Sheet, sweep_grid};
use ground::Widths;
use number::numbers;
use time::Lives;

/// A lever, and from where to where it is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    /// What it moves.
    pub moves: Moves,
    /// In what it is counted.
    pub unit: LeverUnit,
    /// The first value and the last, in these units; the second is the greater.
    pub range: (i64, i64),
}

/// What every value of a lever would have meant.
#[derive(Clone, Debug)]
pub struct Sweep {
    /// The period, in seconds: first, and first after.
    pub window: (i64, i64),
    /// Whose counts there are: of all bound together first, then of each party, by
    /// index.
    pub rows: Vec<Option<usize>>,
    /// One for each combination of the brackets that the provision still hangs on.
    pub curves: Vec<Curve>,
}

/// The counts of a provision at every value, under one reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curve {
    /// Which alternative is taken of each question that the provision hangs on.
    pub answers: Vec<(usize, usize)>,
    /// Its steps, the first where the range begins.
    pub levels: Vec<Level>,
}

/// A step of a curve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// The first value at which it is so, in the lever's units.
    pub from: i64,
    /// The counts of each row, from there to the next step.
    pub counts: Vec<Counts>,
}

impl Curve {
    /// The counts at a value; none before the range begins.
    #[must_use]
    pub fn at(&self, value: i64) -> Option<&Level> {
        let passed = self.levels.partition_point(|level| level.from <= value);
        passed.checked_sub(1).and_then(|last| self.levels.get(last))
    }
}

/// Moves a lever through all of its values.
///
/// `checked` is of the text with any one number in the lever's place, such as the
/// first of the range ([`Lever::edited`](armistice_terms::Lever::edited)), so that
/// brackets around that number are no question any more.
///
/// # Errors
/// [`EvidenceError`] as for [`assess`](crate::assess).
pub fn sweep(checked: &Checked, evidence: Evidence<'_>, options: Options, axis: Axis) -> Result<Sweep, EvidenceError> {
    let (rows, window, curves) = swept(checked, evidence, options, &[axis], |rows, window, answers, moving| {
        let levels = levels(rows, moving, window, axis.range.0);
        Curve { answers: answers.to_vec(), levels }
    })?;
    Ok(Sweep { window, rows, curves })
}

/// Whose counts there are, the period, and what `read` makes of all that moves
/// under each variant of the levers' provision.
type Swept<T> = (Vec<Option<usize>>, (i64, i64), Vec<T>);

fn swept<T>(
    checked: &Checked,
    evidence: Evidence<'_>,
    options: Options,
    axes: &[Axis],
    read: impl Fn(&[Option<usize>], (i64, i64), &[(usize, usize)], Vec<Moving>) -> T,
) -> Result<Swept<T>, EvidenceError> {
    let running = Running::of(checked, evidence, options)?;
    let index = axes.first().and_then(|axis| axis.moves.provision());
    let variants: Vec<&Variant<'_>> = running.variants.iter().filter(|v| Some(v.index) == index).collect();
    let notices = running.notices();
    let bound = index.and_then(|index| checked.agreement().provisions.get(index)).map(|provision| provision.bound);
    let parties = bound.into_iter().flat_map(armistice_terms::ActorSet::iter);
    let rows: Vec<Option<usize>> = std::iter::once(None).chain(parties.map(Some)).collect();
    let (window, told) = (running.window(), running.told());
    let each = running.climb(&notices, |views, events, ladder| {
        let each = variants.iter().map(|variant| {
            let mut moving = moving(&running, variant, (views, &told), axes);
            for one in &mut moving {
                let at = (one.finding.batch, one.finding.row);
                one.finding.event = events.standing_for(at);
                let judgement = &mut one.finding.judgement;
                judgement.support(ladder.judge(at, variant, judgement.candidates));
            }
            moving.retain(|one| one.finding.judgement.verdict != Verdict::OutOfScope);
            read(&rows, window, &variant.answers, moving)
        });
        each.collect()
    });
    Ok((rows, window, each))
}

/// What is known of one point of records, at every value.
enum Point<'v> {
    Place(Widths<'v>),
    Number(Box<Limit>),
    Time(Lives<'v>),
}

impl<'v> Point<'v> {
    /// The point of a variant that hangs on a lever, if one does.
    fn of(variant: &'v Variant<'v>, told: &'v [&'v Notice], axis: Axis, units: &'v Units) -> Option<Self> {
        let standard = variant.agreement.standard_for(variant.provision);
        let duty = &variant.provision.duty;
        match axis.moves {
            Moves::Distance(_) => {
                duty.zone().map(|zone| Self::Place(Widths::new(zone, (axis.unit, axis.range), standard, units)))
            }
            Moves::Number(_) => duty.limits().map(|limit| Self::Number(Box::new(limit.clone()))),
            Moves::Duration(_) | Moves::Deadline(_) => Some(Self::Time(Lives::new(variant, told, axis, standard))),
            Moves::Days(_) => None,
        }
    }
}

/// The point of records that hangs on a lever.
const fn dimension(axis: Axis) -> Dimension {
    match axis.moves {
        Moves::Distance(_) => Dimension::Place,
        Moves::Number(_) => Dimension::Act,
        Moves::Duration(_) | Moves::Deadline(_) | Moves::Days(_) => Dimension::Time,
    }
}

/// Every record that may come to something at some value, with the points that
/// hang on levers taken as so.
fn moving(
    running: &Running<'_, '_>,
    variant: &Variant<'_>,
    (views, told): (&[RecordColumns<'_>], &[&Notice]),
    axes: &[Axis],
) -> Vec<Moving> {
    let points = axes.iter().map(|axis| Some((*axis, Point::of(variant, told, *axis, running.units)?)));
    let Some(mut points) = points.collect::<Option<Vec<_>>>().filter(|_| variant.judges()) else {
        return Vec::new();
    };
    let dimensions: Vec<Dimension> = axes.iter().map(|axis| dimension(*axis)).collect();
    let anywhere = anywhere(variant.provision);
    // All is judged but the place, if that is what moves.
    let loose = if dimensions.contains(&Dimension::Place) {
        Variant { provision: &anywhere, ..variant.clone() }
    } else {
        variant.clone()
    };
    let mut placings = Placings::default();
    let mut found = Vec::new();
    for (batch, columns) in views.iter().enumerate() {
        let names = Rc::new(Names::of(columns, variant.agreement, &variant.adherence));
        let whens = running.whens.get(batch).map(Vec::as_slice).unwrap_or_default();
        let wanted = running.wanted(batch, columns);
        let bench = Bench::new(&loose, columns, names, (running.units, &mut placings));
        for (row, ((when, wanted), kind)) in whens.iter().zip(&wanted).zip(columns.kind).enumerate() {
            if !*wanted || !judged(*kind) {
                continue;
            }
            let (from, until) = *when;
            let slack = slack(columns, row, *when);
            let within = (from - slack, until + slack);
            let Some(mut judgement) = but_for(&dimensions, (&bench, &mut placings), row, within) else {
                continue;
            };
            let moved = points.iter_mut().map(|(axis, point)| {
                let now = judgement.point(dimension(*axis)).truth;
                let (steps, most) = match point {
                    // A count about the clause is of no place; and how high it was hangs on
                    // no width.
                    Point::Place(_) if bench.counts(row) && variant.provision.duty.limits().is_some() => {
                        ([(axis.range.0, now)].into(), Truth::True)
                    }
                    Point::Place(widths) => (widths.of(columns, row), now),
                    Point::Number(_) if judgement.counting.is_none() => ([(axis.range.0, now)].into(), Truth::True),
                    Point::Number(limit) => {
                        let candidates = judgement.candidates.len();
                        let row = (columns, row, within);
                        (numbers((variant, limit), &bench, row, candidates, axis.range), Truth::True)
                    }
                    Point::Time(lives) => (lives.during(within), at_any(variant, within)),
                };
                Moved { dimension: dimension(*axis), steps, most }
            });
            let moved = moved.collect();
            for dimension in &dimensions {
                so(&mut judgement, *dimension);
            }
            judgement.verdict = verdict(&judgement.points);
            let finding = Finding { variant: 0, batch, row, from, until, slack, event: None, judgement };
            found.push(Moving { finding, moved });
        }
    }
    found
}

/// Takes a point of a judgement as so.
fn so(judgement: &mut Judgement, dimension: Dimension) {
    if let Some(point) = judgement.points.get_mut(dimension as usize) {
        point.truth = Truth::True;
    }
}

/// What a row comes to, but for some points; none where another speaks against it.
fn but_for(
    dimensions: &[Dimension],
    (bench, placings): (&Bench<'_>, &mut Placings),
    row: usize,
    within: (i64, i64),
) -> Option<Judgement> {
    let judgement = bench.judge(row, within, false, placings);
    let Some((against, _)) = judgement.against() else {
        return Some(judgement);
    };
    // A place that is not high enough is none at any width, and another act none
    // at any number.
    let hangs = |judgement: &Judgement, dimension: Dimension| {
        dimensions.contains(&dimension)
            && (dimension == Dimension::Time || (dimension == Dimension::Act && judgement.counting.is_some()))
    };
    if !hangs(&judgement, against) {
        return None;
    }
    let whole = bench.judge(row, within, true, placings);
    let mut without = whole;
    for dimension in [Dimension::Time, Dimension::Act] {
        if hangs(&whole, dimension) {
            so(&mut without, dimension);
        }
    }
    (verdict(&without.points) != Verdict::OutOfScope).then_some(whole)
}

/// Whether it was at an hour at which the provision holds, if it holds at some.
fn at_any(variant: &Variant<'_>, within: (i64, i64)) -> Truth {
    variant.provision.force.hours.as_ref().map_or(Truth::True, |hours| at_hours(hours, within).0)
}

/// The provision without a place that could put a record out of it, but for the
/// height: everything is within so much of anything on Earth.
fn anywhere(provision: &Provision) -> Provision {
    let mut provision = provision.clone();
    let zone = match &mut provision.duty {
        Duty::Forbid(forbid) => forbid.within.as_mut(),
        Duty::Limit(limit) => limit.within.as_mut(),
        Duty::StandOff { zone, .. } | Duty::WithdrawBy { zone, .. } => Some(zone),
        Duty::Deed(_) | Duty::ForPeople(_) | Duty::NotEvaluable(_) => None,
    };
    if let (Some(zone), Ok(origin)) = (zone, Position::new(0.0, 0.0)) {
        *zone = Zone {
            shape: Shape::Point(origin),
            region: Region::Within(Metres::from_km(1e6)),
            good_to: Radius95::EXACT,
            perhaps: None,
            ..zone.clone()
        };
    }
    provision
}
