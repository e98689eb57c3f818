//! Random agreements, written as text and read by the real parser, and random
//! records of what may bear on them.

use armistice_geodesy::{Metres, Position, Radius95};
use armistice_records::{
    Act, Clarity, Dataset, Direction, Effect, Kind, Message, Origin, Place, Reach, Record, TimePrecision, When,
};
use jiff::Timestamp;
use jiff::civil::{DateTime, date};
use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// An agreement, records, and what is asked of them.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) terms: String,
    pub(crate) records: Vec<Record>,
    pub(crate) datasets: Vec<Dataset>,
    pub(crate) unread: u64,
    pub(crate) window: (i64, i64),
    pub(crate) as_of: Option<i64>,
}

pub(crate) const SHAPES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"post","properties":{},"geometry":{"type":"Point","coordinates":[37.0,48.0]}},
{"type":"Feature","id":"road","properties":{},"geometry":{"type":"LineString","coordinates":[[36.8,48.0],[37.0,48.01],[37.2,48.0]]}},
{"type":"Feature","id":"zone","properties":{},"geometry":{"type":"Polygon","coordinates":[[[36.9,47.95],[37.1,47.95],[37.1,48.05],[36.9,48.05],[36.9,47.95]]]}}]}"#;

/// Midnight UTC before the first day; the clocks change in this fortnight in
/// Damascus (27 March, at midnight) and Kyiv (29 March).
fn begin() -> i64 {
    "2020-03-24T00:00:00Z".parse::<Timestamp>().unwrap().as_second()
}

const DAYS: i64 = 14;
/// The parties' own names often, so that something can be certain.
const NAMES: &[&str] = &[
    "the north",
    "the north",
    "the north",
    "NORTH",
    "the south",
    "the south",
    "the south",
    "rebels",
    "the south-west",
    "the others",
    "the others",
    "gunmen",
    "Civilians",
    "East",
    "abroad",
    "Third",
];
const SUBJECTS: &[&str] = &["1", "2", "3", "1.a", "Next", "r-0", "r-1", "1:r-2", "9", "North"];

fn hour() -> impl Strategy<Value = String> {
    (0..DAYS, select(&[0_i64, 0, 0, 1, 2, 3, 9, 19][..])).prop_map(|(day, hour)| {
        let at = date(2020, 3, 24).checked_add(jiff::Span::new().days(day)).unwrap();
        format!("{at} {hour:02}:00")
    })
}

/// A value, or sometimes a bracket with two.
fn open(one: BoxedStrategy<String>) -> BoxedStrategy<String> {
    let two = (one.clone(), one.clone(), select(&["b", "c"][..]));
    prop_oneof![9 => one, 1 => two.prop_map(|(x, y, s)| format!("[{x}: \"a\" | {y}: \"{s}\"]"))].boxed()
}

fn moment() -> BoxedStrategy<String> {
    prop_oneof![
        3 => Just("D".to_owned()),
        1 => (0..6_i64).prop_map(|n| format!("D + {n} days")),
        2 => hour(),
        1 => hour().prop_map(|h| h[..10].to_owned()),
    ]
    .boxed()
}

fn actor() -> impl Strategy<Value = &'static str> {
    select(&["North", "South", "Others", "Third", "North and South", "South and Third"][..])
}

fn ground() -> BoxedStrategy<String> {
    let metres = open(select(&["500 m", "2 km", "6 km"][..]).prop_map(str::to_owned).boxed());
    prop_oneof![
        (metres.clone(), select(&["Road", "Post", "Zone", "Near"][..]))
            .prop_map(|(d, p)| format!("at least {d} from {p}")),
        metres.clone().prop_map(|d| format!("at least {d} from Road on its north side")),
        metres.prop_map(|d| format!("at least {d} north of Road")),
        Just("out of Zone".to_owned()),
        Just("out of Near".to_owned()),
        Just("in Zone".to_owned()),
    ]
    .boxed()
}

fn forces() -> impl Strategy<Value = &'static str> {
    select(&["tanks", "artillery", "\"D-30\"", "all forces", "personnel", "tanks and artillery"][..])
}

