//! Two states of knowledge side by side: what changed in the answer, and why.

use std::collections::{BTreeMap, BTreeSet};

use armistice_records::Effect;
use armistice_terms::{ActorSet, Checked};
use arrow_array::Array;
use jiff::Timestamp;

use crate::assessment::{Assessment, Found, Options};
use crate::changes::{Changed, Changes, Totals, changes, touches};
use crate::events::happened;
use crate::evidence::{Evidence, EvidenceError, stands_under};
use crate::finding::Verdict;
use crate::gate::GateClock;
use crate::knowledge::{At, first_after};
use crate::running::Running;
use crate::sources::Rung;
use crate::standing::{Held, Standing};

/// What an agreement comes to as known at two times, over the same period.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// The answer as known at the earlier time.
    pub then: Assessment<'a>,
    /// The answer as known at the later.
    pub now: Assessment<'a>,
    /// Every record that changed, by id.
    pub records: Vec<Changed>,
    /// What became of all records, whatever time they tell of.
    pub all: Totals,
    /// What became of those that touch the period in either version.
    pub in_period: Totals,
    /// Every finding that changed, by provision, time and record.
    pub findings: Vec<FindingChange>,
    /// Every row of standings that changed.
    pub standings: Vec<StandingChange>,
    /// Every gate that changed, under each reading.
    pub gates: Vec<GateChange>,
}

/// What a record came to under a provision and a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// No such record was known.
    NotKnown,
    /// It lay outside the period.
    OutsidePeriod,
    /// It was out of the provision's scope.
    OutOfScope,
    /// It was a finding.
    Found {
        /// What it came to.
        verdict: Verdict,
        /// The bound parties who may have acted.
        candidates: ActorSet,
        /// How well it was supported.
        rung: Rung,
    },
}

impl Outcome {
    /// The verdict, as a word for reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotKnown => "not known",
            Self::OutsidePeriod => "outside the period",
            Self::OutOfScope => "out of scope",
            Self::Found { verdict, .. } => verdict.word(),
        }
    }
}

/// A finding whose answer changed under some reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingChange {
    /// `1:ged-203404`.
    pub id: String,
    /// The provision's index.
    pub provision: usize,
    /// The record's id.
    pub record: String,
    /// Under each variant in which it changed: then, and now.
    pub readings: Vec<(usize, Outcome, Outcome)>,
    /// Why: the record itself, if it changed; else the notices and other reports
    /// that did. Indices into [`Comparison::records`].
    pub causes: Vec<usize>,
}

/// A standing that changed under one reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingChange {
    /// Then.
    pub was: Held,
    /// Now.
    pub is: Held,
}

/// A row of standings that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingChange {
    /// The provision's index.
    pub provision: usize,
    /// The party's index, or `None` for the provision as a whole.
    pub party: Option<usize>,
    /// All readings together, then.
    pub was: Standing,
    /// And now.
    pub is: Standing,
    /// The readings under which it changed.
    pub readings: Vec<ReadingChange>,
}

/// A gate that changed under one reading. The findings of its days are indices
/// into those of the assessment each clock belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateChange {
    /// The gate's index.
    pub gate: usize,
    /// Its clock then.
    pub was: GateClock,
    /// And now.
    pub is: GateClock,
}

/// Compares what is known at two times, the earlier first whichever is named
/// first. Both are assessed over one period: the one given, or else that of the
/// later state, and no longer than the earlier time reaches.
///
/// # Errors
/// [`EvidenceError`], as [`assess`](crate::assess).
pub fn compare<'a>(
    checked: &'a Checked,
    evidence: Evidence<'_>,
    options: Options,
    one: Timestamp,
    other: Timestamp,
) -> Result<Comparison<'a>, EvidenceError> {
    let (t, u) = (one.min(other), one.max(other));
    let known = |as_of, period| Running::of(checked, evidence, Options { period, as_of: Some(as_of), ..options });
    let mut later = known(u, options.period)?;
    let (from, until) = later.window();
    let until = until.min(first_after(t)).max(from);
    let period = Timestamp::from_second(from).ok().zip(Timestamp::from_second(until).ok());
    if later.window() != (from, until) {
        later = known(u, period)?;
    }
    let earlier = known(t, period)?;
    let (then, now) = (earlier.assessment()?, later.assessment()?);
    let Changes { records, all, period: in_period } = changes(&earlier, &later);
    let findings = findings([(&earlier, &then), (&later, &now)], &records);
    let standings = standings(&then, &now);
    let gates = gates(&then, &now);
    Ok(Comparison { then, now, records, all, in_period, findings, standings, gates })
}

