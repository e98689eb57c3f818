//! Coordinates: `32.5 N 15.1 E`.

use super::cursor::Parser;
use crate::kind::SyntaxKind as K;
use crate::vocabulary::Operand;

impl Parser<'_> {
    /// Degrees north or south, then degrees east or west.
    pub(super) fn coordinates(&mut self, after: &str) -> bool {
        let side = |n: usize, sides: [&str; 2]| {
            self.nth(n) == Some(K::Number) && self.nth(n + 1) == Some(K::Name) && sides.contains(&self.nth_text(n + 1))
        };
        if !(side(0, ["N", "S"]) && side(2, ["E", "W"])) {
            return self.missing(Operand::Coordinates, after);
        }
        self.open(K::Coordinates);
        (0..4).for_each(|_| self.bump());
        self.close();
        true
    }
}
