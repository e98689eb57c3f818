//! Phases that lapse, stand still and fall back to others (`docs/semantics.md`,
//! section 3).

use armistice_records::Effect;
use armistice_terms::{Event, Phase, Standstill};

use crate::conditions::Docket;
use crate::steps::Steps;
use crate::truth::Truth;

impl Docket<'_> {
    /// Whether a phase has lapsed.
    pub(crate) fn lapsed(self, index: usize, depth: usize) -> Steps {
        let Some(phase) = self.phase(index, depth) else {
            return Steps::constant(Truth::Unknown);
        };
        let wanting = self.wanting(phase, depth);
        let line = wanting.into_iter().fold(Steps::constant(Truth::False), |all, (by, missing)| {
            let value = missing.at(by);
            all.or(from_then(missing, by, value))
        });
        if !lapses_by_notice(phase) {
            return line;
        }
        let mut decided = Steps::constant(Truth::False);
        if let Some((begins, ends, by)) = self.let_go(phase) {
            decided.from(begins, Truth::Unknown);
            decided.from(ends, Truth::True);
            decided.by.extend(by);
        }
        line.or(decided)
    }

    /// Whether a phase stands still, by a notice or by its words.
    pub(crate) fn suspended_at(self, index: usize, depth: usize) -> Steps {
        let Some(phase) = self.phase(index, depth) else {
            return Steps::constant(Truth::False);
        };
        phase.stands_still.iter().fold(self.suspended(phase), |line, standstill| {
            line.or(match standstill {
                Standstill::NotKept(of) => self.of_all(of, |p| self.found_kept(p)).not(),
                Standstill::During(other) => self.running(*other, depth + 1),
            })
        })
    }

    /// Whether one of those that fall back to a phase has lapsed, or stands still.
    pub(crate) fn fallen_back(self, phase: &Phase, depth: usize) -> Steps {
        let each = phase.back_from.iter().map(|from| self.fell(*from, depth + 1));
        each.fold(Steps::constant(Truth::False), Steps::or)
    }

    /// Whether a phase that had begun and not come to its end has lapsed since, or
    /// stands still.
    fn fell(self, index: usize, depth: usize) -> Steps {
        let Some(phase) = self.phase(index, depth) else {
            return Steps::constant(Truth::Unknown);
        };
        let live = self.entered(index, depth).and(self.ended(index, depth).not());
        let mut line = live.clone().and(self.suspended_at(index, depth));
        for (by, missing) in self.wanting(phase, depth) {
            let value = missing.at(by).and(live.at(by));
            line = line.or(from_then(missing, by, value));
        }
        if let Some((begins, ends, by)) = self.let_go(phase).filter(|_| lapses_by_notice(phase)) {
            let (first, last) = (live.at(begins), live.at(ends));
            let mut decided = Steps::constant(Truth::False);
            decided.from(begins, Truth::Unknown.and(first.or(last)));
            decided.from(ends, if first == last { last } else { Truth::Unknown });
            decided.by.extend(by);
            line = line.or(decided);
        }
        if phase.open.is_empty() {
            return line;
        }
        // Words that nothing evaluates may have let it lapse at any time.
        line.or(live.ever().and(Steps::constant(Truth::Unknown)))
    }

    /// By when something has to have come, and whether it has not.
    fn wanting(self, phase: &Phase, depth: usize) -> Vec<(i64, Steps)> {
        let each = phase.lapses.iter().map(|lapse| {
            let come = match &lapse.unless {
                Event::Completed(of) => self.of_all(of, |p| self.done(p)),
                Event::Began(other) => self.entered(*other, depth + 1),
                Event::Ended(other) => self.over(*other, depth + 1),
                Event::Opened(_) => Steps::constant(Truth::Unknown),
            };
            (lapse.by.as_second(), come.not())
        });
        each.collect()
    }

    /// When notices that it has ended begin and end at the least, and their ids.
    fn let_go(self, phase: &Phase) -> Option<(i64, i64, Vec<String>)> {
        let ended = self.on_phase(phase, &[Effect::Ended]);
        let ids = ended.iter().map(|n| n.id.clone()).collect();
        let (begins, ends) = (ended.iter().map(|n| n.from).min()?, ended.iter().map(|n| n.to).min()?);
        Some((begins, ends, ids))
    }
}

/// Whether the notices that a phase has ended say that it lapsed: those decide
/// on that who are named for it, and it falls back to another.
pub(crate) const fn lapses_by_notice(phase: &Phase) -> bool {
    phase.lapses_by_decision && phase.falls_back_to.is_some()
}

/// Not so before a moment, and from it on a value that rests on what `of` does.
fn from_then(of: Steps, at: i64, value: Truth) -> Steps {
    let mut line = Steps::constant(Truth::False);
    line.from(at, value);
    line.by = of.by;
    line
}
