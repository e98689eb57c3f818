//! A line drawn on the ground, and where a point lies by it.

use std::fmt;
use std::sync::Arc;

use crate::densify::{Edge, chords, length, same_place, without_repeats};
use crate::geodesic::{SAME_PLACE, course, onward};
use crate::index::{Hit, Index};
use crate::side::sector;
use crate::straight::is_straight;
use crate::vector::{Frame, latitude_longitude};
use crate::{Compass, Metres, Position, Side};

/// How near to parallel a line may run to a compass direction before neither
/// of its sides can be called that direction's side, in degrees.
const PARALLEL: f64 = 15.0;

/// A radius that the Earth nowhere bends more sharply than, in metres.
const SMALLEST: f64 = 6_335_000.0;

/// A line through at least two different positions, straight (geodesic)
/// between each and the next.
///
/// It has a direction, the order of its vertices, and so a left and a right.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    vertices: Vec<Position>,
    length: Metres,
    index: Arc<Index>,
}

/// The point of a line nearest to some position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearest {
    /// The geodesic distance to it; never negative.
    pub distance: Metres,
    /// The nearest point, on the line to within 1 µm.
    pub at: Position,
    /// Which side of the line the position is on.
    pub side: Side,
}

impl Line {
    /// A line through `vertices` in order. A vertex repeated in a row is kept
    /// in [`Line::vertices`] and otherwise ignored.
    ///
    /// Between antipodal vertices, which many geodesics join, one is chosen.
    ///
    /// # Errors
    /// [`LineError`] when there are fewer than two vertices, or all are within
    /// 1 mm of the first.
    pub fn new(vertices: Vec<Position>) -> Result<Self, LineError> {
        if vertices.len() < 2 {
            return Err(LineError::TooFewPoints { given: vertices.len() });
        }
        let kept = without_repeats(&vertices);
        let edges: Vec<Edge> = kept.iter().zip(kept.iter().skip(1)).map(|(&from, &to)| Edge::new(from, to)).collect();
        let length = length(&edges);
        let index = Index::new(chords(&edges)).ok_or(LineError::AllOnePoint)?;
        Ok(Self { vertices, length, index: Arc::new(index) })
    }

    /// The vertices as given.
    #[must_use]
    pub fn vertices(&self) -> &[Position] {
        &self.vertices
    }

    /// Its chords, to share.
    pub(crate) const fn index(&self) -> &Arc<Index> {
        &self.index
    }

    /// The geodesic length from the first vertex to the last, in metres.
    #[must_use]
    pub const fn length(&self) -> Metres {
        self.length
    }

    /// The nearest point of the line, how far it is, and on which side `p` is.
    ///
    /// The distance is that of an actual point of the line, so never too short
    /// by more than 1 µm. It is too long, when stretches of the line in other
    /// directions are just as far, by less than 0.2 m at 500 km, 3 m at 1000 km
    /// and 100 m at 3000 km (measured: `tests/speed.rs`); to either side of one
    /// stretch alone it is right to a millimetre. Does not allocate.
    ///
    /// The side is the hand of one who walks the line where it is nearest. At a
    /// corner the angle between both edges decides. Beyond an end the line is
    /// thought to go straight on. Where a line crosses itself, or for a point
    /// equally near to two stretches of one that winds, the nearest stretch
    /// speaks alone.
    #[must_use]
    pub fn nearest(&self, p: Position) -> Nearest {
        let hit = self.index.nearest(&Frame::at(p.latitude(), p.longitude()));
        let (latitude, longitude) = latitude_longitude(hit.point);
        let at = Position::clamped(latitude, longitude);
        let (metres, azimuth) = course(at, p);
        let side = if metres <= SAME_PLACE { Side::On } else { self.side(&hit, at, metres, azimuth) };
        Nearest { distance: Metres::new(metres), at, side }
    }

    /// The side that lies `metres` from `at` in the direction of `azimuth`.
    fn side(&self, hit: &Hit, at: Position, metres: f64, azimuth: f64) -> Side {
        let frame = Frame::at(at.latitude(), at.longitude());
        let bearing = |segment: usize| {
            let s = self.index.segments().get(segment)?;
            Some(frame.horizontal(s.b - s.a))
        };
        let here = bearing(hit.segment);
        let before = hit.segment.checked_sub(1).and_then(bearing);
        let after = bearing(hit.segment + 1);
        let (coming, going) = match hit.along {
            t if t <= 0.0 => (before, here),
            t if t >= 1.0 => (here, after),
            _ => (here, here),
        };
        let (sin, cos) = azimuth.to_radians().sin_cos();
        match (coming, going) {
            (Some(coming), Some(going)) => sector(coming, going, (sin, cos)),
            (Some(end), None) | (None, Some(end)) => {
                let offset = (end.0 * cos - end.1 * sin) / end.0.hypot(end.1) * metres;
                if offset.abs() <= SAME_PLACE { Side::On } else { sector(end, end, (sin, cos)) }
            }
            (None, None) => Side::On,
        }
    }

