//! Which acts of records are what an agreement forbids by one word.

use armistice_records::Act;
use armistice_terms::Conduct;

use crate::truth::Truth;

/// The acts that are a conduct, and those that may be it, or tell of it without
/// saying so. Of attacks on civilians more is asked (`civilians_hit`).
const fn table(conduct: Conduct) -> (&'static [Act], &'static [Act]) {
    match conduct {
        Conduct::Attack | Conduct::Use => (&[Act::Attack, Act::AttackCivilians], &[]),
        Conduct::ActAgainst => (
            &[Act::Attack, Act::AttackCivilians],
            &[
                Act::TerritoryGain,
                Act::Reconnaissance,
                Act::Flight,
                Act::MineLaying,
                Act::Arrest,
                Act::Jamming,
                Act::Occupation,
                Act::HostageTaking,
                Act::Siege,
            ],
        ),
        // No record tells who fired first.
        Conduct::ReturnFire => (&[], &[Act::Attack]),
        Conduct::Fly => (&[Act::Flight], &[Act::Reconnaissance]),
        Conduct::Jam => (&[Act::Jamming], &[]),
        Conduct::LayMines => (&[Act::MineLaying], &[]),
        Conduct::TakeHostages => (&[Act::HostageTaking], &[Act::Arrest]),
        Conduct::BearArms => (&[Act::Attack, Act::AttackCivilians], &[Act::Presence, Act::Movement, Act::Deployment]),
        Conduct::Besiege => (&[Act::Siege], &[Act::AidObstruction]),
        Conduct::Arrest => (&[Act::Arrest], &[Act::HostageTaking]),
        Conduct::AcquireTerritory => (&[Act::TerritoryGain, Act::Occupation], &[]),
        Conduct::OccupyVacatedGround => (&[Act::Occupation], &[Act::TerritoryGain]),
        // Who fights in a place stands in it, or fires into it.
        Conduct::Enter => (
            &[Act::Presence, Act::Movement, Act::Deployment, Act::Occupation],
            &[Act::Attack, Act::AttackCivilians, Act::TerritoryGain, Act::Reinforcement],
        ),
        Conduct::Fortify => (&[Act::Fortification], &[]),
        Conduct::MoveForces => (&[Act::Movement, Act::Deployment], &[Act::Reinforcement, Act::Withdrawal]),
        // A movement that is seen in a place may lead out of it.
        Conduct::MoveForcesInto => (&[Act::Deployment], &[Act::Movement, Act::Reinforcement, Act::Withdrawal]),
        Conduct::Redeploy => (&[Act::Deployment], &[Act::Movement, Act::Withdrawal, Act::Reinforcement]),
        Conduct::Deploy => (&[Act::Deployment], &[Act::Presence, Act::Movement, Act::Reinforcement]),
        Conduct::Reinforce => (&[Act::Reinforcement], &[Act::Movement, Act::Deployment]),
        Conduct::Reconnoitre => (&[Act::Reconnaissance], &[Act::Flight]),
        Conduct::Recruit => (&[Act::Recruitment], &[]),
        Conduct::SearchAid => (&[], &[Act::AidObstruction]),
        Conduct::ObstructAid => (&[Act::AidObstruction], &[Act::Siege]),
        Conduct::Propaganda => (&[Act::Propaganda], &[]),
        Conduct::HinderMonitors => (&[Act::MonitorInterference], &[]),
    }
}

/// Whether an act is a conduct.
pub(crate) fn is(conduct: Conduct, act: Act) -> Truth {
    let (certain, possible) = table(conduct);
    if certain.contains(&act) {
        Truth::True
    } else if possible.contains(&act) {
        Truth::Unknown
    } else {
        Truth::False
    }
}

/// The acts whose records could show a conduct: those that are it; if none is,
/// those that may be.
pub(crate) const fn shown_by(conduct: Conduct) -> &'static [Act] {
    let (certain, possible) = table(conduct);
    if certain.is_empty() { possible } else { certain }
}
