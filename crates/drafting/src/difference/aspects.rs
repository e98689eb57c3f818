//! What changed between two provisions, aspect by aspect.

use std::collections::BTreeSet;

use armistice_geodesy::Metres;
use armistice_terms::{Bound, Displaced, Region};
use jiff::Timestamp;

use super::change::{Aspect, Change, Effect, How, set};
use super::image::{Armed, Demand, Ends, Excuse, Ground, Image, Number, Sheltered, same_shape};

/// Every change from the old provision to the new; none if they say the same.
pub(super) fn changes(old: &Image, new: &Image) -> Vec<Change> {
    let mut all = bound(&old.bound, &new.bound);
    let mut rest = demand(&old.demand, &new.demand);
    rest.extend(time(old, new));
    rest.extend(exceptions(&old.exceptions, &new.exceptions));
    rest.extend(set(Aspect::Verifier, &old.verified_by, &new.verified_by, None));
    rest.extend(set(Aspect::Condition, &old.conditions, &new.conditions, None));
    rest.extend(set(Aspect::Remark, &old.remarks, &new.remarks, None));
    // It is those bound by both texts who are bound more or less than before.
    let both: Vec<String> = old.bound.intersection(&new.bound).cloned().collect();
    for change in &mut rest {
        if both.is_empty() {
            change.effect = None;
        }
        if change.effect.is_some() {
            change.whom.clone_from(&both);
        }
    }
    all.append(&mut rest);
    all
}

fn bound(old: &BTreeSet<String>, new: &BTreeSet<String>) -> Vec<Change> {
    let mut all = set(Aspect::Bound, old, new, Some(Effect::Stricter));
    for change in &mut all {
        if let How::Added(name) | How::Dropped(name) = &change.how {
            change.whom = vec![name.clone()];
        }
    }
    all
}

fn demand(old: &Demand, new: &Demand) -> Vec<Change> {
    let mut all = Vec::new();
    if old.kind != new.kind {
        if old.act != new.act {
            all.push(Change::words(Aspect::Act, &old.act, &new.act));
        }
        all.extend(decidable(old, new));
        return all;
    }
    // Every kind of demand has some of these parts; see `Reader::demand`.
    let Demand { kind: _, act, target, forces, ground, deadline, undecided: _, number, in_words } = old;
    match number.as_ref().zip(new.number.as_ref()).filter(|(was, is)| was.number != is.number && was.rest == is.rest) {
        Some((was, is)) => all.push(so_many(was, is, new.act.starts_with("must "))),
        None if *in_words && *act != new.act => all.push(Change::words(Aspect::Act, act, &new.act)),
        None => {}
    }
    if let (Some(old), Some(new)) = (target, &new.target) {
        all.extend(sheltered(old, new));
    }
    match (forces, &new.forces) {
        (Some(old), Some(new)) => all.extend(armed(old, new)),
        (None, Some(new)) => {
            all.push(Change::words(Aspect::Forces, "anything", &new.words).with(Some(Effect::Looser)));
        }
        (Some(old), None) => {
            all.push(Change::words(Aspect::Forces, &old.words, "anything").with(Some(Effect::Stricter)));
        }
        (None, None) => {}
    }
    match (ground, &new.ground) {
        (Some(old), Some(new)) => all.extend(on_ground(old, new)),
        (None, Some(new)) => {
            all.push(Change::words(Aspect::Ground, "anywhere", &new.words).with(Some(Effect::Looser)));
        }
        (Some(old), None) => {
            all.push(Change::words(Aspect::Ground, &old.words, "anywhere").with(Some(Effect::Stricter)));
        }
        (None, None) => {}
    }
    if let (Some(old), Some(new)) = (deadline, &new.deadline)
        && old != new
    {
        let effect = Effect::stricter_if(new < old);
        all.push(Change::new(Aspect::Deadline, How::Time { old: *old, new: *new }).with(Some(effect)));
    }
    all.extend(decidable(old, new));
    all
}

