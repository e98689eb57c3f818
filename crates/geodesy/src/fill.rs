//! Places spread evenly over an area, by a fixed rule.

use crate::Position;
use crate::area::{Area, Rings};
use crate::plane::Plane;
use crate::segment::Segment;
use crate::vector::{EQUATORIAL, Frame, Vector, latitude_longitude};

/// 1/ρ and 1/ρ² for the plastic number ρ, the root of ρ³ = ρ + 1: the
/// golden section of two dimensions (M. Roberts's R₂ sequence).
const PLASTIC: (f64, f64) = (0.754_877_666_246_692_7, 0.569_840_290_998_053_3);
/// How many places to try for each that is needed. A polygon that fills less
/// of its box is a thread, and its outline stands for it.
const TRIES: usize = 1000;

/// A square of an equal-area plane around some chords.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Square {
    pub(crate) plane: Plane,
    /// Half its side; its middle is the plane's centre.
    pub(crate) half: f64,
}

impl Square {
    #[expect(clippy::cast_precision_loss, reason = "chords are counted in thousands")]
    pub(crate) fn around<'a>(chords: impl Iterator<Item = &'a Segment> + Clone) -> Self {
        // The mean is near the surface, where there is a latitude above it.
        let sum = chords.clone().fold(Vector::ZERO, |sum, c| sum + c.a);
        let plane = Plane::about(position(sum * (1.0 / chords.clone().count().max(1) as f64)));
        let far = chords
            .clone()
            .map(|c| plane.project(position(c.a)))
            .fold(0.0, |far: f64, (x, y)| far.max(x.abs()).max(y.abs()));
        // No geodesic leaves the box of its chords' ends by more than this.
        let longest = chords.map(|c| (c.b - c.a).norm()).fold(0.0, f64::max);
        let bulge = longest * longest / EQUATORIAL + 0.01;
        Self { plane, half: (far + bulge).min(plane.rim()) }
    }

    /// The surface that a ring of chords closes off, either way round.
    fn surface(&self, ring: &[Segment]) -> f64 {
        let twice: f64 = ring
            .iter()
            .map(|c| {
                let (a, b) = (self.plane.project(position(c.a)), self.plane.project(position(c.b)));
                a.0 * b.1 - a.1 * b.0
            })
            .sum();
        twice.abs() / 2.0
    }

    /// The first `n` points of the R₂ sequence over the square, those on Earth.
    fn points(self, n: usize) -> impl Iterator<Item = Position> {
        (1..=n).filter_map(move |k| {
            #[expect(clippy::cast_precision_loss, reason = "at most a thousand million")]
            let part = |golden: f64| {
                let x = 0.5 + k as f64 * golden;
                2.0 * (x - libm::floor(x)) - 1.0
            };
            self.plane.unproject((self.half * part(PLASTIC.0), self.half * part(PLASTIC.1)))
        })
    }
}

/// `n` places, to each polygon as many as its part of the surface.
pub(crate) fn fill(area: &Area, n: usize) -> Vec<Position> {
    let squares: Vec<(&Rings, Square, f64)> = area
        .polygons()
        .iter()
        .map(|polygon| {
            let square = Square::around(polygon.outline().iter());
            let holes: f64 = polygon.holes().map(|hole| square.surface(hole)).sum();
            (polygon, square, (square.surface(polygon.outline()) - holes).max(0.0))
        })
        .collect();
    let total: f64 = squares.iter().map(|s| s.2).sum();
    let mut points = Vec::with_capacity(n);
    let mut passed = 0.0;
    for (k, (polygon, square, surface)) in (1..).zip(&squares) {
        passed += surface;
        // Rounded as a running sum, so that they add up to n.
        #[expect(clippy::cast_precision_loss, reason = "at most a million")]
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a part of n")]
        let upto = if k == squares.len() { n } else { (passed / total * n as f64 + 0.5) as usize };
        let share = upto.saturating_sub(points.len());
        let mut inside: Vec<Position> = square
            .points(TRIES * share)
            .filter(|p| polygon.contains(&Frame::at(p.latitude(), p.longitude())))
            .take(share)
            .collect();
        if inside.len() < share {
            inside = along(polygon.outline(), share);
        }
        points.extend(inside);
    }
    points
}

/// `n` places evenly along an outline.
#[expect(clippy::cast_precision_loss, reason = "at most a million")]
fn along(outline: &[Segment], n: usize) -> Vec<Position> {
    let length = |c: &Segment| (c.b - c.a).norm();
    let step = outline.iter().map(length).sum::<f64>() / n as f64;
    let mut points = Vec::with_capacity(n);
    let mut passed = 0.0;
    for chord in outline {
        let end = passed + length(chord);
        while points.len() < n && (points.len() as f64 + 0.5) * step <= end {
            let along = ((points.len() as f64 + 0.5) * step - passed) / length(chord);
            points.push(position(chord.a + (chord.b - chord.a) * along));
        }
        passed = end;
    }
    points
}

fn position(v: Vector) -> Position {
    let (latitude, longitude) = latitude_longitude(v);
    Position::clamped(latitude, longitude)
}
