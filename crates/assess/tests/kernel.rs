//! The kernel on records made for it: logic, sides, places, exceptions.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use armistice_assess::{Point, Reason, Standing, Truth, Verdict, verdict};
use armistice_geodesy::{Metres, Position, Radius95};
use armistice_records::{Act, Direction, Effect, Kind, Place, Record, When};
use jiff::civil::date;
use proptest::prelude::*;

use common::*;

#[test]
fn seven_points_come_to_what_kleene_says() {
    let values = [Truth::False, Truth::Unknown, Truth::True];
    for code in 0..2187_usize {
        let truths: Vec<Truth> = (0..7).map(|i| values[code / 3_usize.pow(i) % 3]).collect();
        let points: [Point; 7] = std::array::from_fn(|i| Point { truth: truths[i], reason: Reason::NotReached });
        let met = &truths[..6];
        let expected = if met.contains(&Truth::False) {
            Verdict::OutOfScope
        } else if truths[6] == Truth::True {
            Verdict::Excepted
        } else if met.iter().all(|t| *t == Truth::True) && truths[6] == Truth::False {
            Verdict::Breach
        } else {
            Verdict::CannotTell
        };
        assert_eq!(verdict(&points), expected, "{truths:?}");
    }
}

#[test]
fn a_clash_is_a_breach_by_at_least_one_and_by_no_party_alone() {
    let checked = checked();
    let got = answer(&checked, &[record("r-1", Kind::Incident, date(2020, 1, 4), 1)], JAN_9);
    assert_eq!(standing(&got, 0, 0), Standing::Breached);
    assert_eq!(standing(&got, 0, 1), Standing::NotDeterminable);
    assert_eq!(standing(&got, 0, 2), Standing::NotDeterminable);
    // A record that says who acted is another matter.
    let mut directed = record("r-1", Kind::Incident, date(2020, 1, 4), 1);
    directed.direction = Direction::AOnB;
    let got = answer(&checked, &[directed], JAN_9);
    assert_eq!(standing(&got, 0, 1), Standing::Breached);
    assert_ne!(standing(&got, 0, 2), Standing::Breached);
}

/// The verdict and the actor point of the first finding on the first provision.
fn who(side_a: &[&str], side_b: &[&str], directed: bool) -> (Option<Verdict>, Option<Reason>) {
    let checked = checked();
    let names = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
    let mut made = record("r-1", Kind::Incident, date(2020, 1, 4), 1);
    (made.side_a, made.side_b) = (names(side_a), names(side_b));
    made.direction = if directed { Direction::AOnB } else { Direction::Undirected };
    let got = answer(&checked, &[made], JAN_9);
    let found = got.findings.iter().find(|f| f.provision == 0).map(|f| f.judgements[0].1);
    (found.map(|j| j.verdict), found.map(|j| j.points[2].reason))
}

#[test]
fn who_nobody_knows_may_be_anybody() {
    let nobody = (Some(Verdict::CannotTell), Some(Reason::NobodyKnown));
    assert_eq!(who(&[], &["the south"], true), nobody);
    assert_eq!(who(&["gunmen"], &["the south"], true), nobody);
    assert_eq!(who(&["the north"], &[], true), nobody);
    assert_eq!(who(&["the north"], &["gunmen"], false), nobody);
    // Whoever they were, this provision does not protect those it excludes.
    assert_eq!(who(&["gunmen"], &["the others"], false).0, None);
}

#[test]
fn on_a_mixed_side_the_other_may_have_acted_or_been_hit() {
    let mixed = (Some(Verdict::CannotTell), Some(Reason::SideMixed));
    assert_eq!(who(&["the north"], &["the south", "the others"], false), mixed);
    assert_eq!(who(&["the north", "the others"], &["the south"], true), mixed);
    assert_eq!(who(&["the north", "gunmen"], &["the south"], true).0, Some(Verdict::CannotTell));
}

