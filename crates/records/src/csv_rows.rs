//! Cuts comma-separated text into rows and cells, keeping every byte's place.
//!
//! Written here rather than taken from a CSV library because two things matter
//! that libraries do not offer: the exact bytes of a row (they are hashed and
//! kept as evidence) and the line and column at which any cell begins, also in
//! rows that span several lines. Memory is bounded by the longest row.

use std::borrow::Cow;
use std::io::{self, Read};

/// Bytes asked of the input at a time.
const CHUNK: usize = 256 * 1024;

/// A longer row is taken for an unclosed quote rather than swallowed whole.
const MAX_ROW: usize = 4 * 1024 * 1024;

/// Iterates over the rows of `input`.
pub(crate) struct Rows<R> {
    input: R,
    /// Bytes read but not yet given out stand at `start..end`.
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    at_end_of_input: bool,
    /// The line on which the row at `start` begins.
    line: u32,
    cells: Vec<Cell>,
}

/// Where a cell's text stands within its row, without enclosing quotes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    start: usize,
    end: usize,
    quoted: bool,
    /// It holds doubled quotes.
    doubled: bool,
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    /// The row's bytes without its line ending.
    pub(crate) bytes: &'a [u8],
    /// The line it begins on, counted from 1.
    pub(crate) line: u32,
    cells: &'a [Cell],
    /// Where text follows a closing quote, which no correct file has.
    pub(crate) stray: Option<usize>,
}

/// Why no further row can be had.
#[derive(Debug)]
pub(crate) enum RowsError {
    /// The input failed.
    Io(io::Error),
    /// The file ended inside a quoted cell opened here.
    Unclosed { line: u32, column: u32 },
    /// A row beginning on this line does not end.
    TooLong { line: u32 },
}

impl<R: Read> Rows<R> {
    pub(crate) fn new(input: R) -> Self {
        Self { input, buffer: Vec::new(), start: 0, end: 0, at_end_of_input: false, line: 1, cells: Vec::new() }
    }

    /// The line that is read next, for messages about the input as a whole.
    pub(crate) fn line(&self) -> u32 {
        self.line
    }

    /// Passes over a byte order mark at the very beginning.
    pub(crate) fn skip_byte_order_mark(&mut self) -> io::Result<()> {
        while self.end - self.start < 3 && self.fill()? {}
        if self.pending().starts_with(b"\xEF\xBB\xBF") {
            self.start += 3;
        }
        Ok(())
    }

    /// The bytes read ahead but not yet given out.
    pub(crate) fn pending(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    /// The next row that is not an empty line.
    pub(crate) fn next_row(&mut self) -> Result<Option<Row<'_>>, RowsError> {
        let (length, ending, lines, stray) = loop {
            self.skip_blank_lines();
            let mut scan = Scan::default();
            self.cells.clear();
            let found = loop {
                let pending = self.buffer.get(self.start..self.end).unwrap_or_default();
                if let Some(found) = scan.run(pending, &mut self.cells) {
                    break Some(found);
                }
                if pending.len() > MAX_ROW {
                    return Err(RowsError::TooLong { line: self.line });
                }
                if !self.fill().map_err(RowsError::Io)? {
                    break None;
                }
            };
            let (length, ending) = match found {
                Some(length) => (length, 1),
                None if scan.at == 0 => return Ok(None),
                None => {
                    if scan.state == State::Quoted {
                        let (line, column) = place(self.pending(), self.line, scan.cell_start - 1);
                        return Err(RowsError::Unclosed { line, column });
                    }
                    scan.end_cell(scan.at, &mut self.cells);
                    (scan.at, 0)
                }
            };
            let blank = matches!(self.pending().get(..length), Some(b"" | b"\r"));
            if !blank {
                break (length, ending, scan.lines, scan.stray);
            }
            self.start += length + ending;
            self.line = self.line.saturating_add(1);
        };
        let (start, line) = (self.start, self.line);
        self.start += length + ending;
        self.line = self.line.saturating_add(lines).saturating_add(1);
        let mut bytes = self.buffer.get(start..start + length).unwrap_or_default();
        if let Some(shorter) = bytes.strip_suffix(b"\r") {
            bytes = shorter;
            if let Some(last) = self.cells.last_mut() {
                last.end = last.end.min(bytes.len()).max(last.start.min(bytes.len()));
            }
        }
        // The carriage return of the line ending is no stray text.
        let stray = stray.filter(|&at| at < bytes.len());
        Ok(Some(Row { bytes, line, cells: &self.cells, stray }))
    }

    /// Passes over empty lines at hand. Those that are not are found one by one;
    /// this is for files of nothing else, which would take hours.
    fn skip_blank_lines(&mut self) {
        let blank = self.pending().iter().take_while(|&&b| b == b'\n').count();
        self.start += blank;
        self.line = self.line.saturating_add(u32::try_from(blank).unwrap_or(u32::MAX));
    }

