//! What changed in meaning between two texts.
//!
//! [`compare`] sets two checked agreements side by side: not their lines, but
//! what those come to. What is worded otherwise and means the same is no change.

mod aspects;
mod change;
mod declared;
mod image;
mod pairs;
mod points;
mod texts;
mod things;
mod under;

use std::collections::{BTreeMap, BTreeSet};

use armistice_terms::{Agreement, Checked, Provision};

pub use change::{Aspect, Change, Effect, How, Under};
pub use points::{Became, Choice, PointChange, Taken};

use crate::points::{Point, open_points};
use image::{Image, Reader, Renamed};
use pairs::Candidate;
use points::Answer;
use texts::Numbers;
use under::{Side, Sides};

/// What changed from an old text to a new one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difference {
    /// What the heads of the two say for all of each.
    pub head: Vec<Change>,
    /// Documents, words, parties and others, moments, places, classes, holdings,
    /// phases and gates.
    pub things: Vec<Thing>,
    /// Questions opened, settled or altered.
    pub points: Vec<PointChange>,
    /// Provisions that changed, were dropped, or are new, in the order of the old
    /// text and then of the new.
    pub provisions: Vec<ProvisionChange>,
    /// What is written and evaluated by nothing.
    pub written: Vec<Change>,
}

/// A declared thing that changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    /// Its statement's word: `party`, `moment`, `place`, `weapons`, `gate`, …
    pub sort: &'static str,
    /// What the old text calls it; nothing if it is new.
    pub old: Option<String>,
    /// What the new text calls it; nothing if it is gone.
    pub new: Option<String>,
    /// What changed of it.
    pub changes: Vec<Change>,
    /// The provisions that it changes or bears on, as the new text numbers them,
    /// or the old one where they are gone.
    pub reaches: Vec<String>,
}

/// A provision that changed.
#[derive(Clone, Debug, PartialEq)]
pub struct ProvisionChange {
    /// Where it stood in the old text; nothing if it is new.
    pub old: Option<Cited>,
    /// Where it stands in the new text; nothing if it is gone.
    pub new: Option<Cited>,
    /// What changed of it; nothing if it only has another number, or is new or
    /// gone.
    pub changes: Vec<Change>,
}

/// A provision of one of the texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// Its index.
    pub index: usize,
    /// Its number.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// The line it begins on.
    pub line: usize,
    /// Who is bound.
    pub bound: Vec<String>,
    /// What is demanded, in words: `must not attack each other`.
    pub act: String,
}

impl Difference {
    /// Whether the two texts mean the same, though their words, names and numbers
    /// may differ.
    #[must_use]
    pub fn is_none(&self) -> bool {
        let renamed = |thing: &Thing| thing.changes.is_empty() && thing.old.is_some() && thing.new.is_some();
        let renumbered = |p: &ProvisionChange| p.changes.is_empty() && p.old.is_some() && p.new.is_some();
        self.head.is_empty()
            && self.written.is_empty()
            && self.points.is_empty()
            && self.things.iter().all(renamed)
            && self.provisions.iter().all(renumbered)
    }
}

impl ProvisionChange {
    /// The number it has in the new text, or had in the old.
    #[must_use]
    pub fn id(&self) -> &str {
        self.new.as_ref().or(self.old.as_ref()).map(|cited| cited.id.as_str()).unwrap_or_default()
    }

    /// Whom it binds more or less by being there or not: a duty or a prohibition
    /// does, a permission may not.
    #[must_use]
    pub fn effect(&self) -> Option<(Effect, &[String])> {
        let (effect, cited) = match (&self.old, &self.new) {
            (None, Some(new)) => (Effect::Stricter, new),
            (Some(old), None) => (Effect::Looser, old),
            _ => return None,
        };
        (cited.act.starts_with("must") && !cited.bound.is_empty()).then_some((effect, cited.bound.as_slice()))
    }
}

