//! Places that stand for a spread, against closed forms and fine quadrature.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod oracle;

use armistice_geodesy::{
    Area, Line, Metres, Polygon, Position, Radius95, Sample, Sector, Side, distance, normal_cdf, probability_between,
    probability_half_plane, probability_within_band, probability_within_disc,
};
use oracle::at;
use oracle::chance::Chance;

const KM: fn(f64) -> Metres = Metres::from_km;

fn radius(km: f64) -> Radius95 {
    Radius95::new(KM(km)).unwrap()
}

fn near(a: f64, b: f64, error: f64) {
    assert!((a - b).abs() <= error, "{a} is not {b} within {error}");
}

fn signed(line: &Line, p: Position) -> Metres {
    let nearest = line.nearest(p);
    if nearest.side == Side::Right { nearest.distance } else { -nearest.distance }
}

#[test]
fn known_values() {
    let chance = Chance::new(0);
    let r = radius(25.0);
    let on = at(48.0, 30.0);
    for course in [0.0, 33.0, 90.0] {
        let line = Line::new(vec![chance.go(on, course + 180.0, 400_000.0), chance.go(on, course, 400_000.0)]).unwrap();
        for (n, error) in [(512, 5e-3), (1024, 2e-3), (4096, 5e-4)] {
            let sample = |km: f64| Sample::of_normal(chance.go(on, course + 90.0, km * 1000.0), r, n);
            let band = |km: f64, w: f64| {
                sample(km).mean(|p| line.distance_to(p), |&d, blur| probability_within_band(d, KM(w), blur))
            };
            near(band(10.0, 5.0), 0.241_262, error);
            near(band(0.0, 10.0), 0.672_469, error);
            let half = sample(10.0).mean(|p| signed(&line, p), |&s, blur| probability_half_plane(s, blur));
            near(half, 0.836_234, error);
            let disc = sample(20.0).mean(|p| distance(p, on), |&d, blur| probability_within_disc(d, KM(15.0), blur));
            near(disc, 0.209_978, error);
        }
    }
}

#[test]
fn the_same_places_each_time() {
    let r = radius(10.0);
    let sample = Sample::of_normal(at(48.0, 30.0), r, 256);
    assert_eq!(sample, Sample::of_normal(at(48.0, 30.0), r, 256));
    assert_eq!(sample.points().len(), 256);
    assert_eq!(sample.points()[100].to_string(), "48.01207 N 30.05163 E");
    assert!((sample.blur().radius().get() - 1000.0).abs() < 1e-6);
    assert!(sample.reach().get().is_infinite());
    // As wide as it should be: the mean square distance is 2σ².
    let square: f64 = sample.points().iter().map(|&p| distance(p, at(48.0, 30.0)).get().powi(2)).sum::<f64>() / 256.0;
    near(square / (2.0 * r.sigma().get().powi(2)), 1.0, 5e-3);

    let exact = Sample::of_normal(at(48.0, 30.0), Radius95::EXACT, 256);
    assert_eq!((exact.points(), exact.reach(), exact.blur()), (&[at(48.0, 30.0)][..], Metres::ZERO, Radius95::EXACT));
    assert_eq!(exact.mean(|p| p, |&p, _| f64::from(u8::from(p.latitude() > 47.0))), 1.0);
    for n in [0, 1, 2] {
        assert_eq!(
            Sample::of_normal(at(90.0, 0.0), Radius95::new(Radius95::MOST).unwrap(), n).points().len(),
            n.max(1)
        );
    }
}

/// Some ground by a bent line or a polygon, drawn in units of σ.
enum Ground {
    Within(Line, Metres),
    In(Area, Metres),
}

impl Ground {
    fn is_in(&self, p: Position) -> bool {
        match self {
            Self::Within(line, w) => line.distance_to(p) <= *w,
            Self::In(area, w) => area.signed_distance(p) <= *w,
        }
    }

    fn by_sample(&self, sample: &Sample) -> f64 {
        match self {
            Self::Within(line, w) => sample.mean_about(line, None, -*w, *w, Radius95::EXACT),
            Self::In(area, w) => {
                sample.mean_between(&sample.to_area(area), Metres::new(f64::NEG_INFINITY), *w, Radius95::EXACT)
            }
        }
    }
}

