//! Section 4: which acts are a conduct, and which may be.

use armistice_records::Act;
use armistice_terms::Conduct;

use crate::truth::T;

/// The table of the section, act by act.
pub(crate) fn is(conduct: Conduct, act: Act) -> T {
    use Conduct as C;
    let certain: &[C] = match act {
        Act::Attack | Act::AttackCivilians => &[C::Attack, C::Use, C::ActAgainst, C::BearArms],
        Act::Presence => &[C::Enter],
        Act::TerritoryGain => &[C::AcquireTerritory],
        Act::Reinforcement => &[C::Reinforce],
        Act::Reconnaissance => &[C::Reconnoitre],
        Act::Flight => &[C::Fly],
        Act::MineLaying => &[C::LayMines],
        Act::Fortification => &[C::Fortify],
        Act::Recruitment => &[C::Recruit],
        Act::Propaganda => &[C::Propaganda],
        Act::Arrest => &[C::Arrest],
        Act::AidObstruction => &[C::ObstructAid],
        Act::MonitorInterference => &[C::HinderMonitors],
        Act::Jamming => &[C::Jam],
        Act::Movement => &[C::Enter, C::MoveForces],
        Act::Occupation => &[C::AcquireTerritory, C::OccupyVacatedGround, C::Enter],
        Act::HostageTaking => &[C::TakeHostages],
        Act::Siege => &[C::Besiege],
        Act::Deployment => &[C::Enter, C::MoveForces, C::MoveForcesInto, C::Redeploy, C::Deploy],
        _ => &[],
    };
    let possible: &[C] = match act {
        Act::Attack => &[C::ReturnFire, C::Enter],
        Act::AttackCivilians => &[C::Enter],
        Act::Presence => &[C::BearArms, C::Deploy],
        Act::TerritoryGain => &[C::ActAgainst, C::OccupyVacatedGround, C::Enter],
        Act::Reinforcement => &[C::Enter, C::MoveForces, C::MoveForcesInto, C::Redeploy, C::Deploy],
        Act::Reconnaissance => &[C::ActAgainst, C::Fly],
        Act::Flight => &[C::ActAgainst, C::Reconnoitre],
        Act::MineLaying | Act::Jamming | Act::Occupation => &[C::ActAgainst],
        Act::Arrest => &[C::ActAgainst, C::TakeHostages],
        Act::AidObstruction => &[C::Besiege, C::SearchAid],
        Act::Movement => &[C::BearArms, C::MoveForcesInto, C::Redeploy, C::Deploy, C::Reinforce],
        Act::Withdrawal => &[C::MoveForces, C::MoveForcesInto, C::Redeploy],
        Act::HostageTaking => &[C::ActAgainst, C::Arrest],
        Act::Siege => &[C::ActAgainst, C::ObstructAid],
        Act::Deployment => &[C::BearArms, C::Reinforce],
        _ => &[],
    };
    if certain.contains(&conduct) {
        T::T
    } else if possible.contains(&conduct) {
        T::U
    } else {
        T::F
    }
}

/// The acts that could show it: those that are it, or, if none is, may be.
pub(crate) fn shows(conduct: Conduct) -> Vec<Act> {
    let of = |wanted: T| Act::ALL.iter().copied().filter(|act| is(conduct, *act) == wanted).collect::<Vec<_>>();
    let certain = of(T::T);
    if certain.is_empty() { of(T::U) } else { certain }
}
