//! Records read a part at a time, and only the columns asked for.
//!
//! Most records of a long war have nothing to do with a ceasefire of some weeks:
//! whoever asks can look at a few columns of all, and take in whole only those
//! that matter. So an answer needs no more memory than what it rests on.

use arrow_array::{ArrayRef, RecordBatch, UInt64Array};
use arrow_schema::DataType;
use arrow_select::take::take_record_batch;
use std::sync::{Arc, LazyLock};

use arrow_array::{
    DictionaryArray, FixedSizeBinaryArray, Int32Array, StringArray, TimestampSecondArray, UInt8Array, UInt32Array,
    new_null_array,
};

use crate::builder::MAX_ROWS;
use crate::dataset::Dataset;
use crate::reading::ReadError;
use crate::schema::schema;

/// What is done with a batch of a part: the number of its first row within the
/// part, and the batch.
pub type Each<'e> = &'e mut dyn FnMut(usize, &RecordBatch) -> Result<(), ReadError>;

/// Records in parts that can be read independently, at the same time, and more
/// than once. Each time a part is read it holds the same rows in the same order.
pub trait Parts: Sync {
    /// The data sets they belong to, with their limits.
    fn datasets(&self) -> &[Dataset];

    /// How many parts there are.
    fn parts(&self) -> usize;

    /// How many rows a part has.
    fn rows(&self, part: usize) -> usize;

    /// Reads the columns named, in batches in the order of their rows. Columns that
    /// are not named may hold anything the schema allows.
    ///
    /// # Errors
    /// [`ReadError`] when the part cannot be read, or what `each` returns.
    fn read(&self, part: usize, columns: &[&str], each: Each<'_>) -> Result<(), ReadError>;

    /// Some rows of a part, in ascending order, in checked batches: whole, but for
    /// the columns named, which may hold anything the schema allows.
    ///
    /// # Errors
    /// [`ReadError`] when the part cannot be read, or a row is no record.
    fn take(&self, part: usize, rows: &[usize], without: &[&str]) -> Result<Vec<RecordBatch>, ReadError>;
}

/// Batches in memory, each a part.
#[derive(Clone, Copy, Debug)]
pub struct InMemory<'a> {
    /// The batches, which [`RecordColumns::try_new`](crate::RecordColumns::try_new) accepts.
    pub batches: &'a [RecordBatch],
    /// Their data sets.
    pub datasets: &'a [Dataset],
}

impl Parts for InMemory<'_> {
    fn datasets(&self) -> &[Dataset] {
        self.datasets
    }

    fn parts(&self) -> usize {
        self.batches.len()
    }

    fn rows(&self, part: usize) -> usize {
        self.batches.get(part).map_or(0, RecordBatch::num_rows)
    }

    fn read(&self, part: usize, _: &[&str], each: Each<'_>) -> Result<(), ReadError> {
        self.batches.get(part).map_or(Ok(()), |batch| each(0, batch))
    }

    fn take(&self, part: usize, rows: &[usize], _: &[&str]) -> Result<Vec<RecordBatch>, ReadError> {
        let Some(batch) = self.batches.get(part) else {
            return Ok(Vec::new());
        };
        if rows.len() == batch.num_rows() {
            return Ok(vec![batch.clone()]);
        }
        let wanted = UInt64Array::from_iter_values(rows.iter().map(|row| *row as u64));
        let taken = take_record_batch(batch, &wanted);
        let failed = |e| ReadError::new("memory", format!("rows could not be taken ({e})"), "read the files again");
        Ok(vec![taken.map_err(failed)?])
    }
}

/// Columns that were not read, as long as any batch: empty where the schema lets
/// them be, else whatever passes for a value.
pub(crate) fn unread(column: usize, rows: usize) -> Option<ArrayRef> {
    static UNREAD: LazyLock<Vec<ArrayRef>> = LazyLock::new(|| {
        let one = |field: &Arc<arrow_schema::Field>| -> ArrayRef {
            if field.is_nullable() {
                return new_null_array(field.data_type(), MAX_ROWS);
            }
            match field.data_type() {
                // The first of its codes; of places, that none is known.
                DataType::UInt8 => Arc::new(UInt8Array::from_value(u8::from(field.name() != "place_kind"), MAX_ROWS)),
                DataType::UInt32 => Arc::new(UInt32Array::from_value(0, MAX_ROWS)),
                // What ends does so after it began.
                DataType::Timestamp(..) => {
                    let second = i64::from(field.name() == "happened_until");
                    Arc::new(TimestampSecondArray::from_value(second, MAX_ROWS))
                }
                DataType::Utf8 => Arc::new(StringArray::new_repeated("?", MAX_ROWS)),
                DataType::FixedSizeBinary(size) => {
                    let zero = vec![0_u8; usize::try_from(*size).unwrap_or_default()];
                    let all = std::iter::repeat_n(zero.as_slice(), MAX_ROWS);
                    FixedSizeBinaryArray::try_from_iter(all)
                        .map_or_else(|_| new_null_array(field.data_type(), MAX_ROWS), |array| Arc::new(array))
                }
                DataType::Dictionary(..) => {
                    let (keys, values) = (Int32Array::from_value(0, MAX_ROWS), StringArray::from(vec!["?"]));
                    Arc::new(DictionaryArray::new(keys, Arc::new(values)))
                }
                other => new_null_array(other, MAX_ROWS),
            }
        };
        schema().fields().iter().map(one).collect()
    });
    UNREAD.get(column).filter(|_| rows <= MAX_ROWS).map(|array| array.slice(0, rows))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::*;
    use crate::columns::RecordColumns;

    /// Whoever reads a few columns may check them as if they were all.
    #[test]
    fn columns_that_were_not_read_pass_for_records() {
        let columns = (0..schema().fields().len()).map(|number| unread(number, 3).unwrap()).collect();
        let batch = RecordBatch::try_new(schema(), columns).unwrap();
        assert_eq!(RecordColumns::try_new(&batch).unwrap().len(), 3);
    }
}
