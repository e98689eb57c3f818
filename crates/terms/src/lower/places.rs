//! Lines, areas and points.

use std::collections::{BTreeSet, HashMap};

use armistice_geodesy::{Position, Radius95};
use armistice_syntax::{NodeExt, SyntaxKind as K, SyntaxNode, parse_number, with_article};

use super::ground::{Said, whole};
use super::{Lower, Part, Placed};
use crate::model::{ActorSet, NotEvaluable, Place, Shape, Unevaluated};

impl Lower<'_> {
    pub(super) fn places(&mut self, placed: &[Placed]) {
        // A place may be measured from one declared below it: those come first.
        let mut waiting: Waiting<'_> = Vec::new();
        for one in placed {
            let lead = one.lead;
            let Some(what) = ["line", "area", "point", "corridor"].into_iter().find(|w| Some(*w) == lead) else {
                continue;
            };
            if let Some(name) = self.declare(one.statement.head().as_ref(), what) {
                waiting.push((one, what, name));
            }
        }
        let (ordered, stuck) = in_order(waiting);
        for (one, what, name) in ordered {
            let description = one.statement.head().and_then(|h| h.text_value());
            let node = &one.statement.node;
            let (place, depends) = self.once(Part::Place, node, |lower| lower.place(one, what, name, description));
            if !place.own.is_empty() {
                self.behind_all.extend(&depends);
            }
            if let (Err(why), true) = (&place.shape, place.own.is_empty()) {
                // Said even where no provision stands on it.
                let line = self.lines.line(node.span().start);
                self.agreement.unevaluated.push(Unevaluated { words: node.phrase(), why: why.clone(), line });
            }
            self.agreement.places.push(Place { depends, ..place });
        }
        for (one, _, name) in stuck {
            let title = format!("`{name}` is measured from itself");
            self.error("T133", one.statement.node.span(), title, "goes round in a circle").help =
                Some("give one of these places a shape of its own: `from \"places.geojson#…\"`".to_owned());
        }
    }

    fn place(&mut self, one: &Placed, what: &'static str, name: String, description: Option<String>) -> Place {
        let mut place = Place {
            shape: Err(NotEvaluable::Undefined(format!("the {what} {name} is given no shape"))),
            name,
            description,
            deeper: None,
            own: Vec::new(),
            height: None,
            held_on: None,
            good_to: Radius95::EXACT,
            good_to_declared: false,
            source: None,
            depends: BTreeSet::new(),
        };
        let mut said = Said::default();
        for clause in one.statement.clauses() {
            match clause.keyword().as_str() {
                "from" => {
                    if let Some(source) = clause.text_value() {
                        if let Some(shape) = self.read_shape(&source, what, clause.span()) {
                            place.shape = Ok(shape);
                        }
                        place.source = Some(source);
                    }
                }
                "at" => self.point_at(&clause, &mut place),
                "good to" => {
                    if let Some(radius) = self.value_in(&clause, K::Distance).and_then(|n| self.metres(&n)) {
                        place.good_to = Radius95::new(radius).unwrap_or(Radius95::EXACT);
                        place.good_to_declared = true;
                    }
                }
                "undefined" => {
                    let why = clause.text_value().unwrap_or_default();
                    let name = &place.name;
                    place.shape = Err(NotEvaluable::Undefined(format!("the {what} {name} was never defined: {why}")));
                    place.good_to_declared = true;
                }
                "within" => {
                    let distance = self.value_in(&clause, K::Distance).and_then(|n| self.metres(&n));
                    let base = clause.child(K::Names).and_then(|names| self.place_named(&names));
                    if let (Some(distance), Some(base)) = (distance, base) {
                        // What it says of itself, it is not told by another.
                        if !place.good_to_declared {
                            place.good_to = base.good_to;
                            place.good_to_declared = base.good_to_declared;
                        }
                        place.shape = whole(&base).map(|shape| Shape::Around(Box::new(shape), distance));
                    }
                }
                "for" => self.own_shape(&clause, what, &mut place),
                "as held on" => place.held_on = self.fixed_instant_in(&clause, super::values::Edge::Start),
                _ => {
                    self.ground_clause(&clause, what, &mut said);
                }
            }
        }
        self.with_ground(&mut place, what, one, said);
        if let (Some(at), Err(NotEvaluable::Undefined(_)), None) =
            (place.held_on, &place.shape, one.statement.clause("undefined"))
        {
            let day = self.agreement.clock.show(at);
            let why = format!("where {} was at {day} is drawn nowhere", place.name);
            place.shape = Err(NotEvaluable::Undefined(why));
        }
        if !place.own.is_empty() && place.shape.is_err() {
            let why = format!("{} is a line of each party's own, and whose is meant is not said", place.name);
            place.shape = Err(NotEvaluable::Undefined(why));
        }
        place
    }

    /// `at 32.5 N 15.1 E`: a point that the text itself places.
    fn point_at(&mut self, clause: &SyntaxNode, place: &mut Place) {
        let Some(node) = self.value_in(clause, K::Coordinates) else {
            return;
        };
        let statement = clause.parent().into_iter().flat_map(|statement| statement.nodes(K::Clause));
        let other = statement.into_iter().find(|c| matches!(c.keyword().as_str(), "from" | "within"));
        if let Some(other) = other {
            let title = format!("{} is placed twice", place.name);
            self.error("T139", other.span(), title, "its coordinates say where it is").help =
                Some("leave out the one or the other".to_owned());
        }
        let degrees = node.tokens_of(K::Number).into_iter().filter_map(|t| parse_number(t.text()));
        let sides = node.tokens_of(K::Name).into_iter().map(|t| matches!(t.text(), "S" | "W"));
        let signed: Vec<f64> = degrees.zip(sides).map(|(d, negative)| if negative { -d } else { d }).collect();
        let [latitude, longitude] = signed.as_slice() else {
            return;
        };
        match Position::new(*latitude, *longitude) {
            Ok(at) => {
                place.shape = Ok(Shape::Point(at));
                place.source = Some(format!("the text: {}", node.phrase()));
            }
            Err(_) => {
                let title = format!("`{}` is nowhere on Earth", node.phrase());
                self.error("T138", node.span(), title, "out of range").help =
                    Some("degrees north or south go to 90, degrees east or west to 180".to_owned());
            }
        }
    }

    /// `for Ukraine "places.geojson#line"`: the shape that holds for one party.
    fn own_shape(&mut self, clause: &SyntaxNode, what: &'static str, place: &mut Place) {
        let whose = clause.child(K::Names).map(|names| self.actors(&names)).unwrap_or(ActorSet::NONE);
        let Some(source) = clause.text_value() else {
            return;
        };
        if place.own.iter().any(|(others, _)| !others.and(whose).is_empty()) {
            self.error("T135", clause.span(), format!("two shapes of {} hold for one party", place.name), "a second")
                .help = Some("give each party one shape".to_owned());
            return;
        }
        if let Some(shape) = self.read_shape(&source, what, clause.span()) {
            place.own.push((whose, shape));
        }
    }

    fn read_shape(&mut self, source: &str, what: &str, span: armistice_syntax::Span) -> Option<Shape> {
        let read = self.shapes.read(source);
        match read {
            Err(why) => {
                self.error("T130", span, format!("`{source}` gives no {what}"), "from here").help = Some(why);
                None
            }
            Ok(shape) => {
                let fits = matches!(
                    (what, &shape),
                    ("line", Shape::Line(_)) | ("area", Shape::Area(_)) | ("point", Shape::Point(_))
                );
                if !fits {
                    self.error(
                        "T131",
                        span,
                        format!("`{source}` is not {} {what}", if what == "area" { "an" } else { "a" }),
                        "another kind of geometry",
                    )
                    .help = Some(
                        "declare it as what it is: `line` a LineString, `area` a Polygon, `point` a Point".to_owned(),
                    );
                    return None;
                }
                Some(shape)
            }
        }
    }

    /// The declared place a `Names` node names.
    pub(super) fn place_named(&mut self, names: &armistice_syntax::SyntaxNode) -> Option<Place> {
        let tokens = names.tokens_of(K::Name);
        let token = tokens.first()?;
        if tokens.len() > 1 {
            self.error("T134", names.span(), "one place is wanted here", "several").help =
                Some("write a term for each, or draw one area that holds them all".to_owned());
            return None;
        }
        let range = token.text_range();
        self.place_called(token.text(), usize::from(range.start())..usize::from(range.end()))
    }

    pub(super) fn place_called(&mut self, name: &str, span: armistice_syntax::Span) -> Option<Place> {
        if let Some(place) = self.agreement.places.iter().find(|p| p.name == name) {
            self.chooser.touch(&place.depends);
            let mut place = place.clone();
            let own = self.whose.and_then(|whose| place.own.iter().find(|(of, _)| whose.without(*of).is_empty()));
            if let Some((_, shape)) = own {
                place.shape = Ok(shape.clone());
            }
            return Some(place);
        }
        let other = self.declared.get(name).map(|(what, _)| *what);
        let known: Vec<String> = self.agreement.places.iter().map(|p| p.name.clone()).collect();
        let title = match other {
            Some(what) => format!("`{name}` is {}, not a place", with_article(what)),
            None => format!("no place `{name}` is declared"),
        };
        let error = self.error("T132", span.clone(), title, "not declared");
        error.help =
            Some(format!("declare it: `line {name}` with `from \"places.geojson#…\"`, or `undefined \"why\"`"));
        error.suggest(span, name, known.iter().map(String::as_str));
        None
    }
}

