//! Section 5: distances from joined ground, and ground between lines.

use armistice_geodesy::{Metres, Position, distance};
use armistice_records::{Act, Kind, Place, Record};
use armistice_reference::T;

use crate::case::{Case, point, report};

fn judged(places: &str, ground: &str, place: Place) -> T {
    let clause = format!("{places}\nNorth must keep tanks {ground}\n  from D");
    let seen = Record { kind: Kind::Sighting, act: Act::Presence, place, ..report("r") };
    Case::new("2020-03-26", 95, &[&clause], vec![seen]).point("r", 3)
}

fn east(km: f64) -> Place {
    point(48.0, 37.0 + km / 74.625, 0.0)
}

#[test]
fn near_joined_ground_nobody_can_tell_and_far_from_it_it_is_not() {
    let band = "area Band\n  between 10 km and 20 km of Meridian";
    for (km, there) in [(5.0, T::F), (7.9, T::F), (8.1, T::U), (11.0, T::T), (19.9, T::T), (21.9, T::U), (22.1, T::F)] {
        assert_eq!(judged(band, "at least 2 km from Band", east(km)), there, "{km}");
    }
    // Wider than the hole: nothing is left of it.
    assert_eq!(judged(band, "at least 11 km from Band", east(0.0)), T::U);
    // A side bounds nothing, since a line can be passed at its end.
    let half = format!("{band}\n  on the east side of Meridian");
    assert_eq!(judged(&half, "at least 2 km from Band", east(-15.0)), T::U);
    assert_eq!(judged(&half, "at least 2 km from Band", east(-23.0)), T::F);
}

/// Whatever lies within the distance of some place in the ground is never told to
/// be out of it.
#[test]
fn nothing_as_near_as_that_is_out_of_it() {
    let holed = "area Holed\n  within 20 km of Post\n  without Disc";
    let centre = Position::new(48.0, 37.0).unwrap();
    for step in 0..120 {
        let km = f64::from(step) * 0.25;
        let told = judged(holed, "at least 3 km from Holed", east(km));
        let away = distance(Position::new(48.0, 37.0 + km / 74.625).unwrap(), centre);
        // The ground lies from one to twenty kilometres around the post.
        if away <= Metres::new(23_000.0) {
            assert_ne!(told, T::F, "{km}");
        } else {
            assert_eq!(told, T::F, "{km}");
        }
    }
}

#[test]
fn between_two_lines_is_what_each_has_on_the_side_of_the_other() {
    let between = "line Other\n  from \"s#east\"\n  good to 0 m\narea Between\n  between Meridian and Other";
    for (km, there) in [(-1.0, T::F), (1.0, T::T), (70.0, T::T), (80.0, T::F)] {
        assert_eq!(judged(between, "out of Between", east(km)), there, "{km}");
    }
    // Their sides go on past their ends; what lies between them does not.
    for latitude in [56.0, 40.0] {
        assert_eq!(judged(between, "out of Between", point(latitude, 37.5, 0.0)), T::F, "{latitude}");
    }
}
