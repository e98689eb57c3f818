//! So many of what, from the words after a verb.

use jiff::Timestamp;

use super::Lower;
use super::predicate::{Demand, Item, Pieces};
use crate::model::{Bound, Dealing, Duty, Limit, NotEvaluable, Per, What, Zone};
use crate::weapons::{self, Weapon};

/// What may stand between a modal and a number, and what it makes of it.
const BOUNDS: &[(&str, &str, Bound)] = &[
    ("may", "at most", Bound::AtMost),
    ("may", "up to", Bound::AtMost),
    ("must", "at most", Bound::AtMost),
    ("must", "up to", Bound::AtMost),
    ("must", "at least", Bound::AtLeast),
    ("must", "", Bound::AtLeast),
    ("must not", "more than", Bound::AtMost),
    ("must not", "fewer than", Bound::AtLeast),
];

/// Words at which what is counted ends.
const ENDS: &[&str] =
    &["with", "a", "per", "each", "every", "at", "in", "through", "into", "within", "to", "from", "by", "out"];

/// A number, as a share if it is one, and what it is of.
type SoMany = Result<(f64, Option<String>, What), NotEvaluable>;

impl Pieces {
    /// How many pieces, an `and` or a comma, stand before another number.
    fn before_a_number(&self) -> Option<usize> {
        let links = self.items.iter().take_while(|(item, _)| match item {
            Item::Comma => true,
            Item::Word(word) => word == "and",
            _ => false,
        });
        let links = links.count();
        let number = matches!(self.items.get(links), Some((Item::Amount { .. }, _)));
        (links > 0 && number).then_some(links)
    }

    /// Goes on to another number, if one comes next.
    fn on_to_a_number(&mut self) -> bool {
        let links = self.before_a_number();
        self.items.drain(..links.unwrap_or(0));
        links.is_some()
    }
}

