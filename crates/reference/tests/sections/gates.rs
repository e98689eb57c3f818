//! Section 9: who must have been able to look.

use armistice_records::{Effect, Kind, Record};
use armistice_reference::GateState;

use crate::case::{Case, NO_ATTACK, hours, notice};

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
