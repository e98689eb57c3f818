//! A chord of the Earth, and the sphere around some.

use crate::vector::Vector;

/// A chord between two points of the ellipsoid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Segment {
    pub(crate) a: Vector,
    pub(crate) b: Vector,
}

impl Segment {
    /// The same chord the other way.
    pub(crate) const fn back(self) -> Self {
        Self { a: self.b, b: self.a }
    }

    /// How far along the chord, in 0..=1, the point nearest to `p` is; and it.
    pub(crate) fn foot(self, p: Vector) -> (f64, Vector) {
        let along = self.b - self.a;
        let t = ((p - self.a).dot(along) / along.dot(along)).clamp(0.0, 1.0);
        (t, self.a + along * t)
    }
}

/// A sphere around all ends: the middle of their box, and the farthest of them.
pub(crate) fn sphere(segments: &[Segment]) -> (Vector, f64) {
    let ends = || segments.iter().flat_map(|s| [s.a, s.b]);
    let Some(any) = ends().next() else {
        return (Vector::ZERO, 0.0);
    };
    let (low, high) = ends().fold((any, any), |(low, high), v| {
        (
            Vector { x: low.x.min(v.x), y: low.y.min(v.y), z: low.z.min(v.z) },
            Vector { x: high.x.max(v.x), y: high.y.max(v.y), z: high.z.max(v.z) },
        )
    });
    let centre = (low + high) * 0.5;
    (centre, ends().map(|v| (v - centre).norm()).fold(0.0, f64::max))
}