/// One state of knowledge, and what it comes to.
type State<'s, 'a, 'e> = (&'s Running<'a, 'e>, &'s Assessment<'a>);

fn findings(states: [State<'_, '_, '_>; 2], records: &[Changed]) -> Vec<FindingChange> {
    let [then, now] = states;
    let mut pairs: BTreeMap<(usize, &str), [Option<&Found>; 2]> = BTreeMap::new();
    for (side, (_, assessment)) in states.into_iter().enumerate() {
        for found in &assessment.findings {
            let pair = pairs.entry((found.provision, &found.record)).or_default();
            if let Some(slot) = pair.get_mut(side) {
                *slot = Some(found);
            }
        }
    }
    let by_id: BTreeMap<&str, usize> = records.iter().enumerate().map(|(at, r)| (r.id.as_str(), at)).collect();
    let others = Others::of(states, records, &by_id);
    let mut changed: Vec<(i64, FindingChange)> = Vec::new();
    for ((provision, record), [was, is]) in pairs {
        let Some(found) = was.or(is) else {
            continue;
        };
        let own = by_id.get(record).copied();
        let at = |found: Option<&Found>, moved: fn(&Changed) -> Option<At>| {
            let known = own.and_then(|at| records.get(at)).map(moved);
            // One that did not change is at the same place in both.
            found.map(|f| f.at).or(known.unwrap_or(Some(found_at(was, is))))
        };
        let (at_then, at_now) = (at(was, |r| r.was), at(is, |r| r.is));
        let judging = then.1.variants.iter().enumerate().filter(|(_, v)| v.index == provision && v.judges());
        let readings: Vec<(usize, Outcome, Outcome)> = judging
            .map(|(variant, _)| (variant, answer(then.0, was, at_then, variant), answer(now.0, is, at_now, variant)))
            .filter(|(_, was, is)| was != is)
            .collect();
        if readings.is_empty() {
            continue;
        }
        let causes = own.map_or_else(|| others.bearing_on(found), |own| vec![own]);
        let change = FindingChange { id: found.id.clone(), provision, record: record.to_owned(), readings, causes };
        changed.push((found.from, change));
    }
    changed.sort_by(|(a, x), (b, y)| (x.provision, a, &x.record).cmp(&(y.provision, b, &y.record)));
    changed.into_iter().map(|(_, change)| change).collect()
}

fn found_at(was: Option<&Found>, is: Option<&Found>) -> At {
    was.or(is).map_or((0, 0), |found| found.at)
}

fn answer(running: &Running<'_, '_>, found: Option<&Found>, at: Option<At>, variant: usize) -> Outcome {
    let judged = found.and_then(|f| f.judgements.iter().find(|(number, _)| *number == variant));
    match (judged, at) {
        (Some((_, judgement)), _) => {
            Outcome::Found { verdict: judgement.verdict, candidates: judgement.candidates, rung: judgement.rung }
        }
        (None, None) => Outcome::NotKnown,
        (None, Some(at)) if touches(running, at) => Outcome::OutOfScope,
        (None, Some(_)) => Outcome::OutsidePeriod,
    }
}

/// What changed besides a finding's own record.
struct Others {
    /// Per record: the changed reports of its event, then or now.
    reports: BTreeMap<String, BTreeSet<usize>>,
    /// Changed notices, with what they are about.
    notices: Vec<(usize, Vec<String>)>,
}

impl Others {
    fn of(states: [State<'_, '_, '_>; 2], records: &[Changed], by_id: &BTreeMap<&str, usize>) -> Self {
        let mut others = Self { reports: BTreeMap::new(), notices: Vec::new() };
        for (running, assessment) in states {
            running.climb(&assessment.notices, |views, events, _| {
                let id = |(batch, row): At| views.get(batch).map(|columns| columns.record_id.value(row));
                for (number, changed) in records.iter().enumerate() {
                    let told = [changed.was, changed.is].into_iter().flatten();
                    for member in told.filter_map(|at| events.together(at)).flatten().filter_map(|at| id(*at)) {
                        if by_id.get(member) != Some(&number) {
                            others.reports.entry(member.to_owned()).or_default().insert(number);
                        }
                    }
                }
            });
        }
        let running = states[1].0;
        for (number, changed) in records.iter().enumerate() {
            let mut about = Vec::new();
            let mut notice = false;
            for (batch, row) in [changed.was, changed.is].into_iter().flatten() {
                let Some(columns) = running.view(batch) else {
                    continue;
                };
                // Who could look, what was certified or counted moves no finding.
                let effect =
                    columns.effect.is_valid(row).then(|| columns.effect.value(row)).and_then(Effect::from_code);
                let moves = !matches!(
                    effect,
                    Some(
                        Effect::AccessFull
                            | Effect::AccessLimited
                            | Effect::AccessDenied
                            | Effect::Certified
                            | Effect::ViolationsCounted
                            | Effect::Notified
                            | Effect::Proposed
                    )
                );
                notice |= moves && columns.kind.get(row).is_some_and(|kind| !happened(*kind));
                about.extend(columns.subject.get(row).into_iter().flat_map(|s| s.split('|')).map(str::to_owned));
            }
            if notice {
                others.notices.push((number, about));
            }
        }
        others
    }

    /// The notices that are about a finding, and the other reports of its event.
    fn bearing_on(&self, found: &Found) -> Vec<usize> {
        let clause = found.id.split(':').next().unwrap_or_default();
        let concerns = |about: &[String]| {
            let named = |subject: &String| {
                *subject == found.record
                    || *subject == found.id
                    || Some(subject) == found.event.as_ref()
                    || stands_under(clause, subject)
            };
            about.is_empty() || about.iter().any(named)
        };
        let mut causes: BTreeSet<usize> = self.reports.get(&found.record).cloned().unwrap_or_default();
        causes.extend(self.notices.iter().filter(|(_, about)| concerns(about)).map(|(number, _)| *number));
        if causes.is_empty() {
            // A notice may name the event, which another report is called by.
            causes.extend(self.notices.iter().map(|(number, _)| *number));
        }
        causes.into_iter().collect()
    }
}

fn standings(then: &Assessment<'_>, now: &Assessment<'_>) -> Vec<StandingChange> {
    let mut changed = Vec::new();
    for (before, after) in then.standings.iter().zip(&now.standings) {
        for (was, is) in before.rows.iter().zip(&after.rows) {
            let pairs = was.readings.iter().zip(&is.readings).filter(|(was, is)| was != is);
            let readings: Vec<ReadingChange> =
                pairs.map(|(was, is)| ReadingChange { was: was.clone(), is: is.clone() }).collect();
            if !readings.is_empty() {
                changed.push(StandingChange {
                    provision: after.provision,
                    party: is.party,
                    was: was.standing,
                    is: is.standing,
                    readings,
                });
            }
        }
    }
    changed
}

fn gates(then: &Assessment<'_>, now: &Assessment<'_>) -> Vec<GateChange> {
    let mut changed = Vec::new();
    for (gate, (before, after)) in then.gates.iter().zip(&now.gates).enumerate() {
        for is in after {
            let was = before.iter().find(|was| was.answers == is.answers);
            changed.extend(was.filter(|was| !alike(was, is)).map(|was| GateChange {
                gate,
                was: was.clone(),
                is: is.clone(),
            }));
        }
    }
    changed
}

/// Whether two clocks of one gate tell the same; which findings broke a day is
/// told with the findings.
fn alike(was: &GateClock, is: &GateClock) -> bool {
    let days = |clock: &GateClock| clock.days.iter().map(|day| (day.date, day.state)).collect::<Vec<_>>();
    was.state == is.state
        && days(was) == days(is)
        && was.longest_kept == is.longest_kept
        && was.unprovable == is.unprovable
        && was.certificates == is.certificates
}
