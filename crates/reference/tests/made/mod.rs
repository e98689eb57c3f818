//! Random agreements, written as text and read by the real parser, and random
//! records of what may bear on them.

mod acts;
mod adherence;
mod exchange;
mod gates;
mod ground;
mod leave;
mod limits;
mod places;
mod records;
mod stock;
mod terms;
#[allow(dead_code, reason = "not every test that shares this twists its cases")]
pub(crate) mod twisted;
mod versions;
mod weapons;

use std::fmt;

use armistice_records::{Act, Dataset, Kind, Reach, Record};
use jiff::Timestamp;
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::{Index, select};

pub(crate) use places::SHAPES;
#[allow(unused_imports, reason = "not every test that shares this has units")]
pub(crate) use places::units;

/// An agreement, records, and what is asked of them.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) terms: String,
    pub(crate) records: Vec<Record>,
    pub(crate) datasets: Vec<Dataset>,
    pub(crate) unread: u64,
    pub(crate) window: (i64, i64),
    pub(crate) as_of: Option<i64>,
}

/// A line for each record: who fails to see the point of a case cannot mend it.
impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n{}", self.terms)?;
        for r in &self.records {
            let known = r.known.map_or_else(|| "undated".to_owned(), |at| at.to_string());
            let (row, set) = (r.origin.sha256[0], &r.origin.dataset);
            writeln!(f, "{} {}, known {known}, row {row} of {set}", r.id, r.kind)?;
            writeln!(f, "    {:?} to the {}", r.happened, r.time_precision)?;
            writeln!(f, "    {:?} {} {:?} {:?} {:?}", r.side_a, r.direction, r.side_b, r.act, r.weapons)?;
            writeln!(f, "    {:?} {:?}", r.place, r.place_name)?;
            let graded = (r.reliability, r.credibility);
            writeln!(f, "    {:?} {graded:?} of {:?}", r.independence_groups, r.event)?;
            writeln!(f, "    {:?} {:?} {:?}", r.message, r.deaths.map(|d| d.best), r.civilian_deaths)?;
        }
        let sets: Vec<_> = self.datasets.iter().map(|d| (&d.name, d.reach.lethal_only)).collect();
        writeln!(f, "{sets:?} unread {} window {:?} as of {:?}", self.unread, self.window, self.as_of)
    }
}

/// Midnight UTC before the first day; the clocks change in this fortnight in
/// Damascus (27 March, at midnight) and Kyiv (29 March).
fn begin() -> i64 {
    "2020-03-24T00:00:00Z".parse::<Timestamp>().unwrap().as_second()
}

const DAYS: i64 = 14;

/// One that tells things twice, and one that counts events.
fn datasets() -> impl Strategy<Value = Vec<Dataset>> {
    let reach = |name: &str, kinds: Vec<Kind>, lethal_only: bool| Dataset {
        name: name.to_owned(),
        attribution: String::new(),
        reach: Reach {
            kinds,
            lethal_only,
            tells_who_acted: true,
            tells_weapons: true,
            counts_events: name == "tally",
            acts: None,
        },
        caveats: Vec::new(),
    };
    let made = reach("made", Kind::ALL.to_vec(), false);
    let tally = reach("tally", Kind::ALL.to_vec(), false);
    let lethal = reach("tally", vec![Kind::Incident], true);
    let told = |mut set: Dataset, acts: &[Act]| {
        set.reach.acts = Some(acts.to_vec());
        set
    };
    let seen = reach("made", vec![Kind::Sighting], false);
    prop_oneof![
        5 => Just(vec![made.clone(), tally.clone()]),
        1 => Just(vec![made.clone()]),
        1 => Just(vec![tally.clone()]),
        1 => Just(vec![lethal.clone()]),
        1 => Just(vec![lethal.clone(), seen]),
        1 => Just(vec![told(made.clone(), &[Act::Attack, Act::Presence, Act::Flight])]),
        1 => Just(vec![told(tally.clone(), &[Act::Attack, Act::Movement]), lethal.clone()]),
        1 => Just(Vec::new()),
    ]
}

pub(crate) fn case() -> impl Strategy<Value = Case> {
    let records = vec(
        prop_oneof![2 => records::record(), 6 => records::plain(), 3 => records::found(), 2 => records::put()],
        0..14,
    );
    (
        terms::terms(),
        records,
        versions::changes(),
        datasets(),
        weighted(0.1, Just(1_u64)),
        (select(&[0_i64, 0, 1, 2, 3, 5, 7][..]), 8..16_i64),
        weighted(0.4, 0..20_i64),
        (
            any::<bool>(),
            prop_oneof![2 => Just(Vec::new()), 1 => vec(leave::taken(), 1..5), 1 => records::put_and_settled(), 2 => exchange::released(), 1 => vec(adherence::turned(), 1..6), 3 => stock::told()],
        ),
        any::<Index>(),
    )
        .prop_map(|(terms, mut records, changes, datasets, unread, (first, last), as_of, (looked, taken), at)| {
            records.extend(taken);
            for (n, record) in records.iter_mut().enumerate() {
                record.id = format!("r-{n}");
            }
            if looked {
                records.insert(at.index(records.len() + 1), records::access());
            }
            let day = |d: i64| begin() + d * 86_400;
            Case {
                terms,
                records: versions::apply(records, &changes),
                datasets,
                unread: unread.unwrap_or_default(),
                window: (day(first), day(last)),
                as_of: as_of.map(|d| day(d) + 7 * 3600),
            }
        })
}
