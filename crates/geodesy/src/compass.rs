//! The four points of the compass, as agreements name them.

use std::fmt;
use std::str::FromStr;

/// A point of the compass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Compass {
    /// Toward the north pole.
    North,
    /// Toward the rising sun.
    East,
    /// Toward the south pole.
    South,
    /// Toward the setting sun.
    West,
}

impl Compass {
    /// All four, clockwise from north.
    pub const ALL: [Self; 4] = [Self::North, Self::East, Self::South, Self::West];

    /// The bearing in degrees clockwise from north.
    #[must_use]
    pub const fn bearing(self) -> f64 {
        match self {
            Self::North => 0.0,
            Self::East => 90.0,
            Self::South => 180.0,
            Self::West => 270.0,
        }
    }

    /// The point straight behind.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::North => Self::South,
            Self::East => Self::West,
            Self::South => Self::North,
            Self::West => Self::East,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::North => "north",
            Self::East => "east",
            Self::South => "south",
            Self::West => "west",
        }
    }
}

/// `north`, `east`, `south`, `west`.
impl fmt::Display for Compass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Reads exactly the words that [`fmt::Display`] writes.
impl FromStr for Compass {
    type Err = NotACompassPoint;

    fn from_str(word: &str) -> Result<Self, NotACompassPoint> {
        Self::ALL.into_iter().find(|c| c.word() == word).ok_or(NotACompassPoint)
    }
}

/// A word that is none of the four points of the compass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotACompassPoint;

impl fmt::Display for NotACompassPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a point of the compass: write north, east, south or west")
    }
}

impl std::error::Error for NotACompassPoint {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_round_trip() {
        for point in Compass::ALL {
            assert_eq!(point.to_string().parse(), Ok(point));
            assert_eq!(point.opposite().opposite(), point);
        }
        for word in ["North", "n", "", "north ", "up"] {
            assert_eq!(word.parse::<Compass>(), Err(NotACompassPoint));
        }
    }
}
