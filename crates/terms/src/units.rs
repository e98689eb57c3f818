//! Administrative units: names in records → the ground they stand for.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use armistice_geodesy::{Area, Sample};

use crate::geometry::named_areas;

/// The boundaries of administrative units, by every name they go by.
///
/// What a source places "somewhere in Aleppo governorate" lies somewhere in
/// that unit; only with its boundary at hand can anything more be said.
#[derive(Clone, Debug, Default)]
pub struct Units {
    /// By name in lower case.
    known: BTreeMap<String, Arc<Unit>>,
}

/// One unit, and places that stand for all of it, found when first asked for.
#[derive(Debug)]
struct Unit {
    area: Area,
    places: OnceLock<Sample>,
}

/// How many places stand for a unit: one to about 18 km² of a governorate.
const PLACES: usize = 1024;

impl Units {
    /// Adds the units of a GeoJSON text: polygons, each with a `name`, and with
    /// further `names` if it has any.
    ///
    /// # Errors
    /// A sentence that says what is wrong and how to mend it; also when one name
    /// stands for two units.
    pub fn add(&mut self, text: &str) -> Result<(), String> {
        for (names, area) in named_areas(text)? {
            let unit = Arc::new(Unit { area, places: OnceLock::new() });
            for name in names {
                let known = self.known.insert(name.to_lowercase(), Arc::clone(&unit));
                if known.is_some_and(|other| other.area != unit.area) {
                    return Err(format!("two units go by the name `{name}`; give each names of its own"));
                }
            }
        }
        Ok(())
    }

    /// The ground of the unit that goes by a name, without regard to case.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Area> {
        self.known.get(&name.to_lowercase()).map(|unit| &unit.area)
    }

    /// The places that stand for that ground: 1024 of them, the same every time.
    #[must_use]
    pub fn places(&self, name: &str) -> Option<&Sample> {
        let unit = self.known.get(&name.to_lowercase())?;
        Some(unit.places.get_or_init(|| Sample::of_area(&unit.area, PLACES)))
    }

    /// Whether no unit is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
    use super::*;

    fn unit(names: &str, west: i32) -> String {
        let east = west + 1;
        format!(
            r#"{{"type":"Feature","properties":{names},"geometry":{{"type":"Polygon","coordinates":[[[{west},48],[{east},48],[{east},49],[{west},48]]]}}}}"#
        )
    }

    fn file(units: &[String]) -> String {
        format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, units.join(","))
    }

    #[test]
    fn a_unit_goes_by_each_of_its_names() {
        let mut units = Units::default();
        units.add(&file(&[unit(r#"{"name":"Halab","names":["Aleppo governorate"]}"#, 37)])).unwrap();
        assert!(units.find("ALEPPO Governorate").is_some() && units.find("halab").is_some());
        assert!(units.find("Idlib").is_none());
    }

    #[test]
    fn one_name_means_one_unit() {
        let two = [unit(r#"{"name":"Kyiv"}"#, 30), unit(r#"{"name":"kyiv"}"#, 32)];
        assert!(Units::default().add(&file(&two)).unwrap_err().contains("two units go by the name"));
    }

    #[test]
    fn what_has_no_name_or_no_area_is_refused() {
        let error = Units::default().add(&file(&[unit("{}", 30)])).unwrap_err();
        assert!(error.contains("has no `name`"), "{error}");
        let point = r#"{"type":"Feature","properties":{"name":"x"},"geometry":{"type":"Point","coordinates":[1,2]}}"#;
        let error = Units::default().add(&file(&[point.to_owned()])).unwrap_err();
        assert!(error.contains("is no area"), "{error}");
    }
}
