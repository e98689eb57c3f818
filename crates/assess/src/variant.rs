//! A provision under one reading of the brackets it hangs on.

use std::sync::Arc;

use armistice_records::Effect;
use armistice_terms::{ActorSet, Agreement, Exception, Provision, Role};

use crate::actors::{of_role, vouch};
use crate::adherence::Adherence;
use crate::deed::Told;
use crate::evidence::Notice;
use crate::force::Timeline;
use crate::leave::{Taken, taken};

/// An exception that bound parties claim, on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The notification's record id.
    pub id: String,
    /// Who claims it.
    pub by: ActorSet,
    /// The records it is claimed for; `None` for whatever they did under the
    /// provision.
    pub records: Option<Vec<String>>,
}

impl Claim {
    /// Whether it is about a record that one of the candidates may have made.
    /// The record is named by its own id or by the finding's.
    pub(crate) fn opens(&self, provision: &str, record: &str, candidates: ActorSet) -> bool {
        let named = |name: &String| names_record(name, provision, record);
        !self.by.and(candidates).is_empty() && self.records.as_ref().is_none_or(|records| records.iter().any(named))
    }
}

/// Whether a subject is a record, or the finding of it under a provision.
pub(crate) fn names_record(subject: &str, provision: &str, record: &str) -> bool {
    subject == record || subject.strip_prefix(provision).and_then(|rest| rest.strip_prefix(':')) == Some(record)
}

/// A provision under one reading of the brackets it hangs on.
#[derive(Clone, Debug)]
pub struct Variant<'a> {
    /// The provision's index.
    pub index: usize,
    /// The provision, so read.
    pub provision: &'a Provision,
    /// The agreement, so read.
    pub agreement: &'a Agreement,
    /// Which alternative it takes of each question it hangs on.
    pub answers: Vec<(usize, usize)>,
    /// Who its actors are, where that hangs on notices.
    pub adherence: Arc<Adherence>,
    /// When it binds; `None` if the text does not say from when.
    pub timeline: Option<Timeline>,
    /// Exceptions that bound parties claim.
    pub claims: Vec<Claim>,
    /// What is told of the deed that it demands, if it demands one.
    pub(crate) deed: Option<Told>,
    /// What is on record of the steps that must come first.
    pub steps: Vec<Taken>,
}

impl<'a> Variant<'a> {
    pub(crate) fn new(
        index: usize,
        provision: &'a Provision,
        agreement: &'a Agreement,
        answers: Vec<(usize, usize)>,
        (adherence, notices): (Arc<Adherence>, &[&Notice]),
    ) -> Self {
        let timeline = Timeline::of(provision, agreement, notices);
        let claims = notices.iter().filter(|n| n.effect == Effect::ExceptionClaimed);
        let claims = claims.map(|n| Claim {
            id: n.id.clone(),
            by: n.made_by(agreement).and(provision.bound),
            records: (!n.concerns(&provision.id)).then(|| n.subject.clone()),
        });
        let open = provision.exceptions.iter().any(|e| !matches!(e, Exception::Against(_) | Exception::Steps(_)));
        let steps = provision.exceptions.iter().find_map(|exception| match exception {
            Exception::Steps(steps) => Some(taken(provision, agreement, steps, notices)),
            _ => None,
        });
        let claims = claims.filter(|claim| open && !claim.by.is_empty()).collect();
        let deed = provision.duty.deed().map(|deed| Told::of(deed, provision, agreement, notices));
        let steps = steps.unwrap_or_default();
        Self { index, provision, agreement, answers, adherence, timeline, claims, deed, steps }
    }

    /// Whether an access report shows that all the provision speaks of could be
    /// seen: a declared monitor says so (with `by`, one of these), who is not itself
    /// the one bound, of no single place and of all of its time.
    pub(crate) fn trusts(&self, notice: &Notice, by: Option<ActorSet>) -> bool {
        let watchers = of_role(self.agreement, Role::Monitor).or(self.provision.verified_by);
        let looked = notice.made_by(self.agreement).and(by.unwrap_or(watchers));
        notice.vouches() && notice.throughout() && vouch(looked, self.provision.bound)
    }

    /// Whether it binds when another does, the same people, and the same exceptions
    /// are claimed, so that records come to the same under both.
    pub(crate) fn lives_as(&self, other: &Self) -> bool {
        let same = self.timeline == other.timeline && self.claims == other.claims && self.steps == other.steps;
        same && self.adherence == other.adherence
    }

    /// The seconds at which anything changes by which it judges records, but the hours
    /// of the day: its own life, and whom names mean.
    pub(crate) fn cuts(&self) -> impl Iterator<Item = i64> {
        let line = self.timeline.iter().flat_map(Timeline::stretches).map(|(from, ..)| from);
        let actors = self.agreement.actors.iter();
        let named = actors.flat_map(|actor| {
            let spans = actor.names.iter().map(|name| (name.from, name.until));
            spans.chain([(actor.bound_from, actor.bound_until)])
        });
        let named = named.flat_map(|(from, until)| [from, until]).flatten().map(jiff::Timestamp::as_second);
        line.chain(named).chain(self.adherence.edges())
    }

    /// Whether records are judged under it at all.
    #[must_use]
    pub fn judges(&self) -> bool {
        self.timeline.is_some() && self.provision.duty.is_judged()
    }
}