/// Whether records can decide it, and if not, why not.
fn decidable(old: &Demand, new: &Demand) -> Option<Change> {
    let why = |demand: &Demand| demand.undecided.as_ref().map(ToString::to_string);
    match (why(old), why(new)) {
        (None, Some(why)) => Some(Change::new(Aspect::Decidable, How::Dropped(why))),
        (Some(why), None) => Some(Change::new(Aspect::Decidable, How::Added(why))),
        (Some(old), Some(new)) if old != new => Some(Change::words(Aspect::Decidable, old, new)),
        _ => None,
    }
}

/// Each other and civilians are some of anyone; a longer list is more.
fn sheltered(old: &Sheltered, new: &Sheltered) -> Option<Change> {
    if old == new {
        return None;
    }
    let effect = match (old, new) {
        (_, Sheltered::Anyone) => Some(Effect::Stricter),
        (Sheltered::Anyone, _) => Some(Effect::Looser),
        (Sheltered::Actors(old), Sheltered::Actors(new)) if new.is_superset(old) => Some(Effect::Stricter),
        (Sheltered::Actors(old), Sheltered::Actors(new)) if new.is_subset(old) => Some(Effect::Looser),
        (
            Sheltered::EachOther | Sheltered::Actors(_) | Sheltered::Civilians,
            Sheltered::EachOther | Sheltered::Actors(_) | Sheltered::Civilians,
        ) => None,
    };
    Some(Change::words(Aspect::Target, whom(old), whom(new)).with(effect))
}

fn whom(of: &Sheltered) -> String {
    match of {
        Sheltered::EachOther => "each other".to_owned(),
        Sheltered::Actors(names) => names.iter().map(String::as_str).collect::<Vec<_>>().join(", "),
        Sheltered::Civilians => "civilians".to_owned(),
        Sheltered::Anyone => "anyone".to_owned(),
    }
}

/// Another number of the same: fewer where it is the most, more where it is the
/// least, is stricter; of a permission it is neither.
fn so_many(old: &Number, new: &Number, duty: bool) -> Change {
    let stricter = match new.bound {
        Bound::AtMost => new.number < old.number,
        Bound::AtLeast => new.number > old.number,
    };
    let effect = duty.then(|| Effect::stricter_if(stricter));
    Change::new(Aspect::Number, How::Count { old: old.number, new: new.number }).with(effect)
}

/// What more must be kept out, or less.
fn armed(old: &Armed, new: &Armed) -> Vec<Change> {
    let mut all = match (&old.weapons, &new.weapons) {
        (Some(one), Some(other)) => {
            let (mut one, mut other) = (one.clone(), other.clone());
            let mut all = limits(old, new, &mut one, &mut other);
            all.extend(set(Aspect::Forces, &one, &other, Some(Effect::Stricter)));
            all
        }
        (None, None) => Vec::new(),
        (Some(_), None) => vec![Change::words(Aspect::Forces, &old.words, &new.words).with(Some(Effect::Stricter))],
        (None, Some(_)) => vec![Change::words(Aspect::Forces, &old.words, &new.words).with(Some(Effect::Looser))],
    };
    // The same words mean other weapons: a class they name has changed.
    if old.words == new.words {
        all.iter_mut().for_each(|change| change.through = Some(old.words.clone()));
    }
    all
}

/// Weapons of the same kind with another limit of calibre or range: taken out of
/// what is new and gone, and told as one change.
fn limits(old: &Armed, new: &Armed, gone: &mut BTreeSet<String>, come: &mut BTreeSet<String>) -> Vec<Change> {
    let mut all = Vec::new();
    for (words, limited) in &old.limited {
        if come.contains(words) {
            continue;
        }
        let mut alike = new.limited.iter().filter(|(other, _)| come.contains(*other) && !gone.contains(*other));
        let found = alike.find_map(|(other, is)| Some((other.clone(), limited.narrower_than(is)?)));
        if let Some((other, wider)) = found {
            gone.remove(words);
            come.remove(&other);
            let effect = Some(Effect::stricter_if(wider));
            all.push(Change::words(Aspect::Forces, words, other).with(effect));
        }
    }
    all
}

