//! The ladder of evidence: how well what a record tells is supported, by rule.
//!
//! What counts is from how many independent origins a thing is known, not how
//! often it is printed; and a party's word never counts for itself
//! (`docs/semantics.md`, section 6).

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use armistice_records::{Effect, Kind, RecordColumns};
use armistice_terms::{ActorSet, Agreement, Proof, Role, Way};
use arrow_array::Array;

use crate::actors::{Naming, Side, of_role};
use crate::bench::candidates;
use crate::events::Events;
use crate::evidence::{Notice, discounted};
use crate::finding::Point;
use crate::knowledge::At;
use crate::reason::Reason;
use crate::truth::Truth;
use crate::variant::Variant;
use crate::when::widened;

/// A rung of the ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// Graded as not to be believed.
    Discounted,
    /// Known from no origin but parties and those who speak for them.
    Alleged,
    /// Denied by somebody who is no party.
    Contested,
    /// Known from one origin that is no party's.
    Reported,
    /// Known from two such origins or more.
    Corroborated,
    /// A monitor saw it, or the party concerned says so of itself.
    Confirmed,
}

impl Rung {
    /// From the highest down.
    pub const ALL: [Self; 6] =
        [Self::Confirmed, Self::Corroborated, Self::Reported, Self::Contested, Self::Alleged, Self::Discounted];

    /// The word for reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Discounted => "discounted",
            Self::Alleged => "alleged",
            Self::Contested => "contested",
            Self::Reported => "reported",
            Self::Corroborated => "corroborated",
            Self::Confirmed => "confirmed",
        }
    }
}

/// Whose word an origin's is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Voice {
    /// A party's or a guarantor's, or it may be.
    Party,
    /// One who watches.
    Monitor,
    /// Anybody else's.
    Independent,
}

/// What reports come to.
#[derive(Clone, Default)]
struct Gathered {
    /// Whether a monitor tells it.
    monitor: bool,
    /// Whether the one who did it says so.
    admitted: bool,
    /// Origins that are no party's and no monitor's.
    origins: BTreeSet<String>,
    /// Whether a report does not say on whom it rests.
    unstated: bool,
    /// Of one report: whether nobody but parties tells it.
    only_party: bool,
    /// Of one report: whether it is told in a way that is admitted as proof.
    admissible: bool,
    /// What those of them come to that are admitted as proof.
    proven: Proven,
}

impl Gathered {
    fn add(&mut self, one: Self) {
        self.monitor |= one.monitor;
        self.admitted |= one.admitted;
        self.origins.extend(one.origins);
        self.unstated |= one.unstated;
        self.proven.by = self.proven.by.or(one.proven.by);
        self.proven.origins.extend(one.proven.origins);
        self.proven.unstated |= one.proven.unstated;
    }
}

/// What the admissible reports of one doing come to.
#[derive(Clone, Default)]
struct Proven {
    /// Whom their origins certainly mean.
    by: ActorSet,
    /// Their origins that are no party's.
    origins: BTreeSet<String>,
    /// Whether one of them does not say on whom it rests.
    unstated: bool,
}

impl Proven {
    fn meets(&self, proof: &Proof) -> bool {
        match proof {
            Proof::Sources(count) => {
                self.origins.len() + usize::from(self.unstated) >= usize::try_from(*count).unwrap_or(usize::MAX)
            }
            Proof::By(actors) => !self.by.and(*actors).is_empty(),
            Proof::Ways(_) => true,
        }
    }
}

/// The kind of record that tells so.
const fn told_so(way: Way) -> Kind {
    match way {
        Way::Incidents => Kind::Incident,
        Way::Sightings => Kind::Sighting,
        Way::Inspections => Kind::Inspection,
    }
}

/// Everything the ladder is climbed by.
pub(crate) struct Ladder<'v> {
    views: &'v [RecordColumns<'v>],
    whens: &'v [Vec<(i64, i64)>],
    events: &'v Events,
    /// Under each reading, what is denied by somebody who is no party.
    denied: Vec<(*const Agreement, BTreeSet<String>)>,
    /// Names of origins under each reading, looked up once each.
    known: RefCell<HashMap<*const Agreement, HashMap<String, Naming>>>,
    /// What the reports of an event come to, by whose doings and when.
    shared: RefCell<HashMap<Doing, Rc<Gathered>>>,
    /// Who may have done what a report tells, under a variant.
    doers: RefCell<HashMap<(At, *const ()), ActorSet>>,
    /// Whether an event is denied, under a variant.
    contested: RefCell<HashMap<(*const At, *const ()), bool>>,
}

/// An event, a variant, those whose doing it may be, and when.
type Doing = (*const At, *const (), ActorSet, (i64, i64));

