//! The linter as a person meets it: what it finds, why, and what is accepted.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod common;

use common::{TRUCE, put, told, truce};
use insta::assert_snapshot;

#[test]
fn a_code_is_explained_from_its_page() {
    let here = truce("codes");
    let mut all = told(&here, &["explain", "l009"]);
    all.push_str(&told(&here, &["explain", "T105"]));
    for wrong in ["L01", "."] {
        all.push_str(&told(&here, &["explain", wrong]));
    }
    assert_snapshot!(all);
}

#[test]
fn what_is_accepted_is_listed_for_who_asks() {
    let here = truce("accepted");
    let text =
        TRUCE.replace("  except in self-defence\n", "  except in self-defence # accepts L027: nobody asked for more\n");
    put(&here, "agreement.truce", &text.replace("  days start at 00:00\n", ""));
    let mut all = String::new();
    for more in [&[][..], &["--all"], &["--all", "--format", "json"]] {
        all.push_str(&told(&here, &[&["check", "."], more].concat()));
    }
    assert_snapshot!(all);
}

#[test]
fn what_is_found_again_is_told_in_a_line() {
    let here = truce("again");
    put(&here, "agreement.truce", &TRUCE.replace("  verified by Mission\n", ""));
    assert_snapshot!(told(&here, &["check", "."]));
}
