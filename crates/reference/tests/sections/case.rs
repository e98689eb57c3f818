//! An agreement of a few lines, and records that differ in one thing.

use armistice_geodesy::{Metres, Position, Radius95};
use armistice_records::{
    Act, Clarity, Dataset, Direction, Effect, Kind, Message, Origin, Place, Reach, Record, TimePrecision, Votes, When,
};
use armistice_reference::{Finding, Known, T, World};
use armistice_terms::{Agreement, Form, Units, check};
use jiff::Timestamp;
use jiff::civil::date;

/// A meridian, a right angle on the equator, a point and an area of a degree.
pub(crate) const SHAPES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"post","properties":{},"geometry":{"type":"Point","coordinates":[37.0,48.0]}},
{"type":"Feature","id":"meridian","properties":{},"geometry":{"type":"LineString","coordinates":[[37.0,45.0],[37.0,51.0]]}},
{"type":"Feature","id":"east","properties":{},"geometry":{"type":"LineString","coordinates":[[38.0,45.0],[38.0,51.0]]}},
{"type":"Feature","id":"corner","properties":{},"geometry":{"type":"LineString","coordinates":[[40.0,0.0],[37.0,0.0],[37.0,3.0]]}},
{"type":"Feature","id":"zone","properties":{},"geometry":{"type":"Polygon","coordinates":[[[37.0,48.0],[38.0,48.0],[38.0,49.0],[37.0,49.0],[37.0,48.0]]]}}]}"#;

/// Units within the zone, half in it, and away from it.
const UNITS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Inner"},"geometry":{"type":"Polygon","coordinates":[[[37.2,48.2],[37.4,48.2],[37.3,48.4],[37.2,48.2]]]}},
{"type":"Feature","properties":{"name":"Border"},"geometry":{"type":"Polygon","coordinates":[[[36.9,48.2],[37.1,48.2],[37.1,48.4],[36.9,48.4],[36.9,48.2]]]}},
{"type":"Feature","properties":{"name":"Away"},"geometry":{"type":"Polygon","coordinates":[[[36.0,48.2],[36.4,48.2],[36.3,48.4],[36.0,48.2]]]}}]}"#;

pub(crate) struct Case {
    agreement: Agreement,
    pub(crate) records: Vec<Record>,
    pub(crate) datasets: Vec<Dataset>,
    units: Units,
    pub(crate) as_of: Option<i64>,
}

impl Case {
    /// The clauses are numbered from 1; days are those of UTC, D as given.
    pub(crate) fn new(d: &str, proof: u32, clauses: &[&str], records: Vec<Record>) -> Self {
        let clauses: String = (1..).zip(clauses).map(|(n, c)| format!("clause {n} \"x\"\n{c}\n")).collect();
        let text = format!(
            "agreement \"A\"\n  signed 2020-03-25\n  times in UTC\n  standard of proof {proof} %\nmoment D is {d}\n\
             party North\n  known as \"the north\"\n  speaks through \"North Radio\"\n\
             party South\n  known as \"the south\"\nexcluded Others\n  known as \"the others\"\n\
             guarantor East\nmonitor Mission\noutsider Abroad\n\
             point Post\n  from \"s#post\"\n  good to 0 m\nline Meridian\n  from \"s#meridian\"\n  good to 0 m\n\
             line Corner\n  from \"s#corner\"\n  good to 0 m\narea Zone\n  from \"s#zone\"\n  good to 0 m\n\
             area Disc\n  within 1 km of Post\narea Strip\n  within 10 km of Meridian\narea Wide\n  within 10 km of Strip\n{clauses}"
        );
        let checked = check(&text, Form::Plain, &|_| Ok(SHAPES.to_owned()));
        assert!(!checked.has_errors(), "{:#?}", checked.diagnostics);
        let mut units = Units::default();
        units.add(UNITS).unwrap();
        let datasets = vec![dataset("made", false), dataset("tally", true)];
        Self { agreement: checked.agreement().clone(), records, datasets, units, as_of: None }
    }

    pub(crate) fn world(&self) -> World<'_> {
        World {
            agreement: &self.agreement,
            records: &self.records,
            datasets: &self.datasets,
            units: &self.units,
            unread: 0,
            window: (at("2020-03-25T00:00:00Z"), at("2020-04-25T00:00:00Z")),
            as_of: self.as_of,
        }
    }

    pub(crate) fn known(&self) -> Known<'_> {
        self.world().known().unwrap()
    }

    /// The first provision's finding on a record.
    pub(crate) fn finding(&self, record: &str) -> Finding {
        let known = self.known();
        known.judged(0).iter().find(|f| f.record == record).unwrap().clone()
    }

    /// One of its points: time, act, actor, place, weapon, source, exception.
    pub(crate) fn point(&self, record: &str, number: usize) -> T {
        self.finding(record).points[number]
    }
}

pub(crate) const NO_ATTACK: &str = "North and South must not attack each other\n  from D";

pub(crate) fn at(text: &str) -> i64 {
    text.parse::<Timestamp>().unwrap().as_second()
}

fn dataset(name: &str, counts_events: bool) -> Dataset {
    let kinds = vec![Kind::Incident, Kind::Sighting];
    let reach =
        Reach { kinds, lethal_only: false, tells_who_acted: true, tells_weapons: true, counts_events, acts: None };
    Dataset { name: name.to_owned(), attribution: String::new(), reach, caveats: Vec::new() }
}

/// The north attacks the south on the post on 30 March, says SOHR.
pub(crate) fn report(id: &str) -> Record {
    Record {
        id: id.to_owned(),
        kind: Kind::Incident,
        happened: hours(30, 0, 24),
        time_precision: TimePrecision::Day,
        known: None,
        place: point(48.0, 37.0, 0.0),
        place_name: None,
        admin1: None,
        country: None,
        side_a: names(&["the north"]),
        side_b: names(&["the south"]),
        direction: Direction::AOnB,
        act: Act::Attack,
        weapons: names(&["tanks"]),
        deaths: None,
        civilian_deaths: None,
        quantity: None,
        height: None,
        clarity: Clarity::Clear,
        sources: None,
        reliability: None,
        credibility: None,
        independence_groups: names(&["SOHR"]),
        event: None,
        message: None,
        note: None,
        origin: Origin { dataset: "made".to_owned(), file: "f".to_owned(), line: 1, sha256: [0; 32], row: None },
    }
}

pub(crate) fn notice(id: &str, kind: Kind, by: &[&str], effect: Effect, subject: &[&str]) -> Record {
    Record {
        kind,
        place: Place::Unknown,
        side_a: names(by),
        side_b: Vec::new(),
        independence_groups: Vec::new(),
        message: Some(Message { effect, subject: names(subject), until: None, count: None, votes: Votes::default() }),
        ..report(id)
    }
}

pub(crate) fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|n| (*n).to_owned()).collect()
}

pub(crate) fn point(latitude: f64, longitude: f64, radius: f64) -> Place {
    let at = Position::new(latitude, longitude).unwrap();
    Place::Point { at, radius: Radius95::new(Metres::new(radius)).unwrap() }
}

/// From an hour of a day of March 2020, for so many hours.
pub(crate) fn hours(day: i8, hour: i8, length: i64) -> When {
    let from = date(2020, 3, day).at(hour, 0, 0, 0);
    When::Local { from, until: from.checked_add(jiff::Span::new().hours(length)).unwrap() }
}
