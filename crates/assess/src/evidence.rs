//! The records an answer rests on, and what they say apart from incidents.

use armistice_records::{
    Credibility, Dataset, Effect, Kind, Place, Record, RecordColumns, Reliability, SchemaError, When,
};
use armistice_terms::{ActorSet, Agreement, Clock, Units};
use arrow_array::{Array, RecordBatch};
use jiff::Timestamp;

use crate::actors::Naming;
use crate::events::happened;
use crate::sources::of_a_party;
use crate::truth::Truth;
use crate::votes::taken;
use crate::when::widened;

/// Batches of records with the limits of their data sets.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The records, in any order and batching.
    pub batches: &'a [RecordBatch],
    /// The data sets they come from.
    pub datasets: &'a [Dataset],
    /// The boundaries of the administrative units that records name.
    pub units: &'a Units,
    /// How many rows were left out because they could not be read.
    pub unread: u64,
}

/// Why evidence cannot be judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EvidenceError {
    /// A batch is not of the record schema.
    Schema(SchemaError),
    /// Two different versions of one record became known at the same time.
    TwoVersions {
        /// The record.
        record: String,
        /// Where the one was read.
        one: String,
        /// Where the other was read.
        other: String,
    },
    /// The period, or without one the time from the first provision to the last
    /// record, is longer than any ceasefire was.
    TooLong {
        /// The first day.
        from: String,
        /// The last.
        until: String,
        /// The record that reaches so far, and where it was read; none where the
        /// period was given.
        record: Option<String>,
    },
    /// The records come to more findings than an answer can hold.
    TooMany {
        /// How many it can.
        most: usize,
    },
}

impl std::fmt::Display for EvidenceError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Schema(error) => write!(f, "{error}"),
            Self::TwoVersions { record, one, other } => write!(
                f,
                "the record {record} is loaded in two versions, from {one} and from {other}, and nothing says which is the later; say when each became known (`known on` in assessment.truce, \"known\" in a journal), or load one release of a data set at a time"
            ),
            Self::TooLong { from, until, record: None } => write!(
                f,
                "the assessment would run from {from} to {until}, which is longer than 200 years; give a shorter `period` in assessment.truce"
            ),
            Self::TooLong { from, until, record: Some(record) } => write!(
                f,
                "the assessment would run from {from} to {until}, because of {record}; mend its date, or say which time to assess in assessment.truce: `period 2016-09-12 to 2016-09-20`"
            ),
            Self::TooMany { most } => write!(
                f,
                "the records come to more than {most} findings, too many for one answer; assess a shorter time (`period 2016-09-12 to 2016-09-20` in assessment.truce), or fewer readings (`--reading NAME`)"
            ),
        }
    }
}

impl std::error::Error for EvidenceError {}

impl From<SchemaError> for EvidenceError {
    fn from(error: SchemaError) -> Self {
        Self::Schema(error)
    }
}

/// A decision, notification, access report or claim, taken out of the records.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// The record's id.
    pub id: String,
    /// Its kind.
    pub kind: Kind,
    /// What it does.
    pub effect: Effect,
    /// When it was made, or the window it speaks of: first second …
    pub from: i64,
    /// … and the first second after.
    pub to: i64,
    /// Within what it may have been, where its dates are good for no more.
    pub within: (i64, i64),
    /// What it is about; empty: everything.
    pub subject: Vec<String>,
    /// Until when, for a renewal.
    pub until: Option<Timestamp>,
    /// The whole record.
    pub record: Record,
}

impl Notice {
    /// Whether it is about a provision: the provision itself, the clause it
    /// stands in, or the whole agreement.
    #[must_use]
    pub fn concerns(&self, provision: &str) -> bool {
        self.subject.is_empty() || self.subject.iter().any(|subject| stands_under(provision, subject))
    }

    /// Whether an access report speaks for all the ground of what it is about,
    /// and not for one place of it: it names no place, or it names the clauses and
    /// no spot.
    #[must_use]
    pub fn vouches(&self) -> bool {
        match &self.record.place {
            Place::Unknown => self.record.place_name.is_none() || !self.subject.is_empty(),
            Place::Area { .. } => !self.subject.is_empty(),
            _ => false,
        }
    }

    /// Whether it speaks of all of its interval: its dates are as good as it says,
    /// and not of some days within weeks.
    #[must_use]
    pub fn throughout(&self) -> bool {
        self.within == (self.from, self.to)
    }

    /// The actors who made it: those said to have, but a body that by its own
    /// members' votes did not decide it.
    #[must_use]
    pub fn made_by(&self, agreement: &Agreement) -> ActorSet {
        let said = self.said_by(agreement);
        if self.kind != Kind::Decision {
            return said;
        }
        let bodies = said.iter().filter_map(|index| Some((index, agreement.actors.get(index)?.body.as_ref()?)));
        let not_taken = bodies.filter(|(_, body)| taken(body, self, agreement).1 == Truth::False);
        not_taken.fold(said, |made, (index, _)| made.without(ActorSet::one(index)))
    }

