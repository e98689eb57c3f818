use std::fmt;

/// A point on the WGS 84 ellipsoid, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    latitude: f64,
    longitude: f64,
}

impl Position {
    /// A position from degrees north and degrees east.
    ///
    /// # Errors
    /// [`OutOfRange`] when latitude is not within ±90 or longitude not within
    /// ±180, or either is not a number.
    pub fn new(latitude: f64, longitude: f64) -> Result<Self, OutOfRange> {
        if (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude) {
            Ok(Self { latitude, longitude })
        } else {
            Err(OutOfRange { latitude, longitude })
        }
    }

    /// A computed position, whose last digit rounding may have pushed over.
    pub(crate) const fn clamped(latitude: f64, longitude: f64) -> Self {
        Self { latitude: latitude.clamp(-90.0, 90.0), longitude: longitude.clamp(-180.0, 180.0) }
    }

    /// Degrees north of the equator, within ±90.
    #[must_use]
    pub const fn latitude(self) -> f64 {
        self.latitude
    }

    /// Degrees east of Greenwich, within ±180.
    #[must_use]
    pub const fn longitude(self) -> f64 {
        self.longitude
    }
}

/// `36.28888 N 37.16086 E`.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let north = if self.latitude < 0.0 { 'S' } else { 'N' };
        let east = if self.longitude < 0.0 { 'W' } else { 'E' };
        write!(f, "{:.5} {north} {:.5} {east}", self.latitude.abs(), self.longitude.abs())
    }
}

/// A latitude or longitude that no place on Earth has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OutOfRange {
    /// The latitude as given.
    pub latitude: f64,
    /// The longitude as given.
    pub longitude: f64,
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "latitude {} and longitude {} are not a place on Earth: latitude runs from -90 to 90, longitude from -180 to 180",
            self.latitude, self.longitude
        )
    }
}

impl std::error::Error for OutOfRange {}
