//! Tokens → a lossless tree and a list of diagnostics. Never fails.
//!
//! Layout carries the structure: a line that starts at the margin starts a
//! statement, an indented line continues it. So a mistake in one statement
//! cannot spill into the next, and within a statement the parser picks up
//! again at the next clause that begins a line.

mod coordinates;
mod cursor;
mod lapse;
mod operand;
mod otherwise;
mod provision;

use rowan::GreenNode;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Form, Stray, tokens};
use crate::kind::{SyntaxKind as K, SyntaxNode};
use crate::suggest::closest;
use crate::vocabulary::{CLAUSES, COLLECTIVES, ClauseForm, Operand, PLACE_CLAUSES, STATEMENTS, StatementForm};
use cursor::Parser;

/// What parsing gives: a tree of the whole file, and what is wrong with it.
#[derive(Clone, Debug)]
pub struct Parse {
    green: GreenNode,
    /// One for each mistake, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

impl Parse {
    /// The tree; its text is the file's, byte for byte.
    #[must_use]
    pub fn syntax(&self) -> SyntaxNode {
        SyntaxNode::new_root(self.green.clone())
    }
}

/// Parses a file. Never fails and never panics; mistakes become diagnostics.
#[must_use]
pub fn parse(text: &str, form: Form) -> Parse {
    let (tokens, stray) = tokens(text, form);
    let mut parser = Parser::new(text, tokens);
    stray.into_iter().for_each(|stray| parser.stray(stray));
    parser.open(K::Document);
    match form {
        Form::Plain => {
            parser.open(K::Block);
            parser.block();
            parser.close();
        }
        Form::Literate => parser.page(),
    }
    parser.close();
    parser.finish()
}

impl Parser<'_> {
    fn stray(&mut self, stray: Stray) {
        self.diagnose(match stray {
            Stray::OpenComment(span) => {
                Diagnostic::error(Code("T016"), span, "this comment is never closed", "hides the rest of the page")
                    .help("end it with `-->`")
            }
            Stray::NearlyTruce(span, at, word) => {
                let title = format!("a `{word}` block is not read as terms");
                Diagnostic::warning(Code("T017"), span, title, "passed over")
                    .help("if terms stand in it, begin it with ```truce")
                    .fix(at, "truce")
            }
            Stray::Underlined(words, depth, span) => {
                let mend = format!("{} {words}", "#".repeat(depth));
                let title = format!("`{words}` is underlined, and not read as a heading");
                Diagnostic::warning(Code("T018"), span.clone(), title, "terms below are cited under another")
                    .help(format!("write `{mend}` in one line"))
                    .fix(span, mend)
            }
            Stray::Turning(c, span) => {
                let title = format!("U+{:04X} makes these words look otherwise than they are read", u32::from(c));
                Diagnostic::error(Code("T020"), span.clone(), title, "turns the order of letters round")
                    .help("take it out; names in any script are shown in their own order without it")
                    .fix(span, "")
            }
            Stray::Within(what, span) => {
                let title = format!("a truce block in {what} is not read as terms");
                Diagnostic::warning(Code("T019"), span, title, "passed over")
                    .help("if it is meant as terms, move it to the margin, out of what it stands in")
            }
        });
    }

    fn page(&mut self) {
        while let Some(kind) = self.raw_kind() {
            if kind != K::Fence {
                self.bump_raw();
                continue;
            }
            let fence = self.raw_span();
            self.open(K::Block);
            self.bump_raw();
            self.block();
            if self.raw_kind() == Some(K::Fence) {
                self.bump_raw();
            } else {
                self.diagnose(
                    Diagnostic::error(Code("T006"), fence, "this truce block is never closed", "opened here")
                        .help("end the block with a line of three backticks"),
                );
            }
            self.close();
        }
    }

    fn block(&mut self) {
        loop {
            self.trivia();
            match self.raw_kind() {
                None | Some(K::Fence | K::Prose | K::HeadingLine | K::QuoteLine) => return,
                Some(_) => self.statement(),
            }
        }
    }

    fn statement(&mut self) {
        let adrift = !self.at_margin();
        if adrift {
            let span = self.span();
            self.diagnose(
                Diagnostic::error(
                    Code("T007"),
                    span,
                    "this line is indented, but there is no statement above it to continue",
                    "begins here",
                )
                .help("start the line at the margin, or put the statement it belongs to above it"),
            );
        }
        self.limit_to_statement();
        self.open(K::Statement);
        match self.kind() {
            Some(K::Name) => self.provision(),
            Some(K::Word) if self.at_any(COLLECTIVES) => {
                self.provision();
            }
            Some(K::Word) if StatementForm::of(self.text()).is_some() => self.keyword_statement(),
            _ => self.no_statement(adrift),
        }
        self.rest_is_error();
        self.close();
        self.unlimit();
    }

