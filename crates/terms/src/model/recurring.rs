//! What is to be done again and again.

use jiff::{Span, Timestamp};

use super::Clock;

/// A length of time that comes again and again, on the agreement's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recurring {
    months: i32,
    days: i32,
    seconds: i64,
}

impl Recurring {
    /// The length, if it can come again and again: it is at least an hour.
    #[must_use]
    pub fn of(length: Span) -> Option<Self> {
        let months = i32::from(length.get_years()) * 12 + length.get_months();
        let days = length.get_weeks().checked_mul(7)?.checked_add(length.get_days())?;
        let seconds = i64::from(length.get_hours()) * 3600 + length.get_minutes() * 60 + length.get_seconds();
        let whole = months > 0 || days > 0 || seconds >= 3600;
        (whole && months >= 0 && days >= 0 && seconds >= 0).then_some(Self { months, days, seconds })
    }

    /// `7 days`, `1 month`.
    #[must_use]
    pub fn words(&self) -> String {
        let hours = (self.seconds % 3600 == 0).then_some((self.seconds / 3600, "hour"));
        let parts = [
            (i64::from(self.months), "month"),
            (i64::from(self.days), "day"),
            hours.unwrap_or((self.seconds, "second")),
        ];
        let said = parts.into_iter().filter(|(number, _)| *number > 0);
        let said = said.map(|(number, unit)| format!("{number} {unit}{}", if number == 1 { "" } else { "s" }));
        said.collect::<Vec<_>>().join(" and ")
    }

    /// When the `n`th period after a beginning begins; each is counted from there,
    /// so that none is shorter for the month before it.
    #[must_use]
    pub fn begins(&self, begins: Timestamp, n: i32, clock: &Clock) -> Option<Timestamp> {
        let span = Span::new().try_months(self.months.checked_mul(n)?).ok()?;
        let span = span.try_days(self.days.checked_mul(n)?).ok()?;
        clock.add(begins, span.try_seconds(self.seconds.checked_mul(i64::from(n))?).ok()?)
    }

    /// The number of the period that an instant lies in; none before the first.
    #[must_use]
    pub fn number(&self, begins: Timestamp, at: Timestamp, clock: &Clock) -> Option<i32> {
        let length = i64::from(self.months) * 2_629_746 + i64::from(self.days) * 86_400 + self.seconds;
        let passed = at.as_second().checked_sub(begins.as_second()).filter(|passed| *passed >= 0)?;
        // Months differ and clocks change: it is this one, or one near it.
        let mut n = i32::try_from(passed.checked_div(length)?).ok()?;
        while n > 0 && self.begins(begins, n, clock)? > at {
            n -= 1;
        }
        while self.begins(begins, n.checked_add(1)?, clock).is_some_and(|next| next <= at) {
            n += 1;
        }
        Some(n)
    }
}
