//! A number for each post.

/// `at each post`, `at each of 12 posts`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posts {
    /// How many posts there are to be, if that is said.
    pub number: Option<u32>,
    /// The declared points that are given: what a record places at one of them is
    /// of one post.
    pub named: Vec<String>,
}

impl Posts {
    /// In how many posts what a record counts may have been; none where nobody
    /// can say.
    #[must_use]
    pub fn of(&self, place: Option<&str>) -> Option<u32> {
        let place = place.map(|name| name.trim().to_lowercase());
        let one = place.is_some_and(|name| self.named.iter().any(|post| post.to_lowercase() == name));
        if one { Some(1) } else { self.number }
    }

    /// `at each of 12 posts`.
    #[must_use]
    pub fn words(&self) -> String {
        self.number.map_or_else(|| "at each post".to_owned(), |number| format!("at each of {number} posts"))
    }
}
