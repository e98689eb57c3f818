//! What a provision hangs on besides dates, as far as it is on record.
//!
//! A duty that waits for another to be done binds once somebody whose word
//! counts has found that done; until then nobody says that it binds, nor that
//! it does not (`docs/semantics.md`, section 3).

use std::collections::BTreeSet;

use armistice_records::{Effect, Kind};
use armistice_terms::{
    ActorSet, Agreement, Anchor, Clauses, Condition, Edge, Event, Gate, Holds, Phase, Provision, Role, Tacit,
};
use jiff::Timestamp;

use crate::actors::{Naming, of_role, reproach, vouch};
use crate::evidence::{Notice, stands_under};
use crate::lapse::lapses_by_notice;
use crate::opening::gathered;
use crate::reason::Reason;
use crate::steps::Steps;
use crate::truth::Truth;

/// What everything told comes to, for the conditions of one reading.
#[derive(Clone, Copy)]
pub(crate) struct Docket<'a> {
    pub(crate) agreement: &'a Agreement,
    /// Notices and inspections, by when they were made and by id.
    pub(crate) told: &'a [&'a Notice],
}

impl<'a> Docket<'a> {
    /// When a condition is met; `None` if nothing decides it.
    pub(crate) fn holds(self, condition: &Condition, id: &str) -> Option<Steps> {
        Some(match &condition.holds {
            Holds::NotEvaluated => return None,
            Holds::Since(anchor) => self.reached(anchor, 0),
            Holds::Until(anchor) => self.reached(anchor, 0).not(),
            Holds::Alongside(of, tolerance) => {
                self.of_all(of, |p| self.begun(p)).later(&self.agreement.clock, tolerance.as_slice())
            }
            Holds::InReturn(of) => self.of_all(of, |p| self.returned(p)),
            Holds::AsFar(of) => self.as_far(of, id),
            Holds::WhileKept(of) => self.of_all(of, |p| self.found_kept(p)),
            Holds::UnlessNotice(tacit) => self.runs_on(tacit, id),
            Holds::During(phase) => self.running(*phase, 0),
            Holds::GivesWay(to) => crate::precedence::counts(*to),
        })
    }

    /// Whether a term still runs on: not from the end for which notice was given
    /// in time, and of a notice that may have been in time for an earlier end,
    /// nobody knows from that.
    fn runs_on(self, tacit: &Tacit, id: &str) -> Steps {
        let clock = &self.agreement.clock;
        let mut line = Steps::constant(Truth::True);
        let end = |given: i64| {
            let end = Timestamp::from_second(given).ok().and_then(|given| tacit.end_after(given, clock));
            end.map_or(i64::MAX, Timestamp::as_second)
        };
        let notices = self.told.iter().filter(|n| n.kind != Kind::Inspection && n.effect == Effect::Ended);
        let given = notices.filter(|n| n.concerns(id) && !n.made_by(self.agreement).and(tacit.by).is_empty());
        let (mut possible, mut certain) = (i64::MAX, i64::MAX);
        for notice in given {
            possible = possible.min(end(notice.from));
            certain = certain.min(end(notice.to));
            line.by.insert(notice.id.clone());
        }
        if possible < i64::MAX {
            line.from(possible, Truth::Unknown);
        }
        if certain < i64::MAX {
            line.from(certain, Truth::False);
        }
        line
    }

    /// Whether an event, and the time after it, have passed.
    fn reached(self, anchor: &Anchor, depth: usize) -> Steps {
        let event = match &anchor.event {
            Event::Completed(of) => self.of_all(of, |p| self.done(p)),
            Event::Opened(gate) => {
                let gate = self.agreement.gates.get(*gate);
                gate.map_or(Steps::constant(Truth::Unknown), |gate| self.opened(gate))
            }
            Event::Began(phase) => self.entered(*phase, depth),
            Event::Ended(phase) => self.over(*phase, depth),
        };
        event.later(&self.agreement.clock, &anchor.plus)
    }

    pub(crate) fn of_all(self, of: &Clauses, each: impl Fn(&Provision) -> Steps) -> Steps {
        let provisions = of.provisions.iter().filter_map(|index| self.agreement.provisions.get(*index));
        provisions.fold(Steps::constant(Truth::True), |all, provision| all.and(each(provision)))
    }

    /// Whether a provision is done: found so once, it stays so until found
    /// otherwise; found not done, it had not been done before.
    pub(crate) fn done(self, provision: &Provision) -> Steps {
        let mut line = Steps::constant(Truth::Unknown);
        let mut ever = false;
        for (notice, done) in self.statements(provision) {
            if done {
                line.from(notice.from, Truth::Unknown);
                line.from(notice.to, Truth::True);
                ever = true;
            } else {
                if !ever {
                    line.until(notice.from, Truth::False);
                }
                line.from(notice.from, Truth::Unknown);
            }
            line.by.insert(notice.id.clone());
        }
        line
    }

