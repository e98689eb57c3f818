//! `at each post`: so many at each, and not in all.

use super::Lower;
use super::predicate::{Item, Pieces};
use crate::model::{Posts, Shape};

impl Lower<'_> {
    /// Reads `at each post` and `at each of 12 posts` after what is counted.
    pub(super) fn posts(&self, pieces: &mut Pieces) -> Option<Posts> {
        // An area may hold many posts, or be the very ground that the cap is for.
        let named = || {
            let posts = self.agreement.places.iter();
            posts.filter(|place| matches!(place.shape, Ok(Shape::Point(_)))).map(|place| place.name.clone()).collect()
        };
        if ["at each post", "at any post", "at any one post"].iter().any(|words| pieces.word(words)) {
            return Some(Posts { number: None, named: named() });
        }
        let number = match pieces.items.get(3) {
            Some((Item::Amount { number: Some(number), percent: false }, _)) if pieces.at("at each of") => *number,
            _ => return None,
        };
        let posts = matches!(pieces.items.get(4), Some((Item::Word(word), _)) if word == "posts");
        if !posts || number.fract() != 0.0 || !(1.0..=1e6).contains(&number) {
            return None;
        }
        pieces.items.drain(..5);
        Some(Posts { number: Some(number as u32), named: named() })
    }
}
