//! Fields against the exact answers of the shapes they are of.
//!
//! The long run: `cargo test -p armistice-geodesy --release --test field -- --ignored --nocapture`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod oracle;

use std::hint::black_box;
use std::time::Instant;

use armistice_geodesy::{Area, Field, Line, Metres, Polygon, Position, distance};
use oracle::at;
use oracle::chance::Chance;

/// What was seen over many places.
#[derive(Debug, Default)]
struct Seen {
    places: u64,
    bounded: u64,
    /// Answered from a list, and the sides told.
    close: u64,
    sides: u64,
    /// The most of the stated error that was used.
    used: f64,
    worst: f64,
}

impl Seen {
    fn bounds(&mut self, field: &Field, p: Position, exact: f64) {
        let (least, most) = field.bounds_at(p);
        assert!(least.get() <= exact && exact <= most.get(), "{p}: {least:?} {exact} {most:?}");
        self.places += 1;
        self.bounded += u64::from(most.get().is_finite());
        let (mut low, mut high) = ([0.0], [0.0]);
        field.bounds(&[p.latitude()], &[p.longitude()], &mut low, &mut high);
        assert_eq!((f64::from(low[0]), f64::from(high[0])), (least.get(), most.get()));
    }

    fn approximate(&mut self, found: Metres, error: Metres, exact: f64, what: &dyn std::fmt::Debug) {
        let off = (found.get() - exact).abs();
        assert!(off <= error.get(), "{what:?}: {found:?} is {off} off {exact}, not within {error:?}");
        if error > Metres::new(1e-5) {
            self.close += 1;
            self.used = self.used.max(off / error.get());
            if exact.abs() < 50_000.0 {
                self.worst = self.worst.max(off);
            }
        }
    }

    fn line(&mut self, field: &Field, line: &Line, p: Position) {
        let nearest = line.nearest(p);
        self.bounds(field, p, nearest.distance.get());
        let near = field.approximate(p);
        self.approximate(near.distance, near.error, nearest.distance.get(), &p);
        if let Some(side) = near.side {
            assert_eq!(side, nearest.side, "{p} {near:?} {nearest:?} {:?}", line.vertices());
            self.sides += 1;
        }
    }

    fn area(&mut self, field: &Field, area: &Area, p: Position) {
        let exact = area.signed_distance(p).get();
        self.bounds(field, p, exact);
        let near = field.approximate(p);
        self.approximate(near.distance, near.error, exact, &p);
    }
}

/// Anywhere, near the outline, right by it, and on the far side of the Earth.
fn some_place(chance: &mut Chance, outline: &[Position]) -> Position {
    match chance.below(12) {
        0 => chance.place(),
        1 => {
            let v = outline[chance.below(outline.len() as u64) as usize];
            let east = if v.longitude() > 0.0 { v.longitude() - 180.0 } else { v.longitude() + 180.0 };
            let (azimuth, metres) = (chance.azimuth(), chance.length(0.01..500_000.0));
            chance.go(at(-v.latitude(), east), azimuth, metres)
        }
        2 => outline[chance.below(outline.len() as u64) as usize],
        3 => {
            let v = outline[chance.below(outline.len() as u64) as usize];
            let (azimuth, metres) = (chance.azimuth(), chance.length(1e-3..30_000.0));
            chance.go(v, azimuth, metres)
        }
        _ => chance.point_by(outline),
    }
}

fn lines(seeds: std::ops::Range<u64>, places: u64) -> Seen {
    let mut seen = Seen::default();
    for seed in seeds {
        let chance = &mut Chance::new(seed);
        let vertices = chance.line();
        let line = Line::new(vertices.clone()).unwrap();
        let field = Field::of_line(&line, Metres::new(chance.length(100.0..400_000.0)));
        for _ in 0..places {
            let p = some_place(chance, &vertices);
            seen.line(&field, &line, p);
        }
    }
    seen
}

fn areas(seeds: std::ops::Range<u64>, places: u64) -> Seen {
    let mut seen = Seen::default();
    for seed in seeds {
        let chance = &mut Chance::new(seed);
        let (outer, holes) = chance.star();
        let mut outline = outer.clone();
        outline.push(outer[0]);
        let area = Area::new(vec![Polygon { outer, holes }]).unwrap();
        let field = Field::of_area(&area, Metres::new(chance.length(100.0..400_000.0)));
        for _ in 0..places {
            let p = some_place(chance, &outline);
            seen.area(&field, &area, p);
        }
    }
    seen
}

fn points(seeds: std::ops::Range<u64>, places: u64) -> Seen {
    let mut seen = Seen::default();
    for seed in seeds {
        let chance = &mut Chance::new(seed);
        let middle = chance.place();
        let field = Field::of_point(middle, Metres::new(chance.length(100.0..400_000.0)));
        for _ in 0..places {
            let p = some_place(chance, &[middle, middle]);
            let exact = distance(middle, p).get();
            seen.bounds(&field, p, exact);
            let near = field.approximate(p);
            seen.approximate(near.distance, near.error, exact, &p);
        }
    }
    seen
}

