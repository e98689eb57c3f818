//! Files of records, and the whole way from bytes to an answer.

use std::io::Cursor;
use std::sync::LazyLock;

use armistice_assess::{Evidence, Options, assess};
use armistice_brief::{Report, assessment_json, assessment_text, findings_csv};
use armistice_records::{
    ArrowFileWriter, ReadError, Reading, Record, RecordColumns, read, read_arrow, read_ged, read_journal,
};
use armistice_terms::{Checked, Form, Units, check};

/// More than any input here can hold, and little enough that nothing escapes.
const ROOM: u64 = 256 << 20;

/// An agreement that asks about every point a record is judged on.
const TRUCE: &str = include_str!("../seeds/truce/agreement.truce");
const PLACES: &str = include_str!("../seeds/truce/places.geojson");

static AGREEMENT: LazyLock<Checked> = LazyLock::new(|| {
    let checked = check(TRUCE, Form::Plain, &|_| Ok(PLACES.to_owned()));
    assert!(!checked.has_errors(), "{:?}", checked.diagnostics);
    checked
});

/// UCDP's events as CSV.
pub fn ged(data: &[u8]) {
    sound(read_ged(data, "f.csv", None, &mut |_| {}));
}

/// A journal.
pub fn journal(data: &[u8]) {
    sound(read_journal(data, "f.records.jsonl"));
}

/// An Arrow file or stream.
pub fn arrow(data: &[u8]) {
    sound(read_arrow(Cursor::new(data), "f.arrow"));
}

/// Whatever it is, packed or not.
pub fn records(data: &[u8]) {
    sound(read(Cursor::new(data), "f", ROOM, &mut |_| {}));
}

/// A journal, judged, and the answer written down.
pub fn assessment(data: &[u8]) {
    let Ok(reading) = read_journal(data, "f.records.jsonl") else {
        return;
    };
    let units = Units::default();
    let evidence = Evidence {
        batches: &reading.batches,
        datasets: &reading.datasets,
        units: &units,
        unread: reading.errors.total,
    };
    let Ok(assessment) = assess(&AGREEMENT, evidence, Options::default()) else {
        return;
    };
    let report = Report::new(&assessment, &reading.batches, &reading.datasets, &[]);
    harmless(&assessment_text(&report));
    harmless(&findings_csv(&report));
    let json: serde_json::Value = serde_json::from_str(&assessment_json(&report)).expect("the answer is JSON");
    assert!(json.is_object());
}

/// What was read can be looked at, told, and written and read again.
fn sound(read: Result<Reading, ReadError>) {
    let reading = match read {
        Ok(reading) => reading,
        Err(error) => return harmless(&error.to_string()),
    };
    for error in &reading.errors.shown {
        assert!(error.line > 0 && error.column > 0, "{error}: places are counted from 1");
        assert!(!error.reason.is_empty() && !error.mend.is_empty(), "{error}: says what, and how to mend it");
        harmless(&error.to_string());
    }
    let all = rows(&reading);
    assert!(all.len() as u64 + reading.errors.total <= reading.rows_read, "every row is accounted for");
    let mut writer = ArrowFileWriter::new(Vec::new(), &reading.datasets).expect("memory takes what is written");
    for batch in &reading.batches {
        writer.write(batch).expect("what was read can be written");
    }
    let bytes = writer.finish().expect("memory takes what is written");
    let again = read_arrow(Cursor::new(bytes), "f.arrow").expect("what was written can be read");
    // Not by `==`: a number that is none equals nothing, and must not be here.
    assert_eq!(rows(&again), all, "nothing is lost on the way");
}

fn rows(reading: &Reading) -> Vec<Record> {
    let mut all = Vec::new();
    for batch in &reading.batches {
        let columns = RecordColumns::try_new(batch).expect("a batch that was read is a batch of records");
        all.extend((0..columns.len()).map(|row| columns.row(row).expect("every row is there")));
    }
    all
}

/// Nothing in it commands a terminal or turns the order of words round.
fn harmless(text: &str) {
    let harmful = |c: char| {
        (c.is_control() && c != '\n' && c != '\r') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!text.contains(harmful), "{text:?} would reach a terminal");
}