fn on_ground(old: &Ground, new: &Ground) -> Vec<Change> {
    let mut all = Vec::new();
    let moved = !same_shape(&old.shape, &new.shape);
    if old.place != new.place {
        all.push(Change::words(Aspect::Ground, &old.words, &new.words));
        return all;
    }
    let through = |change: Change| Change { through: Some(old.place.clone()), ..change };
    if moved {
        all.push(through(Change::new(Aspect::Shape, How::Moved(None))));
    }
    if old.good_to != new.good_to {
        let (old, new) = (old.good_to.radius(), new.good_to.radius());
        all.push(through(Change::new(Aspect::GoodTo, How::Length { old, new })));
    }
    let heights = |ground: &Ground| ground.height.map_or_else(|| "all heights".to_owned(), |height| height.words());
    if old.height != new.height {
        all.push(through(Change::words(Aspect::Ground, heights(old), heights(new))));
    }
    if old.perhaps != new.perhaps {
        let said = |ground: &Ground| if ground.perhaps.is_some() { "deeper at some points" } else { "nowhere deeper" };
        all.push(through(Change::words(Aspect::Ground, said(old), said(new))));
    }
    if old.region != new.region {
        // Where the place itself moved, more or less ground cannot be told.
        let effect = wider(old.region, new.region).map(Effect::stricter_if).filter(|_| !moved);
        all.push(match distances(old.region, new.region) {
            Some((old, new)) => Change::new(Aspect::Distance, How::Length { old, new }).with(effect),
            None => Change::words(Aspect::Ground, &old.words, &new.words).with(effect),
        });
    }
    all
}

/// The two distances, of regions that differ in nothing else.
fn distances(old: Region, new: Region) -> Option<(Metres, Metres)> {
    match (old, new) {
        (Region::Within(a), Region::Within(b)) => Some((a, b)),
        (Region::WithinOnSide(a, side), Region::WithinOnSide(b, other)) if side == other => Some((a, b)),
        (Region::NotBeyond(a, side), Region::NotBeyond(b, other)) if side == other => Some((a, b)),
        _ => None,
    }
}

/// Whether the new ground holds all of the old, or the old all of the new;
/// `None` if neither is certain.
fn wider(old: Region, new: Region) -> Option<bool> {
    match (old, new) {
        (Region::WithinOnSide(a, _), Region::Within(b)) if b >= a => Some(true),
        (Region::Within(a), Region::WithinOnSide(b, _)) if b <= a => Some(false),
        _ => distances(old, new).map(|(old, new)| new > old),
    }
}

/// The beginning and the end. To bind for longer at one end and no shorter at
/// the other is stricter; a term that moves as a whole is neither.
fn time(old: &Image, new: &Image) -> Vec<Change> {
    let mut all = Vec::new();
    match (&old.begins, &new.begins) {
        (Ok(old), Ok(new)) if old != new => all.push(Change::new(Aspect::Begins, How::Time { old: *old, new: *new })),
        (Ok(_), Ok(_)) => {}
        (old, new) if old == new => {}
        (old, new) => {
            let said = |at: &Result<Timestamp, String>| at.as_ref().map_or_else(Clone::clone, |at| utc(*at));
            all.push(Change::words(Aspect::Begins, said(old), said(new)));
        }
    }
    if old.ends != new.ends {
        all.push(match (&old.ends, &new.ends) {
            (Ends::At(old), Ends::At(new)) => Change::new(Aspect::Ends, How::Time { old: *old, new: *new }),
            (
                Ends::Renewable { first: old, by, together },
                Ends::Renewable { first: new, by: others, together: as_one },
            ) if by == others && together == as_one => Change::new(Aspect::Ends, How::Time { old: *old, new: *new }),
            (old, new) => Change::words(Aspect::Ends, end(old), end(new)),
        });
    }
    let renewals = |image: &Image| match &image.ends {
        Ends::Renewable { by, together, .. } => Some((by.clone(), *together)),
        Ends::Open | Ends::At(_) | Ends::Unknown(_) => None,
    };
    let alike = renewals(old) == renewals(new);
    let effect = window(old).zip(window(new)).filter(|_| alike).and_then(|((from, until), (begins, ends))| {
        let longer = begins <= from && ends >= until;
        let shorter = begins >= from && ends <= until;
        (longer != shorter).then(|| Effect::stricter_if(longer))
    });
    all.iter_mut().for_each(|change| change.effect = effect);
    all.extend(displaced(old.displaced.as_ref(), new.displaced.as_ref()));
    all
}

