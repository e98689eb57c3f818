//! Section 9: who must have been able to look, and how days count.

use armistice_records::{Direction, Effect, Kind, Place, Record, TimePrecision};
use armistice_reference::{DayState, GateState};
use jiff::civil::date;

use crate::case::{Case, NO_ATTACK, hours, names, notice, point, report};

/// The gate's state, with full access on record by one.
fn state(verified: &str, by: &str) -> GateState {
    let gate = format!("{NO_ATTACK}\ngate Next\n  opens when 1 is kept for 2 consecutive days\n{verified}");
    let happened = hours(24, 0, 40 * 24);
    let access = Record { happened, ..notice("seen", Kind::Access, &[by], Effect::AccessFull, &[]) };
    Case::new("2020-03-26", 95, &[&gate], vec![access]).known().gate(0).0
}

#[test]
fn only_the_one_named_shows_that_days_were_kept() {
    assert!(matches!(state("", "Mission"), GateState::Open(_)));
    assert!(matches!(state("", "Abroad"), GateState::CannotTell));
    assert!(matches!(state("  verified by Mission", "Mission"), GateState::Open(_)));
    assert!(matches!(state("  verified by Abroad", "Mission"), GateState::CannotTell));
    assert!(matches!(state("  verified by Abroad", "Abroad"), GateState::Open(_)));
}

/// Where a gate over the ban on attacks stands, with these rules and records and
/// full access, and what its first five days were, from 26 March.
fn run(rules: &str, mut records: Vec<Record>) -> (GateState, Vec<DayState>) {
    let gate = format!("{NO_ATTACK}\ngate Next\n  opens when 1 is kept for 4 consecutive days\n{rules}");
    let happened = hours(24, 0, 40 * 24);
    records.push(Record { happened, ..notice("seen", Kind::Access, &["Mission"], Effect::AccessFull, &[]) });
    let (state, days) = Case::new("2020-03-26", 95, &[&gate], records).known().gate(0);
    (state, days.into_iter().take(5).collect())
}

/// The north attacks the south at an hour of 27 March, the second day.
fn attack(id: &str, hour: i8) -> Record {
    Record { happened: hours(27, hour, 1), time_precision: TimePrecision::Moment, ..report(id) }
}

fn second(rules: &str, records: Vec<Record>) -> DayState {
    run(rules, records).1[1]
}

#[test]
fn breaches_are_borne_up_to_a_number_a_day() {
    let both = || vec![attack("a", 10), attack("b", 15)];
    assert_eq!(second("", vec![attack("a", 10)]), DayState::Broken);
    assert_eq!(second("  tolerating 1 breach a day\n", vec![attack("a", 10)]), DayState::Kept);
    assert_eq!(second("  tolerating 1 breach a day\n", both()), DayState::Broken);
    assert_eq!(second("  tolerating 2 breaches a day\n", both()), DayState::Kept);
    // One of them may have been another's: whether there were two is open.
    let unsure = Record { side_a: names(&["passers-by"]), ..attack("b", 15) };
    assert_eq!(second("  tolerating 1 breach a day\n", vec![attack("a", 10), unsure]), DayState::Doubtful);
    // Two records of one event are one breach.
    let again = Record { event: Some("a".to_owned()), ..attack("b", 15) };
    assert_eq!(second("  tolerating 1 breach a day\n", vec![attack("a", 10), again]), DayState::Kept);
}

#[test]
fn what_pauses_the_count_leaves_its_day_out() {
    let (state, days) = run("  paused by any breach\n", vec![attack("a", 10)]);
    assert_eq!(days[1], DayState::Paused);
    assert_eq!(state, GateState::Open(date(2020, 3, 30)));
    assert_eq!(run("", vec![attack("a", 10)]).0, GateState::Open(date(2020, 3, 31)));
}

