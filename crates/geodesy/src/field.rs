//! How far a shape is, for millions of places: certain bounds in a few
//! nanoseconds, and millimetres in a few tens.
//!
//! A [`Grid`] of cells lies about the shape. For the middle of a cell the distance
//! is worked out once, and no place of the cell is farther from the middle than
//! some ρ; a distance changes by no more than one goes. So the distance less ρ,
//! and with it, are certain for the whole cell; and of all spans of the shape only
//! those within the distance and 2 ρ of the middle can be the nearest to any place
//! of it. Cells keep those, as runs of spans that follow on each other. They are
//! found from the whole shape down: what cannot be nearest to any place of
//! a block of cells is not looked at again in its parts, so that making a field
//! costs little more for a long line than for a short one.
//!
//! What is outside the grid can be reached from the shape over its border
//! only, and so is no nearer than the least bound of the cells along it.

use std::sync::Arc;

use crate::area::Rings;
use crate::geodesic::{course, distance};
use crate::grid::Grid;
use crate::index::Index;
use crate::sown::sown;
use crate::span::{Sight, Span, error, is_left, spans};
use crate::vector::{Frame, Turn, Vector, latitude_longitude, on_the_ground};
use crate::{Area, Line, Metres, Position, Side};

/// More spans than this are no short list: the tree of all is asked instead.
const MANY: u32 = 48;
/// Chords that pass farther under the ground than this are too long for spans.
const DEEP: f64 = 0.05;
/// A field reaches at least so far that all of each chord lies in it, and at
/// most as far as lengths are good, in metres.
const NEAREST: f64 = 2_000.0;
const FARTHEST: f64 = 1_000_000.0;

/// Bounds on the distance to one shape, from anywhere.
///
/// ```
/// use armistice_geodesy::{Field, Line, Metres, Position};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let line = Line::new(vec![Position::new(14.9, 44.0)?, Position::new(15.2, 44.05)?])?;
/// let field = Field::of_line(&line, Metres::from_km(20.0));
///
/// let fell = Position::new(15.0, 44.04)?;
/// let (least, most) = field.bounds_at(fell);
/// assert!(least <= Metres::new(2479.0) && Metres::new(2479.0) <= most);
///
/// let near = field.approximate(fell);
/// assert!((near.distance - line.distance_to(fell)).abs() <= near.error);
/// assert!(near.error < Metres::new(0.002));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Field {
    grid: Grid,
    shape: Shape,
    spans: Vec<Span>,
    /// Least and most, of each cell and of what lies outside.
    bounds: Vec<[f32; 2]>,
    cells: Vec<Cell>,
    runs: Vec<Run>,
    /// The latitudes of the rows' middles, and the longitudes of the columns'.
    rows: Vec<Turn>,
    columns: Vec<Turn>,
}

/// What distances are measured to.
#[derive(Clone, Debug)]
enum Shape {
    Line(Arc<Index>),
    Area(Arc<Index>, Arc<[Rings]>),
    Point(Position),
}

/// Which of a shape's spans may be nearest to a place of a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Cell {
    /// The first of its runs; there are none if they would be too many.
    pub(crate) first: u32,
    pub(crate) runs: u16,
    /// Whether all of it is inside an area, or none of it.
    pub(crate) inside: Option<bool>,
}

/// Spans that follow on each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) first: u32,
    pub(crate) end: u32,
}

/// A distance, and by how much it may differ from the exact one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Approximate {
    /// To the shape; negative inside an area.
    pub distance: Metres,
    /// By how much at most the shape's own answer is more or less than that:
    /// `Line::nearest`, `Area::signed_distance` or `distance`.
    pub error: Metres,
    /// On which side of a line, if that is certain. Never for other shapes.
    pub side: Option<Side>,
}

impl Field {
    /// The field of a line, fine within `reach` of it: at most 1000 km.
    #[must_use]
    pub fn of_line(line: &Line, reach: Metres) -> Self {
        Self::of_index(line.index(), Shape::Line(Arc::clone(line.index())), reach)
    }

    /// The field of an area, fine within `reach` of its boundary.
    #[must_use]
    pub fn of_area(area: &Area, reach: Metres) -> Self {
        let shape = Shape::Area(Arc::clone(area.boundary()), Arc::clone(area.polygons()));
        Self::of_index(area.boundary(), shape, reach)
    }

