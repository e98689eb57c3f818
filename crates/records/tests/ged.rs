//! Real rows of other releases, and rows that are wrong.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails loudly"
)]

mod common;

use std::io::Write;

use armistice_records::{Place, Reading, TimePrecision, When, read_ged};
use common::{HEADER, errors, fixture, ged, records};
use jiff::civil::date;

#[test]
fn every_fixture_reads_without_errors() {
    for (name, rows) in [
        ("ucdp-ged-ukraine-v19.1-first40.csv", 40),
        ("ucdp-ged-ukraine-hxl-v22.1-first40.csv", 40),
        ("ucdp-ged-global-v23.1-sample.csv", 64),
    ] {
        let reading = ged(fixture(name));
        assert_eq!(errors(&reading), "", "{name}");
        assert_eq!(reading.records(), rows, "{name}");
    }
}

/// The Humanitarian Data Exchange adds a tag row, a column and times of day.
#[test]
fn hxl_reads_like_the_original() {
    let hxl = records(&ged(fixture("ucdp-ged-ukraine-hxl-v22.1-first40.csv")));
    let first = &hxl[0];
    assert_eq!(first.id, "ged-147997");
    assert_eq!(first.origin.line, 3);
    let day = When::Local { from: date(2014, 1, 22).at(0, 0, 0, 0), until: date(2014, 1, 23).at(0, 0, 0, 0) };
    assert_eq!(first.happened, day);
    assert_eq!(first.time_precision, TimePrecision::Day);
}

#[test]
fn every_precision_code_is_read() {
    let all = records(&ged(fixture("ucdp-ged-global-v23.1-sample.csv")));
    let mut seen = std::collections::BTreeMap::new();
    for r in &all {
        let place = match &r.place {
            Place::Point { radius, .. } => format!("point {radius}"),
            Place::Area { level, label, .. } => format!("{level}, label {}", label.is_some()),
            other => format!("{other:?}"),
        };
        *seen.entry((place, r.time_precision.word())).or_insert(0) += 1;
    }
    insta::assert_debug_snapshot!(seen);
}

#[test]
fn lists_of_actors_are_split() {
    let all = records(&ged(fixture("ucdp-ged-global-v23.1-sample.csv")));
    let several: Vec<_> =
        all.iter().filter(|r| r.side_a.len() > 1 || r.side_b.len() > 1).map(|r| (&r.side_a, &r.side_b)).collect();
    insta::assert_debug_snapshot!(several);
    assert!(all.iter().any(|r| r.side_a.iter().any(|name| name.contains('('))));
}

#[test]
fn malformed_rows_are_told_one_by_one() {
    let mut text = HEADER.as_bytes().to_vec();
    let rows: [&[u8]; 17] = [
        b"1,1,A,B,1,Aleppo,,36.2,37.1,1,2016-09-12,2016-09-12,1,1,1",
        b"x2,1,A,B,1,Aleppo,,36.2,37.1,1,2016-09-12,2016-09-12,1,1,1",
        b"3,4,A,B,1,Aleppo,,36.2,37.1,1,2016-09-12,2016-09-12,1,1,1",
        b"4,1,,B,1,Aleppo,,36.2,37.1,1,2016-09-12,2016-09-12,1,1,1",
        b"5,1,A,B|C,1,Aleppo,,36.2,37.1,1,2016-09-12,2016-09-12,1,1,1",
        "6,1,Da‘ish,B,9,Aleppo,,36.2,37.1,1,2016-09-12,2016-09-12,1,1,1".as_bytes(),
        b"7,1,A,B,1,Aleppo,,97.1,36.2,1,2016-09-12,2016-09-12,1,1,1",
        b"8,1,A,B,1,Aleppo,,36.2,east,1,2016-09-12,2016-09-12,1,1,1",
        b"9,1,A,B,1,Aleppo,,36.2,37.1,0,2016-09-12,2016-09-12,1,1,1",
        b"10,1,A,B,1,Aleppo,,36.2,37.1,1,12.09.2016,2016-09-12,1,1,1",
        b"11,1,A,B,1,Aleppo,,36.2,37.1,1,2016-09-12 10:30,2016-09-12,1,1,1",
        b"12,1,A,B,1,Aleppo,,36.2,37.1,1,2016-09-12,2016-09-11,1,1,1",
        b"13,1,A,B,1,Aleppo,,36.2,37.1,1,2016-09-12,2016-09-12,-1,1,1.5",
        b"1,1,A,B,1,Aleppo,,36.2,37.1,1,2016-09-12,2016-09-12,1,1,1",
        b"15,1,A,B,1,Alep\xE9,,36.2,37.1,1,2016-09-12,2016-09-12,1,1,1",
        b"16,1,A, B,C,1,Aleppo,,36.2,37.1,1,2016-09-12,2016-09-12,1,1,1",
        b"17,1,\"A \"x\" B\",B,1,\"Aleppo\nand more\",,36.2,37.1,1,2016-09-12,2016-09-12,1,1,1",
    ];
    for row in rows {
        text.extend_from_slice(row);
        text.push(b'\n');
    }
    text.extend_from_slice(b"18,1,A,B,1,\"two\n\nlines\",,36.2,north,1,2016-09-12,2016-09-12,1,1,1\r\n");
    let reading = ged(text);
    assert_eq!((reading.records(), reading.rows_read, reading.errors.total), (1, 18, 17));
    insta::assert_snapshot!(errors(&reading));
}

