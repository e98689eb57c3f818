//! Whether a recorded breach was made good within the time a term gives for it.
//!
//! A cure deletes nothing: the breach stays recorded, and beside it stands who
//! found it made good, and when (`docs/semantics.md`, section 7).

use armistice_terms::{Agreement, Provision};
use jiff::Timestamp;

use crate::conditions::Docket;
use crate::evidence::Notice;

/// What is on record of the cure of a breach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cure {
    /// What it comes to.
    pub state: CureState,
    /// The first second after the time given for it.
    pub until: i64,
    /// Who was told to have found it made good: ids of records.
    pub by: Vec<String>,
}

/// What the record of a cure comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CureState {
    /// It was found made good in time.
    InTime,
    /// It was found made good; whether in time cannot be told.
    Unclear,
    /// It was found made good, and only afterwards.
    Late,
    /// Nothing is on record, and there is time still.
    Running,
    /// Nothing is on record, and the time has passed.
    NotOnRecord,
}

impl CureState {
    /// In words.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::InTime => "found made good in time",
            Self::Unclear => "found made good, whether in time cannot be told",
            Self::Late => "found made good after the time given",
            Self::Running => "the time to make it good still runs",
            Self::NotOnRecord => "that it was made good is not on record",
        }
    }
}

/// The cure of a breach of a provision that a record tells of; `None` where the
/// term gives no time for one.
pub(crate) fn cure(
    agreement: &Agreement,
    provision: &Provision,
    told: &[&Notice],
    (record, until): (&str, i64),
    end: i64,
) -> Option<Cure> {
    let length = provision.cure?;
    let last = Timestamp::from_second(until).ok().and_then(|at| agreement.clock.add(at, length));
    let last = last.map_or(i64::MAX, Timestamp::as_second);
    let finding = format!("{}:{record}", provision.id);
    let docket = Docket { agreement, told };
    let found: Vec<&Notice> = docket.made_good(provision, |subject| subject == record || subject == finding).collect();
    let state = if found.iter().any(|notice| notice.to <= last) {
        CureState::InTime
    } else if found.iter().any(|notice| notice.from < last) {
        CureState::Unclear
    } else if !found.is_empty() {
        CureState::Late
    } else if end < last {
        CureState::Running
    } else {
        CureState::NotOnRecord
    };
    Some(Cure { state, until: last, by: found.into_iter().map(|notice| notice.id.clone()).collect() })
}
