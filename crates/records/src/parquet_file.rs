//! Records as a Parquet file: the smallest form, and the one that can be read a
//! few columns at a time.
//!
//! It is the schema of `docs/records.md`, one row group after the other; words may
//! be plain text or dictionaries. What the data sets can show travels in the
//! file's metadata, under the same key as in an Arrow file.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use arrow_array::{Array, ArrayRef, RecordBatch, TimestampSecondArray};
use arrow_buffer::NullBuffer;
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use bytes::Bytes;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder, RowSelection, RowSelector,
};
use parquet::file::reader::ChunkReader;

use crate::arrow_file::{DATASETS, datasets_named, of_unknown_reach, told};
use crate::builder::MAX_ROWS;
use crate::columns::RecordColumns;
use crate::dataset::Dataset;
use crate::limits::{Held as Memory, too_much};
use crate::parts::{Each, Parts, unread};
use crate::quiet::quietly;
use crate::reading::{ReadError, Reading};
use crate::schema::{may_be_missing, schema};

/// Rows decoded at a time: few enough that all columns of a batch stay near the
/// processor.
const AT_ONCE: usize = 16_384;

/// A Parquet file of records.
#[derive(Clone, Debug)]
pub struct ParquetFile {
    held: Held,
    /// As it is called in errors.
    name: String,
    metadata: ArrowReaderMetadata,
    datasets: Vec<Dataset>,
}

/// Where the bytes of a file are.
#[derive(Clone, Debug)]
enum Held {
    At(PathBuf),
    Here(Bytes),
}

/// In a byte of a file there are no more rows than this: each has an id of its own.
const MOST_ROWS_A_BYTE: u64 = 8;

impl ParquetFile {
    /// Opens the file at `path`, called `name` in errors: reads what it says of
    /// itself and no row.
    ///
    /// # Errors
    /// [`ReadError`] when it is damaged, or its columns are not those of records.
    pub fn open(path: &Path, name: &str) -> Result<Self, ReadError> {
        let file = File::open(path).map_err(|e| damaged(name, e.to_string()))?;
        Self::guarded(&file, Held::At(path.to_owned()), name)
    }

    /// The same of a file's bytes.
    ///
    /// # Errors
    /// As [`ParquetFile::open`].
    pub fn of_bytes(bytes: Vec<u8>, name: &str) -> Result<Self, ReadError> {
        let bytes = Bytes::from(bytes);
        Self::guarded(&bytes.clone(), Held::Here(bytes), name)
    }

    fn guarded(file: &impl ChunkReader, held: Held, name: &str) -> Result<Self, ReadError> {
        let opened = quietly(|| Self::opened(file, held, name));
        opened.unwrap_or_else(|| Err(damaged(name, "its structure makes no sense")))
    }

    fn opened(file: &impl ChunkReader, held: Held, name: &str) -> Result<Self, ReadError> {
        let bad = |e: parquet::errors::ParquetError| damaged(name, plain(&e));
        let own = ArrowReaderMetadata::load(file, ArrowReaderOptions::new()).map_err(bad)?;
        // Nothing is made room for that a file only says it holds.
        let rows: i128 = own.metadata().row_groups().iter().map(|group| i128::from(group.num_rows())).sum();
        let sane = own.metadata().row_groups().iter().all(|group| group.num_rows() >= 0);
        if !sane || rows > i128::from(file.len()) * i128::from(MOST_ROWS_A_BYTE) {
            return Err(damaged(name, format!("it says that it has {rows} rows, which do not fit into it")));
        }
        let wanted = in_our_types(own.schema(), name)?;
        let json = own.metadata().file_metadata().key_value_metadata();
        let json = json.into_iter().flatten().find(|pair| pair.key == DATASETS).and_then(|pair| pair.value.as_deref());
        let said = json.and_then(|json| serde_json::from_str(json).ok());
        let options = ArrowReaderOptions::new().with_schema(wanted);
        let metadata = ArrowReaderMetadata::load(file, options).map_err(bad)?;
        let mut opened = Self { held, name: name.to_owned(), metadata, datasets: said.unwrap_or_default() };
        opened.name_datasets()?;
        Ok(opened)
    }

    /// Adds those data sets that rows name and the file says nothing of.
    fn name_datasets(&mut self) -> Result<(), ReadError> {
        let mut datasets = std::mem::take(&mut self.datasets);
        for part in 0..self.parts() {
            self.read_unguarded(part, &["dataset"], None, &mut |_, batch| {
                if let Ok(columns) = RecordColumns::view(batch) {
                    for name in datasets_named(&columns) {
                        if !datasets.iter().any(|d| d.name == name) {
                            datasets.push(of_unknown_reach(name));
                        }
                    }
                }
                Ok(())
            })?;
        }
        self.datasets = datasets;
        Ok(())
    }

