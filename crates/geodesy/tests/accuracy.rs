//! Never off by a metre, from 1 m to 500 km, anywhere on Earth.
//!
//! The long run, a million points by lines and a million by areas:
//! `cargo test -p armistice-geodesy --release --test accuracy -- --ignored --nocapture`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod oracle;

use std::num::NonZero;
use std::thread;

use armistice_geodesy::{Area, Line, Metres, Polygon, Side};
use oracle::chance::Chance;

/// Points asked about one line or area: making one takes longer than asking.
const POINTS: u64 = 5;
/// The claim, in metres.
const CLAIM: f64 = 1.0;

#[derive(Clone, Copy, Debug, Default)]
struct Worst {
    cases: u64,
    /// By how much a distance was too long or too short, at most.
    too_long: f64,
    too_short: f64,
    /// Cases whose side or inside was checked; others hang on millimetres, or on ties.
    decided: u64,
    inside: u64,
}

impl Worst {
    fn and(self, other: Self) -> Self {
        Self {
            cases: self.cases + other.cases,
            too_long: self.too_long.max(other.too_long),
            too_short: self.too_short.max(other.too_short),
            decided: self.decided + other.decided,
            inside: self.inside + other.inside,
        }
    }

    fn distance(&mut self, found: f64, truth: f64) {
        self.cases += 1;
        self.too_long = self.too_long.max(found - truth);
        self.too_short = self.too_short.max(truth - found);
    }
}

/// Spreads `cases` over the processors, each shape its own seed.
fn run(cases: u64, shape: impl Fn(&mut Chance, &mut Worst) + Sync) -> Worst {
    let shapes = cases.div_ceil(POINTS);
    let threads = thread::available_parallelism().map_or(1, NonZero::get) as u64;
    thread::scope(|scope| {
        let shape = &shape;
        let one = move |first: u64| {
            let mut worst = Worst::default();
            for seed in (first..shapes).step_by(threads as usize) {
                shape(&mut Chance::new(seed), &mut worst);
            }
            worst
        };
        let running: Vec<_> = (0..threads).map(|k| scope.spawn(move || one(k))).collect();
        running.into_iter().map(|t| t.join().unwrap()).fold(Worst::default(), Worst::and)
    })
}

fn lines(cases: u64) {
    let worst = run(cases, |chance, worst| {
        let vertices = chance.line();
        let line = Line::new(vertices.clone()).unwrap();
        for _ in 0..POINTS {
            let p = chance.point_by(&vertices);
            let truth = oracle::line(&vertices, p);
            let nearest = line.nearest(p);
            let found = nearest.distance.get();
            let say = || format!("{vertices:?} {p:?}: {found} {}, {} {:?}", nearest.side, truth.distance, truth.sides);
            worst.distance(found, truth.distance);
            assert!((found - truth.distance).abs() < CLAIM, "{}", say());
            assert!(line.distance_at_least(p).get() <= truth.distance + 1e-6, "{}", say());
            for width in [truth.distance - CLAIM, truth.distance + CLAIM, truth.distance * chance.between(0.0..2.0)] {
                if (width - truth.distance).abs() >= CLAIM {
                    assert_eq!(found <= width, truth.distance <= width, "{}", say());
                }
                let certainly = line.is_certainly_farther_than(p, Metres::new(width));
                assert!(!certainly || truth.distance > width, "{}", say());
            }
            if !truth.sides.is_empty() {
                assert!(truth.sides.contains(&nearest.side), "{}", say());
                let all_one = truth.sides.iter().all(|s| *s == truth.sides[0]);
                worst.decided += u64::from(all_one && nearest.side != Side::On);
            }
        }
    });
    println!("points by lines: {worst:?}");
}

fn areas(cases: u64) {
    let worst = run(cases, |chance, worst| {
        let (outer, holes) = chance.star();
        let area = Area::new(vec![Polygon { outer: outer.clone(), holes: holes.clone() }]).unwrap();
        let closed = |ring: &[_]| [ring, &ring[..1]].concat();
        let outlines: Vec<_> = holes.iter().chain([&outer]).map(|ring| closed(ring)).collect();
        for _ in 0..POINTS {
            let by = chance.below(outlines.len() as u64) as usize;
            let p = chance.point_by(&outlines[by]);
            let distance = outlines.iter().map(|o| oracle::distance(o, p)).fold(f64::INFINITY, f64::min);
            let inside = oracle::winds(&outer, p) && !holes.iter().any(|hole| oracle::winds(hole, p));
            let truth = if inside { -distance } else { distance };
            let found = area.signed_distance(p).get();
            let say = || format!("{outer:?} {holes:?} {p:?}: {found}, {truth}");
            worst.distance(found.abs(), distance);
            assert!((found - truth).abs() < CLAIM, "{}", say());
            // The edge is 1 mm to either side.
            if distance > 2e-3 {
                worst.decided += 1;
                worst.inside += u64::from(inside);
                assert_eq!(area.contains(p), inside, "{}", say());
                assert_eq!(found < 0.0, inside, "{}", say());
            }
            for width in [truth - CLAIM, truth + CLAIM, truth * chance.between(-2.0..2.0)] {
                if (width - truth).abs() >= CLAIM {
                    assert_eq!(found <= width, truth <= width, "{}", say());
                }
            }
        }
    });
    println!("points by areas: {worst:?}");
}

#[test]
fn some_points_by_lines() {
    lines(3_000);
}

#[test]
fn some_points_by_areas() {
    areas(3_000);
}

#[test]
#[ignore = "takes some minutes in a release build"]
fn a_million_points_by_lines() {
    lines(1_000_000);
}

#[test]
#[ignore = "takes some minutes in a release build"]
fn a_million_points_by_areas() {
    areas(1_000_000);
}
