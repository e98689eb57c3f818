//! A provision: who, must or may, what, and under which clauses.

use super::cursor::Parser;
use super::meant;
use super::otherwise::otherwise;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::kind::SyntaxKind as K;
use crate::quantity::{LENGTHS, Unit};
use crate::suggest::{closest, distance};
use crate::vocabulary::{CLAUSES, COLLECTIVES, ClauseForm, MODALS, Operand, PROVISION, VERBS};

/// Words that a long act may well go on with on its next line.
const LITTLE_WORDS: &[&str] = &[
    "a", "all", "an", "and", "any", "at", "each", "for", "from", "four", "of", "on", "or", "other", "out", "than",
    "the", "to",
];

/// How far into a bracket it is looked for distances.
const BRACKET: usize = 64;

/// Clauses of places, with whose words a line of an act may well begin.
const WITHIN_ACTS: &[&str] = &["along", "between", "without", "on the", "as held on"];

impl Parser<'_> {
    pub(super) fn provision(&mut self) {
        self.allowed = PROVISION;
        self.open(K::Head);
        let named = COLLECTIVES.iter().any(|words| self.eat_words(words)) || self.names("a provision");
        let modal = named && (MODALS.iter().any(|words| self.eat_words(words)) || self.no_modal());
        self.close();
        if modal {
            self.predicate();
        } else {
            self.skip_to_next_line();
        }
        self.clauses("a provision");
    }

    fn no_modal(&mut self) -> bool {
        let found = self.text().to_owned();
        let ended = self.kind().is_none();
        let span = if ended { self.end_of_last() } else { self.span() };
        self.diagnose(
            Diagnostic::error(
                Code("T012"),
                span.clone(),
                "a provision says what its parties `must`, `must not` or `may` do",
                if ended { "nothing follows" } else { "expected `must`, `must not` or `may` here" },
            )
            .help("write `must`, `must not` or `may` after the parties' names")
            .nearest(span, &found, ["must", "may", "must not"]),
        );
        false
    }

    fn predicate(&mut self) {
        self.open(K::Predicate);
        if let Some(verb) = VERBS.iter().find(|verb| self.at_words(verb)) {
            self.eat_words(verb);
            self.kept_in_place = matches!(*verb, "keep" | "store");
            self.anything();
            self.kept_in_place = false;
        } else {
            let found = self.text().to_owned();
            let missing = self.kind().is_none() || self.starts_line();
            let span = if missing { self.end_of_last() } else { self.span() };
            let near = if missing { None } else { self.nearly_an_act() };
            let mut told = Diagnostic::error(
                Code("T008"),
                span.clone(),
                if missing {
                    "the provision does not say what is to be done".to_owned()
                } else {
                    format!("`{found}` is not an act the language knows")
                },
                "expected an act here",
            )
            .help(format!(
                "the acts are: {}; what none of them says is promised in words: `must undertake \"…\"`",
                acts()
            ));
            if let Some(said) = otherwise(&found) {
                told = told.help(format!(
                    "it is said with {said}; what no act says is promised in words: `must undertake \"…\"`"
                ));
            } else if let Some((at, meant)) = near {
                told = told.help(format!("did you mean `{meant}`?")).fix(at, meant);
            }
            self.diagnose(told);
            self.skip_to_next_line();
        }
        self.close();
    }

    /// What the words here may be meant for: an act, of one word or several, or
    /// the `not` before one.
    fn nearly_an_act(&self) -> Option<(Span, String)> {
        let negated = MODALS.iter().any(|modal| modal.ends_with(" not")) && closest(self.text(), ["not"]).is_some();
        let act_follows = VERBS.iter().any(|verb| {
            let ahead = self.words_ahead();
            let rest = ahead.get(1..).unwrap_or_default().join(" ");
            rest == *verb || rest.starts_with(&format!("{verb} "))
        });
        if negated && act_follows {
            return Some((self.span(), "not".to_owned()));
        }
        let ahead = self.words_ahead();
        // Of several as near, the one that leaves the fewest words over.
        let near = |verb: &&str| {
            let found = meant(&ahead, &[verb])?;
            let count = verb.split(' ').count().min(ahead.len());
            let typed = ahead.get(..count)?.join(" ");
            Some((distance(&typed, &found).0, std::cmp::Reverse(count), found))
        };
        let (_, std::cmp::Reverse(count), found) = VERBS.iter().filter_map(near).min()?;
        Some((self.span_of_tokens(count), found))
    }

    /// Words, names, numbers and brackets up to the next clause. What they come
    /// to is for the checker to say; here they only get their shape.
    pub(super) fn anything(&mut self) {
        let mut after_distance = false;
        while let Some(kind) = self.kind() {
            // "500 m from Road", "keep tanks in Depot": the place of the act,
            // and no clause.
            let kept_in = self.kept_in_place && self.at_words("in") && !self.starts_line();
            let place_follows = kept_in || (after_distance && self.at_words("from"));
            if !self.bracketed
                && !place_follows
                && (self.at_clause(0) || self.at_foreign_clause() || self.at_misspelt_clause())
            {
                return;
            }
            let distance = std::mem::take(&mut after_distance);
            self.kept_in_place &= !matches!(kind, K::Number | K::OpenBracket) && !kept_in;
            match kind {
                K::OpenBracket => {
                    after_distance = self.distances_in_bracket();
                    self.bracket(Operand::Anything, "[");
                }
                K::Number => {
                    if !self.nearly_a_distance() {
                        self.amount("a number");
                    }
                    after_distance = true;
                }
                K::Colon | K::Pipe | K::CloseBracket => return,
                // "500 m, from Road": without the comma the same words say
                // where, so with it they may not begin a clause.
                K::Comma if distance && self.nth_words(1, "from") => {
                    self.bump();
                    after_distance = true;
                }
                K::Comma if !self.bracketed && self.at_clause(1) => return,
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
                    self.bump_as_error();
                }
                // A distance without a number: the weapon's own.
                _ if self.at_words("maximum range") => {
                    self.bump();
                    self.bump();
                    after_distance = true;
                }
                _ => self.bump(),
            }
        }
    }

    /// Tells of a number whose unit is nearly one of length, where only a distance
    /// can stand: with `from` or a side behind it.
    fn nearly_a_distance(&mut self) -> bool {
        const MEASURED: &[&str] = &["from", "of", "north", "east", "south", "west"];
        let found = self.nth_text(1).to_owned();
        let word = self.nth(1) == Some(K::Word) && !self.starts_line_at(1) && Unit::of(&found).is_none();
        let Some(meant) = closest(&found, LENGTHS.iter().copied()).filter(|_| word) else {
            return false;
        };
        if !MEASURED.contains(&self.nth_text(2)) || self.nth(3).is_none() {
            return false;
        }
        let span = self.span_of_tokens(2);
        let unit = span.end - found.len()..span.end;
        self.diagnose(
            Diagnostic::error(
                Code("T009"),
                span,
                format!("`{found}` is no unit of length"),
                "a distance was expected here",
            )
            .help(format!("did you mean `{meant}`?"))
            .fix(unit, meant),
        );
        self.bump_as_error();
        self.bump_as_error();
        true
    }

    /// Whether one of the alternatives of the bracket here is a distance: only
    /// then may `from` say where it is measured from.
    fn distances_in_bracket(&self) -> bool {
        let ends = |n: &usize| !matches!(self.nth(*n), None | Some(K::CloseBracket));
        (1..BRACKET).take_while(ends).any(|n| {
            let measured = Unit::of(self.nth_text(n + 1)).is_some_and(Unit::is_length);
            // "Its maximum range" is one, too.
            (self.nth(n) == Some(K::Number) && measured) || self.nth_words(n, "maximum range")
        })
    }

    /// Whether a clause begins with the `n`th token. Within a line a
    /// preposition begins one only if what follows could be its operand: `from
    /// D` does, `from attacking` does not. At the beginning of a line it always
    /// does, so that a slip in its operand is not taken for part of the act.
    fn at_clause(&self, n: usize) -> bool {
        let Some(form) = self.clause_form(n) else {
            return false;
        };
        let after = n + form.words.split(' ').count();
        if self.starts_line_at(n) {
            return true;
        }
        // With nothing after it, `from` is a slip and `before` an adverb.
        let Some(next) = self.nth(after) else {
            return !matches!(form.words, "before" | "in" | "through" | "above" | "below");
        };
        match form.operands.first() {
            Some(Operand::Instant) => {
                matches!(next, K::Date | K::Name | K::OpenBracket)
                    || matches!(self.nth_text(after), "signature" | "entry" | "completion" | "the")
            }
            Some(Operand::Duration | Operand::Distance | Operand::DurationOf | Operand::DistanceOf) => {
                matches!(next, K::Number | K::OpenBracket)
            }
            Some(Operand::Hours) => next == K::Time,
            Some(Operand::Names | Operand::NamesText) => next == K::Name,
            _ => true,
        }
    }

    /// Whether this line begins with a clause that only other statements have:
    /// a clause that strayed must not become part of the act above it.
    fn at_foreign_clause(&self) -> bool {
        let foreign = |form: &&ClauseForm| !WITHIN_ACTS.contains(&form.words) && self.at_words(form.words);
        self.kind() == Some(K::Word) && self.starts_line() && CLAUSES.iter().any(|form| foreign(&form))
    }

    /// Whether this line begins with words that are nearly those of a clause: a
    /// slip of the hand must not become part of the act above it.
    fn at_misspelt_clause(&self) -> bool {
        if self.kind() != Some(K::Word) || !self.starts_line() {
            return false;
        }
        let little = LITTLE_WORDS.contains(&self.text());
        let telling = |words: &&str| {
            if little { words.contains(' ') } else { words.len() > 2 }
        };
        let telling: Vec<&str> = self.allowed.iter().copied().filter(telling).collect();
        meant(&self.words_ahead(), &telling).is_some() || (!little && self.at_misspelt_short_clause())
    }

    /// The same of clauses of two letters, which many words are near to: only
    /// where what follows can be nothing but their operand.
    fn at_misspelt_short_clause(&self) -> bool {
        self.allowed.iter().filter(|words| words.len() == 2).any(|words| {
            let follows = match ClauseForm::of(words).and_then(|form| form.operands.first()) {
                Some(Operand::Instant) => {
                    matches!(self.nth(1), Some(K::Date | K::Name)) || matches!(self.nth_text(1), "signature" | "entry")
                }
                Some(Operand::Names) => {
                    self.nth(1) == Some(K::Name) && self.nth(2).is_none_or(|_| self.starts_line_at(2))
                }
                _ => false,
            };
            follows && closest(self.text(), [*words]).is_some()
        })
    }
}

/// Every act, in the order of the alphabet.
fn acts() -> String {
    let mut all = VERBS.to_vec();
    all.sort_unstable();
    all.join(", ")
}
