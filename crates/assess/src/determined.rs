//! What bodies have determined, and what was referred to them.
//!
//! A determination is somebody else's: the engine says whose it is, of when, and
//! whether that body may determine the clause and decided as it decides. It stands
//! beside findings and standings and changes neither (`docs/semantics.md`,
//! section 8).

use std::collections::{BTreeSet, VecDeque};

use armistice_records::{Effect, Kind};
use armistice_terms::{ActorSet, Agreement, Body, Rule};
use jiff::Timestamp;

use crate::actors::Naming;
use crate::evidence::{Notice, stands_under};
use crate::truth::Truth;
use crate::variant::Variant;
use crate::votes::{Tally, taken};

/// What a body determined of a provision, under one reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Determination {
    /// The variant: an index into [`Assessment::variants`](crate::Assessment::variants).
    pub variant: usize,
    /// The decision's id.
    pub notice: String,
    /// When it was taken: first second, and first after.
    pub when: (i64, i64),
    /// The body: an index into the agreement's actors.
    pub body: usize,
    /// Whether it found the clause done or kept; else not.
    pub done: bool,
    /// What it is about, as the decision names it.
    pub about: Vec<String>,
    /// Whether the body may determine it, and its rule was met.
    pub counts: Truth,
    /// Why, in a sentence without its full stop.
    pub because: String,
    /// How its members voted.
    pub votes: Tally,
    /// What the decision says for people: a dissent's reasons.
    pub note: Option<String>,
}

/// A matter that was put to a body, under one reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referred {
    /// The variant.
    pub variant: usize,
    /// The notice by which it was.
    pub notice: String,
    /// The body it lay before.
    pub body: usize,
    /// What is on record of it.
    pub state: Before,
    /// The last moment at which its time could have run out, where it had one.
    pub until: Option<i64>,
    /// To whom the text hands it on.
    pub next: ActorSet,
}

/// What is on record of a matter that lay before a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// It determined it in time.
    Determined,
    /// It may have: what it decided may not count, or not have been in time.
    CannotTell,
    /// Its time has not run out.
    Pending,
    /// Its time ran out, and no determination is on record.
    RanOut,
    /// The text sets it no time, and no determination is on record.
    NoTime,
}

impl Before {
    /// The field's words.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Determined => "determined in time",
            Self::CannotTell => "cannot tell",
            Self::Pending => "pending",
            Self::RanOut => "ran out, no determination on record",
            Self::NoTime => "no time set",
        }
    }
}

/// The finding that a subject is, or the clause.
fn is_about(subject: &str, provision: &str) -> bool {
    stands_under(provision, subject) || subject.strip_prefix(provision).is_some_and(|rest| rest.starts_with(':'))
}

fn about(notice: &Notice, provision: &str) -> bool {
    notice.subject.iter().any(|subject| is_about(subject, provision))
}

fn bodies(agreement: &Agreement) -> impl Iterator<Item = (usize, &Body)> {
    agreement.actors.iter().enumerate().filter_map(|(index, actor)| Some((index, actor.body.as_ref()?)))
}

/// Whether a body may determine a provision, and why.
fn may(agreement: &Agreement, index: usize, provision: &str) -> (Truth, String) {
    let name = agreement.actors.get(index).map(|actor| actor.name.as_str()).unwrap_or_default();
    let said: ActorSet = bodies(agreement)
        .filter(|(_, body)| body.determines(provision))
        .fold(ActorSet::NONE, |set, (index, _)| set.or(ActorSet::one(index)));
    if said.has(index) {
        return (Truth::True, format!("{name} determines it"));
    }
    if said.is_empty() {
        return (Truth::Unknown, "the text does not say who determines it".to_owned());
    }
    // Those to whom it may have passed.
    let mut ladder = said;
    for _ in 0..agreement.actors.len() {
        let on_it = bodies(agreement).filter(|(index, _)| ladder.has(*index));
        let next = on_it.filter_map(|(_, body)| Some(body.refers.as_ref()?.to));
        ladder = next.fold(ladder, ActorSet::or);
    }
    let theirs = agreement.names_of(said);
    if ladder.has(index) {
        (Truth::Unknown, format!("{theirs} determines it first, and that it had passed to {name} is not on record"))
    } else {
        (Truth::False, format!("the text gives it to {theirs} to determine"))
    }
}

/// Whether a body decided as it decides, in words.
fn rule_in_words(agreement: &Agreement, body: &Body, tally: Tally, met: Truth) -> String {
    let dissent = agreement.names_of(tally.opposed);
    let how = body.rule.map_or_else(
        || "how it decides is not said".to_owned(),
        |rule| match rule {
            Rule::Chair => "its chair decides".to_owned(),
            rule => format!("it decides by {}", rule.word()),
        },
    );
    match met {
        Truth::True => format!("{how}, and {} agreed", agreement.names_of(tally.in_favour)),
        Truth::False if !dissent.is_empty() => format!("{how}, and {dissent} dissented"),
        Truth::False => format!("{how}, and too few of its members took part or agreed"),
        Truth::Unknown if body.members.is_empty() => "who sits in it is not said".to_owned(),
        Truth::Unknown if body.rule == Some(Rule::Chair) => format!("{how}, and that it did is not on record"),
        Truth::Unknown if !tally.unrecorded.is_empty() => {
            format!("{how}, and how {} voted is not on record", agreement.names_of(tally.unrecorded))
        }
        Truth::Unknown => format!("{how}, and whether enough of its members took part cannot be told"),
    }
}

