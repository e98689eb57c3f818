//! Exact geodesics, by `GeographicLib`: C. F. F. Karney, Algorithms for
//! geodesics, J. Geodesy 87 (2013) 43–55; errors below 15 nm.

use std::sync::LazyLock;

use geographiclib_rs::{DirectGeodesic, Geodesic, InverseGeodesic, PolygonArea, Winding};

use crate::{Metres, Position};

/// Two positions closer than this are one place, and a point this close to a
/// line is on it: 1 mm, a hundred times finer than a coordinate with seven
/// decimals and ten thousand times coarser than our rounding.
pub(crate) const SAME_PLACE: f64 = 1e-3;

/// Building the series coefficients costs more than using them.
static WGS84: LazyLock<Geodesic> = LazyLock::new(Geodesic::wgs84);

/// The length of the shortest path between two positions on WGS 84.
///
/// Error below 15 nm, for any pair, antipodes included (Karney 2013).
///
/// ```
/// use armistice_geodesy::{Position, distance};
///
/// let jfk = Position::new(40.6, -73.8).unwrap();
/// let lhr = Position::new(51.6, -0.5).unwrap();
/// assert!((distance(jfk, lhr).get() - 5_551_759.4).abs() < 0.1);
/// ```
#[must_use]
pub fn distance(a: Position, b: Position) -> Metres {
    let metres: f64 = WGS84.inverse(a.latitude(), a.longitude(), b.latitude(), b.longitude());
    Metres::new(metres)
}

/// The geodesic from `a` to `b`: length in metres, azimuth at `a` in degrees
/// clockwise from north.
pub(crate) fn course(a: Position, b: Position) -> (f64, f64) {
    let (metres, azimuth, _, _): (f64, f64, f64, f64) =
        WGS84.inverse(a.latitude(), a.longitude(), b.latitude(), b.longitude());
    (metres, azimuth)
}

/// Latitude, longitude and azimuth in degrees after `metres` on from `a` at an
/// azimuth in degrees.
pub(crate) fn onward(a: Position, azimuth: f64, metres: f64) -> (f64, f64, f64) {
    WGS84.direct(a.latitude(), a.longitude(), azimuth, metres)
}

/// The square metres within an outline of latitudes and longitudes in degrees,
/// whichever way round it runs.
pub(crate) fn enclosed(outline: impl Iterator<Item = (f64, f64)>) -> f64 {
    let mut polygon = PolygonArea::new(&WGS84, Winding::CounterClockwise);
    outline.for_each(|(latitude, longitude)| polygon.add_point(latitude, longitude));
    let (_, size, _) = polygon.compute(true);
    size.abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(latitude: f64, longitude: f64) -> Position {
        Position::new(latitude, longitude).unwrap()
    }

    #[test]
    fn one_degree_on_the_equator() {
        // a·π/180.
        assert!((distance(at(0.0, 0.0), at(0.0, 1.0)).get() - 111_319.490_793).abs() < 1e-5);
    }

    #[test]
    fn the_date_line_is_no_obstacle() {
        assert!((distance(at(0.0, 179.5), at(0.0, -179.5)).get() - 111_319.490_793).abs() < 1e-5);
        assert_eq!(distance(at(12.0, 180.0), at(12.0, -180.0)), Metres::ZERO);
    }

    #[test]
    fn pole_to_pole() {
        // Twice the WGS 84 meridian quadrant, 10 001 965.729 3 m.
        let metres = distance(at(90.0, 0.0), at(-90.0, 77.0)).get();
        assert!((metres - 20_003_931.458_6).abs() < 1e-3, "{metres}");
    }
}
