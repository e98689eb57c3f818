//! Section 5: ground joined of parts. A degree of longitude is 74.6 km at 48° N,
//! σ of a 95 % radius of 2448 m is 1000 m.

use armistice_geodesy::Metres;
use armistice_records::{Act, Kind, Place, Record};
use armistice_reference::T;

use crate::case::{Case, point, report};

fn judged(places: &str, ground: &str, place: Place) -> T {
    let clause = format!("{places}\nNorth must keep tanks {ground}\n  from D");
    let seen = Record { kind: Kind::Sighting, act: Act::Presence, place, ..report("r") };
    Case::new("2020-03-26", 95, &[&clause], vec![seen]).point("r", 3)
}

/// So many kilometres east of the meridian of 37°, along 48° N.
fn east(km: f64, radius: f64) -> Place {
    point(48.0, 37.0 + km / 74.625, radius)
}

const BAND: &str = "area Band\n  between 10 km and 20 km of Meridian";

#[test]
fn a_band_has_two_edges_on_each_side() {
    for (km, there) in [(5.0, T::F), (9.9, T::F), (10.1, T::T), (-15.0, T::T), (19.9, T::T), (20.1, T::F)] {
        assert_eq!(judged(BAND, "out of Band", east(km, 0.0)), there, "{km}");
        assert_eq!(judged(BAND, "in Band", east(km, 0.0)), if there == T::T { T::F } else { T::T }, "{km}");
    }
    // 2Φ(5) − 1 in the middle, one half on an edge, Φ(1) = 0.84 just inside.
    assert_eq!(judged(BAND, "out of Band", east(15.0, 2448.0)), T::T);
    assert_eq!(judged(BAND, "out of Band", east(10.0, 2448.0)), T::U);
    assert_eq!(judged(BAND, "out of Band", east(11.0, 2448.0)), T::U);
    // Farther out than the radius, and less likely than one in twenty.
    assert_eq!(judged(BAND, "out of Band", east(7.4, 2448.0)), T::F);
    assert_eq!(judged(BAND, "out of Band", east(8.0, 2448.0)), T::U);
}

#[test]
fn a_band_narrower_than_the_report_is_never_told() {
    let narrow = "area Band\n  between 10 km and 12 km of Meridian";
    // 2Φ(1) − 1 = 0.68 at most.
    assert_eq!(judged(narrow, "out of Band", east(11.0, 2448.0)), T::U);
    assert_eq!(judged(narrow, "out of Band", east(20.0, 2448.0)), T::F);
}

#[test]
fn one_side_of_a_line_is_half_a_band() {
    let half = format!("{BAND}\n  on the east side of Meridian");
    assert_eq!(judged(&half, "out of Band", east(15.0, 0.0)), T::T);
    assert_eq!(judged(&half, "out of Band", east(-15.0, 0.0)), T::F);
}

#[test]
fn past_an_end_the_extension_of_a_line_parts_its_sides() {
    // The meridian ends at 51° N: six kilometres on, and 100 m to the west.
    let half = "area Half\n  within 10 km of Meridian\n  on the east side of Meridian";
    let north = |east: f64, radius: f64| point(51.054, 37.0 + east / 70.1, radius);
    assert_eq!(judged(half, "out of Half", north(-0.1, 500.0)), T::U);
    assert_eq!(judged(half, "out of Half", north(0.1, 500.0)), T::U);
    assert_eq!(judged(half, "out of Half", north(-2.0, 500.0)), T::F);
    assert_eq!(judged(half, "out of Half", north(2.0, 500.0)), T::T);
}

