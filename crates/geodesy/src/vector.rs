//! Earth-centred, Earth-fixed vectors, in which there is no date line and no
//! pole to special-case.

use std::ops::{Add, Mul, Sub};

/// Semi-major axis of WGS 84 in metres (NIMA TR8350.2, table 3.1).
pub(crate) const EQUATORIAL: f64 = 6_378_137.0;
/// Flattening of WGS 84 (NIMA TR8350.2, table 3.1).
const FLATTENING: f64 = 1.0 / 298.257_223_563;
/// Semi-minor axis of WGS 84 in metres.
pub(crate) const POLAR: f64 = EQUATORIAL * (1.0 - FLATTENING);
/// First eccentricity squared.
pub(crate) const E2: f64 = FLATTENING * (2.0 - FLATTENING);
/// Second eccentricity squared.
pub(crate) const EP2: f64 = E2 / (1.0 - E2);
/// The largest radius of curvature there is on the ellipsoid (at the poles):
/// a²/b, in metres.
pub(crate) const FLATTEST: f64 = EQUATORIAL * EQUATORIAL / POLAR;

/// A vector in metres: x to 0° E on the equator, y to 90° E, z to the north pole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Vector {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) z: f64,
}

impl Vector {
    pub(crate) const ZERO: Self = Self { x: 0.0, y: 0.0, z: 0.0 };

    pub(crate) fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y + self.z * other.z
    }

    pub(crate) fn cross(self, other: Self) -> Self {
        Self {
            x: self.y * other.z - self.z * other.y,
            y: self.z * other.x - self.x * other.z,
            z: self.x * other.y - self.y * other.x,
        }
    }

    pub(crate) fn norm(self) -> f64 {
        self.dot(self).sqrt()
    }
}

impl Add for Vector {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { x: self.x + other.x, y: self.y + other.y, z: self.z + other.z }
    }
}

impl Sub for Vector {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { x: self.x - other.x, y: self.y - other.y, z: self.z - other.z }
    }
}

impl Mul<f64> for Vector {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self { x: self.x * factor, y: self.y * factor, z: self.z * factor }
    }
}

/// An angle whose sine and cosine are known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn {
    degrees: f64,
    sin: f64,
    cos: f64,
}

impl Turn {
    pub(crate) fn new(degrees: f64) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Self { degrees, sin, cos }
    }

    /// The sine and cosine of another, or that and a whole turn, no more than 6° on:
    /// to within 1e-15, by Taylor's series.
    #[inline]
    fn on_to(&self, degrees: f64) -> (f64, f64) {
        let on = degrees - self.degrees;
        let on = if on > 180.0 { on - 360.0 } else { on };
        let on = if on < -180.0 { on + 360.0 } else { on };
        let x = on.to_radians();
        let square = x * x;
        let sin = x * (1.0 - square / 6.0 * (1.0 - square / 20.0 * (1.0 - square / 42.0)));
        let cos = 1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0 * (1.0 - square / 56.0)));
        (self.sin * cos + self.cos * sin, self.cos * cos - self.sin * sin)
    }
}

/// A latitude and longitude in degrees, on the ellipsoid; from others near them.
#[inline]
pub(crate) fn on_the_ground(by: (&Turn, &Turn), latitude: f64, longitude: f64) -> Vector {
    let (sin_lat, cos_lat) = by.0.on_to(latitude);
    let (sin_lon, cos_lon) = by.1.on_to(longitude);
    let prime_vertical = EQUATORIAL / (1.0 - E2 * sin_lat * sin_lat).sqrt();
    Vector {
        x: prime_vertical * cos_lat * cos_lon,
        y: prime_vertical * cos_lat * sin_lon,
        z: prime_vertical * (1.0 - E2) * sin_lat,
    }
}

