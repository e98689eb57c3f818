//! Force, periods, gates, access, and what was known when.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use armistice_assess::{
    Assessment, Bearing, DayState, Evidence, ExplainError, GateState, Options, Reason, Standing, Verdict, assess,
    explain, instants,
};
use armistice_records::{Effect, Kind, Record, TimePrecision, When, batches_of};
use armistice_terms::Checked;
use jiff::civil::{Date, date};

use common::*;

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
        let evidence =
            Evidence { batches: &batches, datasets: &datasets, unread, units: &armistice_terms::Units::default() };
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
    let evidence =
        Evidence { batches: &batches, datasets: &datasets, unread: 0, units: &armistice_terms::Units::default() };
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
    let evidence = Evidence { batches: &batches, datasets: &[], unread: 0, units: &armistice_terms::Units::default() };
    let options = Options { as_of: Some("2020-01-03T00:00Z".parse().unwrap()), ..Options::default() };
    assert!(matches!(explain(&checked, evidence, options, "1:r-1"), Err(ExplainError::NotYetKnown(_))));
}

#[test]
fn a_slip_in_a_year_is_told_and_not_assessed() {
    let checked = checked();
    let batches = batches_of(&[record("r-1", Kind::Incident, date(9020, 1, 4), 1)]).unwrap();
    let evidence = Evidence { batches: &batches, datasets: &[], unread: 0, units: &armistice_terms::Units::default() };
    let told = assess(&checked, evidence, Options::default()).unwrap_err().to_string();
    assert!(told.contains("the record r-1 (made line 1)"), "{told}");
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
fn the_first_run_that_is_long_enough_counts() {
    let checked = checked();
    let access = notice("a-1", Kind::Access, Effect::AccessFull, &["mission"], date(2020, 1, 1), 30);
    let mut certificate = notice("c-1", Kind::Decision, Effect::Certified, &["East", "West"], date(2020, 1, 5), 1);
    certificate.message.as_mut().unwrap().subject = vec!["Next".to_owned()];
    let clash = record("r-1", Kind::Incident, date(2020, 1, 6), 1);
    let records = [access.clone(), clash.clone(), certificate.clone()];
    let got = answer(&checked, &records, "2020-01-19T22:00Z").gates[0][0].clone();
    // A longer run follows from the 7th, which takes nothing away.
    assert_eq!(got.state, GateState::Opened { on: date(2020, 1, 4) });
    assert_eq!(got.longest.unwrap().since, date(2020, 1, 7));
    // Once the run is broken, it is too late to certify it.
    certificate.happened = record("", Kind::Decision, date(2020, 1, 7), 1).happened;
    let got = answer(&checked, &[access, clash, certificate], "2020-01-08T22:00Z").gates[0][0].clone();
    assert_eq!(got.state, GateState::AwaitsCertificate { on: date(2020, 1, 4) });
}

#[test]
fn no_day_counts_that_was_not_judged() {
    let checked = checked();
    let access = notice("a-1", Kind::Access, Effect::AccessFull, &["mission"], date(2020, 1, 1), 30);
    let batches = batches_of(&[access, record("r-1", Kind::Incident, date(2020, 1, 3), 1)]).unwrap();
    let datasets = everything();
    let period = Some(("2020-01-06T22:00Z".parse().unwrap(), JAN_9.parse().unwrap()));
    let evidence =
        Evidence { batches: &batches, datasets: &datasets, unread: 0, units: &armistice_terms::Units::default() };
    let got = assess(&checked, evidence, Options { period, ..Options::default() }).unwrap();
    let gate = &got.gates[0][0];
    assert_eq!(gate.state, GateState::NotOpen);
    assert_eq!(gate.days.iter().filter(|d| d.state == DayState::Unjudged).count(), 5);
}

#[test]
fn what_the_text_does_not_provide_for_is_in_doubt_and_not_decided() {
    // The second provision has no end, and says of nobody that he may end it.
    let checked = checked();
    let of = |by: &[&str]| {
        let ended = notice("d-1", Kind::Decision, Effect::Ended, by, date(2020, 1, 4), 1);
        let access = notice("a-1", Kind::Access, Effect::AccessFull, &["mission"], date(2020, 1, 1), 30);
        let got = answer(&checked, &[ended, access], JAN_9);
        let bearing = got.notices.iter().find(|n| n.id == "d-1").map(|n| got.bearing(n)).unwrap();
        (standing(&got, 1, 0), bearing)
    };
    assert_eq!(of(&["East", "West"]), (Standing::NotDeterminable, Bearing::Counted));
    // North alone is bound by it.
    assert_eq!(of(&["the north"]).0, Standing::NotDeterminable);
    assert_eq!(of(&["East"]).0, Standing::Kept);
    assert_eq!(of(&["the south"]).0, Standing::Kept);
}

#[test]
fn renewed_separately_one_of_them_is_enough() {
    let terms = TERMS.replace("renewed by East and West together", "renewed by East and West separately");
    let checked =
        armistice_terms::check(&terms.replace("for 30 days", "for 1 days"), armistice_terms::Form::Plain, &|_| {
            Ok(SHAPES.to_owned())
        });
    assert!(!checked.has_errors(), "{:?}", checked.diagnostics);
    let renewed = |by: &str| {
        let mut made = notice("d-1", Kind::Decision, Effect::Renewed, &[by], date(2020, 1, 2), 1);
        made.message.as_mut().unwrap().until = Some("2020-01-10T00:00Z".parse().unwrap());
        made
    };
    let clash = record("r-1", Kind::Incident, date(2020, 1, 4), 1);
    let state = |by: &str| standing(&answer(&checked, &[renewed(by), clash.clone()], JAN_9), 0, 0);
    assert_eq!(state("East"), Standing::Breached);
    assert_eq!(state("West"), Standing::Breached);
    // Somebody else's decision is none of theirs.
    assert_eq!(state("mission"), Standing::NotDeterminable);
}
