//! Distances from joined ground, and the ground between two lines.
//!
//! How far a place is from ground that is joined of parts is worked out nowhere:
//! what lies within a distance of it is held between the ground itself, which
//! surely does, and what lies as near to each of its parts, beyond which nothing
//! does.

use std::sync::Arc;

use armistice_geodesy::{Line, Metres, Side};
use armistice_syntax::{NodeExt, SyntaxNode};

use super::Lower;
use super::ground::Said;
use super::predicate::Pieces;
use crate::model::{Deeper, NotEvaluable, Part, Place, Region, Shape};

/// The place with all the ground that may lie within a distance of it, if it is
/// joined of parts.
pub(super) fn reaching(mut place: Place, by: Metres) -> Result<Place, NotEvaluable> {
    let shape = place.shape.clone()?;
    let most = place.deeper.as_ref().map_or(&shape, |deeper| &deeper.shape);
    let Some(shape) = grown(most, by) else {
        let why = format!("a distance from {}, which has no edge of its own but lines without an end,", place.name);
        return Err(NotEvaluable::NotYet(why));
    };
    let points = place.deeper.as_ref().map_or(0, |deeper| deeper.points);
    place.deeper = Some(Deeper { by, points, shape });
    Ok(place)
}

/// Ground that holds all that lies within a distance of some ground; none if that
/// has to be everywhere.
fn grown(shape: &Shape, by: Metres) -> Option<Shape> {
    match shape {
        Shape::Joined(parts) => {
            let parts: Vec<Part> = parts.iter().filter_map(|part| wider(part, by)).collect();
            (!parts.is_empty()).then(|| Shape::Joined(Arc::new(parts)))
        }
        Shape::Around(base, within) if !base.is_joined() => Some(Shape::Around(base.clone(), *within + by)),
        Shape::Around(base, within) => grown(base, *within + by),
        other => Some(Shape::Around(Box::new(other.clone()), by)),
    }
}

/// A part with a distance more; none where it sets no bound then. What is past a
/// line's end is beside it as well, so a side sets none.
fn wider(part: &Part, by: Metres) -> Option<Part> {
    let Part { shape, region, words } = part;
    let shape = match (region, shape) {
        (Region::Inside, shape) => grown(shape, by)?,
        (Region::Outside, Shape::Around(base, within)) if *within > by && !base.is_joined() => {
            Shape::Around(base.clone(), *within + by * -1.0)
        }
        _ => return None,
    };
    Some(Part { shape, region: *region, words: format!("{words}, and {by} more") })
}

impl Lower<'_> {
    /// `between First and Second`: on the side of each on which the other lies.
    pub(super) fn between_lines(&mut self, clause: &SyntaxNode, mut pieces: Pieces, said: &mut Said) {
        let first = pieces.name();
        let linked = pieces.word("and");
        let (Some((first, at)), Some((second, on)), true) = (first, pieces.name(), linked) else {
            self.error("T241", clause.span(), "ground lies between two distances, or two lines", "not understood")
                .help = Some("write `between 10 km and 20 km of Line`, or `between First and Second`".to_owned());
            return;
        };
        let (Some(first), Some(second)) = (self.place_called(&first, at), self.place_called(&second, on)) else {
            return;
        };
        said.take_error_of(&first);
        said.take_error_of(&second);
        let lines = match (&first.shape, &second.shape) {
            (Err(why), _) | (_, Err(why)) => {
                said.why = Some(why.clone());
                return;
            }
            (Ok(Shape::Line(one)), Ok(Shape::Line(other))) => Some((one.clone(), other.clone())),
            _ => None,
        };
        let sides = lines.as_ref().and_then(|(one, other)| Some((side_of(one, other)?, side_of(other, one)?)));
        let (Some((one, other)), Some((toward, back))) = (lines, sides) else {
            let title = format!("no ground lies between {} and {}", first.name, second.name);
            self.error("T242", clause.span(), title, "each must lie wholly on one side of the other").help =
                Some("they must be lines that do not cross; else draw the area in a file".to_owned());
            return;
        };
        let (near, back_again) = (farthest(&one, &other), farthest(&other, &one));
        for (name, far, line, side, reach) in
            [(&first.name, &second.name, one, toward, near), (&second.name, &first.name, other, back, back_again)]
        {
            let region = Region::NotBeyond(Metres::ZERO, side.opposite());
            let words = format!("on the side of {name} toward {far}");
            said.parts.push(Part { shape: Shape::Line(line.clone()), region, words });
            // The sides have no end; the ground between the lines has. Nothing that lies
            // between them is farther from one than the farthest corner of the other.
            let words = format!("no farther from {name} than {far} is");
            said.parts.push(Part {
                shape: Shape::Around(Box::new(Shape::Line(line)), reach),
                region: Region::Inside,
                words,
            });
        }
    }
}

/// How far the farthest corner of another line is from a line.
fn farthest(line: &Line, other: &Line) -> Metres {
    let far = other.vertices().iter().map(|vertex| line.distance_to(*vertex).get()).fold(0.0, f64::max);
    Metres::new(far)
}

/// Nearer than this, a corner is on the line.
const ON_IT: Metres = Metres::new(1.0);

/// On which side of a line another lies, if all of its corners lie on one, and
/// none on the line.
fn side_of(line: &Line, other: &Line) -> Option<Side> {
    if other.vertices().iter().any(|vertex| line.distance_to(*vertex) < ON_IT) {
        return None;
    }
    let mut sides = other.vertices().iter().map(|vertex| line.nearest(*vertex).side);
    let first = sides.next()?;
    sides.all(|side| side == first).then_some(first)
}
