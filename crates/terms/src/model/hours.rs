//! Hours of the day at which alone a term holds.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// `from 18:00 to 06:00`, on a clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Hours {
    /// When it begins to hold each day.
    pub from: Time,
    /// When it ceases: the same day, or if that is not later, the next.
    pub until: Time,
    /// On which clock.
    pub zone: TimeZone,
}

impl Hours {
    /// The seconds at which it begins and ceases to hold on a day; where clocks
    /// change, a time that comes twice is the earlier, and one that does not come
    /// is so much later.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<(i64, i64)> {
        let last = if self.until > self.from { day } else { day.tomorrow().ok()? };
        let at = |day: Date, time: Time| {
            let found = self.zone.to_ambiguous_timestamp(day.to_datetime(time)).compatible();
            found.ok().map(|at| at.as_second())
        };
        Some((at(day, self.from)?, at(last, self.until)?))
    }

    /// `from 18:00 to 06:00 of the next day`.
    #[must_use]
    pub fn words(&self) -> String {
        let next = if self.until > self.from { "" } else { " of the next day" };
        format!("from {} to {}{next}", self.from.strftime("%H:%M"), self.until.strftime("%H:%M"))
    }
}
