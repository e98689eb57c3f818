//! The language, the shapes beside an agreement, and the settings.

use armistice_syntax::{Form, Lines, format, parse, render};
use armistice_terms::{Checked, Diagnostic, Units, check, setup};

/// The shapes that every agreement may name here.
const PLACES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"river","properties":{},"geometry":{"type":"LineString","coordinates":[[30,50],[31,50.1],[31.5,50]]}},
{"type":"Feature","id":"town","properties":{},"geometry":{"type":"Point","coordinates":[30.5,50.5]}},
{"type":"Feature","id":"zone","properties":{},"geometry":{"type":"Polygon","coordinates":[[[30,49],[31,49],[31,50],[30,50],[30,49]]]}}]}"#;

/// Terms that use a line, an area and a point of one file.
const MAPPED: &str = r#"agreement "Shapes"
  signed 2014-09-19
  times in Europe/Kyiv

moment D is 2014-09-20 08:00

party North "the north"

party South "the south"

line River "the river"
  from "places.geojson#river"

area Zone "the zone"
  from "places.geojson#zone"

point Town "the town"
  from "places.geojson#town"

North and South must not attack each other
  within 5 km of Town

North must not attack South
  in Zone

South must not attack North
  north of River
"#;

/// An agreement, as a page and as plain terms.
pub fn language(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    for form in [Form::Plain, Form::Literate] {
        let parsed = parse(text, form);
        assert_eq!(parsed.syntax().text().to_string(), text, "the tree is the text");
        let once = format(text, form);
        assert_eq!(format(&once, form), once, "the canonical form is canonical");
        let checked = check(text, form, &|_| Ok(PLACES.to_owned()));
        told(&checked.diagnostics, text);
        shown(&checked);
    }
}

/// A file of shapes that an agreement draws on, or of administrative units.
pub fn shapes(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let checked = check(MAPPED, Form::Plain, &|_| Ok(text.to_owned()));
    told(&checked.diagnostics, MAPPED);
    shown(&checked);
    let mut units = Units::default();
    if let Err(why) = units.add(text) {
        assert!(!why.is_empty(), "a mistake is told");
    }
}

/// `assessment.truce`.
pub fn settings(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let checked = check(MAPPED, Form::Plain, &|_| Ok(PLACES.to_owned()));
    let (settings, diagnostics) = setup(text, &checked.agreement().clock);
    told(&diagnostics, text);
    for (from, until) in settings.period.into_iter().chain(settings.baseline) {
        assert!(from < until, "a period has a length");
    }
}

/// Every diagnostic points at words of the text, and can be drawn.
fn told(diagnostics: &[Diagnostic], text: &str) {
    let lines = Lines::of(text);
    for diagnostic in diagnostics.iter().take(50) {
        for span in [&diagnostic.span].into_iter().chain(diagnostic.related.iter().map(|(span, _)| span)) {
            assert!(text.get(span.clone()).is_some(), "{diagnostic:?} points outside the text");
        }
        let (line, column) = lines.line_column(diagnostic.span.start);
        assert!(line > 0 && column > 0, "places are counted from 1");
        assert!(!render(diagnostic, "a.truce", text, false).is_empty());
    }
}

/// What is understood can be shown.
fn shown(checked: &Checked) {
    if !checked.has_errors() {
        assert!(!armistice_brief::show_text(checked).is_empty());
        assert!(armistice_brief::show_json(checked).is_object());
    }
}
