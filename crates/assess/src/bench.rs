//! One row under one variant: the points on which it is judged.

use std::cell::OnceCell;
use std::rc::Rc;

use armistice_records::{Act, Direction, Effect, Kind, RecordColumns, WordColumn};
use armistice_terms::{ActorSet, Conduct, Duty, Exception, Forbid, Target, Units, weapons};
use arrow_array::Array;

use crate::acting::{Acting, against, one_way, prevented, union, why_unknown};
use crate::actors::{Naming, Side};
use crate::conduct;
use crate::counting::{self, Counting};
use crate::evidence::stands_under;
use crate::fields::{Far, Fields};
use crate::finding::{Dimension, Judgement, Point, verdict};
use crate::height::held;
use crate::hours::at_hours;
use crate::leave::opened;
use crate::meant::Meant;
use crate::names::Names;
use crate::place::{Placing, Placings};
use crate::reason::Reason;
use crate::sources::Rung;
use crate::truth::Truth;
use crate::variant::Variant;

/// One variant set up for one batch.
pub(crate) struct Bench<'a> {
    variant: &'a Variant<'a>,
    columns: &'a RecordColumns<'a>,
    names: Rc<Names<'a>>,
    /// Per distinct weapons text: whether the class holds it, once that was asked.
    armed: Vec<OnceCell<Option<bool>>>,
    /// The ground it speaks of, if it does not hold anywhere.
    ground: Option<Meant<'a>>,
    units: &'a Units,
}

