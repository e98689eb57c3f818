//! Random places, lines and rings, the same ones each time.

use std::ops::Range;

use armistice_geodesy::Position;
use geographiclib_rs::{DirectGeodesic, Geodesic};

/// Steele, Lea and Flood's SplitMix64.
pub(crate) struct Chance {
    state: u64,
    wgs84: Geodesic,
}

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15), wgs84: Geodesic::wgs84() }
    }

    fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn between(&mut self, range: Range<f64>) -> f64 {
        range.start + (range.end - range.start) * ((self.bits() >> 11) as f64 / (1u64 << 53) as f64)
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.bits() % n
    }

    /// As many in each decade.
    pub(crate) fn length(&mut self, range: Range<f64>) -> f64 {
        self.between(range.start.ln()..range.end.ln()).exp()
    }

    pub(crate) fn azimuth(&mut self) -> f64 {
        self.between(-180.0..180.0)
    }

    pub(crate) fn go(&self, p: Position, azimuth: f64, metres: f64) -> Position {
        let (lat, lon): (f64, f64) = self.wgs84.direct(p.latitude(), p.longitude(), azimuth, metres);
        super::at(lat.clamp(-90.0, 90.0), lon.clamp(-180.0, 180.0))
    }

    /// Anywhere; half of the time by a pole or the antimeridian, or on it.
    pub(crate) fn place(&mut self) -> Position {
        let metres = self.length(1.0..500_000.0);
        let azimuth = self.azimuth();
        let latitude = self.between(-1.0..1.0).asin().to_degrees();
        let pole = if self.below(2) == 0 { 90.0 } else { -90.0 };
        match self.below(20) {
            0..4 => self.go(super::at(pole, azimuth), azimuth, metres),
            4 => super::at(pole, azimuth),
            5..9 => self.go(super::at(latitude, 180.0), azimuth, metres),
            9 => super::at(latitude, 180.0_f64.copysign(azimuth)),
            _ => super::at(latitude, self.azimuth()),
        }
    }

    /// Two to six vertices, with edges from 1 m to 500 km.
    pub(crate) fn line(&mut self) -> Vec<Position> {
        let scale = self.length(1.0..500_000.0);
        let mut vertices = vec![self.place()];
        for _ in 0..=self.below(5) {
            let metres = (scale * self.length(0.3..3.0)).clamp(1.0, 500_000.0);
            let azimuth = self.azimuth();
            vertices.push(self.go(vertices[vertices.len() - 1], azimuth, metres));
        }
        vertices
    }

    /// A star with three to nine tips of up to 500 km, either way round, and
    /// maybe a hole in it; round its middle, which is often a pole.
    pub(crate) fn star(&mut self) -> (Vec<Position>, Vec<Vec<Position>>) {
        let middle = self.place();
        let scale = self.length(1.0..250_000.0);
        let tips = 3 + self.below(7);
        let first = self.azimuth();
        let turn = 360.0 / tips as f64;
        let mut least = f64::INFINITY;
        let mut ring: Vec<Position> = (0..tips)
            .map(|k| {
                let radius = scale * self.length(0.5..2.0);
                least = least.min(radius);
                self.go(middle, first + turn * k as f64, radius)
            })
            .collect();
        let mut holes = Vec::new();
        if tips >= 5 && self.below(3) == 0 {
            let size = self.between(0.1..0.6) * least;
            holes.push((0..4).map(|k| self.go(middle, first + 90.0 * f64::from(k), size)).collect());
        }
        if self.below(2) == 0 {
            ring.reverse();
        }
        (ring, holes)
    }

    /// 1 m to 500 km from somewhere on the outline.
    pub(crate) fn point_by(&mut self, outline: &[Position]) -> Position {
        let edge = self.below(outline.len() as u64 - 1) as usize;
        let along = if self.below(3) == 0 { 0.0 } else { self.between(0.0..1.0) };
        let (metres, azimuth) = super::course(outline[edge], outline[edge + 1]);
        let by = self.go(outline[edge], azimuth, metres * along);
        let (azimuth, metres) = (self.azimuth(), self.length(1.0..500_000.0));
        self.go(by, azimuth, metres)
    }
}
