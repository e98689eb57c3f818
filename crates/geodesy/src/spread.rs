//! A place that is not one point: what is said of it is a mean over places.

use std::sync::OnceLock;

use crate::around::Chart;
use crate::cover::{Ground, reach};
use crate::fill::{Square, fill};
use crate::geodesic::onward;
use crate::index::Index;
use crate::plane::Plane;
use crate::smooth::{Edge, whole};
use crate::spiral::{Places, spiral, step, steps, vogel};
use crate::vector::{EQUATORIAL, Frame};
use crate::{Area, Line, Metres, Position, Radius95, Sector, Side, probability_between};

/// 1/φ.
const GOLDEN: f64 = 0.618_033_988_749_894_9;
/// The most places in a sample: a million take seconds to measure.
const MOST_POINTS: usize = 1 << 20;
/// The blur about each of n places, in σ√n: as far as from one to the next.
const BLUR: f64 = 1.6;

/// Equally likely places that stand for all places where something may be.
///
/// They follow a fixed rule: no chance is in it, and the same question has the
/// same places in the same order on every machine. (The rule uses no function
/// whose digits differ between machines. Carrying it to latitudes does, so
/// that a last digit, under a micrometre, may.)
///
/// ```
/// use armistice_geodesy::{Line, Metres, Position, Radius95, Sample, probability_within_band};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // A line with a right angle, and a report good to 25 km from 10 km off it.
/// let at = |lat, lon| Position::new(lat, lon);
/// let line = Line::new(vec![at(48.0, 29.0)?, at(48.0, 30.0)?, at(49.0, 30.0)?])?;
/// let sample = Sample::of_normal(at(48.1, 29.9)?, Radius95::new(Metres::from_km(25.0))?, 1024);
/// let within_5_km = sample.mean(
///     |place| line.distance_to(place),
///     |&distance, blur| probability_within_band(distance, Metres::from_km(5.0), blur),
/// );
/// assert!((within_5_km - 0.406).abs() < 0.003);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Sample {
    points: OnceLock<Vec<Position>>,
    /// How many there are.
    count: usize,
    /// Of a normal: about where, and its σ in metres.
    normal: Option<(Position, f64)>,
    reach: Metres,
    blur: Radius95,
}

/// The same places.
impl PartialEq for Sample {
    fn eq(&self, other: &Self) -> bool {
        (self.count, self.normal, self.reach, self.blur) == (other.count, other.normal, other.reach, other.blur)
            && (self.normal.is_some() || self.points() == other.points())
    }
}

impl Sample {
    /// `n` places, uniform over the area's surface.
    ///
    /// Each polygon gets its part of them by surface: points of the R₂
    /// sequence on an equal-area plane, as many as fall inside. One that covers
    /// less than about a thousandth of the square around it gets places spaced
    /// evenly along its outline instead. At least one, at most 2²⁰.
    #[must_use]
    pub fn of_area(area: &Area, n: usize) -> Self {
        let points = fill(area, n.clamp(1, MOST_POINTS));
        let Square { plane, half } = Square::around(area.chords().iter());
        let reach = reach(&Ground { plane, half, signed: &|p| area.signed_distance(p).get() }, &points);
        Self::of_places(points, reach)
    }

    fn of_places(points: Vec<Position>, reach: Metres) -> Self {
        let count = points.len();
        Self { points: OnceLock::from(points), count, normal: None, reach, blur: Radius95::EXACT }
    }

    /// `n` places, uniform over the sector's surface; along a single bearing
    /// or an arc, as uniform as over a narrow sector around it.
    ///
    /// A Fibonacci lattice: equal steps of surface outward, golden sections of
    /// the bearings. It spreads well however long or wide the sector is.
    #[must_use]
    pub fn of_sector(sector: &Sector, n: usize) -> Self {
        let n = n.clamp(1, MOST_POINTS);
        let (nearest, farthest) = sector.range();
        // The surface within r grows as sin²(r/2R).
        let surface = |r: Metres| {
            let sin = libm::sin(r.get() / (2.0 * EQUATORIAL));
            sin * sin
        };
        let (low, high) = (surface(nearest), surface(farthest));
        let points = steps(n)
            .map(|(k, u)| {
                let r = 2.0 * EQUATORIAL * libm::asin(libm::sqrt(low + (high - low) * u));
                let round = fraction((k + 0.5) * GOLDEN);
                go(sector.observer(), sector.from() + sector.span() * round, r)
            })
            .collect::<Vec<_>>();
        let plane = Plane::about(sector.observer());
        // A length on the plane is at most 1.0012 of that on the ground.
        let half = (farthest.get() * 1.002 + 0.01).min(plane.rim());
        let reach = reach(&Ground { plane, half, signed: &|p| sector.signed_distance(p).get() }, &points);
        Self::of_places(points, reach)
    }

