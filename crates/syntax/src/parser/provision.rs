//! A provision: who, must or may, what, and under which clauses.

use super::cursor::Parser;
use super::provision_clauses;
use crate::diagnostic::{Code, Diagnostic};
use crate::kind::SyntaxKind as K;
use crate::suggest::did_you_mean;
use crate::vocabulary::{CLAUSES, Operand, VERBS};

/// From the strongest to the weakest; `must not` before `must`.
const MODALS: &[&str] = &["must not", "must", "may not", "may"];

impl Parser<'_> {
    pub(super) fn provision(&mut self) {
        self.open(K::Head);
        let named = self.eat_words("every party")
            || self.eat_words("each party")
            || self.eat_words("no party")
            || self.eat_words("neither party")
            || self.names("a provision");
        let modal = named && (MODALS.iter().any(|words| self.eat_words(words)) || self.no_modal());
        self.close();
        if modal {
            self.predicate();
        } else {
            self.skip_to_next_line();
        }
        self.clauses(provision_clauses(), "a provision", false);
    }

    fn no_modal(&mut self) -> bool {
        let found = self.text().to_owned();
        let ended = self.kind().is_none();
        let span = if ended { self.end_of_last() } else { self.span() };
        let help = did_you_mean(&found, ["must", "may", "must not"])
            .unwrap_or_else(|| "write `must`, `must not` or `may` after the parties' names".to_owned());
        self.diagnose(
            Diagnostic::error(
                Code("T012"),
                span,
                "a provision says what its parties `must`, `must not` or `may` do",
                if ended { "nothing follows" } else { "expected `must`, `must not` or `may` here" },
            )
            .help(help),
        );
        false
    }

    fn predicate(&mut self) {
        self.open(K::Predicate);
        if VERBS.iter().any(|verb| self.eat_words(verb)) {
            self.anything(provision_clauses());
        } else {
            let found = self.text().to_owned();
            let missing = self.kind().is_none() || self.starts_line();
            let span = if missing { self.end_of_last() } else { self.span() };
            self.diagnose(
                Diagnostic::error(
                    Code("T008"),
                    span,
                    if missing {
                        "the provision does not say what is to be done".to_owned()
                    } else {
                        format!("`{found}` is not an act the language knows")
                    },
                    "expected an act here",
                )
                .help(
                    did_you_mean(&found, VERBS.iter().copied())
                        .unwrap_or_else(|| format!("the acts are: {}", VERBS.join(", "))),
                ),
            );
            self.skip_to_next_line();
        }
        self.close();
    }

    /// Words, names, numbers and brackets up to the next clause. What they come
    /// to is for the checker to say; here they only get their shape.
    pub(super) fn anything(&mut self, stops: &[&str]) {
        let mut after_distance = false;
        while let Some(kind) = self.kind() {
            let place_follows = after_distance && self.at_words("from");
            if !place_follows && self.at_clause(stops) {
                return;
            }
            after_distance = false;
            match kind {
                K::OpenBracket => {
                    self.bracket(Operand::Anything, "[");
                    after_distance = true;
                }
                K::Number => {
                    self.amount("a number");
                    after_distance = true;
                }
                K::Colon | K::Pipe | K::CloseBracket => return,
                K::Comma if self.at_clause_after_comma(stops) => return,
                K::Text => {
                    self.quoted(Operand::Text, "a provision");
                }
                K::Unknown => {
                    let span = self.span();
                    let found = self.text().to_owned();
                    self.diagnose(
                        Diagnostic::error(
                            Code("T013"),
                            span,
                            format!("`{found}` has no meaning in a term"),
                            "remove or spell out",
                        )
                        .help("terms are written with words, numbers, quotation marks and brackets"),
                    );
                    self.bump();
                }
                _ => self.bump(),
            }
        }
    }

    fn at_clause_after_comma(&self, stops: &[&str]) -> bool {
        self.nth(1).is_some_and(|kind| kind == K::Word)
            && CLAUSES.iter().any(|form| {
                stops.contains(&form.words)
                    && form
                        .words
                        .split(' ')
                        .enumerate()
                        .all(|(n, word)| self.nth_text(n + 1) == word)
            })
    }

    /// Whether a clause begins here. A preposition begins one only if what
    /// follows could be its operand: `from D` does, `from attacking` does not.
    fn at_clause(&self, stops: &[&str]) -> bool {
        CLAUSES.iter().any(|form| {
            stops.contains(&form.words) && self.at_words(form.words) && {
                let count = form.words.split(' ').count();
                let next = self.nth(count);
                let text = self.nth_text(count);
                match form.operands.first() {
                    Some(Operand::Instant) => {
                        matches!(next, Some(K::Date | K::Name | K::OpenBracket) | None)
                            || matches!(text, "signature" | "entry" | "completion" | "the")
                    }
                    Some(Operand::Duration | Operand::Distance | Operand::DurationOf) => {
                        matches!(next, Some(K::Number | K::OpenBracket) | None)
                    }
                    Some(Operand::Names) => matches!(next, Some(K::Name) | None),
                    _ => true,
                }
            }
        })
    }
}
