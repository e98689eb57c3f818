//! Gates and their consecutive-day clocks.

use armistice_records::Effect;
use armistice_terms::{ActorSet, Agreement, Clock, Gate};
use jiff::civil::Date;

use crate::evidence::Notice;
use crate::finding::{Finding, Verdict};
use crate::standing::Circumstances;
use crate::truth::Truth;
use crate::variant::Variant;

/// What a day was, for a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayState {
    /// A breach is recorded that lies wholly within the day.
    Broken,
    /// Something that cannot be told may have been a breach on this day.
    Doubtful,
    /// No breach and no doubt is recorded; nobody is known to have looked.
    Quiet,
    /// No breach and no doubt is recorded, and one would have been: full access
    /// is on record.
    Kept,
    /// All that records decide was kept; the rest is for those who certify.
    ForPeople,
    /// A provision that it hangs on had ended, or was suspended: there was
    /// nothing to keep.
    Lapsed,
    /// It lies before the period: no record of it was judged.
    Unjudged,
}

impl DayState {
    /// The word for reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::Doubtful => "doubtful",
            Self::Quiet => "quiet",
            Self::Kept => "kept",
            Self::ForPeople => "for people",
            Self::Lapsed => "lapsed",
            Self::Unjudged => "unjudged",
        }
    }
}

/// One day of a gate's clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The agreement's day.
    pub date: Date,
    /// What it was.
    pub state: DayState,
    /// The findings that broke it, or put it in doubt: indices.
    pub findings: Vec<usize>,
}

/// Where a gate stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GateState {
    /// The days were kept and the certificate is on record.
    Opened {
        /// The last of the days.
        on: Date,
    },
    /// The days were kept; the certificate is not on record.
    AwaitsCertificate {
        /// The last of the days.
        on: Date,
    },
    /// There is no run of so many days without a recorded breach.
    NotOpen,
    /// There may be such a run, and it is not shown.
    CannotTell,
    /// No record could ever decide it.
    NotEvaluable(String),
}

impl GateState {
    /// The word for reports.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "open",
            Self::AwaitsCertificate { .. } => "conditions met, certificate not on record",
            Self::NotOpen => "not open",
            Self::CannotTell => "cannot tell",
            Self::NotEvaluable(_) => "not evaluable",
        }
    }
}

/// A run of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// How many.
    pub days: u32,
    /// The first.
    pub since: Date,
}

/// A gate under one reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateClock {
    /// Which alternative the reading takes of each question it hangs on.
    pub answers: Vec<(usize, usize)>,
    /// Where it stands.
    pub state: GateState,
    /// Every day that counts, in order.
    pub days: Vec<Day>,
    /// The run of days without a recorded breach that reaches the end.
    pub running: Option<Run>,
    /// The longest run of days without a recorded breach.
    pub longest: Option<Run>,
    /// The longest run of days that were kept, access included.
    pub longest_kept: Option<Run>,
    /// The last day that a recorded breach broke.
    pub last_reset: Option<Day>,
    /// The provisions among its conditions that cannot be shown kept, and why.
    pub unprovable: Vec<(String, String)>,
    /// Who has certified, by record id.
    pub certificates: Vec<String>,
}

