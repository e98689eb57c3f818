//! Records as an Arrow IPC file (`.arrow`): the quickest form to read again,
//! and the one other tools can open.
//!
//! What the data sets can show travels in the schema's metadata, so that a
//! file of records never loses its caveats.

mod bounds;

use std::collections::HashMap;
use std::fmt;
use std::io::{BufReader, Read, Seek, Write};
use std::sync::Arc;

use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, DictionaryArray, RecordBatch, StringArray, new_null_array};
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_ipc::writer::{DictionaryHandling, FileWriter, IpcWriteOptions};
use arrow_schema::{ArrowError, DataType, Schema, SchemaRef};

use crate::columns::RecordColumns;
use crate::dataset::{Dataset, Reach};
use crate::limits::{Held, MOST_MEMORY, too_much};
use crate::quiet::quietly;
use crate::reading::{ReadError, Reading};
use crate::schema::{may_be_missing, schema};
use crate::schema_error::SchemaError;
use bounds::Refused;

/// The key of the schema's metadata that holds the data sets as JSON.
pub const DATASETS: &str = "armistice.datasets";

/// Writes an Arrow file batch by batch.
pub struct ArrowFileWriter<W: Write> {
    writer: FileWriter<W>,
    schema: SchemaRef,
    /// Per column of words, the dictionary so far. The file format lets a
    /// dictionary grow from batch to batch but not change.
    dictionaries: Vec<Option<StringDictionaryBuilder<Int32Type>>>,
}

impl<W: Write> ArrowFileWriter<W> {
    /// Begins a file holding records of `datasets`.
    ///
    /// # Errors
    /// [`WriteError`] when `output` fails.
    pub fn new(output: W, datasets: &[Dataset]) -> Result<Self, WriteError> {
        let json = serde_json::to_string(datasets).map_err(|e| WriteError(e.to_string()))?;
        let metadata = HashMap::from([(DATASETS.to_owned(), json)]);
        let schema = Arc::new(Schema::new_with_metadata(schema().fields().clone(), metadata));
        let options = IpcWriteOptions::default().with_dictionary_handling(DictionaryHandling::Delta);
        let writer = FileWriter::try_new_with_options(output, &schema, options)?;
        let dictionaries = schema
            .fields()
            .iter()
            .map(|f| matches!(f.data_type(), DataType::Dictionary(..)).then(StringDictionaryBuilder::new))
            .collect();
        Ok(Self { writer, schema, dictionaries })
    }

    /// Writes one batch.
    ///
    /// # Errors
    /// [`WriteError`] when the batch is no batch of records or `output` fails.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), WriteError> {
        RecordColumns::try_new(batch)?;
        let mut columns = Vec::with_capacity(self.dictionaries.len());
        for (field, dictionary) in self.schema.fields().iter().zip(&mut self.dictionaries) {
            let Some(column) = batch.column_by_name(field.name()) else {
                return Err(WriteError(format!("there is no column {}", field.name())));
            };
            columns.push(match dictionary {
                Some(dictionary) => grown(column, dictionary)?,
                None => Arc::clone(column),
            });
        }
        self.writer.write(&RecordBatch::try_new(Arc::clone(&self.schema), columns)?)?;
        Ok(())
    }

    /// Ends the file and gives the output back. Without this it cannot be read.
    ///
    /// # Errors
    /// [`WriteError`] when `output` fails.
    pub fn finish(self) -> Result<W, WriteError> {
        Ok(self.writer.into_inner()?)
    }
}

/// The column with its names renumbered by the dictionary that grows through
/// the file.
fn grown(column: &ArrayRef, dictionary: &mut StringDictionaryBuilder<Int32Type>) -> Result<ArrayRef, WriteError> {
    let words = column
        .as_any()
        .downcast_ref::<DictionaryArray<Int32Type>>()
        .and_then(DictionaryArray::downcast_dict::<StringArray>)
        .ok_or_else(|| WriteError("a column of words does not hold words".into()))?;
    dictionary.extend_dictionary(&words)?;
    Ok(Arc::new(dictionary.finish_preserve_values()))
}

/// Why an Arrow file could not be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteError(String);

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the records could not be written: {}", self.0)
    }
}

impl std::error::Error for WriteError {}

impl From<ArrowError> for WriteError {
    fn from(error: ArrowError) -> Self {
        Self(error.to_string())
    }
}

impl From<SchemaError> for WriteError {
    fn from(error: SchemaError) -> Self {
        Self(error.to_string())
    }
}

/// Reads an Arrow file or stream of records and checks every row of it.
///
/// # Errors
/// [`ReadError`] when it is damaged, or holds anything but records. One bad
/// row is enough: an Arrow file has no lines to mend.
pub fn read_arrow(input: impl Read + Seek, file: &str) -> Result<Reading, ReadError> {
    read_within(input, file, MOST_MEMORY)
}

