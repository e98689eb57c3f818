//! Random prohibitions of acts, and duties to prevent them.

use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

/// Verbs that need nothing after them, and what may stand there.
const VERBS: &[&str] = &[
    "fly",
    "lay mines",
    "use tanks",
    "enter Zone",
    "move forces",
    "reinforce",
    "acquire territory",
    "acquire territory from South",
    "fly drones",
    "jam",
    "jam Abroad",
    "take hostages",
    "bear arms",
    "besiege South",
    "arrest civilians",
    "arrest",
    "occupy vacated ground",
    "enter Near",
    "fortify",
    "move forces into Disc",
    "redeploy",
    "deploy tanks",
    "reinforce their positions",
    "reconnoitre",
    "recruit",
    "recruit children",
    "search aid",
    "obstruct aid",
    "spread hostile propaganda",
    "hinder monitors",
    "return fire",
    "use artillery",
    "act against South",
    "act against anyone",
];
const GERUNDS: &[&str] = &[
    "attacking South",
    "attacking anyone",
    "attacking civilians",
    "acting against South",
    "laying mines",
    "entering Zone",
    "flying",
    "using tanks",
    "staying",
];

pub(crate) fn forbidden() -> BoxedStrategy<String> {
    let bound = || select(&["North", "South", "North and South", "every party"][..]);
    let others = select(&["Others", "Others and Third", "Abroad"][..]);
    let verb = prop_oneof![1 => select(VERBS), 1 => select(&VERBS[..8])];
    let must_not = (bound(), verb).prop_map(|(who, verb)| {
        let who = if who == "every party" { "no party may".to_owned() } else { format!("{who} must not") };
        format!("{who} {verb}")
    });
    let prevent = (bound(), others, select(GERUNDS))
        .prop_map(|(who, whom, verb)| format!("{who} must prevent {whom} from {verb}"));
    prop_oneof![3 => must_not, 1 => prevent].boxed()
}

/// Where, how high and with what.
pub(crate) fn clauses() -> BoxedStrategy<String> {
    let ground = weighted(
        0.2,
        select(
            &[
                "  in Zone\n",
                "  through Near\n",
                "  within 2 km of Road\n",
                "  in Disc\n",
                "  in Band\n",
                "  in Holed\n",
                "  through Way\n",
                "  in Deep\n",
                "  in Sky\n",
            ][..],
        ),
    );
    let below = weighted(0.06, select(&["  below 5000 feet\n", "  below 500 m\n"][..]));
    let above = weighted(0.05, select(&["  above 100 feet\n", "  above 500 m\n"][..]));
    let with = weighted(0.08, select(&["  with tanks\n", "  with artillery and mortars\n", "  with care\n"][..]));
    (ground, below, above, with)
        .prop_map(|(ground, below, above, with)| {
            [ground, below, above, with].into_iter().flatten().collect::<Vec<_>>().concat()
        })
        .boxed()
}
