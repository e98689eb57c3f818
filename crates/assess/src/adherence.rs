//! Who had accepted to be bound, and who was on a list, by what is on record.
//!
//! A text may bind only those who accept it, or leave it to somebody to say who is
//! outside it. Who its actors are then changes with notices, name by name
//! (`docs/semantics.md`, section 2).

use std::collections::BTreeMap;
use std::sync::Arc;

use armistice_records::{Effect, Kind};
use armistice_terms::{Actor, ActorSet, Agreement, Checked, same_name};

use crate::evidence::Notice;
use crate::running::{naming, projected};
use crate::steps::{Steps, stretches};
use crate::truth::Truth;

/// From when to when names mean an actor, where that hangs on notices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Adherence {
    memberships: Vec<Membership>,
    /// Where each actor's names are among them, without regard to case.
    at: BTreeMap<(String, usize), usize>,
}

/// When one name means one actor.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Membership {
    actor: usize,
    /// As it was written first.
    name: String,
    /// Whether the text itself gives the actor that name.
    of_the_text: bool,
    line: Steps,
}

/// A name came to mean an actor, or ceased to, by one notice.
struct Turn<'n> {
    name: String,
    joins: bool,
    notice: &'n Notice,
}

impl Adherence {
    /// Nobody accepts and nobody is listed: names mean what the text says.
    pub(crate) const NONE: &'static Self = &Self { memberships: Vec::new(), at: BTreeMap::new() };

    /// What the notices, in order, say of who an agreement's actors are.
    pub(crate) fn of(agreement: &Agreement, notices: &[&Notice]) -> Self {
        let mut adherence = Self::default();
        for (index, actor) in agreement.actors.iter().enumerate() {
            let by = actor.must_accept_by();
            if by.is_none() && actor.listed_by.is_none() {
                continue;
            }
            let unsaid = if by.is_some() { Truth::Unknown } else { Truth::True };
            let own = std::iter::once(&actor.name).chain(actor.names.iter().map(|known| &known.text));
            for name in own {
                adherence.put(index, name, true, unsaid);
            }
            let notices = notices.iter().filter(|notice| notice.kind != Kind::Inspection);
            let turns: Vec<Turn<'_>> = notices.flat_map(|notice| turned(notice, (index, actor), agreement)).collect();
            for turn in &turns {
                adherence.put(index, &turn.name, false, Truth::False);
            }
            // Which turns a name: its own, and of those of the text the whole actor's.
            let mut by_name: BTreeMap<String, Vec<&Turn<'_>>> = BTreeMap::new();
            for turn in &turns {
                by_name.entry(turn.name.to_lowercase()).or_default().push(turn);
            }
            let whole = actor.name.to_lowercase();
            let in_time = by.map(jiff::Timestamp::as_second);
            for membership in adherence.memberships.iter_mut().filter(|m| m.actor == index) {
                let name = membership.name.to_lowercase();
                let of_all = by.is_some() && membership.of_the_text && name != whole;
                let mut theirs: Vec<&Turn<'_>> = by_name.get(&name).into_iter().flatten().copied().collect();
                if of_all {
                    theirs.extend(by_name.get(&whole).into_iter().flatten().copied());
                    theirs.sort_by(|a, b| (a.notice.from, &a.notice.id).cmp(&(b.notice.from, &b.notice.id)));
                }
                membership.line = line(membership.line.clone(), &theirs, in_time);
            }
        }
        adherence
    }

    /// A name of an actor, if it is not there yet.
    fn put(&mut self, actor: usize, name: &str, of_the_text: bool, at_first: Truth) {
        let key = (name.to_lowercase(), actor);
        if !self.at.contains_key(&key) {
            self.at.insert(key, self.memberships.len());
            let line = Steps::constant(at_first);
            self.memberships.push(Membership { actor, name: name.to_owned(), of_the_text, line });
        }
    }

    /// The seconds at which some name may come to mean another.
    pub(crate) fn edges(&self) -> impl Iterator<Item = i64> {
        self.memberships.iter().flat_map(|membership| membership.line.edges())
    }

    /// When a name means an actor, and whether by the text itself; `None` if that
    /// hangs on no notice.
    pub(crate) fn of_name(&self, actor: usize, name: &str) -> Option<(&Steps, bool)> {
        if self.memberships.is_empty() {
            return None;
        }
        let found = self.at.get(&(name.to_lowercase(), actor)).and_then(|at| self.memberships.get(*at));
        found.map(|membership| (&membership.line, membership.of_the_text))
    }
}

/// Whether a name meant an actor at a time, where that hangs on notices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adhered {
    /// The actor's index.
    pub actor: usize,
    /// Whether the name counted throughout.
    pub counts: Truth,
    /// The notices it rests on, by id.
    pub by: Vec<String>,
}

impl Adherence {
    /// Whom a name meant within `[from, until)`, as far as that hangs on notices.
    #[must_use]
    pub fn told(&self, name: &str, (from, until): (i64, i64)) -> Vec<Adhered> {
        let mine = self.memberships.iter().filter(|membership| same_name(&membership.name, name.trim()));
        mine.map(|membership| Adhered {
            actor: membership.actor,
            counts: membership.line.throughout(from, until),
            by: membership.line.by.iter().cloned().collect(),
        })
        .collect()
    }
}

