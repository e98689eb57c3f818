//! Joined ground against places thrown at random: what is said to be inside is
//! there, what is said to be outside is not, as often as the standard asks.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
#![allow(clippy::cast_precision_loss, reason = "numbers of throws")]

use std::f64::consts::TAU;

use armistice_assess::{Dimension, Evidence, Options, Truth, assess};
use armistice_geodesy::{Area, Compass, Line, Metres, Polygon, Position, Radius95, Side, distance};
use armistice_records::{
    Act, Clarity, Dataset, Direction, Kind, Origin, Place, Reach, Record, TimePrecision, When, batches_of,
};
use armistice_terms::{Form, Units, check};
use jiff::civil::date;

/// A road with an angle, another that crosses its end, a square and a point.
const SHAPES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"post","properties":{},"geometry":{"type":"Point","coordinates":[37.0,48.0]}},
{"type":"Feature","id":"road","properties":{},"geometry":{"type":"LineString","coordinates":[[36.8,48.0],[37.0,48.03],[37.2,48.0]]}},
{"type":"Feature","id":"second","properties":{},"geometry":{"type":"LineString","coordinates":[[36.9,48.05],[37.25,47.98]]}},
{"type":"Feature","id":"zone","properties":{},"geometry":{"type":"Polygon","coordinates":[[[36.9,47.95],[37.1,47.95],[37.1,48.05],[36.9,48.05],[36.9,47.95]]]}}]}"#;

const PLACES: &str = "point Post\n  from \"s#post\"\n  good to 0 m\nline Road\n  from \"s#road\"\n  good to 0 m\n\
    line Second\n  from \"s#second\"\n  good to 0 m\narea Square\n  from \"s#zone\"\n  good to 0 m\n\
    area Disc\n  within 2 km of Post\n\
    area Band\n  between 1 km and 4 km of Road\n\
    area Half\n  between 500 m and 4 km of Road\n  on the north side of Road\n\
    area Beside\n  within 3 km of Road\n  on the south side of Road\n\
    area Holed\n  from \"s#zone\"\n  without Disc\n\
    corridor Way\n  along Second\n  width 4 km\n  without Disc\n\
    area Wedge\n  within 6 km of Road\n  on the north side of Road\n  on the south side of Second\n\
    area Torn\n  from \"s#zone\"\n  without Band and Disc\n";

/// What of one place decides whether it lies in each of the grounds.
struct Seen {
    post: f64,
    road: f64,
    north: bool,
    second: f64,
    south_of_second: bool,
    square: bool,
}

type Ground = (&'static str, fn(&Seen) -> bool);

const GROUNDS: &[Ground] = &[
    ("Band", |s| band(s)),
    ("Half", |s| s.road > 500.0 && s.road <= 4000.0 && s.north),
    ("Beside", |s| s.road <= 3000.0 && !s.north),
    ("Holed", |s| s.square && s.post > 2000.0),
    ("Way", |s| s.second <= 2000.0 && s.post > 2000.0),
    ("Wedge", |s| s.road <= 6000.0 && s.north && s.south_of_second),
    ("Torn", |s| s.square && s.post > 2000.0 && !band(s)),
];

fn band(s: &Seen) -> bool {
    s.road > 1000.0 && s.road <= 4000.0
}

struct Shapes {
    post: Position,
    road: Line,
    second: Line,
    square: Area,
}

impl Shapes {
    fn new() -> Self {
        let line = |places: &[(f64, f64)]| Line::new(places.iter().map(|&(lon, lat)| at(lat, lon)).collect()).unwrap();
        let ring = [(36.9, 47.95), (37.1, 47.95), (37.1, 48.05), (36.9, 48.05), (36.9, 47.95)];
        let outer = ring.iter().map(|&(lon, lat)| at(lat, lon)).collect();
        Self {
            post: at(48.0, 37.0),
            road: line(&[(36.8, 48.0), (37.0, 48.03), (37.2, 48.0)]),
            second: line(&[(36.9, 48.05), (37.25, 47.98)]),
            square: Area::new(vec![Polygon { outer, holes: Vec::new() }]).unwrap(),
        }
    }

    fn see(&self, at: Position) -> Seen {
        let (road, second) = (self.road.nearest(at), self.second.nearest(at));
        let toward = |line: &Line, compass: Compass, side: Side| line.side_toward(compass) == Some(side);
        Seen {
            post: distance(self.post, at).get(),
            road: road.distance.get(),
            north: toward(&self.road, Compass::North, road.side),
            second: second.distance.get(),
            south_of_second: toward(&self.second, Compass::South, second.side),
            square: self.square.contains(at),
        }
    }
}

fn at(latitude: f64, longitude: f64) -> Position {
    Position::new(latitude, longitude).unwrap()
}

/// Steele, Lea and Flood's SplitMix64.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    /// About a place, on the plane that touches the Earth there: over the few
    /// tens of kilometres in question it is right to a few metres.
    fn about(&mut self, middle: Position, radius: f64) -> Position {
        let sigma = radius / (-2.0 * 0.05_f64.ln()).sqrt();
        let far = sigma * (-2.0 * (1.0 - self.next()).ln()).sqrt();
        let turn = TAU * self.next();
        shifted(middle, far * turn.sin(), far * turn.cos())
    }
}

