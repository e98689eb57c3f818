//! Which records tell of one event.
//!
//! Ten reports of one shelling are one shelling. Records belong together where
//! somebody says so (`event`), and where one reads like a reprint of another.
//! Almost all records stand alone, and cost nothing here.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use armistice_records::{Dataset, Kind, RecordColumns};
use arrow_array::Array;

use crate::knowledge::At;

/// The events of which several records tell.
#[derive(Debug, Default)]
pub(crate) struct Events {
    /// Each such event's records, the one that stands for it first.
    members: Vec<Vec<At>>,
    of: HashMap<At, usize>,
}

/// The records that happened and count, batch by batch.
pub(crate) struct Happened<'v> {
    pub(crate) views: &'v [RecordColumns<'v>],
    pub(crate) whens: &'v [Vec<(i64, i64)>],
    pub(crate) current: &'v dyn Fn(usize) -> &'v [bool],
    pub(crate) datasets: &'v [Dataset],
}

/// Whether a kind is of something that happened.
pub(crate) fn happened(kind: u8) -> bool {
    matches!(Kind::from_code(kind), Some(Kind::Incident | Kind::Sighting | Kind::Inspection))
}

/// Whether records of a kind are judged: those of what happened, and those of
/// what access monitors had.
pub(crate) fn judged(kind: u8) -> bool {
    happened(kind) || kind == Kind::Access.code()
}

impl<'v> Happened<'v> {
    fn rows(&self) -> impl Iterator<Item = (At, &'v RecordColumns<'v>)> {
        self.views.iter().enumerate().flat_map(move |(batch, columns)| {
            let each = columns.kind.iter().zip((self.current)(batch)).enumerate();
            each.filter(|(_, (kind, counts))| **counts && judged(**kind)).map(move |(row, _)| ((batch, row), columns))
        })
    }

    /// Whether a row's data set counts events, so that two of it are two.
    fn counted(&self, columns: &RecordColumns<'_>, row: usize) -> bool {
        let name = columns.dataset.get(row).unwrap_or_default();
        self.datasets.iter().any(|d| d.name == name && d.reach.counts_events)
    }
}

impl Events {
    pub(crate) fn of(happened: &Happened<'_>) -> Self {
        let mut links = Links::default();
        said(happened, &mut links);
        copies(happened, &mut links);
        let mut members: BTreeMap<At, Vec<At>> = BTreeMap::new();
        let linked: Vec<At> = links.above.keys().copied().collect();
        for at in linked {
            members.entry(links.top(at)).or_default().push(at);
        }
        let mut events = Self::default();
        for mut group in members.into_values() {
            group.sort_by_key(|at| standing_for(happened, *at));
            for at in &group {
                events.of.insert(*at, events.members.len());
            }
            events.members.push(group);
        }
        events
    }

    /// The records that tell of the event a record tells of, if there are several.
    pub(crate) fn together(&self, at: At) -> Option<&[At]> {
        self.of.get(&at).and_then(|event| self.members.get(*event)).map(Vec::as_slice)
    }

    /// The record that stands for the event, if several tell of it.
    pub(crate) fn standing_for(&self, at: At) -> Option<At> {
        self.together(at).and_then(<[At]>::first).copied()
    }
}

/// The order in which records stand for an event: those of data sets that
/// count events first, then by id.
fn standing_for(happened: &Happened<'_>, (batch, row): At) -> (bool, String) {
    let columns = happened.views.get(batch);
    let counted = columns.is_some_and(|c| happened.counted(c, row));
    (!counted, columns.map_or_else(String::new, |c| c.record_id.value(row).to_owned()))
}

/// What is said to be one: the same event named, or another record's id.
fn said(happened: &Happened<'_>, links: &mut Links) {
    let mut named: BTreeMap<&str, At> = BTreeMap::new();
    for (at, columns) in happened.rows().filter(|(_, columns)| columns.event.null_count() < columns.len()) {
        if columns.event.is_valid(at.1) {
            let first = *named.entry(columns.event.value(at.1)).or_insert(at);
            links.join(first, at);
        }
    }
    if named.is_empty() {
        return;
    }
    for (at, columns) in happened.rows() {
        if let Some(first) = named.get(columns.record_id.value(at.1)) {
            links.join(*first, at);
        }
    }
}

