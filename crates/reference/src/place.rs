//! Section 5: place and weapon.

use std::borrow::Cow;

use armistice_geodesy::{
    Metres, Position, Radius95, Sample, Sector, Side, distance, normal_cdf, probability_within_disc,
};
use armistice_records::{AreaLevel, Place, Record};
use armistice_terms::{Forces, Region, Shape, Units, Zone, weapons};

use crate::truth::T;

/// How many places stand for a point known only roughly.
pub const POINT_PLACES: usize = 1024;
/// How many places stand for a sector.
pub const SECTOR_PLACES: usize = 256;

/// Where a record may have been.
enum Spread<'a> {
    Normal(Position, Radius95),
    Uniform(Cow<'a, Sample>),
    None,
}

fn spread<'a>(place: &Place, units: &'a Units) -> Spread<'a> {
    match place {
        Place::Point { at, radius } => Spread::Normal(*at, *radius),
        Place::Sector { observer, bearing, range } => match Sector::new(*observer, *bearing, *range) {
            Ok(sector) => Spread::Uniform(Cow::Owned(Sample::of_sector(&sector, SECTOR_PLACES))),
            Err(_) => Spread::None,
        },
        Place::Area { name, level: AreaLevel::Admin1 | AreaLevel::Admin2, .. } => {
            units.places(name).map_or(Spread::None, |sample| Spread::Uniform(Cow::Borrowed(sample)))
        }
        Place::Area { .. } | Place::Unknown => Spread::None,
    }
}

/// The place point of a record.
pub(crate) fn place(record: &Record, zone: Option<&Zone>, proof: f64, units: &Units) -> T {
    let Some(zone) = zone else {
        return T::T;
    };
    let (q, vague) = match spread(&record.place, units) {
        Spread::Normal(at, radius) => {
            (of_point(zone, at, radius), point_is_vague(zone, at, radius.combine(zone.good_to), proof))
        }
        Spread::Uniform(sample) => (of_sample(zone, &sample), sample_is_vague(zone, &sample)),
        Spread::None => return T::U,
    };
    if q >= proof {
        T::T
    } else if q <= 1.0 - proof && !vague {
        T::F
    } else {
        T::U
    }
}

/// The probability that a point lies in the ground.
fn of_point(zone: &Zone, at: Position, radius: Radius95) -> f64 {
    let r = radius.combine(zone.good_to);
    let far = w(zone.region) + 2.0 * r.radius().get();
    if matches!(zone.shape, Shape::Point(_)) || r == Radius95::EXACT || straight(&zone.shape, at, far) {
        return closed(zone, signed(zone, at), r);
    }
    of_sample(zone, &Sample::of_normal(at, radius, POINT_PLACES))
}

/// The mean over the places that stand for a spread.
fn of_sample(zone: &Zone, sample: &Sample) -> f64 {
    sample.mean(|x| signed(zone, x), |s, blur| closed(zone, *s, blur.combine(zone.good_to)))
}

/// Whether a shape is straight about a position as far as that, or has no edge
/// there at all. The edge of the ground around a shape is as far from it as
/// that ground is wide.
fn straight(shape: &Shape, at: Position, far: f64) -> bool {
    match shape {
        Shape::Line(line) => line.is_straight_about(at, Metres::new(far)),
        Shape::Area(area) => area.is_straight_about(at, Metres::new(far)),
        Shape::Point(point) => distance(*point, at).get() > far,
        Shape::Around(inner, width) => straight(inner, at, far + width.get()),
    }
}

/// `w`, the distance of the term; none within an area or outside it.
fn w(region: Region) -> f64 {
    match region {
        Region::Within(w) | Region::WithinOnSide(w, _) | Region::NotBeyond(w, _) => w.get(),
        Region::Inside | Region::Outside => 0.0,
    }
}

/// `q(x, R)` at a measure `s(x)`.
fn closed(zone: &Zone, s: f64, r: Radius95) -> f64 {
    let sigma = r.radius().get() / (-2.0 * 0.05_f64.ln()).sqrt();
    // Φ(x / σ), and for an exact place whether x ≥ 0.
    let phi = |x: f64| if sigma == 0.0 { f64::from(u8::from(x >= 0.0)) } else { normal_cdf(x / sigma) };
    let below = |x: f64| if sigma == 0.0 { f64::from(u8::from(x > 0.0)) } else { normal_cdf(x / sigma) };
    match (zone.region, &zone.shape) {
        (Region::Within(w), Shape::Line(_)) => phi(w.get() - s) - below(-w.get() - s),
        (Region::Within(w), Shape::Point(_)) => probability_within_disc(Metres::new(s), w, r),
        (Region::Within(w) | Region::NotBeyond(w, _), _) => phi(w.get() - s),
        (Region::WithinOnSide(w, _), _) => phi(w.get() - s) - below(-s),
        (Region::Inside, _) => phi(-s),
        (Region::Outside, _) => phi(s),
    }
}

/// Whether a point is known too vaguely for the ground.
fn point_is_vague(zone: &Zone, at: Position, r: Radius95, proof: f64) -> bool {
    let s = signed(zone, at);
    let (middle, outside_by) = match (zone.region, &zone.shape) {
        (Region::Within(w), Shape::Line(_) | Shape::Point(_)) => (0.0, s - w.get()),
        (Region::WithinOnSide(w, _), _) => (w.get() / 2.0, if s > 0.0 { s - w.get() } else { -s }),
        _ => return false,
    };
    closed(zone, middle, r) < proof && outside_by <= r.radius().get()
}

/// Whether a sector or a unit may reach into the ground all the same.
fn sample_is_vague(zone: &Zone, sample: &Sample) -> bool {
    let slack = sample.reach().get() + zone.good_to.radius().get();
    let outside_by = |x: Position| {
        let s = signed(zone, x);
        match zone.region {
            Region::Within(w) | Region::NotBeyond(w, _) => s - w.get(),
            Region::WithinOnSide(w, _) => s.abs() - w.get(),
            Region::Inside => s,
            Region::Outside => -s,
        }
    };
    !sample.points().iter().all(|x| outside_by(*x) > slack)
}

/// `s(x)`, from the shape to a position.
fn signed(zone: &Zone, at: Position) -> f64 {
    let side = match zone.region {
        Region::WithinOnSide(_, side) | Region::NotBeyond(_, side) => Some(side),
        _ => None,
    };
    from_shape(&zone.shape, side, at)
}

fn from_shape(shape: &Shape, side: Option<Side>, at: Position) -> f64 {
    match shape {
        Shape::Line(line) => {
            let nearest = line.nearest(at);
            let across = side.is_some_and(|side| nearest.side == side.opposite());
            if across { -nearest.distance.get() } else { nearest.distance.get() }
        }
        Shape::Area(area) => area.signed_distance(at).get(),
        Shape::Point(point) => distance(*point, at).get(),
        Shape::Around(inner, w) => from_shape(inner, side, at) - w.get(),
    }
}

/// The weapon point of a record.
pub(crate) fn weapon(record: &Record, forces: Option<&Forces>) -> T {
    let Some(class) = forces.and_then(|f| f.weapons.as_ref()) else {
        return T::T;
    };
    let each: Vec<Option<bool>> = record.weapons.iter().map(|w| weapons::matches(class, w)).collect();
    if each.is_empty() {
        T::U
    } else if each.contains(&Some(true)) {
        T::T
    } else if each.contains(&None) {
        T::U
    } else {
        T::F
    }
}
