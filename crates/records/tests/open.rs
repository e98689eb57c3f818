//! Choosing the reader.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails loudly"
)]

mod common;

use std::path::PathBuf;

use armistice_records::{ArrowFileWriter, ReadError, Reading, open};
use common::{HEADER, fixture, ged, records};

/// A file of its own for one test, removed when the test ends.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let folder = std::env::temp_dir().join(format!("armistice-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(name), bytes).unwrap();
        Self(folder.join(name))
    }

    fn open(&self) -> Result<Reading, ReadError> {
        open(&self.0, &mut |_| {})
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.0.parent().unwrap());
    }
}

#[test]
fn content_decides() {
    let csv = fixture("ucdp-ged-ukraine-v19.1-first40.csv");
    let from_csv = Temporary::new("odd.name", &csv).open().unwrap();
    assert_eq!(from_csv.records(), 40);

    let mut writer = ArrowFileWriter::new(Vec::new(), &from_csv.datasets).unwrap();
    writer.write(&from_csv.batches[0]).unwrap();
    let from_arrow = Temporary::new("x.arrow", writer.finish().unwrap()).open().unwrap();
    assert_eq!(records(&from_arrow), records(&from_csv));

    let line = r#"{"id":"x","kind":"claim","happened":"2016-09-13","count":23,"source":"s"}"#;
    for name in ["a.records.jsonl", "b.txt"] {
        assert_eq!(Temporary::new(name, line).open().unwrap().records(), 1);
    }
    assert_eq!(Temporary::new("none.records.jsonl", "// nothing yet\n").open().unwrap().records(), 0);
}

#[test]
fn what_is_not_understood_is_said() {
    let told = |name: &str, bytes: &[u8]| Temporary::new(name, bytes).open().unwrap_err().to_string();
    let all = [
        told("empty.csv", b""),
        told("a.zip", b"PK\x03\x04rest"),
        told("a.parquet", b"PAR1rest"),
        told("a.csv", b"\xFF\xFEi\0d\0"),
        told("acled.csv", b"event_id_cnty,event_date,year,time_precision,event_type\n"),
        open("/nowhere/at-all.csv".as_ref(), &mut |_| {}).unwrap_err().to_string(),
    ];
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn a_syria_file_carries_its_caveat() {
    let plain = ged(HEADER);
    let named = Temporary::new("ucdp-ged-syria-r652.csv", HEADER).open().unwrap();
    assert_eq!(named.datasets[0].caveats.len(), plain.datasets[0].caveats.len() + 1);
}
