//! A closed outline and which side of it a place is on.

use crate::Position;
use crate::densify::{Edge, chords, same_place, without_repeats};
use crate::geodesic::SAME_PLACE;
use crate::index::Index;
use crate::segment::Segment;
use crate::vector::{Frame, Vector, latitude_longitude};

/// Where a place is by a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Where {
    Inside,
    Boundary,
    Outside,
}

/// Why positions do not make a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unfit {
    TooFewPoints,
    TooWide,
}

/// A closed outline that spans less than half the Earth.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ring {
    index: Index,
    middle: Vector,
}

impl Ring {
    /// A ring and its edges, which run with the inside to their left.
    pub(crate) fn new(vertices: &[Position]) -> Result<(Self, Vec<Edge>), Unfit> {
        let mut kept = without_repeats(vertices);
        while let [first, .., last] = *kept.as_slice()
            && same_place(first, last)
        {
            kept.pop();
        }
        if !three_places(&kept) {
            return Err(Unfit::TooFewPoints);
        }
        let mut edges: Vec<Edge> =
            kept.iter().zip(kept.iter().cycle().skip(1)).map(|(&from, &to)| Edge::new(from, to)).collect();
        let index = Index::new(chords(&edges)).ok_or(Unfit::TooFewPoints)?;
        let sum = index.segments().iter().fold(Vector::ZERO, |sum, s| sum + s.a);
        let middle = sum * (1.0 / sum.norm());
        // Written so that a ring with no middle, all round the Earth, is unfit.
        if !index.segments().iter().all(|s| s.a.dot(middle) > 0.0) {
            return Err(Unfit::TooWide);
        }
        // Twice the area as seen from above the middle, counter-clockwise positive.
        let area: f64 = index.segments().iter().map(|s| s.a.cross(s.b).dot(middle)).sum();
        if area < 0.0 {
            // Last edge first, so that each still begins where the one before ended.
            edges = edges.iter().rev().map(|edge| Edge::new(edge.to, edge.from)).collect();
        }
        Ok((Self { index, middle }, edges))
    }

    /// Where a place is, the boundary being 1 mm to either side.
    ///
    /// The meridian from the place to the far side of the Earth crosses the
    /// ring an odd number of times if one of its ends is inside; and the far
    /// one is not, as the ring is on the place's own half of the Earth.
    pub(crate) fn place(&self, from: &Frame) -> Where {
        if from.origin.dot(self.middle) <= 0.0 {
            Where::Outside
        } else if self.touches(from) {
            Where::Boundary
        } else if self.index.meridian_crossings(from) % 2 == 1 {
            Where::Inside
        } else {
            Where::Outside
        }
    }

    /// The outline as chords, the way round it was given.
    pub(crate) fn chords(&self) -> &[Segment] {
        self.index.segments()
    }

    fn touches(&self, from: &Frame) -> bool {
        if !self.index.may_reach(from.origin, SAME_PLACE) {
            return false;
        }
        let (latitude, longitude) = latitude_longitude(self.index.nearest(from).point);
        (Frame::at(latitude, longitude).origin - from.origin).norm() <= SAME_PLACE
    }
}

fn three_places(vertices: &[Position]) -> bool {
    let Some((&first, rest)) = vertices.split_first() else {
        return false;
    };
    let Some(&second) = rest.iter().find(|&&v| !same_place(v, first)) else {
        return false;
    };
    rest.iter().any(|&v| !same_place(v, first) && !same_place(v, second))
}
