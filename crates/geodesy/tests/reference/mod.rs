//! Slow and plain answers to compare with: dense sampling of the exact
//! geodesics, refined. Shares nothing with the crate but `GeographicLib`.

// Each test binary uses some of these.
#![allow(dead_code, reason = "shared between test binaries")]
#![allow(clippy::indexing_slicing, reason = "helpers of tests, which may panic")]

use std::sync::LazyLock;

use armistice_geodesy::Position;
use geographiclib_rs::{DirectGeodesic, Geodesic, InverseGeodesic};

static WGS84: LazyLock<Geodesic> = LazyLock::new(Geodesic::wgs84);

/// A position, for tests that know it is one.
pub(crate) fn at(latitude: f64, longitude: f64) -> Position {
    match Position::new(latitude, longitude) {
        Ok(p) => p,
        Err(e) => unreachable!("{e}"),
    }
}

/// `metres` on from `p` at `azimuth` degrees.
pub(crate) fn go(p: Position, azimuth: f64, metres: f64) -> Position {
    let (lat, lon): (f64, f64) = WGS84.direct(p.latitude(), p.longitude(), azimuth, metres);
    at(lat.clamp(-90.0, 90.0), lon.clamp(-180.0, 180.0))
}

/// Distance in metres and azimuth in degrees from `a` to `b`.
pub(crate) fn course(a: Position, b: Position) -> (f64, f64) {
    let (s, azimuth, _, _): (f64, f64, f64, f64) =
        WGS84.inverse(a.latitude(), a.longitude(), b.latitude(), b.longitude());
    (s, azimuth)
}

/// The angle in degrees, within ±180.
pub(crate) fn wrap(degrees: f64) -> f64 {
    (degrees + 180.0).rem_euclid(360.0) - 180.0
}

/// A line all round `p` whose inward corners are `metres` and a little `more`
/// away, each in another direction: what misjudges directions picks the wrong one.
pub(crate) fn spikes(p: Position, metres: f64, more: &[f64]) -> Vec<Position> {
    let turn = 360.0 / more.len() as f64;
    let corner = |(k, &more): (usize, &f64)| {
        let azimuth = turn * k as f64;
        [go(p, azimuth, metres + more), go(p, azimuth + turn / 2.0, 1.8 * metres)]
    };
    more.iter().enumerate().flat_map(corner).collect()
}

/// The least distance from `p` to the geodesic edges of an open outline.
pub(crate) fn distance(outline: &[Position], p: Position) -> f64 {
    outline.windows(2).map(|w| to_edge(w[0], w[1], p)).fold(f64::INFINITY, f64::min)
}

fn to_edge(a: Position, b: Position, p: Position) -> f64 {
    const SAMPLES: u32 = 12;
    let (length, azimuth) = course(a, b);
    let f = |s: f64| course(go(a, azimuth, s), p).0;
    let step = length / f64::from(SAMPLES);
    let values: Vec<f64> = (0..=SAMPLES).map(|k| f(f64::from(k) * step)).collect();
    let lowest = (0..=SAMPLES).min_by(|&i, &j| values[i as usize].total_cmp(&values[j as usize]));
    let centre = f64::from(lowest.unwrap_or(0)) * step;
    let (mut low, mut high) = ((centre - step).max(0.0), (centre + step).min(length));
    while high - low > 1e-3 {
        let (x, y) = (low + (high - low) * 0.382, low + (high - low) * 0.618);
        if f(x) < f(y) { high = y } else { low = x }
    }
    let best = f((low + high) / 2.0);
    values.into_iter().fold(best, f64::min)
}

/// Whether a closed outline winds round `p`, by exact azimuths from `p` to
/// points every kilometre or so.
pub(crate) fn winds_round(ring: &[Position], p: Position) -> bool {
    let mut turned = 0.0;
    let mut last = course(p, ring[0]).1;
    for (&a, &b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        let (length, azimuth) = course(a, b);
        let pieces = (length / 1000.0).ceil();
        let mut k = 1.0;
        while k <= pieces {
            let next = course(p, go(a, azimuth, length * k / pieces)).1;
            turned += wrap(next - last);
            last = next;
            k += 1.0;
        }
    }
    turned.abs() > 180.0
}
