//! Who acted on whom, from the two sides that a record names.

use armistice_terms::{ActorSet, Target};

use crate::actors::Side;
use crate::reason::Reason;
use crate::truth::Truth;

/// Who acted on whom, as far as the record says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Acting {
    pub(crate) truth: Truth,
    pub(crate) reason: Reason,
    pub(crate) candidates: ActorSet,
    /// The side or sides that may have been acted upon.
    pub(crate) on: Side,
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
pub(crate) fn one_way(target: Target, bound: ActorSet, by: Side, on: Side) -> (Truth, ActorSet) {
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

/// What others did and a bound party was to prevent: that it happened tells
/// nothing of what the party could do.
pub(crate) fn prevented(acting: Acting, bound: ActorSet) -> Acting {
    match acting.truth {
        Truth::False => Acting { candidates: ActorSet::NONE, ..acting },
        Truth::Unknown => Acting { candidates: bound, ..acting },
        Truth::True => Acting { truth: Truth::Unknown, reason: Reason::CouldPrevent, candidates: bound, ..acting },
    }
}

/// Why it cannot be told who acted on whom.
pub(crate) fn why_unknown(bound: ActorSet, a: Side, b: Side) -> Reason {
    if a.unknown || b.unknown {
        Reason::NobodyKnown
    } else if a.unaccepted || b.unaccepted {
        Reason::AcceptanceUnclear
    } else if a.others || b.others || !a.possible.or(b.possible).is_empty() {
        Reason::NameCoversOthers
    } else if !a.certain.or(b.certain).without(bound).is_empty() {
        Reason::SideMixed
    } else {
        Reason::NameCoversOthers
    }
}

/// Whether an act on `on` is an act against `actors` and nobody else.
pub(crate) fn against(actors: ActorSet, on: Side) -> (Truth, Reason) {
    let may = on.anyone().and(actors);
    if may.is_empty() && !on.unknown {
        return (Truth::False, Reason::ExceptionDoesNotFit);
    }
    if on.only(actors) { (Truth::True, Reason::Excepted) } else { (Truth::Unknown, Reason::ExceptionUnclear) }
}

pub(crate) fn union(a: Side, b: Side) -> Side {
    let certain = a.certain.or(b.certain);
    Side {
        certain,
        possible: a.possible.or(b.possible).without(certain),
        others: a.others || b.others,
        unknown: a.unknown || b.unknown,
        civilians: a.civilians || b.civilians,
        unaccepted: a.unaccepted || b.unaccepted,
    }
}
