//! Section 8: what a period comes to.

use std::collections::BTreeSet;

use armistice_records::{Act, Dataset, Effect, Kind, Place};
use armistice_terms::{ActorSet, Bound, Conduct, Dealing, Due, Duty, Forbid, Limit, Provision, Role};

use crate::conditions::{done, found_kept, of_each_another, said, told};
use crate::conduct::shows;
use crate::counts::acts;
use crate::force::{Canvas, concerns, effect, force, made_by, notices, set};
use crate::names::{of_role, widened};
use crate::periods::{kept, meeting, of_period, periods};
use crate::truth::T;
use crate::{Finding, Interval, Known, Verdict};

/// What a period comes to for one provision and one party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the document defines them")]
pub enum Standing {
    Kept,
    NoBreachRecorded,
    Breached,
    NotDeterminable,
    NotYetDue,
    NotInForce,
    ForAssessment,
    NotEvaluable,
}

impl Standing {
    /// The field's words.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::NoBreachRecorded => "no breach recorded",
            Self::Breached => "breached",
            Self::NotDeterminable => "not determinable",
            Self::NotYetDue => "not yet due",
            Self::NotInForce => "not in force",
            Self::ForAssessment => "for human assessment",
            Self::NotEvaluable => "not evaluable",
        }
    }
}

/// Events, each counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Breaches by this party alone; of the whole, by any.
    pub breaches: u64,
    /// Breaches by this party or another.
    pub shared: u64,
    /// It cannot be told.
    pub cannot_tell: u64,
    /// Excepted.
    pub excepted: u64,
}

/// A standing, the number of the rule it comes of, and the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the document defines them")]
pub struct Held {
    pub standing: Standing,
    /// From 1 to 12.
    pub ground: u8,
    pub counts: Counts,
}

/// What one finding is to a party, or to the whole.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Share {
    Breach,
    Shared,
    Untold,
    Excepted,
}

fn share(known: &Known<'_>, finding: &Finding, party: Option<usize>) -> Option<Share> {
    let (w0, w1) = known.window;
    let inside = |(a, b): Interval| a >= w0 && b <= w1;
    let alone = party.is_none_or(|q| finding.candidates.iter().eq([&q]));
    match finding.verdict {
        Verdict::Breach if !inside(finding.within) => Some(Share::Untold),
        Verdict::Breach if alone => Some(Share::Breach),
        Verdict::Breach => Some(Share::Shared),
        Verdict::CannotTell => Some(Share::Untold),
        Verdict::Excepted => Some(Share::Excepted),
        Verdict::OutOfScope => None,
    }
}

/// The share of each event, as the first of those of its findings.
fn events(known: &Known<'_>, provision: usize, party: Option<usize>) -> Vec<Share> {
    let found = known.findings(provision);
    let concerned: Vec<&Finding> = found.iter().filter(|f| party.is_none_or(|q| f.candidates.contains(&q))).collect();
    let events: BTreeSet<BTreeSet<String>> = concerned.iter().map(|f| known.event(&f.record)).collect();
    let of = |event: &BTreeSet<String>| {
        concerned.iter().filter(|f| event.contains(&f.record)).filter_map(|f| share(known, f, party)).min()
    };
    events.iter().filter_map(of).collect()
}

pub(crate) fn standing(known: &Known<'_>, provision: usize, party: Option<usize>) -> Held {
    let events = events(known, provision, party);
    let count = |wanted: Share| events.iter().map(|share| u64::from(*share == wanted)).sum::<u64>();
    let counts = Counts {
        breaches: count(Share::Breach),
        shared: count(Share::Shared),
        cannot_tell: count(Share::Untold),
        excepted: count(Share::Excepted),
    };
    let (standing, ground) = known
        .agreement
        .provisions
        .get(provision)
        .map_or((Standing::NotEvaluable, 1), |provision| rule(known, provision, party, counts));
    Held { standing, ground, counts }
}

