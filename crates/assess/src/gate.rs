//! Gates and their consecutive-day clocks.

use armistice_records::RecordColumns;
use armistice_terms::{Agreement, Clock, Gate, Units};
use jiff::civil::Date;

use crate::finding::Finding;
use crate::opening::{declared, longest, open_by, running, unbroken};
use crate::place::{Measured, over};
use crate::standing::Circumstances;
use crate::steps::Steps;
use crate::told::{Told, told};
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
    /// nothing to keep. Or what the days count from had not come.
    Lapsed,
    /// A breach is recorded that leaves the day out and lets the count go on.
    Paused,
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
            Self::Paused => "paused",
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
    /// The days were kept; the notices that must come then are not on record.
    AwaitsNotice {
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
            Self::AwaitsNotice { .. } => "conditions met, notices not on record",
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
    /// Who has given notice when the days were complete, by record id.
    pub notices: Vec<String>,
    /// The decisions that let the count begin anew, by record id.
    pub resets: Vec<String>,
    /// What tells whether the event has come from which the days count.
    pub since: Vec<String>,
}

/// What a gate's clock is run on.
pub(crate) struct Evidence<'e> {
    pub(crate) variants: &'e [(usize, &'e Variant<'e>)],
    pub(crate) findings: &'e [Finding],
    /// Of each finding, whether it was on the gate's ground.
    pub(crate) on_ground: &'e [Truth],
    /// Whether what the days count from has come.
    pub(crate) since: Option<Steps>,
}

/// Of each finding, whether it was on the ground on which alone breaches count.
pub(crate) fn on_ground(
    gate: &Gate,
    agreement: &Agreement,
    findings: &[Finding],
    views: &[RecordColumns<'_>],
    units: &Units,
) -> Vec<Truth> {
    let Some(ground) = &gate.scope else {
        return vec![Truth::True; findings.len()];
    };
    let mut measured = <[Measured; 2]>::default();
    let standard = agreement.standard_of_proof;
    let each = findings.iter().map(|finding| {
        let (columns, row) = (views.get(finding.batch)?, finding.row);
        Some(over(ground, columns, row, units, standard, &mut measured))
    });
    each.map(|truth| truth.unwrap_or(Truth::Unknown)).collect()
}

/// Runs a gate's clock over the days of a window.
pub(crate) fn clock(
    gate: &Gate,
    agreement: &Agreement,
    answers: Vec<(usize, usize)>,
    evidence: &Evidence<'_>,
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
        unprovable: evidence.variants.iter().filter_map(|(_, v)| unprovable(v, gate)).collect(),
        certificates: Vec::new(),
        notices: Vec::new(),
        resets: Vec::new(),
        since: evidence.since.iter().flat_map(|since| since.by.iter().cloned()).collect(),
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
    let declared = declared(gate, agreement, circumstances.notices);
    clock.resets = declared.iter().map(|(_, _, id)| id.clone()).collect();
    let told = told(gate, &days, evidence, &declared);
    clock.days = days
        .into_iter()
        .zip(told)
        .map(|(day, told)| state_of(gate, day, told, evidence, circumstances, &clock.unprovable))
        .collect();
    clock.longest = longest(&clock.days, unbroken);
    clock.longest_kept = longest(&clock.days, |state| state == DayState::Kept);
    clock.running = running(&clock.days);
    clock.last_reset = clock.days.iter().rev().find(|d| d.state == DayState::Broken).cloned();
    clock.state = open_by(gate, agreement, circumstances.notices, &mut clock);
    clock
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

fn state_of(
    gate: &Gate,
    (date, begins, ends): (Date, i64, i64),
    told: Told,
    evidence: &Evidence<'_>,
    circumstances: &Circumstances<'_>,
    unprovable: &[(String, String)],
) -> Day {
    let variants = evidence.variants;
    let looked = (!gate.verified_by.is_empty()).then_some(gate.verified_by);
    let bound = |variant: &Variant<'_>| {
        variant.timeline.as_ref().is_some_and(|line| line.during(begins, ends).0 == Truth::True)
    };
    // What it was while it bound, or after; before, there is nothing to say. And
    // whether what the days count from had come.
    let lines = variants.iter().filter_map(|(_, v)| v.timeline.as_ref());
    let mut values: Vec<Truth> =
        lines.flat_map(|line| line.between(begins, ends)).map(|(_, _, truth, _)| truth).collect();
    if let Some(since) = &evidence.since {
        let edges = since.edges().filter(|at| *at > begins && *at < ends);
        values.extend(std::iter::once(begins).chain(edges).map(|at| since.at(at)));
    }
    let any = |value: Truth| values.contains(&value);
    let borne = |count: usize| u32::try_from(count).unwrap_or(u32::MAX) <= gate.tolerance;
    // Where breaches are for somebody to declare, those who certify answer for
    // what was not declared.
    let left_to_people = gate.declared_by.is_some() && !borne(told.all);
    let doubts = told.findings;
    let (state, findings) = if begins < circumstances.window.0 {
        (DayState::Unjudged, Vec::new())
    } else if !borne(told.resets.0) || told.declared == Some(true) {
        (DayState::Broken, told.broke)
    } else if any(Truth::False) {
        (DayState::Lapsed, doubts)
    } else if !borne(told.pauses.0) && borne(told.resets.1) {
        (DayState::Paused, told.broke)
    } else if !borne(told.resets.1)
        || !borne(told.pauses.1)
        || told.declared == Some(false)
        || any(Truth::Unknown)
        || (left_to_people && gate.certified_by.is_empty())
    {
        (DayState::Doubtful, doubts)
    } else if unprovable.is_empty()
        && variants
            .iter()
            .all(|(_, v)| bound(v) && (for_people(v) || circumstances.would_show(v, looked, (begins, ends))))
    {
        let left = left_to_people || variants.iter().any(|(_, v)| for_people(v));
        if left {
            (DayState::ForPeople, if left_to_people { doubts } else { Vec::new() })
        } else {
            (DayState::Kept, Vec::new())
        }
    } else {
        (DayState::Quiet, Vec::new())
    };
    Day { date, state, findings }
}

fn for_people(variant: &Variant<'_>) -> bool {
    variant.provision.duty.for_people().is_some()
}