/// What changed in meaning from the old text to the new. Neither may have errors.
#[must_use]
pub fn compare(old: &Checked, new: &Checked) -> Difference {
    let names = Names::of(old.agreement(), new.agreement());
    let provisions = paired(old.agreement(), new.agreement(), &names.all);
    let (old_points, new_points) = (open_points(old), open_points(new));
    let shared = points::same(&old_points, &new_points);
    let mut sides = Sides {
        old: Side { checked: old, settled: BTreeMap::new() },
        new: Side { checked: new, settled: BTreeMap::new() },
        shared,
    };
    let mut comparison = Comparison { names: &names, pairs: &provisions, sides: &mut sides };
    let points = comparison.points(&old_points, &new_points);
    comparison.difference(points)
}

/// What one text calls as the other does, and what it calls otherwise.
struct Names {
    /// Everything the old text names otherwise, by its old name.
    all: Renamed,
    actors: Renamed,
    places: Renamed,
    classes: Renamed,
    moments: Renamed,
}

impl Names {
    fn of(old: &Agreement, new: &Agreement) -> Self {
        let actors = declared::renamed(&old.actors, &new.actors, |x| &x.name, declared::same_actor);
        let places = declared::renamed(&old.places, &new.places, |x| &x.name, declared::same_place);
        let classes = declared::renamed(&old.weapons, &new.weapons, |x| &x.name, declared::same_class);
        let moments = declared::renamed(&old.moments, &new.moments, |x| &x.name, declared::same_moment);
        let all = [&actors, &places, &classes, &moments].into_iter().flatten();
        let all = all.map(|(old, new)| (old.clone(), new.clone())).collect();
        Self { all, actors, places, classes, moments }
    }
}

/// Pairs of provisions, by index: of the old text, and of the new.
pub type Paired = Vec<(Option<usize>, Option<usize>)>;

/// Which provision of the old text is which of the new: those of both first, in
/// the order of the old, each with the other's or with none.
#[must_use]
pub fn pairs(old: &Checked, new: &Checked) -> Paired {
    let (old, new) = (old.agreement(), new.agreement());
    paired(old, new, &Names::of(old, new).all)
}

fn paired(old: &Agreement, new: &Agreement, renamed: &Renamed) -> Paired {
    let nothing = Renamed::new();
    let candidates = |agreement: &Agreement, renamed: &Renamed| -> Vec<Candidate> {
        let reader = Reader { agreement, renamed };
        let each = agreement.provisions.iter().map(|p| Candidate {
            id: p.id.clone(),
            title: p.citation.title.clone(),
            image: reader.provision(p),
        });
        each.collect()
    };
    pairs::pairs(&candidates(old, renamed), &candidates(new, &nothing))
}

struct Comparison<'c, 'a> {
    names: &'c Names,
    pairs: &'c Paired,
    sides: &'c mut Sides<'a>,
}

impl Comparison<'_, '_> {
    /// The questions that stand otherwise; those of one text alone are answered
    /// as the other does, from here on, where that is certain.
    fn points(&mut self, old: &[Point], new: &[Point]) -> Vec<PointChange> {
        let mut found: Vec<PointChange> = Vec::new();
        for (at, point) in old.iter().enumerate() {
            match self.sides.shared.iter().find(|(o, _)| *o == at) {
                Some((_, n)) => found.extend(new.get(*n).and_then(|n| points::altered(point, n))),
                None => {
                    let answer = self.answer(at, point, false);
                    self.sides.old.settled.extend(answer.one().map(|answer| (at, answer)));
                    found.push(points::gone(point, answer, false));
                }
            }
        }
        for (at, point) in new.iter().enumerate() {
            if !self.sides.shared.iter().any(|(_, n)| *n == at) {
                let answer = self.answer(at, point, true);
                self.sides.new.settled.extend(answer.one().map(|answer| (at, answer)));
                found.push(points::gone(point, answer, true));
            }
        }
        found
    }

