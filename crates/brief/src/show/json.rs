//! The same, for programs: keys in alphabetical order, lists in the order of
//! the file.

use armistice_geodesy::Metres;
use armistice_terms::weapons::System;
use armistice_terms::{
    Actor, Agreement, Certainty, Checked, Clock, Deeper, Gate, Instrument, Inventory, KnownName, Phase, Place,
    Provision, Region, Relation, Rule, Shape, Until, WeaponClass, Zone,
};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::talks;
use super::text::{bears_on, settled, unevaluated};
use super::versions::versions;
use super::{exchanges, phases, words};

/// The agreement as understood, as one JSON object.
///
/// Everything is told under the first reading that is left; where another
/// reading differs, `otherwise` lists the keys that differ, under the sources
/// that must be followed for them.
#[must_use]
pub fn show_json(checked: &Checked) -> Value {
    let agreement = checked.agreement();
    let clock = &agreement.clock;
    let moments = each(
        checked,
        &agreement.moments,
        |m| m.name.clone(),
        |a, name| {
            let moment = a.moments.iter().find(|m| m.name == name)?;
            Some(json!({ "name": name, "at": instant(&a.clock, moment.at), "words": moment.words }))
        },
    );
    let actors = each(
        checked,
        &agreement.actors,
        |x| x.name.clone(),
        |a, name| a.actors.iter().find(|x| x.name == name).map(|x| actor(a, x)),
    );
    let places = each(
        checked,
        &agreement.places,
        |x| x.name.clone(),
        |a, name| a.places.iter().find(|x| x.name == name).map(|x| place(a, x)),
    );
    let weapons = each(
        checked,
        &agreement.weapons,
        |x| x.name.clone(),
        |a, name| a.weapons.iter().find(|x| x.name == name).map(class),
    );
    let systems = each(
        checked,
        &agreement.systems,
        |x| x.name.clone(),
        |a, name| a.systems.iter().find(|x| x.name == name).map(system),
    );
    let inventories = each(
        checked,
        &agreement.inventories,
        |x| x.name.clone(),
        |a, name| a.inventories.iter().find(|x| x.name == name).map(|x| inventory(a, x)),
    );
    let provisions =
        each(checked, &agreement.provisions, |x| x.id.clone(), |a, id| a.provision(id).map(|(_, p)| provision(a, p)));
    let gates = each(
        checked,
        &agreement.gates,
        |x| x.name.clone(),
        |a, name| a.gates.iter().find(|x| x.name == name).map(|x| gate(a, x)),
    );
    let phases = each(
        checked,
        &agreement.phases,
        |x| x.name.clone(),
        |a, name| a.phases.iter().find(|x| x.name == name).map(|x| phase(a, x)),
    );
    let exchanges = each(
        checked,
        &agreement.exchanges,
        |x| x.name.clone(),
        |a, name| {
            a.exchanges.iter().find(|x| x.name == name).map(|x| {
                let facts = exchanges::of_exchange(a, x).into_iter();
                json!({
                    "name": x.name,
                    "words": x.words,
                    "line": x.citation.line,
                    "facts": facts.map(|(label, words)| json!({ "is": label, "how": words })).collect::<Vec<_>>(),
                })
            })
        },
    );
    let instruments = each(
        checked,
        &agreement.instruments,
        |x| x.name.clone(),
        |a, name| a.instruments.iter().find(|x| x.name == name).map(|x| instrument(a, x)),
    );
    json!({
        "format": "armistice.show/1",
        "title": agreement.title,
        "signed": agreement.signed.map(|day| day.to_string()),
        "clock": {
            "zone": clock.zone_name,
            "day_start": clock.day_start.strftime("%H:%M").to_string(),
            "day_start_declared": clock.day_start_declared,
        },
        "standard_of_proof": agreement.standard_of_proof,
        "authentic_in": agreement.authentic,
        "published": agreement.published,
        "relations": relations(&agreement.relations),
        "instruments": instruments,
        "terms": agreement.terms.iter().map(|term| json!({
            "name": term.name,
            "means": term.means.as_ref().ok(),
            "undefined": term.means.as_ref().err(),
        })).collect::<Vec<_>>(),
        "moments": moments,
        "actors": actors,
        "places": places,
        "weapons": weapons,
        "systems": systems,
        "inventories": inventories,
        "provisions": provisions,
        "phases": phases,
        "exchanges": exchanges,
        "gates": gates,
        "levers": checked.levers.iter().map(crate::sweep::lever_json).collect::<Vec<_>>(),
        "questions": questions(checked),
        "positions": talks::positions(checked),
        "approvals": talks::approvals(checked, None),
        "readings": checked.readings.iter().map(|r| labels(checked, &r.answers)).collect::<Vec<_>>(),
        "unevaluated": unevaluated(checked)
            .into_iter()
            .map(|(line, words, why)| json!({ "line": line, "words": words, "why": why }))
            .collect::<Vec<_>>(),
    })
}