/// Runs a gate's clock over the days of a window.
pub(crate) fn clock(
    gate: &Gate,
    agreement: &Agreement,
    answers: Vec<(usize, usize)>,
    variants: &[(usize, &Variant<'_>)],
    findings: &[Finding],
    circumstances: &Circumstances<'_>,
) -> GateClock {
    let mut clock = GateClock {
        answers,
        state: GateState::CannotTell,
        days: Vec::new(),
        running: None,
        longest: None,
        longest_kept: None,
        last_reset: None,
        unprovable: variants.iter().filter_map(|(_, v)| unprovable(v, gate)).collect(),
        certificates: Vec::new(),
    };
    if let Some(why) = &gate.not_evaluable {
        clock.state = GateState::NotEvaluable(why.to_string());
        return clock;
    }
    let Some(from) = gate.from else {
        clock.state = GateState::NotEvaluable("it does not say from when days count".to_owned());
        return clock;
    };
    let (_, until) = circumstances.window;
    let days: Vec<_> = full_days(&agreement.clock, from.as_second(), until).collect();
    let told = told(&days, findings);
    let looked = (!gate.verified_by.is_empty()).then_some(gate.verified_by);
    clock.days = days
        .into_iter()
        .zip(told)
        .map(|((date, begins, ends), told)| {
            day(date, (begins, ends), told, looked, variants, circumstances, &clock.unprovable)
        })
        .collect();
    clock.longest = longest(&clock.days, unbroken);
    clock.longest_kept = longest(&clock.days, |state| state == DayState::Kept);
    clock.running = running(&clock.days);
    clock.last_reset = clock.days.iter().rev().find(|d| d.state == DayState::Broken).cloned();
    clock.state = open_by(gate, agreement, circumstances.notices, &mut clock);
    clock
}

/// Whether a run of kept days is long enough, and certified once it was. The
/// first run that was certified opens the gate; a later one does not close it.
fn open_by(gate: &Gate, agreement: &Agreement, notices: &[Notice], clock: &mut GateClock) -> GateState {
    let enough = |run: &Run| run.days >= gate.days;
    let mut first = None;
    let complete = |state| matches!(state, DayState::Kept | DayState::ForPeople);
    for run in runs(&clock.days, complete).into_iter().filter(enough) {
        let on = last_day(run, gate.days);
        let complete = on.tomorrow().ok().and_then(|next| agreement.clock.day_begins(next));
        let complete = complete.map_or(i64::MAX, jiff::Timestamp::as_second);
        // A run that was broken can no longer be certified.
        let broken = run.since.checked_add(jiff::Span::new().days(run.days)).ok();
        let broken = broken.filter(|end| clock.days.last().is_some_and(|last| *end <= last.date));
        let broken =
            broken.and_then(|end| agreement.clock.day_begins(end)).map_or(i64::MAX, jiff::Timestamp::as_second);
        let (certified, certificates) = certified(gate, agreement, notices, (complete, broken));
        if certified {
            clock.certificates = certificates;
            return GateState::Opened { on };
        }
        // What people must judge, the certificate alone can say.
        let left = clock.days.iter().any(|day| day.date == on && day.state == DayState::ForPeople);
        first = first.or((!left).then_some(on));
    }
    match first {
        Some(on) => GateState::AwaitsCertificate { on },
        None if clock.longest.as_ref().is_some_and(enough) => GateState::CannotTell,
        None => GateState::NotOpen,
    }
}

/// Why a provision can never be shown kept, if it cannot.
fn unprovable(variant: &Variant<'_>, gate: &Gate) -> Option<(String, String)> {
    let id = variant.provision.id.clone();
    if variant.provision.duty.for_people().is_some() && gate.certified_by.is_empty() {
        return Some((id, "only people can judge it, and nobody is named to certify the gate".to_owned()));
    }
    match (variant.provision.duty.not_evaluable(), &variant.timeline) {
        (Some(why), _) => Some((id, why.to_string())),
        (_, None) => Some((id, variant.provision.force.from.as_ref().err().cloned().unwrap_or_default())),
        _ => {
            let open = variant.provision.conditions.iter().find(|c| !c.evaluated());
            open.map(|c| (id, format!("`{c}` is not evaluated yet")))
        }
    }
}

/// The agreement's days that lie wholly between two instants.
fn full_days(clock: &Clock, from: i64, until: i64) -> impl Iterator<Item = (Date, i64, i64)> + use<'_> {
    let first = jiff::Timestamp::from_second(from).ok().map(|at| clock.day_of(at));
    let mut next = first;
    std::iter::from_fn(move || {
        loop {
            let date = next?;
            let tomorrow = date.tomorrow().ok()?;
            next = Some(tomorrow);
            let begins = clock.day_begins(date)?.as_second();
            let ends = clock.day_begins(tomorrow)?.as_second();
            if ends > until {
                return None;
            }
            if begins >= from {
                return Some((date, begins, ends));
            }
        }
    })
}

/// What the findings tell of one day: indices.
#[derive(Clone, Default)]
struct Told {
    /// Breaches that lie wholly within it.
    broke: Vec<usize>,
    /// What may have been a breach on it.
    doubts: Vec<usize>,
}

/// What the findings tell of each day; each finding visits only its own days.
fn told(days: &[(Date, i64, i64)], findings: &[Finding]) -> Vec<Told> {
    let mut told = vec![Told::default(); days.len()];
    for (index, finding) in findings.iter().enumerate() {
        let (from, until) = finding.within();
        let first = days.partition_point(|(_, _, ends)| *ends <= from);
        let touched = days.iter().zip(&mut told).skip(first);
        for ((_, begins, ends), day) in touched.take_while(|((_, begins, _), _)| *begins < until) {
            match finding.judgement.verdict {
                Verdict::Breach if from >= *begins && until <= *ends => day.broke.push(index),
                Verdict::Breach | Verdict::CannotTell => day.doubts.push(index),
                Verdict::Excepted | Verdict::OutOfScope => {}
            }
        }
    }
    told
}

fn day(
    date: Date,
    (begins, ends): (i64, i64),
    Told { broke, doubts }: Told,
    looked: Option<ActorSet>,
    variants: &[(usize, &Variant<'_>)],
    circumstances: &Circumstances<'_>,
    unprovable: &[(String, String)],
) -> Day {
    let bound = |variant: &Variant<'_>| {
        variant.timeline.as_ref().is_some_and(|line| line.during(begins, ends).0 == Truth::True)
    };
    // What it was while it bound, or after; before, there is nothing to say.
    let stretches = || {
        let lines = variants.iter().filter_map(|(_, v)| v.timeline.as_ref());
        lines.flat_map(|line| line.between(begins, ends))
    };
    let (state, findings) = if begins < circumstances.window.0 {
        (DayState::Unjudged, Vec::new())
    } else if !broke.is_empty() {
        (DayState::Broken, broke)
    } else if stretches().any(|(_, _, truth, _)| truth == Truth::False) {
        (DayState::Lapsed, doubts)
    } else if !doubts.is_empty() || stretches().any(|(_, _, truth, _)| truth == Truth::Unknown) {
        (DayState::Doubtful, doubts)
    } else if unprovable.is_empty()
        && variants
            .iter()
            .all(|(_, v)| bound(v) && (for_people(v) || circumstances.would_show(v, looked, (begins, ends))))
    {
        let left = variants.iter().any(|(_, v)| for_people(v));
        (if left { DayState::ForPeople } else { DayState::Kept }, Vec::new())
    } else {
        (DayState::Quiet, Vec::new())
    };
    Day { date, state, findings }
}

fn for_people(variant: &Variant<'_>) -> bool {
    variant.provision.duty.for_people().is_some()
}

/// Whether a run of days may go on over a day.
const fn unbroken(state: DayState) -> bool {
    !matches!(state, DayState::Broken | DayState::Lapsed | DayState::Unjudged)
}

/// The earliest of the longest runs.
fn longest(days: &[Day], counts: impl Fn(DayState) -> bool) -> Option<Run> {
    runs(days, counts).into_iter().rev().max_by_key(|run| run.days)
}

/// Every run of days that count, in order.
fn runs(days: &[Day], counts: impl Fn(DayState) -> bool) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut going = false;
    for day in days {
        let counted = counts(day.state);
        match runs.last_mut().filter(|_| going && counted) {
            Some(run) => run.days += 1,
            None if counted => runs.push(Run { days: 1, since: day.date }),
            None => {}
        }
        going = counted;
    }
    runs
}

fn running(days: &[Day]) -> Option<Run> {
    let tail: Vec<&Day> = days.iter().rev().take_while(|d| unbroken(d.state)).collect();
    let since = tail.last()?.date;
    Some(Run { days: u32::try_from(tail.len()).unwrap_or(u32::MAX), since })
}

fn last_day(run: Run, days: u32) -> Date {
    let ahead = jiff::Span::new().try_days(i64::from(days) - 1);
    ahead.ok().and_then(|span| run.since.checked_add(span).ok()).unwrap_or(run.since)
}

/// Whether those who must certify have, between two instants, and the records
/// that say so.
fn certified(
    gate: &Gate,
    agreement: &Agreement,
    notices: &[Notice],
    (complete, broken): (i64, i64),
) -> (bool, Vec<String>) {
    let ours = notices.iter().filter(|n| {
        let due = n.from >= complete && n.from < broken;
        due && n.effect == Effect::Certified && n.subject.contains(&gate.name)
    });
    let mut by = ActorSet::NONE;
    let mut ids = Vec::new();
    for notice in ours {
        let made_by = notice.made_by(agreement).and(gate.certified_by);
        if !made_by.is_empty() {
            by = by.or(made_by);
            ids.push(notice.id.clone());
        }
    }
    let enough = if gate.together { gate.certified_by.without(by).is_empty() } else { !by.is_empty() };
    (gate.certified_by.is_empty() || enough, ids)
}
