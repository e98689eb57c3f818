//! The language, the shapes beside an agreement, and the settings.

use armistice_drafting::{Difference, compare};
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

/// Both ways an agreement can be written: as plain terms, and as a page.
const FORMS: [Form; 2] = [Form::Plain, Form::Literate];

/// The parser, on an agreement in either form.
pub fn parser(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    for form in FORMS {
        let parsed = parse(text, form);
        assert_eq!(parsed.syntax().text().to_string(), text, "the tree is the text");
        told(&parsed.diagnostics, text);
    }
}

/// The formatter: its form is canonical, and means what the text means.
pub fn formatter(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    for form in FORMS {
        let once = format(text, form);
        assert_eq!(format(&once, form), once, "the canonical form is canonical");
        let (before, after) = (checked(text, form), checked(&once, form));
        assert_eq!(before.has_errors(), after.has_errors(), "formatting makes and mends no mistake");
        if !before.has_errors() {
            assert_eq!(meaning(&before), meaning(&after), "formatted, it means the same");
            assert_eq!(compare(&before, &after), Difference::default(), "and compare says so");
        }
    }
}

/// The checker, and what is shown of what it understood.
pub fn checker(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    for form in FORMS {
        let checked = checked(text, form);
        told(&checked.diagnostics, text);
        shown(&checked);
    }
}

fn checked(text: &str, form: Form) -> Checked {
    check(text, form, &|_| Ok(PLACES.to_owned()))
}

/// All that was understood under every reading, but for where it stands and for
/// the commas that a clause's line makes needless.
fn meaning(checked: &Checked) -> Vec<String> {
    let plain = |words: &str| words.replace(',', "");
    let readings = checked.readings.iter().map(|reading| {
        let mut agreement = reading.agreement.clone();
        for provision in &mut agreement.provisions {
            let provision = std::sync::Arc::make_mut(provision);
            provision.words = plain(&provision.words);
            provision.citation.span = 0..0;
            provision.citation.line = 0;
        }
        for gate in &mut agreement.gates {
            gate.citation.span = 0..0;
            gate.citation.line = 0;
        }
        for other in &mut agreement.unevaluated {
            other.words = plain(&other.words);
            other.line = 0;
        }
        agreement.resolved.iter_mut().for_each(|(span, _)| *span = 0..0);
        format!("{:?} {agreement:?}", reading.answers)
    });
    let questions = checked.questions.iter().map(|question| format!("{:?} {:?}", question.labels, question.words));
    let mut talks = checked.talks.clone();
    for position in &mut talks.positions {
        (position.span, position.line) = (0..0, 0);
        position.stances.iter_mut().for_each(|stance| stance.span = 0..0);
    }
    talks.approvals.iter_mut().for_each(|approval| approval.line = 0);
    questions.chain(readings).chain([format!("{talks:?}")]).collect()
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

/// More brackets than this are not shown here: for each, what hangs on it is
/// looked for in the whole text.
const MOST_SHOWN: usize = 100;

/// What is understood can be shown.
fn shown(checked: &Checked) {
    if !checked.has_errors() && checked.questions.len() <= MOST_SHOWN {
        assert!(!armistice_brief::show_text(checked).is_empty());
        assert!(armistice_brief::show_json(checked).is_object());
        assert!(!armistice_brief::brackets_text(checked, None).is_empty());
    }
}
