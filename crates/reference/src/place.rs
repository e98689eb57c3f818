//! Section 5: place and weapon.

use armistice_geodesy::{Metres, Position, Radius95, Side, distance, normal_cdf, probability_within_disc};
use armistice_records::{Place, Record};
use armistice_terms::{Forces, Region, Shape, Zone, weapons};

use crate::truth::T;

/// The place point of a record.
pub(crate) fn place(record: &Record, zone: Option<&Zone>, proof: f64) -> T {
    let Some(zone) = zone else {
        return T::T;
    };
    match &record.place {
        Place::Point { at, radius } => point(zone, *at, *radius, proof),
        Place::Sector { observer, range, .. } => sector(zone, *observer, range.1),
        Place::Area { .. } | Place::Unknown => T::U,
    }
}

fn point(zone: &Zone, at: Position, radius: Radius95, proof: f64) -> T {
    let s = signed(zone, at);
    let r = (radius.radius().get().powi(2) + zone.good_to.radius().get().powi(2)).sqrt();
    let sigma = r / (-2.0 * 0.05_f64.ln()).sqrt();
    let q = inside(zone, s, r, sigma);
    if q >= proof {
        T::T
    } else if q > 1.0 - proof {
        T::U
    } else {
        let (middle, beyond) = match zone.region {
            Region::Within(w) if matches!(zone.shape, Shape::Line(_) | Shape::Point(_)) => (0.0, s - w.get()),
            Region::WithinOnSide(w, _) => (w.get() / 2.0, if s > 0.0 { s - w.get() } else { -s }),
            _ => return T::F,
        };
        if inside(zone, middle, r, sigma) < proof && beyond <= r { T::U } else { T::F }
    }
}

/// `q`, the probability of lying in the ground at a signed distance.
fn inside(zone: &Zone, s: f64, r: f64, sigma: f64) -> f64 {
    // Φ(x / σ), and for an exact place whether x ≥ 0.
    let phi = |x: f64| if sigma == 0.0 { f64::from(u8::from(x >= 0.0)) } else { normal_cdf(x / sigma) };
    let below = |x: f64| if sigma == 0.0 { f64::from(u8::from(x > 0.0)) } else { normal_cdf(x / sigma) };
    match (zone.region, &zone.shape) {
        (Region::Within(w), Shape::Line(_)) => phi(w.get() - s) - below(-w.get() - s),
        (Region::Within(w), Shape::Point(_)) => {
            let radius = Radius95::new(Metres::new(r)).unwrap_or(Radius95::EXACT);
            probability_within_disc(Metres::new(s), w, radius)
        }
        (Region::Within(w) | Region::NotBeyond(w, _), _) => phi(w.get() - s),
        (Region::WithinOnSide(w, _), _) => phi(w.get() - s) - below(-s),
        (Region::Inside, _) => phi(-s),
        (Region::Outside, _) => phi(s),
    }
}

fn sector(zone: &Zone, observer: Position, reach: Metres) -> T {
    let s = signed(zone, observer);
    let slack = reach.get() + zone.good_to.radius().get();
    let clear = match zone.region {
        Region::Within(w) | Region::NotBeyond(w, _) => s > w.get() + slack,
        Region::WithinOnSide(w, _) => s.abs() > w.get() + slack,
        Region::Inside => s > slack,
        Region::Outside => -s > slack,
    };
    if clear { T::F } else { T::U }
}

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
