//! On what an answer rests: the fewest records that give it by themselves.
//!
//! "Breached" because of ninety records convinces nobody; because of this one,
//! under this decision, it can be checked at a table. So an answer is taken
//! apart by asking it of fewer and fewer records, as long as it stays the same
//! (`docs/semantics.md`, section 11). What is left suffices, and none of it is
//! idle.

use std::collections::{BTreeMap, BTreeSet};

use armistice_records::{Effect, Kind, Record, batches_of};
use armistice_terms::Checked;
use jiff::Timestamp;

use crate::assessment::{Assessment, Found, Options};
use crate::evidence::{Evidence, EvidenceError, Notice};
use crate::finding::{Judgement, Verdict};
use crate::gate::{DayState, GateState};
use crate::knowledge::known_by;
use crate::question::{Answer, Question, answer};
use crate::running::Running;
use crate::standing::Ground;
use crate::wanting::{Wanting, wanting};

/// A record that no longer counts, without which the answer might be another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TakenBack {
    /// The record.
    pub record: String,
    /// The retraction that takes it back.
    pub by: String,
    /// When that became known, in seconds.
    pub known: i64,
}

/// On what an answer rests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grounds {
    /// The answer.
    pub answer: Answer,
    /// The records that give it by themselves, none of them idle; by id.
    pub cited: Vec<String>,
    /// What would settle it, where it cannot be told.
    pub wanting: Vec<Wanting>,
    /// Records that would bear on it had they not been taken back.
    pub taken_back: Vec<TakenBack>,
}

/// Takes answers of one assessment apart.
#[derive(Debug)]
pub struct Examiner<'a, 'e> {
    checked: &'a Checked,
    evidence: Evidence<'e>,
    options: Options,
    assessment: Assessment<'a>,
    /// Every record that counts, by id.
    records: BTreeMap<String, Record>,
    retractions: Vec<Record>,
    /// The same, had nothing been taken back.
    unretracted: Option<Assessment<'a>>,
}

impl<'a, 'e> Examiner<'a, 'e> {
    /// Assesses the evidence, to be asked after its answers.
    ///
    /// # Errors
    /// As [`assess`](crate::assess()).
    pub fn new(checked: &'a Checked, evidence: Evidence<'e>, options: Options) -> Result<Self, EvidenceError> {
        let running = Running::of(checked, evidence, options)?;
        let assessment = running.assessment()?;
        let second = |at: i64| Timestamp::from_second(at).unwrap_or_default();
        let (begins, ends) = assessment.window;
        // Fewer records must not make it another period.
        let options = Options { period: Some((second(begins), second(ends))), baseline: None, ..options };
        let mut records = BTreeMap::new();
        let mut retractions = Vec::new();
        for (number, columns) in (0..running.batches.len()).filter_map(|n| Some((n, running.view(n)?))) {
            for (row, counts) in running.knowledge.current(number).iter().enumerate() {
                let retracts = columns.kind.get(row).copied() == Some(Kind::Retraction.code());
                if retracts {
                    let known = |r: &Record| known_by(r.known.map(Timestamp::as_second), (0, 0), options.as_of);
                    retractions.extend(columns.row(row).filter(known));
                } else if *counts {
                    records.extend(columns.row(row).map(|record| (record.id.clone(), record)));
                }
            }
        }
        let mut examiner = Self { checked, evidence, options, assessment, records, retractions, unretracted: None };
        if !examiner.retractions.is_empty() {
            examiner.unretracted = Some(examiner.without_retractions(&running)?);
        }
        Ok(examiner)
    }

