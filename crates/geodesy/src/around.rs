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
use crate::segment::Segment;
use crate::spiral::{LEAF, Places};
use crate::vector::{Frame, Vector};

/// Square metres: how far a place may be out, times how far the shape.
const FLAT: f64 = 2e10;
/// Chords are one piece if they leave it by less than this part of the unit.
const STRAIGHT: f64 = 1e-5;
/// Pieces are cut up to so many chords.
const MOST_CHORDS: usize = 64;

/// A straight piece of a shape on the plane.
#[derive(Clone, Copy, Debug)]
struct Piece {
    x: f64,
    y: f64,
    along: (f64, f64),
    length: f64,
    /// What is to the left at its start, and at its end: half-way to the next piece's.
    starts: (f64, f64),
    ends: (f64, f64),
}

/// From the nearest point of a piece to a place.
#[derive(Clone, Copy)]
struct Off {
    x: f64,
    y: f64,
    t: f64,
}

impl Piece {
    #[inline]
    fn off(&self, x: f64, y: f64) -> Off {
        let (u, v) = (x - self.x, y - self.y);
        let t = (u * self.along.0 + v * self.along.1).max(0.0).min(self.length);
        Off { x: u - t * self.along.0, y: v - t * self.along.1, t }
    }

    #[inline]
    fn square(&self, x: f64, y: f64) -> f64 {
        let off = self.off(x, y);
        off.x * off.x + off.y * off.y
    }

    const fn left(&self) -> (f64, f64) {
        (-self.along.1, self.along.0)
    }

    /// Whether a place that is nearest to this piece is on its left.
    fn is_left(&self, x: f64, y: f64) -> bool {
        let off = self.off(x, y);
        let left = match off.t {
            t if t <= 0.0 => self.starts,
            t if t >= self.length => self.ends,
            _ => self.left(),
        };
        off.x * left.0 + off.y * left.1 > 0.0
    }
}

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

    /// What is asked of each place: how far it is, and whether on the left.
    pub(crate) fn see(&self, places: &Places, sides: bool) -> Seen {
        let n = places.x.len();
        let mut look = Look {
            pieces: &self.pieces,
            places,
            sides,
            open: (0..self.pieces.len()).collect(),
            squares: Vec::new(),
            seen: Seen { distances: vec![f64::INFINITY; n], left: if sides { vec![false; n] } else { Vec::new() } },
        };
        look.at(0, 0);
        look.seen
    }
}

/// Of each place in the order of the clusters.
pub(crate) struct Seen {
    /// In units.
    pub(crate) distances: Vec<f64>,
    pub(crate) left: Vec<bool>,
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

/// A search from all places down to each.
struct Look<'a> {
    pieces: &'a [Piece],
    places: &'a Places,
    sides: bool,
    /// Pieces still in question, of each cluster on the way.
    open: Vec<usize>,
    squares: Vec<f64>,
    seen: Seen,
}

impl Look<'_> {
    /// A cluster, to whose places only the pieces in `open[from..]` can be nearest.
    fn at(&mut self, cluster: usize, from: usize) {
        let Some(&here) = self.places.clusters.get(cluster) else { return };
        let kept = self.open.len();
        let first = if kept - from > 1 {
            self.keep(from, (here.x, here.y), here.radius);
            kept
        } else {
            from
        };
        match here.second {
            Some(second) => {
                self.at(cluster + 1, first);
                self.at(second, first);
            }
            None => self.leaf(first, here.first, here.end),
        }
        self.open.truncate(kept);
    }

    /// Keeps the pieces that may be nearest to a place of a disc: within its width of
    /// the nearest to its middle, and not hidden by that one (as in the cells of
    /// a field: distances to two pieces part by what their directions differ).
    fn keep(&mut self, from: usize, (x, y): (f64, f64), radius: f64) {
        self.squares.clear();
        let mut least = f64::INFINITY;
        let mut best = 0;
        for &k in self.open.get(from..).unwrap_or_default() {
            let square = self.pieces.get(k).map_or(f64::INFINITY, |piece| piece.square(x, y));
            self.squares.push(square);
            if square < least {
                (least, best) = (square, k);
            }
        }
        let near = libm::sqrt(least);
        let limit = (near + 2.0 * radius) * (1.0 + 1e-9);
        let square = limit * limit;
        let clear = near > 2.0 * radius;
        let toward = self.pieces.get(best).map_or((0.0, 0.0), |piece| {
            let off = piece.off(x, y);
            (off.x / near, off.y / near)
        });
        let slack = radius * radius / (2.0 * (near - radius)) + 1e-6 * near;
        let until = self.open.len();
        for k in from..until {
            let (Some(&number), Some(&away)) = (self.open.get(k), self.squares.get(k - from)) else { break };
            if away > square {
                continue;
            }
            if clear
                && number != best
                && let Some(piece) = self.pieces.get(number)
            {
                let off = piece.off(x, y);
                let away = libm::sqrt(away);
                let (u, v) = (off.x / away - toward.0, off.y / away - toward.1);
                if away - near > libm::sqrt(u * u + v * v) * radius + slack {
                    continue;
                }
            }
            self.open.push(number);
        }
    }

    /// The places themselves.
    fn leaf(&mut self, from: usize, first: usize, end: usize) {
        let pieces = self.open.get(from..).unwrap_or_default();
        let (Some(xs), Some(ys)) = (self.places.x.get(first..end), self.places.y.get(first..end)) else { return };
        let mut least = [f64::INFINITY; LEAF];
        let mut nearest = [0_usize; LEAF];
        for &number in pieces {
            let Some(piece) = self.pieces.get(number) else { continue };
            if self.sides {
                for ((least, nearest), (&x, &y)) in least.iter_mut().zip(&mut nearest).zip(xs.iter().zip(ys)) {
                    let square = piece.square(x, y);
                    if square < *least {
                        (*least, *nearest) = (square, number);
                    }
                }
            } else {
                for (least, (&x, &y)) in least.iter_mut().zip(xs.iter().zip(ys)) {
                    let square = piece.square(x, y);
                    *least = if square < *least { square } else { *least };
                }
            }
        }
        for (distance, least) in self.seen.distances.iter_mut().skip(first).zip(&least).take(end - first) {
            *distance = least.sqrt();
        }
        if self.sides {
            let places = xs.iter().zip(ys).zip(nearest);
            for (left, ((&x, &y), nearest)) in self.seen.left.iter_mut().skip(first).zip(places) {
                *left = self.pieces.get(nearest).is_some_and(|piece| piece.is_left(x, y));
            }
        }
    }
}
