//! The ground that random agreements speak of, and random places on it.

use std::sync::OnceLock;

use armistice_geodesy::{Metres, Position, Radius95};
use armistice_records::{AreaLevel, Place};
use armistice_terms::Units;
use proptest::prelude::*;
use proptest::sample::select;

pub(crate) const SHAPES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"post","properties":{},"geometry":{"type":"Point","coordinates":[37.0,48.0]}},
{"type":"Feature","id":"road","properties":{},"geometry":{"type":"LineString","coordinates":[[36.8,48.0],[37.0,48.01],[37.2,48.0]]}},
{"type":"Feature","id":"second","properties":{},"geometry":{"type":"LineString","coordinates":[[36.8,48.02],[37.2,48.03]]}},
{"type":"Feature","id":"far","properties":{},"geometry":{"type":"Point","coordinates":[37.0,48.18]}},
{"type":"Feature","id":"zone","properties":{},"geometry":{"type":"Polygon","coordinates":[[[36.9,47.95],[37.1,47.95],[37.1,48.05],[36.9,48.05],[36.9,47.95]]]}}]}"#;

/// One unit partly in the zone and on the road, one wholly within the zone and
/// beside the post, one far away.
const UNITS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Oblast","names":["The Oblast","Область"]},"geometry":{"type":"Polygon","coordinates":[[[37.0,47.97],[37.3,47.97],[37.3,48.2],[37.05,48.2],[37.0,47.97]]]}},
{"type":"Feature","properties":{"name":"Inner"},"geometry":{"type":"Polygon","coordinates":[[[36.998,47.999],[37.003,47.999],[37.002,48.002],[36.998,47.999]]]}},
{"type":"Feature","properties":{"name":"Faraway"},"geometry":{"type":"Polygon","coordinates":[[[40.0,50.0],[40.5,50.0],[40.2,50.4],[40.0,50.0]]]}}]}"#;

/// The boundaries at hand, with the places that stand for them.
pub(crate) fn units() -> &'static Units {
    static KNOWN: OnceLock<Units> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut units = Units::default();
        units.add(UNITS).unwrap();
        units
    })
}

/// Anywhere about, or just where a distance of some term ends.
fn position() -> BoxedStrategy<Position> {
    let somewhere = (47.9..48.1_f64, 36.85..37.15_f64).prop_map(|(lat, lon)| (lat, lon)).boxed();
    let near =
        (select(&[48.0, 48.005, 47.999, 48.0185, 47.95, 48.05, 48.3][..]), select(&[37.0, 36.9, 37.1, 36.81][..]));
    // A degree of latitude is 111.2 km here; the metres of the terms, give or
    // take a little of what is known of place and shape.
    let edge = (
        select(&[500.0, 1000.0, 1500.0, 2000.0, 6000.0][..]),
        select(&[-60.0, -1.0, 0.0, 1.0, 60.0, 150.0, 2500.0][..]),
    );
    let edge = (edge, select(&[-1.0, 1.0][..])).prop_map(|((w, by), way)| (48.0 + way * (w + by) / 111_200.0, 37.0));
    prop_oneof![2 => somewhere, 2 => near, 1 => edge].prop_map(|(lat, lon)| Position::new(lat, lon).unwrap()).boxed()
}

pub(crate) fn place() -> BoxedStrategy<Place> {
    let radius = select(&[0.0, 0.0, 0.0, 0.0, 50.0, 50.0, 50.0, 400.0, 1500.0, 25_000.0][..]);
    let point =
        (position(), radius).prop_map(|(at, r)| Place::Point { at, radius: Radius95::new(Metres::new(r)).unwrap() });
    let width = select(&[0.0, 1.0, 30.0, 120.0, 350.0, 360.0][..]);
    let range =
        select(&[(0.0, 0.0), (0.0, 300.0), (0.0, 1500.0), (400.0, 900.0), (1000.0, 5_000.0), (0.0, 40_000.0)][..]);
    let sector = (position(), 0.0..360.0_f64, width, range).prop_map(|(observer, from, width, (near, far))| {
        let until = if width == 360.0 { 360.0 } else { (from + width) % 360.0 };
        let from = if width == 360.0 { 0.0 } else { from };
        Place::Sector { observer, bearing: (from, until), range: (Metres::new(near), Metres::new(far)) }
    });
    let names = select(&["Oblast", "the OBLAST", "ОБЛАСТЬ", "Inner", "inner", "inner", "Faraway", "Nowhere"][..]);
    let level = prop_oneof![4 => Just(AreaLevel::Admin1), 4 => Just(AreaLevel::Admin2), 1 => select(AreaLevel::ALL)];
    let area = (names, level).prop_map(|(name, level)| Place::Area { name: name.to_owned(), label: None, level });
    prop_oneof![1 => Just(Place::Unknown), 8 => point, 2 => sector, 2 => area].boxed()
}
