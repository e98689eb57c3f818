//! Parquet files: whole, in parts, foreign and hostile.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails loudly"
)]

mod common;

use std::io::Cursor;
use std::sync::Arc;

use armistice_records::{DATASETS, ParquetFile, Parts, Reading, RecordColumns, read};
use arrow_array::cast::AsArray;
use arrow_array::types::TimestampSecondType;
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray, TimestampMicrosecondArray};
use arrow_schema::{DataType, Field, Schema};
use common::{fixture, ged, records};
use parquet::arrow::ArrowWriter;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use proptest::prelude::*;

fn real() -> Reading {
    ged(fixture("ucdp-ged-ukraine-v19.1-first40.csv"))
}

/// A file of some batches, in groups of so many rows.
fn written(reading: &Reading, batches: &[RecordBatch], rows: usize) -> Vec<u8> {
    let json = serde_json::to_string(&reading.datasets).unwrap();
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(rows))
        .set_compression(parquet::basic::Compression::SNAPPY)
        .set_key_value_metadata(Some(vec![KeyValue::new(DATASETS.to_owned(), json)]))
        .build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batches[0].schema(), Some(properties)).unwrap();
    batches.iter().for_each(|batch| writer.write(batch).unwrap());
    writer.into_inner().unwrap()
}

fn all(bytes: Vec<u8>) -> Result<Reading, String> {
    read(Cursor::new(bytes), "f.parquet", 1 << 30, &mut |_| {}).map_err(|why| why.to_string())
}

#[test]
fn a_file_keeps_everything() {
    let reading = real();
    let back = all(written(&reading, &reading.batches, 7)).unwrap();
    assert_eq!(records(&back), records(&reading));
    assert_eq!(back.datasets, reading.datasets);
}

/// Most programs write text as text, and know no seconds.
#[test]
fn words_as_text_and_times_in_millionths_are_read() {
    let reading = real();
    let plain = |batch: &RecordBatch| {
        let schema = batch.schema();
        let each = schema.fields().iter().zip(batch.columns()).map(|(field, column)| -> (Field, ArrayRef) {
            if let Some(words) = column.as_any_dictionary_opt() {
                let names: &StringArray = words.values().as_string();
                let keys = if names.is_empty() { vec![0; column.len()] } else { words.normalized_keys() };
                let text = (0..column.len()).map(|row| column.is_valid(row).then(|| names.value(keys[row])));
                let text: StringArray = text.collect();
                return (Field::new(field.name(), DataType::Utf8, field.is_nullable()), Arc::new(text));
            }
            if let Some(seconds) = column.as_primitive_opt::<TimestampSecondType>() {
                let zone = (field.name() == "known_at" || field.name() == "effect_until").then_some("UTC");
                let fine: TimestampMicrosecondArray =
                    seconds.iter().map(|s| s.map(|s| s * 1_000_000 + 999_999)).collect();
                let fine: ArrayRef = Arc::new(fine.with_timezone_opt(zone));
                return (Field::new(field.name(), fine.data_type().clone(), field.is_nullable()), fine);
            }
            (field.as_ref().clone(), Arc::clone(column))
        });
        let (fields, columns): (Vec<Field>, Vec<ArrayRef>) = each.unzip();
        RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap()
    };
    let batches: Vec<RecordBatch> = reading.batches.iter().map(plain).collect();
    assert_eq!(records(&all(written(&reading, &batches, 11)).unwrap()), records(&reading));
}

#[test]
fn parts_hold_the_same_rows_however_they_are_read() {
    let reading = real();
    let file = ParquetFile::of_bytes(written(&reading, &reading.batches, 9), "f").unwrap();
    assert_eq!((file.parts(), file.rows(0), file.rows(4)), (5, 9, 4));
    let whole = records(&reading);
    let mut ids = Vec::new();
    for part in 0..file.parts() {
        file.read(part, &["record_id", "kind"], &mut |first, batch| {
            let columns = RecordColumns::try_new(batch).unwrap();
            assert_eq!(first, 0);
            ids.extend((0..columns.len()).map(|row| columns.record_id.value(row).to_owned()));
            Ok(())
        })
        .unwrap();
    }
    assert_eq!(ids, whole.iter().map(|record| record.id.clone()).collect::<Vec<_>>());
    for rows in [vec![], vec![0], vec![8], vec![1, 2, 5], (0..9).collect::<Vec<_>>()] {
        let batches = file.take(2, &rows, &[]).unwrap();
        let taken = records(&Reading { batches, ..Reading::default() });
        assert_eq!(taken, rows.iter().map(|row| whole[18 + row].clone()).collect::<Vec<_>>());
    }
    let without = file.take(2, &[3], &["note", "origin_sha256"]).unwrap();
    let columns = RecordColumns::try_new(&without[0]).unwrap();
    assert_eq!((columns.record_id.value(0), columns.note.null_count()), (whole[21].id.as_str(), 1));
}

#[test]
fn what_is_no_file_of_records_says_why() {
    let reading = real();
    let batch = &reading.batches[0];
    let whole = written(&reading, &reading.batches, 100);
    let names: Vec<String> = batch.schema().fields().iter().map(|field| field.name().clone()).collect();
    let kept = |keep: &dyn Fn(&str) -> bool| {
        let columns: Vec<usize> = (0..names.len()).filter(|at| keep(&names[*at])).collect();
        written(&reading, &[batch.project(&columns).unwrap()], 100)
    };
    let mut renamed = batch.schema().fields().to_vec();
    let latitude = names.iter().position(|name| name == "latitude").unwrap();
    renamed[latitude] = Arc::new(Field::new("latitude", DataType::Utf8, true));
    let mut columns = batch.columns().to_vec();
    columns[latitude] = Arc::new(StringArray::from(vec!["north"; batch.num_rows()]));
    let text = RecordBatch::try_new(Arc::new(Schema::new(renamed)), columns).unwrap();
    let told = [
        whole[..whole.len() / 2].to_vec(),
        b"PAR1 and nothing that follows".to_vec(),
        kept(&|name| name != "act"),
        written(&reading, &[text], 100),
    ]
    .map(|bytes| all(bytes).unwrap_err());
    insta::assert_snapshot!(told.join("\n"));
    // What came later may be missing.
    assert!(all(kept(&|name| !name.starts_with("quantity"))).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Damage is an error, or changes what is read; it takes nobody down.
    #[test]
    fn damage_is_told(damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let reading = real();
        let mut bytes = written(&reading, &reading.batches, 13);
        for (at, byte) in damage {
            let at = at.index(bytes.len() - 4) + 4;
            bytes[at] = byte;
        }
        let _ = all(bytes);
    }
}