    fn keyword_statement(&mut self) {
        let word = self.text().to_owned();
        let Some(form) = StatementForm::of(&word) else {
            return;
        };
        self.allowed = form.clauses;
        self.place = form.is_a_place();
        self.open(K::Head);
        self.keyword(1);
        let complete = form.head.iter().all(|operand| self.operand(*operand, form.lead));
        self.close();
        if !complete {
            self.skip_to_next_line();
        }
        self.clauses(&format!("`{}`", form.lead));
    }

    /// Clauses up to the end of the statement.
    fn clauses(&mut self, whose: &str) {
        loop {
            if self.kind() == Some(K::Comma) {
                if self.nth(1).is_none() {
                    self.dangling_comma();
                    return;
                }
                self.bump();
            }
            if self.kind().is_none() {
                return;
            }
            match self.clause_form(0) {
                Some(form) => self.clause(form),
                None => self.no_clause(whose),
            }
        }
    }

    fn dangling_comma(&mut self) {
        self.diagnose(
            Diagnostic::error(Code("T015"), self.span(), "nothing follows this comma", "the statement ends here")
                .help("remove the comma, or write the clause it announces, indented, below")
                .fix(self.span(), ""),
        );
        self.bump_as_error();
    }

    /// The clause this statement may have that begins with the `n`th token.
    fn clause_form(&self, n: usize) -> Option<&'static ClauseForm> {
        if self.nth(n) != Some(K::Word) {
            return None;
        }
        // Asked of nearly every word: the first word decides nearly always.
        let first = self.nth_text(n);
        let begins =
            |words: &str| words.strip_prefix(first).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        let special: &'static [ClauseForm] = if self.place { PLACE_CLAUSES } else { &[] };
        let mut forms = special.iter().chain(CLAUSES).filter(|form| begins(form.words));
        forms.find(|form| self.allowed.contains(&form.words) && self.nth_words(n, form.words))
    }

    fn clause(&mut self, form: &'static ClauseForm) {
        self.open(K::Clause);
        self.keyword(form.words.split(' ').count());
        let complete = form.operands.iter().all(|operand| self.operand(*operand, form.words));
        self.close();
        if !complete {
            self.skip_to_next_line();
        }
    }

    /// Words that begin no clause this statement may have.
    fn no_clause(&mut self, whose: &str) {
        let allowed = self.allowed;
        let span = self.span();
        // What is meant for a clause is passed over whole: a word of it may begin
        // another.
        let mut taken = 1;
        let elsewhere = CLAUSES.iter().find(|form| self.at_words(form.words));
        let diagnostic = if let Some(form) = elsewhere {
            Diagnostic::error(
                Code("T003"),
                self.span_of_words(form.words),
                format!("{whose} cannot have `{}`", form.words),
                "not allowed here",
            )
            .help(format!("{whose} may have {}", listed(allowed)))
        } else {
            let line = self.words_ahead();
            let found = self.text().to_owned();
            let diagnostic = Diagnostic::error(
                Code("T002"),
                span,
                format!("`{found}` begins nothing that {whose} can have"),
                "not understood from here",
            );
            match meant(&line, allowed) {
                Some(words) => {
                    taken = words.split(' ').count().min(line.len());
                    let typed = self.span_of_tokens(taken);
                    diagnostic.help(format!("did you mean `{words}`?")).fix(typed, words)
                }
                None => diagnostic.help(format!("{whose} may have {}", listed(allowed))),
            }
        };
        self.diagnose(diagnostic);
        self.open(K::Error);
        (0..taken).for_each(|_| self.bump());
        while self.kind().is_some() && !(self.starts_line() || self.clause_form(0).is_some()) {
            self.bump();
        }
        self.close();
    }

    /// What begins no statement; `told` if a diagnostic has said so.
    fn no_statement(&mut self, told: bool) {
        if !told {
            self.unknown_statement();
        }
        self.open(K::Error);
        while self.kind().is_some() {
            self.bump();
        }
        self.close();
    }

    fn unknown_statement(&mut self) {
        let found = self.text().to_owned();
        let leads = STATEMENTS.iter().map(|form| form.lead);
        let title = if self.kind() == Some(K::Word) {
            format!("no statement begins with `{found}`")
        } else {
            "a statement cannot begin here".to_owned()
        };
        let fallback = "a statement begins with a party's name or with one of: ".to_owned()
            + &leads.clone().collect::<Vec<_>>().join(", ");
        let diagnostic = Diagnostic::error(Code("T001"), self.span(), title, "not understood").help(fallback).nearest(
            self.span(),
            &found,
            leads,
        );
        let ahead = self.words_ahead();
        let two = ahead.get(..2).map(|two| two.join(" ")).unwrap_or_default();
        let all = matches!(two.as_str(), "all parties" | "both parties" | "the parties");
        let collective = if all { Some("every party") } else { closest(&two, COLLECTIVES.iter().copied()) };
        self.diagnose(match collective {
            Some(words) => diagnostic.help(format!("did you mean `{words}`?")).fix(self.span_of_tokens(2), words),
            None => diagnostic,
        });
    }

    /// Whatever is left of a statement after its clauses. Nothing is dropped.
    fn rest_is_error(&mut self) {
        if self.kind().is_none() {
            return;
        }
        self.open(K::Error);
        while self.kind().is_some() {
            self.bump();
        }
        self.close();
    }
}

