//! Chords in a tree of bounding spheres: nearest, near enough, and crossings,
//! each in about the logarithm of their number and without allocating.

use crate::segment::{Segment, sphere};
use crate::vector::{FLATTEST, Frame, Vector};

/// Chords a leaf holds: fewer costs more tree, more costs more arithmetic.
const LEAF: usize = 4;
/// The smallest radius of curvature on the ellipsoid, b²/a at the equator
/// along the meridian, rounded down, in metres.
const ROUNDEST: f64 = 6_335_000.0;

/// The point of the chords nearest to a place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    /// Which chord, counted from 0.
    pub(crate) segment: usize,
    /// How far along it, in 0..=1.
    pub(crate) along: f64,
    /// The point; under the ellipsoid by at most the sag of the chord.
    pub(crate) point: Vector,
}

#[derive(Clone, Debug, PartialEq)]
struct Node {
    centre: Vector,
    /// The sphere holds the geodesics, not just their chords.
    radius: f64,
    below: Below,
}

#[derive(Clone, Debug, PartialEq)]
enum Below {
    /// The chords `first..end`.
    Leaf { first: usize, end: usize },
    /// Two nodes: the next one and this one.
    Fork { second: usize },
}

/// The searchable chords; never none.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Index {
    segments: Vec<Segment>,
    /// In depth-first order, so a first child needs no pointer.
    nodes: Vec<Node>,
    start: Vector,
    /// No geodesic is farther from its chord than this, in metres.
    sag: f64,
}

impl Index {
    /// `None` when there are no chords.
    pub(crate) fn new(segments: Vec<Segment>) -> Option<Self> {
        let start = segments.first()?.a;
        let longest = segments.iter().map(|s| (s.b - s.a).norm()).fold(0.0, f64::max);
        // s²/8R, and a micrometre for rounding.
        let sag = longest * longest / (8.0 * ROUNDEST) + 1e-6;
        let mut index = Self { segments, nodes: Vec::new(), start, sag };
        index.grow(0, index.segments.len());
        Some(index)
    }

    pub(crate) fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// No geodesic is farther from its chord than this, in metres.
    pub(crate) fn sag(&self) -> f64 {
        self.sag
    }

    /// The chords from the one to the other.
    pub(crate) fn run(&self, (first, last): (usize, usize)) -> &[Segment] {
        self.segments.get(first..=last).unwrap_or_default()
    }

    /// Whether the chord after this one begins where it ends.
    pub(crate) fn follows(&self, segment: usize) -> bool {
        matches!((self.segments.get(segment), self.segments.get(segment + 1)), (Some(s), Some(next)) if s.b == next.a)
    }

    /// Each chord whose geodesic may come within `limit` metres of `p`, in
    /// order, until `visit` says no.
    pub(crate) fn visit_near(&self, p: Vector, limit: f64, visit: &mut impl FnMut(usize) -> bool) {
        self.visit_below(0, p, limit, visit);
    }

    fn visit_below(&self, node: usize, p: Vector, limit: f64, visit: &mut impl FnMut(usize) -> bool) -> bool {
        if self.gap(node, p) > limit {
            return true;
        }
        match self.nodes.get(node).map(|n| &n.below) {
            Some(&Below::Leaf { first, end }) => (first..end)
                .zip(self.segments.get(first..end).unwrap_or_default())
                .filter(|(_, s)| (p - s.foot(p).1).norm() - self.sag <= limit)
                .all(|(segment, _)| visit(segment)),
            Some(&Below::Fork { second }) => {
                self.visit_below(node + 1, p, limit, visit) && self.visit_below(second, p, limit, visit)
            }
            None => true,
        }
    }

    fn grow(&mut self, first: usize, end: usize) {
        let (centre, radius) = sphere(self.segments.get(first..end).unwrap_or_default());
        let here = self.nodes.len();
        self.nodes.push(Node { centre, radius: radius + self.sag, below: Below::Leaf { first, end } });
        if end - first > LEAF {
            let middle = first.midpoint(end);
            self.grow(first, middle);
            let second = self.nodes.len();
            self.grow(middle, end);
            if let Some(node) = self.nodes.get_mut(here) {
                node.below = Below::Fork { second };
            }
        }
    }

    /// No geodesic is nearer to `p` than this, in metres: a chord is never
    /// longer than the path over the surface. One square root.
    pub(crate) fn at_least(&self, p: Vector) -> f64 {
        self.gap(0, p).max(0.0)
    }

    /// Distance from `p` to a node's sphere; negative inside it.
    fn gap(&self, node: usize, p: Vector) -> f64 {
        self.nodes.get(node).map_or(f64::INFINITY, |n| (p - n.centre).norm() - n.radius)
    }

    /// Whether some geodesic may come within `limit` metres of `p`; `false` is
    /// certain.
    pub(crate) fn may_reach(&self, p: Vector, limit: f64) -> bool {
        self.may_reach_below(0, p, limit)
    }

