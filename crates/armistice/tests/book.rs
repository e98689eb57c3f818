//! The book is true: its terms are checked, its commands are run.
//!
//! A comment of the page before a fence says what it is for:
//!
//! | `<!-- with: sides -->` | put `docs/book/preambles/sides.truce` before it |
//! | `<!-- file: a.truce -->` | write it down as a file, from here to the end of the page |
//! | `<!-- append: a.truce -->` | add it to that file |
//! | `<!-- try: a.truce -->` | add it to that file until the next of these |
//!
//! ```` ```truce wrong ```` has errors; every other block of terms has none. The
//! words after `$ ` in a `console` block are run in a folder that holds the
//! page's files and the gallery, and print what follows. With
//! `INSTA_UPDATE=always` what they print is written into the page.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use armistice_syntax::{Form, Level, render};
use common::{armistice, folder, root};

fn book() -> PathBuf {
    root().join("docs/book")
}

/// Every page, by its path in `src`.
fn pages() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![book().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|end| end == "md") {
                let name = entry.strip_prefix(book().join("src")).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read_to_string(entry).unwrap());
            }
        }
    }
    found
}

/// The page being read: its files, and the folder where commands are run.
struct Reader<'a> {
    page: &'a str,
    folder: PathBuf,
    files: BTreeMap<String, String>,
    /// What was found otherwise than the page has it.
    wrong: Vec<String>,
    terms: usize,
    commands: usize,
}

#[test]
fn every_example_is_executed() {
    let renew = std::env::var_os("INSTA_UPDATE").is_some_and(|how| how == "always");
    let (mut wrong, mut terms, mut commands) = (Vec::new(), 0, 0);
    for (name, text) in pages() {
        let mut reader = Reader::new(&name);
        let now = reader.read(&text);
        if renew && now != text {
            fs::write(book().join("src").join(&name), now).unwrap();
        } else if now != text {
            wrong.push(format!("{name}: no longer what is printed:\n{}", differing(&text, &now)));
        }
        wrong.append(&mut reader.wrong);
        terms += reader.terms;
        commands += reader.commands;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(terms >= 100 && commands >= 9, "{terms} blocks of terms and {commands} commands were found");
}

/// The lines that differ, told apart by their signs.
fn differing(old: &str, new: &str) -> String {
    let (before, after): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let gone = before.iter().filter(|line| !after.contains(line)).map(|line| format!("- {line}"));
    let come = after.iter().filter(|line| !before.contains(line)).map(|line| format!("+ {line}"));
    gone.chain(come).collect::<Vec<_>>().join("\n")
}

impl<'a> Reader<'a> {
    fn new(page: &'a str) -> Self {
        let folder = folder(&format!("book/{}", page.replace('/', "-")));
        #[cfg(unix)]
        for shared in ["agreements", "data"] {
            std::os::unix::fs::symlink(root().canonicalize().unwrap().join(shared), folder.join(shared)).unwrap();
        }
        Self { page, folder, files: BTreeMap::new(), wrong: Vec::new(), terms: 0, commands: 0 }
    }

    /// The page as it should be.
    fn read(&mut self, text: &str) -> String {
        let mut out = String::new();
        let mut before = "";
        let mut lines = text.split_inclusive('\n');
        while let Some(line) = lines.next() {
            out.push_str(line);
            if let Some(info) = line.trim_end().strip_prefix("```").filter(|info| !info.is_empty()) {
                let block: String = lines.by_ref().take_while(|line| line.trim_end() != "```").collect();
                match info.split(' ').next() {
                    Some("console") => out.push_str(&self.console(&block)),
                    kind => {
                        self.block(before, &block, kind == Some("truce"), info.ends_with(" wrong"));
                        out.push_str(&block);
                    }
                }
                out.push_str("```\n");
            }
            before = line.trim();
        }
        out
    }

    /// Keeps a block as a file if the comment before it says so, and checks terms.
    fn block(&mut self, before: &str, block: &str, terms: bool, wrong: bool) {
        let comment = before.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->"));
        let (verb, name) = comment.and_then(|words| words.split_once(": ")).unwrap_or_default();
        let text = match verb {
            "with" => fs::read_to_string(book().join(format!("preambles/{name}.truce"))).unwrap() + block,
            "append" | "try" => self.files.get(name).cloned().unwrap_or_default() + block,
            _ => block.to_owned(),
        };
        if matches!(verb, "file" | "append" | "try") {
            fs::write(self.folder.join(name), &text).unwrap();
        }
        if matches!(verb, "file" | "append") {
            self.files.insert(name.to_owned(), text.clone());
        }
        if !terms {
            return;
        }
        self.terms += 1;
        let beside = self.folder.clone();
        let shapes = |name: &str| {
            let own = fs::read_to_string(beside.join(name));
            own.or_else(|_| fs::read_to_string(book().join("preambles").join(name))).map_err(|e| e.to_string())
        };
        let checked = armistice_terms::check(&text, Form::Plain, &shapes);
        if checked.has_errors() != wrong {
            let errors = checked.diagnostics.iter().filter(|d| d.level == Level::Error);
            let shown: String = errors.map(|d| render(d, self.page, &text, false) + "\n").collect();
            let expected = if wrong { "should have an error, and has none" } else { "should have no errors" };
            self.wrong.push(format!("{}: {expected}:\n{text}\n{shown}", self.page));
        }
    }

    /// The block with what its commands print now.
    fn console(&mut self, block: &str) -> String {
        let mut out = String::new();
        for line in block.lines().filter(|line| line.starts_with("$ ")) {
            self.commands += 1;
            let words: Vec<String> = words(line.trim_start_matches("$ "));
            assert_eq!(words.first().map(String::as_str), Some("armistice"), "{}: {line}", self.page);
            let args: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
            let output = armistice(&self.folder, &args).output().unwrap();
            let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
            out.push_str(&format!("{line}\n{}", elided(&said, block)));
        }
        out
    }
}

/// A command line's words; those in quotation marks are one.
fn words(line: &str) -> Vec<String> {
    let outside = |(index, part): (usize, &str)| {
        if index % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() }
    };
    line.split('"').enumerate().flat_map(outside).collect()
}

