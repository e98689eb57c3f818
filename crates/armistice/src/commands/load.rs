//! Everything an assessment needs, read and checked.

use std::path::{Path, PathBuf};

use armistice_records::{Dataset, ParquetFile, Remark};
use armistice_terms::{Checked, RecordFile, Setup, Units};
use arrow_array::RecordBatch;
use jiff::Timestamp;

use super::{refuse_errors, sound};
use crate::cli::Evidence;
use crate::exit::Failure;
use crate::files::{self, Source};
use crate::records::{self, Large, Named};
use crate::when;

/// An agreement, how to assess it, and the records to assess it on.
#[derive(Debug)]
pub(super) struct Loaded {
    /// The agreement under the readings asked for; it has no errors.
    pub(super) checked: Checked,
    /// What `assessment.truce` says.
    pub(super) setup: Setup,
    /// The last instants at which a record may have become known, one for each
    /// state of knowledge asked for; without any, none is left out.
    pub(super) as_known_on: Vec<Timestamp>,
    /// The records of all files, in the order of the files.
    pub(super) batches: Vec<RecordBatch>,
    /// The data sets they belong to, each once.
    pub(super) datasets: Vec<Dataset>,
    /// The boundaries of the administrative units that records name.
    pub(super) units: Units,
    /// What the readers remarked, with the file it is about; rows that were
    /// left out because they could not be read are among it.
    pub(super) remarks: Vec<(String, Remark)>,
    /// How many rows were left out.
    pub(super) unread: u64,
    /// Files of which nothing is read yet.
    pub(super) in_parts: Vec<ParquetFile>,
}

/// Reads and checks everything, or says what is wrong.
pub(super) fn load<'w>(
    argument: &Path,
    evidence: &Evidence,
    known: impl IntoIterator<Item = &'w String>,
    large: Large,
) -> Result<Loaded, Failure> {
    let source = files::agreement(argument)?;
    let checked = sound(&source, &evidence.readings)?;
    let clock = &checked.agreement().clock;
    let as_known_on = known.into_iter().map(|words| when::as_of(words, clock)).collect::<Result<Vec<_>, _>>();
    let as_known_on = as_known_on.map_err(|why| Failure::Usage(format!("--as-known-on: {why}")))?;
    let setup = settings(&source, &checked)?;
    if let Some((begins, _)) = setup.period
        && let Some(at) = as_known_on.iter().find(|at| **at < begins)
    {
        let (at, begins) = (clock.show(*at), clock.show(begins));
        let why = format!("--as-known-on: {at} is before the period to assess, which begins {begins}");
        return Err(Failure::Usage(why));
    }
    let files = record_files(&source, &setup, &evidence.records)?;
    let read = records::read_all(&files, large, evidence.skip_bad_rows)?;
    let records::Records { batches, datasets, remarks, unread, in_parts } = read;
    let units = units(&source, &setup)?;
    Ok(Loaded { checked, setup, as_known_on, batches, datasets, units, remarks, unread, in_parts })
}

fn settings(source: &Source, checked: &Checked) -> Result<Setup, Failure> {
    let Some(file) = source.assessment()? else {
        return Ok(Setup::default());
    };
    let (setup, diagnostics) = armistice_terms::setup(&file.text, &checked.agreement().clock);
    refuse_errors(&file, &diagnostics)?;
    Ok(setup)
}

/// The boundaries of administrative units that `assessment.truce` names.
fn units(source: &Source, setup: &Setup) -> Result<Units, Failure> {
    let mut units = Units::default();
    let mut room = files::MOST_SHAPES;
    for name in &setup.units {
        let path = files::tidy(&source.folder().join(name));
        let bytes = if path.is_file() { files::bytes(&path, room) } else { Err("there is no such file".to_owned()) };
        // The files have so much room together.
        room = room.saturating_sub(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64));
        let text = bytes.and_then(|bytes| {
            String::from_utf8(bytes).map_err(|_| "it is not text in UTF-8; save it as UTF-8".to_owned())
        });
        let added = text.and_then(|text| units.add(text.strip_prefix('\u{feff}').unwrap_or(&text)));
        added.map_err(|why| Failure::Errors(format!("{} names units, `{name}`: {why}", files::ASSESSMENT)))?;
    }
    Ok(units)
}

/// The files the command line names, or else those of `assessment.truce`.
fn record_files(source: &Source, setup: &Setup, given: &[PathBuf]) -> Result<Vec<Named>, Failure> {
    if !given.is_empty() {
        for path in given {
            files::must_exist(path)?;
        }
        return Ok(given.iter().map(|path| Named::from(path.as_path())).collect());
    }
    if setup.records.is_empty() {
        return Err(Failure::Usage(format!(
            "there are no records to judge; add `--records FILE`, or a line `records \"events.csv.gz\"` to {}",
            files::tidy(&source.folder().join(files::ASSESSMENT)).display()
        )));
    }
    let named = setup.records.iter().map(|RecordFile { path: name, known, replaces }| {
        let path = files::tidy(&source.folder().join(name));
        // The folder is the agreement's own: what is missing there is its error.
        match files::must_exist(&path) {
            Ok(()) => Ok(Named { path, shown: name.clone(), known: *known, replaces: replaces.clone() }),
            Err(Failure::Usage(why)) => Err(Failure::Errors(format!("{} names records: {why}", files::ASSESSMENT))),
            Err(other) => Err(other),
        }
    });
    named.collect()
}