    /// The field of a place.
    #[must_use]
    pub fn of_point(at: Position, reach: Metres) -> Self {
        let spans = vec![Span::point(Frame::at(at.latitude(), at.longitude()).origin)];
        Self::made(vec![(at.latitude(), at.longitude())], spans, Shape::Point(at), reach)
    }

    fn of_index(index: &Index, shape: Shape, reach: Metres) -> Self {
        let ends = index.segments().iter().flat_map(|s| [s.a, s.b]).map(latitude_longitude).collect();
        let spans = if index.sag() <= DEEP { spans(index) } else { Vec::new() };
        Self::made(ends, spans, shape, reach)
    }

    fn made(ends: Vec<(f64, f64)>, spans: Vec<Span>, shape: Shape, reach: Metres) -> Self {
        let reach = reach.get().clamp(NEAREST, FARTHEST);
        let grid = Grid::around(&ends, reach);
        let rings = match &shape {
            Shape::Area(_, rings) => Some(&**rings),
            Shape::Line(_) | Shape::Point(_) => None,
        };
        let (bounds, cells, runs) = sown(&grid, &spans, rings, reach);
        let (rows, columns) = grid.middles();
        Self { grid, shape, spans, bounds, cells, runs, rows, columns }
    }

    /// The least and the most that the distance to the shape may be, negative
    /// inside an area: certain of the exact one and of the truth. Outside the grid
    /// the most is infinite, or inside an area the least.
    #[must_use]
    pub fn bounds_at(&self, p: Position) -> (Metres, Metres) {
        let [least, most] = self.bounds_of(p.latitude(), p.longitude());
        (Metres::new(f64::from(least)), Metres::new(f64::from(most)))
    }

    #[inline]
    fn bounds_of(&self, latitude: f64, longitude: f64) -> [f32; 2] {
        const NOTHING_KNOWN: [f32; 2] = [f32::NEG_INFINITY, f32::INFINITY];
        self.bounds.get(self.grid.find(latitude, longitude)).copied().unwrap_or(NOTHING_KNOWN)
    }

    /// [`Field::bounds_at`] for many places in degrees, in metres. As many as the
    /// shortest slice has; what is no place, not a number say, may be anywhere.
    pub fn bounds(&self, latitudes: &[f64], longitudes: &[f64], lower: &mut [f32], upper: &mut [f32]) {
        let places = latitudes.iter().zip(longitudes);
        for ((lower, upper), (&latitude, &longitude)) in lower.iter_mut().zip(upper).zip(places) {
            [*lower, *upper] = self.bounds_of(latitude, longitude);
        }
    }

    /// Where the field says that the shape is farther than `limit`: `true` is
    /// certain. For many places, as [`Field::bounds`].
    pub fn beyond(&self, limit: Metres, latitudes: &[f64], longitudes: &[f64], beyond: &mut [bool]) {
        #[expect(clippy::cast_possible_truncation, reason = "rounded up")]
        let limit = (limit.get() as f32).next_up();
        for (beyond, (&latitude, &longitude)) in beyond.iter_mut().zip(latitudes.iter().zip(longitudes)) {
            *beyond = self.bounds_of(latitude, longitude)[0] > limit;
        }
    }

    /// The distance to within millimetres, mostly without a geodesic.
    ///
    /// Where the grid has no short list of spans, that is outside it or where
    /// very many meet, it is worked out exactly, at the cost of that.
    #[must_use]
    pub fn approximate(&self, p: Position) -> Approximate {
        let at = self.grid.find(p.latitude(), p.longitude());
        let cell = self.cells.get(at).copied().unwrap_or_default();
        let (row, column) = self.grid.row_and_column(at);
        let (Some(row), Some(column)) = (self.rows.get(row), self.columns.get(column)) else {
            return self.exact(p, None);
        };
        let ground = on_the_ground((row, column), p.latitude(), p.longitude());
        let runs = self.runs.get(cell.first as usize..cell.first as usize + usize::from(cell.runs)).unwrap_or_default();
        let Some((nearest, seen)) = self.nearest(runs, ground) else {
            return self.exact(p, cell.inside);
        };
        let metres = seen.arc(ground.z);
        let slack = error(metres);
        match &self.shape {
            Shape::Line(_) => Approximate {
                distance: Metres::new(metres),
                error: Metres::new(slack),
                side: self.side(runs, ground, nearest, &seen, slack),
            },
            Shape::Area(_, rings) => {
                let inside = cell.inside.unwrap_or_else(|| is_inside(rings, &Frame::at(p.latitude(), p.longitude())));
                let distance = Metres::new(if inside { -metres } else { metres });
                Approximate { distance, error: Metres::new(slack), side: None }
            }
            Shape::Point(_) => Approximate { distance: Metres::new(metres), error: Metres::new(slack), side: None },
        }
    }