    /// Whether a provision is begun or done. That it was found not done leaves
    /// it open: whether the one may wait for the other is what parties quarrel
    /// about.
    fn begun(self, provision: &Provision) -> Steps {
        let begun = self.told.iter().copied().filter(|n| n.effect == Effect::Begun && self.vouched(n, provision));
        let done = self.statements(provision).filter(|(_, done)| *done).map(|(notice, _)| notice);
        first(begun.chain(done))
    }

    /// Whether a provision is done in return: as [`done`](Self::done), but never
    /// certainly not.
    fn returned(self, provision: &Provision) -> Steps {
        first(self.statements(provision).filter(|(_, done)| *done).map(|(notice, _)| notice))
    }

    /// Whether a provision is to go the whole distance that it says: always where
    /// the text gives the others the same; else from when they are found to have
    /// gone theirs. If the text gives them another, it does not say which is meant.
    fn as_far(self, of: &Clauses, id: &str) -> Steps {
        let mine = self.agreement.provisions.iter().find(|p| p.id == id).and_then(|p| p.duty.distance());
        self.of_all(of, |other| match (mine, other.duty.distance()) {
            (Some(mine), Some(other)) => Steps::constant(if mine == other { Truth::True } else { Truth::Unknown }),
            _ => self.returned(other),
        })
    }

    /// Whether a provision is found kept, at the times that are spoken of; where
    /// they differ, what was found not kept weighs more.
    pub(crate) fn found_kept(self, provision: &Provision) -> Steps {
        let each: Vec<(&Notice, bool)> = self.statements(provision).collect();
        let mut line = Steps::constant(Truth::Unknown);
        let edges: BTreeSet<i64> = each.iter().flat_map(|(n, _)| [n.from, n.to]).collect();
        for at in edges {
            let found = each.iter().filter(|(n, _)| n.from <= at && at < n.to).map(|(_, kept)| Truth::from(*kept));
            line.from(at, found.min().unwrap_or(Truth::Unknown));
        }
        line.by.extend(each.into_iter().map(|(n, _)| n.id.clone()));
        line
    }

    /// What those say whose word counts: that a provision is done, or is not.
    pub(crate) fn statements(self, provision: &Provision) -> impl Iterator<Item = (&'a Notice, bool)> {
        self.told.iter().filter_map(move |notice| {
            let done = match notice.effect {
                Effect::FoundDone => true,
                Effect::Certified if !provision.certified_by.is_empty() => true,
                // What is to be begun is done when it is.
                Effect::Begun if provision.duty.deed().is_some_and(|deed| deed.verb == "begin") => true,
                Effect::FoundNotDone => false,
                _ if Self::is_the_deed(notice, provision, self.agreement) => return Some((*notice, true)),
                _ => return None,
            };
            let counts = if done { self.vouched(notice, provision) } else { self.doubted(notice, provision) };
            counts.then_some((*notice, done))
        })
    }

    /// What those say who watch over a provision: that what a subject names was
    /// made good.
    pub(crate) fn made_good(
        self,
        provision: &Provision,
        named: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = &'a Notice> {
        let watchers = self.watchers(provision);
        self.told.iter().copied().filter(move |notice| {
            notice.effect == Effect::FoundDone
                && notice.subject.iter().any(|subject| named(subject))
                && vouch(self.tellers(notice).and(watchers), provision.bound)
        })
    }

    /// Whether a notice is what was to be said, by all who were to say it, and not
    /// on their own word alone.
    fn is_the_deed(notice: &Notice, provision: &Provision, agreement: &Agreement) -> bool {
        let Some(deed) = provision.duty.deed().filter(|deed| deed.is_said()) else {
            return false;
        };
        let said = if deed.verb == "certify" { Effect::Certified } else { Effect::Notified };
        let others = notice.word_of(agreement).is_none_or(|theirs| !theirs.without(provision.bound).is_empty());
        notice.effect == said
            && notice.kind != Kind::Inspection
            && others
            && Self::about(notice, provision)
            && provision.bound.without(notice.made_by(agreement)).is_empty()
    }

    fn about(notice: &Notice, provision: &Provision) -> bool {
        notice.subject.iter().any(|subject| stands_under(&provision.id, subject))
    }

    /// Whether those say it who may say that a provision is done, and nobody of
    /// himself alone.
    fn vouched(self, notice: &Notice, provision: &Provision) -> bool {
        let by = self.tellers(notice);
        let certifiers = provision.certified_by;
        Self::about(notice, provision)
            && if certifiers.is_empty() {
                vouch(by.and(self.watchers(provision)), provision.bound)
            } else {
                enough(by, certifiers, provision.certified_together)
                    && vouch(by.and(self.watchers(provision).or(certifiers)), provision.bound)
            }
    }

