//! How wide a weapon's bore is and how far it reaches, and limits of both.

use armistice_geodesy::Metres;

/// The width of a weapon's bore.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Calibre(f64);

impl Calibre {
    /// So many millimetres.
    #[must_use]
    pub const fn millimetres(number: f64) -> Self {
        Self(number)
    }

    /// In millimetres.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl std::fmt::Display for Calibre {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} mm", self.0)
    }
}

/// How a number stands to a limit: *over 100 mm* and *at least 100 mm* differ by
/// every gun of 100 mm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `over`.
    Over,
    /// `at least`.
    AtLeast,
    /// `up to`.
    UpTo,
    /// `under`.
    Under,
}

impl Comparison {
    /// Each with its words.
    pub const ALL: [(&'static str, Self); 4] =
        [("over", Self::Over), ("at least", Self::AtLeast), ("up to", Self::UpTo), ("under", Self::Under)];

    fn holds<T: PartialOrd>(self, found: &T, limit: &T) -> bool {
        match self {
            Self::Over => found > limit,
            Self::AtLeast => found >= limit,
            Self::UpTo => found <= limit,
            Self::Under => found < limit,
        }
    }
}

/// A limit of calibre, or of the range a weapon can reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// `of calibre over 100 mm`.
    Calibre(Comparison, Calibre),
    /// `of range up to 20 km`.
    Range(Comparison, Metres),
}

impl Measure {
    /// How another limit of the same sort stands to this one: greater if it lets
    /// in more; `None` where neither is certain, as of a floor and a ceiling.
    pub(super) fn to(&self, other: &Self) -> Option<std::cmp::Ordering> {
        let (was, is, comparisons) = match (self, other) {
            (Self::Calibre(a, was), Self::Calibre(b, is)) => (was.get(), is.get(), (*a, *b)),
            (Self::Range(a, was), Self::Range(b, is)) => (was.get(), is.get(), (*a, *b)),
            _ => return None,
        };
        use Comparison::{AtLeast, Over, Under, UpTo};
        let number = is.total_cmp(&was);
        match comparisons {
            // A lower floor lets in more, and at least 100 more than over 100.
            (Over | AtLeast, Over | AtLeast) => {
                Some(number.reverse().then((comparisons.1 == AtLeast).cmp(&(comparisons.0 == AtLeast))))
            }
            (UpTo | Under, UpTo | Under) => Some(number.then((comparisons.1 == UpTo).cmp(&(comparisons.0 == UpTo)))),
            _ => None,
        }
    }

    /// Whether a weapon of this calibre and range meets it; unknown where the
    /// one it speaks of is.
    pub(super) fn met(&self, calibre: Option<Calibre>, range: Option<Metres>) -> Option<bool> {
        match self {
            Self::Calibre(comparison, limit) => Some(comparison.holds(&calibre?, limit)),
            Self::Range(comparison, limit) => Some(comparison.holds(&range?, limit)),
        }
    }
}
