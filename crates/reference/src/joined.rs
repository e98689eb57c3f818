//! Section 5: ground joined of parts.

use armistice_geodesy::{Metres, Position, Radius95, Sample};
use armistice_records::Record;
use armistice_terms::{Region, Shape, Units, Zone};

use crate::place::{POINT_PLACES, Spread, closed, ground_of, outside_by, signed, spread};
use crate::truth::T;

/// Whether a record was over joined ground.
pub(crate) fn over(record: &Record, zone: &Zone, proof: f64, units: &Units) -> T {
    let (shape, region) = (&zone.shape, zone.region);
    let (low, high, clear) = match spread(&record.place, units) {
        Spread::None => return T::U,
        Spread::Normal(at, radius) => {
            let r = radius.combine(zone.good_to);
            let (o, far) = (outside(shape, region, at), r.radius().get());
            if r == Radius95::EXACT {
                (least(shape, region, at, r), greatest(shape, region, at, r), true)
            } else if o > 2.0 * far {
                (0.0, 0.0, true)
            } else if o < -2.0 * far {
                (1.0, 1.0, false)
            } else {
                let places = Sample::of_normal(at, r, POINT_PLACES);
                let low = places.mean(|x| x, |x, blur| least(shape, region, *x, blur));
                let high = places.mean(|x| x, |x, blur| greatest(shape, region, *x, blur));
                (low, high, o > far)
            }
        }
        Spread::Uniform(places) => {
            let low = places.mean(|x| x, |x, blur| least(shape, region, *x, blur.combine(zone.good_to)));
            let high = places.mean(|x| x, |x, blur| greatest(shape, region, *x, blur.combine(zone.good_to)));
            let slack: Metres = places.reach() + zone.good_to.radius();
            (low, high, places.points().iter().all(|x| outside(shape, region, *x) > slack.get()))
        }
    };
    if low >= proof {
        T::T
    } else if high <= 1.0 - proof && clear {
        T::F
    } else {
        T::U
    }
}

/// `o(x)`: how far outside the ground.
fn outside(shape: &Shape, region: Region, x: Position) -> f64 {
    match shape {
        Shape::Joined(parts) => {
            let most = parts.iter().map(|p| outside(&p.shape, p.region, x)).fold(f64::NEG_INFINITY, f64::max);
            if region == Region::Outside { -most } else { most }
        }
        _ => {
            let ground = ground_of(shape, region);
            outside_by(&ground, x)
        }
    }
}

/// The least probability of lying in the ground.
fn least(shape: &Shape, region: Region, x: Position, r: Radius95) -> f64 {
    match (shape, region) {
        (Shape::Joined(_), Region::Outside) => 1.0 - greatest(shape, Region::Inside, x, r),
        (Shape::Joined(parts), _) => {
            (1.0 - parts.iter().map(|p| 1.0 - least(&p.shape, p.region, x, r)).sum::<f64>()).max(0.0)
        }
        _ => alone(shape, region, x, r),
    }
}

/// The greatest.
fn greatest(shape: &Shape, region: Region, x: Position, r: Radius95) -> f64 {
    match (shape, region) {
        (Shape::Joined(_), Region::Outside) => 1.0 - least(shape, Region::Inside, x, r),
        (Shape::Joined(parts), _) => parts.iter().map(|p| greatest(&p.shape, p.region, x, r)).fold(1.0, f64::min),
        _ => alone(shape, region, x, r),
    }
}

fn alone(shape: &Shape, region: Region, x: Position, r: Radius95) -> f64 {
    let ground = ground_of(shape, region);
    closed(&ground, signed(&ground, x), r)
}
