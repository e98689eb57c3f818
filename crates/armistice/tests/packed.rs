//! Records in a Parquet file, which is read a part at a time and never held whole,
//! give the answer that the same records give from anywhere else.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod common;

use std::fs;

use armistice_records::{DATASETS, open};
use common::{armistice, folder, root};
use parquet::arrow::ArrowWriter;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

#[test]
fn packed_records_give_the_same_answer() {
    let here = folder("packed");
    let reading = open(&root().join("data/ucdp-ged-syria-2016.csv.gz"), &mut |_| {}).unwrap();
    let datasets = serde_json::to_string(&reading.datasets).unwrap();
    // Groups small enough that there are several.
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(1000))
        .set_key_value_metadata(Some(vec![KeyValue::new(DATASETS.to_owned(), datasets)]))
        .build();
    let file = fs::File::create(here.join("events.parquet")).unwrap();
    let mut writer = ArrowWriter::try_new(file, reading.batches[0].schema(), Some(properties)).unwrap();
    reading.batches.iter().for_each(|batch| writer.write(batch).unwrap());
    writer.close().unwrap();
    let beside = root().join("agreements/syria-geneva-2016");
    let notices = ["decisions.records.jsonl", "claims.records.jsonl"].map(|name| beside.join(name));
    let answer = |events: &std::path::Path, format: &str| {
        let mut command = armistice(&here, &["assess", beside.to_str().unwrap(), "--format", format]);
        for records in [events, &notices[0], &notices[1]] {
            command.arg("--records").arg(records);
        }
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).unwrap();
        // What the reader of the one file remarks, the other says nothing of.
        if let Ok(serde_json::Value::Object(mut all)) = serde_json::from_str(&text) {
            all.remove("remarks");
            return serde_json::Value::Object(all).to_string();
        }
        text.lines()
            .filter(|line| !line.contains(" rows: ") && line.trim() != "hold all three")
            .map(|line| format!("{line}\n"))
            .collect::<String>()
    };
    for format in ["csv", "json", "text"] {
        let (plain, packed) = (
            answer(&root().join("data/ucdp-ged-syria-2016.csv.gz"), format),
            answer(&here.join("events.parquet"), format),
        );
        assert!(plain == packed, "{format}");
        assert!(plain.len() > 1000);
    }
}
