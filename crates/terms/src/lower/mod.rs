//! Tree → agreement, under one reading.
//!
//! Names may be used before they are declared: the header comes first, then
//! every name, then what each name means, then the provisions, then the gates,
//! which point at provisions.

mod actors;
mod beyond;
mod blank;
mod bodies;
mod conditions;
mod conduct;
mod count;
mod declared;
mod deeds;
mod exchange;
mod gates;
mod ground;
mod hours;
mod instruments;
mod inventory;
mod lapses;
mod limit;
mod moments;
mod names;
mod numbers;
mod own_lines;
mod people;
mod persistence;
mod phases;
mod places;
mod posts;
mod precedence;
mod predicate;
mod proof;
mod provisions;
mod references;
mod shared;
mod statements;
mod steps;
mod talks;
mod tie;
mod values;
mod weapons;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use armistice_syntax::{
    Block, Code, Diagnostic, Document, Heading, Lines, NodeExt, Span, Statement, SyntaxKind as K, SyntaxNode,
    SyntaxToken, with_article,
};
use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::model::{ActorSet, Agreement, Anchor, Citation, Clock, How, NotEvaluable, Unevaluated};
use crate::reading::Chooser;
use crate::talks::Talks;

pub(crate) use moments::{instant, window};
pub(crate) use shared::Memory;
use shared::Part;

use crate::geometry::Shapes;

/// A statement and where it stands.
#[derive(Clone)]
pub(crate) struct Placed {
    /// The word the statement begins with; a provision has none.
    pub(crate) lead: Option<&'static str>,
    pub(crate) statement: Statement,
    pub(crate) heading: Option<Heading>,
    pub(crate) quoted: Arc<str>,
    /// The instrument whose section it stands in, by name.
    pub(crate) instrument: Option<String>,
}

