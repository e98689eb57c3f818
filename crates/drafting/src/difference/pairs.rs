//! Which provision of one text is which of the other.
//!
//! The rule, in this order; what is paired once is paired for good:
//!
//! 1. Those that say just the same, under the same number.
//! 2. Those that say just the same, under whatever number: they have moved. Of
//!    several alike, the first of one text is the first of the other.
//! 3. Those with the same number and the same kind of demand.
//! 4. Those with the same kind of demand that are most alike: the same parties
//!    bound, the same heading, the same target, forces or ground. The likest
//!    first; of those equally like, the ones that stand nearest to one another.
//!
//! What is left was dropped, or is new.

use std::collections::BTreeMap;

use super::image::Image;

/// A provision as far as pairing goes.
pub(super) struct Candidate {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) image: Image,
}

/// Pairs of indices, in the order of the old text and then of the new.
pub(super) fn pairs(old: &[Candidate], new: &[Candidate]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut found = Pairs { of_old: vec![None; old.len()], of_new: vec![None; new.len()] };
    let by_id: BTreeMap<&str, usize> = new.iter().enumerate().map(|(at, c)| (c.id.as_str(), at)).collect();
    let namesake = |candidate: &Candidate| by_id.get(candidate.id.as_str()).copied();
    for (at, candidate) in old.iter().enumerate() {
        if let Some(other) = namesake(candidate).filter(|n| new.get(*n).is_some_and(|n| n.image == candidate.image)) {
            found.pair(at, other);
        }
    }
    // Of thousands of provisions that all have changed, numbers alone are compared.
    let few = old.len().saturating_mul(new.len()) <= MOST_COMPARED;
    for (at, candidate) in old.iter().enumerate().filter(|_| few) {
        if found.free_old(at) {
            let same = new.iter().enumerate().position(|(n, c)| found.free_new(n) && c.image == candidate.image);
            if let Some(other) = same {
                found.pair(at, other);
            }
        }
    }
    for (at, candidate) in old.iter().enumerate() {
        let alike = |n: &usize| new.get(*n).is_some_and(|n| kind(n) == kind(candidate));
        if let Some(other) = namesake(candidate).filter(alike) {
            found.pair(at, other);
        }
    }
    let mut likely: Vec<(u32, usize, usize, usize)> = Vec::new();
    for (at, one) in old.iter().enumerate().filter(|(at, _)| few && found.free_old(*at)) {
        for (n, other) in new.iter().enumerate().filter(|(n, _)| found.free_new(*n)) {
            let score = likeness(one, other);
            if score >= ENOUGH {
                likely.push((score, at.abs_diff(n), at, n));
            }
        }
    }
    likely.sort_by_key(|(score, apart, at, n)| (std::cmp::Reverse(*score), *apart, at + n));
    for (_, _, at, n) in likely {
        found.pair(at, n);
    }
    found.all()
}

struct Pairs {
    of_old: Vec<Option<usize>>,
    of_new: Vec<Option<usize>>,
}

impl Pairs {
    fn free_old(&self, at: usize) -> bool {
        self.of_old.get(at) == Some(&None)
    }

    fn free_new(&self, at: usize) -> bool {
        self.of_new.get(at) == Some(&None)
    }

    /// Pairs two that are both free.
    fn pair(&mut self, old: usize, new: usize) {
        if self.free_old(old)
            && self.free_new(new)
            && let (Some(one), Some(other)) = (self.of_old.get_mut(old), self.of_new.get_mut(new))
        {
            *one = Some(new);
            *other = Some(old);
        }
    }

    fn all(self) -> Vec<(Option<usize>, Option<usize>)> {
        let added = self.of_new.iter().enumerate().filter(|(_, old)| old.is_none()).map(|(at, _)| (None, Some(at)));
        let paired = self.of_old.iter().enumerate().map(|(at, new)| (Some(at), *new));
        paired.chain(added).collect()
    }
}

/// The kind of demand: whether it must, must not or may, and the act's first
/// word, whether or not records can decide it.
fn kind(of: &Candidate) -> Vec<&str> {
    let act = &of.image.demand.act;
    let words = if act.starts_with("must not ") { 3 } else { 2 };
    act.split(' ').take(words).collect()
}

/// More pairs of provisions than this are not weighed for likeness.
const MOST_COMPARED: usize = 4_000_000;

/// How many things must agree besides the kind of demand.
const ENOUGH: u32 = 2;

fn likeness(one: &Candidate, other: &Candidate) -> u32 {
    if kind(one) != kind(other) {
        return 0;
    }
    let (a, b) = (&one.image, &other.image);
    let place = |image: &Image| image.demand.ground.as_ref().map(|ground| ground.place.clone());
    let forces = |image: &Image| image.demand.forces.as_ref().map(|forces| forces.words.clone());
    let agree = [
        a.bound == b.bound,
        !one.title.is_empty() && one.title == other.title,
        a.demand.target.is_some() && a.demand.target == b.demand.target,
        place(a).is_some() && place(a) == place(b),
        forces(a).is_some() && forces(a) == forces(b),
        a.demand.in_words && a.demand.act == b.demand.act,
    ];
    u32::try_from(agree.into_iter().filter(|so| *so).count()).unwrap_or_default()
}
