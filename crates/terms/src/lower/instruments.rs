//! Instruments: which provision belongs to which, and what one takes away from
//! another.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use armistice_syntax::{NodeExt, Statement, SyntaxKind as K, SyntaxNode};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::numbers::under;
use super::values::Edge;
use super::{Lower, Part, Placed, span_of};
use crate::model::{Condition, Displaced, Holds, How, Instrument, NotEvaluable, Relation, Unevaluated};

/// What takes something away: a provision, or an instrument (none: the
/// agreement itself).
#[derive(Clone, Copy)]
enum By {
    Provision(usize),
    Instrument(Option<usize>),
}

/// What is taken away, by what, and since when, if that is known.
struct Change {
    by: By,
    words: String,
    ids: Vec<String>,
    at: Option<Timestamp>,
    depends: BTreeSet<usize>,
}

/// What the agreement's terms take from it where they do not say it; kept while
/// those of an instrument are read.
pub(super) struct Defaults {
    zone: TimeZone,
    in_force: Option<Timestamp>,
    signed_at: Option<Timestamp>,
    signed: Option<Date>,
    depends: BTreeSet<usize>,
}

impl Lower<'_> {
    pub(super) fn instruments(&mut self, placed: &[Placed]) {
        if let Some(header) = Self::of(placed, "agreement").next() {
            self.agreement.authentic = after(&header.statement, "authentic in");
            self.agreement.published = after(&header.statement, "published");
            self.agreement.relations = relations(&header.statement);
        }
        for one in Self::of(placed, "instrument") {
            let Some(head) = one.statement.head() else {
                continue;
            };
            let Some(name) = head.token(K::Name).map(|token| token.text().to_owned()) else {
                continue;
            };
            let title = head.text_value().unwrap_or_default();
            let node = &one.statement.node;
            let (instrument, depends) = self.once(Part::Instrument, node, |lower| lower.instrument(one, name, title));
            self.behind_all.extend(&depends);
            self.only_the_agreements(one);
            self.agreement.instruments.push(Instrument { depends, ..instrument });
        }
    }

    fn instrument(&mut self, one: &Placed, name: String, title: String) -> Instrument {
        let statement = &one.statement;
        let own = statement.clause("times in").and_then(|clause| self.clock_of(&clause));
        let zone = own.clone().unwrap_or_else(|| self.agreement.clock.zone.clone());
        let zone = std::mem::replace(&mut self.agreement.clock.zone, zone);
        let moment = |lower: &mut Self, words: &str| {
            statement.clause(words).and_then(|clause| lower.instant_in(&clause, Edge::Start))
        };
        let signed = moment(self, "signed");
        let declared = moment(self, "in force from");
        // What is said and cannot be placed is not known, and not the signature.
        let in_force = declared.or_else(|| signed.filter(|_| statement.clause("in force from").is_none()));
        self.agreement.clock.zone = zone;
        Instrument {
            name,
            title,
            zone: own,
            signed,
            in_force,
            not_public: statement.clause("text not public").map(|clause| clause.text_value().unwrap_or_default()),
            authentic: after(statement, "authentic in"),
            published: after(statement, "published"),
            relations: relations(statement),
            depends: BTreeSet::new(),
        }
    }

    /// What an instrument says of days and of proof is not judged by: one
    /// agreement counts its days in one way.
    fn only_the_agreements(&mut self, one: &Placed) {
        for words in ["days start at", "standard of proof"] {
            if let Some(clause) = one.statement.clause(words) {
                let why = NotEvaluable::NotYet(format!("`{words}` of an instrument"));
                let line = self.lines.line(clause.span().start);
                self.agreement.unevaluated.push(Unevaluated { words: clause.phrase(), why, line });
            }
        }
    }

    fn clock_of(&mut self, clause: &SyntaxNode) -> Option<TimeZone> {
        let token = clause.token(K::Name)?;
        let zone = TimeZone::get(token.text()).ok();
        if zone.is_none() {
            self.no_such_zone(token.text(), span_of(&token));
        }
        zone
    }

    /// The instrument a provision belongs to: the one it names, else the one that
    /// its section declares.
    pub(super) fn belongs_to(&mut self, one: &Placed) -> Option<usize> {
        let index = |lower: &Self, name: &str| lower.agreement.instruments.iter().position(|i| i.name == name);
        let clause = one.statement.clause("under");
        let named = clause.as_ref().and_then(|clause| clause.child(K::Names)).and_then(|n| n.token(K::Name));
        let Some(token) = named else {
            return one.instrument.as_deref().and_then(|name| index(self, name));
        };
        let found = index(self, token.text());
        if found.is_none() {
            let known: Vec<String> = self.agreement.instruments.iter().map(|i| i.name.clone()).collect();
            let span = super::span_of(&token);
            let title = format!("no instrument `{}` is declared", token.text());
            let error = self.error("T180", span.clone(), title, "not an instrument");
            error.help = Some(format!("declare it: `instrument {} \"its title\"`", token.text()));
            error.suggest(span, token.text(), known.iter().map(String::as_str));
        }
        found
    }

    /// Reads what follows with an instrument's own clock, signature and entry
    /// into force.
    pub(super) fn under(&mut self, instrument: &Instrument) -> Defaults {
        let zone = instrument.zone.clone().unwrap_or_else(|| self.agreement.clock.zone.clone());
        let date = instrument.signed.map(|at| zone.to_datetime(at).date());
        Defaults {
            zone: std::mem::replace(&mut self.agreement.clock.zone, zone),
            in_force: std::mem::replace(&mut self.in_force, instrument.in_force),
            signed_at: std::mem::replace(&mut self.signed_at, instrument.signed),
            signed: std::mem::replace(&mut self.agreement.signed, date),
            depends: std::mem::replace(&mut self.header_depends, instrument.depends.clone()),
        }
    }

    /// Reads what follows with the agreement's own again.
    pub(super) fn restore(&mut self, before: Defaults) {
        self.agreement.clock.zone = before.zone;
        self.in_force = before.in_force;
        self.signed_at = before.signed_at;
        self.agreement.signed = before.signed;
        self.header_depends = before.depends;
    }

    /// What one instrument, or one provision, takes from others: each provision
    /// so taken away ceases at the first moment that says so.
    pub(super) fn displace(&mut self, replaced: &[(usize, Rc<[String]>)]) {
        let mut changes: Vec<Change> = Vec::new();
        for (index, instrument) in self.agreement.instruments.iter().enumerate() {
            let by = Some((index, instrument.name.as_str()));
            changes.extend(Change::of(by, &instrument.relations, instrument.in_force, &instrument.depends));
        }
        let signed = self.signed_at.or_else(|| self.agreement.clock.day_begins(self.agreement.signed?));
        let since = self.in_force.or(signed);
        changes.extend(Change::of(None, &self.agreement.relations, since, &self.header_depends));
        for (index, ids) in replaced {
            if let Some(by) = self.agreement.provisions.get(*index) {
                let by_depends = by.depends.clone();
                let (words, at) = (format!("replaced by {}", by.id), by.force.from.clone().ok());
                let by = By::Provision(*index);
                changes.push(Change { by, words, ids: ids.to_vec(), at, depends: by_depends });
            }
        }
        for change in changes {
            let named: BTreeSet<usize> = change.ids.iter().flat_map(|id| under(&self.ids, id)).collect();
            for index in named {
                let Some(provision) = self.agreement.provisions.get_mut(index) else {
                    continue;
                };
                // Nothing takes itself away.
                let own = match change.by {
                    By::Provision(by) => by == index,
                    By::Instrument(by) => provision.instrument == by,
                };
                if own {
                    continue;
                }
                let provision = Arc::make_mut(provision);
                provision.depends.extend(&change.depends);
                match change.at {
                    None => {
                        let words = format!("{}, at a moment that cannot be placed", change.words);
                        provision.conditions.push(Condition { words, holds: Holds::NotEvaluated });
                    }
                    Some(at) if provision.force.displaced.as_ref().is_none_or(|earlier| at < earlier.at) => {
                        provision.force.displaced = Some(Displaced { at, by: change.words.clone() });
                    }
                    Some(_) => {}
                }
            }
        }
    }
}

