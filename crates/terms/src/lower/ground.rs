//! Ground joined of parts, from the clauses of a place: bands, corridors, sides,
//! holes, ceilings and floors, and points where it reaches deeper.

use std::sync::Arc;

use armistice_geodesy::{Metres, Radius95};
use armistice_syntax::{NodeExt, Span, Statement, SyntaxKind as K, SyntaxNode};

use super::Lower;
use super::predicate::Item;
use crate::model::{Deeper, Height, NotEvaluable, Part, Place, Region, Shape, Zone};

/// What the clauses of a place say of its ground, each part once.
#[derive(Default)]
pub(super) struct Said {
    pub(super) parts: Vec<Part>,
    height: (Option<Metres>, Option<Metres>),
    deeper: Option<(Metres, u32, Span)>,
    /// A hole that reaches deeper at points: its part, what it is without them,
    /// and how much deeper at how many.
    hole: Option<(usize, Shape, Metres, u32)>,
    width: Option<Metres>,
    along: Option<Place>,
    /// Why it comes to nothing that can be measured.
    pub(super) why: Option<NotEvaluable>,
    good_to: Option<Radius95>,
}

impl Lower<'_> {
    /// Reads a clause that makes ground of parts; `false` if it is none.
    pub(super) fn ground_clause(&mut self, clause: &SyntaxNode, what: &str, said: &mut Said) -> bool {
        match clause.keyword().as_str() {
            "between" => self.band(clause, said),
            "on the" => self.one_side(clause, said),
            "along" => {
                if let Some(place) = clause.child(K::Names).and_then(|names| self.place_named(&names)) {
                    said.along = Some(place);
                }
            }
            "width" => {
                let node = self.value_in(clause, K::Distance);
                let whole = node.as_ref().is_some_and(|n| n.keywords().iter().any(|k| k == "on each side"));
                let halved = node.as_ref().is_some_and(|n| n.keywords().iter().any(|k| k == "in all"));
                let width = node.and_then(|node| self.metres(&node));
                // A width is from edge to edge, half of it on each side.
                said.width = width.map(|width| if whole || halved { width } else { width * 0.5 });
            }
            "without" => self.holes(clause, said),
            "below" => said.height.1 = self.value_in(clause, K::Distance).and_then(|n| self.metres(&n)),
            "above" => said.height.0 = self.value_in(clause, K::Distance).and_then(|n| self.metres(&n)),
            "deeper by" => self.deeper_by(clause, said),
            _ => return false,
        }
        if matches!(what, "line" | "point") {
            let words = clause.keyword();
            self.error(
                "T135",
                clause.span(),
                format!("`{words}` is said of ground, and a {what} is none"),
                "of what?",
            )
            .help = Some("declare the ground for itself: `area Band between 10 km and 20 km of Line`".to_owned());
        }
        true
    }

    /// `between 10 km and 20 km of Line`.
    fn band(&mut self, clause: &SyntaxNode, said: &mut Said) {
        let mut pieces = self.pieces(clause);
        let distance = |pieces: &mut super::predicate::Pieces| match pieces.items.front() {
            Some((Item::Distance(metres), _)) => {
                let metres = *metres;
                pieces.items.pop_front();
                metres
            }
            _ => None,
        };
        let near = distance(&mut pieces);
        let linked = near.is_some() && pieces.word("and");
        let far = distance(&mut pieces);
        let (Some(near), Some(far), true) = (near, far, linked && pieces.word("of")) else {
            if near.is_none() && matches!(pieces.items.front(), Some((Item::Name(_), _))) {
                self.between_lines(clause, pieces, said);
                return;
            }
            self.error("T135", clause.span(), "a band lies between two distances of a place", "not understood").help =
                Some("write `between 10 km and 20 km of Line`, or `between First and Second` of two lines".to_owned());
            return;
        };
        let Some(place) = pieces.name().and_then(|(name, span)| self.place_called(&name, span)) else {
            return;
        };
        if self.goes_on(&pieces, "a band") {
            return;
        }
        if far <= near {
            self.error("T135", clause.span(), "this band has no ground", "the nearer distance comes first").help =
                Some("write the smaller distance before the greater one".to_owned());
            return;
        }
        said.take_error_of(&place);
        match whole(&place) {
            Ok(shape) => {
                let around = |shape, limit| Shape::Around(Box::new(shape), limit);
                let words = format!("within {far} of {}", place.name);
                said.parts.push(Part { shape: around(shape.clone(), far), region: Region::Inside, words });
                if near > Metres::ZERO {
                    let words = format!("not within {near} of it");
                    said.parts.push(Part { shape: around(shape, near), region: Region::Outside, words });
                }
            }
            Err(why) => said.why = Some(why),
        }
    }

    /// `on the east side of Line`.
    fn one_side(&mut self, clause: &SyntaxNode, said: &mut Said) {
        let mut pieces = self.pieces(clause);
        let compass = self.compass(&mut pieces);
        let (Some(compass), true) = (compass, pieces.word("side of")) else {
            self.error("T135", clause.span(), "a line has a side toward a point of the compass", "not understood")
                .help = Some("write `on the east side of Line`".to_owned());
            return;
        };
        let Some(place) = pieces.name().and_then(|(name, span)| self.place_called(&name, span)) else {
            return;
        };
        if self.goes_on(&pieces, "a side") {
            return;
        }
        said.take_error_of(&place);
        match place.shape.clone() {
            Ok(shape) => {
                if let Some(side) = self.side(&place.name, &shape, compass, &pieces) {
                    let region = Region::NotBeyond(Metres::ZERO, side.opposite());
                    let words = format!("on the {compass} side of {}", place.name);
                    said.parts.push(Part { shape, region, words });
                }
            }
            Err(why) => said.why = Some(why),
        }
    }

    /// Whether more stands after ground than is read of it, which would be lost.
    fn goes_on(&mut self, pieces: &super::predicate::Pieces, what: &str) -> bool {
        let more = !pieces.items.is_empty();
        if more {
            let title = format!("{what} is of one place, and ends with its name");
            self.error("T135", pieces.here(), title, "not understood").help =
                Some("declare an area for each place, and name both where both are meant".to_owned());
        }
        more
    }

    /// `without Shusha`.
    fn holes(&mut self, clause: &SyntaxNode, said: &mut Said) {
        let Some(names) = clause.child(K::Names) else {
            return;
        };
        for token in names.tokens_of(K::Name) {
            let span = super::span_of(&token);
            let Some(place) = self.place_called(token.text(), span.clone()) else {
                continue;
            };
            said.take_error_of(&place);
            match self.inside(&place, span) {
                Ok(Some(())) => {
                    if let Ok(mut shape) = place.shape {
                        if let Some(deeper) = place.deeper {
                            let without = std::mem::replace(&mut shape, deeper.shape);
                            said.hole = Some((said.parts.len(), without, deeper.by, deeper.points));
                        }
                        if place.height.is_some() {
                            said.why =
                                Some(NotEvaluable::NotYet(format!("ground without {}, at some heights,", place.name)));
                        }
                        let words = format!("without {}", token.text());
                        said.parts.push(Part { shape, region: Region::Outside, words });
                    }
                }
                Ok(None) => {}
                Err(why) => said.why = Some(why),
            }
        }
    }

    /// `deeper by 400 m at 5 points`.
    fn deeper_by(&mut self, clause: &SyntaxNode, said: &mut Said) {
        let mut pieces = self.pieces(clause);
        let by = match pieces.items.pop_front() {
            Some((Item::Distance(Some(by)), _)) => Some(by),
            _ => None,
        };
        let at = pieces.word("at");
        let points = match pieces.items.pop_front() {
            Some((Item::Amount { number: Some(number), percent: false }, _)) if number.fract() == 0.0 => Some(number),
            _ => None,
        };
        let ended = pieces.word("points") || pieces.word("point");
        match (by, points) {
            (Some(by), Some(points)) if at && ended && points >= 1.0 && pieces.items.is_empty() => {
                said.deeper = Some((by, points as u32, clause.span()));
            }
            _ => {
                self.error(
                    "T135",
                    clause.span(),
                    "this does not say how much deeper, and at how many points",
                    "here",
                )
                .help = Some("write `deeper by 400 m at 5 points`".to_owned());
            }
        }
    }

    /// Tells of heights that nothing lies between: what is said of them could
    /// neither be broken nor kept.
    pub(super) fn heights(&mut self, statement: &Statement, (above, below): (Option<Metres>, Option<Metres>)) {
        if above.zip(below).is_some_and(|(above, below)| below <= above) {
            let span = statement.clauses().find(|clause| clause.keyword() == "above").map(|clause| clause.span());
            let span = span.unwrap_or_else(|| statement.node.span());
            self.error("T135", span, "no height is above the one and below the other", "as high as the ceiling").help =
                Some("write the greater height after `below`, and the smaller after `above`".to_owned());
        }
    }

    /// The place with the ground that its clauses say; as it was, if they say
    /// none.
    pub(super) fn with_ground(&mut self, place: &mut Place, what: &str, one: &super::Placed, mut said: Said) {
        self.heights(&one.statement, said.height);
        place.height = Height::between(said.height.0, said.height.1);
        self.width_of_something(what, one);
        if what == "corridor" {
            self.course(place, &mut said);
        }
        if let (Some(good_to), false) = (said.good_to, place.good_to_declared) {
            place.good_to = good_to;
            place.good_to_declared = true;
        }
        let undefined = one.statement.clause("undefined").is_some();
        match (&mut place.shape, said.why.take()) {
            // That it was never defined says more than why it cannot be measured.
            (Err(NotEvaluable::Undefined(_)), _) if undefined => return,
            (shape, Some(why)) => {
                *shape = Err(why);
                return;
            }
            _ => {}
        }
        // What a file or another place gives it is one of its parts.
        let given = one.statement.clauses().any(|c| matches!(c.keyword().as_str(), "from" | "at" | "within"));
        let base = if given || what == "corridor" { place.shape.clone().ok() } else { None };
        if !said.parts.is_empty() && (base.is_some() || !given) {
            let mut parts: Vec<Part> =
                base.map(|shape| Part { shape, region: Region::Inside, words: base_words(one) }).into_iter().collect();
            let before = parts.len();
            parts.append(&mut said.parts);
            if let Some((at, without, by, points)) = said.hole {
                // What a hole may be deeper by may belong to the ground as well.
                let mut more = parts.clone();
                if let Some(part) = more.get_mut(before + at) {
                    part.shape = without;
                }
                place.deeper = Some(Deeper { by, points, shape: Shape::Joined(Arc::new(more)) });
            }
            place.shape = Ok(Shape::Joined(Arc::new(parts)));
        }
        if let Some((by, points, span)) = said.deeper {
            match place.shape.as_ref().ok().and_then(|shape| deeper(shape, by)) {
                Some(shape) => place.deeper = Some(Deeper { by, points, shape }),
                None if place.shape.is_err() => {}
                None => {
                    self.error("T135", span, "only ground within a distance of a place can be deeper", "of what?")
                        .help = Some("write `within 700 m of Border` with it".to_owned());
                }
            }
        }
    }

    /// A width is of what has a course; of anything else it would be lost.
    fn width_of_something(&mut self, what: &str, one: &super::Placed) {
        const COURSE: &[&str] = &["along", "from", "within", "for", "undefined"];
        let course = one.statement.clauses().any(|clause| COURSE.contains(&clause.keyword().as_str()));
        let Some(clause) = one.statement.clause("width") else {
            return;
        };
        if what == "area" || (what == "corridor" && !course) {
            let title = "a width is of a corridor, from edge to edge across its course";
            self.error("T135", clause.span(), title, "of what?").help = Some(
                "declare `corridor Way` with `along Course`; of ground around a place, say `within 2 km of Course`"
                    .to_owned(),
            );
        }
    }

    /// The course and the width of a corridor.
    fn course(&mut self, place: &mut Place, said: &mut Said) {
        if let Some(along) = said.along.take() {
            said.take_error_of(&along);
            place.shape = whole(&along);
        }
        let Ok(shape) = &place.shape else {
            return;
        };
        place.shape = match said.width {
            Some(width) => Ok(Shape::Around(Box::new(shape.clone()), width)),
            None => Err(NotEvaluable::Undefined(format!("the corridor {} is given no width", place.name))),
        };
    }
}