impl<'v> Ladder<'v> {
    pub(crate) fn new(
        views: &'v [RecordColumns<'v>],
        whens: &'v [Vec<(i64, i64)>],
        events: &'v Events,
        notices: &[Notice],
        variants: &[Variant<'_>],
    ) -> Self {
        let mut ladder = Self {
            views,
            whens,
            events,
            denied: Vec::new(),
            known: RefCell::default(),
            shared: RefCell::default(),
            doers: RefCell::default(),
            contested: RefCell::default(),
        };
        for variant in variants {
            let agreement = variant.agreement;
            if ladder.denied.iter().any(|(known, _)| std::ptr::eq(*known, agreement)) {
                continue;
            }
            let denials = notices.iter().filter(|n| n.effect == Effect::Denied && !n.record.side_a.is_empty());
            let free = denials.filter(|n| n.word_of(agreement).is_none()).filter(|n| {
                let mut each = n.record.side_a.iter();
                each.all(|name| {
                    voice(ladder.means(name, agreement, (n.from, n.to)), agreement, ActorSet::NONE) != Voice::Party
                })
            });
            let denied = free.flat_map(|n| n.subject.iter().cloned()).collect();
            ladder.denied.push((agreement, denied));
        }
        ladder
    }

    /// How well a record is supported under a provision, and whether that is
    /// enough for it to count. `own` are the record's candidates.
    pub(crate) fn judge(&self, at: At, variant: &Variant<'_>, own: ActorSet) -> (Rung, Point) {
        let point = |truth, reason| Point { truth, reason };
        if self.discounted(at) {
            return (Rung::Discounted, point(Truth::False, Reason::Discounted));
        }
        let within = self.within(at);
        let mine = within.map(|within| self.told(at, variant, own, within)).unwrap_or_default();
        let shared = match (within, self.events.together(at)) {
            // Of a record that nobody bound has to do with, no other tells the same.
            (Some(within), Some(reports)) if !own.is_empty() => self.shared(reports, variant, own, within),
            _ => Rc::new(mine.clone()),
        };
        let Gathered { monitor, admitted, ref origins, unstated, ref proven, .. } = *shared;
        let (own_admission, own_party_only) = (mine.admitted, mine.only_party);
        let alone = [at];
        let reports: &[At] = self.events.together(at).unwrap_or(&alone);
        let independent = origins.len() + usize::from(unstated);
        let rung = if monitor || admitted {
            Rung::Confirmed
        } else if self.denied_here(reports, variant) {
            Rung::Contested
        } else if independent >= 2 {
            Rung::Corroborated
        } else if independent == 1 {
            Rung::Reported
        } else {
            Rung::Alleged
        };
        let point = match rung {
            _ if own_party_only && !own_admission => point(Truth::Unknown, Reason::PartysWord),
            Rung::Contested => point(Truth::Unknown, Reason::Contested),
            Rung::Confirmed if own_admission => point(Truth::True, Reason::Admitted),
            Rung::Confirmed if monitor => point(Truth::True, Reason::Observed),
            Rung::Confirmed => point(Truth::True, Reason::Admitted),
            Rung::Corroborated => point(Truth::True, Reason::Corroborated),
            _ => point(Truth::True, Reason::Reported),
        };
        let enough = variant.provision.proof.iter().all(|proof| mine.admissible && proven.meets(proof));
        let short = point.truth == Truth::True && !enough;
        (rung, if short { Point { truth: Truth::Unknown, reason: Reason::NotProven } } else { point })
    }

    /// What all reports of an event come to that tell of doings of some of `own`
    /// at some time of `within`; worked out once, for all the records alike in that.
    fn shared(&self, reports: &[At], variant: &Variant<'_>, own: ActorSet, within: (i64, i64)) -> Rc<Gathered> {
        let key = (reports.as_ptr(), std::ptr::from_ref(variant).cast::<()>(), own, within);
        if let Some(known) = self.shared.borrow().get(&key) {
            return Rc::clone(known);
        }
        let mut all = Gathered::default();
        for report in reports.iter().copied().filter(|report| !self.discounted(*report)) {
            let Some(when) = self.within(report).filter(|(a, b)| *a < within.1 && within.0 < *b) else {
                continue;
            };
            let who = self.doers(report, variant, when);
            if !who.and(own).is_empty() {
                all.add(self.told(report, variant, who, when));
            }
        }
        let all = Rc::new(all);
        self.shared.borrow_mut().insert(key, Rc::clone(&all));
        all
    }

