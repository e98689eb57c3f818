//! Lines, areas and points.

use std::collections::BTreeSet;

use armistice_geodesy::Radius95;
use armistice_syntax::{NodeExt, SyntaxKind as K};

use super::{Lower, Placed};
use crate::model::{NotEvaluable, Place, Shape, Unevaluated};

impl Lower<'_> {
    pub(super) fn places(&mut self, placed: &[Placed]) {
        // A place may be measured from one declared below it: those come first.
        let mut waiting: Vec<(&Placed, &'static str, String)> = Vec::new();
        for one in placed {
            let lead = one.statement.lead();
            let Some(what) = ["line", "area", "point", "corridor"].into_iter().find(|w| Some(*w) == lead) else {
                continue;
            };
            if let Some(name) = self.declare(one.statement.head().as_ref(), what) {
                waiting.push((one, what, name));
            }
        }
        for round in (0..=waiting.len()).rev() {
            let open: BTreeSet<String> = waiting.iter().map(|(.., name)| name.clone()).collect();
            let base = |one: &Placed| one.statement.clause("within").and_then(|c| c.child(K::Names)?.token(K::Name));
            let (ready, left): (Vec<_>, Vec<_>) = waiting
                .into_iter()
                .partition(|(one, ..)| round == 0 || base(one).is_none_or(|token| !open.contains(token.text())));
            let stuck = ready.is_empty();
            waiting = left;
            for (one, what, name) in ready {
                let description = one.statement.head().and_then(|h| h.text_value());
                let chooser = self.chooser;
                let (place, depends) = chooser.watch(|| self.place(one, what, name, description));
                if let (Err(why), true) = (&place.shape, what != "corridor") {
                    // Said even where no provision stands on it.
                    let node = &one.statement.node;
                    let line = self.lines.line(node.span().start);
                    self.agreement.unevaluated.push(Unevaluated { words: node.phrase(), why: why.clone(), line });
                }
                self.agreement.places.push(Place { depends, ..place });
            }
            if stuck {
                break;
            }
        }
        for (one, _, name) in waiting {
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
            good_to: Radius95::EXACT,
            good_to_declared: false,
            source: None,
            depends: BTreeSet::new(),
        };
        let mut not_yet = (what == "corridor").then(|| NotEvaluable::NotYet("`corridor`".to_owned()));
        for clause in one.statement.clauses() {
            match clause.keyword().as_str() {
                "from" if what == "corridor" => {}
                "from" => {
                    if let Some(source) = clause.text_value() {
                        if let Some(shape) = self.read_shape(&source, what, clause.span()) {
                            place.shape = Ok(shape);
                        }
                        place.source = Some(source);
                    }
                }
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
                        place.shape = base.shape.map(|shape| Shape::Around(Box::new(shape), distance));
                    }
                }
                words => {
                    not_yet.get_or_insert_with(|| NotEvaluable::NotYet(format!("`{words}` of a {what}")));
                }
            }
        }
        // Whatever shape is given, it is not the whole of what the text says.
        if let (Some(why), false) = (
            not_yet,
            matches!(place.shape, Err(NotEvaluable::Undefined(_))) && one.statement.clause("undefined").is_some(),
        ) {
            place.shape = Err(why);
        }
        place
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
            return Some(place.clone());
        }
        let other = self.declared.get(name).map(|(what, _)| *what);
        let known: Vec<String> = self.agreement.places.iter().map(|p| p.name.clone()).collect();
        let title = match other {
            Some(what) => format!("`{name}` is a {what}, not a place"),
            None => format!("no place `{name}` is declared"),
        };
        let error = self.error("T132", span.clone(), title, "not declared");
        error.help =
            Some(format!("declare it: `line {name}` with `from \"places.geojson#…\"`, or `undefined \"why\"`"));
        error.suggest(span, name, known.iter().map(String::as_str));
        None
    }
}
