//! Who fought whom, day by day: what scope does to the count.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use armistice_records::{Kind, RecordColumns, TimePrecision, WordColumn};
use armistice_terms::{ActorSet, Agreement, Clock, Role};
use arrow_array::Array;
use jiff::Timestamp;
use jiff::civil::{Date, Time};

use crate::actors::{Side, of_role};
use crate::adherence::Adherence;
use crate::names::Names;

/// How a record's sides stand to the agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Parties on both sides, or names that may cover them.
    BetweenParties,
    /// A group the agreement excludes on one side.
    ExcludedGroup,
    /// Force against civilians.
    AgainstCivilians,
    /// An actor the agreement does not bind on one side.
    NotNamed,
    /// Both sides belong to one party.
    WithinParty,
}

impl Relation {
    /// The phrase for reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::BetweenParties => "between the parties",
            Self::ExcludedGroup => "with an excluded group",
            Self::AgainstCivilians => "against civilians",
            Self::NotNamed => "with actors it does not name",
            Self::WithinParty => "within one party",
        }
    }
}

/// People killed, never as one figure: the sums of the sources' lowest, best
/// and highest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Killed {
    /// Sum of the lowest figures.
    pub low: u64,
    /// Sum of the best figures.
    pub best: u64,
    /// Sum of the highest figures.
    pub high: u64,
}

impl Killed {
    fn add(&mut self, columns: &RecordColumns<'_>, row: usize) {
        if columns.deaths_best.is_valid(row) {
            let best = u64::from(columns.deaths_best.value(row));
            let or_best = |column: &arrow_array::UInt32Array| {
                if column.is_valid(row) { u64::from(column.value(row)) } else { best }
            };
            self.low += or_best(columns.deaths_low);
            self.best += best;
            self.high += or_best(columns.deaths_high);
        }
    }
}

/// A number of records and the people killed in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Toll {
    /// Records.
    pub records: u64,
    /// Those of them that state how many were killed.
    pub stated: u64,
    /// People killed.
    pub killed: Killed,
}

impl Span {
    fn take_in(&mut self, other: &Self) {
        self.days = self.days.max(other.days);
        self.between.take_in(&other.between);
        self.all.take_in(&other.all);
    }
}

impl Toll {
    fn take_in(&mut self, other: &Self) {
        self.records += other.records;
        self.stated += other.stated;
        self.killed.low += other.killed.low;
        self.killed.best += other.killed.best;
        self.killed.high += other.killed.high;
    }

    fn add(&mut self, columns: &RecordColumns<'_>, row: usize) {
        self.records += 1;
        self.stated += u64::from(columns.deaths_best.is_valid(row));
        self.killed.add(columns, row);
    }
}

/// Tolls of a span of days, in scope and all told; only records that are good
/// to the day, by the day on which they began.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// How many days.
    pub days: u32,
    /// Between the parties.
    pub between: Toll,
    /// All records.
    pub all: Toll,
}

/// What the records hold, whatever the provisions make of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Series {
    /// Each day of the period: between the parties, and all.
    pub daily: BTreeMap<Date, (Toll, Toll)>,
    /// The period.
    pub period: Span,
    /// The period set beside it.
    pub baseline: Option<Span>,
    /// Records that begin in the period, by the names on both sides.
    pub dyads: BTreeMap<(Relation, String, String), Toll>,
    /// Records that begin in the period and are not good to the day.
    pub not_day_precise: u64,
    /// Records that begin in the period.
    pub begun: u64,
}

impl Series {
    /// Adds what other records of the same period and baseline hold.
    pub(crate) fn add(&mut self, other: &Self) {
        for (date, (between, all)) in &other.daily {
            let day = self.daily.entry(*date).or_default();
            day.0.take_in(between);
            day.1.take_in(all);
        }
        self.period.take_in(&other.period);
        if let Some(other) = &other.baseline {
            self.baseline.get_or_insert_default().take_in(other);
        }
        for (dyad, toll) in &other.dyads {
            self.dyads.entry(dyad.clone()).or_default().take_in(toll);
        }
        self.not_day_precise += other.not_day_precise;
        self.begun += other.begun;
    }
}

/// Counts rows into a series.
pub(crate) struct Counter<'a> {
    agreement: &'a Agreement,
    adherence: Arc<Adherence>,
    parties: ActorSet,
    excluded: ActorSet,
    window: (i64, i64),
    baseline: Option<(i64, i64)>,
    days: Days,
    /// The series so far, but its days.
    series: Series,
}

impl<'a> Counter<'a> {
    pub(crate) fn new(
        agreement: &'a Agreement,
        adherence: Arc<Adherence>,
        window: (i64, i64),
        baseline: Option<(i64, i64)>,
    ) -> Self {
        let clock = &agreement.clock;
        let days = |(from, until): (i64, i64)| dates(clock, from, until).count();
        let count = |window| u32::try_from(days(window)).unwrap_or(u32::MAX);
        let series = Series {
            period: Span { days: count(window), ..Span::default() },
            baseline: baseline.map(|b| Span { days: count(b), ..Span::default() }),
            ..Series::default()
        };
        let days = Days::of(clock, window);
        let parties = of_role(agreement, Role::Party);
        let excluded = of_role(agreement, Role::Excluded);
        Self { agreement, adherence, parties, excluded, window, baseline, days, series }
    }

