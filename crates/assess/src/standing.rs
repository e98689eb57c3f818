//! Findings → standings: what a period comes to for a provision and a party.

use std::collections::BTreeMap;

use armistice_records::{Dataset, Effect};
use armistice_terms::{ActorSet, Bound, Duty};
use jiff::Timestamp;

use crate::evidence::Notice;
use crate::finding::{Dimension, Finding, Verdict};
use crate::force::Timeline;
use crate::knowledge::At;
use crate::persistence::{Persistence, persistence};
use crate::reason::Reason;
use crate::showing::Showing;
use crate::truth::Truth;
use crate::variant::Variant;

/// What a period comes to for one provision and one party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// No breach is recorded, and somebody was able to look throughout.
    Kept,
    /// No breach is recorded; nobody is known to have been able to look.
    NoBreachRecorded,
    /// At least one breach is recorded.
    Breached,
    /// The readings of the text give different answers.
    Disputed,
    /// The term is clear; what is on record does not decide.
    NotDeterminable,
    /// The deadline has not come.
    NotYetDue,
    /// It did not bind in this period.
    NotInForce,
    /// Only people can judge it; the records that bear on it are listed.
    ForAssessment,
    /// No record could ever decide it.
    NotEvaluable,
}

impl Standing {
    /// What the words say, for whoever meets them first.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Kept => "no breach is recorded, and somebody was able to look all the while",
            Self::NoBreachRecorded => "none is recorded, and nobody is known to have been able to look",
            Self::Breached => "a breach is on record",
            Self::Disputed => "the readings of the text, or of the records' names, give different answers",
            Self::NotDeterminable => "what is on record does not decide it",
            Self::NotYetDue => "its time has not come",
            Self::NotInForce => "it did not bind in this period",
            Self::ForAssessment => "only people can judge it; what bears on it is listed",
            Self::NotEvaluable => "no record could ever decide it as it is written",
        }
    }

    /// The field's words.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::NoBreachRecorded => "no breach recorded",
            Self::Breached => "breached",
            Self::Disputed => "disputed",
            Self::NotDeterminable => "not determinable",
            Self::NotYetDue => "not yet due",
            Self::NotInForce => "not in force",
            Self::ForAssessment => "for human assessment",
            Self::NotEvaluable => "not evaluable",
        }
    }
}

/// The rule that decided a standing, in the order in which they are tried
/// (`docs/semantics.md`, section 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// No record could ever decide it, or its beginning cannot be placed.
    NotEvaluable = 1,
    /// It begins only after the period.
    NotBegun = 2,
    /// It had ended before the period.
    Over = 3,
    /// A breach is recorded, by this party alone.
    Breached = 4,
    /// A breach is recorded, by it or another.
    BySeveral = 5,
    /// A record cannot be told.
    Untold = 6,
    /// None of the data could show a breach.
    NoData = 7,
    /// Whether it bound is not on record.
    ForceUnknown = 8,
    /// It did not bind in the period.
    NotBound = 9,
    /// No breach, and one would have been on record.
    Kept = 10,
    /// No breach, and one may have gone unseen.
    NothingRecorded = 11,
    /// Only people can judge it.
    ForPeople = 12,
    /// A deed was found done in time, and not done when it was due.
    BothWays = 13,
    /// A deed was found done in time, or kept throughout.
    DoneInTime = 14,
    /// A deed was found not done when it was due, by a notice.
    LeftUndone = 15,
    /// Nothing on record says whether a deed was done in time.
    NotSaid = 16,
}

impl Ground {
    /// The standing it gives.
    #[must_use]
    pub const fn standing(self, duty: &Duty) -> Standing {
        match self {
            Self::NotEvaluable => Standing::NotEvaluable,
            Self::NotBegun if duty.has_deadline() => Standing::NotYetDue,
            Self::NotBegun => Standing::NotInForce,
            Self::Over | Self::NotBound => Standing::NotInForce,
            Self::Breached | Self::LeftUndone => Standing::Breached,
            Self::BySeveral | Self::Untold | Self::NoData | Self::ForceUnknown | Self::BothWays | Self::NotSaid => {
                Standing::NotDeterminable
            }
            Self::Kept | Self::DoneInTime => Standing::Kept,
            Self::NothingRecorded => Standing::NoBreachRecorded,
            Self::ForPeople => Standing::ForAssessment,
        }
    }
}

