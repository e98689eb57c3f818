//! The open points of a draft: what is asked, what hangs on it, who stands where.

use std::collections::{BTreeMap, BTreeSet};

use armistice_terms::{
    ActorSet, Agreement, Attitude, Checked, Gate, Question, Reading, Role, Span, Written, same_name,
};

/// One question that the text leaves open: a bracket, or several that move
/// together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Its place among the questions of the text, counted from 1.
    pub number: usize,
    /// What its first bracket stands in: a provision's id or a declared name,
    /// with `-2` for a second question there. It stays the same when brackets
    /// are opened and settled elsewhere.
    pub name: String,
    /// The brackets, each with its line.
    pub written: Vec<Written>,
    /// The alternatives, in the order of the first bracket. With only one, it is
    /// a flagged reading and no question.
    pub alternatives: Vec<Alternative>,
    /// What hangs on it.
    pub hangs: Hangs,
    /// The parties that hang on it and have said nothing of any alternative.
    pub silent: ActorSet,
}

/// One alternative of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// Who says so.
    pub source: String,
    /// What would stand in the text.
    pub words: String,
    /// Who stands where on it, in the order of the text.
    pub stances: Vec<StanceOf>,
}

/// A delegation's stance on an alternative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StanceOf {
    /// The delegation.
    pub who: ActorSet,
    /// For it or against it.
    pub attitude: Attitude,
    /// Which position says so, or `None` if the bracket itself does, by naming a
    /// declared actor as its source.
    pub position: Option<usize>,
}

/// What would change with the answer to a question, by name, through everything
/// it names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hangs {
    /// Declared moments.
    pub moments: Vec<String>,
    /// Parties and others.
    pub actors: Vec<String>,
    /// Lines, areas and points.
    pub places: Vec<String>,
    /// Classes of weapons.
    pub classes: Vec<String>,
    /// Weapon systems.
    pub systems: Vec<String>,
    /// Provisions, by id.
    pub provisions: Vec<String>,
    /// Gates: those that hang on it themselves, or through a provision they
    /// wait for.
    pub gates: Vec<String>,
}

impl Point {
    /// Whether it is a reading that nobody disputes and nobody has verified.
    #[must_use]
    pub fn is_flagged(&self) -> bool {
        self.alternatives.len() < 2
    }

    /// The alternatives that somebody asks for or could agree to, and nobody on
    /// record rejects. Silence is not consent: see [`Point::silent`].
    pub fn could_settle_on(&self) -> impl Iterator<Item = &Alternative> {
        self.alternatives.iter().filter(|alternative| {
            let mut stances = alternative.stances.iter();
            stances.clone().any(|s| s.attitude != Attitude::Rejects) && stances.all(|s| s.attitude != Attitude::Rejects)
        })
    }
}

/// The open points of an agreement, in the order of its text.
#[must_use]
pub fn open_points(checked: &Checked) -> Vec<Point> {
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    let questions = checked.questions.iter().enumerate();
    questions
        .map(|(index, question)| {
            let place = place(checked, question);
            let count = named.entry(place.clone()).or_default();
            *count += 1;
            let name = if *count == 1 { place } else { format!("{place}-{count}") };
            let alternatives = alternatives(checked, index, question);
            let hangs = hangs(checked, index);
            let silent = silent(checked, &hangs, &alternatives);
            Point { number: index + 1, name, written: question.brackets.clone(), alternatives, hangs, silent }
        })
        .collect()
}

/// What the first bracket of a question stands in.
fn place(checked: &Checked, question: &Question) -> String {
    let Some(first) = question.brackets.first() else {
        return String::new();
    };
    if let Some(name) = &first.declares {
        return name.clone();
    }
    let within = |span: &Span| span.start <= first.span.start && first.span.end <= span.end;
    let provisions = &checked.agreement().provisions;
    let provision = provisions.iter().find(|p| within(&p.citation.span));
    provision.map_or_else(|| format!("line {}", first.line), |p| p.id.clone())
}