    /// What was counted.
    pub(crate) fn series(mut self) -> Series {
        self.series.daily = self.days.dates.into_iter().zip(self.days.tolls).collect();
        self.series
    }

    pub(crate) fn add(&mut self, columns: &RecordColumns<'_>, when: &[(i64, i64)], fresh: &[bool]) {
        let names = Names::of(columns, self.agreement, &self.adherence);
        // The sides are texts in the batch; what they come to is written down at its end.
        let mut dyads: HashMap<(Relation, Option<i32>, Option<i32>), Toll> = HashMap::new();
        for (row, (&(from, until), fresh)) in when.iter().zip(fresh).enumerate() {
            let within = |(start, end): (i64, i64)| (start..end).contains(&from);
            let in_window = within(self.window);
            let in_baseline = self.baseline.is_some_and(within);
            if !*fresh || !(in_window || in_baseline) || columns.kind.get(row).copied() != Some(Kind::Incident.code()) {
                continue;
            }
            let (a, b) = names.sides(columns, row, (from, until));
            let relation = self.relation(a, b);
            let precision = columns.time_precision.get(row).copied().unwrap_or(u8::MAX);
            let precise = precision <= TimePrecision::Day.code();
            let ours = relation == Relation::BetweenParties;
            if let Some(span) = self.series.baseline.as_mut().filter(|_| in_baseline && precise) {
                count(span, ours, columns, row);
            }
            if !in_window {
                continue;
            }
            self.series.begun += 1;
            let key = |column: &WordColumn<'_>| column.keys.is_valid(row).then(|| column.keys.value(row));
            dyads.entry((relation, key(&columns.side_a), key(&columns.side_b))).or_default().add(columns, row);
            if !precise {
                self.series.not_day_precise += 1;
                continue;
            }
            count(&mut self.series.period, ours, columns, row);
            // A whole day is the day it names, wherever the agreement cuts its own.
            let whole_day = precision == TimePrecision::Day.code();
            if let Some((between, all)) = self.days.of_second(from, whole_day) {
                all.add(columns, row);
                if ours {
                    between.add(columns, row);
                }
            }
        }
        // The sums do not hang on the order in which they are made.
        let mut dyads: Vec<_> = dyads.into_iter().collect();
        dyads.sort_unstable_by_key(|(key, _)| *key);
        for ((relation, a, b), toll) in dyads {
            let dyad = (relation, side(&columns.side_a, a), side(&columns.side_b, b));
            self.series.dyads.entry(dyad).or_default().take_in(&toll);
        }
    }

    fn relation(&self, a: Side, b: Side) -> Relation {
        let (pa, pb) = (a.anyone().and(self.parties), b.anyone().and(self.parties));
        if !pa.is_empty() && !pb.is_empty() {
            if pa == pb && pa.len() == 1 { Relation::WithinParty } else { Relation::BetweenParties }
        } else if !a.certain.or(b.certain).and(self.excluded).is_empty() {
            Relation::ExcludedGroup
        } else if a.civilians || b.civilians {
            Relation::AgainstCivilians
        } else {
            Relation::NotNamed
        }
    }
}

/// A side's names as reports write them.
fn side(column: &WordColumn<'_>, key: Option<i32>) -> String {
    let key = key.and_then(|key| usize::try_from(key).ok()).filter(|key| *key < column.names.len());
    key.map_or("?", |key| column.names.value(key)).replace('|', ", ")
}

/// The agreement's days of the period, and where each begins: by its own clock, and
/// by the calendar.
struct Days {
    dates: Vec<Date>,
    begin: Vec<i64>,
    midnight: Vec<i64>,
    /// Between the parties, and all.
    tolls: Vec<(Toll, Toll)>,
}

impl Days {
    fn of(clock: &Clock, (from, until): (i64, i64)) -> Self {
        let dates: Vec<Date> = dates(clock, from, until).collect();
        // One more, at which the last has ended.
        let next = dates.last().and_then(|date| date.tomorrow().ok());
        let each = || dates.iter().copied().chain(next);
        let second = |at: Option<Timestamp>| at.map_or(i64::MAX, Timestamp::as_second);
        let begin = each().map(|date| second(clock.day_begins(date))).collect();
        let midnight = each().map(|date| second(clock.instant(date.to_datetime(Time::midnight())))).collect();
        let tolls = vec![Default::default(); dates.len()];
        Self { dates, begin, midnight, tolls }
    }

    /// The tolls of the day that a second falls in, if it is one of them.
    fn of_second(&mut self, second: i64, by_calendar: bool) -> Option<&mut (Toll, Toll)> {
        let begins = if by_calendar { &self.midnight } else { &self.begin };
        let day = begins.partition_point(|begin| *begin <= second).checked_sub(1)?;
        self.tolls.get_mut(day)
    }
}

fn count(span: &mut Span, ours: bool, columns: &RecordColumns<'_>, row: usize) {
    span.all.add(columns, row);
    if ours {
        span.between.add(columns, row);
    }
}

/// The agreement's days that a window touches.
fn dates(clock: &Clock, from: i64, until: i64) -> impl Iterator<Item = Date> + use<> {
    let day = |second: i64| jiff::Timestamp::from_second(second).ok().map(|at| clock.day_of(at));
    let last = day(until - 1);
    let mut next = day(from);
    std::iter::from_fn(move || {
        let date = next.filter(|date| last.is_some_and(|last| *date <= last))?;
        next = date.tomorrow().ok();
        Some(date)
    })
}
