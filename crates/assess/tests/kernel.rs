//! The kernel on records made for it: logic, renewal, gates, access.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

use armistice_assess::{
    Assessment, Bearing, DayState, Evidence, EvidenceError, GateState, Options, Point, Reason, Standing, Truth,
    Verdict, assess, explain, instants, verdict,
};
use armistice_geodesy::{Metres, Position, Radius95};
use armistice_records::{
    Act, Clarity, Dataset, Direction, Effect, Kind, Message, Origin, Place, Reach, Record, TimePrecision, When,
    batches_of,
};
use armistice_terms::{Checked, Form};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TERMS: &str = r#"
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

const SHAPES: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","id":"post","properties":{},
"geometry":{"type":"Point","coordinates":[37.0,48.0]}}]}"#;

fn checked() -> Checked {
    let checked = armistice_terms::check(TERMS, Form::Plain, &|_| Ok(SHAPES.to_owned()));
    assert!(!checked.has_errors(), "{:?}", checked.diagnostics);
    checked
}

fn record(id: &str, kind: Kind, from: Date, days: i64) -> Record {
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
        clarity: Clarity::Clear,
        sources: None,
        reliability: None,
        credibility: None,
        independence_group: None,
        message: None,
        note: None,
        origin: Origin { dataset: "made".to_owned(), file: "made".to_owned(), line: 1, sha256: [0; 32], row: None },
    }
}

fn notice(id: &str, kind: Kind, effect: Effect, by: &[&str], from: Date, days: i64) -> Record {
    let mut made = record(id, kind, from, days);
    made.side_a = by.iter().map(|b| (*b).to_owned()).collect();
    made.side_b = Vec::new();
    made.direction = Direction::AOnB;
    made.act = Act::Other;
    made.message = Some(Message { effect, subject: Vec::new(), until: None, count: None });
    made
}

fn everything() -> Vec<Dataset> {
    let kinds = Kind::ALL.to_vec();
    let reach = Reach { kinds, lethal_only: false, tells_who_acted: true, tells_weapons: true };
    vec![Dataset { name: "made".to_owned(), attribution: String::new(), reach, caveats: Vec::new() }]
}

fn answer<'a>(checked: &'a Checked, records: &[Record], until: &str) -> Assessment<'a> {
    let batches = batches_of(records).unwrap();
    let period = Some(("2020-01-01T22:00Z".parse().unwrap(), until.parse().unwrap()));
    let datasets = everything();
    let evidence = Evidence { batches: &batches, datasets: &datasets, unread: 0 };
    assess(checked, evidence, Options { period, baseline: None, as_of: None }).unwrap()
}

fn standing(assessment: &Assessment<'_>, provision: usize, row: usize) -> Standing {
    assessment.standings[provision].rows[row].standing
}

const JAN_9: &str = "2020-01-08T22:00Z";