/// How many events a standing rests on. An event counts once, however many
/// records tell of it, and as the gravest of what they come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Recorded breaches by this party; for the provision as a whole, by anyone.
    pub breaches: u64,
    /// Recorded breaches by this party or another: the record does not say which.
    pub shared: u64,
    /// Events of which it cannot be told.
    pub cannot_tell: u64,
    /// Events that an exception covers.
    pub excepted: u64,
}

/// A standing under one reading, with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The variant it is the standing of.
    pub variant: usize,
    /// The standing.
    pub standing: Standing,
    /// The rule that decided it.
    pub ground: Ground,
    /// Why, in a sentence without its full stop.
    pub because: String,
    /// The counts.
    pub counts: Counts,
    /// Whether its breaches are persistent, where the text says when they are.
    pub persistence: Option<Persistence>,
}

/// The standing of one party, or of the provision as a whole, under each
/// reading of the provision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The party's index, or `None` for the provision as a whole.
    pub party: Option<usize>,
    /// Under each reading.
    pub readings: Vec<Held>,
    /// All readings together: the same if they agree, else disputed.
    pub standing: Standing,
}

/// What standings are told apart by, besides findings.
pub(crate) struct Circumstances<'a> {
    pub(crate) window: (i64, i64),
    pub(crate) datasets: &'a [Dataset],
    pub(crate) notices: &'a [Notice],
    pub(crate) unread: u64,
}

impl Circumstances<'_> {
    /// Who had full access in every second of a stretch, and nothing on record says
    /// otherwise; nobody, if there is a gap.
    fn observers(&self, variant: &Variant<'_>, by: Option<ActorSet>, (from, until): (i64, i64)) -> ActorSet {
        let mut reached = from;
        let mut looked = ActorSet::NONE;
        // Notices are sorted by when they begin, so one pass closes every gap.
        for notice in self.notices.iter().filter(|n| n.concerns(&variant.provision.id)) {
            match notice.effect {
                Effect::AccessFull if notice.from <= reached && variant.trusts(notice, by) => {
                    if notice.to > reached && reached < until {
                        looked = looked.or(notice.made_by(variant.agreement));
                    }
                    reached = reached.max(notice.to);
                }
                // Limited at one place is not full everywhere.
                Effect::AccessLimited | Effect::AccessDenied if notice.within.0 < until && notice.within.1 > from => {
                    return ActorSet::NONE;
                }
                _ => {}
            }
        }
        if from < until && reached >= until { looked } else { ActorSet::NONE }
    }

    /// Whether a breach between two instants would be on record if there had
    /// been one: the data hold such things, all of them were read, and somebody
    /// could look. Only then does silence mean anything.
    /// With `by`, it is these who must have been able to look.
    pub(crate) fn would_show(&self, variant: &Variant<'_>, by: Option<ActorSet>, (from, until): (i64, i64)) -> bool {
        // A deed is not seen undone by chance: somebody must have found it done.
        if let Some(deed) = &variant.deed {
            return deed.shown(from, until);
        }
        let showing = Showing::of(&variant.provision.duty);
        // That enough was done does not follow from silence.
        !at_least(&variant.provision.duty)
            && self.shown_by(&showing)
            && !self.lethal_only(&showing)
            && self.unread == 0
            && !self.observers(variant, by, (from, until)).is_empty()
    }

    fn shown_by(&self, showing: &Showing) -> bool {
        self.datasets.iter().any(|d| showing.by(d))
    }

    /// Whether all that could show such a breach holds only what killed.
    fn lethal_only(&self, showing: &Showing) -> bool {
        let mut showing = self.datasets.iter().filter(|d| showing.by(d)).peekable();
        showing.peek().is_some() && showing.all(|d| d.reach.lethal_only)
    }
}