#[test]
fn only_the_first_errors_are_kept_in_full() {
    let text = HEADER.to_owned() + &"bad\n".repeat(1000);
    let reading = ged(text);
    assert_eq!((reading.errors.shown.len(), reading.errors.total), (20, 1000));
}

fn fails(text: impl AsRef<[u8]>) -> String {
    read_ged(text.as_ref(), "f.csv", None, &mut |_| {}).unwrap_err().to_string()
}

fn packed(text: &[u8]) -> Vec<u8> {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gz.write_all(text).unwrap();
    gz.finish().unwrap()
}

#[test]
fn files_that_cannot_be_read() {
    let renamed = HEADER.replace("where_prec", "where_prc");
    let missing = HEADER.replace("date_end,", "");
    let unclosed = HEADER.to_owned() + "1,1,\"A,B,1,Aleppo\n";
    let whole = packed(&fixture("ucdp-ged-global-v23.1-sample.csv"));
    let mut noise = whole.clone();
    noise[2000] ^= 0xFF;
    let all = [
        fails(""),
        fails("name,size\nx,1\n"),
        fails(HEADER.replace(',', ";")),
        fails(renamed),
        fails(missing),
        fails(unclosed),
        fails([0xC3, 0x28, b'\n']),
        fails(&whole[..whole.len() / 2]),
        fails(&noise),
        fails(HEADER.to_owned() + "\"" + &"x\n".repeat(3_000_000)),
    ];
    insta::assert_snapshot!(all.join("\n"));
}

/// What must not matter: packing, line endings, a byte order mark, the order
/// of columns, blank lines.
#[test]
fn forms_of_the_same_file() {
    let plain = fixture("ucdp-ged-ukraine-v19.1-first40.csv");
    let same = |reading: &Reading| {
        records(reading)
            .into_iter()
            .map(|mut r| {
                r.origin.line = 0;
                r.origin.sha256 = [0; 32];
                r.origin.row = None;
                r
            })
            .collect::<Vec<_>>()
    };
    let expected = same(&ged(&plain));
    assert_eq!(same(&ged(packed(&plain))), expected);
    let mut marked = b"\xEF\xBB\xBF".to_vec();
    marked.extend_from_slice(&plain);
    assert_eq!(same(&ged(marked)), expected);

    let row = "7,1,A,B,1,Aleppo,,36.2,37.1,1,2016-09-12,2016-09-12,1,1,1";
    let unix = ged(format!("{HEADER}{row}\n"));
    let windows = ged(format!("{HEADER}\r\n{row}\r\n\r\n").replace("low\n", "low\r\n"));
    let unended = ged(format!("{HEADER}{row}"));
    assert_eq!(same(&windows), same(&unix));
    assert_eq!(records(&unended), records(&unix));
    // The hash is of the row without its line ending, so it survives them.
    assert_eq!(records(&windows)[0].origin.sha256, records(&unix)[0].origin.sha256);
}

#[test]
fn old_names_of_columns_are_known() {
    let header = HEADER.replace("best,high,low", "best_est,high_est,low_est");
    let row = "7,3,A,,6,,,,,5,1989-01-01,1989-12-31,9,10,8\n";
    let record = records(&ged(header + row)).remove(0);
    assert_eq!(record.deaths.unwrap().best, 9);
    assert_eq!(record.side_b, ["Civilians"]);
    assert_eq!(record.place, Place::Unknown);
}
