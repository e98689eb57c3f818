//! What holds for any record and any bytes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails loudly"
)]

mod common;

use armistice_geodesy::{Metres, Position, Radius95};
use armistice_records::*;
use common::{HEADER, fixture, ged, records};
use jiff::{Timestamp, civil};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

fn code<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    select(all)
}

fn name() -> impl Strategy<Value = String> {
    "[^|]{1,12}"
}

fn when() -> impl Strategy<Value = When> {
    (-10_000_000_000_i64..10_000_000_000, 1_i64..1_000_000_000, any::<bool>()).prop_map(|(from, length, utc)| {
        let from = Timestamp::from_second(from).unwrap();
        let until = Timestamp::from_second(from.as_second() + length).unwrap();
        let wall = |t| jiff::tz::Offset::UTC.to_datetime(t);
        if utc { When::Utc { from, until } } else { When::Local { from: wall(from), until: wall(until) } }
    })
}

fn position() -> impl Strategy<Value = Position> {
    (-90.0..=90.0_f64, -180.0..=180.0_f64).prop_map(|(a, b)| Position::new(a, b).unwrap())
}

fn place() -> impl Strategy<Value = Place> {
    prop_oneof![
        Just(Place::Unknown),
        (position(), 0.0..1e6_f64)
            .prop_map(|(at, radius)| Place::Point { at, radius: Radius95::new(Metres::new(radius)).unwrap() }),
        (position(), 0.0..=360.0_f64, 0.0..=360.0_f64, 0.0..1e5_f64, 0.0..1e5_f64).prop_map(
            |(observer, from, to, near, more)| Place::Sector {
                observer,
                bearing: (from, to),
                range: (Metres::new(near), Metres::new(near + more)),
            }
        ),
        (any::<String>(), of(position()), code(AreaLevel::ALL)).prop_map(|(name, label, level)| Place::Area {
            name,
            label,
            level
        }),
    ]
}

fn estimate() -> impl Strategy<Value = Estimate> {
    [any::<u32>(), any::<u32>(), any::<u32>()].prop_map(|mut n| {
        n.sort_unstable();
        Estimate { low: n[0], best: n[1], high: n[2] }
    })
}

fn instant() -> impl Strategy<Value = Timestamp> {
    (-10_000_000_000_i64..10_000_000_000).prop_map(|s| Timestamp::from_second(s).unwrap())
}

fn message() -> impl Strategy<Value = Message> {
    let voted = || vec(name(), 0..3);
    let votes = (voted(), voted(), voted());
    let votes = votes.prop_map(|(in_favour, opposed, absent)| Votes { in_favour, opposed, absent });
    (code(Effect::ALL), vec(name(), 0..3), of(instant()), of(estimate()), votes)
        .prop_map(|(effect, subject, until, count, votes)| Message { effect, subject, until, count, votes })
}

fn origin() -> impl Strategy<Value = Origin> {
    (any::<String>(), any::<String>(), any::<u32>(), any::<[u8; 32]>(), of(any::<String>()))
        .prop_map(|(dataset, file, line, sha256, row)| Origin { dataset, file, line, sha256, row })
}

fn quantity() -> impl Strategy<Value = Quantity> {
    (estimate(), of(".{1,8}")).prop_map(|(number, of)| Quantity { number, of })
}

fn height() -> impl Strategy<Value = (Metres, Metres)> {
    (-100.0..20_000.0_f64, 0.0..5_000.0_f64).prop_map(|(from, more)| (Metres::new(from), Metres::new(from + more)))
}

