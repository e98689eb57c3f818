//! A stretch of a geodesic as a chord with its bend, and how far from it a place
//! is over the ground, in closed form.
//!
//! # How exact
//!
//! For a place p, [`Span::sight`] has the straight distance c to the nearest point
//! of a parabola over the chord, and [`arc`] makes of c a length over the ground.
//! Four things are left out, with d for the distance:
//!
//! - **The parabola is not the geodesic.** A span is only made of chords whose
//!   ends it passes within 0.1 mm ([`MERGED`]); a chord of 1 km is itself within
//!   1 µm of the geodesic beside it, and its parabola within 10 µm above it (the
//!   normal curvature κ changes by less than 1.5 e′² κ² a metre, which moves the
//!   middle by less than 1.5 e′² κ² L³/100). In all: under 0.3 mm.
//! - **The nearest point is sought on the chord**, not the parabola. With v for
//!   the height of p over the chord, at least −κd²/2, the square of the distance
//!   is (x−tL)² + y² + (v−h(t))², and h(t) moves its least place by at most
//!   Ld²κ²/4, where it is less by the square of that: the distance by
//!   L²d³κ⁴/32, under 0.2 mm at 500 km.
//! - **The curve under the way.** Over a way of length s whose curvature is k
//!   throughout, the chord is 2/k sin(ks/2); by Schur's theorem it is no shorter
//!   with a curvature at most k, and no longer with one at least k, but for the
//!   torsion of the geodesic, which is less than 0.0034 κ and lengthens it by
//!   less than 1e-8 of what the curvature takes. The curvature in the middle of
//!   the way is taken, which differs from that at its ends by less than
//!   0.75 e′² κ² s: s is off by less than c³/12 · κ · 0.75 e′² κ² s
//!   < 1.7e-24 m⁻³ d⁴.
//! - **Which span is the nearest** is decided by c and the curvature about p, as
//!   exact as the length itself.
//!
//! `Line::nearest` and `Area::signed_distance` are right to 1 mm and, by the same
//! curvature, to 0.2 m at 500 km, growing as d⁴: 3.2e-24 m⁻³ d⁴. [`error`] has all
//! of these together.

use crate::index::Index;
use crate::segment::Segment;
use crate::side::sector;
use crate::vector::{EP2, EQUATORIAL, POLAR, Vector};

/// How far beside or under a span the ends of its chords may lie, in metres.
const MERGED: f64 = 1e-4;
/// The longest span of several chords, in metres, and how many.
const LONGEST: f64 = 8_000.0;
const MOST_CHORDS: usize = 16;
/// Beyond this a length over the ground is not told from the straight one.
pub(crate) const FAR: f64 = 2_000_000.0;

/// A stretch of a geodesic.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    start: Vector,
    along: Vector,
    left: Vector,
    up: Vector,
    length: f64,
    /// Half the curvature: the geodesic is `bend · x · (length − x)` over the chord.
    bend: f64,
}

/// A span as seen from a place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sight {
    /// The straight distance, squared.
    pub(crate) square: f64,
    /// How far north along the axis of the Earth the place is of it.
    rise: f64,
    /// How far along the span the place is.
    x: f64,
    /// How far to the left of it.
    y: f64,
}

impl Span {
    /// `None` for a chord too long to stand for the ground.
    fn new(a: Vector, b: Vector) -> Self {
        let chord = b - a;
        let length = chord.norm();
        let middle = (a + b) * 0.5;
        let normal = Vector {
            x: middle.x / (EQUATORIAL * EQUATORIAL),
            y: middle.y / (EQUATORIAL * EQUATORIAL),
            z: middle.z / (POLAR * POLAR),
        };
        let steep = normal.norm();
        let up = normal * (1.0 / steep);
        let along = if length > 0.0 { chord * (1.0 / length) } else { level(up) };
        let up = up - along * up.dot(along);
        let up = up * (1.0 / up.norm());
        let curvature =
            (along.x * along.x + along.y * along.y) / (EQUATORIAL * EQUATORIAL) + along.z * along.z / (POLAR * POLAR);
        Self { start: a, along, left: up.cross(along), up, length, bend: curvature / steep / 2.0 }
    }

    /// One place.
    pub(crate) fn point(at: Vector) -> Self {
        Self::new(at, at)
    }

    /// The span as seen from `p`.
    #[inline]
    pub(crate) fn sight(&self, p: Vector) -> Sight {
        let r = p - self.start;
        let (x, y) = (r.dot(self.along), r.dot(self.left));
        let foot = x.max(0.0).min(self.length);
        let over = r.dot(self.up) - self.bend * foot * (self.length - foot);
        let beyond = x - foot;
        let rise = beyond * self.along.z + y * self.left.z + over * self.up.z;
        Sight { square: beyond * beyond + y * y + over * over, rise, x, y }
    }

    /// The straight distance alone, squared.
    #[inline]
    pub(crate) fn square(&self, p: Vector) -> f64 {
        self.sight(p).square
    }

    /// From the nearest point of the chord, not the parabola, to a place; and how
    /// high the parabola is over the chord at most.
    pub(crate) fn off_chord(&self, p: Vector) -> (Vector, f64) {
        let r = p - self.start;
        let foot = r.dot(self.along).max(0.0).min(self.length);
        (r - self.along * foot, self.bend * self.length * self.length / 4.0)
    }

