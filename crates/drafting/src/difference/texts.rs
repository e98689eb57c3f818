//! What changed in what a text says of itself and of its words: its further
//! documents, its terms, its holdings, its phases, the moments that hang on what
//! happens.
//!
//! Each is told part by part, in words. No part is left out: the values are
//! taken apart whole, so that a new one must find its place here.

use std::collections::{BTreeMap, BTreeSet};

use armistice_terms::{
    Agreement, Anchor, Awaited, Clauses, Edge, Event, Exchange, Holding, Instrument, Inventory, Phase, Relation,
    Standstill, Term, What,
};
use jiff::fmt::friendly::{Designator, Spacing, SpanPrinter};
use jiff::{Span as Period, Timestamp};

use super::change::{Aspect, Change, set};
use super::declared::instant;
use super::image::{Reader, weapon};

/// The numbers that the new text gives to the old one's clauses.
pub(super) type Numbers = BTreeMap<String, String>;

/// Parts of a thing, each in words; an empty one is not said.
pub(super) type Parts = Vec<(Aspect, BTreeSet<String>)>;

/// What changed, part by part.
pub(super) fn parts(old: &Parts, new: &Parts) -> Vec<Change> {
    let mut all = Vec::new();
    for ((aspect, was), (_, is)) in old.iter().zip(new) {
        match (one(was), one(is)) {
            // Where there is one of a kind, it is the one that changed.
            (Some(was), Some(is)) if was != is => all.push(Change::words(*aspect, was, is)),
            (Some(_), Some(_)) => {}
            _ => all.extend(set(*aspect, was, is, None)),
        }
    }
    all
}

fn one(all: &BTreeSet<String>) -> Option<&String> {
    all.first().filter(|_| all.len() == 1)
}

fn only(words: impl Into<String>) -> BTreeSet<String> {
    BTreeSet::from([words.into()])
}

/// What a word is said to mean.
pub(super) fn term(term: &Term) -> Parts {
    let Term { name: _, means } = term;
    let words = match means {
        Ok(means) => format!("\"{means}\""),
        Err(why) => format!("undefined: {why}"),
    };
    vec![(Aspect::Meaning, only(words))]
}

/// On what a moment hangs.
pub(super) fn awaited(numbers: &Numbers, awaited: &Awaited) -> Parts {
    let Awaited { name, words } = awaited;
    // As it is written, it names itself.
    let words = words.strip_prefix(&format!("moment {name} is ")).unwrap_or(words);
    let word = |word: &str| numbers.get(word).map_or_else(|| word.to_owned(), Clone::clone);
    let words: Vec<String> = words.split(' ').map(word).collect();
    vec![(Aspect::HangsOn, only(words.join(" ")))]
}

/// What somebody declared to hold.
pub(super) fn inventory(reader: Reader<'_>, inventory: &Inventory) -> Parts {
    let Inventory { name: _, title: _, held_by, items, stored_at, sealed_by, depends: _ } = inventory;
    vec![
        (Aspect::Holder, reader.names(*held_by)),
        (Aspect::Holding, items.iter().map(holding).collect()),
        (Aspect::Stored, stored_at.iter().map(|place| reader.called(place)).collect()),
        (Aspect::Sealed, reader.names(*sealed_by)),
    ]
}

fn holding(holding: &Holding) -> String {
    let Holding { number, what, said } = holding;
    let What { words: _, weapons, things } = what;
    let of: BTreeSet<String> = weapons.iter().map(weapon).chain(things.iter().cloned()).collect();
    let said = said.as_ref().map(|said| format!(", {said}")).unwrap_or_default();
    format!("{number} {}{said}", of.into_iter().collect::<Vec<_>>().join(" or "))
}

