//! Weapon classes, and what is kept out of a zone.

use std::collections::BTreeSet;

use crate::weapons::Weapon;

/// A declared class of weapons.
#[derive(Clone, Debug)]
pub struct WeaponClass {
    /// `Heavy`.
    pub name: String,
    /// What is in it.
    pub weapons: Vec<Weapon>,
    /// As it is written, under this reading.
    pub words: String,
    /// The brackets it hangs on.
    pub depends: BTreeSet<usize>,
}

/// What is kept out of a zone.
#[derive(Clone, Debug)]
pub struct Forces {
    /// As it is written.
    pub words: String,
    /// Which weapons; `None` means any force or person.
    pub weapons: Option<Vec<Weapon>>,
}
