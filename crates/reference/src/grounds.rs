//! Section 11: whether what is cited for an answer carries it, and nothing else
//! is cited.

use std::collections::BTreeSet;

use crate::{GateState, Known, NoAnswer, Standing, World};

/// An answer that is claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// A standing with its ground.
    Standing {
        /// Of which provision, by index.
        provision: usize,
        /// Of which party; of the whole, if none.
        party: Option<usize>,
        /// The standing.
        standing: Standing,
        /// The number of its rule.
        ground: u8,
    },
    /// A gate's state, with its day.
    Gate {
        /// Which gate, by index.
        gate: usize,
        /// Its state.
        state: GateState,
    },
}

/// What is wrong with the grounds of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no answer at all.
    NoAnswer(NoAnswer),
    /// The answer is another one.
    Differs(Claim),
    /// A record is cited that is not of the evidence.
    NotEvidence(String),
    /// Of what is cited alone, another answer comes.
    NotEnough(Claim),
    /// Without this record, the same answer comes of the rest.
    Idle(String),
}

/// `ans`: the answer to the same question, of some records.
fn answer(known: &Known<'_>, question: &Claim) -> Claim {
    match *question {
        Claim::Standing { provision, party, .. } => {
            let held = known.standing(provision, party);
            Claim::Standing { provision, party, standing: held.standing, ground: held.ground }
        }
        Claim::Gate { gate, .. } => Claim::Gate { gate, state: known.gate(gate).0 },
    }
}

/// Checks a claimed answer and the records cited for it.
///
/// # Errors
/// The first [`Fault`] there is.
pub fn check(world: &World<'_>, claim: &Claim, cited: &BTreeSet<String>) -> Result<(), Fault> {
    let known = world.known().map_err(Fault::NoAnswer)?;
    let whole = answer(&known, claim);
    if whole != *claim {
        return Err(Fault::Differs(whole));
    }
    let there: BTreeSet<&String> = known.records().iter().map(|r| &r.id).collect();
    if let Some(stranger) = cited.iter().find(|id| !there.contains(id)) {
        return Err(Fault::NotEvidence(stranger.clone()));
    }
    let alone = answer(&known.only(cited), claim);
    if alone != *claim {
        return Err(Fault::NotEnough(alone));
    }
    for id in cited {
        let rest: BTreeSet<String> = cited.iter().filter(|other| *other != id).cloned().collect();
        if answer(&known.only(&rest), claim) == *claim {
            return Err(Fault::Idle(id.clone()));
        }
    }
    Ok(())
}
