//! Armistice beside what one would use instead.
//!
//! `cargo run --release -p armistice-bench --bin peers -- spatial --records 10000000`
//! installs the peers, draws the records, checks that the answers agree, and
//! prints medians and ratios.

use std::error::Error;

use armistice_bench::peers::options::Options;
use armistice_bench::peers::spatial;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some((comparison, words)) = words.split_first() else {
        return Err("say which comparison: spatial".into());
    };
    let options = Options::read(words)?;
    match comparison.as_str() {
        "spatial" => spatial::compare(&options),
        other => Err(format!("there is no comparison {other}; there is spatial").into()),
    }
}
