//! Whether a record's place lies in a zone, and how probably.

use std::collections::HashMap;
use std::sync::Arc;

use armistice_geodesy::{
    Metres, Position, Radius95, Sample, Sector, Side, distance, probability_between, probability_half_plane,
    probability_within_disc,
};
use armistice_records::{AreaLevel, RecordColumns, place_kind};
use armistice_terms::{Region, Shape, Units, Zone};
use arrow_array::{Array, Float64Array};

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

/// How many places stand for all where a point may be, and a sector.
const AROUND_A_POINT: usize = 1024;
const IN_A_SECTOR: usize = 256;

/// Places already judged: records name the same village, and the same
/// province, many times, and readings of an agreement share their zones.
#[derive(Debug, Default)]
pub(crate) struct Placings {
    zones: Vec<(Zone, f64, Measured)>,
}

impl Placings {
    /// What is known of places under a zone, at a standard of proof.
    pub(crate) fn under(&mut self, zone: &Zone, standard: f64) -> &mut Measured {
        let same =
            |(known, at, _): &(Zone, f64, Measured)| at.to_bits() == standard.to_bits() && same_ground(known, zone);
        let index = self.zones.iter().position(same).unwrap_or_else(|| {
            self.zones.push((zone.clone(), standard, Measured::default()));
            self.zones.len() - 1
        });
        // The index was found or made just now.
        #[expect(clippy::indexing_slicing, reason = "see above")]
        let (_, _, measured) = &mut self.zones[index];
        measured
    }
}

/// Places judged under one zone.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    points: HashMap<(u64, u64, u64), Placing>,
    units: HashMap<String, Placing>,
}

impl Measured {
    /// More are not kept: memory stays bounded whatever the records.
    const MOST: usize = 1 << 20;
}

/// Whether two zones are the same ground: the same shape, not one that looks it.
fn same_ground(a: &Zone, b: &Zone) -> bool {
    a.region == b.region && a.good_to == b.good_to && same_shape(&a.shape, &b.shape)
}

fn same_shape(a: &Shape, b: &Shape) -> bool {
    match (a, b) {
        (Shape::Line(a), Shape::Line(b)) => Arc::ptr_eq(a, b),
        (Shape::Area(a), Shape::Area(b)) => Arc::ptr_eq(a, b),
        (Shape::Point(a), Shape::Point(b)) => a == b,
        (Shape::Around(a, within), Shape::Around(b, other)) => within == other && same_shape(a, b),
        _ => false,
    }
}

/// Judges the place of one row against a zone, at a standard of proof.
pub(crate) fn place(
    zone: &Zone,
    columns: &RecordColumns<'_>,
    row: usize,
    units: &Units,
    standard: f64,
    measured: &mut Measured,
) -> Placing {
    let kind = columns.place_kind.get(row).copied().unwrap_or(place_kind::UNKNOWN);
    match (kind, at(columns, row)) {
        (place_kind::POINT, Some(position)) => {
            let radius = if columns.radius_m.is_valid(row) { columns.radius_m.value(row) } else { 0.0 };
            // The column was checked on entry; should a radius ever be
            // impossible, the place is not stated rather than exact.
            let Ok(radius) = Radius95::new(Metres::new(radius)) else {
                return Placing::untold(Reason::PlaceNotStated);
            };
            let key = (position.latitude().to_bits(), position.longitude().to_bits(), radius.radius().get().to_bits());
            if let Some(known) = measured.points.get(&key) {
                return *known;
            }
            let placing = point(zone, position, radius, standard);
            if measured.points.len() < Measured::MOST {
                measured.points.insert(key, placing);
            }
            placing
        }
        (place_kind::SECTOR, Some(observer)) => match sector(observer, columns, row) {
            Some(sector) => spread(zone, &Sample::of_sector(&sector, IN_A_SECTOR), standard, Reason::InSector),
            None => Placing::untold(Reason::InSector),
        },
        (place_kind::AREA, _) => unit(zone, columns, row, units, standard, measured),
        _ => Placing::untold(Reason::PlaceNotStated),
    }
}

fn at(columns: &RecordColumns<'_>, row: usize) -> Option<Position> {
    if columns.latitude.is_null(row) || columns.longitude.is_null(row) {
        return None;
    }
    Position::new(columns.latitude.value(row), columns.longitude.value(row)).ok()
}