    /// The span nearest to a place, of those in the runs.
    #[inline]
    fn nearest(&self, runs: &[Run], ground: Vector) -> Option<(usize, Sight)> {
        let mut least = f64::INFINITY;
        let mut best = None;
        for run in runs {
            let spans = self.spans.get(run.first as usize..run.end as usize).unwrap_or_default();
            for (k, span) in (run.first as usize..).zip(spans) {
                let sight = span.sight(ground);
                let rank = sight.rank();
                if rank < least {
                    least = rank;
                    best = Some((k, sight));
                }
            }
        }
        best
    }

    /// The side that every span speaks for that may be the nearest.
    fn side(&self, runs: &[Run], ground: Vector, nearest: usize, seen: &Sight, slack: f64) -> Option<Side> {
        let left = is_left(&self.spans, nearest, seen, slack)?;
        // Straight lengths that differ by less than 3e-17 m⁻² d³ may be equal over the ground.
        let reach = seen.square.sqrt();
        let tie = reach + 2.0 * slack + 3e-17 * reach * reach * reach;
        for run in runs {
            let spans = self.spans.get(run.first as usize..run.end as usize).unwrap_or_default();
            for (k, span) in (run.first as usize..).zip(spans) {
                if k == nearest {
                    continue;
                }
                if span.square(ground) > tie * tie {
                    continue;
                }
                let sight = span.sight(ground);
                if is_left(&self.spans, k, &sight, slack) != Some(left) {
                    return None;
                }
            }
        }
        Some(if left { Side::Left } else { Side::Right })
    }

    /// The shape's own answer.
    fn exact(&self, p: Position, inside: Option<bool>) -> Approximate {
        let frame = &Frame::at(p.latitude(), p.longitude());
        let to = |index: &Index| {
            let (latitude, longitude) = latitude_longitude(index.nearest(frame).point);
            course(Position::clamped(latitude, longitude), p).0
        };
        let metres = match &self.shape {
            Shape::Line(index) => to(index),
            Shape::Area(index, rings) => {
                let metres = to(index);
                if inside.unwrap_or_else(|| is_inside(rings, frame)) { -metres } else { metres }
            }
            Shape::Point(at) => distance(*at, p).get(),
        };
        // The same way but for the order of its ends.
        Approximate { distance: Metres::new(metres), error: Metres::new(1e-6), side: None }
    }
}

pub(crate) fn is_inside(rings: &[Rings], frame: &Frame) -> bool {
    rings.iter().any(|polygon| polygon.contains(frame))
}

/// Whether a cell's list is too long to keep.
pub(crate) fn is_long(runs: &[Run]) -> bool {
    runs.len() > 8 || runs.iter().map(|run| run.end - run.first).sum::<u32>() > MANY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_small() {
        let at = |latitude, longitude| Position::new(latitude, longitude).unwrap();
        for (vertices, step) in [(20, 0.1), (200, 0.01), (200, 0.05), (2000, 0.01), (20_000, 0.002)] {
            let way = |k: i32| at(34.0 + step * (f64::from(k) * 0.7).sin(), 36.0 + step * f64::from(k));
            let line = Line::new((0..vertices).map(way).collect()).unwrap();
            let field = Field::of_line(&line, Metres::from_km(50.0));
            let bytes = size_of_val(&field.bounds[..]) + size_of_val(&field.cells[..]) + size_of_val(&field.runs[..]);
            assert!(bytes < 2_200_000, "{bytes}");
            let lists = field.cells.iter().filter(|cell| cell.runs > 0);
            let spans = |cell: &Cell| {
                let runs = &field.runs[cell.first as usize..][..usize::from(cell.runs)];
                runs.iter().map(|run| f64::from(run.end - run.first)).sum::<f64>()
            };
            let near = (0..field.cells.len()).filter(|&k| field.bounds[k][0] < 50_000.0).count();
            let count = lists.clone().count();
            let each = lists.map(spans).sum::<f64>() / count as f64;
            println!(
                "{vertices} {step}: {bytes} bytes, {count} lists for {near} cells, of {each} spans, {} runs",
                field.runs.len()
            );
            assert!(vertices > 2000 || (each < 20.0 && count > near / 2));
        }
    }
}
