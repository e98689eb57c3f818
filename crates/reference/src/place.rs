//! Section 5: place and weapon.

use std::borrow::Cow;

use armistice_geodesy::{
    Metres, Position, Radius95, Sample, Sector, Side, distance, normal_cdf, probability_within_disc,
};
use armistice_records::{AreaLevel, Place, Record};
use armistice_terms::weapons::System;
use armistice_terms::{Forces, Height, Region, Shape, Units, Zone};

use crate::truth::T;
use crate::{joined, weapons};

/// How many places stand for a point known only roughly.
pub const POINT_PLACES: usize = 1024;
/// How many places stand for a sector.
pub const SECTOR_PLACES: usize = 256;

/// Where a record may have been.
pub(crate) enum Spread<'a> {
    Normal(Position, Radius95),
    Uniform(Cow<'a, Sample>),
    None,
}

pub(crate) fn spread<'a>(place: &Place, units: &'a Units) -> Spread<'a> {
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
pub(crate) fn place(
    record: &Record,
    zone: Option<&Zone>,
    proof: f64,
    units: &Units,
    class: Option<&Forces>,
    systems: &[System],
) -> T {
    let Some(zone) = zone else {
        return T::T;
    };
    let height = at_height(record, zone.height);
    if zone.region == Region::WithinRange {
        return within_reach(record, zone, proof, units, class, systems).min(height);
    }
    on(record, zone, proof, units).min(height)
}

/// Whether a record was nearer than one of its weapons can reach.
fn within_reach(
    record: &Record,
    zone: &Zone,
    proof: f64,
    units: &Units,
    class: Option<&Forces>,
    systems: &[System],
) -> T {
    let class = class.and_then(|forces| forces.weapons.as_ref());
    let meant = |words: &&String| class.is_none_or(|class| weapons::of_class(class, systems, words) != T::F);
    let ranges: Vec<Option<Metres>> = record.weapons.iter().filter(meant).map(|w| weapons::range(w, systems)).collect();
    let within = |range: Metres| on(record, &zone.within_range(range), proof, units);
    // The least of the weapons' own would not do: the farthest must be out.
    let Some(farthest) = ranges.iter().flatten().max_by(|a, b| a.get().total_cmp(&b.get())) else {
        return T::U;
    };
    match within(*farthest) {
        T::T => T::T,
        found if ranges.iter().all(Option::is_some) => found,
        _ => T::U,
    }
}

/// Whether a record was over the ground of a zone, or what may belong to it.
fn on(record: &Record, zone: &Zone, proof: f64, units: &Units) -> T {
    let certain = over(record, zone, proof, units);
    // What may belong to it as well leaves open what is not certain.
    match &zone.perhaps {
        Some(wider) if certain != T::T => over(record, wider, proof, units).min(T::U),
        _ => certain,
    }
}

/// Whether a record was over the ground of a zone.
fn over(record: &Record, zone: &Zone, proof: f64, units: &Units) -> T {
    if zone.shape.is_joined() {
        return joined::over(record, zone, proof, units);
    }
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

/// Whether a record was at a height that is meant.
pub(crate) fn at_height(record: &Record, wanted: Option<Height>) -> T {
    let Some(wanted) = wanted else {
        return T::T;
    };
    let Some((low, high)) = record.height else {
        return T::U;
    };
    // Every height of the record, or none, is in what is meant.
    let too_low = |h: Metres| wanted.above.is_some_and(|above| h.get() <= above.get());
    let too_high = |h: Metres| wanted.below.is_some_and(|below| h.get() >= below.get());
    if too_low(high) || too_high(low) {
        T::F
    } else if too_low(low) || too_high(high) {
        T::U
    } else {
        T::T
    }
}

/// The ground of a zone, by its shape. The ground within a distance of the
/// ground around a shape is the ground within both together of that shape.
pub(crate) struct Ground<'a> {
    /// Not the ground around another.
    shape: &'a Shape,
    part: Part,
    /// `w`, the distance of the term; none within an area or outside it.
    w: f64,
}

#[derive(Clone, Copy)]
enum Part {
    Within,
    Beyond,
    OnSide(Side),
    NotBeyond(Side),
    Inside,
    Outside,
}

fn ground(zone: &Zone) -> Ground<'_> {
    ground_of(&zone.shape, zone.region)
}

/// The ground of one shape.
pub(crate) fn ground_of(mut shape: &Shape, region: Region) -> Ground<'_> {
    let mut around = None;
    while let Shape::Around(inner, width) = shape {
        (shape, around) = (inner, Some(around.unwrap_or(0.0) + width.get()));
    }
    let more = around.unwrap_or(0.0);
    let (part, w) = match region {
        Region::Within(w) => (Part::Within, w.get() + more),
        // Its range is put in its place by `within_reach`.
        Region::WithinRange => (Part::Within, more),
        Region::WithinOnSide(w, side) => (Part::OnSide(side), w.get() + more),
        Region::NotBeyond(w, side) => (Part::NotBeyond(side), w.get() + more),
        Region::Inside if around.is_some() => (Part::Within, more),
        Region::Outside if around.is_some() => (Part::Beyond, more),
        Region::Inside => (Part::Inside, 0.0),
        Region::Outside => (Part::Outside, 0.0),
    };
    Ground { shape, part, w }
}

