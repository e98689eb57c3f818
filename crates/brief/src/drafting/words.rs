//! A change of meaning as a sentence.

use armistice_drafting::{Aspect, Change, Effect, How, Under};
use armistice_terms::{Clock, Provision};
use jiff::Timestamp;

use crate::show::talks::lasting;
use crate::show::words::list;

/// What a sentence needs to know of the two texts.
#[derive(Clone, Copy)]
pub(super) struct Teller<'a> {
    /// The clock of the old text.
    pub(super) old: &'a Clock,
    /// The clock of the new.
    pub(super) new: &'a Clock,
}

impl Teller<'_> {
    /// The change, what it does to whom, and under which readings. `what` is what
    /// a distance is a distance for.
    pub(super) fn sentence(&self, change: &Change, what: Option<&str>) -> String {
        format!("{}{}{}", self.change(change, what), effect(change.effect, &change.whom), under(&change.under))
    }

    pub(super) fn change(&self, change: &Change, what: Option<&str>) -> String {
        match &change.how {
            How::Added(thing) => added(change.aspect, thing),
            How::Dropped(thing) => dropped(change.aspect, thing),
            How::Words { old, new } => format!("{} changed from «{old}» to «{new}»", aspect(change.aspect)),
            How::Length { old, new } if change.aspect == Aspect::GoodTo => {
                let word = if new < old { "better" } else { "less well" };
                format!("known {word}: good to {new}, was {old}")
            }
            How::Length { old, new } => {
                let word = if new < old { "shortened" } else { "lengthened" };
                let what = what.map(|what| format!(" for {what}")).unwrap_or_default();
                format!("stand-off{what} {word} from {old} to {new}")
            }
            How::Time { old, new } => self.moved(change.aspect, *old, *new),
            How::Count { old, new } if change.aspect == Aspect::Number => {
                format!("the number changed from {old} to {new}")
            }
            How::Count { old, new } => format!("kept for {new} consecutive days, was {old}"),
            How::Moved(None) => "moved: its outline or course is another".to_owned(),
            How::Moved(Some(by)) => format!("moved: at its farthest, by {by}"),
        }
    }

    fn moved(&self, of: Aspect, old: Timestamp, new: Timestamp) -> String {
        // Two texts of two time zones: an hour says nothing without its own.
        let zone = |clock: &Clock| {
            if self.old.zone_name == self.new.zone_name { String::new() } else { format!(" {}", clock.zone_name) }
        };
        let was = format!("{}{}", self.old.show(old), zone(self.old));
        let is = format!("{}{}", self.new.show(new), zone(self.new));
        // A second is the difference between *by* an hour and *before* it.
        if of == Aspect::Deadline && new.as_second().abs_diff(old.as_second()) == 1 {
            let at = self.new.show(new.min(old));
            let (now, then) = if new < old { ("before", "by") } else { ("by", "before") };
            return format!("deadline {now} {at}, was {then} it");
        }
        let (by, word) = if new < old { (lasting(new, old), "earlier") } else { (lasting(old, new), "later") };
        format!("{} {by} {word}: {is}, was {was}", aspect(of))
    }
}

