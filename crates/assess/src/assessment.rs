//! The whole answer: judge every record, fold, run the clocks.

use std::collections::{BTreeMap, BTreeSet};

use armistice_records::RecordColumns;
use armistice_terms::{Checked, Clock};
use jiff::Timestamp;

use crate::adherence::{Adherents, adherents};
use crate::conditions::Docket;
use crate::cure::{Cure, cure};
use crate::determined::{Determination, Referred, determined, referred};
use crate::events::{Events, happened};
use crate::evidence::{Evidence, EvidenceError, Notice, disbelieved, origin};
use crate::exchange::{ExchangeAccount, exchanges};
use crate::finding::{Finding, Judgement, Verdict};
use crate::gate::{self, GateClock, clock, on_ground};
use crate::judge::Judged;
use crate::knowledge::{Knowledge, NotTheirs};
use crate::people::{ForAssessment, bearing};
use crate::phase::{PhaseClock, phases};
use crate::reason::Reason;
use crate::reported::{Reported, reported};
use crate::running::{Running, naming, projected};
use crate::series::{Counter, Series};
use crate::sift::SetAside;
use crate::sources::Ladder;
use crate::standing::{Circumstances, Row, held, together};
use crate::stock::{StockAccount, stocks};
use crate::variant::Variant;

/// What to assess.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The period: its first instant, and the first one after it. Without one,
    /// from the first moment that any provision binds to the end of the records.
    pub period: Option<(Timestamp, Timestamp)>,
    /// An earlier period to set beside it.
    pub baseline: Option<(Timestamp, Timestamp)>,
    /// Assess as things stood then: nothing later, and nothing known only later.
    pub as_of: Option<Timestamp>,
}

/// One record under one provision, under each reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// `1.a:ged-227759`.
    pub id: String,
    /// The provision's index.
    pub provision: usize,
    /// The record's id.
    pub record: String,
    /// When it happened: first second …
    pub from: i64,
    /// … and the first second after.
    pub until: i64,
    /// What it comes to under each variant that does not put it out of scope.
    pub judgements: Vec<(usize, Judgement)>,
    /// Where the record is: batch and row.
    pub at: (usize, usize),
    /// The id of the record that stands for its event, if several records tell
    /// of it: findings that share it are one event, and count once.
    pub event: Option<String>,
    /// Under each variant that finds a breach and gives time to make it good:
    /// whether that is on record.
    pub cures: Vec<(usize, Cure)>,
}

/// A provision's standings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvisionStanding {
    /// The provision's index.
    pub provision: usize,
    /// Its variants: indices into [`Assessment::variants`].
    pub variants: Vec<usize>,
    /// The provision as a whole first, then each bound party.
    pub rows: Vec<Row>,
    /// Records out of scope under its first variant, by reason.
    pub out_of_scope: BTreeMap<Reason, u64>,
}

/// The whole answer.
#[derive(Clone, Debug)]
pub struct Assessment<'a> {
    /// The agreement, checked.
    pub checked: &'a Checked,
    /// The period assessed, in seconds: first, and first after.
    pub window: (i64, i64),
    /// The period set beside it.
    pub baseline: Option<(i64, i64)>,
    /// Each provision under each combination of the brackets it hangs on.
    pub variants: Vec<Variant<'a>>,
    /// Every finding, by provision, then time, then record.
    pub findings: Vec<Found>,
    /// Standings, in the order of the text.
    pub standings: Vec<ProvisionStanding>,
    /// Gates, each under each combination of its brackets, in order; the inner
    /// findings' indices point into `findings`.
    pub gates: Vec<Vec<GateClock>>,
    /// Phases, each under each combination of its brackets, in order.
    pub phases: Vec<Vec<PhaseClock>>,
    /// Inventories, each under each combination of brackets that may matter to
    /// it, in order.
    pub stocks: Vec<Vec<StockAccount>>,
    /// Exchanges, each under each combination of its brackets, in order.
    pub exchanges: Vec<Vec<ExchangeAccount>>,
    /// Who those were whose names hang on an acceptance or a list, under each
    /// reading; by actor.
    pub adherents: Vec<Adherents>,
    /// What the records hold, whatever the provisions make of it.
    pub series: Series,
    /// Decisions, notifications, access reports and claims.
    pub notices: Vec<Notice>,
    /// Records loaded, once each, and known by the day asked about.
    pub records: u64,
    /// Those of them that touch the period and tell of something that happened.
    pub in_period: u64,
    /// Who told of what was judged, by variant.
    pub reported: Vec<Reported>,
    /// What bears on the terms that only people can judge, by variant.
    pub for_people: Vec<ForAssessment>,
    /// What bodies determined, by variant and in order.
    pub determined: Vec<Determination>,
    /// What was referred to bodies, by variant and in order.
    pub referred: Vec<Referred>,
    /// As of when, if asked.
    pub as_of: Option<Timestamp>,
    /// Records that do not say when they became known.
    pub undated: u64,
    /// Records that were taken back.
    pub taken_back: u64,
    /// Versions of records that a newer one supersedes.
    pub superseded: u64,
    /// What was said of records by those whose they are not, and does not count.
    pub not_theirs: Vec<NotTheirs>,
    /// Notices that are graded as not to be believed, and tell nothing; by id.
    pub disbelieved: Vec<String>,
}

