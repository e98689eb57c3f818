//! A standing that is kept up as records come in.
//!
//! Records may come one by one or by the million, late, out of order, corrected
//! and taken back: what the answer is depends on the set of them alone. Each
//! record is judged when it comes, and judged again only when something it hangs
//! on has changed: its own version, a decision that moves a provision's life, or
//! the period, where none is given and it runs to the last record.

use std::collections::BTreeSet;
use std::sync::Arc;

use armistice_records::{Dataset, Kind, RecordColumns};
use armistice_terms::{Checked, Clock, Reading, Units};
use arrow_array::RecordBatch;

use crate::adherence::Adherence;
use crate::assessment::{Assessment, Options};
use crate::events::{Events, Happened};
use crate::evidence::{Evidence, EvidenceError, Notice, inspections, notices};
use crate::fields::Fields;
use crate::judge::{Judged, MOST_FINDINGS, Worked, judge};
use crate::knowledge::{At, Knowledge, first_after};
use crate::sift::SetAside;
use crate::sources::Ladder;
use crate::variant::Variant;
use crate::when::{instants, widened};

/// An agreement and all that is known about how it is kept, so far.
#[derive(Debug)]
pub struct Running<'a, 'e> {
    pub(crate) checked: &'a Checked,
    pub(crate) options: Options,
    pub(crate) datasets: &'e [Dataset],
    pub(crate) units: &'e Units,
    pub(crate) unread: u64,
    pub(crate) batches: Vec<RecordBatch>,
    /// When each row happened, in the agreement's clock.
    pub(crate) whens: Vec<Vec<(i64, i64)>>,
    pub(crate) knowledge: Knowledge,
    /// Notices, and inspections that found something.
    told: Vec<(At, Notice)>,
    /// Who the actors are under each reading, where that hangs on notices.
    pub(crate) adherence: Vec<Arc<Adherence>>,
    pub(crate) variants: Vec<Variant<'a>>,
    /// The period; none before the first record.
    window: Option<(i64, i64)>,
    /// What was worked out on the way.
    worked: Worked,
    /// Every record that counts, judged by itself.
    pub(crate) judged: Judged,
    /// How many findings there may be.
    most: usize,
    /// Records that are only counted.
    pub(crate) aside: Option<&'e SetAside>,
    /// How many judge at the same time, where there are many batches.
    threads: usize,
}

impl<'a, 'e> Running<'a, 'e> {
    /// Nothing on record yet. `datasets` and `units` are of all that will come.
    #[must_use]
    pub fn new(checked: &'a Checked, datasets: &'e [Dataset], units: &'e Units, options: Options) -> Self {
        Self {
            checked,
            options,
            datasets,
            units,
            unread: 0,
            batches: Vec::new(),
            whens: Vec::new(),
            knowledge: Knowledge::new(options.as_of, datasets),
            told: Vec::new(),
            adherence: Vec::new(),
            variants: Vec::new(),
            window: None,
            worked: Worked::default(),
            judged: Judged::default(),
            most: MOST_FINDINGS,
            aside: None,
            threads: 1,
        }
    }

    /// All of some evidence at once.
    pub(crate) fn of(checked: &'a Checked, evidence: Evidence<'e>, options: Options) -> Result<Self, EvidenceError> {
        Self::sifted(checked, evidence, None, options)
    }

    /// The same of what was kept, with what was set aside.
    pub(crate) fn sifted(
        checked: &'a Checked,
        evidence: Evidence<'e>,
        aside: Option<(&'e SetAside, usize)>,
        options: Options,
    ) -> Result<Self, EvidenceError> {
        let mut running = Self::new(checked, evidence.datasets, evidence.units, options);
        if let Some((aside, threads)) = aside {
            (running.aside, running.threads) = (Some(aside), threads);
        }
        running.unread = evidence.unread;
        for batch in evidence.batches {
            running.take_in(batch)?;
        }
        running.settle(0, &[]);
        Ok(running)
    }

    /// Takes in some records: new ones, newer versions, retractions.
    ///
    /// # Errors
    /// [`EvidenceError`] when the batch is not of the record schema, or holds a
    /// version of a record that became known when another did. Nothing of the
    /// batch is taken in then, and all that was there before stays.
    pub fn accept(&mut self, batch: &RecordBatch) -> Result<(), EvidenceError> {
        let first = self.batches.len();
        let dropped = self.take_in(batch)?;
        self.settle(first, &dropped);
        Ok(())
    }

    /// Counts rows that could not be read.
    pub const fn left_out(&mut self, rows: u64) {
        self.unread += rows;
    }

    /// The answer as it stands.
    ///
    /// # Errors
    /// [`EvidenceError::TooLong`] when no period is given and the records reach
    /// over more time than any ceasefire lasted; [`EvidenceError::TooMany`] when
    /// they come to more findings than an answer can hold.
    pub fn assessment(&self) -> Result<Assessment<'a>, EvidenceError> {
        if self.judged.too_many || self.judged.findings.len() > self.most {
            return Err(EvidenceError::TooMany { most: self.most });
        }
        crate::assessment::answer(self)
    }