/// Each thing under the first reading, with what other readings change in it.
fn each<T>(
    checked: &Checked,
    things: &[T],
    name: impl Fn(&T) -> String,
    tell: impl Fn(&Agreement, &str) -> Option<Value>,
) -> Vec<Value> {
    let told = things.iter().map(|thing| {
        let name = name(thing);
        let mut found = versions(checked, |a| tell(a, &name).unwrap_or(Value::Null)).into_iter();
        let mut first = found.next().map_or(Value::Null, |version| version.value);
        let otherwise: Vec<Value> = found
            .map(|version| json!({ "differs": difference(&first, version.value), "under": version.under }))
            .collect();
        if let Some(object) = first.as_object_mut().filter(|_| !otherwise.is_empty()) {
            object.insert("otherwise".to_owned(), Value::Array(otherwise));
        }
        first
    });
    told.collect()
}

/// The keys whose values differ, with the other's values.
fn difference(first: &Value, other: Value) -> Value {
    match other {
        Value::Object(keys) => {
            Value::Object(keys.into_iter().filter(|(key, value)| first.get(key) != Some(value)).collect())
        }
        other => other,
    }
}

fn phase(agreement: &Agreement, phase: &Phase) -> Value {
    let facts =
        phases::of_phase(agreement, phase).into_iter().map(|(label, words)| json!({ "is": label, "how": words }));
    json!({
        "name": phase.name,
        "title": phase.title,
        "line": phase.citation.line,
        "facts": facts.collect::<Vec<_>>(),
    })
}

