//! When a provision binds.

use jiff::Timestamp;

use super::{ActorSet, Displaced, Hours};

/// When a provision binds.
#[derive(Clone, Debug)]
pub struct Force {
    /// From when; `Err` says why that cannot be known.
    pub from: Result<Timestamp, String>,
    /// Until when.
    pub until: Until,
    /// What takes its place, or takes it away, and from when.
    pub displaced: Option<Displaced>,
    /// At which hours of each day alone it holds.
    pub hours: Option<Hours>,
}

/// When a provision ceases to bind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Until {
    /// No end is written.
    Open,
    /// At this instant.
    At(Timestamp),
    /// At this instant unless renewed by decision.
    Renewable {
        /// The end without renewal.
        first: Timestamp,
        /// Who may renew.
        by: ActorSet,
        /// Whether all of them must.
        together: bool,
    },
    /// The words leave it open when.
    Unknown(String),
}
