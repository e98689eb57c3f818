//! What is told of each thing an agreement declares: a label and a sentence.

use armistice_terms::{
    Actor, Agreement, Body, Gate, Instrument, Inventory, NotEvaluable, Place, Provision, Relation, Role, Term,
    WeaponClass, weapons::System,
};

use super::{conditions, words};

/// A label, and what is told under it.
pub(super) type Fact = (&'static str, String);

fn some(label: &'static str, words: Option<String>) -> Option<Fact> {
    words.map(|words| (label, words))
}

pub(super) fn of_actor(agreement: &Agreement, actor: &Actor) -> Vec<Fact> {
    let clock = &agreement.clock;
    let index = agreement.actors.iter().position(|a| a.name == actor.name);
    let answers_for: Vec<&str> = agreement
        .actors
        .iter()
        .filter(|a| index.is_some_and(|i| a.guaranteed_by.has(i)))
        .map(|a| a.name.as_str())
        .collect();
    let mut facts: Vec<Fact> = Vec::new();
    facts.extend(some("guaranteed by", words::who(agreement, actor.guaranteed_by, false)));
    if !answers_for.is_empty() {
        facts.push(("answers for", words::list(&answers_for, "and")));
    }
    facts.extend(some(
        "binds those",
        actor.opts_in.map(|at| match actor.must_accept_by() {
            Some(_) => {
                format!("who accept by {}: name by name, as acceptances are on record", words::moment(clock, at))
            }
            None => format!("who accept by {}", words::moment(clock, at)),
        }),
    ));
    facts.extend(some("listed by", actor.listed_by.and_then(|l| words::who(agreement, l.by, l.together))));
    facts.extend(some("bound from", actor.bound_from.map(|at| words::moment(clock, at))));
    facts.extend(some("bound until", actor.bound_until.map(|at| words::moment(clock, at))));
    facts.extend(actor.names.iter().map(|name| ("in records", words::known_name(clock, name))));
    facts.extend(actor.voices.iter().map(|name| ("speaks through", words::known_name(clock, name))));
    if let Some(body) = &actor.body {
        facts.extend(of_body(agreement, body));
    }
    if actor.names.is_empty() && actor.role != Role::Monitor {
        facts.push(("in records", format!("no name but its own, \"{}\"", actor.name)));
    }
    facts
}

fn of_body(agreement: &Agreement, body: &Body) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    facts.extend(some("made of", words::who(agreement, body.members, false)));
    facts.extend(some("decides by", body.rule.map(|rule| rule.word().to_owned())));
    let quorum = body.quorum.map(|n| match body.members.len() {
        members if members > 0 && n > members => format!("{n}, of persons: no record tells of them"),
        _ => words::count(n as usize, "member", "members"),
    });
    facts.extend(some("quorum", quorum));
    let clauses: Vec<&str> = body.determines.iter().map(String::as_str).collect();
    facts.extend(some("determines", (!clauses.is_empty()).then(|| words::list(&clauses, "and"))));
    let handed = body.refers.as_ref().map(|refers| {
        let time =
            refers.within.map_or_else(|| "no time is set".to_owned(), |time| format!("after {}", words::length(time)));
        format!("{}, {time}", words::names(agreement, refers.to))
    });
    facts.extend(some("hands on to", handed));
    facts
}

/// What is said of the agreement itself as a document.
pub(super) fn of_document(agreement: &Agreement) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    facts.extend(some("authentic in", agreement.authentic.clone()));
    facts.extend(some("published", agreement.published.clone()));
    facts.extend(agreement.relations.iter().map(of_relation));
    facts
}

fn of_relation(relation: &Relation) -> Fact {
    let what: Vec<&str> = relation.what.iter().map(String::as_str).collect();
    (relation.how.words(), words::list(&what, "and"))
}

