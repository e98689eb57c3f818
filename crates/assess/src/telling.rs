//! What one record tells: of whom, of what, and on whose word.

use armistice_records::{Record, RecordColumns};
use armistice_terms::{ActorSet, Agreement, What};

use crate::actors::{Naming, Side};
use crate::sources::of_a_party;
use crate::truth::Truth;

/// One record, within what it happened, as an agreement names things.
#[derive(Clone, Copy)]
pub(crate) struct Telling<'r> {
    pub(crate) record: &'r Record,
    pub(crate) within: (i64, i64),
    pub(crate) agreement: &'r Agreement,
}

impl<'r> Telling<'r> {
    /// Who is on a side.
    pub(crate) fn side(&self, names: &[String]) -> Side {
        Naming::of(&names.join("|"), self.agreement).at(self.within.0, self.within.1)
    }

    /// The names of what it counts, or of the weapons it tells of.
    pub(crate) fn things(&self) -> Vec<&'r str> {
        let of = self.record.quantity.as_ref().and_then(|quantity| quantity.of.as_deref());
        of.map_or_else(|| self.record.weapons.iter().map(String::as_str).collect(), |of| vec![of])
    }

    /// Whether that is of a kind; none where it does not say of what.
    pub(crate) fn of(&self, what: &What) -> Option<Truth> {
        let each: Vec<Option<bool>> =
            self.things().iter().map(|name| what.holds(&self.agreement.systems, name)).collect();
        if each.is_empty() {
            None
        } else if each.iter().all(|held| *held == Some(true)) {
            Some(Truth::True)
        } else if each.iter().all(|held| *held == Some(false)) {
            Some(Truth::False)
        } else {
            Some(Truth::Unknown)
        }
    }

    /// Whom each of its groups means.
    fn groups(&self) -> impl Iterator<Item = Side> {
        let groups = self.record.independence_groups.iter().map(|g| g.trim()).filter(|g| !g.is_empty());
        groups.map(|group| Naming::of_origin(group, self.agreement).at(self.within.0, self.within.1))
    }

    /// Whether nobody but parties and guarantors tells of it.
    pub(crate) fn only_parties_tell(&self) -> bool {
        self.groups().next().is_some() && self.groups().all(|side| of_a_party(side, self.agreement))
    }

    /// Those who certainly tell it: who looked, and whose the groups are.
    pub(crate) fn tellers(&self) -> ActorSet {
        self.groups().fold(self.side(&self.record.side_a).certain, |all, group| all.or(group.certain))
    }
}

/// Whether a row's place is called by a name, without regard to case.
pub(crate) fn is_called(columns: &RecordColumns<'_>, row: usize, name: &str) -> bool {
    columns.place_name.get(row).is_some_and(|place| place.trim().to_lowercase() == name.to_lowercase())
}
