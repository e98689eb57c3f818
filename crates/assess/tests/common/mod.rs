//! Terms and records made for the kernel.
#![allow(dead_code, missing_docs, unreachable_pub, reason = "each test binary uses some of it")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

use armistice_assess::{Assessment, Evidence, Options, Standing, assess};
use armistice_records::{
    Act, Clarity, Dataset, Direction, Effect, Kind, Message, Origin, Place, Reach, Record, TimePrecision, Votes, When,
    batches_of,
};
use armistice_terms::{Checked, Form};
use jiff::civil::Date;

pub const TERMS: &str = r#"
agreement "A truce"
  signed 2020-01-01
  times in Europe/Kyiv
  days start at 00:00
moment D is 2020-01-02 00:00
party North
  known as "the north"
party South
  known as "the south"
  may include "the south-west"
excluded Others
  known as "the others"
guarantor East
guarantor West
monitor Mission
  known as "mission"
clause 1 "No attacks"
North and South must not attack each other
  from D
  for 30 days
  renewed by East and West together
  except in self-defence
  except against Others
clause 2 "Guns"
North must keep artillery at least 1 km from Post
  from D
gate Next
  opens when 1 is kept for 3 consecutive days
  counting from D
  certified by East and West together
point Post
  from "p.geojson#post"
  good to 100 m
"#;

pub const SHAPES: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","id":"post","properties":{},
"geometry":{"type":"Point","coordinates":[37.0,48.0]}}]}"#;

pub fn checked() -> Checked {
    let checked = armistice_terms::check(TERMS, Form::Plain, &|_| Ok(SHAPES.to_owned()));
    assert!(!checked.has_errors(), "{:?}", checked.diagnostics);
    checked
}

pub fn record(id: &str, kind: Kind, from: Date, days: i64) -> Record {
    let until = from.checked_add(jiff::Span::new().days(days)).unwrap();
    Record {
        id: id.to_owned(),
        kind,
        happened: When::Local {
            from: from.to_datetime(jiff::civil::Time::midnight()),
            until: until.to_datetime(jiff::civil::Time::midnight()),
        },
        time_precision: TimePrecision::Day,
        known: None,
        place: Place::Unknown,
        place_name: None,
        admin1: None,
        country: None,
        side_a: vec!["the north".to_owned()],
        side_b: vec!["the south".to_owned()],
        direction: Direction::Undirected,
        act: Act::Attack,
        weapons: Vec::new(),
        deaths: None,
        civilian_deaths: None,
        quantity: None,
        height: None,
        clarity: Clarity::Clear,
        sources: None,
        reliability: None,
        credibility: None,
        independence_groups: Vec::new(),
        event: None,
        message: None,
        note: None,
        origin: Origin { dataset: "made".to_owned(), file: "made".to_owned(), line: 1, sha256: [0; 32], row: None },
    }
}

pub fn notice(id: &str, kind: Kind, effect: Effect, by: &[&str], from: Date, days: i64) -> Record {
    let mut made = record(id, kind, from, days);
    made.side_a = by.iter().map(|b| (*b).to_owned()).collect();
    made.side_b = Vec::new();
    made.direction = Direction::AOnB;
    made.act = Act::Other;
    made.message = Some(Message { effect, subject: Vec::new(), until: None, count: None, votes: Votes::default() });
    made
}

pub fn everything() -> Vec<Dataset> {
    let kinds = Kind::ALL.to_vec();
    let reach = Reach {
        kinds,
        lethal_only: false,
        tells_who_acted: true,
        tells_weapons: true,
        counts_events: false,
        acts: None,
    };
    vec![Dataset { name: "made".to_owned(), attribution: String::new(), reach, caveats: Vec::new() }]
}

pub fn answer<'a>(checked: &'a Checked, records: &[Record], until: &str) -> Assessment<'a> {
    let batches = batches_of(records).unwrap();
    let period = Some(("2020-01-01T22:00Z".parse().unwrap(), until.parse().unwrap()));
    let datasets = everything();
    let evidence =
        Evidence { batches: &batches, datasets: &datasets, unread: 0, units: &armistice_terms::Units::default() };
    assess(checked, evidence, Options { period, baseline: None, as_of: None }).unwrap()
}

pub fn standing(assessment: &Assessment<'_>, provision: usize, row: usize) -> Standing {
    assessment.standings[provision].rows[row].standing
}

pub const JAN_9: &str = "2020-01-08T22:00Z";
