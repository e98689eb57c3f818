//! Heights above the ground.

use armistice_geodesy::Metres;

/// What lies between two heights above the ground, neither of them in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Height {
    /// Higher than this, if said.
    pub above: Option<Metres>,
    /// Lower than this, if said.
    pub below: Option<Metres>,
}

impl Height {
    /// Any height; `None` if neither end is said.
    #[must_use]
    pub fn between(above: Option<Metres>, below: Option<Metres>) -> Option<Self> {
        (above.is_some() || below.is_some()).then_some(Self { above, below })
    }

    /// `above 30.48 m and below 1524 m`.
    #[must_use]
    pub fn words(&self) -> String {
        let ends = [("above", self.above), ("below", self.below)];
        let said = ends.iter().filter_map(|(word, end)| end.map(|metres| format!("{word} {metres}")));
        said.collect::<Vec<_>>().join(" and ")
    }
}
