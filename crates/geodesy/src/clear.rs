//! When a place is so far from an edge that no probability need be worked out.

use crate::{Metres, Radius95};

/// How many 95 % radii a place must be from the edge of some ground for it to be
/// certain to within 1e-4 whether it lies there; of report and shape together.
///
/// *The truth.* Within x of the reported place lies the true one with probability
/// 1 − exp(−x²/2σ²) = 1 − 0.05^(x²/R²). If the edge is x away, all of that is on
/// one side of it, however it bends; 0.05^(1.76²) = 9.4e-5, and no factor
/// below 1.7534 would do.
///
/// *The formulas.* For a disc the same holds. For a line and an area each edge takes or
/// leaves at most Φ(−1.76 R/σ) = 1.7e-5, and there are at most two.
///
/// *The mean over places.* Of n places of a normal with R₁, each counts with a blur b
/// that has B = 1.6 R₁/√n and the shape's R₂ in it, R² = R₁² + R₂². A place at ρ from
/// the middle is x − ρ from the edge at least, which is positive for all (none is farther
/// out than 1.595 R₁), and counts ⁴⁄₃Φ(−(x−ρ)/b₁) − ⅓Φ(−(x−ρ)/b₂) at most, or nothing. Summed
/// over the 1024 places of the rule for every R₁/R, that is at most 6.2e-5, at
/// R₁ = 0.76 R; and the other edge of a strip, 1.76 R away or more from all
/// that is on the line, adds at most what the formula has.
pub const CLEAR: f64 = 1.76;

/// Whether a place at least `lower` from a shape lies within `limit` of it with a
/// probability below 1e-4: by the truth, by the formulas, and by the mean over
/// places alike. `both` is the radius of report and shape together; one known
/// exactly is clear if it is farther at all.
///
/// ```
/// use armistice_geodesy::{Metres, Radius95, clear_of};
///
/// let both = Radius95::new(Metres::from_km(1.0))?;
/// assert!(clear_of(Metres::from_km(5.3), Metres::from_km(3.5), both));
/// assert!(!clear_of(Metres::from_km(5.2), Metres::from_km(3.5), both));
/// # Ok::<(), armistice_geodesy::BadRadius>(())
/// ```
#[must_use]
pub fn clear_of(lower: Metres, limit: Metres, both: Radius95) -> bool {
    lower - limit > both.radius() * CLEAR
}

/// Whether a place at most `upper` from a shape lies within `limit` of it with a
/// probability above 1 − 1e-4, as [`clear_of`].
#[must_use]
pub fn well_within(upper: Metres, limit: Metres, both: Radius95) -> bool {
    limit - upper >= both.radius() * CLEAR
}

/// How many 95 % radii a place must be from an edge for the probability of lying
/// beyond it to be below `chance`: by the truth, by the formulas, and by the mean over
/// places alike. [`CLEAR`] for other chances than 1e-4.
///
/// √(ln(1/chance)/ln 20) by the truth, and 6 % more for the mean, for chances of at
/// most 0.2: a place that is beyond counts 1.028 at most, and that of the 1024 which
/// is farthest out, at 1.595 R, is a thousandth of all. So at a standard of 95 % a
/// report that is 1.06 radii outside is outside. To be as sure that a place is within
/// ground that has two edges, like a strip, take half the chance.
///
/// Infinite for a chance of zero; zero for one of 1 or more.
#[must_use]
pub fn clear_radii(chance: f64) -> f64 {
    1.06 * ((1.0 / chance.clamp(0.0, 1.0)).ln() / 20.0_f64.ln()).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normal_cdf;
    use crate::spiral::{step, vogel};

    /// What the places of a normal with `part` of the radius count beyond an edge at
    /// `factor` radii, in units of the whole radius.
    fn beyond(part: f64, factor: f64) -> f64 {
        let sigmas = 2.447_746_830_680_816;
        let shape = (1.0 - part * part).max(0.0).sqrt();
        let blur = |times: f64| shape.hypot(times * 0.05 * part);
        let at = |x: f64| {
            let sides = [1.0, 2.0].map(|times| normal_cdf(-x * sigmas / blur(times)));
            let count = (sides[0] + (sides[0] - sides[1]) / 3.0).max(0.0);
            // From there on it may be more a little farther out, but nowhere more than this.
            if x * sigmas < -blur(1.0) { count.max(1.028) } else { count }
        };
        let sum: f64 = (0..1024).map(|k| at(factor - vogel(step(k, 1024).0, step(k, 1024).1).1 * part / sigmas)).sum();
        sum / 1024.0
    }

    #[test]
    fn the_factor_is_enough_for_a_mean_and_not_much_too_large() {
        for percent in 1..=100 {
            let part = f64::from(percent) / 100.0;
            let strip = beyond(part, CLEAR) + 4.0 / 3.0 * normal_cdf(-CLEAR * 2.447_746_830_680_816);
            assert!(strip < 1e-4, "{part} {strip}");
        }
        assert!(beyond(0.76, 1.7) > 1e-4);
        assert!(0.05_f64.powf(CLEAR * CLEAR) < 1e-4 && 0.05_f64.powf(1.753 * 1.753) > 1e-4);
    }

    #[test]
    fn other_chances() {
        for chance in [0.2, 0.1, 0.05, 0.02, 0.01, 0.0029, 0.0019, 1e-3, 0.98e-3, 0.9e-3, 5e-4, 1e-4, 1e-6] {
            let radii = clear_radii(chance);
            assert!(0.05_f64.powf(radii * radii) < chance);
            for percent in 1..=100 {
                let part = f64::from(percent) / 100.0;
                assert!(beyond(part, radii - 1e-3) < chance, "{chance} {part} {}", beyond(part, radii - 1e-3));
            }
        }
        assert!((clear_radii(0.05) - 1.06).abs() < 1e-12);
        assert_eq!((clear_radii(0.0), clear_radii(1.0)), (f64::INFINITY, 0.0));
    }
}
