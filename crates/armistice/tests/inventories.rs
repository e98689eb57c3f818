//! What the records tell of declared holdings, as it is printed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod common;

use common::{armistice, folder, put};
use insta::assert_snapshot;

const DECLARED: &str = r#"agreement "A truce on the river"
  signed 2020-01-01
  times in Asia/Damascus

moment D is 2020-01-02 00:00

party North "the north"

party South "the south"

monitor Mission "the mission"

line River "the river"
  from "places.geojson#river"
  good to 100 m

area Depot "the depot on the river"
  within 2 km of River

inventory Declared "holdings declared at signature"
  held by South
  holds [12: "one copy" | 10: "another"] tanks and 30 mortars
  stored at Depot
  under seal of Mission

line Border "the border in the north"
  from "places.geojson#border"
  good to 100 m

clause 1 "The line"
South must keep tanks at least 10 km from Border
  from D
"#;

const SHAPES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"river","properties":{},"geometry":{"type":"LineString","coordinates":[[37.0,36.0],[37.4,36.0]]}},
{"type":"Feature","id":"border","properties":{},"geometry":{"type":"LineString","coordinates":[[37.0,36.3],[37.4,36.3]]}}]}"#;

const SEEN: &str = r#"{"id":"count-1","kind":"inspection","effect":"counted","count":{"low":9,"best":9,"high":10},"by":"Mission","subject":"Declared","weapons":["tanks"],"happened":"2020-01-05","source":"team 2"}
{"id":"near","kind":"sighting","act":"presence","by":"South","weapons":["tanks"],"quantity":3,"happened":"2020-01-06","place":{"at":[36.28,37.2],"within_m":200},"source":"team 2"}
{"id":"back","kind":"sighting","act":"presence","by":"South","weapons":["tanks"],"quantity":2,"happened":"2020-01-06","place":{"at":[36.1,37.2],"within_m":200},"source":"team 2"}
{"id":"stored","kind":"sighting","act":"presence","by":"South","weapons":["tanks"],"quantity":7,"happened":"2020-01-07","place":{"at":[36.001,37.2],"within_m":200},"source":"team 2"}
{"id":"edge","kind":"sighting","act":"presence","by":"South","weapons":["mortars"],"happened":"2020-01-07","place":{"at":[36.018,37.2],"within_m":600},"source":"team 2"}
{"id":"turned-away","kind":"access","effect":"access denied","by":"Mission","against":"South","subject":"Declared","happened":"2020-01-08","source":"team 2"}
"#;

fn printed(name: &str, args: &[&str]) -> String {
    let here = folder(name);
    put(&here, "agreement.truce", DECLARED);
    put(&here, "places.geojson", SHAPES);
    put(&here, "journal.jsonl", SEEN);
    put(&here, "assessment.truce", "records \"journal.jsonl\"\nperiod 2020-01-01 to 2020-01-20\n");
    let output = armistice(&here, args).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn an_inventory_is_told_item_by_item_under_each_reading() {
    let text = printed("declared", &["assess", "."]);
    let from = text.find("Inventories\n").unwrap();
    let until = text[from..].find("\n\n").unwrap();
    assert_snapshot!(&text[from..from + until]);
}

#[test]
fn the_same_stands_in_json() {
    let text = printed("declared-json", &["assess", ".", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_snapshot!(serde_json::to_string_pretty(&value["inventories"][0]["readings"][1]).unwrap());
}
