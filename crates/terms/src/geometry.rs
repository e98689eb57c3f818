//! A feature of a GeoJSON file → a shape.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use armistice_geodesy::{Area, Line, Polygon, Position};
use armistice_syntax::did_you_mean;
use geojson::{Feature, GeoJson, GeometryValue, feature::Id};

use crate::model::Shape;

/// Reads the files an agreement names: its path as written → its text.
pub type Resource<'a> = &'a dyn Fn(&str) -> Result<String, String>;

/// The shapes an agreement names, each read once however many readings it has.
pub(crate) struct Shapes<'a> {
    resource: Resource<'a>,
    known: RefCell<HashMap<String, Result<Shape, String>>>,
}

impl<'a> Shapes<'a> {
    pub(crate) fn new(resource: Resource<'a>) -> Self {
        Self { resource, known: RefCell::default() }
    }

    /// The shape that `file.geojson#feature` gives, or why there is none.
    pub(crate) fn read(&self, source: &str) -> Result<Shape, String> {
        if let Some(known) = self.known.borrow().get(source) {
            return known.clone();
        }
        let (file, feature) = match source.split_once('#') {
            Some((file, feature)) => (file, Some(feature)),
            None => (source, None),
        };
        let read = (self.resource)(file)
            .map_err(|why| format!("{why}; the file is looked for beside the agreement"))
            .and_then(|text| shape(&text, feature));
        self.known.borrow_mut().insert(source.to_owned(), read.clone());
        read
    }
}

/// Reads the feature called `wanted` from a GeoJSON text.
///
/// A feature is called by its `id`, or by the `id` or `name` among its
/// properties. Coordinates are longitude first, as RFC 7946 has it.
///
/// # Errors
/// A sentence that says what is wrong and how to mend it.
fn shape(text: &str, wanted: Option<&str>) -> Result<Shape, String> {
    let features = features(text)?;
    let feature = match wanted {
        Some(wanted) => {
            let mut called = features.iter().filter(|f| names(f).iter().any(|n| n == wanted));
            let first = called.next();
            if called.next().is_some() {
                return Err(format!("it has several features called `{wanted}`; give each a name of its own"));
            }
            first
        }
        None if features.len() == 1 => features.first(),
        None => return Err("it holds several features; name one after a `#`".to_owned()),
    };
    let Some(feature) = feature else {
        let wanted = wanted.unwrap_or_default();
        let known: Vec<String> = features.iter().flat_map(names).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let mend =
            did_you_mean(wanted, known.iter().copied()).unwrap_or_else(|| format!("it has: {}", known.join(", ")));
        return Err(format!("it has no feature `{wanted}`; {mend}"));
    };
    geometry(feature)
}

/// Every feature of a GeoJSON text as an area, with all its names.
///
/// # Errors
/// A sentence that says what is wrong and how to mend it.
pub(crate) fn named_areas(text: &str) -> Result<Vec<(Vec<String>, Area)>, String> {
    let mut found = Vec::new();
    for feature in features(text)? {
        let further = feature.property("names").and_then(|v| v.as_array());
        let further = further.into_iter().flatten().filter_map(|v| v.as_str()).map(str::to_owned);
        let mut names: Vec<String> = names(&feature);
        names.extend(further);
        let Some(first) = names.first() else {
            return Err("a feature has no `name` among its properties; every unit needs one".to_owned());
        };
        match geometry(&feature) {
            Ok(Shape::Area(area)) => found.push((names, Arc::unwrap_or_clone(area))),
            Ok(_) => return Err(format!("`{first}` is no area; units are Polygons or MultiPolygons")),
            Err(why) => return Err(format!("`{first}`: {why}")),
        }
    }
    Ok(found)
}

fn features(text: &str) -> Result<Vec<Feature>, String> {
    let parsed: GeoJson = text.parse().map_err(|e: geojson::Error| format!("it is not GeoJSON: {e}"))?;
    match parsed {
        GeoJson::FeatureCollection(collection) => Ok(collection.features),
        GeoJson::Feature(feature) => Ok(vec![feature]),
        GeoJson::Geometry(_) => Err("it holds a bare geometry; wrap it in a feature with an id".to_owned()),
    }
}

fn geometry(feature: &Feature) -> Result<Shape, String> {
    match feature.geometry.as_ref().map(|g| &g.value) {
        Some(GeometryValue::Point { coordinates }) => position(coordinates.as_slice()).map(Shape::Point),
        Some(GeometryValue::LineString { coordinates }) => {
            let vertices = coordinates.iter().map(|c| position(c.as_slice())).collect::<Result<_, _>>()?;
            Line::new(vertices).map(|line| Shape::Line(Arc::new(line))).map_err(|e| e.to_string())
        }
        Some(GeometryValue::Polygon { coordinates }) => area(std::slice::from_ref(coordinates)),
        Some(GeometryValue::MultiPolygon { coordinates }) => area(coordinates),
        Some(other) => {
            Err(format!("the feature is a {}; use a Point, LineString, Polygon or MultiPolygon", other.type_name()))
        }
        None => Err("the feature has no geometry".to_owned()),
    }
}

fn names(feature: &Feature) -> Vec<String> {
    let id = feature.id.as_ref().map(|id| match id {
        Id::String(text) => text.clone(),
        Id::Number(number) => number.to_string(),
    });
    let property = |key: &str| feature.property(key).and_then(|v| v.as_str()).map(str::to_owned);
    [id, property("id"), property("name")].into_iter().flatten().collect()
}

fn position(coordinates: &[f64]) -> Result<Position, String> {
    match coordinates {
        [longitude, latitude, ..] => Position::new(*latitude, *longitude).map_err(|e| e.to_string()),
        _ => Err("a coordinate needs a longitude and a latitude".to_owned()),
    }
}

fn area(polygons: &[Vec<Vec<geojson::Position>>]) -> Result<Shape, String> {
    let ring = |ring: &Vec<geojson::Position>| -> Result<Vec<Position>, String> {
        ring.iter().map(|c| position(c.as_slice())).collect()
    };
    let polygon = |rings: &Vec<Vec<geojson::Position>>| -> Result<Polygon, String> {
        let mut rings = rings.iter().map(ring).collect::<Result<Vec<_>, _>>()?.into_iter();
        let outer = rings.next().ok_or("a polygon needs an outer ring")?;
        Ok(Polygon { outer, holes: rings.collect() })
    };
    let polygons = polygons.iter().map(polygon).collect::<Result<Vec<_>, _>>()?;
    Area::new(polygons).map(|area| Shape::Area(Arc::new(area))).map_err(|e| e.to_string())
}