/// What is exchanged, by whom, by when and who is first.
pub(super) fn exchange(reader: Reader<'_>, exchange: &Exchange) -> Parts {
    let Exchange { name: _, words: _, citation: _, shares, total, from, by, first, not_evaluable, depends: _ } =
        exchange;
    let share = |side: usize| shares.as_ref().and_then(|shares| shares.get(side));
    let ratio = share(0).zip(share(1)).map(|(given, got)| {
        let of = total.map(|total| format!(", {total} in all")).unwrap_or_default();
        format!("{} {} for {} {}{of}", given.number, given.what.words, got.number, got.what.words)
    });
    let whose = |side: Option<usize>| side.and_then(share).map(|share| reader.names(share.by)).unwrap_or_default();
    let at = |at: &Option<Timestamp>| at.iter().map(Timestamp::to_string).collect();
    vec![
        (Aspect::Ratio, ratio.into_iter().collect()),
        (Aspect::OwedBy, whose(Some(0))),
        (Aspect::OwedTo, whose(Some(1))),
        (Aspect::First, whose(*first)),
        (Aspect::Begins, at(from)),
        (Aspect::Deadline, at(by)),
        (Aspect::Decidable, not_evaluable.iter().map(ToString::to_string).collect()),
    ]
}

/// When a phase runs.
#[derive(PartialEq)]
pub(super) struct Course {
    from: Option<Timestamp>,
    until: Option<Timestamp>,
    parts: Parts,
}

pub(super) fn phases(old: &Course, new: &Course) -> Vec<Change> {
    let from = instant(Aspect::Begins, old.from, new.from);
    let until = instant(Aspect::Ends, old.until, new.until);
    from.into_iter().chain(until).chain(parts(&old.parts, &new.parts)).collect()
}

/// When a phase runs, and who says so.
pub(super) fn phase(reader: Reader<'_>, numbers: &Numbers, phase: &Phase) -> Course {
    let Phase {
        name: _,
        title: _,
        citation: _,
        depends: _,
        from,
        declared,
        gate,
        after,
        until,
        lasts,
        during,
        lapses,
        lapses_by_decision: _,
        stands_still,
        falls_back_to,
        back_from,
        decided_by,
        together,
        open,
    } = phase;
    let agreement = reader.agreement;
    let named = |all: &[usize]| {
        all.iter().filter_map(|at| agreement.phases.get(*at)).map(|p| p.name.clone()).collect::<Vec<_>>()
    };
    let hangs = |at: &Option<Edge>| at.as_ref().and_then(|at| edge(agreement, numbers, at));
    let begins = hangs(from).map(|from| format!("not before {from}")).into_iter();
    let begins = begins.chain(named(after).into_iter().map(|name| format!("after the end of {name}")));
    let begins = begins.chain(declared.then(|| "when it is declared".to_owned()));
    let begins = begins.chain(gate.and_then(|at| agreement.gates.get(at)).map(|gate| format!("by gate {}", gate.name)));
    let begins =
        begins.chain(named(back_from).into_iter().map(|name| format!("when {name} has lapsed or stands still")));
    let clauses = |of: &Clauses| clauses(numbers, &of.ids);
    let lapses = lapses.iter().map(|lapse| {
        let come = happening(agreement, numbers, &lapse.unless);
        let by = agreement.clock.show(lapse.by);
        format!("at {by}, unless {come} has come")
    });
    let rests = stands_still.iter().map(|standstill| match standstill {
        Standstill::NotKept(of) => format!("{} not kept", clauses(of)),
        Standstill::During(other) => named(&[*other]).concat(),
    });
    let ends = hangs(until).into_iter().chain(lasts.map(|lasts| format!("after {}", lasting(lasts)))).chain(lapses);
    let by = reader.names(*decided_by);
    let by = if *together && by.len() > 1 {
        only(format!("{} together", by.into_iter().collect::<Vec<_>>().join(", ")))
    } else {
        by
    };
    Course {
        from: dated(from),
        until: dated(until),
        parts: vec![
            (Aspect::PhaseBegins, begins.collect()),
            (Aspect::PhaseEnds, ends.collect()),
            (Aspect::PhaseToldBy, by),
            (Aspect::PhaseWhile, named(during).into_iter().collect()),
            (Aspect::PhaseRests, rests.collect()),
            (Aspect::PhaseFallsBack, falls_back_to.iter().flat_map(|other| named(&[*other])).collect()),
            (Aspect::Condition, open.iter().cloned().collect()),
        ],
    }
}

