//! Whether a deed was done, as those say whose word counts.
//!
//! Nobody sees a deed undone by chance, so silence says nothing of it: it is
//! kept only where somebody found it done in time, and breached only where
//! somebody found it not done when it was due (`docs/semantics.md`, section 8).

use armistice_records::Kind;
use armistice_terms::{Agreement, Deed, Due, Provision};
use jiff::Timestamp;

use crate::conditions::Docket;
use crate::evidence::Notice;
use crate::force::Timeline;
use crate::periods::Periods;
use crate::standing::{Ground, plural};
use crate::steps::Steps;
use crate::truth::Truth;

/// What is told of a deed.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    due: Due,
    /// That it is done or not: from, until, done, and whether an inspection says
    /// so, which is a finding of its own.
    statements: Vec<(i64, i64, bool, bool)>,
    /// When it is found done and not undone; of what lasts, when it is found kept.
    line: Steps,
    /// Its periods, of a deed that is to be done in each.
    periods: Option<Periods>,
}

impl Told {
    pub(crate) fn of(deed: &Deed, provision: &Provision, agreement: &Agreement, told: &[&Notice]) -> Self {
        let docket = Docket { agreement, told };
        let statements = docket.statements(provision);
        let statements = statements.map(|(n, done)| (n.from, n.to, done, n.kind == Kind::Inspection)).collect();
        let line = if deed.due == Due::Always { docket.found_kept(provision) } else { docket.done(provision) };
        let begins = provision.force.from.as_ref().ok();
        let periods = deed.recurs().zip(begins).map(|(often, from)| Periods::new(often, *from, &agreement.clock));
        Self { due: deed.due, statements, line, periods }
    }

    /// The records that say so, by id.
    pub(crate) fn by(&self) -> impl Iterator<Item = &str> {
        self.line.by.iter().map(String::as_str)
    }

    /// Whether it is found done, or kept, throughout a stretch.
    pub(crate) fn shown(&self, from: i64, until: i64) -> bool {
        if let Some(periods) = &self.periods {
            let met = periods.meeting((from, until));
            return from < until
                && !met.is_empty()
                && met.into_iter().all(|period| self.kept_in(period) == Truth::True);
        }
        let edges = self.line.edges().filter(|at| *at > from && *at < until);
        from < until && std::iter::once(from).chain(edges).all(|at| self.line.at(at) == Truth::True)
    }

    /// Whether what was found not done over a stretch of time is a whole period,
    /// if it is to be done in each.
    pub(crate) fn left_out(&self, when: (i64, i64)) -> Option<Truth> {
        self.periods.as_ref().map(|periods| periods.left_out(when))
    }

    /// Whether it is found done within a period.
    fn done_in(&self, (begins, ends): (i64, i64)) -> bool {
        self.statements.iter().any(|(from, to, done, _)| *done && *from >= begins && *to <= ends)
    }

    /// Whether it is found not done over all of a period.
    fn missed_in(&self, (begins, ends): (i64, i64)) -> bool {
        self.statements.iter().any(|(from, to, done, _)| !done && *from <= begins && *to >= ends)
    }

    fn kept_in(&self, period: (i64, i64)) -> Truth {
        match (self.done_in(period), self.missed_in(period)) {
            (true, false) => Truth::True,
            (false, true) => Truth::False,
            _ => Truth::Unknown,
        }
    }

    /// The periods that ended within the period assessed and in which it bound.
    fn due_periods(&self, line: &Timeline, (begins, ends): (i64, i64)) -> Vec<(i64, i64)> {
        let met = self.periods.iter().flat_map(|periods| periods.meeting((begins, ends)));
        met.filter(|(from, until)| *until <= ends && line.during(*from, *until).0 == Truth::True).collect()
    }

    /// The end of the first finding that it was done before it was due.
    fn in_time(&self, line: &Timeline) -> Option<i64> {
        let there = |(from, until): (i64, Option<i64>)| until.is_none_or(|until| until > from);
        let mut each = line.stretches().into_iter().filter(|(from, until, ..)| there((*from, *until)));
        let free = each.find(|(_, _, truth, _)| *truth != Truth::False);
        let due = free.map_or(i64::MAX, |(from, ..)| from);
        let once = self.due != Due::Always && self.periods.is_none();
        let done = self.statements.iter().filter(|(_, _, done, _)| *done && once);
        done.map(|(_, to, ..)| *to).filter(|to| *to <= due).min()
    }

