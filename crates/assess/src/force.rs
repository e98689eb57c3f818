//! When a provision binds, given the decisions on record.
//!
//! A term "for 48 hours, renewed by X and Y together" runs on only if a
//! decision of both is on record. Where none is, it is not taken to have
//! lapsed: nobody told us. It is *unknown* from there on, until a decision of
//! those who may renew says that it ended.

use std::collections::BTreeSet;

use armistice_records::{Effect, Kind};
use armistice_terms::{ActorSet, Agreement, Condition, Holds, Provision, Role, Until};
use jiff::Timestamp;

use crate::actors::of_role;
use crate::conditions::{Docket, reasons};
use crate::evidence::Notice;
use crate::reason::Reason;
use crate::steps::Steps;
use crate::truth::Truth;

/// The stretches of a provision's life, in order, each with whether it binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// From each instant (seconds) on, whether it binds and why; before the
    /// first it does not.
    steps: Vec<(i64, Truth, Reason)>,
    /// The reason before the first step.
    before: Reason,
    /// The decisions that made it so, by record id.
    pub decisions: Vec<String>,
    /// Decisions on record that changed nothing, and why.
    pub ineffective: Vec<(String, String)>,
    /// What it hangs on, as it is written, and when that is met.
    waits: Vec<(String, Steps)>,
}

impl Timeline {
    /// The life of a provision under what is told: notices and inspections.
    /// `None` if the text does not say from when it binds.
    pub(crate) fn of(provision: &Provision, agreement: &Agreement, told: &[&Notice]) -> Option<Self> {
        let starts = match (provision.duty.deadline(), &provision.force.from) {
            (Some(deadline), _) => deadline,
            (None, Ok(from)) => *from,
            (None, Err(_)) => return None,
        };
        let before = if provision.duty.has_deadline() { Reason::NotYetDue } else { Reason::BeforeForce };
        let open = if provision.conditions.iter().all(Condition::evaluated) {
            (Truth::True, Reason::InForce)
        } else {
            (Truth::Unknown, Reason::ConditionOpen)
        };
        let mut line = Self {
            steps: vec![(starts.as_second(), open.0, open.1)],
            before,
            decisions: Vec::new(),
            ineffective: Vec::new(),
            waits: Vec::new(),
        };
        let notices = told.iter().copied().filter(|n| n.kind != Kind::Inspection);
        let concerning = notices.filter(|n| n.concerns(&provision.id));
        match &provision.force.until {
            Until::Renewable { first, by, together } => {
                let deciders = Deciders { by: *by, together: *together, agreement };
                line.renewable(first.as_second(), open, &deciders, concerning);
            }
            until => {
                let open = if matches!(until, Until::Unknown(_)) { (Truth::Unknown, Reason::EndUnknown) } else { open };
                line.steps = vec![(starts.as_second(), open.0, open.1)];
                // Where notice ends it, that is for the condition to say.
                let tacit = provision.conditions.iter().any(|c| matches!(c.holds, Holds::UnlessNotice(_)));
                let unforeseen = concerning.filter(|n| !(tacit && n.effect == Effect::Ended));
                line.unforeseen(provision.bound, open, agreement, unforeseen);
                if let Until::At(end) = until {
                    let end = end.as_second();
                    line.steps.retain(|(at, ..)| *at < end || *at == starts.as_second());
                    line.steps.push((end, Truth::False, Reason::AfterForce));
                }
            }
        }
        line.straighten();
        let docket = Docket { agreement, told };
        for condition in &provision.conditions {
            if let Some(met) = docket.holds(condition, &provision.id) {
                // No record will say which of two texts counts.
                if !matches!(condition.holds, Holds::GivesWay(_)) {
                    line.waits.push((condition.words.clone(), met.clone()));
                }
                line.hang_on(condition, met);
            }
        }
        if let Some(displaced) = &provision.force.displaced {
            line.displace(displaced.at.as_second());
        }
        Some(line)
    }

