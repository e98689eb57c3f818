//! Weapon systems that the agreement describes, and what a record's words tell.

use std::collections::BTreeSet;

use armistice_geodesy::Metres;

use super::{Calibre, kind_of};
use crate::model::same_name;

/// A named weapon system, as the agreement describes it: `"2S1"`.
#[derive(Clone, Debug, PartialEq)]
pub struct System {
    /// Its usual name.
    pub name: String,
    /// What else it is called.
    pub others: Vec<String>,
    /// What kind of weapon it is.
    pub kind: &'static str,
    /// Its calibre, where that is said.
    pub calibre: Option<Calibre>,
    /// How far it can reach, where that is said.
    pub range: Option<Metres>,
    /// The brackets it hangs on …
    pub depends: BTreeSet<usize>,
    /// … and those of them that its calibre does.
    pub calibre_depends: BTreeSet<usize>,
}

impl System {
    /// Everything it is called.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.others).map(String::as_str)
    }

    /// Whether it goes by a name, without regard to case.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        self.names().any(|known| same_name(known, name))
    }
}

/// What a record's words tell of a weapon.
#[derive(Clone, Debug, PartialEq)]
pub struct Told<'s> {
    /// The words without the calibre.
    pub name: String,
    /// The system they name, if the agreement describes it.
    pub system: Option<&'s System>,
    /// What kind of weapon it is.
    pub kind: Option<&'static str>,
    /// Its calibre.
    pub calibre: Option<Calibre>,
    /// How far it can reach.
    pub range: Option<Metres>,
}

impl<'s> Told<'s> {
    /// Reads the words of a record: `122 mm howitzer`, `D-30 (122mm)`, `mortar`.
    ///
    /// What the record itself says of the calibre stands against what the
    /// agreement says of the system: where the two differ, it is unknown.
    #[must_use]
    pub fn of(words: &str, systems: &'s [System]) -> Self {
        let words = words.trim();
        let find = |name: &str| systems.iter().find(|system| system.is_called(name));
        let (name, said) = match find(words) {
            // "82-mm 2B9" may be just what the system is called.
            Some(_) => (words.to_owned(), None),
            None => without_calibre(words),
        };
        let system = find(&name);
        let calibre = match (said, system.and_then(|system| system.calibre)) {
            (Some(said), Some(known)) => (said == known).then_some(said),
            (said, known) => said.or(known),
        };
        let kind = system.map(|system| system.kind).or_else(|| kind_of(&name));
        Self { name, system, kind, calibre, range: system.and_then(|system| system.range) }
    }
}

/// The one calibre that words give, and the words without it; several, as in
/// `122/152 mm`, give none.
fn without_calibre(words: &str) -> (String, Option<Calibre>) {
    let mut found = words.match_indices("mm").filter_map(|(at, _)| calibre_before(words, at));
    let (Some((number, start, end)), None) = (found.next(), found.next()) else {
        return (words.to_owned(), None);
    };
    let (before, after) = (words.get(..start).unwrap_or_default(), words.get(end..).unwrap_or_default());
    let left = [before, after].join(" ").replace(['(', ')'], " ");
    let left = left.split_whitespace().map(|word| word.trim_matches(['-', ',']));
    let left = left.filter(|word| !matches!(*word, "" | "calibre" | "caliber"));
    (left.collect::<Vec<_>>().join(" "), Some(Calibre::millimetres(number)))
}

/// The number that stands before the unit at a byte, and from where to where the
/// two are written: `122 mm`, `82-mm`, `7.62mm`.
fn calibre_before(words: &str, at: usize) -> Option<(f64, usize, usize)> {
    let end = at + "mm".len();
    if words.get(end..)?.starts_with(char::is_alphanumeric) {
        return None;
    }
    let before = words.get(..at)?;
    let number_ends = before.strip_suffix([' ', '-']).unwrap_or(before);
    let start = number_ends.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    // Joined to something else it is one of several, or a part of a name.
    let joined = words.get(..start)?.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | ',' | '–'));
    let number = number_ends.get(start..)?.parse().ok().filter(|_| !joined)?;
    Some((number, start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> (String, Option<Calibre>) {
        without_calibre(words)
    }

    #[test]
    fn a_calibre_is_read_as_reports_write_it() {
        let mm = |number| Some(Calibre::millimetres(number));
        assert_eq!(read("122 mm howitzer"), ("howitzer".to_owned(), mm(122.0)));
        assert_eq!(read("82-mm mortars"), ("mortars".to_owned(), mm(82.0)));
        assert_eq!(read("howitzers (152mm)"), ("howitzers".to_owned(), mm(152.0)));
        assert_eq!(read("D-30, calibre 122 mm"), ("D-30".to_owned(), mm(122.0)));
        assert_eq!(read("12.7 mm machine guns"), ("machine guns".to_owned(), mm(12.7)));
    }

    #[test]
    fn what_is_no_single_calibre_is_left_alone() {
        for words in ["122/152 mm howitzers", "82 mm and 120 mm mortars", "mm", "T-72mm", "howitzer 122", "5 mmols"] {
            assert_eq!(read(words), (words.to_owned(), None));
        }
    }

    #[test]
    fn a_report_that_contradicts_the_agreement_leaves_the_calibre_open() {
        let system = System {
            name: "D-30".to_owned(),
            others: Vec::new(),
            kind: "artillery",
            calibre: Some(Calibre::millimetres(122.0)),
            range: Some(Metres::new(15_300.0)),
            depends: BTreeSet::new(),
            calibre_depends: BTreeSet::new(),
        };
        let systems = [system];
        let told = Told::of("d-30", &systems);
        assert_eq!((told.kind, told.calibre), (Some("artillery"), Some(Calibre::millimetres(122.0))));
        assert_eq!(Told::of("122 mm D-30", &systems).calibre, Some(Calibre::millimetres(122.0)));
        assert_eq!(Told::of("85 mm D-30", &systems).calibre, None);
        assert_eq!(Told::of("85 mm D-30", &systems).range, Some(Metres::new(15_300.0)));
    }
}