/// What lowering one reading gives.
pub(crate) struct Lowered {
    pub(crate) agreement: Agreement,
    pub(crate) talks: Talks,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

pub(crate) fn lower(
    lines: &Lines<'_>,
    document: &Document,
    placed: &[Placed],
    chooser: &Chooser<'_>,
    shapes: &Shapes<'_>,
    memory: &Memory,
) -> Lowered {
    let mut lower = Lower::new(lines, chooser, shapes, memory);
    lower.once_at(Part::Said, 0, |lower| lower.said_twice(placed));
    lower.declarations(placed);
    lower.hang_alike();
    lower.provisions(placed);
    lower.gates(placed);
    lower.phases(placed);
    lower.exchanges(placed);
    lower.tie(placed);
    lower.once_at(Part::Rest, 0, |lower| lower.everything_else(placed));
    lower.point_at_what_is_there(placed, &document.headings);
    let talks = lower.talks(placed);
    Lowered { agreement: lower.agreement, talks, diagnostics: lower.diagnostics }
}

/// Every statement with its heading; a `clause` statement is a heading for
/// those after it.
pub(crate) fn placed(blocks: &[Block]) -> Vec<Placed> {
    let mut out = Vec::new();
    let leads = |block: &Block, lead: &str| block.statements.iter().any(|s| s.lead() == Some(lead));
    // What is declared beside the agreement is another document: none of its
    // terms need follow.
    let beside: Vec<Option<&Heading>> =
        blocks.iter().filter(|b| leads(b, "agreement")).map(|b| b.heading.as_ref()).collect();
    let mut section: Option<(String, Option<&Heading>)> = None;
    for block in blocks {
        let mut heading = block.heading.clone();
        let mut quoted = block.quoted.clone();
        let left = |declared: &Option<&Heading>| match (declared, &block.heading) {
            (Some(declared), Some(here)) => here.span != declared.span && here.depth <= declared.depth,
            _ => false,
        };
        section = section.filter(|(_, declared)| !left(declared));
        for statement in &block.statements {
            if statement.lead() == Some("clause") {
                if let Some(head) = statement.head() {
                    let id = head.child(K::Clauses).map(|ids| ids.phrase());
                    let title = head.text_value().unwrap_or_default();
                    heading = Some(Heading::new(id.as_deref(), &title, 1, statement.node.span()));
                    quoted = Arc::default();
                }
                continue;
            }
            if statement.lead() == Some("instrument") && !beside.contains(&block.heading.as_ref()) {
                let name = statement.head().and_then(|head| head.token(K::Name));
                section = name.map(|name| (name.text().to_owned(), block.heading.as_ref())).or(section);
            }
            out.push(Placed {
                lead: statement.lead(),
                statement: statement.clone(),
                heading: heading.clone(),
                quoted: quoted.clone(),
                instrument: section.as_ref().map(|(name, _)| name.clone()),
            });
        }
    }
    out
}

/// The bytes of a token.
fn span_of(token: &SyntaxToken) -> Span {
    let range = token.text_range();
    usize::from(range.start())..usize::from(range.end())
}

pub(crate) struct Lower<'a> {
    lines: &'a Lines<'a>,
    chooser: &'a Chooser<'a>,
    shapes: &'a Shapes<'a>,
    memory: &'a Memory,
    agreement: Agreement,
    /// Whose shape is meant of a place of which each party has its own.
    whose: Option<ActorSet>,
    /// Whether each number of an act is a term of its own; which of them is read,
    /// how many there are, and the words of the one.
    divided: bool,
    cap: usize,
    caps: usize,
    cap_words: Option<String>,
    in_force: Option<Timestamp>,
    /// The moment of signature, where more than its day is written.
    signed_at: Option<Timestamp>,
    /// The brackets that the signature and the entry into force hang on.
    header_depends: BTreeSet<usize>,
    /// The brackets that may matter to anything that is read, said or not: see
    /// `shared`.
    behind_all: BTreeSet<usize>,
    /// Moments that are declared and cannot be placed in time, with the event
    /// they hang on where they hang on one.
    unplaced: BTreeMap<String, Option<Anchor>>,
    /// The names of all gates and of all phases, in the order of the file.
    gate_names: Rc<[String]>,
    phase_names: Rc<[String]>,
    /// Every number of a heading or clause that something stands under.
    clause_ids: Rc<BTreeSet<String>>,
    /// Every declared name, what it is, and where.
    declared: BTreeMap<String, (&'static str, Span)>,
    /// Moments by name, and provisions by id: indices.
    moment_index: HashMap<String, usize>,
    provision_ids: HashSet<String>,
    /// Of all provisions, once they are read.
    ids: Rc<numbers::Ids>,
    /// How many provisions stand under each clause.
    under_clause: HashMap<Option<String>, usize>,
    /// Where something has been found wrong.
    told: HashSet<(usize, usize)>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Lower<'a> {
    /// Everything that is declared, before any term is read.
    fn declared(&mut self, placed: &[Placed]) {
        self.header(placed);
        self.declare_actors(placed);
        self.names_ahead(placed);
        self.moments(placed);
        self.places(placed);
        self.systems(placed);
        self.weapons(placed);
        self.instruments(placed);
        self.terms(placed);
        self.describe_actors(placed);
        self.each_name_means_one(placed);
        self.inventories(placed);
    }

    fn new(lines: &'a Lines<'a>, chooser: &'a Chooser<'a>, shapes: &'a Shapes<'a>, memory: &'a Memory) -> Self {
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
            authentic: None,
            published: None,
            relations: Vec::new(),
            instruments: Vec::new(),
            terms: Vec::new(),
            moments: Vec::new(),
            awaited: Vec::new(),
            actors: Vec::new(),
            places: Vec::new(),
            systems: Vec::new(),
            weapons: Vec::new(),
            inventories: Vec::new(),
            exchanges: Vec::new(),
            provisions: Vec::new(),
            gates: Vec::new(),
            phases: Vec::new(),
            unevaluated: Vec::new(),
            resolved: Vec::new(),
        };
        Self {
            lines,
            chooser,
            shapes,
            memory,
            agreement,
            whose: None,
            divided: false,
            cap: 0,
            caps: 1,
            cap_words: None,
            in_force: None,
            signed_at: None,
            header_depends: BTreeSet::new(),
            behind_all: BTreeSet::new(),
            unplaced: BTreeMap::new(),
            gate_names: Rc::default(),
            phase_names: Rc::default(),
            clause_ids: Rc::default(),
            declared: BTreeMap::new(),
            moment_index: HashMap::new(),
            provision_ids: HashSet::new(),
            ids: Rc::default(),
            under_clause: HashMap::new(),
            told: HashSet::new(),
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
        self.told.insert((span.start, span.end));
        self.diagnostics.push(Diagnostic::error(Code(code), span, title, label));
        let last = self.diagnostics.len() - 1;
        // One was pushed on the line above.
        #[expect(clippy::indexing_slicing, reason = "`last` is the index of the element just pushed")]
        &mut self.diagnostics[last]
    }

    fn of<'p>(placed: &'p [Placed], lead: &'p str) -> impl Iterator<Item = &'p Placed> + 'p {
        placed.iter().filter(move |p| p.lead == Some(lead))
    }

