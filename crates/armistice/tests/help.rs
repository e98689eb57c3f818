//! The help, the version, and what is said to a wrong command line.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod common;

use common::{folder, root, told};
use insta::assert_snapshot;

#[test]
fn the_help_teaches() {
    let here = root();
    let mut all = told(&here, &["--help"]);
    for command in ["check", "fmt", "show", "brackets", "assess", "explain", "compare", "sweep", "lsp", "completions"] {
        all.push_str(&format!("\n{}", told(&here, &[command, "--help"])));
    }
    assert_snapshot!(all);
}

#[test]
fn the_version_is_the_crates() {
    let told = told(&root(), &["--version"]);
    assert_eq!(
        told,
        format!("$ armistice --version\nexit 0\n--- stdout ---\narmistice {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn a_wrong_command_line_is_usage() {
    let empty = folder("usage");
    let mut all = String::new();
    for args in [
        &["chekc"][..],
        &["show"],
        &["check", "--formt", "json", "x"],
        &["assess", "x", "--format", "xml"],
        &["explain", "x"],
        &["completions", "cmd"],
        &["fmt", "-", "other.truce"],
        &["fmt", "-"],
    ] {
        all.push_str(&format!("{}\n", told(&empty, args)));
    }
    assert_snapshot!(all);
}

#[test]
fn completions_are_written_for_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let told = told(&root(), &["completions", shell]);
        assert!(told.contains("exit 0") && told.contains("skip-bad-rows"), "{told}");
    }
}
