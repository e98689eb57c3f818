//! A swept curve against assessments of the edited text: on bent lines, areas and
//! points, with places known well and badly, at and beside every step.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod common;

use armistice_assess::{Axis, Counts, Evidence, Options, assess, sweep, sweep_grid};
use armistice_geodesy::{Metres, Position, Radius95};
use armistice_records::{Act, Kind, Place, Record, batches_of};
use armistice_terms::{Checked, Form, Lever, LeverUnit, Units};
use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;
use proptest::sample::select;

/// Lines that are straight, nearly so, and bent; and an area with a corner.
const SHAPES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"post","properties":{},"geometry":{"type":"Point","coordinates":[37.0,48.0]}},
{"type":"Feature","id":"straight","properties":{},"geometry":{"type":"LineString","coordinates":[[36.0,48.0],[38.0,48.0]]}},
{"type":"Feature","id":"nearly","properties":{},"geometry":{"type":"LineString","coordinates":[[36.8,48.0],[36.9,48.0004],[37.0,48.0],[37.1,48.0003],[37.2,48.0]]}},
{"type":"Feature","id":"bent","properties":{},"geometry":{"type":"LineString","coordinates":[[36.9,48.0],[36.99,48.0],[37.0,48.02],[37.01,48.0],[37.02,48.015],[37.1,48.0]]}},
{"type":"Feature","id":"zone","properties":{},"geometry":{"type":"Polygon","coordinates":[[[36.98,47.99],[37.02,47.99],[37.02,48.01],[36.98,47.99]]]}}]}"#;

const UNITS: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Oblast"},
"geometry":{"type":"Polygon","coordinates":[[[36.99,47.99],[37.03,47.99],[37.01,48.03],[36.99,47.99]]]}}]}"#;

const TERMS: &str = r#"
agreement "A truce"
  signed 2020-01-01
  times in UTC
  days start at 00:00
  standard of proof 95 %
party North
  known as "the north"
party South
  known as "the south"
  may include "the south-west"
point Post
  from "p.geojson#post"
line Straight
  from "p.geojson#straight"
  good to 200 m
line Nearly
  from "p.geojson#nearly"
line Bent
  from "p.geojson#bent"
  good to 50 m
area Zone
  from "p.geojson#zone"
clause 1
North must keep artillery at least 1 km from Post
  from 2020-01-02
clause 2
North must keep artillery at least [1 km: "one" | 2 miles: "another"] from Straight on its north side
  from 2020-01-02
clause 3
North and South must keep artillery at least 2 km from Nearly
  from 2020-01-02
clause 4
North and South must keep artillery at least 700 m from Bent on its south side
  from 2020-01-02
clause 5
North must keep artillery at least 500 m from Zone
  from 2020-01-02
clause 6
North and South must not attack each other
  from 2020-01-02
  for 3 days
  within 3 km of Bent
clause 7
North must keep artillery at least 3 km in all from Bent
  from 2020-01-02
clause 8
North and South must withdraw artillery at least 2 km from Nearly
  by 2020-01-03 12:00
"#;

fn check(text: &str) -> Checked {
    armistice_terms::check(text, Form::Plain, &|_| Ok(SHAPES.to_owned()))
}

fn units() -> Units {
    let mut units = Units::default();
    units.add(UNITS).unwrap();
    units
}

fn place() -> impl Strategy<Value = Place> {
    let position = || (47.95..48.05_f64, 36.93..37.07_f64).prop_map(|(lat, lon)| Position::new(lat, lon).unwrap());
    let radius = select(&[0.0, 20.0, 150.0, 700.0, 2_000.0, 25_000.0][..]);
    let point =
        (position(), radius).prop_map(|(at, r)| Place::Point { at, radius: Radius95::new(Metres::new(r)).unwrap() });
    let sector =
        (position(), 0.0..360.0_f64, 1.0..90.0_f64, 10.0..3_000.0_f64).prop_map(|(observer, from, wide, far)| {
            Place::Sector { observer, bearing: (from, (from + wide) % 360.0), range: (Metres::ZERO, Metres::new(far)) }
        });
    let level = armistice_records::AreaLevel::Admin1;
    let area = select(&["Oblast", "Nowhere"][..]).prop_map(move |name| Place::Area {
        name: name.to_owned(),
        label: None,
        level,
    });
    prop_oneof![8 => point, 2 => sector, 1 => area, 1 => Just(Place::Unknown)]
}

