//! Places about one, and how far a shape is from each, on a plane.
//!
//! The plane is the azimuthal equidistant map about the middle: each place lies
//! as far from it, and in that direction, as on the ground. Between a place at ρ
//! from the middle and the nearest point of a shape at d, lengths differ from
//! those on the ground by less than ρ²d/6R², R being the Earth's radius
//! (the ground closes up aside by a part r²/6R² at r from the middle, which moves
//! a length d by what it has aside, ρ²/d at most of it). Places that stand for a report
//! lie within 4 σ; so where ρ(d + 2ρ) is at most [`FLAT`] that is less than
//! 4 · 2e10 / 6R² = 3.3e-4 σ, and no probability is off by more than 1.4e-4,
//! mostly by a hundredth of that: the places themselves leave 7e-4 open.
//! Farther out, every place is measured on the ground.

use crate::index::Index;
use crate::look::{Look, Piece, Visit};
use crate::segment::Segment;
use crate::smooth::{Edge, whole};
use crate::spiral::{Cluster, Places};
use crate::vector::{Frame, Vector};

/// Square metres: how far a place may be out, times how far the shape.
const FLAT: f64 = 2e10;
/// Chords are one piece if they leave it by less than this part of the unit.
const STRAIGHT: f64 = 1e-5;
/// Pieces are cut up to so many chords.
const MOST_CHORDS: usize = 64;

/// A shape on the plane about a place, in some unit of metres.
pub(crate) struct Chart {
    pieces: Vec<Piece>,
}

impl Chart {
    /// All of a shape that may be nearest to one of the places, which are given in
    /// units of `unit` metres; `None` where the plane will not do.
    pub(crate) fn about(frame: &Frame, index: &Index, unit: f64, places: &Places) -> Option<Self> {
        let extent = places.extent * unit;
        let nearest = (index.nearest(frame).point - frame.origin).norm();
        // Written so that what is no number will not do.
        if !(extent * (nearest + 2.0 * extent) <= FLAT && unit > 0.0 && index.sag() < 0.05) {
            return None;
        }
        // A place's own nearest is no farther from it than the middle's.
        let reach = (nearest + 2.0 * extent) * 1.001 + 1.0;
        let mut pieces: Vec<Piece> = Vec::new();
        let mut taken: Vec<(f64, f64)> = Vec::new();
        let mut last: Option<(usize, &Segment)> = None;
        let scale = 1.0 / unit;
        index.visit_near(frame.origin, reach, &mut |number| {
            let Some(chord) = index.segments().get(number) else { return false };
            let follows = last.is_some_and(|(k, before)| k + 1 == number && before.b == chord.a);
            let to = lay(frame, chord.b, scale);
            let longer = pieces.last().filter(|_| follows).map(|piece| between((piece.x, piece.y), to));
            match (longer, pieces.last_mut()) {
                (Some(long), Some(piece)) if taken.len() < MOST_CHORDS && holds(&long, &taken) => {
                    *piece = long;
                    taken.push(to);
                }
                _ => {
                    let from = if follows { taken.last().copied() } else { None };
                    pieces.push(between(from.unwrap_or_else(|| lay(frame, chord.a, scale)), to));
                    taken.clear();
                    taken.push(to);
                }
            }
            last = Some((number, chord));
            true
        });
        join(&mut pieces);
        (!pieces.is_empty()).then_some(Self { pieces })
    }

    /// How far each place is, in units and in the order of the clusters; with
    /// `sides` negative on the right.
    pub(crate) fn distances(&self, places: &Places, sides: bool) -> Vec<f64> {
        let mut all = All { distances: vec![f64::INFINITY; places.x.len()] };
        Look::new(&self.pieces, places, sides).at(0, 0, &mut all);
        all.distances
    }

    /// The sum over the places of what counts between two edges, as by
    /// [`Chart::distances`] and the blur of an [`Edge`], in units.
    pub(crate) fn count(&self, places: &Places, sides: bool, [low, high]: [f64; 2], sigmas: [f64; 2]) -> f64 {
        let mut count = Count { low, high, edge: Edge::new(sigmas), sum: 0.0 };
        Look::new(&self.pieces, places, sides).at(0, 0, &mut count);
        count.sum
    }
}

