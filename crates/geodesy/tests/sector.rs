//! Sectors against brute force, anywhere on Earth.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod oracle;

use armistice_geodesy::{Metres, Position, Sector, SectorError};
use oracle::at;
use oracle::chance::Chance;

fn sector(observer: Position, bearing: (f64, f64), near: f64, far: f64) -> Sector {
    Sector::new(observer, bearing, (Metres::new(near), Metres::new(far))).unwrap()
}

/// A sector that reaches from 1 m to 100 km, with its bearings and distances.
fn any(chance: &mut Chance) -> (Position, (f64, f64), f64, f64) {
    let observer = chance.place();
    let far = chance.length(1.0..100_000.0);
    let near = match chance.below(4) {
        0 => 0.0,
        1 => far,
        _ => far * chance.between(0.0..1.0),
    };
    let from = chance.between(0.0..360.0);
    let bearing = match chance.below(6) {
        0 => (0.0, 360.0),
        1 => (from, from),
        2 => (from, (from + chance.between(0.0..3.0)) % 360.0),
        _ => (from, chance.between(0.0..360.0)),
    };
    (observer, bearing, near, far)
}

/// The least distance to a piece of a circle: sampled, then golden sections.
fn to_arc(chance: &Chance, observer: Position, r: f64, from: f64, span: f64, p: Position) -> f64 {
    const SAMPLES: i32 = 90;
    let f = |turn: f64| oracle::course(p, chance.go(observer, from + turn, r)).0;
    let step = span / f64::from(SAMPLES);
    let lowest = (0..=SAMPLES).min_by(|&a, &b| f(step * f64::from(a)).total_cmp(&f(step * f64::from(b)))).unwrap();
    let (mut low, mut high) = (step * f64::from(lowest - 1), step * f64::from(lowest + 1));
    if span < 360.0 {
        (low, high) = (low.max(0.0), high.min(span));
    }
    for _ in 0..45 {
        let (x, y) = (low + (high - low) * 0.382, low + (high - low) * 0.618);
        if f(x) < f(y) { high = y } else { low = x }
    }
    f((low + high) / 2.0).min(f(0.0)).min(f(span))
}

/// The distance to the edge, and whether inside; by no rule but what a sector is.
fn truth(
    chance: &Chance,
    (observer, bearing, near, far): (Position, (f64, f64), f64, f64),
    p: Position,
) -> (f64, bool) {
    let span = if bearing.1 < bearing.0 { bearing.1 + 360.0 - bearing.0 } else { bearing.1 - bearing.0 };
    let (metres, azimuth) = oracle::course(observer, p);
    let inside = (near..=far).contains(&metres) && (azimuth - bearing.0).rem_euclid(360.0) <= span;
    let mut least = to_arc(chance, observer, far, bearing.0, span, p);
    if near > 0.0 {
        least = least.min(to_arc(chance, observer, near, bearing.0, span, p));
    }
    if span < 360.0 && far > near {
        for azimuth in [bearing.0, bearing.0 + span] {
            let ends = [chance.go(observer, azimuth, near), chance.go(observer, azimuth, far)];
            least = least.min(oracle::distance(&ends, p));
        }
    }
    (least, inside)
}

fn compare(cases: u64) {
    let (mut worst, mut insides) = (0.0_f64, 0);
    for seed in 0..cases {
        let chance = &mut Chance::new(seed);
        let given = any(chance);
        let (observer, bearing, near, far) = given;
        let made = sector(observer, bearing, near, far);
        let p = match chance.below(3) {
            // By a corner, which is where rules go wrong.
            0 => {
                let r = if chance.below(2) == 0 { near } else { far };
                let corner = chance.go(observer, bearing.0, r);
                let (azimuth, metres) = (chance.azimuth(), chance.length(0.1..100_000.0));
                chance.go(corner, azimuth, metres)
            }
            1 => {
                let (azimuth, metres) = (chance.azimuth(), far * chance.between(0.0..1.0));
                chance.go(observer, azimuth, metres)
            }
            _ => {
                let (azimuth, metres) = (chance.azimuth(), chance.length(1.0..100_000.0));
                chance.go(observer, azimuth, metres)
            }
        };
        let (distance, inside) = truth(chance, given, p);
        let found = made.signed_distance(p).get();
        let say = || format!("{given:?} {p:?}: {found}, {distance} {inside}");
        worst = worst.max((found.abs() - distance).abs());
        assert!((found.abs() - distance).abs() < 2e-3, "{}", say());
        assert_eq!(made.distance_to(p).get(), found.max(0.0));
        if distance > 2e-3 {
            insides += u64::from(inside);
            assert_eq!(made.contains(p), inside, "{}", say());
            assert_eq!(found < 0.0, inside, "{}", say());
        }
    }
    println!("{cases} points by sectors, {insides} inside: off by at most {worst:e} m");
}

