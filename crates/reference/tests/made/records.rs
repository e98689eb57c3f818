//! Random records of what may bear on random agreements. Ids and hashes are
//! given to them later.

use armistice_geodesy::{Metres, Position, Radius95};
use armistice_records::{
    Act, Clarity, Credibility, Direction, Effect, Estimate, Kind, Message, Origin, Place, Record, Reliability,
    TimePrecision, Votes, When,
};
use jiff::Timestamp;
use jiff::civil::{DateTime, date};
use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::select;

use super::limits::{self, estimate, quantity};
use super::places::place;
use super::{DAYS, begin};

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
    "Ополченці",
    "ОПОЛЧЕНЦІ",
];
const SUBJECTS: &[&str] = &["1", "1", "2", "2", "3", "1.a", "Next", "Later", "r-0", "r-1", "1:r-2", "9", "North"];
const PHASES: &[&str] = &["One", "One", "Two", "Talks", "Interim"];
const DENIABLE: &[&str] =
    &["r-0", "r-0", "r-1", "r-1", "r-2", "r-3", "c-0", "1:r-0", "1:r-1", "2:r-0", "blast", "fire"];
const EVENTS: &[&str] = &["blast", "blast", "fire", "r-0", "r-0", "r-1", "r-2", "c-0", "gone"];
/// Parties and those who speak for them, monitors, and others; in any case.
const GROUPS: &[&str] = &[
    "SOHR",
    "SOHR",
    "sohr",
    "wire",
    "wire",
    "the north",
    "NORTH RADIO",
    "North Radio",
    "the south",
    "South TV",
    "Eastern Agency",
    "rebels",
    "ополченці",
    "Third",
    "Mission",
    "mission",
    "abroad",
    "the others",
    "Civilians",
];

pub(crate) fn groups() -> BoxedStrategy<Vec<String>> {
    let name = || select(GROUPS).prop_map(str::to_owned);
    let twice = name().prop_map(|name| vec![name.to_uppercase(), name]);
    prop_oneof![3 => Just(Vec::new()), 7 => vec(name(), 1), 3 => vec(name(), 2), 1 => twice].boxed()
}