/// The first rule that fits.
fn rule(known: &Known<'_>, provision: &Provision, party: Option<usize>, counts: Counts) -> (Standing, u8) {
    let people = provision.duty.for_people().is_some();
    let canvas = match force(known, provision) {
        Some(canvas) if provision.duty.not_evaluable().is_none() => canvas,
        None if people => return (Standing::ForAssessment, 12),
        _ => return (Standing::NotEvaluable, 1),
    };
    let (w0, w1) = known.window;
    if provision.force.displaced.as_ref().is_some_and(|d| d.at.as_second() <= canvas.start().max(w0)) {
        return (Standing::NotInForce, 3);
    }
    if canvas.start() >= w1 {
        let due = provision.duty.has_deadline();
        return (if due { Standing::NotYetDue } else { Standing::NotInForce }, 2);
    }
    let never_again = canvas.stretches((w0, i64::MAX)).iter().all(|(_, b)| *b == T::F);
    if never_again && canvas.start() <= w0 {
        return (Standing::NotInForce, 3);
    }
    if people {
        return (Standing::ForAssessment, 12);
    }
    let deed = provision.duty.deed().map(|deed| told_of(known, provision, deed.due, &canvas));
    let in_time = deed.as_ref().is_some_and(|told| told.in_time);
    let due = due_periods(known, provision, &canvas);
    let of_each: Vec<(bool, bool)> = due.iter().map(|period| of_period(known, provision, *period)).collect();
    if of_each.contains(&(true, true)) && !of_each.contains(&(false, true)) {
        return (Standing::NotDeterminable, 13);
    }
    if in_time && (counts.breaches + counts.shared > 0 || deed.as_ref().is_some_and(|told| told.undone)) {
        return (Standing::NotDeterminable, 13);
    }
    if counts.breaches > 0 {
        return (Standing::Breached, 4);
    }
    if counts.shared > 0 {
        return (Standing::NotDeterminable, 5);
    }
    if counts.cannot_tell > 0 {
        return (Standing::NotDeterminable, 6);
    }
    let alone = party.is_none() || provision.bound.len() == 1;
    match &deed {
        Some(_) if in_time => return (Standing::Kept, 14),
        Some(told) if told.undone && alone => return (Standing::Breached, 15),
        Some(told) if told.undone => return (Standing::NotDeterminable, 5),
        Some(_) => {}
        None if holding(known, provision).is_empty() => return (Standing::NotDeterminable, 7),
        None => {}
    }
    let life = canvas.stretches((w0.max(canvas.start()), w1));
    if life.iter().any(|(_, b)| *b == T::U) {
        return (Standing::NotDeterminable, 8);
    }
    let bound: Vec<Interval> = life.iter().filter(|(_, b)| *b == T::T).map(|(stretch, _)| *stretch).collect();
    if bound.is_empty() {
        return (Standing::NotInForce, 9);
    }
    let shown = bound.iter().all(|stretch| would_show(known, provision, &ActorSet::NONE, *stretch));
    if provision.duty.deed().is_some_and(|deed| deed.recurs().is_some()) {
        let all = !of_each.is_empty() && of_each.iter().all(|of| *of == (true, false));
        return if all { (Standing::Kept, 14) } else { (Standing::NotDeterminable, 16) };
    }
    if let Some(told) = deed {
        return if told.lasts && shown { (Standing::Kept, 14) } else { (Standing::NotDeterminable, 16) };
    }
    if shown { (Standing::Kept, 10) } else { (Standing::NoBreachRecorded, 11) }
}

/// The periods that end within the window, in all of which a deed binds.
fn due_periods(known: &Known<'_>, provision: &Provision, canvas: &Canvas) -> Vec<Interval> {
    let (w0, w1) = known.window;
    let all = periods(known, provision, w1).into_iter();
    all.filter(|(a, b)| *b > w0 && *b <= w1 && canvas.throughout((*a, *b))).collect()
}

/// What is told of a deed.
struct DeedTold {
    /// It is to be done all the while.
    lasts: bool,
    /// It is found done, and could not be due before.
    in_time: bool,
    /// A notice says within the window that it is not done, and it was due.
    undone: bool,
}

fn told_of(known: &Known<'_>, provision: &Provision, due: Due, canvas: &Canvas) -> DeedTold {
    let (w0, w1) = known.window;
    let lasts = matches!(due, Due::Always | Due::Every(_));
    // Of what is to be done again and again, only a whole period is left undone,
    // in which it was not done after all.
    let missed = |(a, b): Interval| match due {
        Due::Every(_) => periods(known, provision, b)
            .into_iter()
            .any(|(x, y)| a <= x && y <= b && !of_period(known, provision, (x, y)).0),
        _ => true,
    };
    let mut of = DeedTold { lasts, in_time: false, undone: false };
    for (record, (a, b)) in told(known) {
        let never_before = || canvas.stretches((i64::MIN, b)).iter().all(|(_, value)| *value == T::F);
        match said(known, record, (a, b), provision) {
            Some(true) if !lasts && never_before() => of.in_time = true,
            Some(false)
                if record.kind != Kind::Inspection
                    && a >= w0
                    && b <= w1
                    && canvas.throughout((a, b))
                    && missed((a, b)) =>
            {
                of.undone = true;
            }
            _ => {}
        }
    }
    of
}

