//! A record laid flat: one borrowed value per column, checked once.
//!
//! Readers fill a [`Flat`] from a row without allocating per field; a
//! [`Record`](crate::Record) is laid flat on its way into a batch. Whatever
//! passes [`Flat::check`] also passes `RecordColumns::try_new`.

use std::fmt;

use jiff::Timestamp;

use crate::model::{
    Act, AreaLevel, Clarity, Credibility, Direction, Effect, Estimate, Kind, Reliability, TimePrecision,
};
use crate::schema::{NAME_SEPARATOR, clock, place_kind};

/// One value per column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Flat<'a> {
    pub(crate) id: &'a str,
    pub(crate) dataset: &'a str,
    pub(crate) kind: Kind,
    pub(crate) happened: Span,
    pub(crate) time_precision: TimePrecision,
    pub(crate) known_at: Option<i64>,
    pub(crate) place: FlatPlace<'a>,
    pub(crate) place_name: Option<&'a str>,
    pub(crate) admin1: Option<&'a str>,
    pub(crate) country: Option<&'a str>,
    /// Names joined by [`NAME_SEPARATOR`]; `None` for no name at all.
    pub(crate) side_a: Option<&'a str>,
    pub(crate) side_b: Option<&'a str>,
    pub(crate) direction: Direction,
    pub(crate) act: Act,
    pub(crate) weapons: Option<&'a str>,
    pub(crate) deaths: Option<Estimate>,
    pub(crate) civilian_deaths: Option<u32>,
    pub(crate) quantity: Option<Estimate>,
    pub(crate) quantity_of: Option<&'a str>,
    /// Metres above the ground, from and to.
    pub(crate) height_m: Option<(f64, f64)>,
    pub(crate) clarity: Clarity,
    pub(crate) sources: Option<u32>,
    pub(crate) reliability: Option<Reliability>,
    pub(crate) credibility: Option<Credibility>,
    /// Groups joined by [`NAME_SEPARATOR`].
    pub(crate) independence_groups: Option<&'a str>,
    pub(crate) event: Option<&'a str>,
    pub(crate) message: Option<FlatMessage<'a>>,
    pub(crate) note: Option<&'a str>,
    pub(crate) file: &'a str,
    pub(crate) line: u32,
    pub(crate) sha256: [u8; 32],
    pub(crate) row: Option<&'a str>,
}

/// Seconds since 1970 on the clock named by `clock`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) clock: u8,
    pub(crate) from: i64,
    pub(crate) until: i64,
}

/// The place columns.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct FlatPlace<'a> {
    pub(crate) kind: u8,
    /// Latitude and longitude.
    pub(crate) at: Option<(f64, f64)>,
    pub(crate) radius_m: Option<f64>,
    pub(crate) bearing: Option<(f64, f64)>,
    pub(crate) range_m: Option<(f64, f64)>,
    pub(crate) area: Option<(AreaLevel, &'a str)>,
}

/// The message columns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FlatMessage<'a> {
    pub(crate) effect: Effect,
    pub(crate) subject: Option<&'a str>,
    pub(crate) until: Option<i64>,
    pub(crate) count: Option<Estimate>,
    pub(crate) votes: [Option<&'a str>; 3],
}

/// The columns that say how a decision was taken.
pub(crate) const VOTES: [&str; 3] = ["in_favour", "opposed", "absent"];

/// Why a record cannot be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// The column it does not fit in.
    pub column: &'static str,
    /// What is wrong with it.
    pub reason: String,
}

impl Unfit {
    pub(crate) fn new(column: &'static str, reason: impl Into<String>) -> Self {
        Self { column, reason: reason.into() }
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.column, self.reason)
    }
}

impl std::error::Error for Unfit {}