    fn citation(&self, placed: &Placed) -> Citation {
        let span = placed.statement.node.span();
        Citation {
            clause: placed.heading.as_ref().and_then(|h| h.id.clone()),
            title: placed.heading.as_ref().map(|h| h.title.clone()).unwrap_or_default(),
            quoted: placed.quoted.clone(),
            line: self.lines.line(span.start),
            span,
        }
    }

    /// Records a new name; says so if it is taken.
    /// A zone nobody knows, with the known one that it may be meant for.
    fn no_such_zone(&mut self, name: &str, at: Span) {
        let known: Vec<String> = jiff::tz::db().available().map(|n| n.to_string()).collect();
        let error = self.error("T104", at.clone(), format!("`{name}` is not a time zone"), "unknown");
        error.help = Some("use a name such as `Europe/Kyiv`, `Asia/Damascus` or `UTC`".to_owned());
        error.suggest(at, name, known.iter().map(String::as_str));
    }

    fn declare(&mut self, node: Option<&SyntaxNode>, what: &'static str) -> Option<String> {
        let token = node?.token(K::Name)?;
        let name = token.text().to_owned();
        let range = token.text_range();
        let span = usize::from(range.start())..usize::from(range.end());
        let earlier = self.declared.get(&name).cloned();
        if let Some((kind, at)) = earlier {
            let error = self.error("T101", span, format!("`{name}` is already declared"), "declared again here");
            error.related.push((at, format!("first declared here, as {}", with_article(kind))));
            error.help = Some("give one of the two another name".to_owned());
            return None;
        }
        self.declared.insert(name.clone(), (what, span));
        Some(name)
    }

    /// What may be named before it is read.
    fn names_ahead(&mut self, placed: &[Placed]) {
        let ((gates, clauses), _) = self.once_at(Part::Ahead, 0, |_| Self::ahead(placed));
        (self.gate_names, self.clause_ids) = (gates, clauses);
    }

    /// The names of the gates, and every number that something stands under.
    fn ahead(placed: &[Placed]) -> (Rc<[String]>, Rc<BTreeSet<String>>) {
        let (mut gates, mut clauses) = (Vec::new(), BTreeSet::new());
        for one in placed {
            if one.lead == Some("gate") {
                let name = one.statement.head().and_then(|h| h.token(K::Name)).map(|t| t.text().to_owned());
                gates.extend(name);
            }
            // `3.a` stands under 3 as well.
            let mut id = one.heading.as_ref().and_then(|h| h.id.as_deref());
            while let Some(whole) = id {
                clauses.insert(whole.to_owned());
                id = whole.rfind(['.', '-']).and_then(|at| whole.get(..at));
            }
        }
        (gates.into(), Rc::new(clauses))
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
                    Err(_) => self.no_such_zone(&name, span_of(&token)),
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
            self.behind_all.extend(&depends);
            self.header_depends.extend(depends);
        }
        if let Some(clause) = statement.clause("standard of proof") {
            self.standard_of_proof(&clause);
        }
        for clause in statement.clauses() {
            let words = clause.keyword();
            let related = How::ALL.iter().any(|how| how.words() == words);
            if !related
                && !matches!(
                    words.as_str(),
                    "signed"
                        | "times in"
                        | "days start at"
                        | "in force from"
                        | "standard of proof"
                        | "authentic in"
                        | "published"
                )
            {
                let why = NotEvaluable::NotYet(format!("`{words}` of the agreement"));
                let line = self.lines.line(clause.span().start);
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
            "body",
            "line",
            "area",
            "point",
            "corridor",
            "weapons",
            "system",
            "inventory",
            "exchange",
            "gate",
            "phase",
            "instrument",
            "term",
            "text",
            "position",
            "approval",
        ];
        for one in placed {
            let Some(lead) = one.lead else {
                continue;
            };
            if matches!(lead, "records" | "period" | "baseline") {
                let error = self.error(
                    "T162",
                    one.statement.node.span(),
                    format!("`{lead}` is no term of an agreement"),
                    "this is a setting of the assessment",
                );
                error.help = Some("move it to `assessment.truce` beside the agreement".to_owned());
                continue;
            }
            if KNOWN.contains(&lead) || !one.statement.is_whole() {
                continue;
            }
            let why = NotEvaluable::NotYet(format!("`{lead}`"));
            let line = self.lines.line(one.statement.node.span().start);
            self.agreement.unevaluated.push(Unevaluated { words: one.statement.node.phrase(), why, line });
        }
    }
}
