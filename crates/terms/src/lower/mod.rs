//! Tree → agreement, under one reading.
//!
//! Names may be used before they are declared: the header comes first, then
//! every name, then what each name means, then the provisions, then the gates,
//! which point at provisions.

mod actors;
mod places;
mod predicate;
mod provisions;
mod values;
mod weapons;

use std::collections::BTreeSet;

use armistice_syntax::{
    Block, Code, Diagnostic, Document, Heading, NodeExt, Span, Statement, SyntaxKind as K, SyntaxNode, did_you_mean,
};
use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::model::{Agreement, Citation, Clock, Moment, NotEvaluable, Unevaluated};
use crate::reading::Chooser;

/// Reads the files an agreement names: its path as written → its text.
pub type Resource<'a> = &'a dyn Fn(&str) -> Result<String, String>;

/// A statement and where it stands.
#[derive(Clone)]
pub(crate) struct Placed {
    pub(crate) statement: Statement,
    pub(crate) heading: Option<Heading>,
    pub(crate) quoted: String,
}

/// What lowering one reading gives.
pub(crate) struct Lowered {
    pub(crate) agreement: Agreement,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

pub(crate) fn lower(source: &str, document: &Document, chooser: &Chooser<'_>, resource: Resource<'_>) -> Lowered {
    let placed = placed(&document.blocks);
    let mut lower = Lower::new(source, chooser, resource);
    lower.said_twice(&placed);
    lower.header(&placed);
    lower.declare_actors(&placed);
    lower.moments(&placed);
    lower.places(&placed);
    lower.weapons(&placed);
    lower.describe_actors(&placed);
    lower.each_name_means_one(&placed);
    lower.provisions(&placed);
    lower.gates(&placed);
    lower.everything_else(&placed);
    lower.references(&placed, &document.headings);
    Lowered { agreement: lower.agreement, diagnostics: lower.diagnostics }
}

/// Every statement with its heading; a `clause` statement is a heading for
/// those after it.
fn placed(blocks: &[Block]) -> Vec<Placed> {
    let mut out = Vec::new();
    for block in blocks {
        let mut heading = block.heading.clone();
        let mut quoted = block.quoted.clone();
        for statement in &block.statements {
            if statement.lead().as_deref() == Some("clause") {
                if let Some(head) = statement.head() {
                    let id = head.child(K::Clauses).map(|ids| ids.phrase());
                    let title = head.text_value().unwrap_or_default();
                    heading = Some(Heading { id, title, depth: 1, span: statement.node.span() });
                    quoted = String::new();
                }
                continue;
            }
            out.push(Placed { statement: statement.clone(), heading: heading.clone(), quoted: quoted.clone() });
        }
    }
    out
}

pub(crate) struct Lower<'a> {
    source: &'a str,
    chooser: &'a Chooser<'a>,
    resource: Resource<'a>,
    agreement: Agreement,
    moment_depends: Vec<BTreeSet<usize>>,
    in_force: Option<Timestamp>,
    /// The moment of signature, where more than its day is written.
    signed_at: Option<Timestamp>,
    /// The brackets that the signature and the entry into force hang on.
    header_depends: BTreeSet<usize>,
    /// Moments that are declared and cannot be placed in time.
    unplaced: Vec<String>,
    /// Every declared name, what it is, and where.
    declared: Vec<(String, &'static str, Span)>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Lower<'a> {
    fn new(source: &'a str, chooser: &'a Chooser<'a>, resource: Resource<'a>) -> Self {
        let clock = Clock {
            zone: TimeZone::UTC,
            zone_name: "UTC".to_owned(),
            day_start: Time::midnight(),
            day_start_declared: false,
        };
        let agreement = Agreement {
            title: String::new(),
            signed: None,
            clock,
            standard_of_proof: 0.95,
            moments: Vec::new(),
            actors: Vec::new(),
            places: Vec::new(),
            weapons: Vec::new(),
            provisions: Vec::new(),
            gates: Vec::new(),
            unevaluated: Vec::new(),
        };
        Self {
            source,
            chooser,
            resource,
            agreement,
            moment_depends: Vec::new(),
            in_force: None,
            signed_at: None,
            header_depends: BTreeSet::new(),
            unplaced: Vec::new(),
            declared: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    fn error(
        &mut self,
        code: &'static str,
        span: Span,
        title: impl Into<String>,
        label: impl Into<String>,
    ) -> &mut Diagnostic {
        self.diagnostics.push(Diagnostic::error(Code(code), span, title, label));
        let last = self.diagnostics.len() - 1;
        // One was pushed on the line above.
        #[expect(clippy::indexing_slicing, reason = "`last` is the index of the element just pushed")]
        &mut self.diagnostics[last]
    }

    fn of<'p>(placed: &'p [Placed], lead: &'p str) -> impl Iterator<Item = &'p Placed> + 'p {
        placed.iter().filter(move |p| p.statement.lead().as_deref() == Some(lead))
    }

    fn line(&self, at: usize) -> usize {
        self.source.get(..at).map_or(1, |before| before.bytes().filter(|b| *b == b'\n').count() + 1)
    }

    fn citation(&self, placed: &Placed) -> Citation {
        let span = placed.statement.node.span();
        Citation {
            clause: placed.heading.as_ref().and_then(|h| h.id.clone()),
            title: placed.heading.as_ref().map(|h| h.title.clone()).unwrap_or_default(),
            quoted: placed.quoted.clone(),
            line: self.line(span.start),
            span,
        }
    }

    /// Records a new name; says so if it is taken.
    fn declare(&mut self, node: Option<&SyntaxNode>, what: &'static str) -> Option<String> {
        let token = node?.token(K::Name)?;
        let name = token.text().to_owned();
        let range = token.text_range();
        let span = usize::from(range.start())..usize::from(range.end());
        let earlier = self.declared.iter().find(|(n, ..)| *n == name).map(|(_, what, at)| (*what, at.clone()));
        if let Some((kind, at)) = earlier {
            let error = self.error("T101", span, format!("`{name}` is already declared"), "declared again here");
            error.related.push((at, format!("first declared here, as a {kind}")));
            error.help = Some("give one of the two another name".to_owned());
            return None;
        }
        self.declared.push((name.clone(), what, span));
        Some(name)
    }

    fn header(&mut self, placed: &[Placed]) {
        let mut found = Self::of(placed, "agreement");
        let Some(first) = found.next() else {
            let error = self.error("T102", 0..0, "nothing says which agreement this is", "no `agreement` statement");
            error.help =
                Some("begin with `agreement \"its title\"`, then `signed`, `times in` and `days start at`".to_owned());
            return;
        };
        for again in found {
            let span = again.statement.node.span();
            let error = self.error("T103", span, "a file holds one agreement", "a second one begins here");
            error.help = Some("declare further instruments with `instrument NAME \"title\"`".to_owned());
        }
        let statement = &first.statement;
        self.agreement.title = statement.head().and_then(|h| h.text_value()).unwrap_or_default();
        if let Some(clause) = statement.clause("times in") {
            if let Some(token) = clause.token(K::Name) {
                let name = token.text().to_owned();
                match TimeZone::get(&name) {
                    Ok(zone) => {
                        self.agreement.clock.zone = zone;
                        self.agreement.clock.zone_name = name;
                    }
                    Err(_) => {
                        let known: Vec<String> = jiff::tz::db().available().map(|n| n.to_string()).collect();
                        let mend = did_you_mean(&name, known.iter().map(String::as_str));
                        let error =
                            self.error("T104", clause.span(), format!("`{name}` is not a time zone"), "unknown");
                        error.help = mend.or(Some("use a name such as `Europe/Kyiv` or `Asia/Damascus`".to_owned()));
                    }
                }
            }
        } else {
            let span = statement.head().map_or(0..0, |h| h.span());
            let error = self.error(
                "T105",
                span,
                "the agreement does not say in which time zone its hours run",
                "no `times in`",
            );
            error.help = Some("add `times in Asia/Damascus`, or wherever the parties' clocks are".to_owned());
        }
        if let Some(time) = statement.clause("days start at").and_then(|clause| self.time_of_day(&clause)) {
            self.agreement.clock.day_start = time;
            self.agreement.clock.day_start_declared = true;
        }
        if let Some(clause) = statement.clause("signed") {
            let chooser = self.chooser;
            let ((), depends) = chooser.watch(|| self.signature(&clause));
            self.header_depends.extend(depends);
        }
        if let Some(clause) = statement.clause("standard of proof") {
            self.standard_of_proof(&clause);
        }
        for clause in statement.clauses() {
            let words = clause.keyword();
            if !matches!(
                words.as_str(),
                "signed" | "times in" | "days start at" | "in force from" | "standard of proof"
            ) {
                let why = NotEvaluable::NotYet(format!("`{words}` of the agreement"));
                let line = self.line(clause.span().start);
                self.agreement.unevaluated.push(Unevaluated { words: clause.phrase(), why, line });
            }
        }
    }

    fn signature(&mut self, clause: &SyntaxNode) {
        let before = self.diagnostics.len();
        let Some(node) = self.value_in(clause, K::Instant) else {
            return;
        };
        self.agreement.signed = self.date_in(&node);
        if self.agreement.signed.is_none() && self.diagnostics.len() == before {
            self.must_be_a_date(&node);
        } else if node.token(K::Time).is_some() || node.child(K::Duration).is_some() {
            self.signed_at = self.instant(&node, values::Edge::Start);
        }
    }

    fn standard_of_proof(&mut self, clause: &SyntaxNode) {
        let Some(percent) = clause.token(K::Number).and_then(|t| armistice_syntax::parse_number(t.text())) else {
            return;
        };
        if percent > 50.0 && percent < 100.0 {
            self.agreement.standard_of_proof = percent / 100.0;
        } else {
            let error = self.error(
                "T106",
                clause.span(),
                format!("a standard of proof of {percent} % cannot be met or always is"),
                "out of range",
            );
            error.help = Some("give a share above 50 % and below 100 %".to_owned());
        }
    }

    fn moments(&mut self, placed: &[Placed]) {
        // A moment may hang on another declared below it; a chain is as long as
        // there are moments, so that many rounds settle every chain.
        // The entry into force is one of them, without a name.
        let mut waiting: Vec<(Option<String>, SyntaxNode)> = Vec::new();
        for one in Self::of(placed, "moment") {
            let head = one.statement.head();
            if let (Some(name), Some(head)) = (self.declare(head.as_ref(), "moment"), head) {
                waiting.push((Some(name), head));
            }
        }
        let entry = Self::of(placed, "agreement").next().and_then(|p| p.statement.clause("in force from"));
        waiting.extend(entry.map(|clause| (None, clause)));
        for round in (0..=waiting.len()).rev() {
            let mut left = Vec::new();
            let open: Vec<Option<String>> = waiting.iter().map(|(name, _)| name.clone()).collect();
            for (name, node) in std::mem::take(&mut waiting) {
                let settled = |n: &Option<String>| match n {
                    Some(n) => self.agreement.moments.iter().any(|m| m.name == *n) || self.unplaced.contains(n),
                    None => self.in_force.is_some(),
                };
                let mut instants = node.descendants().filter(|n| n.kind() == K::Instant);
                let waits = instants.any(|n| {
                    let on = n.token(K::Name).map(|t| t.text().to_owned());
                    let entry = n.keywords().first().is_some_and(|k| k == "entry into force");
                    (on.is_some() || entry) && open.contains(&on) && !settled(&on)
                });
                if round > 0 && waits {
                    left.push((name, node));
                    continue;
                }
                let chooser = self.chooser;
                let before = self.diagnostics.len();
                let (at, depends) = chooser.watch(|| self.instant_in(&node, values::Edge::Start));
                match (at, name) {
                    (Some(at), Some(name)) => {
                        let day = self.value_in(&node, K::Instant).filter(|n| n.keywords().is_empty());
                        let day = day.and_then(|instant| self.day_meant(&instant));
                        self.agreement.moments.push(Moment { name, at, day, words: node.phrase() });
                        self.moment_depends.push(depends);
                    }
                    (Some(at), None) => {
                        self.in_force = Some(at);
                        self.header_depends.extend(depends);
                    }
                    (None, name) => {
                        // Without a mistake to report, it hangs on what only
                        // records can tell.
                        if self.diagnostics.len() == before {
                            let words =
                                if name.is_some() { format!("moment {}", node.phrase()) } else { node.phrase() };
                            let why = NotEvaluable::NotYet("a moment that hangs on another act".to_owned());
                            let line = self.line(node.span().start);
                            self.agreement.unevaluated.push(Unevaluated { words, why, line });
                        }
                        self.unplaced.extend(name);
                    }
                }
            }
            waiting = left;
        }
    }

    /// Statements the language knows and nothing evaluates: kept, and said.
    fn everything_else(&mut self, placed: &[Placed]) {
        const KNOWN: &[&str] = &[
            "agreement",
            "moment",
            "party",
            "guarantor",
            "excluded",
            "outsider",
            "monitor",
            "line",
            "area",
            "point",
            "weapons",
            "gate",
            "text",
        ];
        for one in placed {
            let Some(lead) = one.statement.lead() else {
                continue;
            };
            if matches!(lead.as_str(), "records" | "period" | "baseline") {
                let error = self.error(
                    "T162",
                    one.statement.node.span(),
                    format!("`{lead}` is no term of an agreement"),
                    "this is a setting of the assessment",
                );
                error.help = Some("move it to `assessment.truce` beside the agreement".to_owned());
                continue;
            }
            if KNOWN.contains(&lead.as_str()) || !one.statement.is_whole() {
                continue;
            }
            let undefined = one.statement.clause("undefined");
            let why = match (lead.as_str(), undefined) {
                ("term", Some(clause)) => {
                    let what = clause.text_value().unwrap_or_default();
                    NotEvaluable::Undefined(format!("the term is left undefined: {what}"))
                }
                _ => NotEvaluable::NotYet(format!("`{lead}`")),
            };
            let line = self.line(one.statement.node.span().start);
            self.agreement.unevaluated.push(Unevaluated { words: one.statement.node.phrase(), why, line });
        }
    }
}

/// Clauses of which a statement can have only one.
const ONCE: &[&str] = &[
    "signed",
    "times in",
    "days start at",
    "in force from",
    "standard of proof",
    "opens when",
    "counting from",
    "from",
    "until",
    "for",
    "renewed by",
    "in",
    "good to",
    "within",
    "by",
    "before",
    "undefined",
    "width",
    "decides by",
    "quorum",
    "certified by",
    "means",
    "accepted on",
    "withdrew on",
    "severity",
    "checked by",
    "cure within",
];

/// Clauses that say the same thing in different words: one of each row.
const RIVALS: &[&[&str]] = &[&["until", "for"], &["by", "before", "within"], &["from", "undefined"]];

/// Clauses whose capitals are words of the world, not names of the agreement.
const FREE: &[&str] = &["times in", "authentic in", "published"];

impl Lower<'_> {
    /// A clause said twice would silently lose one of the two.
    fn said_twice(&mut self, placed: &[Placed]) {
        for one in placed {
            let lead = one.statement.lead();
            let lead = lead.as_deref();
            let place = matches!(lead, Some("line" | "area" | "point" | "corridor"));
            let mut seen: Vec<(String, Span)> = Vec::new();
            for clause in one.statement.clauses() {
                let words = clause.keyword();
                if !ONCE.contains(&words.as_str())
                    || (place && words == "for")
                    || (lead == Some("exchange") && words == "by")
                {
                    continue;
                }
                let rival = |earlier: &str| {
                    RIVALS.iter().any(|row| {
                        let placed = row.contains(&"undefined") == place;
                        placed && row.contains(&earlier) && row.contains(&words.as_str())
                    })
                };
                let earlier = seen.iter().find(|(w, _)| *w == words || rival(w)).cloned();
                if let Some((first, at)) = earlier {
                    let title = if first == words {
                        format!("`{words}` is said twice")
                    } else {
                        format!("`{words}` and `{first}` cannot both hold")
                    };
                    let error = self.error("T154", clause.span(), title, "said again here");
                    error.related.push((at, "first said here".to_owned()));
                    error.help = Some(
                        "keep one, or write both as a bracket: `[48 hours: \"one source\" | 72 hours: \"another\"]`"
                            .to_owned(),
                    );
                } else {
                    seen.push((words, clause.span()));
                }
            }
        }
    }

    /// Every name and every clause number that a term points at is there. What
    /// was lowered has been checked; this is for what nothing evaluates yet.
    fn references(&mut self, placed: &[Placed], headings: &[Heading]) {
        for one in placed {
            for node in one.statement.node.descendants() {
                if node.kind() == K::Names {
                    self.together_means_something(&node);
                }
                match node.kind() {
                    K::Names | K::Predicate | K::Choice => self.names_are_declared(&node, headings),
                    K::Clause if !FREE.contains(&node.keyword().as_str()) => self.names_are_declared(&node, headings),
                    K::Head if one.statement.lead().as_deref() == Some("exchange") => {
                        self.names_are_declared(&node, headings);
                    }
                    K::Clauses if one.statement.lead().as_deref() != Some("gate") => {
                        self.clauses_are_there(&node, headings)
                    }
                    _ => {}
                }
            }
        }
    }

    /// `together` where nothing hangs on it would be lost without a word.
    fn together_means_something(&mut self, names: &SyntaxNode) {
        let whose = names.parent().map(|parent| parent.keyword()).unwrap_or_default();
        if matches!(whose.as_str(), "renewed by" | "certified by" | "only with leave of") {
            return;
        }
        if let Some(word) = names.child(K::Keyword) {
            let title = format!("`{}` says nothing here", word.phrase());
            self.error("T137", word.span(), title, "no meaning").help = Some(
                "it says who must decide as one, after `renewed by`, `certified by` and `only with leave of`"
                    .to_owned(),
            );
        }
    }

    fn names_are_declared(&mut self, node: &SyntaxNode, headings: &[Heading]) {
        for token in node.tokens_of(K::Name) {
            let name = token.text();
            let range = token.text_range();
            let span = usize::from(range.start())..usize::from(range.end());
            let declared = self.declared.iter().any(|(n, ..)| n == name);
            let numbered = headings.iter().any(|h| h.id.as_deref() == Some(name));
            if declared || numbered || self.diagnostics.iter().any(|d| d.span == span) {
                continue;
            }
            let known: Vec<String> = self.declared.iter().map(|(n, ..)| n.clone()).collect();
            let mend = did_you_mean(name, known.iter().map(String::as_str))
                .unwrap_or_else(|| format!("declare it, such as: `party {name} \"who they are\"`"));
            self.error("T120", span, format!("nothing called `{name}` is declared"), "not declared").help = Some(mend);
        }
    }

    fn clauses_are_there(&mut self, node: &SyntaxNode, headings: &[Heading]) {
        let tokens = node.children_with_tokens().filter_map(|e| e.into_token());
        for token in tokens.filter(|t| matches!(t.kind(), K::Number | K::ClauseId | K::Name)) {
            let id = token.text();
            let under = |whole: &str| {
                whole.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
            };
            let there = self.agreement.provisions.iter().any(|p| under(&p.id))
                || headings.iter().filter_map(|h| h.id.as_deref()).any(under)
                || self.declared.iter().any(|(name, ..)| name == id);
            if there {
                continue;
            }
            let range = token.text_range();
            let span = usize::from(range.start())..usize::from(range.end());
            let known: Vec<String> = self.agreement.provisions.iter().map(|p| p.id.clone()).collect();
            let mend = did_you_mean(id, known.iter().map(String::as_str))
                .unwrap_or_else(|| format!("the provisions are: {}", known.join(", ")));
            self.error("T153", span, format!("there is no provision {id}"), "no such clause").help = Some(mend);
        }
    }
}

/// The two moments of a `period` or `baseline`, in the order of time.
pub(crate) fn window(
    head: &SyntaxNode,
    clock: &Clock,
    source: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Timestamp, Timestamp)> {
    let chooser = Chooser::new(&[], &[]);
    let mut lower = Lower::new(source, &chooser, &|_| Err("settings name no shapes".to_owned()));
    lower.agreement.clock = clock.clone();
    if let Some(bracket) = head.child(K::Bracket) {
        lower.error("T164", bracket.span(), "a period is settled, not left open", "a bracket").help =
            Some("write one period here, and assess another with a file of its own".to_owned());
        diagnostics.append(&mut lower.diagnostics);
        return None;
    }
    let mut moments = head.nodes(K::Instant);
    let from = moments.next().and_then(|node| lower.fixed_instant(&node, values::Edge::Start));
    let until = moments.next().and_then(|node| lower.fixed_instant(&node, values::Edge::End));
    if from.zip(until).is_some_and(|(from, until)| from >= until) {
        lower.error("T161", head.span(), "this period ends before it begins", "turned round").help =
            Some("write the earlier day first".to_owned());
    }
    diagnostics.append(&mut lower.diagnostics);
    from.zip(until).filter(|(from, until)| from < until)
}