/// What was printed, without what the page leaves out by a line `…`: the lines
/// between the one before it and the one after it.
fn elided(said: &str, block: &str) -> String {
    let shown: Vec<&str> = block.lines().filter(|line| !line.starts_with("$ ")).collect();
    if !shown.contains(&"…") {
        return said.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    }
    let said: Vec<&str> = said.lines().map(str::trim_end).collect();
    let (mut out, mut at) = (String::new(), 0);
    for (index, line) in shown.iter().enumerate() {
        if *line == "…" {
            let next = shown.get(index + 1);
            let skip = said.get(at..).unwrap_or_default().iter().position(|line| Some(line) == next);
            at = if next.is_none() { said.len() } else { skip.map_or(said.len(), |skip| at + skip) };
            out.push_str("…\n");
        } else if let Some(now) = said.get(at) {
            out.push_str(&format!("{now}\n"));
            at += 1;
        }
    }
    for line in said.get(at..).unwrap_or_default() {
        out.push_str(&format!("{line}\n"));
    }
    out
}

#[test]
fn every_page_is_in_the_summary_and_every_link_leads_somewhere() {
    let pages = pages();
    let listed: BTreeSet<&str> = links(&pages["SUMMARY.md"]).collect();
    let there: BTreeSet<&str> = pages.keys().map(String::as_str).filter(|name| *name != "SUMMARY.md").collect();
    assert_eq!(listed, there, "SUMMARY.md lists every page");
    for (name, text) in &pages {
        let folder = Path::new(name).parent().unwrap();
        for link in links(text).chain(included(text).iter().flat_map(|text| links(text))) {
            let path = link.split('#').next().unwrap();
            if path.is_empty() || path.contains("://") {
                continue;
            }
            let target = book().join("src").join(folder).join(path);
            assert!(target.exists(), "{name} points at {link}, and it is not there");
        }
    }
}

/// What stands in the round brackets of links.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}

/// The pages that a page takes in from outside the book.
fn included(text: &str) -> Vec<String> {
    let names = text.split("{{#include ").skip(1).filter_map(|rest| rest.split("}}").next());
    names.map(|name| fs::read_to_string(book().join("src").join(name)).unwrap()).collect()
}

/// The list of lints is the program's own.
#[test]
fn the_linters_page_lists_every_lint() {
    let pages = pages();
    for lint in armistice_terms::LINTS {
        let row = format!("| [{}](lints/{0}.md) | {} | {} |", lint.code, lint.name, lint.summary);
        assert!(pages["lints.md"].contains(&row), "lints.md has no row\n{row}");
        let entry = format!("  - [{} {}](lints/{0}.md)", lint.code, lint.name);
        assert!(pages["SUMMARY.md"].contains(&entry), "SUMMARY.md has no entry\n{entry}");
    }
}

/// Every construct has its heading, in order, and an example below it.
#[test]
fn the_thirty_one_constructs_have_examples() {
    let page = &pages()["constructs.md"];
    let sections: Vec<&str> = page.split("\n## ").skip(1).collect();
    assert_eq!(sections.len(), 31);
    for (number, section) in (1..).zip(sections) {
        assert!(section.starts_with(&format!("{number}. ")), "{section}");
        assert!(section.contains("\n```t"), "{number} has no example");
    }
}