    /// All of it, if it fits into `room` bytes.
    pub(crate) fn read_all(&self, room: u64) -> Result<Reading, ReadError> {
        let mut reading = Reading { datasets: self.datasets.clone(), ..Reading::default() };
        let mut held = Memory::default();
        for part in 0..self.parts() {
            for batch in self.take_guarded(part, None, &[])? {
                reading.rows_read += batch.num_rows() as u64;
                held.add(&batch);
                if held.bytes() > room {
                    return Err(too_much(room, &self.name, reading.rows_read));
                }
                reading.batches.push(batch);
            }
        }
        Ok(reading)
    }

    fn take_guarded(
        &self,
        part: usize,
        rows: Option<&[usize]>,
        without: &[&str],
    ) -> Result<Vec<RecordBatch>, ReadError> {
        let names = self.metadata.schema().fields().iter().map(|f| f.name().as_str());
        let names: Vec<&str> = names.filter(|name| !without.contains(name)).collect();
        let mut taken = Vec::new();
        self.read_some(part, &names, rows, &mut |_, batch| {
            RecordColumns::try_new(batch).map_err(|e| {
                let reason = format!("part {part} does not hold records: {e}");
                ReadError::new(&self.name, reason, "write it in the form of docs/records.md")
            })?;
            taken.push(batch.clone());
            Ok(())
        })?;
        Ok(taken)
    }

    /// The decoder panics on some files that nobody's program wrote.
    fn read_some(
        &self,
        part: usize,
        columns: &[&str],
        rows: Option<&[usize]>,
        each: Each<'_>,
    ) -> Result<(), ReadError> {
        let read = quietly(|| self.read_unguarded(part, columns, rows, each));
        read.unwrap_or_else(|| Err(damaged(&self.name, "its structure makes no sense")))
    }

    fn read_unguarded(
        &self,
        part: usize,
        columns: &[&str],
        rows: Option<&[usize]>,
        each: Each<'_>,
    ) -> Result<(), ReadError> {
        match &self.held {
            // Each reading has a file handle of its own: they may run at the same time.
            Held::At(path) => {
                let file = File::open(path).map_err(|e| damaged(&self.name, e.to_string()))?;
                self.decoded(file, (part, columns), rows, each)
            }
            Held::Here(bytes) => self.decoded(bytes.clone(), (part, columns), rows, each),
        }
    }

    fn decoded(
        &self,
        file: impl ChunkReader + 'static,
        (part, columns): (usize, &[&str]),
        rows: Option<&[usize]>,
        each: Each<'_>,
    ) -> Result<(), ReadError> {
        let bad = |e: String| damaged(&self.name, e);
        let total = self.rows(part);
        let own = self.metadata.metadata().file_metadata().schema_descr();
        let mask = ProjectionMask::columns(own, columns.iter().copied());
        let mut reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone())
            .with_projection(mask)
            .with_row_groups(vec![part])
            // Room is made for as many, whether or not they come.
            .with_batch_size(rows.map_or(AT_ONCE, |rows| rows.len().clamp(1, AT_ONCE)));
        if let Some(rows) = rows {
            reader = reader.with_row_selection(selection(rows, total));
        }
        let mut first = 0;
        for batch in reader.build().map_err(|e| bad(plain(&e)))? {
            let batch = completed(&batch.map_err(|e| bad(told(e)))?).map_err(|e| bad(told(e)))?;
            each(first, &batch)?;
            first += batch.num_rows();
        }
        if rows.is_none() && first != total {
            return Err(bad(format!("a row group says it has {total} rows, and has {first}")));
        }
        Ok(())
    }
}

impl Parts for ParquetFile {
    fn datasets(&self) -> &[Dataset] {
        &self.datasets
    }

    fn parts(&self) -> usize {
        self.metadata.metadata().num_row_groups()
    }

    fn rows(&self, part: usize) -> usize {
        let groups = self.metadata.metadata().row_groups();
        groups.get(part).and_then(|group| usize::try_from(group.num_rows()).ok()).unwrap_or_default()
    }

    fn read(&self, part: usize, columns: &[&str], each: Each<'_>) -> Result<(), ReadError> {
        self.read_some(part, columns, None, each)
    }

    fn take(&self, part: usize, rows: &[usize], without: &[&str]) -> Result<Vec<RecordBatch>, ReadError> {
        if rows.is_empty() { Ok(Vec::new()) } else { self.take_guarded(part, Some(rows), without) }
    }
}