    /// A notice that it was not done though it was due, within the period.
    fn left_undone(&self, line: &Timeline, (begins, ends): (i64, i64)) -> Option<i64> {
        let told = self.statements.iter().filter(|(from, to, done, inspected)| {
            !done && !inspected && *from >= begins && *to <= ends && line.during(*from, *to).0 == Truth::True
        });
        let told = told.filter(|(from, to, ..)| {
            // Of what is to be done again and again, only a whole period was missed.
            self.periods.as_ref().is_none_or(|periods| {
                let whole = |(a, b): &(i64, i64)| a >= from && b <= to && !self.done_in((*a, *b));
                periods.meeting((*from, *to)).iter().any(whole)
            })
        });
        told.map(|(from, ..)| *from).min()
    }

    /// What comes before findings are counted: it is told both ways.
    pub(crate) fn both_ways(&self, found: bool, line: &Timeline, window: (i64, i64)) -> bool {
        if self.periods.is_some() {
            let each: Vec<_> = self.due_periods(line, window);
            let contested = each.iter().any(|period| self.done_in(*period) && self.missed_in(*period));
            return contested && each.iter().all(|period| self.kept_in(*period) != Truth::False);
        }
        self.in_time(line).is_some() && (found || self.left_undone(line, window).is_some())
    }

    /// What a deed comes to where no finding decides.
    pub(crate) fn stands(
        &self,
        alone: bool,
        line: &Timeline,
        window: (i64, i64),
        agreement: &Agreement,
    ) -> (Ground, String) {
        let show = |at: i64| Timestamp::from_second(at).map_or_else(|_| at.to_string(), |at| agreement.clock.show(at));
        let stretches = line.between(window.0, window.1);
        let unknown = stretches.iter().find(|(_, _, truth, _)| *truth == Truth::Unknown);
        let mut bound = stretches.iter().filter(|(_, _, truth, _)| *truth == Truth::True).peekable();
        if let Some(at) = self.in_time(line) {
            return (Ground::DoneInTime, format!("it was found done by {}, in time", show(at)));
        }
        if let Some(at) = self.left_undone(line, window) {
            let why = format!("it was found not done on {}, when it was due", show(at));
            return if alone {
                (Ground::LeftUndone, why)
            } else {
                (Ground::BySeveral, format!("{why}: it is not said by which of those bound"))
            };
        }
        if let Some((since, _, _, reason)) = unknown {
            let why = line.waits_for(*since).unwrap_or_else(|| reason.text().to_owned());
            return (Ground::ForceUnknown, format!("from {} on, {why}", show(*since)));
        }
        if bound.peek().is_none() {
            return (Ground::NotBound, "it did not bind in this period".to_owned());
        }
        if self.due == Due::Always && bound.all(|(from, until, ..)| self.shown(*from, *until)) {
            return (Ground::DoneInTime, "it was found kept throughout".to_owned());
        }
        if self.periods.is_some() {
            return self.period_by_period(line, window);
        }
        let late = self.statements.iter().filter(|(_, _, done, _)| *done).map(|(_, to, ..)| *to).min();
        let why = match (self.due, late) {
            (Due::Always | Due::Every(_), _) => {
                "nothing on record says that it was kept throughout, and nothing that it was not"
            }
            (_, None) => "nothing on record says whether it was done",
            (_, Some(at)) => {
                let why = format!("it was found done by {}; whether it was done in time is not on record", show(at));
                return (Ground::NotSaid, why);
            }
        };
        (Ground::NotSaid, why.to_owned())
    }

    /// What a deed that is to be done in each period comes to.
    fn period_by_period(&self, line: &Timeline, window: (i64, i64)) -> (Ground, String) {
        let each: Vec<Truth> = self.due_periods(line, window).into_iter().map(|period| self.kept_in(period)).collect();
        if each.is_empty() {
            return (Ground::NotSaid, "no period of it has ended".to_owned());
        }
        let count = |truth: Truth| each.iter().filter(|kept| **kept == truth).count() as u64;
        let (kept, not) = (count(Truth::True), count(Truth::False));
        let of = plural(each.len() as u64, "period that has ended", "periods that have ended");
        if kept == each.len() as u64 {
            return (Ground::DoneInTime, format!("of {of}, it was found done in each"));
        }
        let untold = each.len() as u64 - kept - not;
        let why = format!("of {of}, it was found done in {kept}, left undone in {not}, and {untold} cannot be told");
        (Ground::NotSaid, why)
    }
}