impl Flat<'_> {
    /// Everything a batch promises about one row.
    pub(crate) fn check(&self) -> Result<(), Unfit> {
        if self.id.is_empty() {
            return Err(Unfit::new("record_id", "a record needs an id"));
        }
        check_span(self.happened)?;
        check_second("known_at", self.known_at)?;
        self.place.check()?;
        check_estimate("deaths_best", self.deaths)?;
        check_quantity(self.quantity, self.quantity_of)?;
        check_height(self.height_m)?;
        if let Some(message) = &self.message {
            check_second("effect_until", message.until)?;
            check_estimate("count_best", message.count)?;
            check_names("subject", message.subject)?;
            for (column, names) in VOTES.into_iter().zip(message.votes) {
                check_names(column, names)?;
            }
        }
        let subject = self.message.is_some_and(|m| m.subject.is_some());
        check_effect(self.kind, self.message.map(|m| m.effect), subject, self.known_at.is_some())?;
        check_counted(self.message.map(|m| m.effect), self.message.and_then(|m| m.count))?;
        check_votes(self.kind, self.message.is_some_and(|m| m.votes.iter().any(Option::is_some)))?;
        if self.event == Some("") {
            return Err(Unfit::new("event", "an event's name is empty"));
        }
        check_names("side_a", self.side_a)?;
        check_names("side_b", self.side_b)?;
        check_names("weapons", self.weapons)?;
        check_names("independence_groups", self.independence_groups)
    }
}

/// What a kind of record can do, and what it needs for that.
pub(crate) fn check_effect(kind: Kind, effect: Option<Effect>, subject: bool, known: bool) -> Result<(), Unfit> {
    let happened = matches!(kind, Kind::Incident | Kind::Sighting | Kind::Inspection);
    let withdraws = effect == Some(Effect::Withdrawn);
    let wrong = if withdraws != (kind == Kind::Retraction) {
        "a retraction, and nothing else, withdraws records"
    } else if (withdraws || effect == Some(Effect::Denied)) && !subject {
        "who withdraws or denies must name the records as subject"
    } else if withdraws && !known {
        return Err(Unfit::new("known_at", "a retraction needs the day on which it became known"));
    } else if effect.is_none() && !happened {
        "a notification, access report, decision or claim needs one"
    } else if effect == Some(Effect::Denied) && happened {
        "a denial is a claim or a notification of its own"
    } else if effect == Some(Effect::Counted) && (kind != Kind::Inspection || !subject) {
        "a count is an inspection's, and names the clauses it is about as subject"
    } else {
        return Ok(());
    };
    Err(Unfit::new("effect", wrong))
}

/// Only a decision is voted on.
pub(crate) fn check_votes(kind: Kind, voted: bool) -> Result<(), Unfit> {
    if voted && kind != Kind::Decision {
        return Err(Unfit::new("in_favour", "only a decision has members in favour, opposed or absent"));
    }
    Ok(())
}

/// A known clock, two times within the calendar, the second after the first.
pub(crate) fn check_span(span: Span) -> Result<(), Unfit> {
    if span.clock != clock::UTC && span.clock != clock::LOCAL {
        return Err(Unfit::new("clock", format!("{} is not a clock: 1 utc, 2 local", span.clock)));
    }
    check_second("happened_from", Some(span.from))?;
    check_second("happened_until", Some(span.until))?;
    if span.from < span.until {
        Ok(())
    } else {
        Err(Unfit::new("happened_until", "the interval must end after it begins"))
    }
}

/// A time to which any time zone can be applied without leaving the calendar.
pub(crate) fn check_second(column: &'static str, second: Option<i64>) -> Result<(), Unfit> {
    let calendar = Timestamp::MIN.as_second()..=Timestamp::MAX.as_second();
    match second {
        Some(s) if !calendar.contains(&s) => {
            Err(Unfit::new(column, format!("{s} seconds since 1970 is beyond the years -9999 to 9999")))
        }
        _ => Ok(()),
    }
}

/// low ≤ best ≤ high.
pub(crate) fn check_estimate(column: &'static str, e: Option<Estimate>) -> Result<(), Unfit> {
    match e {
        Some(Estimate { low, best, high }) if low > best || best > high => {
            Err(Unfit::new(column, format!("low {low}, best {best}, high {high} are not in ascending order")))
        }
        _ => Ok(()),
    }
}

