//! Whether a record's place lies in a zone, and how probably.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use armistice_geodesy::{
    Metres, Position, Radius95, Sample, Sector, Side, distance, probability_between, probability_within_disc,
};
use armistice_records::{AreaLevel, RecordColumns, place_kind};
use armistice_terms::{Part as Piece, Region, Shape, Units, Zone};
use arrow_array::{Array, Float64Array};

use crate::height::held;
use crate::joined::{self, Joined};
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

    /// The same, if it was also as high as is meant.
    pub(crate) fn at_height(self, (truth, reason): (Truth, Reason)) -> Self {
        if truth < self.truth { Self { truth, reason, ..self } } else { self }
    }
}

/// How many places stand for all where a point may be, and a sector.
const AROUND_A_POINT: usize = 1024;
pub(crate) const IN_A_SECTOR: usize = 256;
/// By how much a mean over places may be off from the sum over each of them.
pub(crate) const APART: f64 = 1e-6;

/// Places already judged: records name the same village, and the same
/// province, many times, and readings of an agreement share their zones.
#[derive(Debug, Default)]
pub(crate) struct Placings {
    zones: Vec<(Zone, f64, Measured)>,
}

impl Placings {
    /// Where what is known of places under a zone is kept, at a standard of proof.
    pub(crate) fn under(&mut self, zone: &Zone, standard: f64) -> usize {
        let same =
            |(known, at, _): &(Zone, f64, Measured)| at.to_bits() == standard.to_bits() && same_ground(known, zone);
        self.zones.iter().position(same).unwrap_or_else(|| {
            self.zones.push((zone.clone(), standard, Measured::default()));
            self.zones.len() - 1
        })
    }

    /// What is known of places under the zone of an index that `under` gave.
    pub(crate) fn at(&mut self, index: usize) -> Option<&mut Measured> {
        self.zones.get_mut(index).map(|(.., measured)| measured)
    }
}

/// Places judged under one zone.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    points: HashMap<(u64, u64, u64), Placing>,
    units: HashMap<String, Placing>,
}

impl Measured {
    /// When there are so many they are forgotten: memory stays bounded whatever the
    /// records, and where no two have one place, looking it up costs little.
    const MOST: usize = 1 << 14;
}

/// Whether two zones are the same ground: the same shape, not one that looks it.
fn same_ground(a: &Zone, b: &Zone) -> bool {
    a.region == b.region && a.good_to == b.good_to && same_shape(&a.shape, &b.shape)
}

