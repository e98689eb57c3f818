//! How long the hot paths take. Not part of the suite; run with
//! `cargo test -p armistice-geodesy --release --test speed -- --ignored --nocapture`.

#![allow(clippy::indexing_slicing, reason = "a measurement that cannot go on stops")]

mod reference;

use std::hint::black_box;
use std::time::Instant;

use armistice_geodesy::{
    Area, Line, Metres, Polygon, Position, Radius95, Sample, Sector, probability_within_band, probability_within_disc,
};
use reference::{at, go, spikes};

fn time<T>(what: &str, points: &[Position], f: impl Fn(Position) -> T) {
    // The middle of twenty turns, as other work on the machine cuts some.
    let mut turns: Vec<f64> = points
        .chunks(points.len().div_ceil(20))
        .map(|points| {
            let start = Instant::now();
            for &p in points {
                black_box(f(black_box(p)));
            }
            start.elapsed().as_secs_f64() * 1e9 / points.len() as f64
        })
        .collect();
    turns.sort_by(f64::total_cmp);
    println!("{what:32} {:7.0} ns", turns[turns.len() / 2]);
}

#[test]
#[ignore = "a measurement"]
fn nanoseconds() {
    for edge in [1_000.0, 5_000.0, 50_000.0] {
        let mut vertices = vec![at(48.0, 30.0)];
        for k in 1..200 {
            let swing = if k % 2 == 0 { 60.0 } else { 20.0 };
            let last = *vertices.last().unwrap();
            vertices.push(go(last, 90.0 + swing * f64::from(k).sin(), edge));
        }
        let reach = edge * 100.0;
        let middle = vertices[100];
        let points: Vec<_> =
            (0..20_000).map(|k| go(middle, f64::from(k) * 137.5, reach * f64::from(k % 997) / 997.0)).collect();
        println!("200 vertices, edges of {} km", edge / 1000.0);
        let start = Instant::now();
        let line = black_box(Line::new(vertices.clone()).unwrap());
        println!("{:32} {:7.0} µs", "Line::new", start.elapsed().as_secs_f64() * 1e6);
        let area = Area::new(vec![Polygon { outer: vertices, holes: vec![] }]).unwrap();
        time("nearest", &points, |p| line.nearest(p));
        time("distance_at_least", &points, |p| line.distance_at_least(p));
        time("is_certainly_farther_than 5 km", &points, |p| line.is_certainly_farther_than(p, Metres::from_km(5.0)));
        time("Area::contains", &points, |p| area.contains(p));
        time("Area::signed_distance", &points, |p| area.signed_distance(p));
        let r = Radius95::new(Metres::from_km(25.0)).unwrap();
        time("probability_within_disc", &points, |p| {
            probability_within_disc(Metres::from_km(p.longitude()), Metres::from_km(15.0), r)
        });
    }
}

#[test]
#[ignore = "a measurement"]
fn errors_by_distance() {
    for km in [1.0, 100.0, 500.0, 1000.0, 1500.0, 3000.0] {
        let mut worst = 0.0f64;
        for trial in 0..2000 {
            let t = f64::from(trial);
            let p = at((t * 7.3) % 180.0 - 90.0, (t * 13.7) % 360.0 - 180.0);
            let spread = 1e-3 * 10f64.powf(t % 6.0);
            let more: Vec<_> = (0..16).map(|k| spread * (t + 12.9 * f64::from(k)).sin().abs()).collect();
            let line = Line::new(spikes(p, km * 1000.0, &more)).unwrap();
            let least = more.into_iter().fold(f64::INFINITY, f64::min);
            worst = worst.max(line.nearest(p).distance.get() - km * 1000.0 - least);
        }
        println!("{km:6} km: at most {worst:.6} m too long");
    }
}

#[test]
#[ignore = "a measurement"]
fn spreads_and_straightness() {
    let mut vertices = vec![at(48.0, 30.0)];
    for k in 1..200 {
        let swing = if k % 2 == 0 { 60.0 } else { 20.0 };
        let last = *vertices.last().unwrap();
        vertices.push(go(last, 90.0 + swing * f64::from(k).sin(), 5000.0));
    }
    let middle = vertices[100];
    let points: Vec<_> = (0..2000).map(|k| go(middle, f64::from(k) * 137.5, 50.0 * f64::from(k))).collect();
    let line = Line::new(vertices).unwrap();
    let star = (0..40).map(|k| go(middle, f64::from(k) * 9.0, if k % 2 == 0 { 40_000.0 } else { 25_000.0 })).collect();
    let area = Area::new(vec![Polygon { outer: star, holes: vec![] }]).unwrap();
    let r = Radius95::new(Metres::from_km(5.0)).unwrap();
    for km in [0.5, 5.0, 50.0] {
        time(&format!("is_straight_about {km} km"), &points, |p| line.is_straight_about(p, Metres::from_km(km)));
    }
    time("Sample::of_normal, 1024", &points[..200], |p| Sample::of_normal(p, r, 1024));
    time("mean over 1024 of them", &points[..200], |p| {
        let sample = Sample::of_normal(p, r, 1024);
        sample.mean(|p| line.distance_to(p), |&d, blur| probability_within_band(d, Metres::from_km(1.0), blur))
    });
    time("the same, on the map", &points[..200], |p| {
        let sample = Sample::of_normal(p, r, 1024);
        sample.mean_between(&sample.to_line(&line), Metres::from_km(-1.0), Metres::from_km(1.0), Radius95::EXACT)
    });
    time("the same, Sample::mean_about", &points[..200], |p| {
        let w = Metres::from_km(1.0);
        Sample::of_normal(p, r, 1024).mean_about(&line, None, -w, w, Radius95::EXACT)
    });
    time("the same on one side", &points[..200], |p| {
        let w = Metres::from_km(1.0);
        Sample::of_normal(p, r, 1024).mean_about(
            &line,
            Some(armistice_geodesy::Side::Left),
            Metres::ZERO,
            w,
            Radius95::EXACT,
        )
    });
    time("Sample::to_line alone", &points[..200], |p| Sample::of_normal(p, r, 1024).to_line(&line));
    time("Sample::to_area alone", &points[..200], |p| Sample::of_normal(p, r, 1024).to_area(&area));
    time("Sample::of_area, 512", &points[..20], |_| Sample::of_area(&area, 512));
    let range = (Metres::from_km(2.0), Metres::from_km(5.0));
    time("Sample::of_sector, 512", &points[..20], |p| {
        Sample::of_sector(&Sector::new(p, (350.0, 40.0), range).unwrap(), 512)
    });
}

#[test]
#[ignore = "a measurement"]
fn means_alone() {
    let mut vertices = vec![at(48.0, 30.0)];
    for k in 1..200 {
        let swing = if k % 2 == 0 { 60.0 } else { 20.0 };
        let last = *vertices.last().unwrap();
        vertices.push(go(last, 90.0 + swing * f64::from(k).sin(), 1000.0));
    }
    let middle = vertices[100];
    let points: Vec<_> = (0..20_000).map(|k| go(middle, f64::from(k) * 137.5, 0.25 * f64::from(k))).collect();
    let line = Line::new(vertices).unwrap();
    for km in [0.5, 2.0, 5.0, 20.0] {
        let r = Radius95::new(Metres::from_km(km)).unwrap();
        let w = Metres::from_km(3.5);
        time(&format!("mean_about, {km} km"), &points, |p| {
            Sample::of_normal(p, r, 1024).mean_about(&line, None, -w, w, Radius95::EXACT)
        });
    }
}