prop_compose! {
    fn record()(
        (id, kind, happened, time_precision) in (".{1,10}", code(Kind::ALL), when(), code(TimePrecision::ALL)),
        (known, place, place_name, admin1, country) in (of(instant()), place(), of(any::<String>()), of(any::<String>()), of(any::<String>())),
        (side_a, side_b, weapons) in (vec(name(), 0..4), vec(name(), 0..4), vec(name(), 0..4)),
        (direction, act, deaths, civilian_deaths) in (code(Direction::ALL), code(Act::ALL), of(estimate()), of(any::<u32>())),
        (quantity, height) in (of(quantity()), of(height())),
        (clarity, sources, reliability, credibility) in (code(Clarity::ALL), of(any::<u32>()), of(code(Reliability::ALL)), of(code(Credibility::ALL))),
        (independence_groups, event, message, note, origin) in (vec(name(), 0..3), of(".{1,8}"), of(message()), of(any::<String>()), origin()),
    ) -> Record {
        // What says nothing happened, and has no message.
        let happened_only = message.is_none() && !matches!(kind, Kind::Incident | Kind::Sighting | Kind::Inspection);
        let kind = if happened_only { Kind::Incident } else { kind };
        // What is withdrawn or denied is named, by a record of that kind.
        let unfounded = |m: &Message| match m.effect {
            Effect::Withdrawn => kind != Kind::Retraction || m.subject.is_empty() || known.is_none(),
            Effect::Denied => m.subject.is_empty() || matches!(kind, Kind::Incident | Kind::Sighting | Kind::Inspection | Kind::Retraction),
            Effect::Counted => kind != Kind::Inspection || m.subject.is_empty() || m.count.is_none(),
            _ => kind == Kind::Retraction,
        };
        let unfounded = message.as_ref().is_some_and(unfounded);
        let message = if unfounded { None } else { message };
        let kind = if unfounded { Kind::Incident } else { kind };
        let votes = |m: Message| if kind == Kind::Decision { m } else { Message { votes: Votes::default(), ..m } };
        let message = message.map(votes);
        Record {
            id, kind, happened, time_precision, known, place, place_name, admin1, country,
            side_a, side_b, direction, act, weapons, deaths, civilian_deaths, quantity, height, clarity, sources,
            reliability, credibility, independence_groups, event, message, note, origin,
        }
    }
}

proptest! {
    /// Rows come back from columns as they went in.
    #[test]
    fn columns_keep_records(all in vec(record(), 0..20)) {
        let mut builder = RecordBuilder::new();
        for record in &all {
            builder.push(record).unwrap();
        }
        let batch = builder.finish();
        let columns = RecordColumns::try_new(&batch).unwrap();
        let back: Vec<Record> = (0..columns.len()).map(|row| columns.row(row).unwrap()).collect();
        prop_assert_eq!(back, all);
        prop_assert!(columns.row(columns.len()).is_none());
    }

    /// And from a file, in however many batches.
    #[test]
    fn arrow_files_keep_records(all in vec(vec(record(), 0..5), 0..4)) {
        let batches: Vec<_> = all.iter().flat_map(|some| batches_of(some).unwrap()).collect();
        let mut writer = ArrowFileWriter::new(Vec::new(), &[]).unwrap();
        for batch in &batches {
            writer.write(batch).unwrap();
        }
        let bytes = writer.finish().unwrap();
        let reading = read_arrow(std::io::Cursor::new(bytes), "f.arrow").unwrap();
        prop_assert_eq!(records(&reading), all.concat());
    }

    #[test]
    fn ged_reader_takes_any_bytes(bytes in vec(any::<u8>(), 0..400)) {
        let mut text = HEADER.as_bytes().to_vec();
        text.extend_from_slice(&bytes);
        for input in [&bytes, &text] {
            if let Ok(reading) = read_ged(input.as_slice(), "f.csv", None, &mut |_| {}) {
                prop_assert_eq!(reading.records() as u64 + reading.errors.total, reading.rows_read);
                let _ = records(&reading);
            }
        }
    }

    /// Real text, damaged in a few places.
    #[test]
    fn ged_reader_takes_damaged_files(edits in vec((any::<prop::sample::Index>(), select(b"\",\n\r|0-9#\xFF\0(".as_slice())), 1..12)) {
        let mut text = fixture("ucdp-ged-global-v23.1-sample.csv");
        text.truncate(12_000);
        for (at, byte) in edits {
            let at = at.index(text.len());
            text[at] = byte;
        }
        if let Ok(reading) = read_ged(text.as_slice(), "f.csv", None, &mut |_| {}) {
            prop_assert_eq!(reading.records() as u64 + reading.errors.total, reading.rows_read);
            for error in &reading.errors.shown {
                prop_assert!(error.to_string().chars().all(|c| !c.is_control()));
            }
        }
    }

    /// How the bytes arrive does not matter.
    #[test]
    fn ged_reader_takes_bytes_in_any_pieces(sizes in vec(1_usize..5000, 1..20)) {
        struct Pieces<'a> { rest: &'a [u8], sizes: Vec<usize>, next: usize }
        impl std::io::Read for Pieces<'_> {
            fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
                let size = self.sizes[self.next % self.sizes.len()].min(into.len());
                self.next += 1;
                std::io::Read::read(&mut self.rest, &mut into[..size])
            }
        }
        let text = fixture("ucdp-ged-global-v23.1-sample.csv");
        let pieces = Pieces { rest: &text, sizes, next: 0 };
        let reading = read_ged(pieces, "test.csv", None, &mut |_| {}).unwrap();
        prop_assert_eq!(records(&reading), records(&ged(&text)));
    }

    /// A file cut in two at a row reads like the whole, but for line numbers.
    #[test]
    fn splitting_a_file_does_not_matter(cut in 0_usize..=64) {
        let text = fixture("ucdp-ged-global-v23.1-sample.csv");
        let whole = records(&ged(&text));
        let rows: Vec<&str> = whole.iter().map(|r| r.origin.row.as_deref().unwrap()).collect();
        let text = String::from_utf8(text).unwrap();
        let header = text.lines().next().unwrap();
        let part = |rows: &[&str]| records(&ged(format!("{header}\n{}\n", rows.join("\n"))));
        let mut both = part(&rows[..cut]);
        both.extend(part(&rows[cut..]));
        let unplaced = |all: Vec<Record>| all.into_iter().map(|mut r| { r.origin.line = 0; r }).collect::<Vec<_>>();
        prop_assert_eq!(unplaced(both), unplaced(whole));
    }

    #[test]
    fn journal_takes_any_line(line in "(\\{\"id\": \"x\", )?.{0,80}\\}?") {
        let reading = read_journal(line.as_bytes(), "j").unwrap();
        prop_assert_eq!(reading.records() as u64 + reading.errors.total, reading.rows_read);
    }

    /// An Arrow file damaged anywhere is an error or other records, no panic.
    #[test]
    fn damaged_arrow_files_do_not_panic(edits in vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), cut in of(any::<prop::sample::Index>())) {
        static BYTES: std::sync::LazyLock<Vec<u8>> = std::sync::LazyLock::new(|| {
            let reading = ged(format!("{HEADER}7,1,A,B,1,Aleppo,,36.2,37.1,1,2016-09-12,2016-09-12,1,1,1\n"));
            let mut writer = ArrowFileWriter::new(Vec::new(), &reading.datasets).unwrap();
            writer.write(&reading.batches[0]).unwrap();
            writer.finish().unwrap()
        });
        let mut bytes = BYTES.clone();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        for input in [bytes.as_slice(), bytes.get(8..).unwrap_or_default()] {
            if let Ok(reading) = read_arrow(std::io::Cursor::new(input), "f.arrow") {
                let _ = records(&reading);
            }
        }
    }
}