/// What takes a provision's place: from then on it binds nobody.
fn displaced(old: Option<&Displaced>, new: Option<&Displaced>) -> Option<Change> {
    let said = |by: &Displaced| format!("{} from {} on", by.by, utc(by.at));
    let change = |how| Change::new(Aspect::Displaced, how);
    Some(match (old, new) {
        (Some(old), Some(new)) if old.by == new.by && old.at != new.at => {
            let effect = Effect::stricter_if(new.at > old.at);
            change(How::Time { old: old.at, new: new.at }).with(Some(effect))
        }
        (Some(old), Some(new)) if old != new => Change::words(Aspect::Displaced, said(old), said(new)),
        (None, Some(new)) => change(How::Added(said(new))).with(Some(Effect::Looser)),
        (Some(old), None) => change(How::Dropped(said(old))).with(Some(Effect::Stricter)),
        _ => return None,
    })
}

/// An instant where two texts, which may keep different clocks, have nothing of
/// one kind to set side by side.
fn utc(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

fn end(ends: &Ends) -> String {
    match ends {
        Ends::Open => "no end is written".to_owned(),
        Ends::At(at) => utc(*at),
        Ends::Renewable { first, by, together } => {
            let by: Vec<&str> = by.iter().map(String::as_str).collect();
            let how = if *together { " together" } else { "" };
            format!("{}, unless renewed by {}{how}", utc(*first), by.join(", "))
        }
        Ends::Unknown(why) => why.clone(),
    }
}

/// From when to when it binds without any decision; without an end, for ever.
fn window(image: &Image) -> Option<(Timestamp, Timestamp)> {
    let begins = *image.begins.as_ref().ok()?;
    match image.ends {
        Ends::Open => Some((begins, Timestamp::MAX)),
        Ends::At(at) | Ends::Renewable { first: at, .. } => Some((begins, at)),
        Ends::Unknown(_) => None,
    }
}

fn exceptions(old: &BTreeSet<Excuse>, new: &BTreeSet<Excuse>) -> Vec<Change> {
    let defence = |all: &BTreeSet<Excuse>| {
        all.iter().find_map(|e| if let Excuse::SelfDefence(limit) = e { Some(limit.clone()) } else { None })
    };
    let said = |limit: &Option<String>| {
        limit.as_ref().map_or_else(|| "in self-defence".to_owned(), |limit| format!("in self-defence, \"{limit}\""))
    };
    let mut all = Vec::new();
    match (defence(old), defence(new)) {
        // A limit takes away from what is excepted.
        (Some(old), Some(new)) if old != new => {
            let effect = if new.is_none() {
                Some(Effect::Looser)
            } else if old.is_none() {
                Some(Effect::Stricter)
            } else {
                None
            };
            all.push(Change::words(Aspect::Exception, said(&old), said(&new)).with(effect));
        }
        (None, Some(new)) => {
            all.push(Change::new(Aspect::Exception, How::Added(said(&new))).with(Some(Effect::Looser)));
        }
        (Some(old), None) => {
            all.push(Change::new(Aspect::Exception, How::Dropped(said(&old))).with(Some(Effect::Stricter)));
        }
        _ => {}
    }
    let others = |all: &BTreeSet<Excuse>| -> BTreeSet<String> {
        all.iter()
            .filter_map(|excuse| match excuse {
                Excuse::SelfDefence(_) => None,
                Excuse::Against(name) => Some(format!("acts against {name}")),
                Excuse::Steps(steps) => Some(format!("acts {}", steps.join(", "))),
                Excuse::ForPeople(words) => Some(format!("\"{words}\"")),
            })
            .collect()
    };
    all.extend(set(Aspect::Exception, &others(old), &others(new), Some(Effect::Looser)));
    all
}