    /// Adds a batch to what is known; which earlier rows no longer count.
    fn take_in(&mut self, batch: &RecordBatch) -> Result<Vec<At>, EvidenceError> {
        let when = instants(&RecordColumns::try_new(batch)?, self.clock());
        self.batches.push(batch.clone());
        match self.knowledge.add(&self.batches, &when) {
            Ok(dropped) => {
                self.whens.push(when);
                Ok(dropped)
            }
            Err(error) => {
                self.batches.pop();
                self.know_again();
                Err(error)
            }
        }
    }

    /// Builds up anew what is known, from what was there.
    fn know_again(&mut self) {
        self.knowledge = Knowledge::new(self.options.as_of, self.datasets);
        for (number, when) in (1..).zip(&self.whens) {
            // These were all taken in before.
            let _ = self.knowledge.add(self.batches.get(..number).unwrap_or_default(), when);
        }
    }

    /// Brings everything judged up to what is known, after batches from `first`
    /// on have come and some rows no longer count.
    fn settle(&mut self, first: usize, dropped: &[At]) {
        // What counts again was never taken in: all is read and judged anew.
        let revived = self.knowledge.revived();
        let first = if revived { 0 } else { first };
        if revived {
            self.told.clear();
            self.window = None;
        }
        let gone: BTreeSet<At> = dropped.iter().copied().filter(|(batch, _)| *batch < first).collect();
        let mut moved = self.take_notices(first, &gone) || revived || self.variants.is_empty();
        let before = std::mem::take(&mut self.variants);
        if moved {
            let told = self.told();
            let adherence = self.checked.readings.iter().map(|r| Arc::new(Adherence::of(&r.agreement, &told)));
            let adherence: Vec<Arc<Adherence>> = adherence.collect();
            self.variants = variants(self.checked, &adherence, &told);
            self.adherence = adherence;
        } else {
            self.variants = before.clone();
        }
        let window = self.period();
        // What was left out for want of room must not be missed when there is room.
        if self.window != Some(window) || before.is_empty() || self.judged.too_many {
            self.window = Some(window);
            self.worked.forget_variants();
            self.judged = Judged::default();
            let all: Vec<usize> = (0..self.variants.len()).collect();
            self.judge(0..self.batches.len(), &all);
            return;
        }
        self.forget(&gone, &before);
        let changed: Vec<usize> = self
            .variants
            .iter()
            .zip(&before)
            .enumerate()
            .filter(|(_, (now, then))| !now.lives_as(then))
            .map(|(number, _)| number)
            .collect();
        moved &= !changed.is_empty();
        if moved {
            self.judged.findings.retain(|finding| !changed.contains(&finding.variant));
            self.judged.out_of_scope.retain(|(variant, _), _| !changed.contains(variant));
            self.worked.forget_variants();
            self.judge(0..first, &changed);
            self.worked.forget_variants();
        }
        let all: Vec<usize> = (0..self.variants.len()).collect();
        self.judge(first..self.batches.len(), &all);
    }

    /// Keeps up the notices; whether any came or went.
    fn take_notices(&mut self, first: usize, gone: &BTreeSet<At>) -> bool {
        let there = self.told.len();
        self.told.retain(|(at, _)| !gone.contains(at));
        let mut moved = self.told.len() != there;
        for number in first..self.batches.len() {
            let Some(columns) = self.view(number) else {
                continue;
            };
            let current = self.knowledge.current(number);
            let mut new = notices(&columns, current, self.clock());
            new.extend(inspections(&columns, current, self.whens.get(number).map(Vec::as_slice).unwrap_or_default()));
            moved |= !new.is_empty();
            self.told.extend(new.into_iter().map(|(row, notice)| ((number, row), notice)));
        }
        self.told.sort_by(|(_, a), (_, b)| (a.from, &a.id).cmp(&(b.from, &b.id)));
        moved
    }

