//! Sections 1, 2 and 4: when a record happened, and who its names are.

use std::collections::BTreeSet;

use armistice_records::{Kind, Record, TimePrecision, When};
use armistice_terms::{Actor, Agreement, Certainty, Clock, Role};
use jiff::Timestamp;

use crate::Interval;

/// The interval a record is reported in.
pub(crate) fn interval(record: &Record, clock: &Clock) -> Option<Interval> {
    match record.happened {
        When::Utc { from, until } => Some((from.as_second(), until.as_second())),
        When::Local { from, until } => {
            let both = record.time_precision == TimePrecision::Moment || !happened(record);
            let begins = clock.instant(from)?.as_second();
            let ends = if both { clock.last_instant(until)? } else { clock.instant(until)? }.as_second();
            Some((begins, if happened(record) { ends.max(begins + 1) } else { ends }))
        }
    }
}

/// The interval a record is judged on.
pub(crate) fn widened(record: &Record, clock: &Clock) -> Option<Interval> {
    let (a, b) = interval(record, clock)?;
    let (least, most) = match record.time_precision {
        TimePrecision::Moment | TimePrecision::Day => (0, 0),
        TimePrecision::Days => (2, 6),
        TimePrecision::Week => (2, 7),
        TimePrecision::Month => (8, 31),
        TimePrecision::Longer => (32, 366),
    };
    let short = b - a < least * 86_400 - 3600;
    let by = if short { most * 86_400 - (b - a) } else { 0 };
    Some((a - by, b + by))
}

/// Whether a record is of something that happened.
pub(crate) fn happened(record: &Record) -> bool {
    matches!(record.kind, Kind::Incident | Kind::Sighting | Kind::Inspection)
}

/// Whether a record is judged: of what happened, or of what access monitors had.
pub(crate) fn is_judged(record: &Record) -> bool {
    happened(record) || record.kind == Kind::Access
}

/// One side of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Side {
    pub(crate) certain: BTreeSet<usize>,
    pub(crate) possible: BTreeSet<usize>,
    pub(crate) others: bool,
    pub(crate) unknown: bool,
    pub(crate) civilian: bool,
}

impl Side {
    pub(crate) fn anyone(&self) -> BTreeSet<usize> {
        self.certain.union(&self.possible).copied().collect()
    }

    pub(crate) fn only(&self, actors: &BTreeSet<usize>) -> bool {
        !self.certain.is_empty() && self.anyone().is_subset(actors) && !self.others && !self.unknown && !self.civilian
    }

    pub(crate) fn and(&self, other: &Self) -> Self {
        let certain: BTreeSet<usize> = self.certain.union(&other.certain).copied().collect();
        let possible = self.possible.union(&other.possible).filter(|a| !certain.contains(a)).copied().collect();
        Self {
            certain,
            possible,
            others: self.others || other.others,
            unknown: self.unknown || other.unknown,
            civilian: self.civilian || other.civilian,
        }
    }
}

/// Whether two names are one, without regard to case.
pub(crate) fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// The names that are written: an empty one is none.
pub(crate) fn written(names: &[String]) -> Vec<&str> {
    names.iter().map(|n| n.trim()).filter(|n| !n.is_empty()).collect()
}

/// Who the names on a side are, over an interval.
pub(crate) fn side(names: &[String], agreement: &Agreement, when: Interval) -> Side {
    let names = written(names);
    let nobody = Side { unknown: names.is_empty(), ..Side::default() };
    names.into_iter().fold(nobody, |side, name| side.and(&meaning(name, agreement, when, false)))
}

/// Whom one name means over an interval. For origins of records, those through
/// whom an actor speaks mean it too.
pub(crate) fn meaning(name: &str, agreement: &Agreement, (a, b): Interval, voices: bool) -> Side {
    if same(name, "Civilians") {
        return Side { civilian: true, ..Side::default() };
    }
    let mut side = Side { unknown: true, ..Side::default() };
    for (index, actor) in agreement.actors.iter().enumerate() {
        let mut meanings: Vec<(Certainty, Option<Timestamp>, Option<Timestamp>)> = Vec::new();
        if same(&actor.name, name) {
            meanings.push((Certainty::Certain, None, None));
        }
        let names = actor.names.iter().filter(|k| same(&k.text, name));
        meanings.extend(names.map(|k| (k.certainty, k.from, k.until)));
        let voiced = actor.voices.iter().filter(|k| voices && same(&k.text, name));
        meanings.extend(voiced.map(|k| (Certainty::Certain, k.from, k.until)));
        for (certainty, from, until) in meanings {
            side.unknown = false;
            let seconds = |at: Option<Timestamp>| at.map(Timestamp::as_second);
            let begins = [seconds(from), seconds(actor.bound_from)].into_iter().flatten().max();
            let ends = [seconds(until), seconds(actor.bound_until)].into_iter().flatten().min();
            let (s, e) = (begins.unwrap_or(i64::MIN), ends.unwrap_or(i64::MAX));
            side.others |= certainty == Certainty::Possible;
            if b <= s || a >= e {
                side.others = true;
            } else if certainty == Certainty::Certain && s <= a && b <= e {
                side.certain.insert(index);
            } else {
                side.possible.insert(index);
                side.others = true;
            }
        }
    }
    side.possible = side.possible.difference(&side.certain).copied().collect();
    side
}

/// Whether the text gives an actor a name.
pub(crate) fn of_the_text(name: &str, actor: &Actor) -> bool {
    same(&actor.name, name) || actor.names.iter().any(|k| same(&k.text, name))
}

/// Everybody of a role.
pub(crate) fn of_role(agreement: &Agreement, role: Role) -> BTreeSet<usize> {
    agreement.actors.iter().enumerate().filter(|(_, a)| a.role == role).map(|(i, _)| i).collect()
}
