//! `docs/records.md` says what the schema says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails loudly"
)]

use std::fmt::Write;
use std::path::Path;

use armistice_records::{DESCRIPTION, schema};

const BEGIN: &str = "<!-- columns: begin -->\n";
const END: &str = "<!-- columns: end -->";

/// The table is written by this test: run it with `ARMISTICE_UPDATE_DOCS=1`
/// after changing the schema.
#[test]
fn every_column_is_documented() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/records.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).expect("the page has a place for the table");
    let (table, after) = rest.split_once(END).expect("the table ends");
    let mut expected = String::from("| column | type | may be null | meaning |\n|---|---|---|---|\n");
    for field in schema().fields() {
        let null = if field.is_nullable() { "yes" } else { "no" };
        let meaning = field.metadata()[DESCRIPTION].replace('|', "`\\|`");
        writeln!(expected, "| `{}` | `{}` | {null} | {meaning} |", field.name(), field.data_type()).unwrap();
    }
    if std::env::var_os("ARMISTICE_UPDATE_DOCS").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{expected}{END}{after}")).unwrap();
    } else {
        assert_eq!(table, expected, "run this test with ARMISTICE_UPDATE_DOCS=1");
    }
}