    /// Whether one of those says it who may say that a provision is not done, and
    /// not only some of those bound, of the others.
    fn doubted(self, notice: &Notice, provision: &Provision) -> bool {
        let who = self.watchers(provision).or(provision.certified_by);
        Self::about(notice, provision) && reproach(self.tellers(notice).and(who), provision.bound)
    }

    fn watchers(self, provision: &Provision) -> ActorSet {
        if provision.verified_by.is_empty() { of_role(self.agreement, Role::Monitor) } else { provision.verified_by }
    }

    /// Who says what a notice or an inspection says.
    fn tellers(self, notice: &Notice) -> ActorSet {
        if notice.kind != Kind::Inspection {
            return notice.made_by(self.agreement);
        }
        let record = &notice.record;
        let named = Naming::of(&record.side_a.join("|"), self.agreement).at(notice.from, notice.to).certain;
        let groups = record.independence_groups.iter();
        groups.fold(named, |set, group| {
            set.or(Naming::of_origin(group, self.agreement).at(notice.from, notice.to).certain)
        })
    }

    /// Whether a gate has been certified: so from when all who must have.
    fn opened(self, gate: &Gate) -> Steps {
        let mut line = Steps::constant(Truth::Unknown);
        let earliest = gate
            .from
            .and_then(|from| self.agreement.clock.add(from, jiff::Span::new().try_days(i64::from(gate.days)).ok()?));
        let Some(earliest) = earliest.map(Timestamp::as_second) else {
            return line;
        };
        // Notice first, where somebody must give it, and then the certificate.
        let mut since = earliest;
        for (effect, (wanted, together)) in
            [(Effect::Notified, gate.noticed_by), (Effect::Certified, (gate.certified_by, gate.together))]
        {
            if wanted.is_empty() {
                continue;
            }
            let ours = self.told.iter().copied().filter(|n| {
                n.kind != Kind::Inspection && n.effect == effect && n.subject.contains(&gate.name) && n.from >= since
            });
            let (enough, ids) = gathered(wanted, together, self.agreement, ours);
            line.by.extend(ids);
            match enough {
                Some(at) => since = at,
                None => return line,
            }
        }
        if !gate.noticed_by.0.or(gate.certified_by).is_empty() {
            line.from(since, Truth::True);
        }
        line
    }