    /// The actors who are said to have made it. What only parties or guarantors
    /// tell is their word, and makes it nobody's but theirs.
    pub(crate) fn said_by(&self, agreement: &Agreement) -> ActorSet {
        let named = Naming::of(&self.record.side_a.join("|"), agreement).at(self.from, self.to).certain;
        self.word_of(agreement).map_or(named, |theirs| named.and(theirs))
    }

    /// Whose word it is, if nobody tells of it but parties and guarantors.
    pub(crate) fn word_of(&self, agreement: &Agreement) -> Option<ActorSet> {
        let groups = &self.record.independence_groups;
        let mut theirs = (!groups.is_empty()).then_some(ActorSet::NONE)?;
        for group in groups {
            let side = Naming::of_origin(group, agreement).at(self.from, self.to);
            if !of_a_party(side, agreement) {
                return None;
            }
            theirs = theirs.or(side.certain);
        }
        Some(theirs)
    }
}

/// Whether a provision is the one named, or stands in the clause named.
pub(crate) fn stands_under(provision: &str, named: &str) -> bool {
    provision.strip_prefix(named).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
}

pub(crate) fn origin(columns: &RecordColumns<'_>, row: usize) -> String {
    let file = columns.origin_file.get(row).unwrap_or("?");
    let line = columns.origin_line.get(row).copied().unwrap_or_default();
    format!("{file} line {line}")
}

/// Whether a row is graded as not to be believed: its content very unlikely, or
/// its source inaccurate and its content no better than possible. Whatever such a
/// record tells, it tells nothing.
pub(crate) fn discounted(columns: &RecordColumns<'_>, row: usize) -> bool {
    let code = |column: &arrow_array::UInt8Array| column.is_valid(row).then(|| column.value(row));
    let credibility = code(columns.credibility).and_then(Credibility::from_code);
    let reliability = code(columns.reliability).and_then(Reliability::from_code);
    let likely = matches!(credibility, Some(Credibility::Confirmed | Credibility::Likely));
    credibility == Some(Credibility::VeryUnlikely) || (reliability == Some(Reliability::E) && !likely)
}

/// The ids of the notices among the rows of a batch that count and are
/// discounted.
pub(crate) fn disbelieved<'c>(
    columns: &'c RecordColumns<'_>,
    current: &'c [bool],
) -> impl Iterator<Item = String> + use<'c> {
    let says = columns.kind.iter().zip(current).enumerate().filter(|(_, (kind, counts))| **counts && !happened(**kind));
    says.filter(|(row, _)| discounted(columns, *row)).map(|(row, _)| columns.record_id.value(row).to_owned())
}

/// The notices among the rows of a batch that count, by row.
pub(crate) fn notices(columns: &RecordColumns<'_>, current: &[bool], clock: &Clock) -> Vec<(usize, Notice)> {
    let says = columns.kind.iter().zip(current).enumerate().filter(|(_, (kind, counts))| **counts && !happened(**kind));
    let says = says.filter(|(row, _)| !discounted(columns, *row));
    says.filter_map(|(row, _)| {
        let record = columns.row(row)?;
        let when = interval(&record.happened, clock)?;
        Some((row, told(record, when, widened(columns, row, when))?))
    })
    .collect()
}

/// The inspections among the rows of a batch that count, by row: they say that
/// something was done, or was not, and so other clauses may hang on them. Their
/// time is as good as their dates.
pub(crate) fn inspections(columns: &RecordColumns<'_>, current: &[bool], when: &[(i64, i64)]) -> Vec<(usize, Notice)> {
    let each = columns.kind.iter().zip(current).zip(when).enumerate();
    let looked = each.filter(|(row, ((kind, counts), _))| {
        **counts && **kind == Kind::Inspection.code() && columns.effect.is_valid(*row) && !discounted(columns, *row)
    });
    looked
        .filter_map(|(row, (_, when))| {
            let within = widened(columns, row, *when);
            Some((row, told(columns.row(row)?, within, within)?))
        })
        .collect()
}

fn told(record: Record, (from, to): (i64, i64), within: (i64, i64)) -> Option<Notice> {
    let message = record.message.clone()?;
    Some(Notice {
        id: record.id.clone(),
        kind: record.kind,
        effect: message.effect,
        from,
        to,
        within,
        subject: message.subject,
        until: message.until,
        record,
    })
}

/// A record's interval as instants, in seconds.
#[must_use]
pub fn interval(when: &When, clock: &Clock) -> Option<(i64, i64)> {
    match when {
        When::Utc { from, until } => Some((from.as_second(), until.as_second())),
        When::Local { from, until } => {
            let (first, last) = (clock.instant(*from)?, clock.last_instant(*until)?);
            Some((first.as_second(), last.as_second()))
        }
    }
}