#[test]
fn only_a_bound_party_claims_an_exception() {
    let checked = checked();
    let mut clash = record("r-1", Kind::Incident, date(2020, 1, 4), 1);
    clash.direction = Direction::AOnB;
    let claimed_by = |who: &str| {
        let claim = notice("n-1", Kind::Notification, Effect::ExceptionClaimed, &[who], date(2020, 1, 5), 1);
        let got = answer(&checked, &[clash.clone(), claim], JAN_9);
        got.findings[0].judgements[0].1.verdict
    };
    assert_eq!(claimed_by("the north"), Verdict::CannotTell);
    // The other party did not act, and a guarantor is not bound.
    assert_eq!(claimed_by("the south"), Verdict::Breach);
    assert_eq!(claimed_by("East"), Verdict::Breach);
}

#[test]
fn a_claimed_exception_is_not_a_shown_one() {
    let checked = checked();
    let clash = record("r-1", Kind::Incident, date(2020, 1, 4), 1);
    let mut claim = notice("n-1", Kind::Notification, Effect::ExceptionClaimed, &["the north"], date(2020, 1, 5), 1);
    claim.message.as_mut().unwrap().subject = vec!["r-1".to_owned()];
    let got = answer(&checked, &[clash, claim], JAN_9);
    assert_eq!(got.findings[0].judgements[0].1.verdict, Verdict::CannotTell);
}

#[test]
fn civilians_are_hit_only_where_the_record_says_so() {
    let terms = TERMS.replace("must not attack each other", "must not attack civilians");
    let checked = armistice_terms::check(&terms, armistice_terms::Form::Plain, &|_| Ok(SHAPES.to_owned()));
    assert!(!checked.has_errors(), "{:?}", checked.diagnostics);
    let verdict_of = |act: Act, on: &str, dead: u32| {
        let mut made = record("r-1", Kind::Incident, date(2020, 1, 4), 1);
        made.direction = Direction::AOnB;
        made.side_b = vec![on.to_owned()];
        (made.act, made.civilian_deaths) = (act, Some(dead));
        let got = answer(&checked, &[made], JAN_9);
        got.findings.iter().find(|f| f.provision == 0).map(|f| f.judgements[0].1.verdict)
    };
    assert_eq!(verdict_of(Act::AttackCivilians, "Civilians", 1), Some(Verdict::Breach));
    assert_eq!(verdict_of(Act::Attack, "the south", 1), Some(Verdict::CannotTell));
    assert_eq!(verdict_of(Act::Attack, "the south", 0), None);
}

#[test]
fn guns_near_the_post() {
    let checked = checked();
    let sighting = |id: &str, latitude: f64, weapon: &str| {
        let mut seen = record(id, Kind::Sighting, date(2020, 1, 4), 1);
        seen.act = Act::Presence;
        seen.direction = Direction::AOnB;
        let radius = Radius95::new(Metres::new(50.0)).unwrap();
        seen.place = Place::Point { at: Position::new(latitude, 37.0).unwrap(), radius };
        seen.weapons = vec![weapon.to_owned()];
        seen
    };
    let verdict_of = |seen: Record| {
        let got = answer(&checked, &[seen], JAN_9);
        got.findings.iter().find(|f| f.provision == 1).map(|f| f.judgements[0].1.verdict)
    };
    // Seen on the spot, and good to no more than 25 km: it is not seen outside.
    let mut vague = sighting("s-1", 48.0, "howitzers");
    vague.place =
        Place::Point { at: Position::new(48.0, 37.0).unwrap(), radius: Radius95::new(Metres::new(25_000.0)).unwrap() };
    assert_eq!(verdict_of(vague.clone()), Some(Verdict::CannotTell));
    vague.place =
        Place::Point { at: Position::new(49.0, 37.0).unwrap(), radius: Radius95::new(Metres::new(25_000.0)).unwrap() };
    assert_eq!(verdict_of(vague), None);
    // A thousandth of a degree of latitude is about 111 m.
    assert_eq!(verdict_of(sighting("s-1", 48.005, "howitzers")), Some(Verdict::Breach));
    assert_eq!(verdict_of(sighting("s-1", 48.009, "howitzers")), Some(Verdict::CannotTell));
    assert_eq!(verdict_of(sighting("s-1", 48.020, "howitzers")), None);
    assert_eq!(verdict_of(sighting("s-1", 48.005, "small arms")), None);
    assert_eq!(verdict_of(sighting("s-1", 48.005, "heavy weapons")), Some(Verdict::CannotTell));
}