pub(super) fn of_instrument(agreement: &Agreement, instrument: &Instrument) -> Vec<Fact> {
    let clock = &agreement.clock;
    let mut facts: Vec<Fact> = Vec::new();
    facts.extend(some("signed", instrument.signed.map(|at| words::moment(clock, at))));
    let in_force = instrument.in_force.map_or_else(|| "not known".to_owned(), |at| words::moment(clock, at));
    facts.push(("in force from", in_force));
    facts.extend(some("authentic in", instrument.authentic.clone()));
    facts.extend(some("published", instrument.published.clone()));
    let secret = instrument.not_public.as_ref().map(|why| NotEvaluable::TextNotPublic(why.clone()).to_string());
    facts.extend(some("not evaluable", secret));
    facts.extend(instrument.relations.iter().map(of_relation));
    let theirs = agreement.provisions.iter().filter(|p| {
        p.instrument.and_then(|index| agreement.instruments.get(index)).is_some_and(|i| i.name == instrument.name)
    });
    let theirs: Vec<&str> = theirs.map(|p| p.id.as_str()).collect();
    if !theirs.is_empty() {
        facts.push(("provisions", words::list(&theirs, "and")));
    }
    facts
}

pub(super) fn of_term(term: &Term) -> Fact {
    match &term.means {
        Ok(meaning) => ("means", format!("\"{meaning}\"; whether something falls under it, only people can judge")),
        Err(why) if why.is_empty() => ("undefined", "it was never defined".to_owned()),
        Err(why) => ("undefined", format!("it was never defined: {why}")),
    }
}

pub(super) fn of_place(agreement: &Agreement, place: &Place) -> Vec<Fact> {
    let own = !place.own.is_empty() && place.shape.is_err();
    let mut facts = if own { Vec::new() } else { vec![("is", words::place(place))] };
    for (whose, shape) in &place.own {
        facts.push(("is", format!("for {}, {}", agreement.names_of(*whose), words::shape(shape))));
    }
    facts.extend(place.deeper.as_ref().map(|deeper| {
        let points = if deeper.points == 1 { "point" } else { "points" };
        let text = format!("by {}, at {} {points} that are not named", deeper.by, deeper.points);
        ("deeper", text)
    }));
    facts.extend(some("heights", place.height.map(|height| height.words())));
    facts.extend(some("as held on", place.held_on.map(|at| agreement.clock.show(at))));
    facts.extend(some("read from", place.source.clone()));
    if place.shape.is_ok() || own {
        facts.push(("good to", words::good_to(place)));
    }
    facts
}

pub(super) fn of_class(class: &WeaponClass) -> Vec<Fact> {
    vec![("are", words::weapons(&class.weapons))]
}

pub(super) fn of_system(system: &System) -> Vec<Fact> {
    let mut facts = vec![("is", system.kind.to_owned())];
    facts.extend(system.others.iter().map(|name| ("also called", format!("\"{name}\""))));
    facts.extend(some("of calibre", system.calibre.map(|calibre| calibre.to_string())));
    facts.extend(some("of range", system.range.map(|range| range.to_string())));
    facts
}

pub(super) fn of_inventory(agreement: &Agreement, inventory: &Inventory) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(some("held by", words::who(agreement, inventory.held_by, false)));
    facts.extend(inventory.items.iter().map(|item| {
        let said = item.said.as_ref().map(|said| format!(" ({said})")).unwrap_or_default();
        ("holds", format!("{} {}{said}", item.number, item.what.words))
    }));
    let places: Vec<&str> = inventory.stored_at.iter().map(String::as_str).collect();
    facts.extend(some("stored at", (!places.is_empty()).then(|| words::list(&places, "and"))));
    facts.extend(some("under seal of", words::who(agreement, inventory.sealed_by, false)));
    if !inventory.items.is_empty() {
        let name = &inventory.name;
        let told =
            format!("by counts about {name} and by what is seen; what is missing is told, and no breach is found");
        facts.push(("told", told));
    }
    facts
}

