//! Section 3: what hangs on other clauses, on events and on phases.

use armistice_records::{Effect, Kind, Record};
use armistice_reference::{PhaseState, T};

use crate::case::{Case, NO_ATTACK, at, hours, notice, report};

/// The mission found a clause done, or not, on a day of March.
fn found(id: &str, effect: Effect, clause: &str, day: i8) -> Record {
    Record { happened: hours(day, 0, 24), ..notice(id, Kind::Decision, &["Mission"], effect, &[clause]) }
}

/// The time point of the attack of 30 March under the first clause.
fn time(clauses: &[&str], told: Vec<Record>) -> T {
    let mut records = vec![report("r")];
    records.extend(told);
    Case::new("2020-03-26", 95, clauses, records).point("r", 0)
}

const OUT: &str = "South must withdraw tanks out of Zone\n  by 2020-03-28 12:00";

#[test]
fn what_waits_for_another_clause_binds_from_when_that_is_found_done() {
    let waits = "North and South must not attack each other\n  from D\n  only after 2";
    assert_eq!(time(&[waits, OUT], vec![]), T::U);
    assert_eq!(time(&[waits, OUT], vec![found("f", Effect::FoundDone, "2", 28)]), T::T);
    // Found done only on the 31st, nobody knows of the 30th; found not done then, it was not before.
    assert_eq!(time(&[waits, OUT], vec![found("f", Effect::FoundDone, "2", 31)]), T::U);
    assert_eq!(time(&[waits, OUT], vec![found("f", Effect::FoundNotDone, "2", 31)]), T::F);
    // A party's word is not enough.
    let own = notice("f", Kind::Decision, &["the south"], Effect::FoundDone, &["2"]);
    assert_eq!(time(&[waits, OUT], vec![Record { happened: hours(28, 0, 24), ..own }]), T::U);
}

#[test]
fn an_anchor_is_so_much_later() {
    let later = |days: i8| format!("North and South must not attack each other\n  from completion of 2 + {days} days");
    let done = || vec![found("f", Effect::FoundDone, "2", 27)];
    // Found by the end of the 27th: two days later is the 30th, three days the 31st.
    assert_eq!(time(&[&later(2), OUT], done()), T::T);
    assert_eq!(time(&[&later(3), OUT], done()), T::U);
}

/// Each of two armies waits for the other, and one of them has gone.
#[test]
fn of_two_that_wait_for_each_other_the_text_does_not_say_who_moves_first() {
    let mine = "North and South must not attack each other\n  from D\n  at the same time as 2 within 6 hours";
    assert_eq!(time(&[mine, OUT], vec![]), T::U);
    assert_eq!(time(&[mine, OUT], vec![found("f", Effect::FoundNotDone, "2", 29)]), T::U);
    assert_eq!(time(&[mine, OUT], vec![found("f", Effect::Begun, "2", 28)]), T::T);
    // Begun by the end of the 29th, with six hours to follow: three quarters of the 30th are no 95 %.
    assert_eq!(time(&[mine, OUT], vec![found("f", Effect::Begun, "2", 29)]), T::U);
}

#[test]
fn as_far_as_the_other_side_goes() {
    let back = |far: &str| format!("South must keep tanks at least {far} from Meridian\n  from D");
    let mine = |far: &str| format!("North must keep tanks {far}\n  from D\n  as far as 2");
    let both = |mine: String, other: String, told: Vec<Record>| time(&[&mine, &other], told);
    let done = || vec![found("f", Effect::FoundDone, "2", 29)];
    // The text gives both the same, or not: nobody has to find that.
    assert_eq!(both(mine("at least 15 km from Meridian"), back("15 km"), vec![]), T::T);
    assert_eq!(both(mine("at least 30 km in all from Meridian"), back("15 km"), vec![]), T::T);
    assert_eq!(both(mine("at least 15 km from Meridian"), back("10 km"), done()), T::U);
    // It gives one of them none: the other has to have gone.
    assert_eq!(both(mine("out of Zone"), back("15 km"), vec![]), T::U);
    assert_eq!(both(mine("out of Zone"), back("15 km"), done()), T::T);
    assert_eq!(both(mine("out of Zone"), back("15 km"), vec![found("f", Effect::FoundNotDone, "2", 29)]), T::U);
}

#[test]
fn what_is_kept_in_return_is_kept_while_the_other_is() {
    let mine = "North and South must not attack each other\n  from D\n  if 2 is kept";
    assert_eq!(time(&[mine, OUT], vec![found("f", Effect::FoundDone, "2", 30)]), T::T);
    assert_eq!(time(&[mine, OUT], vec![found("f", Effect::FoundNotDone, "2", 30)]), T::F);
    assert_eq!(time(&[mine, OUT], vec![found("f", Effect::FoundDone, "2", 29)]), T::U);
}