/// The same, if the records fit into `room` bytes.
pub(crate) fn read_within(input: impl Read + Seek, file: &str, room: u64) -> Result<Reading, ReadError> {
    // Sizes are checked against the file first; but the decoder still panics
    // on some files that nobody's program wrote, and a hostile file must not
    // take its reader down. Nothing it touched is used afterwards.
    quietly(|| read(input, file, room)).unwrap_or_else(|| Err(damaged(file, "its structure makes no sense")))
}

fn read(input: impl Read + Seek, file: &str, room: u64) -> Result<Reading, ReadError> {
    let mut input = BufReader::with_capacity(1 << 18, input);
    let bad = |e: ArrowError| damaged(file, told(e));
    let mut reading = Reading::default();
    let is_file = match bounds::check(&mut input, room) {
        Ok(is_file) => is_file,
        Err(Refused::Damaged(why)) => return Err(bad(why)),
        Err(Refused::TooLarge) => return Err(too_much(room, file, 0)),
    };
    let schema = if is_file {
        let reader = FileReader::try_new(input, None).map_err(bad)?;
        collect(&reader.schema(), reader, &mut reading, (file, room))?
    } else {
        let reader = StreamReader::try_new(input, None).map_err(bad)?;
        collect(&reader.schema(), reader, &mut reading, (file, room))?
    };
    reading.datasets = datasets(&schema, &reading.batches);
    Ok(reading)
}

fn collect(
    schema: &SchemaRef,
    batches: impl Iterator<Item = Result<RecordBatch, ArrowError>>,
    reading: &mut Reading,
    (file, room): (&str, u64),
) -> Result<SchemaRef, ReadError> {
    let mut held = Held::default();
    for batch in batches {
        let batch = completed(batch.map_err(|e| damaged(file, told(e)))?);
        let index = reading.batches.len();
        RecordColumns::try_new(&batch).map_err(|e| {
            let reason = format!("batch {index} does not hold records: {e}");
            ReadError::new(file, reason, "write it in the form of docs/records.md")
        })?;
        reading.rows_read += batch.num_rows() as u64;
        held.add(&batch);
        if held.bytes() > room {
            return Err(too_much(room, file, reading.rows_read));
        }
        reading.batches.push(batch);
    }
    Ok(Arc::clone(schema))
}

/// The batch with the columns it may lack, empty.
fn completed(batch: RecordBatch) -> RecordBatch {
    let records = schema();
    let lacking: Vec<_> = records
        .fields()
        .iter()
        .filter(|f| may_be_missing(f.name()) && batch.column_by_name(f.name()).is_none())
        .collect();
    if lacking.is_empty() {
        return batch;
    }
    let fields = batch.schema().fields().iter().chain(lacking.iter().copied()).map(Arc::clone).collect::<Vec<_>>();
    let empty = lacking.iter().map(|f| new_null_array(f.data_type(), batch.num_rows()));
    let columns: Vec<ArrayRef> = batch.columns().iter().map(Arc::clone).chain(empty).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap_or(batch)
}

/// The error without the name of its class, which tells a reader nothing.
pub(crate) fn told(error: ArrowError) -> String {
    match error {
        ArrowError::ParseError(text)
        | ArrowError::IpcError(text)
        | ArrowError::SchemaError(text)
        | ArrowError::InvalidArgumentError(text)
        | ArrowError::IoError(text, _) => text,
        other => other.to_string(),
    }
}

fn damaged(file: &str, reason: impl Into<String>) -> ReadError {
    let reason = reason.into();
    // The decoder tells further lines of where it stood.
    let reason = format!("it is not a readable Arrow file ({})", reason.lines().next().unwrap_or_default());
    ReadError::new(file, reason, "write it again from the original records")
}

/// The data sets as written in the file, and a wary stand-in for any other
/// that a row names.
fn datasets(schema: &Schema, batches: &[RecordBatch]) -> Vec<Dataset> {
    let mut known: Vec<Dataset> =
        schema.metadata().get(DATASETS).and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    for columns in batches.iter().filter_map(|b| RecordColumns::view(b).ok()) {
        for name in datasets_named(&columns) {
            if !known.iter().any(|d| d.name == name) {
                known.push(of_unknown_reach(name));
            }
        }
    }
    known
}

/// The data sets that a batch may be of.
pub(crate) fn datasets_named<'a>(columns: &RecordColumns<'a>) -> impl Iterator<Item = &'a str> {
    let names = columns.dataset.names;
    (0..names.len()).map(|i| names.value(i))
}

/// Nothing may be concluded from the silence of data nobody vouches for.
pub(crate) fn of_unknown_reach(name: &str) -> Dataset {
    Dataset {
        name: name.to_owned(),
        attribution: String::new(),
        reach: Reach {
            kinds: Vec::new(),
            lethal_only: true,
            tells_who_acted: false,
            tells_weapons: false,
            counts_events: true,
            acts: None,
        },
        caveats: vec!["The file does not say what this data set can and cannot show.".to_owned()],
    }
}
