//! What became of each record between two states of knowledge.

use std::collections::{BTreeMap, BTreeSet};

use armistice_records::{Effect, Kind, Record, RecordColumns};
use arrow_array::Array;

use crate::evidence::origin;
use crate::knowledge::At;
use crate::running::Running;

/// A record whose version that counts is not the same at both times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The record's id.
    pub id: String,
    /// The version that counted at the earlier time: batch and row.
    pub was: Option<(usize, usize)>,
    /// The version that counts at the later.
    pub is: Option<(usize, usize)>,
    /// What became of it.
    pub became: Became,
    /// Whether either version touches the period.
    pub in_period: bool,
}

/// What became of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Became {
    /// It became known in between. What it tells of may be older by years.
    New,
    /// It was taken back in between, by this.
    Withdrawn(Option<Retraction>),
    /// It is told anew, and these things read otherwise.
    Revised(Vec<Field>),
}

/// What took a record back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retraction {
    /// The retraction's own id.
    pub id: String,
    /// What it says.
    pub note: Option<String>,
    /// Where it was read.
    pub origin: String,
}

macro_rules! fields {
    ($($(#[$meta:meta])* $name:ident = $word:literal;)+) => {
        /// A thing that a record says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $($(#[$meta])* $name,)+ }

        impl Field {
            /// Every one of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word for reports.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }
        }
    };
}

fields! {
    /// When it began.
    Begins = "begins";
    /// When it ended.
    Ends = "ends";
    /// How well the source knew when.
    GoodTo = "good to";
    /// Where, as far as it can be measured.
    Place = "place";
    /// The source's words for the place.
    PlaceName = "place name";
    /// The first-order unit.
    Unit = "unit";
    /// The country.
    Country = "country";
    /// Who stood on the one side.
    SideA = "side A";
    /// Who stood on the other.
    SideB = "side B";
    /// Whether it says who acted on whom.
    Direction = "direction";
    /// The act.
    Act = "act";
    /// The weapons.
    Weapons = "weapons";
    /// Killed, the lowest figure.
    Low = "killed, low";
    /// Killed, the best figure.
    Best = "killed, best";
    /// Killed, the highest figure.
    High = "killed, high";
    /// Civilians among the killed.
    Civilians = "civilians killed";
    /// How many people or things.
    Quantity = "quantity";
    /// How high.
    Height = "height";
    /// Whether the source is clear about it.
    Clarity = "clarity";
    /// How many sources.
    Sources = "sources";
    /// The source's reliability.
    Reliability = "reliability";
    /// The content's credibility.
    Credibility = "credibility";
    /// The origins it rests on.
    Origins = "origins";
    /// The event it tells of.
    Event = "event";
    /// What sort of record it is.
    Kind = "kind";
    /// What a decision, report or claim says.
    Message = "message";
    /// The sentence for people.
    Note = "note";
}

/// Records counted by what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Known at the later time alone.
    pub new: u64,
    /// Known at the earlier time, and taken back by the later.
    pub withdrawn: u64,
    /// Known at both times.
    pub both: u64,
    /// Of those, told otherwise.
    pub revised: u64,
    /// Of those, in how many each thing reads otherwise.
    pub fields: BTreeMap<Field, u64>,
}

impl Totals {
    /// In how many records a thing was revised.
    #[must_use]
    pub fn of(&self, field: Field) -> u64 {
        self.fields.get(&field).copied().unwrap_or_default()
    }

    fn add(&mut self, became: Option<&Became>) {
        match became {
            Some(Became::New) => self.new += 1,
            Some(Became::Withdrawn(_)) => self.withdrawn += 1,
            Some(Became::Revised(fields)) => {
                self.both += 1;
                self.revised += 1;
                for field in fields {
                    *self.fields.entry(*field).or_default() += 1;
                }
            }
            None => self.both += 1,
        }
    }
}

/// What became of all records: those that changed, by id; the totals of all,
/// and of those of the period.
pub(crate) struct Changes {
    pub(crate) records: Vec<Changed>,
    pub(crate) all: Totals,
    pub(crate) period: Totals,
}

/// Both states are of the same batches, in the same order, and over the same
/// period.
pub(crate) fn changes(earlier: &Running<'_, '_>, later: &Running<'_, '_>) -> Changes {
    let mut changes = Changes { records: Vec::new(), all: Totals::default(), period: Totals::default() };
    let mut moved: BTreeMap<String, (Option<At>, Option<At>)> = BTreeMap::new();
    for number in 0..later.batches.len() {
        let Some(columns) = later.view(number) else {
            continue;
        };
        let counts = earlier.knowledge.current(number).iter().zip(later.knowledge.current(number));
        for (row, (then, now)) in counts.enumerate() {
            let at = (number, row);
            if *then && *now {
                changes.all.add(None);
                if touches(later, at) {
                    changes.period.add(None);
                }
            } else if *then || *now {
                let slot = moved.entry(columns.record_id.value(row).to_owned()).or_default();
                *(if *then { &mut slot.0 } else { &mut slot.1 }) = Some(at);
            }
        }
    }
    let retractions = retractions(later, &moved);
    for (id, (was, is)) in moved {
        let became = match (was, is) {
            (None, _) => Some(Became::New),
            (_, None) => Some(Became::Withdrawn(retractions.get(&id).and_then(|at| retraction(later, *at)))),
            (Some(was), Some(is)) => {
                let fields = revised(later, was, is);
                (!fields.is_empty()).then_some(Became::Revised(fields))
            }
        };
        let in_period = [was, is].into_iter().flatten().any(|at| touches(later, at));
        changes.all.add(became.as_ref());
        if in_period {
            changes.period.add(became.as_ref());
        }
        // What is told anew in the same words did not change.
        if let Some(became) = became {
            changes.records.push(Changed { id, was, is, became, in_period });
        }
    }
    changes
}

/// Whether a row may have happened within the period.
pub(crate) fn touches(running: &Running<'_, '_>, (batch, row): At) -> bool {
    let when = running.whens.get(batch).and_then(|whens| whens.get(row));
    running.view(batch).zip(when).is_some_and(|(columns, when)| running.touches(&columns, row, *when))
}

/// Of each record that went, the retraction that took it back: the latest, and
/// of those the first by id.
fn retractions(later: &Running<'_, '_>, moved: &BTreeMap<String, (Option<At>, Option<At>)>) -> BTreeMap<String, At> {
    let gone = |id: &str| moved.get(id).is_some_and(|(_, is)| is.is_none());
    let mut found: BTreeMap<String, ((i64, std::cmp::Reverse<String>), At)> = BTreeMap::new();
    let as_of = later.options.as_of.map_or(i64::MAX, jiff::Timestamp::as_second);
    for number in 0..later.batches.len() {
        let Some(columns) = later.view(number) else {
            continue;
        };
        for row in (0..columns.len()).filter(|row| withdraws(&columns, *row)) {
            let known = columns.known_at.value(row);
            if known > as_of {
                continue;
            }
            for id in columns.subject.get(row).into_iter().flat_map(|s| s.split('|')).filter(|id| gone(id)) {
                let rank = (known, std::cmp::Reverse(columns.record_id.value(row).to_owned()));
                let slot = found.entry(id.to_owned()).or_insert_with(|| (rank.clone(), (number, row)));
                if rank > slot.0 {
                    *slot = (rank, (number, row));
                }
            }
        }
    }
    found.into_iter().map(|(id, (_, at))| (id, at)).collect()
}

fn withdraws(columns: &RecordColumns<'_>, row: usize) -> bool {
    columns.kind.get(row).copied() == Some(Kind::Retraction.code())
        && columns.known_at.is_valid(row)
        && columns.effect.is_valid(row)
        && Effect::from_code(columns.effect.value(row)) == Some(Effect::Withdrawn)
}

fn retraction(running: &Running<'_, '_>, (batch, row): At) -> Option<Retraction> {
    let columns = running.view(batch)?;
    let record = columns.row(row)?;
    Some(Retraction { id: record.id, note: record.note, origin: origin(&columns, row) })
}

/// What reads otherwise in two versions of a record. Names are compared without
/// regard to case, as they are when they are judged.
fn revised(running: &Running<'_, '_>, was: At, is: At) -> Vec<Field> {
    let record = |(batch, row): At| running.view(batch).and_then(|columns| columns.row(row));
    let when = |(batch, row): At| running.whens.get(batch).and_then(|whens| whens.get(row)).copied();
    let (Some(a), Some(b), Some(then), Some(now)) = (record(was), record(is), when(was), when(is)) else {
        return Vec::new();
    };
    let differs = |field: &Field| match field {
        Field::Begins => then.0 != now.0,
        Field::Ends => then.1 != now.1,
        other => reads_otherwise(*other, &a, &b),
    };
    Field::ALL.iter().copied().filter(differs).collect()
}

fn reads_otherwise(field: Field, a: &Record, b: &Record) -> bool {
    let killed = |r: &Record, pick: fn(&armistice_records::Estimate) -> u32| r.deaths.as_ref().map(pick);
    let name = |text: &Option<String>| text.as_ref().map(|t| t.to_lowercase());
    let names = |all: &[String]| -> Vec<String> { all.iter().map(|t| t.to_lowercase()).collect() };
    let set = |all: &[String]| -> BTreeSet<String> { names(all).into_iter().collect() };
    match field {
        Field::Begins | Field::Ends => a.happened != b.happened,
        Field::GoodTo => a.time_precision != b.time_precision,
        Field::Place => place(a) != place(b),
        Field::PlaceName => name(&a.place_name) != name(&b.place_name),
        Field::Unit => name(&a.admin1) != name(&b.admin1),
        Field::Country => name(&a.country) != name(&b.country),
        Field::SideA => names(&a.side_a) != names(&b.side_a),
        Field::SideB => names(&a.side_b) != names(&b.side_b),
        Field::Direction => a.direction != b.direction,
        Field::Act => a.act != b.act,
        Field::Weapons => set(&a.weapons) != set(&b.weapons),
        Field::Low => killed(a, |k| k.low) != killed(b, |k| k.low),
        Field::Best => killed(a, |k| k.best) != killed(b, |k| k.best),
        Field::High => killed(a, |k| k.high) != killed(b, |k| k.high),
        Field::Civilians => a.civilian_deaths != b.civilian_deaths,
        Field::Quantity => a.quantity != b.quantity,
        Field::Height => a.height != b.height,
        Field::Clarity => a.clarity != b.clarity,
        Field::Sources => a.sources != b.sources,
        Field::Reliability => a.reliability != b.reliability,
        Field::Credibility => a.credibility != b.credibility,
        Field::Origins => set(&a.independence_groups) != set(&b.independence_groups),
        Field::Event => a.event != b.event,
        Field::Kind => a.kind != b.kind,
        Field::Message => a.message != b.message,
        Field::Note => a.note != b.note,
    }
}

/// A place with its names in small letters.
fn place(record: &Record) -> armistice_records::Place {
    match &record.place {
        armistice_records::Place::Area { name, label, level } => {
            armistice_records::Place::Area { name: name.to_lowercase(), label: *label, level: *level }
        }
        other => other.clone(),
    }
}
