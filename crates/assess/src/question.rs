//! What an assessment can be asked after: a standing, or a gate.

use crate::assessment::Assessment;
use crate::gate::GateState;
use crate::standing::Ground;

/// What is asked after.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// A standing, by the indices of the provision, the party (or the whole) and
    /// the variant of the provision.
    Standing {
        /// The provision.
        provision: usize,
        /// The party; `None` for the whole.
        party: Option<usize>,
        /// The variant: an index into [`Assessment::variants`].
        variant: usize,
    },
    /// A gate, by its index and the alternatives that the reading takes.
    Gate {
        /// The gate.
        gate: usize,
        /// The reading, as in [`GateClock::answers`](crate::GateClock::answers).
        answers: Vec<(usize, usize)>,
    },
}

/// An answer, as far as grounds must keep it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The rule that decided a standing.
    Standing(Ground),
    /// Where a gate stands.
    Gate(GateState),
}

impl Question {
    /// Every question that an id stands for, under each reading: `1.a` for a
    /// provision as a whole and each party, `1.a/Government` for one party,
    /// `JIC` for a gate.
    #[must_use]
    pub fn named(assessment: &Assessment<'_>, id: &str) -> Vec<Self> {
        let agreement = assessment.checked.agreement();
        let (clause, party) = id.split_once('/').map_or((id, None), |(clause, party)| (clause, Some(party)));
        let mut questions = Vec::new();
        for standing in &assessment.standings {
            let its = agreement.provisions.get(standing.provision).is_some_and(|p| p.id == clause);
            for row in standing.rows.iter().filter(|_| its) {
                let name = row.party.and_then(|p| agreement.actors.get(p)).map(|a| a.name.as_str());
                if party.is_none_or(|wanted| name == Some(wanted)) {
                    questions.extend(row.readings.iter().map(|held| Self::Standing {
                        provision: standing.provision,
                        party: row.party,
                        variant: held.variant,
                    }));
                }
            }
        }
        let gates = agreement.gates.iter().zip(&assessment.gates).enumerate();
        for (gate, (_, clocks)) in gates.filter(|(_, (gate, _))| gate.name == id) {
            questions.extend(clocks.iter().map(|clock| Self::Gate { gate, answers: clock.answers.clone() }));
        }
        questions
    }

    /// Everything that can be asked after, by id, for those who slip.
    #[must_use]
    pub fn ids(assessment: &Assessment<'_>) -> Vec<String> {
        let agreement = assessment.checked.agreement();
        let provisions = agreement.provisions.iter().map(|p| p.id.clone());
        provisions.chain(agreement.gates.iter().map(|g| g.name.clone())).collect()
    }
}

/// The answer of an assessment to a question.
pub(crate) fn answer(assessment: &Assessment<'_>, question: &Question) -> Option<Answer> {
    match question {
        Question::Standing { provision, party, variant } => {
            let row = assessment.standings.get(*provision)?.rows.iter().find(|row| row.party == *party)?;
            let held = row.readings.iter().find(|held| held.variant == *variant);
            held.map(|held| Answer::Standing(held.ground))
        }
        Question::Gate { gate, answers } => {
            let clock = assessment.gates.get(*gate)?.iter().find(|clock| clock.answers == *answers)?;
            Some(Answer::Gate(clock.state.clone()))
        }
    }
}
