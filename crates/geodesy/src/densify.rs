//! Geodesic edges cut into chords short enough to stand for the surface.

use crate::geodesic::{SAME_PLACE, course, onward};
use crate::segment::Segment;
use crate::vector::Frame;
use crate::{Metres, Position};

/// The longest chord, in metres. One of 1 km passes 2 cm under the ellipsoid
/// (s²/8R) and less than a micrometre beside the geodesic.
const STEP: f64 = 1000.0;
/// Bounds memory whatever the vertices: only outlines longer than 200 000 km,
/// five times round the Earth, get chords longer than [`STEP`].
const MOST_STEPS: f64 = 200_000.0;

/// A geodesic between two different places.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    pub(crate) from: Position,
    pub(crate) to: Position,
    metres: f64,
    azimuth: f64,
}

impl Edge {
    pub(crate) fn new(from: Position, to: Position) -> Self {
        let (metres, azimuth) = course(from, to);
        Self { from, to, metres, azimuth }
    }

    /// The chords from end to end. The ends are the vertices themselves to the
    /// last bit, so that consecutive edges leave no gap.
    fn chords(self, step: f64) -> impl Iterator<Item = Segment> {
        let pieces = (self.metres / step).ceil().max(1.0);
        let mut a = vertex(self.from);
        let mut k = 0.0;
        std::iter::from_fn(move || {
            if k >= pieces {
                return None;
            }
            k += 1.0;
            let b = if k >= pieces {
                vertex(self.to)
            } else {
                let (latitude, longitude, _) = onward(self.from, self.azimuth, self.metres * (k / pieces));
                vertex(Position::clamped(latitude, longitude))
            };
            let chord = Segment { a, b };
            a = b;
            Some(chord)
        })
    }
}

fn vertex(p: Position) -> crate::vector::Vector {
    Frame::at(p.latitude(), p.longitude()).origin
}

/// Whether two positions are one place, whatever their longitudes say: ±180°
/// are one meridian, and a pole has every longitude.
pub(crate) fn same_place(a: Position, b: Position) -> bool {
    (vertex(a) - vertex(b)).norm() < SAME_PLACE
}

/// The vertices without repetitions in a row.
pub(crate) fn without_repeats(vertices: &[Position]) -> Vec<Position> {
    let mut kept: Vec<Position> = Vec::with_capacity(vertices.len());
    for &v in vertices {
        if kept.last().is_none_or(|&last| !same_place(last, v)) {
            kept.push(v);
        }
    }
    kept
}

/// The chords of all edges in order.
pub(crate) fn chords(edges: &[Edge]) -> Vec<Segment> {
    let step = STEP.max(length(edges).get() / MOST_STEPS);
    edges.iter().flat_map(|edge| edge.chords(step)).collect()
}

/// The summed length of the edges.
pub(crate) fn length(edges: &[Edge]) -> Metres {
    Metres::new(edges.iter().map(|edge| edge.metres).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(latitude: f64, longitude: f64) -> Position {
        Position::new(latitude, longitude).unwrap()
    }

    #[test]
    fn no_gap_and_no_long_chord() {
        let (a, b, c) = (at(48.0, 30.0), at(48.9, 31.0), at(48.90001, 31.0));
        let chords = chords(&[Edge::new(a, b), Edge::new(b, c)]);
        assert!(chords.len() > 100);
        assert!(chords.windows(2).all(|w| w[0].b == w[1].a));
        assert!(chords.iter().all(|s| (s.b - s.a).norm() <= STEP));
    }

    #[test]
    fn memory_is_bounded() {
        let half_way_round = Edge::new(at(0.0, 0.0), at(0.0, 179.0));
        assert!(chords(&vec![half_way_round; 100]).len() <= 200_100);
    }

    #[test]
    fn one_place_many_names() {
        assert!(same_place(at(90.0, 0.0), at(90.0, 120.0)));
        assert!(same_place(at(5.0, 180.0), at(5.0, -180.0)));
        assert!(!same_place(at(5.0, 180.0), at(5.0, 179.999_999)));
    }
}
