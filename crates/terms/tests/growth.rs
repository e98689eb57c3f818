//! Four times the page takes about four times as long to be checked, whatever it
//! is made of.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use armistice_terms::{Form, Level, check};

const HEAD: &str = "agreement \"A\"\n  signed 2020-01-01\n  times in UTC\n  days start at 00:00\nmoment D is 2020-01-02 00:00\nparty North\nparty South\nmonitor Mission\n";

/// Below this, the clock says nothing.
const TOO_SHORT: Duration = Duration::from_millis(40);

/// A page of so many things of one kind, each of which names others where it can.
fn page(count: usize, thing: fn(usize) -> String) -> String {
    let mut text = HEAD.to_owned();
    for number in 1..=count {
        write!(text, "{}", thing(number)).unwrap();
    }
    text
}

/// The shortest of three runs: what else the machine does only adds.
fn time(text: &str) -> Duration {
    let run = || {
        let start = Instant::now();
        drop(black_box(check(text, Form::Plain, &|_| Err("no files".to_owned()))));
        start.elapsed()
    };
    (0..3).map(|_| run()).min().unwrap()
}

fn before(number: usize) -> usize {
    number.saturating_sub(1).max(1)
}

#[test]
fn checking_grows_with_the_page_and_not_with_its_square() {
    type Thing = (&'static str, fn(usize) -> String);
    let things: &[Thing] = &[
        ("terms", |n| format!("clause {n} \"x\"\nNorth must not attack South\n  from D\n  for {n} hours\n")),
        ("terms that wait for one another", |n| {
            let earlier = before(n);
            format!("clause {n} \"x\"\nNorth must not attack South\n  from completion of {earlier} + 1 day\n")
        }),
        ("texts that prevail over a clause each", |n| {
            format!(
                "instrument I{n} \"i\"\n  signed 2020-01-01\n  prevails over {n}\nclause {n} \"x\"\nNorth must not attack South\n  from D\nclause 1{n} \"x\"\nNorth must not fly\n  under I{n}\n"
            )
        }),
        ("moments in a row", |n| match n {
            1 => "moment M1 is D + 1 hour\n".to_owned(),
            n => format!("moment M{n} is M{} + 1 hour\n", n - 1),
        }),
        ("moments in a row, the last first", |n| format!("moment M{} is M{} + 1 minute\n", 100_000 - n, 99_999 - n)),
        ("places measured from one another", |n| match n {
            1 => "area P1\n  undefined \"nobody drew it\"\n".to_owned(),
            n => format!("area P{n}\n  within 1 km of P{}\n", n - 1),
        }),
        ("ground, and terms on it", |n| {
            format!(
                "area G{n}\n  undefined \"never drawn {n}\"\nclause {n} \"x\"\nNorth must withdraw all forces out of G{n}\n  by 2020-02-01\n"
            )
        }),
        ("gates", |n| {
            format!(
                "clause {n} \"x\"\nNorth must not attack South\n  from D\ngate Gate{n} \"g\"\n  opens when {n} is kept for 7 consecutive days\n  certified by Mission\n"
            )
        }),
        ("phases in a row", |n| format!("phase Phase{n} \"p\"\n  from D for 3 days\n  then Phase{}\n", n + 1)),
        ("classes of weapons, and terms on them", |n| {
            format!(
                "weapons W{n} are tanks and \"make {n}\"\nclause {n} \"x\"\nNorth may keep at most {n} W{n}\n  from D\n"
            )
        }),
        ("systems", |n| format!("system \"S{n}\" is artillery\n  also called \"other {n}\"\n")),
        ("names in records", |n| format!("outsider O{n}\n  known as \"name {n}\"\n")),
        ("names of one", |n| match n {
            1 => "outsider O\n".to_owned(),
            n => format!("  known as \"name {n}\"\n"),
        }),
        ("brackets of one source", |n| {
            format!("clause {n} \"x\"\nNorth must not attack South\n  from D\n  for [{n} hours: \"source {n}\"]\n")
        }),
        ("terms replaced", |n| {
            let earlier = before(n);
            format!(
                "clause {n} \"x\"\nNorth must not attack South\n  from D\n{}",
                if n > 1 { format!("  in place of {earlier}\n") } else { String::new() }
            )
        }),
        ("one clause of many", |n| format!("North must not attack South\n  from D\n  for {n} hours\n")),
        ("words", |n| format!("term Word{n}\n  means \"something {n}\"\n")),
        ("names nobody declared", |n| format!("clause {n} \"x\"\nNorth must not attack Nobody{n}\n  from D\n")),
        ("one long sentence", |n| match n {
            1 => "clause 1 \"x\"\nNorth must clear roads of mines".to_owned(),
            n => format!(" and word{n}, word"),
        }),
    ];
    let mut slow = Vec::new();
    for (name, thing) in things {
        let (small, large) = (page(200, *thing), page(800, *thing));
        let wrong = check(&small, Form::Plain, &|_| Err("no files".to_owned()));
        let wrong = wrong.diagnostics.iter().find(|d| d.level == Level::Error).map(|d| d.title.clone());
        // The square would be sixteen times as long. A machine that is busy with
        // other work does not look slow three times over.
        let squares = (0..3).all(|_| {
            let (short, long) = (time(&small), time(&large));
            println!("{name}: {short:?}, {long:?}; {wrong:?}");
            long > TOO_SHORT && long > short * 9
        });
        if squares {
            slow.push(*name);
        }
    }
    assert_eq!(slow, Vec::<&str>::new());
}
