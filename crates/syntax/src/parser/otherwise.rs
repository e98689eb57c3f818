//! Verbs that agreements write and the language says with an act of its own.

/// The first word of an act as agreements have it, and what says it here.
const OTHERWISE: &[(&[&str], &str)] = &[
    (&["abduct", "kidnap", "seize"], "`take hostages`"),
    (&["detain", "imprison", "intern"], "`arrest`"),
    (&["disarm", "surrender"], "`hand over` or `lay down`, with what, by those who have it"),
    (&["vacate", "evacuate"], "`leave` a place, or `withdraw all forces out of` it"),
    (&["remove", "pull", "relocate"], "`withdraw`, with what and out of where"),
    (
        &["fire", "shell", "bomb", "bombard", "launch", "strike", "shoot", "assassinate", "kill"],
        "`attack`, with whom, or `use`, with which weapons",
    ),
    (&["conduct", "undergo", "carry", "engage"], "the act itself: `attack`, `reconnoitre`, `inspect`"),
    (&["lift", "permit", "grant", "facilitate", "ensure", "guarantee"], "`allow`, with what"),
    (&["cease", "halt", "suspend", "end"], "`stop`, with what, or `must not`, with the act"),
    (&["refrain"], "`must not`, with the act"),
    (&["respect", "comply", "adhere", "abide", "observe", "implement"], "`honour`, with what"),
    (&["dissolve", "dismantle", "demobilise", "demobilize"], "`disband`"),
    (&["free", "return", "repatriate", "exchange"], "`release`, with whom"),
    (&["cross", "trespass"], "`enter`, with the place"),
    (&["establish", "create", "form"], "`set up`, with what"),
    (&["inform", "announce"], "`notify` or `report`"),
    (&["station", "position", "place"], "`deploy`, with what"),
    (&["maintain", "retain"], "`keep` or `hold`, with what"),
];

/// What says here what a verb says elsewhere.
pub(super) fn otherwise(verb: &str) -> Option<&'static str> {
    OTHERWISE.iter().find(|(verbs, _)| verbs.contains(&verb)).map(|(_, said)| *said)
}

#[cfg(test)]
mod tests {
    use super::OTHERWISE;
    use crate::vocabulary::VERBS;

    #[test]
    fn none_of_them_begins_an_act_of_the_language_and_none_stands_twice() {
        let all: Vec<&str> = OTHERWISE.iter().flat_map(|(verbs, _)| verbs.iter().copied()).collect();
        for (at, verb) in all.iter().enumerate() {
            assert!(!VERBS.contains(verb), "{verb}");
            assert!(!all[..at].contains(verb), "{verb}");
        }
    }
}
