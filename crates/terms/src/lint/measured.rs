//! A provision that keeps forces off some ground, taken apart by its words, so
//! that lints can compare what lines without a shape leave unjudged.

use armistice_syntax::{NodeExt, Span, SyntaxElement, SyntaxKind as K, SyntaxNode};

use super::page::Entry;

/// `withdraw Heavy at least 50 km in all from Front on its north side`.
pub(super) struct Measured {
    /// `withdraw Heavy`.
    pub(super) act: String,
    /// `50 km in all`, or the bracket it stands in.
    pub(super) distance: Option<SyntaxNode>,
    /// `Front`, and where.
    pub(super) place: Option<(String, Span)>,
    /// Whether it names a side or a direction.
    pub(super) sided: bool,
}

/// Words with which the ground begins.
const GROUND: &[&str] = &["at", "to", "from", "out", "in", "behind", "beyond"];

impl Measured {
    pub(super) fn of(entry: &Entry) -> Option<Self> {
        let predicate = entry.predicate.as_ref()?;
        if !matches!(predicate.keyword().as_str(), "keep" | "withdraw" | "withdraw from" | "move forces") {
            return None;
        }
        let mut measured = Self { act: predicate.keyword(), distance: None, place: None, sided: false };
        let mut ground = false;
        for element in predicate.children_with_tokens() {
            match element {
                SyntaxElement::Token(token) if !token.kind().is_trivia() => {
                    let text = token.text();
                    ground |= token.kind() == K::Word && GROUND.contains(&text);
                    match token.kind() {
                        K::Name if ground => {
                            let range = token.text_range();
                            let span = usize::from(range.start())..usize::from(range.end());
                            measured.place = Some((text.to_owned(), span));
                        }
                        K::Word if ground => {
                            let way = ["north", "south", "east", "west"].iter().any(|way| text.starts_with(way));
                            measured.sided |= way;
                        }
                        _ => {
                            measured.act.push(' ');
                            measured.act.push_str(text);
                        }
                    }
                }
                SyntaxElement::Node(node) if matches!(node.kind(), K::Distance | K::Bracket) && ground => {
                    measured.distance.get_or_insert(node);
                }
                SyntaxElement::Node(node) if node.kind() != K::Keyword => {
                    measured.act.push(' ');
                    measured.act.push_str(&node.phrase());
                }
                _ => {}
            }
        }
        Some(measured)
    }

    /// Whether it says that the distance is a width in all, or for each side.
    pub(super) fn says_which_width(&self) -> bool {
        let said = |node: &SyntaxNode| {
            let distances = node.descendants().filter(|n| n.kind() == K::Distance);
            distances.into_iter().all(|distance| !distance.keywords().is_empty())
        };
        self.distance.as_ref().is_none_or(said)
    }

    /// The distance as written; nothing if none is.
    pub(super) fn far(&self) -> String {
        self.distance.as_ref().map(NodeExt::phrase).unwrap_or_default()
    }
}
