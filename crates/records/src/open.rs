//! Opens any file of records that Armistice understands.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Seek};
use std::path::Path;

use crate::arrow_file;
use crate::ged::GedReader;
use crate::input::{Counted, GZIP, Progress, input_failed, unpacked};
use crate::journal;
use crate::limits::MOST_MEMORY;
use crate::parquet_file::ParquetFile;
use crate::reading::{ReadError, Reading, UNDERSTOOD};

/// Reads the file at `path`, whatever it is; its first bytes decide, and its
/// name only where they do not.
///
/// ```no_run
/// let reading = armistice_records::open("ged.csv.gz".as_ref(), &mut |_bytes| {})?;
/// println!("{} records, {} bad rows", reading.records(), reading.errors.total);
/// # Ok::<(), armistice_records::ReadError>(())
/// ```
///
/// # Errors
/// [`ReadError`] when the file cannot be read, is of no kind known here, or
/// holds more than [`MOST_MEMORY`] of records.
pub fn open(path: &Path, progress: Progress<'_>) -> Result<Reading, ReadError> {
    open_within(path, MOST_MEMORY, progress)
}

/// The same, if the records fit into `room` bytes of memory: what other files
/// have left of [`MOST_MEMORY`].
///
/// # Errors
/// As [`open`].
pub fn open_within(path: &Path, room: u64, progress: Progress<'_>) -> Result<Reading, ReadError> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let failed = |e: &std::io::Error| input_failed(&name, e, 1);
    // Asked before it is opened: opening a pipe waits for somebody to fill it.
    let kind = fs::metadata(path).map_err(|e| failed(&e))?;
    if kind.is_dir() {
        return Err(ReadError::new(&name, "it is a folder", "name the files in it"));
    }
    if !kind.is_file() {
        let mend = "records are read from files, whose end is known: write it to one, and name that";
        return Err(ReadError::new(&name, "it is a pipe or a device", mend));
    }
    let mut file = File::open(path).map_err(|e| failed(&e))?;
    if is_parquet(&mut file).map_err(|e| failed(&e))? {
        return ParquetFile::open(path, &name)?.read_all(room);
    }
    read(file, &name, room, progress)
}

/// Whether a file is of Parquet, by its first bytes; it is then at its beginning.
fn is_parquet(file: &mut File) -> std::io::Result<bool> {
    let mut magic = Vec::new();
    file.take(PARQUET.len() as u64).read_to_end(&mut magic)?;
    file.rewind()?;
    Ok(magic == PARQUET)
}

/// What every Parquet file begins with.
const PARQUET: &[u8] = b"PAR1";

/// The Parquet file of records at `path`, called `name` in errors, to be read a
/// part at a time; nothing if it is another kind of file.
///
/// # Errors
/// [`ReadError`] when it cannot be read, or is damaged.
pub fn open_parts(path: &Path, name: &str) -> Result<Option<ParquetFile>, ReadError> {
    // What is no file is told of by whoever opens it as any other.
    if !path.is_file() {
        return Ok(None);
    }
    let mut file = File::open(path).map_err(|e| input_failed(name, &e, 1))?;
    if is_parquet(&mut file).map_err(|e| input_failed(name, &e, 1))? {
        ParquetFile::open(path, name).map(Some)
    } else {
        Ok(None)
    }
}

/// Reads the bytes of a file called `name`, whatever they are, if the records
/// fit into `room` bytes of memory.
///
/// # Errors
/// As [`open`].
pub fn read(mut input: impl Read + Seek, name: &str, room: u64, progress: Progress<'_>) -> Result<Reading, ReadError> {
    let failed = |e: &std::io::Error| input_failed(name, e, 1);
    let mut magic = Vec::new();
    (&mut input).take(8).read_to_end(&mut magic).map_err(|e| failed(&e))?;
    input.rewind().map_err(|e| failed(&e))?;
    if magic.is_empty() {
        return Err(ReadError::new(name, "the file is empty", "export it again"));
    }
    if magic.starts_with(PARQUET) {
        let mut bytes = Vec::new();
        input.take(room).read_to_end(&mut bytes).map_err(|e| failed(&e))?;
        return ParquetFile::of_bytes(bytes, name)?.read_all(room);
    }
    if is_arrow(&magic) {
        return arrow_file::read_within(Counted::new(input, progress), name, room);
    }
    match foreign(&magic) {
        Some((what, mend)) => Err(ReadError::new(name, what, mend)),
        None => text(input, name, room, progress),
    }
}

fn is_arrow(start: &[u8]) -> bool {
    start.starts_with(b"ARROW1") || start.starts_with(&[0xFF; 4])
}

/// What a file is that begins so, if it is known and not read here; and what
/// to do about it.
fn foreign(start: &[u8]) -> Option<(&'static str, &'static str)> {
    const UNPACK: &str = "unpack it and open the file inside";
    let begins = |magic: &[u8]| start.starts_with(magic);
    Some(match () {
        () if begins(b"PK\x03\x04") || begins(b"PK\x05\x06") => ("it is a ZIP archive", UNPACK),
        () if begins(b"\xFD7zXZ\0") => ("it is packed with xz", UNPACK),
        () if begins(b"\x28\xB5\x2F\xFD") => ("it is packed with zstd", UNPACK),
        () if begins(b"BZh") => ("it is packed with bzip2", UNPACK),
        () if begins(PARQUET) => {
            ("it is a Parquet file", "unpack it and name it by its path: it is not read from within another")
        }
        () if begins(b"\xFF\xFE") || begins(b"\xFE\xFF") => ("it is text in UTF-16", "save it as UTF-8"),
        () => return None,
    })
}

/// A journal or a CSV file, perhaps packed.
fn text(input: impl Read, name: &str, room: u64, progress: Progress<'_>) -> Result<Reading, ReadError> {
    let failed = |e: &std::io::Error| input_failed(name, e, 1);
    let mut input = BufReader::new(unpacked(input, progress).map_err(|e| failed(&e))?);
    let start = input.fill_buf().map_err(|e| failed(&e))?;
    // What stands unpacked was looked at already; this is about packed files.
    if start.starts_with(&GZIP) {
        return Err(ReadError::new(name, "it is packed twice", "unpack it once, with gzip"));
    }
    if is_arrow(start) {
        return Err(ReadError::new(name, "it is a packed Arrow file", "unpack it, with gzip"));
    }
    if let Some((what, _)) = foreign(start) {
        return Err(ReadError::new(name, format!("unpacked, {what}"), UNDERSTOOD));
    }
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    let plain_name = name.strip_suffix(".gz").unwrap_or(name);
    let is_journal = plain_name.ends_with(".jsonl") || start.starts_with(b"{") || start.starts_with(b"//");
    if is_journal { journal::read_within(input, name, room) } else { GedReader::new(input, name, None)?.read_all(room) }
}
