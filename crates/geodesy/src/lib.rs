//! Where things are on the Earth, how far apart, on which side, and how sure.
//!
//! Agreements speak of lines, zones and distances from them; records speak of
//! positions known only roughly. This crate is the geometry between the two:
//!
//! - [`distance`]: the exact geodesic between two [`Position`]s;
//! - [`Line`]: how far a position is from a drawn line, and on which [`Side`];
//! - [`Area`]: whether a position is inside, and how far from the boundary;
//! - [`Sector`]: ground between two bearings and two distances from an observer;
//! - [`Sample`]: equally likely places that stand for a normal, an area or a
//!   sector, where no formula holds;
//! - [`Field`]: bounds on the distance to a shape, for millions of places;
//! - [`clear_of`]: so far from an edge that no probability need be worked out;
//! - [`Radius95`] and the `probability_…` functions: how likely each of those
//!   is true of a position that is uncertain.
//!
//! Everything is on the WGS 84 ellipsoid. A distance is [`Metres`], never a
//! bare `f64`; a place is a [`Position`] that cannot hold an impossible
//! latitude. The date line and the poles are places like any other.
//!
//! What it must not know: agreements, records, files, time, or what a
//! probability is judged to mean. It reads no input, keeps no state, and gives
//! the same answer to the same question. No input makes it panic.
//!
//! # Example
//!
//! Is a shell that fell within 2 km of 15.0 N 44.04 E inside the strip of 5 km
//! to either side of a line?
//!
//! ```
//! use armistice_geodesy::{Compass, Line, Metres, Position, Radius95, probability_within_band};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let line = Line::new(vec![Position::new(14.9, 44.0)?, Position::new(15.2, 44.05)?])?;
//! let fell = Position::new(15.0, 44.04)?;
//!
//! let nearest = line.nearest(fell);
//! assert_eq!(nearest.distance.to_string(), "2479 m");
//! // The line runs north, so its right is its east side, and it has no north side.
//! assert_eq!(line.side_toward(Compass::East), Some(nearest.side));
//! assert_eq!(line.side_toward(Compass::North), None);
//!
//! let sure = Radius95::new(Metres::from_km(2.0))?;
//! let p = probability_within_band(nearest.distance, Metres::from_km(5.0), sure);
//! assert!(p > 0.99);
//!
//! // Cheap enough to ask first when there are many lines.
//! assert!(line.is_certainly_farther_than(Position::new(40.0, 44.0)?, Metres::from_km(5.0)));
//! # Ok(())
//! # }
//! ```

mod area;
mod around;
mod clear;
mod compass;
mod cover;
mod densify;
mod disc;
mod field;
mod fill;
mod geodesic;
mod grid;
mod index;
mod line;
mod look;
mod metres;
mod plane;
mod position;
mod ring;
mod sector;
mod segment;
mod side;
mod size;
mod smooth;
mod sown;
mod span;
mod spiral;
mod spread;
mod straight;
mod uncertainty;
mod vector;

pub use area::{Area, AreaError, Polygon};
pub use clear::{CLEAR, clear_of, clear_radii, well_within};
pub use compass::{Compass, NotACompassPoint};
pub use disc::probability_within_disc;
pub use field::{Approximate, Field};
pub use geodesic::distance;
pub use line::{Line, LineError, Nearest};
pub use metres::Metres;
pub use position::{OutOfRange, Position};
pub use sector::{Sector, SectorError};
pub use side::Side;
pub use size::SquareMetres;
pub use spread::Sample;
pub use uncertainty::{
    BadRadius, Radius95, normal_cdf, probability_between, probability_half_plane, probability_within_band,
};
