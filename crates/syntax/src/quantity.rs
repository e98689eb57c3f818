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
        Some(match word {
            "m" | "metre" | "metres" | "meter" | "meters" => Self::Length(1.0),
            "km" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => Self::Length(1000.0),
            "yard" | "yards" => Self::Length(0.9144),
            "foot" | "feet" | "ft" => Self::Length(0.3048),
            "mile" | "miles" => Self::Length(1609.344),
            "mm" | "cm" => Self::Calibre(if word == "mm" { 1.0 } else { 10.0 }),
            "second" | "seconds" => Self::Fixed(1),
            "minute" | "minutes" => Self::Fixed(60),
            "hour" | "hours" => Self::Fixed(3600),
            "day" | "days" => Self::Days(1),
            "week" | "weeks" => Self::Days(7),
            "month" | "months" => Self::Months(1),
            "year" | "years" => Self::Months(12),
            _ => return None,
        })
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
