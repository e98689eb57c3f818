//! The weapons agreements name, and whether a record's weapon is one of them.
//!
//! A small taxonomy by use, not by make: a record's weapon is matched with a
//! class by kind, so `howitzers` in a report meets `artillery` in a term. A
//! `system` of the agreement says of a make what kind it is, its calibre and its
//! range; a calibre may also stand in the report itself (`122 mm howitzer`).

mod kinds;
mod measure;
mod system;

pub(crate) use kinds::begins_with_kind;
pub use kinds::{kind_of, wider, words};
pub use measure::{Calibre, Comparison, Measure};
pub use system::{System, Told};

use crate::model::same_name;

/// One item of a weapon class.
#[derive(Clone, Debug, PartialEq)]
pub enum Weapon {
    /// A kind of the taxonomy.
    Kind(&'static str),
    /// A make, matched by name.
    Named(String),
    /// A kind, of the calibre or range that is said.
    Limited(Limited),
    /// All weapons but these.
    AllBut(Vec<Weapon>),
}

/// A kind of weapon within limits.
#[derive(Clone, Debug, PartialEq)]
pub struct Limited {
    /// The kind.
    pub kind: &'static str,
    /// All of these are to be met.
    pub limits: Vec<Measure>,
    /// As it is written.
    pub words: String,
}

impl Limited {
    /// Whether another holds all that this one does and more (`true`), or less
    /// (`false`); `None` where it is not certain, or they are of two kinds.
    #[must_use]
    pub fn narrower_than(&self, other: &Self) -> Option<bool> {
        use std::cmp::Ordering::{Greater, Less};
        if self.kind != other.kind || self.limits.len() != other.limits.len() {
            return None;
        }
        let each = self.limits.iter().zip(&other.limits).map(|(was, is)| was.to(is));
        let each = each.collect::<Option<Vec<_>>>()?;
        match (each.contains(&Greater), each.contains(&Less)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }
}

/// Whether a weapon a record names is in a class: yes, no, or it cannot be said.
#[must_use]
pub fn matches(class: &[Weapon], systems: &[System], recorded: &str) -> Option<bool> {
    any_of(class, systems, &Told::of(recorded, systems), recorded.trim())
}

/// The kinds of system on which it may hang whether a weapon is in a class.
#[must_use]
pub fn may_hold(class: &[Weapon], kind: &str) -> bool {
    class.iter().any(|weapon| match weapon {
        Weapon::Kind(wanted) => kinds::is_a(kind, wanted) != Some(false),
        Weapon::Limited(limited) => kinds::is_a(kind, limited.kind) != Some(false),
        Weapon::Named(_) | Weapon::AllBut(_) => true,
    })
}

/// Whether it may hang on how far a weapon reaches that it is in a class.
#[must_use]
pub fn by_range(class: &[Weapon]) -> bool {
    class.iter().any(|weapon| match weapon {
        Weapon::Limited(limited) => limited.limits.iter().any(|limit| matches!(limit, Measure::Range(..))),
        Weapon::AllBut(others) => by_range(others),
        Weapon::Kind(_) | Weapon::Named(_) => false,
    })
}

fn any_of(class: &[Weapon], systems: &[System], told: &Told<'_>, recorded: &str) -> Option<bool> {
    let mut open = false;
    for weapon in class {
        match holds(weapon, systems, told, recorded) {
            Some(true) => return Some(true),
            Some(false) => {}
            None => open = true,
        }
    }
    if open { None } else { Some(false) }
}

fn holds(weapon: &Weapon, systems: &[System], told: &Told<'_>, recorded: &str) -> Option<bool> {
    match weapon {
        Weapon::Named(name) => named(name, systems, told, recorded),
        Weapon::Kind(wanted) => kinds::is_a(told.kind?, wanted),
        // One thing that does not fit is enough, whatever else is unknown.
        Weapon::Limited(limited) => {
            let kind = told.kind.and_then(|kind| kinds::is_a(kind, limited.kind));
            let met = limited.limits.iter().map(|limit| limit.met(told.calibre, told.range));
            let each: Vec<Option<bool>> = met.chain([kind]).collect();
            if each.contains(&Some(false)) {
                Some(false)
            } else if each.contains(&None) {
                None
            } else {
                Some(true)
            }
        }
        Weapon::AllBut(others) => match any_of(others, systems, told, recorded) {
            Some(false) => kinds::is_a(told.kind?, kinds::ALL),
            Some(true) => Some(false),
            None if told.kind.and_then(|kind| kinds::is_a(kind, kinds::ALL)) == Some(false) => Some(false),
            None => None,
        },
    }
}

/// Whether a record means a make: by its name, or by one the agreement gives it.
fn named(name: &str, systems: &[System], told: &Told<'_>, recorded: &str) -> Option<bool> {
    if same_name(name, recorded) || same_name(name, &told.name) {
        return Some(true);
    }
    let meant = systems.iter().find(|system| system.is_called(name));
    match (meant, told.system, told.kind) {
        (Some(meant), Some(told), _) => Some(meant == told),
        // A report of "rocket artillery" may be of a make of it.
        (Some(meant), None, Some(kind)) => {
            let fits = kinds::is_a(meant.kind, kind) != Some(false);
            let differs = matches!((meant.calibre, told.calibre), (Some(one), Some(other)) if one != other);
            if fits && !differs { None } else { Some(false) }
        }
        // A kind is no make, unless the agreement says what kind the make is.
        (None, _, Some(_)) | (None, Some(_), None) => Some(false),
        (_, None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
    use std::collections::BTreeSet;

    use armistice_geodesy::Metres;

    use super::*;

    fn systems() -> Vec<System> {
        vec![System {
            name: "BM-21".to_owned(),
            others: vec!["Grad".to_owned()],
            kind: "rocket artillery",
            calibre: Some(Calibre::millimetres(122.0)),
            range: None,
            depends: BTreeSet::new(),
            calibre_depends: BTreeSet::new(),
        }]
    }

    fn limited(kind: &'static str, limit: Measure) -> [Weapon; 1] {
        [Weapon::Limited(Limited { kind, limits: vec![limit], words: String::new() })]
    }

    fn calibre(comparison: Comparison, number: f64) -> Measure {
        Measure::Calibre(comparison, Calibre::millimetres(number))
    }

    #[test]
    fn a_word_matches_its_kind_and_wider_kinds() {
        let heavy = [Weapon::Kind("tanks"), Weapon::Kind("artillery")];
        assert_eq!(matches(&heavy, &[], "howitzers"), Some(true));
        assert_eq!(matches(&heavy, &[], "small arms"), Some(false));
        assert_eq!(matches(&heavy, &[], "heavy weapons"), None);
        assert_eq!(matches(&heavy, &[], "something odd"), None);
        assert_eq!(matches(&[Weapon::Kind("heavy weapons")], &[], "mortar"), Some(true));
        assert_eq!(matches(&[Weapon::Kind("crew-served weapons")], &[], "mortar"), Some(true));
        assert_eq!(matches(&[Weapon::Kind("weapons")], &[], "drones"), None);
    }

    #[test]
    fn over_and_at_least_differ_by_the_gun_of_just_that_calibre() {
        let over = limited("artillery", calibre(Comparison::Over, 100.0));
        let least = limited("artillery", calibre(Comparison::AtLeast, 100.0));
        assert_eq!(matches(&over, &[], "100 mm gun"), Some(false));
        assert_eq!(matches(&least, &[], "100 mm gun"), Some(true));
        assert_eq!(matches(&least, &[], "guns"), None);
        // Whatever it was, it was too small.
        assert_eq!(matches(&least, &[], "82 mm something"), Some(false));
        assert_eq!(matches(&least, &[], "120 mm mortar"), Some(false));
        assert_eq!(matches(&least, &[], "120 mm something"), None);
    }

    #[test]
    fn a_system_has_the_kind_and_calibre_the_agreement_gives_it() {
        let rockets = [Weapon::Kind("rocket artillery")];
        assert_eq!(matches(&rockets, &systems(), "grad"), Some(true));
        assert_eq!(matches(&rockets, &[], "grad"), None);
        let heavy = limited("heavy weapons", calibre(Comparison::Over, 100.0));
        assert_eq!(matches(&heavy, &systems(), "BM-21"), Some(true));
        let grad = [Weapon::Named("Grad".to_owned())];
        assert_eq!(matches(&grad, &systems(), "BM-21"), Some(true));
        assert_eq!(matches(&grad, &systems(), "MLRS"), None);
        assert_eq!(matches(&grad, &systems(), "220 mm MLRS"), Some(false));
        assert_eq!(matches(&grad, &systems(), "mortars"), Some(false));
        let far = limited("rocket artillery", Measure::Range(Comparison::Over, Metres::new(20_000.0)));
        assert_eq!(matches(&far, &systems(), "BM-21"), None);
    }

    #[test]
    fn all_but_some_leaves_the_rest() {
        let class = [Weapon::AllBut(vec![Weapon::Kind("small arms")])];
        assert_eq!(matches(&class, &[], "rifles"), Some(false));
        assert_eq!(matches(&class, &[], "tanks"), Some(true));
        assert_eq!(matches(&class, &[], "weapons"), None);
        assert_eq!(matches(&class, &[], "other equipment"), Some(false));
    }
}