/// Who, what, and whether it is an attack.
fn duty() -> BoxedStrategy<String> {
    let bound = select(&["North", "South", "North and South", "every party"][..]);
    prop_oneof![
        3 => Just("North and South must not attack each other".to_owned()),
        1 => Just("no party may attack civilians".to_owned()),
        1 => Just("North must not attack anyone".to_owned()),
        2 => (bound.clone(), actor()).prop_map(|(who, on)| {
            let who = if who == "every party" { "no party may".to_owned() } else { format!("{who} must not") };
            format!("{who} attack {on}")
        }),
        3 => (bound.clone(), forces(), ground()).prop_map(|(who, what, at)| format!("{who} must keep {what} {at}")),
        2 => (bound, forces(), ground().prop_filter("things are not withdrawn in a place", |g| !g.starts_with("in ")), select(&["by", "before"][..]), moment())
            .prop_map(|(who, what, at, how, when)| format!("{who} must withdraw {what} {at}\n  {how} {when}")),
        1 => Just("North must allow aid".to_owned()),
        1 => Just("text not public \"secret\"".to_owned()),
    ]
    .boxed()
}

fn force() -> BoxedStrategy<String> {
    let days = open((1..9_i64).prop_map(|n| format!("{n} days")).boxed());
    let renewers = select(&["East and West together", "East and West separately", "East", "North and South"][..]);
    prop_oneof![
        2 => Just("  from D\n".to_owned()),
        1 => Just(String::new()),
        2 => open(moment()).prop_map(|m| format!("  from {m}\n")),
        2 => days.clone().prop_map(|d| format!("  from D\n  for {d}\n")),
        3 => (days, renewers).prop_map(|(d, by)| format!("  from D\n  for {d}\n  renewed by {by}\n")),
        2 => (6..12_i64).prop_map(|n| format!("  from D\n  until D + {n} days\n")),
    ]
    .boxed()
}

fn provision() -> BoxedStrategy<String> {
    let clause = |text: &'static str| weighted(0.2, Just(text));
    (
        duty(),
        force(),
        clause("  except in self-defence\n"),
        clause("  except against Others\n"),
        clause("  except against Others and Third\n"),
        clause("  in Zone\n"),
        weighted(0.05, Just("  with goodwill\n")),
        clause("  verified by Mission\n"),
    )
        .prop_map(|(duty, force, a, b, c, place, condition, verified)| {
            if duty.starts_with("text") {
                return format!("{duty}\n");
            }
            let rest: Vec<&str> = [a, b, c, place, condition, verified].into_iter().flatten().collect();
            format!("{duty}\n{force}{}", rest.concat())
        })
        .boxed()
}

fn gate() -> BoxedStrategy<String> {
    (
        select(&["1", "1 and 2", "2"][..]),
        1..5_i64,
        weighted(0.6, moment()),
        weighted(0.6, select(&["East and West together", "East and West separately", "Mission"][..])),
    )
        .prop_map(|(of, days, from, by)| {
            let are = if of.contains("and") { "are" } else { "is" };
            let from = from.map(|m| format!("  counting from {m}\n")).unwrap_or_default();
            let by = by.map(|b| format!("  certified by {b}\n")).unwrap_or_default();
            format!("gate Next\n  opens when {of} {are} kept for {days} consecutive days\n{from}{by}")
        })
        .boxed()
}

