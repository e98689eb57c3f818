//! Which records could show that a term was not kept: those of certain kinds,
//! in data that tell of certain acts. The silence of all others means nothing.

use armistice_records::{Act, Dataset, Kind};
use armistice_terms::{Conduct, Dealing, Duty};

use crate::conduct::shown_by;
use crate::counting::acts;

/// The records that could show a breach.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Showing {
    kinds: &'static [Kind],
    acts: &'static [Act],
}

impl Showing {
    /// Those of a duty.
    pub(crate) const fn of(duty: &Duty) -> Self {
        match duty {
            Duty::Forbid(forbid) => match forbid.conduct {
                Conduct::Attack => Self { kinds: &[Kind::Incident], acts: shown_by(Conduct::Attack) },
                conduct => Self { kinds: &[Kind::Incident, Kind::Sighting, Kind::Inspection], acts: shown_by(conduct) },
            },
            Duty::Limit(limit) => match limit.dealing {
                Dealing::Keep => Self { kinds: &[Kind::Sighting, Kind::Inspection], acts: acts(Dealing::Keep) },
                dealing => Self { kinds: &[Kind::Incident, Kind::Sighting, Kind::Inspection], acts: acts(dealing) },
            },
            _ => Self { kinds: &[Kind::Sighting, Kind::Inspection], acts: &[Act::Presence] },
        }
    }

    /// Whether a data set may hold such records.
    pub(crate) fn by(&self, dataset: &Dataset) -> bool {
        let reach = &dataset.reach;
        reach.kinds.iter().any(|kind| self.kinds.contains(kind)) && self.acts.iter().any(|act| reach.tells(*act))
    }

    /// What they are records of: `incidents`, `sightings or inspections of
    /// presence`.
    pub(crate) fn words(&self) -> String {
        match self.kinds {
            [Kind::Incident] => "incidents".to_owned(),
            [Kind::Sighting, Kind::Inspection] => "sightings or inspections".to_owned(),
            _ if self.acts.is_empty() => "records of such acts".to_owned(),
            _ => {
                let acts: Vec<&str> = self.acts.iter().map(|act| act.word()).collect();
                format!("records of {}", acts.join(" or "))
            }
        }
    }
}
