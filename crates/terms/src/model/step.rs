//! What must come before an act that is allowed only then.

use jiff::SignedDuration;

use super::ActorSet;

/// Something that must have come first. Several are in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Somebody must allow it.
    Leave {
        /// Who.
        of: ActorSet,
        /// Whether all of them must, in one decision.
        together: bool,
    },
    /// Somebody must be told of it.
    Notice {
        /// Who; nobody that the agreement declares, if in words alone.
        to: ActorSet,
        /// So long before.
        ahead: SignedDuration,
        /// As it is written.
        words: String,
    },
    /// Something must have happened, in words.
    After(String),
}
