//! Findings that the text accepts, with a reason.
//!
//! A comment `# accepts L012: the parties chose silence`, in a statement,
//! behind it, or above it at the margin, takes those findings out of the answer. They are
//! still listed for who asks. An acceptance that names no lint, gives no
//! reason or meets no finding is a finding itself: L026.

use std::collections::{BTreeSet, HashMap};

use armistice_syntax::{Code, Diagnostic, Span};

use super::Lint;
use super::page::Page;

/// A finding that the text accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// What was found.
    pub diagnostic: Diagnostic,
    /// Why it is accepted, in the words of the text.
    pub reason: String,
}

/// One `# accepts …`.
struct Acceptance {
    codes: Vec<String>,
    reason: String,
    at: Span,
    /// Which statement it speaks of.
    entry: usize,
    met: BTreeSet<String>,
}

/// Takes what is accepted out of the findings.
pub(super) fn settle(page: &Page<'_>, out: &mut Vec<Diagnostic>) -> Vec<Accepted> {
    let mut acceptances = acceptances(page);
    if acceptances.is_empty() {
        return Vec::new();
    }
    let mut speaks: HashMap<(usize, String), usize> = HashMap::new();
    for (index, acceptance) in acceptances.iter().enumerate().filter(|(_, a)| !a.reason.is_empty()) {
        for code in &acceptance.codes {
            speaks.entry((acceptance.entry, code.clone())).or_insert(index);
        }
    }
    let (mut accepted, mut left) = (Vec::new(), Vec::with_capacity(out.len()));
    for diagnostic in out.drain(..) {
        let code = diagnostic.code.0;
        let index = speaks.get(&(page.entry_at(diagnostic.span.start), code.to_owned()));
        match index.and_then(|index| acceptances.get_mut(*index)).filter(|_| Lint::of(code).is_some()) {
            Some(acceptance) => {
                acceptance.met.insert(code.to_owned());
                accepted.push(Accepted { reason: acceptance.reason.clone(), diagnostic });
            }
            None => left.push(diagnostic),
        }
    }
    *out = left;
    for acceptance in acceptances {
        out.extend(acceptance.idle());
    }
    accepted
}

impl Acceptance {
    /// What is wrong with it, if it accepts nothing.
    fn idle(self) -> Vec<Diagnostic> {
        let finding = |title: String, label: &str, help: &str| {
            Diagnostic::warning(Code("L026"), self.at.clone(), title, label).help(help)
        };
        if self.reason.is_empty() {
            let title = "an acceptance that gives no reason accepts nothing".to_owned();
            return vec![finding(title, "why?", "write it as `# accepts L012: the parties chose silence`")];
        }
        let unmet = self.codes.iter().filter(|code| !self.met.contains(*code));
        let told = unmet.map(|code| match Lint::of(code) {
            None => finding(
                format!("there is no lint {code}"),
                "not a lint",
                "the book lists them; each finding is shown with its code",
            ),
            Some(_) => finding(
                format!("{code} finds nothing here that could be accepted"),
                "accepts nothing",
                "take it out, or move it above the statement it speaks of",
            ),
        });
        told.collect()
    }
}

fn acceptances(page: &Page<'_>) -> Vec<Acceptance> {
    let read = |(comment, at, behind): &(String, Span, bool)| {
        let (codes, reason) = words(comment)?;
        // The statement it stands in, or the next; behind one, that one.
        let next = page.entry_at(at.start);
        let outside = page.entries.get(next).is_none_or(|e| e.span.start > at.start);
        let entry = if outside && *behind { next.saturating_sub(1) } else { next };
        Some(Acceptance { codes, reason, at: at.clone(), entry, met: BTreeSet::new() })
    };
    page.comments.iter().filter_map(read).collect()
}

/// The words of an acceptance: its codes, and the reason after the colon.
fn words(comment: &str) -> Option<(Vec<String>, String)> {
    let said = comment.trim_start_matches('#').trim();
    let rest = said.strip_prefix("accepts ")?;
    let (codes, reason) = rest.split_once(':').unwrap_or((rest, ""));
    let coded = |word: &str| {
        let digits = word.strip_prefix('L').unwrap_or_default();
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    };
    let words = codes.split([',', ' ']).filter(|word| !word.is_empty() && *word != "and");
    let codes: Vec<String> = words.clone().filter(|word| coded(word)).map(str::to_owned).collect();
    // `# accepts nothing less` is a comment like any other.
    (!codes.is_empty() && codes.len() == words.count()).then(|| (codes, reason.trim().to_owned()))
}

/// L026 is found where acceptances are settled.
pub(super) const fn find(_: &Page<'_>, _: &mut Vec<Diagnostic>) {}
