//! Which cell of a GED row holds what: columns are found by name, so that
//! releases that add, drop, rename or reorder columns read alike.

use crate::csv_rows::Row;
use crate::reading::ReadError;
use crate::reading::UNDERSTOOD;

/// The columns the reader uses. Those from [`Field::Admin1`] on may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    TypeOfViolence,
    SideA,
    SideB,
    WherePrec,
    Latitude,
    Longitude,
    DatePrec,
    DateStart,
    DateEnd,
    Best,
    High,
    Low,
    Admin1,
    Admin2,
    Country,
    PlaceName,
    Sources,
    Headline,
    Article,
    Office,
    Original,
    Clarity,
    CodeStatus,
    Civilians,
}

/// In the order of [`Field`]: the name since version 17, then older names.
const NAMES: [(Field, &[&str]); 25] = [
    (Field::Id, &["id"]),
    (Field::TypeOfViolence, &["type_of_violence"]),
    (Field::SideA, &["side_a"]),
    (Field::SideB, &["side_b"]),
    (Field::WherePrec, &["where_prec", "where_precision"]),
    (Field::Latitude, &["latitude"]),
    (Field::Longitude, &["longitude"]),
    (Field::DatePrec, &["date_prec", "date_precision"]),
    (Field::DateStart, &["date_start"]),
    (Field::DateEnd, &["date_end"]),
    (Field::Best, &["best", "best_est"]),
    (Field::High, &["high", "high_est"]),
    (Field::Low, &["low", "low_est"]),
    (Field::Admin1, &["adm_1", "admin1"]),
    (Field::Admin2, &["adm_2", "admin2"]),
    (Field::Country, &["country"]),
    (Field::PlaceName, &["where_coordinates"]),
    (Field::Sources, &["number_of_sources"]),
    (Field::Headline, &["source_headline"]),
    (Field::Article, &["source_article"]),
    (Field::Office, &["source_office"]),
    (Field::Original, &["source_original"]),
    (Field::Clarity, &["event_clarity"]),
    (Field::CodeStatus, &["code_status"]),
    (Field::Civilians, &["deaths_civilians"]),
];

/// How many of [`NAMES`] no file can do without.
const REQUIRED: usize = 13;

/// The header row, understood.
#[derive(Clone, Debug)]
pub(super) struct Header {
    names: Vec<String>,
    columns: [Option<usize>; NAMES.len()],
}

impl Header {
    /// Reads the header row.
    pub(super) fn read(file: &str, row: &Row<'_>, text: &str) -> Result<Self, ReadError> {
        // To us the whole file is then a header, and nothing follows it: the
        // silence of such a file must not be taken for the silence of its source.
        if text.contains('\r') {
            let reason = "its lines end with carriage returns alone";
            return Err(ReadError::new(file, reason, "save it with the line ends of Unix or Windows").at(row.line, 1));
        }
        let names = cells(row, text);
        if let Some((at, twice)) = names.iter().enumerate().find(|(at, name)| {
            let earlier = names.iter().take(*at);
            column_known(name).is_some() && earlier.into_iter().any(|n| n.eq_ignore_ascii_case(name))
        }) {
            let reason = format!("the column {twice} is there twice, the second time as column {}", at + 1);
            return Err(ReadError::new(file, reason, "remove or rename one of the two").at(row.line, 1));
        }
        let columns = NAMES.map(|(_, aliases)| column_of(&names, aliases));
        // No other format has most of these thirteen names.
        if columns.iter().take(REQUIRED).flatten().count() < 7 {
            return Err(not_ged(file, row, &names));
        }
        if let Some(missing) = NAMES
            .iter()
            .zip(&columns)
            .take(REQUIRED)
            .find_map(|((_, aliases), column)| column.is_none().then(|| aliases.first())?)
        {
            let mend = match nearest(missing, &names) {
                Some(near) => format!("if \"{near}\" is it, rename that column"),
                None => "export the file again with all its columns".to_owned(),
            };
            return Err(ReadError::new(file, format!("the column {missing} is missing"), mend).at(row.line, 1));
        }
        Ok(Self { names, columns })
    }

    /// How many cells every row must have.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The index of a field's cell; beyond the end for a missing column, where
    /// every row reads as empty.
    pub(super) fn index(&self, field: Field) -> usize {
        self.columns.get(field as usize).copied().flatten().unwrap_or(usize::MAX)
    }

    /// What the file calls the cell at `index`.
    pub(super) fn name(&self, index: usize) -> &str {
        self.names.get(index).map_or("row", String::as_str)
    }
}

/// A header row of no format we know.
fn not_ged(file: &str, row: &Row<'_>, names: &[String]) -> ReadError {
    let separator = match names {
        [one] if one.contains(';') => Some("semicolons"),
        [one] if one.contains('\t') => Some("tabs"),
        _ => None,
    };
    if let Some(separator) = separator {
        let reason = format!("its cells are separated by {separator}");
        return ReadError::new(file, reason, "save it with commas between cells").at(row.line, 1);
    }
    let first: Vec<&str> = names.iter().take(5).map(|n| n.get(..30).unwrap_or(n)).collect();
    ReadError::new(
        file,
        format!("its columns ({}, …) are not those of a format Armistice reads", first.join(", ")),
        UNDERSTOOD,
    )
    .at(row.line, 1)
}

/// A row of HXL tags, which the Humanitarian Data Exchange puts under headers.
pub(super) fn is_hxl_tags(row: &Row<'_>, text: &str) -> bool {
    let mut any = false;
    (0..row.len()).all(|index| {
        let cell = row.raw_cell(text, index).trim();
        any |= cell.starts_with('#');
        cell.is_empty() || cell.starts_with('#')
    }) && any
}

/// The names in a header row.
fn cells(row: &Row<'_>, text: &str) -> Vec<String> {
    (0..row.len()).map(|index| row.cell(text, index).trim().to_owned()).collect()
}

fn column_of(names: &[String], aliases: &[&str]) -> Option<usize> {
    // The newer name wins where a file has both.
    aliases.iter().find_map(|alias| names.iter().position(|name| name.eq_ignore_ascii_case(alias)))
}

/// The name in the file most like `wanted`, unless it means another column.
fn nearest<'a>(wanted: &str, names: &'a [String]) -> Option<&'a str> {
    names
        .iter()
        .filter(|name| column_known(name).is_none())
        .map(|name| (strsim::jaro_winkler(wanted, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name.as_str())
}

fn column_known(name: &str) -> Option<Field> {
    NAMES
        .iter()
        .find(|(_, aliases)| aliases.iter().any(|alias| name.eq_ignore_ascii_case(alias)))
        .map(|(field, _)| *field)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `index` looks fields up by their discriminant.
    #[test]
    fn names_stand_in_the_order_of_fields() {
        for (at, (field, _)) in NAMES.iter().enumerate() {
            assert_eq!(*field as usize, at, "{field:?}");
        }
        assert_eq!(Field::Low as usize + 1, REQUIRED);
    }
}
