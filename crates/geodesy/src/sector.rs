//! Ground seen from one place, between two bearings and two distances.

use std::fmt;

use crate::geodesic::{SAME_PLACE, course, distance, onward};
use crate::{Line, Metres, Position};

/// The ground between two bearings and two distances from an observer: what
/// "smoke to the north-east, 2 to 5 km off" says of a place.
///
/// A bearing is that of the geodesic where it leaves the observer, and a
/// distance is along it. The sector runs clockwise from the first bearing to
/// the second, over north where need be. Two equal bearings are one direction,
/// not a circle; the whole circle is 0 to 360. Equal distances are an arc. At a
/// pole, bearings count from the meridian of the observer's own longitude.
#[derive(Clone, Debug, PartialEq)]
pub struct Sector {
    observer: Position,
    from: f64,
    /// How far round, in degrees within 0..=360.
    span: f64,
    nearest: Metres,
    farthest: Metres,
    /// The two straight edges; none for the whole circle.
    sides: Vec<Straight>,
}

/// A straight edge of a sector.
#[derive(Clone, Debug, PartialEq)]
enum Straight {
    Line(Line),
    /// Between equal distances an edge is a place.
    Place(Position),
}

impl Straight {
    fn distance(&self, p: Position) -> Metres {
        match self {
            Self::Line(line) => line.distance_to(p),
            Self::Place(place) => distance(*place, p),
        }
    }
}

impl Sector {
    /// The farthest a sector may reach: a quarter of the way round the Earth.
    pub const MOST: Metres = Metres::new(10_000_000.0);

    /// The sector clockwise from `bearing.0` to `bearing.1`, in degrees from
    /// true north within 0 to 360, and from `range.0` to `range.1` away.
    ///
    /// # Errors
    /// [`SectorError`] when a bearing is not within 0 to 360, or the distances
    /// are not zero or more, the nearest first, and at most [`Self::MOST`].
    pub fn new(observer: Position, bearing: (f64, f64), range: (Metres, Metres)) -> Result<Self, SectorError> {
        for degrees in [bearing.0, bearing.1] {
            if !(0.0..=360.0).contains(&degrees) {
                return Err(SectorError::Bearing { degrees });
            }
        }
        let (nearest, farthest) = range;
        if !(nearest.get() >= 0.0 && farthest >= nearest) {
            return Err(SectorError::Range { nearest, farthest });
        }
        if farthest > Self::MOST {
            return Err(SectorError::TooFar { farthest });
        }
        let turn = bearing.1 - bearing.0;
        let span = if turn < 0.0 { turn + 360.0 } else { turn };
        let side = |azimuth: f64| {
            let end = |metres: Metres| {
                let (latitude, longitude, _) = onward(observer, azimuth, metres.get());
                Position::clamped(latitude, longitude)
            };
            Line::new(vec![end(nearest), end(farthest)]).map_or_else(|_| Straight::Place(end(farthest)), Straight::Line)
        };
        let sides = if span < 360.0 { vec![side(bearing.0), side(bearing.1)] } else { Vec::new() };
        Ok(Self { observer, from: bearing.0, span, nearest, farthest, sides })
    }

    /// Where the bearings and distances are taken from.
    #[must_use]
    pub const fn observer(&self) -> Position {
        self.observer
    }

    /// The first bearing, in degrees clockwise from true north.
    #[must_use]
    pub const fn from(&self) -> f64 {
        self.from
    }

    /// How far round the sector runs, clockwise, in degrees within 0 to 360.
    #[must_use]
    pub const fn span(&self) -> f64 {
        self.span
    }

    /// The nearest and the farthest distance from the observer.
    #[must_use]
    pub const fn range(&self) -> (Metres, Metres) {
        (self.nearest, self.farthest)
    }

    /// Whether a position is in the sector; within 1 mm of its edge counts as in.
    #[must_use]
    pub fn contains(&self, p: Position) -> bool {
        self.signed_distance(p).get() <= SAME_PLACE
    }

    /// The distance in metres to the nearest place of the sector, zero in it.
    #[must_use]
    pub fn distance_to(&self, p: Position) -> Metres {
        Metres::new(self.signed_distance(p).get().max(0.0))
    }

    /// The distance in metres to the sector's edge, negative inside and
    /// positive outside. Right to a millimetre up to 100 km, and as
    /// [`Line::nearest`] beyond.
    ///
    /// To a circle about the observer the nearest way is along the bearing, and
    /// along an arc the distance only grows away from that bearing, whatever
    /// the Earth's shape: so an arc is measured at the bearing or at its ends.
    #[must_use]
    pub fn signed_distance(&self, p: Position) -> Metres {
        let (metres, azimuth) = course(self.observer, p);
        let beside = self.sides.iter().map(|s| s.distance(p).get()).fold(f64::INFINITY, f64::min);
        let (nearest, farthest) = (self.nearest.get(), self.farthest.get());
        let signed = if (azimuth - self.from).rem_euclid(360.0) > self.span {
            beside
        } else if metres > farthest {
            metres - farthest
        } else if metres < nearest {
            nearest - metres
        } else {
            // From nowhere on there is no inner arc.
            let inner = if nearest > 0.0 { metres - nearest } else { f64::INFINITY };
            -beside.min(farthest - metres).min(inner)
        };
        Metres::new(signed)
    }
}

/// Why bearings and distances do not make a sector.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SectorError {
    /// A bearing that is none.
    Bearing {
        /// As given, in degrees.
        degrees: f64,
    },
    /// Distances that are negative, the wrong way round or no numbers.
    Range {
        /// The nearest, as given.
        nearest: Metres,
        /// The farthest, as given.
        farthest: Metres,
    },
    /// Farther than [`Sector::MOST`].
    TooFar {
        /// The farthest distance, as given.
        farthest: Metres,
    },
}

impl fmt::Display for SectorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bearing { degrees } => {
                write!(f, "{degrees} degrees is not a bearing: give 0 to 360, clockwise from true north")
            }
            Self::Range { nearest, farthest } => write!(
                f,
                "{} to {} metres is not a range: give the nearest distance first, both zero or more",
                nearest.get(),
                farthest.get()
            ),
            Self::TooFar { farthest } => {
                write!(f, "{} metres is too far for a sector: give at most {}", farthest.get(), Sector::MOST)
            }
        }
    }
}

impl std::error::Error for SectorError {}