impl<'a> Bench<'a> {
    pub(crate) fn new(
        variant: &'a Variant<'a>,
        columns: &'a RecordColumns<'a>,
        names: Rc<Names<'a>>,
        (units, placings): (&'a Units, &mut Placings),
    ) -> Self {
        let armed = vec![OnceCell::new(); columns.weapons.names.len()];
        let ground = Meant::of(variant, columns, placings);
        Self { variant, columns, names, armed, ground, units }
    }

    /// Judges one row on all points but the last two, which hang on other
    /// records too. With `all`, every point is judged even where one has settled
    /// the matter, so that it can be explained.
    pub(crate) fn judge(&self, row: usize, when: (i64, i64), all: bool, placings: &mut Placings) -> Judgement {
        const NOT_REACHED: Point = Point { truth: Truth::Unknown, reason: Reason::NotReached };
        let mut points = [NOT_REACHED; 7];
        let mut candidates = ActorSet::NONE;
        let mut placing = Placing::untold(Reason::NotReached);
        let mut acting = Acting::default();
        let mut counting = None;
        let mut in_force = 0.0;
        for dimension in Dimension::JUDGED {
            let (truth, reason) = match dimension {
                Dimension::Time => {
                    let (truth, reason, share) = self.time(when);
                    in_force = share;
                    (truth, reason)
                }
                Dimension::Act => {
                    let (truth, reason, counted) = self.act(row, when);
                    counting = counted;
                    (truth, reason)
                }
                Dimension::Actor => {
                    acting = self.actor(row, when);
                    candidates = acting.candidates;
                    (acting.truth, acting.reason)
                }
                Dimension::Place => {
                    placing = self.place(row, placings);
                    (placing.truth, placing.reason)
                }
                Dimension::Weapon => self.weapon(row),
                // Until all records are in, nothing speaks against it.
                Dimension::Source => (Truth::True, Reason::NotReached),
                Dimension::Exception => self.exception(row, when, &acting),
            };
            if let Some(slot) = points.get_mut(dimension as usize) {
                *slot = Point { truth, reason };
            }
            if truth == Truth::False && dimension < Dimension::Source && !all {
                break;
            }
        }
        Judgement { points, verdict: verdict(&points), candidates, placing, in_force, rung: Rung::Reported, counting }
    }

    /// What puts a row out of scope wherever it was, and with it all rows alike
    /// that happened in the same stretch of time (see [`alike`](crate::alike)).
    pub(crate) fn against(&self, row: usize, when: (i64, i64)) -> Option<Reason> {
        let not = |(truth, reason): (Truth, Reason)| (truth == Truth::False).then_some(reason);
        let (truth, reason, _) = self.in_force(when);
        let out = not((truth, reason));
        // Hours and numbers are each row's own.
        if out.is_some() || self.variant.provision.force.hours.is_some() {
            return out;
        }
        if self.variant.provision.duty.limits().is_some() {
            return not(self.done(row, when));
        }
        let (truth, reason, _) = self.act(row, when);
        let acting = || self.actor(row, when);
        not((truth, reason)).or_else(|| not((acting().truth, acting().reason))).or_else(|| not(self.weapon(row)))
    }

    /// When a row against which nothing else speaks is so far from the ground spoken
    /// of that it would come out as outside, judged in full.
    pub(crate) fn far(&self, fields: &Fields) -> Option<(usize, Far)> {
        let provision = self.variant.provision;
        // Hours and numbers come first, and are each row's own.
        let placed = provision.force.hours.is_none() && provision.duty.limits().is_none();
        self.ground.as_ref().filter(|_| placed)?.far(fields)
    }

    fn in_force(&self, when: (i64, i64)) -> (Truth, Reason, f64) {
        let unsaid = (Truth::Unknown, Reason::StraddlesForce, 0.0);
        let standard = self.variant.agreement.standard_for(self.variant.provision);
        let line = self.variant.timeline.as_ref();
        line.map_or(unsaid, |line| line.probably(when.0, when.1, standard))
    }

    fn time(&self, when: (i64, i64)) -> (Truth, Reason, f64) {
        let (truth, reason, share) = self.in_force(when);
        match self.variant.provision.force.hours.as_ref().map(|hours| at_hours(hours, when)) {
            Some((within, why)) if within < truth => (within, why, share),
            _ => (truth, reason, share),
        }
    }

    /// What an inspection says of this very provision: done, or not done.
    fn found(&self, row: usize) -> Option<bool> {
        let effect = self.columns.effect.is_valid(row).then(|| self.columns.effect.value(row));
        let done = match effect.and_then(Effect::from_code)? {
            Effect::FoundDone => true,
            Effect::FoundNotDone => false,
            _ => return None,
        };
        let about = match self.columns.subject.get(row) {
            Some(subjects) => subjects.split('|').any(|s| stands_under(&self.variant.provision.id, s)),
            // Of no clause in particular, it is about what can be inspected.
            None => matches!(self.variant.provision.duty, Duty::StandOff { .. } | Duty::WithdrawBy { .. }),
        };
        about.then_some(done)
    }

    /// Whether it is the act, with what its number comes to where one is set.
    fn act(&self, row: usize, when: (i64, i64)) -> (Truth, Reason, Option<Counting>) {
        let (truth, reason) = self.done(row, when);
        match self.variant.provision.duty.limits() {
            Some(limit) if truth == Truth::True => {
                let whole = self.counts(row);
                let of = (self.actor(row, when).candidates.len() as u64).max(1);
                let row = (self.columns, row, whole, of);
                counting::breaches(limit, row, when, (&self.variant.agreement.clock, &self.variant.provision.force))
            }
            Some(_) => (truth, reason, None),
            // What was seen of nothing is no act.
            None if truth != Truth::False && self.found(row).is_none() && !of_access(self.columns, row) => {
                let (any, why) = counting::any(self.columns, row);
                if any < truth { (any, why, None) } else { (truth, reason, None) }
            }
            None => (truth, reason, None),
        }
    }

    /// Whether a row states a number about this very provision.
    pub(crate) fn counts(&self, row: usize) -> bool {
        let about = |subjects: &str| subjects.split('|').any(|s| stands_under(&self.variant.provision.id, s));
        counting::counted(self.columns, row) && self.columns.subject.get(row).is_some_and(about)
    }

    /// Whether it is the act, whatever its number.
    fn done(&self, row: usize, when: (i64, i64)) -> (Truth, Reason) {
        match self.found(row) {
            Some(true) => return (Truth::False, Reason::FoundDone),
            // Of a deed that is all there is to say; of what must not stand
            // somewhere, it is not said what stood there.
            Some(false) if self.variant.provision.duty.deed().is_some() => {
                return match self.variant.deed.as_ref().and_then(|deed| deed.left_out(when)) {
                    Some(Truth::False) => (Truth::False, Reason::PeriodRuns),
                    Some(Truth::Unknown) => (Truth::Unknown, Reason::PeriodUnclear),
                    _ => (Truth::True, Reason::FoundNotDone),
                };
            }
            Some(false) => return (Truth::Unknown, Reason::FoundNotDone),
            None => {}
        }
        if of_access(self.columns, row) {
            return self.access(row);
        }
        let act = self.columns.act.get(row).copied().and_then(Act::from_code).unwrap_or(Act::Other);
        match &self.variant.provision.duty {
            Duty::Forbid(Forbid { conduct: Conduct::Attack, on: Target::Civilians, .. }) => match act {
                Act::AttackCivilians => (Truth::True, Reason::ActForbidden),
                Act::Attack if self.civilians_hit(row, when) == Truth::True => (Truth::True, Reason::ActForbidden),
                Act::Attack if self.civilians_hit(row, when) == Truth::Unknown => {
                    (Truth::Unknown, Reason::CiviliansHit)
                }
                Act::Attack
                    if !self.columns.civilian_deaths.is_null(row) && self.columns.civilian_deaths.value(row) > 0 =>
                {
                    (Truth::Unknown, Reason::CiviliansDied)
                }
                _ => (Truth::False, Reason::OtherAct),
            },
            // An attack on civilians is judged on, so that it is counted as what
            // it is: against civilians, not against a party.
            Duty::Forbid(forbid) => match conduct::is(forbid.conduct, act) {
                Truth::True => (Truth::True, Reason::ActForbidden),
                Truth::Unknown => (Truth::Unknown, Reason::MayBeSuch),
                Truth::False => (Truth::False, Reason::OtherAct),
            },
            Duty::Limit(limit) => match counting::counted(self.columns, row) {
                true if self.counts(row) => (Truth::True, Reason::AboutClause),
                // A count about another clause.
                true => (Truth::False, Reason::OtherAct),
                false if counting::acts(limit.dealing).contains(&act) => (Truth::True, Reason::ActForbidden),
                false => (Truth::False, Reason::OtherAct),
            },
            Duty::StandOff { .. } | Duty::WithdrawBy { .. } => match act {
                Act::Presence => (Truth::True, Reason::ActForbidden),
                // Who fights or moves stands somewhere.
                Act::Attack | Act::AttackCivilians | Act::Movement => (Truth::Unknown, Reason::ActTellsNoPosition),
                _ => (Truth::False, Reason::OtherAct),
            },
            Duty::Deed(_) | Duty::ForPeople(_) | Duty::NotEvaluable(_) => (Truth::False, Reason::OtherAct),
        }
    }

    /// What a report of access is of a term on the monitors' freedom of movement.
    fn access(&self, row: usize) -> (Truth, Reason) {
        let hindering = self.variant.provision.duty.forbids().is_some_and(|f| f.conduct == Conduct::HinderMonitors);
        let effect = self.columns.effect.is_valid(row).then(|| self.columns.effect.value(row));
        match effect.and_then(Effect::from_code) {
            Some(Effect::AccessDenied) if hindering => (Truth::True, Reason::ActForbidden),
            Some(Effect::AccessLimited) if hindering => (Truth::Unknown, Reason::AccessLimited),
            _ => (Truth::False, Reason::OtherAct),
        }
    }

    /// Whether it was civilians that an attack was on: nobody else, or some
    /// among others, or on a side that may have acted itself.
    fn civilians_hit(&self, row: usize, when: (i64, i64)) -> Truth {
        let (a, b) = self.names.sides(self.columns, row, when);
        let directed = self.columns.direction.get(row).copied() == Some(Direction::AOnB.code());
        let alone = b.civilians && b.anyone().is_empty() && !b.others && !b.unknown;
        match directed {
            true if alone => Truth::True,
            true => {
                if b.civilians {
                    Truth::Unknown
                } else {
                    Truth::False
                }
            }
            false => {
                if a.civilians || b.civilians {
                    Truth::Unknown
                } else {
                    Truth::False
                }
            }
        }
    }

    fn actor(&self, row: usize, when: (i64, i64)) -> Acting {
        let (a, b) = self.names.sides(self.columns, row, when);
        self.acting(row, a, b)
    }

    fn acting(&self, row: usize, a: Side, b: Side) -> Acting {
        let bound = self.variant.provision.bound;
        let access = of_access(self.columns, row);
        let directed = access || self.columns.direction.get(row).copied() == Some(Direction::AOnB.code());
        // A monitor tells of its access on side A; who gave or refused it is on B.
        let (a, b) = if access { (b, a) } else { (a, b) };
        if self.variant.provision.duty.deed().is_some() && self.found(row) == Some(false) {
            return undone(bound, union(a, b));
        }
        let acting = match &self.variant.provision.duty {
            Duty::Forbid(forbid) => {
                let by = forbid.by.unwrap_or(bound);
                let acting = if forbid.conduct.is_presence() {
                    self.presence(by, a, b, directed)
                } else {
                    self.attack(forbid.on, by, a, b, directed)
                };
                if forbid.by.is_some() { prevented(acting, bound) } else { acting }
            }
            // A count about what one party owes is of that party, whoever is named.
            Duty::Limit(_) if self.counts(row) && bound.len() == 1 => {
                Acting { truth: Truth::True, reason: Reason::AboutClause, candidates: bound, on: Side::default() }
            }
            // What is counted of several is not all of one's.
            Duty::Limit(_) => {
                let there = if directed { a } else { union(a, b) };
                let found = self.presence(bound, a, b, directed);
                if found.truth == Truth::True && !there.only(bound) {
                    Acting { truth: Truth::Unknown, reason: why_unknown(bound, there, there), ..found }
                } else {
                    found
                }
            }
            _ => self.presence(bound, a, b, directed),
        };
        if acting.truth == Truth::False && self.found(row) == Some(false) {
            // The inspector says what was not done, not by whom.
            return Acting { truth: Truth::Unknown, reason: Reason::NobodyKnown, candidates: bound, ..acting };
        }
        acting
    }

    fn presence(&self, bound: ActorSet, a: Side, b: Side, directed: bool) -> Acting {
        let there = if directed { a } else { union(a, b) };
        let certain = there.certain.and(bound);
        let possible = if there.unknown { bound } else { there.anyone().and(bound) };
        let (truth, reason) = if !certain.is_empty() {
            (Truth::True, Reason::NamedThere)
        } else if possible.is_empty() {
            // Nobody need be named beside who was there.
            (Truth::False, self.why_not(a, if directed { Side { unknown: false, ..b } } else { b }))
        } else {
            (Truth::Unknown, why_unknown(bound, a, b))
        };
        Acting { truth, reason, candidates: possible, on: Side::default() }
    }

    fn attack(&self, on: Target, bound: ActorSet, a: Side, b: Side, directed: bool) -> Acting {
        let there = one_way(on, bound, a, b);
        let back = if directed { (Truth::False, ActorSet::NONE) } else { one_way(on, bound, b, a) };
        let (truth, reason) = match (there.0, back.0) {
            (Truth::True, _) if directed => (Truth::True, Reason::NamedActor),
            (Truth::True, Truth::True) => (Truth::True, Reason::OneOfSeveral),
            (Truth::False, Truth::False) => (Truth::False, self.why_not(a, b)),
            (Truth::True, Truth::False) | (Truth::False, Truth::True) => (Truth::Unknown, Reason::MayHaveActed),
            _ if directed && on == Target::Civilians && a.only(bound) && !b.civilians && !b.unknown => {
                (Truth::Unknown, Reason::CiviliansNotNamed)
            }
            _ => (Truth::Unknown, why_unknown(bound, a, b)),
        };
        let on = match (there.0, back.0) {
            _ if directed => b,
            (Truth::False, Truth::False) => union(a, b),
            (Truth::False, _) => a,
            (_, Truth::False) => b,
            _ => union(a, b),
        };
        Acting { truth, reason, candidates: there.1.or(back.1), on }
    }

    /// Why a provision does not hold between two sides: the plainest reason.
    fn why_not(&self, a: Side, b: Side) -> Reason {
        let certain = a.certain.or(b.certain);
        if !certain.and(self.names.excluded).is_empty() {
            Reason::ExcludedGroup
        } else if a.civilians || b.civilians {
            Reason::AgainstCivilians
        } else if a.others || b.others || a.unknown || b.unknown || !certain.and(self.names.outsiders).is_empty() {
            Reason::NotNamed
        } else {
            Reason::OtherSides
        }
    }

    fn place(&self, row: usize, placings: &mut Placings) -> Placing {
        if self.counts(row) && self.variant.provision.duty.limits().is_some() {
            return Placing { truth: Truth::True, ..Placing::untold(Reason::AboutClause) };
        }
        let placing = match &self.ground {
            Some(ground) => ground.placing(self.columns, row, self.units, placings),
            None => Placing { truth: Truth::True, ..Placing::untold(Reason::Anywhere) },
        };
        // Where it was is over what ground, and how high above it.
        let duty = &self.variant.provision.duty;
        let heights = [duty.forbids().and_then(|forbid| forbid.height), duty.zone().and_then(|zone| zone.height)];
        heights.into_iter().flatten().fold(placing, |placing, height| match placing.truth {
            Truth::False => placing,
            _ => placing.at_height(held(height, self.columns, row)),
        })
    }

    fn weapon(&self, row: usize) -> (Truth, Reason) {
        if let Some(limit) = self.variant.provision.duty.limits() {
            let about = self.counts(row);
            return if about {
                (Truth::True, Reason::AboutClause)
            } else {
                counting::of_what(&limit.what, &self.variant.agreement.systems, self.columns, row)
            };
        }
        let Some(class) = self.variant.provision.duty.forces().and_then(|f| f.weapons.as_ref()) else {
            return (Truth::True, Reason::AnyWeapon);
        };
        let Some(text) = self.columns.weapons.get(row) else {
            return (Truth::Unknown, Reason::WeaponNotRecorded);
        };
        let slot = usize::try_from(self.columns.weapons.keys.value(row)).ok().and_then(|key| self.armed.get(key));
        let of_class = || matches(class, &self.variant.agreement.systems, text);
        match slot.map_or_else(of_class, |slot| *slot.get_or_init(of_class)) {
            Some(true) => (Truth::True, Reason::WeaponListed),
            Some(false) => (Truth::False, Reason::WeaponOther),
            None => (Truth::Unknown, Reason::WeaponUnclear),
        }
    }

    fn exception(&self, row: usize, when: (i64, i64), acting: &Acting) -> (Truth, Reason) {
        let exceptions = &self.variant.provision.exceptions;
        if exceptions.is_empty() {
            return (Truth::False, Reason::NoException);
        }
        let mut found = (Truth::False, Reason::ExceptionDoesNotFit);
        for exception in exceptions {
            let one = match exception {
                Exception::Against(actors) => against(*actors, acting.on),
                Exception::Steps(_) => {
                    let names = (self.variant.provision.id.as_str(), self.columns.record_id.value(row));
                    opened(&self.variant.steps, names, acting.candidates, when)
                }
                // It lies with the party that invokes it to claim it; until it
                // does, the record stands as recorded.
                Exception::SelfDefence(_) | Exception::ForPeople(_) => {
                    let id = self.columns.record_id.value(row);
                    let provision = &self.variant.provision.id;
                    let claimed = self.variant.claims.iter().any(|c| c.opens(provision, id, acting.candidates));
                    if claimed {
                        (Truth::Unknown, Reason::ExceptionClaimed)
                    } else {
                        (Truth::False, Reason::ExceptionNotClaimed)
                    }
                }
            };
            let plainer = matches!(one.1, Reason::ExceptionNotClaimed | Reason::StepMissing);
            let weightier = one.0 > found.0 || (one.0 == found.0 && plainer);
            if weightier {
                found = one;
            }
        }
        found
    }
}

/// Who of those bound may have done what one row tells, under one variant.
pub(crate) fn candidates(
    variant: &Variant<'_>,
    columns: &RecordColumns<'_>,
    row: usize,
    within: (i64, i64),
) -> ActorSet {
    let side = |column: &WordColumn<'_>| {
        let text = column.get(row).unwrap_or_default();
        Naming::under(text, variant.agreement, &variant.adherence).at(within.0, within.1)
    };
    let (a, b) = (side(&columns.side_a), side(&columns.side_b));
    let names = Names::none(variant.agreement, &variant.adherence);
    let (units, armed) = (Units::default(), Vec::new());
    Bench { variant, columns, names: Rc::new(names), armed, ground: None, units: &units }.acting(row, a, b).candidates
}

