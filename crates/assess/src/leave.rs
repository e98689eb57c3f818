//! What must come before an act that is allowed only then, and whether it did.
//!
//! Each step is decided by the notices on record. They come in the order of the
//! text, each before the next and the last before the act; a notice of a day
//! was made at some hour of it, so that two of one day may have come in either
//! order (`docs/semantics.md`, section 4).

use armistice_records::Effect;
use armistice_terms::{ActorSet, Agreement, Provision, Step, same_name};

use crate::actors::Naming;
use crate::evidence::Notice;
use crate::reason::Reason;
use crate::truth::Truth;

/// The notices that may be one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// How long before the act it must come, in seconds.
    ahead: i64,
    notices: Vec<Told>,
}

impl Taken {
    /// The notices that are the step, or may be.
    pub(crate) fn by(&self) -> impl Iterator<Item = &str> {
        self.notices.iter().map(|told| told.id.as_str())
    }
}

/// A notice that is a step, or may be.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Told {
    id: String,
    when: (i64, i64),
    /// Whose doing it opens; anybody's if nobody is named.
    by: Option<ActorSet>,
    /// The records it is for; whatever the provision speaks of, if none.
    records: Option<Vec<String>>,
    /// Whether it is the step for certain.
    certain: bool,
}

/// What is on record of each step of a provision.
pub(crate) fn taken(provision: &Provision, agreement: &Agreement, steps: &[Step], notices: &[&Notice]) -> Vec<Taken> {
    let told = |step: &Step| notices.iter().filter_map(|n| told(step, provision, agreement, n)).collect();
    let ahead = |step: &Step| match step {
        Step::Notice { ahead, .. } => ahead.as_secs(),
        _ => 0,
    };
    steps.iter().map(|step| Taken { ahead: ahead(step), notices: told(step) }).collect()
}

fn told(step: &Step, provision: &Provision, agreement: &Agreement, notice: &Notice) -> Option<Told> {
    // What nobody but those bound tells of is their own word.
    let word = notice.word_of(agreement);
    let certain = word.is_none_or(|theirs| !theirs.without(provision.bound).is_empty());
    let records = (!notice.concerns(&provision.id)).then(|| notice.subject.clone());
    let told = Told { id: notice.id.clone(), when: (notice.from, notice.to), by: None, records, certain };
    match step {
        Step::Leave { of, together } => {
            let missing = of.without(notice.made_by(agreement));
            let enough = if *together { missing.is_empty() } else { missing != *of };
            (notice.effect == Effect::Authorised && enough).then_some(told)
        }
        Step::Notice { to, .. } => {
            let by = notice.made_by(agreement).and(provision.bound);
            let names = &notice.record.side_b;
            let heard = Naming::of(&names.join("|"), agreement).at(notice.from, notice.to);
            // In words alone, or where nobody is written down, who was told cannot be told.
            let all = !to.is_empty() && to.without(heard.certain).is_empty();
            let some = to.is_empty() || heard.unknown || !heard.anyone().and(*to).is_empty();
            let ours = notice.effect == Effect::Notified && !by.is_empty() && some;
            ours.then_some(Told { by: Some(by), certain: certain && all, ..told })
        }
        Step::After(words) => {
            let done = matches!(notice.effect, Effect::Notified | Effect::Begun | Effect::FoundDone);
            let named = notice.subject.iter().any(|subject| same_name(subject, words));
            (done && named).then_some(Told { records: None, ..told })
        }
    }
}

/// Whether each step was taken, in order, before what a record tells of.
pub(crate) fn opened(
    steps: &[Taken],
    (provision, record): (&str, &str),
    candidates: ActorSet,
    (from, until): (i64, i64),
) -> (Truth, Reason) {
    let mut certain = Some(i64::MIN);
    let mut possible = Some(i64::MIN);
    for step in steps {
        let about = |told: &&Told| {
            let names = |name: &String| crate::variant::names_record(name, provision, record);
            told.records.as_ref().is_none_or(|records| records.iter().any(names))
        };
        let shown =
            step.notices.iter().filter(about).filter(|t| {
                t.certain && t.by.is_none_or(|by| !candidates.is_empty() && candidates.without(by).is_empty())
            });
        // The one that ends first leaves most room for the next.
        certain = certain.and_then(|reached| {
            let in_time = shown.filter(|t| t.when.0 >= reached && t.when.1.saturating_add(step.ahead) <= from);
            in_time.map(|t| t.when.1).min()
        });
        let claimed =
            step.notices.iter().filter(about).filter(|t| t.by.is_none_or(|by| !by.and(candidates).is_empty()));
        possible = possible.and_then(|reached| {
            let at = claimed.filter(|t| t.when.1 > reached).map(|t| t.when.0.max(reached));
            at.filter(|at| at.saturating_add(step.ahead) < until).min()
        });
    }
    match (certain, possible) {
        (Some(_), _) => (Truth::True, Reason::StepsTaken),
        (None, Some(_)) => (Truth::Unknown, Reason::StepsUnclear),
        (None, None) => (Truth::False, Reason::StepMissing),
    }
}