/// All distances.
struct All {
    distances: Vec<f64>,
}

impl Visit for All {
    fn cluster(&mut self, _: &Cluster, _: f64, _: bool) -> bool {
        true
    }

    fn places(&mut self, first: usize, distances: &[f64]) {
        if let Some(all) = self.distances.get_mut(first..first + distances.len()) {
            all.copy_from_slice(distances);
        }
    }
}

/// What counts between two edges: clusters that are clear of both count as one.
struct Count {
    low: f64,
    high: f64,
    edge: Edge,
    sum: f64,
}

impl Visit for Count {
    fn cluster(&mut self, here: &Cluster, away: f64, told: bool) -> bool {
        // Of all of it, whether it is in: none if some of it may be near an edge.
        let blurred = self.edge.blurred + here.radius;
        let within = |away: f64| {
            let (least, most) = (away - blurred, away + blurred);
            if most < self.low || least > self.high {
                Some(false)
            } else {
                (least > self.low && most < self.high).then_some(true)
            }
        };
        match within(away) {
            Some(inside) if told || within(-away) == Some(inside) => {
                self.sum += if inside { whole(here.end - here.first) } else { 0.0 };
                false
            }
            _ => true,
        }
    }

    fn places(&mut self, _: usize, distances: &[f64]) {
        let below = |limit: f64| match limit {
            f64::INFINITY => whole(distances.len()),
            f64::NEG_INFINITY => 0.0,
            limit => distances.iter().map(|s| self.edge.at(limit - s)).sum(),
        };
        self.sum += below(self.high) - below(self.low);
    }
}

/// Where a place is on the map: as far as over the ground, by the arc whose
/// curvature is that of the ground in its direction.
fn lay(frame: &Frame, v: Vector, scale: f64) -> (f64, f64) {
    let (east, north) = frame.horizontal(v - frame.origin);
    let bent = east * east * frame.across_meridian + north * north * frame.along_meridian;
    let square = east * east + north * north;
    // (hκ)², as the half-chord of an arc of 2s: s = asin(hκ)/κ.
    let angle = if square > 0.0 { bent * bent / square } else { 0.0 };
    let scale = scale * (1.0 + angle * (1.0 / 6.0 + angle * (3.0 / 40.0)));
    (east * scale, north * scale)
}

fn between(from: (f64, f64), to: (f64, f64)) -> Piece {
    let (x, y) = (to.0 - from.0, to.1 - from.1);
    let length = libm::sqrt(x * x + y * y);
    let along = if length > 0.0 { (x / length, y / length) } else { (0.0, 0.0) };
    let left = (-along.1, along.0);
    Piece { x: from.0, y: from.1, along, length, starts: left, ends: left }
}

/// Whether places lie on a piece, one after another.
fn holds(piece: &Piece, places: &[(f64, f64)]) -> bool {
    let mut passed = 0.0;
    places.iter().all(|&(x, y)| {
        let off = piece.off(x, y);
        let onward = off.t >= passed;
        passed = off.t;
        onward && off.x * off.x + off.y * off.y <= STRAIGHT * STRAIGHT
    })
}

/// At a corner the hand is that of both pieces together: for a place that is
/// nearest to the corner, the half of the plane half-way between theirs decides.
fn join(pieces: &mut [Piece]) {
    let mut before: Option<&mut Piece> = None;
    for piece in pieces {
        if let Some(before) = before {
            let end = (before.x + before.along.0 * before.length, before.y + before.along.1 * before.length);
            if libm::hypot(end.0 - piece.x, end.1 - piece.y) < 1e-9 {
                let (a, b) = (before.left(), piece.left());
                let both = (a.0 + b.0, a.1 + b.1);
                (before.ends, piece.starts) = (both, both);
            }
        }
        before = Some(piece);
    }
}
