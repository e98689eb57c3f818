//! The kernel: a batch of records × the terms → findings.
//!
//! A pure function of its arguments. Names, weapons and time zones are decided
//! once per distinct value; the loop over rows only looks them up.

use armistice_records::{Act, Direction, Effect, Kind, RecordColumns, WordColumn, clock as record_clock};
use armistice_terms::{ActorSet, Agreement, Clock, Duty, Exception, Forces, Provision, Role, Target, weapons};
use arrow_array::Array;

use crate::actors::{Naming, Side, of_role};
use crate::evidence::Notice;
use crate::finding::{Finding, Judgement, Point, Verdict, verdict};
use crate::force::Timeline;
use crate::place::{Measured, Placing, place};
use crate::reason::Reason;
use crate::truth::Truth;

/// An exception that bound parties claim, on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The notification's record id.
    pub id: String,
    /// Who claims it.
    pub by: ActorSet,
    /// The records it is claimed for; `None` for whatever they did under the
    /// provision.
    pub records: Option<Vec<String>>,
}

/// A provision under one reading of the brackets it hangs on.
#[derive(Clone, Debug)]
pub struct Variant<'a> {
    /// The provision's index.
    pub index: usize,
    /// The provision, so read.
    pub provision: &'a Provision,
    /// The agreement, so read.
    pub agreement: &'a Agreement,
    /// Which alternative it takes of each question it hangs on.
    pub answers: Vec<(usize, usize)>,
    /// When it binds; `None` if the text does not say from when.
    pub timeline: Option<Timeline>,
    /// Exceptions that bound parties claim.
    pub claims: Vec<Claim>,
}

impl<'a> Variant<'a> {
    pub(crate) fn new(
        index: usize,
        provision: &'a Provision,
        agreement: &'a Agreement,
        answers: Vec<(usize, usize)>,
        notices: &[Notice],
    ) -> Self {
        let timeline = Timeline::of(provision, agreement, notices);
        let claims = notices.iter().filter(|n| n.effect == Effect::ExceptionClaimed);
        let claims = claims.map(|n| Claim {
            id: n.id.clone(),
            by: n.made_by(agreement).and(provision.bound),
            records: (!n.concerns(&provision.id)).then(|| n.subject.clone()),
        });
        let claims = claims.filter(|claim| !claim.by.is_empty()).collect();
        Self { index, provision, agreement, answers, timeline, claims }
    }

    /// Whether records are judged under it at all.
    #[must_use]
    pub fn judges(&self) -> bool {
        self.timeline.is_some() && !matches!(self.provision.duty, Duty::NotEvaluable(_))
    }
}

/// When each row of a batch happened, in seconds, in the agreement's clock.
#[must_use]
pub fn instants(columns: &RecordColumns<'_>, clock: &Clock) -> Vec<(i64, i64)> {
    let mut last: [(i64, i64); 2] = [(i64::MIN, 0); 2];
    let mut resolve = |which: usize, wall: i64, kind: u8| -> i64 {
        if kind == record_clock::UTC {
            return wall;
        }
        // Records of one day stand together; the last answer is mostly the next.
        if let Some((_, utc)) = last.get(which).filter(|(seen, _)| *seen == wall) {
            return *utc;
        }
        let local = jiff::Timestamp::from_second(wall).ok().map(|t| jiff::tz::TimeZone::UTC.to_datetime(t));
        let utc = local.and_then(|l| clock.instant(l)).map_or(wall, jiff::Timestamp::as_second);
        if let Some(slot) = last.get_mut(which) {
            *slot = (wall, utc);
        }
        utc
    };
    let walls = columns.happened_from.iter().zip(columns.happened_until).zip(columns.clock);
    walls.map(|((from, until), kind)| (resolve(0, *from, *kind), resolve(1, *until, *kind))).collect()
}

/// The names of a batch under one reading, looked up once each.
pub(crate) struct Names {
    a: Vec<Naming>,
    b: Vec<Naming>,
    excluded: ActorSet,
    outsiders: ActorSet,
}

