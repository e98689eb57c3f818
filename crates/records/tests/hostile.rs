//! Files that were made to harm, or look as if they were.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails loudly"
)]

mod common;

use std::io::{Cursor, Write};

use armistice_records::{ArrowFileWriter, MOST_MEMORY, ReadError, Reading, read};
use common::{HEADER, errors, fixture, ged};
use flate2::Compression;
use flate2::write::GzEncoder;

fn opened(name: &str, bytes: impl AsRef<[u8]>, room: u64) -> Result<Reading, ReadError> {
    read(Cursor::new(bytes.as_ref()), name, room, &mut |_| {})
}

fn told(name: &str, bytes: impl AsRef<[u8]>) -> String {
    opened(name, bytes, MOST_MEMORY).unwrap_err().to_string()
}

fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(bytes.as_ref()).unwrap();
    writer.finish().unwrap()
}

/// A row of [`HEADER`] with `old` put right or wrong.
fn row(id: u32, old: &str, new: &str) -> String {
    let good = format!("{id},1,North,South,1,Town,Zone,36.5,37.5,1,2016-09-12,2016-09-12,1,2,0\n");
    assert!(good.contains(old));
    good.replacen(old, new, 1)
}

#[test]
fn packed_files_that_hold_no_records_are_refused() {
    let csv = fixture("ucdp-ged-ukraine-v19.1-first40.csv");
    let reading = ged(&csv);
    let mut arrow = ArrowFileWriter::new(Vec::new(), &reading.datasets).unwrap();
    arrow.write(&reading.batches[0]).unwrap();
    let all = [
        told("zeros.csv.gz", gzip(vec![0; 5 << 20])),
        told("twice.csv.gz", gzip(gzip(&csv))),
        told("file.arrow.gz", gzip(arrow.finish().unwrap())),
        told("a.zip.gz", gzip(b"PK\x03\x04rest")),
        told("a.csv.xz", b"\xFD7zXZ\0rest"),
        told("a.csv.zst", b"\x28\xB5\x2F\xFDrest"),
        told("a.csv.bz2", b"BZh9rest"),
    ];
    insta::assert_snapshot!(all.join("\n"));
}

/// Blank lines unpack a thousandfold; a few of them are no attack.
#[test]
fn a_small_file_may_unpack_as_it_likes() {
    assert_eq!(opened("b.records.jsonl.gz", gzip(vec![b'\n'; 1 << 20]), MOST_MEMORY).unwrap().records(), 0);
}

#[test]
fn records_that_do_not_fit_are_refused() {
    let csv = fixture("ucdp-ged-ukraine-v19.1-first40.csv");
    let reading = ged(&csv);
    let needed = reading.memory();
    assert!((100_000..4_000_000).contains(&needed), "{needed}");
    assert_eq!(opened("a.csv", &csv, needed).unwrap().records(), 40);

    let mut arrow = ArrowFileWriter::new(Vec::new(), &reading.datasets).unwrap();
    arrow.write(&reading.batches[0]).unwrap();
    let arrow = arrow.finish().unwrap();
    let journal = r#"{"id":"x","kind":"claim","happened":"2016-09-13","count":23,"source":"s"}"#;
    let refused = |name: &str, bytes: &[u8]| opened(name, bytes, 1000).unwrap_err().to_string();
    let all = [refused("a.csv", &csv), refused("a.arrow", &arrow), refused("a.records.jsonl", journal.as_bytes())];
    insta::assert_snapshot!(all.join("\n"));
}

/// An Arrow file read whole is one block of memory, which every column shares.
#[test]
fn shared_memory_is_counted_once() {
    let csv = fixture("ucdp-ged-ukraine-v19.1-first40.csv");
    let reading = ged(&csv);
    let mut arrow = ArrowFileWriter::new(Vec::new(), &reading.datasets).unwrap();
    arrow.write(&reading.batches[0]).unwrap();
    let arrow = arrow.finish().unwrap();
    let memory = opened("a.arrow", &arrow, MOST_MEMORY).unwrap().memory();
    assert!(memory < 2 * arrow.len() as u64, "{memory} for a file of {}", arrow.len());
}

/// To the reader the whole file is one row. It must not pass for a header
/// without events.
#[test]
fn carriage_returns_alone_end_no_line() {
    let text = format!("{HEADER}{}{}", row(1, "36.5", "36.5"), row(2, "36.5", "36.5")).replace('\n', "\r");
    insta::assert_snapshot!(told("mac.csv", text));
    let windows = format!("{HEADER}{}", row(1, "36.5", "36.5")).replace('\n', "\r\n");
    assert_eq!(ged(windows).records(), 1);
}

#[test]
fn values_that_nothing_on_earth_has_are_told() {
    let values = [
        ("36.5", "91"),
        ("36.5", "-181"),
        ("36.5", "NaN"),
        ("36.5", "inf"),
        ("36.5", "1e999"),
        ("37.5", "181"),
        ("37.5", "-1e999"),
        ("2016-09-12", "2016-02-30"),
        ("2016-09-12", "0000-00-00"),
        ("2016-09-12", "99999-01-01"),
        ("2016-09-12", "2016-09-12 10:00"),
        ("2016-09-12,1", "9999-12-31,1"),
        ("1,2,0", "-1,2,0"),
        ("1,2,0", "4294967296,2,0"),
        ("1,2,0", "1e3,2,0"),
        ("1,2,0", "NaN,2,0"),
        ("North", "No\0rth"),
        ("North", "a\u{1b}[2J\u{202e}b|c"),
    ];
    let rows: String = (1..).zip(values).map(|(id, (old, new))| row(id, old, new)).collect();
    let reading = ged(format!("{HEADER}{rows}"));
    assert_eq!(reading.errors.total, values.len() as u64);
    insta::assert_snapshot!(errors(&reading));
}

#[test]
fn a_zero_below_zero_is_a_zero() {
    let reading = ged(format!("{HEADER}{}", row(1, "36.5", "-0")));
    assert_eq!(reading.records(), 1);
}
