//! A feature of a GeoJSON file → a shape.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use armistice_geodesy::{Area, Line, Polygon, Position};
use armistice_syntax::did_you_mean;
use geojson::{Feature, GeoJson, GeometryValue, feature::Id};

use crate::model::Shape;

/// Reads the files an agreement names: its path as written → its text.
pub type Resource<'a> = &'a dyn Fn(&str) -> Result<String, String>;

/// What is left out of a list that nobody would read to its end.
const SHOWN: usize = 10;

/// The files that a page named when it was last checked, with the shapes read
/// from them. Whoever checks a page at every keystroke keeps one, and a file is
/// then read for its shapes only where its text is another than before.
#[derive(Default)]
pub struct Kept {
    files: RefCell<HashMap<String, Rc<File>>>,
}

/// A file, and what has been read from it.
struct File {
    text: Result<String, String>,
    features: Result<Features, String>,
    /// The shapes by the feature that was asked for.
    shapes: RefCell<HashMap<Option<String>, Result<Shape, String>>>,
}

impl File {
    fn of(text: Result<String, String>) -> Self {
        let features = match &text {
            Ok(text) => Features::parse(text),
            Err(why) => Err(format!("{why}; the file is looked for beside the agreement")),
        };
        Self { text, features, shapes: RefCell::default() }
    }

    fn shape(&self, wanted: Option<&str>) -> Result<Shape, String> {
        let key = wanted.map(str::to_owned);
        if let Some(known) = self.shapes.borrow().get(&key) {
            return known.clone();
        }
        let read = match &self.features {
            Ok(features) => features.find(wanted).and_then(shape),
            Err(why) => Err(why.clone()),
        };
        self.shapes.borrow_mut().insert(key, read.clone());
        read
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.files.borrow().keys()).finish()
    }
}

/// The shapes an agreement names, each read once however many readings it has,
/// and each file once however many shapes it gives.
pub(crate) struct Shapes<'a> {
    resource: Resource<'a>,
    kept: &'a Kept,
    /// The files asked for in this check; each is looked at once.
    files: RefCell<HashMap<String, Rc<File>>>,
}

impl<'a> Shapes<'a> {
    pub(crate) fn new(resource: Resource<'a>, kept: &'a Kept) -> Self {
        Self { resource, kept, files: RefCell::default() }
    }

    /// The shape that `file.geojson#feature` gives, or why there is none.
    pub(crate) fn read(&self, source: &str) -> Result<Shape, String> {
        let (file, feature) = match source.split_once('#') {
            Some((file, feature)) => (file, Some(feature)),
            None => (source, None),
        };
        self.file(file).shape(feature)
    }

    fn file(&self, name: &str) -> Rc<File> {
        if let Some(known) = self.files.borrow().get(name) {
            return Rc::clone(known);
        }
        let text = (self.resource)(name);
        let before = self.kept.files.borrow().get(name).filter(|file| file.text == text).map(Rc::clone);
        let file = before.unwrap_or_else(|| Rc::new(File::of(text)));
        self.files.borrow_mut().insert(name.to_owned(), Rc::clone(&file));
        file
    }

    /// Keeps what this check has read for the next, and nothing else.
    pub(crate) fn keep(self) {
        self.kept.files.replace(self.files.into_inner());
    }
}

/// The features of a file, by what they are called.
struct Features {
    all: Vec<Feature>,
    /// A name to its feature; `None` for a name that several have.
    called: BTreeMap<String, Option<usize>>,
}

impl Features {
    /// Reads a GeoJSON text.
    fn parse(text: &str) -> Result<Self, String> {
        let parsed: GeoJson = text.parse().map_err(|e: geojson::Error| {
            let why = e.to_string();
            let why = why.strip_prefix("Error while deserializing GeoJSON: ").unwrap_or(&why);
            format!("it is not GeoJSON: {why}; mend it there, or export it again")
        })?;
        let all = match parsed {
            GeoJson::FeatureCollection(collection) => collection.features,
            GeoJson::Feature(feature) => vec![feature],
            GeoJson::Geometry(_) => {
                return Err("it holds a bare geometry; wrap it in a feature with an id".to_owned());
            }
        };
        let mut called: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for (index, feature) in all.iter().enumerate() {
            for name in names(feature) {
                let first = called.entry(name).or_insert(Some(index));
                *first = first.filter(|first| *first == index);
            }
        }
        Ok(Self { all, called })
    }

