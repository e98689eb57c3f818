//! How the days of a gate count.

use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

/// Where breaches count, what is borne, what resets and what pauses the count,
/// and who gives notice at its end.
pub(crate) fn rules() -> BoxedStrategy<String> {
    (
        weighted(0.15, select(&["Zone", "Near", "Disc"][..])),
        weighted(0.25, select(&["1 breach", "2 breaches"][..])),
        weighted(
            0.25,
            select(
                &[
                    "any breach",
                    "breaches of North",
                    "breaches of North and South",
                    "decision of Mission",
                    "decision of East and West together",
                    "decision of East and Mission separately",
                ][..],
            ),
        ),
        weighted(0.25, select(&["any breach", "breaches of South", "breaches of North and Third"][..])),
        weighted(0.2, select(&["North and South together", "North and South separately", "South"][..])),
    )
        .prop_map(|(ground, borne, reset, pause, notice)| {
            let line = |words: &str, value: Option<&str>, after: &str| {
                value.map(|value| format!("  {words} {value}{after}\n")).unwrap_or_default()
            };
            line("in", ground, "")
                + &line("tolerating", borne, " a day")
                + &line("reset by", reset, "")
                + &line("paused by", pause, "")
                + &line("after notice by", notice, "")
        })
        .boxed()
}
