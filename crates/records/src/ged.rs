//! UCDP's Georeferenced Event Dataset (GED), as CSV: every release since 2013,
//! the Humanitarian Data Exchange's form of it, plain or gzipped.
//!
//! How each column is read, and what GED cannot show, is written down in
//! `docs/records.md`.

mod cells;
mod event;
mod header;

use std::collections::HashMap;
use std::io::Read;

use armistice_geodesy::Metres;
use arrow_array::RecordBatch;

use crate::builder::RecordBuilder;
use crate::csv_rows::{Row, Rows};
use crate::dataset::{Dataset, Reach};
use crate::input::{Progress, input_failed, rows_failed, unpacked};
use crate::limits::{Held, MOST_MEMORY};
use crate::model::{Act, Kind};
use crate::reading::{ReadError, Reading, Remark, RowError, RowErrors};
use cells::Cells;
use event::{Scratch, Source};
use header::{Header, is_hxl_tags};

/// 95 % radius of a place that GED calls exact (`where_prec` 1).
///
/// An assumption of ours, not a figure of UCDP's: the source places the event
/// at a named town or village, the coordinates are that place's, and we allow
/// for its extent.
pub const EXACT_PLACE_RADIUS: Metres = Metres::from_km(1.5);

/// 95 % radius of a place near a known point (`where_prec` 2): UCDP says
/// within about 25 km.
pub const NEAR_PLACE_RADIUS: Metres = Metres::from_km(25.0);

/// Reads GED batch by batch, in memory bounded by a batch (and by the event
/// numbers seen, to tell duplicates).
pub struct GedReader<R> {
    rows: Rows<R>,
    header: Header,
    builder: RecordBuilder,
    scratch: Scratch,
    dataset: String,
    file: String,
    /// Event number to the line it stands on.
    seen: HashMap<u64, u32>,
    errors: RowErrors,
    widened: Option<Remark>,
    rows_read: u64,
}

impl<R: Read> GedReader<R> {
    /// Reads the header. `file` is the file's name for messages and origins;
    /// `dataset` names the data set and its release, or is made from `file`.
    ///
    /// # Errors
    /// [`ReadError`] when this is not a GED file.
    pub fn new(input: R, file: &str, dataset: Option<&str>) -> Result<Self, ReadError> {
        let mut rows = Rows::new(input);
        rows.skip_byte_order_mark().map_err(|e| input_failed(file, &e, 1))?;
        let header = match rows.next_row().map_err(|e| rows_failed(file, &e, 1))? {
            None => return Err(ReadError::new(file, "the file is empty", "export it again")),
            Some(row) => Header::read(file, &row, header_text(file, &row)?)?,
        };
        let dataset = dataset.map_or_else(|| format!("UCDP GED ({file})"), str::to_owned);
        Ok(Self {
            rows,
            header,
            builder: RecordBuilder::new(),
            scratch: Scratch::default(),
            dataset,
            file: file.to_owned(),
            seen: HashMap::new(),
            errors: RowErrors::default(),
            widened: None,
            rows_read: 0,
        })
    }

    /// The next batch; `None` at the end of the file. Bad rows are passed over
    /// and kept for [`finish`](Self::finish).
    ///
    /// # Errors
    /// [`ReadError`] when the file cannot be read to its end.
    pub fn next_batch(&mut self) -> Result<Option<RecordBatch>, ReadError> {
        let source = Source { dataset: &self.dataset, file: &self.file };
        while !self.builder.is_full() {
            let line = self.rows.line();
            let Some(row) = self.rows.next_row().map_err(|e| rows_failed(&self.file, &e, line))? else {
                break;
            };
            let read = (|| {
                let text = utf8(&self.header, &row)?;
                if self.rows_read == 0 && is_hxl_tags(&row, text) {
                    return Ok(None);
                }
                check_shape(&self.header, &row)?;
                let cells = Cells { header: &self.header, row, text };
                let seen = &self.seen;
                let builder = &mut self.builder;
                check_new(&cells, seen)?;
                event::read(&cells, &source, &mut self.scratch, |flat| builder.push_flat(flat)).map(Some)
            })();
            match read {
                Ok(None) => continue,
                Ok(Some(noticed)) => {
                    self.seen.insert(noticed.id, row.line);
                    if noticed.widened {
                        self.widened.get_or_insert_with(|| widened(row.line)).rows += 1;
                    }
                }
                Err(error) => self.errors.push(error),
            }
            self.rows_read += 1;
        }
        Ok((!self.builder.is_empty()).then(|| self.builder.finish()))
    }

    /// The account of the whole file, without batches. Call it after the last.
    #[must_use]
    pub fn finish(self) -> Reading {
        Reading {
            batches: Vec::new(),
            datasets: vec![ged_dataset(&self.dataset, &self.file)],
            errors: self.errors,
            remarks: self.widened.into_iter().collect(),
            rows_read: self.rows_read,
        }
    }