/// A shape with its reported point up to 2 σ off, turned any way.
fn shape(chance: &mut Chance, at_: Position, sigma: f64) -> (&'static str, Ground) {
    let kind = chance.below(9);
    let (a, g) = (chance.length(0.05..5.0), chance.length(0.05..1.0));
    let far = 20.0;
    let (name, corners): (_, Vec<(f64, f64)>) = match kind {
        0 => ("right angle", vec![(-far, 0.0), (0.0, 0.0), (0.0, far)]),
        1 => ("hairpin", vec![(-far, 0.0), (0.0, 0.0), (0.0, g), (-far, g)]),
        2 => ("zigzag", (-24..=24).map(|k| (g * f64::from(k), g * f64::from(k % 2))).collect()),
        3 => {
            let mut step = || (chance.between(-1.0..1.0) * 2.0 * g, chance.between(-1.0..1.0) * 2.0 * g);
            let (mut x, mut y) = (0.0, 0.0);
            let walk = |_| {
                let (u, v) = step();
                (x, y) = (x + u, y + v);
                (x, y)
            };
            ("walk", (0..12).map(walk).collect())
        }
        4 => ("corner", vec![(0.0, 0.0), (far, 0.0), (far, far), (0.0, far)]),
        5 => ("square", vec![(-a, -a), (a, -a), (a, a), (-a, a)]),
        6 => ("bar", vec![(-a, -0.1 * a), (a, -0.1 * a), (a, 0.1 * a), (-a, 0.1 * a)]),
        7 => ("wedge", vec![(0.0, 0.0), (far, 0.0), (far, 0.3 * far)]),
        _ => {
            let tip = |k: i32| {
                let (sin, cos) = (f64::from(k) * 0.628_318_530_7).sin_cos();
                let r = if k % 2 == 0 { a } else { 0.4 * a };
                (r * sin, r * cos)
            };
            ("star", (0..10).map(tip).collect())
        }
    };
    let (turn, x, y) = (chance.azimuth(), chance.between(-1.4..1.4), chance.between(-1.4..1.4));
    let corner = |c: (f64, f64)| {
        let (sin, cos) = turn.to_radians().sin_cos();
        let (u, v) = (c.0 * cos - c.1 * sin + x, c.0 * sin + c.1 * cos + y);
        chance.go(at_, u.atan2(v).to_degrees(), sigma * u.hypot(v))
    };
    let corners: Vec<Position> = corners.into_iter().map(corner).collect();
    let w = Metres::new(sigma * chance.length(0.05..5.0));
    let ground = if kind < 4 {
        Ground::Within(Line::new(corners).unwrap(), w)
    } else {
        let w = if chance.below(2) == 0 { Metres::ZERO } else { w };
        Ground::In(Area::new(vec![Polygon { outer: corners, holes: vec![] }]).unwrap(), w)
    };
    (name, ground)
}

/// Rings of equal probability, cut evenly, each ring turned against the last.
fn quadrature(rings: u32, at_: Position, sigma: f64, ground: &Ground) -> f64 {
    let chance = Chance::new(0);
    let mut hits = 0_u64;
    for ring in 0..rings {
        let r = (-2.0 * (-(f64::from(ring) + 0.5) / f64::from(rings)).ln_1p()).sqrt() * sigma;
        let first = f64::from(ring) * 0.618_034;
        for k in 0..rings {
            let p = chance.go(at_, (f64::from(k) + first) * 360.0 / f64::from(rings), r);
            hits += u64::from(ground.is_in(p));
        }
    }
    hits as f64 / f64::from(rings).powi(2)
}

fn errors(seeds: std::ops::Range<u64>, rings: u32, counts: &[usize]) -> Vec<Vec<(f64, String)>> {
    let sigma = 10_000.0;
    let r = Radius95::new(Metres::new(sigma * (-2.0 * 0.05_f64.ln()).sqrt())).unwrap();
    let mut errors = vec![Vec::new(); counts.len()];
    for seed in seeds {
        let chance = &mut Chance::new(seed);
        let middle = at(chance.between(-70.0..70.0), chance.azimuth());
        let (name, ground) = shape(chance, middle, sigma);
        let truth = quadrature(rings, middle, sigma, &ground);
        for (n, errors) in counts.iter().zip(&mut errors) {
            let error = ground.by_sample(&Sample::of_normal(middle, r, *n)) - truth;
            errors.push((error.abs(), format!("{name} {seed}: {truth}")));
        }
    }
    errors
}

