//! Probabilities against known values and against what must hold.

use armistice_geodesy::{
    Metres, Radius95, normal_cdf, probability_between, probability_half_plane, probability_within_band,
    probability_within_disc,
};
use proptest::prelude::*;

const KM: fn(f64) -> Metres = Metres::from_km;

fn radius(km: f64) -> Radius95 {
    match Radius95::new(KM(km)) {
        Ok(r) => r,
        Err(e) => unreachable!("{e}"),
    }
}

fn near(a: f64, b: f64, error: f64) {
    assert!((a - b).abs() <= error, "{a} is not {b}");
}

#[test]
fn known_values() {
    let r = radius(25.0);
    near(probability_within_band(KM(10.0), KM(5.0), r), 0.241_262, 5e-7);
    near(probability_within_band(KM(0.0), KM(10.0), r), 0.672_469, 5e-7);
    near(probability_half_plane(KM(10.0), r), 0.836_234, 5e-7);
    near(probability_within_disc(KM(20.0), KM(15.0), r), 0.209_978, 5e-7);
    // By what the 95 % radius means.
    near(probability_within_disc(KM(0.0), KM(25.0), r), 0.95, 1e-14);
}

#[test]
fn the_normal_distribution() {
    // mpmath at 40 digits.
    for (x, p) in [
        (-8.0, 6.220_960_574_271_784e-16),
        (-3.0, 0.001_349_898_031_630_094_5),
        (-1.0, 0.158_655_253_931_457_05),
        (0.5, 0.691_462_461_274_013_1),
        (2.0, 0.977_249_868_051_820_8),
    ] {
        near(normal_cdf(x), p, p * 1e-14);
    }
    assert_eq!(normal_cdf(f64::NEG_INFINITY), 0.0);
    assert_eq!(normal_cdf(f64::INFINITY), 1.0);
}

#[test]
fn discs() {
    // mpmath at 30 digits: the Rice density integrated, and Green's theorem.
    for (d, r, r95, p) in [
        (20.0, 15.0, 25.0, 0.209_977_940_252_657_1),
        (0.001, 15.0, 25.0, 0.659_882_323_299_280_7),
        (5.0, 15.0, 25.0, 0.617_129_421_323_145_8),
        (100.0, 80.0, 25.0, 0.021_936_496_570_121_63),
        (30.0, 0.5, 25.0, 1.606_724_438_945_256e-5),
        (10.0, 10.0, 1.0, 0.491_849_124_569_283_3),
        (100.0, 99.5, 1.0, 0.110_114_157_542_851_4),
        (100.0, 100.2, 1.0, 0.687_051_062_467_169_9),
        (16.5, 16.0, 1.0, 0.108_146_382_054_054_5),
        (1000.0, 1000.0, 1.0, 0.499_918_508_261_613_5),
        (3.0, 9.0, 4.0, 0.999_784_100_459_453_3),
    ] {
        near(probability_within_disc(KM(d), KM(r), radius(r95)), p, 1e-11);
    }
}

#[test]
fn extremes_do_not_overflow() {
    let m = Metres::new;
    for r95 in [f64::MIN_POSITIVE / 8.0, 1e-300, 1.0, 1e7, Radius95::MOST.get()] {
        let r95 = Radius95::new(m(r95)).unwrap();
        for d in [0.0, 1e-300, 1.0, 1e7, 1e300, f64::MAX] {
            for r in [-1.0, 0.0, 1e-300, 1.0, 1e7, 1e300, f64::MAX, f64::INFINITY] {
                let p = probability_within_disc(m(d), m(r), r95);
                assert!((0.0..=1.0).contains(&p), "{d} {r} {r95:?}: {p}");
                let p = probability_within_band(m(d), m(r), r95);
                assert!((0.0..=1.0).contains(&p), "{d} {r} {r95:?}: {p}");
            }
        }
        assert!(r95.combine(r95).radius().get().is_finite());
    }
}

#[test]
fn exact_positions() {
    let exact = Radius95::EXACT;
    assert_eq!(probability_within_band(KM(5.0), KM(5.0), exact), 1.0);
    assert_eq!(probability_within_band(KM(5.1), KM(5.0), exact), 0.0);
    assert_eq!(probability_between(KM(-1.0), KM(f64::NEG_INFINITY), KM(0.0), exact), 1.0);
    assert_eq!(probability_between(KM(1.0), KM(f64::NEG_INFINITY), KM(0.0), exact), 0.0);
    assert_eq!(probability_half_plane(KM(1.0), exact), 1.0);
    assert_eq!(probability_half_plane(KM(-1.0), exact), 0.0);
    assert_eq!(probability_half_plane(KM(0.0), exact), 0.5);
    assert_eq!(probability_within_disc(KM(1.0), KM(1.0), exact), 1.0);
    assert_eq!(probability_within_disc(KM(1.1), KM(1.0), exact), 0.0);
    assert!(probability_within_disc(KM(f64::NAN), KM(1.0), exact).is_nan());
    assert!(probability_between(KM(0.0), KM(f64::NAN), KM(1.0), exact).is_nan());
}

#[test]
fn radii() {
    assert_eq!(radius(3.0).combine(radius(4.0)).radius(), KM(5.0));
    near(radius(25.0).sigma().get(), 10_213.474_566, 1e-5);
    assert_eq!(radius(25.0).to_string(), "± 25.0 km (95 %)");
    for bad in [-1.0, f64::NAN, f64::INFINITY] {
        assert!(Radius95::new(KM(bad)).is_err());
    }
    assert_eq!(
        Radius95::new(Metres::new(-1.0)).unwrap_err().to_string(),
        "-1 metres is not a radius: give a length that is zero or more, and finite"
    );
    assert!(Radius95::new(Metres::new(-0.0)).unwrap().radius().get().is_sign_positive());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    #[test]
    fn sides_and_bands_add_up(s in -100.0..100.0, w in 0.0..50.0, v in 0.0..50.0, r in 0.01..50.0) {
        let r = radius(r);
        let inf = KM(f64::INFINITY);
        near(probability_half_plane(KM(s), r) + probability_half_plane(KM(-s), r), 1.0, 1e-14);
        near(probability_between(KM(s), KM(0.0), inf, r), probability_half_plane(KM(s), r), 1e-14);
        near(probability_within_band(KM(s), KM(w), r), probability_within_band(KM(-s), KM(w), r), 1e-14);
        let parts = probability_between(KM(s), -inf, KM(-w), r)
            + probability_between(KM(s), KM(-w), KM(v), r)
            + probability_between(KM(s), KM(v), inf, r);
        near(parts, 1.0, 1e-14);
        prop_assert_eq!(probability_between(KM(s), KM(w + 1.0), KM(w), r), 0.0);
    }

    #[test]
    fn larger_is_likelier_and_farther_is_not(d in 0.0..300.0, size in 0.0..300.0, more in 0.0..20.0, r in 0.1..50.0) {
        let r = radius(r);
        let disc = |d, size| probability_within_disc(KM(d), KM(size), r);
        let band = |d, size| probability_within_band(KM(d), KM(size), r);
        for f in [&disc as &dyn Fn(f64, f64) -> f64, &band] {
            let p = f(d, size);
            prop_assert!((0.0..=1.0).contains(&p));
            prop_assert!(f(d, size + more) >= p - 1e-11);
            prop_assert!(f(d + more, size) <= p + 1e-11);
        }
        // A disc fits in the band that is as wide.
        prop_assert!(disc(d, size) <= band(d, size) + 1e-11);
    }
}
