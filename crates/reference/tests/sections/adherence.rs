//! Section 2: who is bound by having accepted, and who is on a list.

use armistice_records::{Effect, Kind, Record};
use armistice_reference::T;

use crate::case::{Case, hours, notice, report};

const TERM: &str = "Rebels must not attack South\n  from D";

fn by(who: &str, day: i8) -> Record {
    Record { side_a: vec![who.to_owned()], happened: hours(day, 0, 24), ..report("r") }
}

fn turn(id: &str, effect: Effect, who: &str, day: i8, about: &[&str]) -> Record {
    let on_list = matches!(effect, Effect::Listed | Effect::Delisted);
    let (a, b) = if on_list { ("East", who) } else { (who, "") };
    let kind = if on_list { Kind::Decision } else { Kind::Notification };
    let side_b = Some(b).filter(|b| !b.is_empty()).map(str::to_owned).into_iter().collect();
    Record { side_b, happened: hours(day, 10, 11), ..notice(id, kind, &[a], effect, about) }
}

/// Rebels are those who accept by the end of 28 March.
fn opting(records: Vec<Record>) -> Case {
    let party = "party Rebels\n  includes \"the brigade\"\n  may include \"the column\"\n  binds those who accept by 2020-03-28\n";
    Case::new("2020-03-26", 95, &[&format!("{party}{TERM}")], records)
}

#[test]
fn nobody_is_known_to_be_bound_until_an_acceptance_is_on_record() {
    assert_eq!(opting(vec![by("the brigade", 27)]).point("r", 2), T::U);
    let accepted = |who, day| turn("a", Effect::Accepted, who, day, &[]);
    let told = |notice: Record, day| opting(vec![notice, by("the brigade", day)]).point("r", 2);
    assert_eq!(told(accepted("the brigade", 26), 27), T::T);
    // Before it accepted, it had not; on the day itself, it had in part.
    assert_eq!(told(accepted("the brigade", 28), 27), T::F);
    assert_eq!(told(accepted("the brigade", 27), 27), T::U);
    // Another's acceptance is not its own; the party's is everybody's.
    assert_eq!(told(accepted("the column", 26), 27), T::U);
    assert_eq!(told(accepted("Rebels", 26), 27), T::T);
    // Too late: whether that binds is not for the records to say.
    assert_eq!(told(accepted("the brigade", 29), 31), T::U);
    // Acceptance does not settle whose a group is.
    let column = opting(vec![accepted("the column", 26), by("the column", 27)]);
    assert_eq!(column.point("r", 2), T::U);
}

#[test]
fn who_accepts_joins_though_the_text_does_not_name_it() {
    let joins = |about: &[&str]| {
        opting(vec![turn("a", Effect::Accepted, "the guard", 26, about), by("the guard", 27)]).point("r", 2)
    };
    assert_eq!(joins(&["Rebels"]), T::T);
    assert_eq!(joins(&[]), T::U);
    assert_eq!(joins(&["1"]), T::U);
}

#[test]
fn who_left_is_no_longer_bound() {
    let left = |day| turn("b", Effect::Left, "the brigade", day, &[]);
    let accepted = turn("a", Effect::Accepted, "the brigade", 26, &[]);
    let told = |day| opting(vec![accepted.clone(), left(28), by("the brigade", day)]).point("r", 2);
    assert_eq!((told(27), told(28), told(29)), (T::T, T::U, T::F));
    // Both in one hour: nobody can say which came last.
    let both = opting(vec![accepted.clone(), left(26), by("the brigade", 27)]);
    assert_eq!(both.point("r", 2), T::U);
    let unheard = opting(vec![left(28), by("the brigade", 27)]);
    assert_eq!(unheard.point("r", 2), T::U);
}

#[test]
fn only_its_own_word_is_an_acceptance() {
    let said = |group: &str| {
        let accepted = turn("a", Effect::Accepted, "the brigade", 26, &[]);
        let accepted = Record { independence_groups: vec![group.to_owned()], ..accepted };
        opting(vec![accepted, by("the brigade", 27)]).point("r", 2)
    };
    assert_eq!(said("the south"), T::U);
    assert_eq!(said("Rebels"), T::T);
    assert_eq!(said("a wire"), T::T);
}

#[test]
fn what_the_text_accepts_needs_no_notice() {
    let party =
        "party Rebels\n  includes \"the brigade\"\n  binds those who accept by 2020-03-28\n  accepted on 2020-03-26\n";
    let case = Case::new("2020-03-26", 95, &[&format!("{party}{TERM}")], vec![by("the brigade", 27)]);
    assert_eq!(case.point("r", 2), T::T);
}

/// An attack by North on somebody, where those on the list are outside.
fn listed(on: &str, records: Vec<Record>) -> T {
    let term = "excluded Listed\n  known as \"the band\"\n  listed by East\nNorth must not attack anyone\n  from D\n  except against Listed";
    let hit = Record { side_b: vec![on.to_owned()], happened: hours(29, 0, 24), ..report("r") };
    Case::new("2020-03-26", 95, &[term], records.into_iter().chain([hit]).collect()).point("r", 6)
}

#[test]
fn a_list_changes_by_decision() {
    let put = |day| turn("l", Effect::Listed, "the guard", day, &["Listed"]);
    assert_eq!(listed("the guard", vec![]), T::U);
    assert_eq!(listed("the guard", vec![put(28)]), T::T);
    assert_eq!(listed("the guard", vec![put(29)]), T::U);
    // The text's own names are on it until they are taken off.
    let off = |day| turn("d", Effect::Delisted, "the band", day, &["Listed"]);
    assert_eq!(listed("the band", vec![]), T::T);
    assert_eq!(listed("the band", vec![off(27)]), T::F);
    assert_eq!(listed("the band", vec![off(30)]), T::T);
    // Not by those who do not keep it, nor of another thing.
    assert_eq!(listed("the guard", vec![turn("l", Effect::Listed, "the guard", 28, &["1"])]), T::U);
    let other = Record { side_a: vec!["Mission".to_owned()], ..put(28) };
    assert_eq!(listed("the guard", vec![other]), T::U);
}