/// Places as they wait to be read: where each is declared, what it is, its name.
type Waiting<'p> = Vec<(&'p Placed, &'static str, String)>;

/// Places in an order in which each comes after those it is measured from, else
/// as they are declared; and those that are measured from themselves in the end.
fn in_order(waiting: Waiting<'_>) -> (Waiting<'_>, Waiting<'_>) {
    let index: HashMap<&str, usize> = waiting.iter().enumerate().map(|(i, (.., name))| (name.as_str(), i)).collect();
    let mut bases = vec![0_usize; waiting.len()];
    let mut carries: Vec<Vec<usize>> = vec![Vec::new(); waiting.len()];
    for ((one, ..), (i, bases)) in waiting.iter().zip(bases.iter_mut().enumerate()) {
        let named: BTreeSet<usize> =
            names_in(one).iter().filter_map(|name| index.get(name.as_str()).copied()).collect();
        *bases = named.len();
        for base in named {
            if let Some(carries) = carries.get_mut(base) {
                carries.push(i);
            }
        }
    }
    let mut waiting: Vec<Option<_>> = waiting.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(waiting.len());
    let mut ready: Vec<usize> = bases.iter().enumerate().filter(|(_, n)| **n == 0).map(|(i, _)| i).collect();
    while !ready.is_empty() {
        let mut next: Vec<usize> = Vec::new();
        for base in ready {
            ordered.extend(waiting.get_mut(base).and_then(Option::take));
            for follower in carries.get(base).into_iter().flatten() {
                if let Some(left) = bases.get_mut(*follower) {
                    *left -= 1;
                    if *left == 0 {
                        next.push(*follower);
                    }
                }
            }
        }
        next.sort_unstable();
        ready = next;
    }
    (ordered, waiting.into_iter().flatten().collect())
}

/// The places that a place is measured from, by name.
fn names_in(one: &Placed) -> Vec<String> {
    const FROM: &[&str] = &["within", "between", "on the", "along", "without"];
    let meant = one.statement.clauses().filter(|clause| FROM.contains(&clause.keyword().as_str()));
    let tokens = meant.flat_map(|clause| clause.descendants_with_tokens().filter_map(|e| e.into_token()));
    tokens.filter(|token| token.kind() == K::Name).map(|token| token.text().to_owned()).collect()
}
