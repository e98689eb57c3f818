//! Lines against brute force, anywhere on Earth.

mod reference;

use armistice_geodesy::{Compass, Line, LineError, Metres, Position, Side, distance};
use proptest::prelude::*;
use reference::{at, course, go, wrap};

/// Anywhere, and often near a pole or the date line.
fn place() -> impl Strategy<Value = Position> {
    let latitude = prop_oneof![2 => -90.0..90.0, 1 => 88.0..90.0, 1 => -90.0..-88.0, 1 => -1.0..1.0];
    let longitude = prop_oneof![2 => -180.0..180.0, 1 => 179.0..180.0, 1 => -180.0..-179.0];
    (latitude, longitude).prop_map(|(lat, lon): (f64, f64)| at(lat, lon))
}

fn walk(start: Position, steps: &[(f64, f64)]) -> Vec<Position> {
    let mut vertices = vec![start];
    let mut last = start;
    for &(azimuth, metres) in steps {
        last = go(last, azimuth, metres);
        vertices.push(last);
    }
    vertices
}

fn vertices() -> impl Strategy<Value = Vec<Position>> {
    let step = (-180.0..180.0, prop_oneof![1.0..1000.0, 1000.0..100_000.0]);
    (place(), prop::collection::vec(step, 1..6)).prop_map(|(start, steps)| walk(start, &steps))
}