fn terms() -> BoxedStrategy<String> {
    (
        select(&["Europe/Kyiv", "Asia/Damascus", "UTC", "America/St_Johns"][..]),
        select(&["00:00", "06:00", "03:30"][..]),
        select(&["2020-03-26 00:00", "2020-03-26 19:00", "2020-03-29 03:30"][..]),
        weighted(0.3, select(&["80", "99"][..])),
        select(&["0 m", "300 m", "2 km"][..]),
        (weighted(0.3, hour()), weighted(0.3, hour()), open(Just("\"rebels\"".to_owned()).boxed())),
        vec(provision(), 2..4),
        gate(),
    )
        .prop_map(|(zone, day, d, proof, good_to, (accepted, withdrew, rebels), provisions, gate)| {
            let proof = proof.map(|p| format!("  standard of proof {p} %\n")).unwrap_or_default();
            let accepted = accepted.map(|h| format!("  accepted on {h}\n")).unwrap_or_default();
            let withdrew = withdrew.map(|h| format!("  withdrew on {h}\n")).unwrap_or_default();
            let rebels = rebels.replacen("| \"rebels\"", "| part of \"rebels\"", 1);
            let provisions: String =
                (1..).zip(&provisions).map(|(n, p)| format!("clause {n} \"x\"\n{p}")).collect();
            format!(
                "agreement \"A\"\n  signed 2020-03-25\n  times in {zone}\n  days start at {day}\n{proof}moment D is {d}\n\
                 party North\n  known as \"the north\"\n  known as {rebels}\n{accepted}\
                 party South\n  known as \"the south\"\n  may include \"the south-west\"\n{withdrew}\
                 party Third\n  known as \"third\" from 2020-03-28 until 2020-04-02\n\
                 excluded Others\n  known as \"the others\"\nguarantor East\n  known as \"the east\"\nguarantor West\n\
                 outsider Abroad\nmonitor Mission\n\
                 line Road\n  from \"p.geojson#road\"\n  good to {good_to}\n\
                 point Post\n  from \"p.geojson#post\"\n  good to {good_to}\n\
                 area Zone\n  from \"p.geojson#zone\"\n  good to {good_to}\n\
                 area Near\n  within 1 km of Road\n{provisions}{gate}"
            )
        })
        .boxed()
}

fn when() -> BoxedStrategy<(When, TimePrecision)> {
    let hours = select(&[0_i64, 0, 0, 2, 3, 3, 10, 23][..]);
    let length = select(&[1_i64, 24, 24, 24, 24, 48, 96, 240][..]);
    let precision = prop_oneof![
        6 => Just(TimePrecision::Day),
        4 => Just(TimePrecision::Moment),
        2 => select(TimePrecision::ALL),
    ];
    (-2..DAYS + 1, hours, length, any::<bool>(), precision)
        .prop_map(|(day, hour, length, utc, precision)| {
            let from: DateTime = date(2020, 3, 24).at(0, 0, 0, 0);
            let from = from.checked_add(jiff::Span::new().days(day).hours(hour)).unwrap();
            let until = from.checked_add(jiff::Span::new().hours(length)).unwrap();
            let instant = |at: DateTime| at.to_zoned_datetime(jiff::tz::TimeZone::UTC).unwrap().timestamp();
            let when = if utc {
                When::Utc { from: instant(from), until: instant(until) }
            } else {
                When::Local { from, until }
            };
            (when, precision)
        })
        .boxed()
}

fn place() -> BoxedStrategy<Place> {
    let metres = |m: f64| Radius95::new(Metres::new(m)).unwrap();
    let at = (47.9..48.1_f64, 36.85..37.15_f64).prop_map(|(lat, lon)| Position::new(lat, lon).unwrap());
    let near = (select(&[48.0, 48.005, 47.999, 48.0185, 47.95][..]), select(&[37.0, 36.9, 37.1][..]))
        .prop_map(|(lat, lon)| Position::new(lat, lon).unwrap());
    let at = prop_oneof![at, near];
    prop_oneof![
        1 => Just(Place::Unknown),
        9 => (at.clone(), select(&[0.0, 0.0, 50.0, 1500.0, 25_000.0][..]))
            .prop_map(move |(at, r)| Place::Point { at, radius: metres(r) }),
        1 => (at, 0.0..359.0_f64, select(&[500.0, 5_000.0, 40_000.0][..])).prop_map(|(observer, from, far)| {
            Place::Sector { observer, bearing: (from, from + 1.0), range: (Metres::new(0.0), Metres::new(far)) }
        }),
    ]
    .boxed()
}

fn side() -> impl Strategy<Value = Vec<String>> {
    let name = || select(NAMES).prop_map(str::to_owned);
    prop_oneof![1 => vec(name(), 0), 14 => vec(name(), 1), 3 => vec(name(), 2)]
}

