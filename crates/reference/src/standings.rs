//! Section 7: what a period comes to.

use armistice_records::{Dataset, Effect, Place};
use armistice_terms::{Duty, Provision, Role};

use crate::force::{concerns, effect, force, made_by, notices, set};
use crate::names::of_role;
use crate::points::{Verdict, findings, kinds};
use crate::truth::T;
use crate::{Interval, World};

/// What a period comes to for one provision and one party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the document defines them")]
pub enum Standing {
    Kept,
    NoBreachRecorded,
    Breached,
    NotDeterminable,
    NotYetDue,
    NotInForce,
    NotEvaluable,
}

impl Standing {
    /// The field's words.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::NoBreachRecorded => "no breach recorded",
            Self::Breached => "breached",
            Self::NotDeterminable => "not determinable",
            Self::NotYetDue => "not yet due",
            Self::NotInForce => "not in force",
            Self::NotEvaluable => "not evaluable",
        }
    }
}

pub(crate) fn standing(world: &World<'_>, provision: usize, party: Option<usize>) -> Standing {
    let found = findings(world, provision);
    let Some(provision) = world.agreement.provisions.get(provision) else {
        return Standing::NotEvaluable;
    };
    let Some(canvas) = force(world, provision).filter(|_| !matches!(provision.duty, Duty::NotEvaluable(_))) else {
        return Standing::NotEvaluable;
    };
    let (w0, w1) = world.window;
    if canvas.start() >= w1 {
        return match provision.duty {
            Duty::WithdrawBy { .. } => Standing::NotYetDue,
            _ => Standing::NotInForce,
        };
    }
    let never_again = canvas.stretches((w0, i64::MAX)).iter().all(|(_, b)| *b == T::F);
    if never_again && canvas.start() <= w0 {
        return Standing::NotInForce;
    }
    let concerned = found.iter().filter(|f| party.is_none_or(|q| f.candidates.contains(&q)));
    let inside = |(a, b): Interval| a >= w0 && b <= w1;
    let mut breached = false;
    let mut shared = false;
    let mut untold = false;
    for finding in concerned {
        match finding.verdict {
            Verdict::Breach if !inside(finding.within) => untold = true,
            Verdict::Breach => {
                let alone = party.is_none_or(|q| finding.candidates.iter().eq([&q]));
                breached |= alone;
                shared |= !alone;
            }
            Verdict::CannotTell => untold = true,
            Verdict::Excepted | Verdict::OutOfScope => {}
        }
    }
    if breached {
        return Standing::Breached;
    }
    if shared || untold || !shown(world, provision) {
        return Standing::NotDeterminable;
    }
    let life = canvas.stretches((w0.max(canvas.start()), w1));
    if life.iter().any(|(_, b)| *b == T::U) {
        return Standing::NotDeterminable;
    }
    let mut bound = life.iter().filter(|(_, b)| *b == T::T).peekable();
    if bound.peek().is_none() {
        return Standing::NotInForce;
    }
    if bound.all(|(stretch, _)| would_show(world, provision, *stretch)) {
        Standing::Kept
    } else {
        Standing::NoBreachRecorded
    }
}

fn holding<'w>(world: &World<'w>, provision: &Provision) -> Vec<&'w Dataset> {
    let wanted = kinds(provision);
    world.datasets.iter().filter(|d| d.reach.kinds.iter().any(|k| wanted.contains(k))).collect()
}

fn shown(world: &World<'_>, provision: &Provision) -> bool {
    !holding(world, provision).is_empty()
}

/// Whether a breach in a stretch would be on record.
pub(crate) fn would_show(world: &World<'_>, provision: &Provision, (x, y): Interval) -> bool {
    let holding = holding(world, provision);
    let lethal_only = holding.iter().all(|d| d.reach.lethal_only);
    if holding.is_empty() || lethal_only || world.unread > 0 {
        return false;
    }
    let concerning: Vec<_> = notices(world).into_iter().filter(|(n, _)| concerns(n, provision)).collect();
    let denied = concerning
        .iter()
        .any(|(n, (a, b))| matches!(effect(n), Some(Effect::AccessLimited | Effect::AccessDenied)) && *a < y && *b > x);
    let watchers =
        |who: &usize| of_role(world.agreement, Role::Monitor).contains(who) || set(provision.verified_by).contains(who);
    let full: Vec<Interval> = concerning
        .iter()
        .filter(|(n, when)| {
            let nowhere = n.place == Place::Unknown && n.place_name.is_none();
            let subject = n.message.as_ref().is_some_and(|m| !m.subject.is_empty());
            effect(n) == Some(Effect::AccessFull)
                && (nowhere || subject)
                && made_by(n, *when, world.agreement).iter().any(watchers)
        })
        .map(|(_, when)| *when)
        .collect();
    // Covered if every instant at which cover may stop is covered by another.
    let stops = full.iter().map(|(_, b)| *b).filter(|b| x < *b && *b < y).chain([x]);
    let covered = |t: i64| full.iter().any(|(a, b)| *a <= t && t < *b);
    x < y && !denied && stops.into_iter().all(covered)
}