/// Fractions of a second are rounded outwards, also before 1970.
#[test]
fn fractions_of_a_second_widen_the_interval() {
    let mut record =
        records(&ged(format!("{HEADER}7,1,A,B,1,Aleppo,,36.2,37.1,1,2016-09-12,2016-09-12,1,1,1\n"))).remove(0);
    for year in [1950, 2016] {
        let at = |s, n| civil::date(year, 9, 12).at(19, 0, s, n);
        record.happened = When::Local { from: at(1, 5), until: at(1, 6) };
        let batch = batches_of([&record]).unwrap().remove(0);
        let back = RecordColumns::try_new(&batch).unwrap().row(0).unwrap();
        assert_eq!(back.happened, When::Local { from: at(1, 0), until: at(2, 0) });
    }
}

#[test]
fn records_that_no_batch_may_hold_are_refused() {
    let good = records(&ged(format!("{HEADER}7,1,A,B,1,Aleppo,,36.2,37.1,1,2016-09-12,2016-09-12,1,1,1\n"))).remove(0);
    let refused = |change: fn(&mut Record)| {
        let mut record = good.clone();
        change(&mut record);
        RecordBuilder::new().push(&record).unwrap_err().to_string()
    };
    let all = [
        refused(|r| r.id.clear()),
        refused(|r| r.side_a = vec!["A|B".into()]),
        refused(|r| r.weapons = vec![String::new()]),
        refused(|r| r.deaths = Some(Estimate { low: 2, best: 1, high: 3 })),
        refused(|r| {
            let at = civil::date(2016, 1, 1).at(0, 0, 0, 0);
            r.happened = When::Local { from: at, until: at };
        }),
        refused(|r| {
            r.happened = When::Local { from: civil::DateTime::MIN, until: civil::DateTime::MAX };
        }),
    ];
    insta::assert_snapshot!(all.join("\n"));
}
