//! Two texts that mean the same have no difference, and from new to old is from
//! old to new turned round.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

use std::path::Path;

use armistice_drafting::{Became, Change, Difference, PointChange, ProvisionChange, Taken, Thing, compare};
use armistice_syntax::{Form, format};
use armistice_terms::Checked;
use proptest::prelude::*;

const SHAPES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"road","properties":{},"geometry":{"type":"LineString","coordinates":[[37.0,48.0],[37.2,48.0]]}},
{"type":"Feature","id":"other","properties":{},"geometry":{"type":"LineString","coordinates":[[37.0,48.01],[37.2,48.0]]}}]}"#;

fn check(text: &str) -> Checked {
    let checked = armistice_terms::check(text, Form::Plain, &|_| Ok(SHAPES.to_owned()));
    assert!(!checked.has_errors(), "{text}\n{:?}", checked.diagnostics);
    checked
}

/// The pages of the gallery, each with its folder.
fn gallery() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../agreements");
    let mut pages: Vec<(String, String)> = std::fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter_map(|folder| {
            let page = std::fs::read_to_string(folder.join("agreement.truce.md")).ok()?;
            Some((folder.to_str().unwrap().to_owned(), page))
        })
        .collect();
    pages.sort();
    assert!(pages.len() > 2);
    pages
}

fn page(folder: &str, text: &str) -> Checked {
    let read = |name: &str| std::fs::read_to_string(Path::new(folder).join(name)).map_err(|e| e.to_string());
    armistice_terms::check(text, Form::Literate, &read)
}

#[test]
fn a_text_means_what_it_means() {
    for (folder, text) in gallery() {
        let checked = page(&folder, &text);
        assert_eq!(compare(&checked, &checked), Difference::default(), "{folder}");
        let formatted = page(&folder, &format(&text, Form::Literate));
        assert_eq!(compare(&checked, &formatted), Difference::default(), "{folder}");
    }
}

/// Ways to say the same otherwise.
#[test]
fn other_words_are_no_other_meaning() {
    let one = "agreement \"A\"\n  signed 2020-01-01\n  times in UTC\nmoment D is 2020-01-02 00:00\nparty North \"the north\"\nparty South \"the south\"\nline Road\n  from \"p.geojson#road\"\nweapons Heavy are tanks and guns\nclause 1 \"x\"\nNorth must keep Heavy at least 3.5 km from Road\n  from D\n  for 48 hours\nNorth and South must not attack each other\n  from D\n";
    let other = "agreement \"B\"\n  signed 2020-01-01\n  times in UTC\n  days start at 00:00\n# Says the same.\nparty South \"the south\"\nparty Nord \"the north\"\nweapons Large are artillery, tanks\nline Street\n  from \"p.geojson#road\"\nmoment Start is 2020-01-02 00:00 UTC\nclause 7 \"y\"\nSouth and Nord must not attack each other\n  from Start\nclause 8 \"z\"\nNord must keep Large at least 3,500 m from Street, from Start, until 2020-01-04 00:00\n";
    let difference = compare(&check(one), &check(other));
    assert!(difference.is_none(), "{difference:#?}");
    assert_eq!(difference.provisions.len(), 2, "both have moved");
    assert_eq!(difference.things.len(), 4, "a party, a line, a class and a moment have other names");
}

/// Texts that differ in any of several ways.
fn text() -> impl Strategy<Value = String> {
    let pick = |all: &'static [&'static str]| prop::sample::select(all);
    let places = pick(&["road", "other"]);
    let moments = pick(&[
        "2020-01-02 00:00",
        "2020-01-03 12:00",
        "[2020-01-02 00:00: \"one\" | 2020-01-03 12:00: \"two\"]",
        "[2020-01-03 12:00: \"two\" | 2020-01-05 00:00: \"three\"]",
    ]);
    let classes = pick(&[
        "tanks",
        "tanks and mortars",
        "tanks and mortars of calibre over 82 mm",
        "mortars of calibre at least 82 mm",
        "tanks, [nothing: \"one\" | drones: \"two\"]",
    ]);
    let distances = pick(&["3500 m", "3 km", "[3500 m: \"one\" | 3 km: \"two\"]", "[3500 m: North | 3 km: South]"]);
    let ends = pick(&["", "  for 48 hours\n", "  for 3 days\n  renewed by North and South together\n", "  until D\n"]);
    let more = pick(&[
        "",
        "  except in self-defence\n",
        "  except against Band\n  verified by Watch\n",
        "  only after talks\n  severity serious\n",
    ]);
    let targets = pick(&["each other", "anyone", "civilians", "Band"]);
    let extra = pick(&[
        "",
        "clause 3 \"c\"\nSouth must allow 600 trucks a day\n  from D\n",
        "clause 3 \"c\"\nSouth must allow 400 trucks a day\n  from D\n",
        "clause 0.1 \"c\"\nSouth must withdraw Heavy out of Zone\n  by D + 3 days\n",
        "clause 3 \"c\"\ntext not public \"why\"\n",
        "clause 3 \"c\"\nSouth must keep at most 5 tanks in Zone\n  from D\n",
        "clause 3 \"c\"\nSouth must keep at most [5: \"one\" | 7: \"two\"] tanks in Zone\n  from D\n",
        "phase One \"the first\"\n  from D\n  for 40 days\n  then Two\nphase Two \"the second\"\n  for 40 days\n",
        "phase One \"the first\"\n  from D\n  for 42 days\n  then Two\nphase Two \"the second\"\n  for 40 days\n  certified by Watch\n",
        "term Shows\n  means \"a parade\"\ninventory Depot \"d\"\n  held by North\n  holds 40 tanks\n",
        "term Shows\n  undefined \"nobody says\"\ninventory Depot \"d\"\n  held by South\n  holds 40 tanks and 3 mortars\n  stored at Zone\n  under seal of Watch\n",
        "instrument Annex \"an annex\"\n  signed 2020-02-01\n  supersedes 2\n",
        "instrument Annex \"an annex\"\n  signed 2020-02-02\n  amends 2\n",
        "gate Next\n  opens when 1 is kept for 3 consecutive days\n",
        "gate Next\n  opens when 1 and 2 are kept for 7 consecutive days\n  certified by Watch\n",
    ]);
    (places, moments, classes, distances, ends, more, targets, extra).prop_map(
        |(place, moment, class, distance, ends, more, target, extra)| {
            // What ends at its beginning would be a mistake.
            let ends = if ends.contains("until") { "  until 2020-06-01 00:00\n" } else { ends };
            format!(
                "agreement \"A\"\n  signed 2020-01-01\n  times in UTC\nmoment D is {moment}\nparty North\nparty South\nexcluded Band\nmonitor Watch\nline Road\n  from \"p.geojson#{place}\"\narea Zone\n  within 2 km of Road\nweapons Heavy are {class}\nclause 1 \"a\"\nNorth and South must not attack {target}\n  from D\n{ends}{more}clause 2 \"b\"\nNorth must keep Heavy at least {distance} from Road\n  from D\n{extra}"
            )
        },
    )
}