/// Of what a quantity is stands only beside one, and is no list.
pub(crate) fn check_quantity(quantity: Option<Estimate>, of: Option<&str>) -> Result<(), Unfit> {
    check_estimate("quantity_best", quantity)?;
    match of {
        Some(_) if quantity.is_none() => Err(Unfit::new("quantity_of", "it stands without a quantity")),
        Some("") => Err(Unfit::new("quantity_of", "it is empty")),
        _ => Ok(()),
    }
}

/// A height begins at its lower end.
pub(crate) fn check_height(height: Option<(f64, f64)>) -> Result<(), Unfit> {
    match height {
        Some((from, to)) if !(from.is_finite() && to.is_finite() && from <= to) => {
            Err(Unfit::new("height_to_m", format!("{from} to {to} m is not a range of heights")))
        }
        _ => Ok(()),
    }
}

/// A count says how many.
pub(crate) fn check_counted(effect: Option<Effect>, count: Option<Estimate>) -> Result<(), Unfit> {
    match (effect, count) {
        (Some(Effect::Counted), None) => Err(Unfit::new("count_best", "a count needs its number")),
        _ => Ok(()),
    }
}

/// No name in a list is empty.
pub(crate) fn check_names(column: &'static str, joined: Option<&str>) -> Result<(), Unfit> {
    match joined {
        Some(names) if names.split(NAME_SEPARATOR).any(str::is_empty) => {
            Err(Unfit::new(column, "a name in the list is empty"))
        }
        _ => Ok(()),
    }
}

impl FlatPlace<'_> {
    /// Exactly the columns that the kind of place needs, each within its range.
    pub(crate) fn check(&self) -> Result<(), Unfit> {
        let (point, sector, area) = match self.kind {
            place_kind::UNKNOWN => (false, false, false),
            place_kind::POINT => (true, false, false),
            place_kind::SECTOR => (false, true, false),
            place_kind::AREA => (false, false, true),
            other => {
                let reason = format!("{other} is not a kind of place: 0 unknown, 1 point, 2 sector, 3 area");
                return Err(Unfit::new("place_kind", reason));
            }
        };
        // An area may or may not have a label point.
        if !area && self.at.is_some() != (point || sector) {
            return Err(self.misplaced("latitude"));
        }
        if self.radius_m.is_some() != point {
            return Err(self.misplaced("radius_m"));
        }
        if self.bearing.is_some() != sector {
            return Err(self.misplaced("bearing_from"));
        }
        if self.range_m.is_some() != sector {
            return Err(self.misplaced("range_from_m"));
        }
        if self.area.is_some() != area {
            return Err(self.misplaced("area_name"));
        }
        self.check_numbers()
    }

    fn misplaced(&self, column: &'static str) -> Unfit {
        let kind = match self.kind {
            place_kind::POINT => "a point",
            place_kind::SECTOR => "a sector",
            place_kind::AREA => "an area",
            _ => "an unknown place",
        };
        Unfit::new(column, format!("the columns filled in are not those of {kind}"))
    }

    fn check_numbers(&self) -> Result<(), Unfit> {
        if let Some((latitude, longitude)) = self.at {
            if !(-90.0..=90.0).contains(&latitude) {
                return Err(Unfit::new("latitude", format!("{latitude} is not within -90 to 90")));
            }
            if !(-180.0..=180.0).contains(&longitude) {
                return Err(Unfit::new("longitude", format!("{longitude} is not within -180 to 180")));
            }
        }
        if let Some(radius) = self.radius_m
            && !(radius.is_finite() && radius >= 0.0)
        {
            return Err(Unfit::new("radius_m", format!("{radius} is not a radius")));
        }
        if let Some((from, to)) = self.bearing {
            for (column, degrees) in [("bearing_from", from), ("bearing_to", to)] {
                if !(0.0..=360.0).contains(&degrees) {
                    return Err(Unfit::new(column, format!("{degrees} is not within 0 to 360 degrees")));
                }
            }
        }
        if let Some((from, to)) = self.range_m
            && !(from >= 0.0 && to >= from && to.is_finite())
        {
            return Err(Unfit::new("range_to_m", format!("{from} to {to} m is not a range of distances")));
        }
        Ok(())
    }
}