/// A place on the ellipsoid with the directions and curvatures found there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    /// The place itself, on the ellipsoid.
    pub(crate) origin: Vector,
    /// Unit vector to the local east; horizontal.
    pub(crate) east: Vector,
    /// Unit vector to the local north; horizontal.
    pub(crate) north: Vector,
    /// Curvature along the meridian, 1/m.
    pub(crate) along_meridian: f64,
    /// Curvature across the meridian (in the prime vertical), 1/m.
    pub(crate) across_meridian: f64,
}

impl Frame {
    /// The frame at a latitude and longitude in degrees. At a pole, `north` is
    /// the limit along the meridian of that longitude, as in `GeographicLib`.
    pub(crate) fn at(latitude: f64, longitude: f64) -> Self {
        let (sin_lat, cos_lat) = latitude.to_radians().sin_cos();
        let (sin_lon, cos_lon) = longitude.to_radians().sin_cos();
        let w2 = 1.0 - E2 * sin_lat * sin_lat;
        let prime_vertical = EQUATORIAL / w2.sqrt();
        Self {
            origin: Vector {
                x: prime_vertical * cos_lat * cos_lon,
                y: prime_vertical * cos_lat * sin_lon,
                z: prime_vertical * (1.0 - E2) * sin_lat,
            },
            east: Vector { x: -sin_lon, y: cos_lon, z: 0.0 },
            north: Vector { x: -sin_lat * cos_lon, y: -sin_lat * sin_lon, z: cos_lat },
            along_meridian: w2 / (prime_vertical * (1.0 - E2)),
            across_meridian: 1.0 / prime_vertical,
        }
    }

    /// The horizontal part of a vector, as (east, north) in metres.
    pub(crate) fn horizontal(&self, v: Vector) -> (f64, f64) {
        (v.dot(self.east), v.dot(self.north))
    }
}

/// The latitude and longitude in degrees under a point within a few kilometres
/// of the ellipsoid.
///
/// Bowring's formula (Survey Review 23:181, 1976), one step: under 1e-9 m of
/// error at the heights that occur here, where points lie at most the sag of a
/// densified chord below the surface.
pub(crate) fn latitude_longitude(v: Vector) -> (f64, f64) {
    let from_axis = v.x.hypot(v.y);
    let (sin, cos) = (v.z * EQUATORIAL).atan2(from_axis * POLAR).sin_cos();
    let latitude = (v.z + EP2 * POLAR * sin.powi(3)).atan2(from_axis - E2 * EQUATORIAL * cos.powi(3));
    (latitude.to_degrees(), v.y.atan2(v.x).to_degrees())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_near_by() {
        for (latitude, longitude) in [(48.0, 30.0), (89.9, -179.5), (-90.0, 0.0), (0.1, 179.9)] {
            for (north, east) in [(0.0, 0.0), (0.1, 0.4), (-0.01, 5.5), (0.02, -3.0)] {
                let by = (&Turn::new(latitude), &Turn::new(longitude));
                let east = longitude + east;
                let east = if east > 180.0 {
                    east - 360.0
                } else if east < -180.0 {
                    east + 360.0
                } else {
                    east
                };
                let found = on_the_ground(by, latitude + north, east);
                assert!((found - Frame::at(latitude + north, east).origin).norm() < 3e-8);
            }
        }
    }

    #[test]
    fn there_and_back() {
        for lat in -18..=18 {
            for lon in -17..=18 {
                let (lat, lon) = (f64::from(lat) * 5.0, f64::from(lon) * 10.0);
                let (a, b) = latitude_longitude(Frame::at(lat, lon).origin);
                assert!((a - lat).abs() < 1e-13 * 180.0, "{lat} {a}");
                assert!(lat.abs() == 90.0 || (b - lon).abs() < 1e-13 * 180.0, "{lon} {b}");
            }
        }
    }

    #[test]
    fn flattest_is_the_pole() {
        let pole = Frame::at(90.0, 0.0);
        assert!((1.0 / pole.along_meridian - FLATTEST).abs() < 1e-6);
        assert!((1.0 / pole.across_meridian - FLATTEST).abs() < 1e-6);
        assert!((pole.origin.z - POLAR).abs() < 1e-6);
    }
}
