//! Exact answers to compare with: `GeographicLib`'s geodesics, minimised. No
//! chords, no index, no plane; nothing of the crate but its types.

#![allow(dead_code, reason = "shared between test binaries")]
#![allow(clippy::indexing_slicing, reason = "helpers of tests, which may panic")]

pub(crate) mod chance;

use std::sync::LazyLock;

use armistice_geodesy::{Position, Side};
use geographiclib_rs::{DirectGeodesic, Geodesic, InverseGeodesic};

static WGS84: LazyLock<Geodesic> = LazyLock::new(Geodesic::wgs84);

/// A position, for tests that know it is one.
pub(crate) fn at(latitude: f64, longitude: f64) -> Position {
    match Position::new(latitude, longitude) {
        Ok(p) => p,
        Err(e) => unreachable!("{e}"),
    }
}

/// Distance in metres and azimuth in degrees at `a` of the way to `b`.
pub(crate) fn course(a: Position, b: Position) -> (f64, f64) {
    let (s, azimuth, _, _): (f64, f64, f64, f64) =
        WGS84.inverse(a.latitude(), a.longitude(), b.latitude(), b.longitude());
    (s, azimuth)
}

/// The angle in degrees, within ±180.
fn wrap(degrees: f64) -> f64 {
    (degrees + 180.0).rem_euclid(360.0) - 180.0
}

/// A place of a line where it is nearer than on either hand.
struct Foot {
    distance: f64,
    edge: usize,
    /// At the first or the last of the edge's ends, or between.
    end: Option<usize>,
    /// Clockwise from the edge's direction to the point, in degrees.
    turn: f64,
}

/// What a line is to a point.
pub(crate) struct Truth {
    pub(crate) distance: f64,
    /// All sides that stretches as near as [`TIE`] lie on; empty when that hangs
    /// on a few millimetres.
    pub(crate) sides: Vec<Side>,
}

/// How much farther a stretch may be than the nearest and still count as one
/// that could speak, in metres.
const TIE: f64 = 0.5;

/// The truth about an open line and a point.
pub(crate) fn line(vertices: &[Position], p: Position) -> Truth {
    let mut feet = Vec::new();
    let mut best = f64::INFINITY;
    for (edge, w) in vertices.windows(2).enumerate() {
        nearest_on(w[0], w[1], p, edge, &mut best, &mut feet);
    }
    let near: Vec<&Foot> = feet.iter().filter(|f| f.distance <= best + TIE).collect();
    let sides: Option<Vec<Side>> = near.iter().map(|foot| side(vertices, p, foot)).collect();
    Truth { distance: best, sides: sides.unwrap_or_default() }
}

/// The least distance to an open outline.
pub(crate) fn distance(vertices: &[Position], p: Position) -> f64 {
    let mut best = f64::INFINITY;
    for w in vertices.windows(2) {
        nearest_on(w[0], w[1], p, 0, &mut best, &mut Vec::new());
    }
    best
}

/// The minima of the distance from `p` along a geodesic: between neighbours of
/// five samples where the slope turns from down to up, by regula falsi on the
/// slope, which is the cosine of the angle to the point.
fn nearest_on(a: Position, b: Position, p: Position, edge: usize, best: &mut f64, feet: &mut Vec<Foot>) {
    const SAMPLES: u32 = 4;
    let (length, azimuth) = course(a, b);
    // (distance, slope, turn) at a place of the edge.
    let at = |s: f64| {
        let (lat, lon, ahead): (f64, f64, f64) = WGS84.direct(a.latitude(), a.longitude(), azimuth, s);
        let (metres, to, _, _): (f64, f64, f64, f64) = WGS84.inverse(lat, lon, p.latitude(), p.longitude());
        let turn = wrap(to - ahead);
        (metres, -turn.to_radians().cos(), turn)
    };
    let middle = at(length / 2.0);
    // By the triangle inequality nothing of this edge is near enough.
    if middle.0 - length / 2.0 > *best + 2.0 * TIE {
        return;
    }
    let mut keep = |distance: f64, end: Option<usize>, turn: f64| {
        *best = best.min(distance);
        feet.push(Foot { distance, edge, end, turn });
    };
    let mut last = (0.0, at(0.0));
    if last.1.1 >= 0.0 {
        keep(last.1.0, Some(edge), last.1.2);
    }
    for k in 1..=SAMPLES {
        let s = length * f64::from(k) / f64::from(SAMPLES);
        let next = (s, if k * 2 == SAMPLES { middle } else { at(s) });
        if last.1.1 < 0.0 && next.1.1 >= 0.0 {
            let (distance, turn) = between(&at, last, next);
            keep(distance, None, turn);
        }
        last = next;
    }
    if last.1.1 < 0.0 {
        keep(last.1.0, Some(edge + 1), last.1.2);
    }
}

type Sampled = (f64, (f64, f64, f64));

/// The distance and turn where the slope is none: the Illinois rule.
fn between(at: &impl Fn(f64) -> (f64, f64, f64), low: Sampled, high: Sampled) -> (f64, f64) {
    let (mut x0, mut x1) = (low.0, high.0);
    let (mut y0, mut y1) = (low.1.1, high.1.1);
    let mut found = if low.1.0 < high.1.0 { low.1 } else { high.1 };
    for _ in 0..80 {
        let x = (x0 * y1 - x1 * y0) / (y1 - y0);
        let here = at(x);
        if here.0 <= found.0 {
            found = here;
        }
        // The distance is too long by half the square of the slope, times it.
        if here.1 * here.1 * here.0 < 1e-7 || x1 - x0 < 1e-6 {
            break;
        }
        if here.1 < 0.0 {
            (x0, y0) = (x, here.1);
            y1 /= 2.0;
        } else {
            (x1, y1) = (x, here.1);
            y0 /= 2.0;
        }
    }
    (found.0, found.2)
}

/// By angles between exact geodesics; `None` when millimetres decide.
fn side(vertices: &[Position], p: Position, foot: &Foot) -> Option<Side> {
    let hand = |turn: f64| {
        let off = foot.distance * turn.to_radians().sin();
        (off.abs() > 3e-3).then_some(if off > 0.0 { Side::Right } else { Side::Left })
    };
    let Some(vertex) = foot.end else {
        return hand(foot.turn);
    };
    if foot.distance < 3e-3 {
        return None;
    }
    let here = vertices[vertex];
    let toward = |to: Position| course(here, to).1;
    match (vertex.checked_sub(1).map(|k| vertices[k]), vertices.get(vertex + 1)) {
        (Some(before), Some(&after)) => {
            // The left hand is from the way on, counter-clockwise, to the way back.
            let (on, back, to) = (toward(after), toward(before), toward(p));
            let (left, turned) = ((on - back).rem_euclid(360.0), (on - to).rem_euclid(360.0));
            Some(if turned < left { Side::Left } else { Side::Right })
        }
        _ => hand(foot.turn),
    }
}

/// How often a ring winds round a point. The azimuth of a geodesic edge, seen
/// from a point, turns one way and by less than half a circle: two geodesics
/// meet but once on one side of the Earth. So vertices alone are enough.
pub(crate) fn winds(ring: &[Position], p: Position) -> bool {
    let azimuths: Vec<f64> = ring.iter().map(|&v| course(p, v).1).collect();
    let turned: f64 = azimuths.iter().zip(azimuths.iter().cycle().skip(1)).map(|(a, b)| wrap(b - a)).sum();
    turned.abs() > 180.0
}
