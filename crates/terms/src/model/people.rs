//! What only a person can judge.

use super::ActorSet;

/// A duty that no record decides. Records may bear on it all the same, and are
/// listed for those who judge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForPeople {
    /// What it is: `a duty to use influence with Opposition`.
    pub what: String,
    /// Those whose acts bear on it: the bound, or those whom they must influence.
    pub concerning: ActorSet,
}