fn side() -> impl Strategy<Value = Vec<String>> {
    const NAMES: [&str; 6] = ["the north", "the south", "the south-west", "the others", "somebody else", "Civilians"];
    proptest::collection::vec(proptest::sample::select(&NAMES[..]).prop_map(str::to_owned), 1..3)
}

fn any_record() -> impl Strategy<Value = Record> {
    (side(), side(), any::<bool>(), 1_i8..28, 1_i64..5, 0_usize..Act::ALL.len()).prop_map(
        |(side_a, side_b, directed, day, days, act)| Record {
            side_a,
            side_b,
            direction: if directed { Direction::AOnB } else { Direction::Undirected },
            act: Act::ALL[act],
            ..record("r-1", Kind::Incident, date(2020, 1, day), days)
        },
    )
}

proptest! {
    #[test]
    fn unknown_never_turns_into_a_verdict(made in any_record()) {
        let checked = checked();
        let got = answer(&checked, std::slice::from_ref(&made), "2020-02-01T00:00Z");
        for found in &got.findings {
            for (_, judgement) in &found.judgements {
                let unknown = judgement.points.iter().any(|p| p.truth == Truth::Unknown);
                prop_assert!(!(unknown && judgement.verdict == Verdict::Breach));
                // An excluded group is never a candidate.
                let excluded = checked.agreement().actors.iter().position(|a| a.name == "Others").unwrap();
                prop_assert!(!judgement.candidates.has(excluded));
            }
        }
        for row in &got.standings[0].rows {
            if let Some(party) = row.party.filter(|_| row.standing == Standing::Breached) {
                let alone = |f: &armistice_assess::Found| f.judgements.iter().any(|(_, j)| {
                    j.verdict == Verdict::Breach && j.candidates == armistice_terms::ActorSet::one(party)
                });
                prop_assert!(got.findings.iter().any(alone));
            }
            prop_assert!(row.standing != Standing::Kept, "nobody could look");
        }
    }

    #[test]
    fn knowing_less_never_makes_a_breach(made in any_record(), blur in 0_usize..3) {
        let checked = checked();
        let breached = |record: &Record| {
            let got = answer(&checked, std::slice::from_ref(record), "2020-02-01T00:00Z");
            got.findings.iter().any(|f| f.provision == 0 && f.judgements.iter().any(|(_, j)| j.verdict == Verdict::Breach))
        };
        let mut less = made.clone();
        match blur {
            0 => less.direction = Direction::Undirected,
            1 => for name in less.side_b.iter_mut().filter(|n| *n == "the south") { *name = "the south-west".to_owned(); },
            _ => if let When::Local { from, .. } = &mut less.happened { *from = date(2019, 12, 1).at(0, 0, 0, 0); },
        }
        prop_assert!(breached(&made) || !breached(&less) || blur == 0);
        if blur == 0 && made.direction == Direction::AOnB && made.act == Act::Attack {
            // Undirected may name more candidates, never fewer.
            let candidates = |record: &Record| answer(&checked, std::slice::from_ref(record), "2020-02-01T00:00Z")
                .findings.iter().filter(|f| f.provision == 0)
                .flat_map(|f| f.judgements.iter().map(|(_, j)| j.candidates.0)).fold(0, |a, b| a | b);
            prop_assert_eq!(candidates(&made) & !candidates(&less), 0);
        }
    }
}

