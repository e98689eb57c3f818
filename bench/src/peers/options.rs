//! What a comparison is asked for.

use std::error::Error;

/// How many records or events, how many runs, and what becomes of the data.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Records or events.
    pub records: u64,
    /// Runs that count, of each.
    pub runs: usize,
    /// Whether the data stay in `bench/out`.
    pub keep: bool,
    /// Whether Armistice is given the same records as an Arrow file.
    pub arrow: bool,
}

impl Options {
    /// From the words after the comparison's name.
    ///
    /// # Errors
    /// Where a word is not known or a number cannot be read.
    pub fn read(words: &[String]) -> Result<Self, Box<dyn Error>> {
        let mut options = Self { records: 1_000_000, runs: 5, keep: false, arrow: false };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut number = || words.next().ok_or_else(|| format!("{word} needs a number"));
            match word.as_str() {
                "--records" => options.records = number()?.parse()?,
                "--runs" => options.runs = number()?.parse()?,
                "--keep" => options.keep = true,
                "--arrow" => options.arrow = true,
                _ => return Err(format!("{word} is not known; there are --records, --runs, --keep and --arrow").into()),
            }
        }
        Ok(options)
    }
}