/// The probability that a point lies in the ground.
fn of_point(zone: &Zone, at: Position, radius: Radius95) -> f64 {
    let ground = ground(zone);
    let r = radius.combine(zone.good_to);
    let far = Metres::new(ground.w + 2.0 * r.radius().get());
    let straight = match ground.shape {
        Shape::Line(line) => line.is_straight_about(at, far),
        Shape::Area(area) => area.is_straight_about(at, far),
        Shape::Point(_) | Shape::Around(..) | Shape::Joined(_) => true,
    };
    if straight || r == Radius95::EXACT {
        return closed(&ground, signed(&ground, at), r);
    }
    of_sample(zone, &Sample::of_normal(at, radius, POINT_PLACES))
}

/// The mean over the places that stand for a spread.
fn of_sample(zone: &Zone, sample: &Sample) -> f64 {
    let ground = ground(zone);
    sample.mean_of(&all_signed(&ground, sample), |s, blur| closed(&ground, *s, blur.combine(zone.good_to)))
}

/// `s(xᵢ)`, from the shape to each place that stands for a spread.
pub(crate) fn all_signed(ground: &Ground<'_>, sample: &Sample) -> Vec<f64> {
    let told = |left: f64| match ground.part {
        Part::OnSide(Side::Left) | Part::NotBeyond(Side::Left) => left,
        Part::OnSide(Side::Right) | Part::NotBeyond(Side::Right) => -left,
        _ => left.abs(),
    };
    match ground.shape {
        Shape::Line(line) => sample.to_line(line).into_iter().map(|left| told(left.get())).collect(),
        Shape::Area(area) => sample.to_area(area).into_iter().map(Metres::get).collect(),
        _ => sample.points().iter().map(|x| signed(ground, *x)).collect(),
    }
}

/// `q(x, R)` at a measure `s(x)`.
pub(crate) fn closed(ground: &Ground<'_>, s: f64, r: Radius95) -> f64 {
    let w = ground.w;
    let sigma = r.radius().get() / (-2.0 * 0.05_f64.ln()).sqrt();
    // Φ(x / σ), and for an exact place whether x ≥ 0.
    let phi = |x: f64| if sigma == 0.0 { f64::from(u8::from(x >= 0.0)) } else { normal_cdf(x / sigma) };
    let below = |x: f64| if sigma == 0.0 { f64::from(u8::from(x > 0.0)) } else { normal_cdf(x / sigma) };
    let within = || match ground.shape {
        Shape::Line(_) => phi(w - s) - below(-w - s),
        Shape::Point(_) => probability_within_disc(Metres::new(s), Metres::new(w), r),
        Shape::Area(_) | Shape::Around(..) | Shape::Joined(_) => phi(w - s),
    };
    match ground.part {
        Part::Within => within(),
        Part::Beyond => 1.0 - within(),
        Part::OnSide(_) => phi(w - s) - below(-s),
        Part::NotBeyond(_) => phi(w - s),
        Part::Inside => phi(-s),
        Part::Outside => phi(s),
    }
}

/// Whether a point is known too vaguely for the ground.
fn point_is_vague(zone: &Zone, at: Position, r: Radius95, proof: f64) -> bool {
    let ground = ground(zone);
    let (s, w) = (signed(&ground, at), ground.w);
    let (middle, outside_by) = match (ground.part, ground.shape) {
        (Part::Within, Shape::Line(_) | Shape::Point(_)) => (0.0, s - w),
        (Part::OnSide(_), _) => (w / 2.0, if s > 0.0 { s - w } else { -s }),
        _ => return false,
    };
    closed(&ground, middle, r) < proof && outside_by <= r.radius().get()
}

/// Whether a sector or a unit may reach into the ground all the same.
fn sample_is_vague(zone: &Zone, sample: &Sample) -> bool {
    let ground = ground(zone);
    let slack = sample.reach().get() + zone.good_to.radius().get();
    let outside_by = |x: Position| outside_by(&ground, x);
    !sample.points().iter().all(|x| outside_by(*x) > slack)
}

/// How far outside the ground a place is.
pub(crate) fn outside_by(ground: &Ground<'_>, x: Position) -> f64 {
    let s = signed(ground, x);
    match (ground.part, ground.shape) {
        (Part::NotBeyond(_), Shape::Line(line)) if s < 0.0 => {
            let e = line.distance_to_other_side(x).get();
            -e.min(ground.w - s)
        }
        (Part::NotBeyond(_), Shape::Line(line)) if s > ground.w => {
            let e = line.distance_to_other_side(x).get();
            e.min(s - ground.w)
        }
        (part, _) => plainly(part, s, ground.w),
    }
}

fn plainly(part: Part, s: f64, w: f64) -> f64 {
    match part {
        Part::Within | Part::NotBeyond(_) => s - w,
        Part::Beyond => w - s,
        Part::OnSide(_) => s.abs() - w,
        Part::Inside => s,
        Part::Outside => -s,
    }
}

/// `s(x)`, from the shape to a position.
pub(crate) fn signed(ground: &Ground<'_>, at: Position) -> f64 {
    match ground.shape {
        Shape::Line(line) => {
            let nearest = line.nearest(at);
            let across = match ground.part {
                Part::OnSide(side) | Part::NotBeyond(side) => nearest.side == side.opposite(),
                _ => false,
            };
            if across { -nearest.distance.get() } else { nearest.distance.get() }
        }
        Shape::Area(area) => area.signed_distance(at).get(),
        Shape::Point(point) => distance(*point, at).get(),
        // There is none in the ground of a zone.
        Shape::Around(..) | Shape::Joined(_) => f64::INFINITY,
    }
}

/// The weapon point of a record.
pub(crate) fn weapon(record: &Record, forces: Option<&Forces>, systems: &[System]) -> T {
    let Some(class) = forces.and_then(|f| f.weapons.as_ref()) else {
        return T::T;
    };
    record.weapons.iter().map(|w| weapons::of_class(class, systems, w)).max().unwrap_or(T::U)
}
