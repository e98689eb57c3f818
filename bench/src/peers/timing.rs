//! Whole processes, timed one after the other in turn.

use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// One of those compared: its name, and what it runs. What it prints goes into
/// a file of `bench/out`.
pub struct Contender {
    /// As the table has it.
    pub name: String,
    /// Makes the command; called once for each run.
    pub command: Box<dyn Fn() -> Command>,
}

impl Contender {
    /// A contender.
    pub fn new(name: impl Into<String>, command: impl Fn() -> Command + 'static) -> Self {
        Self { name: name.into(), command: Box::new(command) }
    }

    /// Where what it prints goes.
    #[must_use]
    pub fn printed(&self, folder: &Path) -> PathBuf {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
        folder.join(self.name.chars().map(plain).collect::<String>() + ".printed")
    }

    /// Runs it once: seconds from its start until its end.
    ///
    /// # Errors
    /// The last line of what it complained of, where it failed.
    pub fn run(&self, folder: &Path) -> Outcome<f64> {
        let mut command = (self.command)();
        let output = File::create(self.printed(folder))?;
        let complaints = folder.join("complaints");
        command.stdin(Stdio::null()).stdout(output).stderr(File::create(&complaints)?);
        let started = Instant::now();
        let status = command.status()?;
        let seconds = started.elapsed().as_secs_f64();
        if status.success() {
            return Ok(seconds);
        }
        let said = std::fs::read_to_string(complaints)?;
        let last = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("it said nothing");
        Err(format!("{last} ({status})").into())
    }
}

/// How long one of them took.
#[derive(Clone, Debug)]
pub struct Timed {
    /// Its name.
    pub name: String,
    /// Seconds of each run, from the fastest to the slowest.
    pub seconds: Vec<f64>,
}

impl Timed {
    /// The middle run.
    #[must_use]
    pub fn median(&self) -> f64 {
        self.seconds.get(self.seconds.len() / 2).copied().unwrap_or(f64::NAN)
    }
}

/// Runs each once without counting it, so that files lie in memory, and leaves
/// out who fails; then each in turn, so many times.
///
/// # Errors
/// Where nothing can be written.
pub fn interleaved(contenders: &[Contender], folder: &Path, runs: usize) -> Outcome<Vec<Timed>> {
    let mut fit = Vec::new();
    for contender in contenders {
        match contender.run(folder) {
            Ok(_) => fit.push(contender),
            Err(why) => eprintln!("{} is left out: {why}", contender.name),
        }
    }
    let mut timed: Vec<Timed> = fit.iter().map(|one| Timed { name: one.name.clone(), seconds: Vec::new() }).collect();
    for _ in 0..runs {
        for (contender, timed) in fit.iter().zip(&mut timed) {
            timed.seconds.push(contender.run(folder)?);
        }
    }
    for one in &mut timed {
        one.seconds.sort_by(f64::total_cmp);
    }
    Ok(timed)
}

/// Prints medians, fastest and slowest runs, and each median as so many times
/// that of the first.
///
/// # Errors
/// Where nothing can be printed.
pub fn table(title: &str, timed: &[Timed]) -> Outcome<()> {
    let mut out = std::io::stdout();
    let runs = timed.first().map_or(0, |one| one.seconds.len());
    let first = timed.first().map_or(f64::NAN, Timed::median);
    let own = timed.first().map_or("", |one| one.name.as_str());
    writeln!(out, "\n{title}; median of {runs} interleaved runs\n")?;
    writeln!(out, "| | median | fastest to slowest | times {own} |\n|---|---|---|---|")?;
    for one in timed {
        let (fastest, slowest) = (one.seconds.first().unwrap_or(&f64::NAN), one.seconds.last().unwrap_or(&f64::NAN));
        let (median, ratio) = (one.median(), one.median() / first);
        writeln!(out, "| {} | {median:.3} s | {fastest:.3} to {slowest:.3} s | {ratio:.2} |", one.name)?;
    }
    Ok(())
}