#[test]
fn six_points_come_to_what_kleene_says() {
    let values = [Truth::False, Truth::Unknown, Truth::True];
    for code in 0..729_usize {
        let truths: Vec<Truth> = (0..6).map(|i| values[code / 3_usize.pow(i) % 3]).collect();
        let points: [Point; 6] = std::array::from_fn(|i| Point { truth: truths[i], reason: Reason::NotReached });
        let met = &truths[..5];
        let expected = if met.contains(&Truth::False) {
            Verdict::OutOfScope
        } else if truths[5] == Truth::True {
            Verdict::Excepted
        } else if met.iter().all(|t| *t == Truth::True) && truths[5] == Truth::False {
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

#[test]
fn quiet_is_kept_only_where_somebody_could_look() {
    let checked = checked();
    assert_eq!(standing(&answer(&checked, &[], JAN_9), 0, 0), Standing::NoBreachRecorded);
    let access = notice("a-1", Kind::Access, Effect::AccessFull, &["mission"], date(2020, 1, 1), 30);
    assert_eq!(standing(&answer(&checked, std::slice::from_ref(&access), JAN_9), 0, 0), Standing::Kept);
    let short = notice("a-1", Kind::Access, Effect::AccessFull, &["mission"], date(2020, 1, 1), 4);
    assert_eq!(standing(&answer(&checked, &[short], JAN_9), 0, 0), Standing::NoBreachRecorded);
}

#[test]
fn the_gates_clock() {
    let checked = checked();
    let access = notice("a-1", Kind::Access, Effect::AccessFull, &["mission"], date(2020, 1, 1), 30);
    let mut certificate = notice("c-1", Kind::Decision, Effect::Certified, &["East", "West"], date(2020, 1, 6), 1);
    certificate.message.as_mut().unwrap().subject = vec!["Next".to_owned()];
    let clash = record("r-1", Kind::Incident, date(2020, 1, 4), 1);
    let state = |records: &[Record]| answer(&checked, records, JAN_9).gates[0][0].clone();

    assert_eq!(state(&[]).state, GateState::CannotTell);
    let kept = state(std::slice::from_ref(&access));
    assert_eq!(kept.state, GateState::AwaitsCertificate { on: date(2020, 1, 4) });
    let open = state(&[access.clone(), certificate.clone()]);
    assert_eq!(open.state, GateState::Opened { on: date(2020, 1, 4) });
    // What was certified before the days were complete does not open it.
    let reset = state(&[access.clone(), certificate.clone(), clash.clone()]);
    assert_eq!(reset.state, GateState::AwaitsCertificate { on: date(2020, 1, 7) });
    assert_eq!(reset.certificates, Vec::<String>::new());
    let later = Record { happened: record("", Kind::Decision, date(2020, 1, 8), 1).happened, ..certificate };
    assert_eq!(state(&[access.clone(), later, clash]).state, GateState::Opened { on: date(2020, 1, 7) });
    assert_eq!(reset.last_reset.unwrap().date, date(2020, 1, 4));
    assert_eq!(reset.running.unwrap().days, 4);
    // A clash somewhere within three days breaks none of them and clears none.
    let vague = record("r-2", Kind::Incident, date(2020, 1, 3), 3);
    let doubtful = state(&[access, vague]);
    let states: Vec<DayState> = doubtful.days.iter().map(|d| d.state).collect();
    assert_eq!(states[1..4], [DayState::Doubtful; 3]);
    assert_eq!(doubtful.state, GateState::AwaitsCertificate { on: date(2020, 1, 8) });
}

#[test]
fn renewal_takes_both() {
    let checked = checked();
    let late = record("r-1", Kind::Incident, date(2020, 2, 5), 1);
    let verdict_with = |by: &[&str]| {
        let mut decision = notice("d-1", Kind::Decision, Effect::Renewed, by, date(2020, 1, 30), 1);
        decision.message.as_mut().unwrap().until = Some("2020-03-01T00:00Z".parse().unwrap());
        let got = answer(&checked, &[late.clone(), decision], "2020-02-20T00:00Z");
        got.findings[0].judgements[0].1.verdict
    };
    assert_eq!(verdict_with(&["East", "West"]), Verdict::Breach);
    assert_eq!(verdict_with(&["East"]), Verdict::CannotTell);
    assert_eq!(verdict_with(&[]), Verdict::CannotTell);
}

/// What a record of each of these days comes to under the first provision.
fn days(records: &[Record], days: &[Date]) -> Vec<(Option<Verdict>, Reason)> {
    let checked = checked();
    let each = days.iter().map(|day| {
        let mut all = records.to_vec();
        all.push(record("r-1", Kind::Incident, *day, 1));
        let got = answer(&checked, &all, "2020-04-01T00:00Z");
        let found = got.findings.iter().find(|f| f.provision == 0).map(|f| f.judgements[0].1);
        let scoped = got.standings[0].out_of_scope.keys().next().copied();
        (found.map(|j| j.verdict), found.map_or_else(|| scoped.unwrap(), |j| j.points[0].reason))
    });
    each.collect()
}

#[test]
fn a_late_renewal_leaves_a_gap_and_a_renewal_of_nothing_changes_nothing() {
    let renewed = |id: &str, made: Date, until: &str| {
        let mut decision = notice(id, Kind::Decision, Effect::Renewed, &["East", "West"], made, 1);
        decision.message.as_mut().unwrap().until = Some(until.parse().unwrap());
        decision
    };
    let in_gap = date(2020, 2, 5);
    let late = renewed("d-1", date(2020, 2, 10), "2020-03-01T00:00Z");
    let states = days(std::slice::from_ref(&late), &[in_gap, date(2020, 2, 15), date(2020, 3, 15)]);
    let unknown = (Some(Verdict::CannotTell), Reason::RenewalUnknown);
    assert_eq!(states, [unknown, (Some(Verdict::Breach), Reason::InForce), unknown]);
    // Made after the end it names: it renews nothing.
    let past = renewed("d-0", date(2020, 2, 10), "2020-02-06T00:00Z");
    assert_eq!(days(&[past], &[in_gap, date(2020, 2, 15)]), [unknown, unknown]);
}

#[test]
fn suspension_and_its_end() {
    let by = ["East", "West"];
    let suspended = notice("d-1", Kind::Decision, Effect::Suspended, &by, date(2020, 1, 10), 1);
    let resumed = notice("d-2", Kind::Decision, Effect::Resumed, &by, date(2020, 1, 20), 1);
    let on = [date(2020, 1, 9), date(2020, 1, 10), date(2020, 1, 15), date(2020, 1, 20), date(2020, 1, 25)];
    let bound = (Some(Verdict::Breach), Reason::InForce);
    let that_day = (Some(Verdict::CannotTell), Reason::DecisionHour);
    assert_eq!(days(&[suspended.clone(), resumed], &on), [bound, that_day, (None, Reason::Suspended), that_day, bound]);
    // One of two guarantors suspends nothing.
    let alone = notice("d-1", Kind::Decision, Effect::Suspended, &["East"], date(2020, 1, 10), 1);
    assert_eq!(days(&[alone], &on), [bound; 5]);
    let ended = notice("d-3", Kind::Decision, Effect::Ended, &by, date(2020, 1, 15), 1);
    let states = days(&[ended], &[date(2020, 1, 10), date(2020, 1, 15), date(2020, 1, 20)]);
    assert_eq!(states, [bound, that_day, (None, Reason::AfterForce)]);
}

#[test]
fn a_closed_road_is_not_full_access() {
    let checked = checked();
    let full = notice("a-1", Kind::Access, Effect::AccessFull, &["mission"], date(2020, 1, 1), 30);
    let of = |records: &[Record]| {
        let got = answer(&checked, records, JAN_9);
        (standing(&got, 0, 0), got.notices.iter().map(|n| got.bearing(n)).collect::<Vec<_>>())
    };
    assert_eq!(of(std::slice::from_ref(&full)), (Standing::Kept, vec![Bearing::Counted]));
    let denied = notice("a-2", Kind::Access, Effect::AccessDenied, &["mission"], date(2020, 1, 5), 1);
    assert_eq!(of(&[full.clone(), denied]), (Standing::NoBreachRecorded, vec![Bearing::Counted; 2]));
    // Full access to one village says nothing of the rest.
    let village = Record { place_name: Some("a village".to_owned()), ..full };
    let (standing, bearing) = of(&[village]);
    assert_eq!(standing, Standing::NoBreachRecorded);
    assert!(matches!(bearing[..], [Bearing::Ignored(_)]));
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
fn dates_are_no_better_than_they_are_said_to_be() {
    let checked = checked();
    let mut vague = record("r-1", Kind::Incident, date(2020, 1, 4), 1);
    vague.time_precision = TimePrecision::Month;
    let got = answer(&checked, &[vague.clone()], JAN_9);
    assert_eq!(got.findings[0].judgements[0].1.verdict, Verdict::CannotTell);
    assert!(got.gates[0][0].days.iter().all(|d| d.state == DayState::Doubtful));
    // A week that is given as a week stays one.
    let mut week = record("r-1", Kind::Incident, date(2020, 1, 2), 7);
    week.time_precision = TimePrecision::Week;
    assert_eq!(answer(&checked, &[week], JAN_9).findings[0].judgements[0].1.verdict, Verdict::Breach);
}

#[test]
fn what_runs_out_of_the_period_decides_nothing_about_it() {
    let checked = checked();
    let long = record("r-1", Kind::Incident, date(2020, 1, 6), 10);
    let got = answer(&checked, &[long], JAN_9);
    assert_eq!(got.findings[0].judgements[0].1.verdict, Verdict::Breach);
    assert_eq!(standing(&got, 0, 0), Standing::NotDeterminable);
    assert!(got.standings[0].rows[0].readings[0].because.contains("edge of the period"));
}

#[test]
fn rows_left_out_leave_nothing_kept() {
    let checked = checked();
    let access = notice("a-1", Kind::Access, Effect::AccessFull, &["mission"], date(2020, 1, 1), 30);
    let batches = batches_of(&[access]).unwrap();
    let datasets = everything();
    let period = Some(("2020-01-01T22:00Z".parse().unwrap(), JAN_9.parse().unwrap()));
    let state = |unread: u64| {
        let evidence = Evidence { batches: &batches, datasets: &datasets, unread };
        let got = assess(&checked, evidence, Options { period, ..Options::default() }).unwrap();
        (standing(&got, 0, 0), got.gates[0][0].state.clone())
    };
    assert_eq!(state(0), (Standing::Kept, GateState::AwaitsCertificate { on: date(2020, 1, 4) }));
    assert_eq!(state(1), (Standing::NoBreachRecorded, GateState::CannotTell));
}

/// The answer as of a moment of 2020, `MM-DDTHH:MM`, UTC.
fn as_of<'a>(checked: &'a Checked, records: &[Record], at: &str) -> Assessment<'a> {
    let batches = batches_of(records).unwrap();
    let datasets = everything();
    let period = Some(("2020-01-01T22:00Z".parse().unwrap(), JAN_9.parse().unwrap()));
    let at: jiff::Timestamp = format!("2020-{at}Z").parse().unwrap();
    let last = at.checked_sub(jiff::Span::new().nanoseconds(1)).unwrap();
    let evidence = Evidence { batches: &batches, datasets: &datasets, unread: 0 };
    assess(checked, evidence, Options { period, baseline: None, as_of: Some(last) }).unwrap()
}

#[test]
fn nothing_is_used_that_was_not_known_by_then() {
    let checked = checked();
    let known = |record: Record, at: &str| Record { known: Some(at.parse().unwrap()), ..record };
    let clash = record("r-1", Kind::Incident, date(2020, 1, 4), 1);
    // The day ends at 22:00 UTC.
    let count = |records: &[Record], at: &str| {
        as_of(&checked, records, at).findings.iter().filter(|f| f.provision == 0).count()
    };
    assert_eq!(count(std::slice::from_ref(&clash), "01-04T22:00"), 1);
    assert_eq!(count(std::slice::from_ref(&clash), "01-04T12:00"), 0);
    let late = known(clash.clone(), "2020-01-07T00:00Z");
    assert_eq!(count(std::slice::from_ref(&late), "01-06T22:00"), 0);
    assert_eq!(count(&[late], "01-07T22:00"), 1);
    // One day of three had passed.
    assert_eq!(count(&[record("r-2", Kind::Incident, date(2020, 1, 4), 3)], "01-04T22:00"), 0);
    // Nor is a certificate of tomorrow.
    let access =
        known(notice("a-1", Kind::Access, Effect::AccessFull, &["mission"], date(2020, 1, 1), 30), "2020-01-01T00:00Z");
    let mut certificate = notice("c-1", Kind::Decision, Effect::Certified, &["East", "West"], date(2020, 1, 7), 1);
    certificate.message.as_mut().unwrap().subject = vec!["Next".to_owned()];
    let state = |at: &str| as_of(&checked, &[access.clone(), certificate.clone()], at).gates[0][0].state.clone();
    assert_eq!(state("01-06T22:00"), GateState::AwaitsCertificate { on: date(2020, 1, 4) });
    assert_eq!(state("01-07T22:00"), GateState::Opened { on: date(2020, 1, 4) });
    // The last day counts to its end, and the period is never drawn out.
    let got = as_of(&checked, std::slice::from_ref(&access), "01-04T22:00");
    assert_eq!(got.gates[0][0].days.last().unwrap().date, date(2020, 1, 4));
    assert_eq!(
        as_of(&checked, &[access], "03-01T00:00").window.1,
        JAN_9.parse::<jiff::Timestamp>().unwrap().as_second()
    );
    // An explanation says so.
    let batches = batches_of(std::slice::from_ref(&clash)).unwrap();
    let evidence = Evidence { batches: &batches, datasets: &[], unread: 0 };
    let options = Options { as_of: Some("2020-01-03T00:00Z".parse().unwrap()), ..Options::default() };
    assert!(!explain(&checked, evidence, options, "1:r-1").unwrap().known);
}

#[test]
fn a_slip_in_a_year_is_told_and_not_assessed() {
    let checked = checked();
    let batches = batches_of(&[record("r-1", Kind::Incident, date(9020, 1, 4), 1)]).unwrap();
    let evidence = Evidence { batches: &batches, datasets: &[], unread: 0 };
    let told = assess(&checked, evidence, Options::default()).unwrap_err().to_string();
    assert!(told.contains("the record r-1 (made line 1)"), "{told}");
}

#[test]
fn copies_must_agree_on_when_they_became_known() {
    let checked = checked();
    let one = record("r-1", Kind::Incident, date(2020, 1, 4), 1);
    let other = Record { known: Some("2020-01-07T00:00Z".parse().unwrap()), ..one.clone() };
    let batches = batches_of(&[one, other]).unwrap();
    let evidence = Evidence { batches: &batches, datasets: &[], unread: 0 };
    assert!(matches!(assess(&checked, evidence, Options::default()), Err(EvidenceError::TwoVersions { .. })));
}

#[test]
fn an_hour_that_never_was_still_takes_time() {
    let checked = checked();
    let mut gap = record("r-1", Kind::Incident, date(2020, 3, 29), 1);
    // In Kyiv the clocks went from 03:00 to 04:00.
    gap.happened = When::Local { from: date(2020, 3, 29).at(3, 59, 0, 0), until: date(2020, 3, 29).at(4, 0, 0, 0) };
    gap.time_precision = TimePrecision::Moment;
    let batches = batches_of(&[gap]).unwrap();
    let columns = armistice_records::RecordColumns::try_new(&batches[0]).unwrap();
    let [(from, until)] = instants(&columns, &checked.agreement().clock)[..] else { panic!("one row") };
    assert!(from < until);
}

#[test]
fn nothing_is_kept_that_had_ended() {
    let checked = checked();
    let access = notice("a-1", Kind::Access, Effect::AccessFull, &["mission"], date(2020, 1, 1), 60);
    let mut ended = notice("d-1", Kind::Decision, Effect::Ended, &["East", "West"], date(2020, 1, 3), 0);
    ended.happened =
        When::Utc { from: "2020-01-03T22:00Z".parse().unwrap(), until: "2020-01-03T22:01Z".parse().unwrap() };
    let got = answer(&checked, &[access.clone(), ended], JAN_9);
    // In the minute of the decision nobody knows.
    assert_eq!(standing(&got, 0, 0), Standing::NotDeterminable);
    assert!(
        got.standings[0].rows[0].readings[0].because.starts_with("no breach is recorded; from 2020-01-04 00:00 on")
    );
    let gate = &got.gates[0][0];
    assert_eq!((gate.state.clone(), gate.days.last().unwrap().state), (GateState::NotOpen, DayState::Lapsed));
    // Whether it had been renewed is not on record: nobody knows of what comes after.
    let got = answer(&checked, &[access], "2020-02-10T00:00Z");
    assert_eq!(standing(&got, 0, 0), Standing::NotDeterminable);
}

#[test]
fn access_is_for_monitors_to_report() {
    let checked = checked();
    let by_party = notice("a-1", Kind::Access, Effect::AccessFull, &["the north"], date(2020, 1, 1), 30);
    let got = answer(&checked, &[by_party], JAN_9);
    assert_eq!(standing(&got, 0, 0), Standing::NoBreachRecorded);
    assert!(matches!(got.bearing(&got.notices[0]), Bearing::Ignored(_)));
}

#[test]
fn an_inspection_that_found_it_not_done_leaves_nothing_kept() {
    let checked = checked();
    let access = notice("a-1", Kind::Access, Effect::AccessFull, &["mission"], date(2020, 1, 1), 30);
    let state = |effect: Effect| {
        let mut seen = notice("i-1", Kind::Inspection, effect, &["mission"], date(2020, 1, 5), 1);
        seen.message.as_mut().unwrap().subject = vec!["2".to_owned()];
        let got = answer(&checked, &[access.clone(), seen], JAN_9);
        standing(&got, 1, 0)
    };
    assert_eq!(state(Effect::FoundDone), Standing::Kept);
    assert_eq!(state(Effect::FoundNotDone), Standing::NotDeterminable);
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

#[test]
fn two_versions_of_one_record_are_refused() {
    let checked = checked();
    let one = record("r-1", Kind::Incident, date(2020, 1, 4), 1);
    let mut other = one.clone();
    other.origin.sha256 = [1; 32];
    let batches = batches_of(&[one, other]).unwrap();
    let evidence = Evidence { batches: &batches, datasets: &[], unread: 0 };
    assert!(matches!(assess(&checked, evidence, Options::default()), Err(EvidenceError::TwoVersions { .. })));
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
