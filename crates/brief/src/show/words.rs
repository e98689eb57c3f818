//! The model's values as plain English, shared by text and JSON.

use armistice_terms::weapons::Weapon;
use armistice_terms::{
    ActorSet, Agreement, Certainty, Clock, Conduct, Due, Duty, Exception, ForPeople, Forbid, Force, Forces, KnownName,
    Limit, Place, Proof, Shape, Step, Target, Until, Zone,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// `2016-09-12 19:00 (2016-09-12 16:00 UTC)`.
pub(crate) fn moment(clock: &Clock, at: Timestamp) -> String {
    let utc = TimeZone::UTC.to_datetime(at).strftime("%Y-%m-%d %H:%M");
    if clock.zone == TimeZone::UTC { format!("{utc} UTC") } else { format!("{} ({utc} UTC)", clock.show(at)) }
}

/// `Government and Opposition`.
pub(crate) fn names(agreement: &Agreement, set: ActorSet) -> String {
    let names: Vec<&str> = agreement.actors_in(set).map(|a| a.name.as_str()).collect();
    list(&names, "and")
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn list(items: &[&str], last: &str) -> String {
    match items {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [all @ .., end] => format!("{} {last} {end}", all.join(", ")),
    }
}

/// `1 reading`, `2 readings`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A name in the records, and what it tells.
pub(super) fn known_name(clock: &Clock, name: &KnownName) -> String {
    let mut words = format!("\"{}\"", name.text);
    if let Some(from) = name.from {
        words.push_str(&format!(" from {}", moment(clock, from)));
    }
    if let Some(until) = name.until {
        words.push_str(&format!(" until {}", moment(clock, until)));
    }
    if name.certainty == Certainty::Possible {
        words.push_str(" (may be this actor, or others)");
    }
    words
}

/// `line, 7.4 km long, 4 positions`.
pub(super) fn shape(of: &Shape) -> String {
    match of {
        Shape::Line(line) => {
            format!("line, {} long, {}", line.length(), count(line.vertices().len(), "position", "positions"))
        }
        Shape::Area(area) => format!("area of about {}", area.size()),
        Shape::Point(at) => format!("point at {:.5}, {:.5}", at.latitude(), at.longitude()),
        Shape::Around(base, distance) => {
            let article = if matches!(**base, Shape::Area(_)) { "an" } else { "a" };
            format!("all ground within {distance} of {article} {}", shape(base))
        }
        Shape::Joined(parts) => {
            let words: Vec<&str> = parts.iter().map(|part| part.words.as_str()).collect();
            format!("ground {}", words.join(", "))
        }
    }
}

/// What a place is, or why it has no shape.
pub(super) fn place(place: &Place) -> String {
    match &place.shape {
        Ok(found) => shape(found),
        Err(why) => format!("no shape: {why}"),
    }
}

/// How well the place is known.
pub(super) fn good_to(place: &Place) -> String {
    if place.good_to_declared {
        format!("{}, 95 times in 100", place.good_to.radius())
    } else {
        "not said; taken as exact".to_owned()
    }
}

/// One item of a class.
pub(super) fn weapon(weapon: &Weapon) -> String {
    match weapon {
        Weapon::Kind(kind) => (*kind).to_owned(),
        Weapon::Named(make) => format!("\"{make}\""),
        Weapon::Limited(limited) => limited.words.clone(),
        Weapon::AllBut(others) => format!("all weapons but {}", weapons(others)),
    }
}

/// `tanks, artillery and mortars`.
pub(super) fn weapons(all: &[Weapon]) -> String {
    let words: Vec<String> = all.iter().map(weapon).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if words.is_empty() { "nothing".to_owned() } else { list(&words, "and") }
}

/// What is kept out of a zone.
pub(super) fn forces(forces: &Forces) -> String {
    match &forces.weapons {
        None => format!("{}: any force or person", forces.words),
        Some(class) => {
            let members = weapons(class);
            if members == forces.words { members } else { format!("{}: {members}", forces.words) }
        }
    }
}

/// The zone in metres, with its own uncertainty.
pub(super) fn zone(zone: &Zone) -> String {
    let radius = zone.good_to.radius();
    if radius.get() > 0.0 { format!("{}; {} is good to {radius}", zone.words, zone.place) } else { zone.words.clone() }
}

/// What a provision demands, as a sentence without its subject and with the
/// ground called `the zone`; `None` if it is not evaluable.
pub(super) fn duty(agreement: &Agreement, duty: &Duty) -> Option<String> {
    match duty {
        Duty::Forbid(of) => Some(forbid(agreement, of)),
        Duty::Limit(of) => Some(limit(agreement, of)),
        Duty::StandOff { what, .. } => Some(format!("must keep {} out of the zone", what.words)),
        Duty::WithdrawBy { what, deadline, .. } => {
            let by = deadline.map_or_else(
                || "once it is due".to_owned(),
                |deadline| format!("by {}", moment(&agreement.clock, deadline)),
            );
            Some(format!("must have {} out of the zone {by}, and keep them out", what.words))
        }
        Duty::Deed(deed) => Some(match deed.due {
            Due::By(deadline) => format!("must {} by {}", deed.words, moment(&agreement.clock, deadline)),
            Due::Awaited => format!("must {} once it is due", deed.words),
            Due::Always => format!("must {} all the while", deed.words),
            Due::Every(often) => format!("must {} in every period of {}", deed.words, often.words()),
        }),
        Duty::ForPeople(_) | Duty::NotEvaluable(_) => None,
    }
}

/// What only people can judge, and whose acts bear on it.
pub(super) fn for_people(agreement: &Agreement, people: &ForPeople) -> String {
    let whose = names(agreement, people.concerning);
    let whose = if whose.is_empty() { String::new() } else { format!("; what {whose} did is listed with it") };
    format!("{}: whether it was kept, only people can judge{whose}", people.what)
}

/// So many of what, and by when or how often.
fn limit(agreement: &Agreement, of: &Limit) -> String {
    let Limit { dealing, bound, number, what, .. } = of;
    let mut words = format!("must {} {} {number} {}", dealing.verb(), bound.words(), what.words);
    if let Some(share) = &of.share {
        words = format!("must {} {} {number}, which is {share}", dealing.verb(), bound.words());
    }
    if let Some(posts) = &of.posts {
        words.push_str(&format!(" {}", posts.words()));
    }
    if of.within.is_some() {
        words.push_str(" in the zone");
    }
    match (of.per, of.deadline) {
        (Some(per), _) => words.push_str(&format!(" in each {}", per.word())),
        (None, Some(deadline)) => words.push_str(&format!(" by {}", moment(&agreement.clock, deadline))),
        // When it is due is told as a condition.
        (None, None) if of.due => {}
        (None, None) => words.push_str(" at any time"),
    }
    words
}

/// What is not to be done, or to be prevented.
fn forbid(agreement: &Agreement, of: &Forbid) -> String {
    let mut words = match of.by {
        None => format!("must not {}", of.conduct.verb()),
        Some(by) => format!("must prevent {} from {}", names(agreement, by), of.conduct.gerund()),
    };
    if let Some(with) = &of.with {
        let with = if of.conduct.takes_weapons() { with.words.clone() } else { format!("with {}", with.words) };
        words.push_str(&format!(" {with}"));
    }
    let whom = match of.on {
        Target::EachOther => "each other".to_owned(),
        Target::Actors(set) => names(agreement, set),
        Target::Civilians => "civilians".to_owned(),
        Target::Anyone => "anyone".to_owned(),
    };
    let on_somebody = matches!(of.conduct, Conduct::Attack | Conduct::ActAgainst);
    match of.conduct {
        Conduct::AcquireTerritory if of.on != Target::Anyone => words.push_str(&format!(" from {whom}")),
        _ if on_somebody || of.on != Target::Anyone => words.push_str(&format!(" {whom}")),
        _ => {}
    }
    if of.within.is_some() {
        words.push_str(" in the zone");
    }
    if let Some(height) = of.height {
        words.push_str(&format!(", {} the ground", height.words().replace(" and", " the ground and")));
    }
    words
}

/// `2 days`, `1 month`, `-12 hours`.
pub(super) fn length(length: jiff::Span) -> String {
    let parts = [
        (i64::from(length.get_months() / 12), "year"),
        (i64::from(length.get_months() % 12), "month"),
        (i64::from(length.get_days()), "day"),
        (length.get_seconds(), "second"),
    ];
    let said = parts.into_iter().filter(|(n, _)| *n != 0).map(|(n, unit)| match (n, unit) {
        (n, "second") if n % 3600 == 0 => counted(n / 3600, "hour"),
        (n, "second") if n % 60 == 0 => counted(n / 60, "minute"),
        (n, unit) => counted(n, unit),
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() { "no time".to_owned() } else { said.join(" and ") }
}

fn counted(n: i64, unit: &str) -> String {
    if n.abs() == 1 { format!("{n} {unit}") } else { format!("{n} {unit}s") }
}

/// From when a provision binds.
pub(super) fn begins(clock: &Clock, force: &Force) -> String {
    match &force.from {
        Ok(at) => moment(clock, *at),
        Err(why) => format!("not known: {why}"),
    }
}

/// Until when it binds.
pub(super) fn ends(agreement: &Agreement, force: &Force) -> String {
    let clock = &agreement.clock;
    if let Some(displaced) = &force.displaced {
        return format!("{} at the latest, {}", moment(clock, displaced.at), displaced.by);
    }
    match &force.until {
        Until::Open => "no end is written".to_owned(),
        Until::At(at) => moment(clock, *at),
        Until::Renewable { first, by, together } => {
            let who: Vec<&str> = agreement.actors_in(*by).map(|a| a.name.as_str()).collect();
            let renewal = match (together, who.len()) {
                (_, 0 | 1) => format!("unless {} renews it", list(&who, "and")),
                (true, _) => format!("unless {} renew it together", list(&who, "and")),
                (false, _) => format!("unless {} renews it", list(&who, "or")),
            };
            format!("{}, {renewal}", moment(clock, *first))
        }
        Until::Unknown(why) => format!("not known: {why}"),
    }
}

/// An exception.
pub(super) fn exception(agreement: &Agreement, exception: &Exception) -> String {
    match exception {
        Exception::SelfDefence(None) => "in self-defence".to_owned(),
        Exception::SelfDefence(Some(limit)) => format!("in self-defence, \"{limit}\""),
        Exception::Against(set) => format!("acts against {}", names(agreement, *set)),
        Exception::Steps(steps) => {
            let steps: Vec<String> = steps.iter().map(|s| step(agreement, s)).collect();
            format!("when it comes after each of these, in order: {}", steps.join("; "))
        }
        Exception::ForPeople(words) => format!("\"{words}\", which only people can judge"),
    }
}

/// Something that must come first.
pub(super) fn step(agreement: &Agreement, step: &Step) -> String {
    match step {
        Step::Leave { of, together: true } => format!("leave of {}", names(agreement, *of)),
        Step::Leave { of, together: false } => {
            let names: Vec<&str> = agreement.actors_in(*of).map(|a| a.name.as_str()).collect();
            format!("leave of {}", list(&names, "or"))
        }
        Step::Notice { words, .. } => format!("notice to {words}"),
        Step::After(words) => words.clone(),
    }
}

/// What is asked of those who tell of a breach.
pub(super) fn proof(agreement: &Agreement, proof: &Proof) -> String {
    match proof {
        Proof::Sources(1) => "only by a source that is no party's".to_owned(),
        Proof::Sources(number) => format!("only by {number} sources or more, none of them a party's"),
        Proof::By(set) => {
            let names: Vec<&str> = agreement.actors_in(*set).map(|a| a.name.as_str()).collect();
            let names = list(&names, "or");
            if names.is_empty() {
                "only by a monitor, and none is declared".to_owned()
            } else {
                format!("only by {names}")
            }
        }
        Proof::Ways(ways) => {
            let ways: Vec<&str> = ways.iter().map(|way| way.word()).collect();
            format!("only by {}", list(&ways, "or"))
        }
    }
}

/// Whose word settles something: of all of them together, or of any one alone.
pub(crate) fn by_whom(agreement: &Agreement, set: ActorSet, together: bool) -> Option<String> {
    if together || set.len() < 2 {
        return who(agreement, set, together);
    }
    let names: Vec<&str> = agreement.actors_in(set).map(|a| a.name.as_str()).collect();
    Some(format!("{} separately", list(&names, "or")))
}

/// Who certifies or verifies, `None` if nobody is named.
pub(super) fn who(agreement: &Agreement, set: ActorSet, together: bool) -> Option<String> {
    if set.is_empty() {
        return None;
    }
    let together = if together && set.len() > 1 { " together" } else { "" };
    Some(format!("{}{together}", names(agreement, set)))
}
