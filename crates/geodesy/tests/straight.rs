//! What may be taken as straight.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod oracle;

use armistice_geodesy::{Area, Line, Metres, Polygon, Position};
use oracle::at;
use oracle::chance::Chance;

fn line(vertices: &[Position]) -> Line {
    Line::new(vertices.to_vec()).unwrap()
}

const KM: fn(f64) -> Metres = Metres::from_km;

#[test]
fn a_right_angle_is_straight_away_from_its_corner() {
    let chance = Chance::new(0);
    for corner in [at(48.0, 30.0), at(0.0, 180.0), at(89.99, 12.0), at(-60.0, -179.9)] {
        let bend = line(&[chance.go(corner, 270.0, 50_000.0), corner, chance.go(corner, 0.0, 50_000.0)]);
        let p = chance.go(corner, 281.0, 10_000.0);
        assert!(bend.is_straight_about(p, KM(9.0)));
        assert!(!bend.is_straight_about(p, KM(11.0)));
        assert!(bend.is_straight_about(p, KM(1.0)), "nothing of it is there");
        assert!(!bend.is_straight_about(corner, KM(0.001)));
        // Both arms, though not the corner.
        assert!(!bend.is_straight_about(chance.go(corner, 315.0, 5000.0), KM(4.0)));
        assert!(!bend.is_straight_about(chance.go(corner, 270.0, 49_000.0), KM(2.0)), "it ends");
    }
}

#[test]
fn a_vertex_on_the_straight_is_no_bend_and_a_hairpin_is() {
    let chance = Chance::new(0);
    let a = at(15.0, 44.0);
    let on = |azimuth: f64| chance.go(a, azimuth, 30_000.0);
    let bent = |degrees: f64| line(&[on(180.0), a, on(degrees)]);
    for p in [a, chance.go(a, 90.0, 3000.0)] {
        assert!(bent(0.0).is_straight_about(p, KM(10.0)));
        assert!(bent(0.05).is_straight_about(p, KM(10.0)));
        assert!(!bent(1.0).is_straight_about(p, KM(10.0)));
        assert!(!bent(179.999).is_straight_about(p, KM(10.0)));
        assert!(!bent(180.0).is_straight_about(p, KM(10.0)));
        // Backwards for a stretch.
        let back = line(&[on(180.0), chance.go(a, 0.0, 900.0), a, on(0.0)]);
        assert!(!back.is_straight_about(p, KM(10.0)));
    }
}

#[test]
fn a_boundary_begins_nowhere() {
    let chance = Chance::new(0);
    let middle = at(30.0, 179.99);
    let corner = |azimuth: f64| chance.go(middle, azimuth, 40_000.0);
    let square = [45.0, 135.0, 225.0, 315.0].map(corner);
    let (length, azimuth) = oracle::course(square[3], square[0]);
    let half_way = chance.go(square[3], azimuth, length / 2.0);
    // The ring begins half-way along its northern edge; and it may wind either way.
    let mut ring = vec![half_way, square[0], square[1], square[2], square[3]];
    for _ in 0..2 {
        let hole: Vec<_> = ring.iter().map(|&v| chance.go(middle, oracle::course(middle, v).1, 8000.0)).collect();
        let area = Area::new(vec![Polygon { outer: ring.clone(), holes: vec![hole] }]).unwrap();
        let p = chance.go(half_way, 180.0, 1000.0);
        assert!(area.is_straight_about(p, KM(10.0)));
        assert!(!area.is_straight_about(p, KM(40.0)));
        assert!(!area.is_straight_about(square[1], KM(1.0)));
        assert!(!area.is_straight_about(middle, KM(9.0)), "all round");
        assert!(area.is_straight_about(middle, KM(3.0)));
        ring.reverse();
    }
}

#[test]
fn odd_reaches() {
    let l = line(&[at(0.0, 0.0), at(0.0, 9.0)]);
    assert!(!l.is_straight_about(at(0.1, 4.0), KM(f64::NAN)) || l.is_straight_about(at(0.1, 4.0), KM(1.0)));
    assert!(!l.is_straight_about(at(0.1, 4.0), KM(f64::INFINITY)));
    assert!(l.is_straight_about(at(0.1, 4.0), KM(-1.0)));
    assert!(l.is_straight_about(at(80.0, 4.0), KM(2000.0)));
}

/// Where it says straight, places of the line within reach lie on one straight
/// line through the disc, from rim to rim.
#[test]
fn what_is_said_to_be_straight_is() {
    let mut straight = 0;
    for seed in 0..3000 {
        let chance = &mut Chance::new(seed);
        let vertices = chance.line();
        let edge = chance.below(vertices.len() as u64 - 1) as usize;
        let (length, azimuth) = oracle::course(vertices[edge], vertices[edge + 1]);
        let along = length * chance.between(0.0..1.0);
        let by = chance.go(vertices[edge], azimuth, along);
        let reach = length * chance.length(0.001..2.0);
        let (away, off) = (chance.azimuth(), reach * chance.between(0.0..0.95));
        let p = chance.go(by, away, off);
        if !line(&vertices).is_straight_about(p, Metres::new(reach)) {
            continue;
        }
        straight += 1;
        let nearest = line(&vertices).nearest(p);
        let d = nearest.distance.get();
        let (_, normal) = oracle::course(p, nearest.at);
        let (mut left, mut right) = (0.0_f64, 0.0_f64);
        for w in vertices.windows(2) {
            let (length, azimuth) = oracle::course(w[0], w[1]);
            let mut s = 0.0;
            while s <= length {
                let (metres, bearing) = oracle::course(p, chance.go(w[0], azimuth, s));
                // No faster than that can it come into the disc.
                let step = if metres > reach { (metres - reach).max(reach / 50.0) } else { reach / 50.0 };
                s += step;
                if metres > reach {
                    continue;
                }
                let (sin, cos) = (bearing - normal).to_radians().sin_cos();
                // The Earth's curve, at most, and where the nearest place is told by too little.
                let round = reach * (reach / 6e6).powi(2);
                if d > reach * 0.05 {
                    assert!((metres * cos - d).abs() < 0.003 * reach + round + 0.01, "{seed}: {metres} {d} {reach}");
                }
                left = left.min(metres * sin);
                right = right.max(metres * sin);
            }
        }
        if d < reach * 0.9 && d > reach * 0.05 {
            let chord = (reach * reach - d * d).sqrt();
            assert!(right > chord - reach * 0.06 && -left > chord - reach * 0.06, "{seed}: {left} {right} {chord}");
        }
    }
    assert!(straight > 500, "{straight}");
}