/// What an aspect is called, before what became of it.
const fn aspect(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Signed => "the day of signature",
        Aspect::Zone => "the time zone of its hours",
        Aspect::DayStart => "when days start",
        Aspect::Standard => "the standard of proof",
        Aspect::Role => "what it is to the agreement",
        Aspect::Name => "a name in the records",
        Aspect::Voice => "through whom it speaks",
        Aspect::Guarantor => "who answers for it",
        Aspect::AcceptBy => "acceptance due",
        Aspect::Lister => "who keeps the list of who it is",
        Aspect::Accepted => "accepted",
        Aspect::Withdrew => "withdrew",
        Aspect::Member => "who sits in it",
        Aspect::DecidesBy => "how it decides",
        Aspect::Quorum => "its quorum",
        Aspect::Determines => "what it determines",
        Aspect::RefersTo => "to whom it hands on",
        Aspect::Moment => "falls",
        Aspect::Shape => "the place itself has moved; the ground meant",
        Aspect::GoodTo => "how well it is known",
        Aspect::Weapons => "its weapons",
        Aspect::System => "what it is",
        Aspect::Bound => "who is bound",
        Aspect::Act => "what is demanded",
        Aspect::Target => "whom it protects",
        Aspect::Forces => "what must be kept out",
        Aspect::Distance => "the distance",
        Aspect::Ground => "the ground meant",
        Aspect::Deadline => "deadline",
        Aspect::Begins => "begins",
        Aspect::Ends => "ends",
        Aspect::Exception => "an exception",
        Aspect::Verifier => "who verifies",
        Aspect::Condition => "a condition",
        Aspect::Remark => "a remark",
        Aspect::Decidable => "why records cannot decide it",
        Aspect::Rules => "how its days count",
        Aspect::Clauses => "what it waits for",
        Aspect::Days => "its days",
        Aspect::Certifier => "who certifies",
        Aspect::Written => "what nothing evaluates",
        Aspect::Meaning => "its meaning",
        Aspect::HangsOn => "what it hangs on",
        Aspect::Holder => "who holds it",
        Aspect::Holding => "what it holds",
        Aspect::Stored => "where it is stored",
        Aspect::Sealed => "under whose seal",
        Aspect::Ratio => "so many for so many",
        Aspect::OwedBy => "owed by",
        Aspect::OwedTo => "owed to",
        Aspect::First => "who is first",
        Aspect::PhaseBegins => "how it begins",
        Aspect::PhaseEnds => "how it ends",
        Aspect::PhaseToldBy => "who says that it begins, rests and ends",
        Aspect::PhaseWhile => "what must run meanwhile",
        Aspect::PhaseRests => "what lets it stand still",
        Aspect::PhaseFallsBack => "what runs once it has lapsed or while it stands still",
        Aspect::InForce => "in force",
        Aspect::NotPublic => "why it is not public",
        Aspect::Authentic => "which language decides",
        Aspect::Published => "where it was published",
        Aspect::Relation => "how it stands to others",
        Aspect::Number => "the number",
        Aspect::Displaced => "ceases",
    }
}

fn added(aspect: Aspect, thing: &str) -> String {
    match aspect {
        Aspect::Name => format!("known in the records as {thing}, new"),
        Aspect::Voice => format!("speaks through {thing}, new"),
        Aspect::Guarantor => format!("{thing} answers for it now"),
        Aspect::Member => format!("{thing} sits in it too"),
        Aspect::AcceptBy => format!("binds only those who accept by {thing} now"),
        Aspect::Lister => format!("{thing} keeps the list of who it is now"),
        Aspect::Accepted => format!("bound from {thing}, which was not said"),
        Aspect::Withdrew => format!("bound until {thing}, which was not said"),
        Aspect::Weapons => format!("{thing} added"),
        Aspect::System => format!("is {thing}, which was not said"),
        Aspect::Bound => format!("{thing} is bound too"),
        Aspect::Forces => format!("{thing} must be kept out too"),
        Aspect::Exception => format!("new exception: {thing}"),
        Aspect::Verifier => format!("{thing} is to verify it, new"),
        Aspect::Condition => format!("new condition: {thing}"),
        Aspect::Remark => format!("also says now: {thing}"),
        Aspect::Decidable => format!("records can decide it now, which they could not: {thing}"),
        Aspect::Rules => format!("days count {thing}"),
        Aspect::Clauses => format!("waits for {thing} too"),
        Aspect::Certifier => format!("{thing} is to certify, new"),
        Aspect::Begins => format!("counts from {thing}, which was not known"),
        Aspect::Displaced => format!("ceases now: {thing}"),
        Aspect::Written => format!("new, and evaluated by nothing: {thing}"),
        Aspect::Signed
        | Aspect::Zone
        | Aspect::DayStart
        | Aspect::Standard
        | Aspect::Role
        | Aspect::DecidesBy
        | Aspect::Quorum
        | Aspect::Determines
        | Aspect::RefersTo
        | Aspect::Moment
        | Aspect::Shape
        | Aspect::GoodTo
        | Aspect::Act
        | Aspect::Target
        | Aspect::Distance
        | Aspect::Ground
        | Aspect::Deadline
        | Aspect::Ends
        | Aspect::Days
        | Aspect::Meaning
        | Aspect::HangsOn
        | Aspect::Holder
        | Aspect::Holding
        | Aspect::Stored
        | Aspect::Sealed
        | Aspect::Ratio
        | Aspect::OwedBy
        | Aspect::OwedTo
        | Aspect::First
        | Aspect::PhaseBegins
        | Aspect::PhaseEnds
        | Aspect::PhaseToldBy
        | Aspect::PhaseWhile
        | Aspect::PhaseRests
        | Aspect::PhaseFallsBack
        | Aspect::InForce
        | Aspect::NotPublic
        | Aspect::Authentic
        | Aspect::Published
        | Aspect::Relation
        | Aspect::Number => format!("{}: {thing}, new", self::aspect(aspect)),
    }
}

