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
use crate::standing::Ground;
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
}

impl Told {
    pub(crate) fn of(deed: &Deed, provision: &Provision, agreement: &Agreement, told: &[&Notice]) -> Self {
        let docket = Docket { agreement, told };
        let statements = docket.statements(provision);
        let statements = statements.map(|(n, done)| (n.from, n.to, done, n.kind == Kind::Inspection)).collect();
        let line = if deed.due == Due::Always { docket.found_kept(provision) } else { docket.done(provision) };
        Self { due: deed.due, statements, line }
    }

    /// The records that say so, by id.
    pub(crate) fn by(&self) -> impl Iterator<Item = &str> {
        self.line.by.iter().map(String::as_str)
    }

    /// Whether it is found done, or kept, throughout a stretch.
    pub(crate) fn shown(&self, from: i64, until: i64) -> bool {
        let edges = self.line.edges().filter(|at| *at > from && *at < until);
        from < until && std::iter::once(from).chain(edges).all(|at| self.line.at(at) == Truth::True)
    }

    /// The end of the first finding that it was done before it was due.
    fn in_time(&self, line: &Timeline) -> Option<i64> {
        let free = line.stretches().into_iter().find(|(_, _, truth, _)| *truth != Truth::False);
        let due = free.map_or(i64::MAX, |(from, ..)| from);
        let done = self.statements.iter().filter(|(_, _, done, _)| *done && self.due != Due::Always);
        done.map(|(_, to, ..)| *to).filter(|to| *to <= due).min()
    }

    /// A notice that it was not done though it was due, within the period.
    fn left_undone(&self, line: &Timeline, (begins, ends): (i64, i64)) -> Option<i64> {
        let told = self.statements.iter().filter(|(from, to, done, inspected)| {
            !done && !inspected && *from >= begins && *to <= ends && line.during(*from, *to).0 == Truth::True
        });
        told.map(|(from, ..)| *from).min()
    }

    /// What comes before findings are counted: it is told both ways.
    pub(crate) fn both_ways(&self, found: bool, line: &Timeline, window: (i64, i64)) -> bool {
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
            return (Ground::ForceUnknown, format!("from {} on, {}", show(*since), reason.text()));
        }
        if bound.peek().is_none() {
            return (Ground::NotBound, "it did not bind in this period".to_owned());
        }
        if self.due == Due::Always && bound.all(|(from, until, ..)| self.shown(*from, *until)) {
            return (Ground::DoneInTime, "it was found kept throughout".to_owned());
        }
        let late = self.statements.iter().filter(|(_, _, done, _)| *done).map(|(_, to, ..)| *to).min();
        let why = match (self.due, late) {
            (Due::Always, _) => "nothing on record says that it was kept throughout, and nothing that it was not",
            (_, None) => "nothing on record says whether it was done",
            (_, Some(at)) => {
                let why = format!("it was found done by {}; whether it was done in time is not on record", show(at));
                return (Ground::NotSaid, why);
            }
        };
        (Ground::NotSaid, why.to_owned())
    }
}