fn alternatives(checked: &Checked, index: usize, question: &Question) -> Vec<Alternative> {
    let each = question.labels.iter().zip(&question.words).enumerate();
    each.map(|(number, (label, words))| {
        let mut stances: Vec<StanceOf> = Vec::new();
        let named = named(checked.agreement(), label);
        if !named.is_empty() {
            stances.push(StanceOf { who: named, attitude: Attitude::Prefers, position: None });
        }
        for (at, position) in checked.talks.positions.iter().enumerate() {
            let mine = position.stances.iter().filter(|s| s.points.contains(&(index, number)));
            stances.extend(mine.map(|stance| StanceOf {
                who: position.who,
                attitude: stance.attitude,
                position: Some(at),
            }));
        }
        Alternative { source: label.clone(), words: words.clone(), stances }
    })
    .collect()
}

/// The declared actors a source names: `Government`, `Government and Russia`.
fn named(agreement: &Agreement, label: &str) -> ActorSet {
    let mut set = ActorSet::NONE;
    for part in label.split(", ").flat_map(|part| part.split(" and ")) {
        match agreement.actors.iter().position(|actor| same_name(&actor.name, part.trim())) {
            Some(index) => set = set.or(ActorSet::one(index)),
            // A newspaper that has a party's name in its own is not the party.
            None => return ActorSet::NONE,
        }
    }
    set
}

fn hangs(checked: &Checked, question: usize) -> Hangs {
    let mut found = Hangs::default();
    for Reading { agreement: a, .. } in &checked.readings {
        let moved = |depends: &BTreeSet<usize>| depends.contains(&question);
        add(&mut found.moments, a.moments.iter().filter(|x| moved(&x.depends)).map(|x| &x.name));
        add(&mut found.actors, a.actors.iter().filter(|x| moved(&x.depends)).map(|x| &x.name));
        add(&mut found.places, a.places.iter().filter(|x| moved(&x.depends)).map(|x| &x.name));
        add(&mut found.classes, a.weapons.iter().filter(|x| moved(&x.depends)).map(|x| &x.name));
        add(&mut found.systems, a.systems.iter().filter(|x| moved(&x.depends)).map(|x| &x.name));
        add(&mut found.provisions, a.provisions.iter().filter(|x| moved(&x.depends)).map(|x| &x.id));
        let waits = |gate: &Gate| {
            let mut provisions = gate.provisions.iter().filter_map(|at| a.provisions.get(*at));
            moved(&gate.depends) || provisions.any(|p| moved(&p.depends))
        };
        add(&mut found.gates, a.gates.iter().filter(|x| waits(x)).map(|x| &x.name));
    }
    found
}

/// Adds what is not there yet, in order. What hangs on a question under one
/// reading mostly does under all, in the same order.
fn add<'n>(list: &mut Vec<String>, names: impl Iterator<Item = &'n String>) {
    let known: BTreeSet<String> = list.iter().cloned().collect();
    list.extend(names.filter(|name| !known.contains(*name)).cloned());
}

/// The parties bound by what hangs on a question that stand on no alternative;
/// where nothing binding hangs on it, of all parties.
fn silent(checked: &Checked, hangs: &Hangs, alternatives: &[Alternative]) -> ActorSet {
    let agreement = checked.agreement();
    let parties = agreement.actors.iter().enumerate().filter(|(_, a)| a.role == Role::Party);
    let parties = parties.fold(ActorSet::NONE, |set, (i, _)| set.or(ActorSet::one(i)));
    let ids: BTreeSet<&str> = hangs.provisions.iter().map(String::as_str).collect();
    let bound = agreement.provisions.iter().filter(|p| ids.contains(p.id.as_str()));
    let bound = bound.fold(ActorSet::NONE, |set, p| set.or(p.bound)).and(parties);
    let asked = if bound.is_empty() { parties } else { bound };
    let heard = alternatives.iter().flat_map(|a| &a.stances).fold(ActorSet::NONE, |set, s| set.or(s.who));
    asked.without(heard)
}