#[test]
fn bent_lines_and_corners() {
    for errors in errors(0..12, 160, &[1024]) {
        for (error, what) in errors {
            // The quadrature is itself off by up to 0.002 here.
            assert!(error < 4e-3, "{what}: {error}");
        }
    }
}

#[test]
#[ignore = "a measurement, which takes minutes in a release build"]
fn the_error_of_the_rule() {
    const COUNTS: [usize; 4] = [256, 512, 1024, 2048];
    let halves = std::thread::scope(|s| {
        let both = [s.spawn(|| errors(0..250, 1000, &COUNTS)), s.spawn(|| errors(250..500, 1000, &COUNTS))];
        both.map(|half| half.join().unwrap())
    });
    let [mut all, more] = halves;
    for (all, more) in all.iter_mut().zip(more) {
        all.extend(more);
    }
    for (n, mut errors) in COUNTS.into_iter().zip(all) {
        errors.sort_by(|a, b| a.0.total_cmp(&b.0));
        let square = errors.iter().map(|e| e.0 * e.0).sum::<f64>() / errors.len() as f64;
        let (most, last) = (&errors[errors.len() * 99 / 100], &errors[errors.len() - 1]);
        println!(
            "{n}: root mean square {:.5}, 99 % below {:.5}, worst {:.5} ({})",
            square.sqrt(),
            most.0,
            last.0,
            last.1
        );
    }
}

/// What is measured on the map is what is measured on the ground, place by place.
#[test]
fn the_map_is_as_good_as_the_ground() {
    let mut all = 0;
    let mut mapped = 0;
    for seed in 0..60 {
        let chance = &mut Chance::new(seed);
        let sigma = chance.length(10.0..15_000.0);
        let r = Radius95::new(Metres::new(sigma * 2.447_746_830_680_816)).unwrap();
        let middle = if seed % 3 == 0 { chance.place() } else { at(chance.between(-70.0..70.0), chance.azimuth()) };
        let (_, ground) = shape(chance, middle, sigma);
        let (away, metres) = (chance.azimuth(), sigma * chance.length(0.01..6.0));
        let sample = Sample::of_normal(chance.go(middle, away, metres), r, 1024);
        let (found, exact): (Vec<Metres>, Vec<Metres>) = match &ground {
            Ground::Within(line, _) => {
                (sample.to_line(line), sample.points().iter().map(|&p| -signed(line, p)).collect())
            }
            Ground::In(area, _) => {
                (sample.to_area(area), sample.points().iter().map(|&p| area.signed_distance(p)).collect())
            }
        };
        assert_eq!(found.len(), 1024);
        for (k, (found, exact)) in found.iter().zip(&exact).enumerate() {
            let (a, b) = (found.get(), exact.get());
            let near = (a.abs() - b.abs()).abs() <= 3.3e-4 * sigma + 1e-3;
            let tie = b.abs() < 1e-3 * sigma + 1e-3;
            assert!(near, "{seed} {k}: {a} {b}");
            all += 1;
            mapped += usize::from((a < 0.0) == (b < 0.0) || tie);
        }
        let (low, high) = (Metres::new(-0.4 * sigma), Metres::new(sigma));
        let good_to = Radius95::new(Metres::new(chance.length(0.001..3.0) * sigma)).unwrap();
        let fast = sample.mean_between(&found, low, high, good_to);
        let slow = sample.mean_of(&found, |&s, blur| probability_between(s, low, high, blur.combine(good_to)));
        near(fast, slow, 2e-7);
        if let Ground::Within(line, w) = &ground {
            for side in [None, Some(Side::Left), Some(Side::Right)] {
                let told: Vec<Metres> = found
                    .iter()
                    .map(|&left| match side {
                        None => left.abs(),
                        Some(Side::Right) => -left,
                        Some(_) => left,
                    })
                    .collect();
                for (low, high) in [(-*w, *w), (Metres::ZERO, *w), (Metres::new(f64::NEG_INFINITY), *w)] {
                    for good_to in [good_to, Radius95::EXACT] {
                        let slow = sample.mean_between(&told, low, high, good_to);
                        near(sample.mean_about(line, side, low, high, good_to), slow, 2e-7);
                    }
                }
            }
        }
    }
    // Which hand a place is on may differ where two stretches are just as near.
    assert!(all - mapped < all / 2000, "{mapped} of {all}");
}

