//! What is read once for many readings comes to what each reading comes to by
//! itself.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

use std::fs;
use std::path::{Path, PathBuf};

use armistice_syntax::{Form, NodeExt, SyntaxKind, SyntaxNode, parse};
use armistice_terms::{check, check_apart};

fn gallery() -> Vec<(PathBuf, String)> {
    let gallery = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../agreements");
    let folders = fs::read_dir(gallery).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<(PathBuf, String)> = folders
        .filter(|folder| folder.is_dir())
        .map(|folder| {
            let text = fs::read_to_string(folder.join("agreement.truce.md")).unwrap();
            (folder, text)
        })
        .collect();
    pages.sort();
    pages
}

/// Both ways give the same values and the same diagnostics; returns how many
/// readings there were.
fn same(folder: &Path, text: &str) -> usize {
    let shapes = |name: &str| fs::read_to_string(folder.join(name)).map_err(|e| e.to_string());
    let together = check(text, Form::Literate, &shapes);
    let apart = check_apart(text, Form::Literate, &shapes);
    if format!("{together:?}") != format!("{apart:?}") {
        for (one, other) in together.readings.iter().zip(&apart.readings) {
            assert_eq!(format!("{one:#?}"), format!("{other:#?}"), "{}\n{text}", folder.display());
        }
        assert_eq!(format!("{together:#?}"), format!("{apart:#?}"), "{}\n{text}", folder.display());
    }
    together.readings.len()
}

#[test]
fn the_gallery_comes_to_the_same() {
    let readings = gallery().iter().map(|(folder, text)| same(folder, text)).max();
    assert!(readings >= Some(32));
}

/// A number that looks random, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most.max(1)
    }
}

/// What a bracket may stand for.
const OPEN: &[SyntaxKind] = &[
    SyntaxKind::Instant,
    SyntaxKind::Duration,
    SyntaxKind::Distance,
    SyntaxKind::KnownName,
    SyntaxKind::Weapon,
    SyntaxKind::Amount,
];

/// Alternatives that come out otherwise than values do: what hangs on an event,
/// what is wrong, what leaves a clause out.
fn otherwise(kind: SyntaxKind) -> &'static [&'static str] {
    match kind {
        SyntaxKind::Instant => &["completion of 1", "signature", "entry into force", "Nowhere", "2016-02-31", "none"],
        SyntaxKind::Duration => &["0.5 days", "none", "1 month"],
        SyntaxKind::Distance => &["900000 km", "1 m"],
        SyntaxKind::KnownName => &["part of \"Somebody\"", "\"Somebody\" from 2001-01-01"],
        SyntaxKind::Weapon => &["nothing", "tanks", "\"BM-21\"", "unicorns"],
        _ => &["7", "none"],
    }
}

/// A page with brackets put in where values stand.
fn opened(text: &str, dice: &mut Dice) -> String {
    let root = parse(text, Form::Literate).syntax();
    let inside = |node: &SyntaxNode| node.ancestors().any(|above| above.kind() == SyntaxKind::Bracket);
    let nodes: Vec<_> = root.descendants().filter(|n| OPEN.contains(&n.kind()) && !inside(n)).collect();
    let mut changes: Vec<(std::ops::Range<usize>, String)> = Vec::new();
    for _ in 0..dice.below(5) + 1 {
        let Some(node) = nodes.get(dice.below(nodes.len())) else {
            continue;
        };
        let kin: Vec<_> = nodes.iter().filter(|other| other.kind() == node.kind()).collect();
        let foreign = otherwise(node.kind());
        let other = if dice.below(3) == 0 {
            foreign[dice.below(foreign.len())].to_owned()
        } else {
            kin[dice.below(kin.len())].phrase()
        };
        let label = ["b", "c", "d"][dice.below(3)];
        changes.push((node.span(), format!("[{}: \"a\" | {other}: \"{label}\"]", node.phrase())));
    }
    changes.sort_by_key(|(span, _)| span.start);
    let mut out = String::new();
    let mut at = 0;
    for (span, words) in changes {
        if span.start >= at {
            out.push_str(&text[at..span.start]);
            out.push_str(&words);
            at = span.end;
        }
    }
    out.push_str(&text[at..]);
    out
}

#[test]
fn pages_with_brackets_anywhere_come_to_the_same() {
    let (mut dice, mut several) = (Dice(1), 0);
    for (folder, text) in gallery() {
        for _ in 0..8 {
            let readings = same(&folder, &opened(&text, &mut dice));
            several += usize::from(readings > 1);
        }
    }
    assert!(several > 100, "{several}");
}