    /// The feature called `wanted`: by its `id`, or by the `id` or `name` among
    /// its properties. The only one, if none is named.
    fn find(&self, wanted: Option<&str>) -> Result<&Feature, String> {
        let Some(wanted) = wanted else {
            return match self.all.as_slice() {
                [only] => Ok(only),
                [] => Err("it holds no feature; give it one, with an id".to_owned()),
                _ => Err("it holds several features; name one after a `#`".to_owned()),
            };
        };
        match self.called.get(wanted) {
            Some(Some(index)) => self.all.get(*index).ok_or_else(|| format!("it has no feature `{wanted}`")),
            Some(None) => Err(format!("it has several features called `{wanted}`; give each a name of its own")),
            None => {
                let known = || self.called.keys().map(String::as_str);
                // Likeness is dear to compute, and of so many none is meant.
                let near = did_you_mean(wanted, known().take(1000));
                let more = if self.called.len() > SHOWN { ", …" } else { "" };
                let mend = near
                    .unwrap_or_else(|| format!("it has: {}{more}", known().take(SHOWN).collect::<Vec<_>>().join(", ")));
                Err(format!("it has no feature `{wanted}`; {mend}"))
            }
        }
    }
}

/// Every feature of a GeoJSON text as an area, with all its names.
///
/// # Errors
/// A sentence that says what is wrong and how to mend it.
pub(crate) fn named_areas(text: &str) -> Result<Vec<(Vec<String>, Area)>, String> {
    let mut found = Vec::new();
    for feature in Features::parse(text)?.all {
        let further = feature.property("names").and_then(|v| v.as_array());
        let further = further.into_iter().flatten().filter_map(|v| v.as_str()).map(str::to_owned);
        let mut names: Vec<String> = names(&feature);
        names.extend(further);
        let Some(first) = names.first() else {
            return Err("a feature has no `name` among its properties; every unit needs one".to_owned());
        };
        match shape(&feature) {
            Ok(Shape::Area(area)) => found.push((names, Arc::unwrap_or_clone(area))),
            Ok(_) => return Err(format!("`{first}` is no area; units are Polygons or MultiPolygons")),
            Err(why) => return Err(format!("`{first}`: {why}")),
        }
    }
    Ok(found)
}

/// The shape of a feature. Coordinates are longitude first, as RFC 7946 has it.
///
/// # Errors
/// A sentence that says what is wrong and how to mend it.
fn shape(feature: &Feature) -> Result<Shape, String> {
    match feature.geometry.as_ref().map(|g| &g.value) {
        Some(GeometryValue::Point { coordinates }) => position(0, coordinates).map(Shape::Point),
        Some(GeometryValue::LineString { coordinates }) => {
            Line::new(positions(coordinates)?).map(|line| Shape::Line(Arc::new(line))).map_err(|e| e.to_string())
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

fn positions(coordinates: &[geojson::Position]) -> Result<Vec<Position>, String> {
    coordinates.iter().enumerate().map(|(index, c)| position(index, c)).collect()
}

fn position(index: usize, coordinates: &geojson::Position) -> Result<Position, String> {
    let number = index + 1;
    match coordinates.as_slice() {
        [longitude, latitude, ..] => Position::new(*latitude, *longitude).map_err(|e| {
            let swapped = latitude.abs() > 90.0 && latitude.abs() <= 180.0 && longitude.abs() <= 90.0;
            let mend = if swapped { "; are they swapped? GeoJSON has the longitude first" } else { "" };
            format!("coordinate {number}: {e}{mend}")
        }),
        _ => Err(format!("coordinate {number} needs a longitude and a latitude")),
    }
}

fn area(polygons: &[Vec<Vec<geojson::Position>>]) -> Result<Shape, String> {
    let polygon = |rings: &Vec<Vec<geojson::Position>>| -> Result<Polygon, String> {
        let mut rings = rings.iter().map(|ring| positions(ring)).collect::<Result<Vec<_>, _>>()?.into_iter();
        let outer = rings.next().ok_or("a polygon needs an outer ring")?;
        Ok(Polygon { outer, holes: rings.collect() })
    };
    let polygons = polygons.iter().map(polygon).collect::<Result<Vec<_>, _>>()?;
    Area::new(polygons).map(|area| Shape::Area(Arc::new(area))).map_err(|e| e.to_string())
}