impl Change {
    /// What an instrument's relations to others take away.
    fn of(
        by: Option<(usize, &str)>,
        relations: &[Relation],
        at: Option<Timestamp>,
        depends: &BTreeSet<usize>,
    ) -> Vec<Self> {
        let taking = relations.iter().filter_map(|relation| {
            let what = match relation.how {
                How::Supersedes => "superseded",
                How::Suspends => "suspended",
                How::Amends | How::PrevailsOver => return None,
            };
            let words = format!("{what} by {}", by.map_or("the agreement", |(_, name)| name));
            let by = By::Instrument(by.map(|(index, _)| index));
            Some(Self { by, words, ids: relation.what.clone(), at, depends: depends.clone() })
        });
        taking.collect()
    }
}

/// What is written after a clause's words.
fn after(statement: &Statement, words: &str) -> Option<String> {
    let phrase = statement.clause(words)?.phrase();
    Some(phrase.strip_prefix(words).unwrap_or(&phrase).trim().to_owned())
}

fn relations(statement: &Statement) -> Vec<Relation> {
    let each = How::ALL.into_iter().filter_map(|how| {
        let what = ids_in(&statement.clause(how.words())?);
        Some(Relation { how, what })
    });
    each.collect()
}

/// The clause ids and names in a clause.
pub(super) fn ids_in(clause: &SyntaxNode) -> Vec<String> {
    let Some(ids) = clause.child(K::Clauses) else {
        return Vec::new();
    };
    let tokens = ids.children_with_tokens().filter_map(|element| element.into_token());
    let named = tokens.filter(|token| matches!(token.kind(), K::Number | K::ClauseId | K::Name));
    named.map(|token| token.text().to_owned()).collect()
}
