//! Armistice beside what one would use instead.
//!
//! `cargo run --release -p armistice-bench --bin peers -- spatial --records 10000000`
//! installs the peers, draws the records, checks that the answers agree, and
//! prints medians and ratios.

use std::error::Error;

use armistice_bench::peers::options::Options;
use armistice_bench::peers::{csv, growth, spatial, temporal};

/// As in the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let known = "there are spatial, temporal, csv and growth, and draw, which only makes the records of spatial";
    let Some((comparison, words)) = words.split_first() else {
        return Err(format!("say which comparison: {known}").into());
    };
    // A part of a comparison that runs in a process of its own.
    if let ("read-csv", [file]) = (comparison.as_str(), words) {
        return csv::read(file.as_ref());
    }
    let options = Options::read(words)?;
    match comparison.as_str() {
        "draw" => spatial::draw_only(&options),
        "spatial" => spatial::compare(&options),
        "csv" => csv::compare(&options),
        "growth" => growth::plot(&options),
        "temporal" => temporal::compare(&options),
        other => Err(format!("there is no comparison {other}; {known}").into()),
    }
}