    /// The same life, if it binds no more from an instant on than so much.
    pub(crate) fn ended_no_later(&self, at: i64, most: Truth) -> Self {
        let reason = if most == Truth::False { Reason::AfterForce } else { Reason::RenewalUnknown };
        let (truth, why) = self.state_at(at);
        let mut steps: Vec<_> = self.steps.iter().copied().filter(|(from, ..)| *from < at).collect();
        let less = |truth: Truth, why: Reason| if most < truth { (most, reason) } else { (truth, why) };
        let (truth, why) = less(truth, why);
        steps.push((at, truth, why));
        steps.extend(self.steps.iter().filter(|(from, ..)| *from > at).map(|(from, truth, why)| {
            let (truth, why) = less(*truth, *why);
            (*from, truth, why)
        }));
        Self { steps, ..self.clone() }
    }

    /// The same life, if it begins to bind only at an instant that is no earlier.
    pub(crate) fn begun(&self, at: i64) -> Self {
        let (truth, reason) = self.state_at(at);
        let later = self.steps.iter().copied().filter(|(from, ..)| *from > at);
        Self { steps: std::iter::once((at, truth, reason)).chain(later).collect(), ..self.clone() }
    }

    /// What it waits for at an instant and nobody can say of, in its own words:
    /// "`only after 3.a`, of which nothing is on record".
    pub(crate) fn waits_for(&self, at: i64) -> Option<String> {
        let open = self.waits.iter().filter(|(_, met)| met.at(at) == Truth::Unknown);
        let each = open.map(|(words, met)| match met.by.len() {
            0 => format!("`{words}`, of which nothing is on record"),
            _ => format!("`{words}`, of which {} does not decide it", named(&met.by)),
        });
        let each: Vec<String> = each.collect();
        (!each.is_empty()).then(|| format!("it waits for {}", each.join("; and for ")))
    }

    /// It binds no more than a condition is met.
    fn hang_on(&mut self, condition: &Condition, met: Steps) {
        let (unknown, not_met) = reasons(condition);
        let begins = self.begins();
        let edges = self.steps.iter().map(|(at, ..)| *at).chain(met.edges().filter(|at| *at > begins));
        let edges: BTreeSet<i64> = edges.collect();
        let mut steps: Vec<(i64, Truth, Reason)> = Vec::new();
        for at in edges {
            let (truth, reason) = self.state_at(at);
            let met = met.at(at);
            let state = match met {
                Truth::False if truth != Truth::False => (met, not_met),
                Truth::Unknown if truth == Truth::True => (met, unknown),
                _ => (truth, reason),
            };
            if steps.last().is_none_or(|(_, truth, reason)| (*truth, *reason) != state) {
                steps.push((at, state.0, state.1));
            }
        }
        self.steps = steps;
        for id in met.by {
            if !self.decisions.contains(&id) {
                self.decisions.push(id);
            }
        }
    }

    /// Whether it binds at an instant that is not before its beginning.
    fn state_at(&self, t: i64) -> (Truth, Reason) {
        let passed = self.steps.partition_point(|(at, ..)| *at <= t);
        let last = passed.checked_sub(1).and_then(|last| self.steps.get(last));
        last.map_or((Truth::False, self.before), |(_, truth, reason)| (*truth, *reason))
    }

