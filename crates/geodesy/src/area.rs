//! An area of the ground, and whether a point is in it and how far from its edge.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use crate::densify::{Edge, chords};
use crate::geodesic::distance;
use crate::index::Index;
use crate::ring::{Ring, Unfit, Where};
use crate::segment::Segment;
use crate::straight::is_straight;
use crate::vector::{Frame, latitude_longitude};
use crate::{Metres, Position};

/// An outline and the holes in it.
///
/// Rings may be closed (last position repeats the first, as in GeoJSON) or
/// not, and may wind either way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Polygon {
    /// The outline.
    pub outer: Vec<Position>,
    /// The outlines of what is cut out.
    pub holes: Vec<Vec<Position>>,
}

/// One or more polygons, with geodesic edges, as one area.
///
/// Polygons may touch: an edge that two of them share, vertex for vertex, is
/// inside the area and no part of its boundary. Polygons should not overlap:
/// [`Area::contains`] stays right, but the edges that lie inside the area
/// still count as its boundary.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    polygons: Arc<[Rings]>,
    boundary: Arc<Index>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rings {
    outer: Ring,
    holes: Vec<Ring>,
}

impl Rings {
    pub(crate) fn contains(&self, from: &Frame) -> bool {
        match self.outer.place(from) {
            Where::Outside => false,
            Where::Boundary => true,
            Where::Inside => self.holes.iter().all(|h| h.place(from) != Where::Inside),
        }
    }

    /// The outer outline as chords, either way round.
    pub(crate) fn outline(&self) -> &[Segment] {
        self.outer.chords()
    }

    /// The outlines of the holes as chords, either way round.
    pub(crate) fn holes(&self) -> impl Iterator<Item = &[Segment]> {
        self.holes.iter().map(Ring::chords)
    }
}

impl Area {
    /// The area that `polygons` make together.
    ///
    /// The inside of a ring is the part of the Earth it closes off on its own
    /// half: a ring round a pole contains that pole.
    ///
    /// # Errors
    /// [`AreaError`] when there is no polygon, a ring has fewer than three
    /// different positions, or a ring spans half the Earth or more.
    pub fn new(polygons: Vec<Polygon>) -> Result<Self, AreaError> {
        let mut edges = Vec::new();
        let mut made = Vec::with_capacity(polygons.len());
        for (number, Polygon { outer, holes }) in (1..).zip(&polygons) {
            let unfit = |hole| move |unfit| AreaError::unfit(number, hole, unfit);
            let (outer, outline) = Ring::new(outer).map_err(unfit(None))?;
            edges.extend(outline);
            let mut rings = Rings { outer, holes: Vec::with_capacity(holes.len()) };
            for (hole_number, hole) in (1..).zip(holes) {
                let (hole, outline) = Ring::new(hole).map_err(unfit(Some(hole_number)))?;
                // The area is outside the hole: its edges run the other way.
                edges.extend(outline.iter().rev().map(|e| Edge::new(e.to, e.from)));
                rings.holes.push(hole);
            }
            made.push(rings);
        }
        let boundary =
            Index::new(chords(&outward(&edges))).or_else(|| Index::new(chords(&edges))).ok_or(AreaError::NoPolygon)?;
        Ok(Self { polygons: made.into(), boundary: Arc::new(boundary) })
    }

    /// Whether a position is in the area; within 1 mm of an edge counts as in.
    #[must_use]
    pub fn contains(&self, p: Position) -> bool {
        let from = Frame::at(p.latitude(), p.longitude());
        self.polygons.iter().any(|polygon| polygon.contains(&from))
    }

    /// The geodesic distance to the nearest point of the boundary, from inside
    /// or outside, in metres; errors as for [`Line::nearest`](crate::Line::nearest).
    #[must_use]
    pub fn distance_to_boundary(&self, p: Position) -> Metres {
        let hit = self.boundary.nearest(&Frame::at(p.latitude(), p.longitude()));
        let (latitude, longitude) = latitude_longitude(hit.point);
        distance(p, Position::clamped(latitude, longitude))
    }