impl Names {
    pub(crate) fn of(columns: &RecordColumns<'_>, agreement: &Agreement) -> Self {
        let all = |column: &WordColumn<'_>| -> Vec<Naming> {
            column.names.iter().map(|name| Naming::of(name.unwrap_or_default(), agreement)).collect()
        };
        Self {
            a: all(&columns.side_a),
            b: all(&columns.side_b),
            excluded: of_role(agreement, Role::Excluded),
            outsiders: of_role(agreement, Role::Outsider).or(of_role(agreement, Role::Guarantor)),
        }
    }

    /// Who stood on each side of a row.
    pub(crate) fn sides(&self, columns: &RecordColumns<'_>, row: usize, when: (i64, i64)) -> (Side, Side) {
        let at = |column: &WordColumn<'_>, names: &[Naming]| -> Side {
            let key = (!column.keys.is_null(row)).then(|| column.keys.value(row));
            let naming = key.and_then(|key| names.get(usize::try_from(key).ok()?));
            // A side nobody wrote down could be anyone.
            naming.map_or(Side { others: true, ..Side::default() }, |n| n.at(when.0, when.1))
        };
        (at(&columns.side_a, &self.a), at(&columns.side_b, &self.b))
    }
}

/// One variant set up for one batch.
pub(crate) struct Bench<'a> {
    variant: &'a Variant<'a>,
    columns: &'a RecordColumns<'a>,
    names: &'a Names,
    /// Per distinct weapons text: whether the class holds it.
    armed: Vec<Option<bool>>,
    measured: Measured,
}

impl<'a> Bench<'a> {
    pub(crate) fn new(variant: &'a Variant<'a>, columns: &'a RecordColumns<'a>, names: &'a Names) -> Self {
        let armed = match forces(variant.provision).and_then(|f| f.weapons.as_ref()) {
            None => Vec::new(),
            Some(class) => columns.weapons.names.iter().map(|text| matches(class, text.unwrap_or_default())).collect(),
        };
        Self { variant, columns, names, armed, measured: Measured::default() }
    }

    /// Judges one row. With `all`, every point is judged even where one has
    /// settled the matter, so that it can be explained.
    pub(crate) fn judge(&mut self, row: usize, when: (i64, i64), all: bool) -> Judgement {
        const NOT_REACHED: Point = Point { truth: Truth::Unknown, reason: Reason::NotReached };
        let mut points = [NOT_REACHED; 6];
        let mut candidates = ActorSet::NONE;
        let mut placing = Placing {
            truth: Truth::Unknown,
            reason: Reason::NotReached,
            distance: None,
            radius: None,
            probability: None,
        };
        let mut acting = Acting::default();
        for (step, slot) in points.iter_mut().enumerate() {
            let (truth, reason) = match step {
                0 => self.time(when),
                1 => self.act(row),
                2 => {
                    acting = self.actor(row, when);
                    candidates = acting.candidates;
                    (acting.truth, acting.reason)
                }
                3 => {
                    placing = self.place(row);
                    (placing.truth, placing.reason)
                }
                4 => self.weapon(row),
                _ => self.exception(row, &acting),
            };
            *slot = Point { truth, reason };
            if truth == Truth::False && step < 5 && !all {
                break;
            }
        }
        Judgement { points, verdict: verdict(&points), candidates, placing }
    }

    fn time(&self, when: (i64, i64)) -> (Truth, Reason) {
        let unsaid = (Truth::Unknown, Reason::StraddlesForce);
        self.variant.timeline.as_ref().map_or(unsaid, |line| line.during(when.0, when.1))
    }