    /// Reads some more; `false` at the end of the input.
    fn fill(&mut self) -> io::Result<bool> {
        if self.at_end_of_input {
            return Ok(false);
        }
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        if self.buffer.len() < self.end + CHUNK {
            self.buffer.resize(self.end + CHUNK, 0);
        }
        let free = self.buffer.get_mut(self.end..).unwrap_or_default();
        let read = loop {
            match self.input.read(free) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.end += read;
        self.at_end_of_input = read == 0;
        Ok(read > 0)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// Before the first byte of a cell.
    #[default]
    CellStart,
    Plain,
    Quoted,
    /// After a quote in a quoted cell: its end, or the first of a doubled pair.
    QuoteSeen,
}

/// A row scanned as far as the bytes at hand reach. All offsets count from the
/// row's first byte, so that they survive moving the buffer.
#[derive(Debug, Default)]
struct Scan {
    at: usize,
    state: State,
    cell_start: usize,
    /// Where the text of a quoted cell ended.
    quoted_end: Option<usize>,
    doubled: bool,
    lines: u32,
    stray: Option<usize>,
}

impl Scan {
    /// Goes on through `row`; the offset of the line feed that ends it, if it
    /// is there.
    fn run(&mut self, row: &[u8], cells: &mut Vec<Cell>) -> Option<usize> {
        while let Some(rest) = row.get(self.at..) {
            let &byte = rest.first()?;
            match self.state {
                State::CellStart if byte == b'"' => {
                    self.state = State::Quoted;
                    self.cell_start = self.at + 1;
                }
                State::CellStart => {
                    self.state = State::Plain;
                    self.cell_start = self.at;
                    continue;
                }
                State::Plain => {
                    let run = rest.iter().position(|&b| b == b',' || b == b'\n');
                    self.at += run.unwrap_or(rest.len());
                    match row.get(self.at) {
                        Some(b',') => self.end_cell(self.at, cells),
                        Some(_) => {
                            self.end_cell(self.at, cells);
                            return Some(self.at);
                        }
                        None => return None,
                    }
                }
                State::Quoted => {
                    let run = rest.iter().position(|&b| b == b'"' || b == b'\n');
                    self.at += run.unwrap_or(rest.len());
                    match row.get(self.at) {
                        Some(b'"') => self.state = State::QuoteSeen,
                        Some(_) => self.lines = self.lines.saturating_add(1),
                        None => return None,
                    }
                }
                State::QuoteSeen if byte == b'"' => {
                    self.doubled = true;
                    self.state = State::Quoted;
                }
                State::QuoteSeen => {
                    self.quoted_end = Some(self.at - 1);
                    if byte != b',' && byte != b'\n' {
                        // A carriage return here may belong to the line ending;
                        // the caller, who sees the whole row, judges it.
                        self.stray = self.stray.or(Some(self.at));
                    }
                    self.state = State::Plain;
                    continue;
                }
            }
            self.at += 1;
        }
        None
    }

    fn end_cell(&mut self, at: usize, cells: &mut Vec<Cell>) {
        let quoted_end = match self.state {
            State::QuoteSeen => Some(at - 1),
            _ => self.quoted_end,
        };
        let start = if self.state == State::CellStart { at } else { self.cell_start };
        cells.push(Cell { start, end: quoted_end.unwrap_or(at), quoted: quoted_end.is_some(), doubled: self.doubled });
        self.state = State::CellStart;
        self.quoted_end = None;
        self.doubled = false;
    }
}

impl<'a> Row<'a> {
    /// How many cells it has.
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    /// The text of a cell; empty where there is no such cell. `text` is the
    /// row's bytes, checked to be UTF-8.
    pub(crate) fn cell(&self, text: &'a str, index: usize) -> Cow<'a, str> {
        let Some(cell) = self.cells.get(index) else {
            return Cow::Borrowed("");
        };
        let raw = text.get(cell.start..cell.end).unwrap_or_default();
        if cell.doubled { Cow::Owned(raw.replace("\"\"", "\"")) } else { Cow::Borrowed(raw) }
    }

    /// The same without undoubling quotes: enough for numbers, codes and dates.
    pub(crate) fn raw_cell(&self, text: &'a str, index: usize) -> &'a str {
        self.cells.get(index).and_then(|c| text.get(c.start..c.end)).unwrap_or_default()
    }

    /// Line and column, counted from 1, at which a cell begins.
    pub(crate) fn place_of_cell(&self, index: usize) -> (u32, u32) {
        let offset = self.cells.get(index).map_or(self.bytes.len(), |cell| cell.start - usize::from(cell.quoted));
        self.place_of(offset)
    }

    /// Line and column, counted from 1, of a byte of the row.
    pub(crate) fn place_of(&self, offset: usize) -> (u32, u32) {
        place(self.bytes, self.line, offset)
    }

    /// The cell in which a byte of the row stands.
    pub(crate) fn cell_at(&self, offset: usize) -> usize {
        self.cells.iter().rposition(|cell| cell.start <= offset).unwrap_or(0)
    }
}

fn place(row: &[u8], line: u32, offset: usize) -> (u32, u32) {
    let before = row.get(..offset).unwrap_or(row);
    let line_start = before.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
    let lines = before.iter().filter(|&&b| b == b'\n').count();
    // Characters, not bytes: every byte that does not continue one begins one.
    let characters = before.get(line_start..).unwrap_or_default().iter().filter(|&&b| b & 0xC0 != 0x80).count();
    let add = |n: u32, m: usize| n.saturating_add(u32::try_from(m).unwrap_or(u32::MAX));
    (add(line, lines), add(1, characters))
}