impl Said {
    /// Ground is known no better than what it is measured from.
    pub(super) fn take_error_of(&mut self, place: &Place) {
        if !place.good_to_declared {
            return;
        }
        let known = self.good_to.unwrap_or(Radius95::EXACT);
        self.good_to = Some(if place.good_to.radius() > known.radius() { place.good_to } else { known });
    }
}

/// What a place is before its parts are joined: its course and width, or what it
/// lies within.
fn base_words(one: &super::Placed) -> String {
    let meant = one
        .statement
        .clauses()
        .filter(|c| matches!(c.keyword().as_str(), "along" | "width" | "from" | "at" | "within"));
    meant.map(|clause| clause.phrase()).collect::<Vec<_>>().join(", ")
}

/// A shape that other ground can be made from.
pub(super) fn whole(place: &Place) -> Result<Shape, NotEvaluable> {
    let lost = if place.deeper.is_some() {
        "which is deeper at some points"
    } else if place.height.is_some() {
        "which has a ceiling or a floor"
    } else {
        return measurable(place);
    };
    Err(NotEvaluable::NotYet(format!("ground measured from {}, {lost},", place.name)))
}

/// A shape that distances can be measured from.
pub(super) fn measurable(place: &Place) -> Result<Shape, NotEvaluable> {
    match place.shape.clone()? {
        shape if shape.is_joined() => {
            Err(NotEvaluable::NotYet(format!("a distance from {}, which is joined of parts,", place.name)))
        }
        shape => Ok(shape),
    }
}

