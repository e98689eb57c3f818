//! Section 5: place. σ of a 95 % radius of 25 km is 10,213.5 m.

use armistice_geodesy::{Metres, Position};
use armistice_records::{Act, AreaLevel, Kind, Place, Record};
use armistice_reference::T;

use crate::case::{Case, point, report};

fn judged(ground: &str, proof: u32, place: Place) -> T {
    let clause = format!("North and South must keep tanks {ground}\n  from D");
    let seen = Record { kind: Kind::Sighting, act: Act::Presence, place, ..report("r") };
    Case::new("2020-03-26", proof, &[&clause], vec![seen]).point("r", 3)
}

fn sector(latitude: f64, longitude: f64, bearing: (f64, f64), range: (f64, f64)) -> Place {
    let observer = Position::new(latitude, longitude).unwrap();
    Place::Sector { observer, bearing, range: (Metres::new(range.0), Metres::new(range.1)) }
}

fn unit(name: &str, level: AreaLevel) -> Place {
    Place::Area { name: name.to_owned(), label: None, level }
}

#[test]
fn a_band_about_a_straight_line() {
    // 2Φ(20/10.2135) − 1 = 0.9498.
    let on_it = || point(48.0, 37.0, 25_000.0);
    assert_eq!(judged("at least 20 km from Meridian", 94, on_it()), T::T);
    assert_eq!(judged("at least 20 km from Meridian", 95, on_it()), T::U);
    // Known exactly, the distance decides: a degree of longitude is 74.6 km here.
    assert_eq!(judged("at least 20 km from Meridian", 95, point(48.0, 37.26, 0.0)), T::T);
    assert_eq!(judged("at least 20 km from Meridian", 95, point(48.0, 37.28, 0.0)), T::F);
}

#[test]
fn a_band_about_a_corner_is_less_than_one_about_a_line() {
    // w = 2σ: along a line it were 0.9545; about a right angle, by quadrants,
    // (¼ − 0.02275²) + 2 · ½ · 0.47725 + (1 − e⁻²)/4 = 0.9429.
    let at_the_corner = || point(0.0, 37.0, 25_000.0);
    assert_eq!(judged("at least 20427 m from Corner", 94, at_the_corner()), T::T);
    assert_eq!(judged("at least 20427 m from Corner", 95, at_the_corner()), T::U);
    // On an arm, 150 km off, it is a line.
    assert_eq!(judged("at least 20427 m from Corner", 95, point(0.0, 38.5, 25_000.0)), T::T);
}

#[test]
fn what_is_too_vague_for_the_ground_is_not_false() {
    // Within 2 km of the post with probability 1 − exp(−2²/2·10.2135²) = 0.019.
    assert_eq!(judged("at least 2 km from Post", 95, point(48.0, 37.0, 25_000.0)), T::U);
    // 26 km off lies 24 km outside, within R; 28 km off does not.
    assert_eq!(judged("at least 2 km from Post", 95, point(48.0, 37.0 + 26.0 / 74.63, 25_000.0)), T::U);
    assert_eq!(judged("at least 2 km from Post", 95, point(48.0, 37.0 + 28.0 / 74.63, 25_000.0)), T::F);
    // Known well enough, it is false.
    assert_eq!(judged("at least 2 km from Post", 95, point(48.0, 37.1, 100.0)), T::F);
}

#[test]
fn an_area_and_its_edge() {
    assert_eq!(judged("out of Zone", 95, point(48.5, 37.5, 25_000.0)), T::T);
    assert_eq!(judged("out of Zone", 95, point(48.5, 37.0, 25_000.0)), T::U);
    assert_eq!(judged("out of Zone", 95, point(48.5, 36.0, 25_000.0)), T::F);
    assert_eq!(judged("in Zone", 95, point(48.5, 36.0, 25_000.0)), T::T);
    // Φ(16.8/10.2135) = 0.950 at 16.8 km within.
    assert_eq!(judged("out of Zone", 94, point(48.5, 37.0 + 16.8 / 73.87, 25_000.0)), T::T);
    assert_eq!(judged("out of Zone", 96, point(48.5, 37.0 + 16.8 / 73.87, 25_000.0)), T::U);
    // At the corner a quarter of it.
    assert_eq!(judged("out of Zone", 74, point(48.0, 37.0, 1000.0)), T::F);
    assert_eq!(judged("out of Zone", 76, point(48.0, 37.0, 1000.0)), T::U);
}

#[test]
fn a_sector_is_all_of_its_ground() {
    let ring = |near, far| sector(48.0, 37.0, (0.0, 360.0), (near, far));
    assert_eq!(judged("at least 5 km from Post", 95, ring(0.0, 4000.0)), T::T);
    // (2² − 1²)/(5² − 1²) = 1/8; little, but it reaches in.
    assert_eq!(judged("at least 2 km from Post", 80, ring(1000.0, 5000.0)), T::U);
    assert_eq!(judged("at least 2 km from Post", 95, ring(4000.0, 5000.0)), T::F);
    // Eastward from the edge of the zone, all of it is in; either way, half.
    assert_eq!(judged("out of Zone", 95, sector(48.5, 37.0, (45.0, 135.0), (0.0, 9000.0))), T::T);
    assert_eq!(judged("out of Zone", 95, sector(48.5, 37.0, (0.0, 360.0), (0.0, 9000.0))), T::U);
    assert_eq!(judged("out of Zone", 95, sector(48.5, 36.9, (225.0, 315.0), (0.0, 9000.0))), T::F);
    // 350° to 10° is over north, and north of the post there is zone.
    assert_eq!(judged("out of Zone", 95, sector(48.0, 37.5, (350.0, 10.0), (1000.0, 9000.0))), T::T);
    // One that is none tells nothing.
    assert_eq!(judged("out of Zone", 95, sector(48.5, 37.5, (0.0, 400.0), (0.0, 9000.0))), T::U);
}

#[test]
fn a_unit_is_all_of_its_ground() {
    assert_eq!(judged("out of Zone", 95, unit("inner", AreaLevel::Admin2)), T::T);
    assert_eq!(judged("out of Zone", 95, unit("BORDER", AreaLevel::Admin1)), T::U);
    assert_eq!(judged("out of Zone", 95, unit("Away", AreaLevel::Admin2)), T::F);
    assert_eq!(judged("out of Zone", 95, unit("Elsewhere", AreaLevel::Admin2)), T::U);
    assert_eq!(judged("out of Zone", 95, unit("Inner", AreaLevel::Fuzzy)), T::U);
    assert_eq!(judged("out of Zone", 95, Place::Unknown), T::U);
}
