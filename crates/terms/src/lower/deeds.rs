//! Duties to do something that an inspection finds done or not done.

use armistice_syntax::{SyntaxKind as K, SyntaxNode};

use super::Lower;
use super::predicate::Demand;
use crate::model::{Deed, Due};

/// Clauses that say more of a deed: what is found done or not is all of it.
const PART_OF_IT: &[&str] = &["in ", "through ", "within ", "below ", "above ", "with ", "then "];

impl Lower<'_> {
    /// A deed, if a predicate is one and names no number of things.
    pub(super) fn deed(&mut self, verb: &str, predicate: &SyntaxNode) -> Option<Demand> {
        if !Deed::has_verb(verb) || predicate.descendants().any(|n| matches!(n.kind(), K::Amount | K::Distance)) {
            return None;
        }
        let words = self.said(predicate);
        Some(Demand::Deed(Deed { verb: verb.to_owned(), words, due: Due::Always }))
    }
}

/// Whether a clause says more of the deed itself.
pub(super) fn part_of_it(words: &str) -> bool {
    PART_OF_IT.iter().any(|start| words.starts_with(start))
}
