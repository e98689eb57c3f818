//! Units as agreements write them, and the numbers before them.

/// A unit the language knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unit {
    /// A length, as a number of metres.
    Length(f64),
    /// A time of fixed length, in seconds.
    Fixed(i64),
    /// Calendar days, weeks counted as seven of them.
    Days(i64),
    /// Calendar months, years counted as twelve of them.
    Months(i64),
    /// A calibre, as a number of millimetres.
    Calibre(f64),
    /// A share of a whole.
    Percent,
}

impl Unit {
    /// The unit a word names.
    ///
    /// The international yard, foot and mile are meant (0.9144 m, 0.3048 m,
    /// 1609.344 m).
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        UNITS.iter().find(|(known, _)| *known == word).map(|(_, unit)| *unit)
    }

    /// Whether it measures a length of ground.
    #[must_use]
    pub const fn is_length(self) -> bool {
        matches!(self, Self::Length(_))
    }

    /// Whether it measures time.
    #[must_use]
    pub const fn is_time(self) -> bool {
        matches!(self, Self::Fixed(_) | Self::Days(_) | Self::Months(_))
    }
}

/// Every word for a unit, the usual ones first.
pub const UNITS: &[(&str, Unit)] = &[
    ("m", Unit::Length(1.0)),
    ("metre", Unit::Length(1.0)),
    ("metres", Unit::Length(1.0)),
    ("meter", Unit::Length(1.0)),
    ("meters", Unit::Length(1.0)),
    ("km", Unit::Length(1000.0)),
    ("kilometre", Unit::Length(1000.0)),
    ("kilometres", Unit::Length(1000.0)),
    ("kilometer", Unit::Length(1000.0)),
    ("kilometers", Unit::Length(1000.0)),
    ("yard", Unit::Length(0.9144)),
    ("yards", Unit::Length(0.9144)),
    ("foot", Unit::Length(0.3048)),
    ("feet", Unit::Length(0.3048)),
    ("ft", Unit::Length(0.3048)),
    ("mile", Unit::Length(1609.344)),
    ("miles", Unit::Length(1609.344)),
    ("mm", Unit::Calibre(1.0)),
    ("cm", Unit::Calibre(10.0)),
    ("second", Unit::Fixed(1)),
    ("seconds", Unit::Fixed(1)),
    ("minute", Unit::Fixed(60)),
    ("minutes", Unit::Fixed(60)),
    ("hour", Unit::Fixed(3600)),
    ("hours", Unit::Fixed(3600)),
    ("day", Unit::Days(1)),
    ("days", Unit::Days(1)),
    ("week", Unit::Days(7)),
    ("weeks", Unit::Days(7)),
    ("month", Unit::Months(1)),
    ("months", Unit::Months(1)),
    ("year", Unit::Months(12)),
    ("years", Unit::Months(12)),
];

/// Words for lengths, for suggestions.
pub(crate) const LENGTHS: &[&str] = &["m", "metres", "km", "kilometres", "yards", "feet", "miles"];
/// Words for times, for suggestions.
pub(crate) const TIMES: &[&str] = &["hours", "days", "weeks", "months", "years", "minutes"];

/// The value of a number token: `3500`, `3,500`, `3.5`.
#[must_use]
pub fn parse_number(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter(|c| *c != ',').collect();
    plain.parse().ok().filter(|n: &f64| n.is_finite())
}
