//! Which pieces of a shape are the nearest to places in clusters: from all of
//! them down, leaving out what cannot be.

use crate::spiral::{Cluster, LEAF, Places};

/// A straight piece of a shape on the plane.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) along: (f64, f64),
    pub(crate) length: f64,
    /// What is to the left at its start, and at its end: half-way to the next piece's.
    pub(crate) starts: (f64, f64),
    pub(crate) ends: (f64, f64),
}

/// From the nearest point of a piece to a place.
#[derive(Clone, Copy)]
pub(crate) struct Off {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) t: f64,
}

impl Piece {
    #[inline]
    pub(crate) fn off(&self, x: f64, y: f64) -> Off {
        let (u, v) = (x - self.x, y - self.y);
        let t = (u * self.along.0 + v * self.along.1).max(0.0).min(self.length);
        Off { x: u - t * self.along.0, y: v - t * self.along.1, t }
    }

    #[inline]
    fn square(&self, x: f64, y: f64) -> f64 {
        let off = self.off(x, y);
        off.x * off.x + off.y * off.y
    }

    pub(crate) const fn left(&self) -> (f64, f64) {
        (-self.along.1, self.along.0)
    }

    /// Whether a place that is nearest to this piece is on its left.
    pub(crate) fn is_left(&self, x: f64, y: f64) -> bool {
        let off = self.off(x, y);
        let left = match off.t {
            t if t <= 0.0 => self.starts,
            t if t >= self.length => self.ends,
            _ => self.left(),
        };
        off.x * left.0 + off.y * left.1 > 0.0
    }
}

/// What is done with what is found.
pub(crate) trait Visit {
    /// A cluster whose middle is so far from the shape, and whether it is told that
    /// all of it is on the side that the sign has; whether to go into it.
    fn cluster(&mut self, here: &Cluster, away: f64, told: bool) -> bool;
    /// The distances of the places from the `first` on.
    fn places(&mut self, first: usize, distances: &[f64]);
}

/// A search from all places down to each.
pub(crate) struct Look<'a> {
    pieces: &'a [Piece],
    places: &'a Places,
    /// Whether distances are negative on the right.
    sides: bool,
    /// Pieces still in question, of each cluster on the way.
    open: Vec<usize>,
    squares: Vec<f64>,
}

impl<'a> Look<'a> {
    pub(crate) fn new(pieces: &'a [Piece], places: &'a Places, sides: bool) -> Self {
        let mut open = Vec::with_capacity(4 * pieces.len());
        open.extend(0..pieces.len());
        Self { pieces, places, sides, open, squares: Vec::with_capacity(pieces.len()) }
    }

    /// A cluster, to whose places only the pieces in `open[from..]` can be nearest.
    pub(crate) fn at(&mut self, cluster: usize, from: usize, visit: &mut impl Visit) {
        let Some(&here) = self.places.clusters.get(cluster) else { return };
        let kept = self.open.len();
        let (best, near) = self.measure(from, &here);
        // Which side it is on only what is kept tells; else what is clear need not be.
        let left = if self.sides {
            self.keep(from, &here, best, near);
            self.is_left(kept, &here)
        } else {
            Some(true)
        };
        if visit.cluster(&here, if left == Some(false) { -near } else { near }, left.is_some()) {
            if !self.sides {
                self.keep(from, &here, best, near);
            }
            match here.second {
                Some(second) => {
                    self.at(cluster + 1, kept, visit);
                    self.at(second, kept, visit);
                }
                None => self.leaf(kept, here.first, here.end, visit),
            }
        }
        self.open.truncate(kept);
    }

    /// The piece nearest to the middle of a cluster, and how far it is.
    fn measure(&mut self, from: usize, here: &Cluster) -> (usize, f64) {
        self.squares.clear();
        let pieces = self.pieces;
        let open = self.open.get(from..).unwrap_or_default();
        self.squares.extend(open.iter().map(|&k| pieces.get(k).map_or(f64::INFINITY, |p| p.square(here.x, here.y))));
        let mut least = f64::INFINITY;
        let mut best = 0;
        for (&square, &k) in self.squares.iter().zip(open) {
            if square < least {
                (least, best) = (square, k);
            }
        }
        (best, least.sqrt())
    }

    /// Keeps of the pieces just measured those that may be nearest to a place of the
    /// cluster: within its width of the nearest to its middle, and not hidden by that
    /// one (as in the cells of a field: distances to two pieces part by what their
    /// directions differ).
    fn keep(&mut self, from: usize, here: &Cluster, best: usize, near: f64) {
        let Cluster { x, y, radius, .. } = *here;
        let limit = (near + 2.0 * radius) * (1.0 + 1e-9);
        let square = limit * limit;
        let Some(nearest) = self.pieces.get(best) else { return };
        let clear = near > 2.0 * radius;
        let off = nearest.off(x, y);
        let slack = near + radius * radius / (2.0 * (near - radius)) + 1e-6 * near;
        for k in 0..self.squares.len() {
            let (Some(&number), Some(&away)) = (self.open.get(from + k), self.squares.get(k)) else { break };
            if away > square {
                continue;
            }
            if clear
                && number != best
                && let Some(piece) = self.pieces.get(number)
            {
                // Farther than |g − gᵢ|ρ and the slack, g being directions: |g − gᵢ|² = 2 − 2 g·gᵢ.
                let other = piece.off(x, y);
                let away = away.sqrt();
                let (over, both) = (away - slack, away * near);
                let turn = both - (off.x * other.x + off.y * other.y);
                if over > 0.0 && over * over * both > 2.0 * radius * radius * turn {
                    continue;
                }
            }
            self.open.push(number);
        }
    }

    /// Whether a cluster is all on the left, or all on the right, of each piece that
    /// may be nearest to a place of it. (Past an end of the line, and half-way
    /// between two stretches, sides change away from it.)
    fn is_left(&self, from: usize, here: &Cluster) -> Option<bool> {
        let mut pieces = self.open.get(from..)?.iter().filter_map(|&k| self.pieces.get(k));
        let one = |piece: &Piece| {
            let left = piece.left();
            let over = (here.x - piece.x) * left.0 + (here.y - piece.y) * left.1;
            (over.abs() > here.radius * (1.0 + 1e-9)).then_some(over > 0.0)
        };
        let first = one(pieces.next()?)?;
        pieces.all(|piece| one(piece) == Some(first)).then_some(first)
    }

    /// The places themselves.
    fn leaf(&mut self, from: usize, first: usize, end: usize, visit: &mut impl Visit) {
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
        least.iter_mut().for_each(|least| *least = least.sqrt());
        if self.sides {
            for ((distance, nearest), (&x, &y)) in least.iter_mut().zip(nearest).zip(xs.iter().zip(ys)) {
                if !self.pieces.get(nearest).is_some_and(|piece| piece.is_left(x, y)) {
                    *distance = -*distance;
                }
            }
        }
        visit.places(first, least.get(..end - first).unwrap_or_default());
    }
}
