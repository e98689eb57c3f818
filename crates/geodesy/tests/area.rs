//! Areas against brute force, anywhere on Earth.

mod reference;

use armistice_geodesy::{Area, AreaError, Polygon, Position};
use proptest::prelude::*;
use reference::{at, go};

fn closed(mut ring: Vec<Position>) -> Vec<Position> {
    ring.extend(ring.first().copied());
    ring
}

fn plain(outer: Vec<Position>) -> Polygon {
    Polygon { outer, holes: vec![] }
}

/// A rectangle by degrees, counter-clockwise.
fn rectangle(south: f64, west: f64, north: f64, east: f64) -> Vec<Position> {
    vec![at(south, west), at(south, east), at(north, east), at(north, west)]
}

fn centre() -> impl Strategy<Value = Position> {
    let latitude = prop_oneof![2 => -90.0..90.0, 1 => 89.0..90.0, 1 => -90.0..-89.0];
    let longitude = prop_oneof![1 => -180.0..180.0, 1 => 179.0..180.0];
    (latitude, longitude).prop_map(|(lat, lon): (f64, f64)| at(lat, lon))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, ..Default::default() })]

    #[test]
    fn stars_agree_with_brute_force(
        centre in centre(),
        radii in prop::collection::vec(1000.0..90_000.0, 3..9),
        clockwise: bool,
        azimuth in -180.0..180.0,
        decades in 0.0..5.3f64,
    ) {
        let turn = 360.0 / radii.len() as f64;
        let mut ring: Vec<_> =
            radii.iter().enumerate().map(|(k, &r)| go(centre, turn * k as f64, r)).collect();
        if !clockwise { ring.reverse() }
        let p = go(centre, azimuth, 10f64.powf(decades));
        let truth = reference::distance(&closed(ring.clone()), p);
        prop_assume!(truth > 0.01);
        let area = Area::new(vec![plain(ring.clone())]).unwrap();
        let found = area.distance_to_boundary(p).get();
        prop_assert!((found - truth).abs() < 0.05, "{found} {truth}");
        let inside = reference::winds_round(&ring, p);
        prop_assert_eq!(area.contains(p), inside);
        prop_assert_eq!(area.signed_distance(p).get() < 0.0, inside);
        for &vertex in &ring {
            prop_assert!(area.contains(vertex));
            prop_assert!(area.distance_to_boundary(vertex).get() < 1e-6);
        }
    }
}

proptest! {
    // Edges half-way round the Earth are slow to cut up in a debug build.
    #![proptest_config(ProptestConfig { cases: 20, failure_persistence: None, ..Default::default() })]

    #[test]
    fn nothing_panics(
        outer in prop::collection::vec((-90.0..=90.0, -180.0..=180.0), 0..6),
        p in (-90.0..=90.0, -180.0..=180.0),
    ) {
        let outer = outer.into_iter().map(|(lat, lon)| at(lat, lon)).collect();
        if let Ok(area) = Area::new(vec![plain(outer)]) {
            let d = area.signed_distance(at(p.0, p.1)).get();
            prop_assert!(d.abs() < 20_003_932.0);
        }
    }
}

#[test]
fn an_edge_point_is_inside_from_both_hands() {
    let (a, b, c) = (at(10.0, 20.0), at(10.3, 20.9), at(11.0, 20.2));
    let area = Area::new(vec![plain(vec![a, b, c])]).unwrap();
    let (length, azimuth) = reference::course(a, b);
    for k in 1..20 {
        assert!(area.contains(go(a, azimuth, length * f64::from(k) / 20.0)));
    }
}

#[test]
fn holes_are_outside_and_their_edges_inside() {
    let area = Area::new(vec![Polygon {
        outer: closed(rectangle(0.0, 0.0, 1.0, 1.0)),
        holes: vec![rectangle(0.4, 0.4, 0.6, 0.6)],
    }])
    .unwrap();
    assert!(area.contains(at(0.2, 0.5)));
    assert!(!area.contains(at(0.5, 0.5)));
    assert!(area.contains(at(0.5, 0.4)));
    assert!(!area.contains(at(1.5, 0.5)));
    assert!((area.signed_distance(at(0.5, 0.5)).get() - 11_057.0).abs() < 10.0);
    assert!((area.signed_distance(at(0.5, 0.3)).get() + 11_131.0).abs() < 10.0);
}

#[test]
fn across_the_date_line() {
    let area = Area::new(vec![plain(rectangle(-1.0, 179.0, 1.0, -179.0))]).unwrap();
    for longitude in [179.5, 180.0, -180.0, -179.5] {
        assert!(area.contains(at(0.3, longitude)));
    }
    for p in [at(0.3, 178.9), at(0.3, -178.9), at(0.3, 0.0), at(1.1, 180.0), at(-0.3, 0.1)] {
        assert!(!area.contains(p), "{p}");
    }
}

#[test]
fn round_the_pole() {
    let ring: Vec<_> = (0..12).map(|k| at(-80.0, f64::from(k) * 30.0 - 180.0)).collect();
    let area = Area::new(vec![plain(ring)]).unwrap();
    assert!(area.contains(at(-90.0, 12.0)));
    assert!(area.contains(at(-85.0, 100.0)));
    assert!(!area.contains(at(-79.0, 0.0)));
    assert!(!area.contains(at(90.0, 0.0)));
}

#[test]
fn a_border_between_two_districts_is_no_boundary() {
    let west = rectangle(0.0, 0.0, 1.0, 1.0);
    let mut east = rectangle(0.0, 1.0, 1.0, 2.0);
    let on_the_border = at(0.5, 1.0);
    for _ in 0..2 {
        let area = Area::new(vec![plain(west.clone()), plain(east.clone())]).unwrap();
        assert!(area.contains(on_the_border));
        assert!((area.signed_distance(on_the_border).get() + 55_287.0).abs() < 30.0);
        // Winding must not matter.
        east.reverse();
    }
    // The same district twice still has its boundary.
    let area = Area::new(vec![plain(west.clone()), plain(west)]).unwrap();
    assert!(area.signed_distance(on_the_border).get().abs() < 1e-3);
}

#[test]
fn what_is_not_an_area_says_why() {
    let p = at(1.0, 2.0);
    assert_eq!(Area::new(vec![]), Err(AreaError::NoPolygon));
    let two = vec![p, at(1.0, 3.0), p, at(1.0, 3.0), p];
    let short = Area::new(vec![plain(two.clone())]).unwrap_err();
    assert_eq!(short, AreaError::RingTooShort { polygon: 1, hole: None });
    let hole = Polygon { outer: rectangle(0.0, 0.0, 9.0, 9.0), holes: vec![two] };
    assert_eq!(
        Area::new(vec![hole]).unwrap_err().to_string(),
        "hole 1 of polygon 1 has fewer than three different points: add points until it encloses something"
    );
    let equator = (0..4).map(|k| at(0.0, f64::from(k) * 90.0 - 180.0)).collect();
    let wide = Area::new(vec![plain(equator)]).unwrap_err();
    assert_eq!(wide, AreaError::RingTooWide { polygon: 1, hole: None });
}