fn record() -> impl Strategy<Value = Record> {
    let side = || select(&["the north", "the north", "the south", "the south-west", "gunmen"][..]);
    let act = select(&[Act::Presence, Act::Presence, Act::Presence, Act::Attack][..]);
    let weapon = select(&["artillery", "artillery", "artillery", "rifles", ""][..]);
    (place(), side(), side(), act, weapon, 1..6_i8, select(&["", "", "", "blast", "fire"][..])).prop_map(
        |(place, a, b, act, weapon, day, event)| {
            let kind = if act == Act::Attack { Kind::Incident } else { Kind::Sighting };
            let mut record = common::record("r", kind, date(2020, 1, day), 1);
            (record.place, record.act) = (place, act);
            (record.side_a, record.side_b) = (vec![a.to_owned()], vec![b.to_owned()]);
            record.weapons = if weapon.is_empty() { Vec::new() } else { vec![weapon.to_owned()] };
            record.event = (!event.is_empty()).then(|| event.to_owned());
            record
        },
    )
}

/// The values at which a curve is held to assessments: its ends, some at random,
/// and each step with its neighbours.
fn values((from, to): (i64, i64), steps: impl Iterator<Item = i64>, shares: &[f64]) -> Vec<i64> {
    let mut values: Vec<i64> = shares.iter().map(|share| from + ((to - from) as f64 * share) as i64).collect();
    values.extend([from, to]);
    values.extend(steps.flat_map(|at| [at - 1, at, at + 1]).filter(|at| (from..=to).contains(at)));
    values.sort_unstable();
    values.dedup();
    values
}

