//! The kinds of weapon that agreements name, and which words mean the same.

/// A kind of weapon: its word in the language, words that mean the same, and
/// the wider kinds it belongs to.
struct Kind(&'static str, &'static [&'static str], &'static [&'static str]);

/// All weapons there are.
pub(super) const ALL: &str = "weapons";
const HEAVY: &str = "heavy weapons";
const CREW: &str = "crew-served weapons";

const KINDS: &[Kind] = &[
    Kind(ALL, &["weapon", "all weapons", "any weapons", "arms", "weaponry"], &[]),
    Kind(HEAVY, &["heavy weaponry"], &[ALL]),
    Kind("tanks", &["tank", "main battle tank", "main battle tanks"], &[HEAVY]),
    Kind("artillery", &["artillery pieces", "gun", "guns", "howitzer", "howitzers"], &[HEAVY, CREW]),
    Kind("mortars", &["mortar"], &[HEAVY, CREW]),
    Kind(
        "rocket artillery",
        &["multiple launch rocket systems", "mlrs", "rocket launchers", "rockets", "rocket"],
        &[HEAVY, CREW],
    ),
    Kind("surface-to-surface missiles", &["tactical missiles", "ballistic missiles"], &[HEAVY]),
    Kind("armoured vehicles", &["armored vehicles", "heavy vehicles"], &[ALL]),
    Kind(
        "armoured personnel carriers",
        &["apc", "apcs", "troop carriers", "armored personnel carriers", "armoured personnel carrier"],
        &["armoured vehicles"],
    ),
    Kind("infantry fighting vehicles", &["ifv", "ifvs", "infantry fighting vehicle"], &["armoured vehicles"]),
    Kind("anti-tank guided missiles", &["atgm", "atgms", "anti-tank guided missile"], &[CREW]),
    Kind("heavy machine guns", &["heavy machine gun"], &[CREW]),
    Kind("light machine guns", &["light machine gun", "machine guns"], &[ALL]),
    Kind("small arms", &["rifles", "light weapons"], &[ALL]),
    Kind("sniper rifles", &["sniper fire"], &["small arms"]),
    Kind("grenade launchers", &["grenade launcher"], &[ALL]),
    Kind("aircraft", &["aviation", "planes", "warplanes"], &[]),
    Kind("combat aircraft", &["fighter aircraft", "bombers"], &["aircraft", ALL]),
    Kind("helicopters", &["helicopter"], &["aircraft"]),
    Kind("drones", &["uav", "uavs", "unmanned aircraft"], &["aircraft"]),
    Kind("air defence", &["air defence systems", "anti-aircraft guns"], &[ALL]),
    Kind("surface-to-air missiles", &["sam", "sams"], &["air defence"]),
    Kind("mines", &["landmines", "mine"], &[ALL]),
    Kind("other equipment", &["equipment"], &[]),
    Kind(CREW, &["crew served weapons"], &[ALL]),
];

/// Every word the taxonomy knows, for suggestions.
pub fn words() -> impl Iterator<Item = &'static str> {
    KINDS.iter().flat_map(|Kind(word, same, _)| std::iter::once(*word).chain(same.iter().copied()))
}

/// The kind of weapon that a phrase begins with, where it goes on after it.
pub(crate) fn begins_with_kind(phrase: &str) -> Option<&str> {
    let mut ends = phrase.match_indices(' ').map(|(at, _)| at).rev();
    ends.find_map(|at| phrase.get(..at).filter(|words| kind_of(words).is_some()))
}

/// The kind a word means.
#[must_use]
pub fn kind_of(word: &str) -> Option<&'static str> {
    let word = word.trim().to_lowercase();
    KINDS.iter().find(|Kind(name, same, _)| *name == word || same.contains(&word.as_str())).map(|Kind(name, ..)| *name)
}

/// The wider kinds a kind belongs to, each one step up.
#[must_use]
pub fn wider(kind: &str) -> &'static [&'static str] {
    KINDS.iter().find(|Kind(name, ..)| *name == kind).map_or(&[], |Kind(.., up)| up)
}

/// Whether what a record calls `kind` is `wanted`: yes, no, or it may be.
///
/// A report of "heavy weapons" may or may not be of tanks; a machine that flies
/// may or may not be armed, and so be a weapon.
pub(super) fn is_a(kind: &str, wanted: &str) -> Option<bool> {
    if belongs(kind, wanted) {
        Some(true)
    } else if belongs(wanted, kind) || (wanted == ALL && belongs(kind, "aircraft")) {
        None
    } else {
        Some(false)
    }
}

/// Whether `kind` is `wider`, or belongs to it.
fn belongs(kind: &str, above: &str) -> bool {
    // The taxonomy is four deep and no kind stands above itself, so this ends.
    kind == above || wider(kind).iter().any(|up| belongs(up, above))
}
