//! What a comparison is asked for.

use std::error::Error;

/// How many records or events, how many runs, and what becomes of the data.
#[derive(Clone, Debug)]
pub struct Options {
    /// Records or events.
    pub records: u64,
    /// Runs that count, of each.
    pub runs: usize,
    /// Whether the data stay in `bench/out`.
    pub keep: bool,
    /// Whether Armistice is given the same records as an Arrow file.
    pub arrow: bool,
    /// Whether the provisions bind throughout the two years, so that a third of
    /// the records come into question and not a thirtieth.
    pub wide: bool,
    /// Who is left out: the beginnings of their names.
    pub without: Vec<String>,
}

const WORDS: &str = "--records N, --runs N, --keep, --arrow, --wide and --without NAME";

impl Options {
    /// From the words after the comparison's name.
    ///
    /// # Errors
    /// Where a word is not known or a number cannot be read.
    pub fn read(words: &[String]) -> Result<Self, Box<dyn Error>> {
        let mut options =
            Self { records: 1_000_000, runs: 5, keep: false, arrow: false, wide: false, without: Vec::new() };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut next = || words.next().ok_or_else(|| format!("{word} needs another word"));
            match word.as_str() {
                "--records" => options.records = next()?.parse()?,
                "--runs" => options.runs = next()?.parse()?,
                "--keep" => options.keep = true,
                "--arrow" => options.arrow = true,
                "--wide" => options.wide = true,
                "--without" => options.without.push(next()?.to_lowercase()),
                _ => return Err(format!("{word} is not known; there are {WORDS}").into()),
            }
        }
        Ok(options)
    }

    /// Whether this one takes part.
    #[must_use]
    pub fn takes(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        !self.without.iter().any(|out| name.starts_with(out))
    }
}
