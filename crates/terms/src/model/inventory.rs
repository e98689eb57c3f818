//! Declared holdings.

use std::collections::BTreeSet;

use super::{ActorSet, What};

/// What a party declared to hold.
#[derive(Clone, Debug)]
pub struct Inventory {
    /// `Declared`.
    pub name: String,
    /// In words.
    pub title: Option<String>,
    /// Whose it is.
    pub held_by: ActorSet,
    /// Item by item.
    pub items: Vec<Holding>,
    /// The places where it is stored.
    pub stored_at: Vec<String>,
    /// Under whose seal: whose counts of it are counts; anybody's if not said.
    pub sealed_by: ActorSet,
    /// The brackets it hangs on.
    pub depends: BTreeSet<usize>,
}

/// So many of one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Holding {
    /// How many.
    pub number: u32,
    /// Of what.
    pub what: What,
    /// What more is said of them, which nothing judges.
    pub said: Option<String>,
}

impl Inventory {
    /// How many things it holds in all.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.items.iter().fold(0, |sum, item| sum.saturating_add(item.number))
    }

    /// All that it holds, as one thing to be counted.
    #[must_use]
    pub fn what(&self) -> What {
        let weapons = self.items.iter().flat_map(|item| item.what.weapons.iter().cloned()).collect();
        let things = self.items.iter().flat_map(|item| item.what.things.iter().cloned()).collect();
        What { words: self.name.clone(), weapons, things }
    }
}