/// The probability that a sighting exactly on the post lies in ground around
/// the ground within 1 km of it.
#[test]
fn ground_around_ground_is_ground_around_both() {
    let terms = format!("{TERMS}area Disc\n  within 1 km of Post\n")
        .replace("at least 1 km from Post", "at least 500 m from Disc");
    let terms = terms.replace("good to 100 m", "good to 2 km");
    let checked = armistice_terms::check(&terms, armistice_terms::Form::Plain, &|_| Ok(SHAPES.to_owned()));
    assert!(!checked.has_errors(), "{:?}", checked.diagnostics);
    let mut seen = record("r-1", Kind::Sighting, date(2020, 1, 4), 1);
    seen.act = Act::Presence;
    seen.weapons = vec!["howitzers".to_owned()];
    seen.place = Place::Point { at: Position::new(48.0, 37.0).unwrap(), radius: Radius95::EXACT };
    let got = answer(&checked, &[seen], JAN_9);
    let found = got.findings.iter().find(|f| f.provision == 1).unwrap();
    // 1 − exp(−r²/2σ²), r = 1.5 km and R = 2 km.
    let probability = found.judgements[0].1.placing.probability.unwrap();
    assert!((probability - 0.815).abs() < 0.001, "{probability}");
}

/// Whom a name means may be disputed, and a term about others hangs on it, too.
#[test]
fn a_term_hangs_on_how_anybody_is_named() {
    let text = "agreement \"A\"\n  signed 2020-01-01\n  times in UTC\nparty North\n  known as [\"rebels\": \"one\" | \"the band\": \"other\"]\n\
        party South\nSouth must not attack anyone\n  from 2020-01-02\n";
    let checked = armistice_terms::check(text, armistice_terms::Form::Plain, &|_| Err(String::new()));
    assert!(!checked.has_errors(), "{:?}", checked.diagnostics);
    let mut attack = record("r", Kind::Incident, date(2020, 1, 5), 1);
    attack.side_a = vec!["rebels".to_owned()];
    attack.direction = armistice_records::Direction::AOnB;
    attack.side_b = vec!["villagers".to_owned()];
    let got = answer(&checked, &[attack], "2020-01-09T00:00:00Z");
    // By the one reading North did it; by the other, nobody knows who did.
    assert_eq!(got.variants.len(), 2);
    assert_eq!(got.findings[0].judgements.len(), 1);
    assert_eq!(got.findings[0].judgements[0].1.verdict, Verdict::CannotTell);
}

/// Why the first finding on the third clause is not told, by its point.
fn untold(clause: &str, made: Record, point: usize) -> (Truth, Reason) {
    let text = TERMS.replace("gate Next", &format!("{clause}\ngate Next"));
    let checked = armistice_terms::check(&text, armistice_terms::Form::Plain, &|_| Ok(SHAPES.to_owned()));
    assert!(!checked.has_errors(), "{:#?}", checked.diagnostics);
    let got = answer(&checked, &[made], JAN_9);
    let found = got.findings.iter().find(|f| f.provision == 2).unwrap();
    let point = found.judgements[0].1.points[point];
    (point.truth, point.reason)
}

#[test]
fn what_cannot_be_told_is_so_for_its_own_reason() {
    let made =
        Record { direction: Direction::AOnB, act: Act::Arrest, ..record("r-1", Kind::Incident, date(2020, 1, 4), 1) };
    let arrest = "clause 3 \"Arrests\"\nNorth must not arrest civilians\n  from D";
    assert_eq!(untold(arrest, made, 2), (Truth::Unknown, Reason::CiviliansNotNamed));
    // Near joined ground; where no points are counted, none are spoken of.
    let near = "area Holed\n  within 20 km of Post\n  without Disc\narea Disc\n  within 1 km of Post\n\
                clause 3 \"Guns\"\nNorth must keep artillery at least 3 km from Holed\n  from D";
    let seen = |place| Record { act: Act::Presence, place, ..record("r-1", Kind::Sighting, date(2020, 1, 4), 1) };
    let at = |km: f64| Place::Point {
        at: Position::new(48.0, 37.0 + km / 74.625).unwrap(),
        radius: Radius95::new(Metres::ZERO).unwrap(),
    };
    assert_eq!(untold(near, seen(at(22.0)), 3), (Truth::Unknown, Reason::NearJoined));
    assert_eq!(untold(near, seen(Place::Unknown), 3), (Truth::Unknown, Reason::PlaceNotStated));
}