/// The allowed clause whose words are nearest to the words ahead.
fn meant(line: &[String], allowed: &[&str]) -> Option<String> {
    allowed
        .iter()
        .filter_map(|words| {
            let count = words.split(' ').count();
            let typed = line.get(..count.min(line.len()))?.join(" ");
            closest(&typed, [*words])
                .map(|found| (crate::suggest::distance(&typed, found), std::cmp::Reverse(count), found.to_owned()))
        })
        .min()
        .map(|(.., words)| words)
}

fn listed(words: &[&str]) -> String {
    if words.is_empty() {
        return "no clauses".to_owned();
    }
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// What a diagnostic says an operand must be.
fn wanted(operand: Operand) -> &'static str {
    match operand {
        Operand::NewName => "a name, which begins with a capital letter: `CastelloRoad`",
        Operand::Text | Operand::OptionalText => "a text in quotation marks",
        Operand::Names => "a declared name, or several: `Russia and UnitedStates`",
        Operand::Clauses => "a clause's number, or several: `1 and 3.a`",
        Operand::ClauseTitle => "a clause's number and its title: `3.a \"Castello Road\"`",
        Operand::Instant => "a moment: `2016-09-12 19:00`, or a declared one such as `D + 3 days`",
        Operand::IsInstant => "`is` and a moment: `is 2016-09-12 19:00`",
        Operand::Duration => "a length of time: `48 hours`",
        Operand::Distance => "a distance: `3500 m`",
        Operand::TimeOfDay => "a time of day: `00:00`",
        Operand::Hours => "two times of day: `18:00 to 06:00`",
        Operand::Zone => "a time zone: `Asia/Damascus`",
        Operand::KnownName => "a name as the records write it, in quotation marks",
        Operand::IsWeapon => "`is` and a kind of weapon: `is rocket artillery`",
        Operand::Calibre => "a calibre: `122 mm`",
        Operand::AreWeapons => "`are` and weapons: `are tanks, artillery and mortars`",
        Operand::Number => "a number",
        Operand::Percent => "a share: `80 %`",
        Operand::OneOf(_) => "one of a few words",
        Operand::DurationOf => "a length of time and a moment: `3 days of D`",
        Operand::DistanceOf => "a distance and a place: `500 m of CastelloRoad`",
        Operand::NamesText => "a party and a text: `Ukraine \"places.geojson#line\"`",
        Operand::ClausesWithin => "a clause's number, or several: `2`, `2 and 3.a within 6 hours`",
        Operand::ClausesKept => "clauses, and that they are kept: `3.a is kept`",
        Operand::Coordinates => "degrees north or south, then east or west: `32.5 N 15.1 E`",
        Operand::DoneBy => {
            "what must come first, and by when: `3 is completed by D + 42 days`, `Two has begun by D + 42 days`"
        }
        Operand::NotKept => "clauses that are not kept, or a phase: `3 is not kept`, `Talks continue`",
        Operand::KeptFor => "clauses and days: `1 and 3 are kept for 7 consecutive days`",
        Operand::BreachesIn => "a number of breaches and a length of time: `3 breaches in any 30 days`",
        Operand::Tolerated => "a number of breaches: `2 breaches a day`",
        Operand::Breaches => "whose breaches: `any breach`, `breaches of Government`",
        Operand::BreachesOrDecision => "what resets it: `any breach`, `breaches of Government`, `decision of Mission`",
        Operand::Window => "two moments: `2016-09-12 to 2016-09-20`",
        Operand::Source => "whose word it is: a text in quotation marks, or a declared name",
        Operand::RecordedBy => "`recorded by`, and by whom: `recorded by \"the general staff\"`",
        Operand::Anything => "more words",
    }
}
