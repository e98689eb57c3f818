/// A judgement with three values: Kleene's strong logic.
///
/// `Unknown` is an answer. It never becomes one of the others by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It is not so.
    False = 0,
    /// It cannot be told.
    Unknown = 1,
    /// It is so.
    True = 2,
}

impl Truth {
    /// So if both are so; not so if either is not.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// So if either is so; not so if both are not.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// The word for reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::False => "false",
            Self::Unknown => "unknown",
            Self::True => "true",
        }
    }
}

impl std::ops::Not for Truth {
    type Output = Self;
    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(so: bool) -> Self {
        if so { Self::True } else { Self::False }
    }
}
