//! Four times the open points take about four times as long to be shown.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use armistice_brief::{brackets_json, brackets_text, show_json, show_text};
use armistice_terms::{Checked, Form, check};

const HEAD: &str =
    "agreement \"A\"\n  signed 2020-01-01\n  times in UTC\n  days start at 00:00\nparty North\nparty South\n";

/// Below this, the clock says nothing.
const TOO_SHORT: Duration = Duration::from_millis(50);

/// Terms, each with a number that one source alone gives, and one question that
/// is open.
fn page(count: usize) -> Checked {
    let mut text = HEAD.to_owned();
    text += "moment D is [2020-01-02 00:00: \"one text\" | 2020-01-03 00:00: \"the other\"]\n";
    for number in 1..=count {
        write!(
            text,
            "clause {number} \"x\"\nNorth must not attack South\n  from D\n  for [{number} hours: \"source {number}\"]\n"
        )
        .unwrap();
    }
    let checked = check(&text, Form::Plain, &|_| Err("no files".to_owned()));
    assert!(!checked.has_errors());
    assert_eq!((checked.questions.len(), checked.readings.len()), (count + 1, 2));
    checked
}

/// A draft in which as many delegations take a stand, refer it to somebody and
/// wait for an answer, and as many places are never drawn.
fn talks(count: usize) -> Checked {
    let mut text = HEAD.to_owned();
    text += "moment D is [2020-01-02 00:00: \"one text\" | 2020-01-03 00:00: \"the other\"]\n";
    for number in 1..=count {
        write!(
            text,
            "clause {number} \"x\"
North must not attack South
  from D
area Ground{number}
  undefined \"never drawn, {number}\"
North must withdraw all forces out of Ground{number}
  by 2020-02-01
position North \"we ask for it\"
  about {number}
  prefers \"one text\"
  ad referendum to \"office {number}\"
approval North \"office {number}\"
  about {number}
  pending since 2020-01-02 10:00
"
        )
        .unwrap();
    }
    let checked = check(&text, Form::Plain, &|_| Err("no files".to_owned()));
    let wrong: Vec<_> =
        checked.diagnostics.iter().filter(|d| d.level == armistice_terms::Level::Error).take(3).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    checked
}

/// The shortest of three runs: what else the machine does only adds.
fn time(work: impl Fn()) -> Duration {
    let run = || {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..3).map(|_| run()).min().unwrap()
}

/// How long each way takes of two pages, of which one is four times the other:
/// those that take nearer to sixteen times as long.
fn slow(small: &Checked, large: &Checked, ways: &[Way]) -> Vec<String> {
    let mut slow = Vec::new();
    for (name, way) in ways {
        // A machine that is busy with other work does not look slow three times over.
        let squares = (0..3).all(|_| {
            let (short, long) = (time(|| way(small)), time(|| way(large)));
            println!("{name}: {short:?}, {long:?}");
            long > TOO_SHORT && long > short * 10
        });
        if squares {
            slow.push((*name).to_owned());
        }
    }
    slow
}

type Way = (&'static str, fn(&Checked));

#[test]
fn showing_a_draft_grows_with_those_who_speak_in_it_and_not_with_their_square() {
    let ways: [Way; 3] = [
        ("brackets", |c| drop(black_box(brackets_text(c, None)))),
        ("brackets in JSON", |c| drop(black_box(brackets_json(c, None)))),
        ("what is unsaid", |c| drop(black_box(armistice_drafting::unsaid(c)))),
    ];
    assert_eq!(slow(&talks(500), &talks(2000), &ways), Vec::<String>::new());
}

#[test]
fn showing_grows_with_the_open_points_and_not_with_their_square() {
    let ways: [Way; 3] = [
        ("show", |c| drop(black_box(show_text(c)))),
        ("show in JSON", |c| drop(black_box(show_json(c)))),
        ("open points", |c| drop(black_box(armistice_drafting::open_points(c)))),
    ];
    assert_eq!(slow(&page(150), &page(600), &ways), Vec::<String>::new());
}