    fn act(&self, row: usize) -> (Truth, Reason) {
        let act = self.columns.act.get(row).copied().and_then(Act::from_code).unwrap_or(Act::Other);
        let kind = self.columns.kind.get(row).copied().and_then(Kind::from_code);
        match &self.variant.provision.duty {
            Duty::NoAttack { on: Target::Civilians, .. } => match act {
                Act::AttackCivilians => (Truth::True, Reason::ActForbidden),
                Act::Attack
                    if !self.columns.civilian_deaths.is_null(row) && self.columns.civilian_deaths.value(row) > 0 =>
                {
                    (Truth::Unknown, Reason::CiviliansDied)
                }
                _ => (Truth::False, Reason::OtherAct),
            },
            Duty::NoAttack { .. } => match act {
                Act::Attack => (Truth::True, Reason::ActForbidden),
                // Judged on, so that it is counted as what it is: against
                // civilians, not against a party.
                Act::AttackCivilians => (Truth::True, Reason::ActForbidden),
                _ => (Truth::False, Reason::OtherAct),
            },
            Duty::StandOff { .. } | Duty::WithdrawBy { .. } => match (kind, act) {
                (Some(Kind::Sighting | Kind::Inspection), Act::Presence) | (_, Act::Presence) => {
                    (Truth::True, Reason::ActForbidden)
                }
                (_, Act::Withdrawal) => (Truth::False, Reason::OtherAct),
                _ => (Truth::Unknown, Reason::ActTellsNoPosition),
            },
            Duty::NotEvaluable(_) => (Truth::False, Reason::OtherAct),
        }
    }

    fn actor(&self, row: usize, when: (i64, i64)) -> Acting {
        let (a, b) = self.names.sides(self.columns, row, when);
        let bound = self.variant.provision.bound;
        let directed = self.columns.direction.get(row).copied() == Some(Direction::AOnB.code());
        match self.variant.provision.duty {
            Duty::NoAttack { on, .. } => self.attack(on, bound, a, b, directed),
            _ => {
                let there = if directed { a } else { Side { civilians: false, ..union(a, b) } };
                let certain = there.certain.and(bound);
                let possible = there.anyone().and(bound);
                let (truth, reason) = if !certain.is_empty() {
                    (Truth::True, Reason::NamedThere)
                } else if !possible.is_empty() {
                    (Truth::Unknown, Reason::NameCoversOthers)
                } else {
                    (Truth::False, self.why_not(a, b))
                };
                Acting { truth, reason, candidates: possible, on: Side::default() }
            }
        }
    }

    fn attack(&self, on: Target, bound: ActorSet, a: Side, b: Side, directed: bool) -> Acting {
        let there = one_way(on, bound, a, b);
        if directed {
            let reason = match there.0 {
                Truth::True => Reason::NamedActor,
                Truth::Unknown => Reason::NameCoversOthers,
                Truth::False => self.why_not(a, b),
            };
            return Acting { truth: there.0, reason, candidates: there.1, on: b };
        }
        let back = one_way(on, bound, b, a);
        let candidates = there.1.or(back.1);
        let (truth, reason) = match (there.0, back.0) {
            (Truth::True, Truth::True) => (Truth::True, Reason::OneOfSeveral),
            (Truth::False, Truth::False) => (Truth::False, self.why_not(a, b)),
            (Truth::True, Truth::False) | (Truth::False, Truth::True) => (Truth::Unknown, Reason::MayHaveActed),
            _ => (Truth::Unknown, Reason::NameCoversOthers),
        };
        let on = match (there.0, back.0) {
            (Truth::False, Truth::False) => union(a, b),
            (Truth::False, _) => a,
            (_, Truth::False) => b,
            _ => union(a, b),
        };
        Acting { truth, reason, candidates, on }
    }

    /// Why a provision does not hold between two sides: the plainest reason.
    fn why_not(&self, a: Side, b: Side) -> Reason {
        let certain = a.certain.or(b.certain);
        if !certain.and(self.names.excluded).is_empty() {
            Reason::ExcludedGroup
        } else if a.civilians || b.civilians {
            Reason::AgainstCivilians
        } else if a.others || b.others || !certain.and(self.names.outsiders).is_empty() {
            Reason::NotNamed
        } else {
            Reason::OtherSides
        }
    }

