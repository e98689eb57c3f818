//! Helpers shared by the tests.
#![allow(dead_code, reason = "each test uses some")]

use armistice_records::{Reading, Record, RecordColumns, read_ged};

/// The columns a GED file needs, and a few it may have.
pub(crate) const HEADER: &str = "id,type_of_violence,side_a,side_b,where_prec,where_coordinates,adm_1,latitude,longitude,date_prec,date_start,date_end,best,high,low\n";

pub(crate) fn ged(text: impl AsRef<[u8]>) -> Reading {
    read_ged(text.as_ref(), "test.csv", None, &mut |_| {}).unwrap()
}

pub(crate) fn records(reading: &Reading) -> Vec<Record> {
    let of = |batch| {
        let columns = RecordColumns::try_new(batch).unwrap();
        (0..columns.len()).map(|row| columns.row(row).unwrap()).collect::<Vec<_>>()
    };
    reading.batches.iter().flat_map(of).collect()
}

pub(crate) fn fixture(name: &str) -> Vec<u8> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    std::fs::read(folder.join(name)).unwrap()
}

pub(crate) fn errors(reading: &Reading) -> String {
    reading.errors.shown.iter().map(|e| format!("{e}\n")).collect()
}
