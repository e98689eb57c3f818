//! What changed in what a text declares: parties, moments, places, classes,
//! gates, and the words that nothing evaluates.

use std::collections::{BTreeMap, BTreeSet};

use armistice_geodesy::{Metres, distance};
use armistice_terms::weapons::System;
use armistice_terms::{
    Actor, Agreement, Body, Certainty, Clock, Gate, KnownName, Listers, Moment, Place, Shape, WeaponClass,
};
use jiff::Timestamp;

use super::change::{Aspect, Change, How, set};
use super::image::{Reader, Renamed, same_shape, weapon};
use super::texts::{self, Numbers, Parts};

/// Which things of one sort are the same in both texts: by name, or else, of
/// those that only one text has, by what they are.
pub(super) fn renamed<T>(old: &[T], new: &[T], name: impl Fn(&T) -> &str, same: impl Fn(&T, &T) -> bool) -> Renamed {
    let names = |all: &'_ [T]| -> BTreeSet<String> { all.iter().map(|x| name(x).to_owned()).collect() };
    let (in_old, in_new) = (names(old), names(new));
    let gone: Vec<&T> = old.iter().filter(|x| !in_new.contains(name(x))).collect();
    let come: Vec<&T> = new.iter().filter(|x| !in_old.contains(name(x))).collect();
    let mut found = Renamed::new();
    for one in &gone {
        let mut alike = come.iter().filter(|other| same(one, other));
        let (Some(other), None) = (alike.next(), alike.next()) else {
            continue;
        };
        // Two that are alike in one text could each be the one of the other.
        if gone.iter().filter(|x| same(x, other)).count() == 1 {
            found.insert(name(one).to_owned(), name(other).to_owned());
        }
    }
    found
}

/// Whoever describes himself in the same words, in the same role, is the same.
pub(super) fn same_actor(old: &Actor, new: &Actor) -> bool {
    let described = old.description.is_some() && old.description == new.description;
    old.role == new.role && (described || (!old.names.is_empty() && old.names == new.names))
}

pub(super) fn same_place(old: &Place, new: &Place) -> bool {
    matches!((&old.shape, &new.shape), (Ok(a), Ok(b)) if same_shape(a, b)) && old.good_to == new.good_to
}

pub(super) fn same_class(old: &WeaponClass, new: &WeaponClass) -> bool {
    !old.weapons.is_empty() && items(old) == items(new)
}

pub(super) fn same_moment(old: &Moment, new: &Moment) -> bool {
    old.at == new.at && old.day == new.day
}

fn items(class: &WeaponClass) -> BTreeSet<String> {
    class.weapons.iter().map(weapon).collect()
}

/// What the head of a text says for all of it.
#[derive(PartialEq)]
pub(super) struct Head {
    signed: String,
    zone: String,
    day_start: String,
    standard: String,
    parts: Parts,
}

pub(super) fn head(reader: Reader<'_>, numbers: &Numbers) -> Head {
    let agreement = reader.agreement;
    let Clock { zone: _, zone_name, day_start, day_start_declared: _ } = &agreement.clock;
    Head {
        signed: agreement.signed.map_or_else(|| "no day".to_owned(), |day| day.to_string()),
        zone: zone_name.clone(),
        day_start: day_start.strftime("%H:%M").to_string(),
        standard: format!("{} %", (agreement.standard_of_proof * 1e6).round() / 1e4),
        parts: vec![
            (Aspect::Authentic, agreement.authentic.iter().cloned().collect()),
            (Aspect::Published, agreement.published.iter().cloned().collect()),
            (Aspect::Relation, texts::relations(reader, numbers, &agreement.relations)),
        ],
    }
}

pub(super) fn heads(old: &Head, new: &Head) -> Vec<Change> {
    let all = [
        (Aspect::Signed, &old.signed, &new.signed),
        (Aspect::Zone, &old.zone, &new.zone),
        (Aspect::DayStart, &old.day_start, &new.day_start),
        (Aspect::Standard, &old.standard, &new.standard),
    ];
    let changed = all.into_iter().filter(|(_, old, new)| old != new);
    let changed = changed.map(|(aspect, old, new)| Change::words(aspect, old, new));
    changed.chain(texts::parts(&old.parts, &new.parts)).collect()
}

