//! The weapons agreements name, and which words mean the same.
//!
//! A small taxonomy by use, not by make: a record's weapon is matched with a
//! class by kind, so `howitzers` in a report meets `artillery` in a term. Makes
//! (`"Uragan"`) match by name only.

use crate::model::same_name;

/// A kind of weapon: its word in the language, words that mean the same, and
/// the wider kind it belongs to.
struct Kind(&'static str, &'static [&'static str], Option<&'static str>);

const KINDS: &[Kind] = &[
    Kind("heavy weapons", &["heavy weaponry"], None),
    Kind("tanks", &["tank", "main battle tank", "main battle tanks"], Some("heavy weapons")),
    Kind("artillery", &["artillery pieces", "gun", "guns", "howitzer", "howitzers"], Some("heavy weapons")),
    Kind("mortars", &["mortar"], Some("heavy weapons")),
    Kind(
        "rocket artillery",
        &["multiple launch rocket systems", "mlrs", "rocket launchers", "rockets", "rocket"],
        Some("heavy weapons"),
    ),
    Kind("surface-to-surface missiles", &["tactical missiles", "ballistic missiles"], Some("heavy weapons")),
    Kind("armoured vehicles", &["armored vehicles", "heavy vehicles"], None),
    Kind(
        "armoured personnel carriers",
        &["apc", "apcs", "troop carriers", "armored personnel carriers", "armoured personnel carrier"],
        Some("armoured vehicles"),
    ),
    Kind("infantry fighting vehicles", &["ifv", "ifvs", "infantry fighting vehicle"], Some("armoured vehicles")),
    Kind("anti-tank guided missiles", &["atgm", "atgms", "anti-tank guided missile"], None),
    Kind("heavy machine guns", &["heavy machine gun"], None),
    Kind("light machine guns", &["light machine gun", "machine guns"], None),
    Kind("small arms", &["rifles", "light weapons"], None),
    Kind("sniper rifles", &["sniper fire"], Some("small arms")),
    Kind("grenade launchers", &["grenade launcher"], None),
    Kind("aircraft", &["aviation", "planes", "warplanes"], None),
    Kind("combat aircraft", &["fighter aircraft", "bombers"], Some("aircraft")),
    Kind("helicopters", &["helicopter"], Some("aircraft")),
    Kind("drones", &["uav", "uavs", "unmanned aircraft"], Some("aircraft")),
    Kind("air defence", &["air defence systems", "anti-aircraft guns"], None),
    Kind("surface-to-air missiles", &["sam", "sams"], Some("air defence")),
    Kind("mines", &["landmines", "mine"], None),
    Kind("other equipment", &["equipment"], None),
    Kind("crew-served weapons", &["crew served weapons"], None),
];

/// One item of a weapon class.
#[derive(Clone, Debug, PartialEq)]
pub enum Weapon {
    /// A kind of the taxonomy.
    Kind(&'static str),
    /// A make, matched by name.
    Named(String),
    /// A kind limited by calibre or range, which records seldom state.
    Limited(&'static str, String),
}

/// Every word the taxonomy knows, for suggestions.
pub fn words() -> impl Iterator<Item = &'static str> {
    KINDS.iter().flat_map(|Kind(word, same, _)| std::iter::once(*word).chain(same.iter().copied()))
}

/// The kind a word means.
#[must_use]
pub fn kind_of(word: &str) -> Option<&'static str> {
    let word = word.trim().to_lowercase();
    KINDS.iter().find(|Kind(name, same, _)| *name == word || same.contains(&word.as_str())).map(|Kind(name, ..)| *name)
}

/// Whether `kind` is `wider` or belongs to it.
fn is_a(kind: &str, wider: &str) -> bool {
    let mut at = Some(kind);
    // The taxonomy is a tree three deep, so this ends.
    while let Some(kind) = at {
        if kind == wider {
            return true;
        }
        at = KINDS.iter().find(|Kind(name, ..)| *name == kind).and_then(|Kind(_, _, up)| *up);
    }
    false
}

/// Whether a weapon a record names is in a class: yes, no, or it cannot be said.
#[must_use]
pub fn matches(class: &[Weapon], recorded: &str) -> Option<bool> {
    let kind = kind_of(recorded);
    let mut open = kind.is_none();
    for weapon in class {
        match weapon {
            Weapon::Named(name) if same_name(name, recorded.trim()) => return Some(true),
            Weapon::Named(_) => {}
            Weapon::Kind(wanted) => match kind {
                Some(kind) if is_a(kind, wanted) => return Some(true),
                // A report of "heavy weapons" may or may not be of tanks.
                Some(kind) if is_a(wanted, kind) => open = true,
                _ => {}
            },
            // Calibre or range would decide, and a bare word does not give it.
            Weapon::Limited(wanted, _) => open |= kind.is_some_and(|kind| is_a(kind, wanted) || is_a(wanted, kind)),
        }
    }
    if open { None } else { Some(false) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_matches_its_kind_and_wider_kinds() {
        let heavy = [Weapon::Kind("tanks"), Weapon::Kind("artillery")];
        assert_eq!(matches(&heavy, "howitzers"), Some(true));
        assert_eq!(matches(&heavy, "small arms"), Some(false));
        assert_eq!(matches(&heavy, "heavy weapons"), None);
        assert_eq!(matches(&heavy, "something odd"), None);
        assert_eq!(matches(&[Weapon::Kind("heavy weapons")], "mortar"), Some(true));
        assert_eq!(matches(&[Weapon::Limited("artillery", "over 100 mm".into())], "guns"), None);
    }
}