pub(super) fn of_provision(agreement: &Agreement, provision: &Provision) -> Vec<Fact> {
    let mut facts = vec![("written", provision.words.clone())];
    let nobody = || "nobody is named".to_owned();
    let unjudged = provision.duty.not_evaluable().map(ToString::to_string);
    let people = provision.duty.for_people();
    let blind = unjudged.is_some() || people.is_some();
    let who = words::who(agreement, provision.bound, false).or_else(|| (!blind).then(nobody));
    facts.extend(some("who", who));
    facts.extend(some("demand", words::duty(agreement, &provision.duty)));
    facts.extend(some("not evaluable", unjudged));
    facts.extend(people.map(|people| ("for people", words::for_people(agreement, people))));
    let (forces, zone) = (provision.duty.forces(), provision.duty.zone());
    facts.extend(some("forces", forces.map(words::forces)));
    facts.extend(some("zone", zone.map(words::zone)));
    if !blind || provision.force.from.is_ok() {
        facts.push(("from", words::begins(&agreement.clock, &provision.force)));
        facts.push(("until", words::ends(agreement, &provision.force)));
        facts.extend(some(
            "hours",
            provision.force.hours.as_ref().map(|hours| format!("each day {} alone", hours.words())),
        ));
    }
    facts.extend(provision.exceptions.iter().map(|e| ("except", words::exception(agreement, e))));
    let verifier = words::who(agreement, provision.verified_by, false).or_else(|| (!blind).then(nobody));
    facts.extend(some("verified by", verifier));
    let hangs = provision.conditions.iter().map(|condition| {
        let rest = if blind { "" } else { "; until it is, no record is found in breach of this" };
        let decided = conditions::decided(agreement, provision, condition);
        let open = || format!("`{condition}` is not evaluated yet{rest}");
        ("condition", decided.map_or_else(open, |how| format!("`{condition}`: {how}")))
    });
    facts.extend(hangs);
    facts.extend(provision.proof.iter().map(|proof| ("proven", words::proof(agreement, proof))));
    let standard = provision.standard_of_proof.map(|share| format!("{:.4}", share * 100.0).replace(".0000", ""));
    facts.extend(some("standard", standard.map(|percent| format!("{percent} % sure, for this term"))));
    facts.extend(provision.remarks.iter().map(|remark| ("also says", remark.clone())));
    facts
}

pub(super) fn of_gate(agreement: &Agreement, gate: &Gate) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    match &gate.not_evaluable {
        Some(why) => facts.push(("not evaluable", why.to_string())),
        None => {
            let clauses: Vec<&str> = gate.clauses.iter().map(String::as_str).collect();
            let days = words::count(usize::try_from(gate.days).unwrap_or(usize::MAX), "day", "consecutive days");
            let are = if clauses.len() == 1 { "is" } else { "are" };
            facts.push(("opens when", format!("{} {are} kept for {days}", words::list(&clauses, "and"))));
            let held = || gate.provisions.iter().filter_map(|i| agreement.provisions.get(*i));
            facts.push(("that is", held().map(|p| p.id.as_str()).collect::<Vec<_>>().join(", ")));
            let blind: Vec<&str> = held().filter(|p| p.duty.not_evaluable().is_some()).map(|p| p.id.as_str()).collect();
            if !blind.is_empty() {
                facts.push(("not evaluable", format!("{}, among them", words::list(&blind, "and"))));
            }
            let people = held().filter(|p| p.duty.for_people().is_some()).map(|p| p.id.as_str());
            let people: Vec<&str> = people.collect();
            if !people.is_empty() {
                let ids = words::list(&people, "and");
                let certified = !gate.certified_by.is_empty();
                let how = if certified {
                    "whether it was kept, the certificate says"
                } else {
                    "nobody is named to certify it"
                };
                facts.push(("for people", format!("{ids}, among them: {how}")));
            }
            let from = gate.from.map(|at| words::moment(&agreement.clock, at));
            let from = match &gate.since {
                Some(since) => since.words.strip_prefix("counting from ").map(|event| format!("{event}, as recorded")),
                None => from,
            };
            facts.push(("days from", from.unwrap_or_else(|| "not known".to_owned())));
            facts.extend(gate.rules.iter().map(|rule| ("counted", rule.clone())));
        }
    }
    let nobody = || "nobody is named".to_owned();
    facts.extend(some("verified by", words::who(agreement, gate.verified_by, false)));
    facts.push(("certified by", words::by_whom(agreement, gate.certified_by, gate.together).unwrap_or_else(nobody)));
    facts
}
