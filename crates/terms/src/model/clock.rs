//! The clock on which an agreement's days and hours run.

use jiff::civil::{self, Date};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Span as Period, Timestamp};

/// Time zone and day boundary of an agreement.
#[derive(Clone, Debug)]
pub struct Clock {
    /// The zone.
    pub zone: TimeZone,
    /// Its name.
    pub zone_name: String,
    /// When a day of the agreement begins.
    pub day_start: civil::Time,
    /// Whether the agreement says so itself.
    pub day_start_declared: bool,
}

impl Clock {
    /// The instant of a wall-clock time; in a gap or fold of the clocks, the
    /// reading `jiff` calls compatible (later in a gap, earlier in a fold).
    #[must_use]
    pub fn instant(&self, local: civil::DateTime) -> Option<Timestamp> {
        self.zone.to_ambiguous_timestamp(local).compatible().ok()
    }

    /// The last instant of a wall-clock time: the later one in a fold.
    #[must_use]
    pub fn last_instant(&self, local: civil::DateTime) -> Option<Timestamp> {
        let found = self.zone.to_ambiguous_timestamp(local);
        match found.offset() {
            AmbiguousOffset::Fold { .. } => found.later().ok(),
            _ => found.compatible().ok(),
        }
    }

    /// When the agreement's day of this date begins.
    #[must_use]
    pub fn day_begins(&self, date: Date) -> Option<Timestamp> {
        self.instant(date.to_datetime(self.day_start))
    }

    /// The agreement's day an instant falls in.
    #[must_use]
    pub fn day_of(&self, at: Timestamp) -> Date {
        let local = self.zone.to_datetime(at);
        if local.time() < self.day_start { local.date().yesterday().unwrap_or(local.date()) } else { local.date() }
    }

    /// Adds calendar time on the wall clock of the zone.
    #[must_use]
    pub fn add(&self, at: Timestamp, period: Period) -> Option<Timestamp> {
        at.to_zoned_datetime(self.zone.clone()).checked_add(period).ok().map(|z| z.timestamp())
    }

    /// `2016-09-12 19:00`, in the zone.
    #[must_use]
    pub fn show(&self, at: Timestamp) -> String {
        self.zone.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string()
    }
}
