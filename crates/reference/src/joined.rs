//! Section 5: ground joined of parts.

use armistice_geodesy::{Metres, Position, Radius95, Sample};
use armistice_records::Record;
use armistice_terms::{Region, Shape, Units, Zone};

use crate::place::{Ground, POINT_PLACES, Spread, all_signed, closed, ground_of, outside_by, signed, spread};
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
                let mut s = Vec::new();
                measures(shape, region, &mut |ground| s.push(signed(ground, at)));
                (least(shape, region, &mut s.iter().copied(), r), greatest(shape, region, &mut s.into_iter(), r), true)
            } else if o > 2.0 * far {
                (0.0, 0.0, true)
            } else if o < -2.0 * far {
                (1.0, 1.0, false)
            } else {
                let places = Sample::of_normal(at, r, POINT_PLACES);
                let (low, high) = means(shape, region, &places, Radius95::EXACT);
                (low, high, o > far)
            }
        }
        Spread::Uniform(places) => {
            let (low, high) = means(shape, region, &places, zone.good_to);
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

/// Each part without parts of its own, in order.
fn measures<'a>(shape: &'a Shape, region: Region, part: &mut impl FnMut(&Ground<'a>)) {
    match shape {
        Shape::Joined(parts) => parts.iter().for_each(|p| measures(&p.shape, p.region, part)),
        _ => part(&ground_of(shape, region)),
    }
}

/// The means of the least and the greatest probability over places.
fn means(shape: &Shape, region: Region, places: &Sample, good_to: Radius95) -> (f64, f64) {
    let mut parts = Vec::new();
    measures(shape, region, &mut |ground| parts.push(all_signed(ground, places)));
    let numbers: Vec<usize> = (0..parts.first().map_or(1, Vec::len)).collect();
    let of = |k: usize| parts.iter().filter_map(move |part| part.get(k).copied());
    let low = places.mean_of(&numbers, |k, blur| least(shape, region, &mut of(*k), blur.combine(good_to)));
    let high = places.mean_of(&numbers, |k, blur| greatest(shape, region, &mut of(*k), blur.combine(good_to)));
    (low, high)
}

/// The least probability of lying in the ground, at the measures of its parts.
fn least(shape: &Shape, region: Region, s: &mut dyn Iterator<Item = f64>, r: Radius95) -> f64 {
    match (shape, region) {
        (Shape::Joined(_), Region::Outside) => 1.0 - greatest(shape, Region::Inside, s, r),
        (Shape::Joined(parts), _) => {
            (1.0 - parts.iter().map(|p| 1.0 - least(&p.shape, p.region, s, r)).sum::<f64>()).max(0.0)
        }
        _ => alone(shape, region, s, r),
    }
}

/// The greatest.
fn greatest(shape: &Shape, region: Region, s: &mut dyn Iterator<Item = f64>, r: Radius95) -> f64 {
    match (shape, region) {
        (Shape::Joined(_), Region::Outside) => 1.0 - least(shape, Region::Inside, s, r),
        (Shape::Joined(parts), _) => parts.iter().map(|p| greatest(&p.shape, p.region, s, r)).fold(1.0, f64::min),
        _ => alone(shape, region, s, r),
    }
}

fn alone(shape: &Shape, region: Region, s: &mut dyn Iterator<Item = f64>, r: Radius95) -> f64 {
    s.next().map_or(0.0, |s| closed(&ground_of(shape, region), s, r))
}
