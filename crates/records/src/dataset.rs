//! What a data set can and cannot show, whatever its rows say.

use serde::{Deserialize, Serialize};

use crate::model::{Act, Kind};

/// A data set as loaded: its name and what no row of it could ever tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dataset {
    /// Name and release.
    pub name: String,
    /// How it asks to be cited.
    pub attribution: String,
    /// Its limits.
    pub reach: Reach,
    /// Sentences a reader of any answer from this data must see.
    pub caveats: Vec<String>,
}

/// The limits of a kind of source: silence outside them means nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// Kinds of record it can hold.
    pub kinds: Vec<Kind>,
    /// It holds only events in which somebody was killed.
    pub lethal_only: bool,
    /// It says who acted on whom in a clash.
    pub tells_who_acted: bool,
    /// It says with which weapons.
    pub tells_weapons: bool,
    /// Each of its records is an event of its own: two that read alike are two
    /// events, not one told twice.
    #[serde(default)]
    pub counts_events: bool,
    /// The acts its records can tell of, where it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acts: Option<Vec<Act>>,
}

impl Reach {
    /// Whether a record of an act could be in it. What does not say holds any;
    /// but if it holds only what killed, attacks alone.
    #[must_use]
    pub fn tells(&self, act: Act) -> bool {
        let attack = matches!(act, Act::Attack | Act::AttackCivilians);
        self.acts.as_ref().map_or(attack || !self.lethal_only, |acts| acts.contains(&act))
    }
}