/// Who somebody is.
#[derive(PartialEq)]
pub(super) struct Person {
    role: &'static str,
    guarantors: BTreeSet<String>,
    names: BTreeSet<String>,
    voices: BTreeSet<String>,
    accept_by: Option<Timestamp>,
    listers: BTreeSet<String>,
    from: Option<Timestamp>,
    until: Option<Timestamp>,
    members: BTreeSet<String>,
    decides: [String; 4],
}

pub(super) fn actor(reader: Reader<'_>, actor: &Actor) -> Person {
    let Actor {
        name: _,
        description: _,
        depends: _,
        role,
        guaranteed_by,
        names,
        voices,
        opts_in,
        listed_by,
        bound_from,
        bound_until,
        body,
    } = actor;
    let clock = &reader.agreement.clock;
    let told = |all: &[KnownName]| all.iter().map(|name| known(clock, name)).collect();
    Person {
        role: role.word(),
        guarantors: reader.names(*guaranteed_by),
        names: told(names),
        voices: told(voices),
        accept_by: *opts_in,
        listers: listed_by.map(|listers| listed(reader, listers)).unwrap_or_default(),
        from: *bound_from,
        until: *bound_until,
        members: body.as_ref().map(|body| reader.names(body.members)).unwrap_or_default(),
        decides: body.as_ref().map(|body| decides(reader, body)).unwrap_or_default(),
    }
}

/// Who keeps a list, and whether all of them must.
fn listed(reader: Reader<'_>, Listers { by, together }: Listers) -> BTreeSet<String> {
    let names = reader.names(by);
    if together && names.len() > 1 {
        let all: Vec<String> = names.into_iter().collect();
        return BTreeSet::from([format!("{} together", all.join(" and "))]);
    }
    names
}

/// How a body decides, its quorum, what it determines, to whom it hands on.
fn decides(reader: Reader<'_>, body: &Body) -> [String; 4] {
    let Body { members: _, rule, quorum, determines, refers } = body;
    let determines: BTreeSet<&str> = determines.iter().map(String::as_str).collect();
    let refers = refers.as_ref().map(|refers| {
        let to: Vec<String> = reader.names(refers.to).into_iter().collect();
        let within = refers.within.map(|time| format!(" within {}", texts::lasting(time))).unwrap_or_default();
        format!("{}{within}", to.join(", "))
    });
    [
        rule.map(|rule| rule.word().to_owned()).unwrap_or_default(),
        quorum.map(|n| n.to_string()).unwrap_or_default(),
        determines.into_iter().collect::<Vec<_>>().join(", "),
        refers.unwrap_or_default(),
    ]
}

fn known(clock: &Clock, name: &KnownName) -> String {
    let part = if name.certainty == Certainty::Possible { "possibly " } else { "" };
    let bound =
        |word: &str, at: Option<Timestamp>| at.map(|at| format!(" {word} {}", clock.show(at))).unwrap_or_default();
    format!("{part}\"{}\"{}{}", name.text, bound("from", name.from), bound("until", name.until))
}

pub(super) fn actors(old: &Person, new: &Person) -> Vec<Change> {
    let mut all = Vec::new();
    if old.role != new.role {
        all.push(Change::words(Aspect::Role, old.role, new.role));
    }
    all.extend(set(Aspect::Guarantor, &old.guarantors, &new.guarantors, None));
    all.extend(set(Aspect::Name, &old.names, &new.names, None));
    all.extend(set(Aspect::Voice, &old.voices, &new.voices, None));
    all.extend(set(Aspect::Lister, &old.listers, &new.listers, None));
    all.extend(set(Aspect::Member, &old.members, &new.members, None));
    let aspects = [Aspect::DecidesBy, Aspect::Quorum, Aspect::Determines, Aspect::RefersTo];
    for (aspect, (old, new)) in aspects.into_iter().zip(old.decides.iter().zip(&new.decides)) {
        let said = |words: &str| if words.is_empty() { "not said".to_owned() } else { words.to_owned() };
        if old != new {
            all.push(Change::words(aspect, said(old), said(new)));
        }
    }
    all.extend(instant(Aspect::AcceptBy, old.accept_by, new.accept_by));
    all.extend(instant(Aspect::Accepted, old.from, new.from));
    all.extend(instant(Aspect::Withdrew, old.until, new.until));
    all
}

pub(super) fn instant(aspect: Aspect, old: Option<Timestamp>, new: Option<Timestamp>) -> Option<Change> {
    let said = |at: Timestamp| at.strftime("%Y-%m-%d %H:%M UTC").to_string();
    Some(Change::new(
        aspect,
        match (old, new) {
            (Some(old), Some(new)) if old != new => How::Time { old, new },
            (None, Some(new)) => How::Added(said(new)),
            (Some(old), None) => How::Dropped(said(old)),
            _ => return None,
        },
    ))
}