/// Assesses a checked agreement on evidence.
///
/// The same records give the same answer in whatever order and batches.
///
/// # Errors
/// [`EvidenceError`] when a batch is not of the record schema, or one record is
/// loaded in two versions of which neither is the later.
pub fn assess<'a>(
    checked: &'a Checked,
    evidence: Evidence<'_>,
    options: Options,
) -> Result<Assessment<'a>, EvidenceError> {
    Running::of(checked, evidence, options)?.assessment()
}

/// The same of [`sift`](crate::sift())ed records: of those kept, and of those that
/// were only counted, on so many threads. It is what `assess` gives of all of them.
///
/// # Errors
/// As [`assess`].
pub fn assess_sifted<'a>(
    checked: &'a Checked,
    kept: Evidence<'_>,
    (aside, threads): (&SetAside, usize),
    options: Options,
) -> Result<Assessment<'a>, EvidenceError> {
    Running::sifted(checked, kept, Some((aside, threads)), options)?.assessment()
}

/// What all that is known comes to.
pub(crate) fn answer<'a>(running: &Running<'a, '_>) -> Result<Assessment<'a>, EvidenceError> {
    let Running { checked, options, variants, whens, knowledge, .. } = running;
    let agreement = checked.agreement();
    let window = running.window();
    let baseline = options.baseline.map(|(a, b)| (a.as_second(), b.as_second()));
    let notices = running.notices();
    running.climb(&notices, |views, events, ladder| {
        short_enough((window, options.period.is_some()), views, whens, knowledge, &agreement.clock)?;
        // The agreement by itself is its first reading.
        let own = running.adherence.first().cloned().unwrap_or_default();
        let mut counter = Counter::new(agreement, own, window, baseline);
        let (mut records, mut in_period) = (0, 0);
        for (number, (columns, when)) in views.iter().zip(whens).enumerate() {
            let current = knowledge.current(number);
            records += current.iter().filter(|counts| **counts).count() as u64;
            let wanted = running.wanted(number, columns);
            in_period += wanted.iter().zip(columns.kind).filter(|(w, kind)| **w && happened(**kind)).count() as u64;
            // Of several records of one event, one is counted.
            let once = |(row, counts): (usize, &bool)| {
                *counts && events.standing_for((number, row)).is_none_or(|stands| stands == (number, row))
            };
            let counted: Vec<bool> = current.iter().enumerate().map(once).collect();
            counter.add(columns, when, &counted);
        }
        let mut aside_series = None;
        let undated = knowledge.undated + running.aside.map_or(0, |aside| aside.undated);
        if let Some(aside) = running.aside {
            records += aside.records;
            in_period += aside.in_period;
            aside_series = Some(&aside.series);
        }
        let mut series = counter.series();
        if let Some(aside) = aside_series {
            series.add(aside);
        }
        let judged = supported(running, events, ladder);
        let reported = reported(&judged, variants, ladder, window);
        let circumstances =
            Circumstances { window, datasets: running.datasets, notices: &notices, unread: running.unread };
        let standings = standings(checked, variants, &judged, &circumstances);
        let (mut findings, index) = gather(variants, &judged.findings, views);
        cures(&mut findings, variants, &running.told(), window.1);
        let gates = gates(running, &judged.findings, (&index, views), &circumstances);
        let determined = determined(variants, &notices, window);
        let referred = referred(variants, &notices, &determined, window);
        let (taken_back, superseded) = knowledge.no_longer();
        let all = views.iter().enumerate();
        let mut disbelieved: Vec<String> =
            all.flat_map(|(number, columns)| disbelieved(columns, knowledge.current(number))).collect();
        disbelieved.sort();
        Ok(Assessment {
            taken_back,
            superseded,
            not_theirs: knowledge.not_theirs(),
            disbelieved,
            checked,
            window,
            baseline,
            variants: variants.clone(),
            findings,
            standings,
            gates,
            phases: phases(checked, &running.told(), window),
            stocks: stocks(running, (views, ladder), &notices),
            exchanges: exchanges(running, views, events),
            adherents: adherents(checked, &running.adherence, window),
            series,
            notices: notices.clone(),
            records,
            in_period,
            reported,
            for_people: bearing(running, views, &notices),
            determined,
            referred,
            as_of: options.as_of,
            undated,
        })
    })
}