/// Who has not done what was found not done: those bound whom the record names,
/// or if it names none, all of them alike.
fn undone(bound: ActorSet, named: Side) -> Acting {
    let candidates = named.anyone().and(bound);
    let (truth, reason) = if !named.certain.and(bound).is_empty() {
        (Truth::True, Reason::NamedThere)
    } else if !candidates.is_empty() {
        (Truth::Unknown, if named.unaccepted { Reason::AcceptanceUnclear } else { Reason::NameCoversOthers })
    } else {
        (Truth::True, Reason::ThoseBound)
    };
    let candidates = if candidates.is_empty() { bound } else { candidates };
    Acting { truth, reason, candidates, on: Side::default() }
}

/// Whether a row tells of the access monitors had.
fn of_access(columns: &RecordColumns<'_>, row: usize) -> bool {
    columns.kind.get(row).is_some_and(|kind| *kind == Kind::Access.code())
}

/// Whether any of the weapons a record names is in a class.
fn matches(class: &[weapons::Weapon], systems: &[weapons::System], text: &str) -> Option<bool> {
    let each: Vec<Option<bool>> = text.split('|').map(|name| weapons::matches(class, systems, name)).collect();
    if each.contains(&Some(true)) {
        Some(true)
    } else if each.contains(&None) {
        None
    } else {
        Some(false)
    }
}
