//! What reading a file yields: records, and an account of everything that did
//! not become one.

use std::fmt;

use arrow_array::RecordBatch;

use crate::dataset::Dataset;
use crate::limits::Held;

/// Everything read from a file.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The records.
    pub batches: Vec<RecordBatch>,
    /// The data sets they belong to, with their limits.
    pub datasets: Vec<Dataset>,
    /// Rows that did not become records. Whether a file with bad rows is
    /// acceptable is for the caller to decide.
    pub errors: RowErrors,
    /// Oddities in rows that did become records.
    pub remarks: Vec<Remark>,
    /// Rows seen, good and bad, without headers and comments.
    pub rows_read: u64,
}

impl Reading {
    /// How many records were read.
    #[must_use]
    pub fn records(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// The memory they take, in bytes.
    #[must_use]
    pub fn memory(&self) -> u64 {
        let mut held = Held::default();
        self.batches.iter().for_each(|batch| held.add(batch));
        held.bytes()
    }
}

/// Bad rows: the first few in full, the rest counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowErrors {
    /// The first [`RowErrors::SHOWN`] of them, in file order.
    pub shown: Vec<RowError>,
    /// How many there are.
    pub total: u64,
}

impl RowErrors {
    /// How many are kept in full.
    pub const SHOWN: usize = 20;

    /// Counts an error, and keeps it if it is among the first.
    pub fn push(&mut self, error: RowError) {
        if self.shown.len() < Self::SHOWN {
            self.shown.push(error);
        }
        self.total += 1;
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }
}

/// `line 12, column 301 (where_prec): "9" is not a precision code; UCDP uses …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// The line on which the faulty cell begins, counted from 1.
    pub line: u32,
    /// The character in that line at which it begins, counted from 1.
    pub column: u32,
    /// The column or key.
    pub field: String,
    /// What stands there, shortened.
    pub value: String,
    /// What is wrong, to be read after the value.
    pub reason: String,
    /// How to mend it.
    pub mend: String,
}

impl RowError {
    /// An error about `value`, which is shortened for showing.
    #[must_use]
    pub fn new(
        (line, column): (u32, u32),
        field: &str,
        value: &str,
        reason: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        const LONGEST: usize = 60;
        let mut shown: String = value.chars().take(LONGEST).collect();
        if value.chars().nth(LONGEST).is_some() {
            shown.push('…');
        }
        Self { line, column, field: field.to_owned(), value: shown, reason: reason.into(), mend: mend.into() }
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, field, .. } = self;
        write!(f, "line {line}, column {column} ({}): ", printable(field))?;
        if !self.value.is_empty() {
            write!(f, "\"{}\" ", printable(&self.value))?;
        }
        write!(f, "{}; {}", printable(&self.reason), printable(&self.mend))
    }
}

/// The text with characters made visible that command a terminal, or turn the
/// order of words round: those of a hostile file must not reach a reader.
///
/// ```
/// assert_eq!(armistice_records::printable("a\u{1b}[2J \u{202e}b"), "a\\u{1b}[2J \\u{202e}b");
/// ```
#[must_use]
pub fn printable(text: &str) -> String {
    let shown = |c: char| {
        let hidden = c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if hidden { c.escape_default().to_string() } else { c.to_string() }
    };
    text.chars().map(shown).collect()
}

/// Something odd about rows that were read all the same, and what was made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What, as a sentence.
    pub text: String,
    /// In how many rows.
    pub rows: u64,
    /// The first of them.
    pub first_line: u32,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = if self.rows == 1 { "row" } else { "rows" };
        write!(f, "{} {rows} (first: line {}): {}", self.rows, self.first_line, self.text)
    }
}

/// A file that cannot be read at all, or not to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// The file's name.
    pub file: String,
    /// Where in it, if anywhere in particular.
    pub place: Option<(u32, u32)>,
    /// What is wrong.
    pub reason: String,
    /// How to mend it.
    pub mend: String,
}

impl ReadError {
    pub(crate) fn new(file: &str, reason: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { file: file.to_owned(), place: None, reason: reason.into(), mend: mend.into() }
    }

    pub(crate) fn at(mut self, line: u32, column: u32) -> Self {
        self.place = Some((line, column));
        self
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&printable(&self.file))?;
        if let Some((line, column)) = self.place {
            write!(f, ", line {line}, column {column}")?;
        }
        write!(f, ": {}; {}", printable(&self.reason), printable(&self.mend))
    }
}

impl std::error::Error for ReadError {}

/// What a person can give instead of a file that is not understood.
pub(crate) const UNDERSTOOD: &str = "Armistice reads UCDP GED as CSV (.csv, .csv.gz), its own journals (.records.jsonl) and its own Arrow and Parquet files (.arrow, .parquet)";