pub(super) fn moments(old: &Timestamp, new: &Timestamp) -> Vec<Change> {
    instant(Aspect::Moment, Some(*old), Some(*new)).into_iter().collect()
}

/// Where a place is, and how well that is known.
pub(super) struct Spot {
    shape: Result<Shape, String>,
    good_to: Metres,
    declared: bool,
    /// Whose own shape it has, how much deeper it reaches, which heights are meant.
    more: BTreeSet<String>,
}

impl PartialEq for Spot {
    fn eq(&self, other: &Self) -> bool {
        places(self, other).is_empty()
    }
}

pub(super) fn place(agreement: &Agreement, place: &Place) -> Spot {
    let own = place.own.iter().map(|(whose, shape)| format!("for {}: {}", agreement.names_of(*whose), outline(shape)));
    let deeper = place.deeper.iter().map(|deeper| format!("deeper by {} at {} points", deeper.by, deeper.points));
    let height = place.height.map(|height| height.words());
    let held = place.held_on.map(|at| format!("as held on {}", agreement.clock.show(at)));
    Spot {
        more: own.chain(deeper).chain(height).chain(held).collect(),
        shape: place.shape.clone().map_err(|why| why.to_string()),
        good_to: place.good_to.radius(),
        declared: place.good_to_declared,
    }
}

pub(super) fn places(old: &Spot, new: &Spot) -> Vec<Change> {
    let mut all = Vec::new();
    match (&old.shape, &new.shape) {
        (Ok(one), Ok(other)) if !same_shape(one, other) => {
            all.push(Change::new(Aspect::Shape, How::Moved(farthest(one, other))));
        }
        (Ok(_), Ok(_)) => {}
        (Ok(_), Err(why)) => all.push(Change::new(Aspect::Decidable, How::Dropped(why.clone()))),
        (Err(why), Ok(_)) => all.push(Change::new(Aspect::Decidable, How::Added(why.clone()))),
        (Err(old), Err(new)) if old != new => all.push(Change::words(Aspect::Decidable, old, new)),
        (Err(_), Err(_)) => {}
    }
    all.extend(set(Aspect::Ground, &old.more, &new.more, None));
    // How well a place is known says nothing of one that has no shape.
    if old.shape.is_err() || new.shape.is_err() {
        return all;
    }
    if old.good_to != new.good_to {
        all.push(Change::new(Aspect::GoodTo, How::Length { old: old.good_to, new: new.good_to }));
    } else if old.declared != new.declared {
        let said = |declared: bool| if declared { "said" } else { "not said" };
        all.push(Change::words(Aspect::GoodTo, said(old.declared), said(new.declared)));
    }
    all
}

/// Enough of a shape to tell it from another.
fn outline(shape: &Shape) -> String {
    match shape {
        Shape::Line(line) => format!("a line of {}, {} positions", line.length(), line.vertices().len()),
        Shape::Area(area) => format!("an area of {}", area.size()),
        Shape::Point(at) => format!("a point at {}, {}", at.latitude(), at.longitude()),
        Shape::Around(base, limit) => format!("within {limit} of {}", outline(base)),
        Shape::Joined(parts) => parts.iter().map(|part| part.words.as_str()).collect::<Vec<_>>().join(", "),
    }
}

/// How far the one comes from the other at most, taken at their corners.
fn farthest(old: &Shape, new: &Shape) -> Option<Metres> {
    match (old, new) {
        (Shape::Line(one), Shape::Line(other)) => {
            let there = one.vertices().iter().map(|p| other.distance_to(*p));
            let back = other.vertices().iter().map(|p| one.distance_to(*p));
            there.chain(back).max_by(|a, b| a.get().total_cmp(&b.get()))
        }
        (Shape::Point(one), Shape::Point(other)) => Some(distance(*one, *other)),
        _ => None,
    }
}

pub(super) fn class(class: &WeaponClass) -> BTreeSet<String> {
    items(class)
}

pub(super) fn classes(old: &BTreeSet<String>, new: &BTreeSet<String>) -> Vec<Change> {
    set(Aspect::Weapons, old, new, None)
}

