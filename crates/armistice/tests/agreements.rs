//! `check`, `fmt` and `show` as a person meets them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod common;

use std::fs;
use std::io::Read;
use std::process::Stdio;

use common::{TRUCE, armistice, beside, folder, gallery, put, root, told, told_with, truce};
use insta::assert_snapshot;

#[test]
fn three_mistakes_are_each_pointed_at() {
    let here = truce("three-mistakes");
    let text = TRUCE
        .replace("party South", "party Suoth")
        .replace("known as \"Maidan\"", "knwon as \"Maidan\"")
        .replace("#river", "#rivr");
    put(&here, "agreement.truce", &text);
    put(&here, "assessment.truce", "records \"x.csv\"\nmoment E is 2014-09-20\n");
    let mut all = told(&here, &["check", "agreement.truce"]);
    all.push_str(&told(&here, &["show", "."]));
    assert_snapshot!(all);
    let json = told(&here, &["check", ".", "--format", "json"]);
    assert_snapshot!(json);
}

#[test]
fn warnings_fail_only_when_they_are_denied() {
    let here = truce("warnings");
    put(&here, "agreement.truce", &TRUCE.replace("  days start at 00:00\n", ""));
    let mut all = told(&here, &["check", "."]);
    all.push_str(&told(&here, &["check", ".", "--deny-warnings"]));
    assert_snapshot!(all);
    put(&here, "agreement.truce", TRUCE);
    let clean = told(&here, &["check", ".", "--deny-warnings"]);
    assert!(clean.contains("exit 0") && clean.contains("no errors, no warnings"), "{clean}");
}

