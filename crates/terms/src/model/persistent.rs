//! When breaches are persistent, in the text's own words.

/// From how many breaches, in how long a time, the text calls them persistent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Persistent {
    /// How many; two at the least.
    pub breaches: u32,
    /// In how many seconds; a day is 24 hours.
    pub within: i64,
}

impl Persistent {
    /// `3 breaches in any 30 days`.
    #[must_use]
    pub fn words(self) -> String {
        let (length, unit) = match self.within {
            seconds if seconds % 86_400 == 0 => (seconds / 86_400, "day"),
            seconds if seconds % 3600 == 0 => (seconds / 3600, "hour"),
            seconds => (seconds, "second"),
        };
        format!("{} breaches in any {length} {unit}{}", self.breaches, if length == 1 { "" } else { "s" })
    }
}
