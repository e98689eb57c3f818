//! Classes of weapons, and what the agreement says of named systems.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// The class `Guns`, and the systems it may hang on.
pub(crate) fn weapons() -> impl Strategy<Value = String> {
    let items: &[&str] = &[
        "artillery",
        "mortars",
        "\"D-30\"",
        "artillery of calibre over 100 mm",
        "artillery of calibre at least 100 mm",
        "mortars of calibre up to 8.2 cm",
        "heavy weapons of calibre at least 100 mm of range under 20 km",
        "weapons of range over 15 km",
        "crew-served weapons",
        "[tanks: \"one text\" | nothing: \"the other\"]",
    ];
    let class = prop_oneof![
        2 => Just("artillery, mortars and \"D-30\"".to_owned()),
        3 => subsequence(items.to_vec(), 1..4).prop_map(|items| items.join(", ")),
        1 => subsequence(items[..7].to_vec(), 1..3).prop_map(|items| format!("all weapons but {}", items.join(", "))),
    ];
    let calibre = select(&["", "  of calibre 122 mm\n", "  of calibre [122 mm: \"one\" | 85 mm: \"two\"]\n"][..]);
    let range = select(&["", "  of range 15.3 km\n", "  of range 21 km\n"][..]);
    let system = (any::<bool>(), calibre, range).prop_map(|(said, calibre, range)| {
        if said {
            format!("system \"D-30\" is artillery\n  also called \"2A18\"\n{calibre}{range}")
        } else {
            String::new()
        }
    });
    let rockets = select(&["", "system \"BM-21\" is rocket artillery\n  of range 20 km\n"][..]);
    (class, system, rockets).prop_map(|(class, system, rockets)| format!("weapons Guns are {class}\n{system}{rockets}"))
}
