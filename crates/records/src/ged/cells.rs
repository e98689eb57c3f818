//! Reading single cells of a GED row: numbers, codes, dates, lists of names.

use jiff::civil::Date;

use super::header::{Field, Header};
use crate::csv_rows::Row;
use crate::reading::RowError;
use crate::schema::NAME_SEPARATOR;

/// A row together with what is needed to find and to blame a cell of it.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    pub(super) header: &'a Header,
    pub(super) row: Row<'a>,
    /// The row's bytes, which are UTF-8.
    pub(super) text: &'a str,
}

impl<'a> Cells<'a> {
    /// The trimmed text of a number, code or date.
    pub(super) fn raw(&self, field: Field) -> &'a str {
        self.row.raw_cell(self.text, self.header.index(field)).trim()
    }

    /// An error that points at a field.
    pub(super) fn error(&self, field: Field, reason: impl Into<String>, mend: impl Into<String>) -> RowError {
        let index = self.header.index(field);
        let value = self.row.cell(self.text, index);
        let name = self.header.name(index);
        RowError::new(self.row.place_of_cell(index), name, value.trim(), reason, mend)
    }

    /// The number of an event.
    pub(super) fn id(&self) -> Result<u64, RowError> {
        self.raw(Field::Id)
            .parse()
            .map_err(|_| self.error(Field::Id, "is not an event number", "UCDP numbers its events: 227759"))
    }

    /// A code from 1 to `last`.
    pub(super) fn code(&self, field: Field, last: u8, reason: &str, mend: &str) -> Result<u8, RowError> {
        match self.raw(field).as_bytes() {
            &[digit @ b'1'..=b'9'] if digit - b'0' <= last => Ok(digit - b'0'),
            _ => Err(self.error(field, reason, mend)),
        }
    }

    /// A number of people. Some exports write whole numbers as `4.0`.
    pub(super) fn people(&self, field: Field) -> Result<u32, RowError> {
        let cell = self.raw(field);
        let whole = match cell.split_once('.') {
            Some((whole, zeros)) if zeros.bytes().all(|b| b == b'0') => whole,
            _ => cell,
        };
        whole.parse().map_err(|_| self.error(field, "is not a number of people", "give a whole number, 0 or more"))
    }

    /// Degrees within ±`limit`.
    pub(super) fn degrees(&self, field: Field, limit: f64) -> Result<f64, RowError> {
        let cell = self.raw(field);
        match cell.parse::<f64>() {
            Ok(degrees) if degrees.abs() <= limit => Ok(degrees),
            Ok(degrees) if degrees.is_finite() => {
                // Only a longitude is beyond 90 and not beyond 180.
                let swapped = if degrees.abs() <= 180.0 { "; are latitude and longitude swapped?" } else { "" };
                let mend = format!("degrees run from -{limit} to {limit}{swapped}");
                Err(self.error(field, "is not on Earth", mend))
            }
            _ => Err(self.error(field, "is not a number of degrees", "write it like 36.2021")),
        }
    }

    /// `2016-09-12`, perhaps with an empty time of day behind it.
    pub(super) fn date(&self, field: Field) -> Result<Date, RowError> {
        let cell = self.raw(field);
        let (date, time) = cell.split_at_checked(10).unwrap_or((cell, ""));
        let time_is_midnight = time.is_empty()
            || (time.starts_with([' ', 'T']) && time.bytes().skip(1).all(|b| matches!(b, b'0' | b':' | b'.' | b'Z')));
        if !time_is_midnight && parse_date(date).is_some() {
            return Err(self.error(
                field,
                "has a time of day, which GED does not give",
                "write the date alone, like 2016-09-12",
            ));
        }
        parse_date(date)
            .filter(|_| time_is_midnight)
            .ok_or_else(|| self.error(field, "is not a date", "write it as year-month-day, like 2016-09-12"))
    }

    /// The names in a list, joined anew into `joined`; `None` for an empty cell.
    pub(super) fn names<'j>(&self, field: Field, joined: &'j mut String) -> Result<Option<&'j str>, RowError> {
        let cell = self.row.cell(self.text, self.header.index(field));
        joined.clear();
        if cell.contains(NAME_SEPARATOR) {
            return Err(self.error(
                field,
                "holds \"|\", which separates names in a record",
                "write the name without it",
            ));
        }
        for name in split_names(&cell) {
            if !joined.is_empty() {
                joined.push(NAME_SEPARATOR);
            }
            joined.push_str(name);
        }
        Ok((!joined.is_empty()).then_some(joined.as_str()))
    }
}

/// `2016-09-12` and nothing else: four digits, two, two.
fn parse_date(text: &str) -> Option<Date> {
    let &[a, b, c, d, b'-', e, f, b'-', g, h] = text.as_bytes() else {
        return None;
    };
    let mut number = 0_i32;
    for digit in [a, b, c, d, e, f, g, h] {
        number = number * 10 + i32::from(digit.is_ascii_digit().then(|| digit - b'0')?);
    }
    let year = i16::try_from(number / 10_000).ok()?;
    let month = i8::try_from(number / 100 % 100).ok()?;
    let day = i8::try_from(number % 100).ok()?;
    Date::new(year, month, day).ok()
}

/// The names in `Ahrar al-Sham, Jabhat Fateh al-Sham, Southern Front`. A comma
/// within brackets belongs to the name: `Tribe (Hawiye, Abgal)`.
fn split_names(list: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_u32;
    let mut after_comma = false;
    let mut start = 0;
    let mut cuts = Vec::new();
    for (at, c) in list.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ' ' if after_comma && depth == 0 => {
                cuts.push((start, at - 1));
                start = at;
            }
            _ => {}
        }
        after_comma = c == ',';
    }
    cuts.push((start, list.len()));
    cuts.into_iter().filter_map(|(from, to)| list.get(from..to)).map(str::trim).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_split_outside_brackets_only() {
        let names = |list| split_names(list).collect::<Vec<_>>();
        assert_eq!(names("IS"), ["IS"]);
        assert_eq!(names("A, B , C"), ["A", "B", "C"]);
        assert_eq!(names("Clan (Hawiye, Abgal), IS"), ["Clan (Hawiye, Abgal)", "IS"]);
        assert_eq!(names("1,000 Men"), ["1,000 Men"]);
        assert_eq!(names("odd) (A, B"), ["odd) (A, B"]);
        assert!(names(" , ").is_empty());
    }

    #[test]
    fn dates_are_dates() {
        assert!(parse_date("2016-02-29").is_some());
        for no in ["2015-02-29", "2016-9-12", "12.09.2016", "2016-09-1x", ""] {
            assert_eq!(parse_date(no), None, "{no}");
        }
    }
}
