//! Section 5: whether what a record names is a weapon of a class.

use armistice_geodesy::Metres;
use armistice_terms::weapons::{Calibre, Comparison, Measure, System, Weapon, kind_of, wider};
use armistice_terms::{What, same_name};

use crate::truth::T;

/// What the words of a record tell.
struct Told<'s> {
    words: String,
    name: String,
    system: Option<&'s System>,
    kind: Option<&'static str>,
    calibre: Option<Calibre>,
}

/// Whether the weapon of these words is of a class.
pub(crate) fn of_class(class: &[Weapon], systems: &[System], words: &str) -> T {
    let told = told(words, systems);
    any(class, systems, &told)
}

/// How far the weapon of these words can reach, if that is said.
pub(crate) fn range(words: &str, systems: &[System]) -> Option<Metres> {
    told(words, systems).system.and_then(|system| system.range)
}

/// Whether the thing of these words is of what is counted.
pub(crate) fn of_what(what: &What, systems: &[System], words: &str) -> T {
    let things = What { weapons: Vec::new(), ..what.clone() };
    let thing = match things.holds(systems, words) {
        Some(true) => T::T,
        Some(false) => T::F,
        None => T::U,
    };
    if what.weapons.is_empty() { thing } else { thing.max(of_class(&what.weapons, systems, words)) }
}

fn any(class: &[Weapon], systems: &[System], told: &Told<'_>) -> T {
    class.iter().map(|weapon| one(weapon, systems, told)).max().unwrap_or(T::F)
}

fn not(truth: T) -> T {
    match truth {
        T::T => T::F,
        T::U => T::U,
        T::F => T::T,
    }
}

fn one(weapon: &Weapon, systems: &[System], told: &Told<'_>) -> T {
    match weapon {
        Weapon::Kind(kind) => is(told.kind, kind),
        Weapon::Limited(limited) => {
            let range = told.system.and_then(|system| system.range);
            let met = limited.limits.iter().map(|limit| match limit {
                Measure::Calibre(how, limit) => {
                    told.calibre.map_or(T::U, |found| compare(*how, found.partial_cmp(limit)))
                }
                Measure::Range(how, limit) => range.map_or(T::U, |found| compare(*how, found.partial_cmp(limit))),
            });
            met.min().unwrap_or(T::T).min(is(told.kind, limited.kind))
        }
        Weapon::AllBut(others) => is(told.kind, "weapons").min(not(any(others, systems, told))),
        Weapon::Named(name) => make(name, systems, told),
    }
}

fn compare(how: Comparison, found: Option<std::cmp::Ordering>) -> T {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let fits = match how {
        Comparison::Over => found == Some(Greater),
        Comparison::AtLeast => matches!(found, Some(Greater | Equal)),
        Comparison::UpTo => matches!(found, Some(Less | Equal)),
        Comparison::Under => found == Some(Less),
    };
    if fits { T::T } else { T::F }
}

/// Everything a kind belongs to, itself with it.
fn above(kind: &'static str) -> Vec<&'static str> {
    let mut all = vec![kind];
    for up in wider(kind) {
        all.extend(above(up));
    }
    all
}

fn is(kind: Option<&'static str>, wanted: &'static str) -> T {
    let Some(kind) = kind else {
        return T::U;
    };
    let may_be_armed = wanted == "weapons" && above(kind).contains(&"aircraft");
    if above(kind).contains(&wanted) {
        T::T
    } else if above(wanted).contains(&kind) || may_be_armed {
        T::U
    } else {
        T::F
    }
}

fn make(name: &str, systems: &[System], told: &Told<'_>) -> T {
    if same_name(name, &told.words) || same_name(name, &told.name) {
        return T::T;
    }
    let meant = systems.iter().find(|system| system.names().any(|n| same_name(n, name)));
    match (meant, told.system) {
        (Some(meant), Some(named)) => {
            if std::ptr::eq(meant, named) {
                T::T
            } else {
                T::F
            }
        }
        (None, Some(_)) => T::F,
        (Some(meant), None) => {
            let differs = meant.calibre.is_some() && told.calibre.is_some() && meant.calibre != told.calibre;
            match told.kind {
                None => T::U,
                Some(_) if differs => T::F,
                Some(kind) => is(Some(meant.kind), kind).min(T::U),
            }
        }
        (None, None) => {
            if told.kind.is_some() {
                T::F
            } else {
                T::U
            }
        }
    }
}

fn told<'s>(words: &str, systems: &'s [System]) -> Told<'s> {
    let words = words.trim().to_owned();
    let called = |name: &str| systems.iter().find(|system| system.names().any(|n| same_name(n, name)));
    let (name, said) = if called(&words).is_some() { (words.clone(), None) } else { calibre_in(&words) };
    let system = called(&name);
    let known = system.and_then(|system| system.calibre);
    let calibre = match (known, said) {
        (Some(known), Some(said)) if known != said => None,
        (known, said) => known.or(said),
    };
    let kind = match system {
        Some(system) => Some(system.kind),
        None => kind_of(&name),
    };
    Told { words, name, system, kind, calibre }
}

/// A number before *mm*, where there is but one and nothing is joined to it, and
/// what is left of the words without it.
fn calibre_in(words: &str) -> (String, Option<Calibre>) {
    let letters: Vec<char> = words.chars().collect();
    let at = |i: usize| letters.get(i).copied();
    let mut found: Vec<(usize, usize, f64)> = Vec::new();
    for end in 2..=letters.len() {
        let unit = at(end - 2) == Some('m') && at(end - 1) == Some('m');
        if !unit || at(end).is_some_and(char::is_alphanumeric) {
            continue;
        }
        let mut last = end - 2;
        if last > 0 && matches!(at(last - 1), Some(' ' | '-')) {
            last -= 1;
        }
        let mut first = last;
        while first > 0 && at(first - 1).is_some_and(|c| c.is_ascii_digit() || c == '.') {
            first -= 1;
        }
        let joined = first > 0 && at(first - 1).is_some_and(|c| c.is_alphanumeric() || "/-,–".contains(c));
        let number = letters.get(first..last).unwrap_or_default().iter().collect::<String>().parse::<f64>();
        if let (Ok(number), false) = (number, joined) {
            found.push((first, end, number));
        }
    }
    let [(first, end, number)] = found.as_slice() else {
        return (words.to_owned(), None);
    };
    let kept = letters.iter().enumerate().map(|(i, c)| {
        let gone = (first..end).contains(&&i) || matches!(c, '(' | ')');
        if gone { ' ' } else { *c }
    });
    let kept: String = kept.collect();
    let left: Vec<&str> = kept
        .split_whitespace()
        .map(|word| word.trim_matches(|c| c == '-' || c == ','))
        .filter(|word| !word.is_empty() && *word != "calibre" && *word != "caliber")
        .collect();
    (left.join(" "), Some(Calibre::millimetres(*number)))
}
