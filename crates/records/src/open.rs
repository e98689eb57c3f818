//! Opens any file of records that Armistice understands.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek};
use std::path::Path;

use crate::arrow_file::read_arrow;
use crate::ged::GedReader;
use crate::input::{Counted, Progress, input_failed, unpacked};
use crate::journal::read_journal;
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
/// [`ReadError`] when the file cannot be read, or is of no kind known here.
pub fn open(path: &Path, progress: Progress<'_>) -> Result<Reading, ReadError> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let failed = |e: &std::io::Error| input_failed(&name, e, 1);
    let mut file = File::open(path).map_err(|e| failed(&e))?;
    if file.metadata().is_ok_and(|m| m.is_dir()) {
        return Err(ReadError::new(&name, "it is a folder", "name the files in it"));
    }
    let mut magic = Vec::new();
    (&mut file).take(8).read_to_end(&mut magic).map_err(|e| failed(&e))?;
    file.rewind().map_err(|e| failed(&e))?;
    match magic.as_slice() {
        [] => Err(ReadError::new(&name, "the file is empty", "export it again")),
        [b'A', b'R', b'R', b'O', b'W', b'1', ..] | [0xFF, 0xFF, 0xFF, 0xFF, ..] => {
            read_arrow(Counted::new(file, progress), &name)
        }
        [b'P', b'K', 3, 4, ..] => {
            Err(ReadError::new(&name, "it is a ZIP archive", "unpack it and open the file inside"))
        }
        [b'P', b'A', b'R', b'1', ..] => Err(ReadError::new(&name, "it is a Parquet file", UNDERSTOOD)),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Err(ReadError::new(&name, "it is text in UTF-16", "save it as UTF-8")),
        _ => text(file, &name, progress),
    }
}

/// A journal or a CSV file, perhaps packed.
fn text(file: File, name: &str, progress: Progress<'_>) -> Result<Reading, ReadError> {
    let failed = |e: &std::io::Error| input_failed(name, e, 1);
    let mut input = BufReader::new(unpacked(file, progress).map_err(|e| failed(&e))?);
    let start = input.fill_buf().map_err(|e| failed(&e))?;
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    let plain_name = name.strip_suffix(".gz").unwrap_or(name);
    let is_journal = plain_name.ends_with(".jsonl") || start.starts_with(b"{") || start.starts_with(b"//");
    if is_journal { read_journal(input, name) } else { GedReader::new(input, name, None)?.read_all() }
}
