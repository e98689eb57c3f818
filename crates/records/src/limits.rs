//! How much of a file is taken in before it is refused, and the memory that
//! records take.
//!
//! A file is hostile until it has been read: each of these ends the reading of
//! something that no file of records is, before the machine is out of memory
//! or the reader out of patience.

use std::collections::HashSet;

use arrow_array::{Array, RecordBatch};

use crate::reading::ReadError;

/// The memory that the records of all files together may take: 4 GiB.
///
/// All of UCDP's events since 1989 take about a seventh of it. A limit that is
/// stated is better than a machine that stops answering, and an assessment
/// looks at the records of some weeks or months.
pub const MOST_MEMORY: u64 = 4 << 30;

/// A compressed file may unpack to this many bytes, whatever its own size.
pub(crate) const FREELY_UNPACKED: u64 = 64 << 20;

/// Beyond [`FREELY_UNPACKED`], a compressed file may unpack to this many times
/// its own size. Event data pack to a tenth, journals to a fifth; a thousandth,
/// which gzip can do, is made to harm.
pub(crate) const MOST_UNPACKED: u64 = 100;

/// The memory that batches take, each block of it counted once although
/// batches and columns share blocks.
#[derive(Debug, Default)]
pub(crate) struct Held {
    blocks: HashSet<usize>,
    bytes: u64,
}

impl Held {
    /// Counts a batch, which must outlive the count: a block that is given back
    /// may come again under the same address.
    pub(crate) fn add(&mut self, batch: &RecordBatch) {
        for column in batch.columns() {
            let mut parts = vec![column.to_data()];
            while let Some(part) = parts.pop() {
                for buffer in part.buffers().iter().chain(part.nulls().map(|nulls| nulls.buffer())) {
                    let size = buffer.capacity();
                    if size > 0 && self.blocks.insert(buffer.data_ptr().as_ptr() as usize) {
                        self.bytes += size as u64;
                    }
                }
                parts.extend_from_slice(part.child_data());
            }
        }
    }

    /// The bytes counted so far.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The error to stop with, if it is more than `room`.
    pub(crate) fn within(&self, room: u64, file: &str, rows: u64) -> Result<(), ReadError> {
        if self.bytes > room { Err(too_much(room, file, rows)) } else { Ok(()) }
    }
}

/// Records that do not fit into the `room` that is left, after so many rows.
pub(crate) fn too_much(room: u64, file: &str, rows: u64) -> ReadError {
    let others = if room < MOST_MEMORY { ", together with those of other files," } else { "" };
    let allowed = format!("{} GiB", MOST_MEMORY >> 30);
    let reason = match rows {
        0 => format!("its records{others} take more than the {allowed} of memory allowed"),
        rows => format!("by row {rows} its records{others} take more than the {allowed} of memory allowed"),
    };
    ReadError::new(file, reason, "cut it to the period that is assessed, or name fewer files")
}