#[test]
fn bounds_and_distances_are_certain() {
    let all = [lines(0..12, 500), areas(100..112, 500), points(200..206, 300)];
    for seen in all {
        assert!(seen.bounded > seen.places / 4, "{seen:?}");
        assert!(seen.close > seen.places / 10, "{seen:?}");
    }
}

#[test]
#[ignore = "a million places take minutes"]
fn bounds_and_distances_of_many() {
    println!("lines  {:?}", lines(0..1000, 500));
    println!("areas  {:?}", areas(1000..2000, 500));
    println!("points {:?}", points(2000..2200, 500));
}

#[test]
fn what_is_no_place_may_be_anywhere() {
    let line = Line::new(vec![at(0.0, 179.9), at(0.1, -179.9)]).unwrap();
    let field = Field::of_line(&line, Metres::from_km(10.0));
    let (mut low, mut high) = ([9.0; 4], [9.0; 4]);
    field.bounds(&[f64::NAN, 0.0, 91.0, 0.05], &[0.0, f64::NAN, 180.0, 180.0], &mut low, &mut high);
    assert_eq!((&low[..3], &high[..3]), (&[0.0; 3][..], &[f32::INFINITY; 3][..]));
    assert!(low[3] == 0.0 && high[3] < 1000.0, "{low:?} {high:?}");
}

#[test]
fn a_line_of_a_ten_thousand_kilometres_is_not_too_much() {
    let line = Line::new((0..20).map(|k| at(f64::from(k % 3) * 20.0, f64::from(k) * 15.0 - 140.0)).collect()).unwrap();
    let field = Field::of_line(&line, Metres::from_km(100.0));
    let mut seen = Seen::default();
    let chance = &mut Chance::new(5);
    for _ in 0..500 {
        let p = some_place(chance, line.vertices());
        seen.line(&field, &line, p);
    }
}

#[test]
#[ignore = "a measurement"]
fn nanoseconds() {
    for (vertices, edge, reach) in [
        (20, 10_000.0, 50.0),
        (200, 1_000.0, 50.0),
        (200, 5_000.0, 50.0),
        (2_000, 1_000.0, 50.0),
        (20_000, 200.0, 50.0),
    ] {
        let chance = &mut Chance::new(1);
        let mut way = vec![at(34.0, 36.0)];
        for k in 1..vertices {
            let swing = if k % 2 == 0 { 60.0 } else { 20.0 };
            let last = way[way.len() - 1];
            way.push(chance.go(last, 60.0 + swing * f64::from(k).sin(), edge));
        }
        let line = Line::new(way.clone()).unwrap();
        let start = Instant::now();
        let field = black_box(Field::of_line(&line, Metres::from_km(reach)));
        let made = start.elapsed().as_secs_f64() * 1e3;
        let places: Vec<Position> = (0..400_000)
            .map(|_| {
                let v = way[chance.below(way.len() as u64) as usize];
                let (azimuth, metres) = (chance.azimuth(), reach * 1000.0 * chance.between(0.0..1.0));
                chance.go(v, azimuth, metres)
            })
            .collect();
        let latitudes: Vec<f64> = places.iter().map(|p| p.latitude()).collect();
        let longitudes: Vec<f64> = places.iter().map(|p| p.longitude()).collect();
        let (mut low, mut high) = (vec![0.0; places.len()], vec![0.0; places.len()]);
        // The middle of short turns, which other work on the machine seldom cuts.
        let each = |turn: &mut dyn FnMut(std::ops::Range<usize>), n: usize| {
            let mut turns: Vec<f64> = (0..n / 500)
                .map(|k| {
                    let start = Instant::now();
                    turn(k * 500..(k + 1) * 500);
                    start.elapsed().as_secs_f64() * 1e9 / 500.0
                })
                .collect();
            turns.sort_by(f64::total_cmp);
            turns[turns.len() / 2]
        };
        let bounds = each(
            &mut |r| field.bounds(&latitudes[r.clone()], &longitudes[r.clone()], &mut low[r.clone()], &mut high[r]),
            places.len(),
        );
        let within = low.iter().zip(&high).filter(|(_, h)| h.is_finite());
        let width: f64 = within.map(|(l, h)| f64::from(h - l)).sum::<f64>() / places.len() as f64;
        let mut sum = 0.0;
        let approximate = each(
            &mut |r| sum += places[r].iter().map(|&p| field.approximate(p).distance.get()).sum::<f64>(),
            places.len(),
        );
        let exact = each(&mut |r| sum -= places[r].iter().map(|&p| line.distance_to(p).get()).sum::<f64>(), 20_000);
        black_box(sum);
        println!(
            "{vertices:6} vertices, edges of {edge:6} m: made in {made:5.1} ms, bounds {bounds:4.1} ns \
             ({width:.0} m apart), approximate {approximate:4.0} ns, exact {exact:5.0} ns"
        );
    }
}
