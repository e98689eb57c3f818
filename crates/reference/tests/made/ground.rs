//! Ground joined of parts, and a line of each party's own.

use proptest::prelude::*;
use proptest::sample::select;

/// Where forces may be kept out of, or in, on the places that [`places`] declares.
pub(crate) const KEPT: &[&str] = &[
    "out of Band",
    "in Band",
    "out of Holed",
    "in Holed",
    "out of Way",
    "in Way",
    "out of Deep",
    "in Deep",
    "at least 500 m from Deep",
    "at least 500 m from Band",
    "at least 300 m from Holed",
    "at least 1 km from Way",
    "out of Sky",
    "at least 1 km from Own",
    "at least 1 km north of Own",
    "at least 500 m from OwnBand",
    "at least its maximum range from Far",
    "at least its maximum range from Far",
    "at least its maximum range from Road",
];

pub(crate) fn places() -> impl Strategy<Value = String> {
    let sides = select(&["", "", "  on the north side of Road\n", "  on the south side of Road\n"][..]);
    let band = (select(&[("0 m", "500 m"), ("500 m", "2 km"), ("1 km", "1.5 km")][..]), sides.clone());
    let band = (band, select(&["", "  good to 100 m\n"][..]));
    let holed = select(&["Disc", "Near", "Band", "Disc and Band", "Deep", "Disc and Deep"][..]);
    let way = (select(&["3 km", "500 m on each side", "2 km in all"][..]), select(&["", "  without Disc\n"][..]));
    let deep = (sides, select(&[("500 m", 1), ("1500 m", 5)][..]));
    let sky = select(&["  below 2000 m\n", "  above 30 m\n  below 5000 feet\n", "  above 100 m\n"][..]);
    (band, holed, way, deep, sky).prop_map(|(((ends, side), good), holed, (width, without), (deep_side, deep), sky)| {
        let ((near, far), (by, points)) = (ends, deep);
        format!(
            "area Band\n  between {near} and {far} of Road\n{side}{good}\
             area Holed\n  from \"p.geojson#zone\"\n  without {holed}\n\
             corridor Way\n  along Road\n  width {width}\n{without}\
             area Deep\n  within 1 km of Road\n{deep_side}  deeper by {by} at {points} points\n\
             area Sky\n  within 2 km of Road\n{sky}\
             line Own\n  for North \"p.geojson#road\"\n  for South and Third \"p.geojson#second\"\n  good to 100 m\n\
             area OwnBand\n  within 100 m of Post\n\
             point Far\n  from \"p.geojson#far\"\n"
        )
    })
}