    /// What one report comes to.
    fn told(&self, report: At, variant: &Variant<'_>, who: ActorSet, within: (i64, i64)) -> Gathered {
        let agreement = variant.agreement;
        let mut told =
            Gathered { only_party: true, admissible: self.admissible(report, variant), ..Gathered::default() };
        for group in self.groups(report) {
            let side = self.means(group, agreement, within);
            if told.admissible {
                told.proven.by = told.proven.by.or(side.certain);
                if !of_a_party(side, agreement) {
                    told.proven.origins.insert(group.to_lowercase());
                }
            }
            told.admitted |=
                !side.certain.is_empty() && side.only(side.certain) && who == side.certain && who.len() == 1;
            match voice(side, agreement, variant.provision.verified_by) {
                Voice::Party => {}
                Voice::Monitor => {
                    told.monitor = true;
                    told.only_party = false;
                }
                Voice::Independent => {
                    told.origins.insert(group.to_lowercase());
                    told.only_party = false;
                }
            }
        }
        if self.groups(report).next().is_none() {
            told.unstated = true;
            told.only_party = false;
            told.proven.unstated |= told.admissible;
        }
        told
    }

    /// Whether a record tells in a way that the provision admits as proof.
    fn admissible(&self, (batch, row): At, variant: &Variant<'_>) -> bool {
        let kind = self.views.get(batch).and_then(|view| view.kind.get(row).copied()).and_then(Kind::from_code);
        variant.provision.proof.iter().all(|proof| match proof {
            Proof::Ways(ways) => kind.is_some_and(|kind| ways.iter().any(|way| told_so(*way) == kind)),
            Proof::Sources(_) | Proof::By(_) => true,
        })
    }

    /// The origins that a record rests on.
    pub(crate) fn groups(&self, (batch, row): At) -> impl Iterator<Item = &'v str> + use<'v> {
        let text = self.views.get(batch).and_then(|columns| columns.independence_groups.get(row));
        text.into_iter().flat_map(|text| text.split('|'))
    }

    /// Whom an origin's name means, for something that happened then.
    pub(crate) fn means(&self, group: &str, agreement: &Agreement, (from, until): (i64, i64)) -> Side {
        let mut known = self.known.borrow_mut();
        let names = known.entry(agreement).or_default();
        match names.get(group) {
            Some(naming) => naming.at(from, until),
            None => names.entry(group.to_owned()).or_insert(Naming::of_origin(group, agreement)).at(from, until),
        }
    }

    fn within(&self, (batch, row): At) -> Option<(i64, i64)> {
        let (columns, whens) = (self.views.get(batch)?, self.whens.get(batch)?);
        Some(widened(columns, row, *whens.get(row)?))
    }

    /// Who of those bound may have done what a record tells.
    fn doers(&self, at: At, variant: &Variant<'_>, within: (i64, i64)) -> ActorSet {
        let key = (at, std::ptr::from_ref(variant).cast::<()>());
        if let Some(known) = self.doers.borrow().get(&key) {
            return *known;
        }
        let (batch, row) = at;
        let found = self.views.get(batch).map_or(ActorSet::NONE, |view| candidates(variant, view, row, within));
        self.doers.borrow_mut().insert(key, found);
        found
    }

    fn discounted(&self, (batch, row): At) -> bool {
        self.views.get(batch).is_some_and(|columns| discounted(columns, row))
    }

    /// Whether an event is denied; of several reports, looked up once.
    fn denied_here(&self, reports: &[At], variant: &Variant<'_>) -> bool {
        if reports.len() == 1 {
            return self.is_denied(reports, variant);
        }
        let key = (reports.as_ptr(), std::ptr::from_ref(variant).cast::<()>());
        if let Some(known) = self.contested.borrow().get(&key) {
            return *known;
        }
        let denied = self.is_denied(reports, variant);
        self.contested.borrow_mut().insert(key, denied);
        denied
    }

    fn is_denied(&self, reports: &[At], variant: &Variant<'_>) -> bool {
        let reading = self.denied.iter().find(|(known, _)| std::ptr::eq(*known, variant.agreement));
        let Some((_, denied)) = reading.filter(|(_, denied)| !denied.is_empty()) else {
            return false;
        };
        reports.iter().any(|(batch, row)| {
            let Some(columns) = self.views.get(*batch) else {
                return false;
            };
            let id = columns.record_id.value(*row);
            let event = columns.event.is_valid(*row).then(|| columns.event.value(*row));
            denied.contains(id)
                || denied.contains(&format!("{}:{id}", variant.provision.id))
                || event.is_some_and(|event| denied.contains(event))
        })
    }
}

/// Whether those whom a name means are parties or guarantors, or may be.
pub(crate) fn of_a_party(side: Side, agreement: &Agreement) -> bool {
    let sides = of_role(agreement, Role::Party).or(of_role(agreement, Role::Guarantor));
    !side.anyone().and(sides).is_empty()
}

/// Whose word it is that those say whom a name means.
fn voice(side: Side, agreement: &Agreement, verifiers: ActorSet) -> Voice {
    let watchers = of_role(agreement, Role::Monitor).or(verifiers);
    if of_a_party(side, agreement) {
        Voice::Party
    } else if !side.certain.and(watchers).is_empty() {
        Voice::Monitor
    } else {
        Voice::Independent
    }
}