/// The shape with more depth wherever it is measured from something.
fn deeper(shape: &Shape, by: Metres) -> Option<Shape> {
    match shape {
        Shape::Around(base, within) => Some(Shape::Around(base.clone(), *within + by)),
        Shape::Joined(parts) => {
            let mut parts = parts.as_ref().clone();
            let first = parts
                .iter_mut()
                .find(|part| matches!((&part.shape, part.region), (Shape::Around(..), Region::Inside)))?;
            first.shape = deeper(&first.shape, by)?;
            Some(Shape::Joined(Arc::new(parts)))
        }
        _ => None,
    }
}

impl Place {
    /// The ground within it; none if it has no inside, or no shape.
    #[must_use]
    pub fn inside(&self) -> Option<Zone> {
        let has_one = matches!(self.shape, Ok(Shape::Area(_) | Shape::Around(..) | Shape::Joined(_)));
        has_one.then(|| zone(self.clone(), Region::Inside, format!("in {}", self.name)).ok()).flatten()
    }
}

/// The zone of a place: which ground, measured from it.
pub(super) fn zone(place: Place, region: Region, words: String) -> Result<Zone, NotEvaluable> {
    let Place { name, shape, deeper, good_to, height, .. } = place;
    let shape = shape?;
    let make = |shape: Shape| {
        // Inside the ground around something is within the distance of that.
        let (shape, region) = match (shape, region) {
            (Shape::Around(inner, within), Region::Inside) => (*inner, Region::Within(within)),
            other => other,
        };
        Zone {
            place: name.clone(),
            shape,
            good_to,
            region,
            perhaps: None,
            counted: false,
            height,
            words: words.clone(),
        }
    };
    Ok(match deeper {
        None => make(shape),
        // What is outside for certain is outside the deeper ground.
        Some(deeper) if region == Region::Outside => {
            Zone { perhaps: Some(Box::new(make(shape))), counted: deeper.points > 0, ..make(deeper.shape) }
        }
        Some(deeper) => Zone { perhaps: Some(Box::new(make(deeper.shape))), counted: deeper.points > 0, ..make(shape) },
    })
}
