//! How large an area is.

use std::fmt;

use crate::Area;
use crate::geodesic::enclosed;
use crate::segment::Segment;
use crate::vector::latitude_longitude;

/// An extent of ground in square metres.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct SquareMetres(f64);

impl SquareMetres {
    /// The number of square metres.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

/// `850 m²`, `0.85 km²`, `12.4 km²`, `14600 km²`: three figures at most, more
/// than any outline we read is good for.
impl fmt::Display for SquareMetres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let km = self.0 / 1e6;
        match km {
            km if km < 0.1 => write!(f, "{:.0} m²", self.0),
            km if km < 10.0 => write!(f, "{km:.2} km²"),
            km if km < 100.0 => write!(f, "{km:.1} km²"),
            km => {
                let step = 10_f64.powf(km.log10().floor() - 2.0);
                write!(f, "{:.0} km²", (km / step).round() * step)
            }
        }
    }
}

impl Area {
    /// The ground in it, holes taken out, on the ellipsoid. Polygons that
    /// overlap count twice where they do.
    #[must_use]
    pub fn size(&self) -> SquareMetres {
        let each = self.polygons().iter().map(|polygon| {
            let holes: f64 = polygon.holes().map(inside).sum();
            inside(polygon.outline()) - holes
        });
        SquareMetres(each.sum::<f64>().max(0.0))
    }
}

fn inside(outline: &[Segment]) -> f64 {
    enclosed(outline.iter().map(|chord| latitude_longitude(chord.a)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Polygon, Position};

    fn square(from: f64, to: f64) -> Vec<Position> {
        [(from, from), (from, to), (to, to), (to, from)].map(|(x, y)| Position::new(y, x).unwrap()).to_vec()
    }

    /// One degree by one at the equator, as `GeographicLib` has it.
    #[test]
    fn one_degree_square() {
        let area = Area::new(vec![Polygon { outer: square(0.0, 1.0), holes: vec![] }]).unwrap();
        assert!((area.size().get() - 12_308_778_361.469).abs() < 1e5, "{}", area.size().get());
        assert_eq!(area.size().to_string(), "12300 km²");
    }

    #[test]
    fn a_hole_is_no_part_of_it() {
        let area = Area::new(vec![Polygon { outer: square(0.0, 1.0), holes: vec![square(0.25, 0.75)] }]).unwrap();
        let share = area.size().get() / 12_308_778_361.469;
        assert!((share - 0.75).abs() < 1e-4, "{share}");
    }

    #[test]
    fn sizes_read_well() {
        let shown = |size| SquareMetres(size).to_string();
        assert_eq!([shown(850.0), shown(850_000.0), shown(12_400_000.0)], ["850 m²", "0.85 km²", "12.4 km²"]);
        assert_eq!([shown(364.7e6), shown(14_588e6)], ["365 km²", "14600 km²"]);
    }
}
