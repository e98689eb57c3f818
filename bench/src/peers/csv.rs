//! Reading a large CSV file of events.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use armistice_records::{GedReader, RecordColumns};
use arrow_array::Array;
use flate2::read::MultiGzDecoder;

use super::agree;
use super::install::python;
use super::options::Options;
use super::place::{out, programs, root};
use super::timing::{Contender, interleaved, table};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// What is read: events of UCDP's that come with the repository.
const FILES: [&str; 2] = ["data/ucdp-ged-syria-2016.csv.gz", "data/ucdp-ged-ukraine-2014-2021-v22.1.csv.gz"];

/// Installs, repeats the real events under new ids, compares and times.
///
/// # Errors
/// Where Armistice itself or the data fails; a peer that fails is left out.
pub fn compare(options: &Options) -> Outcome<()> {
    let (folder, python) = (out()?, python()?);
    let file = folder.join("events.csv");
    repeated(&file, options.records)?;
    let own = std::env::current_exe()?;
    let script = |name: &'static str, program: &'static str| {
        let (python, file) = (python.clone(), file.clone());
        Contender::new(name, move || {
            let mut command = Command::new(&python);
            command.arg(programs("csv").join(program)).arg(&file);
            command
        })
    };
    let ours = file.clone();
    let mut contenders = vec![
        Contender::new("Armistice", move || {
            let mut command = Command::new(&own);
            command.arg("read-csv").arg(&ours);
            command
        }),
        script("DuckDB", "duck.py"),
        script("Polars", "polar.py"),
    ];
    contenders.retain(|one| options.takes(&one.name));
    let timed = interleaved(&contenders, &folder, options.runs)?;
    agree::same(&contenders, &timed, &folder)?;
    let megabytes = fs::metadata(&file)?.len() / 1_000_000;
    table(&format!("{} events in a CSV file of {megabytes} MB", options.records), &timed)?;
    if !options.keep {
        fs::remove_file(file)?;
    }
    Ok(())
}

/// Armistice's own part, in a process of its own: every row becomes a record,
/// with its hash, its place and how well each thing is known; then they are
/// counted.
///
/// # Errors
/// Where the file cannot be read.
pub fn read(path: &Path) -> Outcome<()> {
    let mut reader = GedReader::new(BufReader::with_capacity(1 << 20, File::open(path)?), "events.csv", None)?;
    let mut counts: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    while let Some(batch) = reader.next_batch()? {
        let columns = RecordColumns::try_new(&batch)?;
        let mut by_key = vec![(0, 0); columns.country.names.len() + 1];
        for row in 0..columns.len() {
            let keys = columns.country.keys;
            let key = if keys.is_valid(row) { usize::try_from(keys.value(row))? + 1 } else { 0 };
            let Some((events, deaths)) = by_key.get_mut(key) else { continue };
            *events += 1;
            *deaths += u64::from(columns.deaths_best.value(row));
        }
        for (key, (events, deaths)) in by_key.into_iter().enumerate().filter(|(_, (events, _))| *events > 0) {
            let name = if key == 0 { "" } else { columns.country.names.value(key - 1) };
            let held = counts.entry(name.to_owned()).or_default();
            *held = (held.0 + events, held.1 + deaths);
        }
    }
    let mut out = std::io::stdout();
    writeln!(out, "country,events,deaths")?;
    counts.iter().try_for_each(|(country, (events, deaths))| writeln!(out, "{country},{events},{deaths}"))?;
    let refused = reader.finish().errors.total;
    if refused == 0 { Ok(()) } else { Err(format!("{refused} rows were refused").into()) }
}

/// The real events again and again, each row with an id of its own.
fn repeated(path: &PathBuf, count: u64) -> Outcome<()> {
    let mut rows = Vec::new();
    let mut header = String::new();
    for file in FILES {
        let mut text = String::new();
        MultiGzDecoder::new(File::open(root().join(file))?).read_to_string(&mut text)?;
        let (first, rest) = text.split_once('\n').ok_or("an empty file of events")?;
        first.clone_into(&mut header);
        rows.extend(whole_rows(rest));
    }
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "{header}")?;
    for (id, row) in (1..=count).zip(rows.iter().cycle()) {
        writeln!(file, "{id},{row}")?;
    }
    Ok(file.flush()?)
}

/// Rows without their first cell, which is the id; a quoted cell may hold the
/// end of a line.
fn whole_rows(text: &str) -> Vec<String> {
    let (mut rows, mut row) = (Vec::new(), String::new());
    for line in text.lines() {
        row += line;
        if row.matches('"').count() % 2 == 1 {
            row.push('\n');
            continue;
        }
        rows.extend(row.split_once(',').map(|(_, rest)| rest.to_owned()));
        row.clear();
    }
    rows
}
