//! Why a batch is not of the record schema.

use std::fmt;

/// What is wrong with a batch that claims to hold records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaError {
    /// The column.
    pub column: String,
    /// The row within the batch, counted from 0, where only a row is at fault.
    pub row: Option<usize>,
    /// What is wrong.
    pub reason: String,
}

impl SchemaError {
    pub(crate) fn of_column(column: &str, reason: impl Into<String>) -> Self {
        Self { column: column.to_owned(), row: None, reason: reason.into() }
    }

    pub(crate) fn of_row(column: &str, row: usize, reason: impl Into<String>) -> Self {
        Self { column: column.to_owned(), row: Some(row), reason: reason.into() }
    }
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.row {
            Some(row) => write!(f, "column {}, row {row}: {}", self.column, self.reason),
            None => write!(f, "column {}: {}", self.column, self.reason),
        }
    }
}

impl std::error::Error for SchemaError {}
