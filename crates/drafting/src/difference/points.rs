//! Which questions were opened, settled, or given other alternatives.

use std::collections::{BTreeMap, BTreeSet};

use crate::points::{Alternative, Point};

/// A question that stands otherwise in one text than in the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointChange {
    /// Its name, as [`Point::name`] has it.
    pub name: String,
    /// What became of it.
    pub became: Became,
    /// The provisions that hang on it, in the text that has it; in the new one,
    /// if both do.
    pub provisions: Vec<String>,
}

/// What became of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Became {
    /// It is no question any more.
    Settled {
        /// What the new text takes of it.
        on: Taken,
        /// The others.
        others: Vec<Choice>,
    },
    /// It was none before.
    Opened {
        /// What the old text had of it.
        from: Taken,
        /// The others.
        others: Vec<Choice>,
    },
    /// It has other alternatives.
    Altered {
        /// Those that are new.
        added: Vec<Choice>,
        /// Those that are gone.
        dropped: Vec<Choice>,
    },
}

/// Which alternative of a question the text has in which it is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// This one: nothing that hangs on the question is otherwise under it.
    This(Choice),
    /// None: something is otherwise under each.
    Neither,
    /// It cannot be told.
    Untold,
}

/// An alternative: its words, and who says so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Choice {
    /// Who says so.
    pub source: String,
    /// What would stand in the text.
    pub words: String,
}

impl From<&Alternative> for Choice {
    fn from(alternative: &Alternative) -> Self {
        Self { source: alternative.source.clone(), words: alternative.words.clone() }
    }
}

fn sources(point: &Point) -> BTreeSet<&str> {
    point.alternatives.iter().map(|a| a.source.as_str()).collect()
}

/// Which questions are the same: those with the same sources; then, of the rest,
/// those that stand in the same place and share a source.
pub(super) fn same(old: &[Point], new: &[Point]) -> Vec<(usize, usize)> {
    let by_sources: BTreeMap<BTreeSet<&str>, usize> = new.iter().enumerate().map(|(n, p)| (sources(p), n)).collect();
    let mut found: Vec<(usize, usize)> =
        old.iter().enumerate().filter_map(|(at, point)| Some((at, *by_sources.get(&sources(point))?))).collect();
    let mut taken: BTreeSet<usize> = found.iter().map(|(_, n)| *n).collect();
    let known: BTreeSet<usize> = found.iter().map(|(at, _)| *at).collect();
    let by_name: BTreeMap<&str, usize> = new.iter().enumerate().map(|(n, p)| (p.name.as_str(), n)).collect();
    for (at, point) in old.iter().enumerate().filter(|(at, _)| !known.contains(at)) {
        let namesake = by_name.get(point.name.as_str()).copied().filter(|n| !taken.contains(n));
        let shares = |n: &usize| new.get(*n).is_some_and(|p| !sources(p).is_disjoint(&sources(point)));
        if let Some(n) = namesake.filter(shares) {
            taken.insert(n);
            found.push((at, n));
        }
    }
    found.sort_unstable();
    found
}

/// The answer to a question of one text that the other text has taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// This alternative, by index.
    One(usize),
    /// None of them.
    Neither,
    /// It cannot be told.
    Untold,
}

impl Answer {
    pub(super) const fn one(self) -> Option<usize> {
        match self {
            Self::One(at) => Some(at),
            Self::Neither | Self::Untold => None,
        }
    }
}

/// What became of a question, given the answer that the other text takes.
pub(super) fn gone(point: &Point, answer: Answer, opened: bool) -> PointChange {
    let taken = match answer {
        Answer::One(at) => point.alternatives.get(at).map_or(Taken::Untold, |a| Taken::This(Choice::from(a))),
        Answer::Neither => Taken::Neither,
        Answer::Untold => Taken::Untold,
    };
    let others = point.alternatives.iter().enumerate().filter(|(at, _)| answer != Answer::One(*at));
    let others = others.map(|(_, a)| Choice::from(a)).collect();
    let became = if opened { Became::Opened { from: taken, others } } else { Became::Settled { on: taken, others } };
    PointChange { name: point.name.clone(), became, provisions: point.hangs.provisions.clone() }
}

/// The alternatives that only one of two texts has, of a question in both.
pub(super) fn altered(old: &Point, new: &Point) -> Option<PointChange> {
    let (before, after) = (sources(old), sources(new));
    let only = |point: &Point, there: &BTreeSet<&str>| -> Vec<Choice> {
        point.alternatives.iter().filter(|a| !there.contains(a.source.as_str())).map(Choice::from).collect()
    };
    let (added, dropped) = (only(new, &before), only(old, &after));
    let same = added.is_empty() && dropped.is_empty();
    (!same).then(|| PointChange {
        name: new.name.clone(),
        became: Became::Altered { added, dropped },
        provisions: new.hangs.provisions.clone(),
    })
}
