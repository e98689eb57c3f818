//! Records of what happened, and the files they come from.
//!
//! A monitoring mission's day arrives in many shapes: an event data set as CSV,
//! a note of what the two guarantors decided, a list of who could look where.
//! This crate brings them all into one shape, a [`Record`]: when, where, who,
//! what, with which weapons, how many died, and for each of these *how well the
//! source knew it*. It loses nothing on the way: every record keeps the row it
//! was read from, the row's line and its hash, and every row that did not
//! become a record is accounted for with its line, its column and how to mend
//! it.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let reading = armistice_records::open("ucdp-ged-syria-2016.csv.gz".as_ref(), &mut |_| {})?;
//! for error in &reading.errors.shown {
//!     eprintln!("{error}");
//! }
//! for batch in &reading.batches {
//!     let columns = armistice_records::RecordColumns::try_new(batch)?;
//!     println!("{} of {} are incidents", columns.kind.iter().filter(|&&k| k == 1).count(), columns.len());
//! }
//! # Ok(()) }
//! ```
//!
//! # What is here
//!
//! | | |
//! |---|---|
//! | [`Record`] and what it is made of | one record in row form, for people and explanations |
//! | [`schema`], [`RecordBuilder`], [`RecordColumns`] | the same as Arrow columns, for computing |
//! | [`open`], [`open_within`], [`read`] | any file of records |
//! | [`read_ged`], [`GedReader`] | UCDP's Georeferenced Event Dataset |
//! | [`read_journal`] | records written by hand, one JSON object a line |
//! | [`read_arrow`], [`ArrowFileWriter`] | our own Arrow files |
//! | [`open_parts`], [`ParquetFile`], [`Parts`] | Parquet files, a part and a few columns at a time |
//! | [`Dataset`], [`Reach`] | what a data set can and cannot show, whatever its rows say |
//!
//! Every column, code and format is written down in `docs/records.md`.
//!
//! # What it must not know
//!
//! Agreements. No provision, party, line or period is named here; whether a
//! record matters to anyone is decided above. A wall-clock time stays a
//! wall-clock time until an agreement says in which zone; an actor is called
//! what its source calls it until an agreement says who that is; a place keeps
//! its uncertainty. Nothing is judged, and nothing is silently made better than
//! the source had it.
//!
//! # Writing another reader
//!
//! A reader is a function from bytes to a [`Reading`]; there is no trait to
//! implement, because no two formats stream alike. A good one
//!
//! 1. gives each record a stable id: a short name of the source, a hyphen, the
//!    source's own id;
//! 2. maps what the source says and nothing more: an unknown place is
//!    [`Place::Unknown`], a clash is [`Direction::Undirected`], a coordinate
//!    gets the radius its precision code means;
//! 3. fills [`Origin`]: file, line, the exact bytes of the row and their hash;
//! 4. goes on past a bad row with a [`RowError`] that names line, column,
//!    value and remedy, and leaves it to the caller whether to accept the file;
//! 5. states the [`Reach`] and the caveats of the data set: what its silence
//!    cannot mean is as much a part of the data as its rows;
//! 6. pushes into a [`RecordBuilder`], which refuses what no batch may hold;
//! 7. is listed in `open.rs`, documented in `docs/records.md`, and tested on
//!    real rows, a malformed file and arbitrary bytes.

mod arrow_file;
mod builder;
mod column_checks;
mod columns;
mod csv_rows;
mod dataset;
mod flat;
mod flatten;
mod ged;
mod input;
mod journal;
mod limits;
mod model;
mod open;
mod parquet_file;
mod parts;
mod quiet;
mod reading;
mod release;
mod row;
mod schema;
mod schema_error;

pub use arrow_file::{ArrowFileWriter, DATASETS, WriteError, read_arrow};
pub use builder::{MAX_ROWS, RecordBuilder, batches_of};
pub use columns::{RecordColumns, WordColumn};
pub use dataset::{Dataset, Reach};
pub use flat::Unfit;
pub use ged::{EXACT_PLACE_RADIUS, GedReader, NEAR_PLACE_RADIUS, ged_dataset, read_ged};
pub use input::Progress;
pub use journal::read_journal;
pub use limits::MOST_MEMORY;
pub use model::*;
pub use open::{open, open_parts, open_within, read};
pub use parquet_file::ParquetFile;
pub use parts::{Each, InMemory, Parts};
pub use reading::{ReadError, Reading, Remark, RowError, RowErrors, printable};
pub use schema::{DESCRIPTION, NAME_SEPARATOR, clock, place_kind, schema};
pub use schema_error::SchemaError;