/// The file's columns in the types of records: text as words, where words are
/// meant. A column of another type, or one that is missing, is an error.
fn in_our_types(own: &SchemaRef, name: &str) -> Result<SchemaRef, ReadError> {
    let records = schema();
    let missing = records.fields().iter().find(|f| !may_be_missing(f.name()) && own.field_with_name(f.name()).is_err());
    if let Some(field) = missing {
        return Err(damaged(name, format!("it has no column {}", field.name())));
    }
    let mut fields: Vec<Arc<Field>> = Vec::new();
    for field in own.fields() {
        let Ok(ours) = records.field_with_name(field.name()) else {
            fields.push(Arc::clone(field));
            continue;
        };
        let words = matches!(ours.data_type(), DataType::Dictionary(..));
        let text = matches!(field.data_type(), DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
        let alike = text && (words || *ours.data_type() == DataType::Utf8);
        if is_time(field.data_type()) && is_time(ours.data_type()) {
            fields.push(Arc::clone(field));
            continue;
        }
        if field.data_type() != ours.data_type() && !alike {
            let reason = format!("its column {} is {}, not {}", field.name(), field.data_type(), ours.data_type());
            return Err(damaged(name, reason));
        }
        let nullable = field.is_nullable();
        fields.push(Arc::new(Field::new(field.name(), ours.data_type().clone(), nullable)));
    }
    Ok(Arc::new(Schema::new(fields)))
}

const fn is_time(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Timestamp(..))
}

/// A column of times in whole seconds, as records have them; any other as it is.
/// Most programs that write Parquet know no seconds, and write thousandths or less.
fn in_seconds(column: &ArrayRef, wanted: &DataType) -> ArrayRef {
    let (DataType::Timestamp(unit, _), DataType::Timestamp(_, zone)) = (column.data_type(), wanted) else {
        return Arc::clone(column);
    };
    // Before 1970, too, a second holds the fractions that come after it.
    let whole = |parts: i64, values: &[i64], nulls: Option<&NullBuffer>| -> ArrayRef {
        let seconds = values.iter().map(|value| value.div_euclid(parts)).collect();
        Arc::new(TimestampSecondArray::new(seconds, nulls.cloned()).with_timezone_opt(zone.clone()))
    };
    match unit {
        TimeUnit::Second => column.as_primitive_opt::<TimestampSecondType>().map(|c| whole(1, c.values(), c.nulls())),
        TimeUnit::Millisecond => {
            column.as_primitive_opt::<TimestampMillisecondType>().map(|c| whole(1_000, c.values(), c.nulls()))
        }
        TimeUnit::Microsecond => {
            column.as_primitive_opt::<TimestampMicrosecondType>().map(|c| whole(1_000_000, c.values(), c.nulls()))
        }
        TimeUnit::Nanosecond => {
            column.as_primitive_opt::<TimestampNanosecondType>().map(|c| whole(1_000_000_000, c.values(), c.nulls()))
        }
    }
    .unwrap_or_else(|| Arc::clone(column))
}

/// A batch with the columns of records, those that were not read among them.
fn completed(batch: &RecordBatch) -> Result<RecordBatch, arrow_schema::ArrowError> {
    let records = schema();
    let rows = batch.num_rows();
    let columns = records.fields().iter().enumerate().map(|(number, field)| -> ArrayRef {
        let read = batch.column_by_name(field.name()).map(|column| in_seconds(column, field.data_type()));
        read.or_else(|| unread(number, rows)).unwrap_or_else(|| arrow_array::new_null_array(field.data_type(), rows))
    });
    RecordBatch::try_new(records.clone(), columns.collect())
}

/// Some rows of so many, in ascending order.
fn selection(rows: &[usize], total: usize) -> RowSelection {
    let mut selectors = Vec::new();
    let mut next = 0;
    for run in rows.chunk_by(|a, b| a + 1 == *b) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            continue;
        };
        if *first > next {
            selectors.push(RowSelector::skip(first - next));
        }
        selectors.push(RowSelector::select(run.len()));
        next = last + 1;
    }
    if next < total {
        selectors.push(RowSelector::skip(total - next));
    }
    RowSelection::from(selectors)
}

/// The error without the name of its class, which tells a reader nothing.
fn plain(error: &parquet::errors::ParquetError) -> String {
    let text = error.to_string();
    text.split_once(": ").map_or(text.clone(), |(_, rest)| rest.to_owned())
}

fn damaged(file: &str, reason: impl Into<String>) -> ReadError {
    let reason = reason.into();
    let reason =
        format!("it is not a readable Parquet file of records ({})", reason.lines().next().unwrap_or_default());
    ReadError::new(file, reason, "write it again in the form of docs/records.md, packed with snappy or not at all")
}

const _: () = assert!(AT_ONCE <= MAX_ROWS);
