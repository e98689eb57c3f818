//! What each decision, notice and access report did to the answer: none is
//! passed over without a word.

use armistice_records::Effect;

use crate::assessment::Assessment;
use crate::evidence::Notice;

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
            Effect::AccessFull => judged().any(|v| notice.concerns(&v.provision.id) && v.trusts(notice)),
            Effect::AccessLimited | Effect::AccessDenied => judged().any(|v| notice.concerns(&v.provision.id)),
            Effect::Certified => self.gates.iter().flatten().any(|gate| gate.certificates.contains(&notice.id)),
            Effect::ExceptionClaimed => judged().flat_map(|v| &v.claims).any(|claim| claim.id == notice.id),
            _ => lines().any(|line| line.decisions.contains(&notice.id)),
        };
        if counted {
            return Bearing::Counted;
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
            Effect::ExceptionClaimed => Some("no party that a provision binds claims it".to_owned()),
            _ => {
                lines().flat_map(|line| &line.ineffective).find(|(id, _)| *id == notice.id).map(|(_, why)| why.clone())
            }
        };
        why.map_or(Bearing::Nothing, Bearing::Ignored)
    }
}