fn agree(lever: &Lever, range: (i64, i64), records: &[Record], shares: &[f64]) -> Result<(), TestCaseError> {
    let batches = batches_of(records).unwrap();
    let (units, datasets) = (units(), common::everything());
    let evidence = Evidence { batches: &batches, datasets: &datasets, unread: 0, units: &units };
    let day = |day: &str| day.parse::<Timestamp>().unwrap();
    let period = Some((day("2020-01-02T00:00:00Z"), day("2020-01-20T00:00:00Z")));
    let options = Options { period, baseline: None, as_of: None };
    let base = check(&lever.edited(TERMS, lever.first().unwrap()));
    let axis = Axis { moves: lever.moves, unit: lever.unit, range };
    let swept = sweep(&base, evidence, options, axis).unwrap();
    let provision = lever.moves.provision().unwrap();
    let steps = swept.curves.iter().flat_map(|curve| curve.levels.iter().map(|level| level.from));
    for value in values(range, steps, shares) {
        let edited = check(&lever.edited(TERMS, value));
        prop_assert!(!edited.has_errors(), "{:?}", edited.diagnostics);
        let assessed = assess(&edited, evidence, options).unwrap();
        let standing = &assessed.standings[provision];
        for curve in &swept.curves {
            let level = curve.at(value).unwrap();
            for (row, counts) in swept.rows.iter().zip(&level.counts) {
                let found = standing.rows.iter().find(|found| found.party == *row).unwrap();
                let same = |held: &&armistice_assess::Held| assessed.variants[held.variant].answers == curve.answers;
                let held = found.readings.iter().find(same).unwrap();
                prop_assert_eq!(*counts, held.counts, "{} at {} for {:?} (swept, assessed)", lever.name, value, row);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn every_step_of_a_distance_is_where_assessments_change(
        which in 0..7_usize,
        records in proptest::collection::vec(record(), 1..12),
        shares in proptest::collection::vec(0.0..1.0_f64, 3),
        to in select(&[1_000_i64, 5_000, 12_000][..]),
    ) {
        let mut records = records;
        for (number, record) in records.iter_mut().enumerate() {
            record.id = format!("r-{number}");
        }
        let checked = check(TERMS);
        let distances: Vec<&Lever> = checked.levers.iter().filter(|lever| lever.moves.word() == "distance").collect();
        prop_assert_eq!((checked.levers.len(), distances.len()), (10, 8), "{:?}", checked.diagnostics);
        let lever = distances[which];
        prop_assert_eq!(lever.unit, LeverUnit::Length { in_all: which == 6 });
        agree(lever, (0, to * 10_000), &records, &shares)?;
    }

    #[test]
    fn every_cell_of_a_grid_is_what_an_assessment_says(
        pair in select(&[["6.distance", "6.duration"], ["8.deadline", "8.distance"], ["1.distance", "5.distance"], ["8.distance", "6.duration"]][..]),
        records in proptest::collection::vec(record(), 1..12),
        shares in proptest::collection::vec(0.0..1.0_f64, 2),
    ) {
        let mut records = records;
        for (number, record) in records.iter_mut().enumerate() {
            record.id = format!("r-{number}");
        }
        grid(pair, &records, &shares)?;
    }
}

/// Holds every cell of a grid over two levers to an assessment of its own.
fn grid(pair: [&str; 2], records: &[Record], shares: &[f64]) -> Result<(), TestCaseError> {
    let levers = |text: &str| -> Vec<Lever> {
        let found = check(text).levers;
        pair.iter().map(|name| found.iter().find(|lever| lever.name == **name).unwrap().clone()).collect()
    };
    // A text with two numbers written into it: the second first, or again.
    let written = |x: i64, y: i64| {
        let text = levers(TERMS)[1].edited(TERMS, y);
        levers(&text)[0].edited(&text, x)
    };
    let both = levers(TERMS);
    let values: Vec<Vec<i64>> = both
        .iter()
        .map(|lever| {
            let first = lever.first().unwrap();
            let (from, to) = match lever.unit {
                LeverUnit::Length { .. } => (0, 120_000_000),
                LeverUnit::Moment { .. } => (first - 2 * 86_400, first + 3 * 86_400),
                _ => (1, 8),
            };
            let mut values: Vec<i64> = shares.iter().map(|s| from + ((to - from) as f64 * s) as i64).collect();
            values.extend([from, first, to]);
            values.sort_unstable();
            values.dedup();
            values
        })
        .collect();
    let batches = batches_of(records).unwrap();
    let (units, datasets) = (units(), common::everything());
    let evidence = Evidence { batches: &batches, datasets: &datasets, unread: 0, units: &units };
    let day = |day: &str| day.parse::<Timestamp>().unwrap();
    let period = Some((day("2020-01-02T00:00:00Z"), day("2020-01-20T00:00:00Z")));
    let options = Options { period, baseline: None, as_of: None };
    let base = check(&written(both[0].first().unwrap(), both[1].first().unwrap()));
    let axis = |n: usize| {
        let range = (values[n][0], *values[n].last().unwrap());
        (Axis { moves: both[n].moves, unit: both[n].unit, range }, values[n].as_slice())
    };
    let swept = sweep_grid(&base, evidence, options, [axis(0), axis(1)]).unwrap().unwrap();
    let mut provisions: Vec<usize> = both.iter().filter_map(|lever| lever.moves.provision()).collect();
    provisions.dedup();
    for (y, along) in values[1].iter().zip(&swept.sheets[0].cells) {
        for (x, cell) in values[0].iter().zip(along) {
            let edited = check(&written(*x, *y));
            prop_assert!(!edited.has_errors(), "{:?}", edited.diagnostics);
            let assessed = assess(&edited, evidence, options).unwrap();
            for (row, counts) in swept.rows.iter().zip(cell) {
                let mut sum = Counts::default();
                for provision in &provisions {
                    let rows = &assessed.standings[*provision].rows;
                    let Some(found) = rows.iter().find(|found| found.party == *row) else { continue };
                    let held = &found.readings[0].counts;
                    sum.breaches += held.breaches;
                    sum.shared += held.shared;
                    sum.cannot_tell += held.cannot_tell;
                    sum.excepted += held.excepted;
                }
                prop_assert_eq!(*counts, sum, "{:?} at {} and {} for {:?} (swept, assessed)", pair, x, y, row);
            }
        }
    }
    Ok(())
}
