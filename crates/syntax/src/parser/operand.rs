//! What stands in the places of clauses and heads.

use super::cursor::Parser;
use super::{meant, wanted};
use crate::diagnostic::{Code, Diagnostic};
use crate::kind::SyntaxKind as K;
use crate::quantity::{LENGTHS, TIMES, Unit};
use crate::vocabulary::{ANCHORS, Operand, PROVISION};

/// What a clause's number can look like.
/// What a limit of calibre or range begins with.
const BOUNDS: &[&str] = &["over", "at least", "up to", "under"];

pub(super) const IDS: &[K] = &[K::Number, K::ClauseId, K::Name];

impl Parser<'_> {
    /// Parses one operand; `false` if it is not there (already diagnosed).
    pub(super) fn operand(&mut self, operand: Operand, after: &str) -> bool {
        match operand {
            Operand::NewName => self.token(K::Name, operand, after),
            Operand::Text => self.quoted(operand, after),
            Operand::OptionalText => self.kind() != Some(K::Text) || self.quoted(operand, after),
            Operand::Names => self.names(after),
            Operand::Clauses => self.clause_ids(after),
            Operand::ClauseTitle => self.clause_id(after) && self.operand(Operand::OptionalText, after),
            Operand::Instant => self.value(operand, after),
            Operand::IsInstant => self.word("is", operand, after) && self.value(Operand::Instant, after),
            Operand::Duration | Operand::Distance | Operand::KnownName | Operand::Coordinates => {
                self.value(operand, after)
            }
            Operand::TimeOfDay => self.token(K::Time, operand, after),
            Operand::Hours => {
                self.token(K::Time, operand, after)
                    && self.word("to", operand, after)
                    && self.token(K::Time, operand, after)
            }
            Operand::Zone => self.token(K::Name, operand, after),
            Operand::AreWeapons => self.word("are", operand, after) && self.weapons(after),
            Operand::IsWeapon => self.word("is", operand, after) && self.kind_of_weapon(operand, after),
            Operand::Calibre => self.value(operand, after),
            Operand::Number => self.token(K::Number, operand, after),
            Operand::Percent => self.percent(after),
            Operand::OneOf(words) => self.one_of(words, after),
            // "Within 5 km of Line" is said of ground, "within 3 days of D" of time.
            Operand::DurationOf if self.distance_ahead() => self.operand(Operand::DistanceOf, after),
            Operand::DurationOf => {
                self.value(Operand::Duration, after)
                    && self.word("of", operand, after)
                    && self.value(Operand::Instant, after)
            }
            Operand::DistanceOf => {
                self.value(Operand::Distance, after) && self.word("of", operand, after) && self.names(after)
            }
            Operand::NamesText => self.names(after) && self.quoted(Operand::Text, after),
            Operand::KeptFor => self.kept_for(after),
            Operand::ClausesWithin => self.clauses_within(after),
            Operand::ClausesKept => {
                self.clause_ids(after)
                    && (self.eat_words("are kept") || self.eat_words("is kept") || self.missing(operand, after))
            }
            Operand::DoneBy => self.done_by(after),
            Operand::NotKept => self.not_kept(after),
            Operand::Tolerated => {
                self.token(K::Number, operand, after)
                    && (self.eat_words("breaches a day")
                        || self.eat_words("breach a day")
                        || self.missing(operand, after))
            }
            Operand::BreachesIn => {
                self.token(K::Number, operand, after)
                    && (self.eat_words("breaches in any") || self.missing(operand, after))
                    && self.value(Operand::Duration, after)
            }
            Operand::BreachesOrDecision if self.eat_words("decision of") => self.names("decision of"),
            Operand::Breaches | Operand::BreachesOrDecision => {
                self.eat_words("any breach")
                    || (self.eat_words("breaches of") && self.names("breaches of"))
                    || self.missing(operand, after)
            }
            Operand::Window => {
                self.value(Operand::Instant, after)
                    && self.word("to", operand, after)
                    && self.value(Operand::Instant, after)
            }
            Operand::Source => self.source(operand, after),
            Operand::RecordedBy => {
                self.operand(Operand::OptionalText, after)
                    && self.word("recorded by", operand, after)
                    && self.source(operand, "recorded by")
            }
            Operand::Anything => {
                self.anything();
                true
            }
        }
    }

    /// Whether a distance stands next, or a bracket whose first value is one.
    fn distance_ahead(&self) -> bool {
        let number = usize::from(self.kind() == Some(K::OpenBracket));
        self.nth(number) == Some(K::Number) && Unit::of(self.nth_text(number + 1)).is_some_and(Unit::is_length)
    }

    /// Says that `operand` was wanted after `after` and something else found.
    pub(super) fn missing(&mut self, operand: Operand, after: &str) -> bool {
        let at_end = self.kind().is_none() || self.starts_line();
        let (span, label) = if at_end {
            (self.end_of_last(), "something is missing after this".to_owned())
        } else {
            (self.span(), format!("found `{}`", self.text()))
        };
        let mut diagnostic =
            Diagnostic::error(Code("T004"), span, format!("`{after}` needs {}", wanted(operand)), label);
        if operand == Operand::NewName && self.kind() == Some(K::Word) {
            let name = capitalised(self.text());
            diagnostic = diagnostic.help(format!("write `{name}`")).fix(self.span(), name);
        }
        self.diagnose(diagnostic);
        false
    }

    /// Says that one of a few phrases was wanted, and which may be meant.
    fn missing_words(&mut self, phrases: &[&str], wanted: &str, after: &str) -> bool {
        let at_end = self.kind().is_none() || self.starts_line();
        let title = format!("`{after}` needs {wanted}");
        if at_end {
            let span = self.end_of_last();
            self.diagnose(Diagnostic::error(Code("T004"), span, title, "something is missing after this"));
            return false;
        }
        let ahead = self.words_ahead();
        let told = Diagnostic::error(Code("T004"), self.span(), title, format!("found `{}`", self.text()));
        let told = match meant(&ahead, phrases) {
            Some(words) => {
                let typed = self.span_of_tokens(words.split(' ').count().min(ahead.len()));
                told.help(format!("did you mean `{words}`?")).fix(typed, words)
            }
            None => told,
        };
        self.diagnose(told);
        false
    }

    fn token(&mut self, kind: K, operand: Operand, after: &str) -> bool {
        if self.kind() == Some(kind) {
            self.bump();
            return true;
        }
        self.missing(operand, after)
    }

    pub(super) fn word(&mut self, word: &str, operand: Operand, after: &str) -> bool {
        self.eat_words(word) || self.missing(operand, after)
    }

    pub(super) fn quoted(&mut self, operand: Operand, after: &str) -> bool {
        if self.kind() != Some(K::Text) {
            return self.missing(operand, after);
        }
        let text = self.text();
        let closed = text.chars().count() > 1 && text.ends_with(['"', '”', '“']);
        if closed {
            self.bump();
            return true;
        }
        let span = self.span();
        let end = span.start + text.trim_end().len();
        self.diagnose(
            Diagnostic::error(Code("T005"), span, "this text has no closing quotation mark", "opened here")
                .help("add `\"` at its end; a text cannot run over a line's end")
                .fix(end..end, "\""),
        );
        self.bump_as_error();
        true
    }

    pub(super) fn names(&mut self, after: &str) -> bool {
        if self.kind() != Some(K::Name) {
            return self.missing(Operand::Names, after);
        }
        self.open(K::Names);
        self.bump();
        while self.joined(&[K::Name]) {
            self.bump();
            self.bump();
        }
        let _ = self.eat_words("together") || self.eat_words("separately");
        self.close();
        true
    }

    fn clause_id(&mut self, after: &str) -> bool {
        if !self.kind().is_some_and(|kind| IDS.contains(&kind)) {
            return self.missing(Operand::ClauseTitle, after);
        }
        self.open(K::Clauses);
        self.bump();
        self.close();
        true
    }

    pub(super) fn clause_ids(&mut self, after: &str) -> bool {
        if !self.kind().is_some_and(|kind| IDS.contains(&kind)) {
            return self.missing(Operand::Clauses, after);
        }
        self.open(K::Clauses);
        self.bump();
        while self.joined(IDS) {
            self.bump();
            self.bump();
        }
        self.close();
        true
    }

    /// Whether `, x` or `and x` comes next, with x of one of `kinds`.
    fn joined(&self, kinds: &[K]) -> bool {
        let link = self.kind() == Some(K::Comma) || self.at_words("and");
        link && self.nth(1).is_some_and(|kind| kinds.contains(&kind))
    }

    /// A value that may be bracketed: `[3500 m: "one source" | 2500 m: "another"]`.
    pub(super) fn value(&mut self, operand: Operand, after: &str) -> bool {
        if self.kind() == Some(K::OpenBracket) { self.bracket(operand, after) } else { self.plain(operand, after) }
    }

    pub(super) fn bracket(&mut self, operand: Operand, after: &str) -> bool {
        if self.bracketed {
            return self.nested_bracket();
        }
        self.bracketed = true;
        self.open(K::Bracket);
        self.bump();
        let mut complete = true;
        loop {
            self.open(K::Choice);
            complete &= match operand {
                Operand::AreWeapons => self.weapon_list(after),
                Operand::Anything => {
                    self.anything();
                    true
                }
                // One alternative may be that the clause is not there at all.
                _ if std::ptr::eq(self.allowed, PROVISION) && self.eat_words("none") => true,
                operand => self.plain(operand, after),
            };
            complete = complete && self.label();
            self.close();
            if !complete || self.kind() != Some(K::Pipe) {
                break;
            }
            self.bump();
        }
        if complete && self.kind() == Some(K::CloseBracket) {
            self.bump();
        } else if complete {
            let span = self.span();
            self.diagnose(
                Diagnostic::error(Code("T010"), span, "this bracket is not closed", "expected `|` or `]` here")
                    .help("alternatives are written `[3500 m: \"who says so\" | 2500 m: \"who says so\"]`"),
            );
            complete = false;
        }
        if !complete {
            // The bracket's own end, if it is on this line, is where sense resumes.
            if self.kind().is_some() && !self.starts_line() && self.kind() != Some(K::CloseBracket) {
                self.open(K::Error);
                while self.kind().is_some() && !self.starts_line() && self.kind() != Some(K::CloseBracket) {
                    self.bump();
                }
                self.close();
            }
            if self.kind() == Some(K::CloseBracket) {
                self.bump();
            }
        }
        self.close();
        self.bracketed = false;
        true
    }

    /// Alternatives of alternatives are refused: nobody can read them aloud.
    fn nested_bracket(&mut self) -> bool {
        let span = self.span();
        self.diagnose(
            Diagnostic::error(Code("T014"), span, "a bracket cannot stand within a bracket", "a second one opens here")
                .help("write every alternative out in the one bracket: `[… : \"one\" | … : \"two\" | … : \"three\"]`"),
        );
        self.open(K::Error);
        self.bump();
        while self.kind().is_some() && !self.starts_line() && self.kind() != Some(K::CloseBracket) {
            self.bump();
        }
        if self.kind() == Some(K::CloseBracket) {
            self.bump();
        }
        self.close();
        true
    }

    fn label(&mut self) -> bool {
        if self.kind() != Some(K::Colon) {
            let span = self.end_of_last();
            self.diagnose(
                Diagnostic::error(
                    Code("T011"),
                    span,
                    "each alternative needs the name of who says so",
                    "its source is missing after this",
                )
                .help("write `: \"Al-Akhbar\"`, or whatever the alternative rests on, after it"),
            );
            return false;
        }
        self.open(K::Label);
        self.bump();
        let named = self.whose(Operand::Text, ":");
        self.close();
        named
    }

    /// Whose word something is, in a node of its own.
    fn source(&mut self, operand: Operand, after: &str) -> bool {
        self.open(K::Label);
        let named = self.whose(operand, after);
        self.close();
        named
    }

    /// A text in quotation marks, or declared names.
    fn whose(&mut self, operand: Operand, after: &str) -> bool {
        if self.kind() == Some(K::Name) { self.names(after) } else { self.quoted(operand, after) }
    }

    fn plain(&mut self, operand: Operand, after: &str) -> bool {
        match operand {
            Operand::Instant => self.instant(after),
            Operand::Duration => self.quantity(K::Duration, operand, after),
            Operand::Distance => self.quantity(K::Distance, operand, after),
            Operand::Calibre => self.calibre(operand, after),
            Operand::KnownName => self.known_name(after),
            Operand::Coordinates => self.coordinates(after),
            operand => self.operand(operand, after),
        }
    }

    fn known_name(&mut self, after: &str) -> bool {
        if self.kind() != Some(K::Text) && !self.at_words("part of") {
            return self.missing(Operand::KnownName, after);
        }
        self.open(K::KnownName);
        self.eat_words("part of");
        let mut complete = self.quoted(Operand::KnownName, after);
        for bound in ["from", "until"] {
            if complete && self.eat_words(bound) {
                complete = self.instant(bound);
            }
        }
        self.close();
        complete
    }

    /// A number and a unit of the right sort.
    fn quantity(&mut self, kind: K, operand: Operand, after: &str) -> bool {
        if self.kind() != Some(K::Number) {
            return self.missing(operand, after);
        }
        let fits = |unit: Unit| {
            if kind == K::Distance { unit.is_length() } else { unit.is_time() }
        };
        if !Unit::of(self.nth_text(1)).is_some_and(fits) {
            let units = if kind == K::Distance { LENGTHS } else { TIMES };
            let found = self.nth_text(1).to_owned();
            let with_word = self.nth(1) == Some(K::Word) && !self.starts_line_at(1);
            let span = if with_word { self.span_of_tokens(2) } else { self.span() };
            let unit = span.end.saturating_sub(found.len())..span.end;
            self.diagnose(
                Diagnostic::error(
                    Code("T009"),
                    span,
                    format!("`{after}` needs {}", wanted(operand)),
                    if with_word {
                        format!("`{found}` is no unit of {}", if kind == K::Distance { "length" } else { "time" })
                    } else {
                        "this number has no unit".to_owned()
                    },
                )
                .help(format!("use one of: {}", units.join(", ")))
                .nearest(unit, if with_word { &found } else { "" }, units.iter().copied()),
            );
            return false;
        }
        self.open(kind);
        self.bump();
        self.bump();
        if kind == K::Distance {
            let _ = self.eat_words("in all") || self.eat_words("on each side");
        }
        self.close();
        true
    }

    fn instant(&mut self, after: &str) -> bool {
        let anchored = self.at_any(ANCHORS);
        if !anchored && !matches!(self.kind(), Some(K::Date | K::Name)) {
            return self.missing(Operand::Instant, after);
        }
        self.open(K::Instant);
        let mut complete = true;
        if self.eat_words("completion of") {
            complete = self.clause_ids("completion of");
        } else if !self.eat_words("signature") && !self.eat_words("entry into force") {
            let opening = self.eat_words("the opening of");
            let _ = opening || self.eat_words("the end of") || self.eat_words("the start of");
            complete = match self.kind() {
                Some(K::Date) if !opening => {
                    self.bump();
                    if self.kind() == Some(K::Time) {
                        self.bump();
                        if self.kind() == Some(K::Name) {
                            self.bump();
                        }
                    }
                    true
                }
                Some(K::Name) => {
                    self.bump();
                    true
                }
                _ => self.missing(Operand::Instant, after),
            };
        }
        while complete && matches!(self.kind(), Some(K::Plus | K::Minus)) {
            self.bump();
            complete = self.quantity(K::Duration, Operand::Duration, "+");
        }
        self.close();
        complete
    }

    fn percent(&mut self, after: &str) -> bool {
        if self.kind() == Some(K::Number) && self.nth(1) == Some(K::Percent) {
            self.bump();
            self.bump();
            return true;
        }
        self.missing(Operand::Percent, after)
    }

    fn one_of(&mut self, words: &'static [&'static str], after: &str) -> bool {
        if words.iter().any(|phrase| self.eat_words(phrase)) {
            return true;
        }
        let found = self.text().to_owned();
        let span = if self.kind().is_some() { self.span() } else { self.end_of_last() };
        let title = format!("`{after}` needs one of: {}", words.join(", "));
        self.diagnose(Diagnostic::error(Code("T004"), span.clone(), title, "here").nearest(
            span,
            &found,
            words.iter().copied(),
        ));
        false
    }

    /// Clauses, and how long after them; `within … of …` is a clause of its own.
    fn clauses_within(&mut self, after: &str) -> bool {
        let complete = self.clause_ids(after);
        let lasts = self.at_words("within") && self.nth(1) == Some(K::Number) && !self.nth_words(3, "of");
        if complete && lasts {
            self.eat_words("within");
            return self.value(Operand::Duration, "within");
        }
        complete
    }

    fn kept_for(&mut self, after: &str) -> bool {
        self.clause_ids(after)
            && (self.eat_words("are kept for")
                || self.eat_words("is kept for")
                || self.missing_words(&["are kept for", "is kept for"], wanted(Operand::KeptFor), after))
            && self.token(K::Number, Operand::KeptFor, after)
            && (self.eat_words("consecutive days")
                || self.eat_words("consecutive day")
                || self.missing_words(&["consecutive days"], wanted(Operand::KeptFor), after))
    }

    pub(super) fn weapons(&mut self, after: &str) -> bool {
        self.open(K::Weapons);
        let complete = self.weapon_list(after);
        self.close();
        complete
    }

    fn weapon_list(&mut self, after: &str) -> bool {
        // All behind it is left out.
        let _ = self.eat_words("all weapons but");
        loop {
            let complete = match self.kind() {
                Some(K::OpenBracket) => self.bracket(Operand::AreWeapons, after),
                Some(K::Word | K::Name | K::Text) => self.weapon(after),
                _ => self.missing(Operand::AreWeapons, after),
            };
            if !complete {
                return false;
            }
            let more = self.kind() == Some(K::Comma) || self.at_words("and");
            if !more {
                return true;
            }
            self.bump();
            if self.at_words("and") {
                self.bump();
            }
        }
    }

    /// `heavy machine guns`, `"Uragan"`, `guns of calibre over 100 mm`.
    fn weapon(&mut self, after: &str) -> bool {
        self.open(K::Weapon);
        let mut complete = true;
        if self.kind() == Some(K::Text) {
            complete = self.quoted(Operand::Text, after);
        } else {
            while matches!(self.kind(), Some(K::Word | K::Name)) && !self.at_any(&["and", "of calibre", "of range"]) {
                self.bump();
            }
        }
        while complete && self.at_any(&["of calibre", "of range"]) {
            let calibre = self.eat_words("of calibre");
            let of = if calibre || !self.eat_words("of range") { "of calibre" } else { "of range" };
            complete = BOUNDS.iter().any(|words| self.eat_words(words))
                || self.missing_words(BOUNDS, "a limit: `over`, `at least`, `up to` or `under`, and a number", of);
            complete = complete && self.amount(after);
        }
        self.close();
        complete
    }

    /// A kind alone, without limits.
    fn kind_of_weapon(&mut self, operand: Operand, after: &str) -> bool {
        if self.kind() != Some(K::Word) {
            return self.missing(operand, after);
        }
        self.open(K::Weapon);
        let clauses = ["also called", "of calibre", "of range"];
        while matches!(self.kind(), Some(K::Word | K::Name)) && !self.at_any(&clauses) {
            self.bump();
        }
        self.close();
        true
    }

    fn calibre(&mut self, operand: Operand, after: &str) -> bool {
        let measured = matches!(Unit::of(self.nth_text(1)), Some(Unit::Calibre(_)));
        if self.kind() != Some(K::Number) || !measured {
            return self.missing(operand, after);
        }
        self.amount(after)
    }

    /// A number with whatever unit follows it.
    pub(super) fn amount(&mut self, after: &str) -> bool {
        if self.kind() != Some(K::Number) {
            return self.missing(Operand::Number, after);
        }
        let unit = if self.nth(1) == Some(K::Percent) { Some(Unit::Percent) } else { Unit::of(self.nth_text(1)) };
        let kind = match unit {
            Some(unit) if unit.is_length() => K::Distance,
            Some(unit) if unit.is_time() => K::Duration,
            _ => K::Amount,
        };
        self.open(kind);
        self.bump();
        if unit.is_some() {
            self.bump();
        }
        if kind == K::Distance {
            let _ = self.eat_words("in all") || self.eat_words("on each side");
        }
        self.close();
        true
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + chars.as_str())
}