    /// Whether a place is on it, within what it may pass its chords by.
    fn holds(&self, v: Vector) -> bool {
        let sight = self.sight(v);
        sight.square <= MERGED * MERGED && sight.x >= 0.0 && sight.x <= self.length
    }
}

impl Sight {
    /// In the order of the lengths over the ground.
    #[inline]
    pub(crate) fn rank(&self) -> f64 {
        const TWELFTH: f64 = 1.0 / (12.0 * EQUATORIAL * EQUATORIAL);
        self.square + self.square * (self.square + 2.0 * EP2 * self.rise * self.rise) * TWELFTH
    }

    /// The length over the ground from a place `north` metres north of the
    /// equator's plane.
    #[inline]
    pub(crate) fn arc(&self, north: f64) -> f64 {
        let straight = self.square.sqrt();
        let steep = self.rise * self.rise / self.square.max(1e-12);
        let middle = north - self.rise * 0.5;
        let curved = 1.0 + EP2 * steep;
        let square = self.square * (curved * curved)
            / ((1.0 + EP2 / (POLAR * POLAR) * middle * middle) * (EQUATORIAL * EQUATORIAL));
        straight * (1.0 + square * (1.0 / 24.0 + square * (3.0 / 640.0 + square * (5.0 / 7168.0))))
    }
}

/// What a length over the ground, and that by `Line::nearest`, may be off by
/// together; see the head of this file.
#[inline]
pub(crate) fn error(metres: f64) -> f64 {
    let square = metres * metres;
    1.5e-3 + 5.0e-24 * square * square
}

/// Some level direction.
fn level(up: Vector) -> Vector {
    let side = if up.x.abs() < 0.5 { Vector { x: 1.0, y: 0.0, z: 0.0 } } else { Vector { x: 0.0, y: 1.0, z: 0.0 } };
    let v = side - up * side.dot(up);
    v * (1.0 / v.norm())
}

/// The chords as spans, as few as greed finds.
pub(crate) fn spans(index: &Index) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut rest = index.segments();
    while let Some((first, more)) = rest.split_first() {
        let mut span = Span::new(first.a, first.b);
        let mut taken = 1;
        let mut last = first;
        for next in more.iter().take(MOST_CHORDS - 1) {
            let long = Span::new(first.a, next.b);
            let within = rest.get(1..=taken).unwrap_or_default();
            if next.a != last.b || long.length > LONGEST || !within.iter().all(|s: &Segment| long.holds(s.a)) {
                break;
            }
            (span, last) = (long, next);
            taken += 1;
        }
        spans.push(span);
        rest = rest.get(taken..).unwrap_or_default();
    }
    spans
}

/// Which hand a place is on of the span it is nearest to, if certain: whether
/// it is the left.
///
/// As `Line::nearest` has it: at a corner both spans decide, past an end the
/// straight extension does. A direction may be off by the 0.1 mm of a merged
/// span and by what a plane and a geodesic part by, under 1e-5 of the distance.
pub(crate) fn is_left(spans: &[Span], nearest: usize, seen: &Sight, slack: f64) -> Option<bool> {
    let here = spans.get(nearest)?;
    let reach = seen.square.sqrt();
    let sure = |y: f64| (y.abs() > slack + 1e-4 * reach).then_some(y > 0.0);
    let end = here.start + here.along * here.length;
    let near_start = seen.x <= slack;
    let near_end = seen.x >= here.length - slack;
    let joins = |a: Vector, b: Vector| (a - b).norm() < 1e-6;
    let before = nearest.checked_sub(1).and_then(|k| spans.get(k));
    let before = before.filter(|s| joins(s.start + s.along * s.length, here.start));
    let after = spans.get(nearest + 1).filter(|s| joins(s.start, end));
    let corner = match (near_start, near_end) {
        (false, false) => return sure(seen.y),
        (true, true) => return None,
        (true, false) => before.map(|before| (before, here)),
        (false, true) => after.map(|after| (here, after)),
    };
    let Some((coming, going)) = corner else {
        return sure(seen.y);
    };
    // Within `slack` of the corner on either span the same two hands count.
    let flat = |v: Vector| (v.dot(here.along), v.dot(here.left));
    let to = if near_start { (seen.x, seen.y) } else { (seen.x - here.length, seen.y) };
    let (a, b) = (flat(coming.along), flat(going.along));
    let cross = |a: (f64, f64), b: (f64, f64)| a.0 * b.1 - a.1 * b.0;
    let doubtful = |v: f64, least: f64| v.abs() <= least;
    let least = slack + 1e-3 * reach;
    let turn = cross(a, b);
    if doubtful(turn, 1e-3) && turn != 0.0 {
        // As good as straight, unless it turns back.
        return if a.0 * b.0 + a.1 * b.1 > 0.0 {
            sure(cross(a, to)).filter(|_| !doubtful(cross(a, to), least))
        } else {
            None
        };
    }
    (!doubtful(cross(a, to), least) && !doubtful(cross(b, to), least)).then(|| sector(a, b, to) == crate::Side::Left)
}
