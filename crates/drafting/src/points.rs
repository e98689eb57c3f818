//! The open points of a draft: what is asked, what hangs on it, who stands where.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use armistice_terms::{ActorSet, Agreement, Attitude, Checked, Gate, Question, Role, Written, same_name};

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
    // A draft holds many questions: what each needs to know of the whole page is
    // gathered for all of them at once.
    let places = Places::of(checked.agreement());
    let taken = taken(checked);
    let parties = Parties::of(checked.agreement());
    let questions = checked.questions.iter().zip(hangs(checked)).enumerate();
    questions
        .map(|(index, (question, hangs))| {
            let place = places.of_question(question);
            let count = named.entry(place.clone()).or_default();
            *count += 1;
            let name = if *count == 1 { place } else { format!("{place}-{count}") };
            let alternatives = alternatives(checked.agreement(), &taken, index, question);
            let silent = parties.silent(&hangs, &alternatives);
            Point { number: index + 1, name, written: question.brackets.clone(), alternatives, hangs, silent }
        })
        .collect()
}

/// Where the provisions of an agreement stand, by where each begins; of those of
/// one statement, the first.
struct Places<'a>(BTreeMap<usize, (usize, &'a str)>);

impl<'a> Places<'a> {
    fn of(agreement: &'a Agreement) -> Self {
        let mut all = BTreeMap::new();
        for provision in &agreement.provisions {
            let span = &provision.citation.span;
            all.entry(span.start).or_insert((span.end, provision.id.as_str()));
        }
        Self(all)
    }

    /// What the first bracket of a question stands in.
    fn of_question(&self, question: &Question) -> String {
        let Some(first) = question.brackets.first() else {
            return String::new();
        };
        if let Some(name) = &first.declares {
            return name.clone();
        }
        // Statements do not overlap: the last that begins before it has it, or none.
        let before = self.0.range(..=first.span.start).next_back().map(|(_, provision)| provision);
        let provision = before.filter(|(end, _)| first.span.end <= *end);
        provision.map_or_else(|| format!("line {}", first.line), |(_, id)| (*id).to_owned())
    }
}

/// A stance as positions take it, by the alternative it is on.
type Taken = HashMap<(usize, usize), Vec<StanceOf>>;

/// The stances that positions take, in the order of the text.
fn taken(checked: &Checked) -> Taken {
    let mut all = Taken::new();
    for (at, position) in checked.talks.positions.iter().enumerate() {
        for stance in &position.stances {
            let of = StanceOf { who: position.who, attitude: stance.attitude, position: Some(at) };
            let points: BTreeSet<_> = stance.points.iter().copied().collect();
            for point in points {
                all.entry(point).or_default().push(of);
            }
        }
    }
    all
}

fn alternatives(agreement: &Agreement, taken: &Taken, index: usize, question: &Question) -> Vec<Alternative> {
    let each = question.labels.iter().zip(&question.words).enumerate();
    each.map(|(number, (label, words))| {
        let mut stances: Vec<StanceOf> = Vec::new();
        let named = named(agreement, label);
        if !named.is_empty() {
            stances.push(StanceOf { who: named, attitude: Attitude::Prefers, position: None });
        }
        stances.extend(taken.get(&(index, number)).into_iter().flatten());
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

/// What hangs on each question.
fn hangs(checked: &Checked) -> Vec<Hangs> {
    let mut moments = each(checked, |a| named_by(&a.moments, |x| (&x.name, &x.depends)));
    let mut actors = each(checked, |a| named_by(&a.actors, |x| (&x.name, &x.depends)));
    let mut places = each(checked, |a| named_by(&a.places, |x| (&x.name, &x.depends)));
    let mut classes = each(checked, |a| named_by(&a.weapons, |x| (&x.name, &x.depends)));
    let mut systems = each(checked, |a| named_by(&a.systems, |x| (&x.name, &x.depends)));
    let mut provisions = each(checked, |a| named_by(&a.provisions, |x| (&x.id, &x.depends)));
    let mut gates = each(checked, |a| a.gates.iter().map(|gate| (&gate.name, waits_on(a, gate))).collect());
    let next = |_| Hangs {
        moments: moments.next().unwrap_or_default(),
        actors: actors.next().unwrap_or_default(),
        places: places.next().unwrap_or_default(),
        classes: classes.next().unwrap_or_default(),
        systems: systems.next().unwrap_or_default(),
        provisions: provisions.next().unwrap_or_default(),
        gates: gates.next().unwrap_or_default(),
    };
    checked.questions.iter().map(next).collect()
}

/// A thing's name, and the questions it hangs on.
type Depending<'a> = (&'a String, Cow<'a, BTreeSet<usize>>);

fn named_by<'a, T>(all: &'a [T], of: impl Fn(&'a T) -> (&'a String, &'a BTreeSet<usize>)) -> Vec<Depending<'a>> {
    let one = |thing| {
        let (name, depends) = of(thing);
        (name, Cow::Borrowed(depends))
    };
    all.iter().map(one).collect()
}

/// What a gate hangs on itself, or through a provision it waits for.
fn waits_on<'a>(agreement: &'a Agreement, gate: &'a Gate) -> Cow<'a, BTreeSet<usize>> {
    let mut all = Cow::Borrowed(&gate.depends);
    for provision in gate.provisions.iter().filter_map(|at| agreement.provisions.get(*at)) {
        if !provision.depends.is_subset(&all) {
            all.to_mut().extend(&provision.depends);
        }
    }
    all
}

/// For each question the names of what hangs on it, in order. What hangs on a
/// question under one reading mostly does under all, in the same order.
fn each<'a>(
    checked: &'a Checked,
    things: impl Fn(&'a Agreement) -> Vec<Depending<'a>>,
) -> std::vec::IntoIter<Vec<String>> {
    let mut found: Vec<Vec<String>> = vec![Vec::new(); checked.questions.len()];
    let mut known: HashSet<(usize, &str)> = HashSet::new();
    for reading in &checked.readings {
        for (name, depends) in things(&reading.agreement) {
            for question in depends.iter() {
                if known.insert((*question, name))
                    && let Some(list) = found.get_mut(*question)
                {
                    list.push(name.clone());
                }
            }
        }
    }
    found.into_iter()
}

/// The parties, and whom each provision binds.
struct Parties<'a> {
    all: ActorSet,
    bound: HashMap<&'a str, ActorSet>,
}

impl<'a> Parties<'a> {
    fn of(agreement: &'a Agreement) -> Self {
        let parties = agreement.actors.iter().enumerate().filter(|(_, a)| a.role == Role::Party);
        let all = parties.fold(ActorSet::NONE, |set, (i, _)| set.or(ActorSet::one(i)));
        let mut bound: HashMap<&str, ActorSet> = HashMap::new();
        for provision in &agreement.provisions {
            let set = bound.entry(&provision.id).or_insert(ActorSet::NONE);
            *set = set.or(provision.bound);
        }
        Self { all, bound }
    }

    /// Those bound by what hangs on a question that stand on no alternative;
    /// where nothing binding hangs on it, of all parties.
    fn silent(&self, hangs: &Hangs, alternatives: &[Alternative]) -> ActorSet {
        let bound = hangs.provisions.iter().filter_map(|id| self.bound.get(id.as_str()));
        let bound = bound.fold(ActorSet::NONE, |set, who| set.or(*who)).and(self.all);
        let asked = if bound.is_empty() { self.all } else { bound };
        let heard = alternatives.iter().flat_map(|a| &a.stances).fold(ActorSet::NONE, |set, s| set.or(s.who));
        asked.without(heard)
    }
}