    /// `n` places for a true one that is normal about a reported one.
    ///
    /// Vogel's spiral (H. Vogel, A better way to construct the sunflower head,
    /// Math. Biosciences 44 (1979) 179–189) with equal probability from each
    /// turn to the next, and a [`blur`](Self::blur) as wide as the places are
    /// apart. A position known exactly is one place.
    ///
    /// Measured against fine quadrature in 500 cases, on bent lines, hairpins,
    /// zigzags, corners, small and thin areas and strips of half-width 0.05 to
    /// 5 σ: with 1024 places off by 0.0007 (root mean square), in 99 of 100
    /// cases by less than 0.0021, and by 0.0032 at worst, where two stretches
    /// run a fraction of σ apart; with 512, by 0.0011, 0.0036 and 0.0060. On a
    /// long straight line by less than 0.002 with 1024, but there the formula
    /// itself is exact: ask `is_straight_about` first.
    #[must_use]
    pub fn of_normal(at: Position, r: Radius95, n: usize) -> Self {
        if r == Radius95::EXACT {
            return Self::of_places(vec![at], Metres::ZERO);
        }
        let n = n.clamp(1, MOST_POINTS);
        #[expect(clippy::cast_precision_loss, reason = "at most a million")]
        let blur = r.times(BLUR / libm::sqrt(n as f64));
        let normal = Some((at, r.sigma().get()));
        Self { points: OnceLock::new(), count: n, normal, reach: Metres::new(f64::INFINITY), blur }
    }

    /// The places, each as likely as any other.
    #[must_use]
    pub fn points(&self) -> &[Position] {
        self.points.get_or_init(|| (0..self.count).map(|k| self.point(k)).collect())
    }

    /// One of a normal's.
    fn point(&self, number: usize) -> Position {
        let Some((at, sigma)) = self.normal else {
            return self
                .points
                .get()
                .and_then(|points| points.get(number))
                .copied()
                .unwrap_or(Position::clamped(0.0, 0.0));
        };
        let (k, u) = step(number, self.count);
        let (azimuth, out) = vogel(k, u);
        go(at, azimuth, sigma * out)
    }

    /// No place of the area or sector is farther than this from the nearest of
    /// the points; infinite for a normal, which has no end.
    ///
    /// Proven, not measured: the ground is cut into cells until each is told
    /// off or covered. So ground that is farther than this from every point is
    /// clear of all of it.
    #[must_use]
    pub fn reach(&self) -> Metres {
        self.reach
    }

    /// How far the probability of a place is smoothed: zero for areas and
    /// sectors.
    #[must_use]
    pub fn blur(&self) -> Radius95 {
        self.blur
    }

    /// How far each of the places is from a line: positive to its left and on it,
    /// negative to its right. In the order of [`Sample::points`].
    ///
    /// Of a normal's places, by the map about their middle, a hundredth of the cost
    /// of [`Line::nearest`] for each: lengths are off by less than 3.3e-4 σ, and
    /// mostly by less than 1e-5 σ. A report so vague that the map would not be that
    /// good (from 50 km or so) and all other places are measured exactly.
    #[must_use]
    pub fn to_line(&self, line: &Line) -> Vec<Metres> {
        if let Some((chart, unit, places)) = self.chart(line.index()) {
            return places.put_in_order(chart.distances(&places, true).iter().map(|s| Metres::new(s * unit)));
        }
        let exact = |&place| {
            let nearest = line.nearest(place);
            if nearest.side == Side::Right { -nearest.distance } else { nearest.distance }
        };
        self.points().iter().map(exact).collect()
    }

    /// How far each of the places is from an area's boundary, negative inside; as
    /// exact as [`Sample::to_line`], but exact in whether they are inside.
    #[must_use]
    pub fn to_area(&self, area: &Area) -> Vec<Metres> {
        let Some((chart, unit, places)) = self.chart(area.boundary()) else {
            return self.points().iter().map(|&place| area.signed_distance(place)).collect();
        };
        let distances = chart.distances(&places, false);
        let inside = places.told_apart(&distances, &|place| area.contains(self.point(place)));
        let signed =
            distances.iter().zip(inside).map(|(d, inside)| Metres::new(if inside { -d * unit } else { d * unit }));
        places.put_in_order(signed)
    }

    /// The probability of lying between `low` and `high` of a line that is good to
    /// `good_to`: [`Sample::mean_between`] of [`Sample::to_line`] to 2e-7, in a third
    /// of the time. Distances are positive on the side given; without one, on both.
    #[must_use]
    pub fn mean_about(&self, line: &Line, side: Option<Side>, low: Metres, high: Metres, good_to: Radius95) -> f64 {
        let Some((chart, unit, places)) = self.chart(line.index()).filter(|_| low <= high) else {
            let mut signed = self.to_line(line);
            for signed in &mut signed {
                *signed = match side {
                    Some(Side::Left) => *signed,
                    Some(Side::Right) => -*signed,
                    Some(Side::On) | None => signed.abs(),
                };
            }
            return self.mean_between(&signed, low, high, good_to);
        };
        let sigmas = self.sigmas(good_to).map(|sigma| sigma / unit);
        let edges = [low.get() / unit, high.get() / unit];
        let sum = match side {
            Some(Side::Left) => chart.count(&places, true, edges, sigmas),
            Some(Side::Right) => chart.count(&places, true, [-edges[1], -edges[0]], sigmas),
            Some(Side::On) | None => chart.count(&places, false, edges, sigmas),
        };
        share(sum, self.count)
    }