/// The standing of `party` (or of the whole provision) under one variant.
pub(crate) fn held(
    number: usize,
    variant: &Variant<'_>,
    party: Option<usize>,
    findings: &[&Finding],
    circumstances: &Circumstances<'_>,
) -> Held {
    let mut tally = Tally::default();
    // Of several records of one event, what they come to together.
    let mut shared: BTreeMap<At, Tally> = BTreeMap::new();
    for finding in findings {
        if party.is_none_or(|p| finding.judgement.candidates.has(p)) {
            let tally = finding.event.map_or(&mut tally, |event| shared.entry(event).or_default());
            tally.add(finding, party, circumstances.window);
        }
    }
    for event in shared.values() {
        tally.add_event(event);
    }
    let (ground, because) = decide(variant, party, &tally, circumstances);
    let persistent = variant.provision.persistent;
    let persistence = persistent.map(|rule| persistence(rule, party, findings, circumstances.window));
    let standing = ground.standing(&variant.provision.duty);
    Held { variant: number, standing, ground, because, counts: tally.counts, persistence }
}

/// Findings counted, and why some of them cannot be told.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) counts: Counts,
    untold: BTreeMap<(Dimension, Reason), u64>,
}

impl Tally {
    pub(crate) fn add(&mut self, finding: &Finding, party: Option<usize>, (first, after): (i64, i64)) {
        let judgement = &finding.judgement;
        let alone = party.is_none_or(|p| judgement.candidates == ActorSet::one(p));
        match judgement.verdict {
            // It may have happened before the period, or after it.
            Verdict::Breach if finding.within().0 < first || finding.within().1 > after => {
                self.counts.cannot_tell += 1;
                *self.untold.entry((Dimension::Time, Reason::StraddlesPeriod)).or_default() += 1;
            }
            Verdict::Breach if alone => self.counts.breaches += 1,
            Verdict::Breach => self.counts.shared += 1,
            Verdict::Excepted => self.counts.excepted += 1,
            Verdict::CannotTell => {
                self.counts.cannot_tell += 1;
                for point in judgement.untold() {
                    *self.untold.entry(point).or_default() += 1;
                }
            }
            Verdict::OutOfScope => {}
        }
    }

    /// Adds one event, told by the records of another tally.
    pub(crate) fn add_event(&mut self, event: &Self) {
        let Counts { breaches, shared, cannot_tell, excepted } = event.counts;
        if breaches > 0 {
            self.counts.breaches += 1;
        } else if shared > 0 {
            self.counts.shared += 1;
        } else if cannot_tell > 0 {
            self.counts.cannot_tell += 1;
            for point in event.untold.keys() {
                *self.untold.entry(*point).or_default() += 1;
            }
        } else {
            self.counts.excepted += u64::from(excepted > 0);
        }
    }
}

fn decide(
    variant: &Variant<'_>,
    party: Option<usize>,
    Tally { counts, untold }: &Tally,
    circumstances: &Circumstances<'_>,
) -> (Ground, String) {
    let provision = variant.provision;
    if let Some(why) = provision.duty.not_evaluable() {
        return (Ground::NotEvaluable, why.to_string());
    }
    let people = provision.duty.for_people().map(|f| format!("whether {} was kept, only people can judge", f.what));
    let Some(timeline) = &variant.timeline else {
        if let Some(why) = people {
            return (Ground::ForPeople, why);
        }
        let why = provision.force.from.as_ref().err().cloned().unwrap_or_default();
        return (Ground::NotEvaluable, why);
    };
    let (from, until) = circumstances.window;
    if let Some(displaced) = &provision.force.displaced {
        let at = displaced.at.as_second();
        if at <= from.max(timeline.begins()) {
            let since = variant.agreement.clock.show(displaced.at);
            return (Ground::Over, format!("it was {} from {since} on", displaced.by));
        }
    }
    if timeline.begins() >= until {
        let due = provision.duty.has_deadline();
        let why = if due { "its deadline has not come" } else { "it begins to bind only later" };
        return (Ground::NotBegun, why.to_owned());
    }
    if timeline.ended().is_some_and(|ended| ended <= from) {
        return (Ground::Over, "it had ended before".to_owned());
    }
    if let Some(why) = people {
        return (Ground::ForPeople, why);
    }
    let found = counts.breaches + counts.shared > 0;
    if variant.deed.as_ref().is_some_and(|deed| deed.both_ways(found, timeline, circumstances.window)) {
        return (Ground::BothWays, "it was found done in time, and found not done when it was due".to_owned());
    }
    if counts.breaches > 0 {
        let whose = match (party, counts.breaches) {
            (Some(_), _) => "by it alone",
            (None, 1) => "by at least one of the parties",
            (None, _) => "each by at least one of the parties",
        };
        return (
            Ground::Breached,
            format!("{}, {whose}", plural(counts.breaches, "recorded breach", "recorded breaches")),
        );
    }
    if counts.shared > 0 {
        let others = provision.bound.without(party.map_or(ActorSet::NONE, ActorSet::one));
        let names = variant.agreement.names_of(others);
        let breaches = plural(counts.shared, "recorded breach", "recorded breaches");
        let each = if counts.shared == 1 { "" } else { "each " };
        let why = format!("{breaches}, {each}by it or by {names}: the record does not say which");
        return (Ground::BySeveral, why);
    }
    if counts.cannot_tell > 0 {
        let main = untold.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
        let why = main.map_or("", |((_, reason), _)| reason.text());
        let events = plural(counts.cannot_tell, "event", "events");
        return (Ground::Untold, format!("{events} cannot be told, mostly because {why}"));
    }
    if let Some(deed) = &variant.deed {
        let alone = party.is_none() || provision.bound.len() == 1;
        return deed.stands(alone, timeline, circumstances.window, variant.agreement);
    }
    quiet(variant, timeline, circumstances)
}