/// What one notice says of who an actor is.
fn turned<'n>(notice: &'n Notice, (index, actor): (usize, &Actor), agreement: &Agreement) -> Vec<Turn<'n>> {
    let named = notice.subject.iter().any(|subject| same_name(subject, &actor.name));
    let record = &notice.record;
    let turn = |names: &[String], joins: bool, known: &dyn Fn(&str) -> bool| -> Vec<Turn<'n>> {
        let names = names.iter().map(|name| name.trim()).filter(|name| !name.is_empty() && (named || known(name)));
        names.map(|name| Turn { name: name.to_owned(), joins, notice }).collect()
    };
    match (notice.effect, &actor.listed_by) {
        (Effect::Accepted | Effect::Left, _) if actor.must_accept_by().is_some() => {
            // What only parties tell is theirs alone to say.
            let theirs = notice.word_of(agreement).is_none_or(|word| word.has(index));
            let of_it = |name: &str| {
                notice.subject.is_empty()
                    && (same_name(name, &actor.name) || actor.names.iter().any(|k| same_name(&k.text, name)))
            };
            if theirs { turn(&record.side_a, notice.effect == Effect::Accepted, &of_it) } else { Vec::new() }
        }
        (Effect::Listed | Effect::Delisted, Some(listers)) if named => {
            let made = notice.made_by(agreement);
            let decided = match listers.together {
                true => !listers.by.is_empty() && listers.by.without(made).is_empty(),
                false => made.and(listers.by) != ActorSet::NONE,
            };
            if decided { turn(&record.side_b, notice.effect == Effect::Listed, &|_| false) } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

/// The line of a name, given what turns it, in order.
fn line(mut line: Steps, turns: &[&Turn<'_>], in_time: Option<i64>) -> Steps {
    let mut now: Option<(bool, Truth, i64)> = None;
    for turn in turns {
        let (m, done) = (turn.notice.from, turn.notice.to);
        line.by.insert(turn.notice.id.clone());
        match now {
            // Who has accepted does so no more than once, nor is struck off twice.
            Some((joined, value, _)) if joined == turn.joins && value != Truth::Unknown => continue,
            None if turn.joins && line.at(m) == Truth::True => continue,
            _ => {}
        }
        if now.is_none() && turn.joins {
            line.until(m, Truth::False);
        } else if now.is_none() && line.at(m) == Truth::False {
            // It had been there: nobody says since when.
            line.until(m, Truth::Unknown);
        }
        let overlaps = now.is_some_and(|(joined, _, until)| joined != turn.joins && m < until);
        let late = turn.joins && in_time.is_some_and(|by| done > by);
        let value = match turn.joins {
            _ if overlaps || late => Truth::Unknown,
            true => Truth::True,
            false => Truth::False,
        };
        let reaches = now.map_or(done, |(_, _, until)| until.max(done));
        line.from(m, Truth::Unknown);
        line.from(reaches, value);
        now = Some((turn.joins, value, reaches));
    }
    line
}

/// One name of an actor that hangs on notices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adherent {
    /// The name.
    pub name: String,
    /// Whether the text itself gives it to the actor.
    pub of_the_text: bool,
    /// Whether it meant the actor, from each second to the next, over the period.
    pub stretches: Vec<(i64, i64, Truth)>,
    /// The notices it rests on, by id.
    pub by: Vec<String>,
}

/// Who an actor was under one reading, where that hangs on notices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adherents {
    /// The actor's index.
    pub actor: usize,
    /// Which alternative the reading takes of each question it hangs on.
    pub answers: Vec<(usize, usize)>,
    /// Name by name: those of the text first, in its order, then the others.
    pub names: Vec<Adherent>,
}

/// Every actor whose names hang on notices, under each reading.
pub(crate) fn adherents(checked: &Checked, adherence: &[Arc<Adherence>], window: (i64, i64)) -> Vec<Adherents> {
    let mut all: BTreeMap<(usize, Vec<(usize, usize)>), Adherents> = BTreeMap::new();
    let naming = naming(checked);
    for (reading, adherence) in checked.readings.iter().zip(adherence) {
        let answers = projected(reading, &naming);
        for actor in 0..reading.agreement.actors.len() {
            let mine = adherence.memberships.iter().filter(|m| m.actor == actor);
            let names: Vec<Adherent> = mine.map(|membership| membership.over(window)).collect();
            if !names.is_empty() {
                let one = Adherents { actor, answers: answers.clone(), names };
                all.entry((actor, answers.clone())).or_insert(one);
            }
        }
    }
    all.into_values().collect()
}

impl Membership {
    fn over(&self, window: (i64, i64)) -> Adherent {
        let stretches = stretches(window, self.line.edges(), |at| self.line.at(at));
        let by = self.line.by.iter().cloned().collect();
        Adherent { name: self.name.clone(), of_the_text: self.of_the_text, stretches, by }
    }
}
