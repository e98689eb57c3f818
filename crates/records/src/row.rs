//! One row of a batch as a [`Record`] again, for explanations.

use armistice_geodesy::{Metres, Position, Radius95};
use arrow_array::Array;
use jiff::{Timestamp, civil, tz::Offset};

use crate::column_checks::{estimate, place_of};
use crate::columns::{RecordColumns, WordColumn};
use crate::flat::FlatPlace;
use crate::model::{
    Act, Clarity, Credibility, Direction, Effect, Kind, Message, Origin, Place, Quantity, Record, Reliability,
    TimePrecision, Votes, When,
};
use crate::schema::{NAME_SEPARATOR, clock};

impl RecordColumns<'_> {
    /// The record in row `row`; `None` where there is no such row.
    ///
    /// It equals the record that was pushed, but for fractions of a second,
    /// which the columns do not hold.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "the row was checked against the length first")]
    pub fn row(&self, row: usize) -> Option<Record> {
        if row >= self.len() {
            return None;
        }
        // Each `?` below stands on what `try_new` has checked.
        Some(Record {
            id: self.record_id.value(row).to_owned(),
            kind: Kind::from_code(self.kind[row])?,
            happened: self.when(row)?,
            time_precision: TimePrecision::from_code(self.time_precision[row])?,
            known: second(self.known_at, row)?,
            place: place(&place_of(self, row).ok()?)?,
            place_name: text(&self.place_name, row),
            admin1: text(&self.admin1, row),
            country: text(&self.country, row),
            side_a: names(&self.side_a, row),
            side_b: names(&self.side_b, row),
            direction: Direction::from_code(self.direction[row])?,
            act: Act::from_code(self.act[row])?,
            weapons: names(&self.weapons, row),
            deaths: estimate("", [self.deaths_low, self.deaths_best, self.deaths_high], row).ok()?,
            civilian_deaths: self.civilian_deaths.is_valid(row).then(|| self.civilian_deaths.value(row)),
            quantity: estimate("", [self.quantity_low, self.quantity_best, self.quantity_high], row)
                .ok()?
                .map(|number| Quantity { number, of: text(&self.quantity_of, row) }),
            height: (self.height_from_m.is_valid(row) && self.height_to_m.is_valid(row))
                .then(|| (Metres::new(self.height_from_m.value(row)), Metres::new(self.height_to_m.value(row)))),
            clarity: Clarity::from_code(self.clarity[row])?,
            sources: self.sources.is_valid(row).then(|| self.sources.value(row)),
            reliability: code(self.reliability, row).and_then(Reliability::from_code),
            credibility: code(self.credibility, row).and_then(Credibility::from_code),
            independence_groups: names(&self.independence_groups, row),
            event: self.event.is_valid(row).then(|| self.event.value(row).to_owned()),
            message: match code(self.effect, row) {
                Some(effect) => Some(self.message(Effect::from_code(effect)?, row)?),
                None => None,
            },
            note: self.note.is_valid(row).then(|| self.note.value(row).to_owned()),
            origin: self.origin(row)?,
        })
    }

    #[expect(clippy::indexing_slicing, reason = "the row was checked against the length first")]
    fn when(&self, row: usize) -> Option<When> {
        let from = Timestamp::from_second(self.happened_from[row]).ok()?;
        let until = Timestamp::from_second(self.happened_until[row]).ok()?;
        Some(if self.clock[row] == clock::UTC {
            When::Utc { from, until }
        } else {
            When::Local { from: wall(from), until: wall(until) }
        })
    }

    fn message(&self, effect: Effect, row: usize) -> Option<Message> {
        Some(Message {
            effect,
            subject: names(&self.subject, row),
            until: second(self.effect_until, row)?,
            count: estimate("", [self.count_low, self.count_best, self.count_high], row).ok()?,
            votes: Votes {
                in_favour: names(&self.in_favour, row),
                opposed: names(&self.opposed, row),
                absent: names(&self.absent, row),
            },
        })
    }

    #[expect(clippy::indexing_slicing, reason = "the row was checked against the length first")]
    fn origin(&self, row: usize) -> Option<Origin> {
        Some(Origin {
            dataset: self.dataset.get(row)?.to_owned(),
            file: self.origin_file.get(row)?.to_owned(),
            line: self.origin_line[row],
            sha256: self.origin_sha256.value(row).try_into().ok()?,
            row: self.origin_row.is_valid(row).then(|| self.origin_row.value(row).to_owned()),
        })
    }
}

/// The wall-clock time stored as though the wall stood at Greenwich.
fn wall(stored: Timestamp) -> civil::DateTime {
    Offset::UTC.to_datetime(stored)
}

fn place(flat: &FlatPlace<'_>) -> Option<Place> {
    let at = match flat.at {
        Some((latitude, longitude)) => Some(Position::new(latitude, longitude).ok()?),
        None => None,
    };
    Some(if let Some((level, name)) = flat.area {
        Place::Area { name: name.to_owned(), label: at, level }
    } else if let (Some(at), Some(radius)) = (at, flat.radius_m) {
        Place::Point { at, radius: Radius95::new(Metres::new(radius)).ok()? }
    } else if let (Some(observer), Some(bearing), Some((from, to))) = (at, flat.bearing, flat.range_m) {
        Place::Sector { observer, bearing, range: (Metres::new(from), Metres::new(to)) }
    } else {
        Place::Unknown
    })
}

/// Null is `Some(None)`; a time off the calendar is `None`.
#[expect(clippy::option_option, reason = "the outer option is `row`'s")]
fn second(column: &arrow_array::TimestampSecondArray, row: usize) -> Option<Option<Timestamp>> {
    if column.is_null(row) {
        return Some(None);
    }
    Timestamp::from_second(column.value(row)).ok().map(Some)
}

fn code(column: &arrow_array::UInt8Array, row: usize) -> Option<u8> {
    column.is_valid(row).then(|| column.value(row))
}

fn text(column: &WordColumn<'_>, row: usize) -> Option<String> {
    column.get(row).map(str::to_owned)
}

fn names(column: &WordColumn<'_>, row: usize) -> Vec<String> {
    column.get(row).map_or_else(Vec::new, |cell| cell.split(NAME_SEPARATOR).map(str::to_owned).collect())
}