/// What must be alike in a record and its copy. Texts are compared as written,
/// groups without regard to order and case.
type Likeness<'c> = (
    (u8, u8, u8, u8, (i64, i64)),
    (u8, [Option<u64>; 9], Option<u8>, [Option<&'c str>; 4]),
    [Option<&'c str>; 5],
    ([Option<u32>; 10], Option<u8>, Option<i64>),
    BTreeSet<String>,
);

/// What only reads like one: a report printed again.
fn copies(happened: &Happened<'_>, links: &mut Links) {
    let counted = |(at, columns): &(At, &RecordColumns<'_>)| happened.counted(columns, at.1);
    let grouped = |(at, columns): &(At, &RecordColumns<'_>)| columns.independence_groups.keys.is_valid(at.1);
    let mut loose: BTreeMap<Likeness<'_>, Vec<At>> = BTreeMap::new();
    for (at, columns) in happened.rows().filter(grouped).filter(|row| !counted(row)) {
        loose.entry(likeness(happened, columns, at)).or_default().push(at);
    }
    if loose.is_empty() {
        return;
    }
    // The events of counted data sets that such reports may tell of again: the
    // first by id, since a report is of one event.
    let times: BTreeSet<(i64, i64)> = loose.keys().map(|likeness| likeness.0.4).collect();
    let mut originals: BTreeMap<Likeness<'_>, (&str, At)> = BTreeMap::new();
    for (at, columns) in happened.rows().filter(grouped).filter(counted) {
        let when = happened.whens.get(at.0).and_then(|w| w.get(at.1));
        if when.is_some_and(|when| times.contains(when)) {
            let id = columns.record_id.value(at.1);
            let first = originals.entry(likeness(happened, columns, at)).or_insert((id, at));
            if id < first.0 {
                *first = (id, at);
            }
        }
    }
    for (likeness, reports) in loose {
        let original = originals.get(&likeness).map(|(_, at)| *at).or(reports.first().copied());
        for report in reports {
            links.join(original.unwrap_or(report), report);
        }
    }
}

fn likeness<'c>(happened: &Happened<'_>, c: &RecordColumns<'c>, (batch, row): At) -> Likeness<'c> {
    let when = happened.whens.get(batch).and_then(|w| w.get(row)).copied().unwrap_or_default();
    let code = |column: &[u8]| column.get(row).copied().unwrap_or_default();
    let number = |column: &arrow_array::Float64Array| column.is_valid(row).then(|| column.value(row).to_bits());
    let people = |column: &arrow_array::UInt32Array| column.is_valid(row).then(|| column.value(row));
    let byte = |column: &arrow_array::UInt8Array| column.is_valid(row).then(|| column.value(row));
    let groups = c.independence_groups.get(row).unwrap_or_default();
    (
        (code(c.kind), code(c.act), code(c.direction), code(c.time_precision), when),
        (
            code(c.place_kind),
            [
                number(c.latitude),
                number(c.longitude),
                number(c.radius_m),
                number(c.bearing_from),
                number(c.bearing_to),
                number(c.range_from_m),
                number(c.range_to_m),
                number(c.height_from_m),
                number(c.height_to_m),
            ],
            byte(c.area_level),
            [c.area_name.get(row), c.place_name.get(row), c.admin1.get(row), c.country.get(row)],
        ),
        [c.side_a.get(row), c.side_b.get(row), c.weapons.get(row), c.subject.get(row), c.quantity_of.get(row)],
        (
            [
                people(c.deaths_low),
                people(c.deaths_best),
                people(c.deaths_high),
                people(c.civilian_deaths),
                people(c.count_low),
                people(c.count_best),
                people(c.count_high),
                people(c.quantity_low),
                people(c.quantity_best),
                people(c.quantity_high),
            ],
            byte(c.effect),
            c.effect_until.is_valid(row).then(|| c.effect_until.value(row)),
        ),
        groups.split('|').map(str::to_lowercase).collect(),
    )
}

/// Rows joined pair by pair, and which belong together for that.
#[derive(Default)]
struct Links {
    above: BTreeMap<At, At>,
}

impl Links {
    fn top(&mut self, at: At) -> At {
        let mut top = at;
        while let Some(above) = self.above.get(&top).filter(|above| **above != top) {
            top = *above;
        }
        // The way is shorter the next time.
        self.above.insert(at, top);
        top
    }

    fn join(&mut self, one: At, other: At) {
        if one == other && !self.above.contains_key(&one) {
            return;
        }
        let (one, other) = (self.top(one), self.top(other));
        self.above.insert(one.max(other), one.min(other));
    }
}
