//! What each decision, notice and access report did to the answer: none is
//! passed over without a word.

use armistice_records::Effect;

use crate::assessment::Assessment;
use crate::evidence::{Notice, stands_under};
use crate::finding::Dimension;
use crate::reason::Reason;
use crate::truth::Truth;
use crate::variant::Claim;

/// What a notice did to the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bearing {
    /// Something was judged by it.
    Counted,
    /// It changes nothing, and why.
    Ignored(String),
    /// Nothing that is judged here hangs on it.
    Nothing,
}

impl Assessment<'_> {
    /// What a notice did to this answer.
    #[must_use]
    pub fn bearing(&self, notice: &Notice) -> Bearing {
        let lines = || self.variants.iter().filter_map(|v| v.timeline.as_ref());
        let judged = || self.variants.iter().filter(|v| v.judges());
        let counted = match notice.effect {
            Effect::AccessFull => judged().any(|v| notice.concerns(&v.provision.id) && v.trusts(notice, None)),
            Effect::AccessLimited | Effect::AccessDenied => judged().any(|v| notice.concerns(&v.provision.id)),
            Effect::Certified if self.gates.iter().flatten().any(|gate| gate.certificates.contains(&notice.id)) => true,
            Effect::ExceptionClaimed => self.opened_by(notice),
            _ => {
                lines().any(|line| line.decisions.contains(&notice.id))
                    || self.variants.iter().filter_map(|v| v.deed.as_ref()).any(|d| d.by().any(|id| id == notice.id))
                    || self.adherents.iter().flat_map(|one| &one.names).any(|name| name.by.contains(&notice.id))
                    || self.phases.iter().flatten().any(|phase| phase.by.contains(&notice.id))
            }
        };
        // Leave, and what else must have come before an act.
        let step = judged().flat_map(|v| &v.steps).any(|step| step.by().any(|id| id == notice.id));
        let listed = self.for_people.iter().any(|on| on.notices.contains(&notice.id));
        let determined: Vec<_> = self.determined.iter().filter(|d| d.notice == notice.id).collect();
        let stands = determined.iter().any(|d| d.counts != Truth::False);
        if counted || step || listed || stands || self.referred.iter().any(|r| r.notice == notice.id) {
            return Bearing::Counted;
        }
        if let Some(one) = determined.first() {
            return Bearing::Ignored(one.because.clone());
        }
        if let Some(stray) = self.named_nowhere(notice) {
            return Bearing::Ignored(format!("the agreement has nothing called {stray}"));
        }
        let why = match notice.effect {
            Effect::AccessFull if !notice.vouches() => Some("it speaks for one place only".to_owned()),
            Effect::AccessFull if judged().any(|v| notice.concerns(&v.provision.id)) => {
                Some("it is not the word of a declared monitor".to_owned())
            }
            Effect::Certified => Some(
                "it certifies no gate of the agreement, or not by those who must, or before the days were complete"
                    .to_owned(),
            ),
            Effect::ExceptionClaimed => Some(
                "no party that a provision binds claims an exception open to it, for a record judged here".to_owned(),
            ),
            Effect::Accepted | Effect::Left => {
                Some("it is of nobody whom the agreement binds by accepting it, or not their own word".to_owned())
            }
            Effect::Listed | Effect::Delisted => {
                Some("it names no actor that is listed by those who decided it as its subject".to_owned())
            }
            _ => {
                lines().flat_map(|line| &line.ineffective).find(|(id, _)| *id == notice.id).map(|(_, why)| why.clone())
            }
        };
        why.map_or(Bearing::Nothing, Bearing::Ignored)
    }

    /// A subject that is no clause, gate or actor of the agreement; records are
    /// for claims of exceptions to name.
    fn named_nowhere<'n>(&self, notice: &'n Notice) -> Option<&'n str> {
        let agreement = self.checked.agreement();
        let named = |subject: &&String| {
            agreement.provisions.iter().any(|p| stands_under(&p.id, subject))
                || agreement.gates.iter().any(|g| g.name == **subject)
                || agreement.phases.iter().any(|p| p.name == **subject)
                || agreement.actors.iter().any(|a| a.name == **subject)
        };
        let mut subjects = notice.subject.iter().filter(|_| notice.effect != Effect::ExceptionClaimed);
        subjects.find(|subject| !named(subject)).map(String::as_str)
    }

    /// Whether a claim left some judgement open.
    fn opened_by(&self, notice: &Notice) -> bool {
        self.findings.iter().any(|found| {
            found.judgements.iter().any(|(number, judgement)| {
                let exception = judgement.point(Dimension::Exception);
                let Some(variant) = self.variants.get(*number) else {
                    return false;
                };
                let covers = |claim: &Claim| {
                    claim.id == notice.id && claim.opens(&variant.provision.id, &found.record, judgement.candidates)
                };
                exception.reason == Reason::ExceptionClaimed && variant.claims.iter().any(covers)
            })
        })
    }
}
