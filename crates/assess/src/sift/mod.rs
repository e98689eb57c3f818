//! From all records, those that matter to an answer by more than their number.
//!
//! Of a long war's records nearly all are outside the terms of one ceasefire, and
//! all that an answer says of them is how many there are and why. So they are
//! looked at in a few of their columns, counted and set aside; what is kept is
//! assessed as if all had been there, with the counts added. Kept is whatever may
//! be a finding, tells of anything but an incident or a sighting, is told more than
//! once, or is named by another record.

mod ids;
mod known;
mod screened;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex};

use armistice_records::{Parts, ReadError};
use armistice_terms::{Checked, Units};
use arrow_array::RecordBatch;

use crate::assessment::Options;
use crate::evidence::{Evidence, EvidenceError};
use crate::fields::Fields;
use crate::judge::Worked;
use crate::reason::Reason;
use crate::running::Running;
use crate::series::Series;

/// How many records were set aside, and what an answer says of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetAside {
    /// Those known by the day asked about.
    pub(crate) records: u64,
    /// Those of them that touch the period.
    pub(crate) in_period: u64,
    /// All that do not say when they became known.
    pub(crate) undated: u64,
    /// Those that touch the period, by variant and by what put them out of its scope.
    pub(crate) out_of_scope: BTreeMap<(usize, Reason), u64>,
    /// Those that bear on terms only people can judge, by variant.
    pub(crate) for_people: BTreeMap<usize, u64>,
    /// What they hold.
    pub(crate) series: Series,
}

/// The records kept, and what is to be said of the others.
#[derive(Clone, Debug, Default)]
pub struct Sifted {
    /// The records kept, whole.
    pub batches: Vec<RecordBatch>,
    /// The others, counted.
    pub aside: SetAside,
}

/// Why records could not be sifted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SiftError {
    /// They cannot be read.
    Read(ReadError),
    /// They cannot be judged.
    Evidence(EvidenceError),
}

impl std::fmt::Display for SiftError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Read(error) => error.fmt(f),
            Self::Evidence(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SiftError {}

impl From<ReadError> for SiftError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

impl From<EvidenceError> for SiftError {
    fn from(error: EvidenceError) -> Self {
        Self::Evidence(error)
    }
}

/// Sifts all records of some files for one assessment, on so many threads.
///
/// The same records give the same answer in whatever order, batches and parts.
///
/// # Errors
/// [`SiftError`] when a part cannot be read, or what is kept cannot be judged.
pub fn sift(
    checked: &Checked,
    files: &[&dyn Parts],
    (units, threads): (&Units, usize),
    options: Options,
) -> Result<Sifted, SiftError> {
    let parts: Vec<Part<'_>> =
        files.iter().flat_map(|file| (0..file.parts()).map(|number| Part { file: *file, number })).collect();
    let datasets: Vec<_> = files.iter().flat_map(|file| file.datasets()).cloned().collect();
    let clock = &checked.agreement().clock;
    let known = known::look(&parts, threads, (&datasets, clock, options))?;
    // What they come to is settled by those alone that are told twice, or tell of
    // more than something that happened.
    let telling = each(&parts, threads, || (), |(), at, part| Ok(part.file.take(part.number, known.kept(at), &[])?))?;
    let telling: Vec<RecordBatch> = telling.into_iter().flatten().collect();
    let evidence = Evidence { batches: &telling, datasets: &datasets, units, unread: 0 };
    let running = Running::of(checked, evidence, options)?;
    let fields = Arc::new(Fields::of(running.variants.iter()));
    let screened = each(
        &parts,
        threads,
        || Worked::knowing(&fields),
        |worked, at, part| {
            let one = screened::screen((&running, worked), part, known.kept(at))?;
            Ok((one.whole(part)?, one.aside))
        },
    )?;
    drop(running);
    let mut sifted = Sifted { aside: SetAside::default(), batches: telling };
    for (batch, aside) in screened {
        sifted.batches.extend(batch);
        sifted.aside.add(&aside);
    }
    Ok(sifted)
}

impl SetAside {
    fn add(&mut self, other: &Self) {
        self.records += other.records;
        self.in_period += other.in_period;
        self.undated += other.undated;
        for (key, rows) in &other.out_of_scope {
            *self.out_of_scope.entry(*key).or_default() += rows;
        }
        for (variant, rows) in &other.for_people {
            *self.for_people.entry(*variant).or_default() += rows;
        }
        self.series.add(&other.series);
    }
}

/// A part of a file.
struct Part<'p> {
    file: &'p dyn Parts,
    number: usize,
}

/// What `work` makes of each part, in their order, on so many threads, each of which
/// keeps something from one part to the next.
fn each<T: Send, K>(
    parts: &[Part<'_>],
    threads: usize,
    keep: impl Fn() -> K + Sync,
    work: impl Fn(&mut K, usize, &Part<'_>) -> Result<T, SiftError> + Sync,
) -> Result<Vec<T>, SiftError> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Result<T, SiftError>)>> = Mutex::new(Vec::new());
    let run = || {
        let mut kept = keep();
        while let at = next.fetch_add(1, Relaxed)
            && let Some(part) = parts.get(at)
        {
            let result = work(&mut kept, at, part);
            let mut done = done.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            done.push((at, result));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.min(parts.len()) {
            scope.spawn(run);
        }
        run();
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    // Of several errors the first in the files is told, whichever came first.
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}