    /// The one answer to a question of one text under which it comes nearest to
    /// the other: under it, nothing changes in what hangs on the question but
    /// what changes under every answer.
    fn answer(&mut self, question: usize, point: &Point, in_new: bool) -> Answer {
        let hangs: BTreeSet<&str> = point.hangs.provisions.iter().map(String::as_str).collect();
        let side = if in_new { self.sides.new.checked } else { self.sides.old.checked };
        let hanging = |at: Option<usize>| {
            at.and_then(|at| side.agreement().provisions.get(at)).is_some_and(|p| hangs.contains(p.id.as_str()))
        };
        let concerned = self.pairs.iter().filter(|(o, n)| hanging(if in_new { *n } else { *o }));
        let both: Vec<(usize, usize)> = concerned.filter_map(|(o, n)| o.zip(*n)).collect();
        if both.is_empty() {
            return Answer::Untold;
        }
        let mut under: Vec<Vec<(usize, Change)>> = Vec::new();
        for answer in 0..point.alternatives.len() {
            let settled = if in_new { &mut self.sides.new.settled } else { &mut self.sides.old.settled };
            settled.insert(question, answer);
            let changes = both.iter().flat_map(|(o, n)| self.provision(*o, *n).into_iter().map(move |c| (*o, c)));
            under.push(changes.collect());
        }
        let settled = if in_new { &mut self.sides.new.settled } else { &mut self.sides.old.settled };
        settled.remove(&question);
        let common = |change: &(usize, Change)| under.iter().all(|changes| changes.contains(change));
        let mut nearest = under.iter().enumerate().filter(|(_, changes)| changes.iter().all(common));
        match (nearest.next(), nearest.next()) {
            (Some((answer, _)), None) => Answer::One(answer),
            (None, _) => Answer::Neither,
            (Some(_), Some(_)) => Answer::Untold,
        }
    }

