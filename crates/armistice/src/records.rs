//! Record files, several at once, and what to do about rows that cannot be read.

use std::fs;
use std::path::{Path, PathBuf};

use armistice_records::{
    Dataset, MOST_MEMORY, ParquetFile, Parts, ReadError, Reading, Remark, RowError, RowErrors, printable,
};
use arrow_array::RecordBatch;
use jiff::Timestamp;

use crate::exit::Failure;
use crate::terminal;

/// A file of records, and what to call it.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// As the person or the agreement wrote it.
    pub(crate) shown: String,
    /// When its records became known, those that do not say it themselves.
    pub(crate) known: Option<Timestamp>,
    /// Which of the files, as it is shown, this is a newer release of.
    pub(crate) replaces: Option<String>,
}

impl From<&Path> for Named {
    fn from(path: &Path) -> Self {
        Self { path: path.to_owned(), shown: path.display().to_string(), known: None, replaces: None }
    }
}

/// What several files hold together.
#[derive(Debug, Default)]
pub(crate) struct Records {
    /// Their records, in the order of the files.
    pub(crate) batches: Vec<RecordBatch>,
    /// Their data sets, each once, by name.
    pub(crate) datasets: Vec<Dataset>,
    /// What the readers remarked, with the file it is about; rows that were
    /// left out are among it, so that every answer can say so.
    pub(crate) remarks: Vec<(String, Remark)>,
    /// How many rows were left out.
    pub(crate) unread: u64,
    /// Files that are read a part at a time, where that is asked for.
    pub(crate) in_parts: Vec<ParquetFile>,
}

/// How files are read that can be read a part at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Large {
    /// As all others: every record is held.
    Whole,
    /// When it is known what is asked of them.
    InParts,
}

/// Reads every file. Bad rows stop everything, unless they may be skipped.
pub(crate) fn read_all(files: &[Named], large: Large, skip_bad_rows: bool) -> Result<Records, Failure> {
    let mut records = Records::default();
    let mut bad = Bad::default();
    let mut readings: Vec<(&Named, Reading)> = Vec::new();
    let mut room = MOST_MEMORY;
    for file in files {
        // Of releases, the rows of one are told by those of another.
        let alone = file.known.is_none() && files.iter().all(|f| f.replaces.as_ref() != Some(&file.shown));
        if large == Large::InParts && alone && file.replaces.is_none() {
            let opened = armistice_records::open_parts(&file.path, &file.shown);
            if let Some(parts) = opened.map_err(|why| Failure::Errors(why.to_string()))? {
                add_datasets(&mut records.datasets, parts.datasets());
                records.in_parts.push(parts);
                continue;
            }
        }
        let reading = read(file, room)?;
        room = room.saturating_sub(reading.memory());
        bad.add(file, &reading);
        let reading = match file.known {
            Some(known) => reading.known_since(known),
            None => reading,
        };
        readings.push((file, reading));
    }
    for (file, reading) in withdrawn(readings)? {
        if let Some(first) = reading.errors.shown.first() {
            let text = "they could not be read and were left out".to_owned();
            let left_out = Remark { text, rows: reading.errors.total, first_line: first.line };
            records.remarks.push((file.shown.clone(), left_out));
        }
        records.batches.extend(reading.batches);
        add_datasets(&mut records.datasets, &reading.datasets);
        records.remarks.extend(reading.remarks.into_iter().map(|remark| (file.shown.clone(), remark)));
    }
    bad.settle(skip_bad_rows)?;
    records.unread = bad.total;
    // The order in which files were named must not show in any answer.
    records.datasets.sort_by(|a, b| (&a.name, &a.attribution).cmp(&(&b.name, &b.attribution)));
    records.remarks.sort_by(|(a, x), (b, y)| (a, x.first_line, &x.text).cmp(&(b, y.first_line, &y.text)));
    Ok(records)
}

/// Adds data sets that are not there yet.
fn add_datasets(known: &mut Vec<Dataset>, more: &[Dataset]) {
    for dataset in more {
        if !known.contains(dataset) {
            known.push(dataset.clone());
        }
    }
}

