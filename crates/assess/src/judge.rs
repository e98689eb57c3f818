//! The kernel: a batch of records × the terms → findings.
//!
//! A pure function of its arguments. Names, weapons and time zones are decided
//! once per distinct value; the loop over rows only looks them up.

use armistice_records::{
    Act, Direction, Effect, Kind, RecordColumns, TimePrecision, WordColumn, clock as record_clock,
};
use armistice_terms::{ActorSet, Agreement, Clock, Duty, Exception, Forces, Provision, Role, Target, weapons};
use arrow_array::Array;

use crate::actors::{Naming, Side, of_role};
use crate::evidence::{Notice, stands_under};
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

impl Claim {
    /// Whether it is about a record that one of the candidates may have made.
    /// The record is named by its own id or by the finding's.
    pub(crate) fn opens(&self, provision: &str, record: &str, candidates: ActorSet) -> bool {
        let named = |name: &String| {
            name == record || name.strip_prefix(provision).and_then(|rest| rest.strip_prefix(':')) == Some(record)
        };
        !self.by.and(candidates).is_empty() && self.records.as_ref().is_none_or(|records| records.iter().any(named))
    }
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
        let open = provision.exceptions.iter().any(|e| !matches!(e, Exception::Against(_)));
        let claims = claims.filter(|claim| open && !claim.by.is_empty()).collect();
        Self { index, provision, agreement, answers, timeline, claims }
    }

    /// Whether an access report shows that all the provision speaks of could be
    /// seen: a declared monitor says so, and of no single place.
    pub(crate) fn trusts(&self, notice: &Notice) -> bool {
        let watchers = of_role(self.agreement, Role::Monitor).or(self.provision.verified_by);
        notice.vouches() && !notice.made_by(self.agreement).and(watchers).is_empty()
    }

    /// Whether records are judged under it at all.
    #[must_use]
    pub fn judges(&self) -> bool {
        self.timeline.is_some() && !matches!(self.provision.duty, Duty::NotEvaluable(_))
    }
}

/// When each row of a batch is reported to have happened, in seconds, in the
/// agreement's clock. An hour that came twice holds both.
#[must_use]
pub fn instants(columns: &RecordColumns<'_>, clock: &Clock) -> Vec<(i64, i64)> {
    let mut last: [(i64, i64); 3] = [(i64::MIN, 0); 3];
    let mut resolve = |which: usize, wall: i64, kind: u8| -> i64 {
        if kind == record_clock::UTC {
            return wall;
        }
        // Records of one day stand together; the last answer is mostly the next.
        if let Some((_, utc)) = last.get(which).filter(|(seen, _)| *seen == wall) {
            return *utc;
        }
        let local = jiff::Timestamp::from_second(wall).ok().map(|t| jiff::tz::TimeZone::UTC.to_datetime(t));
        let utc = local.and_then(|l| if which == 2 { clock.last_instant(l) } else { clock.instant(l) });
        let utc = utc.map_or(wall, jiff::Timestamp::as_second);
        if let Some(slot) = last.get_mut(which) {
            *slot = (wall, utc);
        }
        utc
    };
    let walls = columns.happened_from.iter().zip(columns.happened_until).zip(columns.clock);
    let precise = columns.time_precision.iter().map(|p| *p == TimePrecision::Moment.code());
    walls
        .zip(precise)
        .map(|(((from, until), kind), precise)| {
            let from = resolve(0, *from, *kind);
            // Where the clocks went forward, the end can come out before the
            // beginning; what happened took some time.
            (from, resolve(if precise { 2 } else { 1 }, *until, *kind).max(from + 1))
        })
        .collect()
}

