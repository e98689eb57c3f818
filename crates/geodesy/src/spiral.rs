//! Places on a plane in clusters of clusters, so that what is asked of all of
//! them is asked of many at once.

use std::sync::LazyLock;

/// Places a cluster holds that has no clusters.
pub(crate) const LEAF: usize = 16;
/// 360°/φ², the angle between a leaf and the next: no two come to lie in a row.
pub(crate) const GOLDEN_ANGLE: f64 = 137.507_764_050_037_85;
/// How many places a report is mostly given.
const USUAL: usize = 1024;

/// Places on a plane.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Places {
    /// In the order of the clusters.
    pub(crate) x: Vec<f64>,
    pub(crate) y: Vec<f64>,
    /// Which place each is, by the rule's own order.
    pub(crate) order: Vec<usize>,
    /// Depth first, so that a first child needs no pointer.
    pub(crate) clusters: Vec<Cluster>,
    /// No place is farther from the origin.
    pub(crate) extent: f64,
}

/// Some places that are near to each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cluster {
    pub(crate) x: f64,
    pub(crate) y: f64,
    /// No place of it is farther from its middle.
    pub(crate) radius: f64,
    pub(crate) first: usize,
    pub(crate) end: usize,
    /// Its second half; the first is the next one. None if it is not cut.
    pub(crate) second: Option<usize>,
}

impl Places {
    pub(crate) fn new(places: &[(f64, f64)]) -> Self {
        let mut ordered: Vec<(usize, (f64, f64))> = places.iter().copied().enumerate().collect();
        let mut clusters = Vec::new();
        cluster(&mut ordered, 0, &mut clusters);
        Self {
            x: ordered.iter().map(|place| place.1.0).collect(),
            y: ordered.iter().map(|place| place.1.1).collect(),
            order: ordered.iter().map(|place| place.0).collect(),
            clusters,
            extent: places.iter().map(|place| libm::hypot(place.0, place.1)).fold(0.0, f64::max),
        }
    }

    /// What is said of the places in the order of the clusters, in the rule's own.
    pub(crate) fn put_in_order<T: Copy + Default>(&self, said: impl Iterator<Item = T>) -> Vec<T> {
        let mut ordered = vec![T::default(); self.order.len()];
        for (&number, said) in self.order.iter().zip(said) {
            if let Some(place) = ordered.get_mut(number) {
                *place = said;
            }
        }
        ordered
    }

    /// On which side of an edge each is, in the order of the clusters, by asking
    /// few of them: places nearer to each other than one of them to the edge are on
    /// the same side. `distances` are those to the edge.
    pub(crate) fn told_apart(&self, distances: &[f64], ask: &dyn Fn(usize) -> bool) -> Vec<bool> {
        let mut sides = vec![false; distances.len()];
        self.tell(0, distances, ask, &mut sides);
        sides
    }

    fn tell(&self, cluster: usize, distances: &[f64], ask: &dyn Fn(usize) -> bool, sides: &mut [bool]) {
        // Lengths on a map are good to far less than this part of them.
        const SURE: f64 = 0.99;
        let Some(here) = self.clusters.get(cluster) else { return };
        let members = here.first..here.end;
        let one = |k: usize| Some((*distances.get(k)?, *self.x.get(k)?, *self.y.get(k)?, *self.order.get(k)?));
        if let Some((away, _, _, number)) = one(here.first)
            && 2.0 * here.radius <= SURE * away
        {
            let side = ask(number);
            sides.get_mut(members).unwrap_or_default().fill(side);
        } else if let Some(second) = here.second {
            self.tell(cluster + 1, distances, ask, sides);
            self.tell(second, distances, ask, sides);
        } else {
            for k in members.clone() {
                let Some((away, x, y, number)) = one(k) else { return };
                let like = (here.first..k).find(|&other| {
                    one(other).is_some_and(|(far, u, v, _)| {
                        let apart = (u - x) * (u - x) + (v - y) * (v - y);
                        let reach = SURE * away.max(far);
                        apart < reach * reach
                    })
                });
                let side = like.and_then(|other| sides.get(other).copied()).unwrap_or_else(|| ask(number));
                if let Some(told) = sides.get_mut(k) {
                    *told = side;
                }
            }
        }
    }
}

fn cluster(places: &mut [(usize, (f64, f64))], first: usize, clusters: &mut Vec<Cluster>) {
    const NOWHERE: (f64, f64, f64, f64) = (f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::NEG_INFINITY);
    let (west, east, south, north) = places.iter().fold(NOWHERE, |(west, east, south, north), &(_, (x, y))| {
        (west.min(x), east.max(x), south.min(y), north.max(y))
    });
    let (x, y) = (west.midpoint(east), south.midpoint(north));
    let radius = places.iter().map(|&(_, (u, v))| libm::hypot(u - x, v - y)).fold(0.0, f64::max);
    let here = clusters.len();
    clusters.push(Cluster { x, y, radius, first, end: first + places.len(), second: None });
    if places.len() <= LEAF {
        return;
    }
    let middle = places.len() / 2;
    let wide = east - west > north - south;
    places.select_nth_unstable_by(
        middle,
        |(_, a), (_, b)| {
            if wide { a.0.total_cmp(&b.0) } else { a.1.total_cmp(&b.1) }
        },
    );
    let (low, high) = places.split_at_mut(middle);
    cluster(low, first, clusters);
    let second = clusters.len();
    cluster(high, first + middle, clusters);
    if let Some(cut) = clusters.get_mut(here) {
        cut.second = Some(second);
    }
}

/// The k-th of n places of Vogel's spiral: clockwise from north in degrees, and
/// how far out in σ.
pub(crate) fn vogel(k: f64, u: f64) -> (f64, f64) {
    (k * GOLDEN_ANGLE % 360.0, libm::sqrt(-2.0 * libm::log1p(-u)))
}

/// k = 0, 1, … n−1, each with the middle of its n-th part of 0..1.
pub(crate) fn steps(n: usize) -> impl Iterator<Item = (f64, f64)> {
    (0..n).map(move |k| step(k, n))
}

/// The k-th of them.
#[expect(clippy::cast_precision_loss, reason = "at most a million")]
pub(crate) fn step(k: usize, n: usize) -> (f64, f64) {
    (k as f64, (k as f64 + 0.5) / n as f64)
}

/// The spiral of n places, in σ to the east and north.
pub(crate) fn spiral(n: usize) -> std::borrow::Cow<'static, Places> {
    static MADE: LazyLock<Places> = LazyLock::new(|| wound(USUAL));
    if n == USUAL { std::borrow::Cow::Borrowed(&MADE) } else { std::borrow::Cow::Owned(wound(n)) }
}

fn wound(n: usize) -> Places {
    let place = |(k, u)| {
        let (azimuth, out) = vogel(k, u);
        let (sin, cos) = libm::sincos(azimuth.to_radians());
        (out * sin, out * cos)
    };
    Places::new(&steps(n).map(place).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_hold_their_places() {
        let places = spiral(1024);
        assert_eq!(places.clusters.iter().filter(|c| c.second.is_none()).count(), 64);
        for c in &places.clusters {
            for k in c.first..c.end {
                assert!((places.x[k] - c.x).hypot(places.y[k] - c.y) <= c.radius * (1.0 + 1e-12));
            }
        }
        let mut order = places.order.clone();
        order.sort_unstable();
        assert!(order.into_iter().eq(0..1024));
        // √(−2 ln(1/2048)).
        assert!((places.extent - 3.904_8).abs() < 1e-3, "{}", places.extent);
    }
}
