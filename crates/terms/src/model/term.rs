//! Words that an agreement uses, and what it says they mean.

/// A word that the agreement uses as a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// `MilitaryManifestations`.
    pub name: String,
    /// What it means; `Err` says that the agreement leaves it undefined, and why.
    pub means: Result<String, String>,
}