#[test]
fn only_those_named_reset_the_count() {
    assert_eq!(second("  reset by breaches of North\n", vec![attack("a", 10)]), DayState::Broken);
    assert_eq!(second("  reset by breaches of South\n", vec![attack("a", 10)]), DayState::Kept);
    let either = || vec![Record { direction: Direction::Undirected, ..attack("a", 10) }];
    assert_eq!(second("  reset by breaches of South\n", either()), DayState::Doubtful);
    assert_eq!(second("  reset by breaches of North and South\n", either()), DayState::Broken);
}

#[test]
fn breaches_elsewhere_do_not_count() {
    let at = |place: Place| vec![Record { place, ..attack("a", 10) }];
    assert_eq!(second("  in Zone\n", at(point(48.5, 37.5, 0.0))), DayState::Broken);
    assert_eq!(second("  in Zone\n", at(point(40.0, 30.0, 0.0))), DayState::Kept);
    assert_eq!(second("  in Zone\n", at(Place::Unknown)), DayState::Doubtful);
}

#[test]
fn where_a_reset_is_declared_breaches_alone_do_not_reset() {
    let declared = |hour, length| Record {
        happened: hours(27, hour, length),
        ..notice("reset", Kind::Decision, &["Mission"], Effect::FoundNotDone, &["Next"])
    };
    let rule = "  reset by decision of Mission\n";
    assert_eq!(second(rule, vec![attack("a", 10)]), DayState::Doubtful);
    assert_eq!(second(&format!("{rule}  certified by Mission\n"), vec![attack("a", 10)]), DayState::ForPeople);
    assert_eq!(second(rule, vec![declared(12, 1)]), DayState::Broken);
    assert_eq!(second(rule, vec![declared(12, 24)]), DayState::Doubtful);
    let other = Record { side_a: names(&["East"]), ..declared(12, 1) };
    assert_eq!(second(rule, vec![other]), DayState::Kept);
}

#[test]
fn notices_come_between_the_days_and_the_certificate() {
    let rules = "  after notice by North and South\n  certified by Mission\n";
    let told = |id: &str, by: &str, hour, kind, effect| Record {
        happened: hours(30, hour, 1),
        independence_groups: names(&["the mission's log"]),
        ..notice(id, kind, &[by], effect, &["Next"])
    };
    let north = || told("north", "the north", 8, Kind::Notification, Effect::Notified);
    let south = || told("south", "the south", 10, Kind::Notification, Effect::Notified);
    let certificate = |hour| told("yes", "Mission", hour, Kind::Decision, Effect::Certified);
    let on = date(2020, 3, 29);
    assert_eq!(run(rules, vec![north(), certificate(12)]).0, GateState::AwaitsNotice(on));
    assert_eq!(run(rules, vec![north(), south()]).0, GateState::AwaitsCertificate(on));
    assert_eq!(run(rules, vec![north(), south(), certificate(9)]).0, GateState::AwaitsCertificate(on));
    assert_eq!(run(rules, vec![north(), south(), certificate(12)]).0, GateState::Open(on));
}

#[test]
fn days_may_count_from_an_event() {
    let clause = format!("{NO_ATTACK}\nclause 2 \"x\"\nNorth must release all detainees\n  by D + 20 days");
    let gate = "gate Next\n  opens when 1 is kept for 2 consecutive days\n  counting from completion of 2\n";
    let days = |records: Vec<Record>| {
        let case = Case::new("2020-03-26", 95, &[&format!("{clause}\n{gate}")], records);
        case.known().gate(0).1.into_iter().take(4).collect::<Vec<_>>()
    };
    assert!(days(Vec::new()).iter().all(|day| *day == DayState::Doubtful));
    let done =
        Record { happened: hours(28, 0, 1), ..notice("done", Kind::Decision, &["Mission"], Effect::FoundDone, &["2"]) };
    let (doubtful, quiet) = (DayState::Doubtful, DayState::Quiet);
    assert_eq!(days(vec![done]), [doubtful, doubtful, doubtful, quiet]);
    let not = Record {
        happened: hours(28, 0, 1),
        ..notice("not", Kind::Decision, &["Mission"], Effect::FoundNotDone, &["2"])
    };
    assert_eq!(days(vec![not])[..2], [DayState::Lapsed, DayState::Lapsed]);
}