    /// The distance to the boundary in metres, negative inside the area and
    /// positive outside.
    #[must_use]
    pub fn signed_distance(&self, p: Position) -> Metres {
        let metres = self.distance_to_boundary(p);
        if self.contains(p) { -metres } else { metres }
    }

    /// Whether, as seen from `p`, the boundary may be taken as straight and
    /// without end, as [`Line::is_straight_about`](crate::Line::is_straight_about).
    #[must_use]
    pub fn is_straight_about(&self, p: Position, reach: Metres) -> bool {
        is_straight(&self.boundary, p, reach.get(), true)
    }

    /// The boundary as chords of the Earth, with the area to their left.
    pub(crate) fn chords(&self) -> &[Segment] {
        self.boundary.segments()
    }

    /// The chords of the boundary, to share.
    pub(crate) const fn boundary(&self) -> &Arc<Index> {
        &self.boundary
    }

    pub(crate) const fn polygons(&self) -> &Arc<[Rings]> {
        &self.polygons
    }
}

/// The edges with the area on one side only.
///
/// All edges run with the area to their left, so an edge that also runs the
/// other way has the area on both sides: a border between two polygons, or the
/// cut by which some software ties a hole to its outline.
fn outward(edges: &[Edge]) -> Vec<Edge> {
    let key = |e: &Edge| (place(e.from), place(e.to));
    let all: BTreeSet<_> = edges.iter().map(key).collect();
    edges
        .iter()
        .filter(|e| {
            let (from, to) = key(e);
            !all.contains(&(to, from))
        })
        .copied()
        .collect()
}

/// A position as whole millimetres, the same for all names of one place.
#[expect(clippy::cast_possible_truncation, reason = "the Earth is 6.4e9 mm in radius")]
fn place(p: Position) -> [i64; 3] {
    let v = Frame::at(p.latitude(), p.longitude()).origin * 1000.0;
    [v.x.round() as i64, v.y.round() as i64, v.z.round() as i64]
}

/// Why some polygons do not make an area. Polygons and holes count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AreaError {
    /// No polygon at all.
    NoPolygon,
    /// A ring with fewer than three different positions.
    RingTooShort {
        /// Which polygon.
        polygon: usize,
        /// Which of its holes, or `None` for its outline.
        hole: Option<usize>,
    },
    /// A ring that does not keep to one half of the Earth, so that neither
    /// part is plainly its inside.
    RingTooWide {
        /// Which polygon.
        polygon: usize,
        /// Which of its holes, or `None` for its outline.
        hole: Option<usize>,
    },
}

impl AreaError {
    const fn unfit(polygon: usize, hole: Option<usize>, unfit: Unfit) -> Self {
        match unfit {
            Unfit::TooFewPoints => Self::RingTooShort { polygon, hole },
            Unfit::TooWide => Self::RingTooWide { polygon, hole },
        }
    }
}

impl fmt::Display for AreaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ring = |f: &mut fmt::Formatter<'_>, polygon: usize, hole: Option<usize>| match hole {
            None => write!(f, "the outline of polygon {polygon}"),
            Some(hole) => write!(f, "hole {hole} of polygon {polygon}"),
        };
        match *self {
            Self::NoPolygon => f.write_str("an area needs a polygon and there is none: add one"),
            Self::RingTooShort { polygon, hole } => {
                ring(f, polygon, hole)?;
                f.write_str(" has fewer than three different points: add points until it encloses something")
            }
            Self::RingTooWide { polygon, hole } => {
                ring(f, polygon, hole)?;
                f.write_str(" spans half the Earth or more, so its inside is unclear: split it into smaller polygons")
            }
        }
    }
}

impl std::error::Error for AreaError {}