#[test]
fn some_points_by_sectors() {
    compare(200);
}

#[test]
#[ignore = "takes a minute in a release build"]
fn a_hundred_thousand_points_by_sectors() {
    compare(100_000);
}

#[test]
fn over_north() {
    let s = sector(at(48.0, 30.0), (350.0, 10.0), 1000.0, 5000.0);
    let chance = Chance::new(0);
    for (azimuth, metres, inside) in [
        (0.0, 3000.0, true),
        (9.0, 1001.0, true),
        (-9.0, 4999.0, true),
        (11.0, 3000.0, false),
        (180.0, 3000.0, false),
        (0.0, 999.0, false),
        (0.0, 5001.0, false),
    ] {
        assert_eq!(s.contains(chance.go(at(48.0, 30.0), azimuth, metres)), inside, "{azimuth} {metres}");
    }
    assert_eq!((s.from(), s.span(), s.observer()), (350.0, 20.0, at(48.0, 30.0)));
    assert_eq!(s.range(), (Metres::new(1000.0), Metres::new(5000.0)));
}

#[test]
fn one_bearing_is_a_ray_and_a_circle_is_whole() {
    let o = at(10.0, 20.0);
    let chance = Chance::new(0);
    let ray = sector(o, (90.0, 90.0), 0.0, 5000.0);
    assert!(ray.contains(chance.go(o, 90.0, 4000.0)));
    assert!(!ray.contains(chance.go(o, 91.0, 4000.0)));
    assert!((ray.distance_to(chance.go(o, 0.0, 300.0)).get() - 300.0).abs() < 1e-3);
    let circle = sector(o, (0.0, 360.0), 0.0, 5000.0);
    assert!((circle.signed_distance(o).get() + 5000.0).abs() < 1e-9);
    assert!((circle.signed_distance(chance.go(o, 33.0, 4000.0)).get() + 1000.0).abs() < 1e-6);
    let place = sector(o, (10.0, 20.0), 0.0, 0.0);
    assert!(place.contains(o));
    assert!((place.distance_to(chance.go(o, 200.0, 70.0)).get() - 70.0).abs() < 1e-6);
}

#[test]
fn what_is_not_a_sector_says_why() {
    let o = at(10.0, 20.0);
    let try_to = |bearing, near, far| Sector::new(o, bearing, (Metres::new(near), Metres::new(far)));
    for degrees in [-1.0, 361.0, f64::NAN] {
        assert!(matches!(try_to((degrees, 3.0), 0.0, 1.0), Err(SectorError::Bearing { .. })));
        assert!(matches!(try_to((3.0, degrees), 0.0, 1.0), Err(SectorError::Bearing { .. })));
    }
    for (near, far) in [(-1.0, 5.0), (5.0, 4.0), (f64::NAN, 5.0), (1.0, f64::NAN)] {
        assert!(matches!(try_to((3.0, 4.0), near, far), Err(SectorError::Range { .. })));
    }
    let said = |e: Result<Sector, SectorError>| e.unwrap_err().to_string();
    assert_eq!(
        said(try_to((400.0, 3.0), 0.0, 1.0)),
        "400 degrees is not a bearing: give 0 to 360, clockwise from true north"
    );
    assert_eq!(
        said(try_to((0.0, 3.0), 5.0, 1.0)),
        "5 to 1 metres is not a range: give the nearest distance first, both zero or more"
    );
    assert_eq!(said(try_to((0.0, 3.0), 5.0, 2e7)), "20000000 metres is too far for a sector: give at most 10000.0 km");
}
