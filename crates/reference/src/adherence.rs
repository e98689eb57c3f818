//! Section 2: who an actor is, where that hangs on notices.

use armistice_records::{Effect, Record};
use armistice_terms::Actor;

use crate::force::{effect, hearsay, made_by, notices, set};
use crate::names::{Side, meaning, of_the_text, same, written};
use crate::truth::T;
use crate::{Interval, Known};

/// Who the names on a side are, over an interval, given what is on record of
/// acceptances and lists.
pub(crate) fn side(names: &[String], known: &Known<'_>, when: Interval) -> Side {
    let names = written(names);
    let nobody = Side { unknown: names.is_empty(), ..Side::default() };
    names.into_iter().fold(nobody, |side, name| side.and(&one(name, known, when)))
}

fn one(name: &str, known: &Known<'_>, when: Interval) -> Side {
    let agreement = known.agreement;
    let plain = meaning(name, agreement, when, false);
    if plain.civilian {
        return plain;
    }
    let texts = agreement.actors.iter().any(|actor| of_the_text(name, actor));
    let mut side = Side::default();
    let mut settled = false;
    for (index, actor) in agreement.actors.iter().enumerate() {
        let hangs = actor.must_accept_by().is_some() || actor.listed_by.is_some();
        let all = if hangs { over(known, (index, actor), name, when) } else { T::T };
        if of_the_text(name, actor) {
            // As the text alone has it of this actor, if the name counts.
            let mut alone = agreement.clone();
            for (other, actor) in alone.actors.iter_mut().enumerate().filter(|(other, _)| *other != index) {
                actor.name = format!("\u{0}{other}");
                actor.names.clear();
            }
            let mut mine = meaning(name, &alone, when, false);
            if all == T::F {
                mine = Side { others: true, ..Side::default() };
            } else if all == T::U && !mine.anyone().is_empty() {
                mine = Side { possible: mine.anyone(), others: true, ..Side::default() };
            }
            side = side.and(&mine);
        } else if hangs && all == T::T {
            side.certain.insert(index);
            settled = true;
        } else if hangs && all == T::U {
            side.possible.insert(index);
            side.others = true;
        }
    }
    side.unknown = !texts && !settled;
    side.possible = side.possible.difference(&side.certain).copied().collect();
    side
}

pub(crate) fn adheres(known: &Known<'_>, actor: usize, name: &str, throughout: Interval) -> T {
    let said = known.agreement.actors.get(actor);
    said.map_or(T::U, |said| over(known, (actor, said), name, throughout))
}

/// What the line of a name is throughout an interval.
fn over(known: &Known<'_>, (index, actor): (usize, &Actor), name: &str, (a, b): Interval) -> T {
    let by = actor.must_accept_by().map(|at| at.as_second());
    let own = of_the_text(name, actor);
    let base = match (own, by.is_some()) {
        (true, true) => T::U,
        (true, false) => T::T,
        (false, _) => T::F,
    };
    let mut painted: Vec<(Interval, T)> = vec![((i64::MIN, i64::MAX), base)];
    let at = |painted: &[(Interval, T)], t: i64| {
        painted.iter().rev().find(|((from, until), _)| *from <= t && t < *until).map_or(base, |(_, value)| *value)
    };
    // What was not passed over last: whether it joins, what it left, until when.
    let mut last: Option<(bool, T, i64)> = None;
    for (notice, when) in notices(known) {
        let Some(joins) = turns(known, (index, actor), (notice, when), (name, own)) else {
            continue;
        };
        let (m, done) = when;
        match last {
            Some((before, left, _)) if before == joins && left != T::U => continue,
            None if joins && at(&painted, m) == T::T => continue,
            _ => {}
        }
        if last.is_none() && joins {
            painted.push(((i64::MIN, m), T::F));
        }
        if last.is_none() && !joins && at(&painted, m) == T::F {
            painted.push(((i64::MIN, m), T::U));
        }
        let reach = last.map_or(done, |(_, _, reach)| reach.max(done));
        let clash = last.is_some_and(|(before, _, reach)| before != joins && reach > m);
        let late = joins && by.is_some_and(|e| done > e);
        let value = if clash || late {
            T::U
        } else if joins {
            T::T
        } else {
            T::F
        };
        painted.push(((m, reach), T::U));
        painted.push(((reach, i64::MAX), value));
        last = Some((joins, value, reach));
    }
    let edges = painted.iter().flat_map(|((from, until), _)| [*from, *until]).filter(|t| a < *t && *t < b);
    let values: Vec<T> = std::iter::once(a).chain(edges).map(|t| at(&painted, t)).collect();
    if values.iter().all(|v| *v == T::T) {
        T::T
    } else if values.iter().all(|v| *v == T::F) {
        T::F
    } else {
        T::U
    }
}

/// Whether a notice turns a name of an actor, and which way: whether it joins.
fn turns(
    known: &Known<'_>,
    (index, actor): (usize, &Actor),
    (notice, when): (&Record, Interval),
    (name, own): (&str, bool),
) -> Option<bool> {
    let subjects = notice.message.as_ref().map(|m| m.subject.as_slice()).unwrap_or_default();
    let named = subjects.iter().any(|s| same(s, &actor.name));
    let writes = |names: &[String], wanted: &str| written(names).into_iter().any(|n| same(n, wanted));
    match effect(notice)? {
        what @ (Effect::Accepted | Effect::Left) if actor.must_accept_by().is_some() => {
            if hearsay(notice, when, known.agreement).is_some_and(|theirs| !theirs.contains(&index)) {
                return None;
            }
            let counts = |n: &str| named || (subjects.is_empty() && of_the_text(n, actor));
            let by_it = writes(&notice.side_a, name) && counts(name);
            let by_all = own && writes(&notice.side_a, &actor.name) && counts(&actor.name);
            (by_it || by_all).then_some(what == Effect::Accepted)
        }
        what @ (Effect::Listed | Effect::Delisted) => {
            let listers = actor.listed_by?;
            let (made, wanted) = (made_by(notice, when, known.agreement), set(listers.by));
            let decided = match listers.together {
                true => !wanted.is_empty() && wanted.is_subset(&made),
                false => !wanted.is_disjoint(&made),
            };
            let opts_in = actor.must_accept_by().is_some();
            let by_all = opts_in && own && writes(&notice.side_b, &actor.name);
            (named && decided && (writes(&notice.side_b, name) || by_all)).then_some(what == Effect::Listed)
        }
        _ => None,
    }
}
