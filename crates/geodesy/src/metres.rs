use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

/// A length in metres.
///
/// Signed where a sign has a meaning (which side of a line), otherwise
/// non-negative. A newtype so that a distance is never added to a probability
/// or compared with a bearing.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Metres(f64);

impl Metres {
    /// No distance at all.
    pub const ZERO: Self = Self(0.0);

    /// A length of `metres` metres.
    #[must_use]
    pub const fn new(metres: f64) -> Self {
        Self(metres)
    }

    /// A length of `km` kilometres.
    #[must_use]
    pub const fn from_km(km: f64) -> Self {
        Self(km * 1000.0)
    }

    /// The number of metres.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// The length without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// √(a² + b²): how independent uncertainties add.
    #[must_use]
    pub fn hypot(self, other: Self) -> Self {
        Self(self.0.hypot(other.0))
    }
}

impl Add for Metres {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Metres {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Metres {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul<f64> for Metres {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self(self.0 * factor)
    }
}

/// `3500 m`, `12.4 km`: whole metres below ten kilometres, then a tenth of a
/// kilometre, which is finer than any source we read.
impl fmt::Display for Metres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.abs() < 10_000.0 { write!(f, "{:.0} m", self.0) } else { write!(f, "{:.1} km", self.0 / 1000.0) }
    }
}
