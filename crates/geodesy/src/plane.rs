//! A plane on which equal areas of the ellipsoid are equal areas.
//!
//! Lambert's azimuthal equal-area projection of the authalic sphere (J. P.
//! Snyder, Map Projections: A Working Manual, USGS 1395, 1987, chapter 24).
//! All functions are `libm`'s, which are the same on every machine.

use crate::Position;
use crate::vector::{E2, EQUATORIAL, Vector};

/// No length on the authalic sphere is longer on the ellipsoid than by this:
/// the most is 1.0012, across the meridian at the equator and along it at 45°.
const AUTHALIC: f64 = 1.002;

/// The plane about a centre; coordinates in metres.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plane {
    centre: Vector,
    east: Vector,
    north: Vector,
    radius: f64,
}

impl Plane {
    pub(crate) fn about(centre: Position) -> Self {
        let up = authalic(centre);
        let (sin, cos) = libm::sincos(centre.longitude().to_radians());
        let east = Vector { x: -sin, y: cos, z: 0.0 };
        Self { centre: up, east, north: up.cross(east), radius: EQUATORIAL * libm::sqrt(at_pole() / 2.0) }
    }

    /// The radius of the disc that is the whole Earth.
    pub(crate) fn rim(&self) -> f64 {
        2.0 * self.radius
    }

    pub(crate) fn project(&self, p: Position) -> (f64, f64) {
        let v = authalic(p);
        // At the antipode there is no direction; any on the rim will do.
        let scale = self.radius * libm::sqrt(2.0 / (1.0 + v.dot(self.centre)).max(1e-15));
        (v.dot(self.east) * scale, v.dot(self.north) * scale)
    }

    /// `None` beyond the rim.
    pub(crate) fn unproject(self, (x, y): (f64, f64)) -> Option<Position> {
        let (x, y) = (x / self.radius, y / self.radius);
        let square = x * x + y * y;
        if square > 4.0 {
            return None;
        }
        let level = libm::sqrt(1.0 - square / 4.0);
        let v = self.centre * (1.0 - square / 2.0) + self.east * (x * level) + self.north * (y * level);
        let longitude = libm::atan2(v.y, v.x).to_degrees();
        Some(Position::clamped(latitude(v.z.clamp(-1.0, 1.0)), longitude))
    }

    /// No path on the plane within `metres` of the centre is longer on the
    /// ground than by this factor.
    pub(crate) fn stretch(&self, metres: f64) -> f64 {
        let half = metres / self.radius / 2.0;
        AUTHALIC / libm::sqrt((1.0 - half * half).max(0.0))
    }
}

/// The authalic sphere's unit vector: longitudes kept, areas kept.
fn authalic(p: Position) -> Vector {
    let sin = area_below(libm::sin(p.latitude().to_radians())) / at_pole();
    let cos = libm::sqrt((1.0 - sin * sin).max(0.0));
    let (sin_lon, cos_lon) = libm::sincos(p.longitude().to_radians());
    Vector { x: cos * cos_lon, y: cos * sin_lon, z: sin }
}

fn at_pole() -> f64 {
    area_below(1.0)
}

/// The ellipsoid's area between the equator and a latitude of this sine, in
/// units of πa² (Snyder, equation 3-12).
fn area_below(sin: f64) -> f64 {
    let e = libm::sqrt(E2);
    (1.0 - E2) * (sin / (1.0 - E2 * sin * sin) + libm::atanh(e * sin) / e)
}

/// The latitude in degrees whose authalic latitude has this sine: Newton's
/// rule, which gains seven digits with the first three steps.
fn latitude(authalic_sin: f64) -> f64 {
    let wanted = authalic_sin * at_pole();
    let mut sin = authalic_sin;
    for _ in 0..4 {
        let flat = 1.0 - E2 * sin * sin;
        sin -= (area_below(sin) - wanted) * flat * flat / (2.0 * (1.0 - E2));
    }
    libm::asin(sin.clamp(-1.0, 1.0)).to_degrees()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesic::distance;

    fn at(latitude: f64, longitude: f64) -> Position {
        Position::new(latitude, longitude).unwrap()
    }

    #[test]
    fn there_and_back() {
        for centre in [at(0.0, 0.0), at(48.0, 179.5), at(-90.0, 10.0), at(89.5, -120.0)] {
            let plane = Plane::about(centre);
            for (x, y) in [(0.0, 0.0), (5.0, -3.0), (80_000.0, 20_000.0), (-3e6, 4e6)] {
                let p = plane.unproject((x, y)).unwrap();
                let (u, v) = plane.project(p);
                assert!((u - x).hypot(v - y) < 0.05, "{x} {y}: {u} {v}");
            }
            assert_eq!(plane.unproject((2e7, 0.0)), None);
        }
    }

    #[test]
    fn no_length_is_stretched_by_more_than_it_says() {
        for latitude in 0..=90 {
            let plane = Plane::about(at(f64::from(latitude), 30.0));
            for step in 0..40 {
                let azimuth = f64::from(step) * 0.157;
                for out in [0.0, 1e5, 1e6, 6e6] {
                    let a = (out * azimuth.sin(), out * azimuth.cos());
                    for turn in 0..8 {
                        let turn = f64::from(turn) * 0.785;
                        let b = (a.0 + 1000.0 * turn.sin(), a.1 + 1000.0 * turn.cos());
                        let (p, q) = (plane.unproject(a).unwrap(), plane.unproject(b).unwrap());
                        let most = plane.stretch(out + 1000.0) * 1000.0;
                        assert!(distance(p, q).get() < most, "{latitude} {out} {}", distance(p, q).get());
                    }
                }
            }
        }
    }

    #[test]
    fn a_degree_of_latitude_has_the_area_it_has() {
        // By GeographicLib's planimeter: 1° × 1° at the equator and at 60°.
        let cell = |south: f64| {
            let corner = |lat: f64, lon: f64| Plane::about(at(south + 0.5, 0.5)).project(at(lat, lon));
            let mut ring = Vec::new();
            for k in 0..=100 {
                ring.push(corner(south, f64::from(k) / 100.0));
            }
            for k in 0..=100 {
                ring.push(corner(south + 1.0, 1.0 - f64::from(k) / 100.0));
            }
            let twice: f64 = ring.iter().zip(ring.iter().cycle().skip(1)).map(|(a, b)| a.0 * b.1 - a.1 * b.0).sum();
            twice / 2.0
        };
        // Between parallels: 2πa²·(q₂ − q₁)/2/360.
        let exact = |south: f64| {
            let q = |lat: f64| area_below(lat.to_radians().sin());
            std::f64::consts::PI * EQUATORIAL * EQUATORIAL * (q(south + 1.0) - q(south)) / 360.0
        };
        for south in [0.0, 30.0, 60.0, 88.0] {
            assert!((cell(south) / exact(south) - 1.0).abs() < 1e-4, "{south}");
        }
        // The whole Earth: 510 065 621.7 km².
        let whole = 2.0 * std::f64::consts::PI * EQUATORIAL * EQUATORIAL * at_pole();
        assert!((whole / 510_065_621.7e6 - 1.0).abs() < 1e-9, "{whole}");
    }
}