    fn place(&mut self, row: usize) -> Placing {
        let zone = match &self.variant.provision.duty {
            Duty::NoAttack { within, .. } => within.as_ref(),
            Duty::StandOff { zone, .. } | Duty::WithdrawBy { zone, .. } => Some(zone),
            Duty::NotEvaluable(_) => None,
        };
        place(zone, self.columns, row, self.variant.agreement.standard_of_proof, &mut self.measured)
    }

    fn weapon(&self, row: usize) -> (Truth, Reason) {
        if forces(self.variant.provision).is_none_or(|f| f.weapons.is_none()) {
            return (Truth::True, Reason::AnyWeapon);
        }
        let keys = self.columns.weapons.keys;
        if keys.is_null(row) {
            return (Truth::Unknown, Reason::WeaponNotRecorded);
        }
        match usize::try_from(keys.value(row)).ok().and_then(|key| self.armed.get(key)) {
            Some(Some(true)) => (Truth::True, Reason::WeaponListed),
            Some(Some(false)) => (Truth::False, Reason::WeaponOther),
            _ => (Truth::Unknown, Reason::WeaponUnclear),
        }
    }

    fn exception(&self, row: usize, acting: &Acting) -> (Truth, Reason) {
        let exceptions = &self.variant.provision.exceptions;
        if exceptions.is_empty() {
            return (Truth::False, Reason::NoException);
        }
        let mut found = (Truth::False, Reason::ExceptionDoesNotFit);
        for exception in exceptions {
            let one = match exception {
                Exception::Against(actors) => against(*actors, acting.on),
                // It lies with the party that invokes it to claim it; until it
                // does, the record stands as recorded.
                Exception::SelfDefence(_) | Exception::ForPeople(_) => {
                    let id = self.columns.record_id.value(row);
                    let covers = |records: &Vec<String>| records.iter().any(|r| r == id);
                    let claimed = self.variant.claims.iter().any(|claim| {
                        !claim.by.and(acting.candidates).is_empty() && claim.records.as_ref().is_none_or(covers)
                    });
                    if claimed {
                        (Truth::Unknown, Reason::ExceptionClaimed)
                    } else {
                        (Truth::False, Reason::ExceptionNotClaimed)
                    }
                }
            };
            let weightier = one.0 > found.0 || (one.0 == found.0 && one.1 == Reason::ExceptionNotClaimed);
            if weightier {
                found = one;
            }
        }
        found
    }
}

/// Who acted on whom, as far as the record says.
#[derive(Clone, Copy, Debug)]
struct Acting {
    truth: Truth,
    reason: Reason,
    candidates: ActorSet,
    /// The side or sides that may have been acted upon.
    on: Side,
}

impl Default for Acting {
    fn default() -> Self {
        Self { truth: Truth::Unknown, reason: Reason::NotReached, candidates: ActorSet::NONE, on: Side::default() }
    }
}

/// Whether a bound actor among `by` attacked a protected one among `on`, if it
/// was `by` who attacked; and who of them that may have been.
fn one_way(target: Target, bound: ActorSet, by: Side, on: Side) -> (Truth, ActorSet) {
    let mut truth = Truth::False;
    let mut candidates = ActorSet::NONE;
    for actor in by.anyone().and(bound).iter() {
        let one = ActorSet::one(actor);
        let acted = if by.certain.has(actor) { Truth::True } else { Truth::Unknown };
        let protected = match target {
            Target::EachOther => Some(bound.without(one)),
            Target::Actors(set) => Some(set),
            Target::Civilians => None,
            Target::Anyone => Some(ActorSet(u64::MAX)),
        };
        let hit = match protected {
            // Whoever was attacked was somebody.
            Some(ActorSet(u64::MAX)) => Truth::True,
            Some(set) if !on.certain.and(set).is_empty() => Truth::True,
            Some(set) if !on.possible.and(set).is_empty() => Truth::Unknown,
            Some(_) => Truth::False,
            None if on.civilians => Truth::True,
            // Civilians died in a clash: the act was judged unknown already.
            None => Truth::Unknown,
        };
        let both = acted.and(hit);
        if both != Truth::False {
            candidates = candidates.or(one);
        }
        truth = truth.or(both);
    }
    (truth, candidates)
}

