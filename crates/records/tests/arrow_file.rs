//! Arrow files: whole, foreign and hostile.
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

use armistice_records::{ArrowFileWriter, RecordColumns, SchemaError, place_kind, read_arrow, schema};
use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray, UInt8Array};
use arrow_ipc::writer::StreamWriter;
use common::{fixture, ged, records};

/// Two batches with dictionaries of their own end up in one file.
#[test]
fn a_file_keeps_everything() {
    let first = ged(fixture("ucdp-ged-ukraine-v19.1-first40.csv"));
    let second = ged(fixture("ucdp-ged-global-v23.1-sample.csv"));
    let mut writer = ArrowFileWriter::new(Vec::new(), &first.datasets).unwrap();
    for batch in first.batches.iter().chain(&second.batches) {
        writer.write(batch).unwrap();
    }
    let bytes = writer.finish().unwrap();
    let reading = read_arrow(Cursor::new(bytes), "f.arrow").unwrap();
    assert_eq!(records(&reading), [records(&first), records(&second)].concat());
    assert_eq!(reading.datasets, first.datasets);
}

#[test]
fn a_stream_reads_as_well_but_nobody_vouches_for_it() {
    let reading = ged(fixture("ucdp-ged-ukraine-v19.1-first40.csv"));
    let mut bytes = Vec::new();
    let mut writer = StreamWriter::try_new(&mut bytes, &schema()).unwrap();
    writer.write(&reading.batches[0]).unwrap();
    writer.finish().unwrap();
    drop(writer);
    let back = read_arrow(Cursor::new(bytes), "f.arrow").unwrap();
    assert_eq!(records(&back), records(&reading));
    assert!(back.datasets[0].reach.kinds.is_empty());
}

/// The first files had no columns for quantity and height.
#[test]
fn a_file_without_the_later_columns_is_read_with_them_empty() {
    let reading = ged(fixture("ucdp-ged-ukraine-v19.1-first40.csv"));
    let batch = &reading.batches[0];
    let names = schema().fields().iter().map(|f| f.name().clone()).collect::<Vec<_>>();
    let early = (0..names.len()).filter(|i| !names[*i].starts_with("quantity") && !names[*i].starts_with("height"));
    let early = batch.project(&early.collect::<Vec<_>>()).unwrap();
    assert_eq!(early.num_columns() + 6, batch.num_columns());
    let mut bytes = Vec::new();
    let mut writer = StreamWriter::try_new(&mut bytes, &early.schema()).unwrap();
    writer.write(&early).unwrap();
    writer.finish().unwrap();
    drop(writer);
    let back = read_arrow(Cursor::new(bytes), "f.arrow").unwrap();
    assert_eq!(records(&back), records(&reading));
}

/// A batch with one column replaced, as it might come from elsewhere.
fn with(batch: &RecordBatch, name: &str, column: ArrayRef) -> Result<(), SchemaError> {
    let index = batch.schema().index_of(name).unwrap();
    let mut columns = batch.columns().to_vec();
    columns[index] = column;
    let fields: Vec<_> = schema()
        .fields()
        .iter()
        .zip(&columns)
        .map(|(f, c)| f.as_ref().clone().with_data_type(c.data_type().clone()).with_nullable(true))
        .collect();
    let schema = Arc::new(arrow_schema::Schema::new(fields));
    let batch = RecordBatch::try_new(schema, columns).unwrap();
    RecordColumns::try_new(&batch).map(|_| ())
}

#[test]
fn values_without_meaning_are_refused() {
    let reading = ged(fixture("ucdp-ged-ukraine-v19.1-first40.csv"));
    let batch = &reading.batches[0];
    let n = batch.num_rows();
    let told = |name: &str, column: ArrayRef| with(batch, name, column).unwrap_err().to_string();
    let bytes = |v: u8| Arc::new(UInt8Array::from(vec![v; n]));
    let floats = |v: f64| Arc::new(Float64Array::from(vec![v; n]));
    let from = batch.column_by_name("happened_from").unwrap();
    let without = {
        let keep: Vec<usize> = (1..batch.num_columns()).collect();
        let batch = batch.project(&keep).unwrap();
        RecordColumns::try_new(&batch).unwrap_err().to_string()
    };
    let all = [
        told("kind", bytes(99)),
        told("kind", floats(1.0)),
        told("kind", Arc::new(UInt8Array::from(vec![None; n]))),
        told("effect", bytes(0)),
        told("effect", bytes(200)),
        told("clock", bytes(7)),
        told("place_kind", bytes(place_kind::SECTOR)),
        told("place_kind", bytes(9)),
        told("latitude", floats(91.0)),
        told("latitude", floats(f64::NAN)),
        told("longitude", floats(-180.5)),
        told("radius_m", floats(f64::INFINITY)),
        told("happened_until", Arc::clone(from)),
        told("record_id", Arc::new(StringArray::from(vec![""; n]))),
        without,
    ];
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn hostile_files_are_refused() {
    let told = |bytes: &[u8]| read_arrow(Cursor::new(bytes), "f.arrow").unwrap_err().to_string();
    let empty =
        Arc::new(arrow_schema::Schema::new(vec![arrow_schema::Field::new("x", arrow_schema::DataType::Int8, false)]));
    let mut foreign = Vec::new();
    let mut writer = StreamWriter::try_new(&mut foreign, &empty).unwrap();
    writer.write(&RecordBatch::new_empty(empty)).unwrap();
    writer.finish().unwrap();
    drop(writer);
    let all = [
        told(b""),
        told(b"ARROW1"),
        told(b"ARROW1\0\0\xFF\xFF\xFF\x7FARROW1"),
        told(b"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F"),
        told(&foreign),
    ];
    insta::assert_snapshot!(all.join("\n"));
}
