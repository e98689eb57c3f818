//! What the nets share: a small agreement, and what is understood of a text.

use armistice_terms::{Checked, Form};

pub(crate) const HEAD: &str = "agreement \"A truce\"\n  signed 2020-01-01\n  times in Europe/Kyiv\n  days start at 00:00\nmoment D is 2020-01-02 00:00\nparty North\nparty South\nmonitor Watch\nline Road\n  from \"p.geojson#road\"\n  good to 1 km\narea Zone\n  within 3 km of Road\nclause 1 \"x\"\nNorth and South must not attack each other\n  from D\n";
const SHAPES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"road","properties":{},"geometry":{"type":"LineString","coordinates":[[37.0,48.0],[37.2,48.0]]}},
{"type":"Feature","id":"zone","properties":{},"geometry":{"type":"Polygon","coordinates":[[[37.0,48.0],[37.2,48.0],[37.2,48.2],[37.0,48.0]]]}}]}"#;

pub(crate) fn check(text: &str) -> Checked {
    armistice_terms::check(text, Form::Plain, &|_| Ok(SHAPES.to_owned()))
}

/// What is understood, without the words it was written in.
pub(crate) fn understood(checked: &Checked) -> String {
    let mut agreement = checked.agreement().clone();
    // Long to write, and said by its name.
    agreement.clock.zone = jiff::tz::TimeZone::UTC;
    for provision in &mut agreement.provisions {
        let provision = std::sync::Arc::make_mut(provision);
        provision.words = String::new();
        provision.act = String::new();
        provision.citation.span = 0..0;
    }
    for gate in &mut agreement.gates {
        gate.citation.span = 0..0;
    }
    let told: Vec<_> = checked.diagnostics.iter().map(|d| (d.code, &d.title)).collect();
    let mut talks = checked.talks.clone();
    for position in &mut talks.positions {
        position.span = 0..0;
        position.stances.iter_mut().for_each(|stance| stance.span = 0..0);
    }
    format!("{agreement:?} {talks:?} {told:?}")
}