/// What is said of a weapon system.
pub(super) fn system(system: &System) -> BTreeSet<String> {
    let System { name: _, depends: _, calibre_depends: _, others, kind, calibre, range } = system;
    let others = others.iter().map(|name| format!("also called \"{name}\""));
    let calibre = calibre.map(|calibre| format!("of calibre {calibre}"));
    let range = range.map(|range| format!("of range {range}"));
    others.chain([(*kind).to_owned()]).chain(calibre).chain(range).collect()
}

pub(super) fn systems(old: &BTreeSet<String>, new: &BTreeSet<String>) -> Vec<Change> {
    set(Aspect::System, old, new, None)
}

/// What a gate waits for.
#[derive(PartialEq)]
pub(super) struct Wait {
    provisions: BTreeSet<String>,
    days: u32,
    from: Option<Timestamp>,
    verifiers: BTreeSet<String>,
    certifiers: BTreeSet<String>,
    together: bool,
    rules: BTreeSet<String>,
    undecided: Option<String>,
}

/// A gate, with its provisions as the new text numbers them.
pub(super) fn gate(reader: Reader<'_>, numbers: &BTreeMap<String, String>, gate: &Gate) -> Wait {
    let Gate {
        name: _,
        title: _,
        citation: _,
        clauses: _,
        depends: _,
        provisions,
        days,
        from,
        verified_by,
        certified_by,
        together,
        rules,
        since,
        // Said in the rules, as they are written.
        scope: _,
        tolerance: _,
        resets: _,
        pauses: _,
        declared_by: _,
        noticed_by: _,
        not_evaluable,
    } = gate;
    let held = provisions.iter().filter_map(|at| reader.agreement.provisions.get(*at));
    let certifiers = reader.names(*certified_by);
    Wait {
        provisions: held.map(|p| numbers.get(&p.id).unwrap_or(&p.id).clone()).collect(),
        days: *days,
        from: *from,
        together: *together && certifiers.len() > 1,
        verifiers: reader.names(*verified_by),
        certifiers,
        rules: rules.iter().cloned().chain(since.as_ref().map(ToString::to_string)).collect(),
        undecided: not_evaluable.as_ref().map(ToString::to_string),
    }
}

pub(super) fn gates(old: &Wait, new: &Wait) -> Vec<Change> {
    let mut all = set(Aspect::Clauses, &old.provisions, &new.provisions, None);
    if old.days != new.days {
        all.push(Change::new(Aspect::Days, How::Count { old: old.days, new: new.days }));
    }
    all.extend(instant(Aspect::Begins, old.from, new.from));
    all.extend(set(Aspect::Rules, &old.rules, &new.rules, None));
    all.extend(set(Aspect::Verifier, &old.verifiers, &new.verifiers, None));
    all.extend(set(Aspect::Certifier, &old.certifiers, &new.certifiers, None));
    if old.together != new.together {
        let said = |together: bool| if together { "together" } else { "any of them" };
        all.push(Change::words(Aspect::Certifier, said(old.together), said(new.together)));
    }
    match (&old.undecided, &new.undecided) {
        (Some(old), Some(new)) if old != new => all.push(Change::words(Aspect::Decidable, old, new)),
        (None, Some(why)) => all.push(Change::new(Aspect::Decidable, How::Dropped(why.clone()))),
        (Some(why), None) => all.push(Change::new(Aspect::Decidable, How::Added(why.clone()))),
        _ => {}
    }
    all
}

/// What is written and evaluated by nothing: the same statement, known by its
/// first two words, with other words; or one that is new or gone.
pub(super) fn written(old: &BTreeSet<String>, new: &BTreeSet<String>) -> Vec<Change> {
    let key = |words: &str| words.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let mut gone: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    let mut come: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    old.difference(new).for_each(|words| gone.entry(key(words)).or_default().push(words));
    new.difference(old).for_each(|words| come.entry(key(words)).or_default().push(words));
    let keys: BTreeSet<&String> = gone.keys().chain(come.keys()).collect();
    let mut all = Vec::new();
    for key in keys {
        let one = gone.get(key).map(Vec::as_slice).unwrap_or_default();
        let other = come.get(key).map(Vec::as_slice).unwrap_or_default();
        all.extend(one.iter().zip(other).map(|(old, new)| Change::words(Aspect::Written, *old, *new)));
        let added = other.iter().skip(one.len()).map(|words| How::Added((*words).clone()));
        let dropped = one.iter().skip(other.len()).map(|words| How::Dropped((*words).clone()));
        all.extend(added.chain(dropped).map(|how| Change::new(Aspect::Written, how)));
    }
    all
}
