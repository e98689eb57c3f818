//! The probability of lying within a disc: the non-central χ² distribution
//! with two degrees of freedom.

use std::f64::consts::PI;

use crate::uncertainty::certainly;
use crate::{Metres, Radius95};

/// Beyond this many σ from the circle the answer is 0 or 1 to within 3e-19.
const FAR: f64 = 9.0;
/// Where √(ab) exceeds this, a sum over the circle needs more terms than one
/// along the radius.
const LARGE: f64 = 40.0;
/// Trapezoids of this many σ: the error for a normal is exp(−2π²/0.6²) = 2e-24.
const STEP: f64 = 0.6;

/// The probability that the true position is within `r_disc` of a place at
/// distance `d` from the reported one.
///
/// 1 − Q₁(d/σ, r/σ), Q₁ being the Marcum Q function (J. I. Marcum, A
/// statistical theory of target detection by pulsed radar, RAND RM-754, 1947).
/// Absolute error below 1e-11; no argument overflows. The plane stands for the
/// Earth, so radii should be well below 1000 km. Zero for a negative `r_disc`.
#[must_use]
pub fn probability_within_disc(d: Metres, r_disc: Metres, r95: Radius95) -> f64 {
    let (d, r) = (d.get().abs(), r_disc.get());
    let sigma = r95.sigma().get();
    if sigma == 0.0 {
        return certainly(d <= r, &[d, r]);
    }
    let (a, b) = (d / sigma, r / sigma);
    if a.is_nan() || b.is_nan() {
        f64::NAN
    } else if a.is_infinite() || b.is_infinite() {
        // A σ too small for the quotient is no σ at all.
        certainly(d <= r, &[d, r])
    } else if b <= 0.0 || a - b > FAR {
        0.0
    } else if b - a > FAR {
        1.0
    } else if a * b < LARGE * LARGE {
        round_the_circle(a, b).clamp(0.0, 1.0)
    } else {
        along_the_radius(a, b).clamp(0.0, 1.0)
    }
}

/// By Green's theorem on the disc of radius b, whose rim at angle φ is
/// ρ² = a² + b² − 2ab cos φ from the centre of the normal:
///
/// P = 1/2π ∮ (b² − ab cos φ) (1 − exp(−ρ²/2)) / ρ² dφ
///
/// The integrand is entire and periodic, so the trapezoidal rule converges
/// faster than any power (L. N. Trefethen and J. A. C. Weideman, The
/// exponentially convergent trapezoidal rule, SIAM Review 56 (2014) 385–458).
fn round_the_circle(a: f64, b: f64) -> f64 {
    let steps = (PI * (a * b).sqrt() / STEP).ceil().max(16.0);
    let term = |k: f64| {
        let angle = PI * k / steps;
        // (b−a)² + 4ab sin²(φ/2) is ρ² without the cancellation.
        let across = (angle / 2.0).sin();
        let half_square = (b - a) * (b - a) / 2.0 + 2.0 * a * b * across * across;
        let ratio = if half_square < 1e-300 { 1.0 } else { -(-half_square).exp_m1() / half_square };
        (b * (b - a) + 2.0 * a * b * across * across) / 2.0 * ratio
    };
    // The circle is symmetric: half of it, whose ends count half.
    let mut sum = (term(0.0) + term(steps)) / 2.0;
    let mut k = 1.0;
    while k < steps {
        sum += term(k);
        k += 1.0;
    }
    sum / steps
}

/// The density of the distance x from the disc's centre (Rice's distribution),
/// summed up to b:
///
/// P = ∫ x exp(−(x−a)²/2) e^(−ax) I₀(ax) dx
///
/// With ax above 700 the first terms of Hankel's expansion of I₀ suffice
/// (Abramowitz and Stegun 9.7.1): the first one left out is below 1e-14.
/// Gauss's five-point rule on panels of at most σ/4.
fn along_the_radius(a: f64, b: f64) -> f64 {
    let start = (a - FAR).max(0.0);
    // Clamped: above a + FAR there is nothing to sum. At most 72 panels.
    let width = (b - a).clamp(-FAR, FAR) + (a - start);
    let panels = (width * 4.0).ceil().max(1.0);
    let half = width / panels / 2.0;
    let density = |from_a: f64| {
        let x = a + from_a;
        let z = 8.0 * a * x;
        let hankel = 1.0 + (1.0 + (4.5 + (37.5 + 459.375 / z) / z) / z) / z;
        (x / (2.0 * PI * a)).sqrt() * (-from_a * from_a / 2.0).exp() * hankel
    };
    let mut sum = 0.0;
    let mut panel = 0.0;
    while panel < panels {
        // Measured from a, so that a huge a does not swallow the step.
        let middle = (start - a) + half * (2.0 * panel + 1.0);
        for (node, weight) in GAUSS {
            sum += weight * density(middle + half * node);
        }
        panel += 1.0;
    }
    sum * half
}

/// Nodes and weights of the five-point Gauss-Legendre rule on −1..1
/// (Abramowitz and Stegun, table 25.4).
const GAUSS: [(f64, f64); 5] = [
    (-0.906_179_845_938_664, 0.236_926_885_056_189_1),
    (-0.538_469_310_105_683_1, 0.478_628_670_499_366_5),
    (0.0, 0.568_888_888_888_888_9),
    (0.538_469_310_105_683_1, 0.478_628_670_499_366_5),
    (0.906_179_845_938_664, 0.236_926_885_056_189_1),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_agree_where_both_hold() {
        for (a, b) in [(40.0, 40.0), (36.0, 44.5), (60.0, 52.0), (58.0, 59.3), (100.0, 101.0)] {
            let (p, q) = (round_the_circle(a, b), along_the_radius(a, b));
            assert!((p - q).abs() < 1e-12, "{a} {b}: {p} {q}");
        }
    }
}