/// Places of a star-shaped area, not from the sample.
fn some_place_in(chance: &mut Chance, outer: &[Position], area: &Area) -> Option<Position> {
    let k = chance.below(outer.len() as u64) as usize;
    let (length, azimuth) = oracle::course(outer[k], outer[(k + 1) % outer.len()]);
    let along = length * chance.between(0.0..1.0);
    let by = chance.go(outer[k], azimuth, along);
    let (away, metres) = (chance.azimuth(), length * chance.length(0.001..1.0));
    let p = chance.go(by, away, metres);
    area.contains(p).then_some(p)
}

#[test]
fn no_place_of_an_area_is_beyond_reach() {
    let mut asked = 0;
    for seed in 0..40 {
        let chance = &mut Chance::new(seed);
        let (outer, holes) = chance.star();
        let area = Area::new(vec![Polygon { outer: outer.clone(), holes }]).unwrap();
        let sample = Sample::of_area(&area, 60);
        assert_eq!(sample.points().len(), 60, "{seed} {outer:?}");
        assert_eq!(sample.blur(), Radius95::EXACT);
        assert!(sample.points().iter().all(|&p| area.contains(p)));
        let mut farthest = 0.0_f64;
        for _ in 0..60 {
            let Some(p) = some_place_in(chance, &outer, &area) else { continue };
            asked += 1;
            let nearest = sample.points().iter().map(|&q| distance(p, q).get()).fold(f64::INFINITY, f64::min);
            assert!(nearest <= sample.reach().get(), "{seed}: {nearest} {}", sample.reach());
            farthest = farthest.max(nearest);
        }
        // And it is no idle bound.
        assert!(sample.reach().get() < 4.0 * farthest + 1.0, "{seed}: {farthest} {}", sample.reach());
    }
    assert!(asked > 500);
}

#[test]
fn areas_are_evenly_filled() {
    // Between two parallels the surface is known: equal parts in z, nearly.
    for (south, west) in [(-1.0, 10.0), (60.0, 179.0), (-80.0, 0.0)] {
        let edge = |k: u32| f64::from(k) / 8.0;
        let east = |w: f64| if w > 180.0 { w - 360.0 } else { w };
        let mut outer: Vec<_> = (0..=16).map(|k| at(south, east(west + edge(k)))).collect();
        outer.extend((0..=16).rev().map(|k| at(south + 2.0, east(west + edge(k)))));
        let area = Area::new(vec![Polygon { outer, holes: vec![] }]).unwrap();
        let sample = Sample::of_area(&area, 1000);
        let z = |lat: f64| lat.to_radians().sin();
        for part in [0.5, 1.0, 1.5] {
            let below = sample.mean(|p| p, |p, _| f64::from(u8::from(p.latitude() < south + part)));
            near(below, (z(south + part) - z(south)) / (z(south + 2.0) - z(south)), 0.01);
            let beside =
                sample.mean(|p| (p.longitude() - west).rem_euclid(360.0), |&east, _| f64::from(u8::from(east < part)));
            near(beside, part / 2.0, 0.01);
        }
    }
}

#[test]
fn a_thread_of_an_area() {
    let chance = Chance::new(0);
    let a = at(20.0, 20.0);
    let b = chance.go(a, 45.0, 100_000.0);
    let thread = |wide: f64| {
        let outer = vec![a, b, chance.go(b, 135.0, wide), chance.go(a, 135.0, wide)];
        Area::new(vec![Polygon { outer, holes: vec![] }]).unwrap()
    };
    for wide in [0.01, 30.0] {
        let sample = Sample::of_area(&thread(wide), 100);
        assert_eq!(sample.points().len(), 100);
        assert!(sample.reach().get() < 12_000.0, "{}", sample.reach());
        let beyond = sample.mean(|p| distance(a, p), |&d, _| f64::from(u8::from(d > KM(50.0))));
        near(beyond, 0.5, 0.2);
    }
}

#[test]
fn towns_far_apart_share_by_surface() {
    let chance = Chance::new(0);
    let town = |lat: f64, lon: f64, size: f64| Polygon {
        outer: [0.0, 90.0, 180.0, 270.0].map(|azimuth| chance.go(at(lat, lon), azimuth, size)).to_vec(),
        holes: vec![],
    };
    let area = Area::new(vec![town(0.0, 0.0, 1000.0), town(5.0, 0.0, 2000.0), town(0.0, 120.0, 1000.0)]).unwrap();
    let sample = Sample::of_area(&area, 600);
    assert_eq!(sample.points().len(), 600);
    let north = sample.mean(|p| p, |p, _| f64::from(u8::from(p.latitude() > 2.0)));
    near(north, 4.0 / 6.0, 1e-3);
    // All round the Earth, no plane shows it well.
    assert!(sample.reach() > KM(0.1));
    let near_by = Area::new(vec![town(0.0, 0.0, 1000.0), town(5.0, 0.0, 2000.0)]).unwrap();
    assert!(Sample::of_area(&near_by, 600).reach() < KM(0.4));
}