/// A difference from the new text to the old, as from the old to the new; in an
/// order of its own.
fn turned(difference: &Difference) -> Vec<String> {
    let choice = |taken: &Taken| format!("{taken:?}");
    let changes = |all: &[Change], turn: bool| -> Vec<String> {
        let mut told: Vec<String> =
            all.iter().map(|c| format!("{:?}", if turn { c.mirrored() } else { c.clone() })).collect();
        told.iter_mut().for_each(|words| *words = sorted_under(words));
        told.sort();
        told
    };
    let mut all = Vec::new();
    let Difference { head, things, points, provisions, written } = difference;
    all.push(format!("{:?} {:?}", changes(head, true), changes(written, true)));
    for Thing { sort, old, new, changes: told, reaches: _ } in things {
        all.push(format!("{sort} {new:?} {old:?} {:?}", changes(told, true)));
    }
    for PointChange { name: _, became, provisions: _ } in points {
        all.push(match became {
            Became::Settled { on, others } => format!("opened {} {others:?}", choice(on)),
            Became::Opened { from, others } => format!("settled {} {others:?}", choice(from)),
            Became::Altered { added, dropped } => format!("altered {dropped:?} {added:?}"),
        });
    }
    for ProvisionChange { old, new, changes: told } in provisions {
        let id = |cited: &Option<armistice_drafting::Cited>| cited.as_ref().map(|c| c.id.clone());
        all.push(format!("{:?} {:?} {:?}", id(new), id(old), changes(told, true)));
    }
    all.sort();
    all
}

fn straight(difference: &Difference) -> Vec<String> {
    // Turned round twice.
    let mut twice = difference.clone();
    let turn = |all: &mut Vec<Change>| all.iter_mut().for_each(|c| *c = c.mirrored());
    turn(&mut twice.head);
    turn(&mut twice.written);
    for thing in &mut twice.things {
        turn(&mut thing.changes);
        std::mem::swap(&mut thing.old, &mut thing.new);
    }
    for provision in &mut twice.provisions {
        turn(&mut provision.changes);
        std::mem::swap(&mut provision.old, &mut provision.new);
    }
    for point in &mut twice.points {
        point.became = match point.became.clone() {
            Became::Settled { on, others } => Became::Opened { from: on, others },
            Became::Opened { from, others } => Became::Settled { on: from, others },
            Became::Altered { added, dropped } => Became::Altered { added: dropped, dropped: added },
        };
    }
    turned(&twice)
}

/// The readings of a change in an order of their own: each side lists its own
/// first.
fn sorted_under(words: &str) -> String {
    let mut parts: Vec<&str> = words.split("Under {").collect();
    parts[1..].sort_unstable();
    parts.join("Under {")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_same_text_has_no_difference(text in text()) {
        let checked = check(&text);
        prop_assert_eq!(compare(&checked, &checked), Difference::default());
        let formatted = check(&format(&text, Form::Plain));
        prop_assert_eq!(compare(&checked, &formatted), Difference::default());
    }

    #[test]
    fn from_new_to_old_is_from_old_to_new_turned_round(one in text(), other in text()) {
        let (old, new) = (check(&one), check(&other));
        let (there, back) = (compare(&old, &new), compare(&new, &old));
        prop_assert_eq!(straight(&there), turned(&back), "{}\n{}", one, other);
        prop_assert_eq!(there.is_none(), back.is_none());
    }
}
