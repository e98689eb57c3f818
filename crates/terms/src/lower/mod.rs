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

use std::collections::BTreeSet;

use armistice_syntax::{
    Block, Code, Diagnostic, Document, Heading, NodeExt, Span, Statement, SyntaxKind as K, SyntaxNode, did_you_mean,
};
use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::model::{Agreement, Citation, Clock, Moment, NotEvaluable, Unevaluated, WeaponClass};
use crate::reading::Chooser;
use crate::weapons;

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
    lower.header(&placed);
    lower.declare_actors(&placed);
    lower.moments(&placed);
    lower.places(&placed);
    lower.weapons(&placed);
    lower.describe_actors(&placed);
    lower.provisions(&placed);
    lower.gates(&placed);
    lower.everything_else(&placed);
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
            declared: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    fn error(&mut self, code: &'static str, span: Span, title: impl Into<String>, label: impl Into<String>) -> &mut Diagnostic {
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
                        let error = self.error("T104", clause.span(), format!("`{name}` is not a time zone"), "unknown");
                        error.help = mend.or(Some("use a name such as `Europe/Kyiv` or `Asia/Damascus`".to_owned()));
                    }
                }
            }
        } else {
            let span = statement.head().map_or(0..0, |h| h.span());
            let error = self.error("T105", span, "the agreement does not say in which time zone its hours run", "no `times in`");
            error.help = Some("add `times in Asia/Damascus`, or wherever the parties' clocks are".to_owned());
        }
        if let Some(clause) = statement.clause("days start at") {
            if let Some(time) = self.time_of_day(&clause) {
                self.agreement.clock.day_start = time;
                self.agreement.clock.day_start_declared = true;
            }
        }
        if let Some(clause) = statement.clause("signed") {
            self.agreement.signed = self.date_in(&clause);
        }
        if let Some(clause) = statement.clause("standard of proof") {
            self.standard_of_proof(&clause);
        }
        for clause in statement.clauses() {
            let words = clause.keyword();
            if !matches!(words.as_str(), "signed" | "times in" | "days start at" | "in force from" | "standard of proof") {
                let why = NotEvaluable::NotYet(format!("`{words}` of the agreement"));
                let line = self.line(clause.span().start);
                self.agreement.unevaluated.push(Unevaluated { words: clause.phrase(), why, line });
            }
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
        let all: Vec<&Placed> = Self::of(placed, "moment").collect();
        let mut waiting: Vec<(String, SyntaxNode)> = Vec::new();
        for one in all {
            let head = one.statement.head();
            if let (Some(name), Some(head)) = (self.declare(head.as_ref(), "moment"), head) {
                waiting.push((name, head));
            }
        }
        for round in (0..=waiting.len()).rev() {
            let mut left = Vec::new();
            for (name, head) in std::mem::take(&mut waiting) {
                let needs: Vec<String> = head
                    .descendants()
                    .filter(|n| n.kind() == K::Instant)
                    .filter_map(|n| n.token(K::Name).map(|t| t.text().to_owned()))
                    .collect();
                let settled = |n: &String| self.agreement.moments.iter().any(|m| m.name == *n);
                let is_moment = |n: &String| self.declared.iter().any(|(d, what, _)| d == n && *what == "moment");
                if round > 0 && needs.iter().any(|n| is_moment(n) && !settled(n)) {
                    left.push((name, head));
                    continue;
                }
                let chooser = self.chooser;
                let (at, depends) = chooser.watch(|| self.instant_in(&head, values::Edge::Start));
                if let Some(at) = at {
                    let words = head.phrase();
                    self.agreement.moments.push(Moment { name, at, words });
                    self.moment_depends.push(depends);
                }
            }
            waiting = left;
        }
        if let Some(clause) = Self::of(placed, "agreement").next().and_then(|p| p.statement.clause("in force from")) {
            self.in_force = self.instant_in(&clause, values::Edge::Start);
        }
    }

    fn weapons(&mut self, placed: &[Placed]) {
        for one in Self::of(placed, "weapons") {
            let head = one.statement.head();
            let Some(name) = self.declare(head.as_ref(), "weapon class") else { continue };
            let Some(list) = head.and_then(|h| h.child(K::Weapons)) else { continue };
            let chooser = self.chooser;
            let ((weapons, words), depends) = chooser.watch(|| self.weapon_list(&list));
            self.agreement.weapons.push(WeaponClass { name, weapons, words, depends });
        }
    }

    fn weapon_list(&mut self, list: &SyntaxNode) -> (Vec<weapons::Weapon>, String) {
        let mut found = Vec::new();
        let mut words: Vec<String> = Vec::new();
        for node in list.children() {
            match node.kind() {
                K::Weapon => {
                    if let Some(weapon) = self.weapon(&node) {
                        words.push(node.phrase());
                        found.push(weapon);
                    }
                }
                K::Bracket => {
                    if let Some(choice) = self.chosen(&node) {
                        let (inner, said) = self.weapon_list(&choice);
                        found.extend(inner);
                        words.push(said);
                    }
                }
                _ => {}
            }
        }
        words.retain(|w| !w.is_empty());
        (found, words.join(", "))
    }

    fn weapon(&mut self, node: &SyntaxNode) -> Option<weapons::Weapon> {
        if let Some(name) = node.text_value() {
            return Some(weapons::Weapon::Named(name));
        }
        let tokens = node.tokens_of(K::Word);
        let words = tokens.iter().map(|t| t.text().to_owned()).collect::<Vec<_>>().join(" ");
        if words == "nothing" {
            return None;
        }
        let Some(kind) = weapons::kind_of(&words) else {
            let mend = did_you_mean(&words, weapons::words())
                .unwrap_or_else(|| "a make or a kind not in the taxonomy is written in quotation marks".to_owned());
            self.error("T107", node.span(), format!("`{words}` is not a kind of weapon the language knows"), "unknown")
                .help = Some(mend);
            return None;
        };
        let limits = node.keywords();
        if limits.is_empty() {
            Some(weapons::Weapon::Kind(kind))
        } else {
            Some(weapons::Weapon::Limited(kind, node.phrase()))
        }
    }

    /// Statements the language knows and nothing evaluates: kept, and said.
    fn everything_else(&mut self, placed: &[Placed]) {
        const KNOWN: &[&str] = &[
            "agreement", "moment", "party", "guarantor", "excluded", "outsider", "monitor", "line", "area", "point",
            "weapons", "gate", "text", "records", "period", "baseline",
        ];
        for one in placed {
            let Some(lead) = one.statement.lead() else { continue };
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
    let mut moments = head.nodes(K::Instant);
    let from = moments.next().and_then(|node| lower.instant(&node, values::Edge::Start));
    let until = moments.next().and_then(|node| lower.instant(&node, values::Edge::End));
    if let (Some(from), Some(until)) = (from, until) {
        if from >= until {
            lower.error("T161", head.span(), "this period ends before it begins", "turned round").help =
                Some("write the earlier day first".to_owned());
        }
    }
    diagnostics.append(&mut lower.diagnostics);
    from.zip(until).filter(|(from, until)| from < until)
}
