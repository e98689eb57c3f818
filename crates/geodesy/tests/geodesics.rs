//! `geographiclib-rs`, a port, against the Python package `geographiclib`, by
//! the author of the algorithms.
//!
//! The fixture is 200 of 2000 pairs so compared: anywhere, near, by poles and
//! the antimeridian, and nearly or exactly antipodal. Made with version 2.1 of
//! the package, `Geodesic.WGS84.Inverse`. To compare a longer list, set
//! `GEODESICS` to a file in its format.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

use armistice_geodesy::{Position, distance};
use geographiclib_rs::{DirectGeodesic, Geodesic, InverseGeodesic};

#[test]
fn the_port_agrees_with_the_original() {
    let fixture = include_str!("fixtures/geodesics.csv").to_owned();
    let table = std::env::var("GEODESICS").map_or(fixture, |path| std::fs::read_to_string(path).unwrap());
    let wgs84 = Geodesic::wgs84();
    let (mut pairs, mut worst, mut beside) = (0, 0.0_f64, 0.0_f64);
    for row in table.lines().skip(1) {
        let numbers: Vec<f64> = row.split(',').map(|cell| cell.parse().unwrap()).collect();
        let [lat, lon, to_lat, to_lon, metres, azimuth, azimuth_to] = numbers[..] else { panic!("{row}") };
        let (a, b) = (Position::new(lat, lon).unwrap(), Position::new(to_lat, to_lon).unwrap());
        let error = (distance(a, b).get() - metres).abs();
        assert!(error < 1e-7, "{row}: off by {error} m");
        // Where many geodesics are shortest, the azimuths may differ: so go there.
        let (there_lat, there_lon, arrives): (f64, f64, f64) = wgs84.direct(lat, lon, azimuth, metres);
        let missed: f64 = wgs84.inverse(there_lat, there_lon, to_lat, to_lon);
        assert!(missed < 1e-7, "{row}: misses by {missed} m");
        let turn = (arrives - azimuth_to + there_lon - to_lon + 540.0).rem_euclid(360.0) - 180.0;
        // At a pole an azimuth counts from the longitude.
        assert!(turn.abs() < 1e-6 || to_lat.abs() > 89.99 || metres < 1.0, "{row}: arrives {turn} degrees off");
        pairs += 1;
        worst = worst.max(error);
        beside = beside.max(missed);
    }
    assert!(pairs >= 200);
    println!("{pairs} pairs: distances differ by at most {worst:e} m, ends by {beside:e} m");
}