pub(crate) fn same_shape(a: &Shape, b: &Shape) -> bool {
    match (a, b) {
        (Shape::Line(a), Shape::Line(b)) => Arc::ptr_eq(a, b),
        (Shape::Area(a), Shape::Area(b)) => Arc::ptr_eq(a, b),
        (Shape::Point(a), Shape::Point(b)) => a == b,
        (Shape::Around(a, within), Shape::Around(b, other)) => within == other && same_shape(a, b),
        (Shape::Joined(a), Shape::Joined(b)) => {
            let same = |(a, b): (&Piece, &Piece)| a.region == b.region && same_shape(&a.shape, &b.shape);
            Arc::ptr_eq(a, b) || (a.len() == b.len() && a.iter().zip(b.iter()).all(same))
        }
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
            let placing = if zone.shape.is_joined() {
                joined::point(zone, position, radius, standard, AROUND_A_POINT)
            } else {
                point(zone, position, radius, standard)
            };
            if measured.points.len() >= Measured::MOST {
                measured.points.clear();
            }
            measured.points.insert(key, placing);
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

/// Whether a row was over the ground of a zone, or what may belong to it, and as
/// high as is meant; what is measured of both is kept.
pub(crate) fn over(
    zone: &Zone,
    columns: &RecordColumns<'_>,
    row: usize,
    units: &Units,
    standard: f64,
    [near, wide]: &mut [Measured; 2],
) -> Truth {
    let within = place(zone, columns, row, units, standard, near).truth;
    // Ground that may belong to it as well leaves open what is not within.
    let truth = match zone.perhaps.as_deref() {
        Some(wider) if within != Truth::True => {
            place(wider, columns, row, units, standard, wide).truth.min(Truth::Unknown)
        }
        _ => within,
    };
    zone.height.map_or(truth, |height| truth.and(held(height, columns, row).0))
}

pub(crate) fn at(columns: &RecordColumns<'_>, row: usize) -> Option<Position> {
    if columns.latitude.is_null(row) || columns.longitude.is_null(row) {
        return None;
    }
    Position::new(columns.latitude.value(row), columns.longitude.value(row)).ok()
}

/// A place around a point.
fn point(zone: &Zone, at: Position, radius: Radius95, standard: f64) -> Placing {
    let ground = Ground::of(&zone.shape, zone.region);
    Around::new(&ground, zone.good_to, at, radius).on(&ground, standard)
}

/// A place around a point, measured once for every width of the ground.
pub(crate) struct Around {
    at: Position,
    radius: Radius95,
    good_to: Radius95,
    /// Of record and place together.
    pub(crate) both: Radius95,
    pub(crate) signed: Metres,
    /// Places that stand for all where it may be, and each measured; only if asked for.
    places: OnceCell<Sample>,
    seen: OnceCell<Vec<Metres>>,
}

impl Around {
    pub(crate) fn new(ground: &Ground<'_>, good_to: Radius95, at: Position, radius: Radius95) -> Self {
        let (signed, both) = (ground.see(at), radius.combine(good_to));
        Self { at, radius, good_to, both, signed, places: OnceCell::new(), seen: OnceCell::new() }
    }

    /// Where it was, on ground of some width.
    pub(crate) fn on(&self, ground: &Ground<'_>, standard: f64) -> Placing {
        let probability = if self.plain(ground) { self.by_formula(ground) } else { self.by_places(ground) };
        self.placing(ground, probability, standard)
    }

    /// Whether the shape is as good as straight over all the ground in question, so
    /// that one formula has it; else it is a mean over many places.
    pub(crate) fn plain(&self, ground: &Ground<'_>) -> bool {
        let both = self.both;
        both == Radius95::EXACT || ground.straight_about(self.at, ground.width() + both.radius() * 2.0)
    }

    /// How probably it was there, by the formula for a straight line.
    pub(crate) fn by_formula(&self, ground: &Ground<'_>) -> f64 {
        ground.probability(&self.signed, self.both)
    }

    /// How probably it was there, as a mean over places.
    pub(crate) fn by_places(&self, ground: &Ground<'_>) -> f64 {
        ground.mean(self.places(), self.good_to)
    }

    /// Two figures, each no less on wider ground, of which that is the difference to
    /// within [`APART`].
    pub(crate) fn parts(&self, ground: &Ground<'_>) -> (f64, f64) {
        let places = self.places();
        let seen = self.seen.get_or_init(|| ground.see_all(places));
        let (low, high) = ground.edges();
        places.parts_between(seen, low, high, self.good_to)
    }

    fn places(&self) -> &Sample {
        self.places.get_or_init(|| Sample::of_normal(self.at, self.radius, AROUND_A_POINT))
    }

    /// What a probability of being there comes to.
    pub(crate) fn placing(&self, ground: &Ground<'_>, probability: f64, standard: f64) -> Placing {
        let (signed, both) = (self.signed, self.both);
        let (truth, reason) = if probability >= standard {
            (Truth::True, Reason::InsideZone)
        } else if probability <= 1.0 - standard {
            too_vague(ground, signed, both, standard).unwrap_or((Truth::False, Reason::OutsideZone))
        } else {
            (Truth::Unknown, Reason::NearEdge)
        };
        Placing { truth, reason, distance: Some(signed), radius: Some(both.radius()), probability: Some(probability) }
    }
}

/// A report so vague that nothing could ever be told inside so narrow a zone:
/// small odds of lying in it then show the zone's size and not an absence, so
/// it is outside only if all its ground is clear of the zone.
fn too_vague(ground: &Ground<'_>, signed: Metres, both: Radius95, standard: f64) -> Option<(Truth, Reason)> {
    let Vague { hopeless, near } = vague(ground, signed, both, standard)?;
    (hopeless && near).then_some((Truth::Unknown, Reason::TooVague))
}

/// What makes a report too vague for a zone.
pub(crate) struct Vague {
    /// Nothing told so vaguely could be told inside: so of narrow zones.
    pub(crate) hopeless: bool,
    /// Not all its ground is clear of the zone: so of wide ones.
    pub(crate) near: bool,
}

pub(crate) fn vague(ground: &Ground<'_>, signed: Metres, both: Radius95, standard: f64) -> Option<Vague> {
    let (middle, clear) = match (ground.part, ground.shape) {
        (Part::Within(limit), Shape::Line(_) | Shape::Point(_)) => (Metres::ZERO, signed - limit),
        (Part::OnSide(limit, _), _) => (limit * 0.5, if signed > Metres::ZERO { signed - limit } else { -signed }),
        // These reach on without end, or deeper than they are known.
        _ => return None,
    };
    Some(Vague { hopeless: ground.probability(&middle, both) < standard, near: clear <= both.radius() })
}

/// The sector in which something was seen, if it is one that can be measured.
pub(crate) fn sector(observer: Position, columns: &RecordColumns<'_>, row: usize) -> Option<Sector> {
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
    let Some(name) = unit_name(columns, row) else {
        return Placing::untold(Reason::PlaceTooCoarse);
    };
    if let Some(known) = measured.units.get(name) {
        return *known;
    }
    let places = units.places(name);
    let placing = places.map_or(Placing::untold(Reason::PlaceTooCoarse), |places| {
        spread(zone, places, standard, Reason::PlaceTooCoarse)
    });
    if places.is_some() {
        measured.units.insert(name.to_owned(), placing);
    }
    placing
}

/// The administrative unit that a row names, if it is one that has boundaries.
pub(crate) fn unit_name<'r>(columns: &'r RecordColumns<'_>, row: usize) -> Option<&'r str> {
    let level = columns.area_level.is_valid(row).then(|| columns.area_level.value(row)).and_then(AreaLevel::from_code);
    columns.area_name.get(row).filter(|_| matches!(level, Some(AreaLevel::Admin1 | AreaLevel::Admin2)))
}

/// Somewhere in ground for which places stand: outside only if all of it is.
fn spread(zone: &Zone, places: &Sample, standard: f64, untold: Reason) -> Placing {
    if zone.shape.is_joined() {
        spread_over(&Joined::of(zone), zone, places, standard, untold)
    } else {
        spread_over(&Ground::of(&zone.shape, zone.region), zone, places, standard, untold)
    }
}

pub(crate) fn spread_over(
    ground: &impl Measure,
    zone: &Zone,
    places: &Sample,
    standard: f64,
    untold: Reason,
) -> Placing {
    let seen = ground.see_all(places);
    let apart = places.reach() + zone.good_to.radius();
    let clear = || places.points().iter().zip(&seen).all(|(&place, seen)| ground.outside_by(place, seen) > apart);
    let probability = places.mean_of(&seen, |seen, blur| ground.probability(seen, blur.combine(zone.good_to)));
    let most = || places.mean_of(&seen, |seen, blur| ground.most(seen, blur.combine(zone.good_to)));
    let (truth, reason) = if probability >= standard {
        (Truth::True, Reason::InsideZone)
    } else if probability <= 1.0 - standard && clear() && most() <= 1.0 - standard {
        (Truth::False, Reason::OutsideZone)
    } else {
        (Truth::Unknown, untold)
    };
    Placing { probability: Some(probability), ..Placing { truth, ..Placing::untold(reason) } }
}

/// Ground that places are measured against.
pub(crate) trait Measure {
    /// What is measured of one place.
    type Seen;
    /// Measures a place.
    fn see(&self, at: Position) -> Self::Seen;
    /// Measures all places that stand for a spread.
    fn see_all(&self, places: &Sample) -> Vec<Self::Seen>;
    /// How far outside the ground it is; never more than it is.
    fn outside_by(&self, at: Position, seen: &Self::Seen) -> Metres;
    /// The probability that it lies there, at least, if it is good to this radius.
    fn probability(&self, seen: &Self::Seen, radius: Radius95) -> f64;
    /// The same, at most.
    fn most(&self, seen: &Self::Seen, radius: Radius95) -> f64;
}

/// The ground of a zone, told by one shape: the ground within a distance of the
/// ground around a shape is the ground within both together of that shape.
pub(crate) struct Ground<'z> {
    /// Not the ground around another.
    shape: &'z Shape,
    part: Part,
}

/// Which ground, measured from the shape.
#[derive(Clone, Copy)]
enum Part {
    Within(Metres),
    Beyond(Metres),
    OnSide(Metres, Side),
    NotBeyond(Metres, Side),
    Inside,
    Outside,
}

impl<'z> Ground<'z> {
    pub(crate) fn of(mut shape: &'z Shape, region: Region) -> Self {
        let mut around = None;
        while let Shape::Around(inner, width) = shape {
            around = Some(around.unwrap_or(Metres::ZERO) + *width);
            shape = inner;
        }
        let wider = |limit: Metres| limit + around.unwrap_or(Metres::ZERO);
        let part = match (region, around) {
            (Region::Within(limit), _) => Part::Within(wider(limit)),
            // No weapon is known to reach anywhere; see `Zone::within_range`.
            (Region::WithinRange, _) => Part::Within(wider(Metres::ZERO)),
            (Region::WithinOnSide(limit, side), _) => Part::OnSide(wider(limit), side),
            (Region::NotBeyond(limit, side), _) => Part::NotBeyond(wider(limit), side),
            (Region::Inside, Some(width)) => Part::Within(width),
            (Region::Outside, Some(width)) => Part::Beyond(width),
            (Region::Inside, None) => Part::Inside,
            (Region::Outside, None) => Part::Outside,
        };
        Self { shape, part }
    }

    /// How far from the shape the ground's edge runs.
    pub(crate) const fn width(&self) -> Metres {
        match self.part {
            Part::Within(limit) | Part::Beyond(limit) | Part::OnSide(limit, _) | Part::NotBeyond(limit, _) => limit,
            Part::Inside | Part::Outside => Metres::ZERO,
        }
    }

    /// Between which distances from its shape it lies; or what is left by it does.
    fn edges(&self) -> (Metres, Metres) {
        const FAR: Metres = Metres::new(f64::INFINITY);
        match (self.part, self.shape) {
            (Part::Within(limit) | Part::Beyond(limit), Shape::Line(_)) => (-limit, limit),
            (Part::Within(limit) | Part::Beyond(limit) | Part::NotBeyond(limit, _), _) => (-FAR, limit),
            (Part::OnSide(limit, _), _) => (Metres::ZERO, limit),
            (Part::Inside, _) => (-FAR, Metres::ZERO),
            (Part::Outside, _) => (Metres::ZERO, FAR),
        }
    }

    /// The mean over places that stand for a report.
    fn mean(&self, places: &Sample, good_to: Radius95) -> f64 {
        let (low, high) = self.edges();
        let between = match (self.shape, self.part) {
            (Shape::Line(line), Part::OnSide(_, side) | Part::NotBeyond(_, side)) => {
                places.mean_about(line, Some(side), low, high, good_to)
            }
            (Shape::Line(line), _) => places.mean_about(line, None, low, high, good_to),
            (Shape::Area(area), _) => places.mean_between(&places.to_area(area), low, high, good_to),
            // A point has a formula, and others are not measured.
            _ => return places.mean_of(&self.see_all(places), |s, blur| self.probability(s, blur.combine(good_to))),
        };
        if matches!(self.part, Part::Beyond(_)) { 1.0 - between } else { between }
    }

    fn straight_about(&self, at: Position, reach: Metres) -> bool {
        match self.shape {
            Shape::Line(line) => line.is_straight_about(at, reach),
            Shape::Area(area) => area.is_straight_about(at, reach),
            Shape::Point(_) | Shape::Around(..) | Shape::Joined(_) => true,
        }
    }
}

impl Measure for Ground<'_> {
    type Seen = Metres;

    fn see_all(&self, places: &Sample) -> Vec<Metres> {
        match self.shape {
            Shape::Line(line) => {
                let mut seen = places.to_line(line);
                match self.part {
                    Part::OnSide(_, Side::Left) | Part::NotBeyond(_, Side::Left) => {}
                    Part::OnSide(_, Side::Right) | Part::NotBeyond(_, Side::Right) => {
                        seen.iter_mut().for_each(|signed| *signed = -*signed);
                    }
                    _ => seen.iter_mut().for_each(|signed| *signed = signed.abs()),
                }
                seen
            }
            Shape::Area(area) => places.to_area(area),
            Shape::Point(_) | Shape::Around(..) | Shape::Joined(_) => {
                places.points().iter().map(|&place| self.see(place)).collect()
            }
        }
    }

    fn outside_by(&self, at: Position, signed: &Metres) -> Metres {
        let signed = *signed;
        match self.part {
            Part::Within(limit) => signed - limit,
            // Past an end of the line, its extension parts the sides.
            Part::NotBeyond(limit, _) => {
                let other = || match self.shape {
                    Shape::Line(line) => line.distance_to_other_side(at),
                    _ => Metres::ZERO,
                };
                let least = |a: Metres, b: Metres| if b < a { b } else { a };
                if signed > limit {
                    least(signed - limit, other())
                } else if signed >= Metres::ZERO {
                    signed - limit
                } else {
                    -least(limit - signed, other())
                }
            }
            Part::Beyond(limit) => limit - signed,
            // Wherever its sides part.
            Part::OnSide(limit, _) => signed.abs() - limit,
            Part::Inside => signed,
            Part::Outside => -signed,
        }
    }

    /// The probability that a place at this signed distance, good to this
    /// radius, lies in the ground; its shape is taken as straight over the radius.
    fn probability(&self, signed: &Metres, radius: Radius95) -> f64 {
        let signed = *signed;
        const FAR: Metres = Metres::new(f64::INFINITY);
        let within = |limit: Metres| match self.shape {
            Shape::Point(_) => probability_within_disc(signed, limit, radius),
            Shape::Line(_) => probability_between(signed, -limit, limit, radius),
            // Deep inside is as near as can be.
            Shape::Area(_) | Shape::Around(..) | Shape::Joined(_) => probability_between(signed, -FAR, limit, radius),
        };
        match self.part {
            Part::Within(limit) => within(limit),
            Part::Beyond(limit) => 1.0 - within(limit),
            Part::OnSide(limit, _) => probability_between(signed, Metres::ZERO, limit, radius),
            Part::NotBeyond(limit, _) => probability_between(signed, -FAR, limit, radius),
            // The edge itself is in both.
            Part::Inside => probability_between(signed, -FAR, Metres::ZERO, radius),
            Part::Outside => probability_between(signed, Metres::ZERO, FAR, radius),
        }
    }

    fn most(&self, signed: &Metres, radius: Radius95) -> f64 {
        self.probability(signed, radius)
    }

    /// Metres from the shape: from a line, positive on the side meant; from an
    /// area, negative inside.
    fn see(&self, at: Position) -> Metres {
        match self.shape {
            Shape::Line(line) => {
                let nearest = line.nearest(at);
                match self.part {
                    Part::OnSide(_, side) | Part::NotBeyond(_, side) if nearest.side == side.opposite() => {
                        -nearest.distance
                    }
                    _ => nearest.distance,
                }
            }
            Shape::Area(area) => area.signed_distance(at),
            Shape::Point(point) => distance(*point, at),
            // There is none in the ground of a zone.
            Shape::Around(..) | Shape::Joined(_) => Metres::new(f64::INFINITY),
        }
    }
}
