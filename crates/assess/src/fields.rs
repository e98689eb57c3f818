//! How far a row is at least from the shapes of the zones, for a few nanoseconds.
//!
//! The provisions of an agreement mostly measure from one or two lines, at several
//! distances: the bounds on a row's distance are looked up once per shape and serve
//! them all.

use armistice_geodesy::{Field, Metres, Position, Radius95, clear_of};
use armistice_records::{RecordColumns, place_kind};
use armistice_terms::{Region, Shape, Zone};
use arrow_array::Array;

use crate::place::same_shape;
use crate::variant::Variant;

/// A field of bounds about each shape that zones are measured from.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    shapes: Vec<(Shape, Field)>,
}

/// No zone is asked about at a standard of proof that 1e-4 does not settle.
pub(crate) const HIGHEST: f64 = 1.0 - 1e-4;

/// A field is fine so much farther than the widest zone about its shape: reports
/// are seldom vaguer, and where they are they are judged in full.
const BEYOND: Metres = Metres::new(10_000.0);

impl Fields {
    /// The fields of all zones of some variants.
    pub(crate) fn of<'v>(variants: impl Iterator<Item = &'v Variant<'v>>) -> Self {
        let mut reaches: Vec<(&Shape, Metres)> = Vec::new();
        for fence in variants.filter_map(|variant| Fence::of(variant.provision.duty.zone()?)) {
            match reaches.iter_mut().find(|(shape, _)| same_shape(shape, fence.shape)) {
                Some((_, reach)) if *reach < fence.limit => *reach = fence.limit,
                Some(_) => {}
                None => reaches.push((fence.shape, fence.limit)),
            }
        }
        let field = |(shape, limit): (&Shape, Metres)| {
            let reach = limit * 2.0 + BEYOND;
            let field = match shape {
                Shape::Line(line) => Field::of_line(line, reach),
                Shape::Area(area) => Field::of_area(area, reach),
                Shape::Point(point) => Field::of_point(*point, reach),
                Shape::Around(..) | Shape::Joined(_) => return None,
            };
            Some((shape.clone(), field))
        };
        Self { shapes: reaches.into_iter().filter_map(field).collect() }
    }

    /// Which of the fields is of a zone's shape, if any, and when a place is far from it.
    pub(crate) fn fence(&self, zone: &Zone) -> Option<(usize, Far)> {
        let fence = Fence::of(zone)?;
        let at = self.shapes.iter().position(|(shape, _)| same_shape(shape, fence.shape))?;
        Some((at, Far { limit: fence.limit, good_to: zone.good_to }))
    }
}

/// The part of a zone within some distance of its shape.
struct Fence<'z> {
    shape: &'z Shape,
    limit: Metres,
}

impl<'z> Fence<'z> {
    /// `None` of a zone that may reach on where its shape is far.
    fn of(zone: &'z Zone) -> Option<Self> {
        let limit = match (zone.region, &zone.shape) {
            (Region::Within(limit) | Region::WithinOnSide(limit, _), _) => limit,
            // The edge itself belongs to it.
            (Region::Inside, Shape::Area(_)) => Metres::ZERO,
            _ => return None,
        };
        zone.perhaps.is_none().then_some(Self { shape: &zone.shape, limit })
    }
}

/// When a place is so far from a shape that it is outside a zone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Far {
    limit: Metres,
    good_to: Radius95,
}

/// A row's place, and what is known so far of its distance from each shape.
pub(crate) struct Sight<'f> {
    fields: &'f Fields,
    /// Per shape, how far it is at least.
    least: Vec<Option<Metres>>,
    place: Option<(Position, Radius95)>,
}

impl<'f> Sight<'f> {
    pub(crate) fn new(fields: &'f Fields) -> Self {
        Self { fields, least: vec![None; fields.shapes.len()], place: None }
    }

    /// Turns to a row.
    pub(crate) fn turn_to(&mut self, columns: &RecordColumns<'_>, row: usize) {
        self.least.fill(None);
        let point = columns.place_kind.get(row).copied() == Some(place_kind::POINT);
        let placed = point && columns.latitude.is_valid(row) && columns.longitude.is_valid(row);
        self.place = placed.then_some(()).and_then(|()| {
            let radius = if columns.radius_m.is_valid(row) { columns.radius_m.value(row) } else { 0.0 };
            let position = Position::new(columns.latitude.value(row), columns.longitude.value(row)).ok()?;
            Some((position, Radius95::new(Metres::new(radius)).ok()?))
        });
    }

    /// Whether the row is certainly far. `false` says nothing.
    pub(crate) fn is_far(&mut self, (shape, far): (usize, Far)) -> bool {
        let (Some((position, radius)), Some((_, field)), Some(least)) =
            (self.place, self.fields.shapes.get(shape), self.least.get_mut(shape))
        else {
            return false;
        };
        let both = radius.combine(far.good_to);
        let coarse = *least.get_or_insert_with(|| field.bounds_at(position).0);
        if clear_of(coarse, far.limit, both) {
            return true;
        }
        // Near the edge the distance itself is looked at, once.
        let near = field.approximate(position);
        *least = Some(near.distance - near.error);
        clear_of(near.distance - near.error, far.limit, both)
    }
}