    /// A phase; none where phases wait for each other in a circle, each by its
    /// beginning or its end.
    pub(crate) fn phase(self, index: usize, depth: usize) -> Option<&'a Phase> {
        self.agreement.phases.get(index).filter(|_| depth <= 2 * self.agreement.phases.len())
    }

    /// Whether a phase is running.
    pub(crate) fn running(self, index: usize, depth: usize) -> Steps {
        let Some(phase) = self.phase(index, depth) else {
            return Steps::constant(Truth::Unknown);
        };
        let line = self.entered(index, depth).and(self.over(index, depth).not());
        let mut line = line.and(self.suspended_at(index, depth).not());
        for other in &phase.during {
            line = line.and(self.running(*other, depth + 1));
        }
        if !phase.back_from.is_empty() {
            line = line.and(self.fallen_back(phase, depth));
        }
        if phase.open.is_empty() { line } else { line.and(Steps::constant(Truth::Unknown)) }
    }

    /// Whether a phase has begun.
    pub(crate) fn entered(self, index: usize, depth: usize) -> Steps {
        let Some(phase) = self.phase(index, depth) else {
            return Steps::constant(Truth::Unknown);
        };
        let mut line = match &phase.from {
            None => Steps::constant(Truth::True),
            Some(edge) => self.edge(edge, depth),
        };
        if phase.declared {
            let begun = self.on_phase(phase, &[Effect::Begun, Effect::Certified]);
            line = line.and(first(begun));
        }
        for earlier in &phase.after {
            line = line.and(self.ended(*earlier, depth + 1));
        }
        if phase.back_from.is_empty() { line } else { line.and(self.fallen_back(phase, depth).ever()) }
    }

    /// Whether a phase has ended, or lapsed.
    pub(crate) fn over(self, index: usize, depth: usize) -> Steps {
        self.ended(index, depth).or(self.lapsed(index, depth))
    }

    /// Whether a phase has come to its end, and not by lapsing.
    pub(crate) fn ended(self, index: usize, depth: usize) -> Steps {
        let Some(phase) = self.phase(index, depth) else {
            return Steps::constant(Truth::Unknown);
        };
        let mut line = Steps::constant(Truth::False);
        if let Some(edge) = &phase.until {
            line = line.or(self.edge(edge, depth));
        }
        if let Some(lasts) = phase.lasts {
            line = line.or(self.entered(index, depth).later(&self.agreement.clock, &[lasts]));
        }
        if lapses_by_notice(phase) {
            return line;
        }
        let ended = self.on_phase(phase, &[Effect::Ended]);
        let mut decided = Steps::constant(Truth::False);
        let least = |edge: fn(&Notice) -> i64| ended.iter().map(|n| edge(n)).min();
        if let Some((begins, ends)) = least(|n| n.from).zip(least(|n| n.to)) {
            decided.from(begins, Truth::Unknown);
            decided.from(ends, Truth::True);
            decided.by.extend(ended.iter().map(|n| n.id.clone()));
        }
        line.or(decided)
    }

    /// Whether those who decide have suspended a phase.
    pub(crate) fn suspended(self, phase: &Phase) -> Steps {
        let mut line = Steps::constant(Truth::False);
        let mut suspended = false;
        for notice in self.on_phase(phase, &[Effect::Suspended, Effect::Resumed]) {
            let suspends = notice.effect == Effect::Suspended;
            if suspends == suspended {
                continue;
            }
            suspended = suspends;
            line.from(notice.from, Truth::Unknown);
            line.from(notice.to, if suspends { Truth::True } else { Truth::False });
            line.by.insert(notice.id.clone());
        }
        line
    }

    fn edge(self, edge: &Edge, depth: usize) -> Steps {
        match edge {
            Edge::At(at) => Steps::since(at.as_second()),
            Edge::After(anchor) => self.reached(anchor, depth + 1),
            Edge::Unknown => Steps::constant(Truth::Unknown),
        }
    }

    /// The notices on a phase that do one of some things, by those who decide.
    pub(crate) fn on_phase(self, phase: &Phase, effects: &[Effect]) -> Vec<&'a Notice> {
        let ours =
            self.told.iter().copied().filter(|n| {
                n.kind != Kind::Inspection && effects.contains(&n.effect) && n.subject.contains(&phase.name)
            });
        ours.filter(|n| self.decides(phase, n.made_by(self.agreement))).collect()
    }

    fn decides(self, phase: &Phase, by: ActorSet) -> bool {
        if !phase.decided_by.is_empty() {
            return enough(by, phase.decided_by, phase.together);
        }
        let all = |role| {
            let all = of_role(self.agreement, role);
            !all.is_empty() && all.without(by).is_empty()
        };
        all(Role::Party) || all(Role::Guarantor) || !by.and(of_role(self.agreement, Role::Monitor)).is_empty()
    }
}

/// So from the first of some notices on; before, nobody knows.
fn first<'n>(notices: impl IntoIterator<Item = &'n Notice>) -> Steps {
    let mut line = Steps::constant(Truth::Unknown);
    if let Some(notice) = notices.into_iter().min_by_key(|n| (n.to, &n.id)) {
        line.from(notice.to, Truth::True);
        line.by.insert(notice.id.clone());
    }
    line
}

/// Whether those who must decide have.
fn enough(by: ActorSet, wanted: ActorSet, together: bool) -> bool {
    if together { wanted.without(by).is_empty() } else { !wanted.and(by).is_empty() }
}

/// Why it cannot be told whether a condition is met, and why it is not.
pub(crate) const fn reasons(condition: &Condition) -> (Reason, Reason) {
    match &condition.holds {
        Holds::NotEvaluated => (Reason::ConditionOpen, Reason::ConditionOpen),
        Holds::Since(Anchor { event, .. }) => match event {
            Event::Completed(_) => (Reason::AwaitsCompletion, Reason::NotCompleted),
            Event::Opened(_) => (Reason::AwaitsOpening, Reason::AwaitsOpening),
            Event::Began(_) | Event::Ended(_) => (Reason::AwaitsPhase, Reason::OutsidePhase),
        },
        Holds::Until(Anchor { event, .. }) => match event {
            Event::Completed(_) | Event::Opened(_) => (Reason::EndNotOnRecord, Reason::EndReached),
            Event::Began(_) | Event::Ended(_) => (Reason::AwaitsPhase, Reason::OutsidePhase),
        },
        Holds::Alongside(..) | Holds::InReturn(_) => (Reason::AwaitsOtherAct, Reason::AwaitsOtherAct),
        Holds::AsFar(_) => (Reason::EqualDistance, Reason::EqualDistance),
        Holds::WhileKept(_) => (Reason::AwaitsReciprocity, Reason::NotReciprocated),
        Holds::UnlessNotice(_) => (Reason::NoticeUncertain, Reason::AfterForce),
        Holds::During(_) => (Reason::AwaitsPhase, Reason::OutsidePhase),
        Holds::GivesWay(_) => (Reason::PrecedenceUnclear, Reason::GivesWay),
    }
}