/// East and north by so many metres, on WGS 84.
fn shifted(middle: Position, east: f64, north: f64) -> Position {
    let phi = middle.latitude().to_radians();
    let (a, e2) = (6_378_137.0, 0.006_694_379_990_14);
    let w = (1.0 - e2 * phi.sin().powi(2)).sqrt();
    let (across, along) = (a / w, a * (1.0 - e2) / w.powi(3));
    let latitude = middle.latitude() + (north / along).to_degrees();
    at(latitude, middle.longitude() + (east / (across * phi.cos())).to_degrees())
}

fn sighting(id: usize, at: Position, radius: f64) -> Record {
    let day = date(2020, 3, 30).at(0, 0, 0, 0);
    Record {
        id: format!("r{id}"),
        kind: Kind::Sighting,
        happened: When::Local { from: day, until: day.checked_add(jiff::Span::new().hours(24)).unwrap() },
        time_precision: TimePrecision::Day,
        known: None,
        place: Place::Point { at, radius: Radius95::new(Metres::new(radius)).unwrap() },
        place_name: None,
        admin1: None,
        country: None,
        side_a: vec!["the north".to_owned()],
        side_b: Vec::new(),
        direction: Direction::AOnB,
        act: Act::Presence,
        weapons: vec!["tanks".to_owned()],
        deaths: None,
        civilian_deaths: None,
        quantity: None,
        height: None,
        clarity: Clarity::Clear,
        sources: None,
        reliability: None,
        credibility: None,
        independence_groups: vec!["Watch".to_owned()],
        event: None,
        message: None,
        note: None,
        origin: Origin { dataset: "made".to_owned(), file: "f".to_owned(), line: 1, sha256: [0; 32], row: None },
    }
}

fn dataset() -> Dataset {
    let reach = Reach {
        kinds: vec![Kind::Sighting],
        lethal_only: false,
        tells_who_acted: true,
        tells_weapons: true,
        counts_events: false,
        acts: None,
    };
    Dataset { name: "made".to_owned(), attribution: String::new(), reach, caveats: Vec::new() }
}

/// Reports about all of it; of four, one by an end of a road, and one by its
/// straight extension, which alone tells its sides there.
fn reports(chance: &mut Chance, number: usize) -> Vec<(Position, f64)> {
    let ends =
        [(48.0, 36.8, -0.2, -0.03), (48.0, 37.2, 0.2, -0.03), (48.05, 36.9, -0.35, 0.07), (47.98, 37.25, 0.35, -0.07)];
    let mut one = |k: usize| {
        let radius = 30.0 * (20_000.0_f64 / 30.0).powf(chance.next());
        let (latitude, longitude, east, north) = ends[k / 4 % 4];
        let (middle, reach) = match k % 4 {
            0 | 2 => (at(48.0, 37.0), 18_000.0),
            1 => (at(latitude, longitude), 9000.0),
            _ => {
                let far = 0.4 * chance.next();
                (at(latitude + far * north, longitude + far * east), radius)
            }
        };
        let (east, north) = (reach * (2.0 * chance.next() - 1.0), reach * (2.0 * chance.next() - 1.0));
        (shifted(middle, east, north), radius)
    };
    (0..number).map(&mut one).collect()
}

