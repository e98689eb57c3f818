//! What a provision demands, from the words of its predicate.

use armistice_geodesy::{Compass, Metres, Side};
use armistice_syntax::{NodeExt, Span, SyntaxElement, SyntaxKind as K, SyntaxNode, parse_number, with_article};

use super::Lower;
use super::beyond::reaching;
use super::ground::{measurable, zone};
use crate::model::{
    ActorSet, Conduct, Dealing, Deed, Duty, Forbid, Forces, Limit, NotEvaluable, Place, Region, Shape, Target, Zone,
};
use crate::weapons::{self, Weapon};

/// What a predicate comes to, before time is added.
pub(super) enum Demand {
    /// And the words that say more than records tell.
    Forbid(Forbid, Option<String>),
    /// And the words that say more than records tell.
    Limit(Limit, Option<String>),
    Keep(Forces, Zone),
    Withdraw(Forces, Zone),
    /// Like keeping, or if there is a deadline, like withdrawing by then.
    Store(Forces, Zone),
    /// A duty that is people's to judge.
    ForPeople(Duty),
    Deed(Deed),
    NotEvaluable(NotEvaluable),
}

/// The pieces of a predicate after its verb, in order.
pub(super) struct Pieces {
    pub(super) verb: String,
    /// All of it as written, on one line.
    pub(super) phrase: String,
    span: Span,
    /// The last piece of all.
    last: Span,
    pub(super) items: std::collections::VecDeque<(Item, Span)>,
}

pub(super) enum Item {
    Word(String),
    Name(String),
    /// A distance, or a bracket that holds one.
    Distance(Option<Metres>),
    /// A make of weapon, in quotation marks.
    Text(String),
    Comma,
    /// A number of things, or a share in per cent.
    Amount {
        number: Option<f64>,
        percent: bool,
    },
    Other,
}

impl Pieces {
    pub(super) fn word(&mut self, wanted: &str) -> bool {
        let mut words = wanted.split(' ');
        let here = words
            .by_ref()
            .enumerate()
            .all(|(n, word)| matches!(self.items.get(n), Some((Item::Word(found), _)) if found == word));
        if here {
            self.items.drain(..wanted.split(' ').count());
        }
        here
    }

    /// Whether these words stand next.
    pub(super) fn at(&self, wanted: &str) -> bool {
        let mut words = wanted.split(' ').enumerate();
        words.all(|(n, word)| matches!(self.items.get(n), Some((Item::Word(found), _)) if found == word))
    }

    /// Takes what stands before the next comma or `and`.
    pub(super) fn until_link(&mut self) -> Self {
        let links = |item: &Item| matches!(item, Item::Comma) || matches!(item, Item::Word(word) if word == "and");
        let end = self.items.iter().position(|(item, _)| links(item)).unwrap_or(self.items.len());
        let rest = self.items.split_off(end);
        let items = std::mem::replace(&mut self.items, rest);
        Self {
            verb: self.verb.clone(),
            phrase: self.phrase.clone(),
            span: self.span.clone(),
            last: self.last.clone(),
            items,
        }
    }

    /// Puts back what was not understood.
    pub(super) fn put_back(&mut self, mut before: Self) {
        before.items.append(&mut self.items);
        self.items = before.items;
    }

    pub(super) fn name(&mut self) -> Option<(String, Span)> {
        match self.items.front() {
            Some((Item::Name(name), span)) => {
                let found = (name.clone(), span.clone());
                self.items.pop_front();
                Some(found)
            }
            _ => None,
        }
    }

    /// Takes a comma, an `and` or `or`, or a comma and one of these.
    pub(super) fn link(&mut self) -> bool {
        let comma = matches!(self.items.front(), Some((Item::Comma, _)));
        if comma {
            self.items.pop_front();
        }
        self.word("and") || self.word("or") || comma
    }

    /// The words that stand next, and where.
    pub(super) fn words_here(&self) -> (String, Span) {
        let words = self.items.iter().map_while(|(item, span)| match item {
            Item::Word(word) => Some((word.as_str(), span)),
            _ => None,
        });
        let words: Vec<(&str, &Span)> = words.collect();
        let start = self.here().start;
        let end = words.last().map_or(start, |(_, span)| span.end);
        (words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(" "), start..end)
    }