    /// What changed between two provisions.
    fn provision(&self, old: usize, new: usize) -> Vec<Change> {
        let nothing = Renamed::new();
        let depends = |side: &Side<'_>, at: usize| -> BTreeSet<usize> {
            side.readings().filter_map(|r| r.agreement.provisions.get(at)).flat_map(|p| &p.depends).copied().collect()
        };
        let image = |agreement: &Agreement, renamed: &Renamed, at: usize| -> Option<Image> {
            agreement.provisions.get(at).map(|p| Reader { agreement, renamed }.provision(p))
        };
        self.sides.changes(
            (&depends(&self.sides.old, old), &depends(&self.sides.new, new)),
            (|a: &Agreement| image(a, &self.names.all, old), |a: &Agreement| image(a, &nothing, new)),
            |old, new| old.as_ref().zip(new.as_ref()).map(|(o, n)| aspects::changes(o, n)).unwrap_or_default(),
        )
    }

    fn difference(&self, points: Vec<PointChange>) -> Difference {
        let (old, new) = (self.sides.old.checked.agreement(), self.sides.new.checked.agreement());
        everything_is_compared(new);
        let moments = self.moments();
        let mut provisions = Vec::new();
        for (o, n) in self.pairs {
            let cited = |agreement: &Agreement, at: &Option<usize>| {
                at.and_then(|at| Some((at, agreement.provisions.get(at)?))).map(|(at, p)| cite(agreement, at, p))
            };
            let mut changes = o.zip(*n).map(|(o, n)| self.provision(o, n)).unwrap_or_default();
            for change in &mut changes {
                self.through_a_moment(change, &moments, *o, *n);
            }
            let (o, n) = (cited(old, o), cited(new, n));
            let moved = o.as_ref().map(|c| &c.id) != n.as_ref().map(|c| &c.id);
            if moved || !changes.is_empty() {
                provisions.push(ProvisionChange { old: o, new: n, changes });
            }
        }
        let numbers = self.numbers();
        let things = [
            self.instruments(&numbers),
            self.terms(),
            self.actors(),
            moments.clone(),
            self.awaited(&numbers),
            self.places(),
            self.classes(),
            self.systems(),
            self.inventories(),
            self.exchanges(),
            self.phases(&numbers),
            self.gates(&numbers),
        ];
        let mut things: Vec<Thing> = things.into_iter().flatten().collect();
        for thing in &mut things {
            let name = thing.new.as_ref().or(thing.old.as_ref());
            let reached = provisions.iter().filter(|p| p.changes.iter().any(|c| c.through.as_ref() == name));
            let reached: Vec<String> = reached.map(|p| p.id().to_owned()).collect();
            thing.reaches.extend(reached);
            let mut met = BTreeSet::new();
            thing.reaches.retain(|id| met.insert(id.clone()));
        }
        let everything = |agreement: &Agreement| -> BTreeSet<String> {
            // A place without a shape is told with the places.
            let place = |why| agreement.places.iter().any(|place| place.shape.as_ref().err() == Some(why));
            let others = agreement.unevaluated.iter().filter(|one| !place(&one.why));
            others.map(|one| one.words.clone()).collect()
        };
        let all: fn(&Checked) -> BTreeSet<usize> = |checked| (0..checked.questions.len()).collect();
        let depends = (&all(self.sides.old.checked), &all(self.sides.new.checked));
        let (nothing, same) = (Renamed::new(), Numbers::new());
        let head = self.sides.changes(
            depends,
            (
                |agreement: &Agreement| declared::head(Reader { agreement, renamed: &self.names.all }, &numbers),
                |agreement: &Agreement| declared::head(Reader { agreement, renamed: &nothing }, &same),
            ),
            declared::heads,
        );
        let written = declared::written(&everything(old), &everything(new));
        Difference { head, things, points, provisions, written }
    }

    /// A time that moved just as a moment did that both terms name moved with it.
    fn through_a_moment(&self, change: &mut Change, moments: &[Thing], old: Option<usize>, new: Option<usize>) {
        let (How::Time { old: was, new: is }, None) = (&change.how, &change.through) else {
            return;
        };
        let words = |side: &Side<'_>, at: Option<usize>| -> BTreeSet<String> {
            let provision = at.and_then(|at| side.checked.agreement().provisions.get(at));
            provision.map(|p| named(&p.words)).unwrap_or_default()
        };
        let (before, after) = (words(&self.sides.old, old), words(&self.sides.new, new));
        let shift = is.as_second() - was.as_second();
        let moved = moments.iter().find(|thing| {
            let names = thing.old.as_ref().is_some_and(|name| before.contains(name))
                && thing.new.as_ref().is_some_and(|name| after.contains(name));
            let alike =
                |c: &Change| matches!(&c.how, How::Time { old, new } if new.as_second() - old.as_second() == shift);
            names && thing.changes.iter().any(alike)
        });
        change.through = moved.and_then(|thing| thing.new.clone());
    }
}

/// Takes an agreement apart whole: what it comes to hold must find its place
/// among the things that are compared.
const fn everything_is_compared(agreement: &Agreement) {
    let Agreement {
        // In the head of the page.
        title: _,
        signed: _,
        clock: _,
        standard_of_proof: _,
        authentic: _,
        published: _,
        relations: _,
        // Things.
        instruments: _,
        terms: _,
        moments: _,
        awaited: _,
        actors: _,
        places: _,
        systems: _,
        weapons: _,
        inventories: _,
        exchanges: _,
        gates: _,
        phases: _,
        provisions: _,
        unevaluated: _,
        // Where on the page something stands is not what it says.
        resolved: _,
    } = agreement;
}

fn cite(agreement: &Agreement, index: usize, provision: &Provision) -> Cited {
    Cited {
        index,
        id: provision.id.clone(),
        title: provision.citation.title.clone(),
        line: provision.citation.line,
        bound: agreement.actors_in(provision.bound).map(|actor| actor.name.clone()).collect(),
        act: if provision.act.is_empty() { provision.words.clone() } else { provision.act.clone() },
    }
}

/// The names in a term's words, without what stands in quotation marks.
fn named(words: &str) -> BTreeSet<String> {
    let outside = words.split('"').step_by(2);
    let names = outside.flat_map(|part| part.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-'));
    names.filter(|word| word.chars().next().is_some_and(|c| !c.is_lowercase())).map(str::to_owned).collect()
}
