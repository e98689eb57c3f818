//! Who had accepted to be bound, and who was on a list, by what is on record.
//!
//! A text may bind only those who accept it, or leave it to somebody to say who is
//! outside it. Who its actors are then changes with notices, name by name
//! (`docs/semantics.md`, section 2).

use std::collections::BTreeMap;

use armistice_records::{Effect, Kind};
use armistice_terms::{Actor, ActorSet, Agreement, Checked, same_name};

use crate::evidence::Notice;
use crate::running::{naming, projected};
use crate::steps::Steps;
use crate::truth::Truth;

/// From when to when names mean an actor, where that hangs on notices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Adherence {
    memberships: Vec<Membership>,
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
    pub(crate) const NONE: &'static Self = &Self { memberships: Vec::new() };

    /// What the notices, in order, say of who an agreement's actors are.
    pub(crate) fn of(agreement: &Agreement, notices: &[&Notice]) -> Self {
        let mut memberships = Vec::new();
        for (index, actor) in agreement.actors.iter().enumerate() {
            let by = actor.must_accept_by();
            if by.is_none() && actor.listed_by.is_none() {
                continue;
            }
            let unsaid = if by.is_some() { Truth::Unknown } else { Truth::True };
            let mut own: Vec<&str> = vec![&actor.name];
            own.extend(actor.names.iter().map(|known| known.text.as_str()));
            let mut mine: Vec<Membership> = Vec::new();
            for name in own {
                if !mine.iter().any(|m| same_name(&m.name, name)) {
                    let line = Steps::constant(unsaid);
                    mine.push(Membership { actor: index, name: name.to_owned(), of_the_text: true, line });
                }
            }
            let mut turns: Vec<Turn<'_>> = Vec::new();
            for notice in notices.iter().filter(|notice| notice.kind != Kind::Inspection) {
                turns.extend(turned(notice, (index, actor), agreement));
            }
            for turn in &turns {
                let whole = same_name(&turn.name, &actor.name);
                if !whole && !mine.iter().any(|m| same_name(&m.name, &turn.name)) {
                    let line = Steps::constant(Truth::False);
                    mine.push(Membership { actor: index, name: turn.name.clone(), of_the_text: false, line });
                }
            }
            for membership in &mut mine {
                let theirs = |turn: &&Turn<'_>| {
                    same_name(&turn.name, &membership.name)
                        || (by.is_some() && membership.of_the_text && same_name(&turn.name, &actor.name))
                };
                let in_time = by.map(jiff::Timestamp::as_second);
                let turns: Vec<&Turn<'_>> = turns.iter().filter(theirs).collect();
                membership.line = line(membership.line.clone(), &turns, in_time);
            }
            memberships.extend(mine);
        }
        Self { memberships }
    }

    /// When a name means an actor, and whether by the text itself; `None` if that
    /// hangs on no notice.
    pub(crate) fn of_name(&self, actor: usize, name: &str) -> Option<(&Steps, bool)> {
        let found = self.memberships.iter().find(|m| m.actor == actor && same_name(&m.name, name));
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
        let first = now.is_none();
        match now {
            // Who has accepted does so no more than once, nor is struck off twice.
            Some((joined, value, _)) if joined == turn.joins && value != Truth::Unknown => continue,
            None if first && turn.joins && line.at(m) == Truth::True => continue,
            _ => {}
        }
        if first && turn.joins {
            line.until(m, Truth::False);
        } else if first && line.at(m) == Truth::False {
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
pub(crate) fn adherents(checked: &Checked, notices: &[&Notice], window: (i64, i64)) -> Vec<Adherents> {
    let mut all: BTreeMap<(usize, Vec<(usize, usize)>), Adherents> = BTreeMap::new();
    let naming = naming(checked);
    for reading in &checked.readings {
        let answers = projected(reading, &naming);
        let adherence = Adherence::of(&reading.agreement, notices);
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
    fn over(&self, (from, until): (i64, i64)) -> Adherent {
        let mut stretches: Vec<(i64, i64, Truth)> = Vec::new();
        let edges = self.line.edges().filter(|at| *at > from && *at < until);
        for at in std::iter::once(from).filter(|at| *at < until).chain(edges) {
            if let Some((_, end, _)) = stretches.last_mut() {
                *end = at;
            }
            let now = self.line.at(at);
            if stretches.last().is_none_or(|(_, _, before)| *before != now) {
                stretches.push((at, until, now));
            }
        }
        if let Some((_, end, _)) = stretches.last_mut() {
            *end = until;
        }
        let by = self.line.by.iter().cloned().collect();
        Adherent { name: self.name.clone(), of_the_text: self.of_the_text, stretches, by }
    }
}
