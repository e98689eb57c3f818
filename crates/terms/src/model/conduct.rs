//! What a party can be told not to do, and records tell of.

/// A way of acting that an agreement forbids by one word. Which acts of records
/// are it is for those who judge them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Conduct {
    /// `attack`.
    Attack,
    /// `act against`: whatever harms.
    ActAgainst,
    /// `return fire`.
    ReturnFire,
    /// `use` weapons.
    Use,
    /// `fly`.
    Fly,
    /// `jam`.
    Jam,
    /// `lay mines`.
    LayMines,
    /// `take hostages`.
    TakeHostages,
    /// `bear arms`.
    BearArms,
    /// `besiege`.
    Besiege,
    /// `arrest`.
    Arrest,
    /// `acquire territory`.
    AcquireTerritory,
    /// `occupy vacated ground`.
    OccupyVacatedGround,
    /// `enter` a place.
    Enter,
    /// `fortify`.
    Fortify,
    /// `move forces`.
    MoveForces,
    /// `move forces into` a place.
    MoveForcesInto,
    /// `redeploy`.
    Redeploy,
    /// `deploy`.
    Deploy,
    /// `reinforce`.
    Reinforce,
    /// `reconnoitre`.
    Reconnoitre,
    /// `recruit`.
    Recruit,
    /// `search aid`.
    SearchAid,
    /// `obstruct aid`.
    ObstructAid,
    /// `spread hostile propaganda`.
    Propaganda,
    /// `hinder monitors`.
    HinderMonitors,
}

impl Conduct {
    /// Every conduct, with its verb and the form that follows `from`: `must
    /// prevent Militia from laying mines`.
    pub const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Attack, "attack", "attacking"),
        (Self::ActAgainst, "act against", "acting against"),
        (Self::ReturnFire, "return fire", "returning fire"),
        (Self::Use, "use", "using"),
        (Self::Fly, "fly", "flying"),
        (Self::Jam, "jam", "jamming"),
        (Self::LayMines, "lay mines", "laying mines"),
        (Self::TakeHostages, "take hostages", "taking hostages"),
        (Self::BearArms, "bear arms", "bearing arms"),
        (Self::Besiege, "besiege", "besieging"),
        (Self::Arrest, "arrest", "arresting"),
        (Self::AcquireTerritory, "acquire territory", "acquiring territory"),
        (Self::OccupyVacatedGround, "occupy vacated ground", "occupying vacated ground"),
        (Self::Enter, "enter", "entering"),
        (Self::Fortify, "fortify", "fortifying"),
        (Self::MoveForces, "move forces", "moving forces"),
        (Self::MoveForcesInto, "move forces into", "moving forces into"),
        (Self::Redeploy, "redeploy", "redeploying"),
        (Self::Deploy, "deploy", "deploying"),
        (Self::Reinforce, "reinforce", "reinforcing"),
        (Self::Reconnoitre, "reconnoitre", "reconnoitring"),
        (Self::Recruit, "recruit", "recruiting"),
        (Self::SearchAid, "search aid", "searching aid"),
        (Self::ObstructAid, "obstruct aid", "obstructing aid"),
        (Self::Propaganda, "spread hostile propaganda", "spreading hostile propaganda"),
        (Self::HinderMonitors, "hinder monitors", "hindering monitors"),
    ];

    /// The conduct of a verb.
    #[must_use]
    pub fn of_verb(verb: &str) -> Option<Self> {
        // "From whom" is said by the words that follow.
        let verb = verb.strip_suffix(" from").unwrap_or(verb);
        Self::ALL.iter().find(|(_, word, _)| *word == verb).map(|(conduct, ..)| *conduct)
    }

    /// Its verb: `lay mines`.
    #[must_use]
    pub fn verb(self) -> &'static str {
        Self::ALL.iter().find(|(conduct, ..)| *conduct == self).map_or("act", |(_, verb, _)| verb)
    }

    /// The verb after `from`: `laying mines`.
    #[must_use]
    pub fn gerund(self) -> &'static str {
        Self::ALL.iter().find(|(conduct, ..)| *conduct == self).map_or("acting", |(.., gerund)| gerund)
    }

    /// Whether it is done by being somewhere: then each of those there does it.
    #[must_use]
    pub const fn is_presence(self) -> bool {
        matches!(self, Self::Enter | Self::BearArms)
    }

    /// Whether weapons may be named after its verb: `use mortars`.
    #[must_use]
    pub const fn takes_weapons(self) -> bool {
        matches!(
            self,
            Self::Use | Self::Fly | Self::Deploy | Self::Redeploy | Self::MoveForces | Self::Reinforce | Self::BearArms
        )
    }
}
