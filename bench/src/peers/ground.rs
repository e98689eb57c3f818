//! The three shapes that records are measured from, and the plane on which the
//! peers measure.

use std::f64::consts::PI;
use std::fmt::Write as _;

use super::dice::Dice;

/// The middle of the ground, degrees north and east.
pub const MIDDLE: (f64, f64) = (15.0, 30.0);

/// The seed of the shapes, of the records and of all that is drawn.
pub const SEED: u64 = 2_024;

/// Metres to a degree, roughly: enough to scatter places with.
const TO_A_DEGREE: f64 = 111_000.0;

/// A place so many metres east and north of the middle, roughly.
#[must_use]
pub fn place(east: f64, north: f64) -> (f64, f64) {
    (MIDDLE.0 + north / TO_A_DEGREE, MIDDLE.1 + east / (TO_A_DEGREE * (MIDDLE.0 * PI / 180.0).cos()))
}

/// A shape: its name, and its vertices in metres east and north of the middle.
#[derive(Clone, Debug)]
pub struct Shape {
    /// As the agreement calls it.
    pub name: &'static str,
    /// Whether it is an area.
    pub area: bool,
    /// Metres east and north, roughly.
    pub vertices: Vec<(f64, f64)>,
}

/// A line of so many vertices, 100 km from west to east, that wanders about one
/// parallel.
#[must_use]
pub fn line(name: &'static str, vertices: usize, north: f64, seed: u64) -> Shape {
    let mut dice = Dice::of(SEED, seed);
    let step = 100_000.0 / (vertices.max(2) - 1) as f64;
    let mut off = 0.0;
    let places = (0..vertices.max(2)).map(|at| {
        off = 0.97 * off + dice.between(-0.8, 0.8) * step;
        (-50_000.0 + step * at as f64, north + off)
    });
    Shape { name, area: false, vertices: places.collect() }
}

/// An area of so many corners, 8 to 14 km from its middle.
#[must_use]
pub fn area(name: &'static str, corners: usize, middle: (f64, f64), seed: u64) -> Shape {
    let mut dice = Dice::of(SEED, seed);
    let places = (0..corners).map(|at| {
        let (turn, far) = (2.0 * PI * at as f64 / corners as f64, dice.between(8_000.0, 14_000.0));
        (middle.0 + far * turn.cos(), middle.1 + far * turn.sin())
    });
    Shape { name, area: true, vertices: places.collect() }
}

/// The river, the road and the town of the agreement beside the peers' programs.
#[must_use]
pub fn shapes() -> [Shape; 3] {
    [line("River", 200, 0.0, 1), line("Road", 200, 14_000.0, 2), area("Town", 60, (12_000.0, -20_000.0), 3)]
}

impl Shape {
    /// Its vertices in degrees east and north, a ring closed.
    fn degrees(&self) -> Vec<(f64, f64)> {
        let mut all: Vec<(f64, f64)> = self
            .vertices
            .iter()
            .map(|&(east, north)| place(east, north))
            .map(|(latitude, longitude)| (rounded(longitude), rounded(latitude)))
            .collect();
        if self.area {
            all.extend(all.first().copied());
        }
        all
    }

    /// It in well-known text, in metres on the peers' plane.
    #[must_use]
    pub fn text_on_plane(&self) -> String {
        let metres = self.degrees().into_iter().map(|(longitude, latitude)| on_plane(latitude, longitude));
        let metres: Vec<String> = metres.map(|(x, y)| format!("{x:.3} {y:.3}")).collect();
        match self.area {
            true => format!("POLYGON(({}))", metres.join(", ")),
            false => format!("LINESTRING({})", metres.join(", ")),
        }
    }

    /// The box about it on the peers' plane: least x and y, greatest x and y.
    #[must_use]
    pub fn bounds_on_plane(&self) -> [f64; 4] {
        let start = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        self.degrees().into_iter().map(|(longitude, latitude)| on_plane(latitude, longitude)).fold(
            start,
            |b, (x, y)| {
                let [west, south, east, north] = b;
                [west.min(x), south.min(y), east.max(x), north.max(y)]
            },
        )
    }
}

/// The shapes as GeoJSON, each under its name in small letters.
#[must_use]
pub fn geojson(shapes: &[Shape]) -> String {
    let mut out = "{\"type\": \"FeatureCollection\", \"features\": [\n".to_owned();
    for (number, shape) in shapes.iter().enumerate() {
        let places: Vec<String> = shape.degrees().iter().map(|(x, y)| format!("[{x:.6}, {y:.6}]")).collect();
        let (kind, open, close) = if shape.area { ("Polygon", "[[", "]]") } else { ("LineString", "[", "]") };
        let comma = if number == 0 { "" } else { ",\n" };
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "{comma}{{\"type\": \"Feature\", \"id\": \"{}\", \"properties\": {{}}, \"geometry\": {{\"type\": \"{kind}\", \"coordinates\": {open}{}{close}}}}}",
            shape.name.to_lowercase(),
            places.join(", ")
        );
    }
    out + "\n]}\n"
}

/// As the GeoJSON has it, so that all measure from the same vertices.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

/// A place on the peers' plane: a transverse Mercator projection of WGS 84 about
/// the middle, in metres, without the terms that come to less than 2 cm within
/// 120 km. The peers' programs reckon the same; a map projection of a library
/// costs them several times as much.
#[must_use]
pub fn on_plane(latitude: f64, longitude: f64) -> (f64, f64) {
    let (phi, east) = (latitude.to_radians(), (longitude - MIDDLE.1).to_radians());
    let e2 = 0.006_694_379_990_141_316;
    let (sin, cos, tan) = (phi.sin(), phi.cos(), phi.tan());
    let n = 6_378_137.0 / (1.0 - e2 * sin * sin).sqrt();
    let (t, c, a) = (tan * tan, e2 / (1.0 - e2) * cos * cos, east * cos);
    let x = n * (a + (1.0 - t + c) * a.powi(3) / 6.0);
    let y = meridian(phi) - meridian(MIDDLE.0.to_radians())
        + n * tan * (a * a / 2.0 + (5.0 - t + 9.0 * c + 4.0 * c * c) * a.powi(4) / 24.0);
    (x, y)
}

/// Metres from the equator along a meridian.
fn meridian(phi: f64) -> f64 {
    6_367_449.145_823_415 * phi - 16_038.508_741_268_12 * (2.0 * phi).sin() + 16.832_613_326_6 * (4.0 * phi).sin()
        - 0.021_984_4 * (6.0 * phi).sin()
}