/// A place around a point. Where the shape is as good as straight over all the
/// ground in question one formula has it; else a mean over many places.
fn point(zone: &Zone, at: Position, radius: Radius95, standard: f64) -> Placing {
    let side = side_meant(zone);
    let signed = signed_distance(&zone.shape, side, at);
    let both = radius.combine(zone.good_to);
    let plain = both == Radius95::EXACT || straight_about(&zone.shape, at, reach_of(zone) + both.radius() * 2.0);
    let probability = if plain {
        probability(zone, signed, both)
    } else {
        let places = Sample::of_normal(at, radius, AROUND_A_POINT);
        let measure = |place| signed_distance(&zone.shape, side, place);
        places.mean(measure, |signed, blur| probability(zone, *signed, blur.combine(zone.good_to)))
    };
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

/// The sector in which something was seen, if it is one that can be measured.
fn sector(observer: Position, columns: &RecordColumns<'_>, row: usize) -> Option<Sector> {
    let pair =
        |a: &Float64Array, b: &Float64Array| (a.is_valid(row) && b.is_valid(row)).then(|| (a.value(row), b.value(row)));
    let bearing = pair(columns.bearing_from, columns.bearing_to)?;
    let (near, far) = pair(columns.range_from_m, columns.range_to_m)?;
    Sector::new(observer, bearing, (Metres::new(near), Metres::new(far))).ok()
}

/// Somewhere in an administrative unit.
fn unit(
    zone: &Zone,
    columns: &RecordColumns<'_>,
    row: usize,
    units: &Units,
    standard: f64,
    measured: &mut Measured,
) -> Placing {
    let level = columns.area_level.is_valid(row).then(|| columns.area_level.value(row)).and_then(AreaLevel::from_code);
    let name = columns.area_name.get(row).filter(|_| matches!(level, Some(AreaLevel::Admin1 | AreaLevel::Admin2)));
    let Some(name) = name else {
        return Placing::untold(Reason::PlaceTooCoarse);
    };
    if let Some(known) = measured.units.get(name) {
        return *known;
    }
    let places = units.places(name);
    let placing = places.map_or(Placing::untold(Reason::PlaceTooCoarse), |places| {
        spread(zone, places, standard, Reason::PlaceTooCoarse)
    });
    measured.units.insert(name.to_owned(), placing);
    placing
}

/// Somewhere in ground for which places stand: outside only if all of it is.
fn spread(zone: &Zone, places: &Sample, standard: f64, untold: Reason) -> Placing {
    let side = side_meant(zone);
    let mut clear = true;
    let apart = places.reach() + zone.good_to.radius();
    let measure = |place| {
        let signed = signed_distance(&zone.shape, side, place);
        clear &= outside_by(zone, signed) > apart;
        signed
    };
    let probability = places.mean(measure, |signed, blur| probability(zone, *signed, blur.combine(zone.good_to)));
    let (truth, reason) = if probability >= standard {
        (Truth::True, Reason::InsideZone)
    } else if probability <= 1.0 - standard && clear {
        (Truth::False, Reason::OutsideZone)
    } else {
        (Truth::Unknown, untold)
    };
    Placing { probability: Some(probability), ..Placing { truth, ..Placing::untold(reason) } }
}

/// How far outside a zone a place is; never more than it is.
fn outside_by(zone: &Zone, signed: Metres) -> Metres {
    match zone.region {
        Region::Within(limit) | Region::NotBeyond(limit, _) => signed - limit,
        // Past its ends a line has no sides that all would agree on.
        Region::WithinOnSide(limit, _) => signed.abs() - limit,
        Region::Inside => signed,
        Region::Outside => -signed,
    }
}

/// How far from the shape the zone's edge runs.
const fn reach_of(zone: &Zone) -> Metres {
    match zone.region {
        Region::Within(limit) | Region::WithinOnSide(limit, _) | Region::NotBeyond(limit, _) => limit,
        Region::Inside | Region::Outside => Metres::ZERO,
    }
}

fn straight_about(shape: &Shape, at: Position, reach: Metres) -> bool {
    match shape {
        Shape::Point(_) => true,
        Shape::Line(line) => line.is_straight_about(at, reach),
        Shape::Area(area) => area.is_straight_about(at, reach),
        Shape::Around(inner, limit) => straight_about(inner, at, reach + *limit),
    }
}

/// The probability that a place at this signed distance, good to this radius,
/// lies in the zone; its shape is taken as straight over the radius.
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

/// The side of a line that a zone speaks of.
const fn side_meant(zone: &Zone) -> Option<Side> {
    match zone.region {
        Region::WithinOnSide(_, side) | Region::NotBeyond(_, side) => Some(side),
        _ => None,
    }
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
