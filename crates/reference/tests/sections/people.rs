//! Section 8: what only people can judge, and what bears on it.

use armistice_records::{Direction, Effect, Kind, Record};
use armistice_reference::Standing;

use crate::case::{Case, hours, names, notice, report};

const GOOD_FAITH: &str = "North must undertake \"to talk in good faith\"\n  from D";

fn case(clause: &str, records: Vec<Record>) -> Case {
    Case::new("2020-03-26", 95, &[clause], records)
}

fn bears(clause: &str, records: Vec<Record>) -> (Vec<String>, Vec<String>) {
    case(clause, records).known().bearing(0).unwrap()
}

#[test]
fn what_people_judge_is_theirs_as_long_as_it_binds() {
    let standing = |clause: &str| case(clause, vec![report("r")]).known().standing(0, None);
    assert_eq!((standing(GOOD_FAITH).standing, standing(GOOD_FAITH).ground), (Standing::ForAssessment, 12));
    let checked = "North must not attack South\n  from D\n  checked by people";
    assert_eq!(standing(checked).standing, Standing::ForAssessment);
    assert_eq!(standing(&GOOD_FAITH.replace("from D", "from 2021-01-01")).ground, 2);
    assert_eq!(standing(&GOOD_FAITH.replace("from D", "from D\n  until D + 1 days")).ground, 12);
    assert_eq!(standing("North must honour the truce\n  from 2020-01-01\n  until 2020-01-05").ground, 3);
}

#[test]
fn on_it_bears_what_those_concerned_did_while_it_bound() {
    let south = Record { side_a: names(&["the south"]), side_b: names(&["the north"]), ..report("south") };
    let before = Record { happened: hours(25, 0, 24), ..report("before") };
    let records = vec![report("r"), south.clone(), before.clone()];
    assert_eq!(bears(GOOD_FAITH, records.clone()).0, ["r"]);
    // Undirected, either may have acted.
    let clash = Record { direction: Direction::Undirected, ..south };
    assert_eq!(bears(GOOD_FAITH, vec![clash]).0, ["south"]);
    // Who is to use influence is not who acts.
    let influence = "East must use influence with South\n  from D";
    assert_eq!(bears(influence, records).0, ["south"]);
    // In order of time, not of ids.
    let early = Record { happened: hours(29, 0, 24), ..report("z") };
    assert_eq!(bears(GOOD_FAITH, vec![report("a"), early]).0, ["z", "a"]);
}

#[test]
fn a_notice_bears_on_it_if_it_names_the_clause() {
    let said = |id: &str, subject: &[&str]| notice(id, Kind::Notification, &["East"], Effect::Notified, subject);
    let notices = vec![said("about", &["1"]), said("all", &[]), said("other", &["2"])];
    assert_eq!(bears(GOOD_FAITH, notices).1, ["about"]);
}