/// Whether an act on `on` is an act against `actors` and nobody else.
fn against(actors: ActorSet, on: Side) -> (Truth, Reason) {
    let named = on.certain.and(actors);
    let may = on.anyone().and(actors);
    if may.is_empty() {
        return (Truth::False, Reason::ExceptionDoesNotFit);
    }
    let only = on.anyone().without(actors).is_empty() && !on.others && !on.civilians;
    if only && !named.is_empty() { (Truth::True, Reason::Excepted) } else { (Truth::Unknown, Reason::ExceptionUnclear) }
}

fn union(a: Side, b: Side) -> Side {
    let certain = a.certain.or(b.certain);
    Side {
        certain,
        possible: a.possible.or(b.possible).without(certain),
        others: a.others || b.others,
        civilians: a.civilians || b.civilians,
    }
}

fn forces(provision: &Provision) -> Option<&Forces> {
    match &provision.duty {
        Duty::StandOff { what, .. } | Duty::WithdrawBy { what, .. } => Some(what),
        _ => None,
    }
}

/// Whether any of the weapons a record names is in a class.
fn matches(class: &[weapons::Weapon], text: &str) -> Option<bool> {
    let each: Vec<Option<bool>> = text.split('|').map(|name| weapons::matches(class, name)).collect();
    if each.contains(&Some(true)) {
        Some(true)
    } else if each.contains(&None) {
        None
    } else {
        Some(false)
    }
}

/// How many records each reason put out of a provision's scope, and the
/// findings that remain.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// Recorded breaches, what cannot be told, and what is excepted.
    pub findings: Vec<Finding>,
    /// Records out of scope, by variant and reason, in the order of both.
    pub out_of_scope: std::collections::BTreeMap<(usize, Reason), u64>,
}

/// Judges every wanted row of one batch under every variant.
///
/// `when` gives each row's interval; `wanted` says which rows count. Rows that
/// are not of something that happened (decisions, claims …) are passed over.
pub fn judge(
    batch: usize,
    columns: &RecordColumns<'_>,
    variants: &[Variant<'_>],
    when: &[(i64, i64)],
    wanted: &[bool],
    out: &mut Judged,
) {
    let mut names: Vec<(*const Agreement, Names)> = Vec::new();
    for variant in variants.iter().filter(|v| v.judges()) {
        let reading: *const Agreement = variant.agreement;
        if !names.iter().any(|(known, _)| std::ptr::eq(*known, reading)) {
            names.push((reading, Names::of(columns, variant.agreement)));
        }
    }
    let happened = |row: usize| {
        let kind = columns.kind.get(row).copied().and_then(Kind::from_code);
        matches!(kind, Some(Kind::Incident | Kind::Sighting | Kind::Inspection))
    };
    let rows: Vec<(usize, (i64, i64))> = when
        .iter()
        .zip(wanted)
        .enumerate()
        .filter(|(row, (_, wanted))| **wanted && happened(*row))
        .map(|(row, (when, _))| (row, *when))
        .collect();
    for (number, variant) in variants.iter().enumerate().filter(|(_, v)| v.judges()) {
        let Some((_, names)) = names.iter().find(|(known, _)| std::ptr::eq(*known, variant.agreement)) else {
            continue;
        };
        let mut bench = Bench::new(variant, columns, names);
        for &(row, when) in &rows {
            let judgement = bench.judge(row, when, false);
            if judgement.verdict == Verdict::OutOfScope {
                let reason = judgement.against().map_or(Reason::NotReached, |(_, reason)| reason);
                *out.out_of_scope.entry((number, reason)).or_default() += 1;
            } else {
                let (from, until) = when;
                out.findings.push(Finding { variant: number, batch, row, from, until, judgement });
            }
        }
    }
}