impl Lower<'_> {
    /// `keep at most 75 tanks`, `allow at least 600 trucks a day`, `hand over 30 %
    /// of Declared`; `None` if no number is said.
    pub(super) fn limited(&mut self, dealing: Dealing, modal: &str, pieces: &mut Pieces) -> Option<Option<Demand>> {
        let count = |words: &str| words.split(' ').filter(|word| !word.is_empty()).count();
        let (_, words, bound) = BOUNDS.iter().find(|(of, words, _)| {
            let after = pieces.items.get(count(words)).map(|(item, _)| item);
            let said = words.is_empty() || pieces.at(words);
            *of == modal && said && matches!(after, Some(Item::Amount { .. }))
        })?;
        let _ = !words.is_empty() && pieces.word(words);
        // Each number with its things is a cap, or a quota, of its own.
        let mut all = vec![self.so_many(dealing, pieces)?];
        while self.divided && matches!(all.last(), Some(Some(Ok(_)))) && pieces.on_to_a_number() {
            all.push(self.so_many(dealing, pieces)?);
        }
        self.caps = all.len();
        let said = all.len() > 1;
        let (number, share, what) = match all.into_iter().nth(self.cap) {
            Some(Some(Ok(found))) => found,
            Some(Some(Err(why))) => return Some(Some(Demand::NotEvaluable(why))),
            Some(None) | None => return Some(None),
        };
        if said {
            let bound = if words.is_empty() { String::new() } else { format!("{words} ") };
            let of = share.clone().unwrap_or_else(|| format!("{number} {}", what.words));
            self.cap_words = Some(format!("{} {bound}{of}", pieces.verb));
        }
        let mut limit = Limit {
            dealing,
            bound: *bound,
            number: number as u32,
            share,
            what,
            per: None,
            posts: None,
            within: None,
            due: false,
            deadline: None,
        };
        for (unit, per) in [("day", Per::Day), ("week", Per::Week), ("month", Per::Month)] {
            let said = ["a", "per", "each", "every"].iter().any(|each| pieces.word(&format!("{each} {unit}")));
            if said {
                limit.per = Some(per);
            }
        }
        if limit.bound == Bound::AtMost {
            limit.posts = self.posts(pieces);
        }
        let _ = ["at any time", "at any one time", "in all"].iter().any(|words| pieces.word(words));
        let rest = (!pieces.items.is_empty()).then(|| pieces.phrase.clone());
        Some(Some(Demand::Limit(limit, rest)))
    }

    /// One number and what it is of; `Some(None)` if the number cannot be read.
    fn so_many(&mut self, dealing: Dealing, pieces: &mut Pieces) -> Option<Option<SoMany>> {
        let (number, percent) = match pieces.items.pop_front() {
            Some((Item::Amount { number, percent }, span)) => match number.filter(|n| (0.0..=1e9).contains(n)) {
                Some(number) if percent || number.fract() == 0.0 => (number, percent),
                _ => {
                    self.error("T149", span, "this is not a number of things", "cannot be counted").help =
                        Some("write a whole number, or a share: `30 % of Declared`".to_owned());
                    return Some(None);
                }
            },
            _ => return None,
        };
        if percent {
            return Some(Some(
                self.share(number, pieces)?
                    .map(|(of_them, what)| (of_them, Some(format!("{number} % of {}", what.words)), what)),
            ));
        }
        let why = || NotEvaluable::Undefined("it does not say of what".to_owned());
        Some(Some(self.what(dealing, pieces).map(|what| (number, None, what)).ok_or_else(why)))
    }

    /// What is counted: classes, kinds and makes of weapons, inventories, and
    /// things by name.
    pub(super) fn what(&mut self, dealing: Dealing, pieces: &mut Pieces) -> Option<What> {
        let mut what = What { words: String::new(), weapons: Vec::new(), things: Vec::new() };
        let mut words: Vec<String> = Vec::new();
        loop {
            let mut phrase: Vec<String> = Vec::new();
            while let Some((Item::Word(word), _)) = pieces.items.front() {
                if ENDS.contains(&word.as_str()) || matches!(word.as_str(), "and" | "or") {
                    break;
                }
                phrase.push(word.clone());
                pieces.items.pop_front();
            }
            let phrase = phrase.join(" ");
            match pieces.items.front() {
                _ if !phrase.is_empty() => {
                    match weapons::kind_of(&phrase) {
                        Some(kind) => what.weapons.push(Weapon::Kind(kind)),
                        None => what.things.push(phrase.clone()),
                    }
                    words.push(phrase);
                }
                Some((Item::Text(make), _)) => {
                    words.push(format!("\"{make}\""));
                    what.weapons.push(Weapon::Named(make.clone()));
                    what.things.push(make.clone());
                    pieces.items.pop_front();
                }
                Some((Item::Name(name), _)) if self.countable(name).is_some() => {
                    let found = self.countable(name)?;
                    words.push(name.clone());
                    what.weapons.extend(found.weapons);
                    what.things.extend(found.things);
                    pieces.items.pop_front();
                }
                _ => break,
            }
            if pieces.before_a_number().is_some() || !pieces.link() {
                break;
            }
        }
        // Of what is flown or met, the verb says enough.
        if words.is_empty() {
            let thing = match dealing {
                Dealing::Fly => "flights",
                Dealing::Meet => "meetings",
                Dealing::Report => "reports",
                _ => return None,
            };
            words.push(thing.to_owned());
            what.things.push(thing.to_owned());
        }
        what.words = words.join(" or ");
        Some(what)
    }

    /// What a declared class of weapons or an inventory holds, as things to be
    /// counted.
    fn countable(&self, name: &str) -> Option<What> {
        if let Some(class) = self.agreement.weapons.iter().find(|w| w.name == name) {
            self.chooser.touch(&class.depends);
            return Some(What { words: name.to_owned(), weapons: class.weapons.clone(), things: Vec::new() });
        }
        let inventory = self.agreement.inventories.iter().find(|i| i.name == name)?;
        self.chooser.touch(&inventory.depends);
        Some(inventory.what())
    }

    /// `of Declared`: so many out of an inventory, rounded up.
    fn share(&mut self, percent: f64, pieces: &mut Pieces) -> Option<Result<(f64, What), NotEvaluable>> {
        let _ = pieces.word("of");
        let _ = pieces.word("the");
        let inventory = match pieces.items.front() {
            Some((Item::Name(name), _)) => self.agreement.inventories.iter().find(|i| i.name == *name).cloned(),
            _ => None,
        };
        let Some(inventory) = inventory else {
            let why = "it is a share, and no inventory says of how many";
            return Some(Err(NotEvaluable::Undefined(why.to_owned())));
        };
        pieces.items.pop_front();
        self.chooser.touch(&inventory.depends);
        if inventory.items.is_empty() {
            let why = format!("it is a share of {}, which is given no items", inventory.name);
            return Some(Err(NotEvaluable::Undefined(why)));
        }
        Some(Ok(((f64::from(inventory.total()) * percent / 100.0).ceil(), inventory.what())))
    }
}

impl Limit {
    /// A number, with what its clauses say of ground and deadline.
    pub(super) fn with_clauses(
        mut self,
        within: Option<&Result<Zone, NotEvaluable>>,
        due: bool,
        deadline: Option<Timestamp>,
    ) -> Duty {
        match within {
            Some(Err(why)) => return Duty::NotEvaluable(why.clone()),
            Some(Ok(zone)) => self.within = Some(zone.clone()),
            None => {}
        }
        self.due = due;
        self.deadline = deadline.filter(|_| due);
        let lasting = self.bound == Bound::AtMost || self.dealing == Dealing::Keep;
        if !due && self.per.is_none() && !lasting {
            return Duty::NotEvaluable(NotEvaluable::Undefined("it sets no deadline".to_owned()));
        }
        Duty::Limit(self)
    }
}
