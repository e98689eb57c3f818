//! Four times the text takes about four times as long, whatever it is made of.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::time::{Duration, Instant};

use armistice_fuzz::{checker, formatter, parser};

const HEAD: &str = "agreement \"A\"\n  signed 2020-01-01\n  times in UTC\nmoment D is 2020-01-02 00:00\nparty North\nparty South\nline River\n  from \"places.geojson#river\"\n";

/// What a text can hold many of: the unit of each, with `#` for its number.
const UNITS: [(&str, &str); 11] = [
    ("provisions", "clause # \"x\"\nNorth must not attack South\n  from D\n  for 2 days\n"),
    ("provisions of one clause", "North must keep tanks at least # m from River\n"),
    ("moments, each on the one before", "moment M# is D + # minutes\n"),
    ("weapon classes", "weapons W# are tanks, artillery and \"Uragan #\"\n"),
    ("places", "area A#\n  within # m of River\n"),
    ("mistakes", "North mst not attack South\n"),
    ("misspelt names", "Norht must not attack Suoth\n"),
    ("flagged readings", "clause # \"x\"\nNorth must not attack South\n  for [# hours: \"source #\"]\n"),
    ("positions", "position North \"number #\"\n  prefers North\n"),
    ("what nothing evaluates", "instrument I# \"x\"\n  signed 2020-01-01\n"),
    ("brackets that are never closed", "moment N# is [2020-01-01: \"a\" | [[[[\n"),
];

/// How many units the smaller text holds: no fewer brackets than are shown.
const SMALL: usize = 120;

/// Below this, the clock says nothing.
const TOO_SHORT: Duration = Duration::from_millis(100);

fn text(unit: &str, count: usize) -> String {
    let mut out = HEAD.to_owned();
    for number in 1..=count {
        out.push_str(&unit.replace('#', &number.to_string()));
    }
    out
}

/// The shortest of three runs: what else the machine does only adds.
fn time(target: fn(&[u8]), text: &str) -> Duration {
    let run = || {
        let start = Instant::now();
        target(text.as_bytes());
        start.elapsed()
    };
    (0..3).map(|_| run()).min().unwrap()
}

#[test]
fn time_grows_with_the_text_and_not_with_its_square() {
    let mut slow = Vec::new();
    for (name, target) in [("parser", parser as fn(&[u8])), ("formatter", formatter), ("checker", checker)] {
        for (what, unit) in UNITS {
            let (small, large) = (text(unit, SMALL), text(unit, 4 * SMALL));
            let (short, long) = (time(target, &small), time(target, &large));
            println!("{name}, {what}: {short:?}, {long:?}");
            // The square would be sixteen times as long.
            if long > TOO_SHORT && long > short * 10 {
                slow.push(format!("{name}, many {what}: {short:?} for {SMALL}, {long:?} for four times as many"));
            }
        }
    }
    assert_eq!(slow, Vec::<String>::new());
}