#[test]
fn no_place_of_a_sector_is_beyond_reach() {
    for (k, (from, to, low, high)) in
        [(0.0, 360.0, 0.0, 5000.0), (350.0, 10.0, 2000.0, 5000.0), (40.0, 41.0, 0.0, 90_000.0), (7.0, 7.0, 0.0, 50.0)]
            .into_iter()
            .enumerate()
    {
        let chance = &mut Chance::new(k as u64);
        for observer in [at(48.0, 30.0), at(89.999, 5.0), at(0.0, 180.0)] {
            let sector = Sector::new(observer, (from, to), (Metres::new(low), Metres::new(high))).unwrap();
            let sample = Sample::of_sector(&sector, 100);
            assert_eq!(sample.points().len(), 100);
            assert!(sample.points().iter().all(|&p| sector.contains(p)));
            let mut farthest = 0.0_f64;
            for _ in 0..200 {
                let bearing = from + sector.span() * chance.between(0.0..1.0);
                let metres = low + (high - low) * chance.between(0.0..1.0);
                let p = chance.go(observer, bearing, metres);
                let nearest = sample.points().iter().map(|&q| distance(p, q).get()).fold(f64::INFINITY, f64::min);
                assert!(nearest <= sample.reach().get(), "{nearest} {}", sample.reach());
                farthest = farthest.max(nearest);
            }
            assert!(sample.reach().get() < 2.0 * farthest + 1.0, "{farthest} {}", sample.reach());
            // Half of the surface is within √((low² + high²)/2).
            let half = Metres::new(((low * low + high * high) / 2.0).sqrt());
            let within = sample.mean(|p| distance(observer, p), |&d, _| f64::from(u8::from(d < half)));
            near(within, 0.5, 0.011);
        }
    }
}

#[test]
fn the_normal_it_stands_for() {
    // A half-plane at every distance and from every side.
    let sample = Sample::of_normal(at(10.0, 20.0), radius(10.0), 1024);
    let sigma = radius(10.0).sigma().get();
    for turn in 0..12 {
        let azimuth = f64::from(turn) * 30.0;
        for at_sigma in [-2.5, -1.0, 0.0, 0.3, 2.0] {
            let p = sample.mean(
                |p| {
                    let (metres, to) = oracle::course(at(10.0, 20.0), p);
                    Metres::new(at_sigma * sigma - metres * (to - azimuth).to_radians().cos())
                },
                |&s, blur| probability_half_plane(s, blur),
            );
            near(p, normal_cdf(at_sigma), 2e-3);
        }
    }
}

/// Whoever looks for the width at which a mean passes a threshold goes by these.
#[test]
fn a_mean_is_the_difference_of_two_that_only_rise() {
    let chance = &mut Chance::new(7);
    let mut corners = vec![at(48.0, 30.0)];
    for turn in [20.0, 140.0, 60.0, 200.0, 90.0] {
        let last = corners[corners.len() - 1];
        corners.push(chance.go(last, turn, 4_000.0));
    }
    let line = Line::new(corners).unwrap();
    for _ in 0..20 {
        let (azimuth, metres) = (chance.between(0.0..360.0), chance.between(0.0..9_000.0));
        let middle = chance.go(at(48.0, 30.0), azimuth, metres);
        let sample = Sample::of_normal(middle, radius(chance.between(0.2..6.0)), 1024);
        let (seen, good_to) = (sample.to_line(&line), radius(chance.between(0.0..1.0)));
        let mut before = (0.0, 0.0);
        for width in 0..80 {
            let (low, high) = (Metres::new(-100.0 * f64::from(width)), Metres::new(150.0 * f64::from(width)));
            let parts = sample.parts_between(&seen, low, high, good_to);
            near((parts.0 - parts.1).clamp(0.0, 1.0), sample.mean_between(&seen, low, high, good_to), 2e-7);
            assert!(parts.0 >= before.0 - 1e-9 && parts.1 >= before.1 - 1e-9, "{before:?} {parts:?}");
            before = parts;
        }
    }
}