/// Everything judged, with how well it is supported.
fn supported(running: &Running<'_, '_>, events: &Events, ladder: &Ladder<'_>) -> Judged {
    let mut judged =
        Judged { too_many: false, findings: Vec::new(), out_of_scope: running.judged.out_of_scope.clone() };
    for (key, rows) in running.aside.into_iter().flat_map(|aside| &aside.out_of_scope) {
        *judged.out_of_scope.entry(*key).or_default() += rows;
    }
    for finding in &running.judged.findings {
        let Some(variant) = running.variants.get(finding.variant) else {
            continue;
        };
        let at = (finding.batch, finding.row);
        let mut finding = Finding { event: events.standing_for(at), ..*finding };
        let judgement = &mut finding.judgement;
        judgement.support(ladder.judge(at, variant, judgement.candidates));
        if judgement.verdict == Verdict::OutOfScope {
            let reason = judgement.against().map_or(Reason::NotReached, |(_, reason)| reason);
            *judged.out_of_scope.entry((finding.variant, reason)).or_default() += 1;
        } else {
            judged.findings.push(finding);
        }
    }
    judged
}

/// Longer than this, in days, no assessment runs.
const LONGEST: i64 = 200 * 366;

/// One slip in a year must not cost the memory of ten thousand.
fn short_enough(
    (window, given): ((i64, i64), bool),
    views: &[RecordColumns<'_>],
    whens: &[Vec<(i64, i64)>],
    knowledge: &Knowledge,
    clock: &Clock,
) -> Result<(), EvidenceError> {
    if window.1 - window.0 <= LONGEST * 86_400 {
        return Ok(());
    }
    let all = views.iter().zip(whens).flat_map(|(view, whens)| whens.iter().enumerate().map(move |row| (view, row)));
    let all = all.zip((0..views.len()).flat_map(|number| knowledge.current(number))).filter(|(_, counts)| **counts);
    let last = all.map(|(row, _)| row).max_by_key(|(view, (row, (_, until)))| (*until, view.record_id.value(*row)));
    let record = last
        .filter(|_| !given)
        .map(|(view, (row, _))| format!("the record {} ({})", view.record_id.value(row), origin(view, row)));
    let day = |second: i64| Timestamp::from_second(second).map_or_else(|_| second.to_string(), |at| clock.show(at));
    Err(EvidenceError::TooLong { from: day(window.0), until: day(window.1), record })
}

/// Adds to each breach what is on record of its cure.
fn cures(findings: &mut [Found], variants: &[Variant<'_>], told: &[&Notice], end: i64) {
    for found in findings {
        for (number, judgement) in &found.judgements {
            let variant = variants.get(*number).filter(|_| judgement.verdict == Verdict::Breach);
            let cure = variant.and_then(|v| cure(v.agreement, v.provision, told, (&found.record, found.until), end));
            found.cures.extend(cure.map(|cure| (*number, cure)));
        }
    }
}

fn standings(
    checked: &Checked,
    variants: &[Variant<'_>],
    judged: &Judged,
    circumstances: &Circumstances<'_>,
) -> Vec<ProvisionStanding> {
    let mut by_variant: Vec<Vec<&Finding>> = vec![Vec::new(); variants.len()];
    for finding in &judged.findings {
        if let Some(list) = by_variant.get_mut(finding.variant) {
            list.push(finding);
        }
    }
    let provisions = checked.agreement().provisions.iter().enumerate();
    provisions
        .map(|(index, provision)| {
            let mine: Vec<(usize, &Variant<'_>)> =
                variants.iter().enumerate().filter(|(_, v)| v.index == index).collect();
            let row = |party: Option<usize>| {
                let readings: Vec<_> = mine
                    .iter()
                    .map(|(number, variant)| {
                        let findings = by_variant.get(*number).map(Vec::as_slice).unwrap_or_default();
                        held(*number, variant, party, findings, circumstances)
                    })
                    .collect();
                Row { party, standing: together(&readings), readings }
            };
            let parties = provision.bound.iter().filter(|_| mine.iter().any(|(_, v)| v.judges()));
            let rows = std::iter::once(None).chain(parties.map(Some)).map(row).collect();
            let first = mine.first().map(|(number, _)| *number);
            let scoped = judged.out_of_scope.iter().filter(|((number, _), _)| Some(*number) == first);
            ProvisionStanding {
                provision: index,
                variants: mine.iter().map(|(number, _)| *number).collect(),
                rows,
                out_of_scope: scoped.map(|((_, reason), count)| (*reason, *count)).collect(),
            }
        })
        .collect()
}

/// Findings of one record under one provision, gathered over its readings; and
/// for each kernel finding, where it went.
fn gather(variants: &[Variant<'_>], findings: &[Finding], views: &[RecordColumns<'_>]) -> (Vec<Found>, Vec<usize>) {
    type Key<'r> = (usize, i64, &'r str);
    let mut sorted: Vec<(Key<'_>, usize)> = findings
        .iter()
        .enumerate()
        .filter_map(|(at, finding)| {
            let provision = variants.get(finding.variant)?.index;
            let record = views.get(finding.batch)?.record_id.value(finding.row);
            Some(((provision, finding.from, record), at))
        })
        .collect();
    sorted.sort_unstable();
    let mut found: Vec<Found> = Vec::new();
    let mut index = vec![0; findings.len()];
    for ((provision, _, record), at) in sorted {
        let Some(finding) = findings.get(at) else {
            continue;
        };
        let same = found.last().is_some_and(|f| f.provision == provision && f.record == record);
        if !same {
            let clause = variants.get(finding.variant).map(|v| v.provision.id.as_str()).unwrap_or_default();
            found.push(Found {
                id: format!("{clause}:{record}"),
                provision,
                record: record.to_owned(),
                from: finding.from,
                until: finding.until,
                judgements: Vec::new(),
                at: (finding.batch, finding.row),
                cures: Vec::new(),
                event: finding.event.and_then(|(batch, row)| Some(views.get(batch)?.record_id.value(row).to_owned())),
            });
        }
        if let Some(last) = found.last_mut() {
            last.judgements.push((finding.variant, finding.judgement));
        }
        if let Some(slot) = index.get_mut(at) {
            *slot = found.len() - 1;
        }
    }
    for one in &mut found {
        one.judgements.sort_by_key(|(variant, _)| *variant);
    }
    (found, index)
}

fn gates(
    running: &Running<'_, '_>,
    findings: &[Finding],
    (index, views): (&[usize], &[RecordColumns<'_>]),
    circumstances: &Circumstances<'_>,
) -> Vec<Vec<GateClock>> {
    let (checked, variants, told) = (running.checked, &running.variants, running.told());
    let gates = checked.agreement().gates.iter().enumerate();
    let naming = naming(checked);
    gates
        .map(|(number, gate)| {
            // A gate hangs on its own brackets and on those of its provisions.
            let mut depends: BTreeSet<usize> = gate.depends.union(&naming).copied().collect();
            for variant in variants.iter().filter(|v| gate.provisions.contains(&v.index)) {
                depends.extend(variant.answers.iter().map(|(question, _)| question));
            }
            let mut seen = BTreeSet::new();
            let mut clocks = Vec::new();
            for reading in &checked.readings {
                let answers = projected(reading, &depends);
                let Some(gate) = reading.agreement.gates.get(number) else {
                    continue;
                };
                if !seen.insert(answers.clone()) {
                    continue;
                }
                let agrees = |v: &Variant<'_>| v.answers.iter().all(|(q, a)| reading.answers.get(*q) == Some(a));
                let mine: Vec<(usize, &Variant<'_>)> = variants
                    .iter()
                    .enumerate()
                    .filter(|(_, v)| gate.provisions.contains(&v.index) && agrees(v))
                    .collect();
                let ours: BTreeSet<usize> = mine.iter().map(|(n, _)| *n).collect();
                let relevant: Vec<(usize, Finding)> = findings
                    .iter()
                    .enumerate()
                    .filter(|(_, f)| ours.contains(&f.variant) && f.judgement.verdict != Verdict::OutOfScope)
                    .map(|(at, f)| (at, *f))
                    .collect();
                let plain: Vec<Finding> = relevant.iter().map(|(_, f)| *f).collect();
                let docket = Docket { agreement: &reading.agreement, told: &told };
                let evidence = gate::Evidence {
                    variants: &mine,
                    findings: &plain,
                    on_ground: &on_ground(gate, &reading.agreement, &plain, views, running.units),
                    since: gate.since.as_ref().and_then(|since| docket.holds(since, "")),
                };
                let mut one = clock(gate, &reading.agreement, answers, &evidence, circumstances);
                let settle = |day: &mut crate::gate::Day| {
                    let mut places: Vec<usize> = day
                        .findings
                        .iter()
                        .filter_map(|i| relevant.get(*i).and_then(|(at, _)| index.get(*at)).copied())
                        .collect();
                    places.sort_unstable();
                    places.dedup();
                    day.findings = places;
                };
                one.days.iter_mut().for_each(settle);
                one.last_reset.iter_mut().for_each(settle);
                clocks.push(one);
            }
            clocks
        })
        .collect()
}