    /// Takes back what rows were judged to be that no longer count, under the
    /// variants they were judged under.
    fn forget(&mut self, gone: &BTreeSet<At>, before: &[Variant<'a>]) {
        if gone.is_empty() {
            return;
        }
        self.judged.findings.retain(|finding| !gone.contains(&(finding.batch, finding.row)));
        let numbered: Vec<(usize, &Variant<'_>)> = before.iter().enumerate().collect();
        let mut counted = Judged::default();
        let mut worked = std::mem::take(&mut self.worked);
        for number in gone.iter().map(|(batch, _)| *batch).collect::<BTreeSet<_>>() {
            if let (Some(columns), Some(when)) = (self.view(number), self.whens.get(number)) {
                let touches =
                    |row: usize, when: &(i64, i64)| gone.contains(&(number, row)) && self.touches(&columns, row, *when);
                let wanted: Vec<bool> = when.iter().enumerate().map(|(row, when)| touches(row, when)).collect();
                judge(
                    (number, &columns),
                    &numbered,
                    (when, &wanted),
                    (self.units, &mut worked),
                    (&mut counted, usize::MAX),
                );
            }
        }
        self.worked = worked;
        for (key, count) in counted.out_of_scope {
            if let Some(known) = self.judged.out_of_scope.get_mut(&key) {
                *known = known.saturating_sub(count);
            }
        }
        self.judged.out_of_scope.retain(|_, count| *count > 0);
    }

    /// Judges all that counts of some batches, under some variants.
    fn judge(&mut self, batches: std::ops::Range<usize>, which: &[usize]) {
        let mut judged = std::mem::take(&mut self.judged);
        let mut worked = std::mem::take(&mut self.worked);
        let share = batches.len().div_ceil(self.threads.max(1)).max(1);
        if self.threads > 1 && batches.len() > self.threads {
            let fields = Arc::new(Fields::of(self.variants.iter()));
            let shares = batches.clone().step_by(share).map(|first| first..(first + share).min(batches.end));
            let all = std::thread::scope(|scope| {
                let one = |share| {
                    let (fields, this) = (Arc::clone(&fields), &*self);
                    scope.spawn(move || {
                        let mut judged = Judged::default();
                        this.judge_some(share, which, (&mut judged, &mut Worked::knowing(&fields)));
                        judged
                    })
                };
                let running: Vec<_> = shares.map(one).collect();
                running.into_iter().map(std::thread::ScopedJoinHandle::join).collect::<Vec<_>>()
            });
            for one in all {
                match one {
                    Ok(one) => judged.take_in(one),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
        } else {
            self.judge_some(batches, which, (&mut judged, &mut worked));
        }
        self.judged = judged;
        self.worked = worked;
    }

    fn judge_some(
        &self,
        batches: std::ops::Range<usize>,
        which: &[usize],
        (judged, worked): (&mut Judged, &mut Worked),
    ) {
        let chosen: Vec<(usize, &Variant<'_>)> =
            which.iter().filter_map(|number| Some((*number, self.variants.get(*number)?))).collect();
        for number in batches {
            if let (Some(columns), Some(when)) = (self.view(number), self.whens.get(number)) {
                judge(
                    (number, &columns),
                    &chosen,
                    (when, &self.wanted(number, &columns)),
                    (self.units, worked),
                    (judged, self.most),
                );
            }
        }
    }

    /// Which rows of a batch count and touch the period.
    pub(crate) fn wanted(&self, number: usize, columns: &RecordColumns<'_>) -> Vec<bool> {
        let when = self.whens.get(number).map(Vec::as_slice).unwrap_or_default();
        let each = when.iter().zip(self.knowledge.current(number)).enumerate();
        each.map(|(row, (when, counts))| *counts && self.touches(columns, row, *when)).collect()
    }

    /// Whether a row may have happened within the period.
    pub(crate) fn touches(&self, columns: &RecordColumns<'_>, row: usize, when: (i64, i64)) -> bool {
        let (begins, ends) = self.window();
        let (from, until) = widened(columns, row, when);
        from < ends && until > begins
    }

    /// The period, in seconds: first, and first after.
    pub(crate) fn window(&self) -> (i64, i64) {
        self.window.unwrap_or((0, 0))
    }

    pub(crate) fn clock(&self) -> &'a Clock {
        &self.checked.agreement().clock
    }

    pub(crate) fn view(&self, number: usize) -> Option<RecordColumns<'_>> {
        self.batches.get(number).and_then(|batch| RecordColumns::view(batch).ok())
    }

    /// Notices, and inspections that found something, that count, by when and by
    /// id.
    pub(crate) fn told(&self) -> Vec<&Notice> {
        self.told.iter().map(|(_, notice)| notice).collect()
    }

    /// The notices that count, by when and by id.
    pub(crate) fn notices(&self) -> Vec<Notice> {
        let notices = self.told.iter().filter(|(_, notice)| notice.kind != Kind::Inspection);
        notices.map(|(_, notice)| notice.clone()).collect()
    }

    /// Runs `then` with every batch in view, the events and the ladder.
    pub(crate) fn climb<T>(
        &self,
        notices: &[Notice],
        then: impl FnOnce(&[RecordColumns<'_>], &Events, &Ladder<'_>) -> T,
    ) -> T {
        let views: Vec<RecordColumns<'_>> = (0..self.batches.len()).filter_map(|number| self.view(number)).collect();
        let current = |number: usize| self.knowledge.current(number);
        let happened = Happened { views: &views, whens: &self.whens, current: &current, datasets: self.datasets };
        let events = Events::of(&happened);
        let ladder = Ladder::new(&views, &self.whens, &events, notices, &self.variants);
        then(&views, &events, &ladder)
    }

    fn period(&self) -> (i64, i64) {
        let given = self.options.period.map(|(a, b)| (a.as_second(), b.as_second()));
        let known = self.options.as_of.map_or(i64::MAX, first_after);
        let (from, until) = given.unwrap_or_else(|| {
            let begins = self.variants.iter().filter_map(|v| v.timeline.as_ref()).map(crate::force::Timeline::begins);
            let from = begins.min().unwrap_or(0);
            let all = self.whens.iter().enumerate();
            let counting = all.flat_map(|(number, when)| when.iter().zip(self.knowledge.current(number)));
            (from, counting.filter(|(_, counts)| **counts).map(|((_, until), _)| *until).max().unwrap_or(from))
        });
        let until = until.min(known);
        (from, until.max(from))
    }
}

/// The questions on which it hangs whom records mean. Any record may name any
/// actor, and anybody may tell of it: so whatever is judged hangs on these.
pub(crate) fn naming(checked: &Checked) -> BTreeSet<usize> {
    let actors = checked.readings.iter().flat_map(|reading| &reading.agreement.actors);
    actors.flat_map(|actor| actor.depends.iter().copied()).collect()
}

/// The answers a reading gives to the questions in `depends`.
pub(crate) fn projected(reading: &Reading, depends: &BTreeSet<usize>) -> Vec<(usize, usize)> {
    depends.iter().filter_map(|q| Some((*q, *reading.answers.get(*q)?))).collect()
}

/// Each provision under each combination of the brackets it hangs on.
fn variants<'a>(checked: &'a Checked, adherence: &[Arc<Adherence>], notices: &[&Notice]) -> Vec<Variant<'a>> {
    let mut all = Vec::new();
    let naming = naming(checked);
    for (index, base) in checked.agreement().provisions.iter().enumerate() {
        // Brackets behind the one taken may add questions; take them all.
        let depends: BTreeSet<usize> = checked
            .readings
            .iter()
            .filter_map(|r| r.agreement.provisions.get(index))
            .flat_map(|p| p.depends.iter().copied())
            .chain(naming.iter().copied())
            .collect();
        let mut seen: BTreeSet<Vec<(usize, usize)>> = BTreeSet::new();
        for (reading, adherence) in checked.readings.iter().zip(adherence) {
            let answers = projected(reading, &depends);
            let Some(provision) = reading.agreement.provisions.get(index).filter(|p| p.id == base.id) else {
                continue;
            };
            if seen.insert(answers.clone()) {
                let told = (Arc::clone(adherence), notices);
                all.push(Variant::new(index, provision, &reading.agreement, answers, told));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUCE: &str = "agreement \"A\"\n  signed 2020-01-01\n  times in UTC\nparty North\nparty South\n\
        North and South must not attack each other\n  from 2020-01-02\n";

    /// What is left out does not come back when something is withdrawn.
    #[test]
    fn too_many_findings_are_refused_until_all_is_judged_anew() {
        let checked = armistice_terms::check(TRUCE, armistice_terms::Form::Plain, &|_| Err(String::new()));
        assert!(!checked.has_errors(), "{:?}", checked.diagnostics);
        let attack = |id: u32| {
            format!(
                "{{\"id\":\"{id}\",\"kind\":\"incident\",\"act\":\"attack\",\"by\":\"North\",\"against\":\"South\",\
                 \"happened\":\"2020-01-0{id}\",\"source\":\"s\"}}\n"
            )
        };
        let read = |ids: &[u32]| {
            let text: String = ids.iter().map(|id| attack(*id)).collect();
            armistice_records::read_journal(text.as_bytes(), "j").unwrap()
        };
        let (first, second) = (read(&[3, 4]), read(&[5]));
        let units = Units::default();
        let mut running = Running::new(&checked, &first.datasets, &units, Options::default());
        running.most = 1;
        running.accept(&first.batches[0]).unwrap();
        let refused =
            |running: &Running<'_, '_>| matches!(running.assessment(), Err(EvidenceError::TooMany { most: 1 }));
        assert!(refused(&running));
        running.accept(&second.batches[0]).unwrap();
        assert!(refused(&running));
    }
}