    /// Decisions on a term that does not say who may take them. They are shown
    /// as changing nothing, unless all whom it binds, or all guarantors, took
    /// them together: whether it still bound then is for lawyers to say.
    fn unforeseen<'n>(
        &mut self,
        bound: ActorSet,
        open: (Truth, Reason),
        agreement: &Agreement,
        notices: impl Iterator<Item = &'n Notice>,
    ) {
        let guarantors = of_role(agreement, Role::Guarantor);
        let mut in_doubt = false;
        for notice in notices {
            let what = match notice.effect {
                Effect::Renewed | Effect::Proposed => "renew",
                Effect::Ended => "end",
                Effect::Suspended | Effect::Resumed => "suspend",
                _ => continue,
            };
            let by = notice.made_by(agreement);
            let weighty = [bound, guarantors].iter().any(|all| !all.is_empty() && all.without(by).is_empty());
            match notice.effect {
                Effect::Ended | Effect::Suspended if weighty => {
                    in_doubt = true;
                    self.steps.push((notice.from, Truth::Unknown, Reason::Unforeseen));
                }
                Effect::Resumed if weighty && in_doubt => {
                    in_doubt = false;
                    self.steps.push((notice.to, open.0, open.1));
                }
                _ => {
                    self.ignore(notice, format!("the text does not say who may {what} it"));
                    continue;
                }
            }
            self.decisions.push(notice.id.clone());
        }
    }

    /// The life of a term that ends at `end` unless renewed. Notices come
    /// sorted by when they were made and then by id, so the outcome does not
    /// depend on the order of the files.
    fn renewable<'n>(
        &mut self,
        mut end: i64,
        open: (Truth, Reason),
        deciders: &Deciders<'_>,
        notices: impl Iterator<Item = &'n Notice>,
    ) {
        let mut suspended = false;
        let mut lapsed = false;
        for notice in notices {
            if notice.from >= end && !lapsed {
                lapsed = true;
                self.lapse(end, suspended);
            }
            let decision =
                matches!(notice.effect, Effect::Renewed | Effect::Ended | Effect::Suspended | Effect::Resumed);
            if notice.effect == Effect::Proposed {
                self.ignore(notice, "it is an offer, not a decision".to_owned());
                continue;
            } else if !decision {
                continue;
            } else if let Some(why) = deciders.fall_short(notice) {
                self.ignore(notice, why);
                continue;
            }
            match notice.effect {
                Effect::Renewed => {
                    let Some(until) = notice.until.map(Timestamp::as_second) else {
                        self.ignore(notice, "it does not say until when".to_owned());
                        continue;
                    };
                    if until <= end || until <= notice.from {
                        self.ignore(notice, "it runs no further than the term did already".to_owned());
                        continue;
                    }
                    // Between the end and a late renewal, nobody knows.
                    if lapsed && !suspended {
                        self.turn(notice, open);
                    }
                    lapsed = false;
                    end = until;
                }
                Effect::Resumed if suspended => {
                    suspended = false;
                    let then = if lapsed { (Truth::Unknown, Reason::RenewalUnknown) } else { open };
                    self.turn(notice, then);
                }
                Effect::Resumed => {
                    self.ignore(notice, "it was not suspended".to_owned());
                    continue;
                }
                Effect::Suspended => {
                    suspended = true;
                    self.turn(notice, (Truth::False, Reason::Suspended));
                }
                _ => {
                    self.turn(notice, (Truth::False, Reason::AfterForce));
                    self.decisions.push(notice.id.clone());
                    return;
                }
            }
            self.decisions.push(notice.id.clone());
        }
        if !lapsed {
            self.lapse(end, suspended);
        }
    }

    /// Nothing that is decided or ends before a stretch begins can reach back
    /// into the one before.
    fn straighten(&mut self) {
        let mut reached = i64::MIN;
        for (at, ..) in &mut self.steps {
            reached = reached.max(*at);
            *at = reached;
        }
    }

    /// Another instrument, or another provision, takes its place.
    fn displace(&mut self, at: i64) {
        let at = at.max(self.begins());
        self.steps.retain(|(begins, ..)| *begins < at);
        // What had ended already ended then.
        if self.steps.last().is_none_or(|(_, truth, _)| *truth != Truth::False) {
            self.steps.push((at, Truth::False, Reason::Displaced));
        }
    }

    /// The term has run out; what was suspended stays so.
    fn lapse(&mut self, end: i64, suspended: bool) {
        if !suspended {
            self.steps.push((end, Truth::Unknown, Reason::RenewalUnknown));
        }
    }

    /// From a decision on, all is otherwise; while it was being made (all day,
    /// where the record has no hour), nobody knows.
    fn turn(&mut self, notice: &Notice, then: (Truth, Reason)) {
        self.steps.push((notice.from, Truth::Unknown, Reason::DecisionHour));
        self.steps.push((notice.to, then.0, then.1));
    }

    fn ignore(&mut self, notice: &Notice, why: String) {
        self.ineffective.push((notice.id.clone(), why));
    }

    /// Whether it bound throughout `[from, until)`.
    #[must_use]
    pub fn during(&self, from: i64, until: i64) -> (Truth, Reason) {
        let mut seen: Option<(Truth, Reason)> = None;
        let mut mixed = false;
        let mut note = |truth: Truth, reason: Reason| match seen {
            None => seen = Some((truth, reason)),
            Some((held, _)) if held == truth => {}
            Some(_) => mixed = true,
        };
        let mut start = i64::MIN;
        let mut state = (Truth::False, self.before);
        for (at, truth, reason) in self.steps.iter().copied().chain([(i64::MAX, Truth::False, self.before)]) {
            // The stretch [start, at) has `state`; an empty one has none.
            if start < until && from < at && start < at {
                note(state.0, state.1);
            }
            start = at;
            state = (truth, reason);
        }
        match seen {
            Some(_) if mixed => (Truth::Unknown, Reason::StraddlesForce),
            Some(found) => found,
            None => (Truth::False, self.before),
        }
    }

    /// Whether it bound at the time of something that happened once, at any
    /// time of `[from, until)` alike: so judged if it did for as much of that
    /// time as the standard of proof asks. Told of more than a day, what
    /// happened may have gone on throughout, and is only outside if all of it is.
    pub(crate) fn probably(&self, from: i64, until: i64, standard: f64) -> (Truth, Reason, f64) {
        const ONE_DAY: i64 = 25 * 3600;
        let seconds = |wanted: Truth| -> i64 {
            let each = self.between(from, until).into_iter().filter(|(_, _, truth, _)| *truth == wanted);
            each.map(|(from, until, ..)| until - from).sum()
        };
        let before = (self.begins().min(until) - from).max(0);
        let share = |seconds: i64| seconds as f64 / (until - from) as f64;
        let (bound, free) = (share(seconds(Truth::True)), share(seconds(Truth::False) + before));
        let (truth, reason) = match self.during(from, until) {
            (Truth::Unknown, _) if bound >= standard => (Truth::True, Reason::MostlyInForce),
            (Truth::Unknown, _) if free >= standard && until - from <= ONE_DAY => {
                (Truth::False, Reason::MostlyNotInForce)
            }
            told => told,
        };
        (truth, reason, bound)
    }

    /// The stretches in which it binds or may, as `(from, until, binds)`.
    #[must_use]
    pub fn stretches(&self) -> Vec<(i64, Option<i64>, Truth, Reason)> {
        let ends = self.steps.iter().skip(1).map(|(at, ..)| Some(*at)).chain([None]);
        self.steps.iter().zip(ends).map(|((at, truth, reason), end)| (*at, end, *truth, *reason)).collect()
    }

    /// The stretches between two instants in which it binds or may, or did and
    /// does so no longer: `(from, until, binds, why)`, none of them empty.
    #[must_use]
    pub fn between(&self, from: i64, until: i64) -> Vec<(i64, i64, Truth, Reason)> {
        let clipped = self
            .stretches()
            .into_iter()
            .map(|(start, end, truth, reason)| (start.max(from), end.unwrap_or(until).min(until), truth, reason));
        clipped.filter(|(start, end, ..)| start < end).collect()
    }

    /// The first instant at which it binds or may, in seconds.
    #[must_use]
    pub fn begins(&self) -> i64 {
        self.steps.first().map_or(i64::MAX, |(at, ..)| *at)
    }

    /// When it is known to have ended, in seconds.
    #[must_use]
    pub fn ended(&self) -> Option<i64> {
        let ended = self.steps.iter().rev().take_while(|(_, truth, _)| *truth == Truth::False);
        ended.last().map(|(at, ..)| *at)
    }
}

/// Those whose decision prolongs a term, or ends it.
struct Deciders<'a> {
    by: ActorSet,
    together: bool,
    agreement: &'a Agreement,
}

impl Deciders<'_> {
    /// Why a decision is not theirs to make as it was made.
    fn fall_short(&self, notice: &Notice) -> Option<String> {
        let made_by = notice.made_by(self.agreement);
        let missing = self.by.without(made_by);
        let enough = if self.together { missing.is_empty() } else { missing != self.by };
        let joint = if self.together { "all of them must decide" } else { "one of them must decide" };
        (!enough).then(|| format!("it is not a decision of {} ({joint})", self.agreement.names_of(missing)))
    }
}

/// Some records, by id: the first few, and how many more.
fn named(ids: &BTreeSet<String>) -> String {
    let first: Vec<&str> = ids.iter().take(3).map(String::as_str).collect();
    match ids.len().saturating_sub(3) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}