#[test]
fn shapes_are_read_only_from_the_agreements_own_folder() {
    let here = truce("shapes/inner");
    put(&folder("shapes/outer"), "places.geojson", common::PLACES);
    let mut all = String::new();
    for place in
        ["../outer/places.geojson", "/etc/hostname", "https://example.org/places.geojson", "plases.geojson", ""]
    {
        put(&here, "agreement.truce", &TRUCE.replace("places.geojson", place));
        let told = told(&here, &["check", "."]);
        all.extend(told.lines().filter(|l| l.contains("help")).map(|l| format!("{place}: {}\n", l.trim())));
    }
    assert_snapshot!(all);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_refused() {
    let here = truce("links/inner");
    put(&folder("links/outer"), "places.geojson", common::PLACES);
    fs::remove_file(here.join("places.geojson")).unwrap();
    std::os::unix::fs::symlink(here.join("../outer/places.geojson"), here.join("places.geojson")).unwrap();
    let told = told(&here, &["check", "."]);
    assert!(told.contains("exit 1") && told.contains("is a link out of the agreement's folder"), "{told}");
}

#[test]
fn formatting_rewrites_once_and_says_what_is_uneven() {
    let here = truce("format");
    put(&here, "agreement.truce", &TRUCE.replace("  signed", "     signed"));
    put(&here, "page.truce.md", "# T\n\n```truce\nmoment   D is 2014-09-20\n```\n");
    put(&here, "broken.truce", "party  A\n     knwon   as \"x\"\n");
    let mut all = String::new();
    for args in [&["fmt", "--check", "."][..], &["fmt", "."], &["fmt", "--check", "."]] {
        all.push_str(&told(&here, args));
    }
    all.push_str(&told_with(&here, &["fmt", "-", "--form", "plain"], "moment   D is 2014-09-20\n"));
    all.push_str(&told_with(
        &here,
        &["fmt", "-", "--form", "page", "--check"],
        "```truce\nmoment   D is 2014-09-20\n```\n",
    ));
    assert_snapshot!(all);
    assert_eq!(fs::read_to_string(here.join("agreement.truce")).unwrap(), TRUCE);
    let broken = fs::read_to_string(here.join("broken.truce")).unwrap();
    assert!(broken.ends_with("\n     knwon   as \"x\"\n"), "{broken}");
    let mut left: Vec<_> =
        fs::read_dir(&here).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    left.sort();
    assert_eq!(left, ["agreement.truce", "broken.truce", "page.truce.md", "places.geojson"], "no draft is left");
}

#[test]
fn a_small_agreement_is_shown() {
    let here = truce("show");
    let mut all = told(&here, &["show", "."]);
    all.push_str(&told(&here, &["show", "agreement.truce", "--reading", "the press"]));
    assert_snapshot!(all);
    assert_snapshot!(told(&here, &["show", ".", "--format", "json"]));
}

#[test]
fn the_gallery_is_shown_as_json() {
    for name in ["minsk-package-2015", "syria-cessation-2016", "syria-geneva-2016"] {
        let path = format!("agreements/{name}");
        assert_snapshot!(format!("gallery-{name}-json"), told(&root(), &["show", &path, "--format", "json"]));
    }
}

#[test]
fn what_stands_beside_every_agreement_is_what_is_printed() {
    const DATES: [&str; 4] = ["--as-known-on", "2019-12-31", "--as-known-on", "2022-12-31"];
    let mut stale = Vec::new();
    for name in gallery() {
        let path = format!("agreements/{name}");
        let folder = root().join(&path);
        let assessed = folder.join("assessment.truce").exists();
        let compared = folder.join("compare.txt").exists();
        for (command, more, file, there) in [
            ("show", &[][..], "show.txt", true),
            ("check", &[], "check.txt", true),
            ("assess", &[], "expected.txt", assessed),
            ("compare", &DATES, "compare.txt", compared),
        ] {
            if !there {
                continue;
            }
            let output = armistice(&root(), &[&[command, path.as_str()], more].concat()).output().unwrap();
            let mut now = output.stdout;
            if command == "check" {
                // Its last line, how many there are, goes to the other stream.
                now.extend(output.stderr);
            }
            if !beside(&folder.join(file), &now) {
                stale.push(format!("{path}/{file}"));
            }
        }
    }
    assert!(stale.is_empty(), "no longer what is printed: {stale:#?}; renew with INSTA_UPDATE=always and read them");
}

#[test]
fn every_agreement_says_on_what_it_rests() {
    for name in gallery() {
        let sources = fs::read_to_string(root().join("agreements").join(&name).join("sources.md"));
        let sources = sources.unwrap_or_else(|e| panic!("{name}/sources.md: {e}"));
        for mark in ["| read |", "| unverified |"] {
            assert!(sources.contains(mark), "{name}/sources.md does not explain its marks: no `{mark}`");
        }
        let list = fs::read_to_string(root().join("agreements/README.md")).unwrap();
        assert!(list.contains(&format!("({name}/agreement.truce.md)")), "agreements/README.md does not list {name}");
    }
}

#[test]
fn what_agreements_failed_on_is_found() {
    for (name, code, words) in [
        ("hudaydah-2018", "L009", "`MilitaryManifestations` is left without a meaning"),
        ("sochi-idlib-2018", "L010", "the area `Zone` is left without a shape"),
        ("tigray-2022", "L016", "Nairobi.3.c changes the deadline of 2.b"),
        ("minsk-package-2015", "L017", "`MemorandumLine`, and Ukraine from `ContactLine`"),
        ("karabakh-2020", "L013", "2020-11-15, and not on whether that day counts"),
        ("syria-geneva-2016", "L018", "`JIC` wants 7 days in a row"),
        ("minsk-addendum-2015", "L019", "nobody is named to certify that `Start` has opened"),
        ("lebanon-2024", "L027", "1.a excepts self-defence"),
    ] {
        let found = told(&root(), &["check", &format!("agreements/{name}")]);
        let told = found.lines().any(|line| line.contains(&format!("[{code}]")) && line.contains(words));
        assert!(told, "{name}: no {code} on {words}:\n{found}");
    }
}

#[test]
fn the_gallery_is_sound_and_canonical() {
    for name in gallery() {
        let path = format!("agreements/{name}");
        let check = told(&root(), &["check", &path]);
        assert!(check.contains("exit 0"), "{check}");
        let fmt = told(&root(), &["fmt", "--check", &path]);
        assert!(fmt.contains("exit 0"), "{fmt}");
    }
}

#[test]
fn what_is_not_there_is_asked_about() {
    let here = truce("missing");
    put(&here, "sub/draft.truce", TRUCE);
    put(&here, "latin.truce", "");
    fs::write(here.join("latin.truce"), b"party A\n# caf\xE9\n").unwrap();
    let mut all = String::new();
    for args in [
        &["show", "agreemnt.truce"][..],
        &["show", "sbu/draft.truce"],
        &["check", "sub"],
        &["check", "elsewhere/entirely"],
        &["fmt", "nothing-like-it"],
        &["show", "latin.truce"],
        &["show", ".", "--reading", "the presss"],
        &["show", ".", "--reading", "the text", "--reading", "the press"],
    ] {
        all.push_str(&format!("{}\n", told(&here, args)));
    }
    put(&here, "agreement.truce.md", "");
    all.push_str(&told(&here, &["show", "."]));
    assert_snapshot!(all);
}

#[test]
fn colours_follow_the_environment() {
    let here = truce("colour");
    put(&here, "agreement.truce", &TRUCE.replace("known as", "knwon as"));
    let coloured = |set: &[(&str, &str)]| {
        let mut command = armistice(&here, &["check", "."]);
        command.envs(set.iter().copied());
        command.output().unwrap().stdout.contains(&0x1B)
    };
    assert!(!coloured(&[]), "a pipe gets no colour");
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[("NO_COLOR", "1")]));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let here = truce("pipe");
    for args in
        [&["show", "."][..], &["show", ".", "--format", "json"], &["completions", "zsh"], &["--help"], &["check", "."]]
    {
        let mut child = armistice(&here, args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{said}");
        assert!(!said.contains("panicked") && !said.contains("error:"), "{said}");
    }
}