/// What was determined under each variant, within the period.
pub(crate) fn determined(variants: &[Variant<'_>], notices: &[Notice], window: (i64, i64)) -> Vec<Determination> {
    let decisions =
        |n: &&Notice| n.kind == Kind::Decision && matches!(n.effect, Effect::FoundDone | Effect::FoundNotDone);
    let decisions: Vec<&Notice> =
        notices.iter().filter(decisions).filter(|n| n.from < window.1 && n.to > window.0).collect();
    let mut all = Vec::new();
    for (number, variant) in variants.iter().enumerate() {
        for notice in decisions.iter().filter(|n| about(n, &variant.provision.id)) {
            all.extend(each(number, variant, notice));
        }
    }
    all
}

/// One for each body whose decision it is said to be.
fn each(number: usize, variant: &Variant<'_>, notice: &Notice) -> Vec<Determination> {
    let agreement = variant.agreement;
    let by = notice.said_by(agreement);
    let theirs = bodies(agreement).filter(|(index, _)| by.has(*index));
    theirs
        .map(|(index, body)| {
            let (may, why) = may(agreement, index, &variant.provision.id);
            let (votes, met) = taken(body, notice, agreement);
            Determination {
                variant: number,
                notice: notice.id.clone(),
                when: (notice.from, notice.to),
                body: index,
                done: notice.effect == Effect::FoundDone,
                about: notice.subject.clone(),
                counts: may.and(met),
                because: format!("{why}; {}", rule_in_words(agreement, body, votes, met)),
                votes,
                note: notice.record.note.clone(),
            }
        })
        .collect()
}

/// What was referred to bodies under each variant, step by step.
pub(crate) fn referred(
    variants: &[Variant<'_>],
    notices: &[Notice],
    determined: &[Determination],
    window: (i64, i64),
) -> Vec<Referred> {
    let mut all = Vec::new();
    for (number, variant) in variants.iter().enumerate() {
        let agreement = variant.agreement;
        let put = notices.iter().filter(|n| n.kind == Kind::Notification && n.effect == Effect::Notified);
        for notice in put.filter(|n| n.from < window.1 && n.to > window.0 && about(n, &variant.provision.id)) {
            let to = Naming::of(&notice.record.side_b.join("|"), agreement).at(notice.from, notice.to).certain;
            let mut before: VecDeque<(usize, (i64, i64))> = bodies(agreement)
                .filter(|(index, _)| to.has(*index))
                .map(|(index, _)| (index, (notice.from, notice.to)))
                .collect();
            // Nothing comes before the same body twice: a ladder may lead back.
            let mut seen: BTreeSet<usize> = BTreeSet::new();
            while let Some((index, since)) = before.pop_front() {
                let Some(body) =
                    agreement.actors.get(index).and_then(|a| a.body.as_ref()).filter(|_| seen.insert(index))
                else {
                    continue;
                };
                let ours: Vec<&Determination> =
                    determined.iter().filter(|d| d.variant == number && d.body == index).collect();
                let (step, ran) = lay(agreement, body, &ours, since, window.1);
                let next = body.refers.as_ref().map_or(ActorSet::NONE, |refers| refers.to);
                all.push(Referred {
                    variant: number,
                    notice: notice.id.clone(),
                    body: index,
                    state: step,
                    until: ran.map(|(_, last)| last),
                    next,
                });
                if let (Before::RanOut | Before::CannotTell, Some(ran)) = (step, ran) {
                    before.extend(next.iter().map(|next| (next, ran)));
                }
            }
        }
    }
    all
}

/// What is on record of a matter that lay before a body since some moment, and
/// between which moments its time ran out.
fn lay(
    agreement: &Agreement,
    body: &Body,
    ours: &[&Determination],
    (since, at_last): (i64, i64),
    window_ends: i64,
) -> (Before, Option<(i64, i64)>) {
    let within = body.refers.as_ref().and_then(|refers| refers.within);
    let later = |at: i64| {
        let after = Timestamp::from_second(at).ok().and_then(|at| agreement.clock.add(at, within?));
        after.map(Timestamp::as_second)
    };
    let ran = later(since).zip(later(at_last));
    let (first, last) = ran.unwrap_or((i64::MAX, i64::MAX));
    let in_time = |d: &&&Determination| d.counts == Truth::True && d.when.0 >= at_last && d.when.1 <= first;
    let perhaps = |d: &&&Determination| d.counts != Truth::False && d.when.1 > since && d.when.0 < last;
    let state = if ours.iter().any(|d| in_time(&d)) {
        Before::Determined
    } else if ours.iter().any(|d| perhaps(&d)) {
        Before::CannotTell
    } else if ran.is_none() {
        Before::NoTime
    } else if window_ends < last {
        Before::Pending
    } else {
        Before::RanOut
    };
    (state, ran)
}