    /// The distance to the nearest point of the line, as [`Line::nearest`].
    #[must_use]
    pub fn distance_to(&self, p: Position) -> Metres {
        self.nearest(p).distance
    }

    /// How far it is, at least, to where one side of the line becomes the other:
    /// to the line itself, or past an end to its straight extension, whichever is
    /// nearer. On the extension, as on the line, it is zero.
    #[must_use]
    pub fn distance_to_other_side(&self, p: Position) -> Metres {
        let along = self.vertices.iter().zip(self.vertices.iter().skip(1)).find(|(a, b)| !same_place(**a, **b));
        let back = self.vertices.iter().rev().zip(self.vertices.iter().rev().skip(1));
        let ends = [along, back.into_iter().find(|(a, b)| !same_place(**a, **b))];
        let nearest = self.distance_to(p).get();
        let least = ends.into_iter().flatten().fold(nearest, |least, (&end, &next)| {
            let ((_, inward), (metres, toward)) = (course(end, next), course(end, p));
            let turn = (toward - inward - 180.0).to_radians();
            if turn.cos() <= 0.0 {
                return least;
            }
            // Off a great circle, on a ball as small as the Earth bends anywhere.
            least.min(SMALLEST * ((metres / SMALLEST).sin() * turn.sin()).abs().asin())
        });
        Metres::new(least)
    }

    /// A distance that the line is at least away, for a few nanoseconds: from
    /// one sphere around it all. Zero for a point inside that sphere.
    #[must_use]
    pub fn distance_at_least(&self, p: Position) -> Metres {
        Metres::new(self.index.at_least(Frame::at(p.latitude(), p.longitude()).origin))
    }

    /// Whether the line is farther from `p` than `limit`, without geodesics.
    ///
    /// `true` is certain. `false` means nearer, or farther by less than the
    /// curve of the Earth hides: 2 cm, and the excess of an arc over its chord
    /// (under 130 m at 500 km).
    #[must_use]
    pub fn is_certainly_farther_than(&self, p: Position, limit: Metres) -> bool {
        !self.index.may_reach(Frame::at(p.latitude(), p.longitude()).origin, limit.get())
    }

    /// Whether, as seen from `p`, the line may be taken as straight and without
    /// end: within `reach` of `p` it is one stretch that passes right through
    /// and bends by no more than a thousandth of `reach`, or nothing of it lies
    /// there. `true` is certain, `false` is not. Does not allocate.
    #[must_use]
    pub fn is_straight_about(&self, p: Position, reach: Metres) -> bool {
        is_straight(&self.index, p, reach.get(), false)
    }

    /// Which side of this line is, say, its north side.
    ///
    /// Taken from the geodesic chord between the first vertex and the last, by
    /// its direction half-way: the side whose normal points toward `compass`.
    /// `None` when that chord runs within 15° of parallel to the compass
    /// direction, or the line ends where it began: no side is that side then.
    #[must_use]
    pub fn side_toward(&self, compass: Compass) -> Option<Side> {
        let (&first, &last) = (self.vertices.first()?, self.vertices.last()?);
        if same_place(first, last) {
            return None;
        }
        let (metres, azimuth) = course(first, last);
        let (_, _, half_way) = onward(first, azimuth, metres / 2.0);
        let to_the_right = (compass.bearing() - half_way).to_radians().sin();
        if to_the_right.abs() < PARALLEL.to_radians().sin() {
            None
        } else if to_the_right > 0.0 {
            Some(Side::Right)
        } else {
            Some(Side::Left)
        }
    }
}

/// Why some positions do not make a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineError {
    /// Fewer than two positions.
    TooFewPoints {
        /// How many there were.
        given: usize,
    },
    /// All positions are within 1 mm of each other in turn.
    AllOnePoint,
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFewPoints { given: 0 } => {
                f.write_str("a line needs two points and there are none: add at least two")
            }
            Self::TooFewPoints { .. } => f.write_str("a line needs two points and there is one: add at least another"),
            Self::AllOnePoint => {
                f.write_str("all points of the line are the same place: add one that is somewhere else")
            }
        }
    }
}

impl std::error::Error for LineError {}
