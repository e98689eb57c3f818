//! When a provision binds, given the decisions on record.
//!
//! A term "for 48 hours, renewed by X and Y together" runs on only if a
//! decision of both is on record. Where none is, it is not taken to have
//! lapsed: nobody told us. It is *unknown* from there on, until a decision of
//! those who may renew says that it ended.

use armistice_terms::{ActorSet, Agreement, Duty, Provision, Until};
use jiff::Timestamp;

use crate::evidence::Notice;
use crate::reason::Reason;
use crate::truth::Truth;
use armistice_records::Effect;

/// The stretches of a provision's life, in order, each with whether it binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// From each instant (seconds) on, whether it binds and why; before the
    /// first it does not.
    steps: Vec<(i64, Truth, Reason)>,
    /// The reason before the first step.
    before: Reason,
    /// The decisions that made it so, by record id.
    pub decisions: Vec<String>,
    /// Decisions on record that changed nothing, and why.
    pub ineffective: Vec<(String, String)>,
}

impl Timeline {
    /// The life of a provision under the decisions on record. `None` if the
    /// text does not say from when it binds.
    pub(crate) fn of(provision: &Provision, agreement: &Agreement, notices: &[Notice]) -> Option<Self> {
        let starts = match (&provision.duty, &provision.force.from) {
            (Duty::WithdrawBy { deadline, .. }, _) => *deadline,
            (_, Ok(from)) => *from,
            (_, Err(_)) => return None,
        };
        let before = match provision.duty {
            Duty::WithdrawBy { .. } => Reason::NotYetDue,
            _ => Reason::BeforeForce,
        };
        let open = if provision.conditions.is_empty() {
            (Truth::True, Reason::InForce)
        } else {
            (Truth::Unknown, Reason::ConditionOpen)
        };
        let mut line = Self {
            steps: vec![(starts.as_second(), open.0, open.1)],
            before,
            decisions: Vec::new(),
            ineffective: Vec::new(),
        };
        match &provision.force.until {
            Until::Open => {}
            Until::At(end) => line.steps.push((end.as_second(), Truth::False, Reason::AfterForce)),
            Until::Unknown(_) => line.steps.push((starts.as_second(), Truth::Unknown, Reason::RenewalUnknown)),
            Until::Renewable { first, by, together } => {
                line.renew(provision, agreement, notices, open, (first.as_second(), *by, *together));
            }
        }
        Some(line)
    }

    fn renew(
        &mut self,
        provision: &Provision,
        agreement: &Agreement,
        notices: &[Notice],
        open: (Truth, Reason),
        (first, by, together): (i64, ActorSet, bool),
    ) {
        let concerning: Vec<&Notice> = notices.iter().filter(|n| n.concerns(&provision.id)).collect();
        let mut end = first;
        // Notices come sorted by when they were made and then by id, so the
        // outcome does not depend on the order of the files.
        for notice in &concerning {
            let made_by = notice.made_by(agreement);
            let enough = if together { by.without(made_by).is_empty() } else { !by.and(made_by).is_empty() };
            let who = agreement.names_of(by.without(made_by));
            match notice.effect {
                Effect::Renewed if enough => {
                    let Some(until) = notice.until.map(Timestamp::as_second) else {
                        self.ignore(notice, "it does not say until when".to_owned());
                        continue;
                    };
                    if notice.from > end {
                        self.steps.push((end, Truth::Unknown, Reason::RenewalUnknown));
                        self.steps.push((notice.from, open.0, open.1));
                    }
                    if until > end {
                        end = until;
                        self.decisions.push(notice.id.clone());
                    }
                }
                Effect::Ended if enough => {
                    self.decisions.push(notice.id.clone());
                    if notice.from < end {
                        self.steps.push((notice.from, Truth::False, Reason::AfterForce));
                        return;
                    }
                    self.steps.push((end, Truth::Unknown, Reason::RenewalUnknown));
                    self.steps.push((notice.from, Truth::False, Reason::AfterForce));
                    return;
                }
                Effect::Renewed | Effect::Ended => {
                    let joint = if together { "all of them must decide" } else { "one of them must decide" };
                    self.ignore(notice, format!("it is not a decision of {who} ({joint})"));
                }
                Effect::Proposed => self.ignore(notice, "it is an offer, not a decision".to_owned()),
                _ => {}
            }
        }
        self.steps.push((end, Truth::Unknown, Reason::RenewalUnknown));
    }

    fn ignore(&mut self, notice: &Notice, why: String) {
        self.ineffective.push((notice.id.clone(), why));
    }

    /// Whether it bound throughout `[from, until)`.
    #[must_use]
    pub fn during(&self, from: i64, until: i64) -> (Truth, Reason) {
        let mut seen: Option<(Truth, Reason)> = None;
        let mut mixed = false;
        let mut note = |truth: Truth, reason: Reason| match seen {
            None => seen = Some((truth, reason)),
            Some((held, _)) if held == truth => {}
            Some(_) => mixed = true,
        };
        let mut start = i64::MIN;
        let mut state = (Truth::False, self.before);
        for (at, truth, reason) in self.steps.iter().copied().chain([(i64::MAX, Truth::False, self.before)]) {
            // The stretch [start, at) has `state`; an empty one has none.
            if start < until && from < at && start < at {
                note(state.0, state.1);
            }
            start = at;
            state = (truth, reason);
        }
        match seen {
            Some(_) if mixed => (Truth::Unknown, Reason::StraddlesForce),
            Some(found) => found,
            None => (Truth::False, self.before),
        }
    }

    /// The stretches in which it binds or may, as `(from, until, binds)`.
    #[must_use]
    pub fn stretches(&self) -> Vec<(i64, Option<i64>, Truth, Reason)> {
        let ends = self.steps.iter().skip(1).map(|(at, ..)| Some(*at)).chain([None]);
        self.steps.iter().zip(ends).map(|((at, truth, reason), end)| (*at, end, *truth, *reason)).collect()
    }

    /// The first instant at which it binds or may, in seconds.
    #[must_use]
    pub fn begins(&self) -> i64 {
        self.steps.first().map_or(i64::MAX, |(at, ..)| *at)
    }

    /// When it is known to have ended, in seconds.
    #[must_use]
    pub fn ended(&self) -> Option<i64> {
        self.steps.last().filter(|(_, truth, _)| *truth == Truth::False).map(|(at, ..)| *at)
    }
}
