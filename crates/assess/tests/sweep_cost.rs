//! What a sweep costs beside one assessment. Run it by itself, optimised:
//! `cargo test --release -p armistice-assess --test sweep_cost -- --ignored --nocapture`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod common;

use std::fmt::Write as _;
use std::time::Instant;

use armistice_assess::{Axis, Evidence, Options, assess, sweep};
use armistice_geodesy::{Metres, Position, Radius95};
use armistice_records::{Act, Kind, Place, batches_of};
use armistice_terms::{Form, Units};
use jiff::civil::date;

/// Numbers that look random and are the same every time, from 0 to 1.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// A line of 200 vertices that winds from west to east.
fn line() -> String {
    let mut numbers = Numbers(7);
    let each = (0..200).map(|n| {
        let wind = (f64::from(n) * 0.11).sin() * 0.08 + numbers.next() * 0.01;
        format!("[{},{}]", 36.0 + f64::from(n) * 0.01, 48.0 + wind)
    });
    let line: Vec<String> = each.collect();
    format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","id":"line","properties":{{}},"geometry":{{"type":"LineString","coordinates":[{}]}}}}]}}"#,
        line.join(",")
    )
}

fn terms() -> String {
    let mut terms = "agreement \"A\"\n  signed 2020-01-01\n  times in UTC\n  days start at 00:00\nparty North\n  known as \"the north\"\nparty South\n  known as \"the south\"\nline Contact\n  from \"p.geojson#line\"\n  good to 100 m\n".to_owned();
    for n in 0..12 {
        let _ = write!(
            terms,
            "clause {}\n{} must withdraw artillery at least {} m from Contact\n  by 2020-01-02 12:00\n",
            n + 1,
            if n % 2 == 0 { "North" } else { "South" },
            1_000 + n * 700
        );
    }
    terms
}

#[test]
#[ignore = "it measures, and is only worth it optimised and alone"]
fn a_sweep_beside_an_assessment() {
    let shapes = line();
    let check = |text: &str| armistice_terms::check(text, Form::Plain, &|_| Ok(shapes.clone()));
    let terms = terms();
    let checked = check(&terms);
    assert!(!checked.has_errors(), "{:?}", checked.diagnostics);
    let (units, datasets) = (Units::default(), common::everything());
    for (name, radii) in [("exact", [0.0, 0.0, 0.0]), ("to 500 m", [500.0; 3]), ("mixed", [0.0, 500.0, 1_500.0])] {
        let mut numbers = Numbers(1);
        let records: Vec<_> = (0..100_000_u32)
            .map(|n| {
                let mut record =
                    common::record(&format!("r-{n}"), Kind::Sighting, date(2020, 1, 1 + (n % 28) as i8), 1);
                let at = Position::new(47.6 + numbers.next() * 0.8, 36.0 + numbers.next() * 2.0).unwrap();
                let radius = radii[(numbers.next() * 3.0) as usize];
                record.place = Place::Point { at, radius: Radius95::new(Metres::new(radius)).unwrap() };
                record.act = Act::Presence;
                record.side_a = vec![if n % 2 == 0 { "the north" } else { "the south" }.to_owned()];
                record.side_b = Vec::new();
                record.weapons = vec!["artillery".to_owned()];
                record
            })
            .collect();
        let batches = batches_of(&records).unwrap();
        let evidence = Evidence { batches: &batches, datasets: &datasets, unread: 0, units: &units };
        let options = Options::default();
        let timed = |what: &str, run: &mut dyn FnMut() -> usize| {
            let mut times: Vec<f64> = Vec::new();
            let mut size = 0;
            for _ in 0..5 {
                let began = Instant::now();
                size = run();
                times.push(began.elapsed().as_secs_f64());
            }
            times.sort_by(f64::total_cmp);
            eprintln!("{name}, {what}: {:.3} s, {size}", times[2]);
            times[2]
        };
        let once = timed("assess", &mut || assess(&checked, evidence, options).unwrap().findings.len());
        for lever in checked.levers.iter().take(2) {
            let value = lever.first().unwrap();
            let range = if lever.moves.word() == "distance" { (0, value * 10) } else { (value, value + 20 * 86_400) };
            let base = check(&lever.edited(&terms, value));
            let axis = Axis { moves: lever.moves, unit: lever.unit, range };
            let swept = timed(&lever.name, &mut || {
                sweep(&base, evidence, options, axis).unwrap().curves.iter().map(|curve| curve.levels.len()).sum()
            });
            eprintln!("{name}, {}: {:.2} of an assessment", lever.name, swept / once);
        }
    }
}
