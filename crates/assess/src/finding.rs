//! What one record comes to under one provision.

use armistice_terms::ActorSet;

use crate::counting::Counting;
use crate::place::Placing;
use crate::reason::Reason;
use crate::sources::Rung;
use crate::truth::Truth;

/// The seven points on which a record is judged, in the order of judging.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// Did it happen while the provision bound?
    Time,
    /// Was it the act that the provision speaks of?
    Act,
    /// Did a bound party act, on one whom the provision protects?
    Actor,
    /// Did it happen where the provision holds?
    Place,
    /// With the weapons it speaks of?
    Weapon,
    /// Is it told by others than those whom it serves?
    Source,
    /// Does an exception cover it?
    Exception,
}

impl Dimension {
    /// All of them, in order.
    pub const ALL: [Self; 7] =
        [Self::Time, Self::Act, Self::Actor, Self::Place, Self::Weapon, Self::Source, Self::Exception];

    /// All of them, in the order in which they are judged and in which one is named
    /// that speaks against a breach: what costs most last.
    pub const JUDGED: [Self; 7] =
        [Self::Time, Self::Act, Self::Actor, Self::Weapon, Self::Place, Self::Source, Self::Exception];

    /// The word for reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Act => "act",
            Self::Actor => "actor",
            Self::Place => "place",
            Self::Weapon => "weapon",
            Self::Source => "source",
            Self::Exception => "exception",
        }
    }
}

/// One point's judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// So, not so, or it cannot be told.
    pub truth: Truth,
    /// Why.
    pub reason: Reason,
}

/// What a record comes to under a provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Every point is so and no exception covers it: a recorded breach, by at
    /// least one of the candidates.
    Breach,
    /// Some point cannot be told and none speaks against it.
    CannotTell,
    /// It would be a breach but for an exception.
    Excepted,
    /// Some point speaks against it.
    OutOfScope,
}

impl Verdict {
    /// The word for machines.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Breach => "recorded breach",
            Self::CannotTell => "cannot tell",
            Self::Excepted => "excepted",
            Self::OutOfScope => "out of scope",
        }
    }
}

/// A record judged under one provision and one reading of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judgement {
    /// The seven points, in the order of [`Dimension::ALL`].
    pub points: [Point; 7],
    /// What they come to.
    pub verdict: Verdict,
    /// The bound parties who may have acted.
    pub candidates: ActorSet,
    /// The arithmetic of place.
    pub placing: Placing,
    /// The share of its time in which the provision bound.
    pub in_force: f64,
    /// How well what it tells is supported.
    pub rung: Rung,
    /// What its number comes to, where the provision sets one.
    pub counting: Option<Counting>,
}

impl Judgement {
    /// The judgement on one point.
    #[must_use]
    pub fn point(&self, dimension: Dimension) -> Point {
        let [time, act, actor, place, weapon, source, exception] = self.points;
        match dimension {
            Dimension::Time => time,
            Dimension::Act => act,
            Dimension::Actor => actor,
            Dimension::Place => place,
            Dimension::Weapon => weapon,
            Dimension::Source => source,
            Dimension::Exception => exception,
        }
    }

    /// Adds how well it is supported, and what it comes to with that.
    pub(crate) fn support(&mut self, (rung, point): (Rung, Point)) {
        let [.., source, _] = &mut self.points;
        *source = point;
        self.rung = rung;
        self.verdict = verdict(&self.points);
    }

    /// The first point that speaks against a breach.
    #[must_use]
    pub fn against(&self) -> Option<(Dimension, Reason)> {
        let mut points = Dimension::JUDGED.into_iter().take(6).map(|dimension| (dimension, self.point(dimension)));
        points.find(|(_, point)| point.truth == Truth::False).map(|(dimension, point)| (dimension, point.reason))
    }

    /// The points that cannot be told.
    pub fn untold(&self) -> impl Iterator<Item = (Dimension, Reason)> {
        let points = Dimension::ALL.into_iter().zip(self.points);
        points.filter(|(_, point)| point.truth == Truth::Unknown).map(|(d, point)| (d, point.reason))
    }
}

/// The verdict that seven points come to: time ∧ act ∧ actor ∧ place ∧ weapon
/// ∧ source, and not excepted.
#[must_use]
pub fn verdict(points: &[Point; 7]) -> Verdict {
    let [time, act, actor, place, weapon, source, exception] = points.map(|p| p.truth);
    let met = time.and(act).and(actor).and(place).and(weapon).and(source);
    match (met, exception) {
        (Truth::False, _) => Verdict::OutOfScope,
        (_, Truth::True) => Verdict::Excepted,
        (Truth::True, Truth::False) => Verdict::Breach,
        (Truth::Unknown, _) | (_, Truth::Unknown) => Verdict::CannotTell,
    }
}

/// A judgement kept, with whose it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Finding {
    /// Index of the variant (a provision under one reading of its brackets).
    pub variant: usize,
    /// Index of the batch …
    pub batch: usize,
    /// … and the row in it.
    pub row: usize,
    /// When it is reported to have happened: first second …
    pub from: i64,
    /// … and the first second after.
    pub until: i64,
    /// How far outside that it may have happened, in seconds either way.
    pub slack: i64,
    /// The record that stands for its event, if several tell of it: batch and row.
    pub event: Option<(usize, usize)>,
    /// The judgement.
    pub judgement: Judgement,
}

impl Finding {
    /// Within what it happened: first second, and the first one after.
    #[must_use]
    pub(crate) const fn within(&self) -> (i64, i64) {
        (self.from - self.slack, self.until + self.slack)
    }
}
