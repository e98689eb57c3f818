//! What lets a phase lapse, or stand still.

use super::cursor::Parser;
use super::operand::IDS;
use crate::kind::SyntaxKind as K;
use crate::vocabulary::Operand;

/// That something goes on.
const GO_ON: &[&str] = &["continue", "continues", "lasts", "last", "runs", "run"];

impl Parser<'_> {
    /// `3.a and 4 are completed by D`, `Two has begun by D`, or words for people.
    pub(super) fn done_by(&mut self, after: &str) -> bool {
        let said = match self.after_list(&["is completed", "are completed"], &["has begun"]) {
            Some(true) => self.clause_ids(after) && (self.eat_words("is completed") || self.eat_words("are completed")),
            Some(false) => self.names(after) && self.eat_words("has begun"),
            None => {
                self.anything();
                return true;
            }
        };
        said && self.word("by", Operand::DoneBy, after) && self.value(Operand::Instant, "by")
    }

    /// `3.a and 4 are not kept`, `Talks continue`, or words for people.
    pub(super) fn not_kept(&mut self, after: &str) -> bool {
        match self.after_list(&["is not kept", "are not kept"], GO_ON) {
            Some(true) => self.clause_ids(after) && (self.eat_words("is not kept") || self.eat_words("are not kept")),
            Some(false) => self.names(after) && GO_ON.iter().any(|words| self.eat_words(words)),
            None => {
                self.anything();
                true
            }
        }
    }

    /// Whether a list of ids stands next and then one of the first words, or one
    /// name and then one of the second; `None` if it is neither.
    fn after_list(&self, of_clauses: &[&str], of_phase: &[&str]) -> Option<bool> {
        let id = |n: usize| self.nth(n).is_some_and(|kind| IDS.contains(&kind));
        let mut next = 1;
        if !id(0) {
            return None;
        }
        if self.nth(0) == Some(K::Name) && of_phase.iter().any(|words| self.nth_words(1, words)) {
            return Some(false);
        }
        while (self.nth(next) == Some(K::Comma) || self.nth_words(next, "and")) && id(next + 1) {
            next += 2;
        }
        of_clauses.iter().any(|words| self.nth_words(next, words)).then_some(true)
    }
}