/// The kinds of record that could show a breach, and the acts.
fn shown_by(provision: &Provision) -> (&'static [Kind], Vec<Act>) {
    match &provision.duty {
        Duty::Forbid(Forbid { conduct: Conduct::Attack, .. }) => (&[Kind::Incident], shows(Conduct::Attack)),
        Duty::Forbid(forbid) => (&[Kind::Incident, Kind::Sighting, Kind::Inspection], shows(forbid.conduct)),
        Duty::Limit(Limit { dealing: Dealing::Keep, .. }) => (&[Kind::Sighting, Kind::Inspection], acts(Dealing::Keep)),
        Duty::Limit(limit) => (&[Kind::Incident, Kind::Sighting, Kind::Inspection], acts(limit.dealing)),
        _ => (&[Kind::Sighting, Kind::Inspection], vec![Act::Presence]),
    }
}

fn holding<'w>(known: &Known<'w>, provision: &Provision) -> Vec<&'w Dataset> {
    let (kinds, acts) = shown_by(provision);
    // What is said of no acts is: any, or attacks alone of what holds lethal events only.
    let attack = |act: Act| matches!(act, Act::Attack | Act::AttackCivilians);
    let tells = |d: &Dataset, act: Act| match &d.reach.acts {
        Some(told) => told.contains(&act),
        None => !d.reach.lethal_only || attack(act),
    };
    let holds = |d: &&Dataset| d.reach.kinds.iter().any(|k| kinds.contains(k)) && acts.iter().any(|a| tells(d, *a));
    known.datasets.iter().filter(holds).collect()
}

/// Whether a breach in a stretch would be on record.
pub(crate) fn would_show(known: &Known<'_>, provision: &Provision, by: &ActorSet, (x, y): Interval) -> bool {
    if let Some(deed) = provision.duty.deed() {
        let line = if deed.due == Due::Always { found_kept(known, provision) } else { done(known, provision) };
        if deed.recurs().is_some() {
            let met = meeting(known, provision, (x, y));
            return x < y && !met.is_empty() && met.into_iter().all(|period| kept(known, provision, period) == T::T);
        }
        return x < y && line.edges().filter(|t| x < *t && *t < y).chain([x]).all(|t| line.at(t) == T::T);
    }
    let holding = holding(known, provision);
    let lethal_only = holding.iter().all(|d| d.reach.lethal_only);
    let silent = provision.duty.limits().is_some_and(|limit| limit.bound == Bound::AtLeast);
    if silent || holding.is_empty() || lethal_only || known.unread > 0 {
        return false;
    }
    let concerning: Vec<_> = notices(known).into_iter().filter(|(n, _)| concerns(n, provision)).collect();
    let clock = &known.agreement.clock;
    let denied = concerning.iter().any(|(n, _)| {
        let meets = widened(n, clock).is_some_and(|(a, b)| a < y && b > x);
        matches!(effect(n), Some(Effect::AccessLimited | Effect::AccessDenied)) && meets
    });
    let named = set(*by);
    let watchers = |who: &usize| {
        if named.is_empty() {
            of_role(known.agreement, Role::Monitor).contains(who) || set(provision.verified_by).contains(who)
        } else {
            named.contains(who)
        }
    };
    let full: Vec<Interval> = concerning
        .iter()
        .filter(|(n, when)| {
            let nowhere = n.place == Place::Unknown && n.place_name.is_none();
            let spot = !matches!(n.place, Place::Unknown | Place::Area { .. });
            let subject = n.message.as_ref().is_some_and(|m| !m.subject.is_empty());
            effect(n) == Some(Effect::AccessFull)
                && (nowhere || (subject && !spot))
                && widened(n, clock) == Some(*when)
                && of_each_another(
                    &made_by(n, *when, known.agreement).into_iter().filter(watchers).collect(),
                    provision.bound,
                )
        })
        .map(|(_, when)| *when)
        .collect();
    // Covered if every instant at which cover may stop is covered by another.
    let stops = full.iter().map(|(_, b)| *b).filter(|b| x < *b && *b < y).chain([x]);
    let covered = |t: i64| full.iter().any(|(a, b)| *a <= t && t < *b);
    x < y && !denied && stops.into_iter().all(covered)
}
