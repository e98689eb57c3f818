//! Whether a record's place lies in a zone, and how probably.

use std::collections::HashMap;

use armistice_geodesy::{
    Metres, Position, Radius95, Side, distance, probability_between, probability_half_plane, probability_within_disc,
};
use armistice_records::{RecordColumns, place_kind};
use armistice_terms::{Region, Shape, Zone};
use arrow_array::Array;

use crate::reason::Reason;
use crate::truth::Truth;

/// A judgement of place, with its arithmetic.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placing {
    /// Inside, outside, or cannot tell.
    pub truth: Truth,
    /// Why.
    pub reason: Reason,
    /// Distance from the zone's place, signed where a side matters: positive
    /// on the side that the provision speaks of, negative across the line or
    /// inside an area.
    pub distance: Option<Metres>,
    /// 95 % radius of record and place together.
    pub radius: Option<Metres>,
    /// The probability that the true place lies in the zone.
    pub probability: Option<f64>,
}

impl Placing {
    pub(crate) fn untold(reason: Reason) -> Self {
        Self { truth: Truth::Unknown, reason, distance: None, radius: None, probability: None }
    }
}

/// Distances already measured: records name the same village many times.
#[derive(Default)]
pub(crate) struct Measured {
    known: HashMap<(u64, u64), Metres>,
}

/// Judges the place of one row against a zone, at a standard of proof.
pub(crate) fn place(
    zone: Option<&Zone>,
    columns: &RecordColumns<'_>,
    row: usize,
    standard: f64,
    measured: &mut Measured,
) -> Placing {
    let Some(zone) = zone else {
        return Placing { truth: Truth::True, ..Placing::untold(Reason::Anywhere) };
    };
    let kind = columns.place_kind.get(row).copied().unwrap_or(place_kind::UNKNOWN);
    let position = at(columns, row);
    match (kind, position) {
        (place_kind::POINT, Some(position)) => {
            let radius = if columns.radius_m.is_valid(row) { columns.radius_m.value(row) } else { 0.0 };
            // The column was checked on entry; should a radius ever be
            // impossible, the place is not stated rather than exact.
            let Ok(radius) = Radius95::new(Metres::new(radius)) else {
                return Placing::untold(Reason::PlaceNotStated);
            };
            point(zone, position, radius, standard, measured)
        }
        (place_kind::SECTOR, Some(observer)) => sector(zone, observer, columns, row, measured),
        (place_kind::AREA, _) => Placing::untold(Reason::PlaceTooCoarse),
        _ => Placing::untold(Reason::PlaceNotStated),
    }
}

fn at(columns: &RecordColumns<'_>, row: usize) -> Option<Position> {
    if columns.latitude.is_null(row) || columns.longitude.is_null(row) {
        return None;
    }
    Position::new(columns.latitude.value(row), columns.longitude.value(row)).ok()
}

fn point(zone: &Zone, at: Position, radius: Radius95, standard: f64, measured: &mut Measured) -> Placing {
    let signed = measure(zone, at, measured);
    let both = radius.combine(zone.good_to);
    let probability = probability(zone, signed, both);
    let (truth, reason) = if probability >= standard {
        (Truth::True, Reason::InsideZone)
    } else if probability <= 1.0 - standard {
        too_vague(zone, signed, both, standard).unwrap_or((Truth::False, Reason::OutsideZone))
    } else {
        (Truth::Unknown, Reason::NearEdge)
    };
    Placing { truth, reason, distance: Some(signed), radius: Some(both.radius()), probability: Some(probability) }
}

/// A report so vague that nothing could ever be told inside so narrow a zone:
/// small odds of lying in it then show the zone's size and not an absence, so
/// it is outside only if all its ground is clear of the zone.
fn too_vague(zone: &Zone, signed: Metres, both: Radius95, standard: f64) -> Option<(Truth, Reason)> {
    let (middle, clear) = match zone.region {
        Region::Within(limit) if matches!(zone.shape, Shape::Line(_) | Shape::Point(_)) => {
            (Metres::ZERO, signed - limit)
        }
        Region::WithinOnSide(limit, _) => (limit * 0.5, if signed > Metres::ZERO { signed - limit } else { -signed }),
        // These reach on without end, or deeper than they are known.
        _ => return None,
    };
    let vague = probability(zone, middle, both) < standard && clear <= both.radius();
    vague.then_some((Truth::Unknown, Reason::TooVague))
}

/// A sector is only ever ruled out: when all ground within its farthest range
/// of the observer, in any direction, lies outside.
fn sector(
    zone: &Zone,
    observer: Position,
    columns: &RecordColumns<'_>,
    row: usize,
    measured: &mut Measured,
) -> Placing {
    let reach = if columns.range_to_m.is_valid(row) { columns.range_to_m.value(row) } else { f64::INFINITY };
    let signed = measure(zone, observer, measured);
    let slack = Metres::new(reach) + zone.good_to.radius();
    let outside = match zone.region {
        // Inside an area the distance is negative, and all of it is near.
        Region::Within(limit) | Region::NotBeyond(limit, _) => signed > limit + slack,
        Region::WithinOnSide(limit, _) => signed.abs() > limit + slack,
        Region::Inside => signed > slack,
        Region::Outside => -signed > slack,
    };
    if outside {
        let untold = Placing::untold(Reason::OutsideZone);
        return Placing { truth: Truth::False, distance: Some(signed), ..untold };
    }
    Placing { distance: Some(signed), ..Placing::untold(Reason::InSector) }
}

/// The probability that a place at this signed distance, good to this radius,
/// lies in the zone; a line is taken as straight over the radius.
fn probability(zone: &Zone, signed: Metres, radius: Radius95) -> f64 {
    const FAR: Metres = Metres::new(f64::INFINITY);
    match zone.region {
        Region::Within(limit) => match zone.shape {
            Shape::Point(_) => probability_within_disc(signed, limit, radius),
            Shape::Line(_) => probability_between(signed, -limit, limit, radius),
            // Deep inside is as near as can be.
            Shape::Area(_) | Shape::Around(..) => probability_between(signed, -FAR, limit, radius),
        },
        Region::WithinOnSide(limit, _) => probability_between(signed, Metres::ZERO, limit, radius),
        Region::NotBeyond(limit, _) => probability_between(signed, -FAR, limit, radius),
        Region::Inside => probability_half_plane(-signed, radius),
        Region::Outside => probability_half_plane(signed, radius),
    }
}

fn measure(zone: &Zone, at: Position, measured: &mut Measured) -> Metres {
    let key = (at.latitude().to_bits(), at.longitude().to_bits());
    *measured.known.entry(key).or_insert_with(|| {
        let side = match zone.region {
            Region::WithinOnSide(_, side) | Region::NotBeyond(_, side) => Some(side),
            _ => None,
        };
        signed_distance(&zone.shape, side, at)
    })
}

/// Metres from a shape: on a line, positive on `side`; in an area, negative
/// inside.
fn signed_distance(shape: &Shape, side: Option<Side>, at: Position) -> Metres {
    match shape {
        Shape::Line(line) => {
            let nearest = line.nearest(at);
            match side {
                Some(side) if nearest.side == side.opposite() => -nearest.distance,
                _ => nearest.distance,
            }
        }
        Shape::Area(area) => area.signed_distance(at),
        Shape::Point(point) => distance(*point, at),
        // The distance outward from the buffer's own edge.
        Shape::Around(inner, limit) => signed_distance(inner, side, at) - *limit,
    }
}