    /// The σ of the blur, and of twice the blur, with what else is not known.
    fn sigmas(&self, other: Radius95) -> [f64; 2] {
        [self.blur, self.blur.times(2.0)].map(|blur| blur.combine(other).sigma().get())
    }

    /// The map about a normal's middle, if it will do; the unit of it in metres.
    fn chart(&self, index: &Index) -> Option<(Chart, f64, std::borrow::Cow<'static, Places>)> {
        let (at, sigma) = self.normal?;
        let places = spiral(self.count);
        let chart = Chart::about(&Frame::at(at.latitude(), at.longitude()), index, sigma, &places)?;
        Some((chart, sigma, places))
    }

    /// The probability for the spread: the mean of `probability` over the
    /// places, each measured once by `measure`; see [`Sample::mean_of`].
    pub fn mean<M>(&self, measure: impl FnMut(Position) -> M, probability: impl FnMut(&M, Radius95) -> f64) -> f64 {
        let measured: Vec<M> = self.points().iter().copied().map(measure).collect();
        self.mean_of(&measured, probability)
    }

    /// The same, of what was measured of the places already.
    ///
    /// `probability` must be that of a place known to within the radius it is
    /// given, such as [`probability_between`](crate::probability_between); any
    /// other uncertainty, like that of a line, it may combine with it. For a
    /// normal it is asked twice for each place, with the blur B and with 2B,
    /// and ⁴⁄₃ of the one less ⅓ of the other taken: a mean over blurred places
    /// is off by as much as B², and so that falls out.
    pub fn mean_of<M>(&self, measured: &[M], mut probability: impl FnMut(&M, Radius95) -> f64) -> f64 {
        let mut sum = 0.0;
        for measured in measured {
            let once = probability(measured, self.blur);
            sum += if self.blur == Radius95::EXACT {
                once
            } else {
                once + (once - probability(measured, self.blur.times(2.0))) / 3.0
            };
        }
        share(sum, measured.len())
    }

    /// [`Sample::mean_of`] for [`probability_between`] `low` and `high` of places
    /// measured to within `good_to` besides: the same to 2e-7, at a tenth of the cost.
    #[must_use]
    pub fn mean_between(&self, signed: &[Metres], low: Metres, high: Metres, good_to: Radius95) -> f64 {
        if self.blur == Radius95::EXACT {
            return self.mean_of(signed, |&signed, blur| probability_between(signed, low, high, blur.combine(good_to)));
        }
        if high < low {
            return 0.0;
        }
        let edge = Edge::new(self.sigmas(good_to));
        let below = |limit: Metres| match limit.get() {
            f64::INFINITY => whole(signed.len()),
            f64::NEG_INFINITY => 0.0,
            limit => signed.iter().map(|s| edge.at(limit - s.get())).sum::<f64>(),
        };
        share(below(high) - below(low), signed.len())
    }

    /// Two figures of which [`Sample::mean_between`] is the difference, to 2e-7 and cut to
    /// what a probability can be: each is
    /// no less where `low` is lower or `high` higher.
    #[must_use]
    pub fn parts_between(&self, signed: &[Metres], low: Metres, high: Metres, good_to: Radius95) -> (f64, f64) {
        if self.blur == Radius95::EXACT {
            return (self.mean_between(signed, low, high, good_to), 0.0);
        }
        let edge = Edge::new(self.sigmas(good_to));
        let below = |limit: Metres| match limit.get() {
            f64::INFINITY => (whole(signed.len()), whole(signed.len())),
            f64::NEG_INFINITY => (0.0, 0.0),
            limit => {
                signed.iter().map(|s| edge.parts(limit - s.get())).fold((0.0, 0.0), |(a, b), (c, d)| (a + c, b + d))
            }
        };
        let ((near, wide), (short, far)) = (below(high), below(low));
        let count = whole(signed.len());
        ((near - short) * 4.0 / 3.0 / count, (wide - far) / 3.0 / count)
    }
}

/// So much of so many places.
fn share(sum: f64, of: usize) -> f64 {
    (sum / whole(of)).clamp(0.0, 1.0)
}

fn go(from: Position, azimuth: f64, metres: f64) -> Position {
    let (latitude, longitude, _) = onward(from, azimuth % 360.0, metres);
    Position::clamped(latitude, longitude)
}

/// The fractional part of a number that is not negative.
fn fraction(x: f64) -> f64 {
    x - libm::floor(x)
}