/// Adds to each newer release what it withdraws of the one it replaces.
fn withdrawn(readings: Vec<(&Named, Reading)>) -> Result<Vec<(&Named, Reading)>, Failure> {
    let earlier: Vec<(String, Reading)> = {
        let replaced = |file: &&Named| readings.iter().any(|(f, _)| f.replaces.as_ref() == Some(&file.shown));
        let kept = readings.iter().filter(|(file, _)| replaced(file));
        kept.map(|(file, reading)| (file.shown.clone(), reading.clone())).collect()
    };
    let release = |(file, reading): (_, Reading)| {
        let file: &Named = file;
        let before = earlier.iter().find(|(shown, _)| file.replaces.as_ref() == Some(shown));
        match (before, file.known) {
            // A row that cannot be read is not a row that is gone.
            (Some(_), Some(_)) if !reading.errors.is_empty() => Err(Failure::Errors(format!(
                "{}: {} of its rows could not be read, so what it no longer holds of the release it replaces cannot be told; mend them, also with --skip-bad-rows",
                file.shown, reading.errors.total
            ))),
            (Some((_, before)), Some(known)) => {
                let replaced = reading.replacing(before, known);
                let told = |why| Failure::Errors(format!("{}: {why}", file.shown));
                replaced.map(|reading| (file, reading)).map_err(told)
            }
            _ => Ok((file, reading)),
        }
    };
    readings.into_iter().map(release).collect()
}

fn read(file: &Named, room: u64) -> Result<Reading, Failure> {
    let bytes = fs::metadata(&file.path).map_or(0, |m| m.len());
    let bar = terminal::progress(&file.shown, bytes);
    let reading = armistice_records::open_within(&file.path, room, &mut |done| bar.set_position(done));
    bar.finish_and_clear();
    // As it was named: several files may have one name in different folders.
    reading.map_err(|why| Failure::Errors(ReadError { file: file.shown.clone(), ..why }.to_string()))
}

/// Rows that did not become records, over all files.
#[derive(Debug, Default)]
struct Bad {
    shown: Vec<String>,
    total: u64,
    rows: u64,
    files: Vec<String>,
}

impl Bad {
    fn add(&mut self, file: &Named, reading: &Reading) {
        self.rows += reading.rows_read;
        if reading.errors.is_empty() {
            return;
        }
        self.total += reading.errors.total;
        self.files.push(file.shown.clone());
        let room = RowErrors::SHOWN.saturating_sub(self.shown.len());
        self.shown.extend(reading.errors.shown.iter().take(room).map(|error| told(&file.shown, error)));
    }

    fn settle(&self, skip: bool) -> Result<(), Failure> {
        if self.total == 0 {
            return Ok(());
        }
        let files = self.files.join(", ");
        let of = format!("{} of {} rows in {files}", self.total, self.rows);
        if skip {
            terminal::warning(&format!("skipped {of} that could not be read; without --skip-bad-rows they are listed"));
            return Ok(());
        }
        for line in &self.shown {
            terminal::error(line);
        }
        let more = self.total.saturating_sub(self.shown.len() as u64);
        if more > 0 {
            terminal::plain(&format!("… and {more} more"));
        }
        terminal::error(&format!("{of} could not be read; mend them, or go on without them: --skip-bad-rows"));
        Err(Failure::Told)
    }
}

/// `events.csv:12:301: where_prec "9" is not a precision code; UCDP uses …`
fn told(file: &str, error: &RowError) -> String {
    let RowError { line, column, field, value, reason, mend } = error;
    let value = if value.is_empty() { String::new() } else { format!(" \"{value}\"") };
    printable(&format!("{file}:{line}:{column}: {field}{value} {reason}; {mend}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let error = RowError::new((3, 9), "id", "a\u{1b}[2Jb", "is not a number", "write digits");
        assert_eq!(told("x.csv", &error), "x.csv:3:9: id \"a\\u{1b}[2Jb\" is not a number; write digits");
    }
}