    /// All of it, if its records fit into `room` bytes.
    pub(crate) fn read_all(mut self, room: u64) -> Result<Reading, ReadError> {
        let mut batches = Vec::new();
        let mut held = Held::default();
        while let Some(batch) = self.next_batch()? {
            held.add(&batch);
            held.within(room, &self.file, self.rows_read).map_err(|e| e.at(self.rows.line(), 1))?;
            batches.push(batch);
        }
        Ok(Reading { batches, ..self.finish() })
    }
}

/// Reads all of a GED file, plain or gzipped.
///
/// # Errors
/// [`ReadError`] when this is not a GED file or cannot be read to its end.
pub fn read_ged(
    input: impl Read,
    file: &str,
    dataset: Option<&str>,
    progress: Progress<'_>,
) -> Result<Reading, ReadError> {
    let input = unpacked(input, progress).map_err(|e| input_failed(file, &e, 1))?;
    GedReader::new(input, file, dataset)?.read_all(MOST_MEMORY)
}

/// What GED can and cannot show.
#[must_use]
pub fn ged_dataset(name: &str, file: &str) -> Dataset {
    let mut caveats = vec![
        "GED holds only events with at least one death: its silence never means that terms were kept.".to_owned(),
        "The two sides of an event are not attacker and attacked: GED does not say who acted, except in one-sided violence.".to_owned(),
        "An \"exact\" place is a named town or village, not a surveyed point.".to_owned(),
        "Low, best and high are UCDP's reading of its sources; the spread between them is narrow and is no confidence interval.".to_owned(),
    ];
    if [name, file].iter().any(|n| n.to_lowercase().contains("syria")) {
        caveats.push("UCDP's special Syria release (r652) has no threshold of 25 deaths a year: its totals cannot be compared with other GED releases.".to_owned());
    }
    Dataset {
        name: name.to_owned(),
        attribution: "Uppsala Conflict Data Program (UCDP), Georeferenced Event Dataset, CC BY 4.0; Sundberg and Melander (2013), Introducing the UCDP Georeferenced Event Dataset, Journal of Peace Research 50(4)".to_owned(),
        reach: Reach {
            kinds: vec![Kind::Incident],
            lethal_only: true,
            tells_who_acted: false,
            tells_weapons: false,
            counts_events: true,
            acts: Some(vec![Act::Attack, Act::AttackCivilians]),
        },
        caveats,
    }
}

fn header_text<'a>(file: &str, row: &Row<'a>) -> Result<&'a str, ReadError> {
    match std::str::from_utf8(row.bytes) {
        Ok(text) if !text.contains('\0') => Ok(text),
        _ => {
            Err(ReadError::new(file, "the first line is not UTF-8 text", "save the file as CSV in UTF-8")
                .at(row.line, 1))
        }
    }
}

fn utf8<'a>(header: &Header, row: &Row<'a>) -> Result<&'a str, RowError> {
    if row.bytes.contains(&0) {
        let at = row.bytes.iter().take_while(|&&b| b != 0).count();
        let (name, mend) = (header.name(row.cell_at(at)), "export the file again: this is not text, or it is damaged");
        return Err(RowError::new(row.place_of(at), name, "", "holds a byte that is zero", mend));
    }
    std::str::from_utf8(row.bytes).map_err(|e| {
        let at = e.valid_up_to();
        let bad = row.bytes.get(at..(at + 8).min(row.bytes.len())).unwrap_or_default();
        RowError::new(
            row.place_of(at),
            header.name(row.cell_at(at)),
            &String::from_utf8_lossy(bad),
            "is not UTF-8 text",
            "save the file as UTF-8; it may be in Windows-1252 or Windows-1256",
        )
    })
}

/// As many cells as the header, and no text behind a closing quote.
fn check_shape(header: &Header, row: &Row<'_>) -> Result<(), RowError> {
    if let Some(at) = row.stray {
        let bad = row.bytes.get(at..(at + 20).min(row.bytes.len())).unwrap_or_default();
        return Err(RowError::new(
            row.place_of(at),
            header.name(row.cell_at(at)),
            &String::from_utf8_lossy(bad),
            "follows the quote that closes the cell",
            "write a quote inside a quoted cell twice",
        ));
    }
    if row.len() != header.len() {
        let start = row.bytes.get(..40.min(row.bytes.len())).unwrap_or_default();
        return Err(RowError::new(
            (row.line, 1),
            "row",
            &String::from_utf8_lossy(start),
            format!("begins a row of {} cells where the header has {}", row.len(), header.len()),
            "put quotes around cells that hold commas, and close every quote",
        ));
    }
    Ok(())
}

fn check_new(cells: &Cells<'_>, seen: &HashMap<u64, u32>) -> Result<(), RowError> {
    match seen.get(&cells.id()?) {
        Some(first) => Err(cells.error(
            header::Field::Id,
            format!("is already the event on line {first}"),
            "remove one of the two rows",
        )),
        None => Ok(()),
    }
}

fn widened(first_line: u32) -> Remark {
    Remark {
        text: "the best figure of deaths lies outside low to high as stated; the spread was widened to hold all three"
            .to_owned(),
        rows: 0,
        first_line,
    }
}
