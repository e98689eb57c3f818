//! The shipped file, read whole, against figures computed independently.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails loudly"
)]

use std::path::Path;

use armistice_records::{Act, Direction, Kind, Reading, Record, RecordColumns, TimePrecision, When, open};
use jiff::civil::{Date, date};

fn syria() -> Reading {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/ucdp-ged-syria-2016.csv.gz");
    let mut read = 0;
    let reading = open(&path, &mut |bytes| read = bytes).expect("the shipped file can be read");
    assert_eq!(read, path.metadata().unwrap().len(), "progress counts the packed bytes");
    reading
}

fn records(reading: &Reading) -> Vec<Record> {
    let of = |batch| {
        let columns = RecordColumns::try_new(batch).unwrap();
        (0..columns.len()).map(|row| columns.row(row).unwrap()).collect::<Vec<_>>()
    };
    reading.batches.iter().flat_map(of).collect()
}

fn first_day(record: &Record) -> Date {
    match record.happened {
        When::Local { from, .. } => from.date(),
        When::Utc { .. } => panic!("GED gives civil days"),
    }
}

#[test]
fn every_row_becomes_a_record() {
    let reading = syria();
    assert_eq!(reading.records(), 6170);
    assert_eq!(reading.rows_read, 6170);
    assert!(reading.errors.is_empty(), "{:?}", reading.errors.shown.first());
    let remarks: Vec<String> = reading.remarks.iter().map(ToString::to_string).collect();
    insta::assert_debug_snapshot!(remarks, @r#"
    [
        "15 rows (first: line 330): the best figure of deaths lies outside low to high as stated; the spread was widened to hold all three",
    ]
    "#);
    let caveats = &reading.datasets[0].caveats;
    assert!(caveats.iter().any(|c| c.contains("r652")), "{caveats:?}");
    assert!(reading.datasets[0].reach.lethal_only);
}

#[test]
fn the_week_of_the_truce() {
    let reading = syria();
    let week: Vec<Record> = records(&reading)
        .into_iter()
        .filter(|r| (date(2016, 9, 12)..=date(2016, 9, 19)).contains(&first_day(r)))
        .collect();
    assert_eq!(week.len(), 109);
    let against = |b: &str| week.iter().filter(|r| r.side_a == ["Government of Syria"] && r.side_b == [b]).count();
    assert_eq!(against("Syrian insurgents"), 60);
    assert_eq!(against("IS"), 23);
}

/// Low, best and high deaths a day, of events precise to the day.
fn deaths_a_day(records: &[Record], first: Date, last: Date, dyad: Option<(&str, &str)>) -> [f64; 3] {
    let days = f64::from((last - first).get_days() + 1);
    let mut sums = [0_u32; 3];
    for r in records {
        let in_window = (first..=last).contains(&first_day(r));
        let of_dyad = dyad.is_none_or(|(a, b)| r.side_a == [a] && r.side_b == [b]);
        if in_window && of_dyad && r.time_precision == TimePrecision::Day {
            let deaths = r.deaths.unwrap();
            sums[0] += deaths.low;
            sums[1] += deaths.best;
            sums[2] += deaths.high;
        }
    }
    sums.map(|sum| (f64::from(sum) / days * 100.0).round() / 100.0)
}

#[test]
fn the_cessation_of_february() {
    let all = records(&syria());
    let dyad = Some(("Government of Syria", "Syrian insurgents"));
    let before = (date(2016, 2, 1), date(2016, 2, 26));
    let after = (date(2016, 2, 27), date(2016, 3, 4));
    let figures = [
        deaths_a_day(&all, before.0, before.1, dyad),
        deaths_a_day(&all, after.0, after.1, dyad),
        deaths_a_day(&all, before.0, before.1, None),
        deaths_a_day(&all, after.0, after.1, None),
    ];
    assert_eq!(figures.map(|f| f[1]), [62.46, 20.29, 98.58, 92.86]);
    // Never a best figure without its ends.
    insta::assert_compact_debug_snapshot!(figures, @"[[62.46, 62.46, 63.0], [20.14, 20.29, 21.29], [98.54, 98.58, 100.85], [92.71, 92.86, 94.57]]");
}

#[test]
fn a_row_keeps_its_evidence() {
    let reading = syria();
    let columns = RecordColumns::try_new(&reading.batches[0]).unwrap();
    let record = columns.row(0).unwrap();
    assert_eq!(record.id, "ged-214797");
    assert_eq!(record.kind, Kind::Incident);
    assert_eq!(record.act, Act::Attack);
    assert_eq!(record.direction, Direction::Undirected);
    assert_eq!(record.independence_groups, ["SOHR"]);
    assert_eq!(record.origin.line, 2);
    assert_eq!(record.origin.dataset, "UCDP GED (ucdp-ged-syria-2016.csv.gz)");
    let row = record.origin.row.unwrap();
    assert!(row.starts_with("214797,,2016,1,,1,,299,Syria: Government,,"), "{row}");
    assert!(row.ends_with(",2016-01-01,2016-01-01,2,2,0,0,4,4,4,,"), "{row}");
}
