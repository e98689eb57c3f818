//! The records an answer rests on, and what they say apart from incidents.

use std::hash::BuildHasher;

use armistice_records::{Dataset, Effect, Kind, Place, Record, RecordColumns, SchemaError, When};
use armistice_terms::{ActorSet, Agreement, Clock, Units};
use arrow_array::{Array, RecordBatch};
use hashbrown::{DefaultHashBuilder, HashTable};
use jiff::Timestamp;

use crate::actors::Naming;

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
    /// Two different versions of one record are loaded.
    TwoVersions {
        /// The record.
        record: String,
        /// Where the one was read.
        one: String,
        /// Where the other was read.
        other: String,
    },
    /// No period is given, and from the first provision to the last record is
    /// longer than any ceasefire was.
    TooLong {
        /// The first day.
        from: String,
        /// The last.
        until: String,
        /// The record that reaches so far, and where it was read.
        record: String,
    },
}

impl std::fmt::Display for EvidenceError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Schema(error) => write!(f, "{error}"),
            Self::TwoVersions { record, one, other } => write!(
                f,
                "the record {record} is loaded in two versions, from {one} and from {other}; load one release of a data set at a time"
            ),
            Self::TooLong { from, until, record } => write!(
                f,
                "the assessment would run from {from} to {until}, because of {record}; mend its date, or say which time to assess in assessment.truce: `period 2016-09-12 to 2016-09-20`"
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
    /// and not for one place of it: it names no place, or it names the clauses.
    #[must_use]
    pub fn vouches(&self) -> bool {
        let nowhere = self.record.place == Place::Unknown && self.record.place_name.is_none();
        nowhere || !self.subject.is_empty()
    }

    /// The actors who made it.
    #[must_use]
    pub fn made_by(&self, agreement: &Agreement) -> ActorSet {
        Naming::of(&self.record.side_a.join("|"), agreement).at(self.from, self.to).certain
    }
}

/// Whether a provision is the one named, or stands in the clause named.
pub(crate) fn stands_under(provision: &str, named: &str) -> bool {
    provision.strip_prefix(named).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
}

/// Which rows of a batch count: each record once.
pub(crate) type Fresh = Vec<bool>;

/// What a survey of the evidence finds.
pub(crate) struct Survey {
    /// Which rows of each batch count: each record once, if known by then.
    pub(crate) fresh: Vec<Fresh>,
    /// What the records say apart from incidents, by when and by id.
    pub(crate) notices: Vec<Notice>,
    /// How many records do not say when they became known.
    pub(crate) undated: u64,
}

/// Finds repeated records and what was not yet known, and takes the notices
/// out. `whens` gives the rows' intervals.
pub(crate) fn survey(
    views: &[RecordColumns<'_>],
    whens: &[Vec<(i64, i64)>],
    clock: &Clock,
    as_of: Option<Timestamp>,
) -> Result<Survey, EvidenceError> {
    // Where each record was first seen: batch and row. Its id stays in its
    // column and is looked up there.
    let mut first: HashTable<(usize, usize)> =
        HashTable::with_capacity(views.iter().map(|columns| columns.len()).sum());
    let hasher = DefaultHashBuilder::default();
    let id_at = |&(batch, row): &(usize, usize)| views.get(batch).map_or("", |columns| columns.record_id.value(row));
    let mut survey = Survey { fresh: Vec::with_capacity(views.len()), notices: Vec::new(), undated: 0 };
    for (number, (columns, whens)) in views.iter().zip(whens).enumerate() {
        let mut counts = Vec::with_capacity(columns.len());
        for (row, when) in whens.iter().enumerate() {
            let id = columns.record_id.value(row);
            let hash = hasher.hash_one(id);
            let seen = first.find(hash, |place| id_at(place) == id);
            let seen = seen.and_then(|&(batch, at)| Some((views.get(batch)?, at)));
            if let Some((other, at)) = seen {
                if version(other, at) != version(columns, row) {
                    let mut places = [origin(other, at), origin(columns, row)];
                    places.sort();
                    let [one, other] = places;
                    return Err(EvidenceError::TwoVersions { record: id.to_owned(), one, other });
                }
                counts.push(false);
                continue;
            }
            first.insert_unique(hash, (number, row), |place| hasher.hash_one(id_at(place)));
            let known = known(columns, row, *when, as_of);
            counts.push(known);
            survey.undated += u64::from(columns.known_at.is_null(row));
            let kind = columns.kind.get(row).copied().and_then(Kind::from_code);
            let plain = matches!(kind, Some(Kind::Incident | Kind::Sighting | Kind::Inspection) | None);
            if known && !plain {
                survey.notices.extend(columns.row(row).and_then(|record| notice(record, clock)));
            }
        }
        survey.fresh.push(counts);
    }
    survey.notices.sort_by(|a, b| (a.from, &a.id).cmp(&(b.from, &b.id)));
    Ok(survey)
}

/// Whether a record was known by then. One that does not say when it became
/// known was not before the end of the time it speaks of.
pub(crate) fn known(columns: &RecordColumns<'_>, row: usize, when: (i64, i64), as_of: Option<Timestamp>) -> bool {
    let Some(as_of) = as_of else {
        return true;
    };
    if columns.known_at.is_valid(row) {
        columns.known_at.value(row) <= as_of.as_second()
    } else {
        when.1 <= first_after(as_of)
    }
}

/// The first whole second that is not before an instant: after the last instant
/// of a day, the next day's first.
#[must_use]
pub fn first_after(at: Timestamp) -> i64 {
    at.as_second() + i64::from(at.subsec_nanosecond() > 0)
}

/// What must be the same in two copies of one record.
fn version<'c>(
    columns: &'c RecordColumns<'_>,
    row: usize,
) -> (&'c [u8], Option<i64>, Option<&'c i64>, Option<&'c i64>) {
    let known = columns.known_at.is_valid(row).then(|| columns.known_at.value(row));
    let (from, until) = (columns.happened_from.get(row), columns.happened_until.get(row));
    (columns.origin_sha256.value(row), known, from, until)
}

pub(crate) fn origin(columns: &RecordColumns<'_>, row: usize) -> String {
    let file = columns.origin_file.get(row).unwrap_or("?");
    let line = columns.origin_line.get(row).copied().unwrap_or_default();
    format!("{file} line {line}")
}

fn notice(record: Record, clock: &Clock) -> Option<Notice> {
    let message = record.message.clone()?;
    let (from, to) = interval(&record.happened, clock)?;
    Some(Notice {
        id: record.id.clone(),
        kind: record.kind,
        effect: message.effect,
        from,
        to,
        subject: message.subject,
        until: message.until,
        record,
    })
}

/// A record's interval as instants, in seconds.
pub(crate) fn interval(when: &When, clock: &Clock) -> Option<(i64, i64)> {
    match when {
        When::Utc { from, until } => Some((from.as_second(), until.as_second())),
        When::Local { from, until } => {
            let (first, last) = (clock.instant(*from)?, clock.last_instant(*until)?);
            Some((first.as_second(), last.as_second()))
        }
    }
}
