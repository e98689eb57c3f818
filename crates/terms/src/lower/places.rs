//! Lines, areas and points.

use armistice_geodesy::Radius95;
use armistice_syntax::{NodeExt, SyntaxKind as K, did_you_mean};

use super::{Lower, Placed};
use crate::geometry;
use crate::model::{NotEvaluable, Place, Shape, Unevaluated};

impl Lower<'_> {
    pub(super) fn places(&mut self, placed: &[Placed]) {
        for lead in ["line", "area", "point", "corridor"] {
            for one in Self::of(placed, lead) {
                let what = match lead {
                    "line" => "line",
                    "area" => "area",
                    "point" => "point",
                    _ => "corridor",
                };
                let head = one.statement.head();
                let Some(name) = self.declare(head.as_ref(), what) else {
                    continue;
                };
                let description = head.and_then(|h| h.text_value());
                let chooser = self.chooser;
                let (place, depends) = chooser.watch(|| self.place(one, what, name, description));
                if let (Err(why), true) = (&place.shape, what != "corridor") {
                    // Said even where no provision stands on it.
                    let node = &one.statement.node;
                    let line = self.line(node.span().start);
                    self.agreement.unevaluated.push(Unevaluated { words: node.phrase(), why: why.clone(), line });
                }
                self.agreement.places.push(Place { depends, ..place });
            }
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
            depends: std::collections::BTreeSet::new(),
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
                        place.good_to = base.good_to;
                        place.good_to_declared |= base.good_to_declared;
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
        let (file, feature) = match source.split_once('#') {
            Some((file, feature)) => (file, Some(feature)),
            None => (source, None),
        };
        let read = (self.resource)(file)
            .map_err(|why| format!("{why}; the file is looked for beside the agreement"))
            .and_then(|text| geometry::shape(&text, feature));
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
                    self.error("T131", span, format!("`{source}` is not a {what}"), "another kind of geometry").help =
                        Some(
                            "declare it as what it is: `line` a LineString, `area` a Polygon, `point` a Point"
                                .to_owned(),
                        );
                    return None;
                }
                Some(shape)
            }
        }
    }

    /// The declared place a `Names` node names.
    pub(super) fn place_named(&mut self, names: &armistice_syntax::SyntaxNode) -> Option<Place> {
        let token = names.token(K::Name)?;
        let range = token.text_range();
        self.place_called(token.text(), usize::from(range.start())..usize::from(range.end()))
    }

    pub(super) fn place_called(&mut self, name: &str, span: armistice_syntax::Span) -> Option<Place> {
        if let Some(place) = self.agreement.places.iter().find(|p| p.name == name) {
            self.chooser.touch(&place.depends);
            return Some(place.clone());
        }
        let other = self.declared.iter().find(|(n, ..)| n == name).map(|(_, what, _)| *what);
        let known: Vec<String> = self.agreement.places.iter().map(|p| p.name.clone()).collect();
        let title = match other {
            Some(what) => format!("`{name}` is a {what}, not a place"),
            None => format!("no place `{name}` is declared"),
        };
        let help = did_you_mean(name, known.iter().map(String::as_str)).unwrap_or_else(|| {
            format!("declare it: `line {name}` with `from \"places.geojson#…\"`, or `undefined \"why\"`")
        });
        self.error("T132", span, title, "not declared").help = Some(help);
        None
    }
}