const fn dated(edge: &Option<Edge>) -> Option<Timestamp> {
    match edge {
        Some(Edge::At(at)) => Some(*at),
        Some(Edge::After(_) | Edge::Unknown) | None => None,
    }
}

/// What an edge without a date hangs on.
fn edge(agreement: &Agreement, numbers: &Numbers, edge: &Edge) -> Option<String> {
    Some(match edge {
        Edge::At(_) => return None,
        Edge::After(Anchor { event, plus }) => {
            let event = happening(agreement, numbers, event);
            plus.iter().fold(event, |all, length| format!("{all} + {}", lasting(*length)))
        }
        Edge::Unknown => "a moment that cannot be placed".to_owned(),
    })
}

/// `completion of 3`.
fn happening(agreement: &Agreement, numbers: &Numbers, event: &Event) -> String {
    let phase = |at: usize| agreement.phases.get(at).map(|p| p.name.as_str()).unwrap_or_default();
    match event {
        Event::Completed(of) => format!("completion of {}", clauses(numbers, &of.ids)),
        Event::Opened(gate) => {
            format!("opening of {}", agreement.gates.get(*gate).map(|g| g.name.as_str()).unwrap_or_default())
        }
        Event::Began(at) => format!("beginning of {}", phase(*at)),
        Event::Ended(at) => format!("end of {}", phase(*at)),
    }
}

/// Clauses as the new text numbers them.
fn clauses(numbers: &Numbers, ids: &[String]) -> String {
    let numbered = ids.iter().map(|id| numbers.get(id).unwrap_or(id).as_str());
    numbered.collect::<Vec<_>>().join(" and ")
}

/// `42 days`.
pub(super) fn lasting(length: Period) -> String {
    let printer = SpanPrinter::new().designator(Designator::Verbose).spacing(Spacing::BetweenUnitsAndDesignators);
    printer.span_to_string(&length)
}

/// A further document.
#[derive(PartialEq)]
pub(super) struct Document {
    signed: Option<Timestamp>,
    in_force: Option<Timestamp>,
    parts: Parts,
}

pub(super) fn instrument(reader: Reader<'_>, numbers: &Numbers, instrument: &Instrument) -> Document {
    let Instrument {
        name: _,
        title: _,
        depends: _,
        zone,
        signed,
        in_force,
        not_public,
        authentic,
        published,
        relations: related,
    } = instrument;
    let zone = zone.as_ref().map(|zone| zone.iana_name().map_or_else(|| format!("{zone:?}"), str::to_owned));
    Document {
        signed: *signed,
        in_force: *in_force,
        parts: vec![
            (Aspect::Zone, zone.into_iter().collect()),
            (Aspect::NotPublic, not_public.iter().cloned().collect()),
            (Aspect::Authentic, authentic.iter().cloned().collect()),
            (Aspect::Published, published.iter().cloned().collect()),
            (Aspect::Relation, relations(reader, numbers, related)),
        ],
    }
}

pub(super) fn instruments(old: &Document, new: &Document) -> Vec<Change> {
    let signed = instant(Aspect::Signed, old.signed, new.signed);
    let in_force = instant(Aspect::InForce, old.in_force, new.in_force);
    signed.into_iter().chain(in_force).chain(parts(&old.parts, &new.parts)).collect()
}

/// How a text stands to others, `supersedes 3.a`.
pub(super) fn relations(reader: Reader<'_>, numbers: &Numbers, all: &[Relation]) -> BTreeSet<String> {
    let each = all.iter().flat_map(|Relation { how, what }| {
        what.iter().map(|what| {
            let what = numbers.get(what).map_or_else(|| reader.called(what), Clone::clone);
            format!("{} {what}", how.words())
        })
    });
    each.collect()
}
