//! Where delegations stand on what is open, and what their principals say.
//!
//! A draft may say, beside its brackets, which delegation prefers, accepts or
//! rejects which alternative, to whom it refers the text before it can agree,
//! and what those have answered. None of it is a term: it binds nobody and is
//! judged by nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use armistice_syntax::{Code, Diagnostic, Span, did_you_mean};
use jiff::Timestamp;

use crate::Reading;
use crate::model::ActorSet;
use crate::reading::Question;

/// Everything a draft says of the talks about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Talks {
    /// Positions, in the order of the text.
    pub positions: Vec<Position>,
    /// Approvals, in the order of the text.
    pub approvals: Vec<Approval>,
}

/// Where a delegation stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// Whose position it is.
    pub who: ActorSet,
    /// In its own words.
    pub words: Option<String>,
    /// The clauses or names it is about, as written; the whole text if empty.
    pub on: Vec<String>,
    /// Where it stands on alternatives.
    pub stances: Vec<Stance>,
    /// To whom it must refer the text before it can agree.
    pub referred_to: Vec<String>,
    /// The line it begins on, counted from 1.
    pub line: usize,
    /// Its bytes in the file.
    pub span: Span,
}

/// Where a position stands on one alternative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stance {
    /// For it or against it.
    pub attitude: Attitude,
    /// The alternative, by who says so.
    pub source: String,
    /// Its bytes in the file.
    pub span: Span,
    /// The questions it is about, each with its alternative: indices.
    pub points: Vec<(usize, usize)>,
}

/// For an alternative or against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attitude {
    /// It is what the delegation asks for.
    Prefers,
    /// The delegation could agree to it.
    Accepts,
    /// The delegation could not.
    Rejects,
}

/// What a delegation's principal has said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The delegation.
    pub who: ActorSet,
    /// Who must approve, in words; its principal, if not said.
    pub principal: Option<String>,
    /// The clauses or names it is about, as written; the whole text if empty.
    pub on: Vec<String>,
    /// When it was asked.
    pub pending_since: Option<Timestamp>,
    /// When it agreed.
    pub agreed_on: Option<Timestamp>,
    /// When it refused.
    pub refused_on: Option<Timestamp>,
    /// Misgivings, which neither agree nor refuse.
    pub misgivings: Vec<Misgiving>,
    /// The line it begins on, counted from 1.
    pub line: usize,
}

/// A misgiving on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misgiving {
    /// In words.
    pub words: Option<String>,
    /// Who recorded it.
    pub by: String,
}

/// How an approval stands at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Agreed, since then.
    Agreed(Timestamp),
    /// Refused, since then.
    Refused(Timestamp),
    /// Asked, since then, and not answered.
    Pending(Timestamp),
    /// Not asked, as far as the text says.
    NotAsked,
}

impl Approval {
    /// How it stands at a time, or after all that is written: the latest answer
    /// given by then counts; without one, the asking.
    #[must_use]
    pub fn state(&self, at: Option<Timestamp>) -> State {
        let by_then = |moment: &Timestamp| at.is_none_or(|at| *moment <= at);
        let agreed = self.agreed_on.filter(by_then);
        let refused = self.refused_on.filter(by_then);
        match (agreed, refused, self.pending_since.filter(by_then)) {
            (Some(agreed), Some(refused), _) if refused > agreed => State::Refused(refused),
            (Some(agreed), _, _) => State::Agreed(agreed),
            (None, Some(refused), _) => State::Refused(refused),
            (None, None, Some(asked)) => State::Pending(asked),
            (None, None, None) => State::NotAsked,
        }
    }
}

/// Which brackets bear on what, by the names a position can give it.
struct Index {
    /// A clause's number or a declared name, to the questions whose brackets
    /// stand in it.
    within: Questions,
    /// The same, to the questions that it hangs on through what it names.
    through: Questions,
    /// A source in small letters, to the questions it answers and how.
    sources: HashMap<String, Vec<(usize, usize)>>,
}

type Questions = HashMap<String, BTreeSet<usize>>;

impl Index {
    fn of(readings: &[Reading], questions: &[Question]) -> Self {
        let mut index = Self { within: HashMap::new(), through: HashMap::new(), sources: HashMap::new() };
        for Reading { agreement, .. } in readings {
            for provision in &agreement.provisions {
                clause(&mut index.through, &provision.id, &provision.depends);
            }
            for gate in &agreement.gates {
                name(&mut index.through, &gate.name, &gate.depends);
                if let Some(id) = &gate.citation.clause {
                    clause(&mut index.through, id, &gate.depends);
                }
            }
            agreement.moments.iter().for_each(|x| name(&mut index.through, &x.name, &x.depends));
            agreement.actors.iter().for_each(|x| name(&mut index.through, &x.name, &x.depends));
            agreement.places.iter().for_each(|x| name(&mut index.through, &x.name, &x.depends));
            agreement.weapons.iter().for_each(|x| name(&mut index.through, &x.name, &x.depends));
        }
        let provisions = readings.first().map(|r| r.agreement.provisions.as_slice()).unwrap_or_default();
        let by_start: BTreeMap<usize, &str> =
            provisions.iter().map(|p| (p.citation.span.start, p.id.as_str())).collect();
        for (number, bracket) in questions.iter().enumerate().flat_map(|(n, q)| q.brackets.iter().map(move |b| (n, b)))
        {
            let number = BTreeSet::from([number]);
            match &bracket.declares {
                Some(declared) => name(&mut index.within, declared, &number),
                None => {
                    if let Some((_, id)) = by_start.range(..=bracket.span.start).next_back() {
                        clause(&mut index.within, id, &number);
                    }
                }
            }
        }
        for (number, question) in questions.iter().enumerate() {
            for (alternative, label) in question.labels.iter().enumerate() {
                index.sources.entry(label.to_lowercase()).or_default().push((number, alternative));
            }
        }
        index
    }

