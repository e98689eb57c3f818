//! Bytes from a file: counted as they come, unpacked if they are packed.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use flate2::bufread::MultiGzDecoder;

use crate::csv_rows::RowsError;
use crate::limits::{FREELY_UNPACKED, MOST_UNPACKED};
use crate::reading::ReadError;

/// Is told, now and then, how many bytes of the file have been read so far.
pub type Progress<'p> = &'p mut dyn FnMut(u64);

/// The bytes of `input`, unpacked if they begin like a gzip file, whatever the
/// file is called. Progress counts the bytes of the file, packed.
pub(crate) fn unpacked<'p, R: Read + 'p>(input: R, progress: Progress<'p>) -> io::Result<Box<dyn Read + 'p>> {
    let mut buffered = BufReader::with_capacity(1 << 16, Counted::new(input, progress));
    // One read may bring a single byte; two are needed to know.
    let mut first = [0; 2];
    let mut known = 0;
    while let Some(free) = first.get_mut(known..)
        && !free.is_empty()
    {
        match buffered.read(free) {
            Ok(0) => break,
            Ok(n) => known += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    let head = io::Cursor::new(first).take(known as u64);
    let whole = head.chain(buffered);
    if first == GZIP && known == 2 {
        let (free, most) = (FREELY_UNPACKED, MOST_UNPACKED);
        Ok(Box::new(Unpacked { input: MultiGzDecoder::new(whole), total: 0, free, most }))
    } else {
        Ok(Box::new(whole))
    }
}

/// What every gzip file begins with.
pub(crate) const GZIP: [u8; 2] = [0x1F, 0x8B];

/// The bytes of a file after its first two have been looked at.
type Whole<R> = io::Chain<io::Take<io::Cursor<[u8; 2]>>, BufReader<R>>;

/// Unpacks, and stops at what unpacks to many times its own size.
struct Unpacked<'p, R> {
    input: MultiGzDecoder<Whole<Counted<'p, R>>>,
    total: u64,
    free: u64,
    most: u64,
}

impl<R: Read> Read for Unpacked<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.total += read as u64;
        let packed = self.input.get_ref().get_ref().1.get_ref().total;
        if self.total > self.free && self.total / self.most > packed {
            return Err(io::Error::from(io::ErrorKind::QuotaExceeded));
        }
        Ok(read)
    }
}

/// Counts the bytes that pass.
pub(crate) struct Counted<'p, R> {
    input: R,
    total: u64,
    progress: Progress<'p>,
}

impl<'p, R> Counted<'p, R> {
    pub(crate) fn new(input: R, progress: Progress<'p>) -> Self {
        Self { input, total: 0, progress }
    }
}

impl<R: Seek> Seek for Counted<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.input.seek(to)
    }
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.total += read as u64;
        (self.progress)(self.total);
        Ok(read)
    }
}

/// A failure of the input, told for people.
pub(crate) fn input_failed(file: &str, error: &io::Error, line: u32) -> ReadError {
    use io::ErrorKind::{InvalidData, InvalidInput, NotFound, PermissionDenied, QuotaExceeded, UnexpectedEof};
    let error = match error.kind() {
        UnexpectedEof => ReadError::new(
            file,
            "the compressed file ends in the middle",
            "it was probably cut off while downloading or copying: fetch it again",
        ),
        InvalidData | InvalidInput => ReadError::new(
            file,
            format!("the compressed file is damaged ({error})"),
            "fetch it again, or unpack it with gzip to see where it breaks",
        ),
        QuotaExceeded => ReadError::new(
            file,
            format!("the compressed file unpacks to more than {MOST_UNPACKED} times its size"),
            "no file of records does: unpack a little of it with gzip, and look what it is",
        ),
        NotFound => ReadError::new(file, "there is no such file", "check the path"),
        PermissionDenied => ReadError::new(file, "it may not be read", "check the file's permissions"),
        _ => ReadError::new(file, error.to_string(), "check the disk or the connection it is on"),
    };
    if line > 1 { error.at(line, 1) } else { error }
}

/// A failure to cut out a row, told for people.
pub(crate) fn rows_failed(file: &str, error: &RowsError, line: u32) -> ReadError {
    match error {
        RowsError::Io(e) => input_failed(file, e, line),
        RowsError::Unclosed { line, column } => ReadError::new(
            file,
            "the file ends inside the quoted cell that opens here",
            "close the quote, or fetch the file again if it was cut off",
        )
        .at(*line, *column),
        RowsError::TooLong { line } => ReadError::new(
            file,
            "the row that begins here does not end within 4 MiB",
            "if this is a CSV file, a quote in it is not closed: write a quote inside a quoted cell twice",
        )
        .at(*line, 1),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn read(free: u64, most: u64) -> io::Result<u64> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&[b'\n'; 500_000])?;
        let packed = packed.finish()?;
        let progress: Progress<'_> = &mut |_| {};
        let whole = io::Cursor::new([0; 2]).take(0).chain(BufReader::new(Counted::new(packed.as_slice(), progress)));
        io::copy(&mut Unpacked { input: MultiGzDecoder::new(whole), total: 0, free, most }, &mut io::sink())
    }

    #[test]
    fn what_unpacks_without_end_is_stopped() {
        let stopped = read(100_000, 100).map_err(|e| e.kind());
        assert_eq!(stopped, Err(io::ErrorKind::QuotaExceeded));
        assert_eq!(read(500_000, 100).ok(), Some(500_000));
        assert_eq!(read(100_000, 2000).ok(), Some(500_000));
    }

    #[test]
    fn what_is_stopped_is_told() {
        let told = input_failed("a.csv.gz", &io::Error::from(io::ErrorKind::QuotaExceeded), 7).to_string();
        assert_eq!(
            told,
            "a.csv.gz, line 7, column 1: the compressed file unpacks to more than 100 times its size; no file of records does: unpack a little of it with gzip, and look what it is"
        );
    }
}