    fn may_reach_below(&self, node: usize, p: Vector, limit: f64) -> bool {
        if self.gap(node, p) > limit {
            return false;
        }
        match self.nodes.get(node).map(|n| &n.below) {
            Some(&Below::Leaf { first, end }) => self
                .segments
                .get(first..end)
                .unwrap_or_default()
                .iter()
                .any(|s| (p - s.foot(p).1).norm() - self.sag <= limit),
            Some(&Below::Fork { second }) => {
                self.may_reach_below(node + 1, p, limit) || self.may_reach_below(second, p, limit)
            }
            None => false,
        }
    }

    /// The nearest point by distance over the surface.
    pub(crate) fn nearest(&self, from: &Frame) -> Hit {
        let mut search = Search {
            index: self,
            from,
            best: Hit { segment: 0, along: 0.0, point: self.start },
            estimate: f64::INFINITY,
            cutoff: f64::INFINITY,
        };
        search.descend(0, 0.0);
        search.best
    }

    /// How many chords cross the half of the meridian that runs from `from`
    /// north over the pole to the far side of the Earth.
    ///
    /// An end exactly on the meridian counts as west of it for both chords
    /// that share it, so a ring through such an end is counted right.
    pub(crate) fn meridian_crossings(&self, from: &Frame) -> usize {
        self.crossings_below(0, from)
    }

    fn crossings_below(&self, node: usize, from: &Frame) -> usize {
        let Some(Node { centre, radius, below }) = self.nodes.get(node) else {
            return 0;
        };
        let (east, north) = from.horizontal(*centre - from.origin);
        if east.abs() > *radius || north < -radius {
            return 0;
        }
        match *below {
            Below::Leaf { first, end } => self
                .segments
                .get(first..end)
                .unwrap_or_default()
                .iter()
                .filter(|s| {
                    let (east_a, north_a) = from.horizontal(s.a - from.origin);
                    let (east_b, north_b) = from.horizontal(s.b - from.origin);
                    (east_a > 0.0) != (east_b > 0.0)
                        && north_a + (north_b - north_a) * (east_a / (east_a - east_b)) > 0.0
                })
                .count(),
            Below::Fork { second } => self.crossings_below(node + 1, from) + self.crossings_below(second, from),
        }
    }
}

struct Search<'a> {
    index: &'a Index,
    from: &'a Frame,
    best: Hit,
    /// The best distance over the surface so far, in metres.
    estimate: f64,
    /// A chord longer than this cannot beat it.
    cutoff: f64,
}

impl Search<'_> {
    fn descend(&mut self, node: usize, gap: f64) {
        if gap > self.cutoff {
            return;
        }
        match self.index.nodes.get(node).map(|n| &n.below) {
            Some(&Below::Leaf { first, end }) => self.leaf(first, end),
            Some(&Below::Fork { second }) => {
                // The nearer half first: it makes the other one moot.
                let first = node + 1;
                let gaps = (self.index.gap(first, self.from.origin), self.index.gap(second, self.from.origin));
                if gaps.0 <= gaps.1 {
                    self.descend(first, gaps.0);
                    self.descend(second, gaps.1);
                } else {
                    self.descend(second, gaps.1);
                    self.descend(first, gaps.0);
                }
            }
            None => {}
        }
    }

    fn leaf(&mut self, first: usize, end: usize) {
        let segments = self.index.segments.get(first..end).unwrap_or_default();
        for (segment, chord) in (first..).zip(segments) {
            let (along, point) = chord.foot(self.from.origin);
            let sight = point - self.from.origin;
            let straight = sight.norm();
            if straight > self.cutoff {
                continue;
            }
            let estimate = over_the_surface(self.from, sight, straight);
            if estimate < self.estimate {
                self.estimate = estimate;
                // The same length over the flattest of the Earth.
                self.cutoff = 2.0 * FLATTEST * (estimate / (2.0 * FLATTEST)).sin();
                self.best = Hit { segment, along, point };
            }
        }
    }
}

/// Roughly the geodesic distance over a straight line of sight: the arc on the
/// circle that fits the ellipsoid at `from` in that direction (Euler's
/// formula for the curvature of a normal section).
///
/// Straight lengths alone would rank wrongly by up to 1.7 m at 500 km, because
/// the Earth curves more along a meridian than across it; this is within
/// 0.2 m there. It only ranks: the reported distance is exact.
fn over_the_surface(from: &Frame, sight: Vector, straight: f64) -> f64 {
    let (east, north) = from.horizontal(sight);
    let (east2, north2) = (east * east, north * north);
    let horizontal2 = east2 + north2;
    let curvature = if horizontal2 > 0.0 {
        (north2 * from.along_meridian + east2 * from.across_meridian) / horizontal2
    } else {
        from.across_meridian
    };
    2.0 / curvature * (straight * curvature / 2.0).min(1.0).asin()
}