/// Whether a duty is to reach a number.
fn at_least(duty: &Duty) -> bool {
    duty.limits().is_some_and(|limit| limit.bound == Bound::AtLeast)
}

/// No breach and no doubt: was anyone able to look, while it bound?
fn quiet(variant: &Variant<'_>, timeline: &Timeline, circumstances: &Circumstances<'_>) -> (Ground, String) {
    let showing = Showing::of(&variant.provision.duty);
    if !circumstances.shown_by(&showing) {
        let what = showing.words();
        return (Ground::NoData, format!("no record at hand could show it: none of the data holds {what}"));
    }
    let (from, until) = circumstances.window;
    let stretches = timeline.between(from, until);
    let show =
        |at: i64| Timestamp::from_second(at).map_or_else(|_| at.to_string(), |at| variant.agreement.clock.show(at));
    if let Some((since, _, _, reason)) = stretches.iter().find(|(_, _, truth, _)| *truth == Truth::Unknown) {
        let why = timeline.waits_for(*since).unwrap_or_else(|| reason.text().to_owned());
        let why = format!("no breach is recorded; from {} on, {why}", show(*since));
        return (Ground::ForceUnknown, why);
    }
    let mut bound = stretches.iter().filter(|(_, _, truth, _)| *truth == Truth::True).peekable();
    if bound.peek().is_none() {
        return (Ground::NotBound, "it did not bind in this period".to_owned());
    }
    let ended = timeline.ended().filter(|ended| *ended < until);
    let throughout = ended.map_or_else(|| "throughout".to_owned(), |ended| format!("until it ended, {}", show(ended)));
    let bound: Vec<(i64, i64)> = bound.map(|(from, until, ..)| (*from, *until)).collect();
    if bound.iter().all(|stretch| circumstances.would_show(variant, None, *stretch)) {
        let each = bound.iter().map(|stretch| circumstances.observers(variant, None, *stretch));
        let names = variant.agreement.names_of(each.fold(ActorSet::NONE, ActorSet::or));
        let why = format!("no breach is recorded, and full access by {names} is on record {throughout}");
        return (Ground::Kept, why);
    }
    let why = if at_least(&variant.provision.duty) {
        "that enough was done does not follow from silence".to_owned()
    } else if circumstances.lethal_only(&showing) {
        "the records hold only events in which somebody was killed".to_owned()
    } else if circumstances.unread > 0 {
        let rows = plural(circumstances.unread, "row of the records was", "rows of the records were");
        format!("{rows} left out because they cannot be read")
    } else {
        format!("nobody is known to have been able to look {throughout}")
    };
    (Ground::NothingRecorded, why)
}

/// All readings together: the same if they agree, else disputed.
pub(crate) fn together(readings: &[Held]) -> Standing {
    let mut each = readings.iter().map(|held| held.standing);
    let first = each.next().unwrap_or(Standing::NotDeterminable);
    if each.all(|standing| standing == first) { first } else { Standing::Disputed }
}

/// `1 breach`, `2 breaches`.
#[must_use]
pub fn plural(count: u64, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}
