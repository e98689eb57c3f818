//! Records written by hand: one JSON object a line (`*.records.jsonl`).
//!
//! For decisions, claims, notifications, access, sightings, inspections and
//! incidents that no data set carries. The keys are documented in
//! `docs/records.md`; blank lines and lines that begin with `//` are passed
//! over.

mod entry;
mod json;
mod time;

use std::collections::HashMap;
use std::io::{BufRead, Read};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::builder::RecordBuilder;
use crate::dataset::{Dataset, Reach};
use crate::input::input_failed;
use crate::limits::{Held, MOST_MEMORY};
use crate::model::{Kind, Origin};
use crate::reading::{ReadError, Reading, RowError};
use json::Line;

/// A longer line is not something a person wrote.
const MAX_LINE: u64 = 1024 * 1024;

/// Reads all of a journal.
///
/// # Errors
/// [`ReadError`] when the file cannot be read to its end. Lines that are wrong
/// are in [`Reading::errors`].
pub fn read_journal(input: impl BufRead, file: &str) -> Result<Reading, ReadError> {
    read_within(input, file, MOST_MEMORY)
}

/// The same, if the records fit into `room` bytes.
pub(crate) fn read_within(input: impl BufRead, file: &str, room: u64) -> Result<Reading, ReadError> {
    let mut held = Held::default();
    let mut journal = Journal {
        file,
        dataset: format!("Journal ({file})"),
        builder: RecordBuilder::new(),
        seen: HashMap::new(),
        kinds: Vec::new(),
    };
    let mut input = input;
    let mut reading = Reading::default();
    let mut bytes = Vec::new();
    let mut number = 0_u32;
    loop {
        bytes.clear();
        number = number.saturating_add(1);
        let read =
            (&mut input).take(MAX_LINE).read_until(b'\n', &mut bytes).map_err(|e| input_failed(file, &e, number))?;
        if read == 0 {
            break;
        }
        if read as u64 == MAX_LINE {
            let mend = "a journal holds one record a line; is this a journal?";
            return Err(ReadError::new(file, "the line is longer than 1 MiB", mend).at(number, 1));
        }
        let mut line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
        line = line.strip_suffix(b"\r").unwrap_or(line);
        if number == 1 {
            line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        }
        let trimmed = line.trim_ascii_start();
        if trimmed.is_empty() || trimmed.starts_with(b"//") {
            continue;
        }
        reading.rows_read += 1;
        if journal.builder.is_full() {
            reading.batches.push(journal.builder.finish());
            reading.batches.last().into_iter().for_each(|batch| held.add(batch));
            held.within(room, file, reading.rows_read).map_err(|e| e.at(number, 1))?;
        }
        if let Err(error) = journal.read_line(number, line) {
            reading.errors.push(error);
        }
    }
    if !journal.builder.is_empty() {
        reading.batches.push(journal.builder.finish());
        reading.batches.last().into_iter().for_each(|batch| held.add(batch));
        held.within(room, file, reading.rows_read).map_err(|e| e.at(number, 1))?;
    }
    reading.datasets.push(journal.into_dataset());
    Ok(reading)
}

struct Journal<'a> {
    file: &'a str,
    dataset: String,
    builder: RecordBuilder,
    /// Record id and when that version became known, to the line it stands on.
    seen: HashMap<(String, Option<Timestamp>), u32>,
    kinds: Vec<Kind>,
}

impl Journal<'_> {
    fn read_line(&mut self, number: u32, bytes: &[u8]) -> Result<(), RowError> {
        let text = std::str::from_utf8(bytes).map_err(|e| {
            let column = u32::try_from(e.valid_up_to()).unwrap_or(u32::MAX).saturating_add(1);
            RowError::new((number, column), "line", "", "is not UTF-8 text", "save the file as UTF-8")
        })?;
        let origin = Origin {
            dataset: self.dataset.clone(),
            file: self.file.to_owned(),
            line: number,
            sha256: Sha256::digest(bytes).into(),
            row: Some(text.to_owned()),
        };
        let (record, places) = entry::read(Line { number, text }, origin)?;
        let version = (record.id.clone(), record.known);
        if let Some(first) = self.seen.get(&version) {
            let reason = format!("is already the record on line {first}");
            let mend = "give every record an id of its own; a newer version of one says when it became \"known\"";
            return Err(places.id_error(reason, mend));
        }
        if let Err(unfit) = self.builder.push(&record) {
            return Err(places.id_error(format!("cannot be stored: {unfit}"), "correct the line"));
        }
        if !self.kinds.contains(&record.kind) {
            self.kinds.push(record.kind);
        }
        self.seen.insert(version, number);
        Ok(())
    }

    fn into_dataset(mut self) -> Dataset {
        self.kinds.sort_unstable();
        Dataset {
            name: self.dataset,
            attribution: format!("Kept by hand in {}", self.file),
            reach: Reach {
                kinds: self.kinds,
                lethal_only: false,
                tells_who_acted: true,
                tells_weapons: true,
                counts_events: false,
                acts: None,
            },
            caveats: vec!["A journal holds what its keepers wrote down and is not known to be complete.".to_owned()],
        }
    }
}
