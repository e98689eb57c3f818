//! Lines, areas and points, and the ground measured from them.

use std::collections::BTreeSet;
use std::sync::Arc;

use armistice_geodesy::{Area, Line, Metres, Position, Radius95, Side};

use super::NotEvaluable;

/// A declared line, area or point.
#[derive(Clone, Debug)]
pub struct Place {
    /// `CastelloRoad`.
    pub name: String,
    /// In words.
    pub description: Option<String>,
    /// Its shape, or why it has none.
    pub shape: Result<Shape, NotEvaluable>,
    /// How well the shape itself is known: a 95 % radius.
    pub good_to: Radius95,
    /// Whether the agreement states `good to`.
    pub good_to_declared: bool,
    /// Where the shape was read from.
    pub source: Option<String>,
    /// The brackets it hangs on.
    pub depends: BTreeSet<usize>,
}

/// The shape of a place.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A line.
    Line(Arc<Line>),
    /// An area.
    Area(Arc<Area>),
    /// A point.
    Point(Position),
    /// All within a distance of another declared place.
    Around(Box<Shape>, Metres),
}

/// The ground something is forbidden on.
#[derive(Clone, Debug)]
pub struct Zone {
    /// The declared place it is measured from.
    pub place: String,
    /// That place's shape.
    pub shape: Shape,
    /// That place's own uncertainty.
    pub good_to: Radius95,
    /// Which ground, measured from the shape.
    pub region: Region,
    /// In words: `within 3500 m of CastelloRoad on its north side`.
    pub words: String,
}

/// Ground, measured from a line, area or point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Region {
    /// Nearer than this, on either side.
    Within(Metres),
    /// Nearer than this, on one side of a line.
    WithinOnSide(Metres, Side),
    /// Everything except what is at least this far on one side of a line.
    NotBeyond(Metres, Side),
    /// Inside an area.
    Inside,
    /// Outside an area.
    Outside,
}
