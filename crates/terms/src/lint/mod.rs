//! What makes agreements fail, though nothing in them is wrong.
//!
//! One file for each lint, and a table of them all. A lint reads the [`Page`],
//! which holds every statement of the file once, and says what it finds; what
//! the text accepts with a reason ([`accept`]) is set aside and listed. Each
//! lint has a page of its own in the book, which the program shows too.

mod accept;
mod bare_date;
mod by_or_before;
mod clock_change;
mod contradiction;
mod day_boundary;
mod idle_party;
mod imprecise_place;
mod measured;
mod near_source;
mod never_decidable;
mod no_deadline;
mod open_condition;
mod over_or_at_least;
mod own_judge;
mod page;
mod quoted;
mod shared_name;
mod swallowed_rule;
mod two_lines;
mod uncertified_gate;
mod undated_exclusion;
mod undefined_place;
mod undefined_term;
mod unending;
mod uneven_duties;
mod unexplained_words;
mod unlimited_self_defence;
mod unnumbered;
mod unreachable_gate;
mod unused;
mod unverified;
mod vacuous;
mod width_or_distance;

use armistice_syntax::{Diagnostic, Document, SyntaxNode};

pub use accept::Accepted;
use page::Page;

pub(crate) use clock_change::diagnostic as clock_change;

use crate::model::Agreement;

/// A kind of weakness that the linter looks for.
#[derive(Clone, Copy, Debug)]
pub struct Lint {
    /// Its code, which does not change.
    pub code: &'static str,
    /// Its name, in two or three words.
    pub name: &'static str,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// Its page of the book: what it finds, why agreements fail on it, an
    /// example, and the mend.
    pub page: &'static str,
    /// Looks for it.
    find: fn(&Page<'_>, &mut Vec<Diagnostic>),
}

/// The table of lints: code, module, name and summary of each.
macro_rules! lints {
    ($($code:literal $module:ident $name:literal $summary:literal,)*) => {
        /// Every lint, in the order of its code.
        pub const LINTS: &[Lint] = &[
            $(Lint {
                code: $code,
                name: $name,
                summary: $summary,
                page: include_str!(concat!("../../../../docs/book/src/lints/", $code, ".md")),
                find: $module::find,
            },)*
        ];
    };
}

lints! {
    "L001" day_boundary "day boundary" "the agreement does not say when a day begins",
    "L002" unnumbered "unnumbered provision" "a provision stands under no number that could be cited",
    "L003" unending "no end" "a provision says nothing about when it ends",
    "L004" unverified "no verifier" "nobody is named to verify a duty",
    "L005" idle_party "party without duties" "a party is bound by nothing",
    "L006" imprecise_place "place without precision" "nothing says how exactly a place is known",
    "L007" bare_date "bare date" "a deadline names a day and leaves open whether the day counts",
    "L008" clock_change "clock change" "an hour that the clocks skipped, or passed twice",
    "L009" undefined_term "undefined term" "a term is left without a meaning",
    "L010" undefined_place "undefined place" "a line or an area is left without a shape",
    "L011" unexplained_words "unexplained words" "the instrument sets words apart, and nothing says what they mean",
    "L012" no_deadline "no deadline" "something must be done, and nothing says by when",
    "L013" by_or_before "by or before" "whether the last day counts is said in two ways",
    "L014" over_or_at_least "over or at least" "the same number is `over` in one place and `at least` in another",
    "L015" width_or_distance "total width or distance per side" "a distance from a line may be meant for one side, or for both together",
    "L016" contradiction "contradiction" "two terms demand different things, and nothing says which prevails",
    "L017" two_lines "two reference lines" "the parties are measured from different lines",
    "L018" unreachable_gate "unreachable gate" "a gate that the terms themselves keep shut",
    "L019" uncertified_gate "gate without certifier" "nobody is named to say that a gate has opened",
    "L020" swallowed_rule "exception that swallows the rule" "an exception leaves nothing of the duty",
    "L021" uneven_duties "uneven duties" "one party is bound to what another is not",
    "L022" never_decidable "never decidable" "no record could ever decide a provision",
    "L023" shared_name "shared name" "a name in the records means two actors at once",
    "L024" undated_exclusion "exclusion without date" "who is excluded is not said as of a date",
    "L025" unused "unused declaration" "something is declared and never used",
    "L026" accept "acceptance without effect" "what accepts a finding names none, or gives no reason",
    "L027" unlimited_self_defence "self-defence without limit" "self-defence is excepted, and nothing says how far",
    "L028" own_judge "judge of itself" "nobody but the one who is bound is to verify a duty",
    "L029" vacuous "cannot be broken" "a prohibition that nothing could break",
    "L030" near_source "nearly one source" "two sources of brackets differ in capitals or spaces alone",
    "L031" open_condition "open condition" "a condition that no record decides keeps a term from ever being breached",
}

impl Lint {
    /// The lint with this code, in capitals or not.
    #[must_use]
    pub fn of(code: &str) -> Option<&'static Self> {
        LINTS.iter().find(|lint| lint.code.eq_ignore_ascii_case(code))
    }
}

/// Adds the linter's findings for an agreement that has no errors, and takes
/// out of all what the text accepts.
pub(crate) fn lint(
    agreement: &Agreement,
    root: &SyntaxNode,
    document: &Document,
    out: &mut Vec<Diagnostic>,
) -> Vec<Accepted> {
    let page = Page::of(agreement, root, document);
    for lint in LINTS {
        (lint.find)(&page, out);
    }
    accept::settle(&page, out)
}
