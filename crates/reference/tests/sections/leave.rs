//! Section 4: what must come before an act that is allowed only then.

use armistice_records::{Effect, Kind, Record, When};
use armistice_reference::{T, Verdict};

use crate::case::{Case, hours, names, notice, report};

/// The exception point of an attack at noon of 30 March, two hours long.
fn opened(clause: &str, mut records: Vec<Record>) -> T {
    records.push(Record { happened: hours(30, 12, 2), ..report("r") });
    Case::new("2020-03-26", 95, &[clause], records).point("r", 6)
}

fn leave(happened: When) -> Record {
    Record { happened, ..notice("leave", Kind::Decision, &["East"], Effect::Authorised, &["1"]) }
}

fn told(to: &str, happened: When) -> Record {
    let side_b = names(&[to]);
    Record { happened, side_b, ..notice("told", Kind::Notification, &["the north"], Effect::Notified, &["1"]) }
}

const LEAVE: &str = "North may attack South\n  from D\n  only with leave of East";
const NOTICE: &str = "North may attack South\n  from D\n  only with notice to Mission 24 hours before";
const BOTH: &str = "North may return fire\n  from D\n  only with leave of East\n  only with notice to Mission";

#[test]
fn what_is_allowed_only_with_leave_is_forbidden_without() {
    assert_eq!(opened(LEAVE, vec![]), T::F);
    let bare = Case::new("2020-03-26", 95, &[LEAVE], vec![report("r")]);
    assert_eq!(bare.finding("r").verdict, Verdict::Breach);
    assert_eq!(opened(LEAVE, vec![leave(hours(29, 0, 24))]), T::T);
    // It must end before the act begins; where the two meet, nobody knows.
    assert_eq!(opened(LEAVE, vec![leave(hours(30, 11, 1))]), T::T);
    assert_eq!(opened(LEAVE, vec![leave(hours(30, 0, 24))]), T::U);
    assert_eq!(opened(LEAVE, vec![leave(hours(30, 14, 1))]), T::F);
    // Of another clause, or of somebody else, it is none.
    let other = notice("leave", Kind::Decision, &["East"], Effect::Authorised, &["2"]);
    let stranger = notice("leave", Kind::Decision, &["Abroad"], Effect::Authorised, &[]);
    assert_eq!(opened(LEAVE, vec![Record { happened: hours(29, 0, 24), ..other }]), T::F);
    assert_eq!(opened(LEAVE, vec![Record { happened: hours(29, 0, 24), ..stranger }]), T::F);
}

#[test]
fn notice_is_given_in_time_to_those_named() {
    assert_eq!(opened(NOTICE, vec![told("Mission", hours(29, 11, 1))]), T::T);
    assert_eq!(opened(NOTICE, vec![told("Mission", hours(29, 12, 1))]), T::U);
    assert_eq!(opened(NOTICE, vec![told("Mission", hours(29, 14, 1))]), T::F);
    assert_eq!(opened(NOTICE, vec![told("Abroad", hours(29, 0, 1))]), T::F);
    // To whom is not written down; or only the north says so.
    let unsaid = Record { side_b: vec![], ..told("Mission", hours(29, 0, 1)) };
    assert_eq!(opened(NOTICE, vec![unsaid]), T::U);
    let own = Record { independence_groups: names(&["North Radio"]), ..told("Mission", hours(29, 0, 1)) };
    assert_eq!(opened(NOTICE, vec![own]), T::U);
}

#[test]
fn steps_come_in_order() {
    let (first, second) = (hours(28, 0, 24), hours(29, 0, 24));
    assert_eq!(opened(BOTH, vec![leave(first), told("Mission", second)]), T::T);
    assert_eq!(opened(BOTH, vec![leave(second), told("Mission", first)]), T::F);
    // On one day they may have come in either order.
    assert_eq!(opened(BOTH, vec![leave(second), told("Mission", second)]), T::U);
    assert_eq!(opened(BOTH, vec![leave(hours(29, 0, 24))]), T::F);
}

#[test]
fn a_step_in_words_is_named_by_its_words() {
    let clause = "North may attack South\n  from D\n  only after the mechanism was tried";
    let tried = |by: &str| notice("tried", Kind::Decision, &[by], Effect::Begun, &["The mechanism was tried"]);
    let before = |record: Record| Record { happened: hours(29, 0, 24), ..record };
    assert_eq!(opened(clause, vec![before(tried("Mission"))]), T::T);
    let own = Record { independence_groups: names(&["the north"]), ..tried("the north") };
    assert_eq!(opened(clause, vec![before(own)]), T::U);
}