fn dropped(aspect: Aspect, thing: &str) -> String {
    match aspect {
        Aspect::Name => format!("no longer known in the records as {thing}"),
        Aspect::Voice => format!("no longer speaks through {thing}"),
        Aspect::Guarantor => format!("{thing} no longer answers for it"),
        Aspect::Member => format!("{thing} no longer sits in it"),
        Aspect::AcceptBy => format!("no longer binds only those who accept by {thing}"),
        Aspect::Lister => format!("{thing} no longer keeps the list of who it is"),
        Aspect::Accepted => format!("no longer says from when it is bound, which was {thing}"),
        Aspect::Withdrew => format!("no longer says until when it is bound, which was {thing}"),
        Aspect::Weapons => format!("{thing} taken out"),
        Aspect::System => format!("no longer said to be {thing}"),
        Aspect::Bound => format!("{thing} is no longer bound"),
        Aspect::Forces => format!("{thing} need no longer be kept out"),
        Aspect::Exception => format!("exception dropped: {thing}"),
        Aspect::Verifier => format!("{thing} is no longer to verify it"),
        Aspect::Condition => format!("condition dropped: {thing}"),
        Aspect::Remark => format!("no longer says: {thing}"),
        Aspect::Decidable => format!("records can no longer decide it: {thing}"),
        Aspect::Rules => format!("days no longer count {thing}"),
        Aspect::Clauses => format!("no longer waits for {thing}"),
        Aspect::Certifier => format!("{thing} is no longer to certify"),
        Aspect::Begins => format!("no longer known from when it counts, which was {thing}"),
        Aspect::Displaced => format!("no longer ceases, which was: {thing}"),
        Aspect::Written => format!("gone, and evaluated by nothing: {thing}"),
        Aspect::Signed
        | Aspect::Zone
        | Aspect::DayStart
        | Aspect::Standard
        | Aspect::Role
        | Aspect::DecidesBy
        | Aspect::Quorum
        | Aspect::Determines
        | Aspect::RefersTo
        | Aspect::Moment
        | Aspect::Shape
        | Aspect::GoodTo
        | Aspect::Act
        | Aspect::Target
        | Aspect::Distance
        | Aspect::Ground
        | Aspect::Deadline
        | Aspect::Ends
        | Aspect::Days
        | Aspect::Meaning
        | Aspect::HangsOn
        | Aspect::Holder
        | Aspect::Holding
        | Aspect::Stored
        | Aspect::Sealed
        | Aspect::Ratio
        | Aspect::OwedBy
        | Aspect::OwedTo
        | Aspect::First
        | Aspect::PhaseBegins
        | Aspect::PhaseEnds
        | Aspect::PhaseToldBy
        | Aspect::PhaseWhile
        | Aspect::PhaseRests
        | Aspect::PhaseFallsBack
        | Aspect::InForce
        | Aspect::NotPublic
        | Aspect::Authentic
        | Aspect::Published
        | Aspect::Relation
        | Aspect::Number => format!("{}: {thing}, gone", self::aspect(aspect)),
    }
}

/// `; stricter for Government and Opposition`.
pub(super) fn effect(effect: Option<Effect>, whom: &[String]) -> String {
    let Some(effect) = effect else {
        return String::new();
    };
    let whom: Vec<&str> = whom.iter().map(String::as_str).collect();
    let whom = if whom.is_empty() { String::new() } else { format!(" for {}", list(&whom, "and")) };
    format!("; {}{whom}", word(effect))
}

/// The effect, as a word.
pub(super) const fn word(effect: Effect) -> &'static str {
    match effect {
        Effect::Stricter => "stricter",
        Effect::Looser => "looser",
    }
}

/// ` [where both follow "A"; or …]`; nothing if it is so under every reading.
pub(super) fn under(all: &[Under]) -> String {
    let told: Vec<String> = all.iter().map(one_under).filter(|words| !words.is_empty()).collect();
    if told.is_empty() { String::new() } else { format!(" [{}]", told.join("; or ")) }
}

fn one_under(under: &Under) -> String {
    let quoted = |sources: &[String]| sources.iter().map(|s| format!("\"{s}\"")).collect::<Vec<_>>().join(" with ");
    let parts = [("under", &under.both), ("the old text under", &under.old), ("the new text under", &under.new)];
    let told = parts.iter().filter(|(_, sources)| !sources.is_empty());
    told.map(|(word, sources)| format!("{word} {}", quoted(sources))).collect::<Vec<_>>().join(", ")
}

/// What a provision's distance is a distance for.
pub(super) fn what(provision: Option<&Provision>) -> Option<&str> {
    provision.and_then(|p| p.duty.forces()).map(|forces| forces.words.as_str())
}
