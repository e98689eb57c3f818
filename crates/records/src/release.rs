//! Releases: when a data set as a whole became known, and which it replaces.
//!
//! A data set seldom says of a row when it became known; of a release it is
//! known. And a release that no longer holds an event that the one before it
//! held takes that event back without a word. Both are said here in words: a
//! date on every record, and a retraction for every record that is gone.

use std::collections::HashSet;
use std::sync::Arc;

use arrow_array::{Array, ArrayRef, RecordBatch, TimestampSecondArray};
use jiff::Timestamp;

use crate::builder::batches_of;
use crate::columns::RecordColumns;
use crate::flat::Unfit;
use crate::flatten::floor;
use crate::model::{Act, Clarity, Direction, Effect, Kind, Message, Origin, Place, Record, TimePrecision, Votes, When};
use crate::reading::Reading;

impl Reading {
    /// Says of every record that does not say it itself when it became known.
    #[must_use]
    pub fn known_since(mut self, known: Timestamp) -> Self {
        for batch in &mut self.batches {
            *batch = stamped(batch, floor(known));
        }
        self
    }

    /// Takes back, as of `known`, every record of an earlier release that this
    /// one does not hold. The retractions become records of this release: each
    /// says what it takes back and where that was read.
    ///
    /// # Errors
    /// [`Unfit`] when a retraction cannot be stored.
    pub fn replacing(mut self, earlier: &Self, known: Timestamp) -> Result<Self, Unfit> {
        let mut held: HashSet<String> = HashSet::new();
        for columns in self.batches.iter().filter_map(|batch| RecordColumns::view(batch).ok()) {
            held.extend((0..columns.len()).map(|row| columns.record_id.value(row).to_owned()));
        }
        let release = self.datasets.first().map_or_else(String::new, |d| d.name.clone());
        let mut gone: Vec<Record> = Vec::new();
        for columns in earlier.batches.iter().filter_map(|batch| RecordColumns::view(batch).ok()) {
            for row in (0..columns.len()).filter(|row| !held.contains(columns.record_id.value(*row))) {
                gone.extend(
                    columns.row(row).filter(|r| r.kind != Kind::Retraction).map(|r| retraction(&r, &release, known)),
                );
            }
        }
        self.batches.extend(batches_of(&gone)?);
        Ok(self)
    }
}

/// The batch with a date of knowledge wherever it had none.
fn stamped(batch: &RecordBatch, known: i64) -> RecordBatch {
    let Ok(columns) = RecordColumns::view(batch) else {
        return batch.clone();
    };
    if columns.known_at.null_count() == 0 {
        return batch.clone();
    }
    let dated: TimestampSecondArray = columns.known_at.iter().map(|at| Some(at.unwrap_or(known))).collect();
    let dated: ArrayRef = Arc::new(dated.with_timezone("UTC"));
    let schema = batch.schema();
    let replaced = schema
        .fields()
        .iter()
        .zip(batch.columns())
        .map(|(field, column)| if field.name() == "known_at" { Arc::clone(&dated) } else { Arc::clone(column) });
    let replaced = replaced.collect();
    // The columns are those of the batch, one of them for another of its type.
    RecordBatch::try_new(schema, replaced).unwrap_or_else(|_| batch.clone())
}

/// The record that says of another that a release no longer holds it.
fn retraction(record: &Record, release: &str, known: Timestamp) -> Record {
    let Origin { file, line, sha256, .. } = &record.origin;
    Record {
        id: format!("without-{}-{}", record.id, known.as_second()),
        kind: Kind::Retraction,
        // At the end of the calendar this has no length, and is refused.
        happened: When::Utc {
            from: known,
            until: known.checked_add(jiff::SignedDuration::from_secs(1)).unwrap_or(known),
        },
        time_precision: TimePrecision::Moment,
        known: Some(known),
        place: Place::Unknown,
        place_name: None,
        admin1: None,
        country: None,
        side_a: Vec::new(),
        side_b: Vec::new(),
        direction: Direction::Undirected,
        act: Act::Other,
        weapons: Vec::new(),
        deaths: None,
        civilian_deaths: None,
        quantity: None,
        height: None,
        clarity: Clarity::Unstated,
        sources: None,
        reliability: None,
        credibility: None,
        independence_groups: Vec::new(),
        event: None,
        message: Some(Message {
            effect: Effect::Withdrawn,
            subject: vec![record.id.clone()],
            until: None,
            count: None,
            votes: Votes::default(),
        }),
        note: Some(format!("{release} no longer holds it; it stood in {file} line {line}")),
        origin: Origin { dataset: release.to_owned(), file: file.clone(), line: *line, sha256: *sha256, row: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::schema;

    #[test]
    fn the_date_of_knowledge_is_of_the_schemas_type() {
        let stamped: TimestampSecondArray = [Some(0)].into_iter().collect();
        let field = schema().field_with_name("known_at").map(|f| f.data_type().clone());
        assert_eq!(field.ok().as_ref(), Some(stamped.with_timezone("UTC").data_type()));
    }
}