fn message(kind: Kind) -> BoxedStrategy<Option<Message>> {
    let effects: &[Effect] = match kind {
        Kind::Incident | Kind::Sighting | Kind::Retraction => return Just(None).boxed(),
        Kind::Inspection => &[Effect::FoundDone, Effect::FoundNotDone],
        Kind::Access => {
            &[Effect::AccessFull, Effect::AccessFull, Effect::AccessFull, Effect::AccessLimited, Effect::AccessDenied]
        }
        Kind::Notification | Kind::Claim => &[Effect::ExceptionClaimed, Effect::Notified],
        Kind::Decision => &[
            Effect::Renewed,
            Effect::Renewed,
            Effect::Ended,
            Effect::Suspended,
            Effect::Resumed,
            Effect::Certified,
            Effect::Proposed,
        ],
    };
    let until = (0..DAYS).prop_map(|d| Timestamp::from_second(begin() + d * 86_400).unwrap());
    (select(effects), vec(select(SUBJECTS).prop_map(str::to_owned), 0..2), of(until))
        .prop_map(|(effect, mut subject, until)| {
            if effect == Effect::Certified {
                subject.push("Next".to_owned());
            }
            Some(Message { effect, subject, until, count: None })
        })
        .boxed()
}

fn record() -> BoxedStrategy<Record> {
    let kind = prop_oneof![6 => Just(Kind::Incident), 4 => Just(Kind::Sighting), 4 => select(Kind::ALL).prop_filter("not yet made", |k| *k != Kind::Retraction)];
    let act = prop_oneof![5 => Just(Act::Attack), 4 => Just(Act::Presence), 1 => select(Act::ALL)];
    let weapons = vec(select(&["tanks", "tanks", "howitzers", "D-30", "heavy weapons", "small arms", "?"][..]), 0..3);
    kind.prop_flat_map(|kind| (Just(kind), message(kind)))
        .prop_flat_map(move |(kind, message)| {
            let deciders = prop_oneof![
                2 => Just(vec!["East".to_owned(), "West".to_owned()]),
                1 => Just(vec!["the north".to_owned(), "South".to_owned(), "Third".to_owned()]),
                1 => Just(vec!["Mission".to_owned()]),
                1 => side(),
            ];
            let by = if message.is_some() && kind != Kind::Inspection { deciders.boxed() } else { side().boxed() };
            (
                (Just(kind), Just(message), when(), weighted(0.3, 0..DAYS * 24)),
                (place(), weighted(0.2, Just("a village".to_owned())), by, side(), any::<bool>()),
                (act.clone(), weapons.clone(), of(0..3_u32)),
            )
        })
        .prop_map(
            |(
                (kind, message, (happened, precision), known),
                (place, named, by, on, directed),
                (act, weapons, dead),
            )| {
                let told = message.is_some() && kind != Kind::Inspection;
                Record {
                    id: String::new(),
                    kind,
                    happened,
                    time_precision: precision,
                    known: known.map(|h| Timestamp::from_second(begin() + h * 3600).unwrap()),
                    place: if told && named.is_none() { Place::Unknown } else { place },
                    place_name: named,
                    admin1: None,
                    country: None,
                    side_a: by,
                    side_b: if told { Vec::new() } else { on },
                    direction: if directed { Direction::AOnB } else { Direction::Undirected },
                    act,
                    weapons: weapons.into_iter().map(str::to_owned).collect(),
                    deaths: None,
                    civilian_deaths: dead,
                    clarity: Clarity::Clear,
                    sources: None,
                    reliability: None,
                    credibility: None,
                    independence_groups: Vec::new(),
                    event: None,
                    message,
                    note: None,
                    origin: Origin {
                        dataset: "made".to_owned(),
                        file: "made".to_owned(),
                        line: 1,
                        sha256: [0; 32],
                        row: None,
                    },
                }
            },
        )
        .boxed()
}