    /// The assessment whose answers are taken apart.
    #[must_use]
    pub const fn assessment(&self) -> &Assessment<'a> {
        &self.assessment
    }

    /// A record that counts, by its id.
    #[must_use]
    pub fn record(&self, id: &str) -> Option<&Record> {
        self.records.get(id)
    }

    /// On what the answer to a question rests; `None` if there is no such thing
    /// to ask after.
    #[must_use]
    pub fn grounds(&self, question: &Question) -> Option<Grounds> {
        let answer = answer(&self.assessment, question)?;
        let gives_it = |ids: &BTreeSet<&str>| self.ask(ids, question).as_ref() == Some(&answer);
        let likely = self.likely(question, &answer);
        let start = if gives_it(&likely) { likely } else { self.all_that_bears(question) };
        let start = if gives_it(&start) { start } else { self.records.keys().map(String::as_str).collect() };
        let cited: Vec<String> = fewest(start, gives_it).into_iter().map(str::to_owned).collect();
        let wanting = wanting(&self.assessment, question, &answer, &cited);
        Some(Grounds { answer, cited, wanting, taken_back: self.taken_back(question) })
    }

    /// The answer that some of the records give by themselves.
    fn ask(&self, ids: &BTreeSet<&str>, question: &Question) -> Option<Answer> {
        let some: Vec<&Record> = ids.iter().filter_map(|id| self.records.get(*id)).collect();
        let batches = batches_of(some).ok()?;
        let evidence = Evidence { batches: &batches, ..self.evidence };
        let running = Running::of(self.checked, evidence, self.options).ok()?;
        answer(&running.assessment().ok()?, question)
    }

    /// The records that an answer of this kind mostly rests on: few.
    fn likely(&self, question: &Question, answer: &Answer) -> BTreeSet<&str> {
        let mut ids: BTreeSet<&str> = BTreeSet::new();
        match (question, answer) {
            (Question::Standing { provision, party, variant }, Answer::Standing(ground)) => {
                let one = self.telling(*provision, *party, *variant, *ground);
                ids.extend(one.into_iter().flat_map(|found| self.event_of(&found.record)));
                let access = *ground == Ground::Kept;
                ids.extend(self.decisive(&[*provision], access).map(|notice| notice.id.as_str()));
            }
            (Question::Gate { gate, answers }, Answer::Gate(state)) => {
                let clock = self.assessment.gates.get(*gate).and_then(|g| g.iter().find(|c| c.answers == *answers));
                let broken = clock.into_iter().flat_map(|c| &c.days).filter(|day| day.state == DayState::Broken);
                let first =
                    broken.filter_map(|day| day.findings.first().and_then(|at| self.assessment.findings.get(*at)));
                if *state == GateState::NotOpen {
                    ids.extend(first.flat_map(|found| self.event_of(&found.record)));
                }
                let access = matches!(
                    state,
                    GateState::Opened { .. } | GateState::AwaitsCertificate { .. } | GateState::AwaitsNotice { .. }
                );
                ids.extend(self.decisive(&self.provisions_of(question), access).map(|notice| notice.id.as_str()));
                let told = clock.into_iter().flat_map(|c| c.certificates.iter().chain(&c.notices).chain(&c.resets));
                ids.extend(told.chain(clock.into_iter().flat_map(|c| &c.since)).map(String::as_str));
            }
            _ => {}
        }
        ids
    }

    /// Every record that could bear on it at all.
    fn all_that_bears(&self, question: &Question) -> BTreeSet<&str> {
        let provisions = self.provisions_of(question);
        let found = self.assessment.findings.iter().filter(|f| provisions.contains(&f.provision));
        let mut ids: BTreeSet<&str> = found.flat_map(|f| self.event_of(&f.record)).collect();
        ids.extend(self.assessment.notices.iter().map(|notice| notice.id.as_str()));
        ids.extend(self.assessment.gates.iter().flatten().flat_map(|clock| &clock.since).map(String::as_str));
        // Inspections by which deeds are done and other clauses live.
        for variant in &self.assessment.variants {
            ids.extend(variant.deed.iter().flat_map(|deed| deed.by()));
            ids.extend(variant.timeline.iter().flat_map(|line| &line.decisions).map(String::as_str));
        }
        ids
    }

    fn provisions_of(&self, question: &Question) -> Vec<usize> {
        match question {
            Question::Standing { provision, .. } => vec![*provision],
            Question::Gate { gate, .. } => {
                self.checked.agreement().gates.get(*gate).map(|g| g.provisions.clone()).unwrap_or_default()
            }
        }
    }

    /// The plainest finding by which a rule could have decided.
    fn telling(&self, provision: usize, party: Option<usize>, variant: usize, ground: Ground) -> Option<&Found> {
        let of = |found: &Found| found.judgements.iter().find(|(v, _)| *v == variant).map(|(_, j)| *j);
        let wanted = |j: &Judgement| {
            let theirs = party.is_none_or(|p| j.candidates.has(p));
            let alone = party.is_none_or(|_| j.candidates.len() == 1);
            theirs
                && match ground {
                    Ground::Breached => j.verdict == Verdict::Breach && alone,
                    Ground::BySeveral => j.verdict == Verdict::Breach && !alone,
                    Ground::Untold => matches!(j.verdict, Verdict::CannotTell | Verdict::Breach),
                    _ => false,
                }
        };
        let (begins, ends) = self.assessment.window;
        let mine = self.assessment.findings.iter().filter(|f| f.provision == provision);
        let telling = mine.filter_map(|f| Some((f, of(f).filter(wanted)?)));
        // Wholly within the period first, then the one with fewest open points.
        let plain = |(f, j): &(&Found, Judgement)| {
            let outside = f.from < begins || f.until > ends;
            (
                outside,
                j.verdict == Verdict::Breach && ground == Ground::Untold,
                j.untold().count(),
                f.from,
                f.record.clone(),
            )
        };
        telling.min_by_key(plain).map(|(found, _)| found)
    }

    /// The records that tell of the event that a record tells of, or may.
    fn event_of(&self, id: &str) -> Vec<&str> {
        let Some(record) = self.records.get_key_value(id) else {
            return Vec::new();
        };
        let (own, it) = (record.0.as_str(), record.1);
        let named = |other: &Record| {
            other.event.as_deref() == Some(own)
                || it.event.as_deref() == Some(other.id.as_str())
                || (it.event.is_some() && it.event == other.event)
        };
        let others = self.records.iter().filter(|(key, other)| key.as_str() != own && named(other));
        std::iter::once(own).chain(others.map(|(key, _)| key.as_str())).collect()
    }

    /// The notices by which provisions live, and are seen to be kept.
    fn decisive(&self, provisions: &[usize], access: bool) -> impl Iterator<Item = &Notice> {
        let ids: Vec<&str> = provisions
            .iter()
            .filter_map(|p| self.checked.agreement().provisions.get(*p).map(|p| p.id.as_str()))
            .collect();
        self.assessment.notices.iter().filter(move |notice| {
            let concerns = ids.iter().any(|id| notice.concerns(id));
            match notice.effect {
                Effect::Renewed | Effect::Ended | Effect::Suspended | Effect::Resumed => concerns,
                Effect::AccessFull => access && concerns,
                Effect::Denied | Effect::ExceptionClaimed => true,
                Effect::Accepted | Effect::Left | Effect::Listed | Effect::Delisted => true,
                _ => false,
            }
        })
    }

    /// Records that would be findings on the same provisions, had they not been
    /// taken back.
    fn taken_back(&self, question: &Question) -> Vec<TakenBack> {
        let provisions = self.provisions_of(question);
        let Some(unretracted) = &self.unretracted else {
            return Vec::new();
        };
        let party = match question {
            Question::Standing { party, .. } => *party,
            Question::Gate { .. } => None,
        };
        let theirs = |f: &&Found| party.is_none_or(|p| f.judgements.iter().any(|(_, j)| j.candidates.has(p)));
        let gone = unretracted.findings.iter().filter(|f| provisions.contains(&f.provision)).filter(theirs);
        let gone: BTreeSet<&str> =
            gone.map(|f| f.record.as_str()).filter(|id| !self.records.contains_key(*id)).collect();
        // The latest word is what took it back.
        let mut told: BTreeMap<&str, TakenBack> = BTreeMap::new();
        for retraction in &self.retractions {
            let known = retraction.known.map_or(0, Timestamp::as_second);
            let subjects = retraction.message.iter().flat_map(|m| &m.subject);
            for record in subjects.filter(|s| gone.contains(s.as_str())) {
                let back = TakenBack { record: record.clone(), by: retraction.id.clone(), known };
                let latest = told.entry(record).or_insert_with(|| back.clone());
                if (back.known, &back.by) > (latest.known, &latest.by) {
                    *latest = back;
                }
            }
        }
        told.into_values().collect()
    }

    /// The assessment of the same, had nothing been taken back.
    fn without_retractions(&self, running: &Running<'a, '_>) -> Result<Assessment<'a>, EvidenceError> {
        let mut kept: Vec<Record> = Vec::new();
        for columns in (0..running.batches.len()).filter_map(|number| running.view(number)) {
            let rows = (0..columns.len()).filter(|row| columns.kind.get(*row) != Some(&Kind::Retraction.code()));
            kept.extend(rows.filter_map(|row| columns.row(row)));
        }
        // Each was in a batch before.
        let batches = batches_of(&kept).unwrap_or_default();
        let evidence = Evidence { batches: &batches, ..self.evidence };
        Running::of(self.checked, evidence, self.options)?.assessment()
    }
}

/// Leaves things out as long as what is left still does, in ever smaller
/// pieces, until nothing can be left out alone (A. Zeller and R. Hildebrandt,
/// Simplifying and isolating failure-inducing input, IEEE TSE 28 (2002)).
fn fewest<'i>(start: BTreeSet<&'i str>, does: impl Fn(&BTreeSet<&'i str>) -> bool) -> BTreeSet<&'i str> {
    let mut kept = start;
    let mut piece = kept.len().div_ceil(2).max(1);
    loop {
        let mut fewer = false;
        let all: Vec<&str> = kept.iter().copied().collect();
        for out in all.chunks(piece) {
            let out: BTreeSet<&str> = out.iter().copied().collect();
            let rest: BTreeSet<&str> = kept.iter().copied().filter(|id| !out.contains(id)).collect();
            if rest.len() < kept.len() && does(&rest) {
                kept = rest;
                fewer = true;
            }
        }
        if piece == 1 && !fewer {
            return kept;
        }
        piece = (piece / 2).max(1);
    }
}