/// 1 m to 500 km, as many in each decade.
fn offset() -> impl Strategy<Value = (f64, f64)> {
    (-180.0..180.0, (0.0..5.7f64).prop_map(|decades| 10f64.powf(decades)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

    #[test]
    fn nearest_is_within_a_metre_of_the_truth(v in vertices(), k in any::<prop::sample::Index>(), (azimuth, metres) in offset()) {
        let p = go(*k.get(&v), azimuth, metres);
        let line = Line::new(v.clone()).unwrap();
        let nearest = line.nearest(p);
        let truth = reference::distance(&v, p);
        let error = nearest.distance.get() - truth;
        prop_assert!((-1e-3..0.3).contains(&error), "{error} at {truth}");
        prop_assert!((distance(p, nearest.at) - nearest.distance).abs().get() < 1e-6);
        prop_assert!(reference::distance(&v, nearest.at) < 0.02);

        let least = line.distance_at_least(p).get();
        prop_assert!(least <= truth + 1e-6);
        prop_assert!(!line.is_certainly_farther_than(p, nearest.distance));
        // 130 m covers arc less chord at 500 km; every line here is this near.
        let nearer = Metres::new(truth - 0.03 - 130.0 * (truth / 500_000.0).powi(3) - 1e-3 * truth);
        prop_assert!(line.is_certainly_farther_than(p, nearer));
    }

    #[test]
    fn the_nearest_of_many_spikes(p in place(), more in prop::collection::vec(0.0..3.0f64, 8), metres in 1000.0..500_000.0) {
        // Straight lengths alone choose wrongly here by up to 1.7 m.
        let v = reference::spikes(p, metres, &more);
        let truth = metres + more.into_iter().fold(f64::INFINITY, f64::min);
        let error = Line::new(v).unwrap().nearest(p).distance.get() - truth;
        prop_assert!((-1e-6..0.3).contains(&error), "{error} at {truth}");
    }

    #[test]
    fn a_step_off_an_edge_is_on_the_hand_it_was_made(v in vertices(), k in any::<prop::sample::Index>(), along in 0.01..0.99, left: bool, metres in 0.01..50.0) {
        let edges: Vec<_> = v.windows(2).collect();
        let edge = *k.get(&edges);
        let (length, azimuth) = course(edge[0], edge[1]);
        let foot = go(edge[0], azimuth, length * along);
        let ahead = course(foot, edge[1]).1;
        let p = go(foot, ahead + if left { -90.0 } else { 90.0 }, metres);
        let line = Line::new(v.clone()).unwrap();
        let nearest = line.nearest(p);
        // Otherwise another edge is nearer, and it decides.
        prop_assume!(distance(nearest.at, foot).get() < 0.01);
        prop_assert_eq!(nearest.side, if left { Side::Left } else { Side::Right });
        prop_assert_eq!(line.nearest(foot).side, Side::On);
        let back = Line::new(v.into_iter().rev().collect()).unwrap();
        prop_assert_eq!(back.nearest(p).side, nearest.side.opposite());
    }

    #[test]
    fn corners_decide_by_their_angle(corner in place(), coming in -180.0..180.0f64, turn in -179.0..179.0f64, to in -180.0..180.0f64, metres in 1.0..400_000.0) {
        // Edges that are long against the distance, so that the corner is all there is.
        let v = vec![go(corner, coming + 180.0, 5.0 * metres), corner, go(corner, coming + turn, 5.0 * metres)];
        let p = go(corner, to, metres);
        // Counter-clockwise from the way out: first the left sector, then the right.
        let left_sector = (180.0 + turn).rem_euclid(360.0);
        let from_out = (coming + turn - to).rem_euclid(360.0);
        let clear = from_out.min((left_sector - from_out).abs()).min(360.0 - from_out);
        prop_assume!(clear > 1.0 && corner.latitude().abs() < 89.999);
        let expected = if from_out < left_sector { Side::Left } else { Side::Right };
        prop_assert_eq!(Line::new(v).unwrap().nearest(p).side, expected);
    }

    #[test]
    fn beyond_an_end_the_line_goes_straight_on(end in place(), azimuth in -180.0..180.0, off in -89.0..89.0f64, metres in 1.0..500_000.0) {
        prop_assume!(off.abs() > 1e-3 && end.latitude().abs() < 89.999);
        let line = Line::new(vec![go(end, azimuth + 180.0, 30_000.0), end]).unwrap();
        let side = line.nearest(go(end, azimuth + off, metres)).side;
        prop_assert_eq!(side, if off < 0.0 { Side::Left } else { Side::Right });
    }
}

proptest! {
    // Edges half-way round the Earth are slow to cut up in a debug build.
    #![proptest_config(ProptestConfig { cases: 20, failure_persistence: None, ..Default::default() })]

    #[test]
    fn nothing_panics(v in prop::collection::vec((-90.0..=90.0, -180.0..=180.0), 0..5), p in (-90.0..=90.0, -180.0..=180.0)) {
        let p = at(p.0, p.1);
        if let Ok(line) = Line::new(v.into_iter().map(|(lat, lon)| at(lat, lon)).collect()) {
            let d = line.nearest(p).distance.get();
            prop_assert!((0.0..20_003_932.0).contains(&d));
            prop_assert!(line.distance_at_least(p).get() <= d + 1e-6);
            for compass in Compass::ALL {
                let side = line.side_toward(compass);
                prop_assert_eq!(side.map(Side::opposite), line.side_toward(compass.opposite()));
            }
        }
    }
}

#[test]
fn straight_across_the_date_line_and_the_pole() {
    let line = Line::new(vec![at(10.0, 179.0), at(10.0, -179.0)]).unwrap();
    assert_eq!(line.nearest(at(11.0, 180.0)).side, Side::Left);
    assert_eq!(line.nearest(at(9.0, -180.0)).side, Side::Right);
    assert!((line.length() - distance(at(10.0, 179.0), at(10.0, -179.0))).abs().get() < 1e-6);

    let line = Line::new(vec![at(89.0, 0.0), at(89.0, 180.0)]).unwrap();
    assert_eq!(line.nearest(at(89.0, -90.0)).side, Side::Left);
    assert_eq!(line.nearest(at(89.0, 90.0)).side, Side::Right);
    assert_eq!(line.nearest(at(90.0, 42.0)).side, Side::On);
    assert_eq!(line.nearest(at(85.0, 180.0)).side, Side::On);
}

#[test]
fn a_vertex_at_the_pole_by_any_longitude() {
    for longitude in [-180.0, -33.0, 0.0, 90.0] {
        // Down from the pole along 90° E after coming up along 0°: a right angle.
        let line = Line::new(vec![at(89.0, 0.0), at(90.0, longitude), at(89.0, 90.0)]).unwrap();
        assert_eq!(line.nearest(at(89.5, 45.0)).side, Side::Right);
        assert_eq!(line.nearest(at(89.9, -135.0)).side, Side::Left);
    }
}

#[test]
fn the_sharp_tip_of_a_salient() {
    // North to the tip, then back south by a hair's breadth to the east.
    let tip = at(36.0, 37.0);
    let line = Line::new(vec![at(35.0, 37.0), tip, at(35.0, 37.001)]).unwrap();
    for azimuth in [-80.0, -30.0, 0.0, 30.0, 80.0] {
        assert_eq!(line.nearest(go(tip, azimuth, 20_000.0)).side, Side::Left);
    }
}

#[test]
fn where_the_sides_part() {
    // Ten kilometres eastward, then as many northward.
    let (a, corner) = (at(0.0, 0.0), go(at(0.0, 0.0), 90.0, 10_000.0));
    let line = Line::new(vec![a, corner, go(corner, 0.0, 10_000.0)]).unwrap();
    let parts =
        |from: Position, azimuth: f64, metres: f64| line.distance_to_other_side(go(from, azimuth, metres)).get();
    let near = |a: f64, b: f64| assert!((a - b).abs() < 0.01 && a < b + 1e-6, "{a} is not {b}");
    near(parts(go(a, 90.0, 5000.0), 180.0, 3000.0), 3000.0);
    // On the extension, beside it, and where it is nearer than the line.
    near(parts(a, 270.0, 5000.0), 0.0);
    near(parts(go(a, 270.0, 5000.0), 0.0, 300.0), 300.0);
    near(parts(go(a, 270.0, 4000.0), 0.0, 11_000.0), 11_000.0);
    assert!(line.distance_to(go(go(a, 270.0, 4000.0), 0.0, 11_000.0)).get() > 11_500.0);
    // Whichever way round it is drawn.
    let back = Line::new(line.vertices().iter().rev().copied().collect()).unwrap();
    let p = go(go(a, 270.0, 5000.0), 0.0, 300.0);
    near(back.distance_to_other_side(p).get(), line.distance_to_other_side(p).get());
}

#[test]
fn sides_by_compass() {
    let side = |a, b, compass| Line::new(vec![a, b]).unwrap().side_toward(compass);
    let (w, e) = (at(48.0, 30.0), at(48.0, 31.0));
    assert_eq!(side(w, e, Compass::North), Some(Side::Left));
    assert_eq!(side(e, w, Compass::North), Some(Side::Right));
    assert_eq!(side(w, e, Compass::South), Some(Side::Right));
    assert_eq!(side(w, e, Compass::East), None);
    assert_eq!(side(at(0.0, 179.5), at(0.0, -179.5), Compass::North), Some(Side::Left));
    for (azimuth, expected) in [(14.9, None), (15.1, Some(Side::Left)), (-14.9, None), (-15.1, Some(Side::Right))] {
        assert_eq!(side(w, go(w, azimuth, 100.0), Compass::North), expected);
    }
    let round = Line::new(vec![w, e, at(49.0, 30.5), w]).unwrap();
    assert_eq!(round.side_toward(Compass::North), None);
}

#[test]
fn what_is_not_a_line_says_why() {
    let p = at(1.0, 2.0);
    assert_eq!(Line::new(vec![]), Err(LineError::TooFewPoints { given: 0 }));
    assert_eq!(Line::new(vec![p]), Err(LineError::TooFewPoints { given: 1 }));
    assert_eq!(Line::new(vec![p, p, p]), Err(LineError::AllOnePoint));
    assert_eq!(
        Line::new(vec![p, p]).unwrap_err().to_string(),
        "all points of the line are the same place: add one that is somewhere else"
    );
    let line = Line::new(vec![p, p, at(1.0, 3.0)]).unwrap();
    assert_eq!(line.vertices().len(), 3);
    assert_eq!(wrap(181.0), -179.0);
}