pub(crate) fn instant(clock: &Clock, at: Timestamp) -> Value {
    let local = at.to_zoned_datetime(clock.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    json!({ "local": local, "utc": at.to_string() })
}

fn names(agreement: &Agreement, set: armistice_terms::ActorSet) -> Vec<&str> {
    agreement.actors_in(set).map(|a| a.name.as_str()).collect()
}

fn actor(agreement: &Agreement, actor: &Actor) -> Value {
    let clock = &agreement.clock;
    let names_of = |known: &[KnownName]| -> Vec<Value> {
        let each = known.iter().map(|name| {
            json!({
                "text": name.text,
                "certain": name.certainty == Certainty::Certain,
                "from": name.from.map(|at| instant(clock, at)),
                "until": name.until.map(|at| instant(clock, at)),
            })
        });
        each.collect()
    };
    json!({
        "name": actor.name,
        "description": actor.description,
        "role": actor.role.word(),
        "guaranteed_by": names(agreement, actor.guaranteed_by),
        "binds_those_who_accept_by": actor.opts_in.map(|at| instant(clock, at)),
        "listed_by": actor.listed_by.map(|listers| json!({
            "by": names(agreement, listers.by),
            "together": listers.together,
        })),
        "bound_from": actor.bound_from.map(|at| instant(clock, at)),
        "bound_until": actor.bound_until.map(|at| instant(clock, at)),
        "known_as": names_of(&actor.names),
        "speaks_through": names_of(&actor.voices),
        "body": actor.body.as_ref().map(|body| json!({
            "made_of": names(agreement, body.members),
            "decides_by": body.rule.map(Rule::word),
            "quorum": body.quorum,
            "determines": body.determines,
            "refers_to": body.refers.as_ref().map(|refers| json!({
                "to": names(agreement, refers.to),
                "within": refers.within.map(super::words::length),
            })),
        })),
    })
}

fn relations(all: &[Relation]) -> Vec<Value> {
    all.iter().map(|relation| json!({ "how": relation.how.words(), "what": relation.what })).collect()
}

fn instrument(agreement: &Agreement, instrument: &Instrument) -> Value {
    let clock = &agreement.clock;
    json!({
        "name": instrument.name,
        "title": instrument.title,
        "signed": instrument.signed.map(|at| instant(clock, at)),
        "in_force": instrument.in_force.map(|at| instant(clock, at)),
        "not_public": instrument.not_public,
        "authentic_in": instrument.authentic,
        "published": instrument.published,
        "relations": relations(&instrument.relations),
    })
}

fn place(agreement: &Agreement, place: &Place) -> Value {
    let own = place.own.iter().map(|(whose, of)| json!({ "for": names(agreement, *whose), "shape": shape(of) }));
    let deeper = |deeper: &Deeper| json!({ "by_m": deeper.by.get(), "points": deeper.points });
    json!({
        "own": own.collect::<Vec<_>>(),
        "deeper": place.deeper.as_ref().map(deeper),
        "heights": place.height.map(|height| height.words()),
        "as_held_on": place.held_on.map(|at| instant(&agreement.clock, at)),
        "name": place.name,
        "description": place.description,
        "shape": place.shape.as_ref().ok().map(shape),
        "no_shape": place.shape.as_ref().err().map(ToString::to_string),
        "good_to_m": place.good_to.radius().get(),
        "good_to_declared": place.good_to_declared,
        "source": place.source,
    })
}

fn shape(of: &Shape) -> Value {
    match of {
        Shape::Line(line) => json!({
            "type": "line",
            "length_m": line.length().get().round(),
            "positions": line.vertices().len(),
        }),
        Shape::Area(area) => json!({ "type": "area", "size_m2": area.size().get().round() }),
        Shape::Point(at) => {
            json!({ "type": "point", "latitude": at.latitude(), "longitude": at.longitude() })
        }
        Shape::Around(base, distance) => {
            json!({ "type": "around", "within_m": distance.get(), "of": shape(base) })
        }
        Shape::Joined(parts) => {
            let parts = parts
                .iter()
                .map(|part| json!({ "of": shape(&part.shape), "region": region(part.region), "words": part.words }));
            json!({ "type": "joined", "parts": parts.collect::<Vec<_>>() })
        }
    }
}

fn class(class: &WeaponClass) -> Value {
    json!({
        "name": class.name,
        "weapons": class.weapons.iter().map(words::weapon).collect::<Vec<_>>(),
        "words": class.words,
    })
}

fn system(system: &System) -> Value {
    json!({
        "name": system.name,
        "also_called": system.others,
        "kind": system.kind,
        "calibre_mm": system.calibre.map(|calibre| calibre.get()),
        "range_m": system.range.map(Metres::get),
    })
}

fn inventory(agreement: &Agreement, inventory: &Inventory) -> Value {
    let items = inventory.items.iter();
    json!({
        "name": inventory.name,
        "held_by": agreement.actors_in(inventory.held_by).map(|a| a.name.as_str()).collect::<Vec<_>>(),
        "holds": items
            .map(|item| json!({ "number": item.number, "of": item.what.words, "said": item.said }))
            .collect::<Vec<_>>(),
        "stored_at": inventory.stored_at,
        "under_seal_of": agreement.actors_in(inventory.sealed_by).map(|a| a.name.as_str()).collect::<Vec<_>>(),
    })
}

fn zone(zone: &Zone) -> Value {
    json!({
        "place": zone.place,
        "good_to_m": zone.good_to.radius().get(),
        "region": region(zone.region),
        "words": zone.words,
        "heights": zone.height.map(|height| height.words()),
        "may_reach_deeper": zone.perhaps.is_some(),
    })
}

/// Which ground, measured from a shape.
fn region(of: Region) -> Value {
    match of {
        Region::Within(limit) => json!({ "type": "within", "m": limit.get() }),
        Region::WithinRange => json!({ "type": "within the weapon's range" }),
        Region::WithinOnSide(limit, side) => {
            json!({ "type": "within on side", "m": limit.get(), "side": side.to_string() })
        }
        Region::NotBeyond(limit, side) => {
            json!({ "type": "not beyond", "m": limit.get(), "side": side.to_string() })
        }
        Region::Inside => json!({ "type": "inside" }),
        Region::Outside => json!({ "type": "outside" }),
    }
}

fn provision(agreement: &Agreement, provision: &Provision) -> Value {
    let clock = &agreement.clock;
    let (forces, zoned) = (provision.duty.forces(), provision.duty.zone());
    let mut told = Map::new();
    let mut put = |key: &str, value: Value| told.insert(key.to_owned(), value);
    put("id", json!(provision.id));
    put("clause", json!(provision.citation.clause));
    put("title", json!(provision.citation.title));
    put("quoted", json!(&*provision.citation.quoted));
    put("line", json!(provision.citation.line));
    put("words", json!(provision.words));
    put("bound", json!(names(agreement, provision.bound)));
    put("demand", json!(words::duty(agreement, &provision.duty)));
    put("forces", json!(forces.map(words::forces)));
    put("zone", json!(zoned.map(zone)));
    put("not_evaluable", json!(provision.duty.not_evaluable().map(ToString::to_string)));
    put("for_people", json!(provision.duty.for_people().map(|people| words::for_people(agreement, people))));
    put("deadline", json!(provision.duty.deadline().map(|at| instant(clock, at))));
    put("from", provision.force.from.as_ref().map_or(Value::Null, |at| instant(clock, *at)));
    put("from_unknown", json!(provision.force.from.as_ref().err()));
    let (until, renewal) = match &provision.force.until {
        Until::Open | Until::Unknown(_) => (Value::Null, Value::Null),
        Until::At(at) => (instant(clock, *at), Value::Null),
        Until::Renewable { first, by, together } => {
            (instant(clock, *first), json!({ "by": names(agreement, *by), "together": together }))
        }
    };
    let displaced = provision.force.displaced.as_ref();
    put("displaced", json!(displaced.map(|d| json!({ "by": d.by, "at": instant(clock, d.at) }))));
    let instrument = provision.instrument.and_then(|index| agreement.instruments.get(index));
    put("instrument", json!(instrument.map(|instrument| &instrument.name)));
    put("until", until);
    put("hours", json!(provision.force.hours.as_ref().map(armistice_terms::Hours::words)));
    put("until_words", json!(words::ends(agreement, &provision.force)));
    put("renewal", renewal);
    let exceptions: Vec<String> = provision.exceptions.iter().map(|e| words::exception(agreement, e)).collect();
    put("exceptions", json!(exceptions));
    put("verified_by", json!(names(agreement, provision.verified_by)));
    put("conditions", json!(provision.conditions.iter().map(|c| c.words.as_str()).collect::<Vec<_>>()));
    put("remarks", json!(provision.remarks));
    Value::Object(told)
}

fn gate(agreement: &Agreement, gate: &Gate) -> Value {
    let held = gate.provisions.iter().filter_map(|i| agreement.provisions.get(*i));
    json!({
        "name": gate.name,
        "title": gate.title,
        "line": gate.citation.line,
        "clauses": gate.clauses,
        "provisions": held.map(|p| p.id.as_str()).collect::<Vec<_>>(),
        "days": gate.days,
        "from": gate.from.map(|at| instant(&agreement.clock, at)),
        "since": gate.since.as_ref().map(ToString::to_string),
        "rules": gate.rules,
        "verified_by": names(agreement, gate.verified_by),
        "certified_by": names(agreement, gate.certified_by),
        "together": gate.together,
        "not_evaluable": gate.not_evaluable.as_ref().map(ToString::to_string),
    })
}

fn labels(checked: &Checked, answers: &[usize]) -> Vec<String> {
    let chosen = checked.questions.iter().zip(answers);
    chosen.filter_map(|(question, answer)| question.labels.get(*answer).cloned()).collect()
}

fn questions(checked: &Checked) -> Vec<Value> {
    let told = checked.questions.iter().zip(bears_on(checked)).enumerate().map(|(index, (question, bears))| {
        json!({
            "sources": question.labels,
            "written": question.brackets.iter().map(|bracket| &bracket.words).collect::<Vec<_>>(),
            "bears_on": bears,
            "settled": settled(checked, question, index),
        })
    });
    told.collect()
}
