//! Lines, areas and points, and the ground measured from them.

use std::collections::BTreeSet;
use std::sync::Arc;

use armistice_geodesy::{Area, Line, Metres, Position, Radius95, Side};
use jiff::Timestamp;

use super::{ActorSet, Height, NotEvaluable};

/// A declared line, area, point or corridor.
#[derive(Clone, Debug)]
pub struct Place {
    /// `CastelloRoad`.
    pub name: String,
    /// In words.
    pub description: Option<String>,
    /// Its shape, or why it has none.
    pub shape: Result<Shape, NotEvaluable>,
    /// Its shape if it reaches deeper everywhere, of a place that does so at
    /// points which the text counts and does not name.
    pub deeper: Option<Deeper>,
    /// The shape that holds for these parties alone, where each has its own.
    pub own: Vec<(ActorSet, Shape)>,
    /// Which heights over it are meant, if not all.
    pub height: Option<Height>,
    /// The moment whose positions it shows, where that is said.
    pub held_on: Option<Timestamp>,
    /// How well the shape itself is known: a 95 % radius.
    pub good_to: Radius95,
    /// Whether the agreement states `good to`.
    pub good_to_declared: bool,
    /// Where the shape was read from.
    pub source: Option<String>,
    /// The brackets it hangs on.
    pub depends: BTreeSet<usize>,
}

/// How much deeper a place reaches, at so many points.
#[derive(Clone, Debug)]
pub struct Deeper {
    /// By how much.
    pub by: Metres,
    /// At how many points.
    pub points: u32,
    /// The shape, were it so everywhere.
    pub shape: Shape,
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
    /// What lies in all of these parts at once: a band, a corridor, one side of a
    /// line, an area without its holes.
    Joined(Arc<Vec<Part>>),
}

/// Ground that joined ground lies in.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it is measured from.
    pub shape: Shape,
    /// Which ground, measured from it: not on one side alone within a distance,
    /// which is two parts.
    pub region: Region,
    /// In words: `within 20 km of LineB`, `without Shusha`.
    pub words: String,
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
    /// Ground that holds all of it, of which the rest may belong to it as well:
    /// the text counts the points where it does, and does not name them.
    pub perhaps: Option<Box<Zone>>,
    /// Whether it is for such points that it may, and not for a distance that is
    /// worked out nowhere.
    pub counted: bool,
    /// Which heights over it are meant, if not all.
    pub height: Option<Height>,
    /// In words: `within 3500 m of CastelloRoad on its north side`.
    pub words: String,
}

/// Ground, measured from a line, area or point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Region {
    /// Nearer than this, on either side.
    Within(Metres),
    /// Nearer than the weapon can reach, on either side.
    WithinRange,
    /// Nearer than this, on one side of a line.
    WithinOnSide(Metres, Side),
    /// Everything except what is at least this far on one side of a line.
    NotBeyond(Metres, Side),
    /// Inside an area.
    Inside,
    /// Outside an area.
    Outside,
}

impl Zone {
    /// The ground within a range, of a zone that reaches as far as a weapon.
    #[must_use]
    pub fn within_range(&self, range: Metres) -> Self {
        let more = |zone: &Self| Box::new(zone.within_range(range));
        Self { region: Region::Within(range), perhaps: self.perhaps.as_deref().map(more), ..self.clone() }
    }
}

impl Shape {
    /// Whether it is joined of parts.
    #[must_use]
    pub const fn is_joined(&self) -> bool {
        matches!(self, Self::Joined(_))
    }
}