    /// Whether a question hangs on one of these names; with none, on the text.
    fn concerns(&self, on: &[String], question: usize) -> bool {
        let has = |questions: &Questions, name| questions.get(name).is_some_and(|all| all.contains(&question));
        on.is_empty() || on.iter().any(|name| has(&self.within, name) || has(&self.through, name))
    }

    /// The alternatives a source means where something is named: those in its
    /// own brackets, or else those it hangs on through what it names.
    fn meant(&self, on: &[String], source: &str) -> Vec<(usize, usize)> {
        let known = self.sources.get(&source.to_lowercase()).map(Vec::as_slice).unwrap_or_default();
        let within = |point: &&(usize, usize)| {
            on.iter().any(|name| self.within.get(name).is_some_and(|all| all.contains(&point.0)))
        };
        let own: Vec<_> = known.iter().filter(within).copied().collect();
        if own.is_empty() { known.iter().filter(|p| self.concerns(on, p.0)).copied().collect() } else { own }
    }
}

fn name(into: &mut Questions, name: &str, depends: &BTreeSet<usize>) {
    if !depends.is_empty() {
        into.entry(name.to_owned()).or_default().extend(depends);
    }
}

/// Naming a clause names all under it: `3` names 3, 3.a, 3.a-2.
fn clause(into: &mut Questions, id: &str, depends: &BTreeSet<usize>) {
    let above = id.match_indices(['.', '-']).filter_map(|(at, _)| id.get(..at));
    above.chain([id]).for_each(|above| name(into, above, depends));
}

impl Talks {
    /// Finds the alternatives that positions name, and says what is wrong.
    pub(crate) fn place(&mut self, readings: &[Reading], questions: &[Question], told: &mut Vec<Diagnostic>) {
        if self.positions.is_empty() {
            return;
        }
        let index = Index::of(readings, questions);
        for Position { on, stances, .. } in &mut self.positions {
            for stance in stances {
                stance.points = index.meant(on, &stance.source);
                if stance.points.is_empty() {
                    told.push(no_such(stance, on, &index, questions));
                }
            }
        }
        self.agree_with_themselves(questions, told);
    }

    /// A delegation that is both for and against one alternative, or prefers two
    /// of one question, has been misheard.
    fn agree_with_themselves(&self, questions: &[Question], told: &mut Vec<Diagnostic>) {
        // Per delegation and alternative, what was first said for it and against
        // it; per delegation and question, what it first preferred.
        let mut sides: HashMap<(usize, usize, usize, bool), &Stance> = HashMap::new();
        let mut preferred: HashMap<(usize, usize), (usize, &Stance)> = HashMap::new();
        let label = |(question, alternative): (usize, usize)| {
            questions.get(question).and_then(|q| q.labels.get(alternative)).map(String::as_str).unwrap_or_default()
        };
        for (who, stance) in self.positions.iter().flat_map(|p| p.stances.iter().map(move |s| (p.who, s))) {
            let against = stance.attitude == Attitude::Rejects;
            let mut clash: Option<(String, &Stance)> = None;
            for (actor, (question, alternative)) in who.iter().flat_map(|a| stance.points.iter().map(move |p| (a, *p)))
            {
                if let Some(earlier) = sides.get(&(actor, question, alternative, !against)) {
                    let title =
                        format!("one delegation is both for \"{}\" and against it", label((question, alternative)));
                    clash = Some((title, earlier));
                }
                if stance.attitude == Attitude::Prefers {
                    let (first, earlier) = *preferred.entry((actor, question)).or_insert((alternative, stance));
                    if first != alternative {
                        clash =
                            Some(("one delegation cannot prefer two alternatives of one bracket".to_owned(), earlier));
                    }
                }
                sides.entry((actor, question, alternative, against)).or_insert(stance);
            }
            if let Some((title, earlier)) = clash {
                told.push(
                    Diagnostic::error(Code("T185"), stance.span.clone(), title, "said otherwise here")
                        .related(earlier.span.clone(), "first said here")
                        .help("keep what it said last; what it could live with is said by `accepts`"),
                );
            }
        }
    }
}

/// How many alternatives a message lists, or weighs for a slip of the pen.
const LISTED: usize = 12;

fn no_such(stance: &Stance, on: &[String], index: &Index, questions: &[Question]) -> Diagnostic {
    let place = if on.is_empty() { "the text".to_owned() } else { on.join(" and ") };
    let concerned = questions.iter().enumerate().filter(|(number, _)| index.concerns(on, *number));
    let labels: Vec<&str> = concerned.flat_map(|(_, q)| &q.labels).map(String::as_str).take(LISTED).collect();
    let title = format!("no alternative of \"{}\" is open in {place}", stance.source);
    let help = if labels.is_empty() {
        format!("{place} hangs on no bracket; write the alternatives in one, or say the position in words alone")
    } else {
        let listed = || format!("its alternatives are those of: {}", labels.join("; "));
        did_you_mean(&stance.source, labels.iter().copied()).unwrap_or_else(listed)
    };
    Diagnostic::error(Code("T180"), stance.span.clone(), title, "no such alternative").help(help)
}