#[test]
fn what_may_be_inside_at_most_is_asked_for_before_it_is_outside() {
    // In the middle of a hole as wide as the report is good for 95 times in 100,
    // where one in twenty lies in the ground around it.
    let holed = "area Around\n  within 60 km of Post\n  without Disc";
    let place = point(48.0, 37.0, 999.0);
    let clause = format!("{holed}\nNorth must keep tanks out of Around\n  from D");
    for (proof, there) in [(90, T::F), (99, T::U)] {
        let seen = Record { kind: Kind::Sighting, act: Act::Presence, place: place.clone(), ..report("r") };
        assert_eq!(Case::new("2020-03-26", proof, &[&clause], vec![seen]).point("r", 3), there, "{proof} %");
    }
}

#[test]
fn a_corridor_is_as_wide_as_is_said() {
    for (width, half) in [("5 km", 2.5), ("5 km in all", 2.5), ("5 km on each side", 5.0)] {
        let way = format!("corridor Way\n  along Meridian\n  width {width}");
        assert_eq!(judged(&way, "out of Way", east(half - 0.1, 0.0)), T::T, "{width}");
        assert_eq!(judged(&way, "out of Way", east(half + 0.1, 0.0)), T::F, "{width}");
    }
}

#[test]
fn a_hole_is_not_in_the_area_around_it() {
    let holed = "area Holed\n  from \"s#zone\"\n  good to 0 m\n  without Strip";
    // The zone begins on the meridian; the strip ends 10 km east of it.
    assert_eq!(judged(holed, "out of Holed", point(48.5, 37.1, 0.0)), T::F);
    assert_eq!(judged(holed, "out of Holed", point(48.5, 37.5, 0.0)), T::T);
    assert_eq!(judged(holed, "in Holed", point(48.5, 37.1, 0.0)), T::T);
    assert_eq!(judged(holed, "in Holed", point(48.5, 37.1, 50_000.0)), T::U);
}

#[test]
fn where_points_are_counted_and_not_named_nothing_is_told_behind_the_edge() {
    let deep = "area Deep\n  within 700 m of Meridian\n  deeper by 400 m at 5 points";
    for (km, out, within) in [(0.6, T::T, T::F), (0.9, T::U, T::U), (1.2, T::F, T::T)] {
        assert_eq!(judged(deep, "out of Deep", east(km, 0.0)), out, "{km}");
        assert_eq!(judged(deep, "in Deep", east(km, 0.0)), within, "{km}");
    }
}

#[test]
fn a_ceiling_is_asked_of_the_record() {
    let sky = "area Sky\n  within 10 km of Meridian\n  below 1000 m\nNorth must not fly in Sky\n  from D";
    let flown = |height: Option<(f64, f64)>| {
        let height = height.map(|(low, high)| (Metres::new(low), Metres::new(high)));
        let flight = Record { act: Act::Flight, height, place: east(1.0, 0.0), ..report("r") };
        Case::new("2020-03-26", 95, &[sky], vec![flight]).point("r", 3)
    };
    assert_eq!(flown(Some((300.0, 500.0))), T::T);
    assert_eq!(flown(Some((1000.0, 1500.0))), T::F);
    assert_eq!(flown(Some((900.0, 1500.0))), T::U);
    assert_eq!(flown(None), T::U);
}

#[test]
fn each_party_is_measured_from_its_own_line() {
    let own = "line Own\n  for North \"s#meridian\"\n  for South \"s#corner\"\n  good to 0 m\n\
               North and South must keep tanks at least 20 km from Own\n  from D";
    let seen = |place: Place, who: &str| {
        let seen =
            Record { kind: Kind::Sighting, act: Act::Presence, place, side_a: vec![who.to_owned()], ..report("r") };
        let case = Case::new("2020-03-26", 95, &[own], vec![seen]);
        let known = case.known();
        [0, 1].map(|provision| known.judged(provision).iter().find(|f| f.record == "r").map(|f| f.points[3]).unwrap())
    };
    assert_eq!(seen(east(1.0, 0.0), "the north"), [T::T, T::F]);
    assert_eq!(seen(point(0.1, 38.0, 0.0), "the south"), [T::F, T::T]);
}
