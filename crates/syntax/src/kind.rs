//! The kinds of token and node in a tree.

/// What a token or node of the tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u16)]
#[expect(missing_docs, reason = "the names are the documentation; docs/language.md has the grammar")]
#[rustfmt::skip]
pub enum SyntaxKind {
    // Tokens of the page around the blocks.
    Prose, HeadingLine, QuoteLine, Fence,
    // Tokens inside a block.
    Space, Newline, Comment, Word, Name, Number, Date, Time, ClauseId, Text,
    Comma, Colon, Pipe, OpenBracket, CloseBracket, OpenParen, CloseParen,
    Plus, Minus, Percent, Unknown,
    // Nodes.
    Document, Block, Statement, Head, Clause, Keyword, Names, Clauses, Distance, Duration,
    Instant, Coordinates, Amount, Bracket, Choice, Label, KnownName, Weapon, Weapons, Predicate, Error,
}

impl SyntaxKind {
    /// Whether the token carries no meaning of its own.
    #[must_use]
    pub const fn is_trivia(self) -> bool {
        matches!(self, Self::Space | Self::Newline | Self::Comment)
    }

    const LAST: u16 = Self::Error as u16;
}

/// The tree's language tag for `rowan`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truce {}

impl rowan::Language for Truce {
    type Kind = SyntaxKind;

    fn kind_from_raw(raw: rowan::SyntaxKind) -> SyntaxKind {
        // Only `kind_to_raw` makes raw kinds, so an unknown number cannot
        // arise; should one ever, it shows as an error node, not a panic.
        ALL.get(usize::from(raw.0.min(SyntaxKind::LAST))).copied().unwrap_or(SyntaxKind::Error)
    }

    fn kind_to_raw(kind: SyntaxKind) -> rowan::SyntaxKind {
        rowan::SyntaxKind(kind as u16)
    }
}

use SyntaxKind as K;
#[rustfmt::skip]
const ALL: [SyntaxKind; K::LAST as usize + 1] = [
    K::Prose, K::HeadingLine, K::QuoteLine, K::Fence,
    K::Space, K::Newline, K::Comment, K::Word, K::Name, K::Number, K::Date, K::Time, K::ClauseId, K::Text,
    K::Comma, K::Colon, K::Pipe, K::OpenBracket, K::CloseBracket, K::OpenParen, K::CloseParen,
    K::Plus, K::Minus, K::Percent, K::Unknown,
    K::Document, K::Block, K::Statement, K::Head, K::Clause, K::Keyword, K::Names, K::Clauses, K::Distance, K::Duration,
    K::Instant, K::Coordinates, K::Amount, K::Bracket, K::Choice, K::Label, K::KnownName, K::Weapon, K::Weapons, K::Predicate, K::Error,
];

/// A node of the tree.
pub type SyntaxNode = rowan::SyntaxNode<Truce>;
/// A token of the tree.
pub type SyntaxToken = rowan::SyntaxToken<Truce>;
/// A node or a token.
pub type SyntaxElement = rowan::SyntaxElement<Truce>;

#[cfg(test)]
mod tests {
    use super::*;
    use rowan::Language;

    #[test]
    fn raw_kinds_round_trip() {
        for (index, kind) in ALL.iter().enumerate() {
            assert_eq!(*kind as usize, index);
            assert_eq!(Truce::kind_from_raw(Truce::kind_to_raw(*kind)), *kind);
        }
    }
}
