//! Section 3: what takes a provision's place, or takes it away.

use armistice_records::Record;
use armistice_reference::{Held, Standing, T};

use crate::case::{Case, hours, report};

/// `Later` is signed on 28 March; its own clauses stand behind `clause 2`.
fn case(relation: &str, clauses: &[&str], day: i8) -> Case {
    let first = format!("instrument Later \"L\"\n  signed 2020-03-28{relation}\n{}", clauses[0]);
    let clauses: Vec<&str> = [first.as_str()].into_iter().chain(clauses[1..].iter().copied()).collect();
    Case::new("2020-03-26", 95, &clauses, vec![Record { happened: hours(day, 0, 24), ..report("r") }])
}

const FIRST: &str = "North must not attack South\n  from D";

fn held(case: &Case, provision: usize) -> Held {
    case.known().standing(provision, None)
}

#[test]
fn what_is_superseded_ceases_when_the_other_enters_into_force() {
    assert_eq!(case("\n  supersedes 1", &[FIRST], 27).point("r", 0), T::T);
    assert_eq!(case("\n  supersedes 1", &[FIRST], 28).point("r", 0), T::F);
    assert_eq!(case("\n  suspends 1", &[FIRST], 28).point("r", 0), T::F);
    // To amend and to prevail take nothing away by themselves.
    assert_eq!(case("\n  amends 1", &[FIRST], 28).point("r", 0), T::T);
    // Its own entry into force, not its signature.
    let later = "\n  in force from 2020-03-29\n  supersedes 1";
    assert_eq!(case(later, &[FIRST], 28).point("r", 0), T::T);
    assert_eq!(case(later, &[FIRST], 29).point("r", 0), T::F);
}

#[test]
fn what_is_replaced_before_it_is_due_is_never_due() {
    let first = "North must withdraw tanks out of Zone\n  by 2020-04-20 12:00";
    let second = "North must withdraw tanks out of Zone\n  by 2020-04-10 12:00\n  under Later\n  in place of 1";
    let both = case("", &[first, second], 30);
    assert_eq!((held(&both, 0).standing, held(&both, 0).ground), (Standing::NotInForce, 3));
    assert_ne!(held(&both, 1).standing, Standing::NotInForce);
    // Standing alone, it would be due in April.
    assert_ne!(held(&case("", &[first], 30), 0).standing, Standing::NotInForce);
}

#[test]
fn an_instruments_own_terms_bind_from_its_entry_into_force() {
    let own = "North must not attack South\n  under Later";
    assert_eq!(case("", &[own], 27).point("r", 0), T::F);
    assert_eq!(case("", &[own], 28).point("r", 0), T::T);
    // Nothing takes itself away.
    assert_eq!(case("\n  supersedes Later", &[own], 28).point("r", 0), T::T);
    // Of a text that is not public nothing is evaluable.
    let secret = case("\n  text not public \"a side letter\"", &[own], 28);
    assert_eq!(held(&secret, 0).standing, Standing::NotEvaluable);
}

#[test]
fn what_hangs_on_a_term_is_as_clear_as_the_term() {
    let clause = "term Unrest\n  undefined \"no meaning is given\"\nNorth must keep Unrest out of Zone\n  from D";
    let standing = |clause: &str| Case::new("2020-03-26", 95, &[clause], vec![]).known().standing(0, None).standing;
    assert_eq!(standing(clause), Standing::NotEvaluable);
    let defined = clause.replace("undefined \"no meaning is given\"", "means \"fighters in sight\"");
    assert_eq!(standing(&defined), Standing::ForAssessment);
}
