//! Loads an agreement of the gallery with its records, as the command line does.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, reason = "shared by test binaries that each use a part")]

use std::fs;
use std::path::PathBuf;

use armistice_assess::{Assessment, Evidence, Options, assess};
use armistice_brief::Report;
use armistice_records::{Dataset, Reading};
use armistice_terms::{Checked, Form, Setup, Units};
use arrow_array::RecordBatch;

pub struct Loaded {
    pub checked: Checked,
    pub setup: Setup,
    pub batches: Vec<RecordBatch>,
    pub datasets: Vec<Dataset>,
    pub units: Units,
}

pub fn gallery(name: &str) -> Loaded {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../agreements").join(name);
    let text = fs::read_to_string(folder.join("agreement.truce.md")).unwrap();
    let resource = |file: &str| fs::read_to_string(folder.join(file)).map_err(|e| e.to_string());
    let checked = armistice_terms::check(&text, Form::Literate, &resource);
    assert!(!checked.has_errors(), "{:?}", checked.diagnostics);
    let settings = fs::read_to_string(folder.join("assessment.truce")).unwrap();
    let (setup, wrong) = armistice_terms::setup(&settings, &checked.agreement().clock);
    assert!(wrong.is_empty(), "{wrong:?}");
    let read = |path: &str| {
        let reading = armistice_records::open(&folder.join(path), &mut |_| {}).unwrap();
        assert!(reading.errors.is_empty(), "{:?}", reading.errors);
        reading
    };
    let (mut batches, mut datasets) = (Vec::new(), Vec::new());
    for file in &setup.records {
        let mut reading: Reading = read(&file.path);
        if let Some(known) = file.known {
            reading = reading.known_since(known);
            if let Some(earlier) = &file.replaces {
                reading = reading.replacing(&read(earlier), known).unwrap();
            }
        }
        batches.extend(reading.batches);
        datasets.extend(reading.datasets);
    }
    datasets.sort_by(|a: &Dataset, b: &Dataset| a.name.cmp(&b.name));
    let mut units = Units::default();
    for name in &setup.units {
        units.add(&fs::read_to_string(folder.join(name)).unwrap()).unwrap();
    }
    Loaded { checked, setup, batches, datasets, units }
}

impl Loaded {
    pub fn options(&self) -> Options {
        Options { period: self.setup.period, baseline: self.setup.baseline, as_of: None }
    }

    pub fn evidence<'e>(&'e self, batches: &'e [RecordBatch]) -> Evidence<'e> {
        Evidence { batches, datasets: &self.datasets, unread: 0, units: &self.units }
    }

    pub fn assess(&self) -> Assessment<'_> {
        assess(&self.checked, self.evidence(&self.batches), self.options()).unwrap()
    }

    pub fn json(&self, batches: &[RecordBatch]) -> String {
        let assessment = assess(&self.checked, self.evidence(batches), self.options()).unwrap();
        armistice_brief::assessment_json(&Report::new(&assessment, batches, &self.datasets, &[]))
    }
}