fn when() -> BoxedStrategy<(When, TimePrecision)> {
    let hours = select(&[0_i64, 0, 0, 2, 3, 3, 10, 23][..]);
    let length = select(&[1_i64, 5, 10, 24, 24, 24, 24, 25, 26, 48, 96, 240][..]);
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

fn side() -> impl Strategy<Value = Vec<String>> {
    let name = || select(NAMES).prop_map(str::to_owned);
    prop_oneof![1 => vec(name(), 0), 14 => vec(name(), 1), 3 => vec(name(), 2)]
}

fn message(kind: Kind) -> BoxedStrategy<Option<Message>> {
    let effects: &[Effect] = match kind {
        Kind::Incident | Kind::Sighting | Kind::Retraction => return Just(None).boxed(),
        Kind::Inspection => {
            &[Effect::FoundDone, Effect::FoundNotDone, Effect::Counted, Effect::Counted, Effect::Counted]
        }
        Kind::Access => {
            &[Effect::AccessFull, Effect::AccessFull, Effect::AccessFull, Effect::AccessLimited, Effect::AccessDenied]
        }
        Kind::Notification | Kind::Claim => {
            &[Effect::ExceptionClaimed, Effect::Notified, Effect::Denied, Effect::Denied, Effect::Denied]
        }
        Kind::Decision => &[
            Effect::Begun,
            Effect::FoundDone,
            Effect::FoundNotDone,
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
    let subject = || select(SUBJECTS).prop_map(str::to_owned);
    let denied = vec(select(DENIABLE).prop_map(str::to_owned), 1..5);
    let phase = weighted(0.5, select(PHASES));
    (select(effects), vec(subject(), 0..2), denied, of(until), (phase, estimate(), votes(kind)))
        .prop_map(move |(effect, mut subject, denied, until, (phase, count, votes))| {
            let turns = [Effect::Begun, Effect::Certified, Effect::Ended, Effect::Suspended, Effect::Resumed];
            if turns.contains(&effect) {
                subject.extend(phase.map(str::to_owned));
            }
            let on_gate = effect == Effect::Notified || (kind == Kind::Decision && effect == Effect::FoundNotDone);
            if on_gate && phase.is_some() {
                subject.push("Next".to_owned());
            }
            if effect == Effect::Certified {
                subject.push("Next".to_owned());
            }
            let mut subject = if effect == Effect::Denied { denied } else { subject };
            let counted = effect == Effect::Counted;
            if counted && subject.is_empty() {
                subject.push("1".to_owned());
            }
            Some(Message { effect, subject, until, count: counted.then_some(count), votes })
        })
        .boxed()
}

/// Who gives a notice: those who decide, a monitor, an outsider, a party's
/// voice, nobody named, or anybody.
fn by(told: bool) -> BoxedStrategy<Vec<String>> {
    let these = |names: &[&str]| Just(names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>());
    if !told {
        return side().boxed();
    }
    prop_oneof![
        3 => these(&["East", "West"]),
        2 => these(&["the north", "South", "Third"]),
        2 => these(&["Mission"]),
        1 => these(&["abroad"]),
        1 => these(&["North Radio"]),
        2 => these(&["passers-by"]),
        2 => side(),
    ]
    .boxed()
}

/// What is forbidden most often, apart from attacks.
const DEEDS: &[Act] = &[Act::Flight, Act::MineLaying, Act::Movement, Act::Reinforcement, Act::TerritoryGain];

/// Heights about those of the terms, which lie at 30.48, 500 and 1524 m.
pub(crate) fn height() -> impl Strategy<Value = Option<(Metres, Metres)>> {
    let ends = select(&[0.0, 30.48, 400.0, 500.0, 900.0, 1524.0, 3000.0][..]);
    weighted(
        0.6,
        (ends, select(&[0.0, 0.0, 100.0, 2000.0][..]))
            .prop_map(|(from, more)| (Metres::new(from), Metres::new(from + more))),
    )
}

pub(crate) fn record() -> BoxedStrategy<Record> {
    let others = select(Kind::ALL).prop_filter("made of other records", |k| *k != Kind::Retraction);
    let kind = prop_oneof![6 => Just(Kind::Incident), 4 => Just(Kind::Sighting), 3 => Just(Kind::Claim), 5 => others];
    let act = prop_oneof![5 => Just(Act::Attack), 4 => Just(Act::Presence), 4 => select(Act::ALL)];
    let weapons = vec(
        select(
            &[
                "tanks",
                "tanks",
                "howitzers",
                "D-30",
                "122 mm D-30",
                "2a18",
                "100 mm gun",
                "mortar, 82-mm",
                "BM-21",
                "heavy weapons",
                "small arms",
                "drones",
                "?",
            ][..],
        ),
        0..3,
    );
    kind.prop_flat_map(|kind| (Just(kind), message(kind)))
        .prop_flat_map(move |(kind, message)| {
            let told = message.is_some() && kind != Kind::Inspection;
            (
                (Just(kind), Just(message), when(), weighted(0.3, 0..DAYS * 24)),
                (place(), weighted(0.2, Just("a village".to_owned())), by(told), side(), any::<bool>()),
                (
                    act.clone(),
                    weapons.clone(),
                    of(0..3_u32),
                    grades(),
                    groups(),
                    event(),
                    of(0..2_u32),
                    height(),
                    quantity(),
                ),
            )
        })
        .prop_map(
            |(
                (kind, message, (happened, precision), known),
                (place, named, by, on, directed),
                (act, weapons, dead, (reliability, credibility), groups, event, killed, height, quantity),
            )| {
                let told = message.is_some() && kind != Kind::Inspection;
                Record {
                    kind,
                    happened,
                    time_precision: precision,
                    known: known.map(|h| Timestamp::from_second(begin() + h * 3600).unwrap()),
                    place: if told && named.is_none() { Place::Unknown } else { place },
                    place_name: named,
                    side_a: by,
                    side_b: if told { Vec::new() } else { on },
                    direction: if directed { Direction::AOnB } else { Direction::Undirected },
                    act,
                    weapons: weapons.into_iter().map(str::to_owned).collect(),
                    deaths: killed.map(|n| Estimate { low: n, best: n, high: n }),
                    civilian_deaths: dead,
                    height,
                    quantity,
                    reliability,
                    credibility,
                    independence_groups: groups,
                    event,
                    message,
                    ..access()
                }
            },
        )
        .boxed()
}

fn grades() -> impl Strategy<Value = (Option<Reliability>, Option<Credibility>)> {
    let reliability = prop_oneof![1 => Just(Reliability::E), 1 => select(Reliability::ALL)];
    (weighted(0.25, reliability), weighted(0.25, select(Credibility::ALL)))
}

pub(crate) fn event() -> impl Strategy<Value = Option<String>> {
    weighted(0.25, select(EVENTS).prop_map(str::to_owned))
}

/// A record of which much is certain: one whole day, a party by its own name,
/// tanks on the post.
pub(crate) fn plain() -> BoxedStrategy<Record> {
    let act = prop_oneof![
        8 => Just((Kind::Incident, Act::Attack)),
        1 => Just((Kind::Incident, Act::AttackCivilians)),
        2 => Just((Kind::Sighting, Act::Presence)),
        7 => select(DEEDS).prop_map(|act| (Kind::Incident, act)),
        3 => select(limits::DEEDS).prop_map(|act| (Kind::Sighting, act)),
        7 => Just((Kind::Inspection, Act::Other)),
    ];
    let against = select(&["the south", "the south", "the others", "the others", "Civilians"][..]);
    let place = prop_oneof![2 => Just(None), 1 => place().prop_map(Some)];
    let count = (select(&["1", "1", "2", "3"][..]), estimate(), quantity(), select(&[1_i64, 1, 2, 7][..]));
    // Some know the hour.
    let day = (0..DAYS, weighted(0.4, select(&[0_i64, 3, 12, 20][..])));
    (day, act, against, any::<bool>(), groups(), event(), place, height(), count)
        .prop_map(
            |(
                (day, hour),
                (kind, act),
                against,
                directed,
                independence_groups,
                event,
                place,
                height,
                (about, count, quantity, days),
            )| {
                let midnight =
                    |day: i64| date(2020, 3, 24).at(0, 0, 0, 0).checked_add(jiff::Span::new().days(day)).unwrap();
                let at = |hour: i64| midnight(day).checked_add(jiff::Span::new().hours(hour)).unwrap();
                let happened = match hour {
                    Some(hour) => When::Local { from: at(hour), until: at(hour + 1) },
                    None => When::Local { from: midnight(day), until: midnight(day + days) },
                };
                let on_the_post = Place::Point { at: Position::new(48.0, 37.0).unwrap(), radius: Radius95::EXACT };
                Record {
                    kind,
                    act,
                    height,
                    quantity,
                    happened,
                    known: None,
                    place: place.unwrap_or(on_the_post),
                    side_a: vec!["the north".to_owned()],
                    side_b: vec![against.to_owned()],
                    direction: if directed { Direction::AOnB } else { Direction::Undirected },
                    weapons: vec!["tanks".to_owned()],
                    independence_groups,
                    event,
                    message: (kind == Kind::Inspection).then(|| Message {
                        effect: Effect::Counted,
                        subject: vec![about.to_owned()],
                        until: None,
                        count: Some(count),
                        votes: Votes::default(),
                    }),
                    ..access()
                }
            },
        )
        .boxed()
}

/// How the members of a body voted on a decision: mostly nobody says.
fn votes(kind: Kind) -> BoxedStrategy<Votes> {
    if kind != Kind::Decision {
        return Just(Votes::default()).boxed();
    }
    let who =
        || vec(select(&["North", "the south", "East", "Third", "rebels", "West"][..]).prop_map(str::to_owned), 0..3);
    let voted = (who(), who(), who());
    let voted = voted.prop_map(|(in_favour, opposed, absent)| Votes { in_favour, opposed, absent });
    let all = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
    let agreed = Just(Votes { in_favour: all(&["North", "South"]), ..Votes::default() });
    prop_oneof![3 => Just(Votes::default()), 3 => agreed, 4 => voted].boxed()
}

/// A matter that somebody puts to a body, or what a body determined.
pub(crate) fn put() -> BoxedStrategy<Record> {
    let to = select(&["Joint", "Joint", "Joint", "Board", "Council"][..]);
    let clause = select(&["1", "1", "1", "2", "3", "1:r", "2:access"][..]);
    (0..DAYS, 1..3_i64, to, clause, any::<bool>(), votes(Kind::Decision))
        .prop_map(|(day, length, to, clause, determined, votes)| {
            let midnight =
                |day: i64| date(2020, 3, 24).at(0, 0, 0, 0).checked_add(jiff::Span::new().days(day)).unwrap();
            let subject = vec![clause.to_owned()];
            let (kind, effect) =
                if determined { (Kind::Decision, Effect::FoundDone) } else { (Kind::Notification, Effect::Notified) };
            let by = if determined { to } else { "North" };
            let votes = if determined { votes } else { Votes::default() };
            Record {
                kind,
                happened: When::Local { from: midnight(day), until: midnight(day + length) },
                known: None,
                side_a: vec![by.to_owned()],
                side_b: if determined { Vec::new() } else { vec![to.to_owned()] },
                message: Some(Message { effect, subject, until: None, count: None, votes }),
                ..access()
            }
        })
        .boxed()
}

/// A matter put to a body, and what it found of it some days later, all voting.
pub(crate) fn put_and_settled() -> BoxedStrategy<Vec<Record>> {
    (0..DAYS - 4, 1..4_i64, select(&["1", "2", "3"][..]))
        .prop_map(|(day, later, clause)| {
            let midnight =
                |day: i64| date(2020, 3, 24).at(0, 0, 0, 0).checked_add(jiff::Span::new().days(day)).unwrap();
            let subject = vec![clause.to_owned()];
            let message =
                Message { effect: Effect::Notified, subject, until: None, count: None, votes: Votes::default() };
            let all = ["the north", "the south", "Mission", "third", "East", "West"].map(str::to_owned).to_vec();
            let votes = Votes { in_favour: all, ..Votes::default() };
            let put = Record {
                kind: Kind::Notification,
                happened: When::Local { from: midnight(day), until: midnight(day + 1) },
                side_a: vec!["North".to_owned()],
                side_b: vec!["Joint".to_owned()],
                message: Some(message.clone()),
                ..access()
            };
            let settled = Record {
                kind: Kind::Decision,
                happened: When::Local { from: midnight(day + later), until: midnight(day + later + 1) },
                side_a: vec!["Joint".to_owned()],
                side_b: Vec::new(),
                message: Some(Message { effect: Effect::FoundDone, votes, ..message }),
                ..put.clone()
            };
            vec![put, settled]
        })
        .boxed()
}

/// What somebody found of a clause: done or not, on a whole day.
pub(crate) fn found() -> BoxedStrategy<Record> {
    let kind = select(&[Kind::Inspection, Kind::Inspection, Kind::Decision][..]);
    let effect = select(
        &[
            Effect::FoundDone,
            Effect::FoundNotDone,
            Effect::FoundNotDone,
            Effect::Begun,
            Effect::Certified,
            Effect::Notified,
        ][..],
    );
    let by =
        select(&["Mission", "Mission", "Mission", "East", "the south", "the north", "Joint", "Joint", "Board"][..]);
    let of = select(&["", "", "the north", "the south", "rebels", "gunmen"][..]);
    (
        0..DAYS,
        1..3_i64,
        kind,
        effect,
        select(&["1", "2", "3", "1", "2", "3", "r-0", "r-1", "1:r-1", "r-2"][..]),
        by,
        of,
        votes(Kind::Decision),
    )
        .prop_map(|(day, length, kind, effect, clause, by, of, votes)| {
            let votes = if kind == Kind::Decision { votes } else { Votes::default() };
            let midnight =
                |day: i64| date(2020, 3, 24).at(0, 0, 0, 0).checked_add(jiff::Span::new().days(day)).unwrap();
            let effect = match (kind, effect) {
                (Kind::Inspection, Effect::Begun | Effect::Certified | Effect::Notified) => Effect::FoundDone,
                (_, effect) => effect,
            };
            Record {
                kind,
                happened: When::Local { from: midnight(day), until: midnight(day + length) },
                known: None,
                side_a: if by == "East" { vec!["East".to_owned(), "West".to_owned()] } else { vec![by.to_owned()] },
                side_b: if of.is_empty() || kind == Kind::Decision { Vec::new() } else { vec![of.to_owned()] },
                independence_groups: if kind == Kind::Decision { Vec::new() } else { vec![by.to_owned()] },
                message: Some(Message { effect, subject: vec![clause.to_owned()], until: None, count: None, votes }),
                ..access()
            }
        })
        .boxed()
}

/// Full access, told by a monitor for the whole time: without it nothing is
/// ever kept.
pub(crate) fn access() -> Record {
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
        quantity: None,
        height: None,
        clarity: Clarity::Clear,
        sources: None,
        reliability: None,
        credibility: None,
        independence_groups: Vec::new(),
        event: None,
        message: Some(Message {
            effect: Effect::AccessFull,
            subject: Vec::new(),
            until: None,
            count: None,
            votes: Votes::default(),
        }),
        note: None,
        origin: Origin { dataset: "made".to_owned(), file: "made".to_owned(), line: 1, sha256: [0; 32], row: None },
    }
}