/// By how many seconds, either way, a row may have happened outside its
/// reported interval: where the source's dates are closer together than it says
/// they are good for.
pub(crate) fn slack(columns: &RecordColumns<'_>, row: usize, (from, until): (i64, i64)) -> i64 {
    const DAY: i64 = 86_400;
    let precision = columns.time_precision.get(row).copied().and_then(TimePrecision::from_code);
    // The least and the most days that each precision stands for.
    let (least, most) = match precision {
        Some(TimePrecision::Moment | TimePrecision::Day) | None => return 0,
        Some(TimePrecision::Days) => (2, 6),
        Some(TimePrecision::Week) => (2, 7),
        Some(TimePrecision::Month) => (8, 31),
        Some(TimePrecision::Longer) => (32, 366),
    };
    let span = until - from;
    // An hour less is a day on which the clocks go forward.
    if span < least * DAY - 3600 { most * DAY - span } else { 0 }
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
            naming.map_or(Side { unknown: true, ..Side::default() }, |n| n.at(when.0, when.1))
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
            None => !matches!(self.variant.provision.duty, Duty::NoAttack { .. }),
        };
        about.then_some(done)
    }

    fn act(&self, row: usize) -> (Truth, Reason) {
        match self.found(row) {
            Some(true) => return (Truth::False, Reason::FoundDone),
            Some(false) => return (Truth::Unknown, Reason::FoundNotDone),
            None => {}
        }
        let act = self.columns.act.get(row).copied().and_then(Act::from_code).unwrap_or(Act::Other);
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
            Duty::StandOff { .. } | Duty::WithdrawBy { .. } => match act {
                Act::Presence => (Truth::True, Reason::ActForbidden),
                // Who fights or moves stands somewhere.
                Act::Attack | Act::AttackCivilians | Act::Movement => (Truth::Unknown, Reason::ActTellsNoPosition),
                _ => (Truth::False, Reason::OtherAct),
            },
            Duty::NotEvaluable(_) => (Truth::False, Reason::OtherAct),
        }
    }

    fn actor(&self, row: usize, when: (i64, i64)) -> Acting {
        let (a, b) = self.names.sides(self.columns, row, when);
        let bound = self.variant.provision.bound;
        let directed = self.columns.direction.get(row).copied() == Some(Direction::AOnB.code());
        let acting = match self.variant.provision.duty {
            Duty::NoAttack { on, .. } => self.attack(on, bound, a, b, directed),
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
            (Truth::False, self.why_not(a, b))
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
                    let provision = &self.variant.provision.id;
                    let claimed = self.variant.claims.iter().any(|c| c.opens(provision, id, acting.candidates));
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

/// Whether a bound actor attacked a protected one, if somebody among `by`
/// attacked somebody among `on`; and which bound actors that may have been.
///
/// A side may be several groups, and the record does not say which of them
/// acted, or was hit: it is certain only if it holds for each of them.
fn one_way(target: Target, bound: ActorSet, by: Side, on: Side) -> (Truth, ActorSet) {
    let may_act = if by.unknown { bound } else { by.anyone().and(bound) };
    let mut candidates = ActorSet::NONE;
    let mut each = Truth::True;
    for actor in may_act.iter() {
        let one = ActorSet::one(actor);
        let hit = hit(target, bound.without(one), on);
        if hit != Truth::False {
            candidates = candidates.or(one);
        }
        each = each.and(hit);
    }
    let truth = match each {
        _ if candidates.is_empty() => Truth::False,
        Truth::True if by.only(bound) => Truth::True,
        _ => Truth::Unknown,
    };
    (truth, candidates)
}

/// Whether an attack on a side was one on those protected.
fn hit(target: Target, fellows: ActorSet, on: Side) -> Truth {
    let protected = match target {
        // Whoever was attacked was somebody.
        Target::Anyone => return Truth::True,
        // Civilians died in a clash: the act was judged unknown already.
        Target::Civilians if on.civilians => return Truth::True,
        Target::Civilians => return Truth::Unknown,
        Target::EachOther => fellows,
        Target::Actors(set) => set,
    };
    if on.only(protected) {
        Truth::True
    } else if on.unknown || !on.anyone().and(protected).is_empty() {
        Truth::Unknown
    } else {
        Truth::False
    }
}

/// Why it cannot be told who acted on whom.
fn why_unknown(bound: ActorSet, a: Side, b: Side) -> Reason {
    if a.unknown || b.unknown {
        Reason::NobodyKnown
    } else if a.others || b.others || !a.possible.or(b.possible).is_empty() {
        Reason::NameCoversOthers
    } else if !a.certain.or(b.certain).without(bound).is_empty() {
        Reason::SideMixed
    } else {
        Reason::NameCoversOthers
    }
}

/// Whether an act on `on` is an act against `actors` and nobody else.
fn against(actors: ActorSet, on: Side) -> (Truth, Reason) {
    let may = on.anyone().and(actors);
    if may.is_empty() && !on.unknown {
        return (Truth::False, Reason::ExceptionDoesNotFit);
    }
    if on.only(actors) { (Truth::True, Reason::Excepted) } else { (Truth::Unknown, Reason::ExceptionUnclear) }
}

fn union(a: Side, b: Side) -> Side {
    let certain = a.certain.or(b.certain);
    Side {
        certain,
        possible: a.possible.or(b.possible).without(certain),
        others: a.others || b.others,
        unknown: a.unknown || b.unknown,
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
pub(crate) struct Judged {
    /// Recorded breaches, what cannot be told, and what is excepted.
    pub(crate) findings: Vec<Finding>,
    /// Records out of scope, by variant and reason, in the order of both.
    pub(crate) out_of_scope: std::collections::BTreeMap<(usize, Reason), u64>,
}

/// Judges every wanted row of one batch under every variant.
///
/// `when` gives each row's interval; `wanted` says which rows count. Rows that
/// are not of something that happened (decisions, claims …) are passed over.
pub(crate) fn judge(
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
            let slack = slack(columns, row, when);
            let judgement = bench.judge(row, (when.0 - slack, when.1 + slack), false);
            if judgement.verdict == Verdict::OutOfScope {
                let reason = judgement.against().map_or(Reason::NotReached, |(_, reason)| reason);
                *out.out_of_scope.entry((number, reason)).or_default() += 1;
            } else {
                let (from, until) = when;
                out.findings.push(Finding { variant: number, batch, row, from, until, slack, judgement });
            }
        }
    }
}