#[test]
fn a_phase_binds_while_it_runs() {
    let during = |phase: &str| format!("North and South must not attack each other\n  during One\n{phase}");
    let one = |phase: &str, told: Vec<Record>| time(&[&during(phase)], told);
    assert_eq!(one("phase One\n  from D\n  for 10 days", vec![]), T::T);
    assert_eq!(one("phase One\n  from D\n  for 4 days", vec![]), T::F);
    // Of what has no date, the record says when it began.
    assert_eq!(one("phase One", vec![]), T::U);
    assert_eq!(one("phase One", vec![found("b", Effect::Begun, "One", 28)]), T::T);
    let stopped = vec![found("b", Effect::Begun, "One", 27), found("s", Effect::Suspended, "One", 28)];
    assert_eq!(one("phase One", stopped.clone()), T::F);
    let resumed = [stopped, vec![found("t", Effect::Resumed, "One", 29)]].concat();
    assert_eq!(one("phase One", resumed), T::T);
    // East is the one who certifies: the mission's word begins nothing.
    assert_eq!(one("phase One\n  certified by East", vec![found("b", Effect::Begun, "One", 28)]), T::U);
    assert_eq!(one("phase One\n  from D\n  lapses if talks fail", vec![]), T::U);
}

#[test]
fn one_phase_follows_another() {
    use PhaseState::{Ended, NotBegun, Running};
    let text = format!("{NO_ATTACK}\nphase One\n  from D\n  for 2 days\n  then Two\nphase Two\n  for 3 days");
    let case = Case::new("2020-03-26", 95, &[&text], vec![]);
    let states = |phase| case.known().phase(phase).into_iter().map(|(_, state)| state).collect::<Vec<_>>();
    assert_eq!(states(0), [NotBegun, Running, Ended]);
    assert_eq!(states(1), [NotBegun, Running, Ended]);
    assert_eq!(case.known().phase(1)[1].0, (at("2020-03-28T00:00:00Z"), at("2020-03-31T00:00:00Z")));
}

#[test]
fn a_phase_lapses_for_want_of_what_was_to_come_and_falls_back() {
    use PhaseState::{CannotTell, Ended, NotBegun, Running, Suspended};
    let states = |one: &str, told: Vec<Record>| {
        let text = format!("phase One\n  from D\n{one}\n  falls back to Interim\nphase Interim\nphase Talks");
        let case = Case::new("2020-03-26", 95, &[NO_ATTACK, OUT, &text], told);
        [0, 1].map(|phase| case.known().phase(phase).into_iter().map(|(_, state)| state).collect::<Vec<_>>())
    };
    let lapses = "  lapses unless 2 is completed by 2020-03-29";
    // Nobody says whether it was done: nobody knows which of the two runs.
    assert_eq!(states(lapses, vec![]), [vec![NotBegun, Running, CannotTell], vec![NotBegun, CannotTell]]);
    // It was: the phase runs on, whatever is found later.
    let done = found("f", Effect::FoundDone, "2", 28);
    assert_eq!(states(lapses, vec![done]), [vec![NotBegun, Running], vec![NotBegun]]);
    // It was found afterwards not to have been.
    let undone = found("f", Effect::FoundNotDone, "2", 31);
    assert_eq!(states(lapses, vec![undone]), [vec![NotBegun, Running, Ended], vec![NotBegun, Running]]);
    // What has ended before does not lapse.
    let ended = [found("e", Effect::Ended, "One", 27), found("f", Effect::FoundNotDone, "2", 31)];
    let after = states(lapses, ended.to_vec());
    assert_eq!(after[1], [NotBegun]);
    // Of those by whose decision it lapses, that it ended says that it lapsed.
    let by = "  lapses by decision of Mission";
    let ended = vec![found("e", Effect::Ended, "One", 28)];
    assert_eq!(states(by, ended)[1], [NotBegun, CannotTell, Running]);
    // It stands still while a clause is found not kept, and the other runs for so long.
    let still = "  suspended while 1 is not kept";
    let bad = vec![found("f", Effect::FoundNotDone, "1", 28), found("g", Effect::FoundDone, "1", 29)];
    let [one, back] = states(still, bad);
    assert_eq!(one, [NotBegun, CannotTell, Suspended, Running, CannotTell]);
    assert_eq!(back.iter().filter(|state| **state == Running).count(), 1);
    let talks = vec![found("b", Effect::Begun, "Talks", 28)];
    assert_eq!(states("  suspended while Talks continue", talks)[1].last(), Some(&Running));
}

/// For two days at a time from the 26th: its ends are the 28th, the 30th, the 1st …
#[test]
fn it_runs_on_unless_notice_is_given_in_time() {
    let clause = |who: &str| {
        format!(
            "North and South must not attack each other\n  from D\n  for 2 days\n  renewed tacitly unless {who} 1 days before"
        )
    };
    let anyone = clause("notice is given");
    let ended = |by: &str, day: i8, hour: i8| {
        let record = notice("n", Kind::Notification, &[by], Effect::Ended, &["1"]);
        vec![Record { happened: hours(day, hour, 1), ..record }]
    };
    assert_eq!(time(&[&anyone], vec![]), T::T);
    // Given on the 28th it ends it on the 30th; after 00:00 of the 29th, only on 1 April.
    assert_eq!(time(&[&anyone], ended("the north", 28, 20)), T::F);
    assert_eq!(time(&[&anyone], ended("the north", 29, 0)), T::U);
    assert_eq!(time(&[&anyone], ended("the north", 29, 1)), T::T);
    // It is the south that must give it, and a guarantor cannot.
    let south = clause("South gives notice");
    assert_eq!(time(&[&south], ended("the north", 28, 20)), T::T);
    assert_eq!(time(&[&south], ended("the south", 28, 20)), T::F);
    assert_eq!(time(&[&anyone], ended("East", 28, 20)), T::T);
}
