//! Ground joined of parts: how a place lies to all of them at once.
//!
//! How far outside it a place is, is the greatest of how far it is outside each
//! part, and never more than it is; how deep inside, the least depth. That a true
//! place lies in all parts is at least as likely as that it fails none of them,
//! were no two failed together; for the two edges of a band just that likely. It
//! is at most as likely as that it lies in the least likely of them.

use armistice_geodesy::{Metres, Position, Radius95, Sample};
use armistice_terms::{Part, Region, Shape, Zone};

use crate::place::{Ground, Measure, Placing};
use crate::reason::Reason;
use crate::truth::Truth;

/// Ground made of other ground.
pub(crate) enum Joined<'z> {
    /// One part.
    Part(Ground<'z>),
    /// What lies in all of these.
    All(Vec<Joined<'z>>),
    /// What does not lie in this.
    Not(Box<Joined<'z>>),
}

impl<'z> Joined<'z> {
    pub(crate) fn of(zone: &'z Zone) -> Self {
        Self::made(&zone.shape, zone.region)
    }

    fn made(shape: &'z Shape, region: Region) -> Self {
        let Shape::Joined(parts) = shape else {
            return Self::Part(Ground::of(shape, region));
        };
        let all = Self::All(parts.iter().map(|Part { shape, region, .. }| Self::made(shape, *region)).collect());
        if region == Region::Outside { Self::Not(Box::new(all)) } else { all }
    }

    /// The measures of all parts, in their order.
    fn see_into(&self, at: Position, seen: &mut Vec<Metres>) {
        match self {
            Self::Part(ground) => seen.push(ground.see(at)),
            Self::All(parts) => parts.iter().for_each(|part| part.see_into(at, seen)),
            Self::Not(ground) => ground.see_into(at, seen),
        }
    }

    /// The measures of all places, part by part.
    fn see_all_into(&self, places: &Sample, parts: &mut Vec<Vec<Metres>>) {
        match self {
            Self::Part(ground) => parts.push(ground.see_all(places)),
            Self::All(joined) => joined.iter().for_each(|part| part.see_all_into(places, parts)),
            Self::Not(ground) => ground.see_all_into(places, parts),
        }
    }

    fn outside(&self, at: Position, seen: &mut impl Iterator<Item = Metres>) -> Metres {
        match self {
            // Each part was measured; were one not, nothing would be told of it.
            Self::Part(ground) => seen.next().map_or(Metres::ZERO, |signed| ground.outside_by(at, &signed)),
            Self::All(parts) => {
                let each = parts.iter().map(|part| part.outside(at, seen));
                each.fold(Metres::new(f64::NEG_INFINITY), |most, one| if one > most { one } else { most })
            }
            Self::Not(ground) => -ground.outside(at, seen),
        }
    }

    /// The least and the greatest that the probability of lying there may be.
    fn bounds(&self, seen: &mut impl Iterator<Item = Metres>, radius: Radius95) -> (f64, f64) {
        match self {
            Self::Part(ground) => {
                let probability = seen.next().map_or(0.0, |signed| ground.probability(&signed, radius));
                (probability, probability)
            }
            Self::All(parts) => {
                let mut failing = 0.0;
                let mut most = 1.0_f64;
                for part in parts {
                    let (low, high) = part.bounds(seen, radius);
                    failing += 1.0 - low;
                    most = most.min(high);
                }
                ((1.0 - failing).max(0.0), most)
            }
            Self::Not(ground) => {
                let (low, high) = ground.bounds(seen, radius);
                (1.0 - high, 1.0 - low)
            }
        }
    }
}

impl Measure for Joined<'_> {
    type Seen = Vec<Metres>;

    fn see(&self, at: Position) -> Vec<Metres> {
        let mut seen = Vec::new();
        self.see_into(at, &mut seen);
        seen
    }

    fn see_all(&self, places: &Sample) -> Vec<Vec<Metres>> {
        let mut parts = Vec::new();
        self.see_all_into(places, &mut parts);
        let place = |number: usize| parts.iter().filter_map(|part| part.get(number).copied()).collect();
        (0..parts.first().map_or(1, Vec::len)).map(place).collect()
    }

    fn outside_by(&self, at: Position, seen: &Vec<Metres>) -> Metres {
        self.outside(at, &mut seen.iter().copied())
    }

    fn probability(&self, seen: &Vec<Metres>, radius: Radius95) -> f64 {
        self.bounds(&mut seen.iter().copied(), radius).0
    }

    fn most(&self, seen: &Vec<Metres>, radius: Radius95) -> f64 {
        self.bounds(&mut seen.iter().copied(), radius).1
    }
}

/// A place around a point, in joined ground: a mean over places that stand for
/// the error of both together, unless every edge is far.
pub(crate) fn point(zone: &Zone, at: Position, radius: Radius95, standard: f64, places: usize) -> Placing {
    let ground = Joined::of(zone);
    let both = radius.combine(zone.good_to);
    let seen = ground.see(at);
    let outside = ground.outside_by(at, &seen);
    let (least, most) = if both == Radius95::EXACT {
        (ground.probability(&seen, both), ground.most(&seen, both))
    } else if outside.abs() > both.radius() * 2.0 {
        let there = f64::from(u8::from(outside < Metres::ZERO));
        (there, there)
    } else {
        let places = Sample::of_normal(at, both, places);
        let seen = ground.see_all(&places);
        let least = places.mean_of(&seen, |seen, blur| ground.probability(seen, blur));
        // Only what is seldom there, at least, may be seldom there at most.
        let seldom = least <= 1.0 - standard && outside > both.radius();
        let most = || places.mean_of(&seen, |seen, blur| ground.most(seen, blur));
        (least, if seldom { most() } else { 1.0 })
    };
    let (truth, reason) = if least >= standard {
        (Truth::True, Reason::InsideZone)
    } else if most <= 1.0 - standard && (both == Radius95::EXACT || outside > both.radius()) {
        (Truth::False, Reason::OutsideZone)
    } else if least <= 1.0 - standard {
        (Truth::Unknown, Reason::TooVague)
    } else {
        (Truth::Unknown, Reason::NearEdge)
    };
    let probability = Some(least);
    Placing { truth, reason, distance: Some(outside), radius: Some(both.radius()), probability }
}
