//! `--as-known-on`: until when what was known counts.

use armistice_terms::Clock;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

/// The last instant a person means by these words: an instant with its
/// offset, a wall-clock time of the agreement, or the end of a day of the
/// agreement.
///
/// # Errors
/// A sentence that says what is wrong and what to write instead.
pub(crate) fn as_of(words: &str, clock: &Clock) -> Result<Timestamp, String> {
    let words = words.trim();
    if let Ok(at) = words.parse::<Timestamp>() {
        return Ok(at);
    }
    let shaped = |mask: &str| {
        words.len() == mask.len()
            && words.bytes().zip(mask.bytes()).all(|(b, m)| if m == b'0' { b.is_ascii_digit() } else { b == m })
    };
    let found = if shaped("0000-00-00") {
        words.parse::<Date>().ok().and_then(|day| end_of(day, clock))
    } else if ["0000-00-00 00:00", "0000-00-00T00:00", "0000-00-00 00:00:00", "0000-00-00T00:00:00"]
        .into_iter()
        .any(shaped)
    {
        words.parse::<DateTime>().ok().and_then(|local| clock.instant(local))
    } else {
        return Err(format!("`{words}` is not a moment; {}", ways(clock)));
    };
    found.ok_or_else(|| format!("`{words}` is not in the calendar; {}", ways(clock)))
}

/// The moment a person means by these words, as [`as_of`] reads them; of a day, its
/// beginning.
///
/// # Errors
/// A sentence that says what is wrong and what to write instead.
pub(crate) fn moment(words: &str, clock: &Clock) -> Result<Timestamp, String> {
    let day = words.trim().parse::<Date>().ok().filter(|_| words.trim().len() == "0000-00-00".len());
    match day.and_then(|day| clock.day_begins(day)) {
        Some(begins) => Ok(begins),
        None => as_of(words, clock).map_err(|why| why.replace(", which means to its end,", ",")),
    }
}

/// The last instant of a day of the agreement.
fn end_of(day: Date, clock: &Clock) -> Option<Timestamp> {
    match day.tomorrow() {
        Ok(next) => clock.day_begins(next)?.checked_sub(jiff::Span::new().nanoseconds(1)).ok(),
        // No day comes after the last.
        Err(_) => Some(Timestamp::MAX),
    }
}

fn ways(clock: &Clock) -> String {
    format!(
        "write a day, `2016-09-15`, which means to its end, a time in {}, `2016-09-15 19:30`, or a time with its offset, `2016-09-15T19:30+03:00`",
        clock.zone_name
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::Time;
    use jiff::tz::TimeZone;

    fn read(words: &str, day_start: &str) -> Result<String, String> {
        let clock = Clock {
            zone: TimeZone::get("Asia/Damascus").unwrap(),
            zone_name: "Asia/Damascus".to_owned(),
            day_start: day_start.parse::<Time>().unwrap(),
            day_start_declared: true,
        };
        as_of(words, &clock).map(|at| at.to_string())
    }

    #[test]
    fn a_day_means_its_last_instant() {
        assert_eq!(read("2016-09-15", "00:00").unwrap(), "2016-09-15T20:59:59.999999999Z");
        assert_eq!(read("2016-09-15", "06:00").unwrap(), "2016-09-16T02:59:59.999999999Z");
    }

    #[test]
    fn a_time_is_on_the_clocks_of_the_agreement_unless_it_says_otherwise() {
        assert_eq!(read("2016-09-15 19:30", "00:00").unwrap(), "2016-09-15T16:30:00Z");
        assert_eq!(read("2016-09-15T19:30:05", "00:00").unwrap(), "2016-09-15T16:30:05Z");
        assert_eq!(read("2016-09-15T19:30+03:00", "00:00").unwrap(), "2016-09-15T16:30:00Z");
        assert_eq!(read("2016-09-15T19:30Z", "00:00").unwrap(), "2016-09-15T19:30:00Z");
    }

    #[test]
    fn what_is_no_moment_is_refused_with_the_ways_to_write_one() {
        for words in ["yesterday", "15.9.2016", "2016-02-30", "2016-09-15 25:00", "", "2016-09", "-2016-09-15"] {
            let told = read(words, "00:00").unwrap_err();
            assert!(told.contains("`2016-09-15 19:30`"), "{told}");
        }
    }
}