fn datasets() -> impl Strategy<Value = Vec<Dataset>> {
    let reach = |kinds: Vec<Kind>, lethal_only: bool| Dataset {
        name: "made".to_owned(),
        attribution: String::new(),
        reach: Reach { kinds, lethal_only, tells_who_acted: true, tells_weapons: true, counts_events: false },
        caveats: Vec::new(),
    };
    let all = reach(Kind::ALL.to_vec(), false);
    let lethal = reach(vec![Kind::Incident], true);
    let seen = reach(vec![Kind::Sighting], false);
    prop_oneof![
        6 => Just(vec![all.clone()]),
        1 => Just(vec![lethal.clone()]),
        1 => Just(vec![lethal, seen]),
        1 => Just(Vec::new()),
    ]
}

/// A record of which much is certain: one whole day, a party by its own name,
/// tanks on the post.
fn plain() -> BoxedStrategy<Record> {
    let act = prop_oneof![
        2 => Just((Kind::Incident, Act::Attack)),
        1 => Just((Kind::Incident, Act::AttackCivilians)),
        2 => Just((Kind::Sighting, Act::Presence)),
    ];
    let against = select(&["the south", "the south", "the others", "Civilians"][..]);
    (0..DAYS, act, against, any::<bool>())
        .prop_map(|(day, (kind, act), against, directed)| {
            let midnight =
                |day: i64| date(2020, 3, 24).at(0, 0, 0, 0).checked_add(jiff::Span::new().days(day)).unwrap();
            Record {
                kind,
                act,
                happened: When::Local { from: midnight(day), until: midnight(day + 1) },
                known: None,
                place: Place::Point { at: Position::new(48.0, 37.0).unwrap(), radius: Radius95::EXACT },
                side_a: vec!["the north".to_owned()],
                side_b: vec![against.to_owned()],
                direction: if directed { Direction::AOnB } else { Direction::Undirected },
                weapons: vec!["tanks".to_owned()],
                message: None,
                ..access()
            }
        })
        .boxed()
}

/// Full access, told by a monitor for the whole time: without it nothing is
/// ever kept.
fn access() -> Record {
    let midnight = |day: i8| date(2020, 3, 20).at(0, 0, 0, 0).checked_add(jiff::Span::new().days(day)).unwrap();
    Record {
        id: "access".to_owned(),
        kind: Kind::Access,
        happened: When::Local { from: midnight(0), until: midnight(30) },
        time_precision: TimePrecision::Day,
        known: Some(Timestamp::from_second(begin()).unwrap()),
        place: Place::Unknown,
        place_name: None,
        admin1: None,
        country: None,
        side_a: vec!["Mission".to_owned()],
        side_b: Vec::new(),
        direction: Direction::AOnB,
        act: Act::Other,
        weapons: Vec::new(),
        deaths: None,
        civilian_deaths: None,
        clarity: Clarity::Clear,
        sources: None,
        reliability: None,
        credibility: None,
        independence_groups: Vec::new(),
        event: None,
        message: Some(Message { effect: Effect::AccessFull, subject: Vec::new(), until: None, count: None }),
        note: None,
        origin: Origin { dataset: "made".to_owned(), file: "made".to_owned(), line: 1, sha256: [0; 32], row: None },
    }
}

pub(crate) fn case() -> impl Strategy<Value = Case> {
    let records = vec(prop_oneof![3 => record(), 1 => plain()], 0..9);
    (
        terms(),
        records,
        datasets(),
        weighted(0.1, Just(1_u64)),
        0..4_i64,
        8..16_i64,
        weighted(0.3, 0..20_i64),
        any::<bool>(),
        any::<Index>(),
    )
        .prop_map(|(terms, mut records, datasets, unread, first, last, as_of, looked, at)| {
            for (n, record) in records.iter_mut().enumerate() {
                record.id = format!("r-{n}");
            }
            if looked {
                records.insert(at.index(records.len() + 1), access());
            }
            let day = |d: i64| begin() + d * 86_400;
            let as_of = as_of.map(|d| day(d) + 7 * 3600);
            Case {
                terms,
                records,
                datasets,
                unread: unread.unwrap_or_default(),
                window: (day(first), day(last)),
                as_of,
            }
        })
}
