//! Who accepted, and who was listed, from a journal to the answer.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod common;

use common::{put, told, truce};
use insta::assert_snapshot;

const TERMS: &str = r#"agreement "Trial"
  signed 2020-01-01
  times in UTC
  in force from 2020-01-10
party Government
  accepted on 2020-01-02
party Groups "those who accept"
  includes "the brigade"
  may include "the column"
  binds those who accept by 2020-01-08
excluded Listed "those on the list"
  listed by Council
outsider Council
monitor Mission
clause 1 "No attacks"
Government and Groups must not attack each other
  except against Listed
"#;

const JOURNAL: &str = r#"{"id":"acc","kind":"notification","effect":"accepted","by":["the brigade"],"happened":"2020-01-05","source":"letter"}
{"id":"acc2","kind":"notification","effect":"accepted","by":["New Force"],"subject":"Groups","happened":"2020-01-06","source":"letter"}
{"id":"acc3","kind":"notification","effect":"accepted","by":["Others"],"happened":"2020-01-06","source":"letter"}
{"id":"lst","kind":"decision","effect":"listed","by":"Council","against":"the band","subject":"Listed","happened":"2020-01-12","source":"decision"}
{"id":"lst2","kind":"decision","effect":"listed","by":"Council","against":"the brigade","subject":"Listed","happened":"2020-01-17","source":"decision"}
{"id":"lst3","kind":"decision","effect":"listed","by":"Mission","against":"New Force","subject":"Listed","happened":"2020-01-17","source":"decision"}
{"id":"i1","kind":"incident","act":"attack","by":"the brigade","against":"Government","happened":"2020-01-11","source":"wire"}
{"id":"i2","kind":"incident","act":"attack","by":"Government","against":"New Force","happened":"2020-01-12","source":"wire"}
{"id":"i3","kind":"incident","act":"attack","by":"the column","against":"Government","happened":"2020-01-13","source":"wire"}
{"id":"i4","kind":"incident","act":"attack","by":"Government","against":"the band","happened":"2020-01-14","source":"wire"}
{"id":"i5","kind":"incident","act":"attack","by":"Government","against":"the brigade","happened":"2020-01-19","source":"wire"}
"#;

#[test]
fn acceptances_and_lists_on_record_decide_who_is_meant() {
    let here = truce("adherence");
    put(&here, "agreement.truce", TERMS);
    put(&here, "journal.jsonl", JOURNAL);
    let records = ["--records", "journal.jsonl"];
    let run = |args: &[&str]| told(&here, &[args, &records].concat());
    assert_snapshot!(run(&["assess", "agreement.truce"]));
    let explained = ["1:i1", "1:i3", "1:i5"].map(|id| run(&["explain", "agreement.truce", id]));
    assert_snapshot!(explained.join("\n\n"));
    assert_snapshot!(run(&["explain", "agreement.truce", "1/Groups"]));
}