    /// Where the first piece not yet understood stands; after the last, where
    /// the predicate ends.
    pub(super) fn here(&self) -> Span {
        self.items.front().map_or_else(|| self.last.clone(), |(_, span)| span.clone())
    }
}

impl Lower<'_> {
    pub(super) fn demand(&mut self, predicate: &SyntaxNode, modal: &str) -> Option<Demand> {
        let mut pieces = self.pieces(predicate);
        let verb = pieces.verb.clone();
        let forbidden = modal == "must not";
        if let Some(found) = Dealing::of_verb(&verb).and_then(|dealing| self.limited(dealing, modal, &mut pieces)) {
            return found;
        }
        if let Some(found) = self.hours_a_day(predicate, &verb).filter(|_| modal == "must") {
            return Some(found);
        }
        Some(match (verb.as_str(), forbidden) {
            (_, _) if modal == "may" => Demand::NotEvaluable(NotEvaluable::Permits(format!("a permission to {verb}"))),
            (verb, true) if Conduct::of_verb(verb).is_some() => {
                return Conduct::of_verb(verb).and_then(|conduct| self.forbidden(conduct, &mut pieces));
            }
            ("prevent", false) => return self.prevented(&mut pieces),
            ("keep" | "withdraw" | "store", false) => return self.stand_off(&verb, &mut pieces),
            (verb, true) => Demand::NotEvaluable(NotEvaluable::NotYet(format!("a prohibition to {verb}"))),
            (verb, false) => self
                .deed(verb, predicate)
                .unwrap_or_else(|| Demand::NotEvaluable(NotEvaluable::NotYet(format!("a duty to {verb}")))),
        })
    }

    pub(super) fn pieces(&mut self, predicate: &SyntaxNode) -> Pieces {
        let verb = predicate.child(K::Keyword).map(|node| node.phrase()).unwrap_or_default();
        let span = predicate.span();
        let phrase = predicate.phrase();
        let mut pieces = Pieces { verb, phrase, last: span.clone(), span, items: std::collections::VecDeque::new() };
        self.pieces_of(predicate, &mut pieces);
        if let Some((_, last)) = pieces.items.back() {
            pieces.last = last.clone();
        }
        pieces
    }

    /// The pieces directly in a predicate or in the chosen alternative of a
    /// bracket, whose words then stand where the bracket stood.
    fn pieces_of(&mut self, node: &SyntaxNode, pieces: &mut Pieces) {
        for element in node.children_with_tokens() {
            match element {
                SyntaxElement::Token(token) => {
                    let range = token.text_range();
                    let span = usize::from(range.start())..usize::from(range.end());
                    let item = match token.kind() {
                        K::Word => Item::Word(token.text().to_owned()),
                        K::Name => Item::Name(token.text().to_owned()),
                        K::Text => Item::Text(token.text().trim_matches(['"', '“', '”']).to_owned()),
                        K::Comma => Item::Comma,
                        kind if kind.is_trivia() => continue,
                        _ => Item::Other,
                    };
                    pieces.items.push_back((item, span));
                }
                SyntaxElement::Node(node) => match node.kind() {
                    K::Keyword | K::Label => {}
                    K::Amount => {
                        let number = node.token(K::Number).and_then(|t| parse_number(t.text()));
                        let percent = node.token(K::Percent).is_some();
                        // A calibre is no number of things.
                        let item =
                            if node.token(K::Word).is_some() { Item::Other } else { Item::Amount { number, percent } };
                        pieces.items.push_back((item, node.span()));
                    }
                    K::Distance => pieces.items.push_back((Item::Distance(self.metres(&node)), node.span())),
                    K::Bracket => {
                        if let Some(choice) = self.chosen(&node) {
                            self.pieces_of(&choice, pieces);
                        }
                    }
                    _ => pieces.items.push_back((Item::Other, node.span())),
                },
            }
        }
    }

    pub(super) fn target(&mut self, pieces: &mut Pieces) -> Option<Target> {
        let target = if pieces.word("each other") {
            Target::EachOther
        } else if pieces.word("civilians") {
            Target::Civilians
        } else if pieces.word("anyone") {
            Target::Anyone
        } else {
            let mut set = ActorSet::NONE;
            while let Some((name, span)) = pieces.name() {
                set = set.or(self.actor(&name, span));
                if !pieces.link() {
                    break;
                }
            }
            Target::Actors(set)
        };
        if target == Target::Actors(ActorSet::NONE) || !pieces.items.is_empty() {
            // A name that is not declared has been reported; do not report twice.
            if !pieces.items.is_empty() || self.diagnostics.is_empty() {
                let (typed, at) = pieces.words_here();
                let error = self.error(
                    "T140",
                    pieces.here(),
                    "an attack must be on somebody the language can find",
                    "not understood",
                );
                error.help = Some(
                    "write `attack each other`, `attack Government`, `attack civilians` or `attack anyone`".to_owned(),
                );
                error.suggest(at, &typed, ["each other", "civilians", "anyone"]);
            }
            return None;
        }
        Some(target)
    }

    /// `keep WHAT at least 3500 m from LINE on its north side`, and its like.
    fn stand_off(&mut self, verb: &str, pieces: &mut Pieces) -> Option<Demand> {
        let what = self.forces(pieces)?;
        let _ = pieces.word("to");
        let zone = match self.zone(pieces) {
            Ok(zone) => zone?,
            Err(why) => return Some(Demand::NotEvaluable(why)),
        };
        if !pieces.items.is_empty() {
            let width = pieces.at("on each side") || pieces.at("in all");
            let help = if width {
                "whose width it is stands behind the distance: `at least 10 km on each side from Road`"
            } else {
                "further conditions are clauses of their own: `from D`, `by D + 3 days`, `except …`"
            };
            self.error("T141", pieces.here(), format!("`{verb}` does not expect more here"), "not understood").help =
                Some(help.to_owned());
            return None;
        }
        Some(match verb {
            "keep" => Demand::Keep(what, zone),
            "store" => Demand::Store(what, zone),
            _ => Demand::Withdraw(what, zone),
        })
    }

    pub(super) fn forces(&mut self, pieces: &mut Pieces) -> Option<Forces> {
        for words in ["all forces", "forces", "personnel", "all personnel"] {
            if pieces.word(words) {
                return Some(Forces { words: words.to_owned(), weapons: None });
            }
        }
        let mut words: Vec<String> = Vec::new();
        let mut found: Vec<Weapon> = Vec::new();
        let mut phrase = String::new();
        let mut start = pieces.here();
        let mut end = start.end;
        loop {
            let ended = matches!(pieces.items.front(), None | Some((Item::Distance(_), _)))
                || ["at", "to", "out", "in", "north", "east", "south", "west"]
                    .iter()
                    .any(|w| matches!(pieces.items.front(), Some((Item::Word(found), _)) if found == w));
            let joined = pieces.link();
            if (ended || joined) && phrase == "nothing" {
                // An alternative of a bracket that adds no weapon.
                phrase.clear();
            } else if (ended || joined) && !phrase.is_empty() {
                match weapons::kind_of(&phrase) {
                    Some(kind) => found.push(Weapon::Kind(kind)),
                    None => {
                        let title = format!("`{phrase}` is not a kind of weapon the language knows");
                        let error = self.error("T107", start.clone(), title, "unknown");
                        error.help = Some("declare a class: `weapons Heavy are tanks and artillery`".to_owned());
                        error.suggest(start.start..end, &phrase, weapons::words());
                        // Words of a bracket stand between others than they seem to.
                        error.fix = error.fix.take().filter(|fix| fix.span.len() == phrase.len());
                        return None;
                    }
                }
                words.push(std::mem::take(&mut phrase));
            }
            if ended {
                break;
            }
            if joined {
                start = pieces.here();
                continue;
            }
            match pieces.items.pop_front() {
                // "tanks outt of Zone": no class is meant, but where they are.
                Some((Item::Name(_), span)) if weapons::begins_with_kind(&phrase).is_some() => {
                    let kind = weapons::begins_with_kind(&phrase).unwrap_or_default();
                    let rest = phrase.get(kind.len()..).unwrap_or_default().trim_start();
                    let at = end - rest.len().min(end)..end;
                    let title = format!("`{rest}` does not say where");
                    let error = self.error("T145", at.clone(), title, "not understood");
                    error.related.push((span, "this is a place, or a class of weapons".to_owned()));
                    error.help = Some(
                        "write `out of Area`, `in Area` or `at least 3500 m from Line` after the weapons".to_owned(),
                    );
                    error.suggest(at, rest, ["out of", "in", "at least"]);
                    // What was not taken for words as they stand is not mended.
                    error.fix = error.fix.take().filter(|fix| fix.span.len() == rest.len());
                    return None;
                }
                Some((Item::Name(name), span)) => {
                    let class = self.class(&name, span)?;
                    words.push(name);
                    found.extend(class);
                }
                Some((Item::Word(word), span)) => {
                    end = span.end;
                    if phrase.is_empty() {
                        start = span;
                    } else {
                        phrase.push(' ');
                    }
                    phrase.push_str(&word);
                }
                Some((Item::Text(make), _)) => {
                    words.push(format!("\"{make}\""));
                    found.push(Weapon::Named(make));
                }
                Some(other) => {
                    pieces.items.push_front(other);
                    break;
                }
                None => break,
            }
        }
        if words.is_empty() {
            self.error(
                "T142",
                pieces.here(),
                format!("`{}` does not say what", pieces.verb),
                "expected forces or weapons here",
            )
            .help = Some("name a weapon class, kinds of weapon, `personnel` or `all forces`".to_owned());
            return None;
        }
        Some(Forces { words: words.join(", "), weapons: Some(found) })
    }

    fn class(&mut self, name: &str, span: Span) -> Option<Vec<Weapon>> {
        if let Some(class) = self.agreement.weapons.iter().find(|w| w.name == name) {
            self.chooser.touch(&class.depends);
            return Some(class.weapons.clone());
        }
        if let Some(inventory) = self.agreement.inventories.iter().find(|i| i.name == name) {
            self.chooser.touch(&inventory.depends);
            return Some(inventory.what().weapons);
        }
        let known: Vec<String> = self.agreement.weapons.iter().map(|w| w.name.clone()).collect();
        let title = format!("no weapon class `{name}` is declared");
        let error = self.error("T143", span.clone(), title, "not declared");
        error.help = Some(format!("declare it: `weapons {name} are tanks and artillery`"));
        error.suggest(span, name, known.iter().map(String::as_str));
        None
    }

    /// The ground forbidden: `Ok(None)` after a reported mistake, `Err` if the
    /// place has no shape to measure from.
    fn zone(&mut self, pieces: &mut Pieces) -> Result<Option<Zone>, NotEvaluable> {
        if pieces.word("out of") {
            let Some(place) = self.named_place(pieces) else {
                return Ok(None);
            };
            if self.inside(&place, pieces.span.clone())?.is_none() {
                return Ok(None);
            }
            let words = format!("inside {}", place.name);
            return zone(place, Region::Inside, words).map(Some);
        }
        if pieces.word("in") {
            let Some(place) = self.named_place(pieces) else {
                return Ok(None);
            };
            if self.inside(&place, pieces.span.clone())?.is_none() {
                return Ok(None);
            }
            let words = format!("outside {}", place.name);
            return zone(place, Region::Outside, words).map(Some);
        }
        let at_least = pieces.word("at least");
        if at_least && (pieces.word("its maximum range") || pieces.word("their maximum range")) {
            let place = if pieces.word("from") { self.named_place(pieces) } else { None };
            let Some(place) = place else {
                self.error("T145", pieces.here(), "a range is measured from a place", "expected `from` and a place")
                    .help = Some("write `at least its maximum range from Line`".to_owned());
                return Ok(None);
            };
            measurable(&place)?;
            let words = format!("within its maximum range of {}", place.name);
            return zone(place, Region::WithinRange, words).map(Some);
        }
        let distance = match pieces.items.front() {
            Some((Item::Distance(metres), _)) => {
                let metres = *metres;
                pieces.items.pop_front();
                metres
            }
            _ if at_least => {
                self.error("T144", pieces.here(), "`at least` needs a distance", "expected a distance here").help =
                    Some("write it with its unit: `at least 3500 m`".to_owned());
                return Ok(None);
            }
            _ => Some(Metres::ZERO),
        };
        let Some(distance) = distance else {
            return Ok(None);
        };
        if let Some(compass) = self.compass(pieces) {
            if pieces.word("of") {
                let Some(place) = self.named_place(pieces) else {
                    return Ok(None);
                };
                let shape = place.shape.clone()?;
                let Some(side) = self.side(&place.name, &shape, compass, pieces) else {
                    return Ok(None);
                };
                let words = if distance == Metres::ZERO {
                    format!("not {compass} of {}", place.name)
                } else {
                    format!("not at least {distance} {compass} of {}", place.name)
                };
                return zone(place, Region::NotBeyond(distance, side), words).map(Some);
            }
        } else if pieces.word("from") {
            let Some(place) = self.named_place(pieces) else {
                return Ok(None);
            };
            if place.shape.as_ref().is_ok_and(Shape::is_joined) && !pieces.at("on its") {
                let words = format!("within {distance} of {}", place.name);
                return zone(reaching(place, distance)?, Region::Inside, words).map(Some);
            }
            let shape = measurable(&place)?;
            if pieces.word("on its") {
                let compass = self.compass(pieces);
                if let (Some(compass), true) = (compass, pieces.word("side")) {
                    let Some(side) = self.side(&place.name, &shape, compass, pieces) else {
                        return Ok(None);
                    };
                    let words = format!("within {distance} of {} on its {compass} side", place.name);
                    return zone(place, Region::WithinOnSide(distance, side), words).map(Some);
                }
            } else {
                let words = format!("within {distance} of {}", place.name);
                return zone(place, Region::Within(distance), words).map(Some);
            }
        }
        let (typed, at) = pieces.words_here();
        let error =
            self.error("T145", pieces.here(), format!("`{}` does not say where", pieces.verb), "expected a place here");
        error.help = Some(
                "write `at least 3500 m from CastelloRoad`, `… on its north side`, `at least 2 km north of Line`, `out of Area` or `in Area`"
                    .to_owned(),
            );
        error.suggest(at, &typed, ["at least", "out of", "in", "from", "on its"]);
        Ok(None)
    }

    /// The ground inside a place; only an area, or what lies around a place, has
    /// an inside.
    pub(super) fn inside(&mut self, place: &Place, span: Span) -> Result<Option<()>, NotEvaluable> {
        match place.shape.clone()? {
            Shape::Area(_) | Shape::Around(..) | Shape::Joined(_) => Ok(Some(())),
            Shape::Line(_) | Shape::Point(_) => {
                self.error("T147", span, format!("{} has no inside", place.name), "only an area has an inside").help =
                    Some(format!("declare the ground around it: `area Zone` with `within 500 m of {}`", place.name));
                Ok(None)
            }
        }
    }

    fn named_place(&mut self, pieces: &mut Pieces) -> Option<Place> {
        match pieces.name() {
            Some((name, span)) => self.place_called(&name, span),
            None => {
                let here = pieces.here();
                self.error("T145", here, "a place is missing", "expected a declared line, area or point here").help =
                    Some("a distance from a place is `keep … at least 1 km from Line`; ground of its own is declared: `area Zone` with `within 1 km of Line`".to_owned());
                None
            }
        }
    }

    pub(super) fn compass(&self, pieces: &mut Pieces) -> Option<Compass> {
        ["north", "east", "south", "west"].into_iter().find(|word| pieces.word(word)).and_then(|w| w.parse().ok())
    }

    pub(super) fn side(&mut self, name: &str, shape: &Shape, compass: Compass, pieces: &Pieces) -> Option<Side> {
        let side = match shape {
            Shape::Line(line) => line.side_toward(compass),
            _ => None,
        };
        if side.is_none() {
            let why = if matches!(shape, Shape::Line(_)) {
                format!("{name} runs too nearly {compass}ward to have {} side", with_article(&compass.to_string()))
            } else {
                format!("{name} is not a line, and only a line has sides")
            };
            self.error("T146", pieces.span.clone(), why, "this side cannot be told").help =
                Some("name the side across the line, or use an area".to_owned());
        }
        side
    }
}
