//! How sure a reported position is, and what follows for lines and areas.
//!
//! The true position is taken to be normally distributed about the reported
//! one, alike in all directions, with standard deviation σ on each axis. A
//! [`Radius95`] is the radius of the disc that holds it with probability 95 %.
//! Every function takes σ = 0 as an exactly known position, and returns NaN
//! only for a NaN or an infinite distance.

use std::fmt;

use crate::Metres;

/// √(−2 ln 0.05): the 95 % radius in units of σ. The distance from the centre
/// of a 2-D normal is Rayleigh distributed, P(ρ ≤ R) = 1 − exp(−R²/2σ²).
const SIGMAS: f64 = 2.447_746_830_680_816;

/// The radius about a reported position that holds the true one with 95 %
/// probability: not negative, and at most half way round the Earth.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Radius95(Metres);

impl Radius95 {
    /// A position known exactly.
    pub const EXACT: Self = Self(Metres::ZERO);

    /// Half way round the Earth, and a little: beyond it nothing is farther.
    pub const MOST: Metres = Metres::new(20_100_000.0);

    /// A 95 % radius of `radius`.
    ///
    /// # Errors
    /// [`BadRadius`] when it is negative, beyond [`Self::MOST`] or not a number.
    pub fn new(radius: Metres) -> Result<Self, BadRadius> {
        if radius.get() >= 0.0 && radius <= Self::MOST {
            // Adding zero turns a negative zero into zero.
            Ok(Self(radius + Metres::ZERO))
        } else {
            Err(BadRadius { radius })
        }
    }

    /// The radius.
    #[must_use]
    pub const fn radius(self) -> Metres {
        self.0
    }

    /// The standard deviation on each axis: R / √(−2 ln 0.05).
    #[must_use]
    pub fn sigma(self) -> Metres {
        Metres::new(self.0.get() / SIGMAS)
    }

    /// A radius so many times as long.
    pub(crate) fn times(self, factor: f64) -> Self {
        Self(Metres::new((self.0.get() * factor).clamp(0.0, Self::MOST.get())))
    }

    /// The radius of the sum of two independent errors: √(R₁² + R₂²), as
    /// variances add.
    #[must_use]
    pub fn combine(self, other: Self) -> Self {
        Self(Metres::new(self.0.hypot(other.0).get().min(Self::MOST.get())))
    }
}

/// `± 25.0 km (95 %)`.
impl fmt::Display for Radius95 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "± {} (95 %)", self.0)
    }
}

/// A number that is no radius.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BadRadius {
    /// The radius as given.
    pub radius: Metres,
}

impl fmt::Display for BadRadius {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} metres is not a radius: give a length that is zero or more, and finite", self.radius.get())
    }
}

impl std::error::Error for BadRadius {}

/// Φ(x) = erfc(−x/√2)/2: the probability that a standard normal is at most x.
///
/// Relative error about 1e-15 for |x| ≤ 5, growing as x² in the far lower tail
/// (`libm::erfc`, after Sun's `s_erf.c`).
#[must_use]
pub fn normal_cdf(x: f64) -> f64 {
    libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2) / 2.0
}

/// Φ(b) − Φ(a), or zero when b ≤ a.
fn normal_between(a: f64, b: f64) -> f64 {
    // In the upper tail both are near 1 and their difference is all rounding;
    // its mirror image is not.
    let p = if a > 0.0 { normal_cdf(-a) - normal_cdf(-b) } else { normal_cdf(b) - normal_cdf(a) };
    if p < 0.0 { 0.0 } else { p }
}

/// 1 or 0, or NaN when an argument is NaN.
pub(crate) fn certainly(holds: bool, arguments: &[f64]) -> f64 {
    if arguments.iter().any(|x| x.is_nan()) { f64::NAN } else { f64::from(u8::from(holds)) }
}

/// The probability that the true position is within `half_width` of a straight
/// line at distance `d`: Φ((d+w)/σ) − Φ((d−w)/σ).
///
/// The error of a position across a line is normal with that same σ. A line
/// that bends within a few σ of the point is not straight enough for this.
#[must_use]
pub fn probability_within_band(d: Metres, half_width: Metres, r: Radius95) -> f64 {
    probability_between(d, -half_width, half_width, r)
}

/// The probability that the true signed distance lies in `low..=high`, given
/// the signed distance of the reported position from a straight line:
/// Φ((high−s)/σ) − Φ((low−s)/σ).
///
/// Either bound may be infinite. Zero when `low` is above `high`.
#[must_use]
pub fn probability_between(signed: Metres, low: Metres, high: Metres, r: Radius95) -> f64 {
    let (s, low, high) = (signed.get(), low.get(), high.get());
    let sigma = r.sigma().get();
    if sigma == 0.0 {
        return certainly(low <= s && s <= high, &[s, low, high]);
    }
    normal_between((low - s) / sigma, (high - s) / sigma)
}

/// The probability that the true position is on the positive side of a
/// straight line at signed distance `signed`: Φ(s/σ).
///
/// An exact position on the line is on neither side more than the other: ½, as
/// for every other σ.
#[must_use]
pub fn probability_half_plane(signed: Metres, r: Radius95) -> f64 {
    let s = signed.get();
    let sigma = r.sigma().get();
    if s == 0.0 {
        0.5
    } else if sigma == 0.0 {
        certainly(s > 0.0, &[s])
    } else {
        normal_cdf(s / sigma)
    }
}