/// How often the throws come to lie in each of the grounds.
fn shares(chance: &mut Chance, shapes: &Shapes, (middle, radius): (Position, f64), throws: usize) -> Vec<f64> {
    let mut inside = vec![0_usize; GROUNDS.len()];
    for _ in 0..throws {
        let seen = shapes.see(chance.about(middle, radius));
        for (count, (_, lies)) in inside.iter_mut().zip(GROUNDS) {
            *count += usize::from(lies(&seen));
        }
    }
    inside.into_iter().map(|count| count as f64 / throws as f64).collect()
}

fn hold(seed: u64, number: usize, throws: usize) {
    let (mut chance, shapes) = (Chance(seed), Shapes::new());
    let reports = reports(&mut chance, number);
    let truth: Vec<Vec<f64>> = reports.iter().map(|report| shares(&mut chance, &shapes, *report, throws)).collect();
    let records: Vec<Record> = reports.iter().enumerate().map(|(n, (at, r))| sighting(n, *at, *r)).collect();
    let clauses: String = GROUNDS
        .iter()
        .flat_map(|(name, _)| ["out of", "in"].map(|way| format!("{way} {name}")))
        .enumerate()
        .map(|(n, ground)| format!("clause {} \"x\"\nNorth must keep tanks {ground}\n  from D\n", n + 1))
        .collect();
    let (mut told, mut worst) = ([0_usize; 3], 0.0_f64);
    for proof in [80, 95, 99] {
        let terms = format!(
            "agreement \"A\"\n  signed 2020-03-25\n  times in UTC\n  standard of proof {proof} %\n\
             moment D is 2020-03-26\nparty North\n  known as \"the north\"\n{PLACES}{clauses}"
        );
        let checked = check(&terms, Form::Plain, &|_| Ok(SHAPES.to_owned()));
        assert!(!checked.has_errors(), "{:#?}", checked.diagnostics);
        let (batches, datasets) = (batches_of(&records).unwrap(), [dataset()]);
        let evidence = Evidence { batches: &batches, datasets: &datasets, unread: 0, units: &Units::default() };
        let period = Some(("2020-03-25T00:00:00Z".parse().unwrap(), "2020-04-25T00:00:00Z".parse().unwrap()));
        let assessment = assess(&checked, evidence, Options { period, baseline: None, as_of: None }).unwrap();
        let standard = f64::from(proof) / 100.0;
        for (n, report) in reports.iter().enumerate() {
            for clause in 0..2 * GROUNDS.len() {
                let share = truth[n][clause / 2];
                let share = if clause % 2 == 0 { share } else { 1.0 - share };
                // Five times the error of the throws, and that of the rule of places.
                let slack = 5.0 * (share * (1.0 - share) / throws as f64).sqrt() + 5.0 / throws as f64 + 0.006;
                let why = format!("{proof} %, clause {}, {report:?}: {share}", clause + 1);
                let found = assessment.findings.iter().find(|f| f.provision == clause && f.record == format!("r{n}"));
                let Some(judgement) = found.map(|f| &f.judgements[0].1) else {
                    assert!(share <= 1.0 - standard + slack, "said to be outside: {why}");
                    told[0] += 1;
                    continue;
                };
                let probability = judgement.placing.probability.unwrap();
                assert!(probability <= share + slack, "said to be {probability} at least: {why}");
                worst = worst.max(share - probability - slack);
                if judgement.point(Dimension::Place).truth == Truth::True {
                    assert!(share >= standard - slack, "said to be inside: {why}");
                    told[2] += 1;
                } else {
                    told[1] += 1;
                }
            }
        }
    }
    println!("{number} reports, {throws} throws: outside, untold, inside {told:?}; too low by {worst:.4} at most");
    assert!(worst < 0.02, "a least probability that is not a good one: {worst}");
    assert!(told.iter().all(|count| *count * 20 > number), "each answer is met: {told:?}");
}

#[test]
fn what_is_said_of_joined_ground_is_so() {
    hold(1, 40, 2000);
}

/// `cargo test --release -p armistice-reference --test joined -- --ignored --nocapture`
#[test]
#[ignore = "minutes"]
fn what_is_said_of_joined_ground_is_so_in_a_million_throws() {
    hold(2, 400, 5000);
    hold(3, 8, 1_000_000);
}
